"""How the time to line passages up, and to place who speaks, grows with the articles.

``python -m benchmarks.coverage_growth`` prints a Markdown row for each size: articles
of made words, ten of each event (`benchmarks.statement_growth.corpus`), read anew: the
CPU seconds of the parse, of `coverage` after it (most of it are embeddings) and of
`emphasis`, and the most memory so far. One process, the smallest size first. With
``--emphasis``, `emphasis` alone, up to 100,000 articles.
"""

from __future__ import annotations

import os

os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1"))

import argparse
import resource
import time
from typing import TYPE_CHECKING, Any

from benchmarks.statement_growth import corpus
from framelens.align import coverage
from framelens.corpus import read_corpus
from framelens.measure import emphasis

if TYPE_CHECKING:
    from collections.abc import Callable

SIZES = "40,160,1000"
MANY = "1000,10000,100000"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes")
    parser.add_argument("--emphasis", action="store_true")
    options = parser.parse_args()
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
