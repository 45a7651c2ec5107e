"""Words: the one token pattern that every count of words rests on."""

from __future__ import annotations

import re
import unicodedata

from framelens.read.damage import MIXED, in_latin

_HIDDEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
"""Characters that nobody sees, as a class of a pattern."""

WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S., U.N.
    r"|\d+(?:[.,]\d+)+"  # 2,000 and 3.5
    # letters and digits, with accents typed apart and characters that nobody sees,
    # joined by hyphens, apostrophes
    rf"|[^\W_][\w\u0300-\u036f{_HIDDEN}]*"
    rf"(?:[-'’‘\u2010\u2011][^\W_][\w\u0300-\u036f{_HIDDEN}]*)*"
)
"""Initials with full stops, numbers with separators, or letters and digits that may
be joined by hyphens and apostrophes. No look-around, so that other engines run it."""

LOUD = r"\b[A-Z]+(?:['’][A-Z]+)?(?: [A-Z]+(?:['’][A-Z]+)?){3,}\b"
"""Four and more words in capitals in a row. No look-around, for other engines."""

MAY_BE_LOUD = r"[A-Z] [A-Z]+(?:['’][A-Z]+)? [A-Z]"
"""What stands in every row of four words in capitals: found without the edges of words,
which cost other engines ten times as much."""

JOINT = "\ua72f"
"""A letter that no news text has: it stands for the spaces and full stops in a name of
several words, which is then one word to the token pattern."""

LONGEST_ACRONYM = 5
"""Words in capitals of two letters up to this length keep them: US is not us."""

_SMALL = {"A", "AN", "AND", "AT", "BY", "FOR", "FROM", "IN", "IS", "OF", "ON", "THE"}
_SMALL |= {"TO", "WE", "WITH"}  # which are no acronyms, as US, IT and WHO may be

_SAME = str.maketrans(
    dict.fromkeys((0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0xFEFF), "")
    | dict.fromkeys(range(0x2060, 0x206A), "")
    | dict.fromkeys("’‘ʼ", "'")
    | dict.fromkeys("\u2010\u2011", "-")
    | {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
"""Characters that make no other word: hidden ones, apostrophes, hyphens, ligatures.
Letters of another alphabet inside a word, too, are those that they look like."""


def word_offsets(text: str) -> list[tuple[int, int]]:
    """Give the start and end of every word of `text`.

    >>> word_offsets("No. 3,500 people-movers")
    [(0, 2), (4, 9), (10, 23)]
    """
    return [match.span() for match in WORD.finditer(text)]


def plain(text: str) -> str:
    """Give a text in the characters in which its words are counted.

    >>> plain("We didn‘t leave the oﬃce")
    "We didn't leave the office"
    """
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", text.translate(_SAME))
    return MIXED.sub(lambda found: in_latin(found[0]), text)


def quiet(text: str) -> str:
    """Put four and more words in capitals in a row into small letters.

    They are a line in capitals, not acronyms, if one of them is longer than an
    acronym, or small; an acronym among them is lost.

    >>> quiet("WE NEVER MEET AT NOON, say the US UK UN EU")
    'we never meet at noon, say the US UK UN EU'
    """
    return re.sub(LOUD, lambda found: _lowered(found[0]), text)


def _lowered(row: str) -> str:
    """Lower words in capitals, unless all of them may be acronyms."""
    words = row.split()
    line = any(len(word) > LONGEST_ACRONYM or word in _SMALL for word in words)
    return row.lower() if line else row


def counted_form(word: str) -> str:
    """Give the form under which `word` is counted.

    Lower case, with a straight apostrophe and without a final possessive *'s*.
    Acronyms keep their capitals and lose their full stops, so that one outlet's
    *U.S.* and another's *US* are one item, and neither is the pronoun *us*.

    >>> [counted_form(word) for word in ("Moscow’s", "U.N.", "US", "us", "TEHRAN")]
    ['moscow', 'UN', 'US', 'us', 'tehran']
    >>> [counted_form(word) for word in ("oﬃce", "didn‘t", "anti‑war", "pоlice")]
    ['office', "didn't", 'anti-war', 'police']
    """
    word = plain(word)
    if word.endswith(("'s", "'S")):
        word = word[:-2]
    if "." in word and not word[0].isdigit():
        return word.replace(".", "").upper()
    if 2 <= len(word) <= LONGEST_ACRONYM and word.isalpha() and word.isupper():
        return word
    return word.lower()
