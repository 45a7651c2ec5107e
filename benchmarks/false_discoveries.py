"""False discoveries: how many findings are wrong, and what confounding does.

Corpora of two outlets with known truth, 500 words each, lognormal article lengths
(median 350 words) and bursty counts. *Planted*: a tenth of the words is four times
as frequent in one of the outlets, the rest is not. *Events*: nothing differs within
events, but the outlets report different ones more often, and events differ in their
words (log-sd 0.7). *Genres*: nothing differs within genres, but one outlet has more
comment. The same articles are also compared as pooled words, by a log-likelihood
test, and by this package with events and genres withheld. Run from the repository::

    python -m benchmarks.false_discoveries
"""

from __future__ import annotations

import argparse
import time
from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd

from framelens.compare import contrast
from framelens.compare.inference import adjusted
from framelens.compare.splits import log_likelihood_p
from framelens.corpus import corpus_of
from framelens.measure import Counts

RATES = 0.03 / (1 + np.arange(500)) ** 0.7
"""Rates of the words of a corpus: Zipf's law, without the very frequent ones."""

PLANTED, RATIO = 50, 4.0
"""How many words differ, and how much, where some do."""

LOG_SD = 0.7
"""How far a word's rate differs between events, or genres, as log-sd."""


def counted(
    target: np.ndarray, event: np.ndarray, mean: np.ndarray, burst: float,
    rng: np.random.Generator,
) -> Counts:  # fmt: skip
    """Draw counts around `mean`, a rate per article and word."""
    n = np.maximum(rng.lognormal(np.log(350), 0.4, len(target)).astype(int), 60)
    mean = n[:, None] * mean
    k = rng.negative_binomial(burst, burst / (burst + mean))
    k = np.minimum(k, n[:, None])
    keys = pd.DataFrame(
        {
            "event": [f"e{one:02}" for one in event],
            "outlet": np.where(target, "Daily", "Herald"),
            "article": [f"a{row:04}" for row in range(len(event))],
            "voice": "rest",
        }
    )
    article, word = np.nonzero(k)
    counts = keys.iloc[article].reset_index(drop=True)
    counts = counts.assign(item=[f"w{one:03}" for one in word], k=k[article, word])
    return Counts(counts, keys.assign(n=n), "words drawn", "words")


def topics(groups: int, rng: np.random.Generator) -> np.ndarray:
    """Draw how each group raises or lowers each word: (groups, words)."""
    return np.exp(rng.normal(-(LOG_SD**2) / 2, LOG_SD, (groups, len(RATES))))


