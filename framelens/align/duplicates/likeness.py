"""Likeness: which articles have their text from an earlier one."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from framelens.align.passages.overlaps import overlaps, pairs_within
from framelens.align.passages.passages import Rules, find_passages, furniture_words
from framelens.annotate.word_codes import Words

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

EVERY = 50
"""Articles. In a passage that more share, not every pair of them is looked at."""

RULES = Rules(fewest=10)
"""What is boilerplate here: an outlet may well print five versions of one article."""


class Likeness(NamedTuple):
    """What an article has in common with an earlier one."""

    shared: int
    share: float
    first_share: float
    longest: int


Alike = dict[int, dict[int, Likeness]]
Members = list[tuple[int, Likeness | None]]


def same_words(words: Words) -> list[int]:
    """Give for each article the first one that has exactly its words."""
    first: dict[bytes, int] = {}
    edges = words.edges.tolist()
    found = list(range(len(edges) - 1))
    for row in found:
        if edges[row] < edges[row + 1]:
            key = words.code[edges[row] : edges[row + 1]].tobytes()
            found[row] = first.setdefault(key, row)
    return found


def alike(articles: pd.DataFrame, words: Words, same: list[int], least: float) -> Alike:
    """Give for pairs of articles, in both directions, what they have in common.

    Of articles with exactly the same words, only the first is looked at.

    Parameters
    ----------
    articles : DataFrame
        ``text, outlet``.
    words : Words
        Of these articles.
    same : list of int
        As `same_words` gives it.
    least : float
        The share of the words of one of two articles from which they are alike.

    Returns
    -------
    dict
        From a row to the rows it is like.
    """
    rows = np.flatnonzero(np.array(same, np.int64) == np.arange(len(same)))
    chosen = np.zeros(len(same), bool)
    chosen[rows] = True
    sizes = np.diff(words.edges)
    code = words.code[np.repeat(chosen, sizes)]
    edges = np.append(0, np.cumsum(sizes[rows]))
    part = articles.take(rows)
    passages = find_passages(
        Words(words.names, code, edges),
        part["outlet"].tolist(),
        RULES,
        furniture=furniture_words(part["text"]),
    )
    ordinary = passages.only(~passages.boilerplate)
    table = overlaps(ordinary, pairs_within(ordinary, every=EVERY))
    found: Alike = defaultdict(dict)
    columns = (table[name].to_numpy() for name in table.columns[:5])
    one, other, mine, theirs, longest = columns
    share, back = mine / ordinary.own[one], theirs / ordinary.own[other]
    for at in np.flatnonzero(np.maximum(share, back) >= least).tolist():
        a, b = int(rows[one[at]]), int(rows[other[at]])
        here, there = float(share[at]), float(back[at])
        found[a][b] = Likeness(int(mine[at]), here, there, int(longest[at]))
        found[b][a] = Likeness(int(theirs[at]), there, here, int(longest[at]))
    return found


def grouped(same: list[int], likes: Alike, named: Iterable[int]) -> dict[int, Members]:
    """Give the members of each group by its first article.

    Parameters
    ----------
    same : list of int
        As `same_words` gives it.
    likes : dict
        As `alike` gives it.
    named : iterable of int
        Articles that are a group also on their own.

    Returns
    -------
    dict
        From the first article to all, each with its likeness to the first.
    """
    leader: dict[int, int] = {}
    groups: dict[int, Members] = defaultdict(list)
    for row, model in enumerate(same):
        if model == row:
            before = (
                other for other in likes.get(row, ()) if leader.get(other) == other
            )
            leader[row] = min(before, default=row)
        head = leader[model]
        groups[head].append((row, likes[model][head] if model != head else None))
    alone = set(named)
    return {
        head: members
        for head, members in groups.items()
        if len(members) > 1 or head in alone
    }
