"""Counting: word sequences of many texts as integers, with polars and scipy.

Texts are cut at spaces (polars); each different piece between spaces is taken apart by
the one token pattern, once, however often it stands in the corpus. From there on a
word is an integer, and equal sequences are brought together by counting sort (scipy).
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import polars as pl
from scipy.sparse import csr_array

from framelens.annotate.words import WORD, counted_form
from framelens.measure.sparse import Sparse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    Whole = npt.NDArray[np.int64]
    Codes = npt.NDArray[np.int32]
    Hashes = npt.NDArray[np.uint64]

BATCH = 2_000
"""Texts that are taken apart at a time, if they are articles of usual length."""

BATCH_BYTES = 8_000_000
"""Bytes after which a batch ends, if its texts are long."""

GROUPS, GROUP = 32, 500_000
"""Positions are sorted in at most so many groups, of at least that size."""

TABLE = 22
"""Bits of the hash of a piece that say where it is looked up: 48 MB at most."""

_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, eq=False)
class Words:
    """The words of many texts, in reading order, as integers.

    Attributes
    ----------
    names : list of str
        The counted forms, in alphabetical order.
    code : array of int32
        One entry per word of the texts: its place in `names`.
    edges : array of int64
        Where each text begins in `code`, and at the end where the last one ends.
    """

    names: list[str]
    code: Codes
    edges: Whole


def words_of(texts: Sequence[str]) -> Words:
    """Take texts apart into words.

    The words are those of `framelens.annotate.words`, each in its counted form.

    Parameters
    ----------
    texts : sequence of str

    Returns
    -------
    Words

    Notes
    -----
    A match of the token pattern never holds a space or a line break and does not look
    beyond itself, so that cutting there changes nothing. Pieces between spaces are
    told apart by hashes of 63 bits: that two of a million different ones share a
    hash has a chance of about 1 in 20 million.

    Examples
    --------
    >>> words = words_of(["Talks end.", "The U.S. ends talks."])
    >>> words.names
    ['US', 'end', 'ends', 'talks', 'the']
    >>> words.code.tolist(), words.edges.tolist()
    ([3, 1, 4, 0, 2, 3], [0, 2, 6])
    """
    reader = Reader()
    reader.take(texts)
    return reader.words()


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


class _Forms(dict[str, int]):
    """The number of the counted form of each spelling, worked out once."""

    def __init__(self) -> None:
        self.names: dict[str, int] = {}

    def __missing__(self, spelling: str) -> int:
        number = self.names.setdefault(counted_form(spelling), len(self.names))
        self[spelling] = number
        return number


class Reader:
    """Takes texts, batch by batch, and gives their words once all are there.

    It holds what stands between spaces: a table from its hash to the words in it.
    """

    def __init__(self) -> None:
        self.forms = _Forms()
        self.hash_of_slot = np.zeros(1 << TABLE, np.uint64)
        self.piece_of_slot = np.zeros(1 << TABLE, np.int32)
        self.shift = np.uint64(64 - TABLE)
        self.beside: dict[int, int] = {}  # pieces whose slot is taken
        self.first = np.zeros(0, np.int32)  # of each piece: where its words begin
        self.size = np.zeros(0, np.int32)  # and how many they are
        self.spelled = np.zeros(0, np.int32)
        self.codes: deque[Codes] = deque()
        self.sizes = [np.zeros(1, np.int64)]

    def take(self, texts: Sequence[str] | pd.Series) -> None:
        """Read some texts."""
        held = _series(texts)
        for first, last in _batches(held):
            code, size = self._take_apart(held[first:last])
            self.codes.append(code)
            self.sizes.append(size)

    def words(self) -> Words:
        """Give the words of all texts, and forget them."""
        names, rank = _in_order(list(self.forms.names))
        code = np.empty(sum(map(len, self.codes)), np.int32)
        place = 0
        while self.codes:  # each part is let go as soon as it is copied
            part = self.codes.popleft()
            np.take(rank, part, out=code[place : place + len(part)])
            place += len(part)
        return Words(names, code, np.cumsum(np.concatenate(self.sizes)))

    def _take_apart(self, texts: pl.Series) -> tuple[Codes, Whole]:
        """Give the numbers of the words of `texts`, and how many each text has."""
        split = texts.str.replace_all("\n", " ", literal=True).str.split(" ")
        ends = np.cumsum(split.list.len().to_numpy(), dtype=np.int64)
        piece = self._known(split.explode())
        size = self.size[piece]
        before = np.cumsum(size, dtype=np.int64)
        per_text = np.diff(before[ends - 1], prepend=0)
        code = np.append(self.spelled, np.int32(0))[self.first[piece]]
        if len(several := np.flatnonzero(size > 1)):
            more = np.repeat(several, size[several] - 1)
            nth = _counting_up(size[several] - 1) + 1
            words = self.spelled[self.first[piece[more]] + nth]
            code, size = np.insert(code, more + 1, words), np.insert(size, more + 1, 1)
        return code[size > 0], per_text

    def _known(self, pieces: pl.Series) -> Codes:
        """Give the number of each piece; new ones are learned."""
        hashes: Hashes = pieces.hash(_SEED).to_numpy() | np.uint64(1)
        slot = (hashes >> self.shift).astype(np.int32)
        number = self.piece_of_slot[slot]
        unknown = np.flatnonzero(self.hash_of_slot[slot] != hashes)
        if len(unknown):
            number[unknown] = self._beside(hashes[unknown], unknown, pieces)
        return number

    def _beside(self, hashes: Hashes, place: Whole, pieces: pl.Series) -> Codes:
        """Look up pieces that are not in their slot, and learn the new ones."""
        different, first, back = np.unique(
            hashes, return_index=True, return_inverse=True
        )
        number = [self.beside.get(one, -1) for one in different.tolist()]
        found = np.array(number, np.int32)
        new = np.flatnonzero(found < 0)
        found[new] = np.arange(len(self.size), len(self.size) + len(new))
        self._learn(pieces.gather(place[first[new]]))
        self._put(different[new], found[new])
        return found[back]

    def _learn(self, pieces: pl.Series) -> None:
        """Take new pieces apart with the token pattern."""
        found = list(map(WORD.findall, pieces.to_list()))
        size = np.fromiter(map(len, found), np.int32, len(found))
        each = chain.from_iterable(found)
        words = np.fromiter((self.forms[one] for one in each), np.int32)
        first = len(self.spelled) + np.cumsum(size) - size
        self.spelled = np.append(self.spelled, words)
        self.first = np.append(self.first, first.astype(np.int32))
        self.size = np.append(self.size, size)

    def _put(self, hashes: Hashes, number: Codes) -> None:
        """Give each new piece its slot, or a place beside where that is taken."""
        slot = (hashes >> self.shift).astype(np.int32)
        free = self.hash_of_slot[slot] == 0
        self.hash_of_slot[slot[free]] = hashes[free]
        self.piece_of_slot[slot[free]] = number[free]
        left = self.hash_of_slot[slot] != hashes  # two new ones may share a slot
        self.beside.update(
            zip(hashes[left].tolist(), number[left].tolist(), strict=True)
        )


_SEED = 20_181  # any number: equal texts have equal hashes within one process


def _series(texts: Sequence[str] | pd.Series) -> pl.Series:
    """Hand texts over to polars; half a surrogate pair is no character there."""
    if isinstance(texts, pd.Series):
        if isinstance(texts.dtype, pd.StringDtype) and texts.dtype.storage == "pyarrow":
            return pl.from_pandas(texts)
        texts = texts.tolist()
    try:
        return pl.Series(texts, dtype=pl.String)
    except UnicodeEncodeError:
        whole = [_SURROGATE.sub("\ufffd", text) for text in texts]
        return pl.Series(whole, dtype=pl.String)


def _batches(texts: pl.Series) -> Iterator[tuple[int, int]]:
    """Give the first and last text of each batch."""
    past = np.cumsum(texts.str.len_bytes().to_numpy(), dtype=np.int64)
    batch = np.maximum(np.arange(len(texts)) // BATCH, past // BATCH_BYTES)
    edges = [*np.unique(batch, return_index=True)[1].tolist(), len(texts)]
    yield from pairwise(edges)


def _in_order(names: list[str]) -> tuple[list[str], Codes]:
    """Sort names; also give the place of each one among the sorted."""
    order = sorted(range(len(names)), key=names.__getitem__)
    rank = np.empty(len(names), np.int32)
    rank[order] = np.arange(len(names), dtype=np.int32)
    return [names[number] for number in order], rank


def _counting_up(sizes: Codes) -> Whole:
    """Count from 0 anew for each size.

    Examples
    --------
    >>> _counting_up(np.array([2, 1, 3])).tolist()
    [0, 1, 0, 0, 1, 2]
    """
    before = np.cumsum(sizes) - sizes
    return np.arange(int(sizes.sum())) - np.repeat(before, sizes)


def _index_type(size: int) -> type[np.int32] | type[np.int64]:
    return np.int32 if size <= np.iinfo(np.int32).max else np.int64
