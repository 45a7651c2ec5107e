"""Sentences with direct speech, and with opinion, against three readers.

    python -m benchmarks.mbd --gold DIR

The set ``mbd`` holds articles whose sentences three people judged: what two of them
call a quote is one. A sentence is found where a quotation of kind speech stands in it,
wholly or in part. Prints F1 by outlet, of the texts as they came and repaired. What two
of them call an opinion is one; a sentence is taken for it where it is probably loaded
and holds no direct speech. framelens has no other sign of opinion.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from benchmarks.sets import rows
from framelens import loaded_sentences, read_corpus

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Metric = tuple[str, list[Any], Callable[[Sequence[Any]], float]]

NAME = "direct speech F1"


def metrics(records: list[dict[str, Any]]) -> list[Metric]:
    """Score every article: name of the metric, counts of each article, its value."""
    return [
        (NAME, _counts(records, repair=False), f1),
        (f"{NAME}, repaired", _counts(records, repair=True), f1),
        ("opinion F1", _opinions(records), f1),
    ]


def f1(parts: Sequence[tuple[int, int, int]]) -> float:
    """Give F1 of counts: sentences that are right, found and there."""
    right, found, there = np.sum(parts, axis=0)
    return float(2 * right / max(1, found + there))


def _opinions(records: list[dict[str, Any]]) -> list[tuple[int, int, int]]:
    """Count the sentences of each article whose opinion is right, found and there."""
    table = pd.DataFrame(
        [(one["id"], one["outlet"], one["text"]) for one in records],
        columns=["article", "outlet", "text"],
    )
    sentences = pd.DataFrame(
        [
            (record["id"], one["start"], one["end"], one["types"].count("opinion") >= 2)
            for record in records
            for one in record["spans"]
        ],
        columns=["article", "start", "end", "there"],
    )
    likely = loaded_sentences(table, sentences[["article", "start", "end"]])
    speech = read_corpus(table, marks_only=True).quotations
    speech = speech[speech["kind"].eq("speech")]
    counted = []
    for article, some in sentences.assign(likely=likely["probability"]).groupby(
        "article", sort=False
    ):
        own = speech[speech["article"].eq(article)]
        quoted = np.array(
            [
                bool((own["start"].lt(end) & own["end"].gt(start)).any())
                for start, end in zip(some["start"], some["end"], strict=True)
            ]
        )
        found = some["likely"].ge(0.5).to_numpy() & ~quoted
        there = some["there"].to_numpy()
        counted.append((int((found & there).sum()), int(found.sum()), int(there.sum())))
    return counted


def _counts(
    records: list[dict[str, Any]], *, repair: bool
) -> list[tuple[int, int, int]]:
    """Count the sentences of each article that are right, found and there."""
    table = pd.DataFrame(
        {
            "article": [one["id"] for one in records],
            "outlet": [one["outlet"] for one in records],
            "text": [one["text"] for one in records],
        }
    )
    corpus = read_corpus(table, repair=repair, marks_only=True)
    quotations = corpus.quotations
    speech = quotations[quotations["kind"].eq("speech")]
    counted = []
    for record in records:
        own = speech[speech["article"].eq(record["id"])]
        places = [
            corpus.reading.original(record["id"], start, end)
            for start, end in zip(own["start"], own["end"], strict=True)
        ]
        pairs = [
            (
                any(start < one["end"] and end > one["start"] for start, end in places),
                one["types"].count("quote") >= 2,
            )
            for one in record["spans"]
        ]
        counted.append(
            (
                sum(found and there for found, there in pairs),
                sum(found for found, _ in pairs),
                sum(there for _, there in pairs),
            )
        )
    return counted


def main() -> None:
    """Print F1 of each outlet, as it came and repaired."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold", type=Path, required=True)
    records = list(rows(parser.parse_args().gold, "mbd"))
    sides = [_counts(records, repair=repair) for repair in (False, True)]
    outlets = [record["outlet"] for record in records]
    for outlet in [*sorted(set(outlets)), "all"]:
        which = [n for n, one in enumerate(outlets) if outlet in (one, "all")]
        before, after = (f1([parts[n] for n in which]) for parts in sides)
        print(f"| {outlet} | {len(which)} | {before:.3f} | {after:.3f} |")


if __name__ == "__main__":
    main()
