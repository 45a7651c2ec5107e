"""Only here: passages that no article of another outlet on the event has."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from framelens._accuracy import shares_of
from framelens._lists import read_list
from framelens._wording import counted
from framelens.align.coverage.stories import COUNTERPART, ONLY_HERE
from framelens.report.findings.finding import TO_READ, Finding
from framelens.report.findings.phrases import named, places_of, quoted
from framelens.show.text import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from framelens.align import Coverage

THEME = "Only here"

LEAST_WORDS = 12
"""Words of a passage; shorter ones find no counterpart for want of words."""

LEAD = 0.5
"""What the last passage of an article weighs beside its first: news puts what matters
on top."""


def alone(lined_up: Coverage | None) -> Iterator[Finding]:
    """Propose the passages of one outlet that no article of another comes near."""
    if lined_up is None:
        return
    articles = lined_up.articles.set_index("article")
    others = _outlets_by_event(lined_up.articles)
    units = lined_up.units
    units = units.assign(outlet=units["article"].map(articles["outlet"]))
    shares = shares_of(read_list("coverage_accuracy")["paragraphs"]["shares"])
    right = shares["precision"]
    said: set[tuple[str, str]] = set()
    total = units.groupby("outlet")["words"].sum()
    for outlet, run in _runs(units):
        text = str(articles["text"][run["article"].iloc[0]])
        there = others[run["article"].iloc[0]] - {outlet}
        words = int(run["words"].sum())
        longest = run.sort_values("words", kind="stable").iloc[-1]
        prominent = 1 - LEAD * longest["start"] / max(1, len(text))
        several = len(run) > 1
        where = named(sorted(there) or ["another article"], joined="or")
        what = f"{counted(words, 'word')} on end, beginning" if several else "this"
        first = run.iloc[0]
        passage = quoted(text[first["start"] : first["end"]])
        if (outlet, passage) in said:
            continue  # a line that several of its articles carry
        said.add((outlet, passage))
        yield Finding(
            THEME,
            f"{plain(outlet)} has {what}: {passage} Nothing like it was found in "
            f"what {where} has on the event.",
            f"Passages of one event; “only here” is right for {right} "
            "passages: the other article may say it elsewhere, in other words.",
            TO_READ,
            size=float(longest["words"] / total[outlet]),
            certainty=right.value,
            surprise=float((1 - max(0.0, run["score"].min())) * prominent),
            find=partial(places_of, run, articles["text"]),
        )


def _outlets_by_event(articles: pd.DataFrame) -> dict[str, set[str]]:
    """Give, for each article, the outlets that cover its event."""
    events = articles["event"].astype(object).fillna("")
    outlets = {
        event: set(names.dropna())
        for event, names in articles["outlet"].groupby(events)
    }
    pairs = zip(articles["article"], events, strict=True)
    return {str(article): outlets[event] for article, event in pairs}


def _runs(units: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Give passages that follow each other, none of them with a counterpart.

    Of an article without any counterpart nothing is given: it tells something else.
    """
    told = units.loc[units["status"].eq(COUNTERPART), "article"]
    alone_here = units["status"].eq(ONLY_HERE) & units["words"].ge(LEAST_WORDS)
    alone_here &= units["outlet"].notna() & units["article"].isin(told)
    new = units["article"].ne(units["article"].shift()) | alone_here.ne(
        alone_here.shift()
    )
    for _, run in units[alone_here].groupby(new.cumsum()[alone_here]):
        yield str(run["outlet"].iloc[0]), run
