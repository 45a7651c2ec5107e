"""Covariates: whether a regression holds its level where the two outlets are unlike.

Two outlets that differ in nothing but number, length, burstiness and how much sport
they print; sport says each of 60 items twice as often (rates of 1, 3 and 10 in 1,000
words, negative binomial counts; events and authors differ in rates, log-sd 0.7).
*plain*:
`contrast`, which takes the difference in sport for one of the outlets; *held alike*:
with ``covariates=["section"]``; *odds*: the plain one with ``against="rest"``, where
neither outlet has more sport. Intervals are of the ratio, and of the coefficient of
sport. Run from the repository::

    python -m benchmarks.covariates [--corpora 40]
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass

import numpy as np
import pandas as pd

from benchmarks.many_outlets import with_error
from framelens.compare import contrast
from framelens.corpus import corpus_of
from framelens.measure import Counts

RATES = np.resize([0.001, 0.003, 0.01], 60)
SPORT = 2.0
SIDES = ("Daily", "Herald")
LETTERS = str.maketrans("0123456789", "abcdefghij")


@dataclass(frozen=True)
class Setting:
    """One row: articles in each event, words and burst of both outlets."""

    articles: tuple[int, int]
    words: tuple[float, float] = (350, 350)
    burst: tuple[float, float] = (0.5, 0.5)
    events: int = 1
    authors: int = 0


ROWS = [
    Setting((30, 30)),
    Setting((12, 60), burst=(0.3, 1)),
    Setting((30, 30), burst=(0.2, 5)),
    Setting((15, 90), (200, 600), (0.4, 2)),
    Setting((6, 6), events=5),
    Setting((2, 4), burst=(0.3, 2), events=20),
    Setting((3, 3), events=20, authors=8),
]


def draw(
    setting: Setting, sport: tuple[float, float], rng: np.random.Generator
) -> Counts:
    """Draw counts; `sport` is the share of sport in both outlets."""
    spread = 0.7 if setting.events > 1 else 0.0
    topic = np.exp(rng.normal(-(spread**2) / 2, spread, (setting.events, len(RATES))))
    parts, ks = [], []
    for place, outlet in enumerate(SIDES):
        event = np.repeat(np.arange(setting.events), setting.articles[place])
        words = np.log(setting.words[place])
        n = np.maximum(rng.lognormal(words, 0.4, len(event)).astype(int), 30)
        is_sport = rng.random(len(event)) < sport[place]
        mean = n[:, None] * RATES * topic[event]
        mean *= np.where(is_sport, SPORT, 1.0)[:, None]
        author = rng.integers(0, max(setting.authors, 1), len(event))
        if setting.authors:
            style = rng.normal(-0.245, 0.7, (setting.authors, len(RATES)))
            mean = mean * np.exp(style)[author]
        size = setting.burst[place]
        k = rng.negative_binomial(size, size / (size + mean))
        ks.append(np.minimum(k, n[:, None]))
        parts.append(
            pd.DataFrame(
                {
                    "event": [f"e{one:02}" for one in event],
                    "outlet": outlet,
                    "section": np.where(is_sport, "sport", "news"),
                    "author": [f"{outlet} {one}" for one in author],
                    "n": n,
                }
            )
        )
    keys, k = pd.concat(parts, ignore_index=True), np.concatenate(ks)
    keys["article"] = [f"a{row:05}" for row in range(len(keys))]
    keys = keys.assign(voice="rest", text=keys["article"].str.translate(LETTERS))
    article, item = np.nonzero(k)
    counts = keys.iloc[article][["event", "outlet", "article", "voice"]]
    counts = counts.reset_index(drop=True).assign(
        item=[f"w{one:02}" for one in item], k=k[article, item]
    )
    corpus = corpus_of(keys.drop(columns=["voice", "n"]))
    return Counts(counts, keys, "words drawn", "words", corpus=corpus)


def row(setting: Setting, corpora: int, seed: int) -> str:
    """Give one row of the table."""
    rng = np.random.default_rng([seed, ROWS.index(setting)])
    cluster = "author" if setting.authors else None
    found = []
    for _ in range(corpora):
        counts = draw(setting, (0.7, 0.3), rng)
        plain = contrast(counts, *SIDES, cluster=cluster).table
        held = contrast(counts, *SIDES, cluster=cluster, covariates=["section"])
        odds = contrast(draw(setting, (0.5, 0.5), rng), *SIDES, cluster=cluster,
                        against="rest").table  # fmt: skip
        table, terms = held.table.dropna(subset=["p"]), held.coefficients
        sport = terms[terms["term"].str.startswith("section")]
        truth = SPORT if "sport" in sport["term"].iloc[0] else 1 / SPORT
        found.append(
            (
                held.table["p"].notna().mean(),
                plain["p"].dropna().lt(0.05).mean(),
                table["p"].lt(0.05).mean(),
                (table["ratio_low"].le(1) & table["ratio_high"].ge(1)).mean(),
                (sport["low"].le(truth) & sport["high"].ge(truth)).mean(),
                odds["p"].dropna().lt(0.05).mean(),
            )
        )
    sides = " | ".join(
        f"{articles}, {words:.0f} words, burst {burst:g}"
        + (f", {setting.authors} authors" if setting.authors else "")
        for articles, words, burst in zip(
            setting.articles, setting.words, setting.burst, strict=True
        )
    )
    cells = [with_error(one) for one in np.array(found, dtype=float).T]
    return f"| {setting.events} | {sides} | {' | '.join(cells)} |"


def main() -> None:
    """Print the table as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpora", type=int, default=40)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    began = time.process_time()
    print("| events | target, in each event | baseline | tested | plain: p < .05 "
          "| held alike: p < .05 | held alike: covered | sport: covered "
          "| odds: p < .05 |\n" + "|---" * 9 + "|")  # fmt: skip
    for setting in ROWS:
        print(row(setting, options.corpora, options.seed), flush=True)
    print(f"\n{time.process_time() - began:.0f} CPU seconds")


if __name__ == "__main__":
    main()
