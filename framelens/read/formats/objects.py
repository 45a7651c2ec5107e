"""JSON and JSON Lines: objects with names, nested or not, as rows."""

from __future__ import annotations

import json
from itertools import islice
from typing import IO, TYPE_CHECKING, Any

import pandas as pd

from framelens._checks import InputError
from framelens._progress import followed
from framelens.read.aside import Cells
from framelens.read.encodings import opened
from framelens.read.source import File, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINES = (".jsonl", ".ndjson")

_TOGETHER = 128
"""Objects that are held together."""


def read(file: File) -> Source:
    """Read objects; the names of nested ones are joined by full stops."""
    stream, lines, notes = opened(file)
    with stream:
        if file.suffix in _LINES or _is_lines(stream):
            records = _of_lines(stream, lines, file)
        else:
            records = iter(_of_document(stream.read(), file))
        table, places = _table(records, file)
    return Source(file.name, table, places, file.folder, notes=notes)


def _table(
    records: Iterator[tuple[str, dict[str, Any]]], file: File
) -> tuple[pd.DataFrame, list[str]]:
    """Make a table of objects as they come, with where each stands."""
    cells: dict[str, Cells] = {}
    places: list[str] = []
    while some := list(islice(records, _TOGETHER)):
        flat = [_flat(record, file) for _, record in some]
        for name in (name for record in flat for name in record):
            if name not in cells:
                cells[name] = Cells()
                cells[name].extend([None] * len(places))
        for name, column in cells.items():
            column.extend(record.get(name) for record in flat)
        places += [place for place, _ in some]
    columns = {name: column.column() for name, column in cells.items()}
    index = pd.RangeIndex(len(places))
    return pd.DataFrame(columns, index=index, columns=list(cells)), places


def _is_lines(stream: IO[str]) -> bool:
    """Whether a .json file holds one object a line, as Media Cloud and others write."""
    lines = (line.strip() for line in stream)
    first, second = (next(filter(None, lines), "") for _ in range(2))
    stream.seek(0)
    if not second or not first.startswith("{"):
        return False
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def _of_lines(
    stream: IO[str], lines: int, file: File
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Read one object a line, each with where it stands."""
    every = followed(stream, "reading", "line", total=lines)
    for number, line in enumerate(every, start=1):
        if line.strip():
            place = f"{file.name}, line {number}"
            if len(line) > file.limits.line_bytes:
                raise InputError(
                    f"{place}: it has {len(line):,} characters, more than the "
                    f"{file.limits.line_bytes:,} of one line; raise "
                    "limits=Limits(line_bytes=...)"
                )
            yield place, _object(line, place=place)


def _of_document(text: str, file: File) -> list[tuple[str, dict[str, Any]]]:
    """Find the list of objects in one JSON document, however deep it lies."""
    records = _records(_parsed(text, place=file.name, what="JSON"))
    if records is None:
        raise InputError(
            f"{file.name}: no list of objects in it; JSON needs a list such as "
            '[{"article": "1", "text": "…"}]'
        )
    return [
        (f"{file.name}, object {number}", record)
        for number, record in enumerate(records, start=1)
    ]


def _records(whole: Any) -> list[dict[str, Any]] | None:
    """Give the objects of a list, of an object of objects, or of a search result."""
    if isinstance(whole, list):
        return whole if whole and all(isinstance(one, dict) for one in whole) else None
    if not isinstance(whole, dict):
        return None
    for inner in (
        "response",
        "results",
        "docs",
        "articles",
        "data",
        "items",
        "stories",
    ):
        records = _records(whole[inner]) if inner in whole else None
        if records is not None:
            return records
    lists = [_records(value) for value in whole.values() if isinstance(value, list)]
    found = [records for records in lists if records]
    if found and not any(isinstance(value, str) for value in whole.values()):
        return max(found, key=len)
    if whole and all(isinstance(value, dict) for value in whole.values()):
        return [{"id": key, **value} for key, value in whole.items()]
    return [whole] if whole else None


def _flat(record: dict[str, Any], file: File, depth: int = 0) -> dict[str, Any]:
    """Join the names of nested objects; lists of words become one cell."""
    if depth > file.limits.depth:
        raise InputError(
            f"{file.name}: objects inside objects, more than {file.limits.depth} deep; "
            "raise limits=Limits(depth=...)"
        )
    flat: dict[str, Any] = {}
    for name, value in record.items():
        if isinstance(value, dict):
            inner = _flat(value, file, depth + 1)
            flat |= {f"{name}.{key}": cell for key, cell in inner.items()}
        elif isinstance(value, list):
            plain = all(isinstance(one, str | int | float) for one in value)
            flat[str(name).strip()] = "; ".join(map(str, value)) if plain else value
        else:
            flat[str(name).strip()] = value
    return flat


def _object(line: str, *, place: str) -> dict[str, Any]:
    record = _parsed(line, place=place, what="JSON Lines")
    if not isinstance(record, dict):
        raise InputError(
            f"{place}: a JSON {type(record).__name__}, not an object; JSON Lines has "
            'one object a line, such as {"article": "1", "text": "…"}'
        )
    return record


def _parsed(text: str, *, place: str, what: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as fault:
        whole = "has one whole object a line" if what == "JSON Lines" else "is cut off?"
        raise InputError(
            f"{place}: not JSON ({fault.msg} at character {fault.pos}); {what} {whole}"
        ) from None
    except (ValueError, RecursionError) as fault:
        raise InputError(f"{place}: JSON that cannot be read ({fault})") from None
