"""Genres that an article's address, section, title or small print states."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import numpy as np
import pandas as pd

from framelens._lists import read_list
from framelens.read.aside import each
from framelens.read.source import listed, shown

if TYPE_CHECKING:
    from collections.abc import Iterable

WHERE = {
    "section": "the sections",
    "url": "the addresses",
    "title": "the titles",
    "text": "the small print",
}
"""Columns that may state a genre, as the account names them."""


UNLIKE = 0.3
"""By how much shares of comment must differ between outlets to be warned of."""


def stated_genre(column: str, cell: object) -> str | None:
    """Give the genre that one cell states; None where it states none.

    What an address or title does not state is no report for that.

    >>> stated_genre("url", "https://daily.example/opinion/2022/bread-is-dear")
    'comment'
    >>> stated_genre("title", "Editorial: Bread"), stated_genre("title", "Bread")
    ('editorial', None)
    """
    if not isinstance(cell, str):
        return None
    if column == "url":
        return _of_address(cell)
    if column == "section":
        return _folders().get(cell.strip().casefold())
    if column == "title":
        head = re.split(r"\s*[|:]", cell, maxsplit=1)[0]
        tail = cell.rpartition("|")[2]
        parts = [] if head == cell else [head, tail]
        found = (_titles().get(one.strip().casefold()) for one in parts)
        return next(filter(None, found), None)
    return "comment" if _disclaimer().search(cell) else None


def with_genres(table: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, int]]:
    """Fill genres that are not given but stated; say how many by which column."""
    genres = list(table["genre"]) if "genre" in table.columns else [None] * len(table)
    filled: dict[str, int] = {}
    for column in (name for name in WHERE if name in table.columns):
        for row, cell in enumerate(each(table[column])):
            if _missing(genres[row]) and (genre := stated_genre(column, cell)):
                genres[row] = genre
                filled[column] = filled.get(column, 0) + 1
    return (_with(table, genres) if filled else table), filled


def genre_table(articles: pd.DataFrame, guesses: pd.DataFrame) -> pd.DataFrame:
    """Give each article its genre, stated or guessed: ``article, genre, by, ...``."""
    by_article = guesses.set_index("article").reindex(articles["article"])
    stated = ~articles["genre"].map(_missing).to_numpy(dtype=bool)
    guessed = by_article["reads_like"].to_numpy(dtype=object)
    by = np.where(stated, "stated", "wording").astype(object)
    by[~stated & pd.isna(guessed)] = None
    genre = np.where(stated, articles["genre"].to_numpy(dtype=object), guessed)
    return pd.DataFrame(
        {
            "article": articles["article"].to_numpy(dtype=object),
            "genre": pd.Series(genre, dtype=object).where(pd.notna(genre), None),
            "by": pd.Series(by, dtype=object),
            "comment": by_article["comment"].to_numpy(dtype=float),
        }
    )


def unlike_genres(articles: pd.DataFrame, genres: pd.DataFrame) -> tuple[str, ...]:
    """Say where outlets seem to differ in genre, and it is not stated for all."""
    table = genres.assign(outlet=articles["outlet"].to_numpy(dtype=object))
    table = table[table["outlet"].notna() & table["genre"].notna()]
    if not table["by"].eq("wording").any():
        return ()
    comment = table["genre"].isin(["comment", "editorial"])
    groups = comment.groupby(table["outlet"])
    shares = groups.mean()
    if len(shares) < 2 or shares.max() - shares.min() < UNLIKE:
        return ()
    each = [
        f"{number:,} of {size:,} of {shown(outlet)}"
        for outlet, number, size in zip(
            shares.index, groups.sum(), groups.size(), strict=True
        )
    ]
    measured = read_list("genre")["guess"]
    return (
        "Genre is not stated for every article. By their wording these read as "
        f"comment: {listed(each, limit=4)}. That is a guess (right for "
        f"{100 * measured['right'][0]:.0f} % on {measured['measured_on']}), and what "
        "differs may be due to genre. To compare within genres: "
        "corpus.correct(genres=corpus.genres).",
    )


def _with(table: pd.DataFrame, genres: Iterable[object]) -> pd.DataFrame:
    return table.assign(genre=pd.Series(genres, index=table.index, dtype=object))


def _missing(genre: object) -> bool:
    return not isinstance(genre, str) or not genre.strip()


def _of_address(url: str) -> str | None:
    """Look at the folders of an address and at the name before its domain."""
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname or ""
    except ValueError:
        return None
    names = [host.partition(".")[0], *parts.path.casefold().split("/")[:-1]]
    return next((_folders()[one] for one in names if one in _folders()), None)


@cache
def _folders() -> dict[str, str]:
    found = read_list("genre")["addresses"]
    return {name: genre for genre, names in found.items() for name in names.split()}


@cache
def _titles() -> dict[str, str]:
    found = read_list("genre")["titles"]
    return {name: genre for genre, names in found.items() for name in names}


@cache
def _disclaimer() -> re.Pattern[str]:
    return re.compile(read_list("genre")["disclaimer"]["comment"], re.I)
