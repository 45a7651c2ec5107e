"""Speakers: how many quoted words each speaker, or each affiliation, is given."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import partial
from typing import TYPE_CHECKING, Literal

import pandas as pd

from framelens._checks import require_columns, require_known
from framelens.annotate.pipeline import DEFAULT_MODEL
from framelens.annotate.speakers import speakers as find_speakers
from framelens.annotate.speakers.actor_words import body_of, role_of
from framelens.annotate.speakers.nations import state_of
from framelens.annotate.speakers.person_names import PARTICLES
from framelens.annotate.voices import voices as divide
from framelens.annotate.words import word_offsets
from framelens.measure.counts import COUNT_COLUMNS, TEXT, TOTAL_COLUMNS, Counts
from framelens.read import articles_of

if TYPE_CHECKING:
    from pathlib import Path

NOT_NAMED = "(not named)"
"""The item of quotations without a speaker."""

NOT_STATED = "(not stated)"
"""The item of quotations whose speaker has no affiliation that is stated."""

NO_OUTLET = "(outlet not stated)"
"""What `speakers_table` calls a missing outlet."""

VOICE = "direct"
"""The one voice of these counts: outermost quotations that are speech."""

By = Literal["speaker", "affiliation"]

_KEYS = ["event", "outlet", "article", "text"]
_PIECES = [*COUNT_COLUMNS, "start", "end", "text"]


def speakers(
    articles: pd.DataFrame | str | Path,
    *,
    by: By = "speaker",
    actors: pd.DataFrame | str | Path | None = None,
    spoken: pd.DataFrame | None = None,
    model: str | Path = DEFAULT_MODEL,
) -> Counts:
    """Count the quoted words of each speaker, or of each affiliation.

    Parameters
    ----------
    articles : DataFrame or path
        ``article, outlet, event, text``.
    by : {"speaker", "affiliation"}, default "speaker"
        What the items are.
    actors : DataFrame or path, optional
        The analyst's table, as `framelens.read.read_actors` reads it.
    spoken : DataFrame, optional
        Who utters which quotation, as `framelens.annotate.speakers` gives it (and
        perhaps corrected by hand), which is what is used where none is given; then
        `actors` is not needed.
    model : str or path, default the small English pipeline
        As for `framelens.annotate.parse`.

    Returns
    -------
    Counts
        Items are speakers (`NOT_NAMED` where there is none) or affiliations
        (`NOT_STATED` where there is none); the voice is ``direct``. k is the words
        in the quotations of that item, n all words in quotations of the article.
        Words that stand in furniture, such as a lede printed twice, count once. An
        article without a quotation has no total.

    Raises
    ------
    ColumnError
        If a table lacks a column.
    UnknownNameError
        If `by` is neither of the two.

    Examples
    --------
    >>> articles = pd.DataFrame({"article": ["a"], "outlet": ["Daily"], "event": ["e"],
    ...                          "text": ['"We go on," said Jane Doe.']})
    >>> speakers(articles).counts[["voice", "item", "k"]]
        voice      item  k
    0  direct  Jane Doe  3
    """
    require_known(by, ["speaker", "affiliation"], kind="grouping")
    articles = articles_of(articles)
    if spoken is None:
        spoken = find_speakers(articles, actors=actors, model=model)
    pieces = _pieces(articles, spoken, by)
    keys = ["event", "outlet", "article", "voice"]
    counts = _summed(pieces[pieces["k"] > 0], [*keys, "item"], "k")
    totals = _summed(pieces[pieces["k"] > 0], keys, "k").rename(columns={"k": "n"})
    find = partial(occurrences, by=by, spoken=spoken)
    return Counts(
        counts[COUNT_COLUMNS], totals[TOTAL_COLUMNS], "speakers", "quoted words", find
    )


def occurrences(
    articles: pd.DataFrame | str | Path,
    item: str,
    *,
    voice: str | None = None,
    by: By = "speaker",
    actors: pd.DataFrame | str | Path | None = None,
    spoken: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Find the quotations of one speaker or affiliation.

    Parameters
    ----------
    articles, by, actors, spoken
        As for `speakers`.
    item : str
        A speaker or an affiliation; `NOT_NAMED` or `NOT_STATED` for quotations
        without one.
    voice : str, optional
        ``direct`` or None for all; in other voices there are none.

    Returns
    -------
    DataFrame
        ``article, outlet, voice, start, end, text``, in order; ``text`` is
        ``article text[start:end]``, marks included.
    """
    articles = articles_of(articles)
    if spoken is None:
        spoken = find_speakers(articles, actors=actors)
    pieces = _pieces(articles, spoken, by)
    chosen = pieces["item"].eq(item) & (voice in (None, VOICE))
    columns = ["article", "outlet", "voice", "start", "end", "text"]
    return pieces.loc[chosen, columns].reset_index(drop=True)


