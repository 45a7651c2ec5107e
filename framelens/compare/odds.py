"""Odds: an item against the rest of its side, for shares that add up to a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from framelens.compare.inference import estimates
from framelens.compare.jackknife import least_variance
from framelens.compare.leaving import Logarithms, cuts_of, moved
from framelens.compare.units import sides

if TYPE_CHECKING:
    from framelens.compare.design import Design
    from framelens.compare.inference import Units
    from framelens.compare.jackknife import Floats, Side, Whole
    from framelens.compare.units import Floors

MOST_MOVES = 4_000_000
"""Units times items looked at together, so that memory stays bounded."""


def odds_of(design: Design, units: Units, floors: Floors, which: Whole) -> Logarithms:
    """Test the logarithm of the ratio of odds, k against n - k, of some items.

    Half a count is added to each. Level, error and degrees of freedom are as those of
    the ratio of shares in `contrast`; so are the items that are tested.
    """
    plain = estimates(design, units, floors, which)
    names = ("value", "error", "degrees", "middle")
    found = {name: np.full(len(design.items), np.nan) for name in names}
    step = max(MOST_MOVES // max(len(design.articles), 1), 1)
    for first in range(0, len(design.items), step):
        columns = np.arange(first, min(first + step, len(design.items)))
        for name, values in _odds(design, units, columns).items():
            found[name][columns] = values
    return Logarithms(plain, **found, flips=plain.flips, odds=True)


def odds_ratios(design: Design) -> Floats:
    """Give the ratio of odds of every item, without a test."""
    groups = None if design.strata > 1 else np.arange(len(design.articles))
    target, baseline = sides(design, slice(None), groups)
    apart = _logarithm(target.share, target.half)
    return np.exp(apart - _logarithm(baseline.share, baseline.half))


def _odds(design: Design, units: Units, columns: Whole) -> dict[str, Floats]:
    """Estimate a part of the items."""
    found = []
    for target, baseline, paired in cuts_of(design, units, columns):
        halves = target.half, baseline.half

        def apart(
            one: Floats, two: Floats, halves: tuple[float, float] = halves
        ) -> Floats:
            return _logarithm(one, halves[0]) - _logarithm(two, halves[1])

        made = moved(target, baseline, apart, paired=paired)
        variance, degrees = made.spread()
        least = _least(target) + _least(baseline)
        found.append((np.maximum(variance, least), degrees))
    larger = np.argmax([variance for variance, _ in found], axis=0)
    variance, degrees = (
        np.take_along_axis(np.array(one), larger[None], axis=0)[0]
        for one in zip(*found, strict=True)
    )
    target, baseline, _ = cuts_of(design, units, columns)[0]
    above, below = (_logarithm(one.share, one.half) for one in (target, baseline))
    return {
        "value": above - below,
        "error": np.sqrt(variance),
        "degrees": degrees,
        "middle": (above + below) / 2,
    }


def _logarithm(share: Floats, half: float) -> Floats:
    """Give the logarithm of the odds, half a count added to both."""
    rest = np.maximum(1.0 - share, 0.0)
    logarithm: Floats = np.log((share + half) / (rest + half))
    return logarithm


def _least(side: Side) -> Floats:
    """Give the least variance of a logarithm of odds, as of shares in `contrast`."""
    rest = 1.0 - side.share + side.half
    least: Floats = least_variance(side) / rest**2
    return least
