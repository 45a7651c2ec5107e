"""Documents: which articles there are, their language, and whose words they print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from framelens._checks import InputError
from framelens._wording import counted
from framelens.annotate.words import word_offsets
from framelens.corpus import corpus_of
from framelens.measure import terms
from framelens.measure.accuracy import VOICE_ACCURACY
from framelens.read.languages import language_note
from framelens.show.drawing import (
    BARS,
    OTHER_BAR,
    VOICES,
    dates_of,
    legend_beside,
    name_rows,
    new_axes,
    ordered_voices,
    source_line,
)
from framelens.show.figure import Figure
from framelens.show.tables import Fragment, html_table
from framelens.show.text import is_missing, plain, shortened, stated

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from matplotlib.axes import Axes

    from framelens.corpus import Corpus


MOST_DRAWN = 40
"""Articles drawn at most: more bars than that cannot be read on a page."""

BRIEFLY = {"direct": "in marks", "indirect": "reported", "own": "own", "rest": "other"}
"""What is written beside the bars; the legend has it in full."""


def words_table(corpus: Corpus | pd.DataFrame | str | Path) -> pd.DataFrame:
    """List the words of each article, and how many are in which voice.

    Parameters
    ----------
    corpus : Corpus, DataFrame or path

    Returns
    -------
    DataFrame
        One row per article: ``article, outlet, genre, words``, then the words of
        each voice and their share in per cent, named as a reader would
        ("in quotation marks", "reported speech", "outlet's own voice"). Furniture is
        not counted; an article without a word has no share.

    Examples
    --------
    >>> text = '"We go on," said Jane Doe. She denied that it was late.'
    >>> table = words_table(pd.DataFrame({"article": ["a"], "text": [text]}))
    >>> table["reported speech"].tolist()
    [4]
    """
    corpus = corpus_of(corpus)
    wide = words_by_voice(corpus)
    names = {voice: VOICES.get(voice, plain(voice)) for voice in wide.columns}
    total = wide.sum(axis="columns").astype("int64")
    shares = (100 * wide.div(total.where(total > 0), axis="index")).round()
    table = corpus.articles[["article", "outlet", "genre"]].reset_index(drop=True)
    table["words"] = total.to_numpy()
    for voice, name in names.items():
        table[name] = wide[voice].to_numpy()
    for voice, name in names.items():
        table[f"{name}, %"] = shares[voice].astype("Int64").to_numpy()
    return table


def words_by_voice(corpus: Corpus) -> pd.DataFrame:
    """Count the words of each article of a corpus, one column per voice."""
    totals = terms(corpus, join="nothing").totals
    wide = totals.pivot_table(
        index="article", columns="voice", values="n", aggfunc="sum", fill_value=0
    ).reindex(corpus.articles["article"], fill_value=0)
    return wide[ordered_voices(totals["voice"])].astype("int64")


def plot_words(
    corpus: Corpus | pd.DataFrame | str | Path, *, ax: Axes | None = None
) -> Axes:
    """Draw how many words of each article are in which voice.

    Parameters
    ----------
    corpus : Corpus, DataFrame or path
    ax : Axes, optional
        Drawn on; else a new figure is made, as high as its articles need.

    Returns
    -------
    Axes
        A bar for each of the first 40 articles, parted by voice.

    Raises
    ------
    InputError
        If there is no article.
    """
    corpus = corpus_of(corpus)
    if not len(corpus):
        raise InputError("there is no article to draw; give at least one")
    corpus = first(corpus, MOST_DRAWN)
    articles, wide = corpus.articles, words_by_voice(corpus)
    ax = new_axes(0.55 * len(wide) + 1.6) if ax is None else ax
    each: Any = articles.itertuples()
    name_rows(ax, dict(enumerate(_label(row) for row in each)))
    places, left = np.arange(len(wide)), np.zeros(len(wide))
    for voice in wide.columns:
        words = wide[voice].to_numpy(dtype=float)
        style: dict[str, Any] = {**BARS.get(voice, OTHER_BAR)}
        name = VOICES.get(voice, plain(voice))
        ax.barh(places, words, 0.62, left, linewidth=0.8, label=name, **style)
        left += words
    longest = float(left.max()) or 1.0
    for place, (_, row) in enumerate(wide.iterrows()):
        at = float(left[place]) + 0.015 * longest
        ax.text(at, place, _shares(row), va="center", fontsize=8)
    ax.set_xlim(0, longest * 1.02)
    ax.set_xlabel("words (without furniture such as datelines and captions)")
    ax.xaxis.grid(visible=False)
    ax.xaxis.set_major_formatter("{x:,.0f}")
    if len(wide.columns):
        legend_beside(ax)
    return ax


def words_figure(corpus: Corpus | pd.DataFrame | str | Path) -> Figure:
    """Draw whose words articles print, as a figure that can be saved as a slide.

    Parameters
    ----------
    corpus : Corpus, DataFrame or path

    Returns
    -------
    Figure

    Raises
    ------
    InputError
        If there is no article.
    """
    whole = corpus_of(corpus)
    corpus = first(whole, MOST_DRAWN)
    articles, wide = corpus.articles, words_by_voice(corpus)
    names = zip(articles["outlet"], articles["article"], strict=True)
    parts = [
        f"{stated(outlet, 'outlet')} (article {plain(article)}) {_written_out(row)}"
        for (outlet, article), (_, row) in zip(names, wide.iterrows(), strict=True)
    ]
    drawn = counted(len(wide), "article")
    if len(whole) > len(wide):
        drawn = f"the first {drawn} of {len(whole):,}"
    sure = [how_sure(wide.columns), language_note(articles) or ""]
    return Figure.from_axes(
        plot_words(corpus),
        title="Whose words",
        caption=" ".join(
            ["Words by voice, per article", f"({drawn}; {dates_of(articles)}).", *sure]
        ).strip(),
        alt=f"Bars, one per article, parted by voice. Words: {'; '.join(parts)}.",
        source=source_line(articles),
    )


def first(corpus: Corpus, number: int) -> Corpus:
    """Give the corpus of its first articles."""
    if len(corpus) <= number:
        return corpus
    return corpus.where(article=corpus.articles["article"].head(number).tolist())


def how_sure(voices: Iterable[object]) -> str:
    """Say in a sentence or two how far a division into voices can be trusted."""
    present = set(voices)
    if "rest" in present:
        return (
            "Words outside quotation marks include what others are reported to have "
            "said: they are not the outlet's own voice alone."
        )
    return VOICE_ACCURACY.sentence() if present & {"own", "indirect"} else ""


def _label(row: Any) -> str:
    """Name an article beside its bar: outlet, genre, identifier."""
    name = shortened(stated(row.outlet, "outlet"), width=28)
    kind = "" if is_missing(row.genre) else f"{shortened(row.genre, width=14)}, "
    return f"{name}\n{kind}article {shortened(row.article, width=14)}"


def _shares(row: pd.Series) -> str:
    """Write out how the words of an article divide, in per cent."""
    total = int(row.sum())
    if not total:
        return "no word"
    return ", ".join(
        f"{BRIEFLY.get(str(voice), plain(voice))} {100 * count / total:.0f} %"
        for voice, count in row.items()
    )


def _written_out(row: pd.Series) -> str:
    """Write out how the words of an article divide, in numbers."""
    named = [
        f"{int(count):,} {VOICES.get(str(voice), plain(voice))}"
        for voice, count in row.items()
    ]
    return f"{', '.join(named)}, of {int(row.sum()):,}"


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


def documents(corpus: Corpus | pd.DataFrame | str | Path) -> Fragment:
    """List the articles: what is known of each, how long, how much of it is quoted.

    Parameters
    ----------
    corpus : Corpus, DataFrame or path

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
    headlines = [
        None if is_missing(title) else shortened(title, width=90)
        for title in table["headline"]
    ]
    shown = table.assign(headline=pd.Series(headlines, dtype=object))
    columns = [name for name in SHOWN if name in shown.columns]
    shown = shown[["article", "outlet", "genre", "date", *columns]]
    notes = missing_notes(corpus.articles)
    caption = counted(len(table), "article")
    return Fragment(html_table(shown, caption=caption, notes=notes).html, table)


def heading(row: Any, furniture: pd.DataFrame) -> list[str]:
    """Say in two plain lines what an article is; words in `furniture` do not count."""
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
