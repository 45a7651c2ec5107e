"""Events: which articles report the same one, from words, names and numbers."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from framelens._checks import InputError
from framelens._layers import Layer
from framelens._wording import counted
from framelens.align.events.details import day_of
from framelens.align.events.linking import (
    SPAN,
    THEME_NEARNESS,
    THRESHOLD,
    Limits,
    Setting,
    linked,
    loose_events,
    near_pairs,
    themes,
    undated_themes,
    within_days,
)
from framelens.align.events.vectors import (
    products,
    squares,
    sums_of,
    vectors,
    with_days,
    without_own_words,
)
from framelens.annotate.spans import rows_of
from framelens.corpus import corpus_of
from framelens.read.event_table import event_table

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    import numpy.typing as npt

    from framelens.align.events.linking import Pairs, Whole
    from framelens.align.events.vectors import Floats, Matrix, Vectors
    from framelens.corpus import Corpus
    from framelens.read.event_table import EventTable

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

MOST_TERMS = 3
"""Words in the name of an event."""

MARGIN = 0.2
"""An article is certain if it lies so much nearer to its event than to any other."""

WINDOW, APART = 4, 0.3
"""Within a theme, the nearness of articles so many days apart counts 0.3 as much."""

THEME_MARGIN, THEME_OWN = 0.4, 0.8
"""The margin within a theme, and the least nearness to an article's own event: 96 in
100 of the certain are in an event that is pure."""

SHORTEST = 30
"""Nothing is certain of fewer words, as of a headline."""


def events(
    corpus: Corpus | pd.DataFrame | str | Path,
    *,
    days: float | None = None,
    finer: float = 1.0,
) -> EventTable:
    """Group articles into events.

    Two articles are near if they share rare words, names and numbers, above all at
    their beginning. An event the user gave always wins: articles with the same one
    are together, articles with different ones never; others may join them. To correct
    the grouping, write it with ``.draft("events.csv")``, change ``event`` in it, and
    give it to ``corpus.correct(events=...)``; ``.figure()`` draws it by day and outlet.

    Parameters
    ----------
    corpus : Corpus, DataFrame or path
        ``corpus.events`` is the same table, of all articles that were read.
    days : float, optional
        Articles are not joined if their event would span more days than this. Unless
        given, dates matter only within a theme (see Notes).
    finer : float, default 1
        How near articles have to be, times what was measured to be best: above 1 there
        are more and smaller events, below 1 (coarser) fewer and larger ones. What each
        does on annotated sets stands in ``benchmarks/RESULTS.md``. To go on with finer
        events: ``corpus.correct(events=events(corpus, finer=1.25))``; then they all
        count as stated.

    Returns
    -------
    EventTable
        A DataFrame, one row per article, in their order: ``article``; ``event``, its
        name (the user's, or the first date, if any is known, and three words that
        mark it); ``given``, whether it is the user's; ``similarity``, the mean
        nearness to the other articles of the event (missing if there is none; 0.6
        and more is what groups are joined at; it may exceed 1);
        ``other_event`` and ``other_similarity``, the nearest event
        beside it (missing if none comes within half of 0.6); ``certain``, whether the
        event is given, or the first figure is at least 0.6 and by 0.2 above the
        second (for an article alone: the second is below 0.4); within a theme at
        least 0.8, and by 0.4.
        Nothing is certain of fewer than 30 words, such as a headline, nor of an event
        whose articles lie more than 14 days apart or have few words in common, nor,
        outside a theme, of one in which a date is missing where half of all articles
        have one.

    Raises
    ------
    ColumnError
        If a column is absent.
    InputError
        If `days` is negative, `finer` not above 0, or identifiers are missing or not
        unique.

    Warns
    -----
    UserWarning
        If articles of one theme have no dates, so that its events are not told apart.

    Notes
    -----
    Average linkage over the cosine of weighted words, each divided by the nearness of
    the article's surroundings, after the local scaling of [1]_: where many reports
    are alike, more is asked to join two. The result does not depend on the order of
    the articles.

    6 articles or more of which the groups lie near each other (0.25), over more than
    14 days, are a theme, such as a war; fewer than 50 only if those that were put
    together have little in common (a mean cosine of 0.21 at most). Its events, but for
    those of 8 articles or more within a week, are then found anew: by the words that
    are rare within it, squared, without those of a single outlet; and articles four
    days apart, or without dates, are 0.3 times as near. Of 2 to 5 articles the words of
    a theme cannot be told from those of an event: those that have little in common and
    lie more than 14 days apart are not joined; but two happenings within 14 days, or
    without dates, and what is told alike (this year's flood and last year's), are
    joined, unless `days` keeps them apart. Set and measured
    on English; in other languages function words are told from others only by their
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
    if not finer > 0:
        raise InputError(f"finer is {finer}; give more than 0, 1 for what is usual.")
    in_order = corpus_of(corpus).articles
    articles = in_order.sort_values("article", ignore_index=True)
    dates = [day_of(value) for value in articles["date"].tolist()]
    words = vectors(full_texts(articles))
    pairs = near_pairs(words.matrix)
    limits = _limits(articles["event"], dates, np.inf if days is None else days)
    least = THRESHOLD * finer
    labels, local = linked(words.matrix, pairs, limits, Setting(threshold=least))
    table = _figures(local, labels, pairs, MARGIN, least)
    first, _ = (
        (labels, local)
        if finer == 1
        else linked(words.matrix, pairs, limits, Setting())
    )
    in_theme = np.zeros(len(articles), dtype=np.bool_)
    for theme in themes(words.matrix, pairs, first, limits.first):
        in_theme[theme] = True
        part = articles.iloc[theme], limits.some(theme), theme
        labels[theme], table.iloc[theme] = _within(*part, least)
    shorter = within_days(words.matrix, pairs, labels, limits, least)
    if (shorter != labels).any():
        anew = np.isin(labels, labels[shorter != labels])
        labels = shorter
        table[anew] = _figures(local, labels, pairs, MARGIN, least)[anew]
    undated = undated_themes(words.matrix, labels, limits)
    if undated.any():
        warnings.warn(
            f"{counted(int(undated.sum()), 'article')} of one theme have no dates, so "
            "that its events are not told apart; give a date column, or state the "
            "events with corpus.correct(events=...).",
            stacklevel=2,
        )
        table["certain"] &= ~undated
    names = _names(words, labels, articles, dates)
    table["certain"] &= ~_unclear(labels, articles["text"], limits)
    table["certain"] &= ~loose_events(words.matrix, labels)
    table["certain"] &= in_theme | ~_partly_dated(labels, limits)
    table.insert(0, "article", articles["article"])
    table.insert(1, "event", names[labels])
    table.insert(2, "given", articles["event"].notna())
    other = table["other_event"].to_numpy()
    table["other_event"] = pd.Series(
        [names[place] if place >= 0 else None for place in other], dtype=object
    )
    table["certain"] |= table["given"]
    rows = table.set_index("article").loc[in_order["article"].tolist()]
    return event_table(rows.reset_index()[EVENT_COLUMNS], in_order)


