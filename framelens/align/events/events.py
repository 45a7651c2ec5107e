"""Events: which articles report the same one, from words, names and numbers."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.sparse import coo_array, csr_array

from framelens._checks import InputError
from framelens._layers import Layer
from framelens.align.events.linking import (
    THRESHOLD,
    Limits,
    Setting,
    linked,
    near_pairs,
)
from framelens.align.events.names import event_names
from framelens.align.events.vectors import products, squares, vectors
from framelens.read import articles_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from framelens.align.events.linking import Pairs, Whole
    from framelens.align.events.vectors import Floats, Matrix

EVENT_COLUMNS = [
    "article",
    "event",
    "given",
    "similarity",
    "other_event",
    "other_similarity",
    "certain",
]
"""The columns of a table of events."""

MARGIN = 0.2
"""An article is certain if it lies so much nearer to its event than to any other."""


def events(
    articles: pd.DataFrame | str | Path, *, days: float | None = None
) -> pd.DataFrame:
    """Group articles into events.

    Two articles are near if they share rare words, names and numbers, above all at
    their beginning. An event the user gave always wins: articles with the same one
    are together, articles with different ones never; others may join them. To correct
    the grouping, save the table, change ``event`` in it, and give it to
    `framelens.align.with_events`.

    Parameters
    ----------
    articles : DataFrame or path
        ``article`` and ``text``; ``title``, ``date`` and ``event`` where known.
    days : float, optional
        Articles are not joined if their event would span more days than this. Unless
        given, dates neither join nor separate: reports of one event often lie
        months apart, and dates of the text are read like its other numbers.

    Returns
    -------
    DataFrame
        One row per article, in the order of `articles`: ``article``; ``event``, its
        name (the user's, or the first date, if any is known, and three words that
        mark it); ``given``, whether it is the user's; ``similarity``, the mean
        nearness to the other articles of the event (missing if there is none; 0.6
        and more is what groups are joined at; it may exceed 1);
        ``other_event`` and ``other_similarity``, the nearest event
        beside it (missing if none comes within half of 0.6); ``certain``, whether the
        event is given, or the first figure is at least 0.6 and by 0.2 above the
        second (for an article alone: the second is below 0.4).

    Raises
    ------
    ColumnError
        If a column is absent.
    InputError
        If `days` is negative, or identifiers are missing or not unique.

    Notes
    -----
    Average linkage over the cosine of weighted words, each divided by the nearness of
    the article's surroundings, after the local scaling of [1]_: where many reports
    are alike, more is asked to join two. The result does not depend on the order of
    the articles. What the words cannot tell apart (this year's flood and last
    year's, told alike) is joined, unless `days` keeps it apart. Set and measured on
    English; in other languages function words are told from others only by their
    frequency in the articles at hand, so that few articles may be joined too readily.

    References
    ----------
    .. [1] Zelnik-Manor, L., and Perona, P. (2004). Self-Tuning Spectral Clustering.
       NIPS 17. There each distance is divided by that to the 7th neighbour; here
       each cosine, by the mean of the 8 nearest.

    Examples
    --------
    >>> articles = pd.DataFrame({"article": ["a", "b", "c"], "text": [
    ...     "The Reddin dam burst on Monday and flooded two villages.",
    ...     "Two villages were flooded when the dam at Reddin burst.",
    ...     "A choir opened the new concert hall in Luse."]})
    >>> events(articles)[["article", "event", "similarity"]].round(1)
      article                 event  similarity
    0       a  reddin flooded burst         4.5
    1       b  reddin flooded burst         4.5
    2       c    luse choir concert         NaN
    """
    if days is not None and not days >= 0:
        raise InputError(f"days is {days}; give 0 or more, or leave it out.")
    given_order = articles_of(articles)
    table = given_order.sort_values("article", ignore_index=True)
    dates = [day_of(one) for one in table["date"].tolist()]
    told = vectors(full_texts(table))
    pairs = near_pairs(told.matrix)
    limits = _limits(table["event"], dates, np.inf if days is None else days)
    setting = Setting()
    labels, local = linked(told.matrix, pairs, limits, setting)
    names = event_names(told, labels, table, dates)
    found = _figures(local, labels, pairs)
    found.insert(0, "article", table["article"])
    found.insert(1, "event", names[labels])
    found.insert(2, "given", table["event"].notna())
    other = found["other_event"].to_numpy()
    found["other_event"] = pd.Series(
        [names[one] if one >= 0 else None for one in other], dtype=object
    )
    found["certain"] |= found["given"]
    rows = found.set_index("article").loc[given_order["article"].tolist()]
    return rows.reset_index()[EVENT_COLUMNS]


def full_texts(articles: pd.DataFrame) -> Iterable[str]:
    """Give every article's title, if it has one, and text."""
    for title, text in zip(
        articles["title"].tolist(), articles["text"].tolist(), strict=True
    ):
        yield f"{title}\n{text}" if isinstance(title, str) else text


def day_of(value: object) -> date | None:
    """Give the day of a date as articles hold it, or None.

    >>> day_of("2024-05-01"), day_of("spring"), day_of(None)
    (datetime.date(2024, 5, 1), None, None)
    """
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _limits(given: pd.Series[str], dates: list[date | None], days: float) -> Limits:
    codes, _ = pd.factorize(given)
    first = [np.inf if day is None else float(day.toordinal()) for day in dates]
    last = [-np.inf if day is None else float(day.toordinal()) for day in dates]
    return Limits(codes.astype(np.int64), np.array(first), np.array(last), days)


def _figures(local: Matrix, labels: Whole, pairs: Pairs) -> pd.DataFrame:
    """Say how near each article is to its event, and to the nearest other one."""
    size = len(labels)
    everyone = np.arange(size)
    parts = (np.ones(size), (labels, everyone))
    sums = csr_array(coo_array(parts, shape=(size, size)) @ local)
    sizes = np.bincount(labels, minlength=size)
    rest = products(local, sums, everyone, labels) - squares(local)
    alone = sizes[labels] == 1
    similarity = np.where(alone, np.nan, rest / np.maximum(sizes[labels] - 1, 1))
    other, nearness = _nearest_other(local, sums, sizes, labels, pairs)
    own = np.where(alone, THRESHOLD, similarity)
    certain = (own >= THRESHOLD - 1e-9) & (own - np.nan_to_num(nearness) >= MARGIN)
    return pd.DataFrame(
        {
            "similarity": similarity,
            "other_event": other,
            "other_similarity": nearness,
            "certain": certain,
        }
    )


def _nearest_other(
    local: Matrix, sums: Matrix, sizes: Whole, labels: Whole, pairs: Pairs
) -> tuple[Whole, Floats]:
    """Find for each article the nearest event that is not its own; -1 if none is."""
    size = len(labels)
    article = np.concatenate([pairs.one, pairs.other])
    event = labels[np.concatenate([pairs.other, pairs.one])]
    apart = event != labels[article]
    keys = np.unique((article * size + event)[apart])
    article, event = np.divmod(keys, max(size, 1))
    nearness = products(local, sums, article, event) / sizes[event]
    near = nearness >= THRESHOLD / 2
    article, event, nearness = article[near], event[near], nearness[near]
    order = np.lexsort((event, -nearness, article))
    first, place = np.unique(article[order], return_index=True)
    found, how = np.full(size, -1), np.full(size, np.nan)
    found[first], how[first] = event[order][place], nearness[order][place]
    return found, how


EVENTS = Layer("events", tuple(EVENT_COLUMNS), events, whole=True)
