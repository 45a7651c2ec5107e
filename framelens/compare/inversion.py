"""Intervals from a permutation test: every difference that it does not reject."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array

from framelens.compare.statistic import cells_of

if TYPE_CHECKING:
    from framelens.compare.arrangements import Arrangements, Labels
    from framelens.compare.design import Design
    from framelens.compare.strata import Floats, Whole

ARRANGEMENTS = 2_000
"""How many arrangements an interval rests on, where there are as many."""

AT_ONCE = 64
"""Items inverted together, so that memory stays bounded."""


def invert(
    design: Design,
    which: Whole,
    arrangements: Arrangements,
    difference: Floats,
    error: Floats,
    *,
    level: float,
    rng: np.random.Generator,
    size: int = ARRANGEMENTS,
) -> tuple[Floats, Floats]:
    """Invert the studentised permutation test within one event.

    For a supposed difference d, d * n is taken off the counts of the target's
    articles and the labels are dealt out anew; d is in the interval unless fewer
    than 1 - level of the arrangements are as extreme as the observed one.

    Returns
    -------
    low, high : array (items,)
        NaN where no bound is found.

    References
    ----------
    .. [1] Janssen (1997), Statistics & Probability Letters 36, 9-21.
       https://doi.org/10.1016/S0167-7152(97)00043-6
    .. [2] Chung & Romano (2013), Annals of Statistics 41, 484-507.
       https://doi.org/10.1214/13-AOS1090
    """
    if arrangements.number <= size:
        labels = arrangements.every()
    else:
        drawn = arrangements.sample(size - 1, rng)
        labels = np.vstack([arrangements.labels, drawn])
    bounds = np.empty((2, len(which)))
    for first in range(0, len(which), AT_ONCE):
        part = slice(first, first + AT_ONCE)
        shifted = _Shifted(design, which[part], labels)
        for row, sign in enumerate((-1.0, 1.0)):
            bounds[row, part] = _bound(
                shifted, difference[part], error[part], sign, 1 - level
            )
    return bounds[0], bounds[1]


class _Shifted:
    """The test statistic as a function of the supposed difference.

    With counts k - d * y, where y is n for the target's articles and 0 else, each
    difference is ``gap - d * gap_y`` and each variance a quadratic in d.
    """

    def __init__(self, design: Design, which: Whole, labels: Labels) -> None:
        shape = (len(which), len(labels))
        self.gap, self.constant, self.linear = (np.zeros(shape) for _ in range(3))
        self.gap_y, self.square = (np.zeros(len(labels)) for _ in range(2))
        observed = design.is_target
        for rows, weight in cells_of(design):
            k = csr_array(design.k[rows][:, which]).T.tocsr()
            n = design.n[rows]
            for sign in (1.0, -1.0):
                dealt = labels[:, rows] if sign > 0 else ~labels[:, rows]
                self._add(
                    k, n, n * observed[rows], dealt.T.astype(float), sign * weight
                )

    def _add(
        self, k: csr_array, n: Floats, y: Floats, dealt: Floats, weight: float
    ) -> None:
        total, count = n @ dealt, dealt.sum(axis=0)
        share, share_y = (k @ dealt) / total, (y @ dealt) / total
        kn, ky = k @ (n[:, None] * dealt), k @ (y[:, None] * dealt)
        nn, yn, yy = (n * n) @ dealt, (y * n) @ dealt, (y * y) @ dealt
        scale = weight**2 * count / (count - 1) / total**2
        self.gap += weight * share
        self.gap_y += weight * share_y
        self.constant += scale * (k.power(2) @ dealt - 2 * share * kn + share**2 * nn)
        self.linear += scale * (ky - share * yn - share_y * kn + share * share_y * nn)
        self.square += scale * (yy - 2 * share_y * yn + share_y**2 * nn)

    def p(self, supposed: Floats, observed: Floats) -> Floats:
        """Two-sided p of each item's supposed difference; `observed` is squared t."""
        d = supposed[:, None]
        gap = self.gap - d * self.gap_y
        variance = self.constant - 2 * d * self.linear + d**2 * self.square
        # (gap / error)^2 >= observed, without a division by zero
        extreme = (
            gap**2 >= observed[:, None] * (1 - 1e-9) * np.maximum(variance, 0) - 1e-24
        )
        share: Floats = extreme.mean(axis=1)
        return share


def _bound(
    shifted: _Shifted, difference: Floats, error: Floats, sign: float, alpha: float
) -> Floats:
    """Walk outwards until the test rejects, then halve the step until it is found."""

    def kept(steps: Floats) -> np.ndarray:
        rejected: np.ndarray = (
            shifted.p(difference + sign * steps * error, steps**2) > alpha
        )
        return rejected

    inner, outer = np.zeros(len(error)), np.full(len(error), 2.0)
    for _ in range(12):
        going = kept(outer)
        if not going.any():
            break
        inner, outer = np.where(going, outer, inner), np.where(going, 2 * outer, outer)
    outer = np.where(kept(outer), np.nan, outer)
    for _ in range(20):
        middle = np.where(np.isnan(outer), inner, (inner + outer) / 2)
        inside = kept(middle)
        inner, outer = (
            np.where(inside, middle, inner),
            np.where(inside | np.isnan(outer), outer, middle),
        )
    bound: Floats = difference + sign * outer * error
    return bound
