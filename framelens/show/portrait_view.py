"""A portrait: one figure, one table by outlet, and the sentences behind each number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from framelens._wording import counted
from framelens.show.drawing import BARS, OTHER_BAR, dates_of, new_axes, source_line
from framelens.show.evidence import evidence_list
from framelens.show.figure import Figure
from framelens.show.tables import LEFT, folded, grid
from framelens.show.text import escape, plain, shortened, small

if TYPE_CHECKING:
    from collections.abc import Hashable

    import pandas as pd
    from matplotlib.axes import Axes

    from framelens.measure import Portrait

MOST_ITEMS = 5
"""Rows of an aspect, the most frequent; a table has them all."""

MOST_OUTLETS = 4
"""Outlets side by side, those with most mentions first."""

MOST_SENTENCES = 6
"""Sentences below an item."""

VOICED = ("called", "its claims are", "acts", "is acted on", "doubt about it", "tone")
"""Aspects of which it matters whether the outlet says it itself."""

LANE = 1.55
"""From one outlet's bars to the next one's; a bar of 100 % is 1 long."""


def plot_portrait(portrait: Portrait, *, ax: Axes | None = None) -> Axes:
    """Draw a bar for each item and outlet: its share of n, own voice dark.

    Rows stand under their aspect, most frequent first. Beside each bar is k of n.
    """
    table, outlets = _drawn(portrait)
    rows = list(dict.fromkeys(zip(table["aspect"], table["item"], strict=True)))
    aspects = list(dict.fromkeys(aspect for aspect, _ in rows))
    ax = new_axes(0.25 * (len(rows) + len(aspects)) + 0.9) if ax is None else ax
    ax.set_axis_off()
    for lane, outlet in enumerate(outlets):
        name = shortened(plain(outlet), width=26)
        beside: dict[str, Any] = {"fontsize": 9, "weight": "bold"}
        ax.text(lane * LANE, -1.1, name, parse_math=False, **beside)
    cells = {(row.aspect, row.item, row.outlet): row for row in table.itertuples()}
    y = -0.4
    for aspect in aspects:
        unit = table.loc[table["aspect"].eq(aspect), "unit"].iloc[0]
        y += 0.45
        head: dict[str, Any] = {"va": "center", "fontsize": 8, "color": "0.35"}
        ax.text(-0.08, y, f"{aspect} (of {unit})", ha="right", **head)
        ax.plot([-1.2, LANE * len(outlets) - 0.2], [y - 0.5] * 2, color="0.85", lw=0.6)
        for item in (item for name, item in rows if name == aspect):
            y += 1
            said = shortened(plain(item), width=30)
            ax.text(-0.08, y, said, ha="right", va="center", fontsize=9)
            for lane, outlet in enumerate(outlets):
                _bar(ax, cells[aspect, item, outlet], left=lane * LANE, y=y)
        y += 0.75
    ax.set_xlim(-1.25, LANE * len(outlets) - 0.2)
    ax.set_ylim(y, -1.7)
    return ax


def _bar(ax: Axes, cell: Any, *, left: float, y: float) -> None:
    """Draw one share with its numbers; filled is what the outlet says itself."""
    share = 0.0 if np.isnan(cell.share) else min(1.0, float(cell.share))
    k, n = int(cell.k), int(cell.n)
    own = share * int(cell.own) / k if k else 0.0
    if k:
        ax.barh(y, own, left=left, height=0.62, **_OWN)
        ax.barh(y, share - own, left=left + own, height=0.62, **_OTHERS)
    words = f"{k:,} of {n:,}" if n else "–"
    ink = "0.1" if k else "0.55"
    ax.text(left + share + 0.03, y, words, va="center", fontsize=8, color=ink)


_SAID = ("aspect", "item", "outlet", "k", "n", "unit")
_OTHERS: dict[str, Any] = {**BARS["indirect"]}
_OWN: dict[str, Any] = {**OTHER_BAR, "facecolor": "0.35", "hatch": ""}


def portrait_figure(portrait: Portrait) -> Figure:
    """Draw it as a figure with caption, alt text and source line."""
    table, _ = _drawn(portrait)
    said = [
        f"{aspect}, {item}, {outlet}: {k:,} of {n:,} {unit}"
        for aspect, item, outlet, k, n, unit in zip(
            *(table[name].tolist() for name in _SAID), strict=True
        )
        if k
    ]
    articles = portrait.corpus.articles
    return Figure.from_axes(
        plot_portrait(portrait),
        title=f"{plain(portrait.about)}, by outlet",
        caption=(
            f"{portrait.caption} Bars: shares of what stands behind “of”; filled: in "
            f"the outlet's own voice, hatched: in others'. {dates_of(articles)}."
        ),
        alt=f"Bars by outlet. {'; '.join(said) or 'Nothing'}.",
        source=source_line(articles),
    )


def portrait_page(portrait: Portrait) -> str:
    """Set out all items by outlet, each with its sentences folded below it."""
    outlets = _outlets(portrait)
    table = portrait.table[portrait.table["outlet"].isin(outlets[:MOST_OUTLETS])]
    more, outlets = outlets[MOST_OUTLETS:], outlets[:MOST_OUTLETS]
    left = (f"{counted(len(more), 'more outlet')} in .table.",) if more else ()
    side = f'width="{75 // len(outlets)}%" {LEFT}'
    heads = [("", LEFT), *((outlet, side) for outlet in outlets)]
    rows = []
    for aspect, part in table.groupby("aspect", sort=False):
        unit = part["unit"].iloc[0]
        rows.append(
            [
                f"<b>{escape(aspect)}</b><br><small>of {escape(unit)}</small>",
                *(_total(part[part["outlet"].eq(one)]) for one in outlets),
            ]
        )
        for item, some in part.groupby("item", sort=False):
            if not some["k"].any() and aspect != "named":
                continue
            numbers = {row["outlet"]: row for row in some.to_dict("records")}
            name = f"{aspect}: {item}"
            cells = [_cell(portrait, name, numbers[one]) for one in outlets]
            rows.append([escape(item), *cells])
    about = f"{portrait.about}, by outlet. {portrait.caption}"
    return grid("portrait", about, heads, rows) + small(
        (
            "Counts, their shares, and how many of them stand in the outlet's own "
            "voice. Open a number to read its sentences.",
            *left,
            *portrait.notes,
        )
    )


def _total(part: pd.DataFrame) -> str:
    """Say what the numbers of an aspect are of."""
    return f"<small>of {int(part['n'].iloc[0]):,}</small>" if len(part) else ""


def _cell(portrait: Portrait, name: str, cell: dict[Hashable, Any]) -> str:
    """Give one number with the sentences behind it."""
    k, n = int(cell["k"]), int(cell["n"])
    if not k:
        return "0" if n else "–"
    said = f"{k:,} ({100 * cell['share']:.0f} %)"
    if cell["aspect"] in VOICED:
        said += f", {int(cell['own']):,} own"
    places = portrait.evidence(name, outlet=str(cell["outlet"]))
    if places.empty:
        return escape(said)
    columns = ["article", "start", "end", "text"]
    shown = evidence_list(portrait.corpus, places[columns], most=MOST_SENTENCES)
    return folded(said, shown.html)


def _outlets(portrait: Portrait) -> list[str]:
    """Give the outlets, those with most marks first."""
    marks = portrait.marks.groupby("outlet").size()
    names = portrait.table["outlet"].unique()
    return sorted(names, key=lambda one: (-int(marks.get(one, 0)), one))


def _drawn(portrait: Portrait) -> tuple[pd.DataFrame, list[str]]:
    """Give the rows and outlets that are drawn."""
    outlets = _outlets(portrait)[:MOST_OUTLETS]
    table = portrait.table[portrait.table["outlet"].isin(outlets)]
    sums = table.groupby(["aspect", "item"], sort=False)["k"].sum()
    fixed = sums.index.get_level_values("aspect") == "named"
    kept = sums[(sums > 0) | fixed].groupby("aspect", sort=False).head(MOST_ITEMS)
    rows = [
        pair in kept.index for pair in zip(table["aspect"], table["item"], strict=True)
    ]
    return table[rows], outlets
