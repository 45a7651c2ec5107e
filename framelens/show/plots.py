"""Plots. Each takes what a result stores and an optional axes, and returns the axes.

They read without colour: outlets differ by the shape of their points, kinds of
words by the hatching of their bars, and the numbers stand beside both.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from framelens._checks import InputError, require_columns
from framelens.show.quoted_words import VOICES, words_by_voice
from framelens.show.text import MISSING, is_missing, plain, shortened, stated

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from framelens.compare import Contrast

MOST = 16
"""Items drawn at most, those that differ most; the table has them all."""

BLUE, ORANGE, GREY = "#0072B2", "#D55E00", "0.35"
"""Two colours of Okabe and Ito (2008) that differ for every kind of colour vision."""

SIDES = (("target", "o", BLUE, 1.02), ("baseline", "s", ORANGE, 1.2))
"""How each side is drawn, and where its counts stand."""

SMALL: dict[str, Any] = {"fontsize": 8, "color": GREY}
HEADING: dict[str, Any] = {
    "fontsize": 9,
    "weight": "bold",
    "va": "center",
    "parse_math": False,
}

_BARS = {
    "direct": ("#E69F00", "///"),
    "indirect": ("#56B4E9", "..."),
    "own": ("white", ""),
    "rest": ("white", ""),
}


def plot_contrast(result: Contrast, *, ax: Axes | None = None) -> Axes:
    """Draw how far two outlets are apart, item by item.

    Where the result has intervals: one point and its interval per item, hollow
    where an item has none. Where it has none at all: the articles themselves as
    hollow points, with the counts beside them, and nothing that looks like a test.

    Parameters
    ----------
    result : Contrast
        What it stores is drawn; nothing is computed anew.
    ax : Axes, optional
        Drawn on; else a new figure is made, as high as its items need.

    Returns
    -------
    Axes
    """
    table = furthest_apart(result)
    ax = ax if ax is not None else _new_axes(contrast_height(result))
    if _has_intervals(result):
        _draw_intervals(ax, table.sort_values("difference", ascending=False), result)
    else:
        _draw_articles(ax, table, result)
    if len(table) < len(result.table):
        few = f"the {len(table)} furthest apart, of {len(result.table):,}"
        ax.set_xlabel(f"{ax.get_xlabel()}\n{few}", parse_math=False)
    return ax


def _has_intervals(result: Contrast) -> bool:
    return bool(result.table["low"].notna().any())


def furthest_apart(result: Contrast) -> pd.DataFrame:
    """Give the rows that are drawn: as many of one outlet as of the other.

    Parameters
    ----------
    result : Contrast

    Returns
    -------
    DataFrame
        Rows of its ``table``: at most half of `MOST` with more in the target, then
        as many with more in the baseline, then, where room is left, those without
        a difference. Of a result without
        intervals, only items whose articles can be drawn.
    """
    table = result.table
    if not _has_intervals(result):
        table = table[table["item"].isin(_points(result)["item"])]
    half = MOST // 2
    chosen = [
        table[table["difference"] > 0].head(half),
        table[table["difference"] < 0].head(half),
    ]
    room = MOST - sum(map(len, chosen))
    rest = table.drop(index=[*chosen[0].index, *chosen[1].index])
    rest = rest[~(rest["difference"].abs() > 0)].head(room)
    return pd.concat([*chosen, rest])


def contrast_height(result: Contrast) -> float:
    """Give the height in inches that `plot_contrast` needs for a result."""
    rows = max(len(furthest_apart(result)), 2)
    return 0.27 * (rows + (0 if _has_intervals(result) else 2)) + 1.6


def plot_words(
    totals: pd.DataFrame,
    *,
    articles: pd.DataFrame | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw how many words of each article stand in quotation marks.

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
            fontsize=9,
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


def _draw_intervals(ax: Axes, table: pd.DataFrame, result: Contrast) -> None:
    places = np.arange(len(table))
    known = table["low"].notna().to_numpy()
    shown = 100 * table[["difference", "low", "high"]].astype(float)
    _rows(ax, {place: _item(name) for place, name in enumerate(table["item"])})
    ax.axvline(0, color="0.4", linewidth=1)
    ax.hlines(places[known], shown["low"][known], shown["high"][known], color=BLUE)
    for which, fill in ((known, BLUE), (~known, "white")):
        ax.scatter(
            shown["difference"][which],
            places[which],
            s=42,
            facecolor=fill,
            edgecolor=BLUE,
            zorder=3,
        )
    reach = np.nanmax(np.abs(shown.to_numpy()), initial=0.0) or 1.0
    ax.set_xlim(-1.08 * reach, 1.08 * reach)
    target, baseline = (shortened(name, width=44) for name in result.names)
    label = (
        f"← more in {baseline}  ·  more in {target} →\n"
        "difference in percentage points; lines are 95 % intervals, hollow points "
        "have none"
    )
    ax.set_xlabel(label, parse_math=False)


def _draw_articles(ax: Axes, table: pd.DataFrame, result: Contrast) -> None:
    """Draw each article's share, items grouped by the side that has more of them."""
    place_of, labels = {}, {}
    at = 0
    for name, group in (
        (result.names[0], table[table["difference"] > 0]),
        (result.names[1], table[table["difference"] < 0]),
        ("", table[~(table["difference"].abs() > 0)]),
    ):
        if len(group):
            words = (
                f"more in {shortened(name, width=60)}" if name else "the same in both"
            )
            ax.text(0, at, words, transform=ax.get_yaxis_transform(), **HEADING)
            for place, item in enumerate(group["item"], start=at + 1):
                place_of[item], labels[place] = place, _item(item)
            at += len(group) + 1
    _rows(ax, labels)
    guides = ax.get_yaxis_transform()
    ax.hlines(list(labels), 0, 1, color="0.92", linewidth=0.8, transform=guides)
    points = _points(result)
    points = points[points["item"].isin(table["item"])]
    sides = zip((result.target, result.baseline), result.names, SIDES, strict=True)
    for outlet, name, (side, marker, colour, column) in sides:
        mine = points[points["outlet"] == outlet]
        ax.scatter(
            100 * mine["share"],
            [place_of[item] for item in mine["item"]],
            s=52,
            marker=marker,
            facecolor="none",
            edgecolor=colour,
            linewidth=1.8,
            zorder=3,
            label=shortened(name, width=44).lstrip("_") or "–",
        )
        _counts(ax, column, shortened(outlet, width=24), side, table, place_of)
    ax.set_xlim(left=-0.04 * max(100 * points["share"].max(), 0.01))
    ax.xaxis.set_major_formatter("{x:.3g} %")
    without = "no interval" if result.refusal is None else "no interval, no test"
    ax.set_xlabel(f"share in each article; hollow points: {without}")
    _legend(ax, columns=1)


