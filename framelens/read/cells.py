"""Single cells: what a value from a spreadsheet, JSON or a DataFrame stands for."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, cast

import pandas as pd


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


def in_arrow(texts: pd.Series) -> bool:
    """Say whether Arrow holds texts."""
    kind = texts.dtype
    return isinstance(kind, pd.StringDtype) and kind.storage == "pyarrow"
