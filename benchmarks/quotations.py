"""How often quotations are told apart rightly: the shipped articles and PolNeAR.

``python -m benchmarks.quotations --gold DIR`` prints ``set, metric, value, low,
high, n``. In PolNeAR a stretch in quotation marks counts as speech where at least
60 % of it lies inside the content of an annotated attribution; the annotators
left some out, so that the figure is a lower bound.
"""

from __future__ import annotations

import argparse
import ast
import csv
import gzip
import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framelens.annotate import quotations
from framelens.read import read_articles

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
INSIDE = 0.6


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--split", default="dev")
    options = parser.parse_args()
    print("set,metric,value,low,high,n")
    for name, right in [
        ("shipped articles, two readers", _shipped()),
        (f"polnear {options.split}", _polnear(options.gold, options.split)),
    ]:
        value, low, high = _interval(right)
        n = len(right)
        print(f"{name},quotation kind accuracy,{value:.3f},{low:.3f},{high:.3f},{n}")


def _shipped() -> pd.DataFrame:
    """Give article and whether the kind is right, for each read quotation."""
    articles = read_articles(ROOT / "data" / "articles.csv").articles
    found = quotations(articles)
    told = {
        (article, start, end): kind
        for article, start, end, kind in found[
            ["article", "start", "end", "kind"]
        ].itertuples(index=False)
    }
    with (ROOT / "tests" / "gold" / "quotations.csv").open(encoding="utf-8") as file:
        rows = [
            (row["article"], told.get(_place(row)) == row["class"])
            for row in csv.DictReader(file)
        ]
    return pd.DataFrame(rows, columns=["article", "right"])


def _place(row: dict[str, str]) -> tuple[str, int, int]:
    return row["article"], int(row["start"]), int(row["end"])


def _polnear(gold: Path, split: str) -> pd.DataFrame:
    """Give article and whether speech or not is right, for each quotation."""
    rows: list[tuple[str, bool]] = []
    for article, text, contents in _records(gold / "polnear.jsonl.gz", split):
        found = quotations(pd.DataFrame({"article": [article], "text": [text]}))
        found = found[found["depth"].eq(0)]
        columns = (found[name].tolist() for name in ("start", "end", "kind"))
        for start, end, kind in zip(*columns, strict=True):
            shared = [min(end, e) - max(start, s) for s, e in contents]
            speech = max(shared, default=0) >= INSIDE * (end - start)
            rows.append((article, speech == (kind == "speech")))
    return pd.DataFrame(rows, columns=["article", "right"])


def _records(
    path: Path, split: str
) -> Iterator[tuple[str, str, list[tuple[int, int]]]]:
    """Give each document once, with the spans of its attributed contents."""
    seen = set()
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for record in map(json.loads, file):
            if record["split"] != split or record["doc_id"] in seen:
                continue
            seen.add(record["doc_id"])
            spans = record["spans"]
            spans = ast.literal_eval(spans) if isinstance(spans, str) else spans
            contents = [
                (one["start"], one["end"]) for one in spans if one["label"] == "content"
            ]
            yield record["doc_id"], record["text"], contents


def _interval(right: pd.DataFrame, *, resamples: int = 2000) -> tuple[float, ...]:
    """Give the share that is right and its 95 % interval over whole articles."""
    sums = right.groupby("article")["right"].agg(["sum", "size"]).to_numpy()
    drawn = np.random.default_rng(0).integers(len(sums), size=(resamples, len(sums)))
    totals = sums[drawn].sum(axis=1)
    low, high = np.quantile(totals[:, 0] / totals[:, 1], [0.025, 0.975])
    return float(right["right"].mean()), float(low), float(high)


if __name__ == "__main__":
    main()
