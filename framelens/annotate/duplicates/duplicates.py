"""Duplicates: copies, versions and wire copy, and comparisons without them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from framelens._checks import InputError, require_columns, require_known
from framelens.annotate.duplicates.agencies import agency_named, is_agency
from framelens.annotate.passages.folded_words import folded_words, with_texts_held
from framelens.annotate.passages.overlaps import overlaps, pairs_within
from framelens.annotate.passages.passages import Rules, find_passages, furniture_words
from framelens.annotate.word_codes import Words
from framelens.read import articles_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import numpy.typing as npt

    from framelens.annotate.duplicates.agencies import Named

    Whole = npt.NDArray[np.int64]

LEAST = 0.5
"""Of an article's words: so many must stand in the first article, or the reverse."""

SEVERAL = 3
"""Outlets. The same text in so many is wire copy, also where no agency is named."""

EVERY = 50
"""Articles. In a passage that more share, not every pair of them is looked at."""

RULES = Rules(fewest=10)
"""What is boilerplate here: an outlet may well print five versions of one article."""

FIRST, COPY, VERSION, WIRE, NEAR = KINDS = (
    "first", "exact copy", "version", "wire copy", "near-duplicate",
)  # fmt: skip
"""What an article may be."""

KEEP = ("first", "none", "all")
"""Choices of `without_duplicates`."""

DUPLICATE_COLUMNS = [
    "group", "article", "outlet", "date", "kind", "wire", "first", "shared_words",
    "share", "first_share", "longest", "agency", "agency_place", "agency_start",
    "agency_end",
]  # fmt: skip
"""What `duplicates` gives."""


