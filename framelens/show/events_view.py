"""Events by day and outlet: which outlet wrote of which, when, and how sure that is."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, cast

import pandas as pd

from framelens._checks import InputError
from framelens._wording import counted
from framelens.align.events.details import day_of
from framelens.show.drawing import dates_of, legend_beside, new_axes, source_line
from framelens.show.figure import Figure
from framelens.show.text import shortened, stated

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

    from framelens.read.event_table import EventTable

MARKS = (
    *(("o", "#0072B2"), ("s", "#D55E00"), ("^", "#009E73"), ("D", "#CC79A7")),
    *(("v", "#E69F00"), ("P", "#56B4E9"), ("X", "#000000")),
)
"""Shape and colour (Okabe and Ito 2008) of each event that has one of its own."""

SHARED, ALONE, MORE = (len(MARKS) + number for number in range(3))
"""Kinds of marks after those: other events of several articles, articles alone, and
more than there is room for."""

OTHER_MARKS = (("p", "0.55"), ("|", "0.75"), ("$\u2026$", "0.35"))
"""How these are drawn: grey, and light."""

MOST_OUTLETS = 12
"""Rows for outlets, those with most articles; all others are one row more."""

PERIODS = {"D": "day", "W": "week", "M": "month", "Q": "quarter", "Y": "year"}
"""What one place from left to right may be: the shortest of which there are at most
`MOST_PERIODS`."""

MOST_PERIODS = 36

MOST_IN_A_PLACE = 4
"""Marks of one outlet in one period; the last says that there are more."""

WIDTH = 5.2
"""Inches: on a page of 390 pixels the letters are still those of a footnote."""


def events_figure(table: EventTable) -> Figure:
    """Draw the events of a corpus by day and outlet, as a figure with its caption."""
    rows = _rows(table)
    shared, found = rows[rows["shared"]], int((~rows["given"]).sum())
    period = _period(rows)
    guess = (
        f" The events of {counted(found, 'article')} were found by the software, which "
        "errs most within one theme; corpus.events.draft writes them to be corrected."
    )
    return Figure.from_axes(
        plot_events(table),
        title="Which outlet wrote of which event, and when",
        caption=(
            f"{counted(len(rows), 'article')} of "
            f"{counted(rows['outlet'].nunique(), 'outlet')}, {dates_of(rows)}"
            f"{f', by {PERIODS[period]}' if period else ''}: "
            f"{counted(shared['event'].nunique(), 'event')} of two articles or more "
            f"({counted(len(shared), 'article')}), "
            f"{counted(len(rows) - len(shared), 'article')} alone. Larger marks are "
            f"more articles.{guess if found else ''}"
        ),
        alt=(
            "A row for each outlet, time from left to right, a shape for each event. "
            + " ".join(f"{line}." for line in _described(rows).values())
        ),
        source=source_line(rows),
    )


def plot_events(table: EventTable, *, ax: Axes | None = None) -> Axes:
    """Draw a row for each outlet, periods of time across, and a mark for each event."""
    rows = _rows(table)
    period = _period(rows)
    rows["place"] = _places(rows, period)
    by_place: Any = rows.groupby(["row", "place"])
    cells = {key: _marks(some) for key, some in by_place}
    tops, foot = [], 0.0
    for row in range(rows["row"].max() + 1):
        tops.append(foot)
        foot += max(len(marks) for (at, _), marks in cells.items() if at == row) + 0.5
    described = _described(rows)
    if ax is None:
        ax = new_axes(0.16 * foot + 0.19 * len(described) + 1.3, width=WIDTH)
    for (row, place), marks in cells.items():
        _draw(ax, marks, place=place, top=tops[row])
    _frame(ax, rows, tops, foot, period)
    _key(ax, described)
    return ax


def dated_rows(table: EventTable) -> pd.DataFrame:
    """Give every article with its event, its outlet in words and its day, if known."""
    rows = table.placed
    if rows.empty:
        raise InputError("there is no article to draw; give at least one")
    rows["outlet"] = [stated(name, "outlet") for name in rows["outlet"]]
    days = [str(day_of(value) or "") for value in rows["date"]]
    rows["day"] = pd.to_datetime(days, errors="coerce")
    return rows


def _rows(table: EventTable) -> pd.DataFrame:
    """Give every article its day, its row and its kind of mark."""
    rows = dated_rows(table)
    rows["shared"] = rows.groupby("event")["event"].transform("size").gt(1)
    by_event = rows[rows["shared"]].groupby("event")
    named = _first(by_event["outlet"].nunique(), by_event.size(), most=len(MARKS))
    kinds = {event: kind for kind, event in enumerate(sorted(named))}
    other = rows["shared"].map({True: SHARED, False: ALONE})
    rows["kind"] = rows["event"].map(kinds).fillna(other).astype(int)
    sizes = rows.groupby("outlet").size()
    most = MOST_OUTLETS + (len(sizes) == MOST_OUTLETS + 1)
    order = {outlet: row for row, outlet in enumerate(_first(sizes, most=most))}
    rows["row"] = rows["outlet"].map(order).fillna(len(order)).astype(int)
    return rows


def _first(*sizes: pd.Series, most: int) -> list[str]:
    """Name the largest: by the first of their sizes, the others, and their name."""
    order = sorted(sizes[0].index, key=lambda name: (*(-s[name] for s in sizes), name))
    return order[:most]


def _period(rows: pd.DataFrame) -> str | None:
    """Choose the period that is one place; None if no article has a date."""
    days = rows["day"].dropna()
    for period in PERIODS if len(days) else ():
        numbers = days.dt.to_period(period)
        if (numbers.max() - numbers.min()).n < MOST_PERIODS:
            return period
    return "Y" if len(days) else None


def _places(rows: pd.DataFrame, period: str | None) -> pd.Series:
    """Give each article its place from left to right; undated ones stand behind."""
    if period is None:
        return pd.Series(0, rows.index)
    numbers = rows["day"].dt.to_period(period)
    first, after = numbers.min(), (numbers.max() - numbers.min()).n + 2
    places = [after if pd.isna(one) else (one - first).n for one in numbers]
    return pd.Series(places, rows.index)


def _marks(rows: pd.DataFrame) -> list[tuple[int, bool, int]]:
    """Give the marks of one place: kind, certain or not, and number of articles."""
    sure = rows["certain"] | rows["kind"].eq(ALONE)
    sizes = Counter(zip(rows["kind"].tolist(), (~sure).tolist(), strict=True))
    marks = [(kind, not unsure, n) for (kind, unsure), n in sorted(sizes.items())]
    if len(marks) > MOST_IN_A_PLACE:
        marks[MOST_IN_A_PLACE - 1 :] = [(MORE, True, 1)]
    return marks


def _draw(
    ax: Axes, marks: list[tuple[int, bool, int]], *, place: int, top: float
) -> None:
    """Draw the marks of one outlet in one period below each other."""
    for level, (kind, certain, articles) in enumerate(marks):
        ax.scatter([place], [top + level], **_style(kind, articles, certain=certain))


def _style(kind: int, articles: int, *, certain: bool) -> dict[str, Any]:
    """Say how a mark looks: larger for more articles, hollow where not certain."""
    shape, colour = (*MARKS, *OTHER_MARKS)[kind]
    size = {"marker": shape, "s": 26 * min(articles, 9) ** 0.6, "linewidths": 1.1}
    if kind in (ALONE, MORE):  # lines have no inside
        return size | {"c": colour}
    return size | {"facecolors": colour if certain else "white", "edgecolors": colour}


def _frame(
    ax: Axes, rows: pd.DataFrame, tops: list[float], foot: float, period: str | None
) -> None:
    """Name rows and periods, and set the undated apart."""
    labels = []
    for _, some in rows.groupby("row"):
        outlets = sorted(set(some["outlet"]))
        many = f"{len(outlets):,} other outlets"
        name = shortened(outlets[0], width=20) if len(outlets) == 1 else many
        labels.append(f"{name} ({len(some):,})")
    ax.set_yticks(tops, labels, fontsize=8, parse_math=False)
    ax.set_ylim(foot, -0.8)
    last = int(rows["place"].max())
    undated = bool(rows["day"].isna().any()) and period is not None
    marks = _ticks(rows, period, last - 2 * undated)
    if undated:
        marks[last] = "no\ndate"
        ax.axvline(last - 1, color="0.8", linewidth=0.8)
    ax.set_xticks(list(marks), list(marks.values()), fontsize=8)
    ax.set_xlim(-0.9, last + 0.9)
    for top in tops[1:]:
        ax.axhline(top - 0.7, color="0.93", linewidth=0.7, zorder=0)
    ax.tick_params(axis="y", length=0)
    ax.spines[["top", "right", "left"]].set_visible(False)


def _ticks(rows: pd.DataFrame, period: str | None, last: int) -> dict[int, str]:
    """Name some periods, as far apart as their names are long."""
    if period is None:
        return {0: "no date"}
    first = rows["day"].min().to_period(period)
    step = max(1, -(-last // 4))
    names = {}
    for place in range(0, last + 1, step):
        start = (first + place).start_time
        day = f"{start.day} " if period in ("D", "W") else ""
        month = f"{day}{start:%b}\n" if period != "Y" else ""
        names[place] = f"{month}{start.year}"
    return names


def _described(rows: pd.DataFrame) -> dict[int, str]:
    """Say what each kind of mark is, with numbers of articles and outlets."""
    lines = {}
    others = {SHARED: "other events of several articles", ALONE: "alone"}
    for kind in sorted(set(rows["kind"].tolist())):
        some = rows[rows["kind"] == kind]
        what = others.get(kind) or shortened(some["event"].iloc[0], width=34)
        outlets = counted(some["outlet"].nunique(), "outlet")
        lines[kind] = f"{what}: {counted(len(some), 'article')}, {outlets}"
    return lines


def _key(ax: Axes, described: dict[int, str]) -> None:
    """Set out what the marks mean, below the picture, from its left edge."""
    from matplotlib.transforms import blended_transform_factory

    for kind, line in described.items():
        ax.scatter([], [], label=line, **_style(kind, 1, certain=True))
    hollow = "hollow: not certain; dots: more than there is room for"
    ax.scatter([], [], label=hollow, **_style(SHARED, 1, certain=False))
    drawing = cast("Drawing", ax.get_figure(root=True))
    left = blended_transform_factory(drawing.transFigure, ax.transAxes)
    place: dict[str, Any] = {"bbox_to_anchor": (0.02, 0), "bbox_transform": left}
    legend_beside(ax, columns=1, loc="upper left", borderaxespad=3.4, **place)
