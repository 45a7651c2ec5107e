"""Reading: the contract of articles, those that were read, and an account of it."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from framelens._checks import InputError
from framelens._result import Result
from framelens._wording import counted
from framelens.read.account import account_of, by_outlet
from framelens.read.cells import as_text, in_arrow
from framelens.read.damage import damage_of, sample_of
from framelens.read.source import listed, shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from framelens.read.repair import Repair

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

GENRES = ("report", "comment", "editorial", "analysis", "interview")
"""Genres that have a name here; any other is kept as it is."""


@dataclass(frozen=True, eq=False, repr=False)
class Reading(Result):
    """What `read_articles` found.

    Attributes
    ----------
    articles : DataFrame
        One row per article kept: ``article, outlet, event, date, title, text, url,
        language, genre, group``, then the source's own columns. Strings, missing
        as None; texts of a Parquet file stay where Arrow holds them. Long columns of
        more than four million characters lie in a file, without a name, and not in
        memory: they are columns of Arrow (``str``), missing as NaN.
    dropped : DataFrame
        One row per article left out: ``where`` and ``reason``.
    remarks : DataFrame
        What was mapped, guessed, or kept but not as it was, such as a date that is
        none: ``where`` and ``note``.
    source : str
        The name of the source.
    lost : dict of str to int
        How many articles of each outlet were dropped.
    repairs : dict of str to Repair
        By article, what `repair` did to its text, with the text as it was.
    """

    articles: pd.DataFrame
    dropped: pd.DataFrame
    remarks: pd.DataFrame
    source: str
    lost: dict[str, int] = field(default_factory=dict)
    repairs: dict[str, Repair] = field(default_factory=dict)

    def __repr__(self) -> str:
        return (
            f"Reading({len(self.articles)} articles from {self.source}, "
            f"{len(self.dropped)} dropped)"
        )

    @cached_property
    def damage(self) -> pd.DataFrame:
        """Damaged texts: one row per article and ``kind``, with its ``outlet``.

        ``found`` is a stretch that shows it. Of an outlet with more than 500 articles
        that many are looked at, evenly over the table.
        """
        return damage_of(self.looked_at)

    @cached_property
    def looked_at(self) -> pd.DataFrame:
        """The articles in which damage is looked for."""
        return sample_of(self.articles)

    @cached_property
    def account(self) -> str:
        """What was kept, dropped, mapped, guessed and found missing or damaged."""
        return account_of(self)

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
        """Give what is known of each outlet: see `framelens.read.account.by_outlet`."""
        return by_outlet(self)

    def original(self, article: str, start: int, end: int) -> tuple[int, int]:
        """Give where a stretch of a repaired text stands in the text as it was."""
        repair = self.repairs.get(article)
        return repair.original(start, end) if repair else (start, end)


def warn_of_drops(reading: Reading, advice: str) -> None:
    """Warn whoever called our caller, if articles were dropped."""
    if len(reading.dropped):
        where, reason = reading.dropped.iloc[0]
        warnings.warn(
            f"{len(reading.dropped)} dropped from {reading.source}, the first "
            f"({where}) because {reason}; {advice}",
            stacklevel=3,
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
    """Copy `table` with every key column there: strings, or missing as None.

    Texts that Arrow holds stay there: as strings of Python they take up to four times
    the room.
    """
    table = table.copy(deep=False)
    for name in KEYS:
        if name in table.columns:
            table[name] = _strings(table[name].tolist())
        else:
            table[name] = pd.Series([None] * len(table), dtype=object)
    if not in_arrow(table["text"]):
        table["text"] = table["text"].astype(object)
    return table


def ordered(table: pd.DataFrame) -> pd.DataFrame:
    """Put the contract's columns first, then the table's own."""
    return table[[*COLUMNS, *own_columns(table)]]


def own_columns(table: pd.DataFrame) -> list[str]:
    """Columns that the analyst had and the contract does not know."""
    return [str(name) for name in table.columns if name not in COLUMNS]


def _strings(values: Iterable[object]) -> pd.Series[str]:
    """Give cells as strings; those that are alike are one."""
    one: dict[str | None, str | None] = {}
    texts = map(as_text, values)
    return pd.Series([one.setdefault(text, text) for text in texts], dtype=object)
