"""Who is quoted, and in how many words: bars and a table of the same numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from framelens._checks import ColumnError, InputError, require_columns
from framelens.measure.wording import counted
from framelens.show.fragment import Fragment
from framelens.show.plots import BLUE, GREY, ORANGE
from framelens.show.quoted_words import new_axes, source_line
from framelens.show.tables import html_table
from framelens.show.text import is_missing, plain, shortened, stated

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from framelens.show.figure import Figure

MOST = 14
"""Speakers drawn at most, those with most words; the table has them all."""

_GROUPINGS = ("speaker", "affiliation")
_STYLES = ((BLUE, "///"), (ORANGE, "..."), ("#009E73", "xx"), ("0.8", ""))
_NEEDED = ["outlet", "quotations", "words", "share"]


def plot_speakers(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw each speaker's share of the words that each outlet quotes.

    Parameters
    ----------
    table : DataFrame
        ``speaker`` or ``affiliation``, and ``outlet, quotations, words, share``, as
        `framelens.measure.speakers_table` gives them; at most four outlets.
    ax : Axes, optional
        Drawn on; else a new figure is made, as high as its speakers need.

    Returns
    -------
    Axes

    Raises
    ------
    ColumnError
        If `table` lacks a column.
    InputError
        If it has more than four outlets.
    """
    by = _grouping(table)
    outlets = table["outlet"].unique().tolist()
    items = table[by].unique().tolist()[:MOST]
    if len(outlets) > len(_STYLES):
        raise InputError(
            f"speakers of {len(outlets)} outlets are too many for one figure; choose "
            f"up to {len(_STYLES)} outlets, or take the table."
        )
    ax = ax if ax is not None else new_axes(_height(table))
    if not items:
        return _nobody(ax)
    thick = 0.8 / len(outlets)
    shares = table.set_index([by, "outlet"])
    for side, (outlet, (colour, hatch)) in enumerate(
        zip(outlets, _STYLES, strict=False)
    ):
        rows = shares.loc[[(item, outlet) for item in items]]
        percent = 100 * rows["share"].to_numpy(dtype=float, na_value=0.0)
        places = [row - 0.4 + (side + 0.5) * thick for row in range(len(items))]
        ax.barh(
            *(places, percent, 0.88 * thick),
            facecolor="white" if hatch else colour,
            edgecolor=colour if hatch else "0.3",
            hatch=2 * hatch,
            label=plain(shortened(outlet, width=40)),
        )
        said = int(shares.xs(outlet, level="outlet")["words"].sum())
        for place, share, words in zip(places, percent, rows["words"], strict=True):
            ax.text(
                *(share + 1, place, f"{words:,} of {said:,}"),
                va="center",
                fontsize=8,
                color="0.1" if words else GREY,
            )
    _frame(ax, [plain(shortened(item, width=44)) for item in items])
    return ax


def speakers_figure(table: pd.DataFrame, *, articles: pd.DataFrame) -> Figure:
    """Draw who is quoted as a figure that can be saved as a slide.

    Parameters
    ----------
    table : DataFrame
        As for `plot_speakers`.
    articles : DataFrame
        The articles it was made from: their number and dates stand in the caption.

    Returns
    -------
    Figure

    Raises
    ------
    ColumnError
        If a table lacks a column.
    """
    from framelens.show.figure import Figure

    by = _grouping(table)
    require_columns(articles, ["article", "outlet", "date"], of="speakers_figure()")
    items = table[by].nunique()
    drawn = f"the {MOST} of {items} with most words" if items > MOST else f"all {items}"
    undated = int(articles["date"].isna().sum())
    known = sorted(articles["date"].dropna().astype(str).unique())
    dates = ", ".join([*known[:1], *known[1:][-1:]]) or "no date stated"
    more = f", {undated} without a date" if undated and known else ""
    return Figure.from_axes(
        plot_speakers(table, ax=new_axes(_height(table))),
        title=f"Who is quoted, by {by}",
        caption=(
            f"Share of all quoted words of an outlet, by {by} ({drawn} drawn); beside "
            f"each bar the words and what they are a share of. "
            f"{counted(len(articles), 'article')} ({dates}{more}). Words inside "
            "quotation marks only: reported speech is not counted."
        ),
        alt=f"Bars by {by}, one per outlet. {_told(table, by)}",
        source=source_line(articles),
    )


