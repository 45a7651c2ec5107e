"""Counting: sequences of words, from integers, with scipy.

Equal sequences are brought together by turning sparse matrices, which is a counting
sort: it costs the same for every word, however large the vocabulary, and keeps the
order of equals.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import csc_array, csr_array

from framelens.measure.sparse import Sparse

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from framelens.annotate.word_codes import Words

    Whole = npt.NDArray[np.int64]
    Codes = npt.NDArray[np.int32]

GROUP = 1_000_000
"""So many sequences are sorted by their last word at a time: few enough for a cache."""


def positions(words: Words, order: int) -> Whole:
    """Give the number of sequences of `order` words that begin in each text."""
    found: Whole = np.maximum(np.diff(words.edges) - order + 1, 0)
    return found


def sequences(words: Words, rows: Whole, *, order: int) -> Sparse:
    """Count the sequences of `order` words that stand within one text.

    `rows` has for each text the row that it is counted in, from 0, never falling: these
    are the columns of what is given, in which different sequences stand in alphabetical
    order.

    >>> from framelens.annotate.word_codes import words_of
    >>> words = words_of(["Talks end, talks fail.", "Talks end"])
    >>> counts = sequences(words, np.array([0, 1]), order=2)
    >>> counts.names().tolist(), counts.k.toarray().tolist()
    (['end talks', 'talks end', 'talks fail'], [[1, 0], [1, 1], [1, 0]])
    """
    width = int(rows[-1]) + 1 if len(rows) else 0
    last = np.searchsorted(rows, np.arange(width), side="right")
    begins = np.concatenate([np.zeros(1, np.int64), words.edges[last]])
    none = len(words.names)
    code, parts = words.code, np.arange(none, dtype=np.int32)[None]
    if order == 1:
        ones = np.ones(len(code), _unit(begins))
        by_word = _turned(ones, code, begins, width=none)
        return Sparse(_added_up(by_word.T), words.names, parts)
    for step in range(1, order - 1):
        code, parts = _numbered(words, code, parts, step)
    found = _sorted_pairs(code, parts, _behind(words, order - 1), begins, none=none)
    ones = np.ones(len(found.row), _unit(begins))
    shape = (len(found.first) - 1, width)
    matrix = csr_array((ones, found.row, found.first), shape=shape)
    return Sparse(_added_up(matrix), words.names, found.parts)


@dataclass(frozen=True, eq=False)
class _Pairs:
    """Sequences (`parts`) in alphabetical order, each with the rows in which it stands.

    Of each sequence `row` has one entry per place, rows never falling; `first` is where
    its entries begin, and at the end their number.
    """

    row: Codes
    first: Codes
    parts: Codes


def _sorted_pairs(
    code: Codes, parts: Codes, behind: Codes, begins: Whole, *, none: int
) -> _Pairs:
    """Sort sequences by what they begin with, then by their last word, then by row.

    `code` is for each position the column of `parts` that stands there, `behind` the
    word that ends the sequence (`none` where none begins); `begins`, where rows begin,
    and the end.
    """
    kinds = max(parts.shape[1], 1)  # positions without a sequence hold a number too
    beginning = _turned(behind, code, begins, width=kinds)
    row, last, ends = beginning.indices, beginning.data, beginning.indptr
    first = np.empty(len(row) + 1, ends.dtype)  # room that is not used costs nothing
    made = np.empty((len(parts) + 1, len(row)), np.int32)
    place = items = 0
    for low, high in _groups(ends):
        here = slice(ends[low], ends[high])
        inside = ends[low : high + 1] - ends[low]
        both = _by_last(row[here], last[here], inside, none)
        new = _begins_anew(both)
        found = slice(items, items + len(new))
        made[-1, found] = both.indices.take(new)
        number = np.diff(np.searchsorted(new, both.indptr))
        made[:-1, found] = parts[:, np.repeat(np.arange(low, high), number)]
        first[found] = new + place
        row[place : place + both.nnz] = both.data  # its own place, or one before it
        place, items = place + both.nnz, items + len(new)
    first[items] = place
    return _Pairs(row[:place], first[: items + 1], made[:, :items])


def _by_last(row: Codes, last: Codes, ends: Codes, none: int) -> csr_array:
    """Sort the entries of each beginning by their last word; leave out `none`."""
    wide = csr_array((row, last, ends), shape=(len(ends) - 1, none + 1)).tocsc()
    kept = wide.indptr[none]
    narrow = (wide.data[:kept], wide.indices[:kept], wide.indptr[: none + 1])
    return csc_array(narrow, shape=(len(ends) - 1, none)).tocsr()


def _begins_anew(both: csr_array) -> Whole:
    """Give the places at which another sequence stands than just before."""
    new = np.ones(both.nnz, bool)
    np.not_equal(both.indices[1:], both.indices[:-1], out=new[1:])
    starts = both.indptr[:-1]
    new[starts[starts < both.nnz]] = True
    return np.flatnonzero(new)


def _numbered(
    words: Words, code: Codes, parts: Codes, step: int
) -> tuple[Codes, Codes]:
    """Make each position's sequence longer by a word, and number them anew."""
    every = np.arange(len(code) + 1)
    found = _sorted_pairs(
        code, parts, _behind(words, step), every, none=len(words.names)
    )
    longer = np.zeros(len(code), np.int32)  # what no sequence begins at is never asked
    size = np.diff(found.first)
    longer[found.row] = np.repeat(np.arange(len(size), dtype=np.int32), size)
    return longer, found.parts


def _behind(words: Words, step: int) -> Codes:
    """Give the word that stands `step` further on in the text; else their number."""
    following = words.code[step:]
    found = np.full(len(words.code), len(words.names), np.int32)
    found[: len(following)] = following
    begins, ends = words.edges[:-1], words.edges[1:]
    for back in range(1, step + 1):
        found[ends[ends - back >= begins] - back] = len(words.names)
    return found


def _groups(ends: Codes) -> Iterator[tuple[int, int]]:
    """Put beginnings together until they have `GROUP` entries."""
    steps = np.arange(0, int(ends[-1]) + GROUP, GROUP)
    yield from pairwise(np.unique(np.searchsorted(ends[:-1], steps)).tolist())


def _turned(
    data: npt.NDArray[Any],
    column: Codes,
    begins: Whole,
    *,
    width: int,
) -> csc_array:
    """Sort by column what is held by row."""
    used = slice(int(begins[-1]))
    pointers = begins.astype(_index_type(int(begins[-1])))
    shape = (len(begins) - 1, width)
    return csr_array((data[used], column[used], pointers), shape=shape).tocsc()


def _added_up(matrix: csr_array) -> csr_array:
    """Add up the entries of each cell, which stand together."""
    matrix.sum_duplicates()
    return matrix


def _unit(begins: Whole) -> type[np.uint16] | type[np.int64]:
    """Give the type of number that holds every count of a row."""
    most = int(np.diff(begins).max(initial=0))
    return np.uint16 if most <= np.iinfo(np.uint16).max else np.int64


def _index_type(size: int) -> type[np.int32] | type[np.int64]:
    return np.int32 if size <= np.iinfo(np.int32).max else np.int64
