"""Duplicates: copies, versions and wire copy, and comparisons without them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
import pandas as pd

from framelens._checks import require_columns, require_known, require_share
from framelens._layers import Layer
from framelens._wording import counted
from framelens.align.agencies import KNOWN, agency_named, known_agencies
from framelens.align.passages.passages import (
    Rules,
    find_passages,
    folded_words,
    furniture_of,
    overlaps,
    pairs_within,
)
from framelens.annotate.spans import rows_of
from framelens.annotate.word_codes import Words
from framelens.corpus import corpus_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterable
    from pathlib import Path

    from framelens.align.agencies import Agencies, Named
    from framelens.corpus import Corpus

    Alike = dict[int, dict[int, "Likeness"]]
    Members = list[tuple[int, "Likeness | None"]]

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

EVERY = 50
"""Articles. In a passage that more share, not every pair of them is looked at."""

RULES = Rules(fewest=10)
"""What is boilerplate here: an outlet may well print five versions of one article."""

KEEP = ("first", "none", "all")
"""Choices of `without_duplicates`."""

EARLIER, SAME, MISSING = FIRST_BY = ("earlier date", "same date", "date missing")
"""Why one article is called the first, and not the other."""


def duplicates(
    corpus: Corpus | pd.DataFrame | str | Path,
    *,
    least: float = LEAST,
    agencies: Iterable[str] | pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Find articles that are largely the same text, and what news agencies wrote.

    Parameters
    ----------
    corpus : Corpus, DataFrame or path
        ``corpus.duplicates`` has the same rows, in the order of the articles, of all
        that were read.
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
    missing: there "first" and "copy" say which is compared with which, and no more.
    Every other article of a group
    belongs together with the first one directly. Its kind is ``exact copy`` (the same
    words in the same order, capitals and punctuation apart), else ``version`` (of the
    same stated outlet), else ``wire copy`` (if an article of the group names an agency
    as its author, or the group has 3 stated outlets), else ``near-duplicate``. An
    article that names an agency and has no copy here is ``wire copy`` in a group of
    its own. An outlet that is the agency has no wire copy. In a passage of more than
    50 articles each is held against the first and the one before it only. Agencies
    are those of `framelens.align.agencies`, as they are written in
    English, and those that you give.

    Examples
    --------
    >>> news = "The old dam above Reddin broke on Monday and flooded two villages"
    >>> articles = pd.DataFrame({"article": ["a", "b", "c"],
    ...     "outlet": ["Daily", "Herald", "Post"],
    ...     "date": ["2031-05-02", "2031-05-01", "2031-05-01"],
    ...     "text": [f"REDDIN (AP) – {news}.", f"{news}, it is said.", "It rained."]})
    >>> table = duplicates(articles)
    >>> table[["group", "article", "kind", "first", "shared_words", "agency"]]
      group article       kind first  shared_words agency
    0    d1       b      first     b           NaN   None
    1    d1       a  wire copy     b          12.0     AP
    """
    require_share(least, name="least", of="words", such_as=0.5)
    known = KNOWN if agencies is None else known_agencies(agencies)
    corpus = _by_date(corpus_of(corpus))
    words = folded_words(corpus.articles["text"])
    same = _same_words(words)
    likes = _alike(corpus, words, same, least)
    sizes = np.diff(words.edges).tolist()
    named = _named(corpus.articles, known)
    groups = _grouped(same, likes, named)
    return _listed(corpus.articles, groups, same, sizes, named)


def _by_date(corpus: Corpus) -> Corpus:
    """Put the earliest in front, those without a date last; ids decide the rest."""
    articles = corpus.articles.sort_values(["date", "article"], na_position="last")
    return replace(corpus, articles=articles.reset_index(drop=True))


