"""Documents: which articles there are, what is missing, and in which language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from framelens._wording import counted
from framelens.annotate.words import word_offsets
from framelens.corpus import corpus_of
from framelens.show.fragment import Fragment
from framelens.show.languages import language_note
from framelens.show.tables import html_table
from framelens.show.text import is_missing, plain, shortened, stated
from framelens.show.voices_view import words_table

if TYPE_CHECKING:
    from pathlib import Path

    from framelens.corpus import Corpus

FLOOR = 5
"""Fewer articles of an outlet than this carry no test over articles."""

SHOWN = [
    "headline",
    "words",
    "in quotation marks",
    "reported speech",
    "in quotation marks, %",
    "reported speech, %",
]
"""What the list shows beside what an article is; the table has all voices."""


def documents(
    corpus: Corpus | pd.DataFrame | str | Path, *, most: int | None = None
) -> Fragment:
    """List the articles: what is known of each, how long, how much of it is quoted.

    Parameters
    ----------
    corpus : Corpus, DataFrame or path
    most : int, optional
        Articles listed at most; all if not given.

    Returns
    -------
    Fragment
        Its ``table`` has ``article, outlet, genre, date, headline, words``, then the
        words of each voice and their share in per cent, as
        `framelens.show.words_table` gives them. Furniture is not counted.
    """
    corpus = corpus_of(corpus)
    words = words_table(corpus).drop(columns=["article", "outlet", "genre"])
    about = corpus.articles[["article", "outlet", "genre", "date", "title"]]
    table = pd.concat(
        [about.rename(columns={"title": "headline"}).reset_index(drop=True), words],
        axis="columns",
    )
    listed = table if most is None else table.head(most)
    headlines = [
        None if is_missing(title) else shortened(title, width=90)
        for title in listed["headline"]
    ]
    shown = listed.assign(headline=pd.Series(headlines, listed.index, dtype=object))
    columns = [name for name in SHOWN if name in shown.columns]
    shown = shown[["article", "outlet", "genre", "date", *columns]]
    caption = counted(len(table), "article")
    if len(listed) < len(table):
        caption = f"The first {len(listed):,} of {caption}"
    notes = missing_notes(corpus.articles)
    text = "\n".join([caption, shown.map(plain).to_string(index=False), *notes])
    return Fragment(html_table(shown, caption=caption, notes=notes), text, table)


def heading(row: Any, furniture: pd.DataFrame) -> list[str]:
    """Say in two lines what an article is.

    Parameters
    ----------
    row : named tuple
        A row of the articles table.
    furniture : DataFrame
        ``article, start, end``; its words do not count.

    Returns
    -------
    list of str
        The outlet, then genre, date, length and identifier; plain text.
    """
    mine = furniture[furniture["article"] == row.article]
    gaps = list(zip(mine["start"], mine["end"], strict=True))
    length = sum(
        not any(first <= start < last for first, last in gaps)
        for start, _ in word_offsets(str(row.text))
    )
    genre, date = stated(row.genre, "genre"), stated(row.date, "date")
    about = [genre, date, counted(length, "word"), f"article {plain(row.article)}"]
    return [stated(row.outlet, "outlet"), " · ".join(about)]


def missing_notes(articles: pd.DataFrame) -> list[str]:
    """Say what the articles lack, and what so few of them can carry."""
    total = len(articles)
    names = {"outlet": "outlet", "date": "date", "title": "headline", "genre": "genre"}
    lacking = [
        f"{word} of {'all' if missing == total else f'{missing} of'} {total}"
        for name, word in names.items()
        if (missing := int(articles[name].isna().sum()))
    ]
    notes = [f"Missing, and not filled in: {', '.join(lacking)}."] if lacking else []
    notes += [note for note in [language_note(articles)] if note]
    sizes = articles["outlet"].value_counts()
    if len(sizes) == 2 and sizes.min() < FLOOR:
        notes.append(
            f"{' + '.join(map(str, sizes))} articles: enough to read side by side, too "
            "few for p-values."
        )
    return notes
