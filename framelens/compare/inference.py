"""Inference: tests and intervals, given only where their error rates were measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from framelens.compare.arrangements import arrangements_of
from framelens.compare.estimate import CHUNK, event_shares
from framelens.compare.event_intervals import event_intervals, weighted_error
from framelens.compare.inversion import ARRANGEMENTS, invert
from framelens.compare.statistic import squared_t, unclustered, varies_within_sides

if TYPE_CHECKING:
    import numpy.typing as npt

    from framelens.compare.arrangements import Arrangements
    from framelens.compare.design import Design
    from framelens.compare.statistic import Kind
    from framelens.compare.strata import Floats, Whole

LEVEL = 0.95
"""The level of every interval."""

LARGEST_Q = 0.05
"""q is given only where one item by itself could reach it."""

LEAST_ARRANGEMENTS = 2_000
"""A random sample of arrangements is never smaller."""

MOST_ARRANGEMENTS = 50_000
"""The cap: 20 arrangements per item up to here, enough for 2,500 items."""

SETTLED = 0.2
"""Items whose p is above this after the first batch are not refined further."""


GIVEN = ("low", "high", "p", "q", "p_max", "low_selected", "high_selected")
"""What is given item by item, where it is."""


@dataclass(frozen=True)
class Floors:
    """The smallest designs for which tests and intervals are given.

    Intervals meant to hold in 95 of 100 cases are given where the calibration in
    ``benchmarks/RESULTS.md`` found them to hold in at least 90; lower floors are at
    the analyst's own risk.

    Attributes
    ----------
    articles : int
        Articles a side for a test, where there is one event (or none is given).
    intervals : int
        Articles a side for an interval there.
    events : int
        Shared events for test and interval, where there are several.
    """

    articles: int = 5
    intervals: int = 12
    events: int = 6


FLOORS = Floors()
"""What `contrast` uses unless told otherwise."""


@dataclass(frozen=True, eq=False)
class Inference:
    """What was inferred, item by item, and how far the design can reach.

    Attributes
    ----------
    low, high, p, q, p_max : array (items,)
        NaN where not given; ``p_max`` holds for all tested items at once.
    low_selected, high_selected : array (items,)
        Wider intervals of the items with q of at most 0.05; NaN for the rest.
    constant : array of bool (items,)
        There is no variation to test against.
    tested : int
        The items in the family.
    number : int
        Arrangements tried.
    exact : bool
        Whether these are all there are.
    smallest_p, smallest_q : float
        What one item alone can reach at best; NaN where nothing is tested.
    """

    low: Floats
    high: Floats
    p: Floats
    q: Floats
    p_max: Floats
    low_selected: Floats
    high_selected: Floats
    constant: npt.NDArray[np.bool_]
    tested: int
    number: int
    exact: bool
    smallest_p: float
    smallest_q: float


def kind_of(design: Design, floors: Floors) -> Kind | None:
    """Over what a test is made: events, the articles of one event, or not at all."""
    if design.target == design.baseline:
        return None
    if design.strata > 1:
        return "events" if design.strata >= floors.events else None
    enough = design.strata == 1 and min(design.sizes) >= floors.articles
    return "articles" if enough and design.articles_by_cell.min() >= 2 else None


def infer(
    design: Design, tested: npt.NDArray[np.bool_], *, floors: Floors, seed: int
) -> Inference:
    """Test the items in `tested`, and give their intervals.

    Parameters
    ----------
    design : Design
    tested : array of bool (items,)
        Chosen without a look at the labels.
    floors : Floors
    seed : int
    """
    which = np.flatnonzero(tested)
    kind = kind_of(design, floors)
    constant = np.zeros(len(design.items), dtype=bool)
    values = {name: np.full(len(design.items), np.nan) for name in GIVEN}
    if kind is None or not len(which):
        return Inference(
            **values,
            constant=constant,
            tested=0,
            number=0,
            exact=True,
            smallest_p=np.nan,
            smallest_q=np.nan,
        )
    arrangements = arrangements_of(design)
    rng = np.random.default_rng(seed)
    difference, error = _observed(design, which, kind)
    varies = error > 0
    constant[which[~varies]] = True
    which, difference, error = which[varies], difference[varies], error[varies]
    size = arrangements_for(len(which))
    observed = squared_t(design, which, design.is_target[None, :], kind)[:, 0]
    values["p"][which], values["p_max"][which] = _p_values(
        design, which, kind, arrangements, size, rng, observed
    )
    smallest = arrangements.mirrored / arrangements.number
    if not arrangements.few:
        smallest = max(smallest, 1 / (size + 1))
    smallest_q = min(1.0, smallest * max(len(which), 1))
    if smallest_q <= LARGEST_Q:
        values["q"][which] = adjusted(values["p"][which])
    if kind == "events" or min(design.sizes) >= floors.intervals:
        interval = _Interval(design, kind, arrangements, rng)
        both = interval(which, difference, error, LEVEL)
        values["low"][which], values["high"][which] = both
        picked = values["q"][which] <= LARGEST_Q
        if picked.any():
            level = selected_level(int(picked.sum()), len(which))
            both = interval(which[picked], difference[picked], error[picked], level)
            low, high = values["low_selected"], values["high_selected"]
            low[which[picked]], high[which[picked]] = both
    return Inference(
        **values,
        constant=constant,
        tested=len(which),
        number=arrangements.number if arrangements.few else size,
        exact=arrangements.few,
        smallest_p=smallest,
        smallest_q=smallest_q,
    )


def arrangements_for(items: int) -> int:
    """How many arrangements are tried for so many items: 20 an item, within limits.

    Examples
    --------
    >>> arrangements_for(5), arrangements_for(300), arrangements_for(9_000)
    (2000, 6000, 50000)
    """
    return min(max(LEAST_ARRANGEMENTS, 20 * items), MOST_ARRANGEMENTS)


def selected_level(selected: int, tested: int) -> float:
    """Give the level of intervals for items that were selected by their q.

    References
    ----------
    .. [1] Benjamini & Yekutieli (2005), J. American Statistical Association 100,
       71-81. https://doi.org/10.1198/016214504000001907

    Examples
    --------
    >>> selected_level(10, 500)
    0.999
    """
    return 1.0 - (1.0 - LEVEL) * selected / tested


@dataclass(frozen=True, eq=False)
class _Interval:
    """Intervals of one design, at any level."""

    design: Design
    kind: Kind
    arrangements: Arrangements
    rng: np.random.Generator

    def __call__(
        self, which: Whole, difference: Floats, error: Floats, level: float
    ) -> tuple[Floats, Floats]:
        if self.kind == "events":
            shares = event_shares(self.design, which)
            weight = self.design.event_weight
            return event_intervals(*shares, level=level, weight=weight)
        needed = int(np.clip(10 / (1 - level), ARRANGEMENTS, MOST_ARRANGEMENTS))
        low, high = invert(
            self.design,
            which,
            self.arrangements,
            difference,
            error,
            level=level,
            rng=self.rng,
            size=needed,
        )
        return np.clip(low, -1, 1), np.clip(high, -1, 1)


def adjusted(p: Floats) -> Floats:
    """Adjust p-values for the false discovery rate within one family.

    References
    ----------
    .. [1] Benjamini & Hochberg (1995), J. Royal Statistical Society B 57, 289-300.
       https://doi.org/10.1111/j.2517-6161.1995.tb02031.x

    Examples
    --------
    >>> adjusted(np.array([0.01, 0.04, 0.03])).tolist()
    [0.03, 0.04, 0.04]
    """
    order = np.argsort(p)
    scaled = p[order] * len(p) / np.arange(1, len(p) + 1)
    q = np.empty(len(p))
    q[order] = np.minimum.accumulate(scaled[::-1])[::-1]
    return np.minimum(q, 1.0)


def _observed(design: Design, which: Whole, kind: Kind) -> tuple[Floats, Floats]:
    """Give the difference of each item and its standard error."""
    if kind == "articles":
        labels = design.is_target[None, :]
        gap, variance = unclustered(design, which, labels)
        varies = varies_within_sides(design, which)
        return gap[:, 0], np.where(varies, np.sqrt(variance[:, 0]), 0.0)
    target, baseline = event_shares(design, which)
    events = target - baseline
    error = weighted_error(events, design.event_weight)
    error[np.ptp(events, axis=0) < 1e-12] = 0.0
    return design.event_weight @ events, error


def _p_values(
    design: Design,
    which: Whole,
    kind: Kind,
    arrangements: Arrangements,
    size: int,
    rng: np.random.Generator,
    observed: Floats,
) -> tuple[Floats, Floats]:
    """Two-sided p of each item: how many arrangements are as extreme as observed.

    The second p is that of the largest of all items' statistics, stepped down from
    the item that is furthest out [2]_; it rests on the first arrangements only.

    References
    ----------
    .. [1] Phipson & Smyth (2010), Statistical Applications in Genetics and Molecular
       Biology 9:39. https://doi.org/10.2202/1544-6115.1585
    .. [2] Westfall & Young (1993), Resampling-Based Multiple Testing, algorithm 4.1.
    """
    observed = observed * (1 - 1e-9)  # rounding makes no tie a miss
    extreme, tried = np.zeros(len(which)), np.zeros(len(which))
    active, order = np.arange(len(which)), np.argsort(observed)
    beyond, dealt = np.zeros(len(which)), 0
    width = min(max(CHUNK // max(len(which), 1), 1), LEAST_ARRANGEMENTS)
    settles = True
    for labels in arrangements.batches(size, width, rng):
        values = squared_t(design, which[active], labels, kind)
        extreme[active] += (values >= observed[active, None]).sum(axis=1)
        tried[active] += len(labels)
        if settles:
            largest = np.maximum.accumulate(values[order], axis=0)
            beyond[order] += (largest >= observed[order, None]).sum(axis=1)
            dealt += len(labels)
            if not arrangements.few and dealt >= LEAST_ARRANGEMENTS:
                active = active[extreme[active] + 1 <= SETTLED * (tried[active] + 1)]
                settles = False
        if not len(active):
            break
    own = 0 if arrangements.few else 1
    p = (extreme + own) / np.maximum(tried + own, 1)
    p_max = (beyond + own) / max(dealt + own, 1)
    stepped = np.maximum.accumulate(p_max[order[::-1]])
    p_max[order[::-1]] = stepped
    return p, p_max
