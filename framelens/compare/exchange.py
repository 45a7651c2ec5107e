"""Exchange: how a difference varies if units are dealt out to alike sides anew."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array, vstack
from scipy.special import expit, ndtr

from framelens.compare.jackknife import LEAST_VARIANCE, moves

if TYPE_CHECKING:
    import numpy.typing as npt

    from framelens.compare.jackknife import Floats, Side, Whole

    Flags = npt.NDArray[np.bool_]

ALIKE, UNLIKE = 1.4, 2.0
"""Sides whose variances differ by this factor, times the roots of those of numbers and
lengths, are alike, or no longer alike; in between in part."""

HOLDERS, CARRIERS = (8, 12), (2.0, 3.5)
"""Dealing counts for nothing where so few units have an item, or carry it, and alone
where so many do: with few there are not many ways of dealing, and t finds more. From
`benchmarks.calibration`."""

MANY = 150
"""With so many carriers t is the same."""

DENSE = 4_000_000
"""Strata times items that are looked at together, so that memory stays bounded."""

STEPS, MOST_TILT, SMALL, EDGE = 60, 60.0, 1e-12, 1e-9
"""The search for the saddlepoint: how many steps at most, how far, how near; and the
part of the variance that is left where nothing larger can be."""


def alike(cuts: list[tuple[Side, Side]]) -> float:
    """Say how far two sides are alike over all items: from 0 to 1.

    In how many units there are (of the last cut), how long they are, and how far shares
    vary; of this, one standard error over items is added, so that few items are not
    taken for alike.
    """
    apart = []
    for target, baseline in cuts:
        common = (target.level + baseline.level) / 2
        logs = [np.log(_unit_variance(side, common)) for side in (target, baseline)]
        ratio = logs[0] - logs[1]
        if len(ratio) < 2:
            return 0.0
        error = ratio.std(ddof=1) / np.sqrt(len(ratio))
        apart.append(abs(ratio.mean()) + error)
    many, whole = zip(
        *((len(side.n), side.size.sum()) for side in cuts[-1]), strict=True
    )
    number = np.log(many[0] / many[1])
    length = np.log(whole[0] / whole[1]) - number
    unlike = max(apart) + (abs(number) + abs(length)) / 2
    room = np.log(UNLIKE) - np.log(ALIKE)
    return float(np.clip((np.log(UNLIKE) - unlike) / room, 0.0, 1.0))


def _unit_variance(side: Side, common: Floats) -> Floats:
    """Give the relative variance of a unit's share of each item, at a common share.

    The part that independent draws have depends on the share.
    """
    count = side.count + 0.5
    there = count * common / side.level
    variance = _variance(side) - 1 / count + 1 / there
    unit: Floats = np.maximum(variance, LEAST_VARIANCE / there) * len(side.n)
    return unit


def _variance(side: Side) -> Floats:
    """Give the variance of each item, a few items at a time if strata are many."""
    items = side.k.shape[1]
    dense = (int(side.stratum.max()) + 1) * items
    few = np.array_split(np.arange(items), max(min(dense // DENSE, items // 2), 1))
    parts = [replace(side, k=csr_array(side.k[:, some])) for some in few]
    return np.concatenate([moves(x, exact=False).spread().variance for x in parts])


@dataclass(frozen=True, eq=False)
class Dealt:
    """What a difference of shares becomes if units are dealt out anew, item by item.

    Each entry, a unit that has the `item`, comes to the target's side with probability
    `chance`, and then adds `step` to the difference but for its mean; `rest` is the
    variance by units without the item.
    """

    item: Whole
    step: Floats
    chance: Floats
    rest: Floats

    @cached_property
    def carriers(self) -> Floats:
        """How many units would carry an item, were it in equal parts in all of them."""
        square = self.step**2
        second, fourth = self._sums(square), self._sums(square**2)
        carriers: Floats = second**2 / np.maximum(fourth, np.finfo(float).tiny)
        return carriers

    @property
    def part(self) -> Floats:
        """How far dealing counts for an item: from 0 to 1."""
        holders = np.bincount(self.item, minlength=len(self.rest))
        parts = [
            np.clip((units - few) / (many - few), 0.0, 1.0)
            for units, (few, many) in ((holders, HOLDERS), (self.carriers, CARRIERS))
        ]
        part: Floats = np.minimum(*parts)
        return part

    def only(self, which: Flags) -> Dealt:
        """Keep some items."""
        place = np.cumsum(which) - 1
        here = which[self.item]
        return Dealt(
            place[self.item[here]], self.step[here], self.chance[here], self.rest[which]
        )

    def p(self, difference: Floats) -> Floats:
        """Give how often a difference would be at least so large, of either sign.

        By the saddlepoint of all ways of dealing: nothing is drawn (Kolassa & Robinson
        2011, https://doi.org/10.1214/11-AOS945; the tail is Lugannani & Rice's, 1980,
        https://doi.org/10.2307/1426607). Never below the probability that all units
        that have the item come to one side.
        """
        tails = self._tail(difference, self.step) + self._tail(difference, -self.step)
        sides = np.exp(self._sums(np.log(self.chance)))
        sides += np.exp(self._sums(np.log1p(-self.chance)))
        return np.clip(np.maximum(tails, sides), 0.0, 1.0)

    def _tail(self, difference: Floats, step: Floats) -> Floats:
        """Give how often the difference would be at least so far above 0."""
        odds = np.log(self.chance) - np.log1p(-self.chance)
        middle = self.chance * step

        def slopes(tilt: Floats) -> tuple[Floats, Floats]:
            share = expit(odds + tilt[self.item] * step)
            first = self._sums(share * step - middle) + tilt * self.rest
            return first, self._sums(share * (1 - share) * step**2) + self.rest

        none = np.zeros(len(self.rest))
        spread = np.sqrt(slopes(none)[1])
        low, high = none, MOST_TILT / spread
        tilt = np.minimum(difference / spread**2, high)
        done = np.zeros(len(tilt), dtype=bool)
        for _ in range(STEPS):
            first, second = slopes(tilt)
            low = np.where(first < difference, tilt, low)
            high = np.where(first < difference, high, tilt)
            newton = tilt + (difference - first) / second
            inside = (newton > low) & (newton < high)
            new = np.where(inside, newton, (low + high) / 2)
            near = np.abs(new - tilt) <= SMALL * new
            # what has been found stays, however long others take
            tilt, done = np.where(done, tilt, new), done | near
            if done.all():
                break
        moved = tilt[self.item] * step
        grown = np.log1p(-self.chance) + np.logaddexp(0.0, odds + moved)
        height = self._sums(grown - self.chance * moved) + tilt**2 * self.rest / 2
        root = np.sqrt(np.maximum(2 * (tilt * difference - height), SMALL))
        curve = slopes(tilt)[1]
        other = np.maximum(tilt * np.sqrt(curve), SMALL)
        density = np.exp(-(root**2) / 2) / np.sqrt(2 * np.pi)
        tail = ndtr(-root) + density * (1 / other - 1 / root)
        # no difference is larger
        return np.where(curve > EDGE * spread**2, tail, 0.0)

    def _sums(self, values: Floats) -> Floats:
        """Add up entries, item by item."""
        sums: Floats = np.bincount(self.item, values, len(self.rest)).astype(float)
        return sums


def dealt(target: Side, baseline: Side, *, paired: bool) -> Dealt | None:
    """Deal units out anew within strata, or swap the sides of events; None if neither.

    Groups that reach across strata cannot be dealt.
    """
    if paired:
        apart = csr_array(target.k - baseline.k)
        half = np.full(len(apart.data), 0.5)
        items = apart.indices.astype(np.int64)
        return Dealt(items, 2 * apart.data, half, np.zeros(apart.shape[1]))
    both = (target, baseline)
    strata = [int(side.stratum.max()) + 1 for side in both]
    if strata[0] != strata[1] or not all(_of_one_weight(side) for side in both):
        return None
    size = np.concatenate([side.size for side in both])
    stratum = np.concatenate([side.stratum for side in both])
    k = csr_array(vstack([_times(side.k, side.size / side.n) for side in both]))
    whole = np.bincount(stratum, size)
    into = csr_array((np.ones(len(size)), (stratum, np.arange(len(size)))))
    share = (into @ k).toarray() / whole[:, None]
    units = np.bincount(stratum)
    chance = np.bincount(target.stratum) / units
    # what one count more on the target's side adds, where so many units are dealt
    n = [np.bincount(side.stratum, side.size) for side in both]
    weight = np.bincount(target.stratum, target.n) * whole / (n[0] * n[1])
    weight = weight * np.sqrt(units / np.maximum(units - 1, 1))
    row = np.repeat(np.arange(len(size)), np.diff(k.indptr))
    item, place = k.indices.astype(np.int64), stratum[row]
    expected = size[row] * share[place, item]
    variance = (weight**2 * chance * (1 - chance))[:, None] * share**2
    rest = (variance * np.bincount(stratum, size**2)[:, None]).sum(axis=0)
    here = (weight**2 * chance * (1 - chance))[place] * expected**2
    rest = np.maximum(rest - np.bincount(item, here, k.shape[1]), 0.0)
    return Dealt(item, weight[place] * (k.data - expected), chance[place], rest)


def _of_one_weight(side: Side) -> bool:
    """Whether one count weighs the same in all units of a stratum."""
    weight = side.n / side.size
    first = weight[np.unique(side.stratum, return_index=True)[1]]
    return np.allclose(weight, first[side.stratum])


def _times(k: csr_array, factor: Floats) -> csr_array:
    """Multiply each row by its factor."""
    data = k.data * np.repeat(factor, np.diff(k.indptr))
    return csr_array((data, k.indices, k.indptr), shape=k.shape)
