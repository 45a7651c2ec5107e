"""Counts by outlet and voice: the table and the figure of every measure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from framelens._lists import words_of
from framelens._wording import counted
from framelens.show.drawing import VOICES, dates_of, ordered_voices, source_line
from framelens.show.figure import Figure
from framelens.show.lanes import Lanes, plot_lanes
from framelens.show.tables import html_table
from framelens.show.text import plain, stated

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from framelens.measure import Counts

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
    """Draw how often each item occurs in each outlet, by voice.

    Parameters
    ----------
    counts : Counts
    ax : Axes, optional
        Drawn on; else a new figure is made, as high as its items need.

    Returns
    -------
    Axes
        A row for each item, up to four outlets side by side and more of them in two
        tiers; bars are shares of all that was counted in the outlet, words in
        quotation marks solid, reported ones hatched, the outlet's own light.
    """
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
        title=counts.measure.capitalize(),
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
    caption = f"{counts.measure.capitalize()} by outlet. {_rests_on(counts)}"
    return html_table(table, caption=caption, notes=notes, groups=groups)


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


def content_of(counts: Counts) -> Counts:
    """Leave out function words, such as "the", of a vocabulary; totals stay."""
    if counts.sparse.k.shape[0] <= VOCABULARY:
        return counts
    names = counts.sparse.names()
    return counts.select(items=names[_is_content(names)].tolist())


def _is_content(names: pd.Index) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Whether each item has a word that is no function word; "US" is not "us"."""
    common = words_of("function_words")
    content = [not set(str(name).split()) <= common for name in names]
    return np.array(content, dtype=bool)


def lanes_of(counts: Counts, *, most: int) -> Lanes:
    """Add counts up by outlet and voice, for the items that occur most.

    Parameters
    ----------
    counts : Counts
    most : int
        Items at most, the last one for all others where they are a list and not a
        vocabulary. Of a vocabulary function words, such as "the", are left out.

    Returns
    -------
    Lanes

    Examples
    --------
    >>> from framelens.measure import Counts
    >>> keys = {"event": ["e"], "outlet": ["Daily"], "article": ["a"], "voice": ["own"]}
    >>> counts = Counts(pd.DataFrame(keys | {"item": ["peace"], "k": [2]}),
    ...                 pd.DataFrame(keys | {"n": [50]}), "terms", "words")
    >>> lanes = lanes_of(counts, most=5)
    >>> lanes.items, lanes.outlets, lanes.k.tolist(), lanes.n.tolist()
    (['peace'], ['Daily'], [[[2]]], [50])
    """
    totals = counts.totals
    voices = ordered_voices(totals["voice"])
    outlet_of = totals["outlet"].map(lambda name: stated(name, "outlet"))
    sizes = totals["n"].groupby(outlet_of).sum()
    largest = sizes.sort_values(ascending=False, kind="stable").head(MOST_OUTLETS)
    outlets = sorted(largest.index)
    order = np.argsort(-counts.sparse.sums(), kind="stable")
    others = order[:0]
    if len(order) > VOCABULARY:
        order = order[_is_content(counts.sparse.names(order))][:most]
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
    return Lanes(items, len(others), outlets, voices, k, n, counts.unit)


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
