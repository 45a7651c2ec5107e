"""Jackknife: how far each article, cluster or event moves the logarithm of a share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csc_array, csr_array

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Whole = npt.NDArray[np.int64]

PER_HOLDER = 1.25
"""Degrees of freedom per unit that has the item: what few articles hold varies more
than many articles suggest. From the rows of ``benchmarks.calibration``."""

TAILS = {"articles": 2.2, "events": 1.5}
"""Degrees of freedom shrink with the fourth moment of the moves, by this factor:
2 would be right for their variance; events are fewer and rougher than articles."""

LEAST_VARIANCE = 0.25
"""The variance is at least this part of that of independent draws, so that articles
which happen to be alike do not look certain."""

HEAVIEST = 0.5
"""The variance is at least this part of the square that taking out the unit moves that
has most of an item: what hangs on a single unit is uncertain."""

ROUNDING = 1e-12
"""Moves that differ by less, squared and as a part of what was taken, are alike."""

ALMOST = 1.0 - 1e-12
"""The largest part of a share that one unit can take away."""


@dataclass(frozen=True, eq=False)
class Side:
    """One outlet as units that can be left out.

    `k` (units, items) is what each unit adds to the outlet's share: columns sum to the
    shares. `n` is the weight of each unit; sums to 1. Units are compared within a
    `stratum`. `half` a count, as a share, is added to each share before its logarithm
    is taken; `count` is how often an item was counted, `size` the total of each unit.
    """

    k: csr_array
    n: Floats
    stratum: Whole
    half: float
    count: Floats
    size: Floats

    @cached_property
    def grain(self) -> float:
        """One count as a share of a unit, on average."""
        return float((1.0 / self.size).mean())

    @cached_property
    def share(self) -> Floats:
        """The share of each item."""
        return np.asarray(self.k.sum(axis=0), dtype=float).ravel()

    @property
    def level(self) -> Floats:
        """The share with half a count added."""
        return self.share + self.half

    @cached_property
    def holders(self) -> Whole:
        """How many units have each item."""
        return np.bincount(self.k.indices, minlength=self.k.shape[1])

    @cached_property
    def dense(self) -> Floats:
        """The share that the units have that have an item at all, on average."""
        share = self.k.data / np.repeat(self.n, np.diff(self.k.indptr))
        added = np.bincount(self.k.indices, share, self.k.shape[1])
        return np.asarray(added / np.maximum(self.holders, 1))


@dataclass(frozen=True, eq=False)
class Moves:
    """How far the logarithm moves when a unit is left out: (units, items).

    The move is ``weight[unit] * slope[stratum, item] + extra[unit, item]``; only the
    last part is stored item by item, and only for units that have the item.
    """

    weight: Floats
    slope: Floats
    extra: csr_array
    stratum: Whole

    def minus(self, other: Moves) -> Moves:
        """Give the moves of a difference of logarithms, where units are the same."""
        return Moves(
            self.weight,
            self.slope - other.slope,
            csr_array(self.extra - other.extra),
            self.stratum,
        )

    def spread(self) -> Spread:
        """Add up the moves within strata."""
        strata, items = self.slope.shape
        size = np.bincount(self.stratum, minlength=strata).astype(float)[:, None]
        entries = self.extra.tocoo()
        stratum = self.stratum[entries.row]
        base = self.weight[entries.row] * self.slope[stratum, entries.col]
        whole = base + entries.data
        place = stratum * items + entries.col
        sums = []
        weight, slope = np.ones(len(self.weight)), np.ones(self.slope.shape)
        with_item, without = np.ones(len(whole)), np.ones(len(whole))
        for _ in range(4):
            weight, slope = weight * self.weight, slope * self.slope
            with_item, without = with_item * whole, without * base
            weights = np.bincount(self.stratum, weight, strata)[:, None]
            more = np.bincount(place, with_item - without, strata * items)
            sums.append(slope * weights + more.reshape(strata, items))
        mean = sums[0] / size
        second = np.maximum(sums[1] - size * mean**2, 0.0)
        fourth = sums[3] - 4 * mean * sums[2] + 6 * mean**2 * sums[1]
        fourth = np.maximum(fourth - 3 * size * mean**4, 0.0)
        taken = np.bincount(self.stratum, self.weight**2, strata)[:, None]
        alike = second <= ROUNDING * self.slope**2 * taken
        second, fourth = np.where(alike, 0.0, second), np.where(alike, 0.0, fourth)
        shrink = (size - 1) / size
        second, fourth = second * shrink, fourth * shrink**2
        return Spread(second.sum(axis=0), fourth.sum(axis=0), second, size[:, 0])

    def heaviest(self) -> Floats:
        """Give the least variance of each item, from its heaviest unit."""
        entries = self.extra.tocoo()
        slope = self.slope[self.stratum[entries.row], entries.col]
        lowest = np.zeros(self.slope.shape[1])
        moved = self.weight[entries.row] * slope + entries.data
        np.minimum.at(lowest, entries.col, moved)
        variance: Floats = HEAVIEST * np.log1p(np.maximum(lowest, -ALMOST)) ** 2
        return variance

    def extremes(self) -> tuple[Floats, Floats]:
        """Give the lowest and the highest move of each item over all units."""
        items = self.slope.shape[1]
        low, high = np.full(items, np.inf), np.full(items, -np.inf)
        for stratum, slope in enumerate(self.slope):
            rows = np.flatnonzero(self.stratum == stratum)
            rows = rows[np.argsort(-self.weight[rows], kind="stable")]
            weight = self.weight[rows]
            extra = csc_array(self.extra[rows])
            extra.sort_indices()
            size = np.diff(extra.indptr)
            column = np.repeat(np.arange(items), size)
            moved = weight[extra.indices] * slope[column] + extra.data
            np.minimum.at(low, column, moved)
            np.maximum.at(high, column, moved)
            # of units without the item, the heaviest and the lightest move it most
            place = np.arange(len(column)) - extra.indptr[column]
            first = np.bincount(column, extra.indices == place, items)
            back = extra.indices - len(rows) == place - size[column]
            last = len(rows) - 1 - np.bincount(column, back, items)
            there = size < len(rows)
            for unit in (first, last):
                move = weight[np.clip(unit, 0, len(rows) - 1).astype(int)] * slope
                low = np.where(there, np.minimum(low, move), low)
                high = np.where(there, np.maximum(high, move), high)
        return low, high


@dataclass(frozen=True, eq=False)
class Spread:
    """Sums of moves: the variance of the logarithm, and how firm it is.

    `by_stratum` (strata, items) adds up to `variance`; `size` is units in each stratum.
    """

    variance: Floats
    fourth: Floats
    by_stratum: Floats
    size: Floats

    def degrees(self, holders: Whole, kind: str) -> Floats:
        """Give the degrees of freedom of the variance, item by item.

        The smallest of three: units less strata, those that the item's holders allow,
        and those that the fourth moment allows: Satterthwaite (1946),
        https://doi.org/10.2307/3002019.
        """
        units = self.size.sum()
        free = np.maximum(self.size - 1, 1)[:, None]
        with np.errstate(divide="ignore", invalid="ignore"):
            within = self.variance**2 / (self.by_stratum**2 / free).sum(axis=0)
            within = np.where(self.variance > 0, within, free.sum())
            excess = self.fourth / self.variance**2 - 1 / units
            tails = TAILS[kind] / np.maximum(excess, 1e-9)
        degrees: Floats = np.fmin(np.fmin(within, PER_HOLDER * holders), tails)
        return np.maximum(np.nan_to_num(degrees, nan=1.0), 1.0)


def moves(side: Side, *, exact: bool = True) -> Moves:
    """Leave out each unit in turn, and see how far the logarithm of the share moves.

    A unit that has more of the item than its weight is taken out exactly, if asked
    for; others linearly: they move the share by little, and only units that have the
    item need storing.
    """
    strata = int(side.stratum.max()) + 1
    size = np.bincount(side.stratum, minlength=strata)
    whole = np.bincount(side.stratum, side.n, strata)
    into = csr_array(
        (np.ones(len(side.n)), (side.stratum, np.arange(len(side.n)))),
        shape=(strata, len(side.n)),
    )
    share = (into @ side.k).toarray() / whole[:, None]
    level = side.level
    slope = share / level
    left = 1.0 - side.n / whole[side.stratum]
    weight = np.divide(side.n, left, out=np.zeros(len(left)), where=left > 1e-12)
    weight[size[side.stratum] < 2] = 0.0
    entries = side.k.tocoo()
    base = weight[entries.row] * slope[side.stratum[entries.row], entries.col]
    took = np.zeros(len(entries.data))
    can = weight[entries.row] > 0
    took[can] = (
        entries.data[can] / left[entries.row[can]] / level[entries.col[can]] - base[can]
    )
    moved = -took
    if exact:
        moved = np.where(took > 0, np.log1p(-np.clip(took, 0, ALMOST)), moved)
    extra = csr_array((moved - base, (entries.row, entries.col)), shape=side.k.shape)
    return Moves(weight, slope, extra, side.stratum)


def least_variance(side: Side) -> Floats:
    """Give what the variance is at least: a part of that of independent draws.

    Where nearly all of a side is the item, by the rule of three: three more could be
    others.
    """
    unlike = np.maximum(LEAST_VARIANCE * (1.0 - side.share), 3.0 / (side.count + 3.0))
    return unlike / (side.count + 0.5)
