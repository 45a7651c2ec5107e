"""Printed words: an article as a row of words, each with where it stands."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from framelens.align.statements.english import FUNCTION_WORDS
from framelens.annotate.cues import cue_of
from framelens.annotate.paragraphs import paragraph_offsets
from framelens.annotate.spans import each_text, grouped_spans
from framelens.annotate.words import counted_form, quiet, word_offsets

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from framelens.align.statements.attributed import Attribution, Span

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

LONGEST_HANDING_OVER = 15
"""Words of a source or a cue. What is longer may hold more than who speaks."""

LONGEST_ASIDE, SHORT_ASIDE = 10, 6
"""Words of a clause that only says who speaks, beside a quotation and elsewhere."""

HEARERS = frozenset(
    (
        *("reporters", "journalists", "lawmakers", "legislators", "parliament"),
        *("viewers", "listeners", "voters", "supporters", "colleagues"),
        *("him", "her", "them", "us", "me"),
    )
)
"""Words that may stand between "told" and what was told."""

_APPOSITION = {"a", "an", "the", "who", "his", "her", "its", "their", "which", "whose"}
_AUXILIARIES = {
    *("has", "have", "had", "is", "are", "was", "were", "be", "been"),
    *("to", "will", "would", "can", "could", "may", "might", "not"),
}
_PAUSE = re.compile(r"[,;:()\[\]\"“”„«»‘–—]|--|\s-\s|[.!?…]")
_SENTENCE_END = re.compile(r"[.!?…][\"”’»)\]]*\s+(?=[\"“‘«(\[]*[A-Z0-9])")
_SHORT_FORMS = (
    "Mr Mrs Ms Dr Prof Gen Col Lt Maj Cmdr Adm Sgt Cpl Capt Brig Det Insp Supt Sen "
    "Sens Rep Reps Pres Gov Hon Rev Fr St No vs"
)
_NO_END = re.compile(rf"(?:\b(?:[A-Z]|{'|'.join(_SHORT_FORMS.split())})\.)\s+\Z")
_MONTH = re.compile(r"\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.\s+\Z")

_NOT_SMALL = {"US", "IT", "WHO"}  # which in small letters are other words


@lru_cache(maxsize=65_536)  # so that equal words are one in memory
def _form(word: str) -> str:
    """Give the form of a word by which it is lined up: the case tells words no more."""
    form = counted_form(word)
    return form if form in _NOT_SMALL else form.lower()


@dataclass(frozen=True, eq=False)
class PrintedWords:
    """The words of one article, as arrays of the same length, furniture left out.

    Numbers are -1 where there is none.
    """

    article: str
    text: str
    starts: Numbers
    ends: Numbers
    forms: list[str]
    quotation: Numbers  # the outermost
    sentence: Numbers
    paragraph: Numbers
    unit: Numbers  # the quoted sentence, within one quotation, or the reported clause
    attribution: Numbers  # the outermost
    content: Flags  # no function word
    name: Flags  # looks like one
    handing_over: Flags  # outside marks, in a source or cue of the ledger
    cue: Flags  # may be a reporting verb
    spans: list[Span]  # the numbered quotations, marks included
    attributions: tuple[Attribution, ...] = ()

    @cached_property
    def aside(self) -> Flags:
        """Words outside contents that only say who speaks: "the mayor said"."""
        return (_asides(self) | self.handing_over) & (self.unit < 0)

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each form stands in the article."""
        return Counter(self.forms)

    @cached_property
    def bounds(self) -> list[tuple[int, int]]:
        """First and last word (not included) of each quoted sentence or clause."""
        edges = np.flatnonzero(np.diff(np.r_[-1, self.unit, -1])).tolist()
        pairs = pairwise(edges)
        return [(first, last) for first, last in pairs if self.unit[first] >= 0]

    @cached_property
    def speakers(self) -> frozenset[str]:
        """Everybody whom the ledger names in the article."""
        return frozenset(one.speaker for one in self.attributions if one.speaker)

    def __len__(self) -> int:
        return len(self.forms)

    def between(self, word: int) -> str:
        """Give the text between `word` and the one after it."""
        last = word + 1 >= len(self)
        return self.text[self.ends[word] : None if last else self.starts[word + 1]]

    def pause(self, word: int) -> bool:
        """Whether punctuation or a quotation mark stands behind `word`."""
        return _PAUSE.search(self.between(word)) is not None

    def speakers_at(self, places: Iterable[int]) -> set[str]:
        """Give those whom the ledger names as speakers of some words."""
        numbers = {int(self.attribution[place]) for place in places} - {-1}
        named = (self.attributions[number].speaker for number in numbers)
        return {speaker for speaker in named if speaker}

    def speakers_of(self, place: int) -> tuple[str, ...]:
        """Give those to whom the ledger gives a word, at any depth."""
        at = int(self.starts[place])
        return tuple(
            one.speaker
            for one in self.attributions
            if one.speaker and any(start <= at < end for start, end in one.contents)
        )


