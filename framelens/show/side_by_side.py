"""Side by side: how articles open, and whom they let speak."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from framelens._wording import counted
from framelens.annotate.spans import each_text
from framelens.annotate.words import word_offsets
from framelens.corpus import corpus_of
from framelens.measure import speakers_table
from framelens.measure.counts import NO_OUTLET
from framelens.measure.emphasis import Emphasis, emphasis
from framelens.show.documents import heading, missing_notes
from framelens.show.tables import Fragment, beside
from framelens.show.text import escape, is_missing, plain, stated

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import pandas as pd

    from framelens.corpus import Corpus

MOST_SPEAKERS = 4
"""Speakers named at most for each outlet, so that a line holds them."""

LONGEST_HEADLINE = 25
"""Words. A first line up to this long without a full stop is taken for a headline."""

_PUNCTUATION = re.compile(r"[^\w\s]*")


def side_by_side(
    corpus: Corpus | pd.DataFrame | str | Path, *, length: int = 2
) -> Fragment:
    """Set articles side by side: what they are, how they open, whom they let speak.

    Parameters
    ----------
    corpus : Corpus, DataFrame or path
        Best of a few articles, such as ``corpus.where(event=…)``.
    length : int, default 2
        Sentences of each opening.

    Returns
    -------
    Fragment
        One panel per article. Where an outlet has several, its panels name the
        speakers of all of them.
    """
    corpus = corpus_of(corpus)
    table = speakers_table(corpus)
    outlets = corpus.articles["outlet"].fillna(NO_OUTLET).tolist()
    articles_of_outlet = Counter(outlets)
    panels = []
    titles = corpus.articles["title"].tolist()
    openings_ = _panels(corpus, length=length)
    for outlet, title, panel in zip(outlets, titles, openings_, strict=True):
        (first, about), opening = panel
        about += " · no headline" if is_missing(title) else ""
        several = articles_of_outlet[outlet] > 1
        lead = "Words given to others" + (
            ", all articles of this outlet" if several else ""
        )
        names = _named(table[table["outlet"] == outlet])
        html = f"{opening}<p><b>{escape(lead)}:</b> {escape(names)}</p>"
        panels.append(([first, about], html))
    notes = missing_notes(corpus.articles)
    return beside(panels, caption="At a glance", notes=notes)


def ledes(corpus: Corpus | pd.DataFrame | str | Path, *, length: int = 2) -> Fragment:
    """Set the first sentences of the articles side by side.

    Parameters
    ----------
    corpus : Corpus, DataFrame or path
    length : int, default 2
        Sentences shown of each article. Furniture is left out; a headline that
        begins the text is shown, and not counted.

    Returns
    -------
    Fragment
    """
    panels = _panels(corpus_of(corpus), length=length)
    return beside(panels, caption="How each article opens")


def openings(source: Emphasis | Corpus | pd.DataFrame | str | Path) -> Fragment:
    """Set the first tenth and quarter of articles side by side.

    Parameters
    ----------
    source : Emphasis, Corpus, DataFrame or path
        What `framelens.measure.emphasis` gives, or articles.

    Returns
    -------
    Fragment
        The longest opening of each article; a mark shows where each shorter one
        ends. Its ``table`` is that of the emphasis.
    """
    result = source if isinstance(source, Emphasis) else emphasis(source)
    assert result.corpus is not None  # noqa: S101 - emphasis gives it
    texts = dict(each_text(result.corpus.articles))
    spans = result.spans
    panels = []
    for article, mine in result.table.groupby("article", sort=False):
        text, longest = texts[str(article)], mine["part"].iloc[-1]
        pieces = spans[spans["article"].eq(article) & spans["part"].eq(longest)]
        ends = dict(zip(mine["end"].tolist(), mine["part"].tolist(), strict=True))
        places = zip(pieces["start"].tolist(), pieces["end"].tolist(), strict=True)
        shown = [
            _with_ends(text, start, end, ends) for start, end in _joined(text, places)
        ]
        rows: list[Any] = list(mine.itertuples())
        outlet = stated(rows[0].outlet, "outlet")
        head = [f"{outlet} ({plain(article)})", *map(_about, rows)]
        html = "".join(f'<p dir="auto">{piece}</p>' for piece in shown)
        panels.append((head, html))
    return beside(panels, caption=result.caption, table=result.table)


def _panels(corpus: Corpus, *, length: int) -> list[tuple[list[str], str]]:
    """Give the heading and the first sentences of each article."""
    sentences, furniture = corpus.sentences, corpus.furniture
    panels = []
    rows: Any = corpus.articles.itertuples()
    for row in rows:
        mine = sentences[sentences["article"] == row.article]
        gaps = furniture[furniture["article"] == row.article]
        pieces = _opening(str(row.text), mine, gaps, length)
        html = "".join(
            '<p dir="auto">'
            + (f"<b>{escape(piece)}</b>" if headline else escape(piece))
            + "</p>"
            for piece, headline in pieces
        )
        panels.append((heading(row, furniture), html or "<p>–</p>"))
    return panels


def _opening(
    text: str, sentences: pd.DataFrame, gaps: pd.DataFrame, length: int
) -> list[tuple[str, bool]]:
    """Give the first sentences outside furniture, and whether each is a headline."""
    pieces: list[tuple[str, bool]] = []
    edges = list(zip(gaps["start"], gaps["end"], strict=True))
    for start, end in zip(sentences["start"], sentences["end"], strict=True):
        for gap_start, gap_end in edges:
            if gap_start <= start < gap_end:
                start = min(gap_end, end)
            elif start < gap_start < end:
                end = gap_start
        piece = text[start:end].strip()
        if not piece:
            continue
        short = len(word_offsets(piece)) <= LONGEST_HEADLINE
        headline = not pieces and short and piece[-1] not in '.!?…:"”’)'
        pieces.append((piece, headline))
        if sum(not headline for _, headline in pieces) >= length:
            break
    return pieces


def _named(speakers: pd.DataFrame) -> str:
    """Name those with most words, with their numbers."""
    total = (
        f"{int(speakers['words'].sum()):,} "
        f"({int(speakers['direct_words'].sum()):,} in quotation marks)"
    )
    heard = speakers[speakers["words"].gt(0)]
    if heard.empty:
        return "none."
    most = heard.nlargest(MOST_SPEAKERS, "words")
    names = ", ".join(
        f"{plain(who)} {words:,}"
        for who, words in zip(most["speaker"], most["words"], strict=True)
    )
    rest = len(heard) - len(most)
    return f"{total}: {names}{f', {rest} more' if rest else ''}."


def _about(row: Any) -> str:
    """Say how long an opening is, and how much of it is quoted."""
    words, quoted = counted(row.words, "word"), f"{row.quoted_words:,}"
    return f"{row.part}: {words}, {quoted} of them in quotation marks"


def _joined(text: str, places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join stretches that only stops, marks and spaces part."""
    joined: list[tuple[int, int]] = []
    for start, end in places:
        if joined and not any(sign.isalnum() for sign in text[joined[-1][1] : start]):
            joined[-1] = joined[-1][0], end
        else:
            joined.append((start, end))
    return joined


def _with_ends(text: str, start: int, end: int, ends: dict[int, str]) -> str:
    """Give ``text[start:end]`` as HTML, with a mark wherever an opening ends."""
    html, place = [], start
    for stop, part in ends.items():
        if start < stop <= end:
            behind = _PUNCTUATION.match(text, stop)
            stop = behind.end() if behind else stop
            html.append(escape(text[place:stop]))
            html.append(f" <small><b>⟦end of the {escape(part)}⟧</b></small>")
            place = stop
    if place < end:
        html.append(escape(text[place:end]))
    return "".join(html).replace("\n", "<br>")
