"""Names of outlets in texts: where they stand, so that whoever codes is blind to them.

More is hidden than names an outlet for certain: a coder who reads one word fewer errs
less than one who knows which outlet it is.
"""

from __future__ import annotations

import re
from functools import lru_cache
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

_ADDRESS = re.compile(r"(?:https?://)?((?:[a-z0-9-]+\.){1,4}[a-z]{2,10})/?")

_ENDINGS = frozenset({"ac", "co", "com", "edu", "go", "gov", "net", "or", "org"})
"""Parts of an address between the name of a site and its country."""

_ADDED = frozenset({"news", "online", "com", "website", "edition", "tv", "channel"})
"""Words that a name is often given without."""

LEAST = 3
"""Letters of a name that is left when *the* is taken from its beginning."""

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


def names_an_outlet(name: str, outlets: Iterable[str]) -> bool:
    """Whether a name is that of one of the outlets, or a shorter form of it.

    >>> outlets = ["Fox Online News", "The Herald"]
    >>> [names_an_outlet(name, outlets) for name in ("Fox News", "Herald", "Fox Film")]
    [True, True, False]
    """
    pattern = name_pattern(outlets)
    if pattern is None or not pattern.search(name):
        return False
    return set(pattern.sub(" ", name).casefold().split()) <= _ADDED


def name_pattern(
    outlets: Iterable[str], more: Iterable[str] = ()
) -> re.Pattern[str] | None:
    """Compile the names under which outlets may stand in a text; None if there is none.

    Names with a capital at their beginning, so that *foreign policy* is none; addresses
    and `more` as they are, in any case.
    """
    given, others = (
        frozenset(str(name).strip() for name in names) for names in (outlets, more)
    )
    return _pattern_of(given, others - {""})


@lru_cache(maxsize=256)
def _pattern_of(
    outlets: frozenset[str], more: frozenset[str]
) -> re.Pattern[str] | None:
    """Compile the names of outlets once: they are asked for at every item."""
    capital: set[str] = set()
    any_case = set(map(re.escape, more))
    for name in outlets:
        label = _site(name)
        if label:
            any_case.add(re.escape(name))
        capital |= _forms(label or name)
    choices = []
    if capital:
        named = rf"(?![a-z])(?:{'|'.join(_longest(capital))})"
        choices.append(rf"(?=[tT]he\s|[^a-z])(?:[tT]he\s+)?{named}")
    if any_case:
        choices.append(f"(?i:{'|'.join(_longest(any_case))})")
    if not choices:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(choices)})(?!\w)")


def _site(address: str) -> str:
    """Give the name in an address, "" if it is none.

    >>> [_site(one) for one in ("edition.cnn.com", "www.bbc.co.uk", "abcnews.go.com")]
    ['cnn', 'bbc', 'abcnews']
    >>> _site("The Daily"), _site("africa.chinadaily.com.cn")
    ('', 'chinadaily')
    """
    found = _ADDRESS.fullmatch(address.lower())
    if not found:
        return ""
    *labels, _ = found[1].split(".")
    while len(labels) > 1 and labels[-1] in _ENDINGS:
        labels.pop()
    return labels[-1]


def _forms(outlet: str) -> set[str]:
    """Give patterns of the forms of a name, without *the*."""
    words = re.findall(r"[^\W_]+(?:['’.&][^\W_]+)*", outlet)
    if words[1:] and words[0].lower() in _ARTICLES:
        words = words[1:]
    if len(words) == 1 and words[0].islower():
        words = _taken_apart(words[0])
    if not words:
        return set()
    if len(words) == 1:
        return set(map(re.escape, _cases(words[0])))
    plain = [word for word in words if word.lower() not in _ADDED] or words
    found = set()
    for some in (words, plain):
        if len(some) > 1:
            found |= {_spaced(some), *_short(some)}
    if len(plain) == 1:  # Fox of Fox News
        found |= set(map(re.escape, _cases(plain[0])))
    forms = outlet_forms([outlet])
    found |= {_spaced(one.split()) for one in forms if " " in one}
    return found | {re.escape(one) for one in forms if one.isupper()}


def _taken_apart(word: str) -> list[str]:
    """Take a name that is written as one word apart: theguardian, foxnews, usatoday."""
    media = words_of("actor_nouns", "media") | _ADDED | {"today"}
    if word.startswith("the") and len(word) > LEAST + 2:
        word = word[3:]
    ends = [len(one) for one in media if word.endswith(one) and one != word]
    cut = len(word) - max(ends, default=0)
    return [word[:cut], word[cut:]] if ends and cut > 1 else [word]


def _short(words: list[str]) -> set[str]:
    """Give patterns of initials (NYT), and of the last word with *the* (the Times)."""
    found = set()
    initials = "".join(word[0] for word in words).upper()
    sure = len(initials) > 2 or not words[0].islower()
    if sure and initials not in _NOT_OURS and state_of(initials) is None:
        found.add(re.escape(initials))
    if words[-1].lower() in words_of("actor_nouns", "media"):
        found.add(rf"(?<=[tT]he\s){re.escape(words[-1].capitalize())}")
    return found


def _cases(word: str) -> set[str]:
    """Give a word as it may be written, but in small letters."""
    return {word.upper(), word.capitalize()} | ({word} - {word.lower()})


def _spaced(words: list[str]) -> str:
    """Give a pattern of words with any space between, or none, in any case."""
    return "(?i:" + r"[\s_-]*".join(map(re.escape, words)) + ")"


def _longest(patterns: set[str]) -> list[str]:
    return sorted(patterns, key=lambda one: (-len(one), one))
