"""Single cells: what a value from a spreadsheet, JSON or a DataFrame stands for."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any, cast

import pandas as pd

from framelens._checks import InputError
from framelens.read.source import shown

_ANY_DAY = datetime(2022, 11, 23, tzinfo=UTC)
"""A day whose year, month and day of the month are not taken for one another."""

_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}.*)?", re.ASCII)


def is_missing(value: object) -> bool:
    """Say whether `value` is None, NaN or pandas' own missing value."""
    return value is None or (
        pd.api.types.is_scalar(value) and bool(pd.isna(cast("Any", value)))
    )


def as_text(value: object) -> str | None:
    """Turn a cell into a string (7.0 into "7"); None where it is missing or blank."""
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

    It is the day that is written, whatever the time zone; no other form is guessed,
    since 03/04/2022 is March to some and April to others.
    """
    match = _DATE.fullmatch(value.strip())
    if not match:
        return None
    try:
        return date.fromisoformat(match[1]).isoformat()
    except ValueError:
        return None


def day_in(value: str, date_format: str) -> str | None:
    """Take the day from `value`, written in `date_format`; None for all else."""
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
        told = day_in(_ANY_DAY.strftime(date_format), date_format)
    except (ValueError, re.error):
        told = None
    if told != day:
        raise InputError(
            f"date_format {shown(date_format)!r} does not tell year, month and day; "
            "write it such as '%d/%m/%Y' or '%B %d, %Y'"
        )
