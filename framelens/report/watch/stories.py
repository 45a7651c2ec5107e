"""Events of the new articles: which begin, which go on, and who covers them."""

from __future__ import annotations

import warnings
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from framelens._wording import counted
from framelens.corpus import corpus_of
from framelens.report.findings.finding import TO_READ, Finding
from framelens.report.findings.phrases import named, places_of, quoted
from framelens.report.watch.changes import beginnings, by_outlet
from framelens.show.text import is_missing, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from framelens.corpus import Corpus
    from framelens.report.watch.scope import Scope

EVENTS = "Events"
"""The theme."""

EVENT_COLUMNS = [
    "event",
    "given",
    "certain",
    "article",
    "outlet",
    "date",
    "title",
    "now",
]
"""The columns of `stories`."""

LEAST = 2
"""New articles of an event that begins, unless an earlier one reports it."""


def stories(new: Corpus, earlier: Corpus, replaced: set[str]) -> pd.DataFrame:
    """Give the event of every article, then and now, stated or found over both.

    ``now``: whether the article is one of the new ones.
    """
    before = earlier.articles[~earlier.articles["article"].isin(replaced)]
    both = [table for table in (before, new.articles) if len(table)]
    if not both:
        return pd.DataFrame(columns=EVENT_COLUMNS)
    whole = pd.concat(both, ignore_index=True)
    whole = whole.assign(now=whole["article"].isin(new.articles["article"]))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # said where events are asked for
        found = corpus_of(whole.drop(columns="now")).events
    table = pd.DataFrame(found).merge(whole.drop(columns="event"), on="article")
    return table[EVENT_COLUMNS]


def covered(scope: Scope, events: pd.DataFrame) -> Iterator[Finding]:
    """Say which events begin or go on that new articles on it report."""
    here = set(scope.articles)
    every = max(1, events["outlet"].nunique())
    for _, rows in events.groupby("event", sort=True):
        now, before = rows[rows["now"]], rows[~rows["now"]]
        if not here.intersection(now["article"]) or len(now) + len(before) < LEAST:
            continue
        first = rows.sort_values("date", na_position="last", kind="stable").iloc[0]
        title = rows["title"].dropna()
        head = first["title"] if not is_missing(first["title"]) else None
        what = head or (title.iloc[0] if len(title) else first["event"])
        outlets = now["outlet"].nunique()
        if len(before):
            joining = set(now["outlet"].dropna()) - set(before["outlet"].dropna())
            more = named(plain(one) for one in sorted(joining))
            again = "s" if len(joining) == 1 else ""
            said = (
                f"Goes on: {quoted(what)}, {counted(len(now), 'new article')} "
                f"({by_outlet(now['outlet'])}) after {len(before):,} "
                f"({by_outlet(before['outlet'])})."
            )
            said += f" {more} take{again} it up." if more else ""
        else:
            only = " Nobody else has it." if outlets == 1 else ""
            said = (
                f"Begins: {quoted(what)}, {counted(len(now), 'article')} "
                f"({by_outlet(now['outlet'])}).{only}"
            )
        sure = bool(now["certain"].all())
        stated = "stated" if now["given"].all() else "found by software"
        yield Finding(
            EVENTS,
            said,
            f"Events are {stated}{'' if sure else ', and not certain here'}.",
            TO_READ,
            size=min(1.0, outlets / every),
            certainty=1.0 if stated == "stated" else 0.8 if sure else 0.5,
            surprise=min(1.0, len(now) / 10),
            find=partial(
                places_of,
                beginnings(scope.new.articles, now["article"]),
                scope.new.articles.set_index("article")["text"],
            ),
        )