def printed_words(
    article: str,
    text: str,
    *,
    quoted: Iterable[Span] = (),
    left_out: Iterable[Span] = (),
    attributions: Sequence[Attribution] = (),
) -> PrintedWords:
    """Read one article as a row of words, without its furniture (`left_out`).

    >>> words = printed_words("a", 'He said: "We go." And left.', quoted=[(9, 17)])
    >>> words.forms, words.unit.tolist()
    (['he', 'said', 'we', 'go', 'and', 'left'], [-1, -1, 0, 0, -1, -1])
    """
    places, shown = word_offsets(text), quiet(text)
    furniture = _numbered([start for start, _ in places], sorted(left_out))
    places = [place for place, held in zip(places, furniture, strict=True) if held < 0]
    spans = sorted(quoted)
    first = [start for start, _ in places]
    forms = [_form(shown[start:end]) for start, end in places]
    quotation = _numbered(first, spans)
    sentence = _sentences_of(text, first)
    paragraph = np.searchsorted(
        [start for start, _ in paragraph_offsets(text)], first, "right"
    )
    reported = _reported(first, forms, spans, attributions)
    outside = quotation < 0
    handing_over, cues = (
        outside & (_numbered(first, _handing_over(text, attributions, names)) >= 0)
        for names in (("sources", "cues"), ("cues",))
    )
    verbs = np.array([form == "according" or bool(cue_of(form)) for form in forms])
    return PrintedWords(
        article,
        text,
        np.array(first, dtype=np.int64),
        np.array([end for _, end in places], dtype=np.int64),
        forms,
        quotation,
        sentence,
        paragraph,
        _units_of(quotation, sentence, reported),
        _attribution_of_each(first, attributions),
        np.array([form not in FUNCTION_WORDS for form in forms], dtype=np.bool_),
        _names_of(shown, places, sentence),
        handing_over,
        cues | (outside & verbs.astype(np.bool_)),
        spans,
        tuple(attributions),
    )


def printings_of(
    articles: pd.DataFrame,
    quotations: pd.DataFrame,
    furniture: pd.DataFrame,
    attributions: dict[str, list[Attribution]],
) -> list[PrintedWords]:
    """Read each article of a table as a row of words."""
    spoken = quotations["depth"].eq(0) & quotations["kind"].isin(["speech", "scare"])
    quoted, left_out = grouped_spans(quotations[spoken]), grouped_spans(furniture)
    return [
        printed_words(
            article,
            text,
            quoted=quoted.get(article, []),
            left_out=left_out.get(article, []),
            attributions=attributions.get(article, []),
        )
        for article, text in each_text(articles)
    ]


def _numbered(starts: list[int], spans: list[Span]) -> Numbers:
    """Give the number of the span that holds each start, or -1."""
    if not spans or not starts:
        return np.full(len(starts), -1, dtype=np.int64)
    begins, ends = np.array(spans, dtype=np.int64).T
    at = np.searchsorted(begins, starts, "right") - 1
    inside = (at >= 0) & (np.array(starts) < ends[np.maximum(at, 0)])
    return np.where(inside, at, -1).astype(np.int64)


def _apart(spans: Iterable[Span]) -> list[Span]:
    """Sort spans, and leave out those that reach into the one before."""
    disjoint: list[Span] = []
    for start, end in sorted(spans):
        if start < end and (not disjoint or start >= disjoint[-1][1]):
            disjoint.append((start, end))
    return disjoint


def _handing_over(
    text: str, attributions: Sequence[Attribution], names: Sequence[str]
) -> list[Span]:
    """Give the sources or cues that only say who speaks."""
    return _apart(
        (start, end)
        for attribution in attributions
        for name in names
        for start, end in getattr(attribution, name)
        if len(text[start:end].split()) <= LONGEST_HANDING_OVER
    )


def sentence_ends(text: str) -> list[int]:
    """Give where new sentences begin, by full stops alone.

    >>> sentence_ends("The U.S. Survey of Mr. Orr said so. We go.")
    [36]
    """
    return [
        match.end()
        for match in _SENTENCE_END.finditer(text)
        if not _ends_nothing(text, match.end())
    ]


def _ends_nothing(text: str, end: int) -> bool:
    """Whether the full stop before `end` is a short form's, or a month's with a day."""
    before = max(0, end - 12), end
    day = text[end : end + 1].isdigit() and _MONTH.search(text, *before)
    return bool(day or _NO_END.search(text, *before))


def _sentences_of(text: str, starts: list[int]) -> Numbers:
    """Give the number of each word's sentence, by full stops and paragraphs."""
    ends = [start for start, _ in paragraph_offsets(text)]
    ends += sentence_ends(text)
    return np.searchsorted(sorted(set(ends)), starts, "right").astype(np.int64)


