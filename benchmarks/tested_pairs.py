"""Tested pairs: of how many pairs of real outlets something is tested.

Words by quotation marks alone, of folders of JSON lines with ``outlet`` and ``text``
(and ``event_id``, where events are known). Every pair of outlets with at least 12
articles in one file is compared. Run from the repository::

    python -m benchmarks.tested_pairs FILE.jsonl.gz ...
"""

from __future__ import annotations

import argparse
import time
from itertools import combinations
from pathlib import Path

import pandas as pd

from framelens.compare import contrast
from framelens.corpus import corpus_of
from framelens.measure import terms

LEAST = 12
"""Articles an outlet needs to be among those that are paired."""


def articles_in(path: Path, most: int) -> pd.DataFrame:
    """Read the articles of a file, at most so many of each outlet."""
    table = pd.read_json(path, lines=True)
    kept = pd.DataFrame(
        {
            "article": table["id"].astype(str),
            "outlet": table["outlet"].astype(str),
            "event": table.get("event_id"),
            "text": table["text"].astype(str),
        }
    ).drop_duplicates("article")
    return kept.groupby("outlet").head(most)


def main() -> None:
    """Print one row per file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--most", type=int, default=400, help="articles of an outlet")
    options = parser.parse_args()
    began = time.process_time()
    print("| file | outlets | pairs | tested | items tested in a pair, median "
          "| some q < .05 |")  # fmt: skip
    print("|---" * 6 + "|")
    for path in options.files:
        articles = articles_in(path, options.most)
        counts = terms(corpus_of(articles, marks_only=True))
        size = articles["outlet"].value_counts()
        outlets = sorted(size.index[size >= LEAST])
        results = [contrast(counts, *pair) for pair in combinations(outlets, 2)]
        tested = [result for result in results if result.refusal is None]
        items = pd.Series([result.table["p"].notna().sum() for result in tested])
        found = sum((result.table["q"] < 0.05).any() for result in tested)
        print(
            f"| {path.name.removesuffix('.jsonl.gz')} | {len(outlets)} "
            f"| {len(results)} | {len(tested)} | {items.median():,.0f} | {found} |",
            flush=True,
        )
        for reason in sorted({str(result.refusal) for result in results}):
            if reason != "None":
                print(f"  {reason}", flush=True)
    print(f"\n{time.process_time() - began:.0f} CPU seconds")


if __name__ == "__main__":
    main()
