"""Admission: every row that was found is an article, or dropped with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from framelens._checks import InputError
from framelens.read.cells import day_in, iso_date
from framelens.read.reading import (
    GENRES,
    KEYS,
    Reading,
    account_of,
    ordered,
    require_unique,
    with_keys,
)
from framelens.read.source import Remark, Source, listed, shown
from framelens.read.texts import fault_of_characters, fault_of_text

if TYPE_CHECKING:
    from collections.abc import Iterable


def admit(found: Source, *, max_bytes: int, date_format: str | None = None) -> Reading:
    """Sort the rows of `found` into articles and drops; nothing is checked later."""
    table = with_keys(found.table)
    dropped, notes = list(found.dropped), list(found.notes)
    reasons = _faults(table, max_bytes=max_bytes)
    for place, reason in zip(found.places, reasons, strict=True):
        if reason:
            dropped.append((place, reason))
    kept = [reason is None for reason in reasons]
    if not any(kept):
        where, reason = dropped[0]
        raise InputError(
            f"no article is left of {found.name}: {len(dropped)} dropped, the first "
            f"({where}) because {reason}"
        )
    places = [place for place, keep in zip(found.places, kept, strict=True) if keep]
    table = table[pd.Series(kept, dtype=bool)].reset_index(drop=True)
    require_unique(table["article"], places)
    table["date"] = _days(table["date"], places, notes, date_format)
    notes.extend(_on_genres(set(table["genre"].dropna()), found.name))
    return reading_of(ordered(table), dropped, notes, source=found.name)


def reading_of(
    articles: pd.DataFrame,
    dropped: Iterable[Remark],
    notes: Iterable[Remark],
    *,
    source: str,
) -> Reading:
    """Make a `Reading` with its account."""
    gone = pd.DataFrame(list(dropped), columns=["where", "reason"], dtype=object)
    told = pd.DataFrame(list(notes), columns=["where", "note"], dtype=object)
    account = account_of(articles, gone, told, source)
    return Reading(articles, gone, told, account, source)


def _faults(table: pd.DataFrame, *, max_bytes: int) -> list[str | None]:
    """Why each row is no article; None where it is one."""
    reasons = [fault_of_text(text, max_bytes=max_bytes) for text in table["text"]]
    for name in KEYS:
        for row, value in enumerate(table[name]):
            if value is not None and reasons[row] is None:
                reasons[row] = fault_of_characters(value, of=f"'{name}'")
    return [
        "it has no identifier in 'article'" if identifier is None else reason
        for identifier, reason in zip(table["article"], reasons, strict=True)
    ]


def _days(
    dates: pd.Series[str],
    places: list[str],
    notes: list[Remark],
    date_format: str | None,
) -> pd.Series[str]:
    """Keep days written as YYYY-MM-DD, or as stated; add every other to `notes`."""
    advice = "; state how dates are written, such as date_format='%d/%m/%Y'"
    form, end = "YYYY-MM-DD", advice
    if date_format is not None:
        form, end = f"{date_format} or YYYY-MM-DD", ""
    days: list[str | None] = []
    for value, place in zip(dates, places, strict=True):
        if value is None:
            day = None
        elif date_format is None:
            day = iso_date(value)
        else:
            day = day_in(value, date_format) or (
                None if date_format.strip().startswith("%Y-%d") else iso_date(value)
            )
        days.append(day)
        if value is not None and day is None:
            note = f"the date {shown(value)!r} is not {form} and counts as missing"
            notes.append((place, note + end))
    return pd.Series(days, dtype=object)


def _on_genres(genres: set[str], name: str) -> list[Remark]:
    others = sorted(genres - set(GENRES))
    if not others:
        return []
    return [(name, f"genre {listed(others)} is none of {', '.join(GENRES)}; kept")]