def _within(
    articles: pd.DataFrame, limits: Limits, places: Whole, threshold: float
) -> tuple[Whole, pd.DataFrame]:
    """Tell the events of one theme apart, by its own words and by days."""
    words = vectors(full_texts(articles), half=np.inf, at_large=0, power=2)
    shared = without_own_words(words.matrix, articles["outlet"].tolist())
    days = np.where(np.isinf(limits.first), np.nan, limits.first)
    matrix = with_days(shared, days, WINDOW, APART)
    pairs = near_pairs(shared, matrix)
    setting = Setting(floor=THEME_NEARNESS, ceiling=THEME_NEARNESS, threshold=threshold)
    labels, local = linked(matrix, pairs, limits, setting)
    table = _figures(local, labels, pairs, THEME_MARGIN, max(threshold, THEME_OWN))
    other = table["other_event"].to_numpy()
    table["other_event"] = np.where(other < 0, -1, places[other])
    return places[labels], table


def _unclear(labels: Whole, texts: pd.Series[str], limits: Limits) -> Any:
    """Say of which articles too little is known: a headline, or days far apart."""
    groups = limits.of(labels)
    spans = (groups.last - groups.first)[labels]
    return (spans > SPAN) | (texts.str.count(r"\w+") < SHORTEST).to_numpy()


