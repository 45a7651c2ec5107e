"""Emphasis: what each article puts first, and who speaks there."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from framelens._checks import InputError
from framelens._declared import Measure
from framelens._wording import counted
from framelens.annotate.spans import spans_frame
from framelens.annotate.voices import LEFT_OUT, spoken_words
from framelens.annotate.words import word_offsets
from framelens.corpus import corpus_of
from framelens.measure.accuracy import VOICE_ACCURACY
from framelens.measure.counts import (
    COUNT_COLUMNS,
    TOTAL_COLUMNS,
    Counts,
    evidence_table,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from framelens.corpus import Corpus

SHARES = (0.1, 0.25)
"""The openings: the first tenth and the first quarter of an article's words."""

OPENING_COLUMNS = [
    *("article", "outlet", "part", "share", "start", "end", "words", "quoted_words"),
    *("article_words", "article_quoted_words"),
]
"""The columns of ``Emphasis.table``."""

ROUNDING = 1e-9
"""A tenth of 30 words is 3 words, not the fourth that binary fractions would add."""


@dataclass(frozen=True, eq=False, kw_only=True, repr=False)
class Emphasis(Counts):
    """What articles open with: counts, and the openings themselves.

    Attributes
    ----------
    openings : DataFrame
        One row per article and opening: ``article, outlet, part`` ("first 10 %"),
        ``share, start, end`` (from the first word, or the mark before it, to the
        last word), ``words, quoted_words`` (of them, in quotations that are
        speech), ``article_words, article_quoted_words`` (of the whole article).
        Furniture is not counted. An article without a word has no row.
    spans : DataFrame
        The openings as spans of the layer ``opening``, with ``part``; pieces with
        the same ``annotation`` belong together: furniture parts them. Given to
        another measure, as ``terms(corpus, within=spans)``, they confine its counts.
    """

    openings: pd.DataFrame = field(repr=False)
    spans: pd.DataFrame = field(repr=False)

    @property
    def table(self) -> pd.DataFrame:
        """The openings, one row per article and opening."""
        return self.openings

    @property
    def caption(self) -> str:
        """What the table holds."""
        parts = " and ".join(self.openings["part"].unique())
        number = self.openings["article"].nunique()
        opens, whose = ("opens", "its") if number == 1 else ("open", "their")
        return (
            f"What {counted(number, 'article')} {opens} with: the {parts} of {whose} "
            "words, furniture left out."
        )

    def shown(self) -> pd.DataFrame:
        """Lay out the openings: how many words, and how many in quotation marks."""
        return self.openings[["outlet", "article", "part", "words", "quoted_words"]]


