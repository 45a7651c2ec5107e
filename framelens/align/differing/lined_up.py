"""Lined up: what differs between the passages that `coverage` holds together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from framelens._checks import InputError
from framelens.align.differing.differing import what_differs
from framelens.align.differing.marks import held_together
from framelens.align.differing.result import TABLE_COLUMNS, Differing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from framelens.align.coverage_places import Place
    from framelens.align.coverage_result import Coverage
    from framelens.align.differing.differing import Difference
    from framelens.align.differing.marks import Mark

Pair = tuple["Place", "Place", float]

_PLACED = ["article", "start", "other_article", "other_start"]


def differing(coverage: Coverage) -> Differing:
    """List numbers, dates, negations and opposite words that differ where lined up.

    Only passages that have a counterpart are held together, each pair once, with the
    article that comes first in ``coverage.articles`` on the left. Nothing is judged.

    Parameters
    ----------
    coverage : Coverage
        As `framelens.align.coverage` gives it; `Coverage.candidates` calls this.

    Returns
    -------
    Differing
        Where two pairs overlap, the same words are listed once, in the nearer pair.

    Raises
    ------
    InputError
        If `coverage` is something else, such as articles.

    See Also
    --------
    framelens.align.differing.what_differs : The rules, for two texts.

    Examples
    --------
    >>> from framelens.align import coverage
    >>> one = "The old dam above Reddin broke on Monday and flooded two villages."
    >>> other = "The old dam above Reddin broke on Sunday and flooded 3 villages."
    >>> articles = pd.DataFrame({"article": ["a", "b"], "text": [one, other],
    ...                          "outlet": ["Daily", "Herald"]})
    >>> found = differing(coverage(articles))
    >>> found.table[["kind", "here", "there", "outlet", "other_outlet"]]
         kind    here   there outlet other_outlet
    0  number     two       3  Daily       Herald
    1    date  Monday  Sunday  Daily       Herald
    """
    if not hasattr(coverage, "candidates"):
        raise InputError(
            "differing() takes a Coverage, as align.coverage(articles) gives it; got "
            f"a {type(coverage).__name__}. For two texts use align.what_differs."
        )
    places = coverage.places
    events = coverage.articles.set_index("article")["event"].to_dict()
    known: dict[tuple[str, str, str], list[_Absolute]] = {}
    pairs = _pairs(coverage)
    rows: list[tuple[Any, ...]] = []
    compared = 0
    for left, right, score in pairs:
        one, other = places.side(left), places.side(right)
        compared += bool(held_together(one[-1], other[-1]))
        for found in what_differs(one[-1], other[-1]):
            kept = known.setdefault((found.kind, left[0], right[0]), [])
            where = _absolute(found, left[1], right[1])
            if any(where[0] <= here and where[1] <= there for here, there in kept):
                continue
            kept.append(where)
            rows.append(
                (
                    events[left[0]],
                    found.kind,
                    _words(found.here, one[-1]),
                    _words(found.there, other[-1]),
                    ", ".join(mark.value for mark in found.here),
                    ", ".join(mark.value for mark in found.there),
                    *one,
                    *other,
                    score,
                )
            )
    return Differing(_in_order(rows, coverage), len(pairs), compared)


def _pairs(coverage: Coverage) -> list[Pair]:
    """Give each pair of lined-up passages once, the nearest first."""
    order = {name: place for place, name in enumerate(coverage.articles["article"])}
    groups = coverage.alignments.groupby("group", sort=False)
    best: dict[tuple[Place, Place], float] = {}
    for _, both in groups:
        columns = (both[name].tolist() for name in ("article", "start", "end"))
        sides: list[Place] = sorted(
            zip(*columns, strict=True), key=lambda side: order[side[0]]
        )
        pair, score = (sides[0], sides[1]), float(both["score"].iloc[0])
        best[pair] = max(score, best.get(pair, score))
    every = [(left, right, score) for (left, right), score in best.items()]
    return sorted(every, key=_nearness)


def _nearness(pair: Pair) -> tuple[Any, ...]:
    """Sort by score, then by length; the same whichever side is left."""
    left, right, score = pair
    length = left[2] - left[1] + right[2] - right[1]
    return -score, length, sorted((left, right))


_Absolute = tuple[frozenset[tuple[int, int]], frozenset[tuple[int, int]]]


def _absolute(found: Difference, left: int, right: int) -> _Absolute:
    """Give the places of a difference in the two articles."""
    here = frozenset((left + mark.start, left + mark.end) for mark in found.here)
    there = frozenset((right + mark.start, right + mark.end) for mark in found.there)
    return here, there


def _words(marks: Iterable[Mark], text: str) -> str:
    return ", ".join(text[mark.start : mark.end] for mark in marks)


def _in_order(rows: list[tuple[Any, ...]], coverage: Coverage) -> pd.DataFrame:
    """Give the rows in the order of articles, then of their places."""
    table = pd.DataFrame(rows, columns=TABLE_COLUMNS)
    order = {name: place for place, name in enumerate(coverage.articles["article"])}
    columns = (table[name].tolist() for name in _PLACED)
    keys = [
        (order[one], start, order[other], there)
        for one, start, other, there in zip(*columns, strict=True)
    ]
    ranked = sorted(range(len(keys)), key=keys.__getitem__)
    whole = [name for name in TABLE_COLUMNS if name.endswith(("start", "end"))]
    kept = table.iloc[ranked].reset_index(drop=True)
    return kept.astype(dict.fromkeys(whole, "int64"))
