"""Halves: one outlet dealt into two sides that differ by chance alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framelens.compare.design import ALL, design_of
from framelens.compare.inference import kind_of
from framelens.compare.names import number_of
from framelens.measure.counts import Counts

if TYPE_CHECKING:
    from framelens.compare.design import Design
    from framelens.compare.inference import Floors
    from framelens.compare.strata import Whole

SIDES = ("one half", "the other half")
"""What the two sides are called."""

MOST_ITEMS = 500
"""So many items at most, those that most articles have, so that time stays bounded."""


def halves(
    counts: Counts, outlet: str, *, articles: pd.DataFrame | None, floors: Floors
) -> Design | str:
    """Deal the articles of an outlet into halves, within events where possible.

    Within events where enough of them have two articles of this outlet; otherwise
    over all its articles. Where genres are known, within them too.

    Parameters
    ----------
    counts : Counts
    outlet : str
    articles : DataFrame, optional
        ``article`` and ``genre``.
    floors : Floors

    Returns
    -------
    Design or str
        The sides of the design are one of many possible halves; or why there is
        none, in one sentence.
    """
    totals = counts.totals[
        counts.totals["outlet"].eq(outlet) & counts.totals["n"].gt(0)
    ]
    table = totals[["article", "event"]].drop_duplicates().sort_values("article")
    genre = None if articles is None else articles.set_index("article").get("genre")
    table["genre"] = "" if genre is None else genre.reindex(table["article"]).to_numpy()
    table["genre"] = table["genre"].fillna("")
    for events in (True, False):
        design = _dealt(counts, table, articles, events=events)
        if design is not None and kind_of(design, floors) is not None:
            return design
    number = number_of(len(table), "article")
    return (
        f"{outlet} has {number}: a self-test needs at least {2 * floors.articles} in "
        f"all, or two in each of {floors.events} events"
    )


def sides_of(
    counts: Counts,
    first: pd.Index,
    second: pd.Index,
    *,
    articles: pd.DataFrame | None,
    events: bool,
) -> Design | None:
    """Set some articles against others as if they were two outlets.

    Parameters
    ----------
    counts : Counts
    first, second : Index
        Names of articles.
    articles : DataFrame, optional
    events : bool
        Whether to stay within events.

    Returns
    -------
    Design or None
        None where a side is empty.
    """
    if not len(first) or not len(second):
        return None
    frames = []
    for frame in (counts.counts, counts.totals):
        kept = frame[frame["article"].isin(first.append(second))]
        sides = np.where(kept["article"].isin(first), *SIDES)
        event = kept["event"] if events else pd.Series(np.nan, kept.index, dtype=object)
        frames.append(kept.assign(outlet=sides, event=event))
    dealt = Counts(frames[0], frames[1], counts.measure, counts.unit)
    return design_of(
        dealt, target=SIDES[0], baseline=SIDES[1], voice=ALL, articles=articles
    )


def chosen_items(design: Design, min_articles: int) -> Whole:
    """Items that at least so many articles have, and whose shares differ at all.

    Labels are not looked at. Of more than `MOST_ITEMS`, those are kept that most
    articles have.
    """
    found = np.diff(design.k.tocsc().indptr)
    shares = design.k.multiply(1.0 / design.n[:, None]).tocsc()
    reach = shares.max(axis=0).toarray() - shares.min(axis=0).toarray()
    which = np.flatnonzero((found >= min_articles) & (reach.ravel() > 1e-12))
    order = np.argsort(-found[which], kind="stable")[:MOST_ITEMS]
    return np.sort(which[order])


def _dealt(
    counts: Counts, table: pd.DataFrame, articles: pd.DataFrame | None, *, events: bool
) -> Design | None:
    """Take every other article of each stratum, large enough ones only."""
    if events and not table["event"].notna().any():
        return None
    by = ["event", "genre"] if events else ["genre"]
    least = 2 if events else 4
    groups = table.groupby(by, sort=True)
    kept = table[groups["article"].transform("size") >= least]
    if kept.empty:
        return None
    place = kept.groupby(by, sort=True).cumcount()
    start = kept.groupby(by, sort=True).ngroup()
    chosen = (place + start) % 2 == 0
    names = pd.Index(kept["article"])
    return sides_of(
        counts,
        names[chosen.to_numpy()],
        names[~chosen.to_numpy()],
        articles=articles,
        events=events,
    )
