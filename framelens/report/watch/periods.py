"""Then and now: how far an outlet's articles differ between two periods.

Each outlet is set against itself: its new articles against its earlier ones, by the
comparison that everything else here uses. The article is the unit, or the event where
several articles report one.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from framelens._checks import FramelensError
from framelens.compare import contrast
from framelens.compare.units import FLOORS
from framelens.corpus import corpus_of
from framelens.measure import Counts, speakers
from framelens.measure.counts import COUNT_COLUMNS, TOTAL_COLUMNS
from framelens.report.findings.finding import TESTED, Finding
from framelens.report.findings.phrases import percent, places_of
from framelens.report.watch.changes import beginnings
from framelens.show.text import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from framelens.report.watch.scope import Scope

THEN_AND_NOW = "Then and now"
"""The theme."""

NOW, THEN = "now", "before"
"""What takes the place of the outlets in a comparison of two periods."""

LEVEL = 0.05
"""Of one false finding over all comparisons of a report (Holm 1979)."""

MOST_OUTLETS = 5
"""Outlets that are compared with themselves: those with most new articles."""

MOST_READ = 300
"""Earlier articles in which attributed words are counted at most, the last ones: of a
corpus that was not read before each takes a fifth of a second."""

COMPARED_COLUMNS = [
    *("about", "outlet", "share_of", "before_k", "before_n", "now_k", "now_n"),
    *("before_articles", "now_articles", "difference", "low", "high", "p", "p_all"),
    "refusal",
]
"""The columns of `periods`."""

NAMING, HEARD = "articles that name it", "attributed words given to it"
"""What is compared. The second is counted in the articles that name it."""


class _Pair(NamedTuple):
    """An outlet's articles now and then, with k of n of each: ``article, k, n``."""

    now: pd.DataFrame
    then: pd.DataFrame


def periods(watched: Sequence[Scope], events: pd.DataFrame) -> pd.DataFrame:
    """Compare each outlet now with itself before, for each thing that is watched."""
    named = [one for one in watched if one.name and (one.articles or one.before)]
    rows = [row for scope in named for row in _of(scope, events)]
    table = pd.DataFrame(
        rows, columns=[name for name in COMPARED_COLUMNS if name != "p_all"]
    )
    table["p_all"] = _holm(table["p"].astype(float).to_numpy())
    return table[COMPARED_COLUMNS]


def then_and_now(scope: Scope, table: pd.DataFrame) -> Iterator[Finding]:
    """Propose what is tested to differ between the periods."""
    mine = table[table["about"].eq(scope.name) & table["p_all"].le(LEVEL)]
    of = scope.new.articles.set_index("article")
    rows: Any = mine.itertuples()
    for row in rows:
        here = of.index[of["outlet"].eq(row.outlet) & of.index.isin(scope.articles)]
        yield Finding(
            THEN_AND_NOW,
            said(row, scope),
            f"{row.before_articles:,} articles before and {row.now_articles:,} now; "
            f"p {row.p_all:.3f} after allowing for {table['p'].notna().sum():,} "
            "comparisons. The news may have changed, not the outlet.",
            TESTED,
            size=min(1.0, abs(float(row.difference))),
            certainty=1 - float(row.p_all),
            surprise=1.0,
            find=partial(places_of, beginnings(scope.new.articles, here), of["text"]),
        )


def said(row: Any, scope: Scope) -> str:
    """Put one comparison into a sentence."""
    low, high = 100 * float(row.low), 100 * float(row.high)
    unit = "articles name" if row.share_of == NAMING else "attributed words are of"
    return (
        f"{plain(row.outlet)}: {_share(row.now_k, row.now_n)} {unit} {scope.shown} "
        f"now, {_share(row.before_k, row.before_n)} before: "
        f"{100 * float(row.difference):+.0f} points (95 % interval {low:+.0f} to "
        f"{high:+.0f})."
    ).replace("-", "−")


def _share(k: float, n: float) -> str:
    return f"{int(k):,} of {int(n):,} ({percent(k / n if n else 0.0)})"


def _of(scope: Scope, events: pd.DataFrame) -> Iterator[list[Any]]:
    """Compare each outlet that is in both periods, by each share."""
    there = set(scope.earlier.articles["outlet"].dropna())
    sizes = scope.new.articles["outlet"].dropna().value_counts().sort_index()
    sizes = sizes.sort_values(ascending=False, kind="stable")
    outlets = [name for name in sizes.index if name in there][:MOST_OUTLETS]
    if not outlets:
        return
    makes: list[tuple[str, Callable[[Scope, Sequence[str]], _Pair]]] = [
        (NAMING, _naming)
    ]
    makes += [(HEARD, _heard)] if scope.actor else []
    for name, make in makes:
        both = make(scope, outlets)
        for outlet in outlets:
            yield [scope.name, outlet, name, *_compared(scope, both, outlet, events)]


