"""Power drawn: how often planted ratios are found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from framelens.show.drawing import BLUE, GREY, ORANGE, new_axes

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from framelens.compare.power import Power

STYLES = (("o-", BLUE), ("s--", ORANGE), ("^:", GREY))
"""How each band is drawn: it reads without colour."""


def plot_power(result: Power, *, ax: Axes | None = None) -> Axes:
    """Draw the share of planted cases that are found, by ratio.

    Parameters
    ----------
    result : Power
        What it stores is drawn; nothing is computed anew.
    ax : Axes, optional
        Drawn on; else a new figure is made.

    Returns
    -------
    Axes
    """
    ax = ax if ax is not None else new_axes(3.6)
    groups = list(result.table.groupby("band", sort=False))
    for (band, rows), (style, colour) in zip(groups, STYLES, strict=False):
        ax.plot(
            rows["ratio"],
            100 * rows["found"],
            style,
            color=colour,
            label=f"{band} items",
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
        ax.legend(frameon=False)
    return ax
