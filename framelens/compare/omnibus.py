"""Omnibus: one test of whether any of several outlets differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array

from framelens.compare.estimate import CHUNK
from framelens.compare.inference import (
    LEAST_ARRANGEMENTS,
    SETTLED,
    arrangements_for,
    kind_of,
)
from framelens.compare.statistic import weighings

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt
    import pandas as pd

    from framelens.compare.design import Design
    from framelens.compare.inference import Floors
    from framelens.compare.statistic import Kind
    from framelens.compare.strata import Floats, Whole


@dataclass(frozen=True, eq=False)
class Joint:
    """The articles of several outlets, of which every pair has a design of its own.

    Attributes
    ----------
    k : sparse array (articles, items)
    n : array (articles,)
    outlet : array (articles,)
        The number of its outlet.
    blocks : tuple of arrays
        Rows of each event and genre: labels move within these only.
    pairs : tuple
        For each pair: the numbers of its outlets, over what it is tested, and for
        each of its events the blocks and their weights.
    """

    k: csr_array
    n: Floats
    outlet: Whole
    blocks: tuple[Whole, ...]
    pairs: tuple[tuple[int, int, Kind, list[list[tuple[int, float]]]], ...]


def joint_of(
    designs: Sequence[Design], items: pd.Index, outlets: Sequence[str], floors: Floors
) -> Joint:
    """Put the designs of all pairs together; only pairs that can be tested.

    Each design must keep the genres apart or mix them as all others do.
    """
    places: dict[str, int] = {}
    keys: dict[tuple[str, str], int] = {}
    rows: dict[str, tuple[csr_array, float, int, int]] = {}
    pairs = []
    for design in designs:
        kind = kind_of(design, floors)
        if kind is None:
            continue
        table = design.articles
        event = table["event"].fillna("").to_numpy(object)
        genre = table["genre"].fillna("").to_numpy(object)
        if design.genres_apart:
            genre = np.full(len(table), "", dtype=object)
        at = items.get_indexer(design.items)
        wide = csr_array(
            (design.k.data, at[design.k.indices], design.k.indptr),
            shape=(len(table), len(items)),
        )
        block = [
            keys.setdefault(key, len(keys)) for key in zip(event, genre, strict=True)
        ]
        for row, name in enumerate(table["article"].tolist()):
            side = outlets.index(table["outlet"].iloc[row])
            if name not in places:
                places[name] = len(places)
                rows[name] = (wide[[row]], design.n[row], side, block[row])
        pairs.append(
            (
                outlets.index(design.target),
                outlets.index(design.baseline),
                kind,
                _events(design, np.array(block)),
            )
        )
    return _joined(rows, len(keys), tuple(pairs))


def omnibus(joint: Joint, which: Whole, *, seed: int) -> tuple[Floats, int]:
    """Test the largest studentised difference between any two of the outlets.

    Labels of all outlets are permuted together, within events and genres.

    Returns
    -------
    p : array (items,)
        In the order of `which`.
    number : int
        How many arrangements were tried.
    """
    rng = np.random.default_rng(seed)
    observed = _largest(joint, which, joint.outlet[None, :])[:, 0] * (1 - 1e-9)
    size = arrangements_for(len(which))
    extreme, tried = np.zeros(len(which)), np.zeros(len(which))
    active = np.arange(len(which))
    width = int(np.clip(CHUNK // max(len(which), 1), 1, 500))
    for first in range(0, size, width):
        labels = _dealt(joint, min(width, size - first), rng)
        values = _largest(joint, which[active], labels)
        extreme[active] += (values >= observed[active, None]).sum(axis=1)
        tried[active] += len(labels)
        if tried[active[0]] >= LEAST_ARRANGEMENTS:
            active = active[extreme[active] + 1 <= SETTLED * (tried[active] + 1)]
        if not len(active):
            break
    p: Floats = (extreme + 1) / (tried + 1)
    return p, size


def _events(design: Design, block: Whole) -> list[list[tuple[int, float]]]:
    """Give the blocks and weights of each event of a pair."""
    events: list[list[tuple[int, float]]] = [[] for _ in range(design.strata)]
    weights = design.cells["weight"].tolist()
    for cell, event in enumerate(design.event_of_cell.tolist()):
        rows = design.rows_by_cell[cell]
        events[event].append((int(block[rows[0]]), weights[cell]))
    return events


def _joined(
    rows: dict[str, tuple[csr_array, float, int, int]],
    blocks: int,
    pairs: tuple[tuple[int, int, Kind, list[list[tuple[int, float]]]], ...],
) -> Joint:
    from scipy.sparse import vstack

    names = sorted(rows)
    block = np.array([rows[name][3] for name in names], dtype=np.int64)
    return Joint(
        csr_array(vstack([rows[name][0] for name in names])),
        np.array([rows[name][1] for name in names]),
        np.array([rows[name][2] for name in names], dtype=np.int64),
        tuple(np.flatnonzero(block == one) for one in range(blocks)),
        pairs,
    )


def _dealt(joint: Joint, size: int, rng: np.random.Generator) -> npt.NDArray[np.int64]:
    dealt = np.empty((size, len(joint.outlet)), dtype=np.int64)
    for rows in joint.blocks:
        shuffled = np.argsort(rng.random((size, len(rows))), axis=1)
        dealt[:, rows] = joint.outlet[rows][shuffled]
    return dealt


def _largest(joint: Joint, which: Whole, labels: npt.NDArray[np.int64]) -> Floats:
    """Give the largest squared t of any pair: (items, arrangements)."""
    k, n = csr_array(joint.k[:, which]), joint.n
    largest = np.zeros((len(which), len(labels)))
    kinds = {kind for _, _, kind, _ in joint.pairs}
    if "events" in kinds:
        largest = _largest_of(joint, k, n, labels, "events")
    if "articles" in kinds:
        for weight, chosen in weighings(k, n):
            weighted = csr_array(k[:, chosen].multiply(weight[:, None]))
            found = _largest_of(joint, weighted, n * weight, labels, "articles")
            largest[chosen] = np.maximum(largest[chosen], found)
    return largest


def _largest_of(
    joint: Joint, k: csr_array, n: Floats, labels: npt.NDArray[np.int64], over: Kind
) -> Floats:
    """Give the largest squared t of the pairs that are tested over events, or not."""
    shares: dict[tuple[int, int], tuple[Floats, Floats]] = {}

    def side(block: int, outlet: int) -> tuple[Floats, Floats]:
        if (block, outlet) not in shares:
            shares[block, outlet] = _share(joint.blocks[block], k, n, labels == outlet)
        return shares[block, outlet]

    largest = np.zeros((k.shape[1], len(labels)))
    for first, second, kind, events in joint.pairs:
        if kind != over:
            continue
        gaps, inside = [], np.zeros_like(largest)
        for blocks in events:
            gap = np.zeros_like(largest)
            for block, weight in blocks:
                (a, a_error), (b, b_error) = side(block, first), side(block, second)
                gap += weight * (a - b)
                inside += weight**2 * (a_error + b_error)
            gaps.append(gap)
        mean = np.mean(gaps, axis=0)
        variance = inside
        if kind == "events":
            variance = np.var(gaps, axis=0, ddof=1) / len(gaps)
        tiny = variance <= 1e-24
        squared = np.divide(mean**2, variance, out=np.zeros_like(mean), where=~tiny)
        squared[tiny & (np.abs(mean) > 1e-12)] = np.inf
        largest = np.maximum(largest, squared)
    return largest


def _share(
    rows: Whole, k: csr_array, n: Floats, side: npt.NDArray[np.bool_]
) -> tuple[Floats, Floats]:
    """Give an outlet's share within a block, and its variance over articles."""
    here, n = csr_array(k[rows]).T.tocsr(), n[rows]
    dealt = side[:, rows].T.astype(float)
    total, count = n @ dealt, dealt.sum(axis=0)
    share = (here @ dealt) / total
    squares = (
        here.power(2) @ dealt
        - 2 * share * (here @ (n[:, None] * dealt))
        + share**2 * (n**2 @ dealt)
    )
    spread = count / np.maximum(count - 1, 1) / total**2
    return share, spread * np.maximum(squares, 0)
