"""Names: persons and bodies as an article writes them, and whether two are the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from framelens.align.statements.months import DAYS, MONTHS, has_capital, is_bearer
from framelens.align.statements.name_words import (
    BODIES,
    JOINING,
    NOT_NAMES,
    PREPOSITIONS,
    TITLES,
)
from framelens.align.statements.same_name import tokens_of
from framelens.align.statements.sources import is_name_anywhere
from framelens.annotate.actor_nouns import state_of
from framelens.annotate.noun_kinds import noun_kind

if TYPE_CHECKING:
    from framelens.align.statements.printed_words import PrintedWords

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
    if words.quotation[place] >= 0 or words.forms[place] in DAYS:
        return False
    if words.forms[place] in MONTHS and not is_bearer(words, place):
        return False
    if place > start:
        between = words.between(place - 1)
        if between.strip(" .&") or words.sentence[place] != words.sentence[start]:
            return False
        if _is_possessive(words, place - 1):
            return False
        if words.forms[place] in JOINING:
            return True
    return has_capital(words, place) and words.forms[place] not in NOT_NAMES


def _is_possessive(words: PrintedWords, place: int) -> bool:
    raw = words.text[words.starts[place] : words.ends[place]]
    after = words.text[words.ends[place] : words.ends[place] + 1]
    return re.search(r"['’][sS]\Z", raw) is not None or (
        raw.endswith("s") and after in "'’" and after != ""
    )


def _name(words: PrintedWords, first: int, last: int) -> Name | None:
    start, state = first, _is_state(words, first, last)
    while start < last and (
        words.forms[start] in TITLES or (not state and _leads(words, start, last))
    ):
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
    governed = before in PREPOSITIONS and not behind_comma
    if before == "the" and first > 1 and words.forms[first - 2] in PREPOSITIONS:
        governed = True
    person = (
        before != "the"
        and not set(tokens) & BODIES
        and (start > first or len(tokens) in (2, 3) or _surname(words, tokens[-1]))
    )
    return Name(text, at, start, tokens, possessive, governed, person)


def _leads(words: PrintedWords, start: int, last: int) -> bool:
    """Whether a body stands before a person's name: "United Nations Ann Orr"."""
    end = words.forms[last - 1]
    body = words.forms[start - 1 : start] == ["the"] and noun_kind(end) is not None
    person = end not in BODIES and not body
    return person and last - start > 2 and words.forms[start] in _UNIONS


def _is_state(words: PrintedWords, first: int, last: int) -> bool:
    """Whether a whole name is that of a state: "United Arab Emirates"."""
    name = words.text[words.starts[first] : words.ends[last - 1]]
    return state_of(" ".join(name.split())) is not None


def _opens_only(words: PrintedWords, place: int) -> bool:
    """Whether a word has its capital only because it begins a sentence."""
    word = words.text[words.starts[place] : words.ends[place]]
    known = words.name[place] or words.forms[place] in words.capitals
    return not known and not is_name_anywhere(word)


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
        and has_capital(words, place)
    ]
