"""Tables, and pieces of a page, that read well without any style sheet."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framelens.show.text import MISSING, escape, one_line, plain, small

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, eq=False)
class Fragment:
    """A piece of a page, with a form for readers of plain text.

    Attributes
    ----------
    html : str
        Escaped HTML that reads without a style sheet.
    table : DataFrame or None
        The same as data, where there are data.
    """

    html: str
    table: pd.DataFrame | None = field(default=None, repr=False)

    @property
    def text(self) -> str:
        """The same in plain text: a line for each paragraph, or row of a table."""
        reader = _Lines()
        reader.feed(self.html)
        reader.close()
        lines = (" ".join(line.split()) for line in reader.lines)
        return "\n".join(line for line in lines if line not in ("", "-"))

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return self.text


class _Lines(HTMLParser):
    """Reads our own pages as lines of plain text."""

    blocks = frozenset({"caption", "hr", "li", "p", "summary", "table", "tr"})
    passed_over = frozenset({"style", "fieldset", "svg"})

    def __init__(self) -> None:
        super().__init__()
        self.lines = [""]
        self.in_row = self.hidden = self.found = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line, a cell or a place that was found."""
        self.in_row |= tag == "tr"
        self.hidden |= tag in self.passed_over
        if ("class", "found") in attrs:
            self.found = True
            self.lines[-1] += "⟦"
        elif tag in ("td", "th"):
            self.lines[-1] += " | " if self.lines[-1].strip() else ""
        elif tag == "br" and self.in_row:
            self.lines[-1] += " · "
        elif tag == "br" or tag in self.blocks:
            self.lines.append("- " if tag == "li" else "")

    def handle_endtag(self, tag: str) -> None:
        """End what has begun."""
        self.in_row &= tag != "tr"
        self.hidden &= tag not in self.passed_over
        if tag == "b" and self.found:
            self.found = False
            self.lines[-1] += "⟧"
        elif tag in self.blocks:
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        """Take what is shown."""
        self.lines[-1] += "" if self.hidden else data


def found(words: object) -> str:
    """Set words bold that were looked for; plain text has them in brackets."""
    return f'<b class="found">{escape(one_line(words))}</b>'


LEFT = 'align="left" valign="top" style="text-align:left;vertical-align:top"'
RIGHT = 'align="right" valign="top" style="text-align:right;vertical-align:top"'
"""Alignment twice over: Jupyter's style sheet overrules the attribute, and code
hosts strip the style."""


def kept_together(alignment: str) -> str:
    """Give an alignment for a cell that is not to be broken into lines."""
    return alignment.removesuffix('"') + ';white-space:nowrap"'


def beside(
    panels: Sequence[tuple[Sequence[str], str]],
    *,
    caption: str,
    notes: Sequence[str] = (),
    table: pd.DataFrame | None = None,
) -> Fragment:
    """Set HTML below headings, lines of which the first is bold, two in a row."""
    columns = 2 if len(panels) > 1 else 1
    width = f'width="{100 // columns}%"'
    cells = [
        f"<td {width} {LEFT}><p>{heading_lines(*lines)}</p>{html}</td>"
        for lines, html in panels
    ]
    rows = [
        f"<tr>{''.join(cells[first : first + columns])}</tr>"
        for first in range(0, len(cells), columns)
    ]
    html = (
        f'<table class="side-by-side"><caption>{escape(caption)}</caption>'
        f"<tbody>{''.join(rows)}</tbody></table>{small(notes)}"
    )
    return Fragment(html, table)


def heading_lines(*lines: str) -> str:
    """Set the first of several lines bold, the others small below it."""
    first, *rest = map(escape, lines)
    return "<br>".join(
        [f"<b>{first}</b>", *(f"<small>{line}</small>" for line in rest)]
    )


SHORT = 16
"""Cells of so many characters are kept on one line: dates, counts, names."""


