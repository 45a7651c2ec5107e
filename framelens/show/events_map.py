"""Map of events: who covers which event, when, and which of them nobody else covers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from framelens._wording import counted, listed
from framelens.annotate.spans import rows_of
from framelens.show.events_view import dated_rows
from framelens.show.lanes import Mark, lane
from framelens.show.tables import Fragment, folded
from framelens.show.text import article_label, escape, shortened, small

if TYPE_CHECKING:
    from collections.abc import Sequence

    from framelens.read.event_table import EventTable
    from framelens.show.addresses import Addresses

MOST_EVENTS = 10
"""Events in rows, those of most outlets, then of most articles."""

MOST_OUTLETS = 12
"""Outlets in columns, or in rows, those with most articles; all others are one more."""

MOST_LISTED = 8
"""Articles of an outlet on an event listed; how many more there are is said."""

LEAST_DAY = 0.012
"""Share of the window that a day takes at least, to be seen and to be hit."""

FEW_DAYS = 20
"""A shorter window does not make its days wider."""

ALONE = "Events that no other outlet here covers"


def events_map(table: EventTable, addresses: Addresses) -> Fragment:
    """Draw events down, outlets across, and each event's days beside it.

    Where there is one event alone, its outlets are the rows. Every number leads to the
    articles.

    Parameters
    ----------
    table : EventTable
        What ``corpus.events`` gives.
    addresses : Addresses
        Of the articles that the page shows whole.

    Returns
    -------
    Fragment
        Its ``table`` has ``event, outlet, articles, alone`` for every event and
        outlet, those that are not drawn too.
    """
    rows = dated_rows(table)
    counts = _counts(rows)
    drawn = _chosen(rows, by="event", most=MOST_EVENTS)
    single = len(set(rows["event"])) == 1
    outlets = _chosen(rows, by="outlet", most=MOST_OUTLETS)
    named = rows["outlet"].where(rows["outlet"].isin(outlets), OTHERS)
    rows = rows.assign(column=named)
    columns = [*outlets, *([OTHERS] if named.eq(OTHERS).any() else [])]
    down = "column" if single else "event"
    lines = [
        _Line(number, name, rows[rows[down].eq(name)], single=single)
        for number, name in enumerate(columns if single else drawn, start=1)
    ]
    window = _Window.of(rows)
    across = [] if single else columns
    html = (
        f'<table class="map" role="table"><caption>{escape(_caption(rows, counts))}'
        f"</caption>{_head(across, window, single=single)}<tbody>"
        f"{''.join(one.html(across, window, addresses) for one in lines)}"
        f"{_alone(counts, across, outlets)}</tbody></table>"
        f"{small(_left_out(rows, counts, drawn))}"
        f"{folded(LIST, ''.join(one.articles(columns, addresses) for one in lines))}"
    )
    return Fragment(html, counts)


OTHERS = "other outlets"

LIST = "The articles of each row"


def _counts(rows: pd.DataFrame) -> pd.DataFrame:
    """Count articles by event and outlet."""
    sizes = rows.groupby(["event", "outlet"]).size()
    counts = sizes.rename("articles").reset_index()
    outlets = counts.groupby("event")["outlet"].transform("nunique")
    return counts.assign(alone=outlets.eq(1))


def _chosen(rows: pd.DataFrame, *, by: str, most: int) -> list[str]:
    """Name the largest events or outlets, in order; one more rather than "1 other"."""
    other = "outlet" if by == "event" else "event"
    of = rows.groupby(by)
    sizes = pd.DataFrame({"wide": of[other].nunique(), "articles": of.size()})
    first = ["wide", "articles"] if by == "event" else ["articles", "wide"]
    order = sizes.sort_index().sort_values(first, ascending=False, kind="stable")
    return order.index[: most + (len(order) == most + 1)].tolist()


@dataclass(frozen=True)
class _Window:
    """The days from the first to the last article that has one."""

    first: pd.Timestamp
    days: int

    @classmethod
    def of(cls, rows: pd.DataFrame) -> _Window | None:
        """Give the window of articles; None where no article has a date."""
        days = rows["day"].dropna()
        if days.empty:
            return None
        return cls(days.min(), (days.max() - days.min()).days + 1)

    def mark(self, day: pd.Timestamp, about: str, address: str | None) -> Mark:
        """Place a day."""
        width = max(1 / max(self.days, FEW_DAYS), LEAST_DAY)
        start = min((day - self.first).days / self.days, 1 - width)
        return Mark(start, start + width, "day", about, address)

    @property
    def ends(self) -> list[str]:
        """The first and the last day, as a reader writes them."""
        last = self.first + pd.Timedelta(days=self.days - 1)
        return [_day(self.first), *([_day(last)] if self.days > 1 else [])]


def _day(day: pd.Timestamp) -> str:
    return f"{day.day} {day:%b %Y}"


@dataclass(frozen=True, eq=False)
class _Line:
    """A row of the map: an event, or where there is one event only, an outlet."""

    number: int
    name: str
    rows: pd.DataFrame
    single: bool

    @property
    def only(self) -> str:
        """The one outlet that covers the event, empty if there are several."""
        outlets = self.rows["outlet"].unique()
        return "" if self.single or len(outlets) > 1 else str(outlets[0])

    def id(self, place: int) -> str:
        """Name the list of an outlet's articles in this row."""
        return f"e{self.number}-{place}"

    def html(
        self, columns: Sequence[str], window: _Window | None, addresses: Addresses
    ) -> str:
        """Give the row: what it is, numbers by outlet, and days."""
        name = escape(shortened(self.name, width=60))
        head = f"<b>{name}</b><br><small>{escape(self._about())}</small>"
        cells = "".join(
            f'<td role="cell">{self._number(place, column, addresses)}</td>'
            for place, column in enumerate(columns, start=1)
        )
        alone = ' class="alone"' if self.only else ""
        return (
            f'<tr role="row"{alone}><th role="rowheader" scope="row">{head}</th>'
            f'{cells}<td role="cell" class="days">{self._days(window, addresses)}</td>'
            "</tr>"
        )

    def _about(self) -> str:
        """Say how much there is in the row, and who is alone with it."""
        outlets = counted(self.rows["outlet"].nunique(), "outlet")
        parts = [counted(len(self.rows), "article")]
        if not self.single:
            parts.append(f"only {self.only}" if self.only else outlets)
        days = sorted(self.rows["day"].dropna().unique())
        if days:
            ends = [_day(pd.Timestamp(day)) for day in (days[0], days[-1])]
            parts.append(" to ".join(dict.fromkeys(ends)))
        if undated := int(self.rows["day"].isna().sum()):
            parts.append(f"{undated:,} without a date")
        return ", ".join(parts)

    def _number(self, place: int, column: str, addresses: Addresses) -> str:
        """Give the number of an outlet's articles, as a link to them."""
        mine = self.rows[self.rows["column"].eq(column)]
        if mine.empty:
            return '<span class="none">·</span>'
        about = f"{counted(len(mine), 'article')} of {column} on {self.name}"
        return (
            f'<a class="number" href="#{self._address(mine, place, addresses)}" '
            f'aria-label="{escape(about)}">{len(mine):,}</a>'
        )

    def _address(self, mine: pd.DataFrame, place: int, addresses: Addresses) -> str:
        """Lead to the one article, or to the list of several."""
        alone = addresses.of(str(mine["article"].iloc[0])) if len(mine) == 1 else None
        return alone or self.id(place)

    def _days(self, window: _Window | None, addresses: Addresses) -> str:
        """Draw the days of the row."""
        if window is None:
            return "<small>no date</small>"
        marks = []
        for day, mine in self.rows.dropna(subset=["day"]).groupby("day"):
            sizes = mine["outlet"].value_counts().sort_index()
            each = listed(f"{outlet} {size}" for outlet, size in sizes.items())
            address = self._address(mine, 0, addresses)
            stamp = pd.Timestamp(str(day))
            marks.append(window.mark(stamp, f"{_day(stamp)}: {each}", address))
        label = f"Days of {shortened(self.name, width=60)}: {self._about()}"
        return lane(marks, label=label)

    def articles(self, columns: Sequence[str], addresses: Addresses) -> str:
        """List the articles of the row by outlet; links of the map lead here."""
        items = []
        for place, column in enumerate(columns, start=1):
            mine = self.rows[self.rows["column"].eq(column)].sort_values("day")
            if mine.empty:
                continue
            shown = mine.head(MOST_LISTED)
            links = [
                "<li>"
                + addresses.link(
                    article,
                    article_label(
                        article, outlet=outlet, date=date, title=title, genre=None
                    ),
                )
                + "</li>"
                for article, outlet, date, title in rows_of(
                    shown, "article", "outlet", "date", "title"
                )
            ]
            more = len(mine) - len(shown)
            links += [f"<li>{counted(more, 'more article')}</li>"] if more else []
            items.append(f'<ul id="{self.id(place)}">{"".join(links)}</ul>')
        return (
            f'<h3 id="{self.id(0)}">{escape(shortened(self.name, width=90))}</h3>'
            f"{''.join(items)}"
        )


