"""Evidence: the sentences behind a number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from framelens._checks import InputError, require_columns, require_known
from framelens._wording import counted
from framelens.annotate import sentences as find_sentences
from framelens.annotate.paragraphs import paragraph_offsets
from framelens.read import articles_of
from framelens.show.fragment import Fragment
from framelens.show.text import escape, plain, stated

if TYPE_CHECKING:
    from pathlib import Path


def evidence_list(
    evidence: pd.DataFrame,
    *,
    articles: pd.DataFrame | str | Path,
    most: int = 20,
    sentences: pd.DataFrame | None = None,
) -> Fragment:
    """List places in articles, each in its sentence, with where it stands.

    Parameters
    ----------
    evidence : DataFrame
        ``article, start, end``, and ``text`` where it is known: what
        ``.evidence()`` of a result or a measure's ``occurrences`` give.
    articles : DataFrame or path
        The articles contract, with the articles that `evidence` names.
    most : int, default 20
        Places shown; how many there are is always said.
    sentences : DataFrame, optional
        ``article, start, end`` of sentences; found here if not given.

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
    articles = articles_of(articles)
    for article in evidence["article"].unique():
        require_known(article, articles["article"], kind="article")
    shown = evidence.head(most)
    needed = articles[articles["article"].isin(shown["article"])]
    table = _places(shown, needed, sentences)
    total = counted(len(evidence), "place")
    caption = (
        f"{total}." if len(shown) == len(evidence) else (f"{len(shown):,} of {total}.")
    )
    rows: list[Any] = list(table.itertuples())
    items = "".join(_item(row) for row in rows)
    html = f"<p>{escape(caption)}</p><ol>{items}</ol>" if items else "<p>No place.</p>"
    lines = [
        f"{number}. {_before(row)}⟦{_line(row.text)}⟧{_after(row)}\n   {_where(row)}"
        for number, row in enumerate(rows, start=1)
    ]
    return Fragment(html, "\n".join([caption, *lines]), table.drop(columns="offset"))


def _places(
    evidence: pd.DataFrame, articles: pd.DataFrame, sentences: pd.DataFrame | None
) -> pd.DataFrame:
    """Add to each place its paragraph and its sentence."""
    every: Any = articles.itertuples()
    rows_of = {row.article: row for row in every}
    if sentences is None and len(articles):
        sentences = find_sentences(articles)
    bounds: dict[str, list[tuple[int, int]]] = {}
    if sentences is not None:
        for name, part in sentences.groupby("article"):
            bounds[str(name)] = list(zip(part["start"], part["end"], strict=True))
    rows = []
    places: Any = evidence.itertuples()
    for place in places:
        row = rows_of[str(place.article)]
        text, start, end = str(row.text), int(place.start), int(place.end)
        found = text[start:end]
        stated = getattr(place, "text", found)
        if not 0 <= start < end <= len(text) or stated != found:
            raise InputError(
                f"evidence at {start}–{end} of article {place.article!r} does not "
                "match its text; take evidence and articles from the same table."
            )
        first, last = _around(bounds.get(row.article, []), start, end, len(text))
        paragraph = sum(begin <= start for begin, _ in paragraph_offsets(text))
        rows.append(
            (
                row.article,
                row.outlet,
                row.genre,
                paragraph,
                start,
                end,
                found,
                text[first:last],
                start - first,
            )
        )
    columns = [
        "article",
        "outlet",
        "genre",
        "paragraph",
        "start",
        "end",
        "text",
        "sentence",
        "offset",
    ]
    return pd.DataFrame(rows, columns=columns)


def _around(
    sentences: list[tuple[int, int]], start: int, end: int, length: int
) -> tuple[int, int]:
    """Give the bounds of the sentences that hold a place."""
    holding = [(s, e) for s, e in sentences if s < end and e > start]
    first = min([start, *(s for s, _ in holding)])
    last = max([end, *(e for _, e in holding)])
    return max(0, first), min(length, last)


def _before(row: Any) -> str:
    return _line(row.sentence[: row.offset])


def _after(row: Any) -> str:
    return _line(row.sentence[row.offset + len(row.text) :])


def _line(text: str) -> str:
    return plain(text).replace("\r", " ").replace("\n", " ") if text else ""


def _where(row: Any) -> str:
    outlet, genre = stated(row.outlet, "outlet"), stated(row.genre, "genre")
    return (
        f"{outlet}, {genre}, article {plain(row.article)}, paragraph {row.paragraph}, "
        f"characters {row.start}–{row.end}"
    )


def _item(row: Any) -> str:
    sentence = (
        f"{escape(_before(row))}<b>{escape(_line(row.text))}</b>{escape(_after(row))}"
    )
    return (
        f'<li><span dir="auto">{sentence}</span><br>'
        f"<small>{escape(_where(row))}</small></li>"
    )
