"""Only here: passages with names that no article of another outlet on the event has.

That a passage has no counterpart is a judgement of a machine, and wrong where another
article says the same in other words. A name is there or not: so a finding rests on
both, and claims the names.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from framelens.align.coverage.stories import COUNTERPART, ONLY_HERE
from framelens.annotate.names import read_name, same_name
from framelens.measure.outlet_names import name_pattern
from framelens.report.findings.certainty import how_right, right
from framelens.report.findings.close import DAYS, days_between
from framelens.report.findings.finding import TO_READ, Finding
from framelens.report.findings.lacking import in_full, lacking, too_short
from framelens.report.findings.phrases import (
    LONGEST,
    Sentences,
    named,
    places_of,
    quoted,
    with_article,
)
from framelens.show.text import is_missing, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from framelens.align import Coverage

THEME = "Only here"

LEAST_WORDS = 12
"""Words of a passage; shorter ones find no counterpart for want of words."""

LEAST_NAMED = 2
"""Names, where no person is among them: a single body or place tells little."""

MOST_NAMED = 4
"""Names that a sentence lists: no more, so that a reader can look each of them up."""

MOST_OUTLETS = 3
"""Outlets that a sentence lists; of more it says how many they are."""

OTHER = 2
"""The rank of places and things, which an article may mean in many other ways."""

SAME_STORY = 0.15
"""Of an article's words, those in passages with a counterpart: of less it tells another
story, whatever event it is said to be of."""

NEAR = 60
"""Signs before a name in which its outlet is looked for, and that are shown of a long
sentence."""

SENTENCE_ENDS = frozenset(".!?…")
"""Signs after which a quotation ends a sentence."""

LEAD = 0.5
"""What the last passage of an article weighs beside its first: news puts what matters
on top."""


def alone(lined_up: Coverage, placed: pd.DataFrame) -> Iterator[Finding]:
    """Propose, for each outlet and event, the names in its passages that no other has.

    Only passages without a counterpart, in an article beside which another outlet has
    one that is not of an earlier day: what happened later it could not have. A name is
    looked up in all articles of the event that are `placed`, read or not.
    """
    articles = placed.set_index("article")
    names = _names(lined_up)
    units = lined_up.units
    units = units.assign(outlet=units["article"].map(articles["outlet"]))
    total = units.groupby("outlet")["words"].sum()
    events = articles["event"].astype(object).fillna("")
    by_event: dict[tuple[str, str], list[_Passage]] = {}
    for outlet, run in _runs(units):
        article = str(run["article"].iloc[0])
        others = _others(articles, article)
        if not others["beside"].any() or article not in names:
            continue
        new = _new(names, run, articles, others)
        if len(new):
            text = str(articles["text"][article])
            beside = others[others["beside"]]
            found = _Passage(_holding(run, new), new, beside, _surprise(run, text))
            by_event.setdefault((outlet, str(events[article])), []).append(found)
    for (outlet, _), found_there in by_event.items():
        every = sorted(found_there, key=lambda one: -one.surprise)
        rows = pd.concat([one.run for one in every])
        new = _once(pd.concat([one.new for one in every]))
        ranks = np.array(list(map(_rank, new["kind"], new["actor"])))
        new, ranks = new[ranks < OTHER], ranks[ranks < OTHER]
        if new.empty or (len(new) < LEAST_NAMED and min(ranks) > 0):
            continue
        new = new.iloc[np.argsort(ranks, kind="stable")]
        yield Finding(
            THEME,
            _sentence(lined_up, outlet, new, every[0].others),
            f"{_where(articles.loc[new['article']])}; {how_right('alone')}.",
            TO_READ,
            size=float(rows["words"].sum() / total[outlet]),
            certainty=right("alone"),
            surprise=every[0].surprise,
            find=partial(places_of, rows, articles["text"]),
            about=f"{outlet}: {new['actor'].iloc[0]}",
        )


class _Passage(NamedTuple):
    """Passages on end without a counterpart that have names which no other has."""

    run: pd.DataFrame
    new: pd.DataFrame
    others: pd.DataFrame
    surprise: float


def _names(lined_up: Coverage) -> dict[str, pd.DataFrame]:
    """Give the names in each article: ``article, start, end, actor, kind``.

    Places of a state count as the state: who writes *Tehran* speaks of Iran.
    """
    mentions = lined_up.corpus.mentions
    states = mentions["kind"].eq("place") & mentions["affiliation"].notna()
    mentions = mentions.assign(
        actor=mentions["affiliation"].where(states, mentions["actor"])
    )
    by_name = mentions[mentions["role"].eq("name") & mentions["actor"].notna()]
    articles = lined_up.articles.set_index("article")
    found = {}
    for article, rows in by_name.groupby("article", sort=False):
        text, outlet = articles.loc[[str(article)], ["text", "outlet"]].iloc[0]
        own = _own(rows["start"].tolist(), str(text), outlet)
        found[str(article)] = rows[np.logical_not(own)]
    return found


def _own(starts: list[int], text: str, outlet: object) -> list[bool]:
    """Whether names are those of the outlet's own people: *the Herald's Ann Orr*."""
    pattern = None if is_missing(outlet) else name_pattern([str(outlet)])
    if pattern is None:
        return [False] * len(starts)
    own = re.compile(rf"(?:{pattern.pattern})['’]s?\s+(?:[\w-]+\s+){{0,3}}$")
    return [bool(own.search(text[max(0, start - NEAR) : start])) for start in starts]


def _others(articles: pd.DataFrame, article: str) -> pd.DataFrame:
    """Give the articles of other outlets on the event, and whether each is ``beside``.

    Only of those it is said that they lack something: they are of the same days, not of
    an earlier one, and no fragment. Of an article without a date nothing is known, so
    that it counts.
    """
    mine = articles.loc[article]
    events = articles["event"].astype(object).fillna("")
    other = articles["outlet"].notna() & articles["outlet"].ne(mine["outlet"])
    others = articles[other & events.eq(events[article])]
    after = days_between(mine["date"], others["date"])
    near = after.isna() | after.between(0, DAYS)
    short = too_short(others, len(str(mine["text"]).split()))
    return others.assign(beside=near & ~short)


def _new(
    names: dict[str, pd.DataFrame],
    run: pd.DataFrame,
    articles: pd.DataFrame,
    others: pd.DataFrame,
) -> pd.DataFrame:
    """Give the names in a run of passages that no other has, each once, in order.

    Names of media are left out: they stand in credits and bylines.
    """
    mine = names[str(run["article"].iloc[0])]
    starts, ends = run["start"].min(), run["end"].max()
    inside = mine["start"].ge(starts) & mine["end"].le(ends)
    once = _once(mine[inside])
    known = [names[one]["actor"] for one in others.index if one in names]
    theirs: set[str] = set().union(*known)
    text, outlets = str(articles["text"][run["article"].iloc[0]]), articles["outlet"]
    new = lacking(once["actor"], [text], others["text"].tolist(), theirs, set(outlets))
    return once[once["actor"].isin(new)]


def _once(names: pd.DataFrame) -> pd.DataFrame:
    """Give each name once, where it is first, written with the fewest capitals.

    A surname is the name of whom the articles name in full.
    """
    capitals = names["actor"].str.count(r"[A-Z]")
    keys = names["actor"].str.casefold()
    plainest = names.loc[capitals.sort_values(kind="stable").index, "actor"]
    best = plainest.groupby(keys).first()
    first = names[~keys.duplicated()]
    first = first.assign(actor=keys[first.index].map(best))
    longest = sorted(first["actor"], key=len, reverse=True)
    short = {
        name
        for place, name in enumerate(longest)
        if any(_within(name, other) for other in longest[:place])
    }
    return first[~first["actor"].isin(short)]


def _within(name: str, longer: str) -> bool:
    """Whether a name is a longer one, or a part of it: a surname."""
    words = set(read_name(name).words)
    part = bool(words) and words <= set(read_name(longer).words)
    return same_name(name, longer) is True or part


def _holding(run: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """Give the passages of a run in which the names are."""
    places = np.searchsorted(run["start"].to_numpy(), new["start"].to_numpy(), "right")
    return run.iloc[np.unique(places - 1)]


def _rank(kind: object, name: str) -> int:
    """Give 0 for a person, who may be taken for a body, 1 for bodies, else `OTHER`."""
    if kind == "person" or (kind != "place" and read_name(name).kind == "person"):
        return 0
    return 1 if kind == "body" else OTHER


def _sentence(
    lined_up: Coverage, outlet: str, new: pd.DataFrame, others: pd.DataFrame
) -> str:
    """Say who and what is named, in which sentence, and which outlets do not."""
    texts = lined_up.articles.set_index("article")["text"]
    what = [
        with_article(in_full(name, [texts[article]]))
        for name, article in new[["actor", "article"]].head(MOST_NAMED).to_numpy()
    ]
    there = sorted(set(map(plain, others["outlet"])))
    several = len(what) > 1
    if len(there) > MOST_OUTLETS:
        do = "names any of them" if several else "does"
        others_do = f"none of the {len(there):,} other outlets {do}"
    else:
        do = "do not" if there[1:] else "does not"
        do = f"name{'' if there[1:] else 's'} none of them" if several else do
        others_do = f"{named(there)} {do}"
    passage = quoted(_around(lined_up, new))
    end = "" if passage[-2:-1] in SENTENCE_ENDS else "."
    return (
        f"{plain(outlet)} names {named(what)}; on the same event {others_do}: "
        f"{passage}{end}"
    )


def _where(articles: pd.DataFrame) -> str:
    """Say in which article the passages are, by its headline and day."""
    first = articles.iloc[0]
    headline = "" if is_missing(first["title"]) else f" {quoted(first['title'])}"
    day = "" if is_missing(first["date"]) else f" of {first['date']}"
    where = f" in{headline or ' the article'}{day}" if headline or day else ""
    return f"Passages without a counterpart{where}"


def _around(lined_up: Coverage, new: pd.DataFrame) -> str:
    """Give the sentence with the first of some names, from near it if it is long."""
    article, place, end = new[["article", "start", "end"]].iloc[0]
    text = str(lined_up.articles.set_index("article")["text"][article])
    first, last = Sentences(lined_up.corpus).at(article, place) or (place, end)
    if end - first <= LONGEST - NEAR:
        return text[first:last]
    near = text.find(" ", max(first, place - NEAR), place) + 1 or place
    return f"…{text[near:last]}"


def _surprise(run: pd.DataFrame, text: str) -> float:
    """Give how far a run of passages is from any other, more of it the higher up."""
    longest = run.sort_values("words", kind="stable").iloc[-1]
    prominent = 1 - LEAD * longest["start"] / max(1, len(text))
    return float((1 - max(0.0, run["score"].min())) * prominent)


def _runs(units: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Give passages that follow each other, none of them with a counterpart.

    Of an article with hardly any counterpart nothing is given: it tells something else.
    """
    told_too = units["words"].where(units["status"].eq(COUNTERPART), 0)
    words = units["words"].groupby(units["article"])
    share = told_too.groupby(units["article"]).sum() / words.sum().clip(lower=1)
    told = share.index[share.ge(SAME_STORY)]
    alone_here = units["status"].eq(ONLY_HERE) & units["words"].ge(LEAST_WORDS)
    alone_here &= units["outlet"].notna() & units["article"].isin(told)
    new = units["article"].ne(units["article"].shift()) | alone_here.ne(
        alone_here.shift()
    )
    for _, run in units[alone_here].groupby(new.cumsum()[alone_here]):
        yield str(run["outlet"].iloc[0]), run
