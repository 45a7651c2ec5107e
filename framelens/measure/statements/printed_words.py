"""Printed words: an article as a row of words, each with its standing in the text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from framelens.annotate.paragraphs import paragraph_offsets
from framelens.annotate.words import counted_form, word_offsets
from framelens.measure.statements.asides import asides
from framelens.measure.statements.function_words import FUNCTION_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_SENTENCE_END = re.compile(r"[.!?…][\"”’»)\]]*\s+(?=[\"“‘«(\[]*[A-Z0-9])")
_NO_END = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Sgt|Capt|Sen|Rep|St|Gov|No|vs)\.)\s+\Z"
)
_PAUSE = re.compile(r"[,;:()\[\]\"“”„«»‘–—]|--|\s-\s|[.!?…]")


@dataclass(frozen=True, eq=False)
class PrintedWords:
    """The words of one article, as arrays of the same length, furniture left out.

    Attributes
    ----------
    article, text : str
        The article and its untouched text.
    starts, ends : arrays of int
        Offsets of each word, in code points.
    forms : list of str
        The counted form of each word.
    quotation : array of int
        The number of the outermost quotation around a word, -1 outside.
    sentence, paragraph : arrays of int
        Numbers of the sentence and the paragraph of each word.
    unit : array of int
        The number of the quoted sentence (a sentence's part within one quotation) or
        of the reported clause that a word stands in, -1 elsewhere.
    content, name : arrays of bool
        Whether a word is no function word; whether it looks like a name.
    spans : list of (start, end)
        Offsets of each numbered quotation, marks included.
    spoken_by : tuple of str or None
        Whom a table of speakers names for each numbered quotation; empty without one.
    """

    article: str
    text: str
    starts: Numbers
    ends: Numbers
    forms: list[str]
    quotation: Numbers
    sentence: Numbers
    paragraph: Numbers
    unit: Numbers
    content: Flags
    name: Flags
    spans: list[tuple[int, int]]
    spoken_by: tuple[str | None, ...] = ()

    @cached_property
    def aside(self) -> Flags:
        """Words outside quotations that only say who speaks: "the mayor said"."""
        return asides(self) & (self.unit < 0)

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
    def capitals(self) -> frozenset[str]:
        """Forms that stand with a capital where no sentence begins."""
        return frozenset(
            self.forms[place] for place in np.flatnonzero(self.name).tolist()
        )

    @cached_property
    def surnames(self) -> frozenset[str]:
        """Forms with a capital that follow another such word."""
        return frozenset(
            self.forms[place]
            for place in (np.flatnonzero(self.name[1:] & self.name[:-1]) + 1).tolist()
            if not self.pause(place - 1)
        )

    def __len__(self) -> int:
        return len(self.forms)

    def between(self, word: int) -> str:
        """Give the text between `word` and the one after it."""
        last = word + 1 >= len(self)
        return self.text[self.ends[word] : None if last else self.starts[word + 1]]

    def pause(self, word: int) -> bool:
        """Whether punctuation or a quotation mark stands behind `word`."""
        return _PAUSE.search(self.between(word)) is not None


def printed_words(
    article: str,
    text: str,
    *,
    quoted: Iterable[tuple[int, int]] = (),
    left_out: Iterable[tuple[int, int]] = (),
    spoken: Iterable[tuple[int, int, str]] = (),
    reported: Iterable[tuple[int, int]] = (),
) -> PrintedWords:
    """Read one article as a row of words.

    Parameters
    ----------
    article, text : str
        The article and its text.
    quoted : iterable of (start, end)
        Outermost quotations, marks included.
    left_out : iterable of (start, end)
        Furniture.
    spoken : iterable of (start, end, speaker)
        Who is known to speak where.
    reported : iterable of (start, end)
        Clauses that report what somebody said, outside quotation marks or with some
        of their words in them; without overlap.

    Returns
    -------
    PrintedWords

    Examples
    --------
    >>> words = printed_words("a", 'He said: "We go." And left.', quoted=[(9, 17)])
    >>> words.forms, words.unit.tolist()
    (['he', 'said', 'we', 'go', 'and', 'left'], [-1, -1, 0, 0, -1, -1])
    """
    places = word_offsets(text)
    set_aside = _numbered([start for start, _ in places], sorted(left_out))
    places = [one for one, left in zip(places, set_aside, strict=True) if left < 0]
    spans = sorted(quoted)
    first = [start for start, _ in places]
    forms = [counted_form(text[start:end]) for start, end in places]
    quotation = _numbered(first, spans)
    sentence = _sentences(text, first)
    paragraph = np.searchsorted(
        [start for start, _ in paragraph_offsets(text)], first, "right"
    )
    return PrintedWords(
        article,
        text,
        np.array(first, dtype=np.int64),
        np.array([end for _, end in places], dtype=np.int64),
        forms,
        quotation,
        sentence,
        paragraph,
        _units(quotation, sentence, _told(first, forms, spans, sorted(reported))),
        np.array([form not in FUNCTION_WORDS for form in forms], dtype=np.bool_),
        _names(text, places, sentence),
        spans,
        _spoken_by(spans, sorted(spoken)),
    )


def _spoken_by(
    spans: list[tuple[int, int]], spoken: list[tuple[int, int, str]]
) -> tuple[str | None, ...]:
    """Give whom the first of the rows that reach into a quotation names."""
    found: list[str | None] = []
    at = 0
    for start, end in spans:
        while at < len(spoken) and spoken[at][1] <= start:
            at += 1
        known = at < len(spoken) and spoken[at][0] < end
        found.append(spoken[at][2] if known else None)
    return tuple(found)


def _numbered(starts: list[int], spans: list[tuple[int, int]]) -> Numbers:
    """Give the number of the span that holds each start, or -1."""
    if not spans or not starts:
        return np.full(len(starts), -1, dtype=np.int64)
    begins, ends = np.array(spans, dtype=np.int64).T
    at = np.searchsorted(begins, starts, "right") - 1
    inside = (at >= 0) & (np.array(starts) < ends[np.maximum(at, 0)])
    return np.where(inside, at, -1).astype(np.int64)


def _sentences(text: str, starts: list[int]) -> Numbers:
    """Give the number of each word's sentence, by full stops and paragraphs."""
    ends = [start for start, _ in paragraph_offsets(text)]
    ends += [
        match.end()
        for match in _SENTENCE_END.finditer(text)
        if not _NO_END.search(text, max(0, match.end() - 12), match.end())
    ]
    return np.searchsorted(sorted(set(ends)), starts, "right").astype(np.int64)


def _told(
    first: list[int],
    forms: list[str],
    spans: list[tuple[int, int]],
    reported: list[tuple[int, int]],
) -> Numbers:
    """Give the number of the reported clause that holds each word, or -1.

    A quotation that is not wholly inside one keeps its words; "that" before a clause
    is no part of it.
    """
    told = _numbered(first, reported)
    for start, end in spans:
        inside = slice(bisect_left(first, start), bisect_left(first, end))
        if len(set(told[inside].tolist())) > 1:
            told[inside] = -1
    for place in np.flatnonzero(np.diff(told, prepend=-1) > 0).tolist():
        if forms[place] == "that":
            told[place] = -1
    return told


def _units(quotation: Numbers, sentence: Numbers, told: Numbers) -> Numbers:
    """Give the number of each word's quoted sentence or reported clause."""
    if not len(quotation):
        return quotation.copy()
    held = np.where(told >= 0, told + 1 + quotation.max(initial=0), quotation)
    new = np.ones(len(held), dtype=np.bool_)
    new[1:] = (np.diff(held) != 0) | (np.diff(sentence) != 0)
    numbers = np.cumsum(new & (held >= 0)) - 1
    return np.where(held >= 0, numbers, -1).astype(np.int64)


def _names(text: str, places: list[tuple[int, int]], sentence: Numbers) -> Flags:
    """Tell words with a capital that do not begin a sentence or a quotation."""
    names = []
    for number, (start, _) in enumerate(places):
        opens = number == 0 or sentence[number] != sentence[number - 1]
        opens = opens or text[max(0, start - 1) : start] in ('"', "“", "‘", "«")
        names.append(text[start].isupper() and not opens)
    return np.array(names, dtype=np.bool_)
