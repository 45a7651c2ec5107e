"""Maximal sequences: the longest that the same articles share, from a suffix array.

What stands in the same articles at every length is one sequence. They are the nodes
of a suffix tree at which the number of different articles falls in both directions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Whole = npt.NDArray[np.int64]
    Flags = npt.NDArray[np.bool_]


class Found(NamedTuple):
    """Places of maximal sequences, numbered from 0, one entry per place."""

    sequence: Whole
    place: Whole
    length: Whole


def maximal(symbol: Whole, run: Whole, article: Whole) -> Found:
    """Find every maximal sequence that at least two articles share.

    Gives every place, overlapping ones too, of every sequence to which no symbol can be
    added at either end so that it still stands in as many articles (Hui 1992,
    https://doi.org/10.1007/3-540-56024-6_19). Of each symbol, from 0 and in reading
    order, `run` is the number of its stretch, never falling, from which no sequence
    reaches into the next; `article`, from 0, is the same within a stretch.

    >>> symbol = np.array([7, 8, 9, 7, 8, 5, 8, 9])
    >>> run = np.array([0, 0, 0, 1, 1, 1, 2, 2])
    >>> maximal(symbol, run, run)
    Found(sequence=array([0, 0, 1, 1, 1, 2, 2]), place=array([3, 0, 4, 1, 6, 1, 6]),
    length=array([2, 2, 1, 1, 1, 2, 2]))
    """
    none = np.zeros(0, np.int64)
    if not len(symbol):
        return Found(none, none, none)
    order, common = _suffixes(symbol, run)
    first, last, depth = _nodes(order, common, article)
    size = last - first + 1
    inside = np.arange(int(size.sum())) - np.repeat(np.cumsum(size) - size, size)
    place = order[np.repeat(first, size) + inside]
    return Found(np.repeat(np.arange(len(first)), size), place, np.repeat(depth, size))


def _suffixes(symbol: Whole, run: Whole) -> tuple[Whole, Whole]:
    """Sort suffixes; also give how many symbols each shares with the one before."""
    size = len(symbol)
    left = np.searchsorted(run, run, side="right") - np.arange(size)  # to the end
    ranks = [dense(symbol)]  # by the first 1, 2, 4, 8... symbols
    width = 1
    while True:
        rank, on = ranks[-1], left > width
        then = np.arange(size, 2 * size)
        then[on] = rank[np.flatnonzero(on) + width]
        ranks.append(dense(rank * (2 * size) + then))
        if ranks[-1].max() == size - 1:
            break
        width *= 2
    order = np.argsort(ranks[-1])
    return order, _common(order, ranks[:-1], left)


def dense(values: Whole) -> Whole:
    """Give numbers to the different values by size, from 0."""
    numbers: Whole = np.unique(values, return_inverse=True)[1].reshape(-1)
    return numbers


def _common(order: Whole, ranks: list[Whole], left: Whole) -> Whole:
    """Give the number of first symbols that neighbours in the order have in common."""
    one, other = order[:-1].copy(), order[1:].copy()
    end = np.minimum(one + left[one], other + left[other] + (one - other))
    found = np.zeros(len(order), np.int64)
    for step in reversed(range(len(ranks))):
        width = 1 << step
        fits = np.flatnonzero(one + width <= end)
        same = fits[ranks[step][one[fits]] == ranks[step][other[fits]]]
        one[same] += width
        other[same] += width
        found[same + 1] += width
    return found


def _nodes(order: Whole, common: Whole, article: Whole) -> tuple[Whole, Whole, Whole]:
    """Give the first and last suffix, and the length, of every maximal sequence."""
    tree = _Tree(common)
    if not len(tree.at):
        return tree.at, tree.at, tree.at
    at, first, last = tree.at, tree.first, tree.last
    depth, kinds = common[at], _articles(tree, order, article)
    alone = kinds < 2
    # to the right: a longer sequence in as many articles
    above = tree.parent()
    below = np.flatnonzero(above >= 0)
    alone[above[below[kinds[below] == kinds[above[below]]]]] = True
    # to the left: without its first symbol, each node is another node
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    deep = np.flatnonzero(depth > 1)
    ends = rank[order[first[deep]] + 1], rank[order[last[deep]] + 1]
    shorter = tree.node[tree.least(*ends)]
    alone[shorter[kinds[deep] == kinds[shorter]]] = True
    kept = ~alone
    return first[kept], last[kept], depth[kept]


def _articles(tree: _Tree, order: Whole, article: Whole) -> Whole:
    """Count the different articles under each node."""
    mine = article[order]
    by_article = np.argsort(mine, kind="stable")
    again = np.flatnonzero(np.diff(mine[by_article]) == 0)
    before, after = by_article[again], by_article[again + 1]
    shared = tree.least(before, after)
    twice = np.bincount(shared, minlength=len(order))
    twice[tree.common == 0] = 0
    up_to = np.cumsum(twice)
    found: Whole = tree.last - tree.first + 1 - (up_to[tree.last] - up_to[tree.first])
    return found


class _Tree:
    """The inner nodes of the suffix tree: stretches of suffixes with a common start."""

    def __init__(self, common: Whole) -> None:
        self.common = common
        same, before, past = _smaller(common.tolist())
        places = np.arange(len(common))
        # the first place where a node's suffixes share no more than its length
        self.at = np.flatnonzero((same == places) & (common > 0))
        number = np.cumsum((same == places) & (common > 0)) - 1
        self.node = np.where(common > 0, number[same], -1)
        self.first, self.last = before[self.at], past[self.at] - 1
        self.levels = [places]

    def parent(self) -> Whole:
        """Give the node that holds each node; -1 for the outermost."""
        ends = np.append(self.common, 0)
        one, other = self.first, self.last + 1
        higher = np.where(ends[one] >= ends[other], one, other)
        return np.append(self.node, -1)[higher]

    def least(self, one: Whole, other: Whole) -> Whole:
        """Give the place of the least in common after `one` and up to `other`."""
        size = other - one
        step = np.frexp(size.astype(np.float64))[1] - 1
        deepest = int(step.max(initial=0))
        while len(self.levels) <= deepest:
            held, width = self.levels[-1], 1 << (len(self.levels) - 1)
            left, right = held[:-width], held[width:]
            lower = self.common[left] <= self.common[right]
            self.levels.append(np.where(lower, left, right).astype(np.int32))
        found = np.empty(len(one), np.int64)
        for level in range(deepest + 1):
            mine = np.flatnonzero(step == level)
            left = self.levels[level][one[mine] + 1]
            right = self.levels[level][other[mine] - (1 << level) + 1]
            lower = self.common[left] <= self.common[right]
            found[mine] = np.where(lower, left, right)
        return found


def _smaller(values: list[int]) -> tuple[Whole, Whole, Whole]:
    """Give for each place the first of its node, and the smaller ones around it."""
    first, before, past = (
        [0] * len(values),
        [0] * len(values),
        [len(values)] * len(values),
    )
    waiting: list[int] = []
    for place, value in enumerate(values):
        while waiting and values[waiting[-1]] > value:
            past[waiting.pop()] = place
        tied = waiting and values[waiting[-1]] == value
        first[place] = first[waiting[-1]] if tied else place
        before[place] = waiting[-1] if waiting else 0
        waiting.append(place)
    return np.array(first), np.array(before), np.array(past)
