"""Tested pairs: of how many pairs of real outlets something is tested.

Words by quotation marks alone, of files of JSON lines with ``outlet`` and ``text``
(and ``event_id``, where events are known). Pairs of outlets with at least 12 articles
in one file are compared, counted once. Run from the repository::

    python -m benchmarks.tested_pairs FILE.jsonl.gz ...
"""

from __future__ import annotations

import argparse
import re
import time
from collections import Counter
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd

from framelens.compare import contrast
from framelens.corpus import corpus_of
from framelens.measure import terms

LEAST = 12
"""Articles an outlet needs to be among those that are paired."""


def articles_in(path: Path, most: int) -> pd.DataFrame:
    """Read the articles of a file, at most so many of each outlet, drawn at random."""
    table = pd.read_json(path, lines=True)
    names = table["id"] if "id" in table else table.index.to_series()
    kept = pd.DataFrame(
        {
            "article": names.astype(str),
            "outlet": table["outlet"].astype(str),
            "event": table.get("event_id"),
            "text": table["text"].astype(str),
        }
    ).drop_duplicates("article")
    many = kept.groupby("outlet")["article"].transform("size") >= LEAST
    kept = kept[many].sample(frac=1, random_state=0)
    return kept.groupby("outlet").head(most)


def main() -> None:
    """Print one row per file, and why the others are refused."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--most", type=int, default=60, help="articles of an outlet")
    parser.add_argument("--pairs", type=int, default=200, help="pairs of a file")
    options = parser.parse_args()
    began = time.process_time()
    print("| file | outlets | pairs | looked at | tested | items tested in a pair, "
          "median | some q < .05 | refused because |")  # fmt: skip
    print("|---" * 8 + "|")
    for path in options.files:
        articles = articles_in(path, options.most)
        outlets = sorted(articles["outlet"].unique())
        pairs = list(combinations(outlets, 2))
        order = np.random.default_rng(0).permutation(len(pairs))[: options.pairs]
        counts = terms(corpus_of(articles, marks_only=True)) if pairs else None
        items, found, reasons = [], 0, Counter[str]()
        for place in order:
            result = contrast(counts, *pairs[place])  # type: ignore[arg-type]
            if result.refusal is None:
                items.append(result.table["p"].notna().sum())
                found += bool((result.table["q"] < 0.05).any())
            else:
                why = result.refusal.split("; ")[-1]
                for outlet in pairs[place]:
                    why = why.replace(outlet, "an outlet")
                reasons[re.sub(r"\d+ article", "n article", why)] += 1
        told = "; ".join(f"{count}: {why}" for why, count in reasons.most_common(3))
        print(
            f"| {path.name.removesuffix('.jsonl.gz')} | {len(outlets)} | {len(pairs)} "
            f"| {len(order)} | {len(items)} "
            f"| {np.median(items) if items else 0:,.0f} | {found} | {told} |",
            flush=True,
        )
    print(f"\n{time.process_time() - began:.0f} CPU seconds")


if __name__ == "__main__":
    main()
