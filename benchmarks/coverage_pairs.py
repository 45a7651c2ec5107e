"""Pairs of sentences that were judged, and whether `coverage` lines them up.

Each sentence is an article of one sentence, and lined up with the other of its pair. A
pair is harder than two articles: there is nothing else to line up with, and hardly a
sentence tells nothing. ``msrp`` and ``sts_news`` (``DIR/NAME.jsonl.gz``) are scored as
people judged them, 1,000 drawn with seed 0; ``news_cluster`` as
``tests/gold/coverage_pairs.csv`` has them.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pandas as pd

from framelens._accuracy import wider, wilson
from framelens.align import coverage
from framelens.align.coverage.stories import COUNTERPART, ONLY_HERE, UNCERTAIN
from framelens.corpus import read_corpus

JUDGED = Path(__file__).resolve().parents[1] / "tests" / "gold" / "coverage_pairs.csv"
RESAMPLES = 2000
SAME = {"msrp": (1, 0), "sts_news": (4, 1), "news_cluster": (2, 0)}
"""From which label on two sentences say the same, and up to which they do not."""

LABELS = {"none": 0, "part": 1, "same": 2}
PAIRS = 1000


def judged_pairs(gold: Path, name: str, *, most: int = PAIRS) -> pd.DataFrame:
    """Give pairs of sentences, each with what `coverage` says of the first.

    Parameters
    ----------
    gold : Path
        The folder that holds ``NAME.jsonl.gz``.
    name : str
        "msrp", "sts_news" or "news_cluster".
    most : int
        Of the first two as many pairs are drawn, with seed 0.

    Returns
    -------
    DataFrame
        ``event`` (of the pair; the pair itself where none is known), ``same`` (True,
        False, or missing between the two), ``weight`` (how many pairs of the set one
        stands for) and ``status``: "counterpart" if either sentence of a text that
        holds two has one.
    """
    every = _records(gold / f"{name}.jsonl.gz")
    drawn = _judged(every) if name == "news_cluster" else _drawn(every, most)
    yes, no = SAME[name]
    same = pd.Series(pd.NA, index=drawn.index, dtype="boolean")
    same[drawn["label"] >= yes], same[drawn["label"] <= no] = True, False
    return drawn[["event", "weight"]].assign(same=same, status=_statuses(drawn))


def pair_figures(table: pd.DataFrame) -> pd.DataFrame:
    """Give ``metric, value, low, high, n``; n is what the share is of."""
    same, other = (
        table["same"].eq(one).fillna(False).astype(bool) for one in (True, False)
    )
    only, lined_up = table["status"].eq(ONLY_HERE), table["status"].eq(COUNTERPART)
    shares = {
        "same: not lined up (missed)": (~lined_up, same),
        "same: called only here": (only, same),
        "not the same: lined up (false alignment)": (lined_up, other),
        "not the same: called only here": (only, other),
        "counterpart: precision": (same, lined_up & (same | other)),
    }
    between, strata = ~same & ~other, table["weight"].max() > 1
    if strata:
        shares["between (told in part): lined up"] = lined_up, between
    rows = [
        (metric, *share(right, of, table["event"]), int(of.sum()))
        for metric, (right, of) in shares.items()
    ]
    if strata:
        missed = _weighted(~lined_up, same, table)
        wrong = _weighted(lined_up, other, table)
        rows.append(("same: not lined up, weighted", *missed, int(same.sum())))
        rows.append(("not the same: lined up, weighted", *wrong, int(other.sum())))
    return pd.DataFrame(rows, columns=["metric", "value", "low", "high", "n"])


def of_several(statuses: pd.Series) -> str:
    """Give the status of a text of one or more units."""
    found = set(statuses)
    if COUNTERPART in found:
        return COUNTERPART
    return ONLY_HERE if found == {ONLY_HERE} else UNCERTAIN


def share(
    right: pd.Series, of: pd.Series, events: pd.Series
) -> tuple[float, float, float]:
    """Give a share and its 95 % interval: the wider of events resampled and Wilson."""
    sums = pd.DataFrame({"k": right & of, "n": of}).groupby(events).sum().to_numpy()
    low, high = _resampled(sums)
    right_ones, all_ones = (int(one) for one in sums.sum(axis=0))
    if not all_ones:
        return float("nan"), low, high
    interval = wider((low, high), wilson(right_ones, all_ones))
    return right_ones / all_ones, *interval


def _weighted(
    right: pd.Series, of: pd.Series, table: pd.DataFrame
) -> tuple[float, float, float]:
    """Give a share of the pairs that these were drawn from, resampled by events."""
    parts = {"k": (right & of) * table["weight"], "n": of * table["weight"]}
    sums = pd.DataFrame(parts).groupby(table["event"]).sum().to_numpy(dtype=float)
    hits, total = sums.sum(axis=0)
    return float(hits / total), *_resampled(sums)


def _resampled(sums: np.ndarray) -> tuple[float, float]:
    drawn = np.random.default_rng(0).integers(len(sums), size=(RESAMPLES, len(sums)))
    totals = sums[drawn].sum(axis=1)
    kept = totals[totals[:, 1] > 0]
    if not len(kept):
        return float("nan"), float("nan")
    low, high = np.quantile(kept[:, 0] / kept[:, 1], [0.025, 0.975]).tolist()
    return low, high


def _records(path: Path) -> pd.DataFrame:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return pd.DataFrame(map(json.loads, file))


def _drawn(every: pd.DataFrame, most: int) -> pd.DataFrame:
    """Draw pairs that people judged."""
    drawn = every.sample(min(most, len(every)), random_state=0).reset_index(drop=True)
    names = [f"{number:05}" for number in drawn.index]
    label = drawn["label"].astype(float)
    return drawn[["text_a", "text_b"]].assign(event=names, label=label, weight=1.0)


def _judged(every: pd.DataFrame) -> pd.DataFrame:
    """Read the pairs of news_cluster, and cut them out of its texts."""
    table = pd.read_csv(JUDGED, dtype={"article_a": str, "article_b": str})
    texts = dict(zip(every["id"], every["text"], strict=True))
    for side in "ab":
        columns = (
            table[f"{name}_{side}"].tolist() for name in ("article", "start", "end")
        )
        table[f"text_{side}"] = [
            texts[one][start:end] for one, start, end in zip(*columns, strict=True)
        ]
    drawn = table.groupby("stratum")["label"].transform("size")
    return table.assign(label=table["label"].map(LABELS), weight=table["of"] / drawn)


def _statuses(drawn: pd.DataFrame) -> list[str]:
    """Line the sentences of each pair up, and give the status of the first."""
    names = [f"{number:05}" for number in range(len(drawn))]
    sides = [
        pd.DataFrame(
            {
                "article": [f"{one}{side}" for one in names],
                "outlet": side,
                "event": names,
                "text": drawn[f"text_{side}"].str.strip().tolist(),
            }
        )
        for side in "ab"
    ]
    both = pd.concat(sides, ignore_index=True)
    units = coverage(read_corpus(both, marks_only=True)).units
    mine = units[units["article"].str.endswith("a")]
    statuses = mine.groupby(mine["article"].str[:-1])["status"].agg(of_several)
    found: list[str] = statuses.reindex(names).fillna(UNCERTAIN).tolist()
    return found  # a sentence that is furniture as a whole is not there