def speakers_table(
    articles: pd.DataFrame | str | Path,
    *,
    by: By = "speaker",
    actors: pd.DataFrame | str | Path | None = None,
    spoken: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Set out who is quoted in which outlet, zeros included.

    Parameters
    ----------
    articles, by, actors, spoken
        As for `speakers`.

    Returns
    -------
    DataFrame
        One row per item and outlet, most quoted words of all outlets first:
        the item (a column named as `by` says), ``outlet, quotations, words``;
        ``share``: of the outlet's quoted words, missing where it quotes nobody;
        ``first``: where the first quotation begins, as a share of the article's
        length (the earliest of the outlet's articles), missing where there is none;
        ``heard_only_in``: the outlet, if only one of several quotes the item.

    Notes
    -----
    A speaker of whom an article gives only the surname (*Mr Brandt*) is taken for
    the one full name that ends so among the speakers of the same event (*Leo
    Brandt*); where several do, or none, the surname stays a row of its own. `speakers`
    and `occurrences` go by single articles and keep the surname, so that the counts
    of the whole are the sum of those of its parts.

    Examples
    --------
    >>> articles = pd.DataFrame({
    ...     "article": ["a", "b"], "outlet": ["Daily", "Herald"], "event": ["e", "e"],
    ...     "text": ['"We go on," said Jane Doe.', '"No," said John Roe.']})
    >>> speakers_table(articles)[["speaker", "outlet", "words", "share"]]
        speaker  outlet  words  share
    0  Jane Doe   Daily      3    1.0
    1  Jane Doe  Herald      0    0.0
    2  John Roe   Daily      0    0.0
    3  John Roe  Herald      1    1.0
    """
    require_known(by, ["speaker", "affiliation"], kind="grouping")
    articles = articles_of(articles)
    if spoken is None:
        spoken = find_speakers(articles, actors=actors)
    pieces = _pieces(articles, spoken, by)
    if by == "speaker":
        pieces["item"] = _full_names(pieces)
    pieces["outlet"] = pieces["outlet"].fillna(NO_OUTLET)
    outlets = sorted(articles["outlet"].fillna(NO_OUTLET).unique())
    length = dict(zip(articles["article"], articles["text"].str.len(), strict=True))
    pieces["first"] = pieces["start"] / pieces["article"].map(length).astype(float)
    table = pieces.groupby(["item", "outlet"], sort=False).agg(
        quotations=("k", "size"), words=("k", "sum"), first=("first", "min")
    )
    total = table["words"].groupby("item").sum()
    order = sorted(total.index, key=lambda item: (-int(total[item]), str(item)))
    whole = pd.MultiIndex.from_product([order, outlets], names=["item", "outlet"])
    table = table.reindex(whole).reset_index()
    for name in ("quotations", "words"):
        table[name] = table[name].fillna(0).astype("int64")
    said = table.groupby("outlet")["words"].transform("sum")
    table["share"] = table["words"] / said.where(said > 0)
    table["heard_only_in"] = _heard_only_in(table, several=len(outlets) > 1)
    columns = [
        "item",
        "outlet",
        "quotations",
        "words",
        "share",
        "first",
        "heard_only_in",
    ]
    return table[columns].rename(columns={"item": by})


def _full_names(pieces: pd.DataFrame) -> list[str]:
    """Give the items, a bare surname as the one full name of its event that fits."""
    items = [str(one) for one in pieces["item"]]
    events = [str(one) if pd.notna(one) else None for one in pieces["event"]]
    full: dict[tuple[str | None, str], set[str]] = {}
    for event, item in zip(events, items, strict=True):
        words = item.split()
        if len(words) > 1 and all(_may_be_name(one) for one in words):
            full.setdefault((event, words[-1]), set()).add(item)
    joined: list[str] = []
    for event, item in zip(events, items, strict=True):
        fits = full.get((event, item), set()) if event is not None else set()
        only = fits if len(fits) == 1 and _may_be_name(item) else {item}
        joined.extend(only)
    return joined


def _may_be_name(word: str) -> bool:
    """Whether a word can be part of a person's name: no state, body, role or *of*."""
    capital = word[:1].isupper() or word.lower() in PARTICLES
    other = body_of(word) or role_of(word) or state_of(word, capitals=True)
    return capital and other is None


def _heard_only_in(table: pd.DataFrame, *, several: bool) -> pd.Series:
    """Name the outlet of items that only one of several outlets quotes."""
    quoted = table[table["quotations"] > 0]
    where = quoted.groupby("item")["outlet"].agg(["nunique", "first"])
    only = where.loc[where["nunique"].eq(1) & several, "first"]
    return table["item"].map(only.to_dict()).astype(object)


def _pieces(articles: pd.DataFrame, spoken: pd.DataFrame, by: By) -> pd.DataFrame:
    """Give one row per stretch of direct voice, with its item and its words."""
    require_columns(spoken, ["article", "start", "end", by], of="the table of speakers")
    quoted = spoken[["article", "start", "end"]].assign(kind="speech", depth=0)
    stretches = divide(articles, quotations=quoted)
    stretches = stretches[stretches["voice"].eq(VOICE)]
    items, rows = _items(spoken, by), []
    places = _by_article(stretches)
    keys = zip(*(articles[name].tolist() for name in _KEYS), strict=True)
    for event, outlet, article, text in keys:
        begins = [start for start, _ in word_offsets(text)] if article in places else []
        for start, end in places.get(article, []):
            starts, names = items[article]
            item = names[bisect_right(starts, start) - 1]
            k = bisect_left(begins, end) - bisect_left(begins, start)
            rows.append(
                (event, outlet, article, VOICE, item, k, start, end, text[start:end])
            )
    types = dict.fromkeys(("event", "outlet", "article", "voice", "item", "text"), TEXT)
    return pd.DataFrame(rows, columns=_PIECES).astype({**types, "k": "int64"})


def _items(spoken: pd.DataFrame, by: By) -> dict[str, tuple[list[int], list[str]]]:
    """Give the starts of the quotations of every article, and their items."""
    missing = NOT_NAMED if by == "speaker" else NOT_STATED
    names = spoken[by].astype(object).where(spoken[by].notna(), missing)
    ordered = spoken.assign(item=names).sort_values(["article", "start"], kind="stable")
    return {
        str(article): (part["start"].tolist(), part["item"].astype(str).tolist())
        for article, part in ordered.groupby("article")
    }


def _by_article(spans: pd.DataFrame) -> dict[str, list[tuple[int, int]]]:
    found: dict[str, list[tuple[int, int]]] = {}
    columns = (spans[name].tolist() for name in ("article", "start", "end"))
    for article, start, end in zip(*columns, strict=True):
        found.setdefault(article, []).append((start, end))
    return found


def _summed(pieces: pd.DataFrame, keys: list[str], number: str) -> pd.DataFrame:
    grouped = pieces.groupby(keys, dropna=False, sort=False)[number].sum()
    return grouped.reset_index()
