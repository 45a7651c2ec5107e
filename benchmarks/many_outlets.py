"""Several outlets, told apart, over time: what is claimed where nothing differs.

*Outlets*: the share of words with p < .05, and of corpora in which any word has
q < .05; the share of words for which any pair has p < .05 after Holm's adjustment, and
before. *Told apart*: the share of corpora with p < .05, and how often the outlet of an
article is guessed right, beside permuted labels. *Over time*: the share of words whose
ratio is said to change, where each outlet has a slant that wanders from event to event
(autoregressive, log-sd 0.3) and no trend. Words are bursty within articles (negative
binomial); with several events, their rates differ between events (log-sd 0.7). Run from
the repository::

    python -m benchmarks.many_outlets
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framelens.compare import outlets, over_time, told_apart
from framelens.corpus import corpus_of
from framelens.measure import Counts

if TYPE_CHECKING:
    from framelens.corpus import Corpus

NAMES = ("Daily", "Herald", "Post", "Times")
RATES = 0.02 / (1 + np.arange(40)) ** 0.7
"""Rates of the words of a corpus."""

LOG_SD = 0.7


@dataclass(frozen=True)
class Writes:
    """How one outlet writes."""

    articles: int  # in each event
    words: float = 350
    burst: float = 0.5
    more: float = 1.0  # of a tenth of the words
    reprints: bool = False  # its first article again in every event


def drawn(
    writing: list[Writes], events: int, rng: np.random.Generator, wander: float = 0.0
) -> Counts:
    """Draw a corpus; with `wander` slants go on so far from event to event."""
    spread = LOG_SD if events > 1 else 0.0
    topic = np.exp(rng.normal(-(spread**2) / 2, spread, (events, len(RATES))))
    parts, ks = [], []
    for place, one in enumerate(writing):
        event = np.repeat(np.arange(events), one.articles)
        n = np.maximum(
            rng.lognormal(np.log(one.words), 0.4, len(event)).astype(int), 60
        )
        more = np.where(np.arange(len(RATES)) % 10 == 5, one.more, 1.0)
        mean = (
            n[:, None] * RATES * topic[event] * more * slant(events, wander, rng)[event]
        )
        k = np.minimum(rng.negative_binomial(one.burst, one.burst / (one.burst + mean)),
                       n[:, None])  # fmt: skip
        if one.reprints:
            again = np.unique(event, return_index=True)[1]
            k[again], n[again] = k[0], n[0]
        parts.append(pd.DataFrame({"event": event, "outlet": NAMES[place], "n": n}))
        ks.append(k)
    keys, k = pd.concat(parts, ignore_index=True), np.concatenate(ks)
    dates = pd.Timestamp("2023-01-01") + pd.to_timedelta(keys["event"] * 4, unit="D")
    keys = keys.assign(
        event=[f"e{one:03}" for one in keys["event"]],
        article=[f"a{row:04}" for row in range(len(keys))],
        voice="rest",
    )
    article, word = np.nonzero(k)
    counts = keys.iloc[article].reset_index(drop=True).drop(columns="n")
    counts = counts.assign(item=[f"w{one:02}" for one in word], k=k[article, word])
    return Counts(counts, keys, "words drawn", "words", corpus=dated(keys, dates))


def slant(events: int, wander: float, rng: np.random.Generator) -> np.ndarray:
    """Draw how an outlet's slant goes on from event to event: (events, words)."""
    made = rng.normal(0, 0.3 if wander else 0.0, (events, len(RATES)))
    for event in range(1, events):
        step = np.sqrt(1 - wander**2) * made[event]
        made[event] = wander * made[event - 1] + step
    return np.exp(made)


def dated(keys: pd.DataFrame, dates: pd.Series) -> Corpus:
    """Give the corpus: texts that are no copies of each other, and dates."""
    letters = str.maketrans("0123456789", "abcdefghij")
    text = keys["article"].str.translate(letters)
    articles = keys[["article", "outlet", "event"]]
    return corpus_of(articles.assign(text=text, date=dates.dt.strftime("%Y-%m-%d")))


def claimed(writing: list[Writes], events: int, corpora: int, seed: int) -> str:
    """Give one row: what `outlets` claims where all are alike."""
    rng = np.random.default_rng([seed, len(writing), events, writing[0].articles])
    rows = []
    for _ in range(corpora):
        found = outlets(drawn(writing, events, rng))
        tested = found.table.dropna(subset=["p"])
        pairs = found.pairs.dropna(subset=["p"]).groupby("item")
        rows.append(
            (
                tested["p"].lt(0.05).mean(),
                tested["q"].lt(0.05).any(),
                pairs["p"].min().lt(0.05).mean(),
            )
        )
    cells = [with_error(one) for one in np.array(rows, dtype=float).T]
    return f"| {events} | {said(writing)} | {corpora} | {' | '.join(cells)} |"