def _points(result: Contrast) -> pd.DataFrame:
    """Give item, outlet and share of each article, as far as they are known."""
    table = result.table
    parts = [result.points[["item", "outlet", "share"]]]
    one = (table["articles_target"] == 1) & (table["articles_baseline"] == 1)
    alone = table[one & ~table["item"].isin(result.points["item"])]
    for side, outlet in (("target", result.target), ("baseline", result.baseline)):
        share = alone[f"{side}_k"] / alone[f"{side}_n"]  # the outlet is its article
        parts.append(
            pd.DataFrame({"item": alone["item"], "outlet": outlet, "share": share})
        )
    return pd.concat(parts, ignore_index=True)


def _item(item: object) -> str:
    return shortened(item, width=32)


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


def _counts(
    ax: Axes,
    at: float,
    name: str,
    side: str,
    table: pd.DataFrame,
    place_of: dict[Any, int],
) -> None:
    """Write "k of n" for each item, in a column to the right of the plot."""
    anchor = ax.get_yaxis_transform()
    head = "\n".join(textwrap.wrap(name, 13)[:2])
    ax.text(at, -0.6, head, transform=anchor, va="bottom", parse_math=False, **SMALL)
    for item, k, n in zip(
        table["item"], table[f"{side}_k"], table[f"{side}_n"], strict=True
    ):
        shown = MISSING if pd.isna(n) else f"{k:,.0f} of {n:,.0f}"
        ax.text(at, place_of[item], shown, transform=anchor, fontsize=9, va="center")


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
    """Write out how the words of one article divide."""
    total = int(row.sum())
    quoted = int(row.get("direct", 0))
    share = f" ({quoted / total:.0%})" if total else ""
    return f"{quoted:,} of {total:,}{share}"
