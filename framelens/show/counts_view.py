"""Counts by outlet and voice: the table and the figure of every measure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from framelens._wording import counted
from framelens.measure import MEASURES
from framelens.measure.printed import as_printed
from framelens.measure.term_kinds import CONTENT, term_kinds
from framelens.show.drawing import (
    BARS,
    OTHER_BAR,
    VOICES,
    dates_of,
    legend_beside,
    new_axes,
    ordered_voices,
    remember_rows,
    source_line,
)
from framelens.show.figure import Figure
from framelens.show.tables import html_table
from framelens.show.text import plain, shortened, stated

if TYPE_CHECKING:
    import numpy.typing as npt
    from matplotlib.axes import Axes

    Whole = npt.NDArray[np.int64]

    from framelens.measure import Counts


ABREAST = 4
"""Outlets side by side at most, so that numbers fit; more are drawn in two tiers."""

APART = 2.6
"""Rows between two tiers, with room for the names of outlets."""

WIDTHS = {1: 34, 2: 34, 3: 24, 4: 18}
"""Characters of an outlet's name, by how many are side by side."""

FEW_MARKS, MANY_MARKS = 1, 4
"""Marks of a scale beside its 0, where there is little room and where there is more."""


@dataclass(frozen=True, eq=False)
class Lanes:
    """What is drawn: how often each item occurs in each outlet and voice.

    `k` is by row, outlet and voice, `n` by outlet; `others`, how many more items a last
    row of `k` adds up, if any; `unit`, what n counts, in the plural; `printed`, items
    as texts write them.
    """

    items: list[str]
    others: int
    outlets: list[str]
    voices: list[str]
    k: Whole
    n: Whole
    unit: str
    printed: dict[str, str] = field(default_factory=dict)

    @property
    def rows(self) -> list[str]:
        """The names of all rows, as texts write them, that of the others included."""
        more = [f"others ({self.others:,})"] if self.others else []
        return [*(plain(self.printed.get(item, item)) for item in self.items), *more]

    @property
    def percent(self) -> npt.NDArray[np.float64]:
        """Shares in per cent of each outlet's n; nothing of nothing is drawn as 0."""
        of = self.n.clip(min=1)
        shares: npt.NDArray[np.float64] = 100 * self.k / of[None, :, None]
        return shares

    def numbers(self, item: int, outlet: int) -> str:
        """Write out the counts of one item: each voice, joined by plus signs."""
        counts = self.k[item, outlet]
        return " + ".join(f"{k:,}" for k in counts) if counts.any() else "0"


def plot_lanes(lanes: Lanes, *, ax: Axes | None = None, nothing: str = "") -> Axes:
    """Draw a lane for each outlet, a row for each item, its bar parted by voice."""
    tiers = _tiers(len(lanes.outlets))
    number = len(lanes.k)
    height = 0.3 * (len(tiers) * max(number, 2) + (len(tiers) - 1) * APART) + 1.3
    ax = new_axes(height) if ax is None else ax
    if not number:
        ax.set_axis_off()
        ax.text(0.5, 0.5, nothing, ha="center", parse_math=False)
        return ax
    full = float(lanes.percent.sum(axis=2).max()) or 1.0
    abreast = len(tiers[0])
    step = full * (2.5 if abreast > 2 else 1.5)  # with room for the numbers
    for tier, outlets in enumerate(tiers):
        top = tier * (number + APART)
        for place, outlet in enumerate(outlets):
            _lane(ax, lanes, outlet, left=place * step, top=top)
            _head(ax, lanes, outlet, at=(place * step, top - 0.75), abreast=abreast)
    _frame(ax, lanes, tiers=len(tiers), abreast=abreast, step=step, full=full)
    return ax


