"""Word codes: the words of many texts as integers, with polars.

Texts are cut at spaces; each different piece between spaces is taken apart by the one
token pattern, once, however often it stands in the corpus.
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

from framelens.annotate.words import WORD, counted_form

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
        held = series_of(texts)
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


def series_of(texts: Sequence[str] | pd.Series) -> pl.Series:
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
