"""Cells separated by commas, semicolons, tabs or bars: CSV and TSV."""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from itertools import chain, islice
from typing import IO, TYPE_CHECKING

import pandas as pd

from framelens._checks import InputError
from framelens._progress import followed
from framelens.read.aside import PIECE, Cells
from framelens.read.encodings import opened
from framelens.read.source import File, Source, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from framelens.read.source import Remark

_HEAD = 100_000
"""Characters by which the separator is found."""

SEPARATORS = {",": "a comma", ";": "a semicolon", "\t": "a tab", "|": "a bar"}

_SEP_LINE = re.compile(r"\A\s*\"?sep=(.)\"?[^\r\n]*(?:\r\n|\r|\n)", re.I)
"""Excel's own first line, which names the separator."""


def read(file: File) -> Source:
    """Read a table of cells; a title above the line of names is passed over."""
    stream, lines, notes = opened(file, newline="")
    with stream:
        return _table(stream, lines, file, notes)


def _table(stream: IO[str], lines: int, file: File, notes: list[Remark]) -> Source:
    """Read the rows of an open file."""
    head = stream.read(_HEAD)
    stated = _SEP_LINE.match(head)
    separator = stated[1] if stated else _separator(head)
    if separator != ",":
        name = SEPARATORS.get(separator, repr(separator))
        notes.append((file.name, f"cells are separated by {name}"))
    begin = head.count("\n", 0, stated.end()) + 1 if stated else 1
    stream.seek(0)
    stream.read(stated.end() if stated else 0)
    rows = _rows(stream, separator, file, begin)
    _, header = next(rows, (1, []))
    ahead = list(islice(rows, 5))
    header, ahead, passed = without_title(header, ahead)
    if passed:
        notes.append((file.name, f"above the column names stands {listed(passed)}"))
    names = named(header)
    if not names:
        raise InputError(f"{file.name} is empty; it needs a line of column names")
    if passed and any(len(name) > 60 or name.endswith(".") for name in names):
        raise InputError(
            f"{file.name}: {listed(passed)!r} above the rows is no line of column "
            "names, and none follows; put one there, such as outlet,title,date,text"
        )
    check_names(names, of=file.name)
    cells = [Cells() for _ in names]
    places: list[str] = []
    every = followed(chain(ahead, rows), "reading", "line", total=lines)
    for some in _together(every, len(names), file.name, places):
        for column, new in zip(cells, zip(*some, strict=True), strict=True):
            column.extend(cell or None for cell in new)  # a blank cell says nothing
    columns = {name: column.column() for name, column in zip(names, cells, strict=True)}
    table = pd.DataFrame(columns, columns=names)
    return Source(file.name, table, places, file.folder, notes=notes)


def _together(
    rows: Iterable[tuple[int, list[str]]], width: int, name: str, places: list[str]
) -> Iterator[list[list[str]]]:
    """Give rows some at a time; where each stands is added to `places`."""
    some, size = [], 0
    for line, row in rows:
        if len(row) != width:
            row = _fitted(row, width, f"{name}, line {line}")
        if row:
            some.append(row)
            size += sum(map(len, row))
            places.append(f"{name}, line {line}")
        if size > PIECE:
            yield some
            some, size = [], 0
    if some:
        yield some


def named(header: list[str]) -> list[str]:
    """Give every column a name: without blanks around, or by its number."""
    names = [str(name).strip() for name in header]
    return [name or f"column {n}" for n, name in enumerate(names, start=1)]


def without_title(
    header: list[str], ahead: list[tuple[int, list[str]]]
) -> tuple[list[str], list[tuple[int, list[str]]], list[str]]:
    """Take the first rows for a title where only later ones can be column names."""
    passed: list[str] = []
    wide = max((len(row) for _, row in ahead), default=0)
    while ahead and sum(bool(cell) for cell in header) <= 1 and wide > 1:
        passed += [cell for cell in header if cell]
        (_, header), ahead = ahead[0], ahead[1:]
    return header, ahead, passed


def check_names(names: list[str], *, of: str) -> None:
    """Raise `InputError` if names of columns cannot be used."""
    twice = [name for name, times in Counter(names).items() if times > 1]
    if twice:
        raise InputError(
            f"{of} has more than one column called {listed(twice)}; rename one"
        )
    if any("\x00" in name for name in names):
        raise InputError(
            f"{of}: NUL bytes in the column names: is it UTF-16? save it as UTF-8"
        )


def _fitted(row: list[str], width: int, place: str) -> list[str]:
    """Leave out the empty cells of a row that is too long, or empty."""
    if not any(row):
        return []
    if len(row) > width and not any(row[width:]):
        return row[:width]
    raise InputError(
        f"{place}: {len(row)} cells under {width} "
        "column names; put quotation marks around cells that hold the separator"
    )


def _rows(
    stream: IO[str], separator: str, file: File, begins: int
) -> Iterator[tuple[int, list[str]]]:
    """Rows with the line that each begins on; line ends inside a cell are kept."""
    rows = csv.reader(stream, delimiter=separator, strict=True)
    limit = csv.field_size_limit(min(file.limits.line_bytes, sys.maxsize))
    offset = begins - 1
    try:
        for row in rows:
            if row:
                yield begins, row
            begins = rows.line_num + 1 + offset
    except csv.Error as fault:
        advice = "is a quotation mark not closed, or not doubled inside a cell?"
        if "field limit" in str(fault):
            advice = "is a quotation mark not closed? or raise Limits(line_bytes=...)"
        raise InputError(f"{file.name}, line {begins}: {fault}; {advice}") from None
    finally:
        csv.field_size_limit(limit)


def _separator(text: str) -> str:
    """Find the separator that splits the first lines into most cells."""
    lines = re.split(r"[\r\n]+", text.strip("\r\n"), maxsplit=5)[:5]

    def parts(separator: str) -> list[int]:
        return [
            max(
                (len(row) for row in csv.reader([line], delimiter=separator)), default=0
            )
            for line in lines
        ]

    first = {separator: parts(separator)[0] for separator in SEPARATORS}
    if max(first.values()) > 1:
        return max(SEPARATORS, key=first.__getitem__)  # the comma wins a tie
    return max(SEPARATORS, key=lambda separator: max(parts(separator)))
