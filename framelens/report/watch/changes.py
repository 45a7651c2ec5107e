"""What changed: articles that are new, and those whose words are others now."""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from framelens._wording import counted
from framelens.align.differing.rules import sentences_of
from framelens.report.findings.finding import TO_READ, Finding
from framelens.report.findings.phrases import named, places_of, quoted
from framelens.show.text import article_label, is_missing, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from framelens.report.watch.scope import Scope

NEW_ARTICLES, CHANGED_ARTICLES = "New articles", "Changed articles"
"""The themes."""

MOST_QUOTED = 2
"""Sentences of a changed article that a finding quotes; the table has all."""

LIKE = 0.6
"""Share of their words from which one sentence is another one reworded."""

CHANGE_COLUMNS = ["article", "what", "before", "now", "start", "end"]
"""The columns of `changes_of`."""


class Statuses(NamedTuple):
    """Which articles are new, and which were there with other words: then and now."""

    new: set[str]
    changed: dict[str, str]


def new_articles(scope: Scope, status: Statuses) -> Iterator[Finding]:
    """Say how many new articles there are of what is watched, by outlet."""
    table = scope.new.articles
    table = table[table["article"].isin(status.new.intersection(scope.articles))]
    if table.empty:
        return
    verb = "names" if len(table) == 1 else "name"
    what = f" {verb} {scope.shown}" if scope.name else ""
    every = len(status.new)
    of = f" of {every:,}" if scope.name else ""
    noun = "article" if every == 1 else "articles"
    places = scope.places if scope.name else beginnings(table, table["article"])
    first = places[places["article"].isin(table["article"])].drop_duplicates("article")
    yield Finding(
        NEW_ARTICLES,
        f"{len(table):,}{of} new {noun}{what}: {by_outlet(table['outlet'])}.",
        "New is what none of the earlier articles is, by address, words, identifier or "
        "headline.",
        TO_READ,
        size=len(table) / max(1, every),
        certainty=1.0,
        surprise=1.0,
        find=partial(places_of, first, _texts(scope)),
    )


def changed_articles(scope: Scope, status: Statuses) -> Iterator[Finding]:
    """Say of each changed article what is other in it."""
    changes = changes_of(scope, status)
    about = scope.new.articles.set_index("article")
    for article, rows in changes.groupby("article", sort=False):
        row = about.loc[article]
        label = article_label(
            article,
            **{name: row[name] for name in ("outlet", "date", "title", "genre")},
        )
        marked = rows.dropna(subset=["start"])
        yield Finding(
            CHANGED_ARTICLES,
            f"Changed: {plain(label)}. {' '.join(_said(rows))}",
            "The same article by address, words, identifier or headline, with other "
            "words.",
            TO_READ,
            size=min(1.0, len(rows) / 10),
            certainty=1.0,
            surprise=1.0,
            find=partial(
                places_of,
                marked.astype({"start": "int64", "end": "int64"}),
                _texts(scope),
            ),
        )


def changes_of(scope: Scope, status: Statuses) -> pd.DataFrame:
    """Give what changed: ``article, what, before, now, start, end``.

    ``what``: headline, added, gone or reworded (a sentence); ``start, end`` of what
    stands in the text now.
    """
    now = scope.new.articles.set_index("article")
    then = scope.earlier.articles.set_index("article")
    rows: list[tuple[Any, ...]] = []
    for article in scope.articles:
        if article not in status.changed:
            continue
        new, old = now.loc[article], then.loc[status.changed[article]]
        titles = [
            None if is_missing(one["title"]) else one["title"] for one in (old, new)
        ]
        if titles[0] != titles[1]:
            rows.append((article, "headline", *titles, None, None))
        rows += [
            (article, *row) for row in _sentences(str(old["text"]), str(new["text"]))
        ]
    return pd.DataFrame(rows, columns=CHANGE_COLUMNS).astype(object)


def _sentences(old: str, new: str) -> Iterator[tuple[Any, ...]]:
    """Give the sentences that differ between two versions of a text."""
    spans = [sentences_of(old), sentences_of(new)]
    texts = [
        [" ".join(text[start:end].split()) for start, end in some]
        for text, some in zip((old, new), spans, strict=True)
    ]
    found = SequenceMatcher(None, texts[0], texts[1], autojunk=False)
    for kind, first, last, begin, end in found.get_opcodes():
        if kind == "equal":
            continue
        left = list(range(begin, end))
        for before in texts[0][first:last]:
            likeness = {at: _likeness(before, texts[1][at]) for at in left}
            best = max(likeness, key=likeness.__getitem__, default=-1)
            if likeness.get(best, 0.0) < LIKE:
                yield "gone", before, None, None, None
                continue
            left.remove(best)
            yield "reworded", before, texts[1][best], *spans[1][best]
        for at in left:
            yield "added", None, texts[1][at], *spans[1][at]


def _likeness(one: str, other: str) -> float:
    """Give how much of their words two sentences share, from 0 to 1."""
    return SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()


def _quoted(text: object) -> str:
    """Quote a sentence inside another one, without its full stop."""
    return quoted(str(text).rstrip("."))


def _said(rows: pd.DataFrame) -> Iterator[str]:
    """Say what changed in an article."""
    for row in rows[rows["what"].eq("headline")].itertuples():
        was = "none" if row.before is None else _quoted(row.before)
        yield f"The headline is now {_quoted(row.now or 'none')}, before {was}."
    added = rows[rows["what"].eq("added")]["now"].tolist()
    gone = rows[rows["what"].eq("gone")]["before"].tolist()
    for kind, some in (("added", added), ("taken out", gone)):
        if some:
            examples = named(_quoted(one) for one in some[:MOST_QUOTED])
            many = counted(len(some), "sentence")
            which = "such as " if len(some) > MOST_QUOTED else ""
            yield f"{many} {kind}: {which}{examples}."
    other = rows[rows["what"].eq("reworded")]
    for row in other.head(MOST_QUOTED).itertuples():
        yield f"{_quoted(row.before)} is now {_quoted(row.now)}."
    if len(other) > MOST_QUOTED:
        yield f"{counted(len(other) - MOST_QUOTED, 'more sentence')} reworded."


def by_outlet(outlets: Iterable[object]) -> str:
    """Say how many each outlet has, most first: "Daily 3, Herald 1"."""
    shown = ["no outlet stated" if is_missing(one) else plain(one) for one in outlets]
    order = sorted(Counter(shown).items(), key=lambda pair: (-pair[1], pair[0]))
    said = ", ".join(f"{name} {many:,}" for name, many in order[:8])
    return said + (f" and {len(order) - 8} more outlets" if order[8:] else "")


def beginnings(articles: pd.DataFrame, wanted: Iterable[object]) -> pd.DataFrame:
    """Give the first sentence of some articles."""
    table = articles[articles["article"].isin(list(wanted))]
    rows = [
        (article, *(sentences_of(str(text)) or [(0, len(text))])[0])
        for article, text in zip(table["article"], table["text"], strict=True)
    ]
    return pd.DataFrame(rows, columns=["article", "start", "end"])


def _texts(scope: Scope) -> pd.Series[str]:
    texts: pd.Series[str] = scope.new.articles.set_index("article")["text"]
    return texts