def _partly_dated(labels: Whole, limits: Limits) -> npt.NDArray[np.bool_]:
    """Say which articles are in an event that lacks a date that others have."""
    undated = np.isinf(limits.first)
    if not len(undated) or undated.mean() > 0.5:
        return np.zeros(len(labels), dtype=np.bool_)
    several = np.bincount(labels, minlength=len(labels))[labels] > 1
    found: npt.NDArray[np.bool_] = np.isin(labels, labels[undated]) & several
    return found


def full_texts(articles: pd.DataFrame) -> Iterable[str]:
    """Give every article's title, if it has one, and text."""
    for title, text in rows_of(articles, "title", "text"):
        yield f"{title}\n{text}" if isinstance(title, str) else text


def _limits(given: pd.Series[str], dates: list[date | None], days: float) -> Limits:
    """Set out what keeps articles apart: given events, and days."""
    codes, _ = pd.factorize(given)
    first = [np.inf if day is None else float(day.toordinal()) for day in dates]
    last = [-np.inf if day is None else float(day.toordinal()) for day in dates]
    return Limits(codes.astype(np.int64), np.array(first), np.array(last), days)


def _figures(
    local: Matrix, labels: Whole, pairs: Pairs, margin: float, least: float
) -> pd.DataFrame:
    """Say how near each article is to its event, and to the nearest other one."""
    size = len(labels)
    everyone = np.arange(size)
    sums = sums_of(local, labels, size)
    sizes = np.bincount(labels, minlength=size)
    rest = products(local, sums, everyone, labels) - squares(local)
    alone = sizes[labels] == 1
    similarity = np.where(alone, np.nan, rest / np.maximum(sizes[labels] - 1, 1))
    other, nearness = _nearest_other(local, sums, sizes, labels, pairs)
    own = np.where(alone, THRESHOLD, similarity)
    certain = (own >= least - 1e-9) | alone
    certain &= own - np.nan_to_num(nearness) >= margin
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


def _names(
    words: Vectors, labels: Whole, articles: pd.DataFrame, dates: list[date | None]
) -> npt.NDArray[Any]:
    """Name events, each at the place of its first article; no two are the same."""
    names = np.full(len(labels), None, dtype=object)
    given = articles["event"].tolist()
    first_dates: dict[int, date] = {}
    for label, name, day in zip(labels.tolist(), given, dates, strict=True):
        if isinstance(name, str):
            names[label] = name
        if day is not None:
            first_dates[label] = min(day, first_dates.get(label, day))
    taken = {name for name in given if isinstance(name, str)}
    size = len(labels)
    sums = sums_of(words.matrix, labels, size)
    carriers = sums_of(words.matrix.sign(), labels, size)
    sizes = np.bincount(labels, minlength=size)
    articles_by_place = articles["article"].tolist()
    for label in np.unique(labels).tolist():
        if names[label] is not None:
            continue
        rows = _row(sums, label), _row(carriers, label)
        marking = _marking(words, *rows, sizes[label])
        parts = [first_dates[label].isoformat()] if label in first_dates else []
        name = " ".join([*parts, *(marking or [articles_by_place[label]])])
        names[label] = _unused(name, taken)
        taken.add(names[label])
    return names


def _row(matrix: Matrix, place: int) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """Give the columns and values of one row."""
    part = slice(matrix.indptr[place], matrix.indptr[place + 1])
    return matrix.indices[part], matrix.data[part]


def _marking(words: Vectors, sums: Any, carriers: Any, size: int) -> list[str]:
    """Give the weightiest words that at least half of the articles have."""
    columns, weights = sums
    common = dict(zip(*(part.tolist() for part in carriers), strict=True))
    rows = zip(columns.tolist(), weights.tolist(), strict=True)
    ranked = sorted(
        (-weight, words.words[column], column)
        for column, weight in rows
        if common.get(column, 0) * 2 >= size
        and len(words.terms[column]) > 2
        and words.terms[column].isalpha()
    )
    return [word for _, word, _ in ranked[:MOST_TERMS]]


def _unused(name: str, taken: set[str]) -> str:
    """Give a name a number if another event has it."""
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name} ({number})"
    return free


EVENTS = Layer("events", tuple(EVENT_COLUMNS), events, whole=True, version="2")
