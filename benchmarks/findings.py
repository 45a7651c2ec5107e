"""Findings where there is nothing to find: one outlet set against itself.

    python -m benchmarks.findings --corpora DIR --store STORE

DIR holds ``abp_*.jsonl.gz``. The articles of each outlet that has enough are dealt out
to two names at random, twice, and `findings` is asked what tells the two apart: a
tested finding among the first seven is a false one. STORE keeps what was annotated.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.furthest_apart import articles_of
from framelens._accuracy import wilson
from framelens.corpus import read_corpus
from framelens.report.findings import findings

NAMES = np.array(["One", "Two"])


def halves(articles: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Deal the articles of one outlet out to two names at random."""
    names = np.resize(NAMES, len(articles))
    return articles.assign(outlet=np.random.default_rng(seed).permutation(names))


def main() -> None:
    """Print, for each corpus, how many findings there are and how many are tested."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--outlets", type=int, default=10)
    parser.add_argument("--articles", type=int, default=80)
    parser.add_argument("--splits", type=int, default=2)
    given = parser.parse_args()
    every = articles_of(given.corpora, None, given.articles)
    sizes = every["outlet"].value_counts().sort_index()
    largest = sizes.sort_values(ascending=False, kind="stable").index[: given.outlets]
    rows = []
    for outlet in largest:
        own = every[every["outlet"].eq(outlet)]
        for split in range(given.splits):
            corpus = read_corpus(halves(own, split), store=given.store, workers=1)
            found = findings(corpus)
            tested = [one for one in found.first if one.strength == "tested"]
            rows.append((outlet, split, len(own), len(found.found), len(tested)))
            print(*rows[-1], *(one.sentence for one in tested), sep=" | ", flush=True)
    table = pd.DataFrame(
        rows, columns=["outlet", "split", "articles", "findings", "tested"]
    )
    without = int(table["tested"].eq(0).sum())
    low, high = wilson(without, len(table))
    print(
        f"{without} of {len(table)} corpora without a tested finding among the first "
        f"seven ({low:.3f} to {high:.3f})"
    )


if __name__ == "__main__":
    main()
