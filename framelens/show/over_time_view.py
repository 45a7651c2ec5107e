"""A difference over time, drawn: one point per event, one step per block."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from framelens.show.drawing import BLUE, GREY, ORANGE, new_axes
from framelens.show.text import plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from framelens.compare.over_time import OverTime


def plot_over_time(result: OverTime, *, ax: Axes | None = None) -> Axes:
    """Draw the events of one item on a timeline, larger where more was written.

    Parameters
    ----------
    result : OverTime
        What it stores is drawn; nothing is computed anew.
    ax : Axes, optional
        Drawn on; else a new figure is made.

    Returns
    -------
    Axes
    """
    ax = ax if ax is not None else new_axes(3.4)
    item = result.item
    points = result.points[result.points["item"] == item]
    blocks = result.blocks[result.blocks["item"] == item].set_index("block")
    ax.axhline(0, color=GREY, linewidth=1)
    ax.scatter(
        points["date"],
        100 * points["difference"].astype(float),
        s=12 + 6 * points["articles"].astype(float),
        facecolors="none",
        edgecolors=BLUE,
        label="one event; larger: more articles",
    )
    for number, (block, rows) in enumerate(points.groupby("block", sort=True)):
        row = blocks.loc[block]
        ends = [rows["date"].min(), rows["date"].max()]
        label = "" if number else "mean of a block"
        ax.hlines(
            100 * row["difference"], *ends, color=ORANGE, linewidth=2.5, label=label
        )
        other = row.get("difference_with_indirect")
        if other is not None and pd.notna(other):
            label = "" if number else "the same with reported speech added"
            ax.hlines(
                100 * other, *ends, color=GREY, linestyle="--", linewidth=2, label=label
            )
        if pd.notna(row["low"]):
            middle = ends[0] + (ends[1] - ends[0]) / 2
            ratio = f"{row['ratio']:.2g} times\n({row['low']:.2g} to {row['high']:.2g})"
            place = (middle, 100 * row["difference"])
            ax.annotate(ratio, place, fontsize=8, ha="center", va="bottom")
    ax.set_ylabel(
        f"{plain(result.target)} minus {plain(result.baseline)}\n(percentage points)",
        parse_math=False,
    )
    ax.spines[["top", "right"]].set_visible(False)
    ax.tick_params(axis="x", labelrotation=30)
    if len(points):
        ax.legend(frameon=False, loc="best")
    return ax
