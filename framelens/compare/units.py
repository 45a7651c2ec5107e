"""Units: what is left out in turn: articles, groups of articles, or events."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from framelens.compare.jackknife import Side

if TYPE_CHECKING:
    import numpy.typing as npt

    from framelens.compare.design import Design
    from framelens.compare.jackknife import Whole

DISTINCT = 8
"""Articles whose counts are equal are taken for copies if they have so many items:
with fewer, as with a code of 0 or 1, articles are alike by chance."""


@dataclass(frozen=True)
class Floors:
    """The smallest designs that are tested; lower ones are at the analyst's own risk.

    Where these are met, ``benchmarks/RESULTS.md`` has the measured error rates.

    Attributes
    ----------
    articles : int
        Articles a side, in all; groups of them where articles are grouped.
    lopsided : int
        The same for the smaller side, where the other has more than three times as
        many.
    events : int
        Shared events from which on events are the units.
    holders : int
        Units of each side that have the item.
    """

    articles: int = 5
    lopsided: int = 10
    events: int = 8
    holders: int = 3


FLOORS = Floors()
"""What comparisons use unless told otherwise."""

LOPSIDED = 3.0
"""Sides whose numbers differ by more than this are lopsided."""


def groups_of(design: Design, cluster: str | None) -> Whole:
    """Give each article the number of its unit: itself, its copies, or its cluster.

    Copies are on one side only: one dispatch in both outlets makes them no less
    independent.
    """
    table = design.articles
    names = table["article"].astype(object).to_numpy()
    label = pd.factorize(names)[0].astype(np.int64)
    if cluster is not None:
        value = pd.factorize(table[cluster])[0]
        label = np.where(value < 0, label, len(label) + value)
    side = design.is_target.astype(np.int64)
    first = pd.factorize(pd.MultiIndex.from_arrays([side, label]))[0]
    links = [first]
    for copies in (design.copies, _equal_rows(design)):
        if (copies >= 0).any():
            same = pd.factorize(pd.MultiIndex.from_arrays([side, copies]))[0]
            links.append(np.where(copies >= 0, same, -1))
    return _joined(links)


def copies_found(groups: Whole) -> int:
    """Count the articles that share their group with another."""
    size = np.bincount(groups, minlength=1)
    return int(size[size > 1].sum())


def sides(
    design: Design, columns: slice | Whole, groups: Whole | None
) -> tuple[Side, Side]:
    """Cut both sides into units: groups of articles, or events where none are given."""
    k = csr_array(design.k[:, columns])  # type: ignore[index]
    cell_weight = (
        design.event_weight[design.event_of_cell] * design.cells["weight"].to_numpy()
    )
    made = []
    for place, chosen in enumerate((design.is_target, ~design.is_target)):
        rows = np.flatnonzero(chosen)
        cell = design.cell[rows]
        weight = cell_weight[cell] / design.n_by_cell[cell, place]
        half = 0.5 * float((cell_weight**2 / design.n_by_cell[:, place]).sum())
        if groups is None:
            unit = design.event_of_cell[cell]
            stratum, count = np.zeros(design.strata, dtype=np.int64), design.strata
        else:
            unit, stratum = _strata(groups[rows], cell)
            count = len(stratum)
        into = csr_array(
            (weight, (unit, np.arange(len(rows)))), shape=(count, len(rows))
        )
        mine = csr_array(k[rows])
        made.append(
            Side(
                csr_array(into @ mine),
                np.bincount(unit, weight * design.n[rows], count).astype(float),
                stratum,
                half,
                np.asarray(mine.sum(axis=0), dtype=float).ravel(),
                np.bincount(unit, design.n[rows], count).astype(float),
            )
        )
    return made[0], made[1]


def _strata(group: Whole, cell: Whole) -> tuple[Whole, Whole]:
    """Give each article its unit, and each unit its cell, or one stratum for all."""
    unit = pd.factorize(group)[0].astype(np.int64)
    table = pd.DataFrame({"unit": unit, "cell": cell})
    pairs = table.drop_duplicates()
    if pairs["unit"].duplicated().any():
        return unit, np.zeros(unit.max() + 1, dtype=np.int64)
    first = pairs.sort_values("unit")["cell"]
    return unit, pd.factorize(first, sort=True)[0].astype(np.int64)


def _equal_rows(design: Design) -> Whole:
    """Give a number to articles of a side that have equal counts; -1 to the rest."""
    k = csr_array(design.k)
    k.sort_indices()
    rich = np.diff(k.indptr) >= DISTINCT
    rows = zip(k.indptr[:-1].tolist(), k.indptr[1:].tolist(), strict=True)
    keys = [
        _digest(design.is_target[row], design.n[row], k.indices[a:b], k.data[a:b])
        if rich[row]
        else row
        for row, (a, b) in enumerate(rows)
    ]
    code = pd.factorize(pd.Series(keys, dtype=object))[0]
    size = np.bincount(code, minlength=1)
    return np.where(size[code] > 1, code, -1).astype(np.int64) if len(code) else code


def _digest(*parts: npt.NDArray[Any]) -> bytes:
    """Give a few bytes that stand for some arrays."""
    made = blake2b(digest_size=16)
    for part in parts:
        made.update(part.tobytes())
    return made.digest()


def _joined(links: list[Whole]) -> Whole:
    """Put articles into one group that are linked in any of several ways."""
    from scipy.sparse.csgraph import connected_components

    count = len(links[0])
    rows, columns = [], []
    for link in links:
        known = np.flatnonzero(link >= 0)
        rows.append(known)
        first = pd.Series(known).groupby(link[known]).transform("first").to_numpy()
        columns.append(first)
    row, column = np.concatenate(rows), np.concatenate(columns)
    graph = csr_array((np.ones(len(row)), (row, column)), shape=(count, count))
    groups: Whole = connected_components(graph, directed=False)[1].astype(np.int64)
    return groups
