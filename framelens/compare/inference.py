"""Inference: one statistic from which p, q and every interval follow."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Literal

import numpy as np
from scipy.sparse import csc_array
from scipy.special import bdtrc, stdtr, stdtrit

from framelens.compare.jackknife import least_variance, moves
from framelens.compare.separation import separated, would_show
from framelens.compare.units import LOPSIDED, groups_of, sides

if TYPE_CHECKING:
    import numpy.typing as npt

    from framelens.compare.design import Design
    from framelens.compare.jackknife import Floats, Side, Whole
    from framelens.compare.units import Floors

    Kind = Literal["articles", "events"]

LEVEL = 0.95
"""The level of every interval."""

ALPHA = 1.0 - LEVEL
"""What p and q are held against."""

STEPS = 60
"""Halvings in the search for the limits of a difference."""

FARTHEST = 300.0
"""Ratios are not followed farther than this, as a logarithm."""

CHUNK = 20_000
"""Items looked at together, so that memory stays bounded."""


@dataclass(frozen=True, eq=False)
class Estimates:
    """What was found for each item; NaN where it is not tested.

    `ratio` has half a count added to each share. Limits leave out 0 (1 for the ratio)
    exactly where p is below 0.05. Holders are the units of a side that have the item.
    It `flips` where its sign is lost when one article, group or event is left out, and
    is `constant` where every article has the same share. `degrees` are of t, `error` is
    that of the logarithm of the ratio; an excess is the variance over that of
    independent draws: how strongly an item comes in bursts.
    """

    ratio: Floats
    p: Floats
    low: Floats
    high: Floats
    ratio_low: Floats
    ratio_high: Floats
    target_holders: Whole
    baseline_holders: Whole
    flips: npt.NDArray[np.bool_]
    constant: npt.NDArray[np.bool_]
    degrees: Floats
    error: Floats
    target_excess: Floats
    baseline_excess: Floats

    @property
    def excess(self) -> tuple[Floats, Floats]:
        """Both of them, target first."""
        return self.target_excess, self.baseline_excess


@dataclass(frozen=True)
class Units:
    """What the units of a design are, and how many groups each side has (`sizes`).

    `groups` has the group of each article: itself, its copies or its cluster;
    `clustered`: groups were asked for, so that they hold beside events too.
    """

    kind: Kind
    groups: Whole
    clustered: bool
    sizes: tuple[int, int]


def units_in(design: Design, floors: Floors, cluster: str | None) -> Units:
    """Say what is left out in turn: articles, or events where there are enough."""
    groups = groups_of(design, cluster)
    target = len(np.unique(groups[design.is_target]))
    baseline = len(np.unique(groups[~design.is_target]))
    kind: Kind = "events" if design.strata >= floors.events else "articles"
    return Units(kind, groups, cluster is not None, (target, baseline))


def enough(design: Design, units: Units, floors: Floors) -> bool:
    """Whether there are enough units for a test."""
    if design.target == design.baseline or not design.strata:
        return False
    if units.kind == "events" and not units.clustered:
        return True
    small, large = sorted(units.sizes)
    least = floors.lopsided if large > LOPSIDED * small else floors.articles
    return small >= least and bool(design.articles_by_cell.min() >= 2)


def estimates(
    design: Design,
    units: Units,
    floors: Floors,
    which: Whole | None = None,
    *,
    level: float = LEVEL,
    untested: Estimates | None = None,
) -> Estimates:
    """Test some items, or all, and give their intervals at a level.

    Items that too few units of a side have are tested only by `compare.separation`.
    What needs no test is given for all, from `untested` where that is there.
    """
    whole = untested or without_test(design, events=units.kind == "events")
    chosen = np.arange(len(design.items)) if which is None else which
    values = {field.name: getattr(whole, field.name).copy() for field in fields(whole)}
    for first in range(0, len(chosen), CHUNK):
        columns = chosen[first : first + CHUNK]
        part = _estimates(design, units, floors, columns, level)
        for name, numbers in values.items():
            numbers[columns] = getattr(part, name)
    return Estimates(**values)


def without_test(design: Design, *, events: bool | None = None) -> Estimates:
    """Give what there is where nothing is tested: the ratio, and whether it is firm."""
    unknown = np.full(len(design.items), np.nan)
    nothing = np.zeros(len(design.items), dtype=bool)
    ratio, flips, holders = unknown, nothing, (nothing.astype(np.int64),) * 2
    constant = nothing
    if len(design.items):
        events = design.strata > 1 if events is None else events
        groups = None if events else np.arange(len(design.articles))
        target, baseline = sides(design, slice(None), groups)
        ratio = target.level / baseline.level
        flips = _flips(target, baseline, np.log(ratio))
        holders = target.holders, baseline.holders
        constant = _constant(design)
    numbers = {
        field.name: unknown for field in fields(Estimates) if field.type == "Floats"
    }
    return Estimates(
        **numbers | {"ratio": ratio},
        target_holders=holders[0],
        baseline_holders=holders[1],
        flips=flips,
        constant=constant,
    )


def adjusted(p: Floats) -> Floats:
    """Adjust p-values for the false discovery rate within one family.

    Benjamini & Hochberg (1995), https://doi.org/10.1111/j.2517-6161.1995.tb02031.x.

    >>> adjusted(np.array([0.01, 0.04, 0.03])).tolist()
    [0.03, 0.04, 0.04]
    """
    order = np.argsort(p)
    scaled = p[order] * len(p) / np.arange(1, len(p) + 1)
    q = np.empty(len(p))
    q[order] = np.minimum.accumulate(scaled[::-1])[::-1]
    return np.minimum(q, 1.0)


def for_all(p: Floats) -> Floats:
    """Adjust p-values so that they hold for all items of a family at once.

    Holm (1979), Scandinavian J. of Statistics 6, https://www.jstor.org/stable/4615733.

    >>> for_all(np.array([0.01, 0.04, 0.03])).round(2).tolist()
    [0.03, 0.06, 0.06]
    """
    order = np.argsort(p)
    scaled = p[order] * np.arange(len(p), 0, -1)
    held = np.empty(len(p))
    held[order] = np.maximum.accumulate(scaled)
    return np.minimum(held, 1.0)


def selected_level(q: Floats) -> float:
    """Give the level of intervals of items that are picked from a family.

    With R items of q at most 0.05 among m, 1 - 0.05 R / m; without any, R is 1, so that
    they hold for all at once (Benjamini & Yekutieli,
    https://doi.org/10.1198/016214504000001907).

    >>> selected_level(np.array([0.01, 0.2, 0.3, 0.4, 0.5]))
    0.99
    """
    picked = max(int((q <= ALPHA).sum()), 1)
    return 1.0 - ALPHA * picked / max(len(q), 1)


def _estimates(
    design: Design, units: Units, floors: Floors, columns: Whole, level: float
) -> Estimates:
    """Estimate a part of the items."""
    target, baseline = sides(
        design, columns, None if units.kind == "events" else units.groups
    )
    logarithm = np.log(target.level / baseline.level)
    parts = variances(target, baseline, paired=units.kind == "events")
    if units.kind == "events" and units.clustered:
        grouped = sides(design, columns, units.groups)
        parts = parts.or_larger(variances(*grouped, paired=False))
    error = np.sqrt(parts.whole)
    constant = _constant(design, columns)
    t = np.asarray(stdtrit(parts.degrees, (1 + level) / 2), dtype=float)
    least_down = _least_reach(target, level, floors)
    least_up = _least_reach(baseline, level, floors)
    high = _highest(target.level, baseline.level, parts, t, least_up)
    low = -_highest(baseline.level, target.level, parts.swapped(), t, least_down)
    difference = target.share - baseline.share
    made = Estimates(
        ratio=np.exp(logarithm),
        p=np.maximum(
            2 * stdtr(parts.degrees, -np.abs(logarithm) / error),
            _holder_p(target, baseline, logarithm, floors),
        ),
        low=np.clip(np.minimum(low, difference), -1, 1),
        high=np.clip(np.maximum(high, difference), -1, 1),
        ratio_low=np.exp(logarithm - _reach(t * error, least_down)),
        ratio_high=np.exp(logarithm + _reach(t * error, least_up)),
        target_holders=target.holders,
        baseline_holders=baseline.holders,
        flips=_flips(target, baseline, logarithm),
        constant=constant,
        degrees=parts.degrees,
        error=error,
        target_excess=parts.target * (target.count + 0.5),
        baseline_excess=parts.baseline * (baseline.count + 0.5),
    )
    return _where_tested(made, target, baseline, parts, floors, level)


@dataclass(frozen=True, eq=False)
class Variances:
    """Variances of the logarithms of both shares, and their degrees of freedom."""

    target: Floats
    baseline: Floats
    shared: Floats  # covariance: events are the same on both sides
    degrees: Floats
    target_degrees: Floats
    baseline_degrees: Floats

    @property
    def whole(self) -> Floats:
        """The variance of the logarithm of the ratio."""
        return self.target + self.baseline - 2 * self.shared

    def swapped(self) -> Variances:
        """Let target and baseline change places."""
        return replace(
            self,
            target=self.baseline,
            baseline=self.target,
            target_degrees=self.baseline_degrees,
            baseline_degrees=self.target_degrees,
        )

    def or_larger(self, other: Variances) -> Variances:
        """Take, item by item, whichever variance is larger."""
        larger = other.whole > self.whole
        return Variances(
            **{
                field.name: np.where(
                    larger, getattr(other, field.name), getattr(self, field.name)
                )
                for field in fields(Variances)
            }
        )


def variances(target: Side, baseline: Side, *, paired: bool) -> Variances:
    """Give the jackknife's variances; never below a part of independent draws'."""
    first, second = moves(target), moves(baseline)
    a, b = first.spread(), second.spread()
    kind = "events" if paired else "articles"
    a_degrees = a.degrees(target.holders, kind)
    b_degrees = b.degrees(baseline.holders, kind)
    one = np.maximum(a.variance, least_variance(target))
    two = np.maximum(b.variance, least_variance(baseline))
    if not paired:
        degrees = (one + two) ** 2 / (one**2 / a_degrees + two**2 / b_degrees)
        shared = np.zeros(len(one))
    else:
        both = first.minus(second).spread()
        fewer = np.minimum(target.holders, baseline.holders)
        degrees = both.degrees(fewer, kind)
        least = least_variance(target) + least_variance(baseline)
        whole = np.maximum(both.variance, least)
        shared = (one + two - whole) / 2
    return Variances(one, two, shared, degrees, a_degrees, b_degrees)


def _holder_p(
    target: Side, baseline: Side, logarithm: Floats, floors: Floors
) -> Floats:
    """Give p of so many holders on the side that has more, given enough for a test.

    Where few units would have an item, those tested are the ones that have more by
    chance: so many must be improbable among those tested, if the share were the other
    side's.
    """
    more = logarithm > 0
    holders = np.where(more, target.holders, baseline.holders)
    units = np.where(more, len(target.n), len(baseline.n))
    expected = holders * np.exp(-np.abs(logarithm))
    return _at_least(holders, units, expected, floors)


def _least_reach(side: Side, level: float, floors: Floors) -> Floats:
    """Give how far an interval reaches at least, by the same test of holders."""
    units = len(side.n)
    holders, back = np.unique(side.holders.astype(float), return_inverse=True)
    low, high = np.full(len(holders), -FARTHEST), np.zeros(len(holders))
    for _ in range(STEPS):
        middle = (low + high) / 2
        many = _at_least(holders, units, holders * np.exp(middle), floors)
        rejected = many < 1 - level
        low, high = np.where(rejected, middle, low), np.where(rejected, high, middle)
    reach: Floats = -high[back.ravel()]
    return reach


def _at_least(
    holders: Floats, units: Floats | int, expected: Floats, floors: Floors
) -> Floats:
    """Give the probability of at least so many holders among those that pass."""
    share = np.minimum(expected / units, 1.0)
    many = bdtrc(np.maximum(holders - 1, -1), units, share)
    passed = bdtrc(floors.holders - 1, units, share)
    ratio = np.divide(many, passed, out=np.zeros(len(share)), where=passed > 0)
    return np.where(holders <= floors.holders, 1.0, np.minimum(ratio, 1.0))


def _reach(reach: Floats, least: Floats) -> Floats:
    """Give how far an interval reaches, as a logarithm."""
    return np.minimum(np.maximum(reach, least), FARTHEST)


def _highest(
    target: Floats, baseline: Floats, parts: Variances, t: Floats, least: Floats
) -> Floats:
    """Give the largest difference that the test does not reject.

    That shares differ by d is tested by the log ratio, d added to what is to be
    smaller.
    """
    start = np.log(target / baseline) + np.maximum(t * np.sqrt(parts.whole), least)
    more = start > 0
    wide = np.maximum(parts.target, parts.whole)
    low = np.where(more, 0.0, target - baseline)
    reach = np.maximum(t * np.sqrt(wide), least)
    reach = np.minimum(reach, -np.log(target))  # a difference is at most 1
    high = np.where(more, target * np.exp(reach), 0.0)
    for _ in range(STEPS):
        middle = (low + high) / 2
        above = target + np.maximum(-middle, 0.0)
        below = baseline + np.maximum(middle, 0.0)
        up, down = target / above, baseline / below
        variance = parts.target * up**2 + parts.baseline * down**2
        variance = variance - 2 * parts.shared * up * down
        far = np.maximum(t * np.sqrt(np.maximum(variance, 0.0)), least)
        kept = np.log(above / below) + far > 0
        # going up in d the statistic falls
        low, high = np.where(kept, middle, low), np.where(kept, high, middle)
    return np.where(more, np.maximum(high, 0.0), np.minimum(high, 0.0))


def _constant(
    design: Design, columns: Whole | slice = slice(None)
) -> npt.NDArray[np.bool_]:
    """Whether all articles have the same share of an item."""
    k = csc_array(design.k[:, columns])  # type: ignore[index]
    shares = k.data / design.n[k.indices]
    item = np.repeat(np.arange(k.shape[1]), np.diff(k.indptr))
    low, high = np.full(k.shape[1], np.inf), np.zeros(k.shape[1])
    np.minimum.at(low, item, shares)
    np.maximum.at(high, item, shares)
    everywhere = np.diff(k.indptr) == k.shape[0]
    constant: npt.NDArray[np.bool_] = everywhere & (high - low < 1e-12)
    return constant


def _flips(target: Side, baseline: Side, logarithm: Floats) -> npt.NDArray[np.bool_]:
    """Whether leaving out one unit loses the sign."""
    lowest, highest = moves(target).extremes()
    below, above = moves(baseline).extremes()
    down = np.minimum(lowest, -above)
    up = np.maximum(highest, -below)
    return np.where(logarithm > 0, logarithm + down <= 0, logarithm + up >= 0)


def _where_tested(
    made: Estimates,
    target: Side,
    baseline: Side,
    parts: Variances,
    floors: Floors,
    level: float,
) -> Estimates:
    """Keep what may be tested, and test apart what one side hardly has."""
    fewest = np.minimum(made.target_holders, made.baseline_holders)
    tested = (fewest >= floors.holders) & ~made.constant
    names = ("p", "low", "high", "ratio_low", "ratio_high")
    values = {name: np.where(tested, getattr(made, name), np.nan) for name in names}
    for sign, full, bare, spread in (
        (1, target, baseline, parts),
        (-1, baseline, target, parts.swapped()),
    ):
        chosen = (full.holders >= floors.holders) & (bare.holders < floors.holders)
        which = np.flatnonzero(chosen & ~made.constant & would_show(full, bare))
        if not len(which):
            continue
        apart = separated(full, bare, spread.target, spread.target_degrees, which)
        values["p"][which] = apart.p()
        ratio, least, most = apart.limits(np.full(len(which), level))
        gap = (full.share - bare.share)[which]
        low = np.clip(np.minimum(least, gap), -1, 1)
        high = np.clip(np.maximum(most, gap), -1, 1)
        values["low"][which] = low if sign > 0 else -high
        values["high"][which] = high if sign > 0 else -low
        open_end = np.full(len(which), np.inf)
        values["ratio_low"][which] = ratio if sign > 0 else 1.0 / open_end
        values["ratio_high"][which] = open_end if sign > 0 else 1.0 / ratio
    return replace(made, **values)
