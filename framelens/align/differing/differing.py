"""Differing: lined-up passages of several outlets, and what differs in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from framelens._checks import require_known
from framelens._result import Result
from framelens._wording import counted
from framelens.align.coverage import Coverage, coverage
from framelens.align.coverage.stories import COUNTERPART
from framelens.align.differing.rules import KINDS, what_differs, worded_alike
from framelens.annotate.spans import rows_of

if TYPE_CHECKING:
    from pathlib import Path

    from framelens.align.coverage.matrix import Place
    from framelens.align.differing.marks import Mark
    from framelens.corpus import Corpus

    Pair = tuple[Place, Place, float]
    Places = frozenset[tuple[int, int]]

_SIDE = ["article", "outlet", "voice", "start", "end", "text"]
TABLE_COLUMNS = [
    "event", "kind", "here", "there", "here_value", "there_value", *_SIDE,
    *(f"other_{one}" for one in _SIDE), "score",
]  # fmt: skip
"""The columns of ``Differing.table``."""

CAUTION = (
    "Read and judge these yourself: a difference may be a later count, another "
    "occasion, or somebody else’s words. What is not listed may differ too."
)
"""Stands under everything that shows differences."""


@dataclass(frozen=True, eq=False, repr=False)
class Differing(Result):
    """Differences between lined-up passages, for a person to read.

    Attributes
    ----------
    table : DataFrame
        One row per pair of passages and kind: ``event, kind`` (number, date, negation,
        opposite words, wording of a number: the same figure, made to look large or
        small), ``here, there`` (the words, as they stand), ``here_value,
        there_value`` (brought to one form), ``article, outlet, voice, start, end,
        text``, the same with ``other_``, and ``score`` (of the alignment).
    pairs : int
        Pairs of passages that are lined up, each pair once.
    compared : int
        Those of them with two sentences worded alike enough to be compared.
    """

    table: pd.DataFrame
    pairs: int
    compared: int

    @property
    def caption(self) -> str:
        """How many pairs differ in something, of how many."""
        place = ["article", "start", "end"]
        keys = [f"{side}{key}" for side in ("", "other_") for key in place]
        some = len(self.table.drop_duplicates(keys))
        kinds = self.table["kind"].value_counts()
        each = ", ".join(f"{kind} {kinds[kind]:,}" for kind in KINDS if kind in kinds)
        by_kind = f" ({each})" if each else ""
        return (
            f"{counted(self.pairs, 'lined-up pair')} of passages, {self.compared:,} "
            f"with sentences worded alike enough to be compared: {some:,} differ in a "
            f"number, a date, a negation or opposite words{by_kind}."
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """What the list does not say."""
        return (CAUTION,)

    def evidence(self, kind: str | None = None) -> pd.DataFrame:
        """Give both passages of every row, or of one kind.

        Parameters
        ----------
        kind : str, optional
            "number", "date", "negation", "opposite words" or "wording of a number".

        Returns
        -------
        DataFrame
            Rows of the table; ``text`` and ``other_text`` are what stands at their
            offsets.

        Raises
        ------
        UnknownNameError
            If there is no such kind.
        """
        if kind is None:
            return self.table.copy()
        require_known(kind, KINDS, kind="kind")
        return self.table[self.table["kind"] == kind].reset_index(drop=True)

    def shown(self) -> pd.DataFrame:
        """Lay out what differs, and both passages with their outlets."""
        shown = self.table[["kind", "here", "there"]].replace("", None)
        for side, prefix in (("here", ""), ("there", "other_")):
            outlets = self.table[f"{prefix}outlet"].fillna("outlet not stated")
            shown[f"passage {side}"] = outlets + ": " + self.table[f"{prefix}text"]
        return shown


def differing(corpus: Corpus | Coverage | pd.DataFrame | str | Path) -> Differing:
    """List numbers, dates, negations and opposite words that differ where lined up.

    Only passages that have a counterpart are compared, each pair once, with the
    article that comes first in the corpus on the left. Nothing is judged.

    Parameters
    ----------
    corpus : Corpus, DataFrame, path or Coverage
        What `coverage` takes; or what it gave, if you line up in another way than by
        default, or have it already.

    Returns
    -------
    Differing
        Where two pairs overlap, the same words are listed once, in the nearer pair.

    Raises
    ------
    InputError, MissingPartError
        As `coverage` does.

    See Also
    --------
    framelens.align.what_differs : The rules, for two texts.

    Examples
    --------
    >>> left = "The old dam above Reddin broke on Monday and flooded two villages."
    >>> right = "The old dam above Reddin broke on Sunday and flooded 3 villages."
    >>> articles = pd.DataFrame({"article": ["a", "b"], "text": [left, right],
    ...                          "outlet": ["Daily", "Herald"]})
    >>> differing(articles).table[["kind", "here", "there", "outlet", "other_outlet"]]
         kind    here   there outlet other_outlet
    0  number     two       3  Daily       Herald
    1    date  Monday  Sunday  Daily       Herald
    """
    lined_up = corpus if isinstance(corpus, Coverage) else coverage(corpus)
    articles, places = lined_up.articles, lined_up.places
    events = articles.set_index("article")["event"].to_dict()
    order = {name: place for place, name in enumerate(articles["article"])}
    listed: dict[tuple[str, str, str], list[tuple[Places, Places]]] = {}
    pairs = _pairs(lined_up, order)
    rows: list[tuple[Any, ...]] = []
    compared = 0
    for left, right, score in pairs:
        here, there = places.side(left), places.side(right)
        compared += bool(worded_alike(here[-1], there[-1]))
        for each in what_differs(here[-1], there[-1]):
            nearer = listed.setdefault((each.kind, left[0], right[0]), [])
            where = _shifted(each.here, left[1]), _shifted(each.there, right[1])
            if any(where[0] <= a and where[1] <= b for a, b in nearer):
                continue
            nearer.append(where)
            sides = (each.here, here[-1]), (each.there, there[-1])
            words = [[text[start:end] for start, end, _ in s] for s, text in sides]
            values = [[mark.value for mark in marks] for marks, _ in sides]
            shown = (", ".join(some) for some in (*words, *values))
            rows.append((events[left[0]], each.kind, *shown, *here, *there, score))
    return Differing(_in_order(rows, order), len(pairs), compared)


def _pairs(lined_up: Coverage, order: dict[str, int]) -> list[Pair]:
    """Give each pair of lined-up passages once, the nearest first."""
    best: dict[tuple[Place, Place], float] = {}
    pairs = lined_up.table[lined_up.table["status"] == COUNTERPART]
    place = ["article", "start", "end"]
    columns = [*place, *(f"counterpart_{name}" for name in place), "score"]
    for *places, score in rows_of(pairs, *columns):
        sides = tuple(places[:3]), tuple(places[3:])
        left, right = sorted(sides, key=lambda side: order[side[0]])
        best[left, right] = max(score, best.get((left, right), score))
    every = [(left, right, score) for (left, right), score in best.items()]
    return sorted(every, key=_nearness)


def _nearness(pair: Pair) -> tuple[Any, ...]:
    """Sort by score, then by length; the same whichever side is left."""
    left, right, score = pair
    length = left[2] - left[1] + right[2] - right[1]
    return -score, length, sorted((left, right))


def _shifted(marks: tuple[Mark, ...], by: int) -> Places:
    """Give the places of marks in an article."""
    return frozenset((by + start, by + end) for start, end, _ in marks)


def _in_order(rows: list[tuple[Any, ...]], order: dict[str, int]) -> pd.DataFrame:
    """Give the rows in the order of articles, then of their places."""
    table = pd.DataFrame(rows, columns=TABLE_COLUMNS)
    by = ["article", "start", "other_article", "other_start"]
    keys = table[by].copy()
    for name in ("article", "other_article"):
        keys[name] = keys[name].map(order)
    ranked = keys.sort_values(by, kind="stable").index
    whole = [name for name in TABLE_COLUMNS if name.endswith(("start", "end"))]
    ordered: pd.DataFrame = table.loc[ranked].reset_index(drop=True)
    return ordered.astype(dict.fromkeys(whole, "int64"))
