"""Names: persons and bodies as an article writes them, and whether two are the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from framelens.measure.statements.name_words import BODIES, JOINING, TITLES
from framelens.measure.statements.same_name import tokens_of

if TYPE_CHECKING:
    from framelens.measure.statements.printed_words import PrintedWords

_DAYS_LIST = """
monday tuesday wednesday thursday friday saturday sunday january february march
april may june july august september october november december easter christmas
"""
_DAYS = frozenset(_DAYS_LIST.split())
_PREPOSITIONS_LIST = """
in at of from to for by with on near between against outside inside into over across
after before about among through under
"""
_PREPOSITIONS = frozenset(_PREPOSITIONS_LIST.split())
_UNIONS = {
    "united",
    "nations",
    "states",
    "kingdom",
    "european",
    "union",
    "UN",
    "US",
    "EU",
    "UK",
    "security",
    "council",
    "state",
    "department",
    "ministry",
    "house",
    "white",
}
_NOT_NAMES_LIST = """
the a an this that these those but and or if when while as he she it they we i you
his her its their our my one no not there here after before on in at for from with
by to of outside inside under over some many most all both each every asked then now
what who how why
"""
_NOT_NAMES = frozenset(_NOT_NAMES_LIST.split())


@dataclass(frozen=True, slots=True)
class Name:
    """A name in an article."""

    text: str
    at: tuple[int, int]
    first: int  # word
    tokens: tuple[str, ...]  # counted forms, titles left out
    possessive: bool
    governed: bool  # stands behind a preposition
    person: bool


def names(words: PrintedWords, first: int, last: int) -> list[Name]:
    """Find the names among words `first` to `last` that stand outside quotations.

    Parameters
    ----------
    words : PrintedWords
    first, last : int
        `last` is not included.

    Returns
    -------
    list of Name
        In order; days, months and titles alone are no names.
    """
    found: list[Name] = []
    place = first
    while place < last:
        end = place
        while end < last and _goes_on(words, place, end):
            end += 1
        while end > place and words.forms[end - 1] in JOINING:
            end -= 1
        one = _name(words, place, end) if end > place else None
        if one is not None:
            found.append(one)
        place = max(end, place + 1)
    return found


def _goes_on(words: PrintedWords, start: int, place: int) -> bool:
    """Whether the name that begins at `start` includes `place`."""
    if words.quotation[place] >= 0 or words.forms[place] in _DAYS:
        return False
    if place > start:
        between = words.between(place - 1)
        if between.strip(" .&") or words.sentence[place] != words.sentence[start]:
            return False
        if _is_possessive(words, place - 1):
            return False
        if words.forms[place] in JOINING:
            return True
    return (
        words.text[words.starts[place]].isupper()
        and words.forms[place] not in _NOT_NAMES
    )


def _is_possessive(words: PrintedWords, place: int) -> bool:
    raw = words.text[words.starts[place] : words.ends[place]]
    after = words.text[words.ends[place] : words.ends[place] + 1]
    return re.search(r"['’][sS]\Z", raw) is not None or (
        raw.endswith("s") and after in "'’" and after != ""
    )


def _name(words: PrintedWords, first: int, last: int) -> Name | None:
    start = first
    while start < last and (words.forms[start] in TITLES or _leads(words, start, last)):
        start += 1
    if start == last:
        return None
    if last - start == 1 and _opens_only(words, start):
        return None
    tokens = tuple(words.forms[start:last])
    at = (int(words.starts[start]), int(words.ends[last - 1]))
    text = words.text[slice(*at)]
    possessive = _is_possessive(words, last - 1)
    before = (
        words.forms[first - 1]
        if first and words.sentence[first - 1] == words.sentence[first]
        else ""
    )
    behind_comma = first > 0 and words.pause(first - 1)
    governed = before in _PREPOSITIONS and not behind_comma
    if before == "the" and first > 1 and words.forms[first - 2] in _PREPOSITIONS:
        governed = True
    person = (
        before != "the"
        and not set(tokens) & BODIES
        and (start > first or len(tokens) in (2, 3) or _surname(words, tokens[-1]))
    )
    return Name(text, at, start, tokens, possessive, governed, person)


def _leads(words: PrintedWords, start: int, last: int) -> bool:
    """Whether a body stands before a name: "United Nations Ann Orr"."""
    return last - start > 2 and words.forms[start] in _UNIONS


def _opens_only(words: PrintedWords, place: int) -> bool:
    """Whether a word has its capital only because it begins a sentence."""
    return not words.name[place] and words.forms[place] not in words.capitals


def _surname(words: PrintedWords, form: str) -> bool:
    """Whether a word also ends a longer name in this article."""
    return form in words.surnames


def fullest(words: PrintedWords, name: str) -> str:
    """Give the fullest form in which an article writes a name."""
    tokens = tokens_of(name)
    longest = name
    for place in _ends(words, tokens):
        for one in names(words, max(0, place - 4), place + 1):
            inside = one.tokens[-len(tokens) :] == tokens and 1 < len(one.tokens) <= 4
            if inside and one.person and len(one.text) > len(longest):
                longest = re.sub(r"['’][sS]?\Z", "", one.text)
    return longest


def mention(words: PrintedWords, name: str, before: int) -> tuple[int, int] | None:
    """Give where an article writes a name's last word, nearest before an offset."""
    places = _ends(words, tokens_of(name))
    if not places:
        return None
    place = min(
        places,
        key=lambda one: (
            words.starts[one] > before,
            abs(int(words.starts[one]) - before),
        ),
    )
    return int(words.starts[place]), int(words.ends[place])


def _ends(words: PrintedWords, tokens: tuple[str, ...]) -> list[int]:
    """Give the places of a name's last word, with a capital, outside quotations."""
    return [
        place
        for place, form in enumerate(words.forms)
        if tokens
        and form == tokens[-1]
        and words.quotation[place] < 0
        and words.text[words.starts[place]].isupper()
    ]
