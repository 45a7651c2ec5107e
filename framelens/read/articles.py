"""Articles: one table out of whatever the analyst has, and what was dropped."""

from __future__ import annotations

import dataclasses
import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from framelens._checks import InputError, require_known
from framelens.read.admission import admit, reading_of
from framelens.read.cells import check_date_format
from framelens.read.folders import read_folder, read_one, with_files
from framelens.read.reading import (
    COLUMNS,
    Reading,
    ordered,
    require,
    require_unique,
    warn_of_drops,
    with_keys,
)
from framelens.read.source import Source, listed, shown
from framelens.read.tables import from_frame, read_table
from framelens.read.texts import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Mapping


def read_articles(
    source: str | os.PathLike[str] | pd.DataFrame,
    *,
    columns: Mapping[str, str] | None = None,
    max_bytes: int = MAX_BYTES,
    date_format: str | None = None,
) -> Reading:
    """Read articles from a folder, a table or a DataFrame, and account for them.

    Texts are decoded as UTF-8 and never altered: line ends stay, and only a byte
    order mark is taken off, and told. Nothing is guessed: what the source does not
    give (an outlet, a date, a language) stays missing.

    Parameters
    ----------
    source : path or DataFrame
        A folder of .txt files, or one of them (each an article, its name without
        the suffix the identifier); a table
        in .csv, .jsonl or .parquet with the columns ``article`` and ``text``; such
        a table whose column ``file`` names text files beside it or in a folder
        ``articles`` beside it, where a table without ``article`` takes the names
        of the files, as a folder does; or a DataFrame.
    columns : mapping of str to str, optional
        The source's own column names and what they are called here, such as
        ``{"body": "text"}``.
    max_bytes : int, default 10,000,000
        Longer texts, in bytes of UTF-8, are dropped.
    date_format : str, optional
        How dates are written, in the codes of `datetime.strptime`:
        ``"%d/%m/%Y"`` for 20/10/2022, ``"%B %d, %Y"`` for October 20, 2022.
        YYYY-MM-DD, with or without a time, is read in any case. A date in another
        form counts as missing, and is noted.

    Returns
    -------
    Reading
        The articles, what was dropped and why, and an account in a few lines.

    Raises
    ------
    ColumnError
        If there is neither ``text`` nor ``file``, or no column ``article`` beside
        ``text``.
    UnknownNameError
        If `columns` names a column that does not exist.
    InputError
        If the source is missing, is not what its suffix says or not UTF-8, if two
        articles share an identifier, if no article is left, or if `date_format`
        does not tell year, month and day.

    Examples
    --------
    >>> table = pd.DataFrame({"id": [7, 8], "outlet": ["Daily", "Herald"],
    ...                       "body": ["Bread is dear.", " "]})
    >>> print(read_articles(table, columns={"id": "article", "body": "text"}).account)
    1 article kept from the DataFrame; 1 dropped.
    Dropped: row 2: the text is empty.
    Outlets (1): Daily 1.
    Events: none given.
    Dates: none given.
    Languages: none given.
    Genres: none given.
    """
    if date_format is not None:
        check_date_format(date_format)
    found = _found(source, max_bytes)
    table = _renamed(found.table, columns or {}, of=found.name)
    found = dataclasses.replace(found, table=table)
    names = list(table.columns)
    if not found.places and not found.dropped:
        raise InputError(f"{found.name} has no rows: there is no article in it")
    if "text" not in names and "file" in names and found.folder is not None:
        found = with_files(found, found.folder, max_bytes=max_bytes)
    else:
        require(names, ["article", "text"], of=found.name)
    return admit(found, max_bytes=max_bytes, date_format=date_format)


