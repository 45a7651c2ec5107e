"""Articles: one table out of whatever the analyst has, and what was dropped."""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pandas as pd

from framelens._checks import (
    ColumnError,
    FramelensError,
    InputError,
    require_columns,
    require_known,
)
from framelens.read.admission import admit
from framelens.read.aside import only
from framelens.read.columns import mapped
from framelens.read.dates import check_date_format
from framelens.read.files import sources_at, with_files
from framelens.read.reading import (
    Reading,
    ordered,
    require_unique,
    warn_of_drops,
    with_keys,
)
from framelens.read.repair import repaired
from framelens.read.source import Limits, Remark, Source, listed, shown
from framelens.read.tables import from_frame
from framelens.read.texts import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Readable = str | os.PathLike[str] | pd.DataFrame
"""What articles are read from."""


def read_articles(
    source: Readable | Iterable[Readable],
    *,
    columns: Mapping[str, str] | None = None,
    date_format: str | None = None,
    folders: Sequence[str] | None = None,
    repair: bool = False,
    max_bytes: int = MAX_BYTES,
    limits: Limits | None = None,
) -> Reading:
    """Read articles from files, folders, archives or DataFrames, and account for them.

    Tables: .csv, .tsv, .xlsx, .json, .jsonl, .parquet. Articles: .txt, .md, .html,
    .docx, .rtf, .pdf; feeds (.rss, .atom, .xml) and web archives (.warc). Exports of
    Nexis, Factiva, ProQuest and Europresse are split into their documents. Folders
    and .zip hold any mixture.

    Columns in usual spellings (*headline*, *publication*, *Full Text*) are found, rows
    without identifiers are numbered, and outlets come from addresses or folders where
    nothing else names them; the account says each. Nothing else is made up: what the
    source does not give stays missing. Texts in tables and text files are not altered,
    but for a byte order mark that is taken off; a file of a database, a page or a
    document gives its text without the layout. Files that are not UTF-8 are read in the
    encoding that a mark, the page or else their letters tell; the account says which.

    Parameters
    ----------
    source : path, DataFrame, or several
        A table may name text files beside it, or in a folder ``articles`` beside it,
        in a column ``file``. A table of addresses without texts takes them from the
        pages read with it.
    columns : mapping of str to str, optional
        The source's own column names and what they are called here, such as
        ``{"body": "text"}``; they win over what is found.
    date_format : str, optional
        How dates are written, in the codes of `datetime.strptime`, such as
        ``"%d/%m/%Y"``; YYYY-MM-DD is read in any case. Without it every usual form is
        read, and in a column of dates such as 03/04/2022 a day above 12 decides;
        where nothing does, they count as missing and the account asks.
    folders : sequence of str, optional
        What the names of folders are, from the outermost: ``("outlet", "event")``.
        Without it they are outlets where every file lies in one of several folders.
    repair : bool, default False
        Mend mojibake, HTML, hidden characters, ligatures, look-alikes and accents;
        `Reading.repairs` keeps the texts as they came.
    max_bytes : int, default 10,000,000
        Longer texts, in bytes of UTF-8, are dropped.
    limits : Limits, optional
        How much a file or archive may hold.

    Returns
    -------
    Reading
        The articles, what was dropped and why, and an account in a few lines.

    Raises
    ------
    ColumnError
        If a table has no texts, names no files and no addresses of pages given too.
    UnknownNameError
        If `columns` names a column that does not exist.
    InputError
        If a source is missing, is not what its suffix says, no text or larger than the
        limits, if two articles share an identifier, if no article is left, or if
        `date_format` does not tell year, month and day.

    Examples
    --------
    >>> table = pd.DataFrame({"id": [7, 8], "outlet": ["Daily", "Herald"],
    ...                       "body": ["Bread is dear.", " "]})
    >>> print(read_articles(table).account)
    1 article kept from the DataFrame; 1 dropped.
    Dropped: row 2: the text is empty.
    Outlets (1): Daily 1.
    Events: none given.
    Dates: none given.
    Languages: none given.
    Genres: none given.
    Words of an article: 3 to 3, median 3.
    Note: the DataFrame: columns are read as ours: body as text, id as article.
    Allows: no comparison, since there is one outlet: give articles of another.
    """
    if date_format is not None:
        check_date_format(date_format)
    single = isinstance(source, str | pd.DataFrame) or not hasattr(source, "__iter__")
    given: list[Any] = [source] if single else list(source)  # type: ignore[arg-type]
    if not given:
        raise InputError("there is no source to read; name a folder or a table")
    sources = [
        one
        for each in given
        for one in _found(each, limits=limits or Limits(), folders=folders)
    ]
    name = listed([_name_of(one) for one in given], limit=4)
    sources = _with_columns(sources, columns or {})
    sources = [
        with_files(one, one.folder, max_bytes=max_bytes)
        if one.folder and "file" in one.table and "text" not in one.table
        else one
        for one in sources
    ]
    sources = _with_texts(sources)
    reading = admit(sources, name=name, max_bytes=max_bytes, date_format=date_format)
    return repaired(reading) if repair else reading


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
    require_columns(found.table, ["article", "text"], of=found.name)
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


