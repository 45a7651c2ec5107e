"""Close reading: which events are read passage by passage, since that takes time."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from framelens.corpus import Corpus

MOST_CLOSE = 24
"""Articles that are read passage by passage at most; every pair of them is."""


def closest(focus: Corpus, names: tuple[str, str]) -> Corpus | None:
    """Give the articles of the smallest events that both outlets cover; None if none.

    Where no event is stated, events are those that framelens finds, and only articles
    that it is certain of. A few articles without any event are read as one.
    """
    if focus.articles["event"].isna().all():
        if len(focus) <= len(names):
            return focus
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # said where events are asked for
            found = focus.events
        found = found[
            found["certain"] & found["article"].isin(focus.articles["article"])
        ]
        focus = focus.correct(events=found[["article", "event"]])
    stated = focus.articles.dropna(subset=["event"])
    stated = stated[stated["outlet"].isin(names)]
    outlets = stated.groupby("event")["outlet"].nunique()
    sizes = stated["event"].value_counts().sort_index().sort_values(kind="stable")
    sizes = sizes[sizes.index.isin(outlets.index[outlets == len(names)])]
    chosen = sizes.index[sizes.cumsum() <= MOST_CLOSE].tolist()
    return focus.where(event=chosen) if chosen else None
