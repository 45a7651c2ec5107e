"""Estimates: differences of shares, common odds ratios, and how firm they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from framelens.compare.strata import event_weights

if TYPE_CHECKING:
    from collections.abc import Iterator

    from framelens.compare.design import Design
    from framelens.compare.strata import Floats, Whole

CHUNK = 2_000_000
"""Numbers held at once in a dense array, so that memory stays bounded."""

TINY = 1e-12
"""Differences of shares below this are zero: what remains is rounding."""


def estimate(design: Design) -> pd.DataFrame:
    """Compute what needs no test, for every item of `design`.

    Returns
    -------
    DataFrame
        ``target_k, target_n, baseline_k, baseline_n, difference, log_odds,
        strength, flips, opposed, found_in`` (compared articles that have the item)
        and ``dispersion``, one row per item. ``strength``: log odds over their rough
        standard error, for ordering only, since it takes words for independent.
        ``opposed``: the mean of article shares points the other way.
    """
    parts = [
        _estimate(design, columns) for columns in chunks(design, len(design.cells))
    ]
    if not parts:
        names = [
            "target_k",
            "target_n",
            "baseline_k",
            "baseline_n",
            "difference",
            "log_odds",
            "strength",
            "dispersion",
        ]
        empty = pd.DataFrame(columns=names, dtype=float)
        return empty.assign(
            flips=pd.array([], dtype="boolean"),
            opposed=np.zeros(0, dtype=bool),
            found_in=np.zeros(0, dtype=np.int64),
        )
    return pd.concat(parts, ignore_index=True)


def chunks(design: Design, height: int) -> Iterator[slice]:
    """Slices of the items, each at most `CHUNK` numbers over `height` rows."""
    width = max(CHUNK // max(height, 1), 1)
    for first in range(0, len(design.items) if len(design.cells) else 0, width):
        yield slice(first, min(first + width, len(design.items)))


def cell_sums(design: Design, k: csr_array) -> tuple[Floats, Floats]:
    """Sum the columns of `k` per cell, for target and baseline: (cells, items) each."""
    cell = design.cell
    side = design.is_target.astype(float)
    rows = np.arange(len(cell))
    shape = (len(design.cells), len(cell))
    target = csr_array((side, (cell, rows)), shape=shape) @ k
    baseline = csr_array((1.0 - side, (cell, rows)), shape=shape) @ k
    return target.toarray(), baseline.toarray()


def over_events(design: Design, per_cell: Floats) -> Floats:
    """Bring numbers per cell to numbers per event: (events, items)."""
    event = design.event_of_cell
    weights = design.cells["weight"].to_numpy(float)
    shape = (design.strata, len(event))
    pooled: Floats = (
        csr_array((weights, (event, np.arange(len(event)))), shape=shape) @ per_cell
    )
    return pooled


def event_shares(design: Design, columns: Whole) -> tuple[Floats, Floats]:
    """Give the shares of target and baseline in each event: (events, items) each."""
    target, baseline = cell_sums(design, csr_array(design.k[:, columns]))
    n = design.n_by_cell
    return (
        over_events(design, target / n[:, :1]),
        over_events(design, baseline / n[:, 1:]),
    )


def dispersion(k: csr_array, n: Floats) -> Floats:
    """Give how unevenly each item is spread over articles, from 0 to 1.

    The deviation of proportions: half the sum of the differences between the share
    of an item's occurrences and the share of all units that each article has [1]_,
    over the largest value it can take [2]_.

    Parameters
    ----------
    k : sparse array (articles, items)
    n : array (articles,)

    Returns
    -------
    array (items,)
        0 where the item is spread as the units are, 1 where all of it stands in the
        shortest article; NaN with one article or without any occurrence.

    References
    ----------
    .. [1] Gries (2008), International J. of Corpus Linguistics 13, 403-437.
       https://doi.org/10.1075/ijcl.13.4.02gri
    .. [2] Lijffijt & Gries (2012), ibid. 17, 147-149.
       https://doi.org/10.1075/ijcl.17.1.08lij

    Examples
    --------
    >>> dispersion(csr_array(np.array([[2.0, 4.0], [2.0, 0.0]])), np.array([9, 9]))
    array([0., 1.])
    """
    expected = n / n.sum()
    columns = csr_array(k).tocoo()
    whole = np.bincount(columns.col, columns.data, k.shape[1])
    if len(n) < 2:
        return np.full(k.shape[1], np.nan)
    share = columns.data / whole[columns.col]
    here = expected[columns.row]
    away = np.bincount(columns.col, np.abs(share - here) - here, k.shape[1])
    spread = (away + 1.0) / 2 / (1.0 - expected.min())
    return np.where(whole > 0, np.maximum(spread, 0.0), np.nan)


def log_odds(
    target: Floats, baseline: Floats, n: Floats, prior: Floats, size: float
) -> Floats:
    """Give the common log odds ratio over strata, shrunk by an informative prior.

    Parameters
    ----------
    target, baseline : array (strata, items)
        Counts in each stratum.
    n : array (strata, 2)
        Totals of target and baseline.
    prior : array (items,)
        The share that each item has in the pooled articles.
    size : float
        How many units the prior adds to each side, spread evenly over strata; 0
        for the plain Mantel-Haenszel estimate.

    Returns
    -------
    array (items,)
        Positive where the target uses the item more. NaN where undefined.

    References
    ----------
    .. [1] Mantel & Haenszel (1959), J. National Cancer Institute 22, 719-748.
       https://doi.org/10.1093/jnci/22.4.719
    .. [2] Monroe, Colaresi & Quinn (2008), "Fightin' Words", Political Analysis 16,
       372-403. https://doi.org/10.1093/pan/mpn018 With one stratum this is their
       equation 15; they have no strata.

    Examples
    --------
    >>> log_odds(np.array([[2.0]]), np.array([[1.0]]), np.array([[4.0, 4.0]]),
    ...          np.array([0.375]), 0.0).round(4)
    array([1.0986])
    """
    added = prior * size / len(target)
    rest = (1.0 - prior) * size / len(target)
    a, c = target + added, baseline + added
    b, d = n[:, :1] - target + rest, n[:, 1:] - baseline + rest
    total = a + b + c + d
    up, down = (a * d / total).sum(axis=0), (b * c / total).sum(axis=0)
    defined = (up > 0) & (down > 0)
    ratio = np.divide(up, down, out=np.full(up.shape, np.nan), where=defined)
    logs: Floats = np.log(ratio)
    return logs


def _estimate(design: Design, columns: slice) -> pd.DataFrame:
    k = csr_array(design.k[:, columns])
    target, baseline = cell_sums(design, k)
    n = design.n_by_cell
    events = over_events(design, target / n[:, :1] - baseline / n[:, 1:])
    difference = _rounded(design.event_weight @ events)
    shares = _mean_shares(design, k)
    whole = design.cells[["target_n", "baseline_n"]].sum()
    prior = design.prior[columns]
    odds = log_odds(target, baseline, n, prior, design.prior_size)
    added = prior * design.prior_size
    error = np.sqrt(1 / (target.sum(0) + added) + 1 / (baseline.sum(0) + added))
    return pd.DataFrame(
        {
            "target_k": target.sum(axis=0),
            "target_n": whole["target_n"],
            "baseline_k": baseline.sum(axis=0),
            "baseline_n": whole["baseline_n"],
            "difference": difference,
            "log_odds": odds,
            "strength": odds / error,
            "flips": _flips(design, k, target, baseline, events),
            "opposed": np.sign(_rounded(shares)) * np.sign(difference) < 0,
            "found_in": np.diff(k.tocsc().indptr),
            "dispersion": dispersion(k, design.n),
        }
    )


def _mean_shares(design: Design, k: csr_array) -> Floats:
    """Give the same difference from means of article shares, not ratios of totals."""
    n = design.n
    shares = csr_array(k.multiply(1.0 / n[:, None]))
    target, baseline = cell_sums(design, shares)
    count = design.articles_by_cell
    per_event = over_events(design, target / count[:, :1] - baseline / count[:, 1:])
    means: Floats = design.event_weight @ per_event
    return means


def _rounded(difference: Floats) -> Floats:
    return np.where(np.abs(difference) < TINY, 0.0, difference)


def _flips(
    design: Design, k: csr_array, target: Floats, baseline: Floats, events: Floats
) -> pd.arrays.BooleanArray:
    """Whether the sign is lost when one article or one event is left out.

    Missing where nothing can be left out, or where there is no sign to lose.
    """
    whole = _rounded(design.event_weight @ events)
    flips = np.zeros(len(whole), dtype=bool)
    tried = False
    for other in _left_out(design, k, target, baseline, events):
        tried = True
        flips |= np.sign(_rounded(other)) != np.sign(whole)
    return pd.arrays.BooleanArray(flips, (whole == 0) | (not tried))


def _left_out(
    design: Design, k: csr_array, target: Floats, baseline: Floats, events: Floats
) -> Iterator[Floats]:
    """Give the difference without each event, then without each article, in turn."""
    count, weight = len(events), design.event_precision
    total, mass = weight @ events, float(weight.sum())
    if count > 1:
        for own, one in zip(weight.tolist(), events, strict=True):
            yield (total - own * one) / (mass - own)
    event_of = design.event_of_cell
    cells_of = [np.flatnonzero(event_of == event) for event in range(count)]
    for row, cell in enumerate(design.cell):
        event = event_of[cell]
        cells = cells_of[event]
        here = _event_without(design, k, row, cells, (target[cells], baseline[cells]))
        rest, left = total - weight[event] * events[event], mass - weight[event]
        if here is not None:
            difference, precision = here
            own = 1.0 if design.weights == "equal" else precision
            yield (rest + own * difference) / (left + own)
        elif count > 1:
            yield rest / left


def _event_without(
    design: Design,
    k: csr_array,
    row: int,
    cells: np.ndarray,
    sums: tuple[Floats, Floats],
) -> tuple[Floats, float] | None:
    """Give the difference within one event without one article; None if it is gone.

    With it comes the precision that is left.
    """
    side = 0 if design.is_target[row] else 1
    at = int(np.flatnonzero(cells == design.cell[row])[0])
    count = design.articles_by_cell[cells]
    n = design.n_by_cell[cells]
    count[at, side] -= 1
    n[at, side] -= design.n[row]
    if count[at, side] > 0:
        first, last = k.indptr[row : row + 2]
        sums[side][at, k.indices[first:last]] -= k.data[first:last]
    left = count.min(axis=1) > 0
    if not left.any():
        return None
    gap = sums[0][left] / n[left, :1] - sums[1][left] / n[left, 1:]
    weights = event_weights(count[left], np.zeros(int(left.sum()), dtype=np.int64))
    return weights @ gap, float((count[left].prod(1) / count[left].sum(1)).sum())
