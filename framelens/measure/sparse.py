"""Counts as integers, which every share, test and resample is made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.sparse import coo_array, csc_array, csr_array

from framelens.annotate.word_codes import numbered

if TYPE_CHECKING:
    import numpy.typing as npt

    from framelens.annotate.word_codes import Codes, Words

    Whole = npt.NDArray[np.int64]

TEXT = pd.StringDtype(na_value=np.nan)
"""How keys are held: text, missing where it is not known."""


@dataclass(frozen=True, eq=False)
class Sparse:
    """How often each item stands in each article and voice, as a sparse matrix.

    `k` is (items, rows of ``Counts.totals``), best held by its columns, since they are
    counted one by one, and in numbers as small as they may be. Items are columns of
    `parts`: the places of their words in `words`, which are in alphabetical order.
    """

    k: csr_array | csc_array
    words: list[str]
    parts: npt.NDArray[np.int32]

    def names(self, items: Whole | None = None) -> pd.Index:
        """Give the names of some items, or of all."""
        words = pd.Series(self.words, dtype=TEXT)
        chosen = self.parts if items is None else self.parts[:, items]
        names = words.take(chosen[0]).reset_index(drop=True)
        for part in chosen[1:]:
            names = names + " " + words.take(part).reset_index(drop=True)
        return pd.Index(names, dtype=TEXT)

    def sums(self, columns: npt.NDArray[np.bool_] | None = None) -> Whole:
        """Give how often each item stands in some columns, or in all."""
        weight = np.ones(self.k.shape[1], bool) if columns is None else columns
        whole = np.result_type(self.k.dtype, np.int32)  # no smaller, to hold the sums
        found: Whole = (self.k @ weight.astype(whole)).astype(np.int64)
        return found

    def long(self) -> tuple[pd.DataFrame, Whole]:
        """Give ``item, k`` of every count, by column and item; and its column."""
        by_column = csc_array(self.k)
        column = np.repeat(np.arange(self.k.shape[1]), np.diff(by_column.indptr))
        item = pd.Series(self.names().take(by_column.indices), dtype=TEXT)
        found = pd.DataFrame({"item": item, "k": by_column.data.astype(np.int64)})
        return found, column


def sparse_of(counts: pd.DataFrame, column: Whole, *, columns: int) -> Sparse:
    """Set out ``item, k`` as integers; `column` is the row of each count's total."""
    code, items = pd.factorize(counts["item"].astype(TEXT), sort=True)
    shape = (len(items), columns)
    k = csr_array(coo_array((counts["k"].to_numpy(), (code, column)), shape=shape))
    words = [str(item) for item in items]
    return Sparse(k, words, np.arange(len(words), dtype=np.int32)[None])


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
    number = numbered(words, order)
    place = np.flatnonzero(number >= 0)
    number = number[place]
    first = np.zeros(number.max(initial=-1) + 1, np.int64)
    first[number] = place  # one of the places of each
    width = int(rows[-1]) + 1 if len(rows) else 0
    past = np.searchsorted(rows, np.arange(width + 1))  # the first text of each row
    begins = np.searchsorted(place, np.append(words.edges, len(words.code))[past])
    k = _tallied(number, begins, len(first))
    parts = words.code[first + np.arange(order)[:, None]]
    return Sparse(k.T, words.names, parts)


class Tally:
    """Counts words batch by batch, so that no word is kept once it is counted.

    Counts are added at the end of two arrays that grow where they lie: pieces to be put
    together at the end would take the room of all counts twice.
    """

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Count from nothing."""
        self.data, self.item = np.empty(0, np.uint8), np.empty(0, np.int32)
        self.sizes, self.filled = [np.zeros(1, np.int64)], 0

    def add(self, code: Codes, begins: Whole) -> None:
        """Count words by their numbers; `begins` is where each row begins, and ends."""
        part = _tallied(code, begins, int(code.max(initial=-1)) + 1)
        here = slice(self.filled, self.filled + part.nnz)
        if here.stop > len(self.item):  # in small steps: new room is filled with zeros
            self._resize(max(here.stop, len(self.item) * 9 // 8))
        if part.dtype.itemsize > self.data.itemsize:
            self.data = self.data.astype(part.dtype)
        self.data[here], self.item[here] = part.data, part.indices
        self.sizes.append(np.diff(part.indptr))
        self.filled = here.stop

    def sparse(self, names: list[str], rank: Codes) -> Sparse:
        """Give all counts, and forget them; `rank` has the place of each number."""
        self._resize(self.filled)
        data, item = self.data, self.item
        for first in range(0, len(item), 1_000_000):
            some = item[first : first + 1_000_000]
            some[:] = rank[some]
        begins = np.cumsum(np.concatenate(self.sizes), dtype=np.int64)
        self.begin()  # what is given must not grow
        index = np.int32 if len(item) < np.iinfo(np.int32).max else np.int64
        shape = (len(begins) - 1, len(names))
        item, begins = item.astype(index, copy=False), begins.astype(index)
        k = csr_array((data, item, begins), shape=shape)
        k.sort_indices()
        return Sparse(k.T, names, np.arange(len(names), dtype=np.int32)[None])

    def _resize(self, room: int) -> None:
        self.data.resize(room, refcheck=False)
        self.item.resize(room, refcheck=False)


def _tallied(number: Codes, begins: Whole, width: int) -> csr_array:
    """Count numbers row by row; what is counted is held as small as it may be."""
    ones, shape = np.ones(len(number), np.int32), (len(begins) - 1, width)
    index = np.int32 if len(number) < np.iinfo(np.int32).max else np.int64
    k = csr_array((ones, number, begins.astype(index)), shape=shape, copy=True)
    k.sum_duplicates()  # in place
    data = k.data.astype(np.min_scalar_type(k.data.max(initial=0)))
    indices = k.indices.copy()  # which else would keep what was added up
    return csr_array((data, indices, k.indptr), shape=shape)
