"""False findings: what tests claim on splits in which nothing differs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array
from scipy.special import betaincinv, chdtrc, xlogy

from framelens._checks import InputError
from framelens.compare.arrangements import arrangements_of
from framelens.compare.estimate import CHUNK
from framelens.compare.inference import (
    FLOORS,
    LARGEST_Q,
    LEAST_ARRANGEMENTS,
    adjusted,
    arrangements_for,
    kind_of,
)
from framelens.compare.statistic import squared_t

if TYPE_CHECKING:
    from framelens.compare.arrangements import Arrangements, Labels
    from framelens.compare.design import Design
    from framelens.compare.inference import Floors
    from framelens.compare.strata import Floats, Whole

BELOW = 0.05
"""What counts as a small p."""


@dataclass(frozen=True)
class Claims:
    """What was claimed on each split.

    Attributes
    ----------
    p : array (items, splits)
        Of this package's test.
    pooled : array (items, splits)
        Of a test that takes every word for an independent draw.
    reaches : bool
        Whether q could reach 0.05 at all.
    """

    p: Floats
    pooled: Floats
    reaches: bool


def claims(
    design: Design,
    which: Whole,
    *,
    splits: int,
    rng: np.random.Generator,
    floors: Floors = FLOORS,
) -> Claims:
    """Split the articles of `design` at random, again and again, and test each time.

    All splits share one set of arrangements: labels that are dealt out at random
    have the same arrangements whichever way they fell first. Each p is the one that
    `contrast` gives for that split, up to the draw of arrangements.
    """
    arrangements = arrangements_of(design)
    kind = kind_of(design, floors)
    if kind is None:
        raise InputError("too few articles or events to split; halves() says so.")
    labels = arrangements.sample(splits, rng)
    observed = squared_t(design, which, labels, kind) * (1 - 1e-9)
    size = arrangements_for(len(which))
    extreme, tried = np.zeros(observed.shape), 0
    width = min(max(CHUNK // max(len(which), 1), 1), LEAST_ARRANGEMENTS)
    for dealt in arrangements.batches(size, width, rng):
        values = np.sort(squared_t(design, which, dealt, kind), axis=1)
        for row, one in enumerate(observed):
            extreme[row] += len(dealt) - np.searchsorted(values[row], one)
        tried += len(dealt)
    own = 0 if arrangements.few else 1
    p = (extreme + own) / (tried + own)
    reaches = _smallest(arrangements, size) * len(which) <= LARGEST_Q
    return Claims(p, pooled_p(design, which, labels), reaches)


def pooled_p(design: Design, which: Whole, labels: Labels) -> Floats:
    """Give p of the log-likelihood ratio over all units, as the usual tools do.

    Events, genres and articles are ignored: every unit counts as an independent
    draw. Shown beside what this package claims, and never used by it.

    Returns
    -------
    array (items, splits)

    References
    ----------
    .. [1] Dunning (1993), Computational Linguistics 19, 61-74.
       https://aclanthology.org/J93-1003/
    """
    k = csr_array(csr_array(design.k[:, which]).T)
    dealt = labels.T.astype(float)
    inside, whole = k @ dealt, np.asarray(k.sum(axis=1)).reshape(-1, 1)
    n = design.n @ dealt
    return log_likelihood_p(inside, n, whole - inside, design.n.sum() - n)


def log_likelihood_p(
    k: Floats, n: Floats, others_k: Floats, others_n: Floats
) -> Floats:
    """Give p of the log-likelihood ratio of two shares of pooled units.

    Examples
    --------
    >>> log_likelihood_p(*map(np.float64, (30, 1000, 10, 1000))).round(4)
    np.float64(0.0011)
    """
    share = (k + others_k) / (n + others_n)
    ratio = np.zeros(np.broadcast_shapes(np.shape(k), np.shape(n)))
    for part, whole in ((k, n), (others_k, others_n)):
        ratio = ratio + xlogy(part, part / whole) - xlogy(part, share)
        rest = whole - part
        ratio = ratio + xlogy(rest, rest / whole) - xlogy(rest, 1 - share)
    p: Floats = chdtrc(1, np.maximum(2 * ratio, 0))
    return p


def any_q(p: Floats) -> int:
    """In how many splits an item has q below 0.05."""
    return sum(bool((adjusted(one) < LARGEST_Q).any()) for one in p.T)


def mean_interval(shares: Floats) -> tuple[float, float, float]:
    """Mean of the shares of splits and its 95 % Monte Carlo interval; NaN for one.

    Examples
    --------
    >>> [round(one, 3) for one in mean_interval(np.array([0.04, 0.05, 0.06]))]
    [0.05, 0.039, 0.061]
    """
    mean = float(shares.mean())
    if len(shares) < 2:
        return mean, np.nan, np.nan
    reach = 1.96 * float(shares.std(ddof=1)) / np.sqrt(len(shares))
    return mean, float(max(mean - reach, 0.0)), float(min(mean + reach, 1.0))


def share_interval(count: int, size: int) -> tuple[float, float]:
    """Give the exact 95 % interval of a share of independent splits [1]_.

    References
    ----------
    .. [1] Clopper & Pearson (1934), Biometrika 26, 404-413.
       https://doi.org/10.1093/biomet/26.4.404

    Examples
    --------
    >>> [round(one, 4) for one in share_interval(0, 150)]
    [0.0, 0.0243]
    """
    low = float(betaincinv(count, size - count + 1, 0.025)) if count else 0.0
    high = float(betaincinv(count + 1, size - count, 0.975)) if count < size else 1.0
    return low, high


def _smallest(arrangements: Arrangements, size: int) -> float:
    smallest = arrangements.mirrored / arrangements.number
    return smallest if arrangements.few else max(smallest, 1 / (size + 1))
