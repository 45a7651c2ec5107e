"""Two outlets side by side, drawn item by item.

It reads without colour: outlets differ by the shape of their points, the two counts of
the own voice by points filled or open, and the numbers stand beside.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from framelens.measure.printed import as_printed
from framelens.show.drawing import (
    BLUE,
    GREY,
    ORANGE,
    legend_beside,
    name_rows,
    new_axes,
)
from framelens.show.text import MISSING, shortened

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from framelens.compare import Contrast
    from framelens.compare.design import Floats

MOST = 16
"""Items drawn at most, those that differ most; the table has them all."""

SIDES = (("target", "o", BLUE, 1.02), ("baseline", "s", ORANGE, 1.2))
"""How each side is drawn, and where its counts stand."""

OWN, REST = "own", "rest"
COUNTED_TWICE = {OWN: "own voice alone", REST: "own voice and reported speech"}
"""What the filled and the open marks are where the own voice is compared."""

ASIDE = 0.17
"""How far these marks stand apart, in rows."""

INTERVAL = ["difference", "low", "high"]

DRAWN = ["difference", "low_selected", "high_selected"]
"""Items are picked for the figure, so the wider intervals are drawn."""

SMALL: dict[str, Any] = {"fontsize": 8, "color": GREY}
HEADING: dict[str, Any] = {
    "fontsize": 9,
    "weight": "bold",
    "va": "center",
    "parse_math": False,
}


def plot_contrast(result: Contrast, *, ax: Axes | None = None) -> Axes:
    """Draw how far two outlets are apart, item by item; nothing is computed anew."""
    table = furthest_apart(result)
    tested = _has_intervals(result)
    height = 0.27 if result.with_indirect is None else 0.34
    rows = max(len(table), 2) + (0 if tested else 2)
    ax = ax if ax is not None else new_axes(height * rows + 1.6)
    if tested:
        _draw_intervals(ax, table.sort_values("difference", ascending=False), result)
    else:
        _draw_articles(ax, table, result)
    if len(table) < len(result.table):
        few = f"the {len(table)} furthest apart, of {len(result.table):,}"
        ax.set_xlabel(f"{ax.get_xlabel()}\n{few}", parse_math=False)
    return ax


def _has_intervals(result: Contrast) -> bool:
    return bool(result.table["low"].notna().any())


def furthest_apart(result: Contrast) -> pd.DataFrame:
    """Give the rows that are drawn, as many with more in one outlet as in the other."""
    table = result.table
    if not _has_intervals(result):
        table = table[table["item"].isin(_points(result)["item"])]
    half = MOST // 2
    chosen = [
        table[table["difference"] > 0].head(half),
        table[table["difference"] < 0].head(half),
    ]
    room = MOST - sum(map(len, chosen))
    rest = table.drop(index=[*chosen[0].index, *chosen[1].index])
    rest = rest[~(rest["difference"].abs() > 0)].head(room)
    return pd.concat([*chosen, rest])


def _draw_intervals(ax: Axes, table: pd.DataFrame, result: Contrast) -> None:
    places = np.arange(len(table), dtype=np.float64)
    known = table["low"].notna().to_numpy()
    shown = (100 * table[DRAWN].astype(float)).set_axis(INTERVAL, axis=1)
    printed = as_printed(result.counts, table["item"])
    names = {place: _item(printed[name]) for place, name in enumerate(table["item"])}
    name_rows(ax, names, table["item"].tolist())
    ax.axvline(0, color="0.4", linewidth=1)
    target, baseline = (shortened(name, width=44) for name in result.names)
    if result.wider is None:
        _intervals(ax, shown, places)
        for which, fill in ((known, BLUE), (~known, "white")):
            _marks(ax, shown["difference"][which], places[which], fill)
        without = "hollow points"
    else:
        wider = result.wider.set_index("item").loc[table["item"], INTERVAL]
        wider = 100 * wider.astype(float)
        above, below = places - np.float64(ASIDE), places + np.float64(ASIDE)
        _intervals(ax, wider, below, linestyle="--", linewidth=1)
        _intervals(ax, shown, above)
        _marks(ax, shown["difference"], above, BLUE, label=COUNTED_TWICE[OWN])
        form: dict[str, Any] = {"marker": "D", "s": 30, "label": COUNTED_TWICE[REST]}
        _marks(ax, wider["difference"], below, "white", **form)
        legend_beside(ax)
        without = "marks without a line"
        shown = pd.concat([shown, wider])
    reach = np.nanmax(np.abs(shown.to_numpy()), initial=0.0) or 1.0
    ax.set_xlim(-1.08 * reach, 1.08 * reach)
    label = (
        f"← more in {baseline}  ·  more in {target} →\n"
        "difference in percentage points\n"
        f"lines are intervals that allow for picking from many, {without} have none"
    )
    ax.set_xlabel(label, parse_math=False)


def _intervals(ax: Axes, shown: pd.DataFrame, places: Floats, **style: Any) -> None:
    known = shown["low"].notna().to_numpy()
    ends = shown["low"][known], shown["high"][known]
    ax.hlines(places[known], *ends, color=BLUE, **style)


def _marks(
    ax: Axes, numbers: pd.Series, places: Floats, fill: str, **style: Any
) -> None:
    style = {"s": 42, "zorder": 3, **style}
    ax.scatter(numbers, places, facecolor=fill, edgecolor=BLUE, **style)


def _draw_articles(ax: Axes, table: pd.DataFrame, result: Contrast) -> None:
    """Draw each article's share, items grouped by the side that has more of them."""
    place_of, labels = {}, {}
    printed = as_printed(result.counts, table["item"])
    at = 0
    for name, group in (
        (result.names[0], table[table["difference"] > 0]),
        (result.names[1], table[table["difference"] < 0]),
        ("", table[~(table["difference"].abs() > 0)]),
    ):
        if len(group):
            words = (
                f"more in {shortened(name, width=60)}" if name else "the same in both"
            )
            ax.text(0, at, words, transform=ax.get_yaxis_transform(), **HEADING)
            for place, item in enumerate(group["item"], start=at + 1):
                place_of[item], labels[place] = place, _item(printed[item])
            at += len(group) + 1
    name_rows(ax, labels, list(place_of))
    guides = ax.get_yaxis_transform()
    ax.hlines(list(labels), 0, 1, color="0.92", linewidth=0.8, transform=guides)
    points = _points(result)
    points = points[points["item"].isin(table["item"])]
    sides = zip((result.target, result.baseline), result.names, SIDES, strict=True)
    for outlet, name, (side, marker, colour, column) in sides:
        mine = points[points["outlet"] == outlet]
        called = shortened(name, width=44).lstrip("_") or "–"
        style: dict[str, Any] = {"marker": marker, "edgecolor": colour, "zorder": 3}
        for voice, about, aside, form in _forms(result, colour):
            rows = mine[mine["voice"] == voice]
            ax.scatter(
                100 * rows["share"],
                [place_of[item] + aside for item in rows["item"]],
                label=f"{called}{about}",
                **style,
                **form,
            )
        counted = shortened(outlet, width=24)
        counted = f"{counted}, own words" if result.voice == OWN else counted
        _counts(ax, column, counted, side, table, place_of)
    largest = points["share"].max()  # missing where there is no point
    ax.set_xlim(left=-0.04 * max(0.01, 0 if pd.isna(largest) else 100 * largest))
    ax.xaxis.set_major_formatter("{x:.3g} %")
    without = "no interval" if result.refusal is None else "no interval, no test"
    marks = "hollow points" if result.with_indirect is None else "points"
    ax.set_xlabel(f"share in each article; {marks}: {without}")
    legend_beside(ax, columns=1)


