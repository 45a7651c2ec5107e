"""Printed words: an article as a row of words, each with its standing in the text."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from framelens.align.statements.asides import asides
from framelens.align.statements.function_words import FUNCTION_WORDS
from framelens.align.statements.standing import (
    Flags,
    Numbers,
    names_of,
    numbered,
    sentences_of,
    spoken_by_of,
    told_of,
    units_of,
)
from framelens.annotate.paragraphs import paragraph_offsets
from framelens.annotate.words import counted_form, word_offsets

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Span = tuple[int, int]


class Told(NamedTuple):
    """What a table of attributions says of one article, as offsets in its text."""

    clauses: Sequence[Span] = ()
    """Reports of what somebody said, outside quotation marks or with some in them."""

    handing_over: Sequence[Span] = ()
    """The words that only say who speaks: sources and cues."""

    unsaid: Sequence[Span] = ()
    """Clauses that nobody says who could: "the forecast speaks of rain"."""


_PAUSE = re.compile(r"[,;:()\[\]\"“”„«»‘–—]|--|\s-\s|[.!?…]")


_form = lru_cache(maxsize=65_536)(counted_form)  # so that equal words are one in memory


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
    content, name, handing_over, unsaid : arrays of bool
        Whether a word is no function word; whether it looks like a name; whether an
        attribution says that it only tells who speaks; whether it stands in a clause
        that nobody says who could.
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
    handing_over: Flags
    unsaid: Flags
    spans: list[tuple[int, int]]
    spoken_by: tuple[str | None, ...] = ()

    @cached_property
    def aside(self) -> Flags:
        """Words outside quotations that only say who speaks: "the mayor said"."""
        return (asides(self) | self.handing_over) & (self.unit < 0)

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
    told: Told | None = None,
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
    told : Told, optional
        Reports of what somebody said; clauses and sources in order, without overlap.

    Returns
    -------
    PrintedWords

    Examples
    --------
    >>> words = printed_words("a", 'He said: "We go." And left.', quoted=[(9, 17)])
    >>> words.forms, words.unit.tolist()
    (['he', 'said', 'we', 'go', 'and', 'left'], [-1, -1, 0, 0, -1, -1])
    """
    told = told or Told()
    places = word_offsets(text)
    set_aside = numbered([start for start, _ in places], sorted(left_out))
    places = [one for one, left in zip(places, set_aside, strict=True) if left < 0]
    spans = sorted(quoted)
    first = [start for start, _ in places]
    forms = [_form(text[start:end]) for start, end in places]
    quotation = numbered(first, spans)
    sentence = sentences_of(text, first)
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
        units_of(quotation, sentence, told_of(first, forms, spans, list(told.clauses))),
        np.array([form not in FUNCTION_WORDS for form in forms], dtype=np.bool_),
        names_of(text, places, sentence),
        (quotation < 0) & (numbered(first, list(told.handing_over)) >= 0),
        (quotation < 0) & (numbered(first, sorted(told.unsaid)) >= 0),
        spans,
        spoken_by_of(spans, sorted(spoken)),
    )
