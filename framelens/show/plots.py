"""Plots. Each takes what a result stores and an optional axes, and returns the axes.

They read without colour: outlets differ by the shape of their points, kinds of
words by the hatching of their bars, and the numbers stand beside both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from framelens._checks import InputError, require_columns
from framelens.show.quoted_words import VOICES, words_by_voice
from framelens.show.text import is_missing, plain, shortened, stated

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

BLUE, ORANGE, GREY = "#0072B2", "#D55E00", "0.35"
"""Two colours of Okabe and Ito (2008) that differ for every kind of colour vision."""

_BARS = {
    "direct": ("#E69F00", "///"),
    "indirect": ("#56B4E9", "..."),
    "own": ("white", ""),
    "rest": ("white", ""),
}


BRIEFLY = {"direct": "in marks", "indirect": "reported", "own": "own", "rest": "other"}
"""What stands beside the bars; the legend has it in full."""


def plot_words(
    totals: pd.DataFrame,
    *,
    articles: pd.DataFrame | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw how many words of each article stand in which voice.

    Parameters
    ----------
    totals : DataFrame
        ``outlet``, ``article``, ``voice`` and ``n`` (words), as a count of words
        has them; one bar per article, in order of appearance.
    articles : DataFrame, optional
        ``article`` and ``genre``, to name the genre beside the outlet.
    ax : Axes, optional
        Drawn on; else a new figure is made, as high as its articles need.

    Returns
    -------
    Axes

    Raises
    ------
    ColumnError
        If `totals` lacks a column.
    InputError
        If there is no article in it.
    """
    require_columns(totals, ["outlet", "article", "voice", "n"], of="plot_words()")
    wide = words_by_voice(totals)
    if wide.empty:
        raise InputError("plot_words() found no article in totals; give at least one.")
    ax = ax if ax is not None else _new_axes(0.55 * len(wide) + 1.6)
    _rows(ax, dict(enumerate(_article_labels(totals, articles, wide.index))))
    left = np.zeros(len(wide))
    places = np.arange(len(wide))
    for voice in wide.columns:
        colour, hatch = _BARS.get(voice, ("0.85", "xx"))
        numbers = wide[voice].to_numpy(dtype=float)
        ax.barh(
            places,
            numbers,
            0.62,
            left,
            color=colour,
            hatch=hatch,
            edgecolor="0.2",
            linewidth=0.8,
            label=VOICES.get(voice, plain(voice)),
        )
        left += numbers
    longest = float(left.max()) or 1.0
    for place, (_, row) in zip(places, wide.iterrows(), strict=True):
        ax.text(
            float(left[place]) + 0.015 * longest,
            float(place),
            _split(row),
            va="center",
            fontsize=8,
        )
    ax.set_xlim(0, longest * 1.02)
    ax.set_xlabel("words (furniture such as datelines and captions left out)")
    ax.xaxis.grid(visible=False)
    ax.xaxis.set_major_formatter("{x:,.0f}")
    _legend(ax)
    return ax


def _new_axes(height: float) -> Axes:
    import matplotlib.pyplot as plt

    _, ax = plt.subplots(figsize=(8.0, height), layout="constrained")
    return ax


def _rows(ax: Axes, labels: dict[int, str]) -> None:
    """Give each row its name, the first one on top, and clear away the frame."""
    ax.set_yticks(list(labels), list(labels.values()), parse_math=False)
    ax.set_ylim(max(labels, default=0) + 0.6, -0.6)
    ax.tick_params(axis="y", length=0)
    ax.spines[["top", "right", "left"]].set_visible(False)
    ax.xaxis.grid(visible=True, color="0.9")
    ax.set_axisbelow(True)


def _legend(ax: Axes, *, columns: int = 4) -> None:
    """Set the legend above the plot, its names as they are written."""
    legend = ax.legend(
        loc="lower left",
        bbox_to_anchor=(0, 1),
        ncols=columns,
        frameon=False,
        fontsize=9,
    )
    for text in legend.get_texts():
        text.set_parse_math(False)


def _article_labels(
    totals: pd.DataFrame, articles: pd.DataFrame | None, order: pd.Index
) -> list[str]:
    outlets = totals.drop_duplicates("article").set_index("article")["outlet"]
    genres: dict[Any, object] = {}
    if articles is not None and "genre" in articles.columns:
        genres = dict(zip(articles["article"], articles["genre"], strict=True))
    labels = []
    for article in order:
        name = shortened(stated(outlets[article], "outlet"), width=28)
        genre = genres.get(article)
        kind = "" if is_missing(genre) else f"{shortened(genre, width=14)}, "
        labels.append(f"{name}\n{kind}article {shortened(article, width=14)}")
    return labels


def _split(row: pd.Series) -> str:
    """Write out how the words of one article divide, in per cent."""
    total = int(row.sum())
    if not total:
        return "no word"
    return ", ".join(
        f"{BRIEFLY.get(str(voice), plain(voice))} {100 * count / total:.0f} %"
        for voice, count in row.items()
    )
