"""How often "only here" is right: judged paragraphs of news_cluster.

``python -m benchmarks.coverage --gold DIR [--split development|held_out]`` prints
``set, metric, value, low, high, n``; the interval is the wider of two, resampled by
events and Wilson's. The judgements stand in ``tests/gold``, the texts in
``DIR/news_cluster.jsonl.gz``. Each pair of articles is lined up alone, as the articles
of one event; a unit that is no judged paragraph to the character counts for the
paragraph that holds it, and a paragraph is "only here" if all its units are.

``--pairs msrp``, ``--pairs sts_news`` or ``--pairs news_cluster`` scores pairs of
single sentences instead (`benchmarks.coverage_pairs`). In ``msrp`` 1 is a paraphrase,
and 0 is mostly a pair of sentences that tell of the same thing and differ in a detail:
lining them up is what `coverage` is for, and its "false alignment" there says little.
In ``sts_news`` 4 and 5 say the same, 0 and 1 do not. In ``news_cluster`` a language
model judged 100 pairs twice (``tests/gold/coverage_pairs.md``), drawn by strata of
similarity: "weighted" is the share among all the pairs they were drawn from.
"""

from __future__ import annotations

import argparse
import gzip
import json
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.coverage_pairs import (
    SAME,
    judged_pairs,
    of_several,
    pair_figures,
    share,
)
from framelens._checks import InputError
from framelens.align import coverage
from framelens.align.coverage.stories import COUNTERPART, ONLY_HERE, UNCERTAIN
from framelens.corpus import read_corpus

JUDGED = Path(__file__).resolve().parents[1] / "tests" / "gold"
UNITS = ["article", "start", "end", "status", "score"]
UNITS += ["counterpart_start", "counterpart_end"]
FILES = {
    "development": ("coverage.csv", "coverage_further.csv"),
    "held_out": ("coverage.csv",),
}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--split", choices=list(FILES), default="development")
    parser.add_argument("--pairs", choices=list(SAME))
    options = parser.parse_args()
    if options.pairs:
        name = options.pairs
        found = pair_figures(judged_pairs(options.gold, name))
    else:
        name = f"news_cluster {options.split}"
        found = figures(judged(options.gold, options.split))
    print("set,metric,value,low,high,n")
    for row in found.itertuples(index=False, name=None):
        shares = ",".join(f"{one:.3f}" for one in row[1:4])
        print(f"{name},{row[0]},{shares},{row[4]}")


def judged(gold: Path, split: str) -> pd.DataFrame:
    """Give the judgements of one half, each with what `coverage` says.

    Parameters
    ----------
    gold : Path
        The folder that holds ``news_cluster.jsonl.gz``.
    split : str
        "development" or "held_out".

    Returns
    -------
    DataFrame
        The columns of the judgements, ``status``, ``score``, and ``found``: whether
        the counterpart touches the marked one (missing where none is marked).
    """
    files = [pd.read_csv(JUDGED / name, dtype={"label": str}) for name in FILES[split]]
    table = pd.concat(files, ignore_index=True)
    table = table[table["split"] == split]
    texts = _texts(gold / "news_cluster.jsonl.gz")
    parts = [
        _with_status(mine, texts, str(one), str(other))
        for (one, other), mine in table.groupby(["article_a", "article_b"], sort=False)
    ]
    return pd.concat(parts, ignore_index=True)


def figures(table: pd.DataFrame) -> pd.DataFrame:
    """Give ``metric, value, low, high, n``; n is what the share is of."""
    none, same = table["label"].eq("none"), table["label"].eq("same")
    only, lined_up = table["status"].eq(ONLY_HERE), table["status"].eq(COUNTERPART)
    shares = {
        "only here: precision (part counts as wrong)": (none, only),
        "only here: precision (part counts as right)": (~same, only),
        "only here: missed of none": (~only, none),
        "only here: wrongly called of same and part": (only, ~none),
        "only here: wrongly called of same": (only, same),
        "counterpart: precision (part counts as right)": (~none, lined_up),
        "counterpart: right passage of those marked": (
            table["found"].eq(True),
            table["found"].notna(),
        ),
        "uncertain: share of all": (table["status"].eq(UNCERTAIN), none | ~none),
    }
    rows = [
        (metric, *share(right, of, table["event"]), int(of.sum()))
        for metric, (right, of) in shares.items()
    ]
    return pd.DataFrame(rows, columns=["metric", "value", "low", "high", "n"])


def _texts(path: Path) -> dict[str, str]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return {record["id"]: record["text"] for record in map(json.loads, file)}


def _with_status(
    mine: pd.DataFrame, texts: dict[str, str], one: str, other: str
) -> pd.DataFrame:
    """Line up two articles, and add what became of each judged paragraph."""
    pair = pd.DataFrame(
        {
            "article": [one, other],
            "outlet": ["A", "B"],
            "event": ["e", "e"],
            "text": [texts[one], texts[other]],
        }
    )
    try:
        units = coverage(read_corpus(pair, marks_only=True)).units
    except InputError:  # one of the two is furniture as a whole: nothing is said
        units = pd.DataFrame(columns=UNITS)
    units = units[units["article"] == one]
    rows = []
    for start, end, first, last in mine[
        ["start_a", "end_a", "start_b", "end_b"]
    ].itertuples(index=False):
        inside = units[(units["start"] >= start) & (units["end"] <= end)]
        best = inside.sort_values("score").tail(1)
        status = of_several(inside["status"])
        found: bool | None = None
        if not np.isnan(first):
            touches = best["counterpart_start"].lt(last) & best["counterpart_end"].gt(
                first
            )
            found = bool(touches.any())
        rows.append((status, best["score"].max(), len(inside), found))
    return mine.assign(
        **dict(
            zip(
                ("status", "score", "pieces", "found"),
                zip(*rows, strict=True),
                strict=True,
            )
        )
    )


if __name__ == "__main__":
    main()
