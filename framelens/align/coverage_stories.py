"""Stories: which articles are lined up, and what of them."""

from __future__ import annotations

from collections import defaultdict
from itertools import permutations
from typing import TYPE_CHECKING

import pandas as pd

from framelens._checks import InputError
from framelens._wording import counted
from framelens.align.nearest import prepare
from framelens.align.sentence_runs import joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from framelens.align.nearest import Story


PARAGRAPH, SENTENCE = UNITS = ("paragraph", "sentence")
"""What may be lined up."""


MOST_ARTICLES = 500
"""Of one event at most, if each is of another outlet."""

MOST_PAIRS = MOST_ARTICLES * (MOST_ARTICLES - 1) // 2
"""Of articles of one event at most: the time grows with them."""


def require_few(articles: pd.DataFrame) -> None:
    """Refuse an event in which too many pairs of articles are lined up."""
    for event, mine in articles.groupby("event", sort=False, dropna=False):
        alike = mine["outlet"].value_counts().tolist()
        pairs = _pairs_among(len(mine)) - sum(map(_pairs_among, alike))
        if pairs > MOST_PAIRS:
            name = "no stated event" if pd.isna(event) else f"the event {event!r}"
            raise InputError(
                f"coverage() lines up at most {MOST_PAIRS:,} pairs of articles of one "
                f"event, as many as {MOST_ARTICLES} articles of different outlets "
                f"make; {len(mine):,} articles of {name} make {pairs:,}. Find events "
                "with align.events, or leave out copies with "
                "align.without_duplicates."
            )


def _pairs_among(count: int) -> int:
    return count * (count - 1) // 2


def require_parsed(articles: pd.DataFrame, tokens: pd.DataFrame) -> None:
    """Refuse tokens that lack those of an article."""
    lacking = articles.loc[~articles["article"].isin(tokens["article"])]
    names = lacking.loc[lacking["text"].str.strip().ne(""), "article"]
    if len(names):
        raise InputError(
            f"tokens has none of {listed(names)}; give those of every article that is "
            "lined up, as annotate.parse(articles) gives them, with the same "
            "identifiers."
        )


def require_some(pairs: list[tuple[str, str]], articles: pd.DataFrame) -> None:
    """Refuse where there is nothing to line up."""
    if not pairs:
        raise InputError(
            "coverage() needs two articles of different outlets on one event, with "
            f"text beside furniture; found none in {len(articles)} articles. Fill the "
            "columns 'outlet' and 'event'."
        )


def in_events(articles: pd.DataFrame) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Keep the articles that can be compared; say which event they are taken to be."""
    missing = articles["event"].isna()
    if missing.all():
        return articles, ("No event is stated: the articles are taken as one event.",)
    if not missing.any():
        return articles, ()
    left = listed(articles["article"][missing])
    return articles[~missing], (f"Left out, without an event: {left}.",)


def pairs_of(articles: pd.DataFrame) -> Iterator[tuple[str, str]]:
    """Give every article with each article of another outlet on the same event.

    The rule of `framelens.align.statements`: articles of the same stated outlet are
    not compared with each other, articles without an outlet are compared with all.
    """
    for _, mine in articles.groupby("event", sort=False, dropna=False):
        names, outlets = mine["article"].tolist(), mine["outlet"].tolist()
        for (one, ours), (other, theirs) in permutations(
            zip(names, outlets, strict=True), 2
        ):
            if pd.isna(ours) or pd.isna(theirs) or ours != theirs:
                yield one, other


def left_out_of(
    articles: pd.DataFrame, voices: pd.DataFrame, lines: pd.DataFrame
) -> pd.DataFrame:
    """Give what is not lined up: ``article, start, end, kind, text``."""
    place = ["article", "start", "end"]
    furniture = voices.loc[voices["voice"] == "furniture", place]
    parts = furniture.assign(kind="furniture"), lines[place].assign(kind="boilerplate")
    found = pd.concat(parts, ignore_index=True)
    texts = dict(zip(articles["article"], articles["text"], strict=True))
    found = found[found["article"].isin(texts)].sort_values(place, ignore_index=True)
    places = zip(*(found[name].tolist() for name in place), strict=True)
    cut = [texts[article][start:end] for article, start, end in places]
    return found.assign(text=pd.Series(cut, dtype=object))


def stories_of(
    articles: pd.DataFrame, left_out: pd.DataFrame, tokens: pd.DataFrame, *, by: str
) -> dict[str, Story]:
    """Prepare the articles that have a word beside what is left out."""
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    columns = (left_out[one].tolist() for one in ("article", "start", "end"))
    for article, start, end in zip(*columns, strict=True):
        spans[article].append((start, end))
    parsed = dict(tuple(tokens.groupby("article", sort=False)))
    stories = {}
    for row in zip(
        articles["article"].tolist(), articles["text"].tolist(), strict=True
    ):
        mine, spared = parsed.get(row[0], tokens.iloc[:0]), joined(spans[row[0]])
        story = prepare(*row, mine, spared, by_sentence=by == SENTENCE)
        if story.units:
            stories[row[0]] = story
    return stories


def left_out_notes(left_out: pd.DataFrame, silent: set[str]) -> tuple[str, ...]:
    """Say which articles are not lined up, and in which a passage is not."""
    lines = left_out[left_out["kind"] == "boilerplate"]
    number, holders = counted(len(lines), "passage"), listed(lines["article"].unique())
    told = (
        (f"Left out, without a word beside furniture: {listed(silent)}.", bool(silent)),
        (f"Left out as boilerplate: {number}, of {holders}.", len(lines) > 0),
    )
    return tuple(note for note, holds in told if holds)


def listed(names: Iterable[object]) -> str:
    """Name the first five, and say how many more there are."""
    every = sorted(map(str, names))
    return ", ".join(every[:5]) + (f" and {len(every) - 5} more" if every[5:] else "")
