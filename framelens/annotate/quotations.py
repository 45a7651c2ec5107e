"""Quotations: speech, scare quotes, and names and titles in quotation marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from framelens._layers import Layer
from framelens.annotate.kinds import Seen, kind_of, surroundings
from framelens.annotate.marks import Stretch, quoted_stretches
from framelens.annotate.paragraphs import paragraph_offsets
from framelens.annotate.spans import SPAN_COLUMNS, each_text, spans_frame
from framelens.read import articles_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pandas as pd

_COLUMNS = ["inner_start", "inner_end", "kind", "depth", "mark", "continues"]


def quotations(articles: pd.DataFrame | str | Path) -> pd.DataFrame:
    """Mark every stretch in quotation marks, and say what it is.

    Parameters
    ----------
    articles : DataFrame or path
        ``article`` and ``text``.

    Returns
    -------
    DataFrame
        Spans of the layer ``quotation``, marks included, nested ones after the one
        they stand in; ``annotation`` is the article's identifier, ``:q`` and a
        number. Own columns: ``inner_start, inner_end`` (without the marks);
        ``kind``: ``speech`` (the text credits these very words to somebody, be it
        one word), ``scare`` (held at a distance, or marked, with nobody said to
        have uttered them), ``name`` (of an exercise, a thing, an inscription) or
        ``title`` (of a work); ``depth`` (0: outermost); ``mark`` (``paired``,
        ``mismatched`` or ``unclosed``); ``continues``: the annotation that a
        quotation opening the next paragraph, or the next sentence, carries on
        without a cue of its own, else missing.

    Notes
    -----
    Boundaries come from `framelens.annotate.marks`, kinds from rules over the
    words around: a reporting verb in the same sentence, the length, capitals, words
    such as *entitled*. How often they are right stands in
    ``benchmarks/RESULTS.md``.

    Examples
    --------
    >>> import pandas as pd
    >>> text = 'The "experts" of operation "East" left. "We go home," one said.'
    >>> articles = pd.DataFrame({"article": ["a"], "text": [text]})
    >>> quotations(articles)[["start", "end", "kind"]].values.tolist()
    [[4, 13, 'scare'], [27, 33, 'name'], [40, 53, 'speech']]
    """
    rows = (
        (
            *(article, one.start, one.end, name, one.inner_start, one.inner_end),
            *(kind, one.depth, one.mark, continues),
        )
        for article, text in each_text(articles_of(articles))
        for name, one, kind, continues in _in_text(article, text)
    )
    return spans_frame(rows, layer="quotation", role="content", extra=_COLUMNS)


def text_speech(text: str) -> list[tuple[int, int]]:
    """Give start and end of the outermost quotations that are speech, in order."""
    return [
        (one.start, one.end)
        for _, one, kind, _ in _in_text("", text)
        if kind == "speech" and one.depth == 0
    ]


def _in_text(article: str, text: str) -> Iterator[tuple[str, Stretch, str, str | None]]:
    """Give name, stretch, kind and what it continues, for one text."""
    stretches = quoted_stretches(text)
    if not stretches:
        return
    around = surroundings(text, stretches)
    paragraphs = paragraph_offsets(text)
    place = 0
    previous: Seen | None = None
    for number, one in enumerate(stretches, start=1):
        while paragraphs[place][1] <= one.start:
            place += 1
        name = f"{article}:q{number}"
        here = around(one, place, paragraphs[place])
        kind, continues = kind_of(here, previous)
        yield name, one, kind, continues
        if one.depth == 0:
            previous = Seen(name, one, kind, place)


QUOTATIONS = Layer("quotations", (*SPAN_COLUMNS, "kind", "depth"), quotations)
