"""Calibration: how often 95 % intervals hold the truth, and how often p lies below .05.

Corpora with known truth are drawn and given to `framelens.compare.contrast`. Words
are bursty within articles (negative binomial counts), articles differ in length
(lognormal, median 350 words), and events differ in a word's rate (lognormal, log-sd
0.7). With ``--uneven`` events have different numbers of articles on both sides, and
weigh equally or by precision. Run from the repository::

    python -m benchmarks.calibration [--uneven]
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd

from framelens.compare import Floors, contrast
from framelens.measure import Counts

RATES = np.repeat([0.001, 0.003, 0.01], 14)
"""Rates of the words of one corpus: 1, 3 and 10 in 1,000 words, 14 words each."""

EVENT_LOG_SD = 0.7
"""Spread of a word's rate over events, as a standard deviation of logarithms."""


@dataclass(frozen=True)
class Setting:
    """One cell of the table: a size of corpus, and how its words behave."""

    events: int
    articles: int  # a side, in each event
    burst: float  # the size of the negative binomial: smaller is burstier
    ratio: float  # the target's rate over the baseline's
    uneven: bool = False  # each side has 1 to twice as many articles, less 1
    weights: str = "equal"


SIZES = [(1, 5), (1, 8), (1, 10), (1, 12), (1, 30), (6, 1), (8, 1), (10, 1), (20, 1),
         (6, 3), (10, 3), (20, 5)]  # fmt: skip
"""Events, and articles a side in each."""

NEAR_FLOORS = [(1, 8), (1, 10), (1, 12), (6, 1)]
"""Sizes that decide a floor: their hardest setting is drawn four times as often."""

BURSTS = [0.3, 1.0]
RATIOS = [1.0, 2.0]


def simulate(setting: Setting, rng: np.random.Generator) -> Counts:
    """Draw one corpus of two outlets."""
    number = np.full(2 * setting.events, setting.articles)
    if setting.uneven:
        number = rng.integers(1, 2 * setting.articles, 2 * setting.events)
    event = np.repeat(np.repeat(np.arange(setting.events), 2), number)
    target = np.repeat(np.tile([True, False], setting.events), number)
    n = np.maximum(rng.lognormal(np.log(350), 0.4, len(event)).astype(int), 30)
    spread = EVENT_LOG_SD if setting.events > 1 else 0.0
    topic = np.exp(rng.normal(-(spread**2) / 2, spread, (setting.events, len(RATES))))
    mean = n[:, None] * RATES * topic[event]
    mean = mean * np.where(target, setting.ratio, 1.0)[:, None]
    k = rng.negative_binomial(setting.burst, setting.burst / (setting.burst + mean))
    k = np.minimum(k, n[:, None])
    keys = pd.DataFrame(
        {
            "event": [f"e{one}" for one in event],
            "outlet": np.where(target, "Daily", "Herald"),
            "article": [f"a{row:04}" for row in range(len(event))],
            "voice": "rest",
        }
    )
    article, word = np.nonzero(k)
    counts = keys.iloc[article].reset_index(drop=True)
    counts = counts.assign(item=[f"w{one:02}" for one in word], k=k[article, word])
    return Counts(counts, keys.assign(n=n), "words drawn", "words")


def measure(setting: Setting, corpora: int, seed: int) -> dict[str, float]:
    """Count how often intervals hold the truth, and p lies below .05."""
    rng = np.random.default_rng(
        [
            seed,
            setting.events,
            setting.articles,
            int(10 * setting.burst),
            int(10 * setting.ratio),
        ]
    )
    hits, below, items, width = [], [], 0, 0.0
    for _ in range(corpora):
        table = contrast(
            simulate(setting, rng),
            target="Daily",
            baseline="Herald",
            weights=setting.weights,
            floors=Floors(articles=2, intervals=2, events=2),
        ).table
        given = table[table["low"].notna()]
        rate = RATES[given["item"].str[1:].astype(int)]
        truth = rate * (setting.ratio - 1)
        inside = given["low"].le(truth) & given["high"].ge(truth)
        if len(given):
            hits.append((inside.sum(), len(given)))
            below.append(given["p"].lt(0.05).sum())
            width += float(((given["high"] - given["low"]) / rate).sum())
        items += len(given)
    hit, size = np.array(hits).T
    return {
        "items": items,
        "coverage": hit.sum() / items,
        "coverage_error": _error(hit, size),
        "below": sum(below) / items,
        "below_error": _error(np.array(below), size),
        "width": width / items,
    }


def _error(count: np.ndarray, size: np.ndarray) -> float:
    """Give the standard error of a pooled share, with corpora as clusters."""
    share = count.sum() / size.sum()
    spread = ((count - share * size) ** 2).sum() * len(size) / (len(size) - 1)
    return float(np.sqrt(spread) / size.sum())


def main() -> None:
    """Print the table as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpora", type=int, default=40)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--events", type=int, nargs="*", help="only these numbers")
    parser.add_argument("--uneven", action="store_true")
    options = parser.parse_args()
    began = time.process_time()
    if options.uneven:
        _uneven(options.corpora, options.seed)
        print(f"\n{time.process_time() - began:.0f} CPU seconds")
        return
    print("| events | articles a side | burst | ratio | items | coverage | p < .05 |")
    print("|---|---|---|---|---|---|---|")
    for size, burst, ratio in product(SIZES, BURSTS, RATIOS):
        if options.events and size[0] not in options.events:
            continue
        hardest = (burst, ratio) == (min(BURSTS), max(RATIOS))
        corpora = options.corpora * (4 if hardest and size in NEAR_FLOORS else 1)
        events, articles = size
        setting = Setting(events, articles, burst, ratio)
        got = measure(setting, corpora, options.seed)
        print(
            f"| {events} | {articles} | {burst} | {ratio:g} | {got['items']:,} "
            f"| {_interval(got['coverage'], got['coverage_error'])} "
            f"| {_interval(got['below'], got['below_error'])} |",
            flush=True,
        )
    print(f"\n{time.process_time() - began:.0f} CPU seconds")


def _uneven(corpora: int, seed: int) -> None:
    """Print the table of events that weigh equally, or by precision."""
    print("| events | articles a side | weights | burst | ratio | items | coverage "
          "| p < .05 | mean width, in rates |")  # fmt: skip
    print("|---" * 9 + "|")
    for (events, articles), burst, ratio, weights in product(
        [(10, 3), (20, 5)], BURSTS, RATIOS, ("equal", "precision")
    ):
        setting = Setting(events, articles, burst, ratio, True, weights)
        got = measure(setting, corpora, seed)
        print(
            f"| {events} | 1 to {2 * articles - 1} | {weights} | {burst} | {ratio:g} "
            f"| {got['items']:,} "
            f"| {_interval(got['coverage'], got['coverage_error'])} "
            f"| {_interval(got['below'], got['below_error'])} | {got['width']:.2f} |",
            flush=True,
        )


def _interval(share: float, error: float) -> str:
    low, high = max(share - 1.96 * error, 0), min(share + 1.96 * error, 1)
    return f"{100 * share:.1f} % ({100 * low:.1f} to {100 * high:.1f})"


if __name__ == "__main__":
    main()
