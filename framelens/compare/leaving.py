"""Leaving out: any statistic of a comparison, under the jackknife of `contrast`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.special import stdtr, stdtrit

from framelens.compare.inference import LEVEL, Estimates
from framelens.compare.jackknife import Spread
from framelens.compare.units import sides

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy.typing as npt

    from framelens.compare.as_counted import AsCounted
    from framelens.compare.design import Design
    from framelens.compare.inference import Units
    from framelens.compare.jackknife import Floats, Side, Whole

    Statistic = Callable[[pd.Series, pd.Series], float]

FARTHEST = 300.0
"""Ratios are not followed farther than this, as a logarithm."""


@dataclass(frozen=True, eq=False)
class Moved:
    """A statistic of each item, and what it becomes without each unit.

    `moves` (units, items) are of one cut into units, in strata of which each is of one
    side (`target_units` of them are of the target), or of events (`paired`).
    """

    moves: Floats
    stratum: Whole
    target_units: int
    holders: tuple[Whole, Whole]
    paired: bool

    def spread(self) -> tuple[Floats, Floats]:
        """Give variance and degrees of freedom, item by item."""
        if self.paired:
            both = _spread(self.moves, self.stratum)
            return both.variance, both.degrees(np.minimum(*self.holders), "events")
        first = np.arange(len(self.moves)) < self.target_units
        parts = [_spread(self.moves[one], self.stratum[one]) for one in (first, ~first)]
        a, b = (
            part.degrees(holders, "articles")
            for part, holders in zip(parts, self.holders, strict=True)
        )
        one, two = (np.maximum(part.variance, 1e-300) for part in parts)
        return one + two, (one + two) ** 2 / (one**2 / a + two**2 / b)


def _spread(moves: Floats, stratum: Whole) -> Spread:
    """Add up moves within strata."""
    code = np.unique(stratum, return_inverse=True)[1]
    size = np.bincount(code).astype(float)
    into = code == np.arange(len(size))[:, None]
    mean = into @ moves / size[:, None]
    centred = moves - mean[code]
    shrink = ((size - 1) / size)[:, None]
    second = shrink * (into @ centred**2)
    fourth = shrink**2 * (into @ centred**4)
    return Spread(second.sum(axis=0), fourth.sum(axis=0), second, size)


def cuts_of(
    design: Design, units: Units, columns: Whole | slice = slice(None)
) -> list[tuple[Side, Side, bool]]:
    """Cut both sides into what is left out; events also into clusters, if asked."""
    events = units.kind == "events"
    cuts = [(*sides(design, columns, None if events else units.groups), events)]
    if events and units.clustered:
        cuts.append((*sides(design, columns, units.groups), False))
    return cuts


def without_each(side: Side) -> Iterator[Floats]:
    """Give the shares of all items without each unit of a side, in turn."""
    strata = int(side.stratum.max()) + 1
    into = side.stratum == np.arange(strata)[:, None]
    whole, part = into @ side.n, into @ side.k
    share = side.share
    for unit, stratum in enumerate(side.stratum.tolist()):
        left = whole[stratum] - side.n[unit]
        if left <= 1e-12:  # nothing would be left of its stratum
            yield share
            continue
        rest = part[stratum] - side.k[[unit]].toarray()[0]
        yield share - part[stratum] + whole[stratum] * rest / left


def moved(
    target: Side,
    baseline: Side,
    statistic: Callable[[Floats, Floats], Floats],
    *,
    paired: bool,
) -> Moved:
    """Leave out each unit in turn, and see how far a statistic of shares moves."""
    a, b = target.share, baseline.share
    whole = statistic(a, b)
    if paired:
        pairs = zip(without_each(target), without_each(baseline), strict=True)
        moves = [statistic(one, two) - whole for one, two in pairs]
        stratum = target.stratum
    else:
        moves = [statistic(one, b) - whole for one in without_each(target)]
        moves += [statistic(a, two) - whole for two in without_each(baseline)]
        second = baseline.stratum + target.stratum.max() + 1
        stratum = np.concatenate([target.stratum, second])
    holders = target.holders, baseline.holders
    return Moved(np.array(moves), stratum, len(target.n), holders, paired)


def jackknife(made: AsCounted, statistic: Statistic) -> pd.Series:
    """Give a statistic of both sides' shares with its 95 % interval and p of 0.

    What is corrected adds its own variance to that of leaving out units.
    """
    design, units = made.design, made.units

    def of(target: Floats, baseline: Floats) -> Floats:
        pair = (pd.Series(one, index=design.items) for one in (target, baseline))
        return np.array([float(statistic(*pair))])

    cuts = cuts_of(design, units)
    value = of(cuts[0][0].share, cuts[0][1].share)[0]
    found = []
    for target, baseline, paired in cuts:
        each = moved(target, baseline, of, paired=paired)
        count = np.array([len(target.n)]), np.array([len(baseline.n)])
        found.append([float(x[0]) for x in replace(each, holders=count).spread()])
    variance, degrees = max(found)
    more, free = made.added(lambda one, other: float(of(one, other)[0]))
    if more > 0:
        apart, variance = variance, variance + more
        degrees = variance**2 / (apart**2 / degrees + more**2 / free)
    error = float(np.sqrt(variance))
    reach = float(stdtrit(degrees, (1 + LEVEL) / 2)) * error
    p = 2 * float(stdtr(degrees, -abs(value) / error)) if error > 0 else np.nan
    return pd.Series(
        {
            "value": value, "low": value - reach, "high": value + reach, "p": p,
            "error": error, "degrees": degrees,
        }
    )  # fmt: skip


@dataclass(frozen=True, eq=False)
class Logarithms:
    """The logarithm of a ratio with its error: a test in place of that of `contrast`.

    `plain` is what `contrast` finds itself; items that it does not test are not tested
    here. `middle` is between the two sides, as a logarithm (of odds, where `odds`): a
    ratio stands for the difference of shares that it makes there. It `flips` where one
    unit turns its sign.
    """

    plain: Estimates
    value: Floats
    error: Floats
    degrees: Floats
    middle: Floats
    flips: npt.NDArray[np.bool_]
    odds: bool = False

    def difference(self, value: Floats) -> Floats:
        """Give the difference of shares for the logarithm of a ratio."""
        value = np.clip(value, -FARTHEST, FARTHEST)
        high, low = self.middle + value / 2, self.middle - value / 2
        if self.odds:
            return _share(high) - _share(low)
        apart: Floats = np.clip(np.exp(high) - np.exp(low), -1.0, 1.0)
        return apart

    def at(
        self,
        which: Whole | None = None,  # noqa: ARG002 - all were looked at
        *,
        level: float = LEVEL,
        untested: Estimates | None = None,  # noqa: ARG002
    ) -> Estimates:
        """Give p and intervals at a level, as `estimates` does."""
        tested = ~np.isnan(self.plain.p) & np.isfinite(self.error)
        error, degrees = (np.where(tested, x, 1.0) for x in (self.error, self.degrees))
        p = 2 * stdtr(degrees, -np.abs(self.value) / error)
        reach = stdtrit(degrees, (1 + level) / 2) * error
        down, up = (
            np.clip(self.value + x, -FARTHEST, FARTHEST) for x in (-reach, reach)
        )
        values = {
            "p": p, "ratio_low": np.exp(down), "ratio_high": np.exp(up),
            "low": self.difference(down), "high": self.difference(up),
        }  # fmt: skip
        known = {name: np.where(tested, x, np.nan) for name, x in values.items()}
        ratio = np.exp(self.value)
        return replace(self.plain, ratio=ratio, flips=self.flips, **known)


def _share(odds: Floats) -> Floats:
    """Turn the logarithm of odds into a share."""
    share: Floats = 1.0 / (1.0 + np.exp(-np.clip(odds, -FARTHEST, FARTHEST)))
    return share
