"""Counting: sequences of words, from integers, with scipy.

Equal sequences are brought together by counting sort, which costs the same for every
word, however large the vocabulary.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array

from framelens.measure.sparse import Sparse

if TYPE_CHECKING:
    import numpy.typing as npt

    from framelens.annotate.word_codes import Words

    Whole = npt.NDArray[np.int64]
    Codes = npt.NDArray[np.int32]

GROUPS, GROUP = 32, 500_000
"""Positions are sorted in at most so many groups, of at least that size."""


def positions(words: Words, order: int) -> Whole:
    """Give the number of sequences of `order` words that begin in each text."""
    found: Whole = np.maximum(np.diff(words.edges) - order + 1, 0)
    return found


def sequences(words: Words, rows: Whole, *, order: int) -> Sparse:
    """Count the sequences of `order` words that stand within one text.

    Parameters
    ----------
    words : Words
    rows : array of int
        For each text the row that it is counted in, from 0, never falling.
    order : int
        How many words make a sequence, from 1.

    Returns
    -------
    Sparse
        One row per different sequence, in alphabetical order, one column per row.

    Examples
    --------
    >>> from framelens.annotate.word_codes import words_of
    >>> words = words_of(["Talks end, talks fail.", "Talks end"])
    >>> counts = sequences(words, np.array([0, 1]), order=2)
    >>> counts.names().tolist(), counts.k.toarray().tolist()
    (['end talks', 'talks end', 'talks fail'], [[1, 0], [1, 1], [1, 0]])
    """
    width = int(rows[-1]) + 1 if len(rows) else 0
    ends = words.edges[np.searchsorted(rows, np.arange(width), side="right")]
    label, groups = _groups(words, order)
    room = len(words.code)  # never more cells or items; what is not used costs nothing
    row, k = np.empty(room, np.int32), np.empty(room, np.uint16)
    first_cell = np.empty(room + 1, _index_type(room))
    parts = np.empty((order, room), np.int32)
    cells = items = 0
    for number in range(groups):
        place = np.flatnonzero(label == number)
        columns = [words.code.take(place + step) for step in range(order)]
        found = _grouped(columns, _rows_of(place, ends))
        if found.k.max(initial=0) > np.iinfo(k.dtype).max:
            k = k.astype(np.int64)
        size, kinds = len(found.row), len(found.first_cell)
        row[cells : cells + size], k[cells : cells + size] = found.row, found.k
        parts[:, items : items + kinds] = found.parts
        first_cell[items : items + kinds] = found.first_cell + cells
        cells, items = cells + size, items + kinds
    first_cell[items] = cells
    pointers = first_cell[: items + 1]
    matrix = csr_array((k[:cells], row[:cells], pointers), shape=(items, width))
    return Sparse(matrix, words.names, parts[:, :items])


_NONE = 255  # the label of positions where no sequence begins


def _groups(words: Words, order: int) -> tuple[npt.NDArray[np.uint8], int]:
    """Label positions by ranges of their first word, to be sorted one by one."""
    pieces = range(0, len(words.code), GROUP)  # numpy widens codes: a few at a time
    often = np.zeros(len(words.names), np.int64)
    for at in pieces:
        often += np.bincount(words.code[at : at + GROUP], minlength=len(often))
    share = max(GROUP, len(words.code) // GROUPS + 1)
    group = ((np.cumsum(often) - often) // share).astype(np.uint8)
    label = np.empty(len(words.code), np.uint8)
    for at in pieces:
        label[at : at + GROUP] = group.take(words.code[at : at + GROUP])
    begins, ends = words.edges[:-1], words.edges[1:]
    for step in range(1, order):
        label[ends[ends - step >= begins] - step] = _NONE
    return label, int(group[-1]) + 1 if len(group) else 0


def _rows_of(place: Whole, ends: Whole) -> Codes:
    """Give the row of each place; places and ends are in order."""
    size = np.diff(np.searchsorted(place, ends), prepend=0)
    return np.repeat(np.arange(len(ends), dtype=np.int32), size)


@dataclass(frozen=True, eq=False)
class _Grouped:
    row: Codes  # one entry per cell: an item in a row
    k: Whole
    parts: Codes  # one column per item: its words
    first_cell: Whole  # one entry per item: where its cells begin


def _grouped(columns: list[Codes], row: Codes) -> _Grouped:
    """Bring equal sequences together, and count them by row."""
    by_item = np.arange(len(row), dtype=np.int32)
    for column in reversed(columns):
        by_item = _sorted_by(column.take(by_item), by_item)
    columns = [column.take(by_item) for column in columns]
    row = row.take(by_item)
    new_item = np.zeros(len(row), bool)
    new_item[:1] = True
    for column in columns:
        new_item[1:] |= column[1:] != column[:-1]
    new_cell = new_item.copy()
    new_cell[1:] |= row[1:] != row[:-1]
    cell, item = np.flatnonzero(new_cell), np.flatnonzero(new_item)
    return _Grouped(
        row=row.take(cell),
        k=np.diff(cell, append=len(row)),
        parts=np.stack([column.take(item) for column in columns]),
        first_cell=np.flatnonzero(new_item.take(cell)),
    )


def _sorted_by(key: Codes, values: Codes) -> Codes:
    """Sort `values` by `key`, keeping the order of equals.

    Turning a sparse matrix of a single row is a counting sort: linear in time.
    """
    if not len(key):
        return values
    low = int(key.min())
    shape = (1, int(key.max()) - low + 1)
    ends = np.array([0, len(key)], np.int32)
    turned = csr_array((values, key - low, ends), shape=shape).tocsc()
    found: Codes = turned.data
    return found


def _index_type(size: int) -> type[np.int32] | type[np.int64]:
    return np.int32 if size <= np.iinfo(np.int32).max else np.int64
