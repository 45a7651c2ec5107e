"""Admission: every row that was found is an article, or dropped with a reason."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pandas as pd

from framelens._checks import InputError
from framelens.read.aside import ASIDE, only
from framelens.read.cells import in_arrow
from framelens.read.dates import days_of
from framelens.read.files import stem_of
from framelens.read.reading import (
    COLUMNS,
    GENRES,
    KEYS,
    Reading,
    ordered,
    require_unique,
    with_keys,
)
from framelens.read.source import Remark, Source, listed
from framelens.read.texts import fault_of_characters, faults_of_texts

if TYPE_CHECKING:
    from collections.abc import Sequence

WRITTEN = "date_as_written"
"""The column of dates with what they say beyond the day: hours, zones, their form."""


def admit(
    sources: Sequence[Source],
    *,
    name: str,
    max_bytes: int,
    date_format: str | None = None,
) -> Reading:
    """Sort the rows of `sources` into articles and drops; nothing is checked later."""
    dropped: list[Remark] = []
    notes: list[Remark] = []
    lost: Counter[str] = Counter()
    tables, places = [], []
    labels = _labels([source.name for source in sources])
    for found, label in zip(sources, labels, strict=True):
        lead = "" if len(sources) == 1 else f"{label}/"
        table = with_keys(_numbered(found, label, lead))
        reasons = _faults(table, max_bytes=max_bytes)
        dropped += found.dropped
        dropped += [
            (place, reason)
            for place, reason in zip(found.places, reasons, strict=True)
            if reason
        ]
        kept = pd.Series([reason is None for reason in reasons], dtype=bool)
        where = found.places
        if not kept.all():
            lost.update(table["outlet"][~kept].dropna())
            table = only(table, kept.tolist())
            where = [
                place for place, keep in zip(found.places, kept, strict=True) if keep
            ]
        notes += found.notes
        tables.append(_with_days(table, where, notes, date_format, of=found.name))
        places.append(where)
    if not any(map(len, tables)):
        where_first, reason = dropped[0]
        raise InputError(
            f"no article is left of {name}: {len(dropped)} dropped, the first "
            f"({where_first}) because {reason}"
        )
    table = _joined(tables, labels, notes)
    require_unique(table["article"], [place for each in places for place in each])
    notes += _on_genres(set(table["genre"].dropna()), name)
    return Reading(
        ordered(table),
        pd.DataFrame(dropped, columns=["where", "reason"], dtype=object),
        pd.DataFrame(notes, columns=["where", "note"], dtype=object),
        name,
        dict(lost),
    )


def reading_of(articles: pd.DataFrame, *, source: str) -> Reading:
    """Make a `Reading` of articles that were checked before."""
    none = pd.DataFrame(columns=["where", "reason"], dtype=object)
    return Reading(articles, none, none.set_axis(["where", "note"], axis=1), source, {})


def _labels(names: list[str]) -> list[str]:
    """Name files by their stems, or in full where two have the same one."""
    stems = Counter(map(stem_of, names))
    return [stem_of(name) if stems[stem_of(name)] == 1 else name for name in names]


def _numbered(found: Source, label: str, lead: str) -> pd.DataFrame:
    """Give the rows of a source numbers where it has no identifiers."""
    if "article" in found.table.columns:
        return found.table
    names = [f"{lead}{number}" for number in range(1, len(found.table) + 1)]
    if found.places == [found.name]:
        names = [label]
    return found.table.assign(article=pd.Series(names, dtype=object))


def _joined(
    tables: list[pd.DataFrame], labels: list[str], notes: list[Remark]
) -> pd.DataFrame:
    """Put tables below one another; identifiers that meet get their file's name."""
    if len(tables) == 1:
        return tables[0]
    seen = Counter(key for table in tables for key in set(table["article"]))
    if any(times > 1 for times in seen.values()):
        tables = [
            table.assign(article=[_within(key, label) for key in table["article"]])
            for table, label in zip(tables, labels, strict=True)
        ]
        notes.append(
            (listed(labels, limit=3), "identifiers begin with the file's name")
        )
    filled = [table for table in tables if len(table)]
    if any(in_arrow(table["text"]) for table in filled):  # it need not come back
        filled = [table.astype({"text": ASIDE}) for table in filled]
    table = pd.concat(filled, ignore_index=True)
    for name in COLUMNS:
        if name == "text" and in_arrow(table[name]):
            continue
        values = table[name].astype(object)
        table[name] = values.where(values.notna(), None)
    return table


def _within(key: str, label: str) -> str:
    """Put the name of its file before an identifier that has it not."""
    return key if key == label or key.startswith(f"{label}/") else f"{label}/{key}"


def _faults(table: pd.DataFrame, *, max_bytes: int) -> list[str | None]:
    """Why each row is no article; None where it is one."""
    reasons = faults_of_texts(table["text"], max_bytes=max_bytes)
    for name in KEYS:
        faults = {
            value: fault
            for value in table[name].dropna().unique()
            if (fault := fault_of_characters(value, of=f"'{name}'"))
        }
        if faults:
            values = zip(reasons, table[name], strict=True)
            reasons = [reason or faults.get(value) for reason, value in values]
    return [
        "it has no identifier in 'article'" if identifier is None else reason
        for identifier, reason in zip(table["article"], reasons, strict=True)
    ]


def _with_days(
    table: pd.DataFrame,
    places: list[str],
    notes: list[Remark],
    date_format: str | None,
    *,
    of: str,
) -> pd.DataFrame:
    """Put dates as YYYY-MM-DD; what they say beyond the day is kept beside them."""
    written = table["date"].tolist()
    days = days_of(written, places, notes, date_format, of=of)
    table["date"] = pd.Series(days, dtype=object)
    if any(day != value for day, value in zip(days, written, strict=True)):
        table[WRITTEN] = pd.Series(written, dtype=object)
    return table


def _on_genres(genres: set[str], name: str) -> list[Remark]:
    others = sorted(genres - set(GENRES))
    if not others:
        return []
    return [(name, f"genre {listed(others)} is none of {', '.join(GENRES)}; kept")]