def html_table(
    frame: pd.DataFrame,
    *,
    caption: str,
    notes: Sequence[str] = (),
    groups: Sequence[tuple[str, int]] = (),
) -> Fragment:
    """Render `frame` as a table of a page, which a notebook shows as it is.

    Parameters
    ----------
    frame : DataFrame
        Any columns; the first one names its row. The index is not shown.
    caption : str
        What the table holds, and what it rests on.
    notes : sequence of str
        Lines set under the table: sources, what is missing, what it cannot say.
    groups : sequence of (name, number of columns)
        Headings above the headings, such as outlets, from the second column on;
        columns beyond them have none.

    Returns
    -------
    Fragment
        With ``.html``, a ``<table>`` with a caption and headings with a scope; whole
        numbers with thousands set apart, other numbers with two decimals, missing
        values as "–", and everything escaped; ``.table`` is `frame`.

    Examples
    --------
    >>> table = pd.DataFrame({"outlet": ["Daily"], "share": [0.126], "p": [np.nan]})
    >>> html = html_table(table, caption="Words").html
    >>> "<caption>Words</caption>" in html, "0.13" in html, ">–<" in html
    (True, True, True)
    """
    kinds = [_side(frame.iloc[:, place]) for place in range(frame.shape[1])]
    head = "".join(
        f'<th scope="col" {side}>{escape(name)}</th>'
        for name, side in zip(frame.columns, kinds, strict=True)
    )
    body = "".join(
        _row(values, kinds) for values in frame.itertuples(index=False, name=None)
    )
    html = (
        f"<table><caption>{escape(caption)}</caption><thead>"
        f"{_groups(groups, frame.shape[1] - 1)}<tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table>{small(notes)}"
    )
    return Fragment(html, frame)


def folded(summary: str, html: str) -> str:
    """Fold `html` away under a line of plain text that opens it, without a script."""
    return f"<details><summary>{escape(summary)}</summary>{html}</details>"


def scrolling(html: str, *, label: str) -> str:
    """Let a wide table scroll by itself on a narrow screen, by keyboard too."""
    about = f'tabindex="0" role="region" aria-label="{escape(label)}"'
    return f'<div class="wide" {about}>{html}</div>'


def grid(
    kind: str,
    caption: str,
    heads: Sequence[tuple[str, str]],
    rows: Iterable[Sequence[str]],
) -> str:
    """Lay out rows of HTML cells under heads with alignment; the first is its name."""
    sides = [side for _, side in heads]
    head = "".join(
        f'<th scope="col" {side}>{escape(name)}</th>' if name else f"<td {side}></td>"
        for name, side in heads
    )
    body = "".join(
        f'<tr><th scope="row" {sides[0]}>{first}</th>'
        + "".join(
            f"<td {side}>{html}</td>"
            for html, side in zip(rest, sides[1:], strict=True)
        )
        + "</tr>"
        for first, *rest in rows
    )
    return (
        f'<table class="{kind}"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _groups(groups: Sequence[tuple[str, int]], width: int) -> str:
    """Give the row of headings that stand above several columns each."""
    if not groups:
        return ""
    named = "".join(
        f'<th scope="colgroup" colspan="{columns}" {LEFT}>{escape(name)}</th>'
        for name, columns in groups
    )
    more = width - sum(columns for _, columns in groups)
    after = f'<td colspan="{more}"></td>' if more else ""
    return f"<tr><td></td>{named}{after}</tr>"


def cell(value: object) -> str:
    """Give one value as it stands in a table, not yet escaped.

    >>> [cell(one) for one in (1300, 0.126, float("nan"), None, True, "Daily")]
    ['1,300', '0.13', '–', '–', 'yes', 'Daily']
    """
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    if isinstance(value, int | np.integer):
        return f"{value:,}"
    if isinstance(value, float | np.floating):
        return _decimal(float(value))
    return plain(value)


def _decimal(value: float) -> str:
    if np.isnan(value):
        return MISSING
    if np.isinf(value):
        return "∞" if value > 0 else "−∞"
    shown = f"{value:,.2f}"
    if value and float(shown.replace(",", "")) == 0:
        return "<0.01" if value > 0 else ">−0.01"
    return shown.replace("-", "−")


def _side(column: pd.Series) -> str:
    numeric = pd.api.types.is_numeric_dtype(column)
    return RIGHT if numeric and not pd.api.types.is_bool_dtype(column) else LEFT


def _row(values: tuple[object, ...], sides: list[str]) -> str:
    if not values:
        return ""
    cells = [cell(value) for value in values]
    first, *rest = (
        f"{kept_together(side) if len(text) <= SHORT else side}>{escape(text)}"
        for text, side in zip(cells, sides, strict=True)
    )
    body = "".join(f"<td {one}</td>" for one in rest)
    return f'<tr><th scope="row" {first}</th>{body}</tr>'