def duplicates(
    articles: pd.DataFrame | str | Path, *, least: float = LEAST
) -> pd.DataFrame:
    """Find articles that are largely the same text, and what news agencies wrote.

    Parameters
    ----------
    articles : DataFrame or path
        ``article, text``, and ``outlet`` and ``date`` where they are known.
    least : float, default 0.5
        Above 0 and at most 1. Two articles belong together if at least this share of
        the words of one of them stands in the other, in passages of 8 words or more;
        furniture and boilerplate are no part of it (`framelens.measure.reuse`).

    Returns
    -------
    DataFrame
        One row per article that belongs together with another, or names an agency as
        its author: ``group`` (d1, d2...), ``article, outlet, date``, ``kind``,
        ``wire`` (whether the group is wire copy), ``first`` (the first article of the
        group), ``shared_words`` (of this article, that stand in the first one),
        ``share, first_share`` (the shared words of each among its own, in [0, 1]),
        ``longest`` (words of their longest passage), ``agency, agency_place``
        (dateline, byline or ending), ``agency_start, agency_end`` (where it is
        named). Shares are missing for the first article.

    Raises
    ------
    InputError
        If `least` is out of range.

    Notes
    -----
    The first is the one with the earliest date; articles without a date come after
    those with one, and otherwise the order of the table decides. Every other article
    of a group belongs together with the first one directly. Its kind is ``exact copy``
    (the same words in the same order, capitals and punctuation apart), else
    ``version`` (of the same stated outlet), else ``wire copy`` (if an article of the
    group names an agency as its author, or the group has 3 stated outlets), else
    ``near-duplicate``. An article that names an agency and has no copy here is
    ``wire copy`` in a group of its own. An outlet that is the agency has no wire copy.
    In a passage of more than 50 articles each is held against the first and the one
    before it only. Agencies are those of `framelens.annotate.duplicates.agencies`,
    in English.

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
    table = with_texts_held(articles)
    words = folded_words(table["text"])
    rank = _by_date(table["date"].tolist())
    same = _same_words(words, rank)
    alike = _alike(table, words, same, least)
    sizes = np.diff(words.edges).tolist()
    del words
    agencies = _agencies(table)
    groups = _grouped(rank, same, alike, agencies)
    return _listed(table, groups, same, sizes, agencies)


@dataclass(frozen=True, eq=False)
class WithoutDuplicates:
    """Articles among which a syndicated text counts once, or not at all.

    Attributes
    ----------
    articles : DataFrame
        Those that are kept, as they were given.
    dropped : DataFrame
        ``article, kind, first`` of those that are not.
    sentence : str
        The choice, for a caption.
    """

    articles: pd.DataFrame = field(repr=False)
    dropped: pd.DataFrame = field(repr=False)
    sentence: str


def without_duplicates(
    articles: pd.DataFrame | str | Path,
    duplicates: pd.DataFrame,
    *,
    keep: str = "first",
) -> WithoutDuplicates:
    """Choose what becomes of duplicates in a comparison, and say so.

    Parameters
    ----------
    articles : DataFrame or path
    duplicates : DataFrame
        As `duplicates` gives it, also with rows taken out or corrected:
        ``group, article, outlet, kind, wire, first``.
    keep : {"first", "none", "all"}, default "first"
        "first" keeps the first article of each group. "none" leaves out every text
        that is wire copy or stands in more than one outlet, and keeps the first of
        several versions that only one outlet has. "all" keeps everything.

    Returns
    -------
    WithoutDuplicates

    Raises
    ------
    UnknownNameError
        If there is no such choice.
    ColumnError
        If `duplicates` lacks a column.

    Examples
    --------
    >>> articles = pd.DataFrame({"article": ["a", "b"], "text": ["One.", "One."]})
    >>> kept = without_duplicates(articles, duplicates(articles))
    >>> kept.articles["article"].tolist(), kept.sentence
    (['a'], 'A text that stands in several articles counts once, in the article of the
    earliest date: 1 of 2 articles left out.')
    """
    require_known(keep, KEEP, kind="choice")
    needed = ["group", "article", "outlet", "kind", "wire", "first"]
    require_columns(duplicates, needed, of="duplicates")
    table = articles_of(articles)
    gone = duplicates["article"] != duplicates["first"]
    if keep == "none":
        groups = duplicates.groupby("group")["outlet"]
        alone = (groups.transform("nunique") == 1) & groups.transform("count").eq(
            groups.transform("size")
        )
        gone |= duplicates["wire"].astype(bool) | ~alone
    if keep == "all":
        gone = gone & False
    names = duplicates["article"][gone]
    left = table["article"].isin(names)
    dropped = duplicates[gone & duplicates["article"].isin(table["article"])]
    kept = table[~left].reset_index(drop=True)
    return WithoutDuplicates(
        kept,
        dropped[["article", "kind", "first"]].reset_index(drop=True),
        _sentence(keep, int(left.sum()), len(table)),
    )


def _sentence(keep: str, left: int, of: int) -> str:
    if keep == "all":
        return "Copies, versions and wire copy each count as an article."
    told = {
        "first": (
            "A text that stands in several articles counts once, in the article of the "
            "earliest date"
        ),
        "none": (
            "Wire copy, and texts that more than one outlet printed, are left out; of "
            "several versions the first counts"
        ),
    }[keep]
    return f"{told}: {left:,} of {of:,} article{'s' * (of != 1)} left out."


class _Likeness(NamedTuple):
    """What an article has in common with an earlier one."""

    shared: int
    share: float
    first_share: float
    longest: int


def _by_date(dates: list[Any]) -> list[int]:
    """Give the place of each article in the order of dates."""
    missing = pd.isna(pd.Series(dates, dtype=object)).tolist()
    order = sorted(
        range(len(dates)), key=lambda row: (missing[row], dates[row] or "", row)
    )
    rank = [0] * len(dates)
    for place, row in enumerate(order):
        rank[row] = place
    return rank


def _same_words(words: Words, rank: list[int]) -> list[int]:
    """Give for each article the first one that has exactly its words."""
    first: dict[bytes, int] = {}
    found = list(range(len(rank)))
    edges = words.edges.tolist()
    for row in sorted(found, key=rank.__getitem__):
        if edges[row] < edges[row + 1]:
            key = words.code[edges[row] : edges[row + 1]].tobytes()
            found[row] = first.setdefault(key, row)
    return found


def _alike(
    articles: pd.DataFrame, words: Words, same: list[int], least: float
) -> dict[int, dict[int, _Likeness]]:
    """Give for pairs of articles, in both directions, what they have in common.

    Of articles with exactly the same words, only the first is looked at.
    """
    rows = np.flatnonzero(np.array(same, np.int64) == np.arange(len(same)))
    chosen = np.zeros(len(same), bool)
    chosen[rows] = True
    sizes = np.diff(words.edges)
    code = words.code[np.repeat(chosen, sizes)]
    edges = np.append(0, np.cumsum(sizes[rows]))
    part = articles.take(rows)
    passages = find_passages(
        Words(words.names, code, edges),
        part["outlet"].tolist(),
        RULES,
        furniture=furniture_words(part["text"]),
    )
    ordinary = passages.only(~passages.boilerplate)
    table = overlaps(ordinary, pairs_within(ordinary, every=EVERY))
    found: dict[int, dict[int, _Likeness]] = defaultdict(dict)
    columns = (table[name].to_numpy() for name in table.columns[:5])
    one, other, mine, theirs, longest = columns
    share, back = mine / ordinary.own[one], theirs / ordinary.own[other]
    for at in np.flatnonzero(np.maximum(share, back) >= least).tolist():
        a, b = int(rows[one[at]]), int(rows[other[at]])
        here, there = float(share[at]), float(back[at])
        found[a][b] = _Likeness(int(mine[at]), here, there, int(longest[at]))
        found[b][a] = _Likeness(int(theirs[at]), there, here, int(longest[at]))
    return found


def _agencies(articles: pd.DataFrame) -> dict[int, Named]:
    """Give the agency that each article names, unless it is its outlet."""
    columns = zip(articles["text"].tolist(), articles["outlet"].tolist(), strict=True)
    named = (
        (row, agency_named(text), outlet) for row, (text, outlet) in enumerate(columns)
    )
    return {
        row: one
        for row, one, outlet in named
        if one and not is_agency(outlet, one.agency)
    }


def _grouped(
    rank: list[int],
    same: list[int],
    alike: dict[int, dict[int, _Likeness]],
    agencies: Iterable[int],
) -> dict[int, list[tuple[int, _Likeness | None]]]:
    """Give the members of each group by its first article, in the order of dates."""
    leader: dict[int, int] = {}
    groups: dict[int, list[tuple[int, _Likeness | None]]] = defaultdict(list)
    for row in sorted(range(len(rank)), key=rank.__getitem__):
        model = same[row]
        if model == row:
            before = (
                other for other in alike.get(row, ()) if leader.get(other) == other
            )
            leader[row] = min(before, key=rank.__getitem__, default=row)
        head = leader[model]
        groups[head].append((row, alike[model][head] if model != head else None))
    named = set(agencies)
    return {
        head: members
        for head, members in groups.items()
        if len(members) > 1 or head in named
    }


def _listed(
    articles: pd.DataFrame,
    groups: dict[int, list[tuple[int, _Likeness | None]]],
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
                likeness = _Likeness(sizes[row], 1.0, 1.0, sizes[row])
            kind = _kind(outlets[row], outlets[head], wire=wire)
            if same[row] == head:
                kind = COPY if row != head else FIRST if len(members) > 1 else WIRE
            rows.append(
                (
                    *(f"d{number}", names[row], outlets[row], dates[row], kind, wire),
                    *(names[head], *(likeness or [None] * 4)),
                    *agencies.get(row, [None] * 4),
                )
            )
    table = pd.DataFrame(rows, columns=DUPLICATE_COLUMNS, dtype=object)
    places = dict.fromkeys(("agency_start", "agency_end"), "Int64")
    figures = dict.fromkeys(("shared_words", "share", "first_share", "longest"), float)
    return table.astype({**figures, **places, "wire": bool})


def _kind(outlet: object, first: object, *, wire: bool) -> str:
    if isinstance(outlet, str) and outlet == first:
        return VERSION
    return WIRE if wire else NEAR
