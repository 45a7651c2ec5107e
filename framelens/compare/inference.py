"""Inference: one statistic from which p, q and every interval follow."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Literal

import numpy as np
from scipy.sparse import csc_array, csr_array
from scipy.special import bdtrc, stdtrit

from framelens.compare.design import chunks
from framelens.compare.exchange import MANY, alike, dealt
from framelens.compare.jackknife import least_variance, moves
from framelens.compare.limits import SMALLEST, Above, Holding
from framelens.compare.separation import supposed_share, usual_shares, would_show
from framelens.compare.units import LOPSIDED, groups_of, sides

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from framelens.compare.design import Design
    from framelens.compare.exchange import Dealt
    from framelens.compare.jackknife import Floats, Side, Whole
    from framelens.compare.units import Floors

    Flags = npt.NDArray[np.bool_]
    Kind = Literal["articles", "events"]

LEVEL = 0.95
"""The level of every interval."""

ALPHA = 1.0 - LEVEL
"""What p and q are held against."""

STEPS = 60
"""Halvings in the search for how many holders there may be."""

FARTHEST = 300.0
"""Ratios are not followed farther than this, as a logarithm."""

MOST = 0.95
"""Sides are taken for correlated at most so closely, and p by dealing is at most so
large: limits would otherwise cancel, or have no bounds."""

LIKELY = (0.15, 0.25)
"""Where t gives a p above these, dealing anew counts in part, or not at all."""

OFTEN, SAMPLE = 10, 1_000
"""Whether sides are alike is seen from items in so many articles, so many at most."""


@dataclass(frozen=True, eq=False)
class Estimates:
    """What was found for each item; NaN where it is not tested.

    `ratio` has half a count added to each share. Limits leave out 0 (1 for the ratio)
    exactly where p is below 0.05. Holders are the units of a side that have the item.
    It `flips` where its sign is lost when one article, group or event is left out, and
    is `constant` where every article has the same share. An excess is the variance over
    that of independent draws: how strongly an item comes in bursts.
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
    `clustered`: groups were asked for, so that they hold beside events too. `alike`:
    how far the sides are, from 0 to 1.
    """

    kind: Kind
    groups: Whole
    clustered: bool
    sizes: tuple[int, int]
    alike: float = 0.0


def units_in(design: Design, floors: Floors, cluster: str | None) -> Units:
    """Say what is left out in turn: articles, or events where there are enough."""
    groups = groups_of(design, cluster)
    target = len(np.unique(groups[design.is_target]))
    baseline = len(np.unique(groups[~design.is_target]))
    kind: Kind = "events" if design.strata >= floors.events else "articles"
    units = Units(kind, groups, cluster is not None, (target, baseline))
    if not enough(design, units, floors):
        return units
    found_in = np.bincount(csr_array(design.k).indices, minlength=len(design.items))
    often = np.flatnonzero(found_in >= OFTEN)
    sample = often[:: len(often) // SAMPLE + 1]
    return replace(units, alike=alike(_cuts(design, units, sample, always=True)))


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
    found = once_tested(design, units, floors, which)
    return found.at(level, untested=untested)


def p_and_ratio(design: Design, units: Units, floors: Floors) -> tuple[Floats, Floats]:
    """Give p and the ratio of every item, as `estimates` does, and nothing besides.

    For splits and draws, of which there are hundreds: intervals take most of the time.
    """
    p, ratio = np.full((2, len(design.items)), np.nan)
    for columns, test in _tests(design, units, floors, np.arange(len(p))):
        p[columns] = np.where(test.tested, test.p, np.nan)
        ratio[columns] = np.exp(test.logarithm)
    return p, ratio


def without_test(design: Design, *, events: bool | None = None) -> Estimates:
    """Give what there is where nothing is tested: the ratio, and whether it is firm."""
    return _without_test(design, design.strata > 1 if events is None else events)


def _without_test(
    design: Design, events: bool, which: Whole | None = None
) -> Estimates:
    """Give it of some items, or all; of the rest nothing."""
    unknown = np.full(len(design.items), np.nan)
    nothing = np.zeros(len(design.items), dtype=bool)
    ratio, flips, constant = unknown.copy(), nothing.copy(), nothing.copy()
    holders = nothing.astype(np.int64), nothing.astype(np.int64)
    groups = None if events else np.arange(len(design.articles))
    for columns in chunks(design, which):
        target, baseline = sides(design, columns, groups)
        ratio[columns] = target.level / baseline.level
        flips[columns] = _flips(target, baseline, np.log(ratio[columns]))
        holders[0][columns], holders[1][columns] = target.holders, baseline.holders
        constant[columns] = _constant(design, columns)
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


def _cuts(
    design: Design, units: Units, columns: Whole, *, always: bool = False
) -> list[tuple[Side, Side]]:
    """Cut the sides into units; where these are events, into groups too if asked."""
    events = units.kind == "events"
    cuts = [sides(design, columns, None if events else units.groups)]
    if events and (units.clustered or always):
        cuts.append(sides(design, columns, units.groups))
    return cuts


@dataclass(frozen=True, eq=False)
class _Figures:
    """What a test keeps of a side, item by item, once its units are let go."""

    share: Floats
    level: Floats
    holders: Whole
    units: int
    excess: Floats

    @classmethod
    def of(cls, side: Side, variance: Floats) -> _Figures:
        excess = variance * (side.count + 0.5)
        return cls(side.share, side.level, side.holders, len(side.n), excess)


@dataclass(frozen=True, eq=False)
class _Test:
    """What p of each item rests on; where `codes`, whole articles have an item or not.

    `firm` are items that enough units of both sides have, `tested` those with a p.
    """

    target: _Figures
    baseline: _Figures
    above: Above
    below: Above
    codes: bool
    firm: Flags
    tested: Flags
    constant: Flags
    flips: Flags
    logarithm: Floats
    p: Floats


@dataclass(frozen=True, eq=False)
class OnceTested:
    """The tests of some items (`which`), from which intervals at any level follow."""

    design: Design
    floors: Floors
    events: bool
    which: Whole
    parts: list[tuple[Whole, _Test]]

    def at(self, level: float, *, untested: Estimates | None = None) -> Estimates:
        """Give p and intervals at a level; of other items what needs no test."""
        if untested is None:
            others = np.setdiff1d(np.arange(len(self.design.items)), self.which)
            untested = _without_test(self.design, self.events, others)
        values = {
            field.name: getattr(untested, field.name).copy()
            for field in fields(untested)
        }
        for columns, test in self.parts:
            part = _estimates(test, self.floors, level)
            for name, numbers in values.items():
                numbers[columns] = getattr(part, name)
        return Estimates(**values)


def once_tested(
    design: Design, units: Units, floors: Floors, which: Whole | None = None
) -> OnceTested:
    """Test some items, or all, once for intervals at all levels."""
    chosen = np.arange(len(design.items)) if which is None else which
    parts = list(_tests(design, units, floors, chosen, flips=True))
    return OnceTested(design, floors, units.kind == "events", chosen, parts)


def _tests(
    design: Design,
    units: Units,
    floors: Floors,
    which: Whole,
    *,
    flips: bool = False,
) -> Iterator[tuple[Whole, _Test]]:
    """Test items chunk by chunk, each as if all were in one."""
    parts = list(chunks(design, which))
    usual = usual_shares(_cuts(design, units, columns)[0] for columns in parts)
    for columns in parts:
        yield columns, _tested(design, units, floors, columns, usual, flips=flips)


def _tested(
    design: Design,
    units: Units,
    floors: Floors,
    columns: Whole,
    usual: tuple[float, float],
    *,
    flips: bool = False,
) -> _Test:
    """Test a part of the items; events may be cut into units in a second way too."""
    cuts = _cuts(design, units, columns)
    constant = _constant(design, columns)
    paired = units.kind == "events"
    target, baseline = cuts[0]
    codes = not paired and _codes(target, baseline)
    parts = _variances(cuts, paired=paired)
    above = _above(target, baseline, parts, floors, usual, codes=codes)
    back = usual[::-1]
    below = _above(baseline, target, parts.swapped, floors, back, codes=codes)
    firm = _firm(target, baseline, floors)
    if units.alike > 0 and not codes and len(cuts) == 1:
        found = dealt(target, baseline, paired=paired)
        if found is not None:
            part = np.where(firm, units.alike, 0.0)
            above, below = _dealt_anew(above, below, found, part)
    logarithm = np.log(target.level / baseline.level)
    p = np.minimum(above.p(), below.p())
    tested = ~constant
    if not codes:
        tested = firm | _bare(target, baseline, floors, usual)
        tested = (tested | _bare(baseline, target, floors, back)) & ~constant
        # so many holders must be improbable as well
        many = _holder_p(target, baseline, logarithm, floors)
        p = np.where(firm, np.maximum(p, many), p)
    lost = _flips(target, baseline, logarithm) if flips else np.zeros(0, dtype=bool)
    return _Test(
        target=_Figures.of(target, parts.target),
        baseline=_Figures.of(baseline, parts.baseline),
        above=above,
        below=below,
        codes=codes,
        firm=firm,
        tested=tested,
        constant=constant,
        flips=lost,
        logarithm=logarithm,
        p=p,
    )


def _estimates(test: _Test, floors: Floors, level: float) -> Estimates:
    """Give the intervals of tested items."""
    target, baseline, firm = test.target, test.baseline, test.firm
    alpha = np.full(len(test.p), 1.0 - level)
    low, ratio_low = test.above.least(alpha)
    high, ratio_high = test.below.least(alpha)
    if not test.codes:
        down = np.where(firm, target.level * _least(target, level, floors), np.inf)
        up = np.where(firm, baseline.level * _least(baseline, level, floors), np.inf)
        low = np.minimum(low, down - baseline.level)
        high = np.minimum(high, up - target.level)
        ratio_low = np.minimum(ratio_low, down / baseline.level)
        ratio_high = np.minimum(ratio_high, up / target.level)
    difference = target.share - baseline.share
    with np.errstate(divide="ignore"):
        values = {
            "p": test.p,
            "low": np.clip(np.minimum(low, difference), -1, 1),
            "high": np.clip(np.maximum(-high, difference), -1, 1),
            "ratio_low": ratio_low,
            "ratio_high": 1.0 / ratio_high,
        }
    return Estimates(
        ratio=np.exp(test.logarithm),
        **{
            name: np.where(test.tested, value, np.nan) for name, value in values.items()
        },
        target_holders=target.holders,
        baseline_holders=baseline.holders,
        flips=test.flips,
        constant=test.constant,
        target_excess=target.excess,
        baseline_excess=baseline.excess,
    )


def _variances(cuts: list[tuple[Side, Side]], *, paired: bool) -> Variances:
    """Give the variances; of several ways to cut, the larger."""
    parts = variances(*cuts[0], paired=paired, exact=False)
    for pair in cuts[1:]:
        parts = parts.or_larger(variances(*pair, paired=False, exact=False))
    return parts


def _dealt_anew(
    above: Above, below: Above, found: Dealt, part: Floats
) -> tuple[Above, Above]:
    """Stretch t so that p is that of dealing anew, or in part.

    All ways of dealing come close to normal, so that t gets more degrees of freedom,
    and a limit at any level is as far as the level, not as p, would have it. They tell
    of no difference, and say nothing of the limit on its far side.
    """
    p = np.minimum(above.p(), below.p())
    near, far = LIKELY
    part = part * found.part * np.clip((far - p) / (far - near), 0.0, 1.0)
    which = (part > 0) & (found.carriers < MANY)
    apart = np.abs(above.more - above.less)[which]
    by_dealing = np.clip(found.only(which).p(apart), SMALLEST, MOST)
    part = np.where(which, part, 0.0)
    new = p.copy()
    new[which] = np.exp((1 - part) * np.log(p))[which] * by_dealing ** part[which]
    degrees = above.degrees / np.maximum(1.0 - part, 1e-6)
    errors = stdtrit(above.degrees, p / 2)[which]
    stretch = np.ones(len(which))
    stretch[which] = errors / stdtrit(degrees, new / 2)[which]
    return _near(above, degrees, stretch), _near(below, degrees, stretch)


def _near(evidence: Above, degrees: Floats, stretch: Floats) -> Above:
    """Stretch t where a limit may reach no difference; the far limit stays t's."""
    near = evidence.more > evidence.less
    return replace(
        evidence,
        degrees=np.where(near, degrees, evidence.degrees),
        stretch=np.where(near, stretch, np.maximum(stretch, 1.0)),
    )


