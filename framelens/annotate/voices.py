"""Voice: who is speaking, for every character of an article."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from framelens._checks import InputError, require_columns, require_known
from framelens._layers import Layer
from framelens.annotate.attributions import (
    attributions as mark_attributions,
)
from framelens.annotate.furniture import furniture as mark_furniture
from framelens.annotate.quotations import quotations as mark_quotations
from framelens.annotate.spans import (
    SPAN_COLUMNS,
    each_text,
    grouped_spans,
    rows_of,
    spans_frame,
)
from framelens.annotate.words import word_offsets
from framelens.read import articles_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    Attributions = pd.DataFrame | Literal["none"] | None

    import numpy.typing as npt

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

_TOLD = ("furniture", "direct", "indirect", "own")
_MARKED = ("furniture", "direct", "rest")
_ROLES = ("content", "cue", "source")
_PLACE = ["article", "start", "end"]
_PIECE = ["article", "annotation", "role", "start", "end"]


def voices(
    articles: pd.DataFrame | str | Path,
    *,
    quotations: pd.DataFrame | None = None,
    furniture: pd.DataFrame | None = None,
    attributions: Attributions = None,
) -> pd.DataFrame:
    """Divide every article into voices: furniture, direct, indirect and own.

    Where several claim a place, the first named here wins. With ``attributions="none"``
    no model reads, and ``rest`` stands for ``indirect`` and ``own``. Tables not given
    are computed; rows of other articles than these are passed over.
    """
    articles = articles_of(articles)
    if isinstance(attributions, str) and attributions != "none":
        raise InputError(
            f"attributions must be a table of spans or 'none'; got {attributions!r}."
        )
    quotations = mark_quotations(articles) if quotations is None else quotations
    furniture = mark_furniture(articles) if furniture is None else furniture
    require_columns(quotations, [*_PLACE, "kind", "depth"], of="quotations")
    outermost = _numbers(quotations["depth"], of="quotations") == 0
    speech = quotations[quotations["kind"].eq("speech") & outermost]
    lengths = {article: len(text) for article, text in each_text(articles)}
    furnished = grouped_spans(_placed(furniture, lengths, of="furniture"))
    spoken = grouped_spans(_placed(speech, lengths, of="quotations"))
    names: tuple[str, ...] = _MARKED
    said: dict[str, Flags] | None = None
    if not isinstance(attributions, str):
        told = mark_attributions(articles) if attributions is None else attributions
        names, said = _TOLD, _said(told, lengths)
    rows = (
        (article, start, end, f"{article}:v{number}", names[holder])
        for article, length in lengths.items()
        for number, (start, end, holder) in enumerate(
            _divided(
                length,
                furnished.get(article, []),
                spoken.get(article, []),
                [] if said is None else [said.get(article, np.zeros(length, bool))],
            ),
            start=1,
        )
    )
    return spans_frame(rows, layer="voice", role="voice", extra=["voice"])


def _divided(
    length: int, furniture: Spans, speech: Spans, said: list[Flags]
) -> Iterator[tuple[int, int, int]]:
    """Cover a text once, in order; the first that claims a place holds it.

    Stretches of one holder that meet are joined, but for quotations.
    """
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


def _placed(spans: pd.DataFrame, lengths: dict[str, int], *, of: str) -> pd.DataFrame:
    """Give the rows of these articles, with places that are in their texts."""
    require_columns(spans, _PLACE, of=of)
    spans = spans[spans["article"].isin(set(lengths))]
    start, end = (_numbers(spans[name], of=of) for name in ("start", "end"))
    length = np.array([lengths[one] for one in spans["article"]], np.int64)
    wrong = (start < 0) | (start > end) | (end > length)
    if wrong.any():
        one = int(np.flatnonzero(wrong)[0])
        raise InputError(
            f"{of}: {start[one]} to {end[one]} is no stretch of article "
            f"{spans['article'].iloc[one]!r}, which has {length[one]:,} characters; "
            "mark these very texts."
        )
    return spans.assign(start=start, end=end)


def _said(attributions: pd.DataFrame, lengths: dict[str, int]) -> dict[str, Flags]:
    """Say which characters are outermost contents, less their own cue and source."""
    needed = ["annotation", "role", "depth"]
    require_columns(attributions, [*_PLACE, *needed], of="attributions")
    spans = _placed(attributions, lengths, of="attributions")
    if spans["annotation"].isna().any():
        raise InputError("attributions: a piece lacks its annotation; name each.")
    for role in spans["role"].unique():
        require_known(role, _ROLES, kind="role of a piece")
    outermost = spans[_numbers(spans["depth"], of="attributions") == 0]
    pieces: dict[tuple[str, str], tuple[Spans, Spans]] = {}
    for article, annotation, role, *span in rows_of(outermost, *_PIECE):
        several = pieces.setdefault((article, annotation), ([], []))
        several[role == "content"].append((span[0], span[1]))
    said: dict[str, Flags] = {}
    for (article, _), (own, content) in pieces.items():
        if content:
            flags = said.setdefault(article, np.zeros(lengths[article], bool))
            low, high = min(content)[0], max(end for _, end in content)
            flags[low:high] |= _covered(content, low, high) & ~_covered(own, low, high)
    return said


def _numbers(column: pd.Series, *, of: str) -> Whole:
    """Read whole numbers, also from the cells of a table that was kept as text."""
    numbers = pd.to_numeric(column, errors="coerce").to_numpy(dtype=np.float64)
    wrong = ~(np.isfinite(numbers) & (numbers == np.round(numbers)))
    if wrong.any():
        found = column.iloc[int(np.flatnonzero(wrong)[0])]
        raise InputError(f"{of}: {column.name} is a whole number; found {found!r}.")
    return numbers.astype(np.int64)


def _marked_voices(
    articles: pd.DataFrame, *, quotations: pd.DataFrame, furniture: pd.DataFrame
) -> pd.DataFrame:
    """Divide articles by their quotation marks alone."""
    given = {"quotations": quotations, "furniture": furniture}
    return voices(articles, **given, attributions="none")


VOICES_LAYER = Layer(
    "voices",
    (*SPAN_COLUMNS, "voice"),
    voices,
    needs=("quotations", "furniture", "attributions"),
)
MARKED_VOICES_LAYER = Layer(
    "marked_voices",
    (*SPAN_COLUMNS, "voice"),
    _marked_voices,
    needs=("quotations", "furniture"),
)
