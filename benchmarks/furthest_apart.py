"""The words that are furthest apart between two outlets of scraped articles, to read.

    python -m benchmarks.furthest_apart --corpora DIR --target A --baseline B

DIR holds ``abp_*.jsonl.gz``; the first articles of each outlet are taken.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import pandas as pd

from framelens.compare import contrast
from framelens.corpus import read_corpus
from framelens.measure import terms


def articles_of(folder: Path, outlets: list[str] | None, each: int) -> pd.DataFrame:
    """Read the first articles of some outlets, or of all."""
    files = [
        pd.read_json(path, lines=True, dtype=False)
        for path in sorted(folder.glob("abp_*.jsonl.gz"), reverse=True)
    ]
    rows = pd.concat(files, ignore_index=True).drop_duplicates("id")
    if outlets is not None:
        rows = rows[rows["outlet"].isin(outlets)]
    rows = rows.groupby("outlet").head(each)
    rows = rows.rename(columns={"id": "article"}).astype({"date": str})
    return rows[["article", "outlet", "date", "title", "text", "url"]]


def main() -> None:
    """Print the items furthest apart, with counts and kinds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--target", required=True)
    parser.add_argument("--baseline", required=True)
    parser.add_argument("--voice", default="own")
    parser.add_argument("--articles", type=int, default=80)
    parser.add_argument("--items", type=int, default=30)
    given = parser.parse_args()
    outlets = [given.target, given.baseline]
    corpus = read_corpus(articles_of(given.corpora, outlets, given.articles))
    result = contrast(terms(corpus), *outlets, voice=given.voice)
    columns = ["item", "target_k", "baseline_k", "difference", "p_max"]
    print(result.table[columns].head(given.items).to_string())
    print("\n".join((result.caption, *result.notes)))


if __name__ == "__main__":
    main()