def _above(
    more: Side,
    less: Side,
    parts: Variances,
    floors: Floors,
    usual: tuple[float, float],
    *,
    codes: bool,
) -> Above:
    """Gather the evidence that the first side's share is above the second's."""
    errors = np.sqrt(parts.target), np.sqrt(parts.baseline)
    together = np.clip(parts.shared / (errors[0] * errors[1]), -MOST, MOST)
    if codes:
        every = np.ones(len(together), dtype=bool)
        one, two = (
            Holding(every, side.holders, len(side.n), np.ones(len(together)))
            for side in (more, less)
        )
        return Above(more.share, less.share, *errors, together, parts.degrees, one, two)
    bare = _bare(more, less, floors, usual)
    full = _bare(less, more, floors, usual[::-1])
    degrees = np.where(bare, parts.target_degrees, parts.degrees)
    return Above(
        more.level,
        less.level,
        np.where(full, np.inf, errors[0]),  # what hardly any unit has may be absent
        errors[1],
        np.where(bare | full, 0.0, together),
        np.where(full, parts.baseline_degrees, degrees),
        None,
        Holding(bare, less.holders, len(less.n), supposed_share(more, less, usual)),
    )


def _firm(target: Side, baseline: Side, floors: Floors) -> Flags:
    """Whether enough units of both sides have an item."""
    firm: Flags = np.minimum(target.holders, baseline.holders) >= floors.holders
    return firm


