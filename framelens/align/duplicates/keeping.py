"""Keeping: what becomes of copies in a comparison, and how a caption says so."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from framelens._checks import require_columns, require_known
from framelens.read import articles_of

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

KEEP = ("first", "none", "all")
"""Choices of `without_duplicates`."""


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
        The choice, for a caption, and for how many articles it is not known whether
        the one that was kept is the earlier one.
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
    >>> import pandas as pd
    >>> from framelens.align import duplicates
    >>> articles = pd.DataFrame({"article": ["a", "b"], "text": ["One.", "One."]})
    >>> kept = without_duplicates(articles, duplicates(articles))
    >>> kept.articles["article"].tolist(), kept.sentence
    (['a'], 'A text that stands in several articles counts once, in the article of the
    earliest date: 1 of 2 articles left out. Which of two was first is not known for 1
    of them, for want of a date: kept is one with a date, else the first in the
    alphabet.')
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
    dated = set(table["article"][table["date"].notna()])
    known = dropped["article"].isin(dated) & dropped["first"].isin(dated)
    unknown = ~known & dropped["first"].isin(kept["article"])
    return WithoutDuplicates(
        kept,
        dropped[["article", "kind", "first"]].reset_index(drop=True),
        _sentence(keep, int(left.sum()), len(table)) + _undated(int(unknown.sum())),
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


def _undated(number: int) -> str:
    told = (
        f" Which of two was first is not known for {number:,} of them, for want of a "
        "date: kept is one with a date, else the first in the alphabet."
    )
    return told if number else ""
