"""Splits: parts of one outlet against each other, where little or nothing differs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.sparse import csr_array, vstack
from scipy.special import betaincinv, chdtrc, xlogy

from framelens.compare.design import rearranged
from framelens.compare.inference import adjusted, enough, p_and_ratio, units_in
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


def claims(design: Design, floors: Floors, cluster: str | None) -> Claims | None:
    """Test every item of a split; None where it is too small for a test."""
    units = units_in(design, floors, cluster)
    if not len(design.items) or not enough(design, units, floors):
        return None
    p, _ = p_and_ratio(design, units, floors)
    tested = ~np.isnan(p)
    return Claims(p[tested], pooled_p(design)[tested])


def random_halves(design: Design, groups: Whole, rng: np.random.Generator) -> Design:
    """Deal the articles into two halves; what is one unit stays together."""
    dealt = _drawn(design, groups, 2, 0, rng)
    event = np.zeros(len(dealt), dtype=np.int64)
    return _dealt(design, event, dealt, np.arange(len(dealt)))


def unlike_halves(
    design: Design, groups: Whole, cluster: str | None, rng: np.random.Generator
) -> Design:
    """Deal the articles into few short ones and many long ones.

    A fifth, with a third of the words of each; the rest, joined in pairs (of one genre
    and cluster), are long and even.
    """
    few = _drawn(design, groups, SMALL_PART, FLOORS.articles, rng)
    small, rest = np.flatnonzero(few), rng.permutation(np.flatnonzero(~few))
    k, n = csr_array(design.k[small]).astype(np.int64), design.n[small]
    if np.median(design.n) >= LONG_ENOUGH:
        k.data = rng.binomial(k.data, 1 / THINNED)
        k.eliminate_zeros()
        n = np.maximum(np.ceil(n / THINNED), k.max(axis=1).toarray().ravel())
    alike = [design.articles["genre"].fillna("")]
    alike += [] if cluster is None else [pd.Series(groups)]
    key = pd.MultiIndex.from_frame(pd.concat(alike, axis=1).iloc[rest])
    place = pd.Series(rest).groupby(pd.factorize(key)[0]).cumcount() // 2
    pair = pd.factorize(pd.MultiIndex.from_arrays([pd.factorize(key)[0], place]))[0]
    first = np.unique(pair, return_index=True)[1]
    into = csr_array((np.ones(len(rest)), (pair, np.arange(len(rest)))),
                     shape=(len(first), len(rest)))  # fmt: skip
    k = csr_array(vstack([k.astype(float), into @ csr_array(design.k[rest])]))
    n = np.concatenate([n, np.bincount(pair, design.n[rest])])
    return rearranged(
        design, k, n, np.zeros(len(n), int), np.arange(len(n)) < len(small),
        like=np.concatenate([small, rest[first]]),
    )  # fmt: skip


def _drawn(
    design: Design, groups: Whole, part: int, least: int, rng: np.random.Generator
) -> Labels:
    """Choose one unit in so many of each genre, at random, and at least so many."""
    first = np.unique(groups, return_index=True)[1]
    genre = pd.factorize(design.articles["genre"].fillna("").iloc[first])[0]
    order = rng.permutation(len(first))
    order = order[np.argsort(genre[order], kind="stable")]
    many = max(len(first) // part, least)
    # evenly spaced places in an order by genre: each genre gives its part
    places = (np.arange(many) + rng.random()) * len(first) / many
    chosen = np.zeros(len(first), dtype=bool)
    chosen[order[places.astype(int)]] = True
    return chosen[groups]


def _dealt(design: Design, event: Whole, first: Labels, rows: Whole) -> Design:
    """Set some articles against others."""
    k, n = csr_array(design.k[rows]), design.n[rows]
    return rearranged(design, k, n, event[rows], first[rows], like=rows)


def parted(design: Design, first: Labels, known: Labels, floors: Floors) -> Design:
    """Set some articles against others; within events where enough have both."""
    rows = np.flatnonzero(known)
    within = _dealt(design, design.event_of_cell[design.cell], first, rows)
    if within.strata >= floors.events:
        return within
    return _dealt(design, np.zeros(len(first), int), first, rows)


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
    """Give p of the log-likelihood ratio of two shares of pooled units.

    No test of ours: shown beside one, and to order findings that are to be read.
    """
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