def _bare(full: Side, bare: Side, floors: Floors, usual: tuple[float, float]) -> Flags:
    """Whether hardly any unit of one side has an item, and that is telling."""
    few = (full.holders >= floors.holders) & (bare.holders < floors.holders)
    telling: Flags = few & would_show(full, bare, usual)
    return telling


def _codes(target: Side, baseline: Side) -> bool:
    """Whether items are codes that whole articles have or not, all in one stratum."""
    alike = target.grain == baseline.grain == 1
    return alike and not target.stratum.any() and not baseline.stratum.any()


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

    @property
    def swapped(self) -> Variances:
        """The same with the sides swapped."""
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


def variances(
    target: Side, baseline: Side, *, paired: bool, exact: bool = True
) -> Variances:
    """Give the jackknife's variances; never below a part of independent draws'."""
    first, second = moves(target, exact=exact), moves(baseline, exact=exact)
    a, b = first.spread(), second.spread()
    kind = "events" if paired else "articles"
    a_degrees = a.degrees(target.holders, kind)
    b_degrees = b.degrees(baseline.holders, kind)
    one = np.maximum(a.variance, least_variance(target))
    two = np.maximum(b.variance, least_variance(baseline))
    if not exact:
        one = np.maximum(one, first.heaviest())
        two = np.maximum(two, second.heaviest())
    if not paired:
        degrees = (one + two) ** 2 / (one**2 / a_degrees + two**2 / b_degrees)
        shared = np.zeros(len(one))
    else:
        both = first.minus(second).spread()
        fewer = np.minimum(target.holders, baseline.holders)
        degrees = both.degrees(fewer, kind)
        least = least_variance(target) + least_variance(baseline)
        more = one + two - a.variance - b.variance
        whole = np.maximum(both.variance + more, least)
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


def _least(side: _Figures, level: float, floors: Floors) -> Floats:
    """Give the part of its share that a side may have by the same test of holders."""
    units = side.units
    holders, back = np.unique(side.holders.astype(float), return_inverse=True)
    low, high = np.full(len(holders), -FARTHEST), np.zeros(len(holders))
    for _ in range(STEPS):
        middle = (low + high) / 2
        many = _at_least(holders, units, holders * np.exp(middle), floors)
        rejected = many < 1 - level
        low, high = np.where(rejected, middle, low), np.where(rejected, high, middle)
    part: Floats = np.exp(high)[back.ravel()]
    return part


def _at_least(
    holders: Floats, units: Floats | int, expected: Floats, floors: Floors
) -> Floats:
    """Give the probability of at least so many holders among those that pass."""
    share = np.minimum(expected / units, 1.0)
    many = bdtrc(np.maximum(holders - 1, -1), units, share)
    passed = bdtrc(floors.holders - 1, units, share)
    ratio = np.divide(many, passed, out=np.zeros(len(share)), where=passed > 0)
    return np.where(holders <= floors.holders, 1.0, np.minimum(ratio, 1.0))


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
