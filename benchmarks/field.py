"""Scraped articles: who speaks each quotation, what is speech, what is furniture.

The sets ``field`` and ``field_train`` hold articles as they come from the web, each
quotation with its class and its speaker, each paragraph with what is no part of the
story. A quotation is speech where most of it stands in the voice ``direct``; its
speaker is right where a row of the ledger that holds a part of it names the same
person or body (`benchmarks.same_speaker.is_same_speaker`); which quotations are one
speaker's is scored by `benchmarks.same_speaker`. A paragraph of furniture is found
where half of its words are. Quotations in furniture are left out.
"""

from __future__ import annotations

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
    right, sure, owner = [], [], []
    for quotation in _quotations(record):
        speaker = quotation["speaker"]
        if quotation["cls"] not in SPOKEN or speaker in (None, "", "unknown"):
            continue
        beside = [row for row in rows.itertuples() if _holds(row.content, quotation)]
        right.append(any(is_same_speaker(speaker, row.speaker) for row in beside))
        sure += [right[-1]] if any(row.sure for row in beside) else []
        if quotation["affiliation"]:
            named = {row.affiliation for row in beside} if right[-1] else set()
            owner.append(
                any(
                    isinstance(one, str) and same_name(quotation["affiliation"], one)
                    for one in named
                )
            )
    return {
        f"right speaker{how}": (sum(right), len(right)),
        f"right speaker where sure{how}": (sum(sure), len(sure)),
        f"right speaker with the right state or body{how}": (sum(owner), len(owner)),
    }


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
