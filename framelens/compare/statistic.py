"""The studentised difference of shares, for any arrangement of the labels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
from scipy.sparse import csr_array

if TYPE_CHECKING:
    import numpy.typing as npt

    from framelens.compare.arrangements import Labels
    from framelens.compare.design import Design
    from framelens.compare.strata import Floats, Whole

    Kind = Literal["events", "articles"]


def squared_t(
    design: Design,
    which: Whole,
    labels: Labels,
    kind: Kind,
) -> Floats:
    """Give the squared t statistic: (items, arrangements).

    Infinite where a difference has no variation behind it, 0 where there is no
    difference either.
    """
    if kind == "articles":
        gap, variance = unclustered(design, which, labels)
    else:
        gap, variance = _clustered(design, which, labels)
    tiny = variance <= 1e-24
    squared = np.divide(gap**2, variance, out=np.zeros_like(gap), where=~tiny)
    squared[tiny & (np.abs(gap) > 1e-12)] = np.inf
    return squared


def unclustered(design: Design, which: Whole, labels: Labels) -> tuple[Floats, Floats]:
    """Give the difference and its variance over articles, within one event.

    The variance of a ratio of totals k/n is linearised: with residuals k - share * n
    it is m / (m - 1) times their sum of squares, over n squared [1]_; the sides keep
    variances of their own, so that the test stays valid where they differ [2]_.

    References
    ----------
    .. [1] Cochran (1977), Sampling Techniques, 3rd ed., section 6.4.
    .. [2] Janssen (1997), Statistics & Probability Letters 36, 9-21.
       https://doi.org/10.1016/S0167-7152(97)00043-6
    """
    gap = np.zeros((len(which), len(labels)))
    variance = np.zeros_like(gap)
    for rows, weight in cells_of(design):
        k = csr_array(design.k[rows][:, which]).T.tocsr()
        n = design.n[rows]
        for sign in (1.0, -1.0):
            dealt = (labels[:, rows] if sign > 0 else ~labels[:, rows]).T.astype(float)
            total, count = n @ dealt, dealt.sum(axis=0)
            share = (k @ dealt) / total
            squares = (
                k.power(2) @ dealt
                - 2 * share * (k @ (n[:, None] * dealt))
                + share**2 * (n**2 @ dealt)
            )
            gap += sign * weight * share
            variance += (
                weight**2 * count / (count - 1) * np.maximum(squares, 0) / total**2
            )
    return gap, variance


def _clustered(design: Design, which: Whole, labels: Labels) -> tuple[Floats, Floats]:
    """Give the mean difference over events, and its variance over events."""
    sums = np.zeros((len(which), len(labels)))
    squares = np.zeros_like(sums)
    event = np.zeros_like(sums)
    numbers = design.event_of_cell
    cells = list(cells_of(design))
    for cell in np.argsort(numbers, kind="stable"):
        event += _cell_difference(design, which, labels, *cells[cell])
        if cell == np.flatnonzero(numbers == numbers[cell])[-1]:
            sums += event
            squares += event**2
            event = np.zeros_like(sums)
    count = design.strata
    mean = sums / count
    variance = np.maximum(squares / count - mean**2, 0) / (count - 1)
    return mean, variance


def _cell_difference(
    design: Design, which: Whole, labels: Labels, rows: Whole, weight: float
) -> Floats:
    """Give the weighted difference of shares within one cell: (items, arrangements)."""
    k = csr_array(design.k[rows][:, which]).T.tocsr()
    n = design.n[rows]
    dealt = labels[:, rows].T.astype(float)
    whole = np.asarray(k.sum(axis=1)).reshape(-1, 1)
    inside, total = k @ dealt, n @ dealt
    difference: Floats = weight * (
        inside / total - (whole - inside) / (n.sum() - total)
    )
    return difference


def varies_within_sides(design: Design, which: Whole) -> npt.NDArray[np.bool_]:
    """Tell which items have shares that differ between articles of one side."""
    varies = np.zeros(len(which), dtype=bool)
    for rows, _ in cells_of(design):
        shares = csr_array(design.k[rows][:, which].multiply(1 / design.n[rows, None]))
        for side in (design.is_target[rows], ~design.is_target[rows]):
            own = csr_array(shares[np.flatnonzero(side)])
            reach = own.max(axis=0).toarray() - own.min(axis=0).toarray()
            varies |= reach.ravel() > 1e-12
    return varies


def cells_of(design: Design) -> list[tuple[Whole, float]]:
    """Give the rows of each cell, and its weight within the event."""
    weights = design.cells["weight"].tolist()
    return list(zip(design.rows_by_cell, weights, strict=True))
