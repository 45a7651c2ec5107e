"""Planting: a known ratio put into articles that differ in nothing else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csc_array, csr_array, hstack

from framelens.compare.arrangements import arrangements_of
from framelens.compare.estimate import CHUNK, over_events
from framelens.compare.inference import LEAST_ARRANGEMENTS
from framelens.compare.statistic import squared_t

if TYPE_CHECKING:
    from framelens.compare.arrangements import Arrangements, Labels
    from framelens.compare.design import Design
    from framelens.compare.statistic import Kind
    from framelens.compare.strata import Floats, Whole


@dataclass(frozen=True, eq=False)
class Planted:
    """What became of each planted case.

    Attributes
    ----------
    p : array (cases,)
        NaN where too few articles have the item left for a test.
    difference, truth : array (cases,)
        The estimated and the planted difference of shares.
    """

    p: Floats
    difference: Floats
    truth: Floats


def planted(
    design: Design,
    items: Whole,
    ratios: Floats,
    *,
    deals: Whole,
    kind: Kind,
    arrangements: int,
    least: int,
    rng: np.random.Generator,
) -> Planted:
    """Deal the labels out at random, plant one ratio per case, and test each.

    What the outlets really differ in is gone once labels are dealt out within events
    and genres. Then the counts of one side are thinned: each occurrence stays with
    probability 1 / ratio. That leaves a word as bursty as it was [1]_.

    Parameters
    ----------
    design : Design
    items : array (cases,)
        The item of each case.
    ratios : array (cases,)
        Above 1: the untouched side's rate over the thinned side's.
    deals : array (cases,)
        Cases of one number, from 0, share one way of dealing the labels out.
    kind : {"events", "articles"}
    arrangements : int
        How many are tried at most.
    least : int
        Cases that fewer articles have are not tested.
    rng : Generator

    References
    ----------
    .. [1] Thinned negative binomial counts keep their size: Gerard (2020), BMC
       Bioinformatics 21:206. https://doi.org/10.1186/s12859-020-3450-9
    """
    dealing = arrangements_of(design)
    labels = dealing.sample(int(deals.max()) + 1, rng)
    thinned = _thinned(design, items, ratios, labels[deals], rng)
    there = replace(design, k=thinned)
    observed, estimate = np.zeros(len(items)), np.zeros(len(items))
    for deal, dealt in enumerate(labels):
        which = np.flatnonzero(deals == deal)
        observed[which] = squared_t(there, which, dealt[None], kind)[:, 0]
        estimate[which] = _differences(there, which, dealt)
    p = _p(there, observed * (1 - 1e-9), dealing, kind, arrangements, rng)
    found = np.diff(thinned.tocsc().indptr)
    truth = _shares(design)[items]
    return Planted(
        np.where(found >= least, p, np.nan), estimate, truth * (1.0 - 1.0 / ratios)
    )


def _thinned(
    design: Design,
    items: Whole,
    ratios: Floats,
    labels: Labels,
    rng: np.random.Generator,
) -> csr_array:
    """Thin the side that is not labelled; give articles by cases."""
    whole = csc_array(design.k)
    parts = []
    for item, ratio, here in zip(items.tolist(), ratios.tolist(), labels, strict=True):
        column = whole[:, [item]].toarray()[:, 0].astype(np.int64)
        fewer = rng.binomial(column, 1.0 / ratio)
        parts.append(csc_array(np.where(here, column, fewer)[:, None].astype(float)))
    return csr_array(hstack(parts))


def _p(
    design: Design,
    observed: Floats,
    dealing: Arrangements,
    kind: Kind,
    size: int,
    rng: np.random.Generator,
) -> Floats:
    """Give p of each case; those far from small ones are settled early."""
    extreme, tried = np.zeros(len(observed)), np.zeros(len(observed))
    active = np.arange(len(observed))
    width = min(max(CHUNK // max(len(observed), 1), 1), LEAST_ARRANGEMENTS)
    for dealt in dealing.batches(size, width, rng):
        values = squared_t(design, active, dealt, kind)
        extreme[active] += (values >= observed[active, None]).sum(axis=1)
        tried[active] += len(dealt)
        if not dealing.few and tried[active[0]] >= LEAST_ARRANGEMENTS:
            active = active[extreme[active] <= 0.01 * tried[active]]
        if not len(active):
            break
    own = 0 if dealing.few else 1
    p: Floats = (extreme + own) / (tried + own)
    return p


def _differences(design: Design, which: Whole, labels: Labels) -> Floats:
    """Give the difference of shares of each case, averaged over events."""
    sides = []
    for side in (labels, ~labels):
        k, n = _per_cell(design, side, which)
        sides.append(over_events(design, k / n))
    mean: Floats = design.event_weight @ (sides[0] - sides[1])
    return mean


def _shares(design: Design) -> Floats:
    """Give the share of each item whatever the side, averaged over events."""
    everything = np.ones(len(design.n), dtype=bool)
    k, n = _per_cell(design, everything, np.arange(design.k.shape[1]))
    mean: Floats = design.event_weight @ over_events(design, k / n)
    return mean


def _per_cell(design: Design, side: Labels, which: Whole) -> tuple[Floats, Floats]:
    shape = (len(design.cells), len(design.n))
    sums = csr_array(
        (side.astype(float), (design.cell, np.arange(len(design.n)))), shape=shape
    )
    return (sums @ csr_array(design.k[:, which])).toarray(), (sums @ design.n)[:, None]
