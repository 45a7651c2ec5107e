"""Tables with columns for each outlet, under the outlet's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from framelens.show.fragment import LEFT, RIGHT, kept_together
from framelens.show.tables import SHORT, cell
from framelens.show.text import escape

if TYPE_CHECKING:
    from collections.abc import Sequence


def outlet_table(
    items: pd.DataFrame,
    outlets: Sequence[tuple[str, pd.DataFrame]],
    rest: pd.DataFrame,
    *,
    caption: str,
    notes: Sequence[str] = (),
) -> str:
    """Render items with the columns of each outlet beside each other.

    Parameters
    ----------
    items : DataFrame
        One column, which names the rows.
    outlets : sequence of (name, DataFrame)
        As many rows as `items` each.
    rest : DataFrame
        Columns that follow the outlets; may have none.
    caption : str
        What the table holds.
    notes : sequence of str
        Lines set under the table.

    Returns
    -------
    str
        A ``<table>`` with two rows of headings, as `html_table` gives it otherwise.

    Examples
    --------
    >>> items = pd.DataFrame({"speaker": ["Doe"]})
    >>> html = outlet_table(items, [("Daily", pd.DataFrame({"words": [3]}))],
    ...                     pd.DataFrame(index=[0]), caption="Words")
    >>> '<th scope="colgroup" colspan="1"' in html, "<td" in html
    (True, True)
    """
    frames = [frame for _, frame in outlets]
    flat = pd.concat(
        [one.reset_index(drop=True) for one in (items, *frames, rest)], axis="columns"
    )
    sides = [_side(flat.iloc[:, place]) for place in range(flat.shape[1])]
    groups = "".join(
        f'<th scope="colgroup" colspan="{frame.shape[1]}" {LEFT}>{escape(name)}</th>'
        for name, frame in outlets
    )
    after = f'<td colspan="{rest.shape[1]}"></td>' if rest.shape[1] else ""
    head = "".join(
        f'<th scope="col" {side}>{escape(name)}</th>'
        for name, side in zip(flat.columns, sides, strict=True)
    )
    body = "".join(_row(row, sides) for row in flat.itertuples(index=False, name=None))
    foot = "".join(f"<p><small>{escape(note)}</small></p>" for note in notes)
    return (
        f"<table><caption>{escape(caption)}</caption><thead>"
        f"<tr><td></td>{groups}{after}</tr><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table>{foot}"
    )


def _side(column: pd.Series) -> str:
    numeric = pd.api.types.is_numeric_dtype(column)
    return RIGHT if numeric and not pd.api.types.is_bool_dtype(column) else LEFT


def _row(values: tuple[object, ...], sides: list[str]) -> str:
    texts = [cell(value) for value in values]
    first, *others = (
        f"{kept_together(side) if len(text) <= SHORT else side}>{escape(text)}"
        for text, side in zip(texts, sides, strict=True)
    )
    return (
        f'<tr><th scope="row" {first}</th>'
        f"{''.join(f'<td {one}</td>' for one in others)}</tr>"
    )
