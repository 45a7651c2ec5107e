"""How the time to line passages up, and to place who speaks, grows with the articles.

``python -m benchmarks.coverage_growth`` prints a Markdown row for each size: articles
of made words, ten of each event (`benchmarks.statement_growth.corpus`), read anew: the
CPU seconds of the parse, of `coverage` after it (most of it are embeddings) and of
`emphasis`, and the most memory so far. One process, the smallest size first. With
``--emphasis``, `emphasis` alone, up to 100,000 articles. With ``--articles FILE``
(JSON lines with ``id`` and ``text``), `coverage` alone, of 20 real articles of 500 to
1,500 words as events of 2, 5, 10 and 20: CPU seconds an article of 900 words.
"""

from __future__ import annotations

import os

os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1"))

import argparse
import resource
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from benchmarks.statement_growth import corpus
from framelens.align import coverage
from framelens.annotate import embed, recent
from framelens.annotate.words import word_offsets
from framelens.corpus import read_corpus
from framelens.measure import emphasis

if TYPE_CHECKING:
    from collections.abc import Callable

SIZES = "40,160,1000"
EVENTS = "2,5,10,20"
REAL, LENGTHS = 20, (500, 1_500)
"""Real articles, and how many words they have."""

MANY = "1000,10000,100000"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes")
    parser.add_argument("--emphasis", action="store_true")
    parser.add_argument("--articles", type=Path)
    options = parser.parse_args()
    if options.articles:
        print("| articles an event | rows | coverage, CPU s for 900 words |")
        print("|---|---|---|", flush=True)
        table = real(options.articles)
        for size in map(int, (options.sizes or EVENTS).split(",")):
            print(
                f"| {size} | " + " | ".join(of_events(table, size)) + " |", flush=True
            )
        return
    if options.emphasis:
        print("| articles | emphasis, CPU s | rows | most memory, MB |")
        print("|---|---|---|---|", flush=True)
        for size in map(int, (options.sizes or MANY).split(",")):
            print(f"| {size:,} | " + " | ".join(placed_alone(size)) + " |", flush=True)
        return
    print("| articles | parse, CPU s | coverage | units | emphasis | most memory, MB |")
    print("|---|---|---|---|---|---|", flush=True)
    for size in map(int, (options.sizes or SIZES).split(",")):
        print(f"| {size:,} | " + " | ".join(timed(size)) + " |", flush=True)


def timed(size: int) -> list[str]:
    """Measure one size."""
    articles = corpus("events", size)
    held = read_corpus(articles, marks_only=True)
    parsed, _ = seconds(held.layer, "tokens")
    lined, found = seconds(coverage, held)
    placed, _ = seconds(emphasis, held)
    return [
        f"{parsed:.1f}",
        f"{lined:.1f}",
        f"{len(found.table):,}",
        f"{placed:.1f}",
        most_memory(),
    ]


def real(path: Path) -> pd.DataFrame:
    """Give 20 real articles, each as of an outlet of its own."""
    table = pd.read_json(path, lines=True, dtype=str)
    words = table["text"].map(lambda text: len(word_offsets(text)))
    some = table[words.between(*LENGTHS)].sort_values("id").head(REAL)
    names = [f"a{number}" for number in range(len(some))]
    return some[["text"]].assign(article=names, outlet=names)


def of_events(table: pd.DataFrame, size: int) -> list[str]:
    """Line real articles up, so many of an event; parse and voices are there before."""
    events = [f"e{number // size}" for number in range(len(table))]
    held = read_corpus(table.assign(event=events), marks_only=True)
    held.tokens, held.voices, held.boilerplate, embed(["so that it is loaded"])
    recent.clear()
    lined, found = seconds(coverage, held)
    words = sum(len(word_offsets(text)) for text in table["text"])
    return [f"{len(found.table):,}", f"{lined / words * 900:.2f}"]


def placed_alone(size: int) -> list[str]:
    """Measure `emphasis` alone, of one size."""
    articles = corpus("events", size)
    placed, found = seconds(emphasis, read_corpus(articles, marks_only=True))
    return [f"{placed:.1f}", f"{len(found.table):,}", most_memory()]


def most_memory() -> str:
    """Give the most memory that this process held so far, in MB."""
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f}"


def seconds(work: Callable[..., Any], *given: Any, **named: Any) -> tuple[float, Any]:
    """Give the processor's seconds that some work takes, and what it gives."""
    begun = time.process_time()
    found = work(*given, **named)
    return time.process_time() - begun, found


if __name__ == "__main__":
    main()
