"""Bars of words given to speakers: outlets side by side, readable without colour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from framelens._checks import InputError
from framelens.show.plots import BLUE
from framelens.show.quoted_words import new_axes
from framelens.show.text import shortened, stated

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST = 14
"""Rows drawn at most, the last one for all others; a table has them all."""

OUTLETS = 8
"""Outlets drawn at most."""

ABREAST = 4
"""Outlets side by side at most; more of them are drawn in two tiers."""

APART = 2.6
"""Rows between two tiers, with room for the names of outlets."""

STEPS = (5, 10, 20, 25, 50)
"""How far the marks of a scale may stand apart, in percent."""

WIDTHS = {1: 34, 2: 34, 3: 24, 4: 18}
"""Characters of an outlet's name, by how many stand side by side."""

_STYLES = {
    "direct": {"facecolor": BLUE, "edgecolor": BLUE},
    "indirect": {"facecolor": "white", "edgecolor": BLUE, "hatch": "//////"},
}
_NAMES = {"direct": "inside quotation marks", "indirect": "reported without marks"}


def most_words(table: pd.DataFrame, *, by: str) -> pd.DataFrame:
    """Keep the rows that are drawn, and add the others up.

    Parameters
    ----------
    table : DataFrame
        `by`, ``outlet, direct_words, indirect_words``; items in their order.
    by : str
        The column of items.

    Returns
    -------
    DataFrame
        ``item, outlet, direct, indirect`` (words) and ``of`` (all attributed words
        of the outlet), one row per item and outlet: at most `MOST` items.

    Raises
    ------
    InputError
        If there are more than `OUTLETS` outlets.

    Examples
    --------
    >>> rows = [(f"Person {n}", "Daily", 99 - n, n) for n in range(20)]
    >>> columns = ["speaker", "outlet", "direct_words", "indirect_words"]
    >>> drawn = most_words(pd.DataFrame(rows, columns=columns), by="speaker")
    >>> drawn.tail(2).values.tolist()
    [['Person 12', 'Daily', 87, 12, 1980], ['others (7)', 'Daily', 581, 112, 1980]]
    """
    outlets = table["outlet"].nunique(dropna=False)
    if outlets > OUTLETS:
        raise InputError(
            f"speakers of {outlets} outlets are too many for one figure; choose "
            f"up to {OUTLETS} outlets, or take the table."
        )
    items = table[by].drop_duplicates().tolist()
    kept = items if len(items) <= MOST else items[: MOST - 1]
    others = f"others ({len(items) - len(kept):,})"
    named = [
        shortened(one, width=44) if here else others
        for one, here in zip(table[by], table[by].isin(kept), strict=True)
    ]
    drawn = pd.DataFrame(
        {
            "item": pd.Series(named, dtype=object),
            "outlet": [stated(one, "outlet") for one in table["outlet"]],
            "direct": table["direct_words"].to_numpy(),
            "indirect": table["indirect_words"].to_numpy(),
        }
    )
    drawn = drawn.groupby(["item", "outlet"], sort=False).sum().reset_index()
    words = drawn["direct"] + drawn["indirect"]
    return drawn.assign(of=words.groupby(drawn["outlet"]).transform("sum"))


def new_lanes(drawn: pd.DataFrame) -> Axes:
    """Make axes as high as the rows need."""
    rows = max(drawn["item"].nunique(), 2)
    tiers = len(_tiers(drawn["outlet"].unique().tolist()))
    return new_axes(0.3 * (tiers * rows + (tiers - 1) * APART) + 1.3)


def plot_lanes(drawn: pd.DataFrame, *, ax: Axes) -> Axes:
    """Draw a lane for each outlet, a row for each item.

    Parameters
    ----------
    drawn : DataFrame
        As `most_words` gives it.
    ax : Axes

    Returns
    -------
    Axes
    """
    items, outlets = (drawn[name].unique().tolist() for name in ("item", "outlet"))
    if not items:
        ax.set_axis_off()
        ax.text(0.5, 0.5, "Nobody is heard in these articles.", ha="center")
        return ax
    percent = _percent(drawn)
    full = float(max(10.0, (percent["direct"] + percent["indirect"]).max()))
    tiers = _tiers(outlets)
    lanes = len(tiers[0])
    lane = full * (2.5 if lanes > 2 else 1.5)  # with room for the numbers
    for number, tier in enumerate(tiers):
        top = number * (len(items) + APART)
        for place, outlet in enumerate(tier):
            mine = percent[percent["outlet"] == outlet].set_index("item").reindex(items)
            _lane(ax, mine, left=place * lane, top=top, first=outlet == outlets[0])
            _head(ax, mine, outlet, at=(place * lane, top - 0.75), lanes=lanes)
    _frame(ax, items, tiers=len(tiers), lanes=lanes, lane=lane, full=full)
    return ax


