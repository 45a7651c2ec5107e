"""Cuts: the stretches of text inside which words and their sequences are counted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framelens._checks import require_columns
from framelens.annotate.words import WORD
from framelens.measure.sparse import TEXT

if TYPE_CHECKING:
    import numpy.typing as npt

    Whole = npt.NDArray[np.int64]

LEFT_OUT = "furniture"
"""The voice that no count contains: datelines, captions, licence lines."""

WHOLE = "whole"
"""The one voice there is where voices are not told apart."""

_IN_A_WORD = re.compile(r"[\w\u0300-\u036f.,'’-]{2}")


@dataclass(frozen=True, eq=False)
class Rule:
    """Where texts are cut; built by `rule_of`.

    `voices` are those that count, in alphabetical order; `spans` (``article, start,
    end, code``) have the place of their voice there, -1 for what does not count, and
    are None where voices are not told apart. Of each table in `within` (``article,
    start, end``) only what stands in a span counts, and each span by itself.
    """

    voices: list[str]
    spans: pd.DataFrame | None
    within: tuple[pd.DataFrame, ...] = ()

    @property
    def cuts_nothing(self) -> bool:
        """Whether every text is one stretch."""
        return self.spans is None and not self.within


def rule_of(voices: pd.DataFrame | None, *within: pd.DataFrame | None) -> Rule:
    """Check spans of voices and of others, and prepare them; None cuts nothing."""
    spans = tuple(table for table in within if table is not None)
    for table in spans:
        require_columns(table, ["article", "start", "end"], of="the spans")
    if voices is None:
        return Rule([WHOLE], None, spans)
    require_columns(voices, ["article", "start", "end", "voice"], of="voices")
    names = sorted(set(voices["voice"].dropna().astype(str)) - {LEFT_OUT})
    known = pd.Index(names, dtype=TEXT)
    code = known.get_indexer(pd.Index(voices["voice"], dtype=TEXT))
    return Rule(names, voices[["article", "start", "end"]].assign(code=code), spans)


@dataclass(frozen=True, eq=False)
class Cuts:
    """Stretches of one voice: the article's row, where they start, voice's number."""

    texts: list[str]
    article: Whole
    start: Whole
    voice: Whole


def cuts(articles: list[str], texts: list[str], rule: Rule) -> Cuts:
    """Cut articles where the voice changes and, if given, where sentences do.

    Each word is whole, in the stretch in which it starts; furniture is left out.

    >>> voices = pd.DataFrame({"article": "a", "start": [0, 8], "end": [8, 17],
    ...                        "voice": ["direct", "own"]})
    >>> cuts(["a"], ['"We go," he said.'], rule_of(voices)).texts
    ['"We go,"', ' he said.']
    """
    base = np.cumsum([0, *(len(text) + 1 for text in texts)])
    stretches = _of_voices(articles, base, rule)
    for spans in rule.within:
        stretches = _both(stretches, _placed(spans, articles, base))
    article = np.searchsorted(base, stretches.start, side="right") - 1
    order = np.lexsort((stretches.start, stretches.row, article))
    article, voice = article[order], stretches.row[order]
    start = stretches.start[order] - base[article]
    end = stretches.end[order] - base[article]
    places = zip(article.tolist(), start.tolist(), end.tolist(), strict=True)
    whole = [
        (texts[row], _past_word(texts[row], first), _past_word(texts[row], last))
        for row, first, last in places
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


def _of_voices(articles: list[str], base: Whole, rule: Rule) -> _Intervals:
    """Give where the voices that count stand, and which they are."""
    if rule.spans is None:  # voices are not told apart
        return _Intervals(base[:-1], base[1:] - 1, np.zeros(len(articles), np.int64))
    placed = _placed(rule.spans, articles, base)
    voice = rule.spans["code"].to_numpy(np.int64)[placed.row]
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


def _both(first: _Intervals, second: _Intervals) -> _Intervals:
    """Give the intervals that lie in both, with the rows of the first."""
    low = np.searchsorted(second.end, first.start, side="right")
    many = np.maximum(np.searchsorted(second.start, first.end) - low, 0)
    mine = np.repeat(np.arange(len(low)), many)
    theirs = np.arange(int(many.sum())) - np.repeat(np.cumsum(many) - many - low, many)
    return _Intervals(
        np.maximum(first.start[mine], second.start[theirs]),
        np.minimum(first.end[mine], second.end[theirs]),
        first.row[mine],
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
