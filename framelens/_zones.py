"""Zones: a corpus cut to headlines, ledes or bodies, and the zone of each place."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from framelens._checks import InputError
from framelens._computed import Computed
from framelens._layers import layer

if TYPE_CHECKING:
    from framelens.corpus import Corpus

ZONES = ("headline", "lede", "body")
"""The zones of an article. The headline is its title, which is no part of its text; the
lede is the first paragraph of the text, the body what comes below it."""

NAMED = {"headline": "in headlines", "lede": "in ledes", "body": "below the lede"}
"""How a result says which zone it is of."""

_OF_ARTICLES = ("events", "duplicates", "genres")
"""Layers that say something of an article, not of its text: a headline has them too."""

_OUTSIDE = "furniture"
"""The voice of what stands outside a zone: no count contains it."""


def headlines(corpus: Corpus) -> tuple[pd.DataFrame, Computed]:
    """Give the headlines as texts, with layers of their own.

    A name in a headline means whom it means in the article below it.
    """
    titled = corpus.articles[corpus.articles["title"].notna()].reset_index(drop=True)
    if titled.empty:
        raise InputError(
            "no article has a headline: fill the column 'title', or choose another "
            "zone."
        )
    own = titled.assign(text=titled["title"].astype(str))
    whole = corpus._computed
    lent = {name: partial(whole.table, name, whole.articles) for name in _OF_ARTICLES}
    lent["names"] = partial(_names, whole)
    return own, Computed(own, whole.actors, lent=lent)


def _names(whole: Computed) -> pd.DataFrame:
    """Say whom names mean in articles with their headlines."""
    articles = whole.articles
    title = articles["title"].fillna("").astype(str)
    both = articles.assign(text=title + "\n\n" + articles["text"])
    return layer("names").compute(both, actors=whole.actors)


def only_in(zone: str, voices: pd.DataFrame, marked: pd.DataFrame) -> pd.DataFrame:
    """Give voices in which what stands outside a zone is furniture: nobody counts it.

    `marked` is the layer ``zones``.
    """
    mine = marked[marked["zone"].eq(zone)].set_index("article")
    inside = voices["article"].isin(mine.index)
    low, high = (voices["article"].map(mine[name]) for name in ("start", "end"))
    start, end = voices["start"], voices["end"]
    parts = [voices[~inside].assign(voice=_OUTSIDE)]
    for first, last, outside in (
        (start, end.clip(upper=low), True),
        (start.clip(lower=low), end.clip(upper=high), False),
        (start.clip(lower=high), end, True),
    ):
        part = voices.assign(start=first, end=last)[inside & first.lt(last)]
        parts.append(part.assign(voice=_OUTSIDE) if outside else part)
    table = pd.concat(parts).astype({"start": "int64", "end": "int64"})
    return table.sort_index(kind="stable").reset_index(drop=True)


def zone_at(articles: pd.Series, starts: pd.Series, marked: pd.DataFrame) -> pd.Series:
    """Give the zone in which each place stands; below 0 it is in the headline."""
    ends = marked[marked["zone"].eq("lede")].set_index("article")["end"]
    end = articles.map(ends).fillna(0)
    found = pd.Series("body", index=starts.index, dtype=object)
    return found.mask(starts.lt(end), "lede").mask(starts.lt(0), "headline")