def _head(columns: Sequence[str], window: _Window | None, *, single: bool) -> str:
    """Name the columns, and the two ends of the days."""
    outlets = "".join(
        f'<th role="columnheader" scope="col" class="outlet"><span>'
        f"{escape(shortened(column, width=26))}</span></th>"
        for column in columns
    )
    ends = "".join(
        f"<span>{escape(end)}</span>" for end in (window.ends if window else ["When"])
    )
    return (
        '<thead><tr role="row"><th role="columnheader" scope="col">'
        f"{'Outlet' if single else 'Event'}</th>{outlets}"
        f'<th role="columnheader" scope="col" class="days">{ends}</th></tr></thead>'
    )


def _alone(counts: pd.DataFrame, columns: Sequence[str], outlets: Sequence[str]) -> str:
    """Count the events that each outlet covers alone, those not drawn too."""
    if not columns:
        return ""
    alone = counts[counts["alone"]]
    named = alone["outlet"].where(alone["outlet"].isin(outlets), OTHERS)
    sizes = named.value_counts()
    cells = "".join(
        f'<td role="cell">{int(sizes.get(column, 0)):,}</td>' for column in columns
    )
    return (
        f'<tr role="row" class="sum"><th role="rowheader" scope="row">{ALONE}</th>'
        f'{cells}<td role="cell" class="days"></td></tr>'
    )


