"""Spreadsheets: the first sheet that holds a table."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING, Any

import pandas as pd

from framelens._checks import InputError
from framelens._progress import followed
from framelens.read.archives import check_archive
from framelens.read.formats.delimited import check_names, named, without_title
from framelens.read.source import File, Source

if TYPE_CHECKING:
    from collections.abc import Iterator


def read(file: File) -> Source:
    """Read the first sheet with rows; formulas give the value that was saved."""
    from openpyxl import load_workbook

    check_archive(file)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles that openpyxl does not know
        book = load_workbook(
            io.BytesIO(file.data), read_only=True, data_only=True, keep_links=False
        )
        sheets = {sheet.title: list(_rows(sheet)) for sheet in book.worksheets}
    filled = {title: rows for title, rows in sheets.items() if len(rows) > 1}
    if not filled:
        raise InputError(f"{file.name} has no sheet with column names and rows below")
    title, rows = next(iter(filled.items()))
    notes = []
    if len(filled) > 1:
        notes.append((file.name, f"only the first of its sheets, {title}, is read"))
    (_, header), *body = rows
    header, body, _ = without_title(["" if c is None else c for c in header], body)
    names = named(header)
    check_names(names, of=file.name)
    cells = [(*row, *[None] * len(names))[: len(names)] for _, row in body]
    table = pd.DataFrame(cells, columns=names, dtype=object)
    places = [f"{file.name}, {title} row {number}" for number, _ in body]
    return Source(file.name, table, places, file.folder, notes=notes)


def _rows(sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    """Give the rows that hold anything, with their numbers."""
    rows = enumerate(sheet.iter_rows(values_only=True), start=1)
    for number, row in followed(rows, "reading", "row", total=sheet.max_row or 0):
        if any(cell is not None for cell in row):
            yield number, list(row)
