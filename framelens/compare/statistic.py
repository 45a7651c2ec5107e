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

BURSTS = (0.0, 0.25, 0.5, 1.0, 2.0, 4.0, 16.0)
"""How much of an item's variance is burst, over chance, in an article of median n."""


def squared_t(
    design: Design,
    which: Whole,
    labels: Labels,
    kind: Kind,
) -> Floats:
    """Give the squared t statistic: (items, arrangements).

    Infinite where a difference has no variation behind it, 0 where there is no
    difference either. Within one event, long articles weigh the less the burstier the
    item is (`weighings`).
    """
    if kind == "articles":
        gap, variance = np.zeros((2, len(which), len(labels)))
        for weight, chosen in weighings(design.k[:, which], design.n):
            gap[chosen], variance[chosen] = unclustered(
                design, which[chosen], labels, weight
            )
    else:
        gap, variance = _clustered(design, which, labels)
    tiny = variance <= 1e-24
    squared = np.divide(gap**2, variance, out=np.zeros_like(gap), where=~tiny)
    squared[tiny & (np.abs(gap) > 1e-12)] = np.inf
    return squared


def unclustered(
    design: Design, which: Whole, labels: Labels, by_article: Floats | None = None
) -> tuple[Floats, Floats]:
    """Give the difference and its variance over articles, within one event.

    With `by_article`, a weight of each article, shares are ratios of weighted totals.

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
        if by_article is not None:
            own = by_article[rows]
            k, n = csr_array(k.multiply(own[None, :])), n * own
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


def weighings(k: csr_array, n: Floats) -> list[tuple[Floats, Whole]]:
    """Weigh articles by what they tell about an item's share, whatever their outlet.

    Counts of an item with mean m and variance m + c m n tell most where totals are
    weighted by 1 / (1 + c n): all words alike for an item that comes evenly (c = 0),
    all articles alike for one that comes in bursts. c is found by moments over all
    articles, without a look at the labels, so that a permutation test stays exact [1]_;
    it is rounded to one of `BURSTS` over the median n.

    Parameters
    ----------
    k : sparse array (articles, items)
    n : array (articles,)

    Returns
    -------
    list of (weights, places)
        One number per article, and the columns of `k` that it is for.

    References
    ----------
    .. [1] Hidden dispersion by moments: Breslow (1984), Applied Statistics 33, 38-44.
       https://doi.org/10.2307/2347661
    """
    whole = np.asarray(k.sum(axis=0), dtype=float).ravel()
    share = whole / n.sum()
    squares = np.asarray(k.power(2).sum(axis=0), dtype=float).ravel()
    squares += share**2 * (n**2).sum() - 2 * share * (k.T @ n)
    scale = np.maximum(share * (n**2).sum(), 1e-300) / np.median(n)
    burst = np.maximum(squares - whole, 0.0) / scale
    middle = np.sqrt(np.multiply(BURSTS[1:-1], BURSTS[2:]))
    step = np.searchsorted([BURSTS[1] / 2, *middle], burst)
    return [
        (1.0 / (1.0 + BURSTS[one] * n / np.median(n)), np.flatnonzero(step == one))
        for one in np.unique(step).tolist()
    ]


def _clustered(design: Design, which: Whole, labels: Labels) -> tuple[Floats, Floats]:
    """Give the mean difference over events, and its variance over events.

    The variance is cluster-robust with the correction of Bell & McCaffrey (2002); with
    equal weights it is that of a mean.
    """
    mean = np.zeros((len(which), len(labels)))
    spread, squares, event = (np.zeros_like(mean) for _ in range(3))
    weight = design.event_weight
    corrected = weight**2 / (1.0 - weight)
    numbers = design.event_of_cell
    cells = list(cells_of(design))
    for cell in np.argsort(numbers, kind="stable"):
        event += _cell_difference(design, which, labels, *cells[cell])
        if cell == np.flatnonzero(numbers == numbers[cell])[-1]:
            one = numbers[cell]
            mean += weight[one] * event
            spread += corrected[one] * event
            squares += corrected[one] * event**2
            event = np.zeros_like(mean)
    variance = squares - 2 * mean * spread + corrected.sum() * mean**2
    return mean, np.maximum(variance, 0)


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
