"""Close reading: which events are read passage by passage, since that takes time.

And which articles are of the same days: later ones tell more, and count otherwise.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

    from framelens.corpus import Corpus

MOST_CLOSE = 24
"""Articles that are read passage by passage at most; every pair of them is."""


DAYS = 3
"""Between two articles at most that tell of an event at the same time."""


class Close(NamedTuple):
    """Articles that are read passage by passage.

    `read` are these, `placed` all articles with their events; `certain` is whether it
    is that those of an event tell of the same: only then one lacks what another has.
    """

    read: Corpus
    placed: Corpus
    certain: bool = True


def closest(corpus: Corpus, names: Sequence[str]) -> list[Close]:
    """Give the articles of the smallest events that several outlets cover.

    Those come first that all outlets of `names` cover. Of an event too large to be read
    whole, the articles nearest to the day on which most outlets wrote, outlets by
    turns. Where no event is stated, events are those that framelens finds: first those
    that it is certain of, then others. Two articles without any event are read as one.
    """
    if not corpus.articles["event"].isna().all():
        placed = [(corpus, True)]
    elif len(corpus) <= 2:
        return [Close(corpus, corpus)]
    else:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # said where events are asked for
            found = corpus.events
        placed = [
            (corpus.correct(events=found.loc[rows, ["article", "event"]]), certain)
            for rows, certain in ((found["certain"], True), (~found["certain"], False))
            if rows.any()
        ]
    close, left = [], MOST_CLOSE
    for some, certain in placed:
        chosen = _chosen(some.articles, names, left)
        if chosen:
            close.append(Close(some.where(article=chosen), some, certain))
            left -= len(chosen)
    return close


def _chosen(articles: pd.DataFrame, names: Sequence[str], most: int) -> list[str]:
    """Choose articles of the events that are stated."""
    stated = articles.dropna(subset=["event", "outlet"])
    covered = []
    for name, rows in stated.groupby("event"):
        outlets = set(rows["outlet"])
        if len(outlets) >= 2:
            covered.append((not outlets.issuperset(names), len(rows), str(name), rows))
    chosen: list[str] = []
    for *_, rows in sorted(covered, key=lambda one: one[:3]):
        left = most - len(chosen)
        if len(rows) <= left or (not chosen and left >= 2):
            chosen += _nearest(rows, left)
    return chosen


def _nearest(rows: pd.DataFrame, most: int) -> list[str]:
    """Give articles near the day on which most outlets wrote, outlets by turns."""
    by_day = rows.groupby("date")["outlet"].nunique()
    away = pd.Series(0.0, rows.index)
    if len(by_day):
        away = days_between(by_day.idxmax(), rows["date"]).abs().fillna(np.inf)
    ordered = rows.assign(away=away).sort_values("away", kind="stable")
    turn = ordered.groupby("outlet").cumcount()
    ordered = ordered.assign(turn=turn).sort_values(["turn", "away"], kind="stable")
    nearest = set(ordered["article"].head(most))
    return [name for name in rows["article"] if name in nearest]


def days_between(day: object, others: pd.Series[str]) -> pd.Series[float]:
    """Give how many days others are later than a day; missing where one is unknown.

    >>> days_between("2031-03-02", pd.Series(["2031-03-05", None])).tolist()
    [3.0, nan]
    """
    written = pd.Series([day, *others], dtype="string").str[:10]
    dates = pd.to_datetime(written, errors="coerce", format="%Y-%m-%d")
    days = dates.sub(dates.iloc[0]).dt.days.astype(float)
    return pd.Series(days.iloc[1:].to_numpy(), others.index)
