"""Documents: which articles there are, what is missing, and how each one opens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from framelens._wording import counted
from framelens.annotate import furniture, sentences
from framelens.annotate.words import word_offsets
from framelens.read import articles_of
from framelens.show.fragment import Fragment, side_by_side
from framelens.show.languages import language_note
from framelens.show.quoted_words import words_by_voice
from framelens.show.tables import html_table
from framelens.show.text import escape, plain, shortened, stated

if TYPE_CHECKING:
    from pathlib import Path

FLOOR = 5
"""Fewer articles of an outlet than this carry no test over articles."""

LONGEST_HEADLINE = 25
"""Words. A first line up to this long without a full stop is taken for a headline."""


def documents(
    articles: pd.DataFrame | str | Path, *, totals: pd.DataFrame | None = None
) -> Fragment:
    """List the articles: what is known of each, how long, how much of it is quoted.

    Parameters
    ----------
    articles : DataFrame or path
        The articles contract; ``article`` and ``text`` are needed.
    totals : DataFrame, optional
        ``article``, ``voice`` and ``n``, as `framelens.measure.terms` gives them;
        counted here if not given.

    Returns
    -------
    Fragment
        Its ``table`` has ``article, outlet, genre, date, headline, words,
        direct_words, indirect_words, direct_share, indirect_share`` (of the words,
        in [0, 1]; missing where there is no word). What the totals do not tell apart
        is missing throughout: indirect words in those made from quotation marks
        alone. Furniture is not counted.
    """
    articles = articles_of(articles)
    table = _documents_table(articles, totals)
    shown = pd.DataFrame(
        {
            "article": table["article"],
            "outlet": table["outlet"],
            "genre": table["genre"],
            "date": table["date"],
            "headline": [
                None if pd.isna(title) else shortened(title, width=90)
                for title in table["headline"]
            ],
            "words": table["words"],
            "in quotation marks": table["direct_words"],
            "reported speech": table["indirect_words"],
            "in quotation marks, %": _percent(table["direct_share"]),
            "reported, %": _percent(table["indirect_share"]),
        }
    )
    if table["direct_words"].isna().all():
        shown = shown.drop(columns=["in quotation marks", "in quotation marks, %"])
    if table["indirect_words"].isna().all():
        shown = shown.drop(columns=["reported speech", "reported, %"])
    caption = f"{counted(len(table), 'article')}"
    notes = missing_notes(articles)
    text = "\n".join([caption, shown.map(plain).to_string(index=False), *notes])
    return Fragment(html_table(shown, caption=caption, notes=notes), text, table)


def ledes(articles: pd.DataFrame | str | Path, *, length: int = 2) -> Fragment:
    """Set the first sentences of the articles side by side.

    Parameters
    ----------
    articles : DataFrame or path
        The articles contract; ``article`` and ``text`` are needed.
    length : int, default 2
        Sentences shown of each article. Furniture is left out; a headline that
        stands in the text is shown, and not counted.

    Returns
    -------
    Fragment
    """
    panels = lede_panels(articles_of(articles), length=length)
    columns = 2 if len(panels) > 1 else 1
    return side_by_side(panels, caption="How each article opens", columns=columns)


def lede_panels(
    articles: pd.DataFrame, *, length: int
) -> list[tuple[list[str], str, str]]:
    """Give the heading and the lede of each article, as HTML and as text.

    Parameters
    ----------
    articles : DataFrame
        The articles contract, whole.
    length : int
        Sentences of each lede.

    Returns
    -------
    list of (heading, html, text)
        As `side_by_side` takes them.
    """
    marked = sentences(articles)
    left_out = furniture(articles)
    panels = []
    rows: Any = articles.itertuples()
    for row in rows:
        mine = marked[marked["article"] == row.article]
        gaps = left_out[left_out["article"] == row.article]
        pieces = _opening(str(row.text), mine, gaps, length)
        html = "".join(
            '<p dir="auto">'
            + (f"<b>{escape(piece)}</b>" if headline else escape(piece))
            + "</p>"
            for piece, headline in pieces
        )
        text = "\n  ".join(piece for piece, _ in pieces)
        panels.append((heading(row, left_out), html or "<p>–</p>", text or "–"))
    return panels


def heading(row: Any, left_out: pd.DataFrame) -> list[str]:
    """Say in a few lines what an article is.

    Parameters
    ----------
    row : named tuple
        A row of the articles table.
    left_out : DataFrame
        ``article, start, end`` of furniture, whose words do not count.

    Returns
    -------
    list of str
        The outlet, then genre, date, length and identifier; plain text.
    """
    mine = left_out[left_out["article"] == row.article]
    gaps = list(zip(mine["start"], mine["end"], strict=True))
    length = sum(
        not any(first <= start < last for first, last in gaps)
        for start, _ in word_offsets(str(row.text))
    )
    genre, date = stated(row.genre, "genre"), stated(row.date, "date")
    about = [genre, date, counted(length, "word"), f"article {plain(row.article)}"]
    return [stated(row.outlet, "outlet"), " · ".join(about)]


def missing_notes(articles: pd.DataFrame) -> list[str]:
    """Say what the articles lack, and what so few of them can carry.

    Parameters
    ----------
    articles : DataFrame
        The articles contract, whole.

    Returns
    -------
    list of str
        Plain sentences; empty if nothing is missing.
    """
    total = len(articles)
    names = {"outlet": "outlet", "date": "date", "title": "headline", "genre": "genre"}
    lacking = [
        f"{word} of {'all' if gone == total else f'{gone} of'} {total}"
        for name, word in names.items()
        if (gone := int(articles[name].isna().sum()))
    ]
    notes = [f"Missing, and not filled in: {', '.join(lacking)}."] if lacking else []
    notes += [note for note in [language_note(articles)] if note]
    sizes = articles["outlet"].value_counts()
    if len(sizes) == 2 and sizes.min() < FLOOR:
        notes.append(
            f"n = {' + '.join(map(str, sizes))} articles: "
            "sentences to read, no p-values."
        )
    return notes


def _documents_table(
    articles: pd.DataFrame, totals: pd.DataFrame | None
) -> pd.DataFrame:
    if totals is None:
        from framelens.measure import terms

        totals = terms(articles).totals
    wide = words_by_voice(totals).reindex(articles["article"], fill_value=0)
    words = wide.sum(axis="columns").astype("int64").to_numpy()
    table = articles[["article", "outlet", "genre", "date", "title"]].reset_index(
        drop=True
    )
    table = table.rename(columns={"title": "headline"})
    table["words"] = words
    for voice in ("direct", "indirect"):
        known = set(wide.columns)
        untold = "whole" in known or (voice == "indirect" and "rest" in known)
        none = None if untold else 0
        found = wide[voice].to_numpy() if voice in wide.columns else none
        table[f"{voice}_words"] = pd.Series(found, table.index, dtype="Int64")
        share = table[f"{voice}_words"].astype("Float64") / words
        table[f"{voice}_share"] = share.where(words > 0).astype("Float64")
    order = ["direct_words", "indirect_words", "direct_share", "indirect_share"]
    return table[[*table.columns.drop(order), *order]]


def _percent(share: pd.Series) -> pd.Series:
    return (100 * share).round().astype("Int64")


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
