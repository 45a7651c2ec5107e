"""The article view: one article, whole, with what others say in it marked.

Marks read without colour, without style and by keyboard: each kind has its own line
below, and each mark carries its name in brackets and can be tabbed to.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from framelens._checks import require_columns, require_inside, require_known
from framelens._wording import counted
from framelens.annotate.paragraphs import paragraph_offsets
from framelens.annotate.words import word_offsets
from framelens.corpus import corpus_of
from framelens.show.documents import heading
from framelens.show.tables import Fragment, heading_lines
from framelens.show.text import escape, is_missing, plain, shortened, small

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from framelens.corpus import Corpus


STYLES = {
    "speech": ("#dcebf7", "2px solid #0072B2"),
    "scare": ("#fdf0d0", "2px dashed #8a5a00"),
    "name": ("#e6f3ec", "2px dotted #00664a"),
    "title": ("#f6e6ef", "4px double #8f3f6d"),
    "furniture": ("#ececec", "1px solid #666666"),
    "direct": ("#dcebf7", "2px solid #0072B2"),
    "indirect": ("#fbe8dc", "2px dashed #a23b00"),
    "own": ("#ffffff", "1px dotted #444444"),
    "rest": ("#ffffff", "1px dotted #444444"),
}
"""Ground and lower line of the marks; the text on them stays dark."""

MEANINGS = {
    "speech": "words in quotation marks, given as what somebody said or wrote",
    "scare": "words held at a distance by quotation marks",
    "name": "a name in quotation marks",
    "title": "a title in quotation marks",
    "furniture": "no part of the story: left out of every count",
    "direct": "words in quotation marks, given as what somebody said or wrote",
    "indirect": "what somebody is reported to have said or thought, without marks",
    "own": "all other words, with those that name and introduce a speaker",
    "rest": "the outlet's own words and reported speech, not told apart",
}
"""What each kind of mark means, for the legend."""

VOICE_ORDER = ("direct", "indirect", "furniture")
"""How voices follow each other in the legend; other kinds as they come."""

UNMARKED = ("own", "rest")
"""Voices that are the ground on which the others are marked."""


@dataclass(frozen=True)
class Mark:
    """A stretch to be marked: where it is, of which kind, and its number there.

    `words` of the text begin in it. `who` is credited with it, where that is known; one
    that is `unmarked` stands in the legend, and not in the text.
    """

    start: int
    end: int
    kind: str
    number: int
    who: str = ""
    unmarked: bool = False
    words: int = 0

    @property
    def name(self) -> str:
        """The name of the mark in the text."""
        return f"{self.kind} {self.number}" + (f", {self.who}" if self.who else "")


def marks_of(spans: pd.DataFrame, *, article: str, text: str) -> list[Mark]:
    """Turn spans into numbered marks, by start; voices of `UNMARKED` are unmarked."""
    require_columns(spans, ["article", "start", "end"], of="spans")
    mine = spans[spans["article"] == article]
    require_inside(mine, {article: len(text)}, of="spans")
    rows = sorted(
        zip(mine["start"], mine["end"], _kinds(mine), _whose(mine), strict=True),
        key=lambda row: (row[0], -row[1]),
    )
    voices = "layer" in mine.columns and mine["layer"].eq("voice").all()
    numbers: Counter[str] = Counter()
    words = [start for start, _ in word_offsets(text)]
    marks = []
    for start, end, kind, who in rows:
        if end > start:
            numbers[kind] += 1
            ground = bool(voices) and kind in UNMARKED
            within = bisect_left(words, end) - bisect_left(words, start)
            place = int(start), int(end)
            marks.append(Mark(*place, kind, numbers[kind], who, ground, within))
    return marks


def marked(text: str, start: int, end: int, marks: Sequence[Mark]) -> str:
    """Give ``text[start:end]`` with its marks, as HTML.

    Marks that overlap without being nested are cut where they cross, so that the HTML
    is well formed; their names stand at their first character, and once more, as
    "continued", where they reach over from a paragraph before.
    """
    here = [
        mark
        for mark in marks
        if mark.start < end and mark.end > start and not mark.unmarked
    ]
    edges = {start, end, *(mark.start for mark in here), *(mark.end for mark in here)}
    cuts = sorted(edge for edge in edges if start <= edge <= end)
    html: list[str] = []
    opened: list[Mark] = []
    for cut, following in zip(cuts, [*cuts[1:], end], strict=True):
        ended = [mark for mark in opened if mark.end <= cut or cut == end]
        again: list[Mark] = []
        while any(mark in ended for mark in opened):
            last = opened.pop()
            html.append("<small>⟧</small></mark>" if last in ended else "</mark>")
            again += [] if last in ended else [last]
        for mark in reversed(again):
            html.append(_opening_tag(mark))
            opened.append(mark)
        for mark in here:
            if cut < end and (
                mark.start == cut or (cut == start and mark.start < start)
            ):
                name = mark.name + (", continued" if mark.start < cut else "")
                html += [_opening_tag(mark), f"<small><b>⟦{escape(name)}:</b></small> "]
                opened.append(mark)
        html.append(escape(text[cut:following]))
    return "".join(html)


def _whose(spans: pd.DataFrame) -> list[str]:
    """Give the speakers of spans on one line each, empty where none is known."""
    if "speaker" not in spans.columns:
        return [""] * len(spans)
    return [
        "" if is_missing(name) else shortened(name, width=40)
        for name in spans["speaker"]
    ]


def _opening_tag(mark: Mark) -> str:
    """Begin a mark that can be reached by keyboard and is read aloud."""
    about = escape(f"{mark.name}, characters {mark.start} to {mark.end}")
    return (
        f'<mark tabindex="0" role="group" title="{about}" aria-label="{about}" '
        f'style="{_style(mark.kind)}">'
    )


def _style(kind: str) -> str:
    """Give ground and lower line of a kind of mark."""
    ground, line = STYLES.get(kind.split(",")[0], ("#f3ecd2", "2px solid #444444"))
    return f"background:{ground};border-bottom:{line};color:#111111"


def _kinds(spans: pd.DataFrame) -> list[str]:
    """Say what each span is, from the first column that does."""
    names = ("label", "kind", "voice", "role", "layer")
    known = [name for name in names if name in spans.columns]
    if not known:
        return ["marked"] * len(spans)
    kinds = ["marked" if pd.isna(kind) else plain(kind) for kind in spans[known[0]]]
    layers = spans["layer"] if "layer" in spans.columns else [""] * len(spans)
    return [
        f"furniture, {kind}" if layer == "furniture" and kind != "furniture" else kind
        for kind, layer in zip(kinds, layers, strict=True)
    ]


def legend(marks: Sequence[Mark]) -> str:
    """List the kinds of `marks`, how many words each has, and what they mean."""
    kinds = Counter(mark.kind for mark in marks)
    ground = {mark.kind for mark in marks if mark.unmarked}
    lines = []
    order = [*VOICE_ORDER, *kinds]
    for kind in sorted(kinds, key=lambda kind: (kind in ground, order.index(kind))):
        words = sum(mark.words for mark in marks if mark.kind == kind)
        number = counted(words, "word")
        meaning = MEANINGS.get(kind.split(",")[0], "")
        name = f'<span style="{_style(kind)}">⟦{escape(kind)}⟧</span> '
        name += f"{number}, marked in {counted(kinds[kind], 'place')}"
        if kind in ground:
            name = f"<b>{escape(kind)}</b> {number} left without a mark"
        lines.append(f"<li>{name}{f': {escape(meaning)}' if meaning else ''}</li>")
    return f"<ul>{''.join(lines)}</ul>" if lines else small(["Nothing marked."])


_BODY = "text-align:left;max-width:44em;line-height:1.65"


def article_view(
    corpus: Corpus | pd.DataFrame | str | Path,
    article: str,
    *,
    spans: pd.DataFrame | None = None,
    title: str | None = None,
    names: str = "",
) -> Fragment:
    """Show one article whole, its paragraphs numbered and spans marked.

    Parameters
    ----------
    corpus : Corpus, DataFrame or path
    article : str
        Which one.
    spans : DataFrame, optional
        Something else to mark than the voices and who speaks: ``article``, ``start``
        and ``end``, and what each span is, in the first of the columns ``label, kind,
        voice, role, layer`` that is there. A ``speaker`` is named beside it. Spans
        may be nested and may overlap.
    title : str, optional
        Heads the view; the outlet if not given.
    names : str, default ""
        What the identifiers of its paragraphs begin with, where a page leads to them:
        ``a3-`` names the first ``a3-1``.

    Returns
    -------
    Fragment
        Its ``table`` has ``start, end, kind, number, words, text`` of every mark.

    Raises
    ------
    UnknownNameError
        If there is no such article.
    ColumnError
        If `spans` lacks a column.
    InputError
        If a span does not lie within the text.
    """
    corpus = corpus_of(corpus)
    require_known(article, corpus.articles["article"], kind="article")
    corpus = corpus.where(article=article)
    row: Any = next(corpus.articles.itertuples())
    text = str(row.text)
    spans = voices_with_speakers(corpus) if spans is None else spans
    marks = marks_of(spans, article=article, text=text)
    outlet, about = heading(row, corpus.furniture)
    above = outlet if title is None else f"{title} · {outlet}"
    if not is_missing(row.title):
        about = f"{plain(row.title)} — {about}"
    pieces = "".join(
        f'<p{_named(names, number)} dir="auto" style="{_BODY}">'
        f"<small>¶ {number}</small> "
        f"{marked(text, start, end, marks)}</p>"
        for number, (start, end) in enumerate(paragraph_offsets(text), start=1)
    )
    html = (
        f'<div class="article-view"><p>{heading_lines(above, about)}</p>'
        f"{legend(marks)}{pieces}</div>"
    )
    table = pd.DataFrame(
        [
            (m.start, m.end, m.kind, m.number, m.words, text[m.start : m.end])
            for m in marks
        ],
        columns=["start", "end", "kind", "number", "words", "text"],
    )
    return Fragment(html, table)


def _named(names: str, number: int) -> str:
    """Name a paragraph, where names are asked for."""
    return f' id="{escape(names)}{number}"' if names else ""


def voices_with_speakers(corpus: Corpus) -> pd.DataFrame:
    """Give the voices, with the speaker of the attribution that covers most of each."""
    voices = corpus.voices
    attributions = dict(tuple(corpus.ledger.groupby("article", sort=False)))
    speakers: list[object] = [None] * len(voices)
    heard = voices["voice"].isin(["direct", "indirect"]).to_numpy()
    places = voices[["article", "start", "end"]].reset_index(drop=True)
    for article, mine in places[heard].groupby("article", sort=False):
        if article in attributions:
            named = _credits(mine, attributions[article])
            for place, name in zip(mine.index.tolist(), named, strict=True):
                speakers[place] = name
    return voices.assign(speaker=pd.Series(speakers, index=voices.index, dtype=object))


def _credits(stretches: pd.DataFrame, rows: pd.DataFrame) -> list[object]:
    """Give the speakers of the attributions that cover most of each stretch."""
    starts, ends, depths = (rows[name].to_numpy() for name in ("start", "end", "depth"))
    names = [None if is_missing(name) else name for name in rows["actor"]]
    credited: list[object] = []
    for start, end in zip(stretches["start"], stretches["end"], strict=True):
        shared = np.minimum(end, ends) - np.maximum(start, starts)
        best = np.lexsort((ends - starts, depths, -shared))[0]
        credited.append(names[best] if shared[best] > 0 else None)
    return credited
