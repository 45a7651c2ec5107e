"""Windows: runs of so many words that stand in more than one article."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Whole = npt.NDArray[np.int64]
    Codes = npt.NDArray[np.int32]
    Flags = npt.NDArray[np.bool_]
    Hashes = npt.NDArray[np.uint64]

CHUNK = 1_000_000
"""Words that are hashed at a time."""

FILTER = 26
"""Bits of the hash of a window by which windows that stand once are passed over."""

_SEED = 8
_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # odd, so that no bit is lost
_HIGH = np.uint64(32)


class Windows(NamedTuple):
    """Windows, sorted by what they say, and then by where they begin."""

    kind: Whole  # that of windows of the same words, numbered from 0
    place: Whole  # of the first word among the words of all articles
    article: Whole

    def only(self, kept: Flags) -> Windows:
        """Keep some windows."""
        return Windows(*(column[kept] for column in self))

    def articles(self) -> Whole:
        """Give for each window in how many different articles its words stand."""
        if not len(self.kind):
            return self.kind
        new = np.flatnonzero(np.diff(self.kind, prepend=-1))
        found = np.add.reduceat(self.cells().astype(np.int64), new)
        return np.repeat(found, np.diff(new, append=len(self.kind)))

    def cells(self) -> Flags:
        """Mark the first window of each kind in each article."""
        fresh = np.diff(self.kind, prepend=-1) != 0
        moved: Flags = fresh | (np.diff(self.article, prepend=-1) != 0)
        return moved

    def shared(self) -> Windows:
        """Keep the windows whose words stand in at least two articles."""
        return self.only(self.articles() > 1)


def shared_windows(code: Codes, edges: Whole, size: int) -> Windows:
    """Find the windows of `size` words that stand in at least two articles.

    `code` has the words of all articles, in reading order; `edges`, where each article
    begins in it, and where the last one ends. Hashes only pass over windows that stand
    once. Those left are told apart by their words, so that the result is exact.

    >>> code = np.array([1, 2, 3, 9, 1, 2, 3], np.int32)
    >>> shared_windows(code, np.array([0, 4, 7]), 3)
    Windows(kind=array([0, 0]), place=array([0, 4]), article=array([0, 1]))
    """
    place = _repeated(code, edges, size)
    hashes = _hashes_at(code, place, size)
    order = np.argsort(hashes, kind="stable")
    place = place[order]
    new = np.diff(hashes[order], prepend=np.uint64(0)) != 0
    new[:1] = True
    kind = _checked(code, place, np.cumsum(new) - 1, size)
    article = np.searchsorted(edges, place, side="right") - 1
    return Windows(kind, place, article).shared()


def _values(code: Codes) -> Hashes:
    """Give every word a number of 64 bits at random, the same in every run."""
    rng = np.random.default_rng(_SEED)
    most = int(code.max(initial=0)) + 1
    return rng.integers(0, 2**64, most, dtype=np.uint64)


def _repeated(code: Codes, edges: Whole, size: int) -> Whole:
    """Give the places of all windows that stand more than once, and a few others."""
    hashes, begins = _short_hashes(code, size), _begins(len(code), edges, size)
    ordered = np.sort(hashes[begins[: len(hashes)]])
    twice = ordered[1:][ordered[1:] == ordered[:-1]]
    del ordered
    bits = int(np.clip(len(code), 2**10, 2**FILTER)).bit_length() - 1
    shift = np.uint32(32 - bits)
    held = np.zeros(1 << bits, bool)
    held[twice >> shift] = True
    found = [np.zeros(0, np.int64)]
    for first in range(0, len(hashes), CHUNK):
        piece = hashes[first : first + CHUNK]
        may = held[piece >> shift] & begins[first : first + len(piece)]
        found.append(np.flatnonzero(may) + first)
    return np.concatenate(found)


def _short_hashes(code: Codes, size: int) -> npt.NDArray[np.uint32]:
    """Hash every window to 32 bits."""
    values = _values(code)
    found = np.zeros(max(len(code) - size + 1, 0), np.uint32)
    for first in range(0, len(found), CHUNK):
        last = min(first + CHUNK, len(found))
        value = values[code[first : last + size - 1]]
        mixed = value[: last - first].copy()
        for step in range(1, size):
            mixed *= _FACTOR
            mixed += value[step : step + last - first]
        found[first:last] = mixed >> _HIGH
    return found


def _hashes_at(code: Codes, place: Whole, size: int) -> Hashes:
    """Hash some windows to 64 bits."""
    values = _values(code)
    mixed = np.zeros(len(place), np.uint64)
    for step in range(size):
        mixed *= _FACTOR
        mixed += values[code[place + step]]
    return mixed


def _begins(length: int, edges: Whole, size: int) -> Flags:
    """Mark the words at which a window begins that ends in the same article."""
    begins, ends = edges[:-1], edges[1:]
    found = np.ones(length, bool)
    for step in range(1, size):
        found[ends[ends - step >= begins] - step] = False
    return found


def _checked(code: Codes, place: Whole, kind: Whole, size: int) -> Whole:
    """Tell windows apart by their words, should two have the same hash."""
    first = np.flatnonzero(np.diff(kind, prepend=-1))
    like = place[first[kind]] if len(first) else place
    same = all(
        np.array_equal(code[place + step], code[like + step]) for step in range(size)
    )
    if same:
        return kind
    words = code[place[:, None] + np.arange(size)]
    exact: Whole = np.unique(words, axis=0, return_inverse=True)[1].reshape(-1)
    order = np.lexsort((place, exact))
    place[:] = place[order]
    return exact[order]
