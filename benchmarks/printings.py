"""Statements on real articles: pairs of printings found, and who is named.

The set ``printings`` holds events of articles by several outlets, with the printings
of the statements that two or more of them carry. A piece that is found belongs to a
printing where at least half of the shorter of the two is in both. A pair of printings
is found where one group holds both; a pair of articles in a group is right where both
hold printings of one statement. A speaker is right where the last word of both names
agrees, or one name holds all words of the other, titles apart; which printings are one
speaker's is scored by `benchmarks.same_speaker`, event by event.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from benchmarks import same_speaker
from benchmarks.same_speaker import Marked, is_same_speaker
from framelens import read_corpus
from framelens.align import statements

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from framelens import Corpus

    Counted = dict[str, tuple[int, int]]
    Metric = tuple[str, list[Any], Callable[[Sequence[Any]], float]]

FORMS = (
    *("direct", "direct+mixed", "mixed", "direct+indirect", "indirect+mixed"),
    "indirect",
)
"""Forms of two printings of one statement."""


def metrics(records: list[dict[str, Any]]) -> list[Metric]:
    """Score every event: name of the metric, counts of each event, and its value."""
    corpora = [_corpus(record) for record in records]
    parts = [_counts(*pair) for pair in zip(records, corpora, strict=True)]
    names = {
        "pairs of printings, recall": "pairs",
        "pairs of articles, precision": "claimed",
        "speaker right": "speaker",
        **{f"pairs of printings, recall, {form}": form for form in FORMS},
    }
    printed = [
        Marked(record["id"], one["article"], one["spans"], one["speaker"])
        for record in records
        for one in record["printings"]
    ]
    ledger = pd.concat([corpus.ledger for corpus in corpora], ignore_index=True)
    return [
        (name, [part.get(key, (0, 0)) for part in parts], _share)
        for name, key in names.items()
    ] + same_speaker.metrics(printed, ledger)


def _share(parts: Sequence[tuple[int, int]]) -> float:
    """Give hits of all, over several events."""
    hits, every = np.sum(parts, axis=0)
    return float(hits / max(1, every))


def _corpus(record: dict[str, Any]) -> Corpus:
    """Read the articles of one event, apart from all others."""
    articles = pd.DataFrame(
        {
            "article": [one["id"] for one in record["articles"]],
            "event": record["id"],
            **{
                name: [one[name] for one in record["articles"]]
                for name in ("outlet", "date", "title", "text")
            },
        }
    )
    return read_corpus(articles)


def _counts(record: dict[str, Any], corpus: Corpus) -> Counted:
    """Count hits and cases of one event, by metric."""
    groups = statements(corpus).groups
    held: dict[tuple[str, str], set[str]] = defaultdict(set)
    speakers = []
    for row in groups.itertuples():
        for printing in record["printings"]:
            if printing["article"] == row.article and _is_in(row, printing["spans"]):
                held[row.group, row.article].add(printing["statement"])
                if printing.get("main", True):
                    speakers.append(is_same_speaker(printing["speaker"], row.speaker))
    claimed = [
        bool(held[group, one] & held[group, other])
        for group, rows in groups.groupby("group")
        for one, other in combinations(sorted(set(rows["article"])), 2)
    ]
    pairs = _pairs(record, held, set(groups["group"]))
    every = [found for some in pairs.values() for found in some]
    counted = {"pairs": every, "claimed": claimed, "speaker": speakers, **pairs}
    return {name: (sum(some), len(some)) for name, some in counted.items()}


def _is_in(row: Any, spans: list[list[int]]) -> bool:
    """Whether half of the shorter of a piece and a printing is in both."""
    shared = sum(
        max(0, min(row.end, end) - max(row.start, start)) for start, end in spans
    )
    length = sum(end - start for start, end in spans)
    return shared >= 0.5 * min(length, row.end - row.start)


def _pairs(
    record: dict[str, Any], held: dict[tuple[str, str], set[str]], groups: set[str]
) -> dict[str, list[bool]]:
    """Say of every two printings of a statement whether they are found, by form."""
    forms: dict[str, dict[str, str]] = defaultdict(dict)
    for printing in record["printings"]:
        of_statement = forms[printing["statement"]]
        if printing.get("main", True) or printing["article"] not in of_statement:
            of_statement[printing["article"]] = printing["form"]
    pairs: dict[str, list[bool]] = defaultdict(list)
    for statement, of_statement in forms.items():
        for one, other in combinations(sorted(of_statement), 2):
            form = "+".join(sorted({of_statement[one], of_statement[other]}))
            pairs[form].append(
                any(
                    statement in held[group, one] & held[group, other]
                    for group in groups
                )
            )
    return pairs
