"""How the time of what lines articles up grows with the articles: one exponent each.

    python -m benchmarks.growth [--sizes 200 800]

prints a Markdown row for each step: CPU seconds at every size, and the exponent between
the smallest and the largest: 1 is a cost that grows with the articles, 2 one that grows
with their pairs. Articles are of about 160 made words, ten of each event
(`benchmarks.statement_growth.corpus`); voices by quotation marks. Each step is measured
with the layers that it needs given, in one process, the smallest size first. For larger
sizes: `benchmarks.statement_growth`, `benchmarks.coverage_growth`, ``benchmarks.events
--growth`` and `benchmarks.scale`.
"""

from __future__ import annotations

import argparse
import math
from typing import TYPE_CHECKING, Any

from benchmarks.coverage_growth import seconds
from benchmarks.statement_growth import corpus
from framelens.align import coverage, duplicates, events, reuse, statements
from framelens.annotate import embed, recent
from framelens.corpus import read_corpus
from framelens.measure import emphasis, terms

if TYPE_CHECKING:
    from collections.abc import Callable

    from framelens.corpus import Corpus

STEPS: dict[str, Callable[[Corpus], Any]] = {
    "events": events,
    "duplicates": duplicates,
    "passages (`reuse`)": reuse,
    "statements": statements,
    "coverage": coverage,
    "words (`terms`)": terms,
    "what comes first (`emphasis`)": emphasis,
}
"""What is measured; sentences of the parse are there before."""

LEAST = 0.05
"""CPU seconds at the smallest size; below, an exponent says nothing."""


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[200, 800])
    sizes = sorted(parser.parse_args().sizes)
    taken: dict[str, list[float]] = {name: [] for name in ("parse", *STEPS)}
    read_corpus(corpus("events", 10), marks_only=True).layer("tokens")
    embed(["so that the models are loaded"])
    for size in sizes:
        for name, took in timed(size).items():
            taken[name].append(took)
    print("| step | " + " | ".join(f"{size:,}" for size in sizes) + " | exponent |")
    print("|---" * (len(sizes) + 2) + "|")
    for name, several in taken.items():
        cells = [f"{took:.1f}" for took in several]
        print(f"| {name} | " + " | ".join([*cells, exponent(several, sizes)]) + " |")


def timed(size: int) -> dict[str, float]:
    """Measure every step once."""
    held = read_corpus(corpus("events", size), marks_only=True)
    took, _ = seconds(held.layer, "tokens")
    found = {"parse": took}
    for name in ("sentences", "marked_voices", "marked_ledger", "boilerplate"):
        held.layer(name)
    for name, step in STEPS.items():
        recent.clear()
        found[name], _ = seconds(step, held)
    return found


def exponent(several: list[float], sizes: list[int]) -> str:
    """Give the exponent between the smallest and the largest size."""
    if len(sizes) < 2 or several[0] < LEAST:
        return "–"
    ratio = math.log(several[-1] / several[0]) / math.log(sizes[-1] / sizes[0])
    return f"{ratio:.2f}"


if __name__ == "__main__":
    main()
