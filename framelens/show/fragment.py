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


@dataclass(frozen=True)
class Panel:
    """One of several pieces of text that are set beside each other.

    Attributes
    ----------
    heading : list of str
        Plain lines; the first is set bold.
    html : str
        The piece as escaped HTML.
    text : str
        The piece as plain text.
    """

    heading: list[str]
    html: str
    text: str


LEFT = 'align="left" valign="top" style="text-align:left;vertical-align:top"'
RIGHT = 'align="right" valign="top" style="text-align:right;vertical-align:top"'
"""Alignment twice over: Jupyter's style sheet overrules the attribute, and code
hosts strip the style."""


def kept_together(alignment: str) -> str:
    """Give an alignment for a cell that is not to be broken into lines."""
    return alignment.removesuffix('"') + ';white-space:nowrap"'


def beside(
    panels: Sequence[Panel],
    *,
    caption: str,
    notes: Sequence[str] = (),
    table: pd.DataFrame | None = None,
) -> Fragment:
    """Set pieces of text beside each other, two in a row.

    Examples
    --------
    >>> print(beside([Panel(["Daily"], "<p>Rain.</p>", "Rain.")], caption="Ledes"))
    Ledes
    <BLANKLINE>
    Daily
      Rain.
    """
    columns = 2 if len(panels) > 1 else 1
    width = f'width="{100 // columns}%"'
    cells = [
        f"<td {width} {LEFT}><p>{_heading(panel.heading)}</p>{panel.html}</td>"
        for panel in panels
    ]
    rows = [
        f"<tr>{''.join(cells[first : first + columns])}</tr>"
        for first in range(0, len(cells), columns)
    ]
    below = "".join(f"<p><small>{escape(note)}</small></p>" for note in notes)
    html = (
        f'<table class="side-by-side"><caption>{escape(caption)}</caption>'
        f"<tbody>{''.join(rows)}</tbody></table>{below}"
    )
    parts = [
        " · ".join(map(plain, panel.heading)) + "\n  " + plain(panel.text)
        for panel in panels
    ]
    text = "\n\n".join([plain(caption), *parts])
    return Fragment(html, "\n".join([text, *map(plain, notes)]), table)


def _heading(lines: Sequence[str]) -> str:
    first, *rest = map(escape, lines)
    return "<br>".join(
        [f"<b>{first}</b>", *(f"<small>{line}</small>" for line in rest)]
    )
