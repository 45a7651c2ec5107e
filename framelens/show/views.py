"""Views: which function draws which result, and how any result reads as a table."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from framelens._checks import InputError
from framelens.show.figure import Figure
from framelens.show.tables import html_table

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.axes import Axes

    from framelens._result import Result

PLOTS: dict[str, str] = {
    "Accuracy": "framelens.show.codes_view:plot_accuracy",
    "Agreement": "framelens.show.codes_view:plot_agreement",
    "Contrast": "framelens.show.contrast_view:plot_contrast",
    "Corpus": "framelens.show.documents:plot_words",
    "Correction": "framelens.show.codes_view:plot_correction",
    "Counts": "framelens.show.counts_view:plot_counts",
    "Coverage": "framelens.show.coverage_view:plot_coverage",
    "EventTable": "framelens.show.events_view:plot_events",
    "Frame": "framelens.show.codes_view:plot_frame",
    "Labels": "framelens.show.labels_view:plot_labels",
    "Multiverse": "framelens.show.inference_view:plot_multiverse",
    "OverTime": "framelens.show.inference_view:plot_over_time",
    "Portrait": "framelens.show.portrait_view:plot_portrait",
    "Power": "framelens.show.inference_view:plot_power",
    "Roles": "framelens.show.roles_view:plot_roles",
    "SelfTest": "framelens.show.inference_view:plot_self_test",
}
"""What draws a result, by the name of its class: ``plot(result, ax=ax)``."""

FIGURES: dict[str, str] = {
    "Corpus": "framelens.show.documents:words_figure",
    "Counts": "framelens.show.counts_view:counts_figure",
    "Coverage": "framelens.show.coverage_view:coverage_figure",
    "EventTable": "framelens.show.events_view:events_figure",
    "Labels": "framelens.show.labels_view:labels_figure",
    "Portrait": "framelens.show.portrait_view:portrait_figure",
    "Roles": "framelens.show.roles_view:roles_figure",
}
"""What makes the figure where it is more than the axes with their caption."""

PAGES: dict[str, str] = {
    "Counts": "framelens.show.counts_view:counts_page",
    "Emphasis": "framelens.show.side_by_side:openings",
    "Labels": "framelens.show.labels_view:labels_page",
    "Coverage": "framelens.show.coverage_view:coverage_view",
    "Portrait": "framelens.show.portrait_view:portrait_page",
}
"""What gives the HTML, or a fragment, of a result that is no plain table."""

MOST_ROWS = 20
"""Rows of a table that a notebook shows; how many more there are is said."""


def plot(result: Result, ax: Axes | None = None) -> Axes:
    """Draw a result."""
    draw = _named(PLOTS, result)
    if draw is None:
        raise InputError(
            f"a {type(result).__name__} has no figure; its table is .table"
        )
    axes: Axes = draw(result, ax=ax)
    return axes


def figure(result: Result) -> Figure:
    """Draw a result as a figure with caption, alt text and source line."""
    make = _named(FIGURES, result)
    if make is not None:
        made: Figure = make(result)
        return made
    return Figure.from_axes(
        plot(result), caption=result.caption, alt=result.alt, source=result.sources
    )


def html(result: Result) -> str:
    """Set out a result as a table with its caption and notes."""
    make = _named(PAGES, result)
    if make is not None:
        made = make(result)
        return made if isinstance(made, str) else str(made.html)
    table = result.shown()
    more = len(table) - MOST_ROWS
    rest = (f"{more:,} more rows are in .table.",) if more > 0 else ()
    refused = () if result.refusal is None else (result.refusal,)
    return html_table(
        table.head(MOST_ROWS),
        caption=result.caption,
        notes=(*rest, *refused, *result.notes),
    ).html


def _named(views: dict[str, str], result: Result) -> Callable[..., Any] | None:
    """Give the view of a result's class, or of the nearest class above it."""
    for kind in type(result).__mro__:
        if kind.__name__ in views:
            module, _, name = views[kind.__name__].partition(":")
            found: Callable[..., Any] = getattr(import_module(module), name)
            return found
    return None
