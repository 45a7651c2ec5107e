"""Word codes: the words of many texts as integers, with polars.

Texts are cut at spaces; each different piece between spaces is taken apart by the one
token pattern, once, however often it stands in the corpus.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import polars as pl

from framelens.annotate.joined_names import JoinedNames
from framelens.annotate.spans import without_surrogates
from framelens.annotate.words import MAY_BE_LOUD, WORD, quiet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    Whole = npt.NDArray[np.int64]
    Codes = npt.NDArray[np.int32]

BATCH = 10_000
"""Texts that are taken apart at a time, if they are articles of usual length."""

BATCH_BYTES = 24_000_000
"""Bytes after which a batch ends, if its texts are long."""


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
    there changes nothing.

    >>> words = words_of(["Talks end.", "The U.S. ends talks."])
    >>> words.names, words.code.tolist(), words.edges.tolist()
    (['US', 'end', 'ends', 'talks', 'the'], [3, 1, 4, 0, 2, 3], [0, 2, 6])
    """
    reader = Reader()
    reader.take(texts)
    return reader.words()


def numbered(words: Words, size: int) -> Codes:
    """Give sequences of `size` words their numbers in alphabetical order, from 0.

    Of each word the number of the sequence that begins there; -1 where the text ends
    before it does. Longer sequences are pairs of shorter ones that may overlap.

    >>> numbered(words_of(["talks end", "talks fail, talks end"]), 2).tolist()
    [1, -1, 2, 0, 1, -1]
    """
    code, width = words.code, 1
    left = np.repeat(words.edges[1:].astype(np.int32), np.diff(words.edges))
    left -= np.arange(len(code), dtype=np.int32)
    while width < size:
        step = min(width, size - width)
        width += step
        begins = left >= width
        key = code[begins].astype(np.int64)
        key *= int(code.max(initial=0)) + 1
        key += code[step:][begins[:-step]]
        code = np.full(len(code), -1, np.int32)
        code[begins] = pl.Series(key).rank("dense").to_numpy().astype(np.int32) - 1
    return code


class _Pieces(dict[str, int]):
    """The number of each different piece between spaces, which is taken apart once.

    It is that of the form of its only word; or, of a piece with none or several words,
    one below 0, by which `several` has them.
    """

    def __init__(self, joined: JoinedNames) -> None:
        self.joined = joined
        self.names: dict[str, int] = {}
        self.several: list[list[int]] = []

    def __missing__(self, piece: str) -> int:
        forms = chain.from_iterable(map(self.joined.forms, WORD.findall(piece)))
        words = [self.names.setdefault(form, len(self.names)) for form in forms]
        if len(words) != 1:
            self.several.append(words)
        self[piece] = words[0] if len(words) == 1 else -len(self.several)
        return self[piece]


class Reader:
    """Takes texts, batch by batch, and gives their words once all are there."""

    def __init__(self, joined: JoinedNames | None = None) -> None:
        self.pieces = _Pieces(joined or JoinedNames())
        self.codes: list[Codes] = []
        self.sizes = [np.zeros(1, np.int64)]

    def take(self, texts: Sequence[str] | pd.Series) -> None:
        """Read some texts."""
        series = series_of(texts)
        for first, last in _batches(series):
            some = self.pieces.joined.join(series[first:last])
            loud = some.str.contains(MAY_BE_LOUD).arg_true()
            if len(loud):
                some = some.scatter(loud, list(map(quiet, some[loud].to_list())))
            split = some.str.replace_all("\n", " ", literal=True).str.split(" ")
            pieces = split.explode().to_arrow().dictionary_encode()
            known = [self.pieces[piece] for piece in pieces.dictionary.to_pylist()]
            code = np.array(known, np.int32)[pieces.indices]
            odd = np.flatnonzero(code < 0)
            words = [self.pieces.several[-1 - number] for number in code[odd].tolist()]
            size = np.ones(len(code), np.int64)
            size[odd] = [len(some) for some in words]
            code = np.repeat(code, size)
            code[code < 0] = list(chain.from_iterable(words))
            self.codes.append(code)
            ends = np.cumsum(split.list.len().to_numpy(), dtype=np.int64)
            self.sizes.append(np.add.reduceat(size, np.append(0, ends[:-1])))

    def taken(self) -> tuple[Codes, Whole]:
        """Give the words that were taken, and how many of each text; forget them.

        Words have the numbers that `ranked` puts in order once all are taken.
        """
        code = np.concatenate([np.zeros(0, np.int32), *self.codes])
        size = np.concatenate(self.sizes)[1:]
        self.codes, self.sizes = [], [np.zeros(1, np.int64)]
        return code, size

    def ranked(self) -> tuple[list[str], Codes]:
        """Give all forms in alphabetical order, and the place there of each number."""
        names = sorted(self.pieces.names)
        rank = np.empty(len(names), np.int32)
        rank[[self.pieces.names[name] for name in names]] = np.arange(len(names))
        return names, rank

    def words(self) -> Words:
        """Give the words of all texts, and forget them."""
        names, rank = self.ranked()
        code = np.empty(sum(map(len, self.codes)), np.int32)
        place = 0
        for part in self.codes:
            np.take(rank, part, out=code[place : place + len(part)], mode="clip")
            place += len(part)
        self.codes.clear()
        return Words(names, code, np.cumsum(np.concatenate(self.sizes)))


def series_of(texts: Sequence[str] | pd.Series) -> pl.Series:
    """Hand texts over to polars; half a surrogate pair is no character there."""
    if isinstance(texts, pd.Series):
        if isinstance(texts.dtype, pd.StringDtype) and texts.dtype.storage == "pyarrow":
            return pl.from_pandas(texts)
        texts = texts.tolist()
    try:
        return pl.Series(texts, dtype=pl.String)
    except UnicodeEncodeError:
        return pl.Series(map(without_surrogates, texts), dtype=pl.String)


def _batches(texts: pl.Series) -> Iterator[tuple[int, int]]:
    """Give the first and last text of each batch."""
    past = np.cumsum(texts.str.len_bytes().to_numpy(), dtype=np.int64)
    batch = np.maximum(np.arange(len(texts)) // BATCH, past // BATCH_BYTES)
    edges = [*np.unique(batch, return_index=True)[1].tolist(), len(texts)]
    yield from pairwise(edges)
