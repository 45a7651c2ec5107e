"""What the analyst states in tables: whom names mean, and what articles report."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from framelens._checks import ColumnError, InputError
from framelens.read.cells import as_text
from framelens.read.source import listed, shown
from framelens.read.tables import from_frame, read_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from framelens.read.source import Source

ACTOR_COLUMNS = ["alias", "actor", "affiliation", "role"]
"""The columns that a table of actors must have."""

MORE_ACTOR_COLUMNS = ["kind", "source_type"]
"""Columns that it may have: what the actor is, and what type of source."""

_ARTICLE = re.compile(r"(?:the|an?)\s+", re.I)


def read_actors(source: pd.DataFrame | str | Path) -> pd.DataFrame:
    """Read a table of actors, which wins over what the software finds.

    Parameters
    ----------
    source : DataFrame or path
        A table in CSV, JSON Lines or Parquet with ``alias`` (a name or description
        as articles print it, with or without *the*),
        ``actor`` (who is meant; blank if the alias is nobody), ``affiliation``
        (state or body; blank if not known) and ``role``; also ``kind`` and
        ``source_type``, if you know them. Other columns are left out.

    Returns
    -------
    DataFrame
        ``alias, actor, affiliation, role, kind, source_type``, text or missing.

    Raises
    ------
    ColumnError
        If a column is absent.
    InputError
        If the file cannot be read, an alias is blank, or one alias stands for two
        actors.

    Examples
    --------
    >>> table = pd.DataFrame({"alias": ["the premier"], "actor": ["Jane Doe"],
    ...                       "affiliation": ["Atlantis"], "role": [""]})
    >>> read_actors(table)[["alias", "actor", "affiliation", "role"]]
             alias     actor affiliation  role
    0  the premier  Jane Doe    Atlantis  None
    """
    found = read_stated(source, ACTOR_COLUMNS, of="actors", more=MORE_ACTOR_COLUMNS)
    _check(found.table, found.places, found.name)
    return found.table.drop_duplicates(ignore_index=True)


def alias_key(alias: str) -> str:
    """Give the form under which aliases are compared."""
    words = " ".join(alias.replace("’", "'").split()).casefold()
    return _ARTICLE.sub("", words, count=1) if _ARTICLE.match(words) else words


def with_column(
    articles: pd.DataFrame, column: str, source: pd.DataFrame | str | Path
) -> pd.DataFrame:
    """Fill the events or genres of articles; those not named there keep theirs.

    `source` has ``article`` and the column, or is a file of it; a blank is not known.
    """
    found = read_stated(source, ["article", column], of=f"{column}s")
    given: dict[str, str | None] = {}
    rows = found.table.itertuples(index=False, name=None)
    for (name, value), place in zip(rows, found.places, strict=True):
        if name is None:
            raise InputError(f"{found.name}: the article is blank ({place})")
        if name in given:
            raise InputError(
                f"{found.name}: the article {shown(name)!r} stands there twice "
                f"({place}); keep one row"
            )
        given[name] = value
    known = dict(zip(articles["article"], articles[column], strict=True))
    unknown = [name for name in given if name not in known]
    if unknown:
        raise InputError(
            f"the table of {column}s names articles that are not there: "
            f"{listed(unknown)}; leave out their rows, or give these articles too"
        )
    filled = [given.get(name, value) for name, value in known.items()]
    values = pd.Series(filled, index=articles.index, dtype=object)
    return articles.assign(**{column: values})


def read_stated(
    source: pd.DataFrame | str | Path,
    columns: list[str],
    *,
    of: str,
    more: Sequence[str] = (),
) -> Source:
    """Read these columns of a table of actors or events: text, or None where blank."""
    if isinstance(source, pd.DataFrame):
        found = from_frame(source, name=f"the table of {of}")
    else:
        path = Path(source)
        if not path.is_file():
            raise InputError(f"no table of {of} at {shown(path)}; check the path")
        found = read_table(path)
    present = list(found.table.columns)
    missing = [name for name in columns if name not in present]
    if missing:
        raise ColumnError(
            f"{found.name} lacks {listed(missing)}; a table of {of} has "
            f"{listed(columns)}, this one has {listed(present) or 'no columns'}"
        )
    nothing = [None] * len(found.table)
    texts = {name: map(as_text, found.table[name]) for name in columns}
    texts |= {name: map(as_text, found.table.get(name, nothing)) for name in more}
    cells = {
        name: pd.Series([text and text.strip() for text in column], dtype=object)
        for name, column in texts.items()
    }
    return replace(found, table=pd.DataFrame(cells))


def _check(table: pd.DataFrame, places: list[str], of: str) -> None:
    """Raise `InputError` at the first row that cannot be used."""
    seen: dict[str, tuple[str | None, str]] = {}
    rows = zip(table["alias"].tolist(), table["actor"].tolist(), places, strict=True)
    for alias, actor, place in rows:
        if alias is None or not alias_key(alias):
            raise InputError(
                f"{of}: the alias is blank ({place}); give the name as printed"
            )
        earlier, where = seen.setdefault(alias_key(alias), (actor, place))
        if earlier != actor:
            raise InputError(
                f"{of}: the alias {shown(alias)!r} stands for two actors, "
                f"{shown(earlier or '(blank)')!r} ({where}) and "
                f"{shown(actor or '(blank)')!r} ({place}); keep one"
            )
