"""Duplicates: copies, versions and wire copy, and comparisons without them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framelens._checks import InputError
from framelens._layers import Layer
from framelens.align.duplicates.agencies import KNOWN, agency_named, known_agencies
from framelens.align.duplicates.likeness import (
    Likeness,
    alike,
    grouped,
    same_words,
)
from framelens.align.passages.folded_words import folded_words, with_texts_held

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from framelens.align.duplicates.agencies import Agencies, Named
    from framelens.align.duplicates.likeness import Members

LEAST = 0.5
"""Of an article's words: so many must stand in the first article, or the reverse."""

SEVERAL = 3
"""Outlets. The same text in so many is wire copy, also where no agency is named."""

FIRST, COPY, VERSION, WIRE, NEAR = KINDS = (
    "first", "exact copy", "version", "wire copy", "near-duplicate",
)  # fmt: skip
"""What an article may be."""

DUPLICATE_COLUMNS = [
    "group", "article", "outlet", "date", "kind", "wire", "first", "first_by",
    "shared_words", "share", "first_share", "longest", "agency", "agency_place",
    "agency_start", "agency_end",
]  # fmt: skip
"""What `duplicates` gives."""

EARLIER, SAME, MISSING = FIRST_BY = ("earlier date", "same date", "date missing")
"""Why one article is called the first, and not the other."""


