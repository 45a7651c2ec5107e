"""Separation: items that (nearly) all units of one side have and none of the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import bdtr, stdtr, stdtrit

if TYPE_CHECKING:
    import numpy.typing as npt

    from framelens.compare.jackknife import Floats, Side, Whole

GRID = 60
"""Values of the common share that are tried; the p-value is the largest of theirs."""

WOULD_SHOW = 0.025
"""An item is tested here if its absence would be that improbable at the other side's
share: a choice that looks at one side only."""

CLUMP = 3
"""So many counts at once, at least, are what a unit has that has the item: in short
articles a single count is a large share, and items come in bursts."""

STEPS = 40
"""Halvings of an interval in the search for a limit."""


@dataclass(frozen=True, eq=False)
class Separated:
    """Items that one side has and the other hardly; made by `separated`.

    At each share that the bare side may have there are two independent pieces of
    evidence: t for the logarithm of the share of the full side (`level`, half a count
    added; `error`, `degrees`), and how improbable (`few`) so few units with the item
    are in the bare one of `units`, if each had as much (`dense`) as `supposed_share`
    says. Fisher's product puts them together (Statistical Methods for Research Workers,
    1932, section 21.1); the largest p over `shares` (grid, items) holds whatever the
    share is.
    """

    level: Floats
    error: Floats
    degrees: Floats
    shares: Floats
    few: Floats
    dense: Floats
    units: int

    def p(self, ratio: Floats | float = 1.0, added: Floats | float = 0.0) -> Floats:
        """Give p that the full share is `ratio` times the bare one, plus `added`."""
        supposed = np.log(ratio * self.shares + added)
        many = stdtr(self.degrees, (supposed - np.log(self.level)) / self.error)
        both = np.maximum(many * self.few, np.finfo(float).tiny)
        p: Floats = 2 * (both * (1 - np.log(both))).max(axis=0)
        return np.minimum(p, 1.0)

    def limits(self, level: Floats) -> tuple[Floats, Floats, Floats]:
        """Invert the test: the least ratio, the least and the largest difference."""
        alpha = 1.0 - level
        zero, far = np.zeros(len(alpha)), np.full(len(alpha), 30.0)
        rejected = self.p() < alpha

        def search(low: Floats, high: Floats, *, as_ratio: bool) -> Floats:
            for _ in range(STEPS):
                middle = (low + high) / 2
                p = self.p(np.exp(middle)) if as_ratio else self.p(added=middle)
                low = np.where(p < alpha, middle, low)
                high = np.where(p < alpha, high, middle)
            return low

        highest = stdtrit(self.degrees, 1 - alpha / 2) * self.error
        highest = self.level * np.exp(np.minimum(highest, -np.log(self.level)))
        start, end = np.where(rejected, zero, -far), np.where(rejected, far, zero)
        ratio = search(start, end, as_ratio=True)
        possible = self.dense * (1.0 - np.power(alpha / 2, 1.0 / self.units))
        least = search(zero, np.where(rejected, highest, zero), as_ratio=False)
        return np.exp(ratio), np.where(rejected, least, -possible), highest


def separated(
    full: Side, bare: Side, variance: Floats, degrees: Floats, which: Whole
) -> Separated:
    """Gather the evidence on some items that `full` has and `bare` hardly."""
    dense = supposed_share(full, bare)[which]
    shares = np.geomspace(1e-4, 1.0, GRID)[:, None] * np.minimum(dense, 1.0)
    units = np.full(shares.shape, len(bare.n))
    holders = np.broadcast_to(bare.holders[which], shares.shape)
    return Separated(
        level=full.level[which],
        error=np.sqrt(variance[which]),
        degrees=degrees[which],
        shares=shares,
        few=np.asarray(bdtr(holders, units, np.minimum(shares / dense, 1.0)), float),
        dense=dense,
        units=len(bare.n),
    )


def supposed_share(full: Side, bare: Side) -> Floats:
    """Give the share that a unit of `bare` would have that has the item at all.

    The largest of any unit of `full`, times how much more concentrated items are in
    `bare`; or a few counts, where its units are short. A large one: few units need have
    the item.
    """
    largest = np.zeros(full.k.shape[1])
    column, share = _shares_of_holders(full)
    np.maximum.at(largest, column, share)
    more = max(_typical(bare) / max(_typical(full), 1e-300), 1.0)
    return np.clip(largest * more, min(CLUMP * bare.grain, 1.0), np.maximum(largest, 1))


def _shares_of_holders(side: Side) -> tuple[Whole, Floats]:
    """Give the item and the share of each unit that has an item."""
    entries = side.k.tocoo()
    return entries.col.astype(np.int64), entries.data / side.n[entries.row]


def _typical(side: Side) -> float:
    """Give the share that an item usually has in the units that have it."""
    column, share = _shares_of_holders(side)
    if not len(column):
        return 0.0
    holders = np.bincount(column)
    mean = np.bincount(column, share) / np.maximum(holders, 1)
    return float(np.median(mean[holders > 0]))


def would_show(full: Side, bare: Side) -> npt.NDArray[np.bool_]:
    """Whether absence from `bare` would be improbable at the share of `full`."""
    having = np.minimum(full.share / supposed_share(full, bare), 1.0)
    shown: npt.NDArray[np.bool_] = (1.0 - having) ** len(bare.n) < WOULD_SHOW
    return shown