def told(writing: list[Writes], events: int, corpora: int, seed: int) -> str:
    """Give one row: how often two outlets are told apart."""
    rng = np.random.default_rng([seed, events, int(writing[0].words)])
    rows = []
    for _ in range(corpora):
        counts = drawn(writing, events, rng)
        found = told_apart(counts, *NAMES[:2], permutations=99)
        rows.append((found.p <= 0.05, found.right, found.by_chance))
    cells = [with_error(one) for one in np.array(rows, dtype=float).T]
    return f"| {events} | {said(writing)} | {corpora} | {' | '.join(cells)} |"


def changing(
    writing: list[Writes], events: int, wander: float, corpora: int, seed: int
) -> str:
    """Give one row: how often a ratio is said to change."""
    rng = np.random.default_rng([seed, events, int(10 * wander)])
    rows = []
    for _ in range(corpora):
        found = over_time(drawn(writing, events, rng, wander), *NAMES[:2])
        tested = found.table.dropna(subset=["p"])
        rows.append((tested["p"].lt(0.05).mean(), tested["q"].lt(0.05).any()))
    cells = [with_error(one) for one in np.array(rows, dtype=float).T]
    return (
        f"| {events} | {said(writing)} | {wander:g} | {corpora} | {' | '.join(cells)} |"
    )


def said(writing: list[Writes]) -> str:
    """Describe outlets in a cell."""
    return "; ".join(
        f"{one.articles} of {one.words:.0f} words, burst {one.burst:g}"
        + (f", a tenth of the words {one.more:g} times" if one.more != 1 else "")
        + (", one reprinted in every event" if one.reprints else "")
        for one in writing
    )


def with_error(shares: np.ndarray) -> str:
    """Write a mean over corpora with its 95 % interval."""
    mean, reach = shares.mean(), 1.96 * shares.std(ddof=1) / np.sqrt(len(shares))
    low, high = max(mean - reach, 0), min(mean + reach, 1)
    return f"{100 * mean:.1f} % ({100 * low:.1f} to {100 * high:.1f})"


ALIKE = Writes(1)

OUTLETS = [
    (1, [Writes(8)] * 3),
    (1, [Writes(15)] * 4),
    (20, [ALIKE] * 3),
    (1, [Writes(8, burst=0.2), Writes(30, burst=1), Writes(80, burst=5)]),
]
"""Events and outlets; the last row is that of an audit, which found 24.4 %."""

TOLD = [
    (20, [Writes(3), Writes(3)]),
    (40, [ALIKE, ALIKE]),
    (20, [Writes(3, words=150), Writes(3, words=750)]),
    (20, [Writes(3, reprints=True), Writes(3)]),
    (20, [Writes(3, more=2.0), Writes(3)]),
]

OVER = [(events, wander) for events in (48, 96) for wander in (0.0, 0.5, 0.8)]
"""Shared events, four days apart, and how far a slant goes on."""


def main() -> None:
    """Print the tables as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpora", type=int, default=60)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--tables", nargs="*", default=["outlets", "told", "over"])
    options = parser.parse_args()
    began, many, seed = time.process_time(), options.corpora, options.seed
    if "outlets" in options.tables:
        print("| events | articles of each outlet in each | corpora | p < .05 | any "
              "q < .05 | any pair, unadjusted |\n" + "|---" * 6 + "|")  # fmt: skip
        for events, writing in OUTLETS:
            print(claimed(writing, events, many, seed), flush=True)
    if "told" in options.tables:
        print("\n| events | articles of each outlet in each | corpora | p < .05 "
              "| guessed right | permuted labels |\n" + "|---" * 6 + "|")  # fmt: skip
        for events, writing in TOLD:
            print(told(writing, events, 2 * many, seed), flush=True)
    if "over" in options.tables:
        print("\n| events | articles of each outlet in each | a slant goes on by "
              "| corpora | p < .05 | any q < .05 |\n" + "|---" * 6 + "|")  # fmt: skip
        for events, wander in OVER:
            row = changing([Writes(2), Writes(2)], events, wander, many, seed)
            print(row, flush=True)
    print(f"\n{time.process_time() - began:.0f} CPU seconds")


if __name__ == "__main__":
    main()
