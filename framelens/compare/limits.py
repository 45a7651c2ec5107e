"""Limits: where both shares may lie, and what follows for difference and ratio."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import betaincinv, stdtr, stdtrit

if TYPE_CHECKING:
    import numpy.typing as npt

    from framelens.compare.jackknife import Floats, Whole

STEPS = 40
"""Halvings in the search for p."""

SMALLEST = 1e-30
"""p is not followed below this."""

NEAREST = 1e-3
"""A share may lie above the one found by the third power of one over this."""


@dataclass(frozen=True, eq=False)
class Holding:
    """So many `holders` among `units`, each with the share `dense`, item by item.

    `here` are the items of which only that is used.
    """

    here: npt.NDArray[np.bool_]
    holders: Whole
    units: int
    dense: Floats

    def limit(self, probability: Floats) -> Floats:
        """Give what the share of an item lies below with such a probability.

        Jeffreys's: Brown, Cai & DasGupta (2001), section 4.3,
        https://doi.org/10.1214/ss/1009213286.
        """
        holders, chance = self.holders[self.here], probability[self.here]
        others = self.units - holders
        share = betaincinv(holders + 0.5, others + 0.5, chance)
        share = np.where((holders == 0) & (chance < 0.5), 0.0, share)
        share = np.where((others == 0) & (chance > 0.5), 1.0, share)
        limit: Floats = share * self.dense[self.here]
        return limit

    def at(self, which: npt.NDArray[np.bool_]) -> Holding:
        """Give the same of some items alone."""
        here, holders, dense = self.here[which], self.holders[which], self.dense[which]
        return Holding(here, holders, self.units, dense)


@dataclass(frozen=True, eq=False)
class Above:
    """The evidence that the share of one side, `more`, is above the other's, `less`.

    Of each side one limit matters: how low the first may be, how high the second. They
    come from t (`degrees`) for the cube root, of which the error at a supposed share is
    a third of `more_error`, `less_error`, times that root: so gamma variates, as are
    shares of items in bursts, come close to normal (Wilson & Hilferty 1931,
    https://doi.org/10.1073/pnas.17.12.684). Or from the units that have an item
    (`more_holding`, `less_holding`). `together` is how the sides are correlated,
    `stretch` what t is multiplied by.
    """

    more: Floats
    less: Floats
    more_error: Floats
    less_error: Floats
    together: Floats
    degrees: Floats
    more_holding: Holding | None = None
    less_holding: Holding | None = None
    stretch: Floats | float = 1.0

    def limits(self, alpha: Floats) -> tuple[Floats, Floats]:
        """Give how low the first share may be, and how high the second."""
        t = -stdtrit(self.degrees, alpha / 2) * self.stretch
        t = np.maximum(t, np.finfo(float).tiny)
        low, high = self._from_t(t)
        if self.more_holding is not None:
            here = self.more_holding.here
            low[here] = np.minimum(self.more_holding.limit(alpha / 2), self.more[here])
        if self.less_holding is not None:
            here = self.less_holding.here
            limit = self.less_holding.limit(1 - alpha / 2)
            high[here] = np.maximum(limit, self.less[here])
        return low, high

    def least(self, alpha: Floats) -> tuple[Floats, Floats]:
        """Give the least difference and the least ratio that are not rejected.

        The distances of the limits are put together: Zou & Donner (2008),
        https://doi.org/10.1002/sim.3095; Newcombe (2016) for the ratio,
        https://doi.org/10.1177/0962280213502144.
        """
        low, high = self.limits(alpha)
        down, up = self.more - low, high - self.less
        both = self.together * down * up
        difference = self._difference(down, up, both)
        middle = self.more * self.less - both
        above, below = low * (2 * self.more - low), high * (2 * self.less - high)
        root = np.sqrt(np.maximum(middle**2 - above * below, 0.0))
        ratio: Floats = above / np.maximum(middle + root, np.finfo(float).tiny)
        return difference, ratio

    def p(self) -> Floats:
        """Give the level at which the least difference is 0: p of no difference."""
        here = self.more > self.less
        p = np.ones(len(here))
        p[here] = self._at(here)._level()
        return p

    def _difference(self, down: Floats, up: Floats, both: Floats) -> Floats:
        difference: Floats = self.more - self.less
        return difference - np.sqrt(down**2 + up**2 - 2 * both)

    def _level(self) -> Floats:
        """Find the level at which the least difference is 0."""
        level = np.empty(len(self.more))
        held = np.zeros(len(level), dtype=bool)
        for holding in (self.more_holding, self.less_holding):
            held |= False if holding is None else holding.here
        level[held] = self._at(held)._searched()
        level[~held] = self._at(~held)._by_t()
        return level

    def _by_t(self) -> Floats:
        """Search for the t at which it is, where all limits come from t."""
        low = np.full(len(self.more), np.log(SMALLEST))
        high = np.full(len(self.more), -np.log(SMALLEST))
        for _ in range(STEPS + 10):
            middle = (low + high) / 2
            lowest, highest = self._from_t(np.exp(middle))
            down, up = self.more - lowest, highest - self.less
            rejected = self._difference(down, up, self.together * down * up) > 0
            low = np.where(rejected, middle, low)
            high = np.where(rejected, high, middle)
        level: Floats = 2 * stdtr(self.degrees, -np.exp(high) / self.stretch)
        return np.clip(level, SMALLEST, 1.0)

    def _from_t(self, t: Floats) -> tuple[Floats, Floats]:
        low = self.more * (1 + t * self.more_error / 3) ** -3
        high = self.less * np.maximum(1 - t * self.less_error / 3, NEAREST) ** -3
        return low, high

    def _searched(self) -> Floats:
        """Search for the level itself, where a limit comes from holders."""
        low = np.full(len(self.more), np.log(SMALLEST))
        high = np.zeros(len(self.more))
        for _ in range(STEPS):
            middle = (low + high) / 2
            lowest, highest = self.limits(np.exp(middle))
            down, up = self.more - lowest, highest - self.less
            rejected = self._difference(down, up, self.together * down * up) > 0
            low = np.where(rejected, low, middle)
            high = np.where(rejected, middle, high)
        level: Floats = np.exp(high)
        return level

    def _at(self, which: npt.NDArray[np.bool_]) -> Above:
        """Give the evidence on some items alone."""
        stretch, more, less = self.stretch, self.more_holding, self.less_holding
        return Above(
            self.more[which],
            self.less[which],
            self.more_error[which],
            self.less_error[which],
            self.together[which],
            self.degrees[which],
            None if more is None else more.at(which),
            None if less is None else less.at(which),
            stretch if isinstance(stretch, float) else stretch[which],
        )
