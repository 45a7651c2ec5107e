"""Tables on disk or in memory: CSV, JSON Lines, Parquet and DataFrames."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections import Counter
from typing import TYPE_CHECKING

import pandas as pd

from framelens._checks import InputError
from framelens.read.source import Remark, Source, listed
from framelens.read.texts import decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SEPARATORS = {",": "a comma", ";": "a semicolon", "\t": "a tab", "|": "a bar"}


def read_table(path: Path) -> Source:
    """Read the table at `path`, by its suffix; nothing is checked but its form."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise InputError(
            f"{path.name}: framelens reads a folder of .txt files or a table in "
            f"{', '.join(READERS)}, not {path.suffix or 'a file without suffix'}"
        )
    return reader(path)


def from_frame(table: pd.DataFrame, *, name: str = "the DataFrame") -> Source:
    """Wrap a DataFrame; its rows are counted from 1, its index is not used."""
    names = [str(column) for column in table.columns]
    _check_names(names, of=name)
    cells = table.set_axis(names, axis="columns")
    places = [f"row {number}" for number in range(1, len(table) + 1)]
    return Source(name, cells.reset_index(drop=True), places)


def _read_csv(path: Path) -> Source:
    text, notes = _decoded(path)
    separator = _separator(text)
    if separator != ",":
        notes.append((path.name, f"cells are separated by {SEPARATORS[separator]}"))
    rows = _csv_rows(text, separator, of=path.name)
    _, header = next(rows, (1, []))
    names = [name or f"column {n}" for n, name in enumerate(header, start=1)]
    if not names:
        raise InputError(f"{path.name} is empty; it needs a line of column names")
    _check_names(names, of=path.name)
    cells, places = [], []
    for line, row in rows:
        if len(row) != len(names):
            raise InputError(
                f"{path.name}, line {line}: {len(row)} cells under {len(names)} "
                "column names; put quotation marks around cells that hold the separator"
            )
        cells.append([cell or None for cell in row])  # a blank cell says nothing
        places.append(f"{path.name}, line {line}")
    table = pd.DataFrame(cells, columns=names, dtype=object)
    return Source(path.name, table, places, path.parent, notes=notes)


def _csv_rows(text: str, separator: str, *, of: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with the line that each begins on; line ends inside a cell are kept."""
    lines = io.StringIO(text, newline="")
    rows = csv.reader(lines, delimiter=separator, strict=True)
    limit = csv.field_size_limit(sys.maxsize)  # 128 KB otherwise
    begins = 1
    try:
        for row in rows:
            if row:
                yield begins, row
            begins = rows.line_num + 1
    except csv.Error as fault:
        raise InputError(
            f"{of}, line {begins}: {fault}; is a quotation mark not closed, or not "
            "doubled inside a cell?"
        ) from None
    finally:
        csv.field_size_limit(limit)


def _separator(text: str) -> str:
    """Find the separator that splits the line of column names most often."""
    line = re.split(r"[\r\n]", text.lstrip("\r\n"), maxsplit=1)[0][:100_000]

    def parts(separator: str) -> int:
        return max(
            (len(row) for row in csv.reader([line], delimiter=separator)), default=0
        )

    return max(SEPARATORS, key=parts)  # the comma wins a tie: it comes first


def _read_json_lines(path: Path) -> Source:
    text, notes = _decoded(path)
    records, places = [], []
    # Not splitlines(): JSON strings may hold other line separators as they are.
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            places.append(f"{path.name}, line {number}")
            records.append(_json_object(line, place=places[-1]))
    names = list(dict.fromkeys(name for record in records for name in record))
    cells = [[record.get(name) for name in names] for record in records]
    table = pd.DataFrame(cells, columns=names, dtype=object)
    return Source(path.name, table, places, path.parent, notes=notes)


def _json_object(line: str, *, place: str) -> dict[str, object]:
    try:
        record = json.loads(line)
    except json.JSONDecodeError as fault:
        raise InputError(
            f"{place}: not JSON ({fault.msg} at character {fault.pos}); JSON Lines has "
            "one whole object a line"
        ) from None
    except (ValueError, RecursionError) as fault:
        raise InputError(f"{place}: JSON that cannot be read ({fault})") from None
    if not isinstance(record, dict):
        raise InputError(
            f"{place}: a JSON {type(record).__name__}, not an object; JSON Lines has "
            'one object a line, such as {"article": "1", "text": "…"}'
        )
    return record


def _read_parquet(path: Path) -> Source:
    import pyarrow as pa

    try:
        table = pd.read_parquet(path)
    except (pa.ArrowException, ValueError, TypeError, OSError) as fault:
        reason = str(fault).splitlines()[0] if str(fault) else type(fault).__name__
        raise InputError(f"{path.name} is not readable as Parquet: {reason}") from None
    source = from_frame(table, name=path.name)
    places = [f"{path.name}, {place}" for place in source.places]
    return Source(path.name, source.table, places, path.parent)


def _decoded(path: Path) -> tuple[str, list[Remark]]:
    try:
        text, marked = decode(path.read_bytes())
    except InputError as fault:
        raise InputError(f"{path.name}: {fault}") from None
    return text, [(path.name, "a byte order mark was removed")] if marked else []


def _check_names(names: list[str], *, of: str) -> None:
    twice = [name for name, times in Counter(names).items() if times > 1]
    if twice:
        raise InputError(
            f"{of} has more than one column called {listed(twice)}; rename one"
        )
    if any("\x00" in name for name in names):
        raise InputError(
            f"{of}: NUL bytes in the column names: is it UTF-16? save it as UTF-8"
        )


READERS: dict[str, Callable[[Path], Source]] = {
    ".csv": _read_csv,
    ".jsonl": _read_json_lines,
    ".parquet": _read_parquet,
}
"""Reader of each suffix."""
