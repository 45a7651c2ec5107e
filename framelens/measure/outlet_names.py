"""Names of outlets in texts: where they stand, so that whoever codes is blind to them.

More is hidden than names an outlet for certain: a coder who reads one word fewer errs
less than one who knows which outlet it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from framelens._lists import words_of
from framelens.annotate.actor_nouns import state_of
from framelens.measure.term_kinds import outlet_forms

if TYPE_CHECKING:
    from collections.abc import Iterable

IN_PLACE = "[outlet]"
"""What is shown where the name of an outlet is hidden."""

_NOT_OURS = frozenset({"AI", "EU", "MP", "PM", "TV", "UN"})
"""Two initials that mean something else more often than an outlet."""

_ADDRESS = re.compile(r"(?:https?://)?(?:www\.)?([a-z0-9-]+)(?:\.[a-z]{2,10}){1,3}/?")

_ADDED = frozenset({"news", "online", "com", "website", "edition", "tv", "channel"})
"""Words that a name is often given without."""

_ARTICLES = ("the", "a", "an")


def hidden_stretches(
    text: str, outlets: Iterable[str], more: Iterable[str] = ()
) -> list[tuple[int, int]]:
    """Give the stretches of a text that name one of the outlets, or one of `more`.

    >>> text = "The Daily Herald and NYT agree, says the Herald's sunny page."
    >>> found = hidden_stretches(text, ["Daily Herald", "New York Times"])
    >>> [text[start:end] for start, end in found]
    ['The Daily Herald', 'NYT', 'the Herald']
    """
    pattern = name_pattern(outlets, more)
    return [] if pattern is None else [one.span() for one in pattern.finditer(text)]


def without_names(text: str, pattern: re.Pattern[str] | None) -> str:
    """Give a text with the names of outlets replaced."""
    return text if pattern is None else pattern.sub(IN_PLACE, text)


def name_pattern(
    outlets: Iterable[str], more: Iterable[str] = ()
) -> re.Pattern[str] | None:
    """Compile the names under which outlets may stand in a text; None if there is none.

    Names of several words in any case; a single word, an acronym and *the Herald* of
    the Daily Herald with their capitals.
    """
    any_case: set[str] = set()
    as_written: set[str] = set()
    for name in outlets:
        whole, capitals = _forms(str(name))
        any_case |= whole
        as_written |= capitals
    any_case |= {re.escape(str(name).strip()) for name in more if str(name).strip()}
    choices = [f"(?i:{one})" for one in _longest(any_case)] + _longest(as_written)
    if not choices:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(choices)})(?!\w)")


def _forms(outlet: str) -> tuple[set[str], set[str]]:
    """Give patterns of the forms of a name: in any case, and with these capitals."""
    address = _ADDRESS.fullmatch(outlet.strip().lower())
    any_case = {re.escape(outlet.strip())} if address else set()
    name = address[1] if address else outlet
    words = re.findall(r"[^\W_]+(?:['’.&][^\W_]+)*", name)
    if words[1:] and words[0].lower() in _ARTICLES:
        words = words[1:]
    if not words:
        return any_case, set()
    capitals: set[str] = set()
    if len(words) == 1:
        capitals |= {rf"(?:[Tt]he\s+)?{re.escape(one)}" for one in _cases(words[0])}
        return any_case, capitals
    plain = [word for word in words if word.lower() not in _ADDED] or words
    for some in (words, plain):
        if len(some) > 1:
            any_case.add(_spaced(some))
            capitals |= _short(some)
    if len(plain) == 1:  # Fox of Fox News
        capitals |= {re.escape(one) for one in _cases(plain[0])}
    any_case |= {_spaced(one.split()) for one in outlet_forms([name]) if " " in one}
    capitals |= {re.escape(one) for one in outlet_forms([name]) if one.isupper()}
    return any_case, capitals


def _short(words: list[str]) -> set[str]:
    """Give patterns of initials (NYT), and of the last word with *the* (the Times)."""
    found = set()
    initials = "".join(word[0] for word in words).upper()
    if initials not in _NOT_OURS and state_of(initials) is None:
        found.add(re.escape(initials))
    if words[-1].lower() in words_of("actor_nouns", "media"):
        found.add(rf"[Tt]he\s+{re.escape(words[-1].capitalize())}")
    return found


def _cases(word: str) -> set[str]:
    """Give a word as it may be written; small letters alone would be another word."""
    return {word.upper(), word.capitalize()} | ({word} - {word.lower()})


def _spaced(words: list[str]) -> str:
    """Give a pattern of words, with *the* before them and any space between."""
    return r"(?:the\s+)?" + r"[\s_-]+".join(map(re.escape, words))


def _longest(patterns: set[str]) -> list[str]:
    return sorted(patterns, key=lambda one: (-len(one), one))
