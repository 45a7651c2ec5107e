"""Figures about voices: ratios of sums over articles, their intervals, and outlets.

An article gives a table of words, by VOICES as people have it (rows) and as framelens
has it (columns), and a row of attributions: marked by people, of them found; found by
framelens, of them right. Every figure is a ratio of two sums over articles.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy import stats

from framelens._accuracy import wider

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    Cells = npt.NDArray[np.float64]
    Ratio = Callable[[Cells], tuple[Cells, Cells]]

VOICES = ("own", "direct", "indirect")
RESAMPLES = 2_000
SHUFFLES = 9_999
FEWEST = 5
"""Articles. Of fewer no interval is given."""


def share_right(cells: Cells) -> tuple[Cells, Cells]:
    """Give the words whose voice is right, and all."""
    return np.trace(cells, axis1=-2, axis2=-1), cells.sum(axis=(-2, -1))


def precision(voice: str) -> Ratio:
    """Of the words found in a voice, those that are."""
    at = VOICES.index(voice)
    return lambda cells: (cells[..., at, at], cells[..., at].sum(axis=-1))


def recall(voice: str) -> Ratio:
    """Of the words in a voice, those found in it."""
    at = VOICES.index(voice)
    return lambda cells: (cells[..., at, at], cells[..., at, :].sum(axis=-1))


def too_many(voice: str) -> Ratio:
    """Words found in a voice less words in it, of all words."""
    at = VOICES.index(voice)
    return lambda cells: (
        cells[..., at].sum(axis=-1) - cells[..., at, :].sum(axis=-1),
        cells.sum(axis=(-2, -1)),
    )


WORDS: dict[str, Ratio] = {
    "words right": share_right,
    **{
        f"{voice}: {name}": ratio(voice)
        for voice in VOICES
        for name, ratio in (("precision", precision), ("recall", recall))
    },
    "share of own too high by": too_many("own"),
}
"""Of words; the last is a difference of shares, and may be below 0."""

TRIPLES: dict[str, Ratio] = {
    "triples: precision": lambda cells: (cells[..., 3], cells[..., 2]),
    "triples: recall": lambda cells: (cells[..., 1], cells[..., 0]),
    "triples: F1": lambda cells: (
        cells[..., 1] + cells[..., 3],
        cells[..., 0] + cells[..., 2],
    ),
}
"""Of attributions: content, cue and source agree."""


def figure(parts: Cells, ratio: Ratio) -> dict[str, float]:
    """Give a ratio over articles: ``value, low, high``, what it is of, the articles.

    The interval (95 %) is the wider of two over articles: a bootstrap, and a jackknife
    with Student's t, which few articles need.
    """
    above, below = ratio(parts)
    told = {"n": float(below.sum()), "articles": len(parts)}
    if not below.sum():
        return {**told, "value": np.nan, "low": np.nan, "high": np.nan}
    value = float(above.sum() / below.sum())
    low, high = np.nan, np.nan
    if len(parts) >= FEWEST:
        low, high = wider(_resampled(above, below), _jackknifed(above, below, value))
    return {**told, "value": value, "low": low, "high": high}


def _resampled(above: Cells, below: Cells) -> tuple[float, float]:
    drawn = np.random.default_rng(0).integers(len(above), size=(RESAMPLES, len(above)))
    sums = below[drawn].sum(axis=1)
    kept = sums > 0
    low, high = np.quantile(above[drawn].sum(axis=1)[kept] / sums[kept], [0.025, 0.975])
    return float(low), float(high)


def _jackknifed(above: Cells, below: Cells, value: float) -> tuple[float, float]:
    n, rest = len(above), below.sum() - below
    if not (rest > 0).all():
        return value, value
    without = (above.sum() - above) / rest
    spread = np.sqrt((n - 1) / n * np.sum((without - without.mean()) ** 2))
    half = float(stats.t.ppf(0.975, n - 1) * spread)
    if (above < 0).any():
        return value - half, value + half
    return max(value - half, 0.0), min(value + half, 1.0)


def differ(parts: Cells, outlets: Sequence[str], ratio: Ratio) -> dict[str, float]:
    """Ask whether a ratio differs between outlets: shuffle outlets over articles.

    The statistic is the spread of the outlets' ratios around the ratio of all, weighed
    by what they are of. ``p`` is (b + 1) / (B + 1) (Phipson and Smyth 2010).
    """
    above, below = ratio(parts)
    overall = above.sum() / below.sum()
    codes, _ = pd.factorize(np.asarray(outlets, dtype=object))
    belongs = np.eye(codes.max() + 1)[codes]
    chance = np.random.default_rng(0)

    def spread(order: npt.NDArray[np.int64]) -> float:
        of = below[order] @ belongs
        off = above[order] @ belongs - overall * of
        return float(np.sum(off**2 / np.maximum(of, 1)))

    whole = np.arange(len(codes))
    seen = spread(whole) * (1 - 1e-12)
    beyond = sum(spread(chance.permutation(whole)) >= seen for _ in range(SHUFFLES))
    each = (above @ belongs) / (below @ belongs)
    return {
        "lowest": float(each.min()),
        "highest": float(each.max()),
        "p": (beyond + 1) / (SHUFFLES + 1),
        "articles": len(codes),
        "outlets": belongs.shape[1],
    }


def in_words(told: list[dict[str, float | str]]) -> str:
    """Say whether outlets differ, from what `differ` gave for several figures."""
    first = told[0]
    about = (
        f"{first['articles']} articles of {first['outlets']} outlets, outlets "
        f"shuffled over articles {SHUFFLES:,} times, Holm over {len(told)} figures: "
    )
    differing = [one for one in told if float(one["holm"]) < 0.05]
    if differing:
        named = ", ".join(
            f"“{one['metric']}” ({one['lowest']:.3f} to {one['highest']:.3f}, p "
            f"{one['holm']:.4f})"
            for one in differing
        )
        return f"{about}outlets differ in {named}."
    least = min(told, key=lambda one: float(one["p"]))
    return (
        f"{about}no figure is shown to differ between outlets (smallest p "
        f"{least['p']:.3f}, of “{least['metric']}”: {least['lowest']:.3f} to "
        f"{least['highest']:.3f}; {least['holm']:.3f} after Holm). That does not show "
        "that they are alike."
    )
