"""Described: who is named by what they are, and not by a name: "the pilots' lodge"."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from framelens.align.statements.name_words import bears_capital
from framelens.align.statements.names import Name
from framelens.align.statements.phrases import Phrase, phrase_of
from framelens.align.statements.sources import PRONOUNS, is_name

if TYPE_CHECKING:
    from framelens.align.statements.printed_words import PrintedWords

ARTICLES = {
    *("the", "a", "an", "its", "his", "her", "their", "of", "that"),
    *("by", "to", "from", "and", "for", "with"),
}
"""Words before which a phrase that describes somebody does not reach back."""

_LONGEST_PHRASE = 6  # words of a body before its last one


def phrase_start(words: PrintedWords, first: int, place: int) -> int:
    """Give the determiner that the phrase which ends at `place` begins with."""
    start = place
    while start > first and place - start < _LONGEST_PHRASE:
        if words.forms[start] in ARTICLES or words.pause(start - 1):
            break
        start -= 1
    return start


def described_in(words: PrintedWords, first: int, last: int) -> Name | None:
    """Give who is named by what they are, and not by a name: "the pilots' lodge"."""
    phrase = _phrase(words, first, last)
    if not phrase.head[:1].isalpha() or bears_capital(phrase.head):
        return None
    found = _bearer(words, first, phrase.at)
    return None if found is None or found.tokens[-1] in PRONOUNS else found


def alone_in(words: PrintedWords, first: int, last: int) -> Name | None:
    """Give the name that a source is, though it only begins a sentence: "Hamas"."""
    phrase = _phrase(words, first, last)
    named = is_name(phrase, words.text)
    return _bearer(words, first, phrase.at) if named else None


def _phrase(words: PrintedWords, first: int, last: int) -> Phrase:
    return phrase_of(words.text[words.starts[first] : words.ends[last - 1]])


def _bearer(words: PrintedWords, first: int, at: tuple[int, int]) -> Name | None:
    """Give the words of a phrase; None if they are left out, as furniture is."""
    begin = int(words.starts[first])
    where = begin + at[0], begin + at[1]
    start, end = np.searchsorted(words.starts, where).tolist()
    if start >= end or words.quotation[start:end].max() >= 0:
        return None
    tokens = tuple(words.forms[start:end])
    return Name(words.text[slice(*where)], where, start, tokens, False, False, False)
