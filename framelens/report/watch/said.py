"""What is said for the first time: statements, speakers, labels, by earlier articles.

New is what no earlier article has in its words: that is looked up in the texts, so that
nothing which a model missed there is called new.
"""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from framelens._wording import BETWEEN_SPEAKERS, counted
from framelens.annotate.actor_nouns import state_of
from framelens.measure import labels
from framelens.read.since import runs_of
from framelens.report.findings.certainty import how_right, right
from framelens.report.findings.finding import TO_READ, Finding
from framelens.report.findings.phrases import named, places_of, quoted, with_article
from framelens.report.watch.scope import names_of, speaks
from framelens.show.text import is_missing, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from framelens.report.watch.scope import Scope

STATEMENTS, SPEAKERS, LABELS = "New statements", "New speakers", "First-time labels"
"""The themes."""

LEAST_WORDS = 8
"""Words of a statement: of a shorter one it cannot be said whether it is another's."""

LEAST_TIMES = 2
"""Times that a label must stand in the new articles: once is no name."""

ARTICLES = ("a", "an", "the", "one")
"""Words that go before somebody without a name."""

REPEATED = 0.5
"""Share of the runs of five words of a statement that stand elsewhere, from which it is
taken for repeated."""


class _Group(NamedTuple):
    """One statement in the articles that carry it: rows of the ledger."""

    rows: list[Any]
    runs: set[str]


def new_statements(scope: Scope) -> Iterator[Finding]:
    """Propose what is said now and was in no earlier article, who carries it."""
    if not scope.name:
        return
    outlets = _outlets(scope)
    ledger = scope.ledger
    ledger = ledger[
        ledger["text"].map(lambda text: len(str(text).split())).ge(LEAST_WORDS)
    ]
    longest = ledger.assign(words=ledger["direct_words"] + ledger["indirect_words"])
    longest = longest.sort_values(["words", "article"], ascending=[False, True])
    groups = _grouped(longest)
    there = _runs_there(scope, groups)
    for group in groups:
        repeated = len(group.runs & there) / max(1, len(group.runs))
        if repeated >= REPEATED:
            continue
        first = group.rows[0]
        carried = list(dict.fromkeys(outlets[row.article] for row in group.rows))
        who = _who(scope, first)
        whose = _for(scope, first)
        yield Finding(
            STATEMENTS,
            f"{named(carried)} {'carries' if len(carried) == 1 else 'carry'} a new "
            f"statement of {who}{whose}: {quoted(first.text)}",
            "Less than half of it stands in any earlier article; "
            f"{how_right('new_statements')}.",
            TO_READ,
            size=min(1.0, len(carried) / max(1, len(set(outlets.values())))),
            certainty=right("new_statements"),
            surprise=(1 - repeated) * min(1.0, first.words / 30),
            find=partial(places_of, pd.DataFrame(group.rows), _texts(scope)),
            about=who if is_missing(first.actor) else plain(first.actor),
        )


def new_speakers(scope: Scope) -> Iterator[Finding]:
    """Propose who speaks for a watched actor, or on a topic, and did not before."""
    if not scope.name:
        return
    outlets, ledger = _outlets(scope), scope.ledger
    ledger = ledger[ledger["speaker_kind"].eq("person") & ledger["actor"].notna()]
    names = ledger["actor"].str.split(BETWEEN_SPEAKERS)
    ledger = ledger.assign(who=names).explode("who")
    ledger = ledger[ledger["who"].ne(scope.actor_name) & ledger["who"].map(_is_name)]
    texts = scope.earlier.articles.set_index("article")["text"]
    for who, rows in ledger.groupby("who", sort=True):
        last = _words(str(who).split()[-1])
        mentioning = [str(one) for one, text in texts.items() if last in _words(text)]
        if mentioning and _spoke(scope, str(who), mentioning):
            continue
        several: list[Any] = [*rows.itertuples()]
        articles = counted(rows["article"].nunique(), "article")
        words = int((rows["direct_words"] + rows["indirect_words"]).sum())
        where = named(dict.fromkeys(outlets[row.article] for row in several))
        on = f" on {scope.shown}" if not scope.actor else _for(scope, several[0])
        before = "is named, and not quoted," if mentioning else "is not named"
        yield Finding(
            SPEAKERS,
            f"{plain(who)} is quoted{on} for the first time, in {where}: "
            f"{counted(words, 'word')} in {articles}. "
            f"{plain(str(who).split()[-1])} {before} in the earlier articles.",
            f"Read by software; {how_right('new_speakers')}.",
            TO_READ,
            size=min(1.0, words / max(1, _sum(scope))),
            certainty=right("new_speakers"),
            surprise=1.0 if not mentioning else 0.5,
            find=partial(places_of, rows, _texts(scope)),
            about=str(who),
        )


