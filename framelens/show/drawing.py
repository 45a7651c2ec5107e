"""Drawing: colours, axes, rows and legends that every plot shares.

Plots take what a result stores and an optional axes, and return the axes. They read
without colour: outlets differ by the shape of their points, kinds of words by the
hatching of their bars, and the numbers stand beside both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from framelens.show.text import shortened, stated

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd
    from matplotlib.axes import Axes

BLUE, ORANGE, GREY = "#0072B2", "#D55E00", "0.35"
"""Two colours of Okabe and Ito (2008) that differ for every kind of colour vision."""

VOICES = {
    "own": "outlet's own voice",
    "indirect": "reported speech",
    "direct": "in quotation marks",
    "rest": "outside quotation marks",
    "whole": "the whole text",
}
"""What each voice is called in words; quoted words first, wherever voices are in a
row: see `ordered_voices`."""

BARS = {
    "direct": {"facecolor": BLUE, "edgecolor": BLUE, "hatch": ""},
    "indirect": {"facecolor": "white", "edgecolor": BLUE, "hatch": "//////"},
    "own": {"facecolor": "0.9", "edgecolor": "0.35", "hatch": ""},
    "rest": {"facecolor": "0.9", "edgecolor": "0.35", "hatch": ""},
}
"""How each voice is drawn in every figure: in quotation marks solid, reported hatched,
the outlet's own light. Hatching tells them apart in print."""

OTHER_BAR = {"facecolor": "white", "edgecolor": "0.35", "hatch": ".."}
"""The same for a voice that is none of these."""


def ordered_voices(voices: pd.Series) -> list[str]:
    """Give the voices that occur: in quotation marks, reported, own, then others."""
    present = [str(voice) for voice in voices.dropna().unique()]
    order = ["direct", "indirect", "own", "rest", "whole"]
    return [voice for voice in order if voice in present] + [
        voice for voice in present if voice not in order
    ]


def new_axes(height: float, *, width: float = 8.0) -> Axes:
    """Make axes of the usual width; a notebook shows them if its cell ends there."""
    import matplotlib.pyplot as plt

    _, ax = plt.subplots(figsize=(width, height), layout="constrained")
    return ax


def name_rows(
    ax: Axes, labels: dict[Any, str], items: Sequence[object] | None = None
) -> None:
    """Give each row its name, the first one on top, and clear away the frame.

    `items` are what the rows stand for, which their names may shorten.
    """
    ax.set_yticks(list(labels), list(labels.values()), parse_math=False)
    remember_rows(ax, [] if items is None else items)
    ax.set_ylim(max(labels, default=0) + 0.6, -0.6)
    ax.tick_params(axis="y", length=0)
    ax.spines[["top", "right", "left"]].set_visible(False)
    ax.xaxis.grid(visible=True, color="0.9")
    ax.set_axisbelow(True)


def remember_rows(ax: Axes, items: Iterable[object]) -> None:
    """Keep with the name of each row which item it is: nothing of it is drawn."""
    for name, item in zip(ax.get_yticklabels(), items, strict=False):
        name.set_label(str(item))


def rows_of(ax: Axes) -> list[tuple[str, float, float]]:
    """Give the item of each row, and where it is: top and height, as shares of 1.

    Only rows that were remembered; of a drawing that was rendered.
    """
    named = [
        (str(name.get_label()), place)
        for name, place in zip(ax.get_yticklabels(), ax.get_yticks(), strict=False)
        if name.get_label()
    ]
    high = ax.transAxes.transform((0, 1))[1] / ax.get_position().y1
    rows: list[tuple[str, float, float]] = []
    for name, place in named:
        edges = [
            ax.transData.transform((0, place + half))[1] / high for half in (-0.5, 0.5)
        ]
        rows.append((name, float(1 - max(edges)), float(max(edges) - min(edges))))
    return rows


def legend_beside(ax: Axes, *, columns: int = 4, **place: Any) -> None:
    """Set the legend above the plot or at `place`, its names as they are written."""
    place = place or {"loc": "lower left", "bbox_to_anchor": (0, 1)}
    legend = ax.legend(ncols=columns, frameon=False, fontsize=9, **place)
    for text in legend.get_texts():
        text.set_parse_math(False)


def source_line(articles: pd.DataFrame) -> str:
    """Say where the data of a figure come from."""
    outlets = articles["outlet"].unique()
    names = ", ".join(
        shortened(stated(name, "outlet"), width=40) for name in outlets[:6]
    )
    more = f" and {len(outlets) - 6} more" if len(outlets) > 6 else ""
    return f"Source: {names}{more}. Made with framelens."


def dates_of(articles: pd.DataFrame) -> str:
    """Say from when to when articles are dated, and how many are not."""
    dates = sorted(articles["date"].dropna().astype(str))
    undated = len(articles) - len(dates)
    if not dates:
        return "no date stated"
    first, last = shortened(dates[0], width=10), shortened(dates[-1], width=10)
    window = first if first == last else f"{first} to {last}"
    return f"{window}, {undated} without a date" if undated else window
