"""Keyword in context: every place where a word stands, with what is around it."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from framelens._checks import InputError, require_known
from framelens._result import Result
from framelens._wording import counted
from framelens.annotate.words import counted_form, word_offsets
from framelens.corpus import corpus_of
from framelens.measure.cuts import rule_of
from framelens.measure.terms import Search
from framelens.show.drawing import VOICES
from framelens.show.tables import LEFT, RIGHT, grid, kept_together
from framelens.show.text import escape, one_line, plain, small

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from framelens.corpus import Corpus

COLUMNS = ["article", "outlet", "voice", "left", "match", "right", "start", "end"]

MOST_SHOWN = 200
"""Lines displayed at most: a page of more is not read; the table has them all."""

SUMS = {
    "quoted": ("direct", "indirect"),
    "rest": ("own", "indirect", "rest"),
    "all": ("own", "direct", "indirect", "rest", "whole"),
}
"""Sums of voices: what others say, and everything outside quotation marks, as in
`framelens.compare`."""

_GAP = re.compile(r"[^.!?\n]*|\s?\n\s?")
"""What may be between the words of a query: no end of a sentence or paragraph."""


_Places = list[tuple[int, int]]
_Sides = tuple[str, str]


@dataclass(frozen=True, eq=False, repr=False)
class Concordance(Result):
    """Places where the words of a query are, as returned by `concordance`.

    Attributes
    ----------
    query : str
    table : DataFrame
        One row per place, in order: ``article, outlet, voice, left, match, right,
        start, end``; ``match`` is the article's ``text[start:end]``.
    """

    query: str
    table: pd.DataFrame

    @property
    def caption(self) -> str:
        """How often the query was found, by voice, and in how many articles."""
        places = counted(len(self.table), "place")
        texts = counted(self.table["article"].nunique(), "article")
        voiced = self.table["voice"].map(lambda voice: VOICES.get(voice, plain(voice)))
        numbers = voiced.value_counts().items()
        parts = ", ".join(f"{n:,} {_within(voice)}" for voice, n in numbers)
        return f"“{self.query}”: {places} in {texts}{f' ({parts})' if parts else ''}."

    def evidence(self, item: str | None = None) -> pd.DataFrame:
        """Give the places: ``article, outlet, voice, start, end, text``.

        Parameters
        ----------
        item : str, optional
            Only places with these very words; all if not given.
        """
        table = self.table.rename(columns={"match": "text"})
        table = table[["article", "outlet", "voice", "start", "end", "text"]]
        return table if item is None else table[table["text"] == item]

    def __repr__(self) -> str:
        shown = self.table.head(MOST_SHOWN)
        room = int(shown["left"].str.len().max()) if len(shown) else 0
        rows: Any = shown.itertuples()
        lines = [
            f"{one_line(row.left):>{room}} ⟦{one_line(row.match)}⟧ "
            f"{one_line(row.right)}  · {plain(row.outlet)}"
            for row in rows
        ]
        return "\n".join([plain(self.caption), *lines])

    def _repr_html_(self) -> str:
        shown = self.table.head(MOST_SHOWN)
        heads = (
            ("outlet", LEFT),
            ("voice", LEFT),
            ("before", RIGHT),
            ("found", LEFT),
            ("after", LEFT),
            ("characters", kept_together(LEFT)),
        )
        each: Any = shown.itertuples()
        rows = (
            [
                escape(row.outlet),
                escape(VOICES.get(row.voice, row.voice)),
                escape(one_line(row.left)),
                f"<b>{escape(one_line(row.match))}</b>",
                escape(one_line(row.right)),
                f"<small>{escape(row.article)}: {row.start}–{row.end}</small>",
            ]
            for row in each
        )
        more = len(self.table) - len(shown)
        note = small([f"{more:,} more in .table"] if more else [])
        return grid("concordance", self.caption, heads, rows) + note


def concordance(
    corpus: Corpus | pd.DataFrame | str | Path,
    query: str,
    *,
    voice: str | None = None,
    width: int = 60,
) -> Concordance:
    """Find a word or words, and show each place in its context.

    Parameters
    ----------
    corpus : Corpus, DataFrame or path
        Only the voices of the articles that hold the query are needed.
    query : str
        One word or several that follow each other in one sentence. Whole
        words, in any case; ``drone*`` also finds "drones". A query in capitals, as
        ``US`` or ``U.S.``, finds the acronym only, and not the pronoun.
    voice : str, optional
        Only places in this voice: "own", "direct", "indirect"; or in a sum of two:
        "quoted" (direct and indirect), "rest" (own and indirect: everything outside
        quotation marks). If not given, all but furniture, as in counts.
    width : int, default 60
        Characters of context on each side at most: a word that would be cut is
        left out.

    Returns
    -------
    Concordance

    Raises
    ------
    InputError
        If the query holds no word, or `width` is negative.
    UnknownNameError
        If there is no such voice in the articles.

    Examples
    --------
    >>> text = "Drones fell. “No drone fell,” she said."
    >>> articles = pd.DataFrame({"article": ["a"], "outlet": ["Daily"], "text": [text]})
    >>> concordance(articles, "drone*", width=12)
    “drone*”: 2 places in 1 article (1 in the outlet's own voice, 1 in quotation marks).
               ⟦Drones⟧ fell. “No   · Daily
    fell. “No  ⟦drone⟧ fell,” she  · Daily
    """
    wanted = _query(query)
    if width < 0:
        raise InputError(
            f"width is {width}; give the characters of context, 0 or more."
        )
    corpus = corpus_of(corpus)
    places = _places(corpus, wanted)
    holding = corpus.where(article=list(places))
    voices = holding.voices
    choices = {*SUMS, "direct", "furniture", *voices["voice"]}
    if not corpus.marks_only:  # the marks alone do not tell these apart
        choices |= {"own", "indirect"}
    if voice is not None:
        require_known(voice, choices, kind="voice")
    asked = SUMS.get(voice or "all", (voice,))
    parts = dict(tuple(voices.groupby("article", sort=False)))
    rows = []
    each: Any = holding.articles.itertuples()
    for row in each:
        text = str(row.text)
        words = word_offsets(text)
        for start, end in places[row.article]:
            where = _voice_at(parts.get(row.article), start)
            if where not in asked:
                continue
            left, right = _around(text, words, (start, end), width)
            line = (left, text[start:end], right, start, end)
            rows.append((row.article, row.outlet, where, *line))
    return Concordance(query, pd.DataFrame(rows, columns=COLUMNS))


def _query(query: str) -> list[tuple[str, bool]]:
    """Split a query into words, and whether each is only the beginning of one."""
    words = [
        (query[start:end], query[end : end + 1] == "*")
        for start, end in word_offsets(query)
    ]
    if not words:
        raise InputError(f"the query {query!r} holds no word; give at least one.")
    return words


def _places(corpus: Corpus, wanted: Sequence[tuple[str, bool]]) -> dict[str, _Places]:
    """Give start and end of every run of words that fits the query, by article."""
    search = Search.of(corpus, rule_of(None))
    forms = search.read.words.names
    fits = [np.array([_fits(form, *one) for form in forms], bool) for one in wanted]
    begins = search.begins(fits)
    names = corpus.articles["article"].tolist()
    places: dict[str, _Places] = {}
    for row, words, text in search.spans(begins, begins + len(wanted)):
        gaps = (text[before[1] : after[0]] for before, after in pairwise(words))
        if all(map(_GAP.fullmatch, gaps)):
            places.setdefault(names[row], []).append((words[0][0], words[-1][1]))
    return places


def _fits(form: str, wanted: str, prefix: bool) -> bool:
    """Whether a word, as it is counted, is the one wanted, or begins with it."""
    sought = counted_form(wanted)
    if prefix:
        return form.casefold().startswith(sought.casefold())
    acronym = sought.isupper() and len(sought) > 1
    return form == sought if acronym else form.casefold() == sought.casefold()


def _voice_at(parts: pd.DataFrame | None, place: int) -> str | None:
    """Give the voice of the character at a place."""
    if parts is None:
        return None
    inside = parts[(parts["start"] <= place) & (place < parts["end"])]
    return None if inside.empty else str(inside["voice"].iloc[0])


def _around(text: str, places: _Places, place: tuple[int, int], width: int) -> _Sides:
    """Give what stands on both sides of a place, without words that the width cuts."""
    start, end = place
    begin, stop = max(0, start - width), min(len(text), end + width)
    if begin:  # else nothing is cut
        begin = min(places[bisect_left(places, (begin, 0))][0], start)
    if stop < len(text):
        last = places[bisect_left(places, (stop, 0)) - 1]
        stop = stop if last[1] <= stop else max(end, last[0])
    return text[begin:start], text[end:stop]


def _within(voice: object) -> str:
    """Say that something stands in a voice: "in reported speech"."""
    name = str(voice)
    if name.startswith(("in ", "outside ")):
        return name
    return f"in the {name}" if name.startswith("outlet") else f"in {name}"
