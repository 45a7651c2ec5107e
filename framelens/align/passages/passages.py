"""Passages: what several articles have in common, word for word."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framelens.align.passages.maximal import maximal
from framelens.align.passages.windows import Windows, shared_windows
from framelens.annotate.furniture import text_furniture
from framelens.annotate.words import WORD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import numpy.typing as npt

    from framelens.annotate.word_codes import Words

    Whole = npt.NDArray[np.int64]
    Furniture = Callable[[Whole], Iterator[tuple[int, int, int]]]
    Flags = npt.NDArray[np.bool_]

BATCH = 2_000
"""Articles whose furniture is sought at a time."""


@dataclass(frozen=True)
class Rules:
    """What counts as a passage, and what as boilerplate.

    Attributes
    ----------
    shortest : int
        Words of the shortest passage.
    share : float
        Words in a window that stands in more than this share of an outlet's articles
        are boilerplate.
    fewest : int
        If they stand in at least so many articles of the outlet.
    most : int
        Also what stands in more articles than this is boilerplate.
    """

    shortest: int = 8
    share: float = 0.25
    fewest: int = 5
    most: int = 500


@dataclass(frozen=True, eq=False)
class Passages:
    """Shared passages, one entry per place, passage by passage.

    Attributes
    ----------
    passage : array of int
        The number of the passage, from 0.
    article : array of int
        The row of the article.
    first, last : array of int
        The first word, and the one after the last, counted within the article.
    boilerplate : array of bool
    own : array of int
        For each article its words without boilerplate, and without furniture if it
        has a passage.
    """

    passage: Whole
    article: Whole
    first: Whole
    last: Whole
    boilerplate: Flags
    own: Whole

    def only(self, kept: Flags | Whole) -> Passages:
        """Keep some places, in the order given."""
        return Passages(
            self.passage[kept],
            self.article[kept],
            self.first[kept],
            self.last[kept],
            self.boilerplate[kept],
            self.own,
        )


def find_passages(
    words: Words,
    outlets: Iterable[object],
    rules: Rules,
    *,
    furniture: Furniture | None = None,
) -> Passages:
    """Find every maximal passage that at least two articles share.

    Parameters
    ----------
    words : Words
        Of all articles.
    outlets : iterable
        The outlet of each article; those without one count as one outlet.
    rules : Rules
    furniture : function, optional
        Given rows of articles, yields the row, the first word and the one after the
        last of each piece of furniture in them.

    Returns
    -------
    Passages
        Of passages without any boilerplate or furniture, and of passages that consist
        of boilerplate. Places that overlap an earlier place of the same passage are
        left out.
    """
    size, edges = rules.shortest, words.edges
    windows = shared_windows(words.code, edges, size)
    frequent = _frequent(windows, np.diff(edges), outlets, rules)
    taken = np.zeros(len(words.code), bool)
    for step in range(size):
        taken[windows.place[frequent] + step] = True
    rest = _outside(windows.only(~frequent), taken, size)
    if furniture is not None:
        for row, begin, end in furniture(np.unique(rest.article)):
            taken[edges[row] + begin : edges[row] + end] = True
        rest = _outside(rest, taken, size)
    parts = _places(rest, size), _places(windows.only(frequent), size)
    passage, first, last = (np.concatenate(both) for both in zip(*parts, strict=True))
    ordinary = len(parts[0][0])
    passage[ordinary:] += 1 + parts[0][0].max(initial=-1)
    article: Whole = np.searchsorted(edges, first, side="right") - 1
    inside = np.searchsorted(edges, np.flatnonzero(taken), side="right") - 1
    own = np.diff(edges) - np.bincount(inside, minlength=len(edges) - 1)
    begins = edges[article]
    boilerplate = np.arange(len(passage)) >= ordinary
    return Passages(passage, article, first - begins, last - begins, boilerplate, own)


def furniture_words(texts: pd.Series[str]) -> Furniture:
    """Make the function that finds furniture in articles, as `find_passages` needs it.

    A word belongs to furniture if it begins there.
    """
    return _words_in(texts, lambda _, text: text_furniture(text))


def marked_words(
    names: Sequence[str], texts: pd.Series[str], spans: pd.DataFrame
) -> Furniture:
    """Make the same function from a table of spans."""
    columns = (spans[name].tolist() for name in ("article", "start", "end"))
    by_article: dict[str, list[tuple[int, int]]] = {}
    for article, start, end in zip(*columns, strict=True):
        by_article.setdefault(article, []).append((start, end))
    return _words_in(texts, lambda row, _: by_article.get(names[row], []))


def _words_in(
    texts: pd.Series[str], spans_of: Callable[[int, str], list[tuple[int, int]]]
) -> Furniture:
    def found(rows: Whole) -> Iterator[tuple[int, int, int]]:
        for at in range(0, len(rows), BATCH):
            some = rows[at : at + BATCH]
            held = texts.take(some).tolist()
            for row, text in zip(some.tolist(), held, strict=True):
                spans = spans_of(row, text)
                starts = _starts(text, max((end for _, end in spans), default=0))
                for start, end in spans:
                    yield row, bisect_left(starts, start), bisect_left(starts, end)

    return found


def _starts(text: str, limit: int) -> list[int]:
    """Give where the words start that start before `limit`."""
    if not limit:
        return []
    starts = (match.start() for match in WORD.finditer(text))
    return list(takewhile(lambda start: start < limit, starts))


def _frequent(
    windows: Windows, sizes: Whole, outlets: Iterable[object], rules: Rules
) -> Flags:
    """Mark windows that stand in too many articles to be anything but boilerplate."""
    outlet, names = pd.factorize(
        pd.Series(list(outlets), dtype=object), use_na_sentinel=False
    )
    told = np.bincount(outlet[sizes > 0], minlength=len(names))
    often = np.flatnonzero(windows.cells() & (windows.articles() >= rules.fewest))
    key = windows.kind[often] * len(names) + outlet[windows.article[often]]
    cell, articles = np.unique(key, return_counts=True)
    kind, number = np.divmod(cell, max(len(names), 1))
    over = (articles >= rules.fewest) & (articles > rules.share * told[number])
    return np.isin(windows.kind, kind[over]) | (windows.articles() > rules.most)


def _outside(windows: Windows, taken: Flags, size: int) -> Windows:
    """Keep windows without a word that is taken, if two articles still share them."""
    free = np.ones(len(windows.place), bool)
    for step in range(size):
        free &= ~taken[windows.place + step]
    return windows.only(free).shared()


def _places(windows: Windows, size: int) -> tuple[Whole, Whole, Whole]:
    """Give passage, first word and the one after the last, by passage and place."""
    order = np.argsort(windows.place)
    place, kind = windows.place[order], windows.kind[order]
    article = windows.article[order]
    on = (np.diff(place) == 1) & (np.diff(article) == 0)
    joined = _joined(kind, on)
    begins = np.flatnonzero(~np.append(False, joined)[: len(kind)])
    ends = np.append(begins[1:], len(kind))[: len(begins)] - 1
    stretch = np.cumsum(~np.append(False, on)[: len(kind)]) - 1
    found = maximal(_dense(kind[begins]), stretch[begins], article[begins])
    first = place[begins[found.place]]
    last = place[ends[found.place + found.length - 1]] + size
    by_place = np.lexsort((first, found.sequence))
    columns = found.sequence[by_place], first[by_place], last[by_place]
    return _apart(*columns)


def _joined(kind: Whole, on: Flags) -> Flags:
    """Mark windows that the next one follows wherever they stand, and only them."""
    if not len(kind):
        return on
    then = np.append(np.where(on, kind[1:], -1), -1)
    order = np.argsort(kind, kind="stable")
    new = np.flatnonzero(np.diff(kind[order], prepend=-1))
    least = np.minimum.reduceat(then[order], new)
    most = np.maximum.reduceat(then[order], new)
    times = np.diff(new, append=len(kind))
    number = _dense(kind)
    follower = np.where(least == most, most, -1)[number]
    held = np.flatnonzero(follower[:-1] >= 0)
    found = np.zeros(len(on), bool)
    found[held] = times[number[held]] == times[number[held + 1]]
    return found


def _dense(values: Whole) -> Whole:
    found: Whole = np.unique(values, return_inverse=True)[1].reshape(-1)
    return found


def _apart(passage: Whole, first: Whole, last: Whole) -> tuple[Whole, Whole, Whole]:
    """Leave out places that overlap an earlier one of the same passage."""
    touches = (np.diff(passage) == 0) & (first[1:] < last[:-1])
    if not touches.any():
        return passage, first, last
    kept = np.ones(len(passage), bool)
    odd = np.isin(passage, passage[1:][touches])
    before, end = -1, 0
    for at in np.flatnonzero(odd).tolist():
        if passage[at] != before:
            before, end = passage[at], 0
        kept[at] = first[at] >= end
        if kept[at]:
            end = last[at]
    return passage[kept], first[kept], last[kept]
