"""Correction: whether counts corrected by codes hold what they say.

*cover*: two outlets of 60 articles (some 12 sentences each) with a classifier that is
right in about 85 % of the sentences, and wrong in other ways in each: recall .72 and
.93, specificity .92 and .82. Sentences of one article are alike (ICC). 120 or 240 codes
of sentences, or of whole articles, drawn by `to_code`. How often the 95 % interval
holds the true difference: of the machine, of as many codes alone (a simple random
sample of the same kind), corrected.

*level*: an item that the outlet itself uses equally often in both outlets, and five
times as often in reported speech, of which the machine recognises 80 % in one outlet
and 95 % in the other; 300 articles a side. How often the own voices are called
different (p < .05), and how often where the first outlet uses it twice as often.

*paths*: the same classifier behind `outlets` (three of 60 articles each, a third one
with recall .85 and specificity .87; 360 codes), `over_time` (two blocks of 24 events,
two articles a side in each; the shares are the same in both, and in the second block
recall is .15 lower in one outlet; 480 codes) and ``error=`` (60 articles a side; rates
published for each outlet from 100 or 400 sentences with the item and four times as many
without). How often the corrected intervals hold, and how often p is below .05.

*shares*: with ``--gold DIR``, the sentences of the Media Bias Detector set (``mbd``):
shares of quotes by outlet, corrected by a tenth of the codes, against all of them.
Run from the repository::

    python -m benchmarks.correction [--runs 1000] [--gold DIR]
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from benchmarks.many_outlets import with_error
from framelens.compare import accuracy, contrast, outlets, over_time, to_code
from framelens.compare.contrast import compared
from framelens.compare.correction import corrected
from framelens.compare.units import FLOORS
from framelens.corpus import corpus_of

if TYPE_CHECKING:
    from collections.abc import Sequence

SIDES = ("Daily", "Herald")
RECALL, SPECIFICITY = (0.72, 0.93), (0.92, 0.82)
SHARES = ((0.3, 0.2), (0.25, 0.25))
SENTENCES, ARTICLES = 12, 60
BATCH = 100
"""Runs that are looked at together, as items of one comparison."""


def lengths(articles: int, rng: np.random.Generator) -> np.ndarray:
    """Draw the sentences of the articles of both sides."""
    n = rng.lognormal(np.log(SENTENCES), 0.4, 2 * articles)
    return np.maximum(n.astype(int), 4)


def passages(
    n: np.ndarray, runs: int, truth: np.ndarray, machine: np.ndarray, **more: np.ndarray
) -> pd.DataFrame:
    """Lay out sentences by run; arrays are (sentences, runs)."""
    article = np.repeat(np.arange(len(n)), n)
    outlet = np.array(SIDES)[(article >= len(n) // 2).astype(int)]
    names = np.array([f"{one:05}" for one in range(len(n))], dtype=object)[article]
    return pd.DataFrame(
        {
            "item": np.repeat([f"run {run:04}" for run in range(runs)], len(article)),
            "article": np.tile(names, runs),
            "outlet": np.tile(outlet, runs),
            "start": np.arange(len(article) * runs),
            "machine": machine.T.ravel(),
            "truth": truth.T.ravel(),
            **{name: values.T.ravel() for name, values in more.items()},
        }
    )


def coded(sheet: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """Fill a sheet in with the truth."""
    said = table["truth"].to_numpy()[sheet["start"].to_numpy(int)]
    return sheet.assign(label=np.where(said, "yes", "no"))


def drawn(
    shares: tuple[float, float], icc: float, rng: np.random.Generator
) -> tuple[np.ndarray, pd.DataFrame]:
    """Draw sentences and what the classifier says of them."""
    n = lengths(ARTICLES, rng)
    side = np.repeat([0, 1], ARTICLES)
    mean = np.array(shares)[side][:, None]
    size = 1 / icc - 1
    rate = rng.beta(mean * size, (1 - mean) * size, (2 * ARTICLES, BATCH))
    article = np.repeat(np.arange(2 * ARTICLES), n)
    truth = rng.random((len(article), BATCH)) < rate[article]
    yes = np.array(RECALL)[side[article]][:, None]
    no = 1 - np.array(SPECIFICITY)[side[article]][:, None]
    machine = rng.random(truth.shape) < np.where(truth, yes, no)
    return n, passages(n, BATCH, truth, machine)


def cover(runs: int) -> None:
    """Print coverage and width, row by row."""
    print(
        "| true shares | ICC | codes | drawn | runs | machine covers | codes alone "
        "cover | corrected covers | width: codes alone | corrected | p < .05 |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    for shares in SHARES:
        for icc in (0.02, 0.2):
            for codes in (120, 240):
                for whole in (False, True):
                    print(_row(shares, icc, codes, runs, whole=whole), flush=True)


def _row(
    shares: tuple[float, float], icc: float, codes: int, runs: int, *, whole: bool
) -> str:
    rng = np.random.default_rng([int(100 * icc), codes, whole, int(100 * shares[0])])
    true = shares[0] - shares[1]
    found: dict[str, list[pd.DataFrame]] = {"machine": [], "alone": [], "corrected": []}
    for seed in range(max(runs // BATCH, 1)):
        _, table = drawn(shares, icc, rng)
        sample = to_code(table, codes, whole=whole, seed=seed)
        sheet = coded(sample.sheet, table)
        result = contrast(sample.counts, *SIDES, codes=sheet)
        beside = result.correction.table
        found["machine"].append(beside[beside["figure"].eq("machine")])
        found["corrected"].append(result.table)
        found["alone"].append(_alone(table, sample, sheet, codes, rng, whole=whole))
    tables = {name: pd.concat(parts) for name, parts in found.items()}
    tables = {name: table[table["low"].notna()] for name, table in tables.items()}
    held = {
        name: with_error(((table["low"] <= true) & (table["high"] >= true)).to_numpy())
        for name, table in tables.items()
    }
    width = {
        name: f"{(table['high'] - table['low']).median():.3f}"
        for name, table in tables.items()
    }
    below = with_error((tables["corrected"]["p"] < 0.05).to_numpy())
    cells = [
        f"{shares[0]}, {shares[1]}", icc, codes, "articles" if whole else "sentences",
        len(tables["corrected"]), held["machine"], held["alone"], held["corrected"],
        width["alone"], width["corrected"], below,
    ]  # fmt: skip
    return f"| {' | '.join(map(str, cells))} |"


def _alone(
    table: pd.DataFrame,
    sample: object,
    sheet: pd.DataFrame,
    codes: int,
    rng: np.random.Generator,
    *,
    whole: bool,
) -> pd.DataFrame:
    """Give the interval of as many codes alone, of articles or of random sentences."""
    design, units = compared(sample.counts, *SIDES, "all", floors=FLOORS)
    if whole:
        chosen = sheet.assign(code=sheet["label"].eq("yes").astype(float))
    else:
        order = table.assign(chance=rng.random(len(table))).sort_values("chance")
        groups = order.groupby(["item", "outlet"])
        chosen = groups.head(codes // 2)
        size = groups["article"].transform("size").loc[chosen.index]
        code = chosen["truth"].astype(float)
        chosen = chosen.assign(probability=codes // 2 / size, code=code)
    chosen = chosen.assign(machine=False, elsewhere=False)
    made = corrected(design, chosen, machine=False).estimates(units)
    return pd.DataFrame({"low": made.low, "high": made.high})


def level(runs: int) -> None:
    """Print how often own voices are called different."""
    print(
        "| own use, first outlet to second | codes | passages without the item drawn "
        "| runs | machine p < .05 | corrected p < .05 | corrected covers |"
    )
    print("|---|---|---|---|---|---|---|")
    for ratio in (1.0, 2.0):
        for codes, missed in ((240, True), (240, False), (120, False))[ratio > 1 :]:
            rng = np.random.default_rng([codes, missed, int(ratio)])
            raw, made = [], []
            for seed in range(max(runs // BATCH, 1)):
                table = _voices(ratio, rng)
                sample = to_code(table, codes, missed=missed, seed=seed)
                sheet = coded(sample.sheet, table)
                result = contrast(sample.counts, *SIDES, codes=sheet)
                beside = result.correction.table
                raw.append(beside[beside["figure"].eq("machine")]["p"])
                made.append(result.table)
            found = pd.concat(made)
            found = found[found["p"].notna()]
            machine = with_error((pd.concat(raw) < 0.05).to_numpy())
            true = OWN * (1 - REPORTED) * (ratio - 1)
            held = (found["low"] <= true) & (found["high"] >= true)
            below = with_error((found["p"] < 0.05).to_numpy())
            covers = with_error(held.to_numpy())
            rest = "yes" if missed else "no"
            cells = [f"{ratio:g} to 1", codes, rest, len(found), machine, below, covers]
            print(f"| {' | '.join(map(str, cells))} |", flush=True)


OWN, TIMES, REPORTED = 0.03, 5, 0.3
"""Share of own sentences with the item; how many times as many of reported sentences
have it; share of sentences that are reported speech."""

RECOGNISED = (0.8, 0.95)
"""Recall of reported speech in the two outlets."""


def _voices(ratio: float, rng: np.random.Generator) -> pd.DataFrame:
    """Draw sentences with their voices, and what the machine takes them for."""
    n = lengths(300, rng)
    article = np.repeat(np.arange(len(n)), n)
    side = (article >= 300).astype(int)
    size = 1 / 0.1 - 1
    share = rng.beta(REPORTED * size, (1 - REPORTED) * size, (len(n), BATCH))
    reported = rng.random((len(article), BATCH)) < share[article]
    own = OWN * np.where(side == 0, ratio, 1.0)[:, None]
    item = rng.random(reported.shape) < np.where(reported, TIMES * OWN, own)
    recall = np.array(RECOGNISED)[side][:, None]
    recognised = reported & (rng.random(reported.shape) < recall)
    return passages(
        n, BATCH, item & ~reported, item & ~recognised, elsewhere=item & recognised
    )


def paths(runs: int, *, rates_only: bool = False) -> None:
    """Print how well corrected outlets, change over time and published rates hold."""
    print(
        "| path | true | ICC | corrected by | runs | machine covers | corrected covers "
        "| machine p < .05 | corrected p < .05 |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    for icc in (0.02, 0.2):
        if not rates_only:
            _outlets(runs, icc)
            _over_time(runs, icc)
        for judged in (100, 400):
            _error(runs, icc, judged)


def _line(
    path: str,
    true: str,
    icc: float,
    by: str,
    covers: list[Any],
    p: list[Any],
    together: int = 1,
) -> None:
    """Print one row: two figures of coverage, two of p.

    So many runs `together` share something: they count as one for the interval.
    """
    cells = [path, true, icc, by, len(covers[1])]
    found = [*(np.asarray(held) for held in covers), *(np.asarray(x) < 0.05 for x in p)]
    cells += [with_error(one.reshape(-1, together).mean(axis=1)) for one in found]
    print(f"| {' | '.join(map(str, cells))} |", flush=True)


def _sentences(
    shares: Sequence[float],
    recall: Sequence[Any],
    specificity: Sequence[float],
    icc: float,
    rng: np.random.Generator,
    articles: int = ARTICLES,
    late: float = 0.0,
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Draw sentences of any number of outlets: article, side, truth, machine.

    In the later half of the articles of the first outlet recall is `late` lower.
    """
    sides = len(shares)
    n = rng.lognormal(np.log(SENTENCES), 0.4, sides * articles)
    n = np.maximum(n.astype(int), 4)
    article = np.repeat(np.arange(len(n)), n)
    side = article // articles
    mean = np.array(shares)[np.arange(len(n)) // articles][:, None]
    size = 1 / icc - 1
    rate = rng.beta(mean * size, (1 - mean) * size, (len(n), BATCH))
    truth = rng.random((len(article), BATCH)) < rate[article]
    yes = np.array(recall)[side]
    yes = yes - late * ((side == 0) & (article % articles >= articles // 2))
    no = 1 - np.array(specificity)[side]
    chance = np.where(truth, yes[:, None], no[:, None])
    return article, side, truth, rng.random(truth.shape) < chance


def _table(
    names: Sequence[str],
    article: np.ndarray,
    side: np.ndarray,
    truth: np.ndarray,
    machine: np.ndarray,
) -> pd.DataFrame:
    """Lay out sentences by run."""
    runs = truth.shape[1]
    return pd.DataFrame(
        {
            "item": np.repeat([f"run {run:04}" for run in range(runs)], len(article)),
            "article": np.tile([f"{one:05}" for one in article], runs),
            "outlet": np.tile(np.array(names)[side], runs),
            "start": np.arange(len(article) * runs),
            "machine": machine.T.ravel(),
            "truth": truth.T.ravel(),
        }
    )


def _outlets(runs: int, icc: float) -> None:
    """Three outlets: the pair that differs, the pair that does not, and one's share."""
    names, shares = ("Daily", "Herald", "Post"), (0.3, 0.2, 0.2)
    rng = np.random.default_rng([1, int(100 * icc)])
    found, off = [], []
    for seed in range(max(runs // BATCH, 1)):
        drawn = _sentences(
            shares, (*RECALL, 0.85), (*SPECIFICITY, 0.87), icc, rng
        )  # fmt: skip
        table = _table(names, *drawn)
        sample = to_code(table, 360, seed=seed)
        made = outlets(sample.counts, codes=coded(sample.sheet, table))
        found.append(made.correction.table)
        full = table.groupby(["item", "outlet"])["truth"].mean()
        shown = made.correction.off
        true = full.reindex(pd.MultiIndex.from_frame(shown[["item", "outlet"]]))
        gap = shown["machine"].to_numpy() - true.to_numpy()
        off.append((shown["off_low"] <= gap) & (gap <= shown["off_high"]))
    whole = pd.concat(found)
    for first, second in (("Daily", "Herald"), ("Herald", "Post")):
        one = whole[whole["target"].eq(first) & whole["baseline"].eq(second)]
        true = shares[names.index(first)] - shares[names.index(second)]
        sides = [one[one["figure"].eq(x)].dropna(subset="low")
                 for x in ("machine", "corrected")]  # fmt: skip
        covers = [(x["low"] <= true) & (true <= x["high"]) for x in sides]
        _line(f"outlets, {first} and {second}", f"{true:g}", icc, "360 codes",
              covers, [x["p"] for x in sides])  # fmt: skip
    held = with_error(pd.concat(off).to_numpy())
    print(f"| outlets, how far each was off | | {icc} | 360 codes | | | {held} | | |")


def _over_time(runs: int, icc: float, events: int = 48) -> None:
    """Two blocks of events with the same shares, and a machine that gets worse."""
    rng = np.random.default_rng([2, int(100 * icc)])
    true = 0.3 / 0.2
    blocks, p = [], []
    for seed in range(max(runs // BATCH, 1)):
        article, side, truth, machine = _sentences(
            (0.3, 0.2), (0.9, 0.93), SPECIFICITY, icc, rng, 2 * events, late=0.15
        )
        table = _table(SIDES, article, side, truth, machine)
        event = np.tile(article % (2 * events) // 2, BATCH)
        table["event"] = [f"e{one:02}" for one in event]
        sample = to_code(table, 480, seed=seed)
        articles = table.drop_duplicates("article")[["article", "outlet", "event"]]
        number = articles["event"].str[1:].astype(int)
        date = [f"2024-{1 + one // 24:02}-{1 + one % 24:02}" for one in number]
        corpus = corpus_of(articles.assign(text=".", date=date))
        counts = replace(sample.counts, corpus=corpus)
        asked = {"target": "Daily", "baseline": "Herald", "block": "month"}
        raw = over_time(counts, **asked)
        made = over_time(counts, **asked, codes=coded(sample.sheet, table))
        blocks.append(made.correction.table)
        p.append((raw.table["p"], made.table["p"]))
    whole = pd.concat(blocks)
    sides = [whole[whole["figure"].eq(x)].dropna(subset="low")
             for x in ("machine", "corrected")]  # fmt: skip
    covers = [(x["low"] <= true) & (true <= x["high"]) for x in sides]
    tests = [pd.concat(one).dropna() for one in zip(*p, strict=True)]
    _line("over_time, ratio of each block; change", f"{true:g}; none", icc,
          "480 codes", covers, tests)  # fmt: skip


def _error(runs: int, icc: float, judged: int) -> None:
    """Rates published from a number of judgements, of the same machine."""
    rng = np.random.default_rng([3, int(100 * icc), judged])
    for shares in SHARES:
        raw, made = [], []
        for _ in range(max(runs // BATCH, 1) * 10):
            # each ten runs share their published rates
            drawn = _sentences(shares, RECALL, SPECIFICITY, icc, rng)
            kept = (*drawn[:2], drawn[2][:, ::10], drawn[3][:, ::10])
            table = _table(SIDES, *kept)
            error = {}
            for outlet, recall, right in zip(SIDES, RECALL, SPECIFICITY, strict=True):
                found = rng.binomial(judged, recall)
                false = rng.binomial(4 * judged, 1 - right)
                error[outlet] = [[4 * judged - false, false], [judged - found, found]]
            sample = to_code(table, 20)
            result = contrast(sample.counts, *SIDES, error=error)
            beside = result.correction.table
            raw.append(beside[beside["figure"].eq("machine")])
            made.append(beside[beside["figure"].eq("corrected")])
        true = shares[0] - shares[1]
        sides = [pd.concat(x).dropna(subset="low") for x in (raw, made)]
        covers = [(x["low"] <= true) & (true <= x["high"]) for x in sides]
        _line("error=", f"{true:g}", icc, f"rates of {judged} + {4 * judged} judged",
              covers, [x["p"] for x in sides], together=10)  # fmt: skip


def shares(gold: Path, draws: int = 500, part: float = 0.1) -> None:
    """Print how often the corrected share of an outlet holds that of all codes."""
    with gzip.open(gold / "mbd.jsonl.gz", "rt", encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    rows = [
        (one["id"], one["outlet"], span["machine_type"] == "quote",
         np.mean([kind == "quote" for kind in span["types"]]) > 0.5)
        for one in articles
        for span in one["spans"]
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=["article", "outlet", "machine", "truth"])
    full = table.groupby("outlet")["truth"].mean()
    codes = round(part * len(table))
    found = []
    for seed in range(draws // 50):
        many = pd.concat(
            [table.assign(item=f"draw {draw:02}") for draw in range(50)],
            ignore_index=True,
        )
        many["start"] = np.arange(len(many))
        sheet = to_code(many, codes, seed=seed).sheet
        found.append(accuracy(coded(sheet, many)).table)
    made = pd.concat(found)
    true = made["outlet"].map(full)
    made["held"] = (made["corrected_low"] <= true) & (made["corrected_high"] >= true)
    made["off"] = made["machine"] - true
    made["width"] = made["corrected_high"] - made["corrected_low"]
    made["near"] = (made["corrected"] - true).abs()
    print(
        "| outlet | sentences | articles | people: quotes | machine | mean of the "
        "corrected | mean distance | width | intervals that hold the full figure |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    for outlet, mine in table.groupby("outlet"):
        one = made[made["outlet"].eq(outlet)]
        cells = [
            outlet, len(mine), mine["article"].nunique(), f"{full[outlet]:.3f}",
            f"{mine['machine'].mean():.3f}", f"{one['corrected'].mean():.3f}",
            f"{one['near'].mean():.3f}", f"{one['width'].mean():.3f}",
            f"{one['held'].mean():.3f}",
        ]  # fmt: skip
        print(f"| {' | '.join(map(str, cells))} |")
    held = f"{made['held'].mean():.3f} of {len(made):,} intervals"
    print(f"All: {held}; {codes} codes of {len(table):,}.")


def main() -> None:
    """Run all parts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=1_000)
    parser.add_argument("--gold", type=Path)
    parts = ("cover", "level", "paths", "error", "shares")
    parser.add_argument("--only", choices=parts, help="error: a part of paths")
    asked = parser.parse_args()
    start = time.perf_counter()
    if asked.only in (None, "cover"):
        cover(asked.runs)
    if asked.only in (None, "level"):
        level(asked.runs)
    if asked.only in (None, "paths"):
        paths(asked.runs)
    if asked.only == "error":
        paths(asked.runs, rates_only=True)
    if asked.gold is not None and asked.only in (None, "shares"):
        shares(asked.gold)
    print(f"{time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
