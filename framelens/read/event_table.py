"""Events: which article reports which, a picture of them, and the table to correct."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import pandas as pd

from framelens._checks import require_new
from framelens._result import Result

if TYPE_CHECKING:
    from collections.abc import Callable

_TO_READ = ["outlet", "date", "title"]
_FIRST = ["article", "event", "certain", "other_event"]


class EventTable(pd.DataFrame):
    """The event of every article of a corpus, stated or found.

    A DataFrame like any other, but for `plot` and `figure`, which draw the events by
    day and outlet, and `draft`, which writes them for you to correct.

    Examples
    --------
    >>> import framelens as fl
    >>> articles = pd.DataFrame({
    ...     "article": ["a", "b"], "outlet": ["Daily", "Herald"], "event": ["e", "e"],
    ...     "text": ["A dam broke at Reddin.", "The dam at Reddin broke."]})
    >>> table = fl.read_corpus(articles).events
    >>> table[["article", "event", "certain"]]
      article event  certain
    0       a     e     True
    1       b     e     True
    >>> table.figure().caption[:40]
    '2 articles of 2 outlets, no date stated:'
    """

    _metadata: ClassVar[list[str]] = ["_articles"]
    _articles: pd.DataFrame

    plot = Result.plot  # type: ignore[assignment]
    figure = Result.figure
    save = Result.save

    @property
    def _constructor(self) -> Callable[..., pd.DataFrame]:
        return pd.DataFrame

    @property
    def placed(self) -> pd.DataFrame:
        """The events, and of each article its ``outlet, date, title``."""
        about = self._articles.set_index("article")[_TO_READ]
        return pd.DataFrame(self).join(about, on="article")

    def draft(self, path: str | Path) -> Path:
        """Write the events for you to correct, those that are not certain first.

        One row per article: ``article, event, certain, other_event`` (the nearest one
        beside it), ``outlet, date, title``. Articles of one event stand together.
        Change ``event`` where it is wrong, in a spreadsheet if you like: the same name
        for articles of one event, a name of its own for one that belongs to none. Then
        ``corpus.correct(events=path)``, or ``--events`` on the command line: your
        table wins, and every event in it counts as stated. So leave out the rows that
        you have not checked, or blank their ``event``: they are grouped anew, and may
        join your events.

        Parameters
        ----------
        path : str or Path
            A file to write, CSV; one that is there is not overwritten.

        Returns
        -------
        Path
            Of the file.

        Raises
        ------
        InputError
            If the file exists.
        """
        path = Path(path)
        require_new(path)
        table = self.placed
        by = table.groupby("event")
        order = pd.DataFrame(
            {
                "sure": by["certain"].transform("all"),
                "first": by["date"].transform("min").astype(str),
                "event": table["event"],
                "date": table["date"].astype(str),
            }
        ).sort_values(["sure", "first", "event", "date"], kind="stable")
        rows = table.loc[order.index, [*_FIRST, *_TO_READ]]
        rows["title"] = rows["title"].map(_no_formula)
        rows.to_csv(path, index=False)
        return path


def event_table(events: pd.DataFrame, articles: pd.DataFrame) -> EventTable:
    """Give the events of articles what draws them and writes them down."""
    table = EventTable(events)
    table._articles = articles
    return table


def _no_formula(title: object) -> object:
    """Keep a spreadsheet from computing a title."""
    formula = isinstance(title, str) and title.lstrip()[:1] in ("=", "+", "-", "@")
    return f"'{title}" if formula else title