def _caption(rows: pd.DataFrame, counts: pd.DataFrame) -> str:
    """Say how many articles, outlets and events there are, and who gave the events."""
    events = counts["event"].nunique()
    several = counts.loc[~counts["alone"], "event"].nunique()
    what = (
        f"{counted(len(rows), 'article')} of "
        f"{counted(rows['outlet'].nunique(), 'outlet')} on {counted(events, 'event')}"
    )
    if events > 1:
        what += f"; {several:,} covered by two outlets or more"
    return f"{what}."


def _left_out(
    rows: pd.DataFrame, counts: pd.DataFrame, drawn: Sequence[str]
) -> list[str]:
    """Say what the map leaves out, and how sure the events are."""
    notes = []
    rest = counts[~counts["event"].isin(drawn)]
    if len(rest):
        events = rest.groupby("event")["alone"].first()
        articles = int(rest["articles"].sum())
        notes.append(
            f"Not drawn: {counted(len(events), 'more event')} "
            f"({counted(articles, 'article')}), {int(events.sum()):,} of them covered "
            "by one outlet alone."
        )
    hidden = rows.loc[rows["column"].eq(OTHERS), "outlet"].nunique()
    if hidden:
        notes.append(f"“Other outlets” are {hidden:,} with fewer articles.")
    if guessed := int((~rows["given"]).sum()):
        notes.append(
            f"The events of {counted(guessed, 'article')} were found by the software, "
            "which errs most within one theme: check them before you speak of who "
            "covers what alone."
        )
    return notes
