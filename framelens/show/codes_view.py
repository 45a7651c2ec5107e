"""What codes show: the corrected figures, the machine's accuracy, coders' agreement."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from framelens.show.drawing import BLUE, GREY, ORANGE, name_rows, new_axes
from framelens.show.text import plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from framelens.compare import Accuracy, Agreement, Correction, Frame

MARKS = {"machine": ("s", ORANGE), "codes alone": ("^", GREY), "corrected": ("o", BLUE)}
"""How each figure is drawn: it reads without colour."""

OFF = {"precision": (-0.15, "o", BLUE), "recall": (0.15, "s", ORANGE)}
"""Where in its row, and how, precision and recall are drawn."""

CUSTOMARY = (0.667, 0.8)
"""Alpha from which tentative, and from which firm, conclusions are usually drawn
(Krippendorff 2004, Human Communication Research 30, 411-433)."""

MOST = 20
"""Rows that a figure has."""


def plot_correction(result: Correction, *, ax: Axes | None = None) -> Axes:
    """Draw the difference: the machine's, that of codes alone, the corrected one."""
    table, ax = _rows(result.table, ax, 0.34, beside="figure")
    for figure, (mark, colour) in MARKS.items():
        rows = table[table["figure"].eq(figure)]
        ax.hlines(rows.index, 100 * rows["low"], 100 * rows["high"], color=colour)
        ax.plot(100 * rows["difference"], rows.index, mark, color=colour)
    ax.axvline(0, color=GREY, linestyle="--", linewidth=1)
    ax.set_xlabel("difference, percentage points; lines are 95 % intervals")
    return ax


def plot_accuracy(result: Accuracy, *, ax: Axes | None = None) -> Axes:
    """Draw precision and recall of the machine, outlet by outlet."""
    table, ax = _rows(result.table, ax, 0.5, beside="outlet")
    for figure, (aside, mark, colour) in OFF.items():
        places = table.index + aside
        ends = 100 * table[f"{figure}_low"], 100 * table[f"{figure}_high"]
        ax.hlines(places, *ends, color=colour)
        ax.plot(100 * table[figure], places, mark, color=colour, label=figure)
    ax.set_xlim(-2, 102)
    ax.set_xlabel("%; lines are 95 % intervals")
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, 1.3), ncols=2, frameon=False)
    return ax


def plot_frame(result: Frame, *, ax: Axes | None = None) -> Axes:
    """Draw the share of a frame in each outlet: as guessed, and corrected."""
    table, ax = _rows(result.table, ax, 0.5, beside="outlet")
    ax.hlines(table.index, 100 * table["low"], 100 * table["high"], color=BLUE)
    for figure in ("corrected", "machine"):
        mark, colour = MARKS[figure]
        name = {"machine": "guessed"}.get(figure, figure)
        ax.plot(100 * table[figure], table.index, mark, color=colour, label=name)
    ax.set_xlabel(f"% with “{plain(result.item)}”; lines are 95 % intervals")
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, 1.3), ncols=2, frameon=False)
    return ax


def plot_agreement(result: Agreement, *, ax: Axes | None = None) -> Axes:
    """Draw Krippendorff's alpha of each item."""
    table, ax = _rows(result.table, ax, 0.42)
    ax.hlines(table.index, table["low"], table["high"], color=BLUE)
    ax.plot(table["alpha"], table.index, "o", color=BLUE)
    for line in CUSTOMARY:
        ax.axvline(line, color=GREY, linestyle="--", linewidth=1)
    low = pd.to_numeric(table["low"]).min()
    ax.set_xlim(min(0.0, 0.0 if pd.isna(low) else low) - 0.05, 1.05)
    ax.set_xlabel(
        "Krippendorff's alpha (dashed: .667 and .8); lines are 95 % intervals"
    )
    return ax


def _rows(
    table: pd.DataFrame, ax: Axes | None, height: float, *, beside: str | None = None
) -> tuple[pd.DataFrame, Axes]:
    """Give the rows that are drawn, on axes that name them by item and one column."""
    shown = table.head(MOST).reset_index(drop=True)
    ax = ax if ax is not None else new_axes(height * max(len(shown), 3) + 1.2)
    parts = [name for name in ("item", beside) if name is not None]
    if beside is not None and len(set(shown["item"])) == 1:
        parts = [beside]
    rows = shown[parts].itertuples(index=False)
    name_rows(ax, {row: ", ".join(map(plain, it)) for row, it in enumerate(rows)})
    return shown, ax