def articles_of(
    articles: Reading | pd.DataFrame | str | os.PathLike[str],
) -> pd.DataFrame:
    """Give a later step its table of articles: checked, complete, and a copy.

    Parameters
    ----------
    articles : DataFrame, Reading or path
        A table with ``article`` and ``text``; or anything that `read_articles`
        takes.

    Returns
    -------
    DataFrame
        The columns of the articles contract, those that were absent all missing,
        then the table's own; numbered from 0. A shallow copy.

    Raises
    ------
    ColumnError
        If ``article`` or ``text`` is absent.
    InputError
        If identifiers are missing or not unique, or a text is not a string.

    Warns
    -----
    UserWarning
        If articles of a path were dropped.

    Examples
    --------
    >>> table = pd.DataFrame({"article": [1], "text": ["Bread is dear."]})
    >>> articles_of(table)[["article", "outlet", "text"]]
      article outlet            text
    0       1   None  Bread is dear.
    """
    if isinstance(articles, Reading):
        return articles.articles.copy(deep=False)
    if not isinstance(articles, pd.DataFrame):
        reading = read_articles(articles)
        warn_of_drops(reading, "read_articles(...).dropped lists them")
        return reading.articles
    found = from_frame(articles, name="the table of articles")
    require(list(found.table.columns), ["article", "text"], of=found.name)
    table = with_keys(found.table)
    if table["article"].isna().any():
        place = found.places[int(table["article"].isna().argmax())]
        raise InputError(f"{place} of the articles has no identifier in 'article'")
    require_unique(table["article"], found.places)
    if not all(isinstance(text, str) for text in table["text"]):
        raise InputError(
            "a text is missing or not a string; read_articles(table) drops and lists it"
        )
    return ordered(table)


def joined(readings: list[Reading]) -> Reading:
    """Put readings together in order; columns that a source lacks are missing there."""
    if len(readings) == 1:
        return readings[0]
    articles = pd.concat([one.articles for one in readings], ignore_index=True)
    for name in COLUMNS:
        values = articles[name].astype(object)
        articles[name] = values.where(values.notna(), None)
    require_unique(
        articles["article"],
        [one.source for one in readings for _ in range(len(one.articles))],
    )
    return reading_of(
        ordered(articles),
        [row for one in readings for row in one.dropped.itertuples(index=False)],
        [row for one in readings for row in one.remarks.itertuples(index=False)],
        source=listed([one.source for one in readings], limit=4),
    )


def _found(source: str | os.PathLike[str] | pd.DataFrame, max_bytes: int) -> Source:
    """Load what stands at `source`, under its own column names."""
    if isinstance(source, pd.DataFrame):
        return from_frame(source)
    if not isinstance(source, str | os.PathLike):
        raise InputError(
            f"articles come from a path or a DataFrame, not a {type(source).__name__}"
        )
    name = shown(os.fspath(source), limit=200)
    if not name.strip():
        raise InputError("the path of the articles is empty; name a folder or a table")
    try:
        path = Path(source).expanduser()
        if path.is_dir():
            return read_folder(path, max_bytes=max_bytes)
        if not path.exists():
            raise InputError(f"there is no file or folder {name}")
        if path.suffix.lower() == ".txt":
            return read_one(path, max_bytes=max_bytes)
        return read_table(path)
    except InputError:
        raise
    except OSError as fault:
        raise InputError(f"{name} cannot be read: {fault.strerror or fault}") from None
    except (ValueError, RuntimeError) as fault:  # a NUL byte; an unknown home
        raise InputError(f"{name} is no usable path: {fault}") from None


def _renamed(
    table: pd.DataFrame, columns: Mapping[str, str], *, of: str
) -> pd.DataFrame:
    """Give `table` our column names; every name in `columns` must be one."""
    for theirs, ours in columns.items():
        require_known(theirs, table.columns, kind="column")
        require_known(ours, [*COLUMNS, "file"], kind="framelens column")
    renamed = table.rename(columns=dict(columns))
    twice = [name for name, times in Counter(renamed.columns).items() if times > 1]
    if twice:
        raise InputError(
            f"{of}: more than one column would be called {listed(twice)}; rename or "
            "delete the others first"
        )
    return renamed
