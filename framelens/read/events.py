"""Corrections: the events of a table that a person has looked through."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from framelens._checks import ColumnError, InputError
from framelens.read.articles import articles_of
from framelens.read.cells import as_text
from framelens.read.source import listed, shown
from framelens.read.tables import from_frame, read_table


def with_events(
    articles: pd.DataFrame | str | Path, events: pd.DataFrame | str | Path
) -> pd.DataFrame:
    """Fill the events of articles from a table; those it does not name keep theirs.

    `events` has ``article, event``, or is a file of it; a blank event is not known.

    >>> articles = pd.DataFrame({"article": ["a", "b"], "text": ["Rain.", "Sun."]})
    >>> corrected = pd.DataFrame({"article": ["b"], "event": ["drought"]})
    >>> with_events(articles, corrected)["event"].tolist()
    [None, 'drought']
    """
    table = articles_of(articles)
    given = _given(events)
    known = set(table["article"].tolist())
    unknown = [name for name in given if name not in known]
    if unknown:
        raise InputError(
            "the table of events names articles that are not there: "
            f"{listed(unknown)}; leave out their rows, or give these articles too"
        )
    rows = zip(table["article"].tolist(), table["event"].tolist(), strict=True)
    filled = [given.get(name, event) for name, event in rows]
    return table.assign(event=pd.Series(filled, index=table.index, dtype=object))


def _given(events: pd.DataFrame | str | Path) -> dict[str, str | None]:
    """Read a table of events: the event of each article, or None."""
    if isinstance(events, pd.DataFrame):
        found = from_frame(events, name="the table of events")
    else:
        path = Path(events)
        if not path.is_file():
            raise InputError(f"no table of events at {shown(path)}; check the path")
        found = read_table(path)
    absent = [name for name in ("article", "event") if name not in found.table.columns]
    if absent:
        present = listed([str(name) for name in found.table.columns])
        raise ColumnError(
            f"{found.name} lacks {listed(absent)}; a table of events has 'article', "
            f"'event', this one has {present or 'no columns'}"
        )
    given: dict[str, str | None] = {}
    columns = (found.table[name].tolist() for name in ("article", "event"))
    for article, event, place in zip(*columns, found.places, strict=True):
        name, event = _cell(article), _cell(event)
        if name is None:
            raise InputError(f"{found.name}: the article is blank ({place})")
        if name in given:
            raise InputError(
                f"{found.name}: the article {shown(name)!r} stands there twice "
                f"({place}); keep one row"
            )
        given[name] = event
    return given


def _cell(value: object) -> str | None:
    text = as_text(value)
    return text.strip() or None if text is not None else None
