"""Columns: what a table calls its outlets, texts and dates, in the usual spellings."""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pandas as pd

from framelens._checks import ColumnError, InputError, require_known
from framelens._lists import read_list
from framelens.read.aside import each
from framelens.read.cells import as_text, is_missing
from framelens.read.genres import WHERE, with_genres
from framelens.read.reading import COLUMNS
from framelens.read.source import Remark, Source, listed, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

BESIDE = ("author", "section")
"""Columns that are found too, though the contract does not ask for them."""

_LONG = 200
"""Characters on average: a column of longer cells holds texts, whatever its name."""

_LIVE = re.compile(r"\s*(?:javascript|vbscript|data):", re.I)
"""Addresses that do something when they are clicked."""

_MOSTLY = 0.5
"""The share of cells with blanks in them from which a long column is prose."""

_LOOKED_AT = 1_000
"""Rows by which columns are told apart."""


def mapped(source: Source, columns: Mapping[str, str]) -> Source:
    """Give a source our names: those that `columns` states, then those that are plain.

    Raises
    ------
    UnknownNameError
        If `columns` names a column that does not exist.
    ColumnError
        If no column holds texts, or names files or addresses.
    """
    table, stated = source.table, {}
    stripped = {name.strip(): name for name in table.columns}
    for theirs, ours in columns.items():
        require_known(theirs.strip(), stripped, kind="column")
        require_known(ours, [*COLUMNS, *BESIDE, "file"], kind="framelens column")
        stated[stripped[theirs.strip()]] = ours
    table = table.rename(columns=stated)
    twice = [name for name, times in Counter(table.columns).items() if times > 1]
    if twice:
        raise InputError(
            f"{source.name}: more than one column would be called {listed(twice)}; "
            "rename or delete the others first"
        )
    notes = list(source.notes)
    if not source.given and len(table):
        guessed = _guessed(table)
        if guessed:
            said = ", ".join(f"{shown(a)} as {b}" for a, b in guessed.items())
            notes.append((source.name, f"columns are read as ours: {said}"))
        for theirs, ours in guessed.items():
            if ours in table.columns:  # there, but blank
                table = table.drop(columns=ours)
            if ours == "text" and _key(theirs) in _names("summary"):
                notes.append(
                    (source.name, f"the texts are summaries ({shown(theirs)})")
                )
        table = table.rename(columns=guessed)
    if not {"text", "file", "url"} & set(table.columns):
        raise ColumnError(
            f"{source.name} has no column 'text' (or 'file', naming text files), and "
            f"no column of long texts; it has {listed(list(stripped)) or 'none'}. "
            f"{_how_to_map(stripped)}"
        )
    table = _completed(table, source.name, notes)
    return dataclasses.replace(source, table=table, notes=notes)


def _how_to_map(names: Iterable[str]) -> str:
    """Say how a column becomes the text; where there are headlines, those."""
    titles = [name for name in names if _key(name) in ("title", *_names("title"))]
    theirs = titles[0] if titles else "your text"
    which = " to compare headlines alone" if titles else ""
    return (
        f"Map names with columns={{{theirs!r}: 'text'}}{which}, or on the command line "
        f"with --columns '{theirs}=text'"
    )


@cache
def _names(ours: str) -> tuple[str, ...]:
    return tuple(read_list("columns")[ours].split())


@cache
def _languages() -> dict[str, str]:
    codes = read_list("columns")["languages"]
    return {name: code for code, names in codes.items() for name in names.split()}


def _key(name: str) -> str:
    """Give a name without case, accents, blanks and signs."""
    plain = unicodedata.normalize("NFKD", str(name)).casefold()
    return re.sub(r"[^a-z0-9]", "", plain)


def _guessed(table: pd.DataFrame) -> dict[str, str]:
    """Find the columns that are ours under another name."""
    head = table.head(_LOOKED_AT)
    keys: dict[str, list[str]] = {}
    for name in table.columns:
        keys.setdefault(_key(name), []).append(name)
    taken: set[str] = set()
    found: dict[str, str] = {}
    text = "text" if _filled(head, "text") else _text_column(head, keys)
    if text and text != "text":
        found[text] = "text"
    taken.add(text or "")
    for ours in (*(name for name in COLUMNS if name != "text"), *BESIDE):
        if ours in table.columns and ours not in taken and _filled(head, ours):
            continue
        named = [name for key in _names(ours) for name in keys.get(key, [])]
        fits = [
            n for n in named if n not in taken and n != ours and _fits(head[n], ours)
        ]
        if fits:
            found[fits[0]] = ours
            taken.add(fits[0])
    return found


