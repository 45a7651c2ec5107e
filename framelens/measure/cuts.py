"""Cuts: the stretches of text inside which words and their sequences are counted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from framelens._checks import InputError, require_columns
from framelens.annotate.voices import VOICES, marked_stretches
from framelens.annotate.voices import voices as mark_voices
from framelens.annotate.words import WORD
from framelens.measure.sparse import TEXT

if TYPE_CHECKING:
    import numpy.typing as npt

    Whole = npt.NDArray[np.int64]
    Spans = pd.DataFrame | Literal["none"] | None
    Voices = pd.DataFrame | Literal["marks", "none"] | None

LEFT_OUT = "furniture"
"""The voice that no count contains: datelines, captions, licence lines."""

WHOLE = "whole"
"""The one voice there is where voices are not told apart."""

_MARKED = ["direct", "rest"]

_IN_A_WORD = re.compile(r"[\w\u0300-\u036f.,'’-]{2}")


@dataclass(frozen=True, eq=False)
class Rule:
    """Where texts are cut; built by `rule_of`.

    Attributes
    ----------
    voices : list of str
        The names of the voices that count, in alphabetical order.
    spans : DataFrame or None
        ``article, start, end, code``: the place of each span's voice in `voices`, -1
        for what does not count. None where voices are found (by the marks alone, or
        by the reader, as `voices` names them), or not told apart.
    sentences : DataFrame or None
        ``article, start, end``; None cuts nothing.
    """

    voices: list[str]
    spans: pd.DataFrame | None
    sentences: pd.DataFrame | None

    @property
    def cuts_nothing(self) -> bool:
        """Whether every text is one stretch."""
        return self.voices == [WHOLE] and self.spans is None and self.sentences is None


def rule_of(voices: Voices, sentences: Spans) -> Rule:
    """Check spans, and prepare them.

    Parameters
    ----------
    voices : DataFrame, "marks", "none" or None
        Voices that are not given are found by the reader, with "marks" by quotation
        marks alone; "none" takes whole texts as one voice.
    sentences : DataFrame, "none" or None
        Sentences that are not given, or "none", cut nothing.

    Returns
    -------
    Rule

    Raises
    ------
    ColumnError
        If a table lacks a column.
    InputError
        If another word is given.
    """
    sentences = _checked(sentences)
    if isinstance(voices, str):
        if voices not in ("marks", "none"):
            raise InputError(
                f"voices must be a table of spans, 'marks' or 'none'; got {voices!r}."
            )
        return Rule([WHOLE] if voices == "none" else _MARKED, None, sentences)
    if voices is None:
        return Rule(sorted(set(VOICES) - {LEFT_OUT}), None, sentences)
    require_columns(voices, ["article", "start", "end", "voice"], of="voices")
    names = sorted(set(voices["voice"].dropna().astype(str)) - {LEFT_OUT})
    return Rule(names, _coded(voices, names), sentences)


def _coded(voices: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """Give each stretch the place of its voice among the names, -1 for any other."""
    known = pd.Index(names, dtype=TEXT)
    code = known.get_indexer(pd.Index(voices["voice"], dtype=TEXT))
    return voices[["article", "start", "end"]].assign(code=code)


def _checked(sentences: Spans) -> pd.DataFrame | None:
    if isinstance(sentences, str):
        if sentences != "none":
            raise InputError(
                f"sentences must be a table of spans or 'none'; got {sentences!r}."
            )
        return None
    if sentences is not None:
        require_columns(sentences, ["article", "start", "end"], of="sentences")
    return sentences


@dataclass(frozen=True, eq=False)
class Cuts:
    """Stretches of one voice, by article, voice and place.

    Attributes
    ----------
    texts : list of str
    article, start, voice : array of int
        For each stretch the row of its article, where it begins there, and the
        place of its voice among those of the rule.
    """

    texts: list[str]
    article: Whole
    start: Whole
    voice: Whole


def cuts(articles: list[str], texts: list[str], rule: Rule) -> Cuts:
    """Cut articles where the voice changes and, if given, where sentences do.

    Parameters
    ----------
    articles, texts : list of str
        Identifiers, and the text of each.
    rule : Rule

    Returns
    -------
    Cuts
        Each word is whole, in the stretch in which it starts; furniture is left out.

    Examples
    --------
    >>> cuts(["a"], ['"We go," he said.'], rule_of("marks", None)).texts
    ['"We go,"', ' he said.']
    """
    base = np.cumsum([0, *(len(text) + 1 for text in texts)])
    found = _of_voices(articles, texts, base, rule)
    if rule.sentences is not None:
        found = _both(found, _placed(rule.sentences, articles, base))
    article = np.searchsorted(base, found.start, side="right") - 1
    order = np.lexsort((found.start, found.row, article))
    article, voice = article[order], found.row[order]
    start = found.start[order] - base[article]
    end = found.end[order] - base[article]
    places = zip(article.tolist(), start.tolist(), end.tolist(), strict=True)
    whole = [
        (texts[one], _past_word(texts[one], first), _past_word(texts[one], last))
        for one, first, last in places
    ]
    return Cuts(
        texts=[text[first:last] for text, first, last in whole],
        article=article,
        start=np.array([first for _, first, _ in whole], dtype=np.int64),
        voice=voice,
    )


@dataclass(frozen=True, eq=False)
class _Intervals:
    """Places that do not overlap, in order, and the row (or voice) of each."""

    start: Whole
    end: Whole
    row: Whole

    def __getitem__(self, which: Whole | npt.NDArray[np.bool_]) -> _Intervals:
        return _Intervals(self.start[which], self.end[which], self.row[which])


def _of_voices(
    articles: list[str], texts: list[str], base: Whole, rule: Rule
) -> _Intervals:
    """Give where the voices that count stand, and which they are."""
    if rule.spans is None and rule.voices == [WHOLE]:  # voices are not told apart
        return _Intervals(base[:-1], base[1:] - 1, np.zeros(len(texts), np.int64))
    if rule.spans is None and rule.voices == _MARKED:
        found, voice = marked_stretches(texts)
        place = base[found.line]
        found_in = _Intervals(place + found.start, place + found.end, voice - 1)
        return found_in[voice > 0]
    spans = rule.spans
    if spans is None:
        table = pd.DataFrame({"article": articles, "text": texts}, dtype=object)
        spans = _coded(mark_voices(table), rule.voices)
    placed = _placed(spans, articles, base)
    voice = spans["code"].to_numpy(np.int64)[placed.row]
    return _Intervals(placed.start, placed.end, voice)[voice >= 0]


def _placed(spans: pd.DataFrame, articles: list[str], base: Whole) -> _Intervals:
    """Put spans one behind the other; each ends where the next one begins."""
    article = pd.Index(articles, dtype=object).get_indexer(pd.Index(spans["article"]))
    row = np.flatnonzero(article >= 0)
    first, past = base[article[row]], base[article[row] + 1] - 1
    start = first + spans["start"].to_numpy(np.int64)[row]
    end = np.minimum(first + spans["end"].to_numpy(np.int64)[row], past)
    order = np.lexsort((end, start))
    start, end, row = start[order], end[order], row[order]
    end[:-1] = np.minimum(end[:-1], start[1:])
    return _Intervals(start, end, row)[start < end]


def _both(one: _Intervals, other: _Intervals) -> _Intervals:
    """Give the intervals that lie in both, with the rows of the first."""
    low = np.searchsorted(other.end, one.start, side="right")
    many = np.maximum(np.searchsorted(other.start, one.end) - low, 0)
    mine = np.repeat(np.arange(len(low)), many)
    theirs = np.arange(int(many.sum())) - np.repeat(np.cumsum(many) - many - low, many)
    return _Intervals(
        np.maximum(one.start[mine], other.start[theirs]),
        np.minimum(one.end[mine], other.end[theirs]),
        one.row[mine],
    )


def _past_word(text: str, place: int) -> int:
    """Give the end of the word that stands across `place`; else `place` itself."""
    if not 0 < place < len(text) or not _IN_A_WORD.match(text, place - 1):
        return place
    before = max(text.rfind(" ", 0, place), text.rfind("\n", 0, place)) + 1
    for match in WORD.finditer(text, before):
        if match.end() > place:
            return match.end() if match.start() < place else place
    return place
