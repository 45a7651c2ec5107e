"""Power drawn: how often planted ratios are found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from framelens.show.drawing import BLUE, GREY, ORANGE, new_axes
from framelens.show.text import plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from framelens.compare.power import Power

STYLES = (("o", BLUE), ("s", ORANGE), ("^", GREY))
"""How each band is drawn: it reads without colour."""

LINES = ("-", "--")
"""How each direction is drawn."""


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