def first_labels(scope: Scope) -> Iterator[Finding]:
    """Propose phrases for what is watched that no earlier article has."""
    if not scope.name or not scope.articles:
        return
    outlets = _outlets(scope)
    mentions = labels(scope.new).mentions
    mentions = mentions[mentions["article"].isin(scope.articles)]
    if scope.actor:
        plainly = {one.lower() for one in names_of(scope.actor_name, scope.name)}
        mentions = mentions[mentions["group"].eq(scope.actor_name)]
        plain_ = [
            label.lower() in plainly or bool(state_of(label, capitals=True))
            for label in mentions["label"]
        ]
        mentions = mentions[~np.array(plain_, dtype=bool)]
    else:
        places = scope.places.merge(mentions, on="article", suffixes=("_at", ""))
        held = places["start_at"].ge(places["start"]) & places["end_at"].le(
            places["end"]
        )
        mentions = places.loc[held, mentions.columns].drop_duplicates(
            ["article", "start", "end"]
        )
    there = scope.earlier.articles
    texts = [*there["text"].map(_words), *there["title"].dropna().map(_words)]
    of = max(1, len(mentions))
    for label, rows in mentions.groupby("label", sort=True):
        words = _words(label)
        if (
            len(rows) < LEAST_TIMES
            or not words.strip()
            or any(words in text for text in texts)
        ):
            continue
        each = Counter(outlets[one] for one in rows["article"])
        said = named(f"{name} ({counted(many, 'time')})" for name, many in each.items())
        verb = "writes" if len(each) == 1 else "write"
        yield Finding(
            LABELS,
            f"For {with_article(scope.shown)}, {said} {verb} {quoted(label)}: no "
            "earlier article has these words.",
            f"Names in the new articles; {how_right('named')}.",
            TO_READ,
            size=len(rows) / of,
            certainty=right("named"),
            surprise=1.0,
            find=partial(places_of, rows, _texts(scope)),
        )


def _grouped(ledger: pd.DataFrame) -> list[_Group]:
    """Put attributions together that are one statement: half of it is shared."""
    groups: list[_Group] = []
    held: dict[str, int] = {}
    for row in ledger.itertuples():
        runs = runs_of(row.text)
        at = Counter(held[run] for run in runs if run in held).most_common(1)
        if at and at[0][1] >= REPEATED * len(runs):
            groups[at[0][0]].rows.append(row)
            continue
        held |= dict.fromkeys(runs - held.keys(), len(groups))
        groups.append(_Group([row], runs))
    return groups


def _runs_there(scope: Scope, groups: list[_Group]) -> set[str]:
    """Give the runs of new statements that stand in an earlier article."""
    wanted = set().union(*(group.runs for group in groups)) if groups else set()
    found: set[str] = set()
    for text in scope.earlier.articles["text"] if wanted else ():
        found |= wanted & runs_of(text)
    return found


def _spoke(scope: Scope, who: str, mentioning: list[str]) -> bool:
    """Whether somebody is quoted in one of some earlier articles."""
    ledger = scope.earlier.where(article=mentioning).ledger
    last = who.split()[-1]
    return bool(speaks(ledger, who).any()) or any(
        last in name.split()
        for actor in ledger["actor"].dropna()
        for name in str(actor).split(BETWEEN_SPEAKERS)
    )


def _is_name(who: object) -> bool:
    """Whether this can name a person: of "Ann Orr's conduct" the last word cannot."""
    return not str(who).split()[-1].islower()


def _who(scope: Scope, row: Any) -> str:
    """Name who says it; somebody without a name as the article does: "a pilot"."""
    if is_missing(row.actor):
        return "nobody named"
    name = plain(row.actor)
    if not name[:1].islower() or row.source is None:
        return with_article(name)
    spoken = [_texts(scope)[row.article][start:end] for start, end in row.source]
    first, *others = plain(spoken[0] if spoken else name).split()
    return " ".join([first.lower(), *others]) if first.lower() in ARTICLES else name


def _for(scope: Scope, row: Any) -> str:
    """Say for whom somebody speaks, unless that is who speaks."""
    if not scope.actor or str(row.actor) == scope.actor_name:
        return ""
    return (
        f" for {with_article(scope.actor_name)}"
        if scope.actor_name == row.affiliation
        else ""
    )


def _sum(scope: Scope) -> int:
    ledger = scope.ledger
    return int((ledger["direct_words"] + ledger["indirect_words"]).sum())


def _words(text: object) -> str:
    """Give a text as its words alone, so that whole words are found in it."""
    letters = (sign if sign.isalnum() else " " for sign in str(text).lower())
    return f" {' '.join(''.join(letters).split())} "


def _outlets(scope: Scope) -> dict[str, str]:
    """Give the outlet of each new article, as it is shown."""
    articles = scope.new.articles
    return {
        str(article): "an outlet not stated" if is_missing(outlet) else plain(outlet)
        for article, outlet in zip(articles["article"], articles["outlet"], strict=True)
    }


def _texts(scope: Scope) -> pd.Series[str]:
    texts: pd.Series[str] = scope.new.articles.set_index("article")["text"]
    return texts
