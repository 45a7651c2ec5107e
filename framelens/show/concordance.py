"""Keyword in context: every place where a word stands, with what is around it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from framelens._checks import InputError, require_known
from framelens._result import Result
from framelens._wording import counted
from framelens.annotate.spans import each_text
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


BY = {
    "word": "words",
    "lemma": "all forms of words",
    "pos": "parts of speech",
    "regex": "regular expression",
}
"""What a query can be, and how that is called."""

TAGS = {
    *("ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART"),
    *("PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X"),
}
"""Parts of speech, as Universal Dependencies name them."""

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
    by: str = "word",
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
    by : {"word", "lemma", "pos", "regex"}, default "word"
        "lemma": each word stands for all its forms, so that ``say`` and ``said`` find
        *say, says, said*. "pos": words in capitals that name a part of speech of
        Universal Dependencies stand for any such word: ``ADJ attack*``, ``PROPN
        VERB``. Both need the parse, a second for every 4,000 words, and leave out no
        word between. "regex": a regular expression as Python's `re` reads it, in any
        case, anywhere in the text.
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
        If the query holds no word, or is no regular expression, or `width` is negative.
    UnknownNameError
        If there is no such voice in the articles, or no such `by`.

    Examples
    --------
    >>> text = "Drones fell. “No drone fell,” she said."
    >>> articles = pd.DataFrame({"article": ["a"], "outlet": ["Daily"], "text": [text]})
    >>> concordance(articles, "drone*", width=12)
    “drone*”: 2 places in 1 article (1 in the outlet's own voice, 1 in quotation marks).
               ⟦Drones⟧ fell. “No   · Daily
    fell. “No  ⟦drone⟧ fell,” she  · Daily
    >>> concordance(articles, "fall", by="lemma").table["match"].tolist()
    ['fell', 'fell']
    >>> concordance(articles, "NOUN fell", by="pos").table["match"].tolist()
    ['Drones fell', 'drone fell']
    >>> concordance(articles, "no [a-z]+", by="regex").table["match"].tolist()
    ['No drone']
    """
    require_known(by, BY, kind="way to search")
    if width < 0:
        raise InputError(
            f"width is {width}; give the characters of context, 0 or more."
        )
    corpus = corpus_of(corpus)
    if by == "regex":
        places = _matches(corpus, query)
    elif by == "word":
        places = _places(corpus, _query(query))
    else:
        places = _parsed(corpus, query, by)
    holding = corpus.where(article=list(places))
    voices = holding.voices
    choices = {*SUMS, "direct", "furniture", *voices["voice"]}
    if not corpus.marks_only:  # the marks alone do not tell these apart
        choices |= {"own", "indirect"}
    if voice is not None:
        require_known(voice, choices, kind="voice")
    asked = SUMS.get(voice or "all", (voice,))
    parts = {
        name: (part["start"].tolist(), part["end"].tolist(), part["voice"].tolist())
        for name, part in voices.sort_values("start", kind="stable").groupby("article")
    }
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


def _matches(corpus: Corpus, query: str) -> dict[str, _Places]:
    """Give every stretch that a regular expression matches, by article."""
    try:
        pattern = re.compile(query, re.IGNORECASE | re.MULTILINE)
    except (re.error, OverflowError, RecursionError) as error:
        raise InputError(
            f"{query!r} is no regular expression: {error}; a sign that is meant as "
            "itself, such as ( or ?, needs a \\ before it."
        ) from None
    if not query:
        raise InputError("the query is empty; give a regular expression.")
    places = {}
    for article, text in each_text(corpus.articles):
        found = [
            one.span() for one in pattern.finditer(text) if one.end() > one.start()
        ]
        if found:
            places[article] = found
    return places


def _parsed(corpus: Corpus, query: str, by: str) -> dict[str, _Places]:
    """Give every run of words whose lemmas or parts of speech fit, by article."""
    wanted = _query(query)
    tokens = corpus.tokens
    texts = dict(each_text(corpus.articles))
    tokens = tokens[tokens["article"].isin(list(texts))].reset_index(drop=True)
    columns = (tokens[name].tolist() for name in ("article", "start", "end"))
    printed = [
        texts[name][first:last] for name, first, last in zip(*columns, strict=True)
    ]
    forms = pd.Series(map(counted_form, printed), dtype=object)
    lemmas = tokens["lemma"].astype(str).str.casefold()
    runs = np.ones(len(tokens), bool)
    for shift, (word, prefix) in enumerate(wanted):
        if by == "pos" and word in TAGS:
            fits = tokens["pos"].eq(word).to_numpy(bool)
        else:
            # once for each form, of which there are far fewer than words
            fitting = {form: _fits(form, word, prefix) for form in forms.unique()}
            fits = forms.map(fitting).to_numpy(bool)
        if by == "lemma":
            sought = word.casefold()
            same = lemmas.isin({sought, *lemmas[fits]})
            starts = lemmas.str.startswith(sought) if prefix else same
            fits = (same | starts).to_numpy(bool)
        runs &= np.roll(fits, -shift)
    last = np.arange(len(tokens)) + len(wanted) - 1
    first = np.flatnonzero(runs & (last < len(tokens)))
    stop = first + len(wanted) - 1
    keys = tokens[["article", "sentence"]].to_numpy(object)
    inside = (keys[first] == keys[stop]).all(axis=1)
    places: dict[str, _Places] = {}
    for begin, end in zip(first[inside], stop[inside], strict=True):
        place = int(tokens["start"][begin]), int(tokens["end"][end])
        places.setdefault(keys[begin][0], []).append(place)
    return places


def _fits(form: str, wanted: str, prefix: bool) -> bool:
    """Whether a word, as it is counted, is the one wanted, or begins with it."""
    sought = counted_form(wanted)
    if prefix:
        return form.casefold().startswith(sought.casefold())
    acronym = sought.isupper() and len(sought) > 1
    return form == sought if acronym else form.casefold() == sought.casefold()


def _voice_at(
    parts: tuple[list[int], list[int], list[str]] | None, place: int
) -> str | None:
    """Give the voice of the character at a place; stretches do not overlap."""
    if parts is None:
        return None
    starts, ends, voices = parts
    row = bisect_right(starts, place) - 1
    return str(voices[row]) if row >= 0 and place < ends[row] else None


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
