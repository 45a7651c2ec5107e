"""The analyst's table of actors: who is meant by which name, and whose they are."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from framelens._checks import ColumnError, InputError
from framelens.read.cells import as_text
from framelens.read.source import listed, shown
from framelens.read.tables import from_frame, read_table

ACTOR_COLUMNS = ["alias", "actor", "affiliation", "role"]
"""The columns of a table of actors."""

_ARTICLE = re.compile(r"(?:the|an?)\s+", re.I)


def read_actors(source: pd.DataFrame | str | Path) -> pd.DataFrame:
    """Read a table of actors, which wins over what the software finds.

    Parameters
    ----------
    source : DataFrame or path
        A table in CSV, JSON Lines or Parquet with ``alias`` (a name or description
        as articles print it, with or without *the*),
        ``actor`` (who is meant; blank if the alias is nobody), ``affiliation``
        (state or body; blank if not known) and ``role``. Other columns are left out.

    Returns
    -------
    DataFrame
        ``alias, actor, affiliation, role``, each text or missing.

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
    >>> read_actors(table)
             alias     actor affiliation  role
    0  the premier  Jane Doe    Atlantis  None
    """
    if isinstance(source, pd.DataFrame):
        found = from_frame(source, name="the table of actors")
    else:
        path = Path(source)
        if not path.is_file():
            raise InputError(f"no table of actors at {shown(path)}; check the path")
        found = read_table(path)
    missing = [name for name in ACTOR_COLUMNS if name not in found.table.columns]
    if missing:
        present = [str(name) for name in found.table.columns]
        raise ColumnError(
            f"{found.name} lacks {listed(missing)}; a table of actors has "
            f"{listed(ACTOR_COLUMNS)}, this one has {listed(present) or 'no columns'}"
        )
    table = pd.DataFrame(
        {
            name: pd.Series([_cell(one) for one in found.table[name]], dtype=object)
            for name in ACTOR_COLUMNS
        }
    )
    _check(table, found.places, found.name)
    return table.drop_duplicates(ignore_index=True)


def alias_key(alias: str) -> str:
    """Give the form under which aliases are compared."""
    words = " ".join(alias.replace("’", "'").split()).casefold()
    return _ARTICLE.sub("", words, count=1) if _ARTICLE.match(words) else words


def _cell(value: object) -> str | None:
    text = as_text(value)
    return text.strip() or None if text is not None else None


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