def _name_of(source: Readable) -> str:
    """Give what messages call a source."""
    if isinstance(source, pd.DataFrame):
        return "the DataFrame"
    path = Path(source)
    return f"{path.expanduser().resolve().name}/" if path.is_dir() else path.name


def _found(
    source: Readable, *, limits: Limits, folders: Sequence[str] | None
) -> list[Source]:
    """Load what stands at `source`, under its own column names."""
    if isinstance(source, pd.DataFrame):
        return [from_frame(source)]
    if not isinstance(source, str | os.PathLike):
        raise InputError(
            f"articles come from a path or a DataFrame, not a {type(source).__name__}"
        )
    name = shown(os.fspath(source), limit=200)
    if not name.strip():
        raise InputError("the path of the articles is empty; name a folder or a table")
    try:
        path = Path(source).expanduser()
        if not path.exists():
            raise InputError(f"there is no file or folder {name}")
        return sources_at(path, limits=limits, folders=folders)
    except FramelensError:
        raise
    except OSError as fault:
        raise InputError(f"{name} cannot be read: {fault.strerror or fault}") from None
    except (ValueError, RuntimeError) as fault:  # a NUL byte; an unknown home
        raise InputError(f"{name} is no usable path: {fault}") from None


def _with_columns(sources: list[Source], columns: Mapping[str, str]) -> list[Source]:
    """Give every source our names; a stated name must be a column of one of them."""
    there = {name.strip() for source in sources for name in source.table.columns}
    for theirs in columns:
        require_known(theirs.strip(), there, kind="column")
    named: list[Source] = []
    lost: list[Remark] = []
    for source in sources:
        own = {name.strip() for name in source.table.columns}
        fits = {name: ours for name, ours in columns.items() if name.strip() in own}
        if not source.places and not source.dropped:
            raise InputError(f"{source.name} has no rows: there is no article in it")
        try:
            named.append(mapped(source, fits))
        except ColumnError as fault:  # one table of several, such as a codebook
            lost.append((source.name, str(fault).removeprefix(f"{source.name} ")))
            if len(lost) == len(sources):
                raise
    if lost:
        first = named[0]
        named[0] = dataclasses.replace(first, dropped=[*lost, *first.dropped])
    return named


def _with_texts(sources: list[Source]) -> list[Source]:
    """Give tables of addresses the texts of the pages that were read with them."""
    have = [source for source in sources if "text" in source.table]
    lack = [source for source in sources if "text" not in source.table]
    if not lack:
        return sources
    if not have:
        first = lack[0]
        if "url" in first.table:
            raise ColumnError(
                f"{first.name} has addresses but no texts, for {len(first.table):,} "
                "articles; save the pages in a folder and read both together: "
                "read_corpus([table, folder])"
            )
        raise ColumnError(
            f"{first.name} names text files, which only a table that is a file can do; "
            "give a column 'text'"
        )
    pages = {
        address_of(url): text
        for source in have
        if "url" in source.table
        for url, text in zip(source.table["url"], source.table["text"], strict=True)
    }
    pages.pop(None, None)
    filled, used = [], set()
    for source in lack:
        urls = source.table.get("url", [None] * len(source.table))
        keys = [address_of(url) for url in urls]
        texts = pd.Series([pages.get(key) for key in keys], dtype=object)
        used |= {key for key in keys if key in pages}
        note = (
            f"{texts.notna().sum():,} of {len(texts):,} texts are from pages read too"
        )
        table, notes = (
            source.table.assign(text=texts),
            [*source.notes, (source.name, note)],
        )
        filled.append(dataclasses.replace(source, table=table, notes=notes))
    return [*filled, *(_without(source, used) for source in have)]


def _without(source: Source, used: set[str | None]) -> Source:
    """Leave out the pages whose texts were given to a table."""
    if "url" not in source.table:
        return source
    keep = [address_of(url) not in used for url in source.table["url"]]
    table = only(source.table, keep)
    places = [place for place, kept in zip(source.places, keep, strict=True) if kept]
    return dataclasses.replace(source, table=table, places=places)


def address_of(url: object) -> str | None:
    """Give an address without what differs between two ways of writing it."""
    try:
        parts = urlsplit(url.strip()) if isinstance(url, str) else None
    except ValueError:
        return None
    if parts is None:
        return None
    host = (parts.hostname or "").removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}?{parts.query}"
