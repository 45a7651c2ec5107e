"""The article view: one article, whole, with spans marked in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from framelens._checks import require_known
from framelens.annotate import furniture, quotations
from framelens.annotate.paragraphs import paragraph_offsets
from framelens.read import articles_of
from framelens.show.documents import heading
from framelens.show.fragment import Fragment
from framelens.show.marking import legend, marked, marks_of
from framelens.show.text import escape, plain

if TYPE_CHECKING:
    from pathlib import Path

_BODY = "text-align:left;max-width:44em;line-height:1.65"


def article_view(
    articles: pd.DataFrame | str | Path,
    article: str,
    *,
    spans: pd.DataFrame | None = None,
    title: str | None = None,
) -> Fragment:
    """Show one article whole, its paragraphs numbered and spans marked.

    Parameters
    ----------
    articles : DataFrame or path
        The articles contract; ``article`` and ``text`` are needed.
    article : str
        Which one.
    spans : DataFrame, optional
        ``article``, ``start`` and ``end``, and what each span is, in the first of
        the columns ``label, kind, voice, role, layer`` that is there. Spans may be
        nested and may overlap. Quotations and furniture if not given.
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
    articles = articles_of(articles)
    require_known(article, articles["article"], kind="article")
    one = articles[articles["article"] == article]
    row: Any = next(one.itertuples())
    text = str(row.text)
    spans = _quotations_and_furniture(one) if spans is None else spans
    marks = marks_of(spans, article=article, text=text)
    outlet, about = heading(row, furniture(one))
    above = [title if title is not None else outlet]
    above += [] if title is None else [outlet]
    if pd.notna(row.title):
        about = f"{plain(row.title)} — {about}"
    pieces = [
        (number, *marked(text, start, end, marks))
        for number, (start, end) in enumerate(paragraph_offsets(text), start=1)
    ]
    html = (
        f'<div class="article-view"><p><b>{escape(" · ".join(above))}</b><br>'
        f"<small>{escape(about)}</small></p>{legend(marks)}"
        + "".join(
            f'<p dir="auto" style="{_BODY}"><small>¶ {number}</small> {piece}</p>'
            for number, piece, _ in pieces
        )
        + "</div>"
    )
    lines = [plain(" · ".join(above)), about]
    lines += [f"¶ {number} {piece}" for number, _, piece in pieces]
    table = pd.DataFrame(
        [
            (m.start, m.end, m.kind, m.number, m.words, text[m.start : m.end])
            for m in marks
        ],
        columns=["start", "end", "kind", "number", "words", "text"],
    )
    return Fragment(html, "\n".join(lines), table)


def _quotations_and_furniture(one: pd.DataFrame) -> pd.DataFrame:
    columns = ["article", "start", "end", "layer", "kind"]
    return pd.concat(
        [quotations(one)[columns], furniture(one)[columns]], ignore_index=True
    )