def _filled(head: pd.DataFrame, name: str) -> bool:
    return name in head.columns and any(map(as_text, each(head[name])))


def _text_column(head: pd.DataFrame, keys: dict[str, list[str]]) -> str | None:
    """Choose the column that holds the texts: filled in most rows, then by its name."""
    if "file" in head.columns:
        return None
    sizes = {name: _sizes(head[name]) for name in head.columns}
    named = [
        name
        for key in (*_names("text"), *_names("summary"))
        for name in keys.get(key, [])
        if sizes[name][0]
        and (key not in ("article", "story") or sizes[name][1] >= _LONG)
    ]
    full = [name for name in named if sizes[name][0] >= 0.9 * len(head)]
    if named:
        return full[0] if full else max(named, key=lambda name: sizes[name][0])
    long = [
        name
        for name, (_, mean) in sizes.items()
        if mean >= _LONG and head[name].astype(str).str.contains(" ").mean() > _MOSTLY
    ]
    return max(long, key=lambda name: sizes[name], default=None)


def _sizes(cells: pd.Series[str]) -> tuple[int, float]:
    """Count the cells that are not blank, and the characters of one on average."""
    lengths = [len(one) for one in each(cells) if isinstance(one, str) and one.strip()]
    return len(lengths), sum(lengths) / len(lengths) if lengths else 0.0


def _fits(cells: pd.Series[str], ours: str) -> bool:
    """Whether a column can be what its name says."""
    values = [text for text in map(as_text, cells.tolist()) if text]
    if not values:
        return False
    if ours == "article":
        short = max(map(len, values)) <= _LONG
        return short and len(values) == len(cells) == len(set(values))
    if ours == "outlet":
        many = len(values) > 20 and len(set(values)) == len(values)
        return not many and max(map(len, values)) <= _LONG and not _no_domain(cells)
    return ours != "url" or any("." in value for value in values)


def _no_domain(cells: pd.Series[str]) -> bool:
    """Whether a column called *domain* or *site* holds but one mark that is none."""
    domain = _key(str(cells.name)) in ("domain", "sourcedomain")
    return domain and not any("." in str(cell) for cell in cells)


def _completed(table: pd.DataFrame, name: str, notes: list[Remark]) -> pd.DataFrame:
    """Take outlets and genres from where they are stated; put languages in codes."""
    if "language" in table.columns:
        table = table.assign(language=list(map(_language, table["language"])))
    if "url" in table.columns:
        urls = table["url"].tolist()
        live = [isinstance(url, str) and bool(_LIVE.match(url)) for url in urls]
        if any(live):
            safe = [None if one else url for url, one in zip(urls, live, strict=True)]
            table = table.assign(url=pd.Series(safe, index=table.index, dtype=object))
            notes.append((name, f"{sum(live):,} addresses would run code: left out"))
    if "outlet" not in table.columns and "url" in table.columns:
        hosts = [_host(cell) for cell in table["url"]]
        if any(hosts):
            table = table.assign(
                outlet=pd.Series(hosts, index=table.index, dtype=object)
            )
            notes.append((name, "outlets are taken from the addresses"))
    table, genres = with_genres(table)
    if genres:
        where = [f"{number:,} by {WHERE[column]}" for column, number in genres.items()]
        notes.append((name, f"genres not given are those stated: {', '.join(where)}"))
    return table


def _language(cell: Any) -> Any:
    """Give the code of a language that is named, in whatever language."""
    if not isinstance(cell, str):
        return None if is_missing(cell) else cell
    words = (_key(word) for word in re.split(r"[\s;,/]+", cell))
    return next((_languages()[word] for word in words if word in _languages()), cell)


def _host(cell: object) -> str | None:
    try:
        host = urlsplit(cell).hostname if isinstance(cell, str) else None
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None
