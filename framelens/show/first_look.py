"""A first look: what each document is, how it opens, and to whom it gives a voice."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from framelens._checks import require_columns
from framelens.measure.counts import NO_OUTLET
from framelens.read import articles_of
from framelens.show.documents import lede_panels, missing_notes
from framelens.show.fragment import Fragment, side_by_side
from framelens.show.text import escape, is_missing, plain

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

MOST = 4
"""Speakers named at most for each outlet; the others are counted."""


def first_look(
    articles: pd.DataFrame | str | Path, *, speakers: pd.DataFrame, length: int = 2
) -> Fragment:
    """Set the documents side by side: what they are, their ledes, whom they let speak.

    Parameters
    ----------
    articles : DataFrame or path
        The articles contract; ``article`` and ``text`` are needed.
    speakers : DataFrame
        ``speaker, outlet, words``, as `framelens.measure.speakers_table` gives them
        for these articles; ``direct_words``, where they are there, are named apart.
    length : int, default 2
        Sentences of each lede.

    Returns
    -------
    Fragment
        One panel per article. Where an outlet has several, its panels name the
        speakers of all of them.

    Raises
    ------
    ColumnError
        If `speakers` lacks a column.
    """
    require_columns(speakers, ["speaker", "outlet", "words"], of="first_look()")
    articles = articles_of(articles)
    outlets = articles["outlet"].fillna(NO_OUTLET).tolist()
    several = Counter(outlets)
    panels = []
    for outlet, title, (heading, html, text) in zip(
        outlets,
        articles["title"].tolist(),
        lede_panels(articles, length=length),
        strict=True,
    ):
        first, about = heading
        about += " · no headline" if is_missing(title) else ""
        mine = speakers[speakers["outlet"] == outlet]
        whole = "" if several[outlet] == 1 else ", all articles of this outlet"
        lead, names = f"Words given to others{whole}", _named(mine)
        panels.append(
            (
                [first, about],
                f"{html}<p><b>{escape(lead)}:</b> {escape(names)}</p>",
                f"{text}\n  {lead}: {names}",
            )
        )
    columns = 2 if len(panels) > 1 else 1
    found = side_by_side(panels, caption="At a glance", columns=columns)
    notes = missing_notes(articles)
    below = "".join(f"<p><small>{escape(note)}</small></p>" for note in notes)
    return Fragment(found.html + below, "\n".join([found.text, *notes]))


def _named(speakers: pd.DataFrame) -> str:
    """Name those with most words, with their numbers."""
    total = f"{int(speakers['words'].sum()):,}"
    if "direct_words" in speakers.columns:
        total += f" ({int(speakers['direct_words'].sum()):,} in quotation marks)"
    most = speakers[speakers["words"].gt(0)].nlargest(MOST, "words")
    if most.empty:
        return "none."
    names = ", ".join(
        f"{plain(who)} {words:,}"
        for who, words in zip(most["speaker"], most["words"], strict=True)
    )
    rest = int(speakers["words"].gt(0).sum()) - len(most)
    others = f", {rest} more" if rest else ""
    return f"{total}: {names}{others}."