def _naming(scope: Scope, outlets: Sequence[str]) -> _Pair:
    """Count each article as one, and as one that names what is watched."""
    sides = []
    for corpus, naming in ((scope.new, scope.articles), (scope.earlier, scope.before)):
        table = corpus.articles[corpus.articles["outlet"].isin(outlets)]
        k = table["article"].isin(naming).astype("int64")
        sides.append(table[["article", "outlet"]].assign(k=k, n=1))
    return _Pair(*sides)


def _heard(scope: Scope, outlets: Sequence[str]) -> _Pair:
    """Count the attributed words of the articles that name an actor, and its own."""
    sides = []
    for corpus, naming in ((scope.new, scope.articles), (scope.earlier, scope.before)):
        table = corpus.articles[corpus.articles["outlet"].isin(outlets)]
        table = table[table["article"].isin(naming)].tail(MOST_READ)
        some = corpus.where(article=table["article"].tolist())
        words: dict[str, int] = {}
        for by in ("affiliation", "speaker"):
            counts = speakers(some, by=by)
            mine = counts.counts[counts.counts["item"].eq(scope.actor_name)]
            for article, k in mine.groupby("article")["k"].sum().items():
                words[str(article)] = max(words.get(str(article), 0), int(k))
        n = counts.totals.groupby("article")["n"].sum()
        table = table[table["article"].isin(n.index[n.gt(0)])]
        sides.append(
            table[["article", "outlet"]].assign(
                k=[words.get(one, 0) for one in table["article"]],
                n=table["article"].map(n).astype("int64"),
            )
        )
    return _Pair(*sides)


def _compared(
    scope: Scope, both: _Pair, outlet: str, events: pd.DataFrame
) -> list[Any]:
    """Compare one outlet's articles of two periods; of too few, say why not."""
    now, then = (side[side["outlet"].eq(outlet)] for side in both)
    counts = [then["k"].sum(), then["n"].sum(), now["k"].sum(), now["n"].sum()]
    sizes = [len(then), len(now)]
    nothing = [np.nan, np.nan, np.nan, np.nan]
    if min(sizes) < FLOORS.articles:
        few = f"{min(sizes)} of {FLOORS.articles} articles that a comparison needs"
        return [*counts, *sizes, *nothing, few]
    try:
        result = contrast(_counts(scope, now, then, events), NOW, THEN, cluster="story")
    except FramelensError as error:
        return [*counts, *sizes, *nothing, str(error)]
    if result.table.empty:
        return [*counts, *sizes, *nothing, "nothing to compare"]
    row = result.table.iloc[0]
    reason = result.refusal or row["refusal"]
    numbers = [row[name] for name in ("difference", "low", "high", "p")]
    return [*counts, *sizes, *numbers, reason]


def _counts(
    scope: Scope, now: pd.DataFrame, then: pd.DataFrame, events: pd.DataFrame
) -> Counts:
    """Lay two periods out as two sides; what reports one event is one unit."""
    story = dict(zip(events["article"], events["event"], strict=True))
    keys = {NOW: "", THEN: "before: "}  # an article can be on both sides, changed
    parts, abouts = [], []
    for period, side, corpus in ((NOW, now, scope.new), (THEN, then, scope.earlier)):
        about = corpus.articles.set_index("article").loc[side["article"]].reset_index()
        names = [keys[period] + str(one) for one in side["article"]]
        unit = [
            story.get(one, name)
            for one, name in zip(side["article"], names, strict=True)
        ]
        abouts.append(
            about.assign(article=names, outlet=period, event=None, story=unit)
        )
        parts.append(side.assign(article=names, outlet=period))
    table = pd.concat(parts, ignore_index=True).assign(
        event=None, voice="rest", item="it"
    )
    articles = pd.concat(abouts, ignore_index=True)
    return Counts(
        table.loc[table["k"].gt(0), COUNT_COLUMNS].reset_index(drop=True),
        table[TOTAL_COLUMNS],
        "watched",
        "articles" if set(table["n"]) == {1} else "words",
        corpus=replace(corpus_of(articles), since=None),
    )


def _holm(p: np.ndarray) -> np.ndarray:
    """Correct p for all comparisons at once; NaN stays."""
    made = np.full(len(p), np.nan)
    order = np.argsort(p)[: int((~np.isnan(p)).sum())]
    steps = p[order] * np.arange(len(order), 0, -1)
    made[order] = np.minimum(np.maximum.accumulate(steps), 1.0) if len(order) else []
    return made
