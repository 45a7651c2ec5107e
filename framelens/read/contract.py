"""The contract of the articles table: its columns, identifiers and strings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from framelens._checks import ColumnError, InputError
from framelens.read.cells import as_text
from framelens.read.source import listed, shown

if TYPE_CHECKING:
    from collections.abc import Iterable

COLUMNS = [
    "article",
    "outlet",
    "event",
    "date",
    "title",
    "text",
    "url",
    "language",
    "genre",
    "group",
]
"""Columns of every table of articles, in order."""

KEYS = [name for name in COLUMNS if name != "text"]
"""Columns in which a blank means missing."""

GENRES = ("report", "comment", "interview")

_OTHER_NAMES = {
    "article": ("id", "article_id", "articleid", "doc_id", "docid", "document", "uid"),
    "text": ("body", "content", "fulltext", "full_text", "article_text", "maintext"),
}


def require(names: list[str], needed: list[str], *, of: str) -> None:
    """Raise `ColumnError`, with the likeliest other names, if columns are absent."""
    missing = [name for name in needed if name not in names]
    if not missing:
        return
    guesses = {_guess(name, names) or f"your {name}": name for name in missing}
    pairs = ",".join(f"{theirs}={ours}" for theirs, ours in guesses.items())
    absent = " and no column ".join(map(repr, missing))
    beside = " (or 'file', naming text files)" if "text" in missing else ""
    raise ColumnError(
        f"{of} has no column {absent}{beside}; it has "
        f"{listed(names, limit=20) or 'none'}. Map names with columns={guesses}, or "
        f"on the command line with --columns '{pairs}'"
    )


def require_unique(identifiers: pd.Series[str], places: list[str]) -> None:
    """Raise `InputError`, naming articles and places, if identifiers come twice."""
    twice = identifiers[identifiers.duplicated(keep=False)]
    if twice.empty:
        return
    names = list(dict.fromkeys(twice))
    where = [places[row] for row in twice.index[twice.eq(names[0])]]
    raise InputError(
        f"article identifiers must be unique, but {listed(names, limit=5)} "
        f"{'stands' if len(names) == 1 else 'stand'} more than once ({shown(names[0])} "
        f"at {'; '.join(where[:3])}); give each article its own, or delete the copies"
    )


def with_keys(table: pd.DataFrame) -> pd.DataFrame:
    """Copy `table` with every key column there: strings, or missing as None."""
    table = table.copy(deep=False)
    for name in KEYS:
        if name in table.columns:
            table[name] = _strings(table[name].tolist())
        else:
            table[name] = pd.Series([None] * len(table), dtype=object)
    table["text"] = table["text"].astype(object)
    return table


def ordered(table: pd.DataFrame) -> pd.DataFrame:
    """Put the contract's columns first, then the table's own."""
    return table[[*COLUMNS, *own_columns(table)]]


def own_columns(table: pd.DataFrame) -> list[str]:
    """Columns that the analyst had and the contract does not know."""
    return [str(name) for name in table.columns if name not in COLUMNS]


def _strings(values: Iterable[object]) -> pd.Series[str]:
    return pd.Series([as_text(value) for value in values], dtype=object)


def _guess(name: str, names: list[str]) -> str | None:
    wanted = {name, *_OTHER_NAMES.get(name, ())}
    return next((one for one in names if one.strip().casefold() in wanted), None)