def _named(articles: pd.DataFrame, known: Agencies) -> dict[int, Named]:
    """Give the agency that each article names, unless it is its outlet."""
    named = (
        (row, agency_named(text, known), outlet)
        for row, (text, outlet) in enumerate(rows_of(articles, "text", "outlet"))
    )
    return {
        row: one
        for row, one, outlet in named
        if one and not known.is_agency(outlet, one.agency)
    }


class Likeness(NamedTuple):
    """What an article has in common with an earlier one."""

    shared: int
    share: float
    first_share: float
    longest: int


def _same_words(words: Words) -> list[int]:
    """Give for each article the first one that has exactly its words."""
    first: dict[bytes, int] = {}
    edges = words.edges.tolist()
    model = list(range(len(edges) - 1))
    for row in model:
        if edges[row] < edges[row + 1]:
            key = words.code[edges[row] : edges[row + 1]].tobytes()
            model[row] = first.setdefault(key, row)
    return model


def _alike(corpus: Corpus, words: Words, same: list[int], least: float) -> Alike:
    """Give for pairs of articles, in both directions, what they have in common."""
    rows = np.flatnonzero(np.array(same, np.int64) == np.arange(len(same)))
    chosen = np.zeros(len(same), bool)
    chosen[rows] = True
    sizes = np.diff(words.edges)
    code = words.code[np.repeat(chosen, sizes)]
    edges = np.append(0, np.cumsum(sizes[rows]))
    part = replace(corpus, articles=corpus.articles.take(rows).reset_index(drop=True))
    passages = find_passages(
        Words(words.names, code, edges),
        part.articles["outlet"].tolist(),
        RULES,
        furniture=furniture_of(part),
    )
    ordinary = passages.only(~passages.boilerplate)
    table = overlaps(ordinary, pairs_within(ordinary, every=EVERY))
    likes: Alike = defaultdict(dict)
    columns = (table[name].to_numpy() for name in table.columns[:5])
    one, other, mine, theirs, longest = columns
    share, back = mine / ordinary.own[one], theirs / ordinary.own[other]
    for at in np.flatnonzero(np.maximum(share, back) >= least).tolist():
        a, b = int(rows[one[at]]), int(rows[other[at]])
        here, there = float(share[at]), float(back[at])
        likes[a][b] = Likeness(int(mine[at]), here, there, int(longest[at]))
        likes[b][a] = Likeness(int(theirs[at]), there, here, int(longest[at]))
    return likes


