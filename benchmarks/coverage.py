"""How often "only here" is right: judged paragraphs of news_cluster.

``python -m benchmarks.coverage --gold DIR [--split development|held_out]`` prints
``set, metric, value, low, high, n``; the interval is the wider of two, resampled by
events and Wilson's. The judgements stand in ``tests/gold``, the texts in
``DIR/news_cluster.jsonl.gz``. Each pair of articles is lined up alone, as the articles
of one event; a unit that is no judged paragraph to the character counts for the
paragraph that holds it, and a paragraph is "only here" if all its units are.

``--pairs msrp`` or ``--pairs sts_news`` scores pairs of single sentences instead, which
people judged (``DIR/NAME.jsonl.gz``; 1,000 drawn with seed 0): each sentence is an
article of one sentence, and lined up with the other. In ``msrp`` 1 is a paraphrase; in
``sts_news`` 4 and 5 say the same, 0 and 1 do not. A sentence pair is harder than two
articles: there is nothing else to line up with, and hardly a sentence tells nothing.
"""

from __future__ import annotations

import argparse
import gzip
import json
from pathlib import Path

import numpy as np
import pandas as pd

from framelens.measure.accuracy import wider, wilson
from framelens.measure.coverage import coverage
from framelens.measure.coverage_result import COUNTERPART, ONLY_HERE, UNCERTAIN

JUDGED = Path(__file__).resolve().parents[1] / "tests" / "gold"
FILES = {
    "development": ("coverage.csv", "coverage_further.csv"),
    "held_out": ("coverage.csv",),
}
RESAMPLES = 2000
SAME = {"msrp": (1, 0), "sts_news": (4, 1)}
"""From which label on two sentences say the same, and up to which they do not."""
PAIRS = 1000


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--split", choices=list(FILES), default="development")
    parser.add_argument("--pairs", choices=list(SAME))
    options = parser.parse_args()
    if options.pairs:
        name = options.pairs
        found = pair_figures(judged_pairs(options.gold / f"{name}.jsonl.gz", name))
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
        (metric, *_share(right, of, table["event"]), int(of.sum()))
        for metric, (right, of) in shares.items()
    ]
    return pd.DataFrame(rows, columns=["metric", "value", "low", "high", "n"])


def judged_pairs(path: Path, name: str, *, most: int = PAIRS) -> pd.DataFrame:
    """Give pairs of sentences, each with what `coverage` says of the first.

    Parameters
    ----------
    path : Path
        ``text_a, text_b, label`` as gzip JSON lines.
    name : str
        "msrp" or "sts_news".
    most : int
        As many pairs are drawn, with seed 0.

    Returns
    -------
    DataFrame
        ``event`` (the pair), ``same`` (True, False, or missing between the two) and
        ``status``: "counterpart" if either sentence of a text that holds two has one.
    """
    with gzip.open(path, "rt", encoding="utf-8") as file:
        every = pd.DataFrame(map(json.loads, file))
    drawn = every.sample(min(most, len(every)), random_state=0).reset_index(drop=True)
    yes, no = SAME[name]
    label = drawn["label"].astype(float)
    same = pd.Series(pd.NA, index=drawn.index, dtype="boolean")
    same[label >= yes], same[label <= no] = True, False
    names = [f"{number:05}" for number in drawn.index]
    sides = [
        pd.DataFrame(
            {
                "article": [f"{one}{side}" for one in names],
                "outlet": side,
                "event": names,
                "text": drawn[f"text_{side}"].str.strip(),
            }
        )
        for side in "ab"
    ]
    units = coverage(pd.concat(sides, ignore_index=True)).units
    mine = units[units["article"].str.endswith("a")]
    statuses = mine.groupby(mine["article"].str[:-1])["status"].agg(_of_several)
    status = statuses.reindex(names).fillna(UNCERTAIN)  # all of it taken for furniture
    return pd.DataFrame({"event": names, "same": same, "status": status.array})


def pair_figures(table: pd.DataFrame) -> pd.DataFrame:
    """Give ``metric, value, low, high, n``; n is what the share is of."""
    same, other = table["same"].eq(True), table["same"].eq(False)
    same, other = same.fillna(False).astype(bool), other.fillna(False).astype(bool)
    only, lined_up = table["status"].eq(ONLY_HERE), table["status"].eq(COUNTERPART)
    shares = {
        "same: not lined up (missed)": (~lined_up, same),
        "same: called only here": (only, same),
        "not the same: lined up (false alignment)": (lined_up, other),
        "not the same: called only here": (only, other),
        "counterpart: precision": (same, lined_up & (same | other)),
    }
    rows = [
        (metric, *_share(right, of, table["event"]), int(of.sum()))
        for metric, (right, of) in shares.items()
    ]
    return pd.DataFrame(rows, columns=["metric", "value", "low", "high", "n"])


def _of_several(statuses: pd.Series) -> str:
    """Give the status of a text of one or more units."""
    found = set(statuses)
    if COUNTERPART in found:
        return COUNTERPART
    return ONLY_HERE if found == {ONLY_HERE} else UNCERTAIN


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
    units = coverage(pair).units
    units = units[units["article"] == one]
    rows = []
    for start, end, first, last in mine[
        ["start_a", "end_a", "start_b", "end_b"]
    ].itertuples(index=False):
        inside = units[(units["start"] >= start) & (units["end"] <= end)]
        best = inside.sort_values("score").tail(1)
        status = _of_several(inside["status"])
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


def _share(
    right: pd.Series, of: pd.Series, events: pd.Series
) -> tuple[float, float, float]:
    """Give a share and its 95 % interval: the wider of events resampled and Wilson."""
    sums = pd.DataFrame({"k": right & of, "n": of}).groupby(events).sum().to_numpy()
    drawn = np.random.default_rng(0).integers(len(sums), size=(RESAMPLES, len(sums)))
    totals = sums[drawn].sum(axis=1)
    kept = totals[totals[:, 1] > 0]
    if not len(kept):
        return float("nan"), float("nan"), float("nan")
    low, high = np.quantile(kept[:, 0] / kept[:, 1], [0.025, 0.975]).tolist()
    right_ones, all_ones = (int(one) for one in sums.sum(axis=0))
    interval = wider((low, high), wilson(right_ones, all_ones))
    return right_ones / all_ones, *interval


if __name__ == "__main__":
    main()
