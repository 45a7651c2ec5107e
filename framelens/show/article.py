"""The article view: one article, whole, with what others say in it marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from framelens._checks import require_known
from framelens.annotate.paragraphs import paragraph_offsets
from framelens.corpus import corpus_of
from framelens.show.documents import heading
from framelens.show.fragment import Fragment
from framelens.show.marking import legend, marked, marks_of
from framelens.show.text import escape, is_missing, plain

if TYPE_CHECKING:
    from pathlib import Path

    from framelens.corpus import Corpus

_BODY = "text-align:left;max-width:44em;line-height:1.65"


def article_view(
    corpus: Corpus | pd.DataFrame | str | Path,
    article: str,
    *,
    spans: pd.DataFrame | None = None,
    title: str | None = None,
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
    pieces = [
        (number, *marked(text, start, end, marks))
        for number, (start, end) in enumerate(paragraph_offsets(text), start=1)
    ]
    html = (
        f'<div class="article-view"><p><b>{escape(above)}</b><br>'
        f"<small>{escape(about)}</small></p>{legend(marks)}"
        + "".join(
            f'<p dir="auto" style="{_BODY}"><small>¶ {number}</small> {piece}</p>'
            for number, piece, _ in pieces
        )
        + "</div>"
    )
    lines = [plain(above), about]
    lines += [f"¶ {number} {piece}" for number, _, piece in pieces]
    table = pd.DataFrame(
        [
            (m.start, m.end, m.kind, m.number, m.words, text[m.start : m.end])
            for m in marks
        ],
        columns=["start", "end", "kind", "number", "words", "text"],
    )
    return Fragment(html, "\n".join(lines), table)


def voices_with_speakers(corpus: Corpus) -> pd.DataFrame:
    """Give the voices of a corpus with the speaker of every stretch.

    The speaker is that of the attribution that covers most of the stretch, the
    outermost and then the shortest of several; missing where none does, and in other
    voices than ``direct`` and ``indirect``.
    """
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