def _reported(
    first: list[int],
    forms: list[str],
    spans: list[Span],
    attributions: Sequence[Attribution],
) -> Numbers:
    """Give the number of the reported clause that holds each word, or -1."""
    clauses = _apart(
        piece
        for attribution in attributions
        if attribution.depth == 0 and attribution.kind != "direct"
        for piece in attribution.contents
    )
    reported = _numbered(first, clauses)
    for start, end in spans:
        inside = slice(bisect_left(first, start), bisect_left(first, end))
        if len(set(reported[inside].tolist())) > 1:
            reported[inside] = -1
    for place in np.flatnonzero(np.diff(reported, prepend=-1) > 0).tolist():
        heard = forms[place - 1] == "told" and forms[place] in HEARERS
        if forms[place] == "that" or heard:
            reported[place] = -1
    return reported


def _units_of(quotation: Numbers, sentence: Numbers, reported: Numbers) -> Numbers:
    """Give the number of each word's quoted sentence or reported clause."""
    if not len(quotation):
        return quotation.copy()
    held = np.where(reported >= 0, reported + 1 + quotation.max(initial=0), quotation)
    new = np.ones(len(held), dtype=np.bool_)
    new[1:] = (np.diff(held) != 0) | (np.diff(sentence) != 0)
    numbers = np.cumsum(new & (held >= 0)) - 1
    return np.where(held >= 0, numbers, -1).astype(np.int64)


def _attribution_of_each(
    first: list[int], attributions: Sequence[Attribution]
) -> Numbers:
    """Give the number of the outermost attribution that holds each word, or -1."""
    numbers = np.full(len(first), -1, dtype=np.int64)
    deepest_first = sorted(
        range(len(attributions)), key=lambda number: -attributions[number].depth
    )
    for number in deepest_first:
        for start, end in attributions[number].contents:
            numbers[bisect_left(first, start) : bisect_left(first, end)] = number
    return numbers


def _names_of(text: str, places: list[Span], sentence: Numbers) -> Flags:
    """Tell words with a capital that do not begin a sentence or a quotation."""
    names = []
    for number, (start, _) in enumerate(places):
        opens = number == 0 or sentence[number] != sentence[number - 1]
        opens = opens or text[max(0, start - 1) : start] in ('"', "“", "‘", "«")
        names.append(text[start].isupper() and not opens)
    return np.array(names, dtype=np.bool_)


def _asides(words: PrintedWords) -> Flags:
    """Tell the words outside quotations that only name a speaker and a verb."""
    aside = np.zeros(len(words), dtype=np.bool_)
    for first, last in _clauses(words, 0, len(words)):
        cues = (first + np.flatnonzero(words.cue[first:last])).tolist()
        if not cues or last - first > LONGEST_ASIDE:
            continue
        opens = first == 0 or words.sentence[first - 1] != words.sentence[first]
        end = cues[0] + 1 if opens else last
        that = [place for place in range(cues[0], last) if words.forms[place] == "that"]
        end = that[0] if that else end
        hands_over = bool(that) or (last < len(words) and words.quotation[last] >= 0)
        near = hands_over or (first > 0 and words.quotation[first - 1] >= 0)
        plain = cues[0] == first or words.forms[cues[0] - 1] not in _AUXILIARIES
        aside[first:end] = near or (not opens and plain and last - first <= SHORT_ASIDE)
    return aside


def _clauses(words: PrintedWords, first: int, last: int) -> list[tuple[int, int]]:
    """Cut words `first` to `last` where punctuation or a mark stands between them."""
    edges = [first] + [
        place + 1 for place in range(first, last - 1) if _edge(words, place)
    ]
    return [
        pair
        for pair in zip(edges, [*edges[1:], last], strict=True)
        if pair[0] < pair[1]
    ]


def _edge(words: PrintedWords, place: int) -> bool:
    """Whether punctuation, a mark or the text's edge stands behind `place`."""
    if not 0 <= place < len(words) - 1:
        return True
    return words.pause(place) or words.quotation[place] != words.quotation[place + 1]


def _parts_quotation(words: PrintedWords, first: int, last: int) -> bool:
    """Whether words part a quoted sentence and hand it over."""
    if not 0 < first < last < len(words):
        return False
    return bool(
        words.quotation[first - 1] >= 0
        and words.quotation[last] >= 0
        and words.sentence[first - 1] == words.sentence[last]
        and (words.handing_over[first:last] | words.cue[first:last]).any()
    )


def without_asides(words: PrintedWords, first: int, last: int) -> list[tuple[int, int]]:
    """Leave out of a gap between two stretches what only says who speaks."""
    if _parts_quotation(words, first, last) and last - first <= LONGEST_ASIDE:
        return []
    if not words.cue[first:last].any():
        return [(first, last)] if first < last else []
    parts = _clauses(words, first, last)
    marked = [
        number
        for number, (start, end) in enumerate(parts)
        if words.cue[start:end].any()
        or words.forms[start] in _APPOSITION
        or words.name[start:end].any()
    ]
    left, right = parts[marked[0]][0], parts[marked[-1]][1]
    if not (_edge(words, left - 1) and _edge(words, right - 1)):
        return [(first, last)]  # a verb of the statement itself: "would be asked to"
    beside = [*parts[: marked[0]], *parts[marked[-1] + 1 :]]
    return [
        part
        for part in beside
        if words.sentence[part[0]] == words.sentence[part[1] - 1]
    ]
