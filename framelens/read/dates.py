"""Dates: the day that a cell names, where it can be read in one way only.

A month in letters, or a year in front, leaves no doubt. 03/04/2022 is March to some
and April to others: then the whole column decides, where a day above 12 stands in it.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING

from framelens._checks import InputError
from framelens._lists import read_list
from framelens.read.source import Remark, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

_ANY_DAY = datetime(2022, 11, 23, tzinfo=UTC)
"""A day whose year, month and day of the month are not taken for one another."""

_TIME = r"(?:[T, ]+\d{1,2}[:.h]\d{2}.*|[T ]\d{2}Z?|Z)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_TIME}", re.ASCII)
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:T?\d{4,6}Z?|T?\d{9}Z)?", re.ASCII)
_EPOCH = re.compile(r"\d{10}|\d{13}", re.ASCII)
_CHINESE = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")
_NUMBERS = re.compile(
    rf"(?:[^\W\d]+\.?,?\s+)?(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}|\d\d){_TIME}",
    re.ASCII,
)
_WORD = re.compile(r"[^\W\d_]+")
_DAY_BEFORE = re.compile(
    r"(?<![\d:])(\d{1,2})(?:st|nd|rd|th|er)?[\s.,/-]*(?:de |of )?\Z"
)
_DAY_AFTER = re.compile(r"[.,]?[\s/-]*(\d{1,2})(?![\d:])")
_FULL_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_SHORT_YEAR = re.compile(r"[.,]?[\s/-]+'?(\d\d)(?![\d:])")
LONGEST = 80
"""Characters. A longer line is a sentence that names a day, not a date."""


@cache
def _months() -> dict[str, int]:
    names = enumerate(read_list("dates")["months"], start=1)
    return {form: number for number, forms in names for form in forms.split()}


def _plain(text: str) -> str:
    """Lower case without accents."""
    parts = unicodedata.normalize("NFD", text.lower())
    return "".join(one for one in parts if not unicodedata.combining(one))


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def day_of(written: str) -> str | None:
    """Take the day from a date that can be read in one way only; None for all else.

    >>> [day_of(text) for text in ("29 décembre 2011", "Oct. 20, 2022 4:15 PM")]
    ['2011-12-29', '2022-10-20']
    >>> day_of("03/04/2022")
    """
    text = " ".join(written.split())
    found = _YEAR_FIRST.fullmatch(text)
    if found:
        return _day(int(found[1]), int(found[3]), int(found[4]))
    found = _COMPACT.fullmatch(text) or _CHINESE.match(text)
    if found:
        return _day(*map(int, found.groups()))
    return _with_month_in_letters(text) if len(text) <= LONGEST else None


def _with_month_in_letters(text: str) -> str | None:
    """Read a month that has its day and its year beside it."""
    plain = _plain(text)
    for word in _WORD.finditer(plain):
        month = _months().get(word[0])
        if month is None:
            continue
        rest = plain[word.end() :]
        before = _DAY_BEFORE.search(plain[: word.start()])
        after = _DAY_AFTER.match(rest)
        year, short = _FULL_YEAR.search(rest), _SHORT_YEAR.match(rest)
        if year and (before or after):
            day = before or after
            return _day(int(year[1]), month, int(day[1])) if day else None
        if before and short:
            return _day(_century(int(short[1])), month, int(before[1]))
    return None


def _century(year: int) -> int:
    """Give the year that two digits stand for: 68 is 2068, 69 is 1969, as in POSIX."""
    return year if year > 99 else year + (2000 if year < 69 else 1900)


def _read_both(written: str) -> tuple[str | None, str | None] | None:
    """Read 03/04/2022 with the day first, and with the month first."""
    found = _NUMBERS.fullmatch(" ".join(written.split()))
    if not found:
        return None
    first, second, year = int(found[1]), int(found[3]), _century(int(found[4]))
    return _day(year, second, first), _day(year, first, second)


def days_of(
    values: Sequence[str | None],
    places: Sequence[str],
    notes: list[Remark],
    date_format: str | None,
    *,
    of: str,
) -> list[str | None]:
    """Give the day of every cell; what cannot be told is missing, and noted."""
    if date_format is not None:
        days = [value and _stated(value, date_format) for value in values]
        form = f"{date_format} or YYYY-MM-DD"
        _note_unread(
            values, days, places, notes, f"is not {form} and counts as missing"
        )
        return days
    epochs = all(_EPOCH.fullmatch(value) for value in values if value)
    read = _of_epoch if epochs else day_of
    known = {value: read(value) for value in dict.fromkeys(values) if value}
    days = [value and known[value] for value in values]
    both = [
        _read_both(value) if value and not day else None
        for value, day in zip(values, days, strict=True)
    ]
    order = _order(both, values, notes, of)
    if order is not None:
        days = [
            pair[order] if pair else day for pair, day in zip(both, days, strict=True)
        ]
    asked = order is None and any(both)
    unread = [
        None if asked and pair else value
        for pair, value in zip(both, values, strict=True)
    ]
    _note_unread(
        unread,
        days,
        places,
        notes,
        "tells no day and counts as missing; state how dates are written, such as "
        "date_format='%d/%m/%Y'",
    )
    return days


def _of_epoch(value: str) -> str | None:
    """Read seconds, or milliseconds, since 1970."""
    seconds = int(value) / (1000 if len(value) == 13 else 1)
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()


def _order(
    both: list[tuple[str | None, str | None] | None],
    values: Sequence[str | None],
    notes: list[Remark],
    of: str,
) -> int | None:
    """Tell from the whole column if the day (0) or the month (1) stands first."""
    pairs = [pair for pair in both if pair]
    if not pairs:
        return None
    day_first = sum(pair[1] is None and pair[0] is not None for pair in pairs)
    month_first = sum(pair[0] is None and pair[1] is not None for pair in pairs)
    if bool(day_first) != bool(month_first):
        sure, name = (day_first, "day") if day_first else (month_first, "month")
        notes.append((of, f"dates are read with the {name} first, as {sure:,} show"))
        return 0 if day_first else 1
    if all(pair[0] == pair[1] for pair in pairs):
        return 0
    cells = [
        f"{shown(value)} ({pair[0] or 'no day'} or {pair[1] or 'no day'})"
        for pair, value in zip(both, values, strict=True)
        if pair and pair[0] != pair[1]
    ]
    why = "both orders stand in it" if day_first else "day and month cannot be told"
    notes.append(
        (
            of,
            f"the dates count as missing, since {why}: {'; '.join(cells[:3])}; state "
            "date_format='%d/%m/%Y' or date_format='%m/%d/%Y'",
        )
    )
    return None


def _note_unread(
    values: Sequence[str | None],
    days: Sequence[str | None],
    places: Sequence[str],
    notes: list[Remark],
    what: str,
) -> None:
    notes.extend(
        (place, f"the date {shown(value)!r} {what}")
        for value, day, place in zip(values, days, places, strict=True)
        if value and not day
    )


def _stated(value: str, date_format: str) -> str | None:
    """Take the day from `value` in `date_format`, or from YYYY-MM-DD."""
    day = _strptime(value, date_format)
    if day or date_format.strip().startswith("%Y-%d"):
        return day
    found = _YEAR_FIRST.fullmatch(value.strip())
    return day_of(value) if found and found[2] == "-" else None


def _strptime(value: str, date_format: str) -> str | None:
    try:
        return datetime.strptime(value.strip(), date_format.strip()).date().isoformat()
    except ValueError:
        return None


def check_date_format(date_format: str) -> None:
    """Raise InputError unless `date_format` tells year, month and day."""
    if not isinstance(date_format, str):
        raise InputError(
            f"date_format is {shown(date_format)}, not a text such as '%d/%m/%Y'"
        )
    day = _ANY_DAY.date().isoformat()
    try:
        told = _strptime(_ANY_DAY.strftime(date_format), date_format)
    except (ValueError, re.error):
        told = None
    if told != day:
        raise InputError(
            f"date_format {shown(date_format)!r} does not tell year, month and day; "
            "write it such as '%d/%m/%Y' or '%B %d, %Y'"
        )
