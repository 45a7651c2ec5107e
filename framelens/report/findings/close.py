"""Close reading: which events are read passage by passage, since that takes time.

And which articles are of the same days: later ones tell more, and count otherwise.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from framelens.corpus import Corpus

MOST_CLOSE = 24
"""Articles that are read passage by passage at most; every pair of them is."""


DAYS = 3
"""Between two articles at most that tell of an event at the same time."""


def closest(corpus: Corpus, names: tuple[str, str]) -> Corpus | None:
    """Give the articles of the smallest events that several outlets cover, or None.

    Those come first that the two outlets `names` both cover. Where no event is stated,
    events are those that framelens finds, and only articles that it is certain of. Two
    articles without any event are read as one.
    """
    if corpus.articles["event"].isna().all():
        if len(corpus) <= 2:
            return corpus
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # said where events are asked for
            found = corpus.events
        corpus = corpus.correct(
            events=found.loc[found["certain"], ["article", "event"]]
        )
    stated = corpus.articles.dropna(subset=["event", "outlet"])
    covered = []
    for name, rows in stated.groupby("event"):
        outlets = set(rows["outlet"])
        if len(outlets) >= 2:
            covered.append((not outlets.issuperset(names), len(rows), str(name)))
    chosen, left = [], MOST_CLOSE
    for _, size, event in sorted(covered):
        if size <= left:
            chosen.append(event)
            left -= size
    return corpus.where(event=chosen) if chosen else None


def days_between(day: object, others: pd.Series[str]) -> pd.Series[float]:
    """Give how many days others are later than a day; missing where one is unknown.

    >>> days_between("2031-03-02", pd.Series(["2031-03-05", None])).tolist()
    [3.0, nan]
    """
    written = pd.Series([day, *others], dtype="string").str[:10]
    dates = pd.to_datetime(written, errors="coerce", format="%Y-%m-%d")
    days = dates.sub(dates.iloc[0]).dt.days.astype(float)
    return pd.Series(days.iloc[1:].to_numpy(), others.index)
