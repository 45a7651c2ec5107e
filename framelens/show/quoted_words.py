"""Words in quotation marks: the numbers of every article, and their figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from framelens.measure.wording import counted
from framelens.show.text import plain, shortened, stated

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from framelens.show.figure import Figure

VOICES = {
    "own": "outlet's own",
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
    """List the words of each article, and how many stand in quotation marks.

    Parameters
    ----------
    totals : DataFrame
        ``article, voice, n``.
    articles : DataFrame
        The articles contract.

    Returns
    -------
    DataFrame
        ``article, outlet, genre, words in quotation marks, words, share, %``.
    """
    wide = words_by_voice(totals).reset_index()
    wide = wide.merge(
        articles[["article", "outlet", "genre"]], on="article", how="left"
    )
    voices = [
        name for name in wide.columns if name not in {"article", "outlet", "genre"}
    ]
    quoted = wide["direct"] if "direct" in wide.columns else 0
    total = wide[voices].sum(axis="columns")
    return pd.DataFrame(
        {
            "article": wide["article"],
            "outlet": wide["outlet"],
            "genre": wide["genre"],
            "words in quotation marks": quoted,
            "words": total,
            "share, %": (100 * quoted / total).round().astype("Int64"),
        }
    )


def words_figure(totals: pd.DataFrame, *, articles: pd.DataFrame) -> Figure:
    """Draw the words in quotation marks as a figure that can be saved as a slide.

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
    quoted = (
        wide["direct"] if "direct" in wide.columns else 0 * wide.sum(axis="columns")
    )
    outlets = dict(zip(articles["article"], articles["outlet"], strict=True))
    parts = [
        f"{stated(outlets.get(article), 'outlet')} (article {plain(article)}) "
        f"{few:,} of {many:,}"
        for article, few, many in zip(
            wide.index, quoted, wide.sum(axis="columns"), strict=True
        )
    ]
    known = articles[articles["article"].isin(wide.index)]
    return Figure.from_axes(
        plot_words(totals, articles=articles, ax=new_axes(0.55 * len(wide) + 1.6)),
        title="How many words stand in quotation marks",
        caption=(
            "Words inside and outside quotation marks that hold speech, per article "
            f"({counted(len(wide), 'article')}; {_dates(known)}). Who speaks them, "
            "and what is reported without quotation marks, is not counted here."
        ),
        alt=f"Bars, one per article. Words in quotation marks: {'; '.join(parts)}.",
        source=source_line(known),
    )


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


def _dates(articles: pd.DataFrame) -> str:
    known = sorted(articles["date"].dropna().astype(str))
    undated = len(articles) - len(known)
    if not known:
        return "no date stated"
    first, last = shortened(known[0], width=10), shortened(known[-1], width=10)
    window = first if first == last else f"{first} to {last}"
    return f"{window}, {undated} without a date" if undated else window
