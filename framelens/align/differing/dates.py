"""Dates: weekdays, days, months, years and hours, brought to one form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from framelens.align.differing.marks import Mark

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAMES = (
    "January February March April May June July August September October November "
    "December"
)
_MONTHS = _NAMES.split()
_SHORT = {month[:3]: number for number, month in enumerate(_MONTHS, start=1)}
_ABBREVIATED = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)}|{_ABBREVIATED})"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_BEFORE = r"(?<![\w.,:/$€£¥-])"
_AFTER = r"(?![\w€£]|[.,:/-]\d|\s?(?:%|per ?cent|dollars|euros|pounds|million))"

PATTERNS = {
    "weekday": r"\b(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b",
    "iso": rf"{_BEFORE}{_YEAR}-(?P<month>0[1-9]|1[0-2])-(?P<day>3[01]|[12]\d|0[1-9])\b",
    "day first": rf"{_BEFORE}{_DAY}(?: of)? {_MONTH}\b\.?(?:,? {_YEAR}{_AFTER})?",
    "month first": rf"\b{_MONTH}\.? {_DAY}{_AFTER}(?:,? {_YEAR}{_AFTER})?",
    "month": rf"\b{_MONTH}\.?,? {_YEAR}{_AFTER}",
    "numeric": rf"{_BEFORE}\d{{1,2}}([/.])\d{{1,2}}\1\d{{2,4}}\b",
    "half day": rf"{_BEFORE}(?P<hour>1[0-2]|0?[1-9])(?:[:.](?P<minute>[0-5]\d))?\s?"
    r"(?P<half>[ap])\.?m\b\.?",
    "time": rf"{_BEFORE}(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?![\d:])",
    "year": rf"{_BEFORE}{_YEAR}{_AFTER}",
}
"""What is found, the first of two that overlap."""

_EVERY = [re.compile(one) for one in PATTERNS.values()]


def dates(text: str) -> dict[str, list[Mark]]:
    """Find the dates in a text.

    Parameters
    ----------
    text : str
        English. "Yesterday" and the like are left out, and so are figures that may be
        read two ways (3/5/2016).

    Returns
    -------
    dict
        "weekday", "day" (``05-03``), "month" (``05``), "year" and "hour" (``16:30``;
        without *a.m.* or *p.m.* as it stands) to their marks, in order.

    Examples
    --------
    >>> found = dates("On Monday, 3 May 2016, at 4.30 p.m.")
    >>> {kind: [mark.value for mark in marks] for kind, marks in found.items()}
    {'weekday': ['monday'], 'day': ['05-03'], 'month': [], 'year': ['2016'],
    'hour': ['16:30']}
    """
    kinds: dict[str, list[Mark]] = {
        kind: [] for kind in ("weekday", "day", "month", "year", "hour")
    }
    for match in _matches(text):
        for kind, mark in _marks(match):
            kinds[kind].append(mark)
    return {kind: sorted(marks) for kind, marks in kinds.items()}


def date_places(text: str) -> list[tuple[int, int]]:
    """Give every place whose figures belong to a date."""
    return [match.span() for match in _matches(text)]


def _matches(text: str) -> list[re.Match[str]]:
    taken: list[re.Match[str]] = []
    for pattern in _EVERY:
        for match in pattern.finditer(text):
            start, end = match.span()
            if all(end <= one.start() or start >= one.end() for one in taken):
                taken.append(match)
    return taken


def _marks(match: re.Match[str]) -> Iterator[tuple[str, Mark]]:
    """Give what one match holds; a year is a mark of its own."""
    found = match.groupdict()
    if found.get("weekday"):
        yield "weekday", Mark(*match.span(), match["weekday"].lower())
    if found.get("hour"):
        hour = int(match["hour"])
        if found.get("half"):
            hour = hour % 12 + (12 if match["half"] == "p" else 0)
        yield "hour", Mark(*match.span(), f"{hour:02}:{found['minute'] or '00'}")
    if found.get("month"):
        month = match["month"]
        number = int(month) if month.isdigit() else _SHORT[month[:3]]
        if found.get("day"):
            span = match.start(), max(match.end("day"), match.end("month"))
            yield "day", Mark(*span, f"{number:02}-{int(match['day']):02}")
        else:
            yield "month", Mark(*match.span("month"), f"{number:02}")
    if found.get("year"):
        yield "year", Mark(*match.span("year"), match["year"])
