"""Voice: who is speaking, for every character of an article."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
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
from framelens.annotate.spans import SPAN_COLUMNS, spans_frame
from framelens.annotate.words import word_offsets
from framelens.read import articles_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    Attributions = pd.DataFrame | Literal["none"] | None

    import numpy.typing as npt

    Whole = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Stretches:
    """Stretches of lines, such as texts: in which line each is, and where in it."""

    line: Whole
    start: Whole
    end: Whole

    def __len__(self) -> int:
        return len(self.line)

    def __getitem__(self, which: Whole | npt.NDArray[np.bool_]) -> Stretches:
        return Stretches(self.line[which], self.start[which], self.end[which])


def partition(
    lengths: Whole, claims: Sequence[Stretches], *, apart: Sequence[int] = ()
) -> tuple[Stretches, Whole]:
    """Cover every line once, from 0 to its length, in order.

    The strongest of `claims` come first; the stretches of one may overlap and stand in
    any order within their lines. Those that meet are joined, but of the claims `apart`.
    Also gives the place in `claims` of what holds each; their number where none does.

    >>> claims = [Stretches(*np.array([[0], [2], [4]])),
    ...           Stretches(*np.array([[0, 0], [3, 1], [5, 3]]))]
    >>> found, holder = partition(np.array([6]), claims)
    >>> found.start.tolist(), found.end.tolist(), holder.tolist()
    ([0, 1, 2, 4, 5], [1, 2, 4, 5, 6], [2, 1, 0, 1, 2])
    """
    base = np.cumsum(np.concatenate([[0], lengths]), dtype=np.int64)
    starts = [base[one.line] + one.start for one in claims]
    ends = [base[one.line] + one.end for one in claims]
    edges = np.unique(np.concatenate([base, *starts, *ends]))
    holder = np.full(len(edges) - 1, len(claims), dtype=np.int64)
    for place in reversed(range(len(claims))):
        holder[_covered(edges, starts[place], ends[place])] = place
    first = np.isin(edges[:-1], base)
    first[1:] |= holder[1:] != holder[:-1]
    for place in apart:
        own = np.isin(edges[:-1], np.concatenate([starts[place], ends[place]]))
        first |= own & (holder == place)
    begins = edges[:-1][first]
    stops = np.append(begins, base[-1])[1:]
    line = np.searchsorted(base, begins, side="right") - 1
    return Stretches(line, begins - base[line], stops - base[line]), holder[first]


def _covered(edges: Whole, starts: Whole, ends: Whole) -> npt.NDArray[np.bool_]:
    """Say of every stretch between two edges whether something lies over it."""
    size = len(edges)
    change = np.bincount(np.searchsorted(edges, starts), minlength=size)
    change = change - np.bincount(np.searchsorted(edges, ends), minlength=size)
    covered: npt.NDArray[np.bool_] = np.cumsum(change)[:-1] > 0
    return covered


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
    lines = _Lines(articles)
    claims = [
        lines.stretches(furniture, of="furniture"),
        lines.stretches(speech, of="quotations"),
    ]
    if not isinstance(attributions, str):
        told = mark_attributions(articles) if attributions is None else attributions
        claims.append(_said(lines, told))
    names = _MARKED if isinstance(attributions, str) else _TOLD
    return _table(articles, *partition(lines.lengths, claims, apart=[1]), names)


class _Lines:
    """The texts that are divided, and tables of spans put in their places."""

    def __init__(self, articles: pd.DataFrame) -> None:
        self.names = pd.Index(articles["article"], dtype=object)
        self.lengths = np.array([len(one) for one in articles["text"]], np.int64)

    def stretches(self, spans: pd.DataFrame, *, of: str) -> Stretches:
        """Give the places of spans, but for those of other articles; check them."""
        return self.placed(spans, of=of)[1]

    def placed(self, spans: pd.DataFrame, *, of: str) -> tuple[pd.DataFrame, Stretches]:
        """Give the rows of these articles, and their places."""
        require_columns(spans, _PLACE, of=of)
        found = self.names.get_indexer(pd.Index(spans["article"], dtype=object))
        spans, line = spans[found >= 0], found[found >= 0].astype(np.int64)
        start, end = (_numbers(spans[name], of=of) for name in ("start", "end"))
        wrong = (start < 0) | (start > end) | (end > self.lengths[line])
        if wrong.any():
            one = int(np.flatnonzero(wrong)[0])
            raise InputError(
                f"{of}: {start[one]} to {end[one]} is no stretch of article "
                f"{self.names[line[one]]!r}, which has {self.lengths[line[one]]:,} "
                "characters; mark these very texts."
            )
        return spans, Stretches(line, start, end)


def _said(lines: _Lines, attributions: pd.DataFrame) -> Stretches:
    """Give what the outermost attributions say, less their own cue and source."""
    needed = ["annotation", "role", "depth"]
    require_columns(attributions, [*_PLACE, *needed], of="attributions")
    spans, places = lines.placed(attributions, of="attributions")
    if spans["annotation"].isna().any():
        raise InputError("attributions: a piece lacks its annotation; name each.")
    for role in spans["role"].unique():
        require_known(role, _ROLES, kind="role of a piece")
    outermost = _numbers(spans["depth"], of="attributions") == 0
    content = spans["role"].eq("content").to_numpy(dtype=bool)
    codes, names = pd.factorize(
        pd.MultiIndex.from_arrays([places.line, spans["annotation"]])
    )
    owner = codes.astype(np.int64)
    alone = Stretches(owner, places.start, places.end)
    line = np.zeros(len(names), dtype=np.int64)
    line[owner] = places.line
    found, holder = partition(
        lines.lengths[line], [alone[outermost & ~content], alone[outermost & content]]
    )
    said = found[holder == 1]
    return Stretches(line[said.line], said.start, said.end)


def _numbers(column: pd.Series, *, of: str) -> Whole:
    """Read whole numbers, also from the cells of a table that was kept as text."""
    numbers = pd.to_numeric(column, errors="coerce").to_numpy(dtype=np.float64)
    wrong = ~(np.isfinite(numbers) & (numbers == np.round(numbers)))
    if wrong.any():
        found = column.iloc[int(np.flatnonzero(wrong)[0])]
        raise InputError(f"{of}: {column.name} is a whole number; found {found!r}.")
    return numbers.astype(np.int64)


def _table(
    articles: pd.DataFrame, found: Stretches, holder: Whole, names: Sequence[str]
) -> pd.DataFrame:
    """Tabulate stretches; they are numbered within their article."""
    articles_named = articles["article"].tolist()
    first = np.searchsorted(found.line, np.arange(len(articles_named)))
    number = np.arange(len(found)) - first[found.line] + 1
    return spans_frame(
        _rows(articles_named, found, number, [names[one] for one in holder.tolist()]),
        layer="voice",
        role="voice",
        extra=["voice"],
    )


def _rows(
    articles: list[str], found: Stretches, number: Whole, voice: list[str]
) -> Iterator[tuple[str, int, int, str, str]]:
    columns = (one.tolist() for one in (found.line, found.start, found.end, number))
    for line, start, end, place, name in zip(*columns, voice, strict=True):
        yield articles[line], start, end, f"{articles[line]}:v{place}", name


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
