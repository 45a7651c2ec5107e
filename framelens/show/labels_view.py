"""What the same thing is called: labels that some outlets use and others never do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from framelens.show.counts_view import (
    MOST_DRAWN,
    counts_figure,
    lanes_of,
    plot_lanes,
)
from framelens.show.drawing import VOICES
from framelens.show.tables import html_table

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from framelens.measure import Counts, Labels
    from framelens.show.figure import Figure

MOST_LISTED = 40
"""Labels that a page lists; ``.differing`` has all."""

NOTHING = "No label here is used by one outlet and never by another."


def plot_labels(labels: Labels, *, ax: Axes | None = None) -> Axes:
    """Draw how often each outlet uses the labels that others never use, by voice."""
    lanes = lanes_of(drawn(labels), most=MOST_DRAWN)
    return plot_lanes(lanes, ax=ax, nothing=NOTHING)


def labels_figure(labels: Labels) -> Figure:
    """Draw what differs as a figure that can be saved as a slide."""
    return counts_figure(drawn(labels))


def labels_page(labels: Labels) -> str:
    """Set out what differs: a row for each label and voice, a column per outlet."""
    table = labels.shown()
    table = table.assign(voice=table["voice"].map(lambda one: VOICES.get(one, one)))
    more = len(table) - MOST_LISTED
    rest = (f"{more:,} more rows are in .differing.",) if more > 0 else ()
    none = (NOTHING,) if table.empty else ()
    caption = (
        f"{labels.caption} Listed: labels that one outlet uses and another never does, "
        "in the same voice, of how many mentions."
    )
    return html_table(
        table.head(MOST_LISTED), caption=caption, notes=(*none, *rest, *labels.notes)
    ).html


def drawn(labels: Labels) -> Counts:
    """Keep the labels that differ, those of the largest groups first."""
    rows = labels.differing.drop_duplicates(["group", "label"])
    items = set(rows["label"]) | set(rows["group"] + ": " + rows["label"])
    names: pd.Series = labels.counts["item"]
    return labels.select(items=names[names.isin(items)].unique().tolist())
