"""Power: how often a planted ratio is found, beside an oracle.

Words of a known rate are planted with a known ratio in one of the outlets; counts are
negative binomial, articles lognormal in length, one event. Found
means p < .05 in `framelens.compare.contrast`. The oracle is told what no analyst
knows: that counts are negative binomial and how bursty they are. It makes a likelihood
ratio test of the planted word alone, whose critical value is the one that holds its
level in corpora without a difference. Run from the repository::

    python -m benchmarks.power_curve
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass

import numpy as np
import pandas as pd

from framelens.compare import contrast
from framelens.measure import Counts

WORDS = 100
"""Planted words of one corpus."""


@dataclass(frozen=True)
class Setting:
    """Articles of target and baseline, their length, how bursty, and the rate."""

    sizes: tuple[int, int]
    words: int
    bursts: tuple[float, float]
    rate: float = 0.001


ROWS = [
    Setting((30, 30), 350, (0.5, 0.5), 0.003),
    Setting((60, 60), 350, (0.3, 0.3)),
    Setting((60, 60), 350, (1.0, 1.0)),
    Setting((60, 60), 1000, (0.3, 0.3)),
    Setting((60, 60), 1000, (1.0, 1.0)),
    Setting((200, 200), 350, (0.3, 0.3)),
    Setting((200, 200), 1000, (0.3, 0.3)),
    Setting((12, 120), 350, (0.3, 1.0), 0.003),
    Setting((12, 120), 350, (1.0, 1.0), 0.003),
]


def corpus(
    setting: Setting, ratio: float, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Draw counts (articles, words), lengths, sides and bursts.

    A ratio below 1 is planted in the baseline.
    """
    target = np.repeat([True, False], setting.sizes)
    words = rng.lognormal(np.log(setting.words), 0.4, len(target))
    n = np.maximum(words.astype(int), 30)
    more = np.where(target, max(ratio, 1.0), max(1 / ratio, 1.0))
    burst = np.where(target, *setting.bursts)
    mean = (n * setting.rate * more)[:, None] * np.ones(WORDS)
    k = rng.negative_binomial(burst[:, None], burst[:, None] / (burst[:, None] + mean))
    return np.minimum(k, n[:, None]), n, target, burst


def ours(k: np.ndarray, n: np.ndarray, target: np.ndarray) -> np.ndarray:
    """Give p of each word; 1 where it is not tested."""
    keys = pd.DataFrame(
        {
            "event": "e",
            "outlet": np.where(target, "Daily", "Herald"),
            "article": [f"a{row:04}" for row in range(len(n))],
            "voice": "rest",
        }
    )
    article, word = np.nonzero(k)
    counts = keys.iloc[article].reset_index(drop=True)
    counts = counts.assign(item=[f"w{one:03}" for one in word], k=k[article, word])
    given = Counts(counts, keys.assign(n=n), "words drawn", "words")
    table = contrast(given, target="Daily", baseline="Herald").table
    names = [f"w{one:03}" for one in range(WORDS)]
    return table.set_index("item")["p"].reindex(names).fillna(1.0).to_numpy()


def likelihood_ratio(
    k: np.ndarray, n: np.ndarray, target: np.ndarray, burst: np.ndarray
) -> np.ndarray:
    """Give twice the gain in log likelihood from two rates instead of one."""
    both = _log_likelihood(k, n, burst)
    apart = [
        _log_likelihood(k[side], n[side], burst[side]) for side in (target, ~target)
    ]
    return 2 * (sum(apart) - both)


def _log_likelihood(k: np.ndarray, n: np.ndarray, burst: np.ndarray) -> np.ndarray:
    rate = np.maximum(k.sum(axis=0) / n.sum(), 1e-9)
    size = burst[:, None]
    for _ in range(50):
        mean = n[:, None] * rate
        weight = size / (size + mean)
        score, information = ((k - mean) * weight).sum(0), (mean * weight).sum(0)
        step = np.clip(score / np.maximum(information, 1e-12), -0.5, 0.5)
        rate = np.maximum(rate * np.exp(step), 1e-9)
    mean = n[:, None] * rate
    logs = k * np.log(mean / (size + mean)) + size * np.log(size / (size + mean))
    return logs.sum(axis=0)


def main() -> None:
    """Print the table as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpora", type=int, default=10)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--ratios", type=float, nargs="*", default=[2.0, 4.0, 0.25])
    options = parser.parse_args()
    began = time.process_time()
    print("| target | baseline | words | burst | rate | ratio | found | oracle "
          "| difference |")  # fmt: skip
    print("|---" * 9 + "|")
    for place, setting in enumerate(ROWS):
        rng = np.random.default_rng([options.seed, place])
        null = [corpus(setting, 1.0, rng) for _ in range(40)]
        gains = [likelihood_ratio(*one) for one in null]
        critical = np.quantile(np.concatenate(gains), 0.95)
        for ratio in options.ratios:
            found, oracle = [], []
            for _ in range(options.corpora):
                k, n, target, burst = corpus(setting, ratio, rng)
                found.append(ours(k, n, target) < 0.05)
                oracle.append(likelihood_ratio(k, n, target, burst) > critical)
            a, b = 100 * np.mean(found), 100 * np.mean(oracle)
            reach = (
                196 * np.std(np.array(found) * 1.0 - oracle) / np.sqrt(np.size(found))
            )
            one, two = setting.bursts
            bursts = f"{one:g}" if one == two else f"{one:g} and {two:g}"
            print(
                f"| {setting.sizes[0]} | {setting.sizes[1]} | {setting.words:,} "
                f"| {bursts} | {1000 * setting.rate:g} in 1,000 | {ratio:g} "
                f"| {a:.1f} % | {b:.1f} % | {a - b:+.1f} ± {reach:.1f} |",
                flush=True,
            )
    print(f"\n{time.process_time() - began:.0f} CPU seconds")


if __name__ == "__main__":
    main()
