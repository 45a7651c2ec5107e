"""Estimates that need no test: differences, log odds, and how evenly items spread."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from framelens.compare.design import chunks

if TYPE_CHECKING:
    from framelens.compare.design import Design
    from framelens.compare.jackknife import Floats, Whole

TINY = 1e-12
"""Differences of shares below this are zero: what remains is rounding."""


def estimate(design: Design) -> pd.DataFrame:
    """Compute what needs no test: one row per item.

    ``target_k, target_n, baseline_k, baseline_n, difference, log_odds, strength,
    found_in`` (compared articles that have the item), ``dispersion``. ``strength``: log
    odds over their rough standard error, for ordering only: it takes words for
    independent.
    """
    parts = [_of_items(design, columns) for columns in chunks(design)]
    return pd.concat(parts or [_of_items(design, np.arange(0))], ignore_index=True)


def _of_items(design: Design, columns: Whole) -> pd.DataFrame:
    """Compute it of some items, so that there is no second matrix of all counts."""
    k, prior = csr_array(design.k[:, columns]), design.prior[columns]
    target, baseline = cell_sums(design, k)
    n = design.n_by_cell
    shares = event_means(design, target, baseline)
    difference = shares[0] - shares[1]
    whole = n.sum(axis=0) if len(n) else np.zeros(2)
    odds = log_odds(target, baseline, n, prior, design.prior_size)
    added = prior * design.prior_size
    counts = np.asarray(target.sum(axis=0)), np.asarray(baseline.sum(axis=0))
    error = np.sqrt(1 / (counts[0] + added) + 1 / (counts[1] + added))
    return pd.DataFrame(
        {
            "target_k": counts[0],
            "target_n": whole[0],
            "baseline_k": counts[1],
            "baseline_n": whole[1],
            "difference": np.where(np.abs(difference) < TINY, 0.0, difference),
            "log_odds": odds,
            "strength": odds / error,
            "found_in": np.diff(k.tocsc().indptr),
            "dispersion": dispersion(k, design.n),
        }
    )


def cell_sums(design: Design, k: csr_array) -> tuple[csr_array, csr_array]:
    """Sum the columns of `k` per cell, for target and baseline: (cells, items) each."""
    cell = design.cell
    side = design.is_target.astype(float)
    rows = np.arange(len(cell))
    shape = (len(design.cells), len(cell))
    target = csr_array((side, (cell, rows)), shape=shape) @ k
    baseline = csr_array((1.0 - side, (cell, rows)), shape=shape) @ k
    return csr_array(target), csr_array(baseline)


def event_means(
    design: Design, target: csr_array, baseline: csr_array
) -> tuple[Floats, Floats]:
    """Give each side's share of each item, averaged over events as they weigh."""
    weight = design.event_weight[design.event_of_cell]
    weight = weight * design.cells["weight"].to_numpy(float)
    n = design.n_by_cell
    first: Floats = target.T @ (weight / n[:, 0])
    second: Floats = baseline.T @ (weight / n[:, 1])
    return first, second


def dispersion(k: csr_array, n: Floats) -> Floats:
    """Give how unevenly each item is spread over articles, from 0 to 1.

    0 as the units are, 1 if all stands in the shortest. The deviation of proportions
    (Gries 2008, https://doi.org/10.1075/ijcl.13.4.02gri) over its largest value
    (Lijffijt & Gries 2012, https://doi.org/10.1075/ijcl.17.1.08lij). NaN with one
    article or no occurrence.

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
    target: csr_array, baseline: csr_array, n: Floats, prior: Floats, size: float
) -> Floats:
    """Give the common log odds ratio over strata, shrunk by an informative prior.

    `target` and `baseline` are (strata, items), `n` (strata, 2). The prior adds `size`
    units to each side, spread evenly over strata; 0 gives the plain estimate of Mantel
    & Haenszel (1959), https://doi.org/10.1093/jnci/22.4.719. With one stratum this is
    equation 15 of Monroe, Colaresi & Quinn (2008), https://doi.org/10.1093/pan/mpn018;
    they have no strata.

    >>> target, baseline = csr_array([[2.0]]), csr_array([[1.0]])
    >>> n, prior = np.array([[4.0, 4.0]]), np.array([0.375])
    >>> log_odds(target, baseline, n, prior, 0.0).round(4)
    array([1.0986])
    """
    strata = max(target.shape[0], 1)
    share, added = size / strata, prior * size / strata
    sizes = n + share
    total = sizes.sum(axis=1)
    up = _products(target, baseline, added, sizes[:, 1], total)
    down = _products(baseline, target, added, sizes[:, 0], total)
    defined = (up > 0) & (down > 0)
    ratio = np.divide(up, down, out=np.full(up.shape, np.nan), where=defined)
    logs: Floats = np.log(ratio)
    return logs


def _products(
    one: csr_array, other: csr_array, added: Floats, size: Floats, total: Floats
) -> Floats:
    """Sum ``(one + added) * (size - other - added) / total`` over strata, by item.

    Most items stand in few strata: what the rest adds is the same for all of them.
    """
    here, there = np.asarray(one.T @ (size / total)), np.asarray(one.T @ (1 / total))
    both = csr_array(one.multiply(other)).T @ (1 / total)
    beyond = (size / total).sum() - added * (1 / total).sum()
    rest = added * (beyond - other.T @ (1 / total))
    found: Floats = here - added * there - both + rest
    return found
