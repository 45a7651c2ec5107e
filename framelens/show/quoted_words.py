"""Words by voice: the numbers of every article, and their figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from framelens._wording import counted
from framelens.measure.accuracy import VOICE_ACCURACY
from framelens.show.languages import language_note
from framelens.show.text import plain, shortened, stated

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matplotlib.axes import Axes

    from framelens.show.figure import Figure

VOICES = {
    "own": "outlet's own voice",
    "indirect": "reported speech",
    "direct": "in quotation marks",
    "rest": "outside quotation marks",
}
"""What each voice is called in words."""

ORDER = ("direct", "indirect", "own", "rest")
"""Quoted words first, wherever voices stand in a row."""


def words_by_voice(totals: pd.DataFrame) -> pd.DataFrame:
    """Spread the words of each article over its voices, quoted ones first.

    Parameters
    ----------
    totals : DataFrame
        ``article``, ``voice`` and ``n``.

    Returns
    -------
    DataFrame
        One row per article, in order of appearance, one column per voice; 0 where
        an article has no word in a voice.

    Examples
    --------
    >>> totals = pd.DataFrame({"article": ["b", "b", "a"], "n": [9, 1, 5],
    ...                        "voice": ["rest", "direct", "rest"]})
    >>> words_by_voice(totals).loc["b"].to_dict()
    {'direct': 1, 'rest': 9}
    """
    order = list(dict.fromkeys(totals["article"]))
    wide = totals.pivot_table(
        index="article", columns="voice", values="n", aggfunc="sum", fill_value=0
    ).reindex(order)
    known = [voice for voice in ORDER if voice in wide.columns]
    others = [voice for voice in wide.columns if voice not in known]
    return wide[known + others].astype("int64")


def words_table(totals: pd.DataFrame, *, articles: pd.DataFrame) -> pd.DataFrame:
    """List the words of each article, and how many stand in which voice.

    Parameters
    ----------
    totals : DataFrame
        ``article, voice, n``.
    articles : DataFrame
        The articles contract.

    Returns
    -------
    DataFrame
        ``article, outlet, genre, words``, then the words of each voice, and then
        their share in per cent, both named as in `VOICES`.
    """
    wide = words_by_voice(totals)
    names = {voice: VOICES.get(voice, plain(voice)) for voice in wide.columns}
    total = wide.sum(axis="columns")
    shares = (100 * wide.div(total, axis="index")).round().astype("Int64")
    found = pd.concat(
        [
            total.rename("words"),
            wide.rename(columns=names),
            shares.rename(columns={one: f"{name}, %" for one, name in names.items()}),
        ],
        axis="columns",
    )
    about = articles.set_index("article")[["outlet", "genre"]].reindex(found.index)
    return about.join(found).reset_index(names="article")


def words_figure(totals: pd.DataFrame, *, articles: pd.DataFrame) -> Figure:
    """Draw whose words articles print, as a figure that can be saved as a slide.

    Parameters
    ----------
    totals : DataFrame
        ``outlet, article, voice, n``, as `framelens.measure.terms` gives them.
    articles : DataFrame
        The articles contract: genre, outlet and date stand in the caption.

    Returns
    -------
    Figure
    """
    from framelens.show.figure import Figure
    from framelens.show.plots import plot_words

    wide = words_by_voice(totals)
    outlets = dict(zip(articles["article"], articles["outlet"], strict=True))
    parts = [
        f"{stated(outlets.get(article), 'outlet')} (article {plain(article)}) "
        f"{voice_counts(row)}"
        for article, row in wide.iterrows()
    ]
    known = articles[articles["article"].isin(wide.index)]
    return Figure.from_axes(
        plot_words(totals, articles=articles, ax=new_axes(0.55 * len(wide) + 1.6)),
        title="Whose words",
        caption=(
            f"Words by voice, per article ({counted(len(wide), 'article')}; "
            f"{dates_of(known)}). {how_sure(wide.columns)} {_language(known)}"
        ).rstrip(),
        alt=f"Bars, one per article, divided by voice. Words: {'; '.join(parts)}.",
        source=source_line(known),
    )


def voice_counts(row: pd.Series) -> str:
    """Write out how the words of one article divide.

    Examples
    --------
    >>> voice_counts(pd.Series({"direct": 25, "own": 75}))
    "25 in quotation marks, 75 outlet's own voice, of 100"
    """
    named = [
        f"{int(count):,} {VOICES.get(str(voice), plain(voice))}"
        for voice, count in row.items()
    ]
    return f"{', '.join(named)}, of {int(row.sum()):,}"


def how_sure(voices: Iterable[object]) -> str:
    """Say in a sentence or two how far such a division into voices can be trusted."""
    known = set(voices)
    if "rest" in known:
        return (
            "What stands outside quotation marks holds what others are reported to "
            "have said, and is not the outlet's own voice alone."
        )
    return VOICE_ACCURACY.sentence() if known & {"own", "indirect"} else ""


def new_axes(height: float) -> Axes:
    """Make axes that no notebook shows by itself."""
    from matplotlib.figure import Figure as Drawing

    return Drawing(figsize=(8.0, height), layout="constrained").subplots()


def source_line(articles: pd.DataFrame) -> str:
    """Say where the data of a figure come from."""
    outlets = articles["outlet"].unique()
    names = ", ".join(
        shortened(stated(name, "outlet"), width=40) for name in outlets[:6]
    )
    more = f" and {len(outlets) - 6} more" if len(outlets) > 6 else ""
    return f"Source: {names}{more}. Made with framelens."


def _language(articles: pd.DataFrame) -> str:
    return (language_note(articles) or "") if "text" in articles.columns else ""


def dates_of(articles: pd.DataFrame) -> str:
    """Say from when to when articles are dated, and how many are not."""
    known = sorted(articles["date"].dropna().astype(str))
    undated = len(articles) - len(known)
    if not known:
        return "no date stated"
    first, last = shortened(known[0], width=10), shortened(known[-1], width=10)
    window = first if first == last else f"{first} to {last}"
    return f"{window}, {undated} without a date" if undated else window