def planted(events: int, a_side: int, burst: float, rng: np.random.Generator) -> Counts:
    """Draw a corpus in which a tenth of the words differs."""
    event = np.repeat(np.arange(events), 2 * a_side)
    target = np.tile(np.repeat([True, False], a_side), events)
    topic = topics(events, rng) if events > 1 else np.ones((1, len(RATES)))
    chosen = np.arange(len(RATES)) % (len(RATES) // PLANTED) == 5
    more = np.where(np.arange(len(RATES)) % 20 == 5, target[:, None], ~target[:, None])
    mean = RATES * topic[event] * np.where(chosen & more, RATIO, 1.0)
    return counted(target, event, np.minimum(mean, 0.5), burst, rng)


def by_event(burst: float, rng: np.random.Generator) -> Counts:
    """Draw two outlets that choose different events and tell them alike."""
    event, target = [], []
    for one in range(30):
        more, fewer = int(rng.integers(4, 13)), int(rng.integers(0, 3))
        first, second = (more, fewer) if one % 2 else (fewer, more)
        event += [one] * (first + second)
        target += [True] * first + [False] * second
    place = np.array(event)
    mean = RATES * topics(30, rng)[place]
    return counted(np.array(target), place, np.minimum(mean, 0.5), burst, rng)


def by_genre(burst: float, rng: np.random.Generator) -> tuple[Counts, pd.DataFrame]:
    """Draw one event; one outlet comments more, and comment has words of its own."""
    target = np.repeat([True, False], 60)
    comment = np.r_[np.arange(60) < 42, np.arange(60) < 18]
    mean = RATES * topics(2, rng)[comment.astype(int)]
    counts = counted(target, np.zeros(120, int), np.minimum(mean, 0.5), burst, rng)
    articles = counts.totals[["article", "outlet", "event"]].assign(
        text=".", genre=np.where(comment, "comment", "report")
    )
    return counts, articles


def pooled(counts: Counts, items: pd.Series) -> np.ndarray:
    """Test words as if each were an independent draw."""
    n = counts.totals.groupby("outlet")["n"].sum()
    k = counts.counts.pivot_table(index="item", columns="outlet", values="k",
                                  aggfunc="sum", fill_value=0)  # fmt: skip
    k = k.reindex(items, fill_value=0)
    a, b = (k[one].to_numpy(float) for one in ("Daily", "Herald"))
    return log_likelihood_p(a, np.float64(n["Daily"]), b, np.float64(n["Herald"]))


def compared(counts: Counts, articles: pd.DataFrame | None) -> pd.DataFrame:
    """Compare, and keep what was tested."""
    if articles is not None:
        counts = replace(counts, corpus=corpus_of(articles))
    result = contrast(counts, target="Daily", baseline="Herald", min_articles=10)
    return result.table.dropna(subset=["p"])


def without_events(counts: Counts) -> Counts:
    """Withhold the events."""
    frames = [one.assign(event=None) for one in (counts.counts, counts.totals)]
    return Counts(frames[0], frames[1], counts.measure, counts.unit)


def discoveries(events: int, a_side: int, burst: float, corpora: int, seed: int) -> str:
    """Give one row: the false discovery rate, and the share of planted words found."""
    rng = np.random.default_rng([seed, events, int(10 * burst)])
    rows = []
    for _ in range(corpora):
        counts = planted(events, a_side, burst, rng)
        table = compared(counts, None)
        true = table["item"].str[1:].astype(int) % 10 == 5
        p = pooled(counts, table["item"])
        for q in (table["q"].fillna(1).to_numpy(), adjusted(p)):
            found = q < 0.05
            rows += [((found & ~true).sum() / max(found.sum(), 1), found[true].mean())]
    got = np.array(rows).reshape(corpora, 4)
    cells = [_with_error(one) for one in got.T]
    return f"| {events} | {a_side} | {burst} | {corpora} | {' | '.join(cells)} |"


def confounded(kind: str, burst: float, corpora: int, seed: int) -> str:
    """Give one row: the share of words below .05 although nothing differs within."""
    rng = np.random.default_rng([seed, len(kind), int(10 * burst)])
    rows = []
    for _ in range(corpora):
        if kind == "events":
            counts = by_event(burst, rng)
            here, bare = compared(counts, None), compared(without_events(counts), None)
        else:
            counts, articles = by_genre(burst, rng)
            here, bare = compared(counts, articles), compared(counts, None)
        p = pooled(counts, bare["item"])
        rows.append([(one < 0.05).mean() for one in (here["p"], bare["p"], p)])
    cells = [_with_error(one) for one in np.array(rows).T]
    return f"| {kind} | {burst} | {corpora} | {' | '.join(cells)} |"


def _with_error(shares: np.ndarray) -> str:
    mean, reach = shares.mean(), 1.96 * shares.std(ddof=1) / np.sqrt(len(shares))
    low, high = max(mean - reach, 0), min(mean + reach, 1)
    return f"{100 * mean:.1f} % ({100 * low:.1f} to {100 * high:.1f})"


def main() -> None:
    """Print both tables as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpora", type=int, default=40)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--rows", nargs="*", help="such as 1-0.3, genres-0.3; all")
    options = parser.parse_args()
    began = time.process_time()
    heads = ["events", "articles a side", "burst", "corpora"]
    heads += ["false among findings", "planted found"]
    heads += ["pooled: false among findings", "pooled: planted found"]
    print("|", " | ".join(heads), "|")
    print("|---|---|---|---|---|---|---|---|")
    for (events, a_side), burst in product([(1, 60), (20, 5)], [0.3, 1.0]):
        if options.rows and f"{events}-{burst}" not in options.rows:
            continue
        row = discoveries(events, a_side, burst, options.corpora, options.seed)
        print(row, flush=True)
    print("\n| outlets differ in | burst | corpora | p < .05 | the same, withheld "
          "| pooled words |")  # fmt: skip
    print("|---|---|---|---|---|---|")
    for kind in ("events", "genres"):
        for burst in (0.3, 1.0):
            if options.rows and f"{kind}-{burst}" not in options.rows:
                continue
            print(confounded(kind, burst, options.corpora, options.seed), flush=True)
    print(f"\n{time.process_time() - began:.0f} CPU seconds")


if __name__ == "__main__":
    main()
