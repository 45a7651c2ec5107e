"""Word codes: the words of many texts as integers, with polars.

Texts are cut at spaces; each different piece between spaces is taken apart by the one
token pattern, once, however often it stands in the corpus.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import polars as pl

from framelens.annotate.spans import without_surrogates
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

SLOTS = 22
"""Bits of a hash that say where it is looked up: 48 MB, of which little is used where
there are few texts."""

_SEED = 20_181  # any number: equal texts have equal hashes within one process
_TOP = np.uint64(1 << 63)  # set in every hash, so that none is 0, an empty slot
_MARKS = "“”‘’\"'([)].,;:!?…–—"
_NO_WORD = -1


@dataclass(frozen=True, eq=False)
class Words:
    """The words of many texts, in reading order, as integers.

    ``names``: the counted forms, in alphabetical order; ``code``: each word's place in
    ``names``; ``edges``: where each text begins in ``code``, and where the last ends.
    """

    names: list[str]
    code: Codes
    edges: Whole


def words_of(texts: Sequence[str] | pd.Series) -> Words:
    """Take texts apart into words, each in its counted form.

    A match of the token pattern holds no space and does not look beyond itself: cutting
    there changes nothing. Pieces between spaces are told apart by hashes of 63 bits:
    that two of a million share one has a chance of about 1 in 20 million.

    >>> words = words_of(["Talks end.", "The U.S. ends talks."])
    >>> words.names, words.code.tolist(), words.edges.tolist()
    (['US', 'end', 'ends', 'talks', 'the'], [3, 1, 4, 0, 2, 3], [0, 2, 6])
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


class _Pieces:
    """The number of each different piece between spaces, which is taken apart once.

    It is that of the form of its only word; `_NO_WORD`; or, of a piece with several
    words, a lower one, by which `words_in` finds them. Pieces are known by their
    hashes; a table of slots in front of the dictionary spares most of its look-ups.
    """

    def __init__(self) -> None:
        self.forms = _Forms()
        self.several: list[list[int]] = []
        self.numbers: dict[int, int] = {}
        self._slot_hash = np.zeros(1 << SLOTS, np.uint64)
        self._slot_number = np.zeros(1 << SLOTS, np.int32)

    def look_up(self, pieces: pl.Series) -> Codes:
        """Give the number of each piece."""
        hashes = pieces.hash(_SEED).to_numpy() | _TOP
        slot = _slot_of(hashes)
        number: Codes = self._slot_number[slot]
        missing = np.flatnonzero(self._slot_hash[slot] != hashes)
        if len(missing):
            different, first, back = np.unique(
                hashes[missing], return_index=True, return_inverse=True
            )
            texts = pieces.gather(missing[first]).to_list()
            number[missing] = self._numbers_of(different, texts)[back]
        return number

    def _numbers_of(self, hashes: Hashes, texts: list[str]) -> Codes:
        """Give the numbers of different pieces; take apart those that are new."""
        known = [self.numbers.get(key) for key in hashes.tolist()]
        numbers = [
            self._number(text) if number is None else number
            for number, text in zip(known, texts, strict=True)
        ]
        self.numbers.update(zip(hashes.tolist(), numbers, strict=True))
        found = np.array(numbers, np.int32)
        slot = _slot_of(hashes)
        free = np.flatnonzero(self._slot_hash[slot] == 0)
        self._slot_hash[slot[free]] = hashes[free]
        self._slot_number[slot[free]] = found[free]
        return found

    def _number(self, piece: str) -> int:
        """Take a piece apart."""
        bare = piece.strip(_MARKS)
        if bare.isascii() and bare.isalpha():  # the pattern finds this one word
            return self.forms[bare]
        numbers = [self.forms[word] for word in WORD.findall(piece)]
        if len(numbers) > 1:
            self.several.append(numbers)
            return _NO_WORD - len(self.several)
        return numbers[0] if numbers else _NO_WORD

    def words_in(self, numbers: Codes) -> list[list[int]]:
        """Give the words of pieces that hold several."""
        return [self.several[place] for place in (_NO_WORD - 1 - numbers).tolist()]


def _slot_of(hashes: Hashes) -> Whole:
    """Give the slot in which each hash is looked up: its lower bits."""
    return (hashes & np.uint64((1 << SLOTS) - 1)).view(np.int64)


class Reader:
    """Takes texts, batch by batch, and gives their words once all are there."""

    def __init__(self) -> None:
        self.pieces = _Pieces()
        self.codes: deque[Codes] = deque()
        self.sizes = [np.zeros(1, np.int64)]

    def take(self, texts: Sequence[str] | pd.Series) -> None:
        """Read some texts."""
        series = series_of(texts)
        for first, last in _batches(series):
            code, size = self._take_apart(series[first:last])
            self.codes.append(code)
            self.sizes.append(size)

    def words(self) -> Words:
        """Give the words of all texts, and forget them."""
        names, rank = _in_order(list(self.pieces.forms.names))
        code = np.empty(sum(map(len, self.codes)), np.int32)
        place = 0
        while self.codes:  # each part is let go as soon as it is copied
            part = self.codes.popleft()
            np.take(rank, part, out=code[place : place + len(part)], mode="clip")
            place += len(part)
        return Words(names, code, np.cumsum(np.concatenate(self.sizes)))

    def _take_apart(self, texts: pl.Series) -> tuple[Codes, Whole]:
        """Give the numbers of the words of `texts`, and how many each text has."""
        split = texts.str.replace_all("\n", " ", literal=True).str.split(" ")
        size = split.list.len().to_numpy().astype(np.int64)
        number = self.pieces.look_up(split.explode())
        ends = np.cumsum(size)
        empty = np.flatnonzero(number == _NO_WORD)
        size -= np.bincount(_text_of(empty, ends), minlength=len(size))
        several = np.flatnonzero(number < _NO_WORD)
        if len(several):
            words = self.pieces.words_in(number[several])
            more = np.array([len(numbers) - 1 for numbers in words])
            np.add.at(size, _text_of(several, ends), more)
            number[several] = [numbers[0] for numbers in words]
            rest = list(chain.from_iterable(numbers[1:] for numbers in words))
            number = np.insert(number, np.repeat(several + 1, more), rest)
        return number[number != _NO_WORD], size


def _text_of(piece: Whole, ends: Whole) -> Whole:
    """Give the text in which each piece stands."""
    return np.searchsorted(ends, piece, side="right")


def series_of(texts: Sequence[str] | pd.Series) -> pl.Series:
    """Hand texts over to polars; half a surrogate pair is no character there."""
    if isinstance(texts, pd.Series):
        if isinstance(texts.dtype, pd.StringDtype) and texts.dtype.storage == "pyarrow":
            return pl.from_pandas(texts)
        texts = texts.tolist()
    try:
        return pl.Series(texts, dtype=pl.String)
    except UnicodeEncodeError:
        whole = [without_surrogates(text) for text in texts]
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
