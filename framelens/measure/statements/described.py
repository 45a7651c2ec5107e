"""Described: who is named by what they are, and not by a name: "the pilots' lodge"."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from framelens.measure.statements.names import Name
from framelens.measure.statements.sources import PRONOUNS, phrase_of

if TYPE_CHECKING:
    from framelens.measure.statements.printed_words import PrintedWords

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
    begin = int(words.starts[first])
    phrase = phrase_of(words.text[begin : int(words.ends[last - 1])])
    if not phrase.head or phrase.head[0].isupper() or not phrase.head[0].isalpha():
        return None
    at = begin + phrase.at[0], begin + phrase.at[1]
    start, end = np.searchsorted(words.starts, at).tolist()
    tokens = tuple(words.forms[start:end])
    if tokens[-1] in PRONOUNS or words.quotation[start:end].max() >= 0:
        return None
    return Name(words.text[slice(*at)], at, start, tokens, False, False, False)
