"""Evidence: the sentences behind a number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from framelens._checks import InputError, require_columns
from framelens._wording import counted
from framelens.annotate.paragraphs import paragraph_offsets
from framelens.corpus import corpus_of
from framelens.show.tables import Fragment
from framelens.show.text import escape, plain, stated

if TYPE_CHECKING:
    from pathlib import Path

    from framelens.corpus import Corpus

COLUMNS = ["article", "outlet", "genre", "paragraph", "start", "end", "text"]
"""What the table says of each place, before its sentence."""


def evidence_list(
    corpus: Corpus | pd.DataFrame | str | Path,
    evidence: pd.DataFrame,
    *,
    most: int = 20,
) -> Fragment:
    """List places in articles, each in its sentence, with where it is.

    Parameters
    ----------
    corpus : Corpus, DataFrame or path
        With the articles that `evidence` names.
    evidence : DataFrame
        ``article, start, end``, and ``text`` where it is known: what
        ``.evidence()`` of a result gives.
    most : int, default 20
        Places shown; how many there are is always said.

    Returns
    -------
    Fragment
        Its ``table`` has ``article, outlet, genre, paragraph, start, end, text,
        sentence`` for the places shown.

    Raises
    ------
    ColumnError
        If `evidence` lacks a column.
    UnknownNameError
        If it names an article that is not there.
    InputError
        If its offsets or texts do not belong to these articles.
    """
    require_columns(evidence, ["article", "start", "end"], of="evidence")
    corpus = corpus_of(corpus)
    holding = corpus.where(article=list(evidence["article"].unique()))
    shown = evidence.head(most)
    table = _places(shown, holding.where(article=list(shown["article"].unique())))
    total = counted(len(evidence), "place")
    caption = (
        f"{total}." if len(shown) == len(evidence) else f"{len(shown):,} of {total}."
    )
    rows: list[Any] = list(table.itertuples())
    items = "".join(_item(row) for row in rows)
    html = f"<p>{escape(caption)}</p><ol>{items}</ol>" if items else "<p>No place.</p>"
    lines = [
        f"{number}. {_before(row)}⟦{_line(row.text)}⟧{_after(row)}\n   {_where(row)}"
        for number, row in enumerate(rows, start=1)
    ]
    return Fragment(html, "\n".join([caption, *lines]), table.drop(columns="offset"))


def _places(evidence: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """Add to each place its paragraph and its sentence."""
    every: Any = corpus.articles.itertuples()
    article_of = {row.article: row for row in every}
    sentences = {
        str(name): list(zip(part["start"], part["end"], strict=True))
        for name, part in corpus.sentences.groupby("article")
    }
    rows = []
    places: Any = evidence.itertuples()
    for place in places:
        row = article_of[str(place.article)]
        text, start, end = str(row.text), int(place.start), int(place.end)
        words = text[start:end]
        if not 0 <= start < end <= len(text) or getattr(place, "text", words) != words:
            raise InputError(
                f"evidence at {start}–{end} of article {place.article!r} does not "
                "match its text; take evidence and articles from the same table."
            )
        first, last = _around(sentences.get(row.article, []), start, end, len(text))
        paragraph = sum(begin <= start for begin, _ in paragraph_offsets(text))
        about = (row.article, row.outlet, row.genre, paragraph, start, end, words)
        rows.append((*about, text[first:last], start - first))
    return pd.DataFrame(rows, columns=[*COLUMNS, "sentence", "offset"])


def _around(
    sentences: list[tuple[int, int]], start: int, end: int, length: int
) -> tuple[int, int]:
    """Give the bounds of the sentences that hold a place."""
    holding = [(s, e) for s, e in sentences if s < end and e > start]
    first = min([start, *(s for s, _ in holding)])
    last = max([end, *(e for _, e in holding)])
    return max(0, first), min(length, last)


def _before(row: Any) -> str:
    """Give the part of its sentence before a place."""
    return _line(row.sentence[: row.offset])


def _after(row: Any) -> str:
    """Give the part of its sentence after a place."""
    return _line(row.sentence[row.offset + len(row.text) :])


def _line(text: str) -> str:
    """Give text on one line."""
    return plain(text).replace("\r", " ").replace("\n", " ") if text else ""


def _where(row: Any) -> str:
    """Say where a place is."""
    outlet, genre = stated(row.outlet, "outlet"), stated(row.genre, "genre")
    return (
        f"{outlet}, {genre}, article {plain(row.article)}, paragraph {row.paragraph}, "
        f"characters {row.start}–{row.end}"
    )


def _item(row: Any) -> str:
    """Give one place as an item of a list."""
    sentence = (
        f"{escape(_before(row))}<b>{escape(_line(row.text))}</b>{escape(_after(row))}"
    )
    return (
        f'<li><span dir="auto">{sentence}</span><br>'
        f"<small>{escape(_where(row))}</small></li>"
    )
