"""The self-test drawn: each outlet against itself, beside a pooled test."""

from __future__ import annotations

from typing import TYPE_CHECKING

from framelens.show.drawing import BLUE, ORANGE, name_rows, new_axes
from framelens.show.text import plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from framelens.compare.self_test import SelfTest


def plot_self_test(result: SelfTest, *, ax: Axes | None = None) -> Axes:
    """Draw the share of items below p = .05, where nothing differs.

    Parameters
    ----------
    result : SelfTest
        What it stores is drawn; nothing is computed anew.
    ax : Axes, optional
        Drawn on; else a new figure is made, as high as its rows need.

    Returns
    -------
    Axes
    """
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
