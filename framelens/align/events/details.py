"""Details: the names, places, days and numbers that a text holds, without a parser."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING

from framelens.align.events.openers import OPENERS
from framelens.annotate.embeddings import rarity
from framelens.annotate.words import WORD, counted_form

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

WEEKDAYS = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
]
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]

KINDS = ["name", "place", "day", "number"]
"""What details are: a name after *in*, *at* or *near* is taken for a place."""

MOST_WORDS = 2_000
"""Words that are read of an article."""

_SHORT = {name[:3]: place for place, name in enumerate(MONTHS, start=1)}
_MONTH = r"\b(?:" + "|".join(rf"{m[:3]}(?:{m[3:]}|t?\.)" for m in MONTHS) + r")"
_DAY = re.compile(rf"({_MONTH})\s+(\d{{1,2}})\b(?!,?\d)|\b(\d{{1,2}})\s+({_MONTH})")
_WEEKDAY = re.compile(r"\b(" + "|".join(WEEKDAYS) + r")\b")
_BEFORE_A_PLACE = {"in", "at", "near", "outside", "inside", "across", "off"}
_CALENDAR = {*WEEKDAYS, *MONTHS, *_SHORT, "Sept", *(f"{name}s" for name in WEEKDAYS)}
_LONGEST_NAME = 4
_FUNCTION_WORD = 0.05


def details(text: str, day: date | None) -> dict[tuple[str, str], str]:
    """Find what may tell one occasion from another.

    Parameters
    ----------
    text : str
    day : date or None
        The article's own date: a weekday is the last such day up to it.

    Returns
    -------
    dict
        ``(kind, key)``, by which articles are compared, to the words to show.
        Names are capitalised inside a sentence, or begin it with two capitalised
        words of which the first is no usual opener (*But*, *After*). A number is one
        that is neither a year nor round, and has two digits or more.

    Examples
    --------
    >>> from datetime import date
    >>> text = "On Monday 37 boats sank near Port Orr, said Ada Brenn."
    >>> list(details(text, date(2024, 5, 1)).values())
    ['29 April', '37', 'Port Orr', 'Orr', 'Ada Brenn', 'Brenn']
    """
    words = list(islice(WORD.finditer(text), MOST_WORDS))
    text = text[: words[-1].end()] if words else ""
    return {**_days(text, day), **_numbers(words), **_names(text, words)}


def _days(text: str, day: date | None) -> dict[tuple[str, str], str]:
    found = {}
    for match in _DAY.finditer(text):
        month, number = match[1] or match[4], int(match[2] or match[3])
        if 1 <= number <= 31:
            shown = f"{number} {MONTHS[_SHORT[month[:3]] - 1]}"
            found["day", shown] = shown
    for match in _WEEKDAY.finditer(text):
        shown = match[1]
        if day is not None:
            back = (day.weekday() - WEEKDAYS.index(shown)) % 7
            last = day - timedelta(days=min(back, day.toordinal() - 1))
            shown = f"{last.day} {MONTHS[last.month - 1]}"
        found["day", shown] = shown
    return found


def _numbers(words: list[re.Match[str]]) -> dict[tuple[str, str], str]:
    found = {}
    for match in words:
        word = match.group()
        bare = word.replace(",", "")
        if bare[0].isdigit() and len(bare) > 1 and not _is_round_or_year(bare):
            found["number", bare] = word
    return found


def _is_round_or_year(number: str) -> bool:
    year = len(number) == 4 and number[:2] in ("19", "20")
    return year or not number[1:].strip("0")


def _names(text: str, words: list[re.Match[str]]) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for first, last in _runs(text, words):
        name = " ".join(match.group() for match in words[first:last])
        before = words[first - 1].group().lower() if first else ""
        place = before in _BEFORE_A_PLACE
        for shown in dict.fromkeys([name, words[last - 1].group()]):
            key = " ".join(counted_form(word) for word in shown.split()).casefold()
            if ("place", key) in found or rarity(key) < _FUNCTION_WORD:
                continue
            if place:
                found.pop(("name", key), None)
            found["place" if place else "name", key] = _without_possessive(shown)
    return found


def _without_possessive(name: str) -> str:
    return name[:-2] if name.endswith(("'s", "’s")) else name


def _runs(text: str, words: list[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """Give where runs of capitalised words begin and end.

    A word that begins a sentence has a capital whatever it is. It is left out where
    it is alone, where it is a usual opener, and where the text has it in small letters
    and never with a capital inside a sentence.
    """
    common = OPENERS | _only_small(text, words)
    first = 0
    while first < len(words):
        last = first
        while last < len(words) and _is_capitalised(words[last].group()):
            if (
                last > first
                and text[words[last - 1].end() : words[last].start()] != " "
            ):
                break
            last += 1
        if last == first:
            first += 1
            continue
        common_here = last == first + 1 or words[first].group().lower() in common
        begin = first + (common_here and _begins_a_sentence(text, words, first))
        if last - begin > 0 and last - first <= _LONGEST_NAME:
            yield begin, last
        first = last


def _only_small(text: str, words: list[re.Match[str]]) -> set[str]:
    """Give the words that have a capital only where they begin a sentence."""
    small = {match.group() for match in words if match.group()[0].islower()}
    capital = {
        match.group().lower()
        for place, match in enumerate(words)
        if match.group()[0].isupper() and not _begins_a_sentence(text, words, place)
    }
    return small - capital


def _is_capitalised(word: str) -> bool:
    return word[0].isupper() and len(word) > 1 and word not in _CALENDAR


def _begins_a_sentence(text: str, words: list[re.Match[str]], place: int) -> bool:
    if not place:
        return True
    between = text[words[place - 1].end() : words[place].start()]
    return any(mark in between for mark in '.!?:\n\r"“”')
