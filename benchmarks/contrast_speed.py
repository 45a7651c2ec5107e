"""Speed of `contrast`: 10,000 articles, and 100,000 with all words.

Run from the repository::

    python -m benchmarks.contrast_speed [--articles 10000 100000]
"""

from __future__ import annotations

import argparse
import resource
import time

from framelens.compare import contrast
from framelens.simulate import Plan, simulate

ROWS = ((10_000, 20, 500), (10_000, 1, 500), (100_000, 1_000, 5), (100_000, 1, 5))
"""Articles, events, and articles that an item must be in to be tested."""


def main() -> None:
    """Print one row per size."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, nargs="*")
    parser.add_argument("--vocabulary", type=int, default=30_000)
    options = parser.parse_args()
    print("| articles | events | items | tested | CPU seconds |")
    print("|---" * 5 + "|")
    for articles, events, least in ROWS:
        if options.articles and articles not in options.articles:
            continue
        plan = Plan(
            events=events,
            articles=articles // (2 * events),
            vocabulary=options.vocabulary,
        )
        counts = simulate(plan).counts
        counts.counts  # noqa: B018 - the long table is part of counting
        began = time.process_time()
        table = contrast(counts, *plan.outlets, min_articles=least).table
        taken = time.process_time() - began
        print(
            f"| {articles:,} | {events:,} | {len(table):,} "
            f"| {int(table['p'].notna().sum()):,} | {taken:.1f} |",
            flush=True,
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"\nPeak memory {peak:.1f} GB")


if __name__ == "__main__":
    main()