def emphasis(
    corpus: Corpus | pd.DataFrame | str | Path, *, shares: Iterable[float] = SHARES
) -> Emphasis:
    """Mark the opening of every article, and count who speaks in it.

    Parameters
    ----------
    corpus : Corpus, DataFrame or path
    shares : iterable of float, default (0.1, 0.25)
        How much of an article its opening is, in words, each in (0, 1], taken to a
        hundredth of a percent. Furniture is no part of it; a part of a word counts
        as a word, so that an article with a word has an opening.

    Returns
    -------
    Emphasis
        Items are "first 10 %" and "first 25 %", k the words of the opening in a
        voice, n the article's words in it.

    Raises
    ------
    InputError
        If there is no share, or one is not above 0 and at most 1.

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
    corpus = corpus_of(corpus)
    openings = list(_openings(corpus, wanted))
    spans = [piece for opening in openings for piece in opening.spans]
    return Emphasis(
        *_counted(openings),
        "emphasis",
        "words",
        partial(_occurrences, shares=wanted),
        corpus,
        openings=_listed(openings),
        spans=spans_frame(spans, layer="opening", role="opening", extra=["part"]),
    )


def _occurrences(corpus: Corpus, item: str, *, shares: list[float]) -> pd.DataFrame:
    """Give the stretches of text whose words were counted."""
    openings = _openings(
        corpus, [share for share in shares if part_named(share) == item]
    )
    return evidence_table(
        (opening.article, opening.outlet, voice, start, end, opening.text[start:end])
        for opening in openings
        for start, end, voice in opening.stretches
    )


def part_named(share: float) -> str:
    """Name an opening: "first 10 %", "first 12.5 %"."""
    return f"first {100 * share:g} %"


class _Opening(NamedTuple):
    """The opening of one article: all its words by voice, and those of the opening."""

    event: str | None
    outlet: str | None
    article: str
    text: str
    share: float
    end: int
    stretches: list[tuple[int, int, str]]
    words: Counter[str]
    total: Counter[str]

    @property
    def part(self) -> str:
        """The name of the opening."""
        return part_named(self.share)

    @property
    def spans(self) -> Iterator[tuple[str, int, int, str, str]]:
        """The stretches, joined where nothing but white space parts them."""
        name = f"{self.article}:o{100 * self.share:g}"
        start, end, _ = self.stretches[0]
        for first, last, _ in self.stretches[1:]:
            if self.text[end:first].strip():
                yield self.article, start, end, name, self.part
                start = first
            end = last
        yield self.article, start, end, name, self.part


def _checked(shares: Iterable[float]) -> list[float]:
    """Check shares, and put them in order."""
    given = sorted({round(float(share), 4) for share in shares})
    odd = [share for share in given if not 0 < share <= 1]
    if odd or not given:
        raise InputError(
            "shares are above 0 and at most 1, as 0.1; "
            f"found {odd[0] if odd else 'none'}."
        )
    return given


def _openings(corpus: Corpus, shares: list[float]) -> Iterator[_Opening]:
    """Give every opening of every article that has a word."""
    by_article = dict(list(corpus.voices.groupby("article", sort=False)))
    columns = (corpus.articles[name] for name in ("event", "outlet", "article", "text"))
    for event, outlet, article, text in zip(*columns, strict=True):
        if article not in by_article:
            continue
        voices = by_article[article].sort_values("start")
        words = spoken_words(text, voices)
        total = Counter(voice for _, _, voice in words)
        for share in shares if words else []:
            size = math.ceil(share * len(words) - ROUNDING)
            inside = Counter(voice for _, _, voice in words[:size])
            end = words[size - 1][1]
            stretches = list(_stretches(text, voices, end))
            yield _Opening(
                event, outlet, article, text, share, end, stretches, inside, total
            )


def _stretches(
    text: str, voices: pd.DataFrame, limit: int
) -> Iterator[tuple[int, int, str]]:
    """Give start, end and voice of stretches with a word, furniture apart."""
    columns = (voices[name].tolist() for name in ("start", "end", "voice"))
    for start, end, voice in zip(*columns, strict=True):
        piece = text[start : min(end, limit)] if start < limit else ""
        if voice != LEFT_OUT and word_offsets(piece):
            left = start + len(piece) - len(piece.lstrip())
            yield left, start + len(piece.rstrip()), voice


def _counted(openings: list[_Opening]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give counts and totals."""
    counts = [
        (opening.event, opening.outlet, opening.article, voice, opening.part, k)
        for opening in openings
        for voice, k in sorted(opening.words.items())
    ]
    totals = {
        (opening.event, opening.outlet, opening.article, voice, n): None
        for opening in openings
        for voice, n in sorted(opening.total.items())
    }
    return (
        pd.DataFrame(counts, columns=COUNT_COLUMNS),
        pd.DataFrame(list(totals), columns=TOTAL_COLUMNS),
    )


def _listed(openings: list[_Opening]) -> pd.DataFrame:
    """Give the table: one row per article and opening."""
    rows: list[tuple[Any, ...]] = [
        (
            *(opening.article, opening.outlet, opening.part, opening.share),
            *(opening.stretches[0][0], opening.end),
            *(opening.words.total(), opening.words["direct"]),
            *(opening.total.total(), opening.total["direct"]),
        )
        for opening in openings
    ]
    whole = dict.fromkeys(OPENING_COLUMNS[4:], np.int64)
    return pd.DataFrame(rows, columns=OPENING_COLUMNS).astype(whole)


EMPHASIS = Measure(
    "emphasis",
    emphasis,
    label="What comes first",
    unit="words",
    accuracy=f"Openings are counted by a rule; {VOICE_ACCURACY.in_short()}.",
    tables=lambda result, _: {"": result.table},
    lines=lambda result: [result.caption],
)
