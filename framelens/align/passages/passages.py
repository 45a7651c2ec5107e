"""Passages: what several articles have in common, word for word, and how much.

What frequent windows are made of is boilerplate and is set apart; the rest gives the
passages, and pairs of articles the number of words that both have.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framelens.align.passages.maximal import dense, maximal
from framelens.annotate.word_codes import Words, numbered, words_of
from framelens.annotate.words import WORD, word_offsets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import numpy.typing as npt

    from framelens.corpus import Corpus

    Whole = npt.NDArray[np.int64]
    Furniture = Callable[[Whole], Iterator[tuple[int, int, int]]]
    Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Rules:
    """What counts as a passage, and what as boilerplate."""

    shortest: int = 8  # words of a passage, and of a window
    share: float = 0.25  # of an outlet's articles: a window in more is boilerplate
    fewest: int = 5  # and in so many of them
    most: int = 500  # articles: a window in more is boilerplate, too


@dataclass(frozen=True, eq=False)
class Passages:
    """Shared passages, one entry per place, passage by passage."""

    passage: Whole  # numbered from 0
    article: Whole  # its row
    first: Whole  # the first word, and
    last: Whole  # the last one, not included, counted within the article
    boilerplate: Flags
    own: Whole  # of each article: words without boilerplate, furniture if looked for

    def only(self, kept: Flags | Whole) -> Passages:
        """Keep some places, in the order given."""
        columns = {
            name: column[kept] for name, column in vars(self).items() if name != "own"
        }
        return replace(self, **columns)


def folded_words(texts: pd.Series[str]) -> Words:
    """Take texts apart into words that are the same in capitals and small letters."""
    words = words_of(texts)
    folded = [name.casefold() for name in words.names]
    rank = {name: number for number, name in enumerate(sorted(set(folded)))}
    number = np.array([rank[name] for name in folded], np.int32)
    return Words(list(rank), number[words.code], words.edges)


def find_passages(
    words: Words,
    outlets: Iterable[object],
    rules: Rules,
    *,
    furniture: Furniture | None = None,
) -> Passages:
    """Find every maximal passage that at least two articles share."""
    size, edges = rules.shortest, words.edges
    windows = _shared_windows(words, size)
    frequent = _frequent(windows, np.diff(edges), outlets, rules)
    taken = np.zeros(len(words.code), bool)
    for step in range(size):
        taken[windows["place"][frequent] + step] = True
    rest = _outside(windows[~frequent], taken, size)
    if furniture is not None:
        for row, begin, end in furniture(np.unique(rest["article"])):
            taken[edges[row] + begin : edges[row] + end] = True
        rest = _outside(rest, taken, size)
    parts = _places(rest, size), _places(windows[frequent], size)
    passage, first, last = (np.concatenate(both) for both in zip(*parts, strict=True))
    ordinary = len(parts[0][0])
    passage[ordinary:] += 1 + parts[0][0].max(initial=-1)
    article: Whole = np.searchsorted(edges, first, side="right") - 1
    inside = np.searchsorted(edges, np.flatnonzero(taken), side="right") - 1
    own = np.diff(edges) - np.bincount(inside, minlength=len(edges) - 1)
    begins = edges[article]
    boilerplate = np.arange(len(passage)) >= ordinary
    return Passages(passage, article, first - begins, last - begins, boilerplate, own)


def furniture_of(corpus: Corpus) -> Furniture:
    """Make the function that finds furniture: words that begin in it belong to it."""
    names, texts = (corpus.articles[name].tolist() for name in ("article", "text"))

    def words_of(rows: Whole) -> Iterator[tuple[int, int, int]]:
        row_of = {names[row]: row for row in rows.tolist()}
        spans = corpus.where(article=list(row_of)).furniture
        for article, mine in spans.groupby("article", sort=False):
            row, ends = row_of[str(article)], mine["end"].tolist()
            starts = _starts(texts[row], max(ends))
            for start, end in zip(mine["start"].tolist(), ends, strict=True):
                yield row, bisect_left(starts, start), bisect_left(starts, end)

    return words_of


def word_places(texts: pd.Series[str], text: Whole, word: Whole) -> tuple[Whole, Whole]:
    """Give where words start and end: `word`, from 0, of the text numbered `text`."""
    places = np.zeros((len(text), 2), np.int64)
    order = np.argsort(text, kind="stable")
    wanted, begins = np.unique(text[order], return_index=True)
    parts = np.split(order, begins[1:])
    for row, mine in zip(wanted.tolist(), parts, strict=False):
        places[mine] = np.array(word_offsets(texts.iloc[row]))[word[mine]]
    return places[:, 0], places[:, 1]


def offsets_of(passages: Passages, texts: pd.Series[str]) -> tuple[Whole, Whole]:
    """Give where the places of passages start and end in their texts."""
    size = len(passages.article)
    words = np.append(passages.first, passages.last - 1)
    starts, ends = word_places(texts, np.tile(passages.article, 2), words)
    return starts[:size], ends[size:]


def _cells(passages: Passages) -> pd.DataFrame:
    """Give each article that a passage stands in, once, and how many these are."""
    cells = pd.DataFrame({"passage": passages.passage, "one": passages.article})
    cells = cells.drop_duplicates().sort_values(["passage", "one"], ignore_index=True)
    return cells.assign(size=cells.groupby("passage")["one"].transform("size"))


def pairs_within(passages: Passages, *, every: int) -> pd.DataFrame:
    """Give ``passage, one, other`` of pairs; of many articles, a chain of pairs."""
    cells = _cells(passages)
    few, many = cells[cells["size"] <= every], cells[cells["size"] > every]
    other = few[["passage", "one"]].rename(columns={"one": "other"})
    pairs = few.merge(other, on="passage").query("one < other")
    held = many.groupby("passage")["one"]
    ends = [held.transform("first"), held.shift()]  # each with the first, and the last
    chain = pd.concat(many.assign(one=one, other=many["one"]) for one in ends)
    chain = chain.query("one < other").drop_duplicates()
    return pd.concat([pairs, chain])[["passage", "one", "other"]].astype("int64")


def pairs_with(passages: Passages, article: int) -> pd.DataFrame:
    """Give the same for the pairs of one article, which stands first in all of them."""
    cells = _cells(passages).rename(columns={"one": "other"})
    has = cells["passage"].isin(cells["passage"][cells["other"] == article])
    return cells[has & (cells["other"] != article)].assign(one=article)


def pair_count(passages: Passages) -> int:
    """Give the number of pairs, counted once for every passage that they share."""
    return int((_cells(passages)["size"] - 1).sum()) // 2


def overlaps(passages: Passages, pairs: pd.DataFrame) -> pd.DataFrame:
    """Count the words, each once, that pairs of articles have in shared passages."""
    size = np.zeros(int(passages.passage.max(initial=0)) + 1, np.int64)
    size[passages.passage] = passages.last - passages.first
    both = pairs.assign(size=size[pairs["passage"]]).groupby(["one", "other"])["size"]
    table = pd.DataFrame(
        {
            "words": _covered(passages, pairs, "one"),
            "other_words": _covered(passages, pairs, "other"),
            "longest": both.max(),
            "passages": both.size(),
        }
    )
    return table.reset_index().astype("int64")


def _covered(passages: Passages, pairs: pd.DataFrame, side: str) -> pd.Series[int]:
    """Count the words of an article in any of several passages, for each pair."""
    columns = ("passage", "article", "first", "last")
    places = pd.DataFrame({name: getattr(passages, name) for name in columns})
    places = pairs.merge(places.rename(columns={"article": side}), on=["passage", side])
    places = places.sort_values(["one", "other", "first", "last"])
    keys = [places["one"], places["other"]]
    reached = places.groupby(keys)["last"].cummax().groupby(keys).shift(fill_value=0)
    fresh = places["last"] - places["first"].clip(lower=reached)
    covered: pd.Series[int] = fresh.clip(lower=0).groupby(keys).sum()
    return covered


def _starts(text: str, limit: int) -> list[int]:
    """Give where the words start that start before `limit`."""
    starts = (match.start() for match in WORD.finditer(text))
    return list(takewhile(lambda start: start < limit, starts))


def _shared_windows(words: Words, size: int) -> pd.DataFrame:
    """Find runs of `size` words that two articles have: ``kind, place, article``."""
    number = numbered(words, size)
    times = np.bincount(number + 1, minlength=1)
    times[0] = 0  # where no window begins
    place = np.flatnonzero(times[number + 1] > 1)
    article = np.searchsorted(words.edges, place, side="right") - 1
    kind = number[place].astype(np.int64)
    return _shared(pd.DataFrame({"kind": kind, "place": place, "article": article}))


def _shared(windows: pd.DataFrame) -> pd.DataFrame:
    """Keep the windows whose words stand in at least two articles."""
    articles = windows.groupby("kind")["article"]
    return windows[articles.transform("min") < articles.transform("max")]


def _frequent(
    windows: pd.DataFrame, sizes: Whole, outlets: Iterable[object], rules: Rules
) -> Flags:
    """Mark windows that stand in too many articles to be anything but boilerplate."""
    outlet, names = pd.factorize(
        pd.Series(list(outlets), dtype=object), use_na_sentinel=False
    )
    worded = np.bincount(outlet[sizes > 0], minlength=len(names))
    cells = windows.drop_duplicates(["kind", "article"])
    articles = cells["kind"].value_counts()
    often = cells[cells["kind"].isin(articles.index[articles >= rules.fewest])]
    often = often.assign(outlet=outlet[often["article"]])
    held = often.groupby(["kind", "outlet"]).size().reset_index(name="articles")
    least = np.maximum(rules.share * worded[held["outlet"]], rules.fewest - 1)
    over = held["kind"][held["articles"] > least]
    frequent: Flags = (
        windows["kind"].isin([*over, *articles.index[articles > rules.most]]).to_numpy()
    )
    return frequent


def _outside(windows: pd.DataFrame, taken: Flags, size: int) -> pd.DataFrame:
    """Keep windows without a word that is taken, if two articles still share them."""
    place = windows["place"].to_numpy()
    free = ~np.any([taken[place + step] for step in range(size)], axis=0)
    return _shared(windows[free])


def _places(windows: pd.DataFrame, size: int) -> tuple[Whole, Whole, Whole]:
    """Give passage, first word and the one after the last, by passage and place."""
    kind, place, article = windows.sort_values("place").to_numpy().T
    on = (np.diff(place) == 1) & (np.diff(article) == 0)
    joined = _joined(kind, on)
    begins = np.flatnonzero(~np.append(False, joined)[: len(kind)])
    ends = np.append(begins[1:], len(kind))[: len(begins)] - 1
    stretch = np.cumsum(~np.append(False, on)[: len(kind)]) - 1
    longest = maximal(dense(kind[begins]), stretch[begins], article[begins])
    first = place[begins[longest.place]]
    last = place[ends[longest.place + longest.length - 1]] + size
    by_place = np.lexsort((first, longest.sequence))
    return _apart(longest.sequence[by_place], first[by_place], last[by_place])


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
    number = dense(kind)
    follower = np.where(least == most, most, -1)[number]
    led = np.flatnonzero(follower[:-1] >= 0)
    joined = np.zeros(len(on), bool)
    joined[led] = times[number[led]] == times[number[led + 1]]
    return joined


def _apart(passage: Whole, first: Whole, last: Whole) -> tuple[Whole, Whole, Whole]:
    """Leave out places that overlap an earlier one of the same passage."""
    touches = (np.diff(passage) == 0) & (first[1:] < last[:-1])
    if not touches.any():
        return passage, first, last
    apart = np.ones(len(passage), bool)
    odd = np.isin(passage, passage[1:][touches])
    before, end = -1, 0
    for at in np.flatnonzero(odd).tolist():
        if passage[at] != before:
            before, end = passage[at], 0
        apart[at] = first[at] >= end
        if apart[at]:
            end = last[at]
    return passage[apart], first[apart], last[apart]
