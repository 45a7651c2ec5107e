"""Scraped articles: who speaks each quotation, what is speech, what is furniture.

The sets ``field`` and ``field_train`` hold articles as they come from the web, each
quotation with its class and its speaker, each paragraph with what is no part of the
story. A quotation is speech where most of it stands in the voice ``direct``; its
speaker is right where a row of the ledger that holds a part of it names the same
person or body (`benchmarks.same_speaker.is_same_speaker`); which quotations are one
speaker's is scored by `benchmarks.same_speaker`. Its state or body is right where
`is_same_owner` says so; *as written* is the same by names alone. A paragraph of
furniture is found where half of its words are. Quotations in furniture are left out.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from benchmarks import same_speaker
from benchmarks.same_speaker import Marked, is_same_speaker
from framelens import read_corpus
from framelens.annotate.names import same_name
from framelens.annotate.words import word_offsets

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from framelens import Corpus

    Counted = dict[str, tuple[int, int]]
    Metric = tuple[str, list[Any], Callable[[Sequence[Any]], float]]

SPOKEN = ("speech", "written")
"""Classes of quotations that somebody uttered."""

GOVERNMENT = re.compile(
    r"white house|national security council|(?:department|dept)\b|\bmilitary\b|\barmy\b"
    r"|\bnavy\b|joint chiefs|pentagon|administration\b|agency for international|usaid"
    r"|customs and border|homeland security|inspector general|accountability office"
    r"|\b(?:fbi|cia|nsa|cdc|fda|epa|cbp|hhs|doj|dhs)\b|food and drug"
)
"""Bodies of the government of the United States, as sets and ledger name them."""


def metrics(records: list[dict[str, Any]]) -> list[Metric]:
    """Score every article: name of the metric, counts of each article, its value."""
    articles = _articles(records)
    corpus = read_corpus(articles)
    marked = read_corpus(articles, marks_only=True)
    parts = [
        _speakers(record, corpus, "")
        | _speakers(record, marked, ", quotation marks only")
        | _speech(record, corpus)
        | _furniture(record, corpus)
        for record in records
    ]
    names = dict.fromkeys(name for part in parts for name in part)
    spoken = [
        Marked("", record["id"], [[one["start"], one["end"]]], one["speaker"])
        for record in records
        for one in _quotations(record)
        if one["cls"] in SPOKEN
    ]
    return [
        (name, [part.get(name, (0, 0)) for part in parts], _share) for name in names
    ] + same_speaker.metrics(spoken, corpus.ledger)


def _share(parts: Sequence[tuple[int, int]]) -> float:
    """Give hits of all, over several articles."""
    hits, every = np.sum(parts, axis=0)
    return float(hits / max(1, every))


def _articles(records: list[dict[str, Any]]) -> pd.DataFrame:
    """Give the articles of a set."""
    names = ("outlet", "date", "title", "text")
    columns = {name: [record[name] for record in records] for name in names}
    return pd.DataFrame({"article": [one["id"] for one in records], **columns})


def _speakers(record: dict[str, Any], corpus: Corpus, how: str) -> Counted:
    """Count right speakers, also of those that the ledger is sure of."""
    rows = _rows(corpus.ledger, record)
    right, sure, owner, written, none = [], [], [], [], []
    for quotation in _quotations(record):
        speaker = quotation["speaker"]
        if quotation["cls"] not in SPOKEN or speaker in (None, "", "unknown"):
            continue
        beside = [row for row in rows.itertuples() if _holds(row.content, quotation)]
        right.append(any(is_same_speaker(speaker, row.speaker) for row in beside))
        sure += [right[-1]] if any(row.sure for row in beside) else []
        same = [row for row in beside if is_same_speaker(speaker, row.speaker)]
        named = {row.affiliation for row in same if isinstance(row.affiliation, str)}
        if quotation["affiliation"]:
            meant = quotation["affiliation"]
            owner.append(any(is_same_owner(meant, one) for one in named))
            written.append(any(same_name(meant, one) for one in named))
        elif same:
            none.append(not named)
    held = [it for it, one in zip(right, _spoken(record), strict=True) if one]
    both = sum(owner), sum(held)
    return {
        f"right speaker{how}": (sum(right), len(right)),
        f"right speaker where sure{how}": (sum(sure), len(sure)),
        f"right speaker with the right state or body{how}": (sum(owner), len(owner)),
        f"right state or body of right speakers{how}": both,
        f"right speaker with the right state or body, as written{how}": (
            sum(written),
            len(written),
        ),
        f"no state or body where none is marked{how}": (sum(none), len(none)),
    }


def _spoken(record: dict[str, Any]) -> list[bool]:
    """Say of every quotation with a speaker whether a state or body is marked."""
    return [
        bool(one["affiliation"])
        for one in _quotations(record)
        if one["cls"] in SPOKEN and one["speaker"] not in (None, "", "unknown")
    ]


def is_same_owner(marked: str, found: str) -> bool:
    """Whether two states or bodies are one, as far as the sets tell them apart.

    The two readings of the sets name one office differently: of a spokesman one writes
    *United States*, the other *White House*; of a senator *United States Congress* and
    *US Senate*. So a body of the government of the United States counts as the state,
    and the Congress as either chamber; a chamber is not the other, nor the state.
    Campaigns are one where the surnames are; other bodies where their names are
    (`same_name`), or all words of one, at least two, are in the other.

    Examples
    --------
    >>> is_same_owner("White House", "United States"), is_same_owner("US Senate", "US")
    (True, False)
    >>> is_same_owner("US Senate", "United States Congress")
    True
    >>> is_same_owner("US Senate", "United States House of Representatives")
    False
    >>> is_same_owner("Orr campaign", "Ann Orr campaign"), is_same_owner("Iran", "Iraq")
    (True, False)
    """
    if ";" in found:
        return all(is_same_owner(marked, one) for one in found.split("; "))
    ours, theirs = _plain(marked), _plain(found)
    if ours == theirs or {ours, theirs} in _CHAMBERS:
        return True
    if {ours, theirs} & {"united states", "senate", "house", "congress"}:
        return False
    one, other = ours.split(), theirs.split()
    if "campaign" in (one[-1:] + other[-1:]):
        return one[-2:] == other[-2:]
    short, long = sorted((set(one), set(other)), key=len)
    return (len(short) > 1 and short <= long) or same_name(marked, found) is True


_CHAMBERS = ({"congress", "senate"}, {"congress", "house"})
_US = re.compile(r"\b(?:u\.s\.|us|united states)(?:'s)?(?=\s|$)")


def _plain(name: str) -> str:
    """Give the words of a state or body; of the government of a state, the state."""
    low = _US.sub("united states", name.lower().replace("’", "'"))
    ours = low.removeprefix("the ").removeprefix("united states").strip()
    of_part = re.search(r"\bstate (?:senate|house)\b", low)
    if not of_part and re.match(r"(?:house|senate|congress)\b", ours):
        return ours.split()[0]
    if GOVERNMENT.search(low) and "police" not in low:
        return "united states"
    words = re.findall(r"[a-z0-9]+", low)
    return " ".join(word for word in words if word not in ("the", "of", "and", "s"))


def _speech(record: dict[str, Any], corpus: Corpus) -> Counted:
    """Count the quotations that are rightly taken for speech or not."""
    rows = _rows(corpus.voices, record)
    right = []
    for quotation in _quotations(record):
        shared: Counter[str] = Counter()
        for row in rows.itertuples():
            end = min(row.end, quotation["end"] - 1)
            shared[row.voice] += max(0, end - max(row.start, quotation["start"] + 1))
        inside = quotation["end"] - quotation["start"] - 2
        right.append((shared["direct"] > inside / 2) == (quotation["cls"] in SPOKEN))
    return {"quotation is speech or not": (sum(right), len(right))}


def _furniture(record: dict[str, Any], corpus: Corpus) -> Counted:
    """Count the paragraphs of furniture that are found, and those rightly found."""
    rows = _rows(corpus.furniture, record)
    places = list(zip(rows["start"].tolist(), rows["end"].tolist(), strict=True))
    recall, precision = [], []
    for paragraph in record["paragraphs"]:
        start, end = paragraph["start"], paragraph["end"]
        words = [start + first for first, _ in word_offsets(record["text"][start:end])]
        inside = sum(any(a <= word < b for a, b in places) for word in words)
        found = bool(words) and inside >= len(words) / 2
        if paragraph["label"] == "furniture":
            recall.append(found)
        if found and (paragraph["label"] == "furniture" or not paragraph["furniture"]):
            precision.append(paragraph["label"] == "furniture")
    return {
        "paragraph of furniture, recall": (sum(recall), len(recall)),
        "paragraph of furniture, precision": (sum(precision), len(precision)),
    }


def _rows(layer: pd.DataFrame, record: dict[str, Any]) -> pd.DataFrame:
    """Give a layer's rows of one article."""
    return layer[layer["article"].eq(record["id"])]


def _quotations(record: dict[str, Any]) -> list[dict[str, Any]]:
    """Give the quotations of an article that stand in no furniture."""
    return [one for one in record["quotations"] if "furniture" not in one["note"]]


def _holds(content: list[list[int]], quotation: dict[str, Any]) -> bool:
    """Whether a content and a quotation share a character."""
    start, end = quotation["start"], quotation["end"]
    return any(first < end and start < after for first, after in content)
