"""Who is heard, directly and indirectly: bars and a table of the same numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from framelens._checks import ColumnError, require_columns
from framelens._wording import counted
from framelens.show.fragment import Fragment
from framelens.show.heard_bars import MOST, most_words, new_lanes, plot_lanes
from framelens.show.outlet_columns import outlet_table
from framelens.show.quoted_words import dates_of, source_line
from framelens.show.text import is_missing, plain, stated

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from framelens.show.figure import Figure

NOTES = {
    "words": "Words: inside + outside quotation marks.",
    "words, share": "Words: inside + outside quotation marks, and their share of the "
    "outlet's attributed words. Where each is first heard, and how introduced, stands "
    "in .table.",
    "first at, %": "“First at”: how far into the article the first attribution begins.",
    "cues": "“Cues”: how it is introduced, by class.",
}
"""Set under the list, for the columns that it shows."""

MOST_LISTED = 40
"""Rows displayed at most; the table has them all."""

ABREAST, NARROW = 2, 4
"""Outlets up to which a page shows all columns of each, or what is true of all."""

_GROUPINGS = ("speaker", "affiliation", "item")
_NEEDED = ["outlet", "attributions", "direct_words", "indirect_words", "words", "share"]
_NAMES = {"item": "speaker or affiliation"}


def plot_speakers(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw who is heard in each outlet: words inside and outside quotation marks.

    Parameters
    ----------
    table : DataFrame
        ``speaker`` or ``affiliation``, and ``outlet, attributions, direct_words,
        indirect_words, words, share``, as `framelens.measure.speakers_table` gives
        them; at most eight outlets.
    ax : Axes, optional
        Drawn on; else a new figure is made, as high as its speakers need.

    Returns
    -------
    Axes
        A row for each speaker, up to four outlets side by side and more of them in
        two tiers: direct words solid,
        indirect words hatched, as shares of all attributed words of the outlet.
        Those with fewest words are one last row, "others (n)".

    Raises
    ------
    ColumnError
        If `table` lacks a column.
    InputError
        If it has more than eight outlets.
    """
    drawn = most_words(table, by=_grouping(table))
    return plot_lanes(drawn, ax=new_lanes(drawn) if ax is None else ax)


def speakers_figure(table: pd.DataFrame, *, articles: pd.DataFrame) -> Figure:
    """Draw who is heard as a figure that can be saved as a slide.

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
    ColumnError, InputError
        As for `plot_speakers`, and if `articles` lacks a column.
    """
    from framelens.show.figure import Figure

    by = _grouping(table)
    require_columns(articles, ["article", "outlet", "date"], of="speakers_figure()")
    name = _NAMES.get(by, by)
    items = table[by].nunique()
    drawn = f"all {items}" if items <= MOST else f"the {MOST - 1} of {items} heard most"
    caption = (
        f"Share of an outlet's attributed words, by {name} ({drawn}); beside each "
        "bar its words, inside + outside quotation marks. Everything that somebody "
        "is said to have said, asked or thought."
    )
    if not items:
        caption = "Nobody is said to have said, asked or thought anything."
    rests_on = f"{counted(len(articles), 'article')} ({dates_of(articles)})."
    return Figure.from_axes(
        plot_speakers(table),
        title=f"Who is given a voice, by {name}",
        caption=f"{caption} {rests_on}",
        alt=f"Bars by {name}, one per outlet. {_told(table, by)}",
        source=source_line(articles),
    )


