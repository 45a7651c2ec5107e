"""Emphasis: what each outlet puts first."""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from framelens._checks import InputError
from framelens.annotate.chosen_voices import chosen_voices
from framelens.annotate.spans import each_text
from framelens.annotate.voices import spoken_words
from framelens.measure.counts import COUNT_COLUMNS, TOTAL_COLUMNS, Counts
from framelens.measure.emphasis_result import (
    TABLE_COLUMNS,
    Emphasis,
    part_named,
    stretches,
)
from framelens.read import articles_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from framelens.annotate.chosen_voices import Chosen
    from framelens.measure.counts import Find

SHARES = (0.1, 0.25)
"""The openings: the first tenth and the first quarter of an article's words."""

ROUNDING = 1e-9
"""A tenth of 30 words is 3 words, not the fourth that binary fractions would add."""

_ITEM = re.compile(r"first (\d+(?:\.\d+)?) %")


def emphasis(
    articles: pd.DataFrame | str | Path,
    *,
    shares: Iterable[float] = SHARES,
    voices: Chosen = None,
) -> Emphasis:
    """Mark the opening of every article, and count who speaks in it.

    Parameters
    ----------
    articles : DataFrame or path
        ``article, outlet, event, text``.
    shares : iterable of float, default (0.1, 0.25)
        How much of an article its opening is, in words, each in (0, 1], taken to a
        hundredth of a percent. Furniture is no part of it; a part of a word counts
        as a word, so that an article with a word has an opening.
    voices : DataFrame or "marks", optional
        ``article, start, end, voice``; as `framelens.annotate.voices` gives them if
        not given. With "marks" nothing is read, and own and indirect are one voice,
        the rest.

    Returns
    -------
    Emphasis
        Its ``counts`` add up over articles: items are "first 10 %" and "first
        25 %", k the words of the opening in a voice, n the article's words in it.
        To see which words or speakers come first, give ``.voices_in(share)`` to
        another measure, as ``terms(articles, voices=...)``: it counts in the
        opening only.

    Raises
    ------
    InputError
        If there is no share, one is not above 0 and at most 1, or `voices` is
        another word.
    ColumnError
        If a table lacks a column.

    Examples
    --------
    >>> articles = pd.DataFrame({"article": ["a"], "outlet": ["Daily"],
    ...     "event": ["e"], "text": ['"We go now," he said. It rained all day.']})
    >>> opening = emphasis(articles, shares=[0.5])
    >>> opening.table[["part", "start", "end", "words", "quoted_words"]]
              part  start  end  words  quoted_words
    0  first 50 %      0   20      5             3
    """
    wanted = _checked(shares)
    table = articles_of(articles)
    spoken = chosen_voices(table, voices)
    openings = list(_openings(table, spoken, wanted))
    counts, totals = _counted(table, openings)
    find: Find = occurrences
    if voices is not None:
        find = partial(occurrences, voices=voices)
    return Emphasis(
        _listed(table, openings),
        Counts(counts, totals, "emphasis", "words", find),
        table,
        spoken,
    )


def occurrences(
    articles: pd.DataFrame | str | Path,
    item: str,
    *,
    voice: str | None = None,
    voices: Chosen = None,
) -> pd.DataFrame:
    """Give the stretches of text whose words were counted.

    Parameters
    ----------
    articles : DataFrame or path
        As for `emphasis`.
    item : str
        An opening, such as "first 10 %".
    voice : str, optional
        Only stretches in this voice.
    voices : DataFrame or "marks", optional
        As for `emphasis`.

    Returns
    -------
    DataFrame
        ``article, outlet, voice, start, end, text``, as ``Emphasis.evidence`` gives
        them.

    Raises
    ------
    InputError
        If the item does not name an opening.
    """
    found = _ITEM.fullmatch(item)
    if not found:
        raise InputError(f"no opening {item!r}; name one as 'first 10 %'.")
    share = float(found.group(1)) / 100
    opening = emphasis(articles, shares=[share], voices=voices)
    return opening.evidence(part_named(share), voice)


class _Opening(NamedTuple):
    """The opening of one article: all its words by voice, and those of the opening."""

    article: str
    share: float
    start: int
    end: int
    words: Counter[str]
    total: Counter[str]


def _checked(shares: Iterable[float]) -> list[float]:
    given = sorted({round(float(share), 4) for share in shares})
    odd = [share for share in given if not 0 < share <= 1]
    if odd or not given:
        raise InputError(
            "shares are above 0 and at most 1, as 0.1; "
            f"found {odd[0] if odd else 'none'}."
        )
    return given


def _openings(
    articles: pd.DataFrame, voices: pd.DataFrame, shares: list[float]
) -> Iterator[_Opening]:
    """Give every opening of every article that has a word."""
    by_article = dict(tuple(voices.groupby("article", sort=False)))
    for article, text in each_text(articles):
        mine = by_article.get(article, voices.iloc[:0])
        words = spoken_words(text, mine)
        total = Counter(voice for _, _, voice in words)
        for share in shares if words else []:
            size = math.ceil(share * len(words) - ROUNDING)
            inside = Counter(voice for _, _, voice in words[:size])
            end = words[size - 1][1]
            first = next(iter(stretches(text, mine, article, end)))
            yield _Opening(article, share, first[0], end, inside, total)


def _counted(
    articles: pd.DataFrame, openings: list[_Opening]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give counts and totals."""
    columns = (articles[name].tolist() for name in ("article", "event", "outlet"))
    about = {one: (event, outlet) for one, event, outlet in zip(*columns, strict=True)}
    counts = [
        (*about[one.article], one.article, voice, part_named(one.share), k)
        for one in openings
        for voice, k in sorted(one.words.items())
    ]
    totals = {
        (*about[one.article], one.article, voice, n): None
        for one in openings
        for voice, n in sorted(one.total.items())
    }
    return (
        pd.DataFrame(counts, columns=COUNT_COLUMNS),
        pd.DataFrame(list(totals), columns=TOTAL_COLUMNS),
    )


def _listed(articles: pd.DataFrame, openings: list[_Opening]) -> pd.DataFrame:
    """Give the table: one row per article and opening."""
    outlets = dict(zip(articles["article"], articles["outlet"], strict=True))
    rows = [
        (
            one.article, outlets[one.article], part_named(one.share), one.share,
            one.start, one.end, one.words.total(), one.words["direct"],
            one.total.total(), one.total["direct"],
        )
        for one in openings
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=TABLE_COLUMNS).astype(
        dict.fromkeys(TABLE_COLUMNS[4:], "int64")
    )
