"""Power: how often a planted ratio is found, beside an oracle.

Words that stand 1 in 1,000 in the baseline are planted with a known ratio in the
target; counts are negative binomial, articles lognormal in length, one event. Found
means p < .05 in `framelens.compare.contrast`. The oracle is told what no analyst
knows: that counts are negative binomial and how bursty they are. It makes a likelihood
ratio test of the planted word alone, whose critical value is the one that holds its
level in corpora without a difference. Run from the repository::

    python -m benchmarks.power_curve
"""

from __future__ import annotations

import argparse
import time
from itertools import product

import numpy as np
import pandas as pd

from framelens.compare import contrast
from framelens.measure import Counts

RATE = 0.001
WORDS = 100
"""Planted words of one corpus."""


def corpus(
    a_side: int, length: int, burst: float, ratio: float, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Draw counts (articles, words), lengths and sides."""
    target = np.repeat([True, False], a_side)
    n = np.maximum(rng.lognormal(np.log(length), 0.4, 2 * a_side).astype(int), 30)
    mean = (n * RATE * np.where(target, ratio, 1.0))[:, None] * np.ones(WORDS)
    k = rng.negative_binomial(burst, burst / (burst + mean))
    return np.minimum(k, n[:, None]), n, target


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
    k: np.ndarray, n: np.ndarray, target: np.ndarray, burst: float
) -> np.ndarray:
    """Give twice the gain in log likelihood from two rates instead of one."""
    both = _log_likelihood(k, n, burst)
    apart = [_log_likelihood(k[side], n[side], burst) for side in (target, ~target)]
    return 2 * (sum(apart) - both)


def _log_likelihood(k: np.ndarray, n: np.ndarray, burst: float) -> np.ndarray:
    rate = np.maximum(k.sum(axis=0) / n.sum(), 1e-9)
    for _ in range(50):
        mean = n[:, None] * rate
        weight = burst / (burst + mean)
        score, information = ((k - mean) * weight).sum(0), (mean * weight).sum(0)
        step = np.clip(score / np.maximum(information, 1e-12), -0.5, 0.5)
        rate = np.maximum(rate * np.exp(step), 1e-9)
    mean = n[:, None] * rate
    logs = k * np.log(mean / (burst + mean)) + burst * np.log(burst / (burst + mean))
    return logs.sum(axis=0)


def main() -> None:
    """Print the table as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpora", type=int, default=10)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    began = time.process_time()
    print("| articles a side | words | burst | ratio | found | oracle | difference |")
    print("|---|---|---|---|---|---|---|")
    for a_side, length, burst in product((60, 200), (350, 1000), (0.3, 1.0)):
        rng = np.random.default_rng([options.seed, a_side, length, int(10 * burst)])
        null = [corpus(a_side, length, burst, 1.0, rng) for _ in range(40)]
        gains = [likelihood_ratio(*one, burst) for one in null]
        critical = np.quantile(np.concatenate(gains), 0.95)
        for ratio in (2.0, 4.0, 8.0):
            found, oracle = [], []
            for _ in range(options.corpora):
                drawn = corpus(a_side, length, burst, ratio, rng)
                found.append(ours(*drawn) < 0.05)
                oracle.append(likelihood_ratio(*drawn, burst) > critical)
            a, b = 100 * np.mean(found), 100 * np.mean(oracle)
            reach = (
                196 * np.std(np.array(found) * 1.0 - oracle) / np.sqrt(np.size(found))
            )
            print(
                f"| {a_side} | {length:,} | {burst} | {ratio:g} "
                f"| {a:.1f} % | {b:.1f} % | {a - b:+.1f} ± {reach:.1f} |",
                flush=True,
            )
    print(f"\n{time.process_time() - began:.0f} CPU seconds")


if __name__ == "__main__":
    main()