def speakers_list(table: pd.DataFrame) -> Fragment:
    """Set who is heard out as a table: one row per speaker, outlets side by side.

    Parameters
    ----------
    table : DataFrame
        As for `plot_speakers`; ``first``, ``cue_classes``, ``anonymous`` and
        ``heard_only_in`` are shown if there.

    Returns
    -------
    Fragment
        Its ``table`` has the speaker or affiliation, for each outlet ``direct``,
        ``indirect`` (words), ``share, %``, ``attributions``, ``first at, %`` (where
        in the article) and ``cues``, and at the end ``anonymous``, if anybody is,
        and ``heard only in``. Nobody heard is 0; no place and no cue are a dash.
        A page shows the first 40 rows; of more than two outlets only words and
        shares.

    Raises
    ------
    ColumnError
        If `table` lacks a column.
    """
    by = _grouping(table)
    items = pd.DataFrame({_NAMES.get(by, by): table[by].unique()})
    sides = [
        (
            stated(outlet, "outlet"),
            _side(rows.set_index(by).reindex(table[by].unique())),
        )
        for outlet, rows in table.groupby("outlet", sort=False, dropna=False)
    ]
    rest = _of_all(table, by)
    named = [side.add_prefix(f"{name}: ") for name, side in sides]
    wide = pd.concat([items, *named, rest], axis="columns")
    caption = f"Words inside and outside quotation marks, by {items.columns[0]}"
    few = [(name, _shown(side, narrow=len(sides) > ABREAST)) for name, side in sides]
    about = [NOTES[one] for one in NOTES if few and one in few[0][1].columns]
    notes = [" ".join(about)] if about else []
    if (more := len(items) - MOST_LISTED) > 0:
        notes.append(f"{more:,} more, heard less, stand in .table.")
    html = outlet_table(
        items.head(MOST_LISTED),
        [(name, side.head(MOST_LISTED)) for name, side in few],
        (rest if len(sides) <= NARROW else rest[[]]).head(MOST_LISTED),
        caption=caption,
        notes=notes,
    )
    return Fragment(html, f"{caption}\n{wide.to_string(index=False)}", wide)


def _side(rows: pd.DataFrame) -> pd.DataFrame:
    """Give the columns of one outlet."""
    side = pd.DataFrame(
        {
            "direct": rows["direct_words"].to_numpy(),
            "indirect": rows["indirect_words"].to_numpy(),
            "share, %": _percent(rows["share"]),
            "attributions": rows["attributions"].to_numpy(),
        }
    )
    if "first" in rows.columns:
        side["first at, %"] = _percent(rows["first"])
    if "cue_classes" in rows.columns:
        cues = [None if is_missing(one) or not one else one for one in
                rows["cue_classes"]]  # fmt: skip
        side["cues"] = pd.Series(cues, dtype=object)
    return side


def _shown(side: pd.DataFrame, *, narrow: bool) -> pd.DataFrame:
    """Give them as they stand on a page: words in one column, classes in a line.

    Of many outlets each has a single column.
    """
    words = [
        f"{direct:,} + {indirect:,}" if direct + indirect else "0"
        for direct, indirect in zip(side["direct"], side["indirect"], strict=True)
    ]
    if narrow:
        both = zip(words, side["share, %"], strict=True)
        shown = [word if word == "0" else f"{word}, {of} %" for word, of in both]
        return pd.DataFrame({"words, share": pd.Series(shown, dtype=object)})
    page = side.drop(columns=["direct", "indirect", "attributions"])
    page.insert(0, "words", pd.Series(words, dtype=object))
    if "cues" in page.columns:
        page["cues"] = page["cues"].str.replace("; ", ", ")
    return page


def _of_all(table: pd.DataFrame, by: str) -> pd.DataFrame:
    """Give what is true of an item in all outlets together."""
    rest = pd.DataFrame(index=range(table[by].nunique()))
    if "anonymous" in table.columns and table["anonymous"].any():
        unnamed = table.groupby(by, sort=False)["anonymous"].any()
        rest["anonymous"] = unnamed.to_numpy(dtype=bool)
    if "heard_only_in" in table.columns and table["heard_only_in"].notna().any():
        alone = table.drop_duplicates(by)["heard_only_in"].tolist()
        rest["heard only in"] = pd.Series(alone, dtype=object)
    return rest


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


def _told(table: pd.DataFrame, by: str) -> str:
    """Say in words what the bars show, the first three of each outlet."""
    parts = []
    for outlet, rows in table.groupby("outlet", sort=False, dropna=False):
        of = int(rows["words"].sum())
        most: list[Any] = list(
            rows[rows["words"].gt(0)].nlargest(3, "words").itertuples()
        )
        names = ", ".join(
            f"{plain(getattr(one, by))} {one.words:,} ({one.direct_words:,} in "
            "quotation marks)"
            for one in most
        )
        said = f"of {of:,} attributed words: {names or 'nobody'}."
        parts.append(f"{stated(outlet, 'outlet')}, {said}")
    return " ".join(parts) or "Nobody is heard."