def _grouped(
    same: list[int], likes: Alike, named: Container[int]
) -> dict[int, Members]:
    """Give the members of each group, by its first, with their likeness to it."""
    leader: dict[int, int] = {}
    groups: dict[int, Members] = defaultdict(list)
    for row, model in enumerate(same):
        if model == row:
            before = (
                other for other in likes.get(row, ()) if leader.get(other) == other
            )
            leader[row] = min(before, default=row)
        head = leader[model]
        groups[head].append((row, likes[model][head] if model != head else None))
    return {
        head: members
        for head, members in groups.items()
        if len(members) > 1 or head in named
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
            own = isinstance(outlets[row], str) and outlets[row] == outlets[head]
            kind = VERSION if own else WIRE if wire else NEAR
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
    """Say why one article is called the first, and not the other."""
    if row == head:
        return None
    if not all(isinstance(dates[at], str) for at in (head, row)):
        return MISSING
    return SAME if dates[head] == dates[row] else EARLIER


DUPLICATES = Layer("duplicates", tuple(DUPLICATE_COLUMNS), duplicates, whole=True)


@dataclass(frozen=True, eq=False)
class WithoutDuplicates:
    """A corpus in which a syndicated text counts once, or not at all.

    Attributes
    ----------
    corpus : Corpus
        The articles that stay.
    dropped : DataFrame
        ``article, kind, first`` of those that do not.
    sentence : str
        The choice, for a caption, and for how many articles it is not known whether
        the one that stays is the earlier one.
    """

    corpus: Corpus = field(repr=False)
    dropped: pd.DataFrame = field(repr=False)
    sentence: str

    @property
    def articles(self) -> pd.DataFrame:
        """The articles that stay."""
        return self.corpus.articles


def without_duplicates(
    corpus: Corpus | pd.DataFrame | str | Path,
    *,
    keep: Literal["first", "none", "all"] = "first",
    table: pd.DataFrame | None = None,
) -> WithoutDuplicates:
    """Choose what becomes of duplicates in a comparison, and say so.

    Parameters
    ----------
    corpus : Corpus, DataFrame or path
    keep : {"first", "none", "all"}, default "first"
        "first" keeps the first article of each group. "none" leaves out every text
        that is wire copy or stands in more than one outlet, and keeps the first of
        several versions that only one outlet has. "all" keeps everything.
    table : DataFrame, optional
        What `duplicates` gave with other settings, or with rows taken out or
        corrected; ``corpus.duplicates`` if not given.

    Returns
    -------
    WithoutDuplicates

    Raises
    ------
    UnknownNameError
        If there is no such choice.
    ColumnError
        If `table` lacks a column.

    Examples
    --------
    >>> articles = pd.DataFrame({"article": ["a", "b"], "text": ["One.", "One."]})
    >>> once = without_duplicates(articles)
    >>> once.articles["article"].tolist(), once.sentence
    (['a'], 'A text printed in several articles counts once, in the article of the
    earliest date: 1 of 2 articles left out. Which of two was first is not known for 1
    of them, for want of a date: the one that stays has a date, or else comes first in
    the alphabet.')
    """
    require_known(keep, KEEP, kind="choice")
    corpus = corpus_of(corpus)
    copies = corpus.duplicates if table is None else table
    needed = ["group", "article", "outlet", "kind", "wire", "first"]
    require_columns(copies, needed, of="the table of duplicates")
    articles = corpus.articles
    copies = _among(copies, articles)
    gone = copies["article"] != copies["first"]
    if keep == "none":
        outlets = copies.groupby("group")["outlet"]
        stated = outlets.transform("count").eq(outlets.transform("size"))
        gone |= copies["wire"].astype(bool) | ~(
            (outlets.transform("nunique") == 1) & stated
        )
    dropped = copies[gone & (keep != "all")]
    left = ~articles["article"].isin(dropped["article"])
    rest = replace(corpus, articles=articles[left].reset_index(drop=True))
    dated = set(articles["article"][articles["date"].notna()])
    known = dropped["article"].isin(dated) & dropped["first"].isin(dated)
    unknown = ~known & dropped["first"].isin(rest.articles["article"])
    return WithoutDuplicates(
        rest,
        dropped[["article", "kind", "first"]].reset_index(drop=True),
        _sentence(keep, len(dropped), len(articles), int(unknown.sum())),
    )


def _among(copies: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Keep the copies among these articles; where the first is not, the next is it."""
    copies = copies[copies["article"].isin(articles["article"])]
    ordered = articles.sort_values(["date", "article"], na_position="last")["article"]
    place = copies["article"].map(pd.Series(range(len(ordered)), index=ordered))
    groups = copies.loc[place.sort_values().index].groupby("group")
    there = copies["first"].isin(articles["article"])
    first = copies["first"].where(there, groups["article"].transform("first"))
    return copies.assign(first=first)


def _sentence(keep: str, left: int, of: int, unknown: int) -> str:
    """Say what became of copies, and of how many it is not known which was first."""
    if keep == "all":
        return "Copies, versions and wire copy each count as an article."
    rule = {
        "first": (
            "A text printed in several articles counts once, in the article of the "
            "earliest date"
        ),
        "none": (
            "Wire copy, and texts that more than one outlet printed, are left out; of "
            "several versions the first counts"
        ),
    }[keep]
    undated = (
        f" Which of two was first is not known for {unknown:,} of them, for want of a "
        "date: the one that stays has a date, or else comes first in the alphabet."
    )
    sentence = f"{rule}: {left:,} of {counted(of, 'article')} left out."
    return sentence + (undated if unknown else "")
