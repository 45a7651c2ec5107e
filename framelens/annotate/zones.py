"""Zones: where the lede of a text ends, and its body begins."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from framelens._layers import Layer
from framelens.annotate.spans import SPAN_COLUMNS, each_text, grouped_spans, spans_frame
from framelens.annotate.words import word_offsets

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

LONGEST = 100
"""Words of a lede. A longer first paragraph has lost its breaks, or is no news lede: of
3,100 scraped articles 95 in 100 begin with one of at most 84."""

USUAL = 30
"""Words of a usual lede: the median of those articles is 32. Of a paragraph that is too
long the lede is the sentences up to this word."""

_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*(?=\s)")


def zones(
    articles: pd.DataFrame, *, paragraphs: pd.DataFrame, furniture: pd.DataFrame
) -> pd.DataFrame:
    r"""Mark the lede and the body of every text: together they are the whole of it.

    The lede ends with the first paragraph that is not furniture alone.

    >>> import pandas as pd
    >>> from framelens.annotate.furniture import furniture
    >>> from framelens.annotate.paragraphs import paragraphs
    >>> text = "PARIS (Daily) – The dam held.\n\nIt is old.\n\nIt is high."
    >>> articles = pd.DataFrame({"article": ["a"], "text": [text]})
    >>> spans = {"paragraphs": paragraphs(articles), "furniture": furniture(articles)}
    >>> zones(articles, **spans)[["zone", "start", "end"]].values.tolist()
    [['lede', 0, 29], ['body', 29, 54]]
    """
    of_article, left_out = grouped_spans(paragraphs), grouped_spans(furniture)
    rows = []
    for article, text in each_text(articles):
        end = _lede_end(text, of_article.get(article, []), left_out.get(article, []))
        rows += [
            (article, first, last, f"{article}:{zone}", zone)
            for zone, first, last in (("lede", 0, end), ("body", end, len(text)))
            if first < last
        ]
    return spans_frame(rows, layer="zone", role="zone", extra=["zone"])


def _lede_end(
    text: str, paragraphs: list[tuple[int, int]], furniture: list[tuple[int, int]]
) -> int:
    """Give where the lede ends; what stands before it is part of it."""
    for start, end in paragraphs:
        words = [
            (first + start, last + start)
            for first, last in word_offsets(text[start:end])
            if not _inside(first + start, furniture)
        ]
        if len(words) > LONGEST:
            stop = _SENTENCE_END.search(text, words[USUAL - 1][1], end)
            return stop.end() if stop else end
        if words:
            return end
    return len(text)


def _inside(place: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


ZONES_LAYER = Layer(
    "zones", (*SPAN_COLUMNS, "zone"), zones, needs=("paragraphs", "furniture")
)
