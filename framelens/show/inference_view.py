"""What comparisons find: over time, of a planted difference, and of none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from framelens.show.drawing import BLUE, GREY, ORANGE, name_rows, new_axes
from framelens.show.text import plain, shortened

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from framelens.compare.multiverse import Multiverse
    from framelens.compare.over_time import OverTime
    from framelens.compare.power import Power
    from framelens.compare.self_test import SelfTest


def plot_over_time(result: OverTime, *, ax: Axes | None = None) -> Axes:
    """Draw the events of one item on a timeline, larger where more was written."""
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


STYLES = (("o", BLUE), ("s", ORANGE), ("^", GREY))
"""How each band is drawn: it reads without colour."""

LINES = ("-", "--")
"""How each direction is drawn."""


def plot_power(result: Power, *, ax: Axes | None = None) -> Axes:
    """Draw the share of planted cases that are found, by ratio."""
    ax = ax if ax is not None else new_axes(3.6)
    groups = list(result.table.groupby(["band", "more_in"], sort=False))
    bands = list(dict.fromkeys(result.table["band"]))
    outlets = list(dict.fromkeys(result.table["more_in"]))
    for (band, outlet), rows in groups:
        marker, colour = STYLES[bands.index(band) % len(STYLES)]
        ax.plot(
            rows["ratio"],
            100 * rows["found"],
            f"{marker}{LINES[outlets.index(outlet) % len(LINES)]}",
            color=colour,
            label=f"{band} items, more in {plain(outlet)}",
        )
        ax.vlines(
            rows["ratio"],
            100 * rows["low"],
            100 * rows["high"],
            color=colour,
            alpha=0.4,
        )
    ax.axhline(80, color=GREY, linewidth=1, linestyle=(0, (1, 3)))
    ax.set_ylim(0, 103)
    ax.set_xlabel("planted ratio of rates")
    ax.set_ylabel("found at p < .05, % (the line: 80 %)")
    ax.spines[["top", "right"]].set_visible(False)
    if groups:
        ax.legend(frameon=False, fontsize=8)
    return ax


def plot_self_test(result: SelfTest, *, ax: Axes | None = None) -> Axes:
    """Draw the share of items below p = .05, where nothing differs."""
    table = result.table[result.table["refusal"].isna()].reset_index(drop=True)
    ax = ax if ax is not None else new_axes(0.42 * max(len(table), 2) + 1.5)
    labels = [
        f"{plain(row.outlet)}, {plain(row.split)}"
        for row in table[["outlet", "split"]].itertuples()
    ]
    name_rows(ax, dict(enumerate(labels)))
    rate = 100 * table["rate_p"]
    places = list(range(len(table)))
    ax.hlines(places, 100 * table["low"], 100 * table["high"], color=BLUE)
    ax.plot(rate, places, "o", color=BLUE, label="framelens")
    ax.plot(
        100 * table["pooled_p"],
        places,
        "s",
        color=ORANGE,
        fillstyle="none",
        label="all words pooled",
    )
    ax.axvline(5, color="0.35", linestyle="--", linewidth=1)
    widest = max([10.0, *(110 * table["pooled_p"]), *(105 * table["high"].dropna())])
    ax.set_xlim(0, widest)
    ax.set_xlabel("items below p = .05, % (the line: 5 %)")
    if len(table):
        ax.legend(
            loc="upper center", bbox_to_anchor=(0.5, 1.28), ncols=2, frameon=False
        )
    return ax


def plot_multiverse(result: Multiverse, *, ax: Axes | None = None) -> Axes:
    """Draw a specification curve on its side: one ratio and interval a row."""
    curve = result.curve
    ax = ax if ax is not None else new_axes(0.24 * max(len(curve), 4) + 1.2)
    labels = [shortened(words, width=60) for words in curve["differs"]]
    name_rows(ax, dict(enumerate(labels)))
    tested = curve["p"].notna()
    for rows, fill in ((curve[tested], BLUE), (curve[~tested], "white")):
        ax.scatter(rows["ratio"], rows.index, s=30, facecolor=fill, edgecolor=BLUE)
    rows = curve[tested]
    ax.hlines(rows.index, rows["ratio_low"], rows["ratio_high"], color=BLUE)
    ax.axvline(1, color=GREY, linestyle="--", linewidth=1)
    ax.set_xscale("log")
    reach = rows[["ratio_low", "ratio_high"]].to_numpy(float)
    reach = reach[(reach > 1e-3) & (reach < 1e3)]
    low, high = reach.min(initial=1.0), reach.max(initial=1.0)
    ax.set_xlim(low / 1.1, high * 1.1)
    ax.xaxis.set_major_formatter("{x:g}")
    ax.xaxis.set_minor_formatter("{x:g}")
    ax.tick_params(axis="x", which="both", labelsize=8)
    ax.set_xlabel(
        f"ratio, {plain(result.title)}; lines are 95 % intervals, hollow points have "
        "none",
        parse_math=False,
    )
    return ax
