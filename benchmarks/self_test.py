"""Self-test on real articles: each outlet of BASIL against itself.

BASIL (Fan and others, EMNLP 2019) tells 46 events as three outlets reported them.
Its articles are not part of this repository: pass the folder with ``basil.jsonl.gz``,
one JSON object a line with ``id, outlet, event_id, date, text``. Run from the
repository::

    python -m benchmarks.self_test --gold DIR
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import pandas as pd

from framelens.compare import self_test
from framelens.measure import MEASURES


def articles_in(folder: Path) -> pd.DataFrame:
    """Read the articles of BASIL."""
    rows = pd.read_json(folder / "basil.jsonl.gz", lines=True, dtype=False)
    table = rows.rename(columns={"id": "article", "event_id": "event"})
    table["date"] = table["date"].astype(str)
    return table[["article", "outlet", "event", "date", "text"]]


def main() -> None:
    """Print one row per measure and outlet, as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--measures", nargs="*", default=["terms"], choices=MEASURES)
    parser.add_argument("--min-articles", type=int, default=10)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    articles = articles_in(options.gold)
    began = time.process_time()
    heads = ["measure", "outlet", "split", "splits", "items", "p < .05", "any finding"]
    pooled = ["p < .05", "items a split", "any finding"]
    heads += [f"pooled: {one}" for one in pooled]
    print("|", " | ".join(heads), "|")
    print("|---" * len(heads) + "|")
    for name in options.measures:
        result = self_test(
            MEASURES[name](articles),
            articles=articles,
            placebo="date",
            min_articles=options.min_articles,
            seed=options.seed,
        )
        for row in result.table.itertuples():
            if row.refusal:
                print(f"| {name} | {row.outlet} | {row.refusal} ||||||||")
                continue
            print(
                f"| {name} | {row.outlet} | {row.split} | {row.splits} "
                f"| {row.items:.0f} "
                f"| {_span(row.rate_p, row.low, row.high)} "
                f"| {_span(row.any_q, row.any_low, row.any_high)} "
                f"| {100 * row.pooled_p:.1f} % | {row.pooled_items:.0f} "
                f"| {100 * row.pooled_any:.0f} % |"
            )
    print(f"\n{time.process_time() - began:.0f} CPU seconds, counting included")


def _span(share: float, low: float, high: float) -> str:
    if pd.isna(share):
        return "–"
    if pd.isna(low):
        return f"{100 * share:.1f} %"
    return f"{100 * share:.1f} % ({100 * low:.1f} to {100 * high:.1f})"


if __name__ == "__main__":
    main()
