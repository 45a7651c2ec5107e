"""Several outlets, and telling them apart: what is claimed where nothing differs.

Outlets that are alike, so that every claim is wrong. *Omnibus*: the share of words
with p < .05, and of corpora in which any word has q < .05. *Pairs*: the share of words
for which any pair has p < .05 after Holm's adjustment, and before. *Told apart*:
the share of corpora with p < .05, and how often the outlet of an article is guessed
right, beside permuted labels. Words are bursty within articles (negative binomial);
with several events, their rates differ between events (log-sd 0.7). In the last row of
the second table a tenth of the words stands twice as often in one outlet. Run from the
repository::

    python -m benchmarks.many_outlets
"""

from __future__ import annotations

import argparse
import time

import numpy as np
import pandas as pd

from framelens.compare import outlets, told_apart
from framelens.measure import Counts

NAMES = ("Daily", "Herald", "Post", "Times")
RATES = 0.02 / (1 + np.arange(40)) ** 0.7
"""Rates of the words of a corpus."""

LOG_SD = 0.7


def drawn(
    outlets_: int, events: int, a_side: int, burst: float, ratio: float,
    rng: np.random.Generator,
) -> Counts:  # fmt: skip
    """Draw a corpus; with `ratio` above 1 the first outlet has more of some words."""
    place = np.repeat(np.arange(events), outlets_ * a_side)
    outlet = np.tile(np.repeat(np.arange(outlets_), a_side), events)
    n = np.maximum(rng.lognormal(np.log(350), 0.4, len(place)).astype(int), 60)
    spread = LOG_SD if events > 1 else 0.0
    topic = np.exp(rng.normal(-(spread**2) / 2, spread, (events, len(RATES))))
    more = np.where(np.arange(len(RATES)) % 10 == 5, ratio, 1.0)
    mean = n[:, None] * RATES * topic[place]
    mean = mean * np.where((outlet == 0)[:, None], more, 1.0)
    k = np.minimum(rng.negative_binomial(burst, burst / (burst + mean)), n[:, None])
    keys = pd.DataFrame(
        {
            "event": [f"e{one:02}" for one in place],
            "outlet": [NAMES[one] for one in outlet],
            "article": [f"a{row:04}" for row in range(len(place))],
            "voice": "rest",
        }
    )
    article, word = np.nonzero(k)
    counts = keys.iloc[article].reset_index(drop=True)
    counts = counts.assign(item=[f"w{one:02}" for one in word], k=k[article, word])
    return Counts(counts, keys.assign(n=n), "words drawn", "words")


def claimed(
    outlets_: int, events: int, a_side: int, burst: float, corpora: int, seed: int
) -> str:
    """Give one row: what `outlets` claims where all are alike."""
    rng = np.random.default_rng([seed, outlets_, events, a_side])
    rows = []
    for _ in range(corpora):
        found = outlets(drawn(outlets_, events, a_side, burst, 1.0, rng))
        tested = found.table.dropna(subset=["p"])
        pairs = found.pairs.dropna(subset=["p"]).groupby("item")
        rows.append(
            (
                tested["p"].lt(0.05).mean(),
                tested["q"].lt(0.05).any(),
                pairs["p_holm"].min().lt(0.05).mean(),
                pairs["p"].min().lt(0.05).mean(),
            )
        )
    cells = [with_error(one) for one in np.array(rows, dtype=float).T]
    head = f"| {outlets_} | {events} | {a_side} | {burst} | {corpora} |"
    return f"{head} {' | '.join(cells)} |"


def told(
    events: int, a_side: int, burst: float, ratio: float, corpora: int, seed: int
) -> str:
    """Give one row: how often two outlets are told apart."""
    rng = np.random.default_rng([seed, events, a_side, int(10 * ratio)])
    rows = []
    for _ in range(corpora):
        counts = drawn(2, events, a_side, burst, ratio, rng)
        found = told_apart(counts, target=NAMES[0], baseline=NAMES[1])
        rows.append((found.p < 0.05, found.right, found.by_chance))
    cells = [with_error(one) for one in np.array(rows, dtype=float).T]
    head = f"| {events} | {a_side} | {burst} | {ratio:g} | {corpora} |"
    return f"{head} {' | '.join(cells)} |"


def with_error(shares: np.ndarray) -> str:
    """Write a mean over corpora with its 95 % interval."""
    mean, reach = shares.mean(), 1.96 * shares.std(ddof=1) / np.sqrt(len(shares))
    low, high = max(mean - reach, 0), min(mean + reach, 1)
    return f"{100 * mean:.1f} % ({100 * low:.1f} to {100 * high:.1f})"


def main() -> None:
    """Print both tables as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpora", type=int, default=60)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--tables", nargs="*", default=["outlets", "told"])
    options = parser.parse_args()
    began = time.process_time()
    if "outlets" in options.tables:
        _outlets(options.corpora, options.seed)
    if "told" in options.tables:
        _told(2 * options.corpora, options.seed)
    print(f"\n{time.process_time() - began:.0f} CPU seconds")


def _outlets(corpora: int, seed: int) -> None:
    print("| outlets | events | articles an outlet | burst | corpora | omnibus p < .05 "
          "| any q < .05 | any pair, Holm | any pair, unadjusted |")  # fmt: skip
    print("|---" * 9 + "|")
    for outlets_, events, a_side in ((3, 1, 8), (4, 1, 15), (3, 8, 2), (3, 20, 1)):
        row = claimed(outlets_, events, a_side, 0.5, corpora, seed)
        print(row, flush=True)


def _told(corpora: int, seed: int) -> None:
    print("\n| events | articles a side | burst | ratio | corpora | p < .05 "
          "| guessed right | permuted labels |")  # fmt: skip
    print("|---" * 8 + "|")
    for events, a_side, ratio in ((20, 1, 1.0), (20, 3, 1.0), (40, 1, 1.0),
                                  (20, 3, 2.0)):  # fmt: skip
        row = told(events, a_side, 0.5, ratio, corpora, seed)
        print(row, flush=True)


if __name__ == "__main__":
    main()
