"""Months: days are no names, and a month only where somebody bears it: "Ms May"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from framelens.align.statements.name_words import (
    NOT_NAMES,
    PREPOSITIONS,
    TITLES,
    bears_capital,
)
from framelens.annotate.actor_nouns import gender_of_name

if TYPE_CHECKING:
    from framelens.align.statements.printed_words import PrintedWords

_DAYS_LIST = """
monday tuesday wednesday thursday friday saturday sunday easter christmas
"""
DAYS = frozenset(_DAYS_LIST.split())
_MONTHS_LIST = """
january february march april may june july august september october november december
"""
MONTHS = frozenset(_MONTHS_LIST.split())
_DATING = {"last", "next", "this", "since", "until", "early", "late", "mid", "every"}
"""Words before a month, beside prepositions and numbers."""


def has_capital(words: PrintedWords, place: int) -> bool:
    """Whether a word is written as names are."""
    return bears_capital(words.text[words.starts[place] : words.ends[place]])


def is_bearer(words: PrintedWords, place: int) -> bool:
    """Whether a month is somebody's name: "Theresa May", "Mrs May", "April Jones"."""
    before = _beside(words, place, -1)
    if before in PREPOSITIONS | _DATING | DAYS or before[:1].isdigit():
        return False
    behind = _beside(words, place, 1)
    if behind[:1].isdigit():
        return False
    if words.forms[place] in words.surnames and behind not in DAYS:
        return True
    if before not in NOT_NAMES | {""} and has_capital(words, place - 1):
        given = gender_of_name(f"{before} {words.forms[place]}") != ""
        if before in TITLES or given or words.name[place - 1]:
            return True
    named = behind not in NOT_NAMES | DAYS | MONTHS | TITLES | {""}
    return named and has_capital(words, place + 1)


def _beside(words: PrintedWords, place: int, step: int) -> str:
    """Give the form beside a word, in its sentence and without a pause between."""
    other = place + step
    if not 0 <= other < len(words) or words.between(min(place, other)).strip(" ."):
        return ""
    same = words.sentence[place] == words.sentence[other]
    return words.forms[other] if same and words.quotation[other] < 0 else ""