def duplicates(
    articles: pd.DataFrame | str | Path,
    *,
    least: float = LEAST,
    agencies: Iterable[str] | pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Find articles that are largely the same text, and what news agencies wrote.

    Parameters
    ----------
    articles : DataFrame or path
        ``article, text``, and ``outlet`` and ``date`` where they are known.
    least : float, default 0.5
        Above 0 and at most 1. Two articles belong together if at least this share of
        the words of one of them stands in the other, in passages of 8 words or more;
        furniture and boilerplate are no part of it (`framelens.align.reuse`).
    agencies : list of str or DataFrame, optional
        News agencies besides those that are known: their names as articles print
        them, or a table with ``agency`` (what the agency is called in the result) and
        ``written`` (one row for each way in which it is printed).

    Returns
    -------
    DataFrame
        One row per article that belongs together with another, or names an agency as
        its author: ``group`` (d1, d2...), ``article, outlet, date``, ``kind``,
        ``wire`` (whether the group is wire copy), ``first`` (the first article of the
        group), ``first_by`` (whether that one has an earlier date, the same date, or
        one of the two dates is missing, so that the direction is not known),
        ``shared_words`` (of this article, that stand in the first one),
        ``share, first_share`` (the shared words of each among its own, in [0, 1]),
        ``longest`` (words of their longest passage), ``agency, agency_place``
        (dateline, byline or ending), ``agency_start, agency_end`` (where it is
        named). ``first_by`` and shares are missing for the first article.

    Raises
    ------
    InputError
        If `least` is out of range, or `agencies` holds something that is no name.
    ColumnError
        If `agencies` is a table that lacks a column.

    Notes
    -----
    The first is the one with the earliest date; articles without a date come after
    those with one, and of several with the same date the one whose ``article`` is the
    first in the alphabet: the order of the table changes nothing. Which of two
    articles of one day was printed first is not known, nor is it where a date is
    missing: there "first" and "copy" say which is held against which, and no more.
    Every other article of a group
    belongs together with the first one directly. Its kind is ``exact copy`` (the same
    words in the same order, capitals and punctuation apart), else ``version`` (of the
    same stated outlet), else ``wire copy`` (if an article of the group names an agency
    as its author, or the group has 3 stated outlets), else ``near-duplicate``. An
    article that names an agency and has no copy here is ``wire copy`` in a group of
    its own. An outlet that is the agency has no wire copy. In a passage of more than
    50 articles each is held against the first and the one before it only. Agencies
    are those of `framelens.align.duplicates.agencies`, as they are written in
    English, and those that you give.

    Examples
    --------
    >>> told = "The old dam above Reddin broke on Monday and flooded two villages"
    >>> articles = pd.DataFrame({"article": ["a", "b", "c"],
    ...     "outlet": ["Daily", "Herald", "Post"],
    ...     "date": ["2031-05-02", "2031-05-01", "2031-05-01"],
    ...     "text": [f"REDDIN (AP) – {told}.", f"{told}, it is said.", "It rained."]})
    >>> found = duplicates(articles)
    >>> found[["group", "article", "kind", "first", "shared_words", "agency"]]
      group article       kind first  shared_words agency
    0    d1       b      first     b           NaN   None
    1    d1       a  wire copy     b          12.0     AP
    """
    number = isinstance(least, int | float) and not isinstance(least, bool)
    if not number or not 0 < least <= 1:
        raise InputError(
            "least is a share of words, above 0 and at most 1, as 0.5; found "
            f"{least!r}."
        )
    known = KNOWN if agencies is None else known_agencies(agencies)
    table = _by_date(with_texts_held(articles))
    words = folded_words(table["text"])
    same = same_words(words)
    likes = alike(table, words, same, least)
    sizes = np.diff(words.edges).tolist()
    del words
    named = _named(table, known)
    return _listed(table, grouped(same, likes, named), same, sizes, named)


def _by_date(articles: pd.DataFrame) -> pd.DataFrame:
    """Put the earliest in front, those without a date last; ids decide the rest."""
    keys = articles[["date", "article"]].reset_index(drop=True)
    order = keys.sort_values(["date", "article"], na_position="last").index
    if order.is_monotonic_increasing:
        return articles
    return articles.take(order.to_numpy()).reset_index(drop=True)


def _named(articles: pd.DataFrame, known: Agencies) -> dict[int, Named]:
    """Give the agency that each article names, unless it is its outlet."""
    columns = zip(articles["text"].tolist(), articles["outlet"].tolist(), strict=True)
    named = (
        (row, agency_named(text, known), outlet)
        for row, (text, outlet) in enumerate(columns)
    )
    return {
        row: one
        for row, one, outlet in named
        if one and not known.is_agency(outlet, one.agency)
    }


def _listed(
    articles: pd.DataFrame,
    groups: dict[int, Members],
    same: list[int],
    sizes: list[int],
    agencies: dict[int, Named],
) -> pd.DataFrame:
    """Give the table, in the order of the first articles."""
    names, outlets = articles["article"].tolist(), articles["outlet"].tolist()
    dates = articles["date"].tolist()
    rows = []
    for number, head in enumerate(sorted(groups), start=1):
        members = groups[head]
        stated = {outlets[row] for row, _ in members if isinstance(outlets[row], str)}
        wire = len(stated) >= SEVERAL or any(row in agencies for row, _ in members)
        for row, likeness in members:
            if likeness is None and row != head:
                likeness = Likeness(sizes[row], 1.0, 1.0, sizes[row])
            kind = _kind(outlets[row], outlets[head], wire=wire)
            if same[row] == head:
                kind = COPY if row != head else FIRST if len(members) > 1 else WIRE
            rows.append(
                (
                    *(f"d{number}", names[row], outlets[row], dates[row], kind, wire),
                    *(names[head], _first_by(dates, head, row)),
                    *(likeness or [None] * 4),
                    *agencies.get(row, [None] * 4),
                )
            )
    table = pd.DataFrame(rows, columns=DUPLICATE_COLUMNS, dtype=object)
    places = dict.fromkeys(("agency_start", "agency_end"), "Int64")
    figures = dict.fromkeys(("shared_words", "share", "first_share", "longest"), float)
    return table.astype({**figures, **places, "wire": bool})


def _first_by(dates: list[object], head: int, row: int) -> str | None:
    if row == head:
        return None
    if not all(isinstance(dates[one], str) for one in (head, row)):
        return MISSING
    return SAME if dates[head] == dates[row] else EARLIER


def _kind(outlet: object, first: object, *, wire: bool) -> str:
    if isinstance(outlet, str) and outlet == first:
        return VERSION
    return WIRE if wire else NEAR


DUPLICATES = Layer("duplicates", tuple(DUPLICATE_COLUMNS), duplicates, whole=True)
