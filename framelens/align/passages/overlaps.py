"""Overlaps: how many words two articles have in common, pair by pair."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    import numpy.typing as npt

    from framelens.align.passages.passages import Passages

    Whole = npt.NDArray[np.int64]

OVERLAP_COLUMNS = ["one", "other", "words", "other_words", "longest", "passages"]
"""What `overlaps` gives: rows of two articles, and what they have in common."""


def pairs_within(passages: Passages, *, every: int) -> tuple[Whole, Whole, Whole]:
    """Give passage and both articles of every pair that shares a passage.

    Parameters
    ----------
    passages : Passages
    every : int
        A passage in more articles than this gives no longer every pair, but each
        article with the first and with the one before it.

    Returns
    -------
    tuple of array
        Passage, and the rows of two articles, the smaller first.
    """
    cells = np.unique(np.stack([passages.passage, passages.article]), axis=1)
    new = np.flatnonzero(np.diff(cells[0], prepend=-1))
    size = np.diff(new, append=cells.shape[1])
    found = []
    for number in np.unique(size).tolist():
        mine = new[size == number]
        one, other = np.triu_indices(number, 1)
        if number > every:
            chain = np.arange(1, number)
            one = np.concatenate([0 * chain, chain[1:] - 1])
            other = np.concatenate([chain, chain[1:]])
        first = (mine[:, None] + one).ravel()
        second = (mine[:, None] + other).ravel()
        found.append(np.stack([cells[0][first], cells[1][first], cells[1][second]]))
    together = np.concatenate([np.zeros((3, 0), np.int64), *found], axis=1)
    return together[0], together[1], together[2]


def pairs_with(passages: Passages, article: int) -> tuple[Whole, Whole, Whole]:
    """Give the same for the pairs of one article, which stands first in all of them."""
    passage, other = np.unique(np.stack([passages.passage, passages.article]), axis=1)
    has = np.isin(passage, passage[other == article]) & (other != article)
    return passage[has], np.full(int(has.sum()), article), other[has]


def pair_count(passages: Passages) -> int:
    """Give the number of pairs, counted once for every passage that they share."""
    cells = np.unique(np.stack([passages.passage, passages.article]), axis=1)
    size = np.unique(cells[0], return_counts=True)[1]
    return int((size * (size - 1) // 2).sum())


def overlaps(passages: Passages, pairs: tuple[Whole, Whole, Whole]) -> pd.DataFrame:
    """Count the words that pairs of articles have in common.

    Parameters
    ----------
    passages : Passages
    pairs : tuple of array
        As `pairs_within` gives them.

    Returns
    -------
    DataFrame
        ``one, other`` (rows of articles), ``words`` (of the one that stand in a
        passage both have; a word counts once, in however many passages it stands),
        ``other_words`` (the same of the other), ``longest`` (words of their longest
        passage) and ``passages`` (how many they share), ordered by pair.
    """
    passage, one, other = pairs
    key = one * (len(passages.own) + 1) + other
    order = np.argsort(key, kind="stable")
    passage, one, other, key = passage[order], one[order], other[order], key[order]
    new = np.flatnonzero(np.diff(key, prepend=-1))
    if not len(new):
        return pd.DataFrame(columns=OVERLAP_COLUMNS, dtype="int64")
    number = np.repeat(np.arange(len(new)), np.diff(new, append=len(key)))
    size = np.zeros(int(passages.passage.max()) + 1, np.int64)
    size[passages.passage] = passages.last - passages.first
    return pd.DataFrame(
        {
            "one": one[new],
            "other": other[new],
            "words": _covered(passages, passage, one, number, len(new)),
            "other_words": _covered(passages, passage, other, number, len(new)),
            "longest": np.maximum.reduceat(size[passage], new),
            "passages": np.diff(new, append=len(key)),
        }
    )


def _covered(
    passages: Passages, passage: Whole, article: Whole, pair: Whole, pairs: int
) -> Whole:
    """Count the words of an article in any of several passages, for each pair."""
    width = len(passages.own) + 1
    key = passages.passage * width + passages.article
    order = np.argsort(key, kind="stable")
    wanted = passage * width + article
    begin = np.searchsorted(key[order], wanted)
    size = np.searchsorted(key[order], wanted, side="right") - begin
    inside = np.arange(int(size.sum())) - np.repeat(np.cumsum(size) - size, size)
    place = order[np.repeat(begin, size) + inside]
    pair = np.repeat(pair, size)
    room = int(passages.last.max(initial=0)) + 1
    first, last = (column[place] + pair * room for column in _ends(passages))
    by_place = np.lexsort((last, first))
    first, last, pair = first[by_place], last[by_place], pair[by_place]
    reached = np.maximum.accumulate(np.append(0, last))[:-1]
    fresh = np.maximum(last - np.maximum(first, reached), 0)
    return np.bincount(pair, fresh, minlength=pairs).astype(np.int64)


def _ends(passages: Passages) -> tuple[Whole, Whole]:
    return passages.first, passages.last
