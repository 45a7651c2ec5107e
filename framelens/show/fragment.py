"""Fragments: what is displayed and is not a figure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from framelens.show.text import escape, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd


@dataclass(frozen=True, eq=False)
class Fragment:
    """A piece of a page, with a form for readers of plain text.

    Attributes
    ----------
    html : str
        Escaped HTML that reads without a style sheet.
    text : str
        The same in plain text.
    table : DataFrame or None
        The same as data, where there are data.
    """

    html: str
    text: str
    table: pd.DataFrame | None = field(default=None, repr=False)

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return self.text


LEFT = 'align="left" valign="top" style="text-align:left;vertical-align:top"'
RIGHT = 'align="right" valign="top" style="text-align:right;vertical-align:top"'
"""Alignment twice over: Jupyter's style sheet overrules the attribute, and code
hosts strip the style."""


def kept_together(alignment: str) -> str:
    """Give an alignment for a cell that is not to be broken into lines."""
    return alignment.removesuffix('"') + ';white-space:nowrap"'


def side_by_side(
    panels: Sequence[tuple[Sequence[object], str, str]],
    *,
    caption: str,
    columns: int = 2,
) -> Fragment:
    """Set pieces of text side by side.

    Parameters
    ----------
    panels : sequence of (heading, html, text)
        The heading's lines (the first is set bold), the piece as escaped HTML,
        and the piece as plain text.
    caption : str
        What is set side by side.
    columns : int, default 2
        How many stand beside each other.

    Returns
    -------
    Fragment

    Examples
    --------
    >>> print(side_by_side([(["Daily"], "<p>One.</p>", "One.")], caption="Ledes"))
    Ledes
    <BLANKLINE>
    Daily
      One.
    """
    width = f'width="{100 // columns}%"'
    cells = [
        f"<td {width} {LEFT}><p>{_heading(head)}</p>{html}</td>"
        for head, html, _ in panels
    ]
    rows = [
        f"<tr>{''.join(cells[first : first + columns])}</tr>"
        for first in range(0, len(cells), columns)
    ]
    html = (
        f'<table class="side-by-side"><caption>{escape(caption)}</caption>'
        f"<tbody>{''.join(rows)}</tbody></table>"
    )
    parts = [
        " · ".join(plain(line) for line in head) + "\n  " + plain(text)
        for head, _, text in panels
    ]
    return Fragment(html, "\n\n".join([plain(caption), *parts]))


def _heading(lines: Sequence[object]) -> str:
    first, *rest = map(escape, lines)
    return "<br>".join(
        [f"<b>{first}</b>", *(f"<small>{line}</small>" for line in rest)]
    )
