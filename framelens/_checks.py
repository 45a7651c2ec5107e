"""Checks on input, with errors that say what to do next."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    import pandas as pd


class FramelensError(ValueError):
    """Base class of every error that this package raises on purpose."""


class ColumnError(FramelensError):
    """A table lacks a column that it needs."""


class UnknownNameError(FramelensError):
    """An outlet, event, item or option is not one of those there are."""


class InputError(FramelensError):
    """A file, a text or a value from the user cannot be used."""


class MissingPartError(FramelensError):
    """A model or an optional part is not installed."""


def require_columns(table: pd.DataFrame, needed: Iterable[str], *, of: str) -> None:
    """Raise `ColumnError` unless `table` has every column in `needed`."""
    present = [str(name) for name in table.columns]
    missing = [name for name in needed if name not in present]
    if missing:
        raise ColumnError(
            f"{of} needs {_columns(missing)}; it has {_columns(present)}. "
            f"Map names with columns={{'your name': {missing[0]!r}}}."
        )


def require_known(name: str, known: Iterable[object], *, kind: str) -> None:
    """Raise `UnknownNameError`, with a suggestion, unless `name` is one of `known`."""
    names = sorted({str(one) for one in known})
    if name in names:
        return
    close = get_close_matches(name, names, n=1)
    shown = ", ".join(map(repr, names[:20])) + (", …" if len(names) > 20 else "")
    hint = f"did you mean {close[0]!r}?" if close else f"choose one of: {shown or '–'}."
    raise UnknownNameError(f"no {kind} {name!r} here; {hint}")


def require_inside(spans: pd.DataFrame, lengths: Mapping[str, int], *, of: str) -> None:
    """Raise `InputError` unless spans lie in the texts of their articles."""
    import pandas as pd

    require_columns(spans, ["article", "start", "end"], of=of)
    for article in spans["article"].unique():
        require_known(article, lengths, kind="article")
    start, end = (pd.to_numeric(spans[x], errors="coerce") for x in ("start", "end"))
    past = pd.Series([lengths[one] for one in spans["article"]], start.index, float)
    fits = (start >= 0) & (start <= end) & (end <= past)
    fits &= (start % 1 == 0) & (end % 1 == 0)
    wrong: Any = spans[~fits].itertuples()
    for row in wrong:
        raise InputError(
            f"{of}: {row.start} to {row.end} is no stretch of article {row.article!r}, "
            f"which has {lengths[row.article]:,} characters; mark these very texts."
        )


def require_share(value: Any, *, name: str, of: str, such_as: float) -> None:
    """Raise `InputError` unless a value is a number above 0 and at most 1."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not 0 < value <= 1:
        raise InputError(
            f"{name} is a share of {of}, above 0 and at most 1, as {such_as}; found "
            f"{value!r}."
        )


def _columns(names: list[str]) -> str:
    shown = ", ".join(map(repr, names[:20])) + (", …" if len(names) > 20 else "")
    return f"column {shown}" if len(names) == 1 else f"columns {shown or '(none)'}"


def require_new(path: Path) -> None:
    """Refuse to write a draft over a file, which may hold an analyst's corrections."""
    if path.exists():
        raise InputError(
            f"{path} exists, and may hold your corrections; give another name"
        )
