"""Kinds of terms: words that tell what is written about, and words that do not.

What two outlets write about is compared by content words. Function words, reporting
verbs, courtesy titles, days and the outlets' own names mostly tell of house style.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

from framelens._lists import words_of
from framelens.annotate.actor_nouns import COURTESY, state_of
from framelens.annotate.cues import CUES
from framelens.annotate.words import WORD, counted_form

if TYPE_CHECKING:
    from collections.abc import Iterable

CONTENT = "content"
"""The kind of every word that is of no other."""

KINDS = {
    "function": "function words",
    "reporting": "reporting verbs",
    "title": "courtesy titles",
    "date": "words for days and other times",
    "outlet": "names of outlets",
}
"""The kinds that are set apart, and what they are called."""

LONGEST = 6
"""Words of an outlet's name that are looked at."""

_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")

_CONTRACTED = re.compile(r"(?:n't|'(?:s|ll|re|ve|d|m))$")


def term_kinds(items: Iterable[str], *, outlets: Iterable[str] = ()) -> list[str]:
    """Say of each item whether it is a content word, or what else.

    An item of several words is of another kind only if none of its words has content.

    >>> items = ["drones", "the", "said", "mr", "BBC", "he said", "White House"]
    >>> term_kinds(items, outlets=["BBC News", "Daily Post"])
    ['content', 'function', 'reporting', 'title', 'outlet', 'reporting', 'content']
    >>> term_kinds(["Fox News", "New York"], outlets=["Fox Online News"])
    ['outlet', 'content']
    """
    own = outlet_forms(outlets)
    return [_kind(str(item), own) for item in items]


@lru_cache(maxsize=65_536)
def _kind(item: str, own: frozenset[str]) -> str:
    if item.casefold() in own or item in own:
        return "outlet"
    kinds = [_kind_of_word(word, own) for word in item.split(" ")]
    if CONTENT in kinds:
        return CONTENT
    return next((kind for kind in kinds if kind != "function"), "function")


def _kind_of_word(word: str, own: frozenset[str]) -> str:
    if word in own:
        return "outlet"
    if _YEAR.fullmatch(word):
        return "date"
    return _by_word().get(word) or (
        "function" if _CONTRACTED.search(word) and word.islower() else CONTENT
    )


@cache
def _by_word() -> dict[str, str]:
    """Give the kind of every word that is listed."""
    nouns = words_of("reporting_verbs", "nouns_as_well")
    alike = {form for form in CUES if form in nouns or form.removesuffix("s") in nouns}
    abbreviated = {title for title in COURTESY if f"{title}." in COURTESY}
    dates = {*words_of("calendar", "weekdays"), *words_of("calendar", "months")}
    dates |= words_of("calendar", "units")
    return {
        **dict.fromkeys((day.lower() for day in dates), "date"),
        **dict.fromkeys(CUES.keys() - alike, "reporting"),
        **dict.fromkeys(words_of("function_words", "connecting"), "function"),
        **dict.fromkeys(words_of("function_words") - CUES.keys(), "function"),
        **dict.fromkeys(abbreviated | words_of("names", "suffixes"), "title"),
    }


def outlet_forms(outlets: Iterable[str]) -> frozenset[str]:
    """Give the names of outlets as they are counted: whole, and the acronyms in them.

    Words behind the first may be left out before one for news: *Fox News* of Fox Online
    News, *New York Times* of New York Times - News. A part without such a word, as
    *Washington* or *New York*, is no name of the outlet.
    """
    found = set()
    for outlet in outlets:
        words = [counted_form(word) for word in WORD.findall(str(outlet))]
        found.add(" ".join(words).casefold())
        for many in range(min(len(words), LONGEST) - 1):
            for rest in combinations(words[1:LONGEST], many + 1):
                if rest[-1].casefold() in words_of("actor_nouns", "media"):
                    found.add(" ".join([words[0], *rest]).casefold())
        found |= {
            word
            for word in words
            if len(words) == 1 or (word.isupper() and state_of(word) is None)
        }
    return frozenset(found - words_of("function_words"))
