"""Inference: tests and intervals, given only where their error rates were measured."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtrit

from framelens.compare.arrangements import arrangements_of
from framelens.compare.estimate import CHUNK, event_differences
from framelens.compare.inversion import invert
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
    low, high, p, q : array (items,)
        NaN where not given.
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
    constant: npt.NDArray[np.bool_]
    tested: int = 0
    number: int = 0
    exact: bool = True
    smallest_p: float = field(default=np.nan)
    smallest_q: float = field(default=np.nan)


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
    nothing = np.full(len(design.items), np.nan)
    which = np.flatnonzero(tested)
    kind = kind_of(design, floors)
    constant = np.zeros(len(design.items), dtype=bool)
    if kind is None or not len(which):
        return Inference(nothing, nothing, nothing, nothing, constant)
    arrangements = arrangements_of(design)
    rng = np.random.default_rng(seed)
    difference, error = _observed(design, which, kind)
    varies = error > 0
    constant[which[~varies]] = True
    which, difference, error = which[varies], difference[varies], error[varies]
    size = min(max(LEAST_ARRANGEMENTS, 20 * len(which)), MOST_ARRANGEMENTS)
    p, low, high, q = (nothing.copy() for _ in range(4))
    p[which] = _p_values(
        design, which, kind, arrangements, size, rng, difference, error
    )
    if kind == "events":
        reach = stdtrit(design.strata - 1, (1 + LEVEL) / 2) * error
        low[which], high[which] = difference - reach, difference + reach
    elif min(design.sizes) >= floors.intervals:
        low[which], high[which] = invert(
            design, which, arrangements, difference, error, level=LEVEL, rng=rng
        )
    number = arrangements.number if arrangements.few else size
    smallest = arrangements.mirrored / arrangements.number
    if not arrangements.few:
        smallest = max(smallest, 1 / (size + 1))
    smallest_q = min(1.0, smallest * max(len(which), 1))
    if smallest_q <= LARGEST_Q:
        q[which] = adjusted(p[which])
    low, high = np.clip(low, -1, 1), np.clip(high, -1, 1)
    return Inference(
        low,
        high,
        p,
        q,
        constant,
        len(which),
        number,
        arrangements.few,
        smallest,
        smallest_q,
    )


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
    events = event_differences(design, which)
    spread = events.std(axis=0, ddof=1)
    spread[np.ptp(events, axis=0) < 1e-12] = 0.0
    return events.mean(axis=0), spread / np.sqrt(len(events))


def _p_values(
    design: Design,
    which: Whole,
    kind: Kind,
    arrangements: Arrangements,
    size: int,
    rng: np.random.Generator,
    difference: Floats,
    error: Floats,
) -> Floats:
    """Two-sided p of each item: how many arrangements are as extreme as observed.

    References
    ----------
    .. [1] Phipson & Smyth (2010), Statistical Applications in Genetics and Molecular
       Biology 9:39. https://doi.org/10.2202/1544-6115.1585
    """
    observed = (difference / error) ** 2 * (1 - 1e-9)  # rounding makes no tie a miss
    extreme, tried = np.zeros(len(which)), np.zeros(len(which))
    active = np.arange(len(which))
    width = min(max(CHUNK // max(len(which), 1), 1), LEAST_ARRANGEMENTS)
    settles = not arrangements.few
    for labels in arrangements.batches(size, width, rng):
        values = squared_t(design, which[active], labels, kind)
        extreme[active] += (values >= observed[active, None]).sum(axis=1)
        tried[active] += len(labels)
        if settles and len(active) and tried[active[0]] >= LEAST_ARRANGEMENTS:
            active = active[extreme[active] + 1 <= SETTLED * (tried[active] + 1)]
            settles = False
        if not len(active):
            break
    if arrangements.few:
        return extreme / tried
    p: Floats = (extreme + 1) / (tried + 1)
    return p
