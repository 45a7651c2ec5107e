"""Splits: parts of one outlet against each other, where little or nothing differs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array, vstack
from scipy.special import betaincinv, chdtrc, xlogy

from framelens.compare.design import rearranged
from framelens.compare.inference import adjusted, enough, estimates, units_in
from framelens.compare.units import FLOORS

if TYPE_CHECKING:
    import numpy.typing as npt

    from framelens.compare.design import Design
    from framelens.compare.jackknife import Floats, Whole
    from framelens.compare.units import Floors

    Labels = npt.NDArray[np.bool_]

BELOW = 0.05
"""What counts as a small p or q."""

MOST_ITEMS = 500
"""So many items at most, those that most articles have, so that time stays bounded."""

SMALL_PART = 5
"""Unlike halves: one article in so many goes to the small side."""

THINNED = 3
"""There, only one word in so many is kept on the small side."""

LONG_ENOUGH = 30
"""Articles with a lower median of n are not thinned: codes have n = 1."""


@dataclass(frozen=True)
class Claims:
    """What was claimed on one split: p of this package, and of `pooled` words."""

    p: Floats
    pooled: Floats


def chosen_items(design: Design, min_articles: int) -> Whole:
    """Items that enough articles have, of many those in most: outlets not looked at."""
    found = np.diff(design.k.tocsc().indptr)
    which = np.flatnonzero(found >= min_articles)
    order = np.argsort(-found[which], kind="stable")[:MOST_ITEMS]
    return np.sort(which[order])


def claims(design: Design, floors: Floors) -> Claims | None:
    """Test every item of a split; None where it is too small for a test."""
    units = units_in(design, floors, None)
    if not len(design.items) or not enough(design, units, floors):
        return None
    p = estimates(design, units, floors).p
    tested = ~np.isnan(p)
    return Claims(p[tested], pooled_p(design)[tested])


def random_halves(design: Design, rng: np.random.Generator) -> Design:
    """Deal the articles into two halves."""
    dealt = rng.permutation(len(design.n)) < len(design.n) // 2
    return rearranged(design, design.k, design.n, np.zeros(len(dealt), int), dealt)


def unlike_halves(design: Design, rng: np.random.Generator) -> Design:
    """Deal the articles into few short ones and many long ones.

    A fifth, with a third of the words of each; the rest, joined in pairs, are long and
    even.
    """
    order = rng.permutation(len(design.n))
    cut = max(len(order) // SMALL_PART, FLOORS.articles)
    small, rest = order[:cut], order[cut:]
    few, n = csr_array(design.k[small]).astype(np.int64), design.n[small]
    if np.median(design.n) >= LONG_ENOUGH:
        few.data = rng.binomial(few.data, 1 / THINNED)
        few.eliminate_zeros()
        most = few.max(axis=1).toarray().ravel()
        n = np.maximum(np.ceil(n / THINNED), most)
    pair = np.arange(len(rest)) // 2
    pairs = int(pair[-1]) + 1
    into = csr_array((np.ones(len(rest)), (pair, np.arange(len(rest)))),
                     shape=(pairs, len(rest)))  # fmt: skip
    k = csr_array(vstack([few.astype(float), into @ csr_array(design.k[rest])]))
    n = np.concatenate([n, np.bincount(pair, design.n[rest])])
    is_target = np.arange(len(n)) < cut
    return rearranged(design, k, n, np.zeros(len(n), int), is_target)


def parted(design: Design, first: Labels, known: Labels, floors: Floors) -> Design:
    """Set some articles against others; within events where enough have both."""
    k, n = csr_array(design.k[known]), design.n[known]
    event = design.event_of_cell[design.cell][known]
    within = rearranged(design, k, n, event, first[known])
    if within.strata >= floors.events:
        return within
    return rearranged(design, k, n, np.zeros(len(n), int), first[known])


def pooled_p(design: Design) -> Floats:
    """Give p of the log-likelihood ratio over all units, as the usual tools do.

    Every unit counts as an independent draw (Dunning 1993,
    https://aclanthology.org/J93-1003/): shown beside what this package claims, and
    never used by it.
    """
    target = design.is_target.astype(float)
    k, whole = design.k.T @ target, np.asarray(design.k.sum(axis=0)).ravel()
    n = float(design.n @ target)
    return log_likelihood_p(k, np.float64(n), whole - k, np.float64(design.n.sum() - n))


def log_likelihood_p(
    k: Floats, n: np.float64, others_k: Floats, others_n: np.float64
) -> Floats:
    """Give p of the log-likelihood ratio of two shares of pooled units."""
    share = (k + others_k) / (n + others_n)
    ratio = np.zeros(np.shape(k))
    for part, whole in ((k, n), (others_k, others_n)):
        ratio = ratio + xlogy(part, part / whole) - xlogy(part, share)
        rest = whole - part
        ratio = ratio + xlogy(rest, rest / whole) - xlogy(rest, 1 - share)
    p: Floats = chdtrc(1, np.maximum(2 * ratio, 0))
    return p


def any_q(p: Floats) -> bool:
    """Whether any item has q below 0.05."""
    return bool((adjusted(p) < BELOW).any())


def mean_interval(shares: Floats) -> tuple[float, float, float]:
    """Mean of the shares of splits and its 95 % Monte Carlo interval; NaN for one."""
    mean = float(shares.mean())
    if len(shares) < 2:
        return mean, np.nan, np.nan
    reach = 1.96 * float(shares.std(ddof=1)) / np.sqrt(len(shares))
    return mean, float(max(mean - reach, 0.0)), float(min(mean + reach, 1.0))


def share_interval(count: int, size: int) -> tuple[float, float]:
    """Give the exact 95 % interval of a share of independent splits.

    Clopper & Pearson (1934), https://doi.org/10.1093/biomet/26.4.404.

    >>> [round(value, 4) for value in share_interval(0, 150)]
    [0.0, 0.0243]
    """
    low = float(betaincinv(count, size - count + 1, 0.025)) if count else 0.0
    high = float(betaincinv(count + 1, size - count, 0.975)) if count < size else 1.0
    return low, high
