"""Voice: who is speaking, for every character of an article."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from framelens._layers import Layer
from framelens.annotate.spans import (
    SPAN_COLUMNS,
    each_text,
    grouped_spans,
    rows_of,
    spans_frame,
)
from framelens.annotate.words import word_offsets

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt
    import pandas as pd

    Whole = npt.NDArray[np.int64]
    Flags = npt.NDArray[np.bool_]
    Spans = list[tuple[int, int]]


LEFT_OUT = "furniture"
"""The voice that no count contains: datelines, captions, licence lines."""


def spoken_words(text: str, voices: pd.DataFrame) -> list[tuple[int, int, str]]:
    """Give start, end and voice of every word of a text that is counted, in order.

    A word belongs to the voice in which it starts; furniture is left out, as is what
    stands in no voice. `voices`: ``start, end, voice``, without overlap, in any order.
    """
    ordered = voices.sort_values("start")
    begins, ends = ordered["start"].tolist(), ordered["end"].tolist()
    names = ordered["voice"].tolist()
    found = []
    for start, end in word_offsets(text):
        place = bisect_right(begins, start) - 1
        if place >= 0 and start < ends[place] and names[place] != LEFT_OUT:
            found.append((start, end, names[place]))
    return found


VOICES = ("own", "direct", "indirect", "furniture")
"""Who may be speaking: the outlet itself, somebody in quotation marks, somebody in the
outlet's words; or nobody: datelines, captions, licence lines."""

MARKED_VOICES = ("direct", "rest", "furniture")
"""The voices where only the marks are looked at. The rest is not the outlet's own
voice: it holds indirect speech too."""


_PIECE = ["article", "annotation", "role", "start", "end"]


def voices(
    articles: pd.DataFrame,
    *,
    quotations: pd.DataFrame,
    furniture: pd.DataFrame,
    attributions: pd.DataFrame,
) -> pd.DataFrame:
    """Divide articles: furniture wins, then speech, then what else is attributed."""
    said = _said(attributions, dict(each_text(articles)))
    return _layer(
        articles,
        quotations,
        furniture,
        ("furniture", "direct", "indirect", "own"),
        said,
    )


def marked_voices(
    articles: pd.DataFrame, *, quotations: pd.DataFrame, furniture: pd.DataFrame
) -> pd.DataFrame:
    """Divide articles by their quotation marks alone: furniture, speech, the rest."""
    return _layer(articles, quotations, furniture, ("furniture", "direct", "rest"))


def _layer(
    articles: pd.DataFrame,
    quotations: pd.DataFrame,
    furniture: pd.DataFrame,
    names: tuple[str, ...],
    said: dict[str, Flags] | None = None,
) -> pd.DataFrame:
    """Give the voices of articles, in whose order claims are `names`."""
    outermost = quotations["depth"].eq(0)
    speech = grouped_spans(quotations[quotations["kind"].eq("speech") & outermost])
    furnished = grouped_spans(furniture)
    rows = (
        (article, start, end, f"{article}:v{number}", names[holder])
        for article, text in each_text(articles)
        for number, (start, end, holder) in enumerate(
            _divided(
                len(text),
                furnished.get(article, []),
                speech.get(article, []),
                [] if said is None else [said.get(article, np.zeros(len(text), bool))],
            ),
            start=1,
        )
    )
    return spans_frame(rows, layer="voice", role="voice", extra=["voice"])


def _divided(
    length: int, furniture: Spans, speech: Spans, said: list[Flags]
) -> Iterator[tuple[int, int, int]]:
    """Cover a text once, in order; the first that claims a place holds it."""
    if not length:
        return
    claims = [_covered(furniture, 0, length), _covered(speech, 0, length), *said]
    holder = np.select(claims, list(range(len(claims))), default=len(claims))
    cuts = {0, *(np.flatnonzero(np.diff(holder)) + 1).tolist()}
    edges = {edge for span in speech for edge in span if edge < length}
    cuts |= {edge for edge in edges if holder[edge] == 1}
    for start, end in pairwise([*sorted(cuts), length]):
        yield start, end, int(holder[start])


def _covered(spans: Spans, low: int, high: int) -> Flags:
    """Say of every character from one place to another whether a span is over it."""
    places = np.clip(np.array(spans, np.int64).reshape(-1, 2), low, high) - low
    starts, ends = (np.bincount(one, minlength=high - low + 1) for one in places.T)
    covered: Flags = np.cumsum(starts - ends)[:-1] > 0
    return covered


def _said(attributions: pd.DataFrame, texts: dict[str, str]) -> dict[str, Flags]:
    """Say which characters are outermost contents, less their own cue and source."""
    outermost = attributions[attributions["depth"].eq(0)]
    pieces: dict[tuple[str, str], tuple[Spans, Spans]] = {}
    for article, annotation, role, *span in rows_of(outermost, *_PIECE):
        several = pieces.setdefault((article, annotation), ([], []))
        several[role == "content"].append((span[0], span[1]))
    said: dict[str, Flags] = {}
    for (article, _), (own, content) in pieces.items():
        if content and article in texts:
            flags = said.setdefault(article, np.zeros(len(texts[article]), bool))
            low, high = min(content)[0], max(end for _, end in content)
            flags[low:high] |= _covered(content, low, high) & ~_covered(own, low, high)
    return said


VOICES_LAYER = Layer(
    "voices",
    (*SPAN_COLUMNS, "voice"),
    voices,
    needs=("quotations", "furniture", "attributions"),
)
MARKED_VOICES_LAYER = Layer(
    "marked_voices",
    (*SPAN_COLUMNS, "voice"),
    marked_voices,
    needs=("quotations", "furniture"),
)