def _forms(
    result: Contrast, colour: str
) -> list[tuple[str, str, float, dict[str, Any]]]:
    """Say which voices are drawn, with which label, how far from the row, and how."""
    hollow: dict[str, Any] = {"s": 52, "facecolor": "none", "linewidth": 1.8}
    if result.wider is None:
        return [(result.voice, "", 0.0, hollow)]
    filled = {"s": 34, "facecolor": colour, "linewidth": 1}
    own, both = (f", {about}" for about in COUNTED_TWICE.values())
    return [
        (OWN, own, -ASIDE, filled),
        (REST, both, ASIDE, {**hollow, "s": 42, "linewidth": 1.4}),
    ]


def _points(result: Contrast) -> pd.DataFrame:
    """Give item, voice, outlet and share of each article, as far as they are known."""
    columns = ["item", "voice", "outlet", "share"]
    parts = [result.points[columns]]
    for table in (result.table, result.wider):
        if table is None:
            continue
        one = (table["articles_target"] == 1) & (table["articles_baseline"] == 1)
        alone = table[one & ~table["item"].isin(result.points["item"])]
        for side, outlet in (("target", result.target), ("baseline", result.baseline)):
            share = alone[f"{side}_k"] / alone[f"{side}_n"]  # the outlet is its article
            parts.append(alone.assign(outlet=outlet, share=share)[columns])
    return pd.concat(parts, ignore_index=True)


def _item(item: object) -> str:
    return shortened(item, width=32)


def _counts(
    ax: Axes,
    at: float,
    name: str,
    side: str,
    table: pd.DataFrame,
    place_of: dict[Any, int],
) -> None:
    """Write "k of n" for each item, in a column to the right of the plot."""
    anchor = ax.get_yaxis_transform()
    head = "\n".join(textwrap.wrap(name, 13)[:3])
    ax.text(at, -0.6, head, transform=anchor, va="bottom", parse_math=False, **SMALL)
    for item, k, n in zip(
        table["item"], table[f"{side}_k"], table[f"{side}_n"], strict=True
    ):
        shown = MISSING if pd.isna(n) else f"{k:,.0f} of {n:,.0f}"
        ax.text(at, place_of[item], shown, transform=anchor, fontsize=9, va="center")