def _tiers(outlets: list[str]) -> list[list[str]]:
    """Divide the outlets into tiers as even as can be, the longer one on top."""
    if len(outlets) <= ABREAST:
        return [outlets]
    half = -(-len(outlets) // 2)
    return [outlets[:half], outlets[half:]]


def _head(
    ax: Axes, mine: pd.DataFrame, outlet: str, *, at: tuple[float, float], lanes: int
) -> None:
    """Name an outlet above its lane, and how many words it gives to others."""
    name, wide = shortened(outlet, width=WIDTHS[lanes]), lanes < 3
    of = f"{name}\n{int(mine['of'].max()):,}{' attributed' if wide else ''} words"
    head = ax.text(*at, of, va="bottom", parse_math=False)
    head.set_fontsize(9.5 if wide else 8)


def _percent(drawn: pd.DataFrame) -> pd.DataFrame:
    """Turn words into percent of the outlet's; nothing is 0 of nothing."""
    of = drawn["of"].where(drawn["of"] > 0, 1)
    said = [
        f"{direct:,} + {indirect:,}" if direct + indirect else "0"
        for direct, indirect in zip(drawn["direct"], drawn["indirect"], strict=True)
    ]
    return drawn.assign(
        direct=100 * drawn["direct"] / of,
        indirect=100 * drawn["indirect"] / of,
        said=said,
    )


def _lane(
    ax: Axes, mine: pd.DataFrame, *, left: float, top: float, first: bool
) -> None:
    """Draw the bars of one outlet from its own base line, the first row at `top`."""
    rows = [top + row for row in range(len(mine))]
    base = pd.Series(left, index=mine.index)
    for voice, style in _STYLES.items():
        label = _NAMES[voice] if first else None
        bars: dict[str, Any] = {**style, "linewidth": 0.8, "height": 0.62}
        ax.barh(rows, mine[voice], left=base, label=label, **bars)
        base = base + mine[voice]
    for row, end, said in zip(rows, base, mine["said"], strict=True):
        ink = "0.45" if said == "0" else "0.1"
        ax.text(end, row, f" {said}", va="center", fontsize=8, color=ink)
    ax.vlines(left, top - 0.5, top + len(mine) - 0.5, color="0.3", linewidth=0.8)


def _frame(
    ax: Axes, items: list[str], *, tiers: int, lanes: int, lane: float, full: float
) -> None:
    """Set rows, scales and legend around the lanes."""
    names = [shortened(one, width=36 if lanes < 3 else 28) for one in items]
    tops = [tier * (len(items) + APART) for tier in range(tiers)]
    rows = [top + row for top in tops for row in range(len(items))]
    ax.set_yticks(rows, names * tiers, parse_math=False)
    ax.set_ylim(rows[-1] + 0.6, -0.65)
    ax.set_xlim(-0.005 * lane * lanes, lane * lanes)
    marks = _marks(full, few=lanes > 2)
    places = [number * lane + one for number in range(lanes) for one in marks]
    named = [f"{one} %" if one else "0" for one in marks]
    ax.set_xticks(places, named * lanes, fontsize=8)
    ax.tick_params(axis="y", length=0)
    ax.spines[["top", "right", "left"]].set_visible(False)
    legend = ax.legend(
        loc="upper right", bbox_to_anchor=(1, 0), borderaxespad=2.4, ncols=2
    )
    legend.set_frame_on(False)
    for text in legend.get_texts():
        text.set_fontsize(9)


def _marks(full: float, *, few: bool) -> list[int]:
    """Choose the shares that a scale marks: 0 and one more where there is little room.

    Examples
    --------
    >>> _marks(63.5, few=False), _marks(63.5, few=True)
    ([0, 20, 40, 60], [0, 60])
    """
    if few:
        return [0, int(full // 10) * 10]
    step = next(one for one in STEPS if full / one <= 4)
    return [one for one in range(0, 101, step) if one <= full]