def _tiers(outlets: int) -> list[list[int]]:
    """Divide the outlets into tiers as even as can be, the longer one on top."""
    places = list(range(outlets))
    if outlets <= ABREAST:
        return [places]
    half = -(-outlets // 2)
    return [places[:half], places[half:]]


def _head(
    ax: Axes, lanes: Lanes, outlet: int, *, at: tuple[float, float], abreast: int
) -> None:
    """Name an outlet above its lane, and what its shares are of."""
    name = shortened(lanes.outlets[outlet], width=WIDTHS[abreast])
    of = f"{name}\n{lanes.n[outlet]:,} {lanes.unit if abreast < 3 else 'in all'}"
    head = ax.text(*at, of, va="bottom", parse_math=False)
    head.set_fontsize(9.5 if abreast < 3 else 8)


def _lane(ax: Axes, lanes: Lanes, outlet: int, *, left: float, top: float) -> None:
    """Draw the bars of one outlet from its own base line, the first row at `top`."""
    number = len(lanes.k)
    rows = [top + row for row in range(number)]
    shares = lanes.percent[:, outlet]
    ends = left + shares.cumsum(axis=1)
    for place, voice in enumerate(lanes.voices):
        bars: dict[str, Any] = {**BARS.get(voice, OTHER_BAR), "linewidth": 0.8}
        label = None if outlet else VOICES.get(voice, plain(voice))
        starts = ends[:, place] - shares[:, place]
        ax.barh(rows, shares[:, place], left=starts, height=0.62, label=label, **bars)
    for item, (row, end) in enumerate(zip(rows, ends[:, -1], strict=True)):
        said = lanes.numbers(item, outlet)
        ink = "0.45" if said == "0" else "0.1"
        ax.text(end, row, f" {said}", va="center", fontsize=8, color=ink)
    ax.vlines(left, top - 0.5, top + number - 0.5, color="0.3", linewidth=0.8)


def _frame(
    ax: Axes, lanes: Lanes, *, tiers: int, abreast: int, step: float, full: float
) -> None:
    """Set rows, scales and legend around the lanes."""
    width = 36 if abreast < 3 else 28
    names = [shortened(item, width=width) for item in lanes.rows]
    tops = [tier * (len(names) + APART) for tier in range(tiers)]
    rows = [top + row for top in tops for row in range(len(names))]
    ax.set_yticks(rows, names * tiers, parse_math=False)
    remember_rows(ax, [*lanes.items, *[""] * bool(lanes.others)] * tiers)
    ax.set_ylim(rows[-1] + 0.6, -0.65)
    ax.set_xlim(-0.005 * step * abreast, step * abreast)
    marks = scale_marks(full, most=FEW_MARKS if abreast > 2 else MANY_MARKS)
    places = [lane * step + mark for lane in range(abreast) for mark in marks]
    named = [f"{mark:g} %" if mark else "0" for mark in marks]
    ax.set_xticks(places, named * abreast, fontsize=8)
    ax.tick_params(axis="y", length=0)
    ax.spines[["top", "right", "left"]].set_visible(False)
    if len(lanes.voices) > 1:
        place: dict[str, Any] = {"loc": "upper right", "bbox_to_anchor": (1, 0)}
        legend_beside(ax, columns=len(lanes.voices), borderaxespad=2.4, **place)


def scale_marks(full: float, *, most: int) -> list[float]:
    """Choose the shares that a scale marks: 0, and at most so many round ones."""
    steps = (base * 10.0**power for power in range(-6, 3) for base in (1, 2, 5))
    step = next((size for size in steps if full / size < most + 1), full)
    return [round(step * mark, 8) for mark in range(int(full / step) + 1)]


MOST_DRAWN = 14
"""Rows drawn at most: more cannot be read on a slide."""

MOST_OUTLETS = 8
"""Outlets drawn and listed at most, those with most to count."""

MOST_LISTED = 20
"""Rows that a page lists; the table has them all."""

VOCABULARY = 100
"""Items. Of more than these the rest is not drawn as a row of its own: in a vocabulary
it would dwarf every word."""

WIDE = 2
"""Outlets up to which a page has two columns of each."""


def plot_counts(counts: Counts, *, ax: Axes | None = None) -> Axes:
    """Draw how often each item occurs in each outlet, by voice, as shares of all."""
    lanes = lanes_of(counts, most=MOST_DRAWN)
    return plot_lanes(lanes, ax=ax, nothing=f"No {counts.measure} in these articles.")


def counts_figure(counts: Counts) -> Figure:
    """Draw counts by outlet and voice, as a figure that can be saved as a slide."""
    lanes = lanes_of(counts, most=MOST_DRAWN)
    total = counts.sparse.k.shape[0]
    drawn = f"all {total:,}" if len(lanes.k) >= total else "those that occur most"
    voices = [VOICES.get(voice, plain(voice)) for voice in lanes.voices]
    beside = f", {' + '.join(voices)}" if len(voices) > 1 else ""
    caption = (
        f"{counts.measure.capitalize()} ({drawn}), as shares of each outlet's "
        f"{counts.unit}; beside each bar the number{beside}. {_rests_on(counts)}"
    )
    if not total:
        caption = f"No {counts.measure} in these articles. {_rests_on(counts)}"
    return Figure.from_axes(
        plot_counts(counts),
        title=_title(counts),
        caption=caption,
        alt=f"Bars, a row for each item, by outlet. {_in_words(lanes)}",
        source=source_line(counts.totals),
    )


def counts_page(counts: Counts) -> str:
    """Set counts out as a table: a row for each item, outlets side by side."""
    lanes = lanes_of(counts, most=MOST_LISTED)
    table = pd.DataFrame({"item": lanes.rows}, dtype=object)
    groups = []
    for outlet, name in enumerate(lanes.outlets):
        side = side_columns(lanes, outlet, wide=len(lanes.outlets) <= WIDE)
        groups.append((name, side.shape[1]))
        table = pd.concat([table, side], axis="columns")
    voices = " + ".join(VOICES.get(voice, plain(voice)) for voice in lanes.voices)
    notes = [f"Numbers: {voices}. Shares: of the outlet's {counts.unit}."]
    total, outlets = counts.sparse.k.shape[0], counts.totals["outlet"].nunique()
    if total > MOST_LISTED:
        notes.append(f"The {MOST_LISTED} most frequent of {total:,}; .table has all.")
    if outlets > MOST_OUTLETS:
        notes.append(f"{outlets - MOST_OUTLETS:,} more outlets in .table.")
    caption = f"{_title(counts)}, by outlet. {_rests_on(counts)}"
    return html_table(table, caption=caption, notes=notes, groups=groups).html


def side_columns(lanes: Lanes, outlet: int, *, wide: bool) -> pd.DataFrame:
    """Give the columns of one outlet: numbers and shares, in one column if not wide."""
    numbers = [lanes.numbers(item, outlet) for item in range(len(lanes.k))]
    shares = lanes.percent[:, outlet].sum(axis=1)
    if wide:
        known = shares if lanes.n[outlet] else np.full(len(shares), np.nan)
        return pd.DataFrame({lanes.unit: numbers, "share, %": known})
    both = zip(numbers, shares, strict=True)
    shown = [words if words == "0" else f"{words}, {of:.3g} %" for words, of in both]
    return pd.DataFrame({"number, share": pd.Series(shown, dtype=object)})


def lanes_of(counts: Counts, *, most: int) -> Lanes:
    """Add counts up by outlet and voice, for the items that occur most."""
    totals = counts.totals
    voices = ordered_voices(totals["voice"])
    outlet_of = totals["outlet"].map(lambda name: stated(name, "outlet"))
    sizes = totals["n"].groupby(outlet_of).sum()
    largest = sizes.sort_values(ascending=False, kind="stable").head(MOST_OUTLETS)
    outlets = sorted(largest.index)
    order = np.argsort(-counts.sparse.sums(), kind="stable")
    others = order[:0]
    if len(order) > VOCABULARY:
        kinds = term_kinds(
            counts.sparse.names(order), outlets=totals["outlet"].dropna()
        )
        order = order[[kind == CONTENT for kind in kinds]][:most]
    elif len(order) > most:
        order, others = order[: most - 1], order[most - 1 :]
    chosen = counts.sparse.k[order]
    shape = (len(order) + bool(len(others)), len(outlets), len(voices))
    k = np.zeros(shape, dtype=np.int64)
    for i, outlet in enumerate(outlets):
        for j, voice in enumerate(voices):
            here = outlet_of.eq(outlet) & totals["voice"].eq(voice)
            columns = here.to_numpy(dtype=np.int64)
            k[: len(order), i, j] = chosen @ columns
            if len(others):
                k[-1, i, j] = (counts.sparse.k[others] @ columns).sum()
    items = [str(name) for name in counts.sparse.names(order)]
    n = sizes[outlets].to_numpy(dtype=np.int64)
    printed = as_printed(counts, items)
    return Lanes(items, len(others), outlets, voices, k, n, counts.unit, printed)


def _title(counts: Counts) -> str:
    """Give the heading that the measure declares; its name if it declares none."""
    declared = MEASURES.get(counts.measure)
    return counts.measure.capitalize() if declared is None else declared.label


def _rests_on(counts: Counts) -> str:
    """Say how many articles the counts rest on, and of when."""
    number = counted(counts.totals["article"].nunique(), "article")
    if counts.corpus is None:
        return f"{number}."
    articles = counts.corpus.articles
    articles = articles[articles["article"].isin(counts.totals["article"])]
    return f"{number} ({dates_of(articles)})."


def _in_words(lanes: Lanes) -> str:
    """Say in words what the bars show, the first three of each outlet."""
    parts = []
    sums = lanes.k.sum(axis=2)
    for outlet, name in enumerate(lanes.outlets):
        order = np.argsort(-sums[:, outlet], kind="stable")[:3]
        most = ", ".join(
            f"{lanes.rows[item]} {lanes.numbers(int(item), outlet)}"
            for item in order
            if sums[item, outlet]
        )
        parts.append(f"{name}, of {lanes.n[outlet]:,} {lanes.unit}: {most or 'none'}.")
    return " ".join(parts)
