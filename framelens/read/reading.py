"""Reading: the contract of articles, those that were read, and an account of it."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from framelens._checks import ColumnError, InputError
from framelens._result import Result
from framelens._wording import counted
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

SHOWN_DROPS = 10
"""Dropped articles that an account names one by one."""

SHOWN_NOTES = 5
"""Notes that an account gives one by one."""


@dataclass(frozen=True, eq=False, repr=False)
class Reading(Result):
    """What `read_articles` found.

    Attributes
    ----------
    articles : DataFrame
        One row per article kept: ``article, outlet, event, date, title, text, url,
        language, genre, group``, then the source's own columns. Strings, missing
        as None.
    dropped : DataFrame
        One row per article left out: ``where`` and ``reason``.
    remarks : DataFrame
        What was kept but not as it was, such as a date that is none: ``where``
        and ``note``.
    account : str
        All of this in a few lines.
    source : str
        The name of the source.
    """

    articles: pd.DataFrame
    dropped: pd.DataFrame
    remarks: pd.DataFrame
    account: str
    source: str

    def __repr__(self) -> str:
        return (
            f"Reading({len(self.articles)} articles from {self.source}, "
            f"{len(self.dropped)} dropped)"
        )

    @property
    def table(self) -> pd.DataFrame:
        """The articles."""
        return self.articles

    @property
    def caption(self) -> str:
        """How many articles there are."""
        return counted(len(self.articles), "article")

    @property
    def notes(self) -> tuple[str, ...]:
        """The account, line by line."""
        return tuple(self.account.splitlines())

    def shown(self) -> pd.DataFrame:
        """Give what is known of each article, and its length."""
        columns = ["article", "outlet", "event", "date", "title", "language", "genre"]
        table = self.articles[columns]
        return table.assign(characters=self.articles["text"].map(len))


def account_of(
    articles: pd.DataFrame, dropped: pd.DataFrame, notes: pd.DataFrame, source: str
) -> str:
    """Say in a few lines what was kept, dropped and found missing."""
    own = own_columns(articles)
    lines = [
        f"{counted(len(articles), 'article')} kept from {source}; "
        f"{len(dropped) or 'none'} dropped.",
        *lines_of(dropped, "Dropped", limit=SHOWN_DROPS),
        _named(articles, "outlet"),
        _named(articles, "event"),
        _dates(articles["date"]),
        _named(articles, "language"),
        _named(articles, "genre"),
    ]
    if own:
        lines.append(f"Other columns kept: {listed(own)}.")
    return "\n".join([*lines, *lines_of(notes, "Note", limit=SHOWN_NOTES)])


def lines_of(
    remarks: pd.DataFrame, head: str, *, limit: int | None = None
) -> list[str]:
    """One line for each remark; beyond `limit` only how many more there are."""
    limit = len(remarks) if limit is None else limit
    lines = [
        f"{head}: {shown(where, limit=120)}: {shown(what, limit=240)}."
        for where, what in remarks.head(limit).itertuples(index=False)
    ]
    more = len(remarks) - limit
    return lines if more <= 0 else [*lines, f"{head}: {more:,} more."]


def warn_of_drops(reading: Reading, advice: str) -> None:
    """Warn whoever called our caller, if articles were dropped."""
    if len(reading.dropped):
        where, reason = reading.dropped.iloc[0]
        warnings.warn(
            f"{len(reading.dropped)} dropped from {reading.source}, the first "
            f"({where}) because {reason}; {advice}",
            stacklevel=3,
        )


def _named(articles: pd.DataFrame, column: str) -> str:
    """Count the values of `column`, most frequent first, and how many are missing."""
    values = articles[column].dropna()
    missing = len(articles) - len(values)
    if values.empty:
        return f"{column.capitalize()}s: none given."
    counts = (
        values.value_counts().sort_index().sort_values(ascending=False, kind="stable")
    )
    names = listed([f"{shown(name)} {count:,}" for name, count in counts.items()])
    end = f"; missing in {missing:,}." if missing else "."
    return f"{column.capitalize()}s ({len(counts):,}): {names}{end}"


def _dates(dates: pd.Series[str]) -> str:
    given = dates.dropna()
    if given.empty:
        return "Dates: none given."
    first, last = given.min(), given.max()
    span = first if first == last else f"{first} to {last}"
    missing = len(dates) - len(given)
    end = f"; missing in {missing:,}." if missing else "."
    return f"Dates: given for {len(given):,} ({span}){end}"


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
