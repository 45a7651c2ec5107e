"""Single cells: what a value from a spreadsheet, JSON or a DataFrame stands for."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any, cast

import pandas as pd

_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}.*)?", re.ASCII)


def is_missing(value: object) -> bool:
    """Say whether `value` is None, NaN or pandas' own missing value."""
    return value is None or (
        pd.api.types.is_scalar(value) and bool(pd.isna(cast("Any", value)))
    )


def as_text(value: object) -> str | None:
    """Turn a cell into a string; None where it is missing or blank.

    >>> as_text(7.0), as_text("000"), as_text(float("nan")), as_text(" ")
    ('7', '000', None, None)
    """
    if isinstance(value, str):
        return value if value.strip() else None
    if is_missing(value):
        return None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)


def iso_date(value: str) -> str | None:
    """Take the day from ``YYYY-MM-DD``, with or without a time; None for all else.

    The day is the one that is written, whatever the time zone; no other form is
    guessed, since 03/04/2022 is March to some and April to others.

    >>> iso_date("2022-10-20T23:30:00-05:00"), iso_date("20/10/2022")
    ('2022-10-20', None)
    """
    match = _DATE.fullmatch(value.strip())
    if not match:
        return None
    try:
        return date.fromisoformat(match[1]).isoformat()
    except ValueError:
        return None