def speakers_list(table: pd.DataFrame) -> Fragment:
    """Set who is quoted out as a table: one row per speaker, outlets side by side.

    Parameters
    ----------
    table : DataFrame
        As for `plot_speakers`; ``first`` and ``heard_only_in`` are shown if there.

    Returns
    -------
    Fragment
        Its ``table`` has the speaker or affiliation, for each outlet ``words``,
        ``share, %``, ``quotations`` and ``first at, %`` (where in the article), and
        ``heard only in``. Nobody quoted is 0; no place is a dash.

    Raises
    ------
    ColumnError
        If `table` lacks a column.
    """
    by = _grouping(table)
    wide = pd.DataFrame({by: table[by].unique()})
    for outlet, rows in table.groupby("outlet", sort=False):
        side = rows.set_index(by).reindex(wide[by])
        name = stated(outlet, "outlet")
        wide[f"{name}: words"] = side["words"].to_numpy()
        wide[f"{name}: share, %"] = _percent(side["share"])
        wide[f"{name}: quotations"] = side["quotations"].to_numpy()
        if "first" in side.columns:
            wide[f"{name}: first at, %"] = _percent(side["first"])
    if "heard_only_in" in table.columns:
        alone = table.drop_duplicates(by).set_index(by)["heard_only_in"]
        wide["heard only in"] = alone.reindex(wide[by]).to_numpy()
    caption = f"Quoted words by {by}"
    notes = ["“First at”: how far into the article the first quotation begins."]
    html = html_table(wide, caption=caption, notes=notes)
    return Fragment(html, f"{caption}\n{wide.to_string(index=False)}", wide)


def _percent(shares: pd.Series) -> pd.Series:
    whole = (100 * shares.astype(float)).round().astype("Int64")
    return whole.reset_index(drop=True)


def _grouping(table: pd.DataFrame) -> str:
    """Name the column that says who speaks."""
    require_columns(table, _NEEDED, of="a table of speakers")
    found = [name for name in _GROUPINGS if name in table.columns]
    if not found:
        raise ColumnError(
            "a table of speakers needs a column 'speaker' or 'affiliation'; "
            "measure.speakers_table() makes one."
        )
    return found[0]


def _height(table: pd.DataFrame) -> float:
    rows = min(table[_grouping(table)].nunique(), MOST)
    return 0.26 * rows * max(table["outlet"].nunique(), 2) + 1.4


def _nobody(ax: Axes) -> Axes:
    ax.set_axis_off()
    ax.text(0.5, 0.5, "Nobody is quoted in these articles.", ha="center", va="center")
    return ax


def _frame(ax: Axes, labels: list[str]) -> None:
    ax.set_yticks(range(len(labels)), labels, parse_math=False)
    ax.set_ylim(len(labels) - 0.45, -0.55)
    ax.set_xlim(0, 118)
    ax.set_xticks([0, 25, 50, 75, 100])
    ax.set_xlabel("share of the outlet's quoted words, %")
    ax.tick_params(axis="y", length=0)
    ax.spines[["top", "right", "left"]].set_visible(False)
    ax.legend(loc="lower right", frameon=False, fontsize=9)


def _told(table: pd.DataFrame, by: str) -> str:
    """Say in words what the bars show, the first three of each outlet."""
    parts = []
    for outlet, rows in table.groupby("outlet", sort=False):
        said = int(rows["words"].sum())
        most = rows[rows["words"].gt(0)].nlargest(3, "words")
        pairs = zip(most[by].tolist(), most["words"].tolist(), strict=True)
        names = ", ".join(
            f"{plain(who) if not is_missing(who) else 'not named'} {words:,}"
            for who, words in pairs
        )
        parts.append(f"{plain(outlet)}, of {said:,} quoted words: {names or 'nobody'}.")
    return " ".join(parts) or "Nobody is quoted."
