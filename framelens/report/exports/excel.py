"""The workbook: one sheet a table, each with a line that says what it holds."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from framelens.show.figure import write
from framelens.show.text import is_missing, plain

if TYPE_CHECKING:
    from pathlib import Path

    from framelens.report.exports.contents import Contents

LONGEST_CELL = 32_000
"""Signs that a cell of a spreadsheet can hold, a few less."""

LONGEST_NAME = 31
"""Signs that the name of a sheet can have."""

MOST_ROWS = 100_000
"""Rows of a sheet; the files in CSV or Parquet have all."""

WIDEST = 60
"""Width of a column, in signs."""

LINE, MOST_LINES = 15, 12
"""Height of a line, in points, and lines of a row at most."""


def write_workbook(contents: Contents, folder: Path) -> None:
    """Write ``tables.xlsx``: no cell is a formula, whatever an article holds."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.worksheet.properties import PageSetupProperties

    book = Workbook()
    book.remove(book.active)
    wrapped = Alignment(wrap_text=True, vertical="top")
    for name, (table, what) in contents.tables.items():
        sheet = book.create_sheet(name[:LONGEST_NAME])
        sheet.page_setup.orientation = "landscape"
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_setup.fitToHeight = 0  # as many pages as it takes
        widths: list[float] = []
        left_out = len(table) - MOST_ROWS
        more = f" {left_out:,} more rows are left out here." if left_out > 0 else ""
        _put(sheet.cell(1, 1), what + more)
        sheet.cell(1, 1).font = Font(italic=True)
        for at, column in enumerate(table.columns, start=1):
            cell = sheet.cell(3, at)
            _put(cell, str(column))
            cell.font = Font(bold=True)
            longest = table[column].head(200).astype(str).str.len().max()
            width = max(len(str(column)) + 2, 0 if longest != longest else int(longest))
            widths.append(min(width, WIDEST))
            sheet.column_dimensions[cell.column_letter].width = widths[-1]
        rows = table.head(MOST_ROWS).itertuples(index=False, name=None)
        for down, row in enumerate(rows, start=4):
            for at, value in enumerate(row, start=1):
                cell = sheet.cell(down, at)
                _put(cell, value)
                cell.alignment = wrapped
            lines = [
                -(-len(str(value)) // max(1, int(width)))
                for value, width in zip(row, widths, strict=True)
            ]
            # a program that does not measure text shows one line of it otherwise
            height = LINE * min(MOST_LINES, max([1, *lines]))
            sheet.row_dimensions[down].height = height
        sheet.freeze_panes = "A4"
    notes = book.create_sheet("method")
    for down, line in enumerate(contents.method.splitlines(), start=1):
        _put(notes.cell(down, 1), line)
    notes.column_dimensions["A"].width = 100
    held = io.BytesIO()
    book.save(held)
    write(folder / "tables.xlsx", held.getvalue())


def _put(cell: Any, value: object) -> None:
    """Put a value into a cell: numbers as numbers, all else as text that stays text."""
    if is_missing(value):
        return
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, bool | int | float):
        cell.value = value
        if isinstance(value, float) and not value.is_integer():
            cell.number_format = "0.0000"
        return
    cell.value = plain(value)[:LONGEST_CELL]
    cell.data_type = "s"  # also what begins with "="
    cell.quotePrefix = True
