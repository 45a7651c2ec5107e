"""Output of the command line: whole files, in the format of their suffix."""

from __future__ import annotations

import json
import os
import re
import shutil
import uuid
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast

from framelens._checks import InputError
from framelens._store import STAGED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import pandas as pd

    Table = pd.DataFrame | Iterator[pd.DataFrame]

ROWS = 10_000
"""Rows of CSV that are in memory as text at once: a long table is never whole."""

_QUOTED = re.compile(r"""[",;\t\r\n]|^\s|\s$|^$""")


def check_file(out: str, *, sources: Iterable[str]) -> Path:
    """Check, before any work, that a table can be written to `out`: over no source."""
    path = Path(out)
    if path.suffix.lower() not in WRITERS:
        raise InputError(
            f"--out {out}: the suffix {path.suffix or '(none)'} names no format; end "
            f"it in {', '.join(WRITERS)}"
        )
    if path.is_dir():
        raise InputError(f"--out {out} is a folder; name a file in it")
    _check_place(path, out, sources)
    return path


def check_folder(out: str, *, sources: Iterable[str]) -> Path:
    """Check, before any work, that a folder `out` can be made or written to."""
    path = Path(out)
    if path.exists() and not path.is_dir():
        raise InputError(f"--out {out} is a file; name a folder, new or existing")
    _check_place(path, out, sources)
    if path.exists() and not os.access(path, os.W_OK | os.X_OK):
        raise InputError(f"--out {out}: the folder cannot be written to; name another")
    return path


def write_table(table: Table, path: Path) -> None:
    """Write `table` in the format of the suffix: whole, or not at all."""
    write_tables({path: table})


def write_tables(tables: dict[Path, Table]) -> None:
    """Write tables, each in the format of its suffix: all of them, or none.

    A table may come in parts, of which one is in memory at a time.
    """
    staged = {path: path.parent / STAGED.format(uuid.uuid4().hex) for path in tables}
    try:
        for path, table in tables.items():
            _write(table, path, staged[path])
        for path, whole in staged.items():
            whole.replace(path)
    finally:
        for left in staged.values():
            left.unlink(missing_ok=True)


def _write(table: Table, path: Path, staged: Path) -> None:
    """Write one table aside."""
    parts = cast("Iterator[pd.DataFrame]", table)
    if hasattr(table, "columns"):
        parts = iter([cast("pd.DataFrame", table)])
    try:
        WRITERS[path.suffix.lower()](parts, staged)
    except UnicodeEncodeError as fault:
        raise InputError(
            f"{path.name}: half a character ({fault.object[fault.start]!a}) in a cell "
            "cannot be written as UTF-8; export the source again"
        ) from None
    except OSError as fault:
        raise InputError(
            f"{path.name} cannot be written: {fault.strerror or fault}; make room, or "
            "name another place"
        ) from None


@contextmanager
def staged_folder(path: Path) -> Iterator[Path]:
    """Lend a folder to write in; its files go to `path` only if all went well."""
    staged = path.resolve().parent / STAGED.format(uuid.uuid4().hex)
    staged.mkdir()
    try:
        yield staged
        if path.exists():
            for file in sorted(staged.rglob("*")):
                target = path / file.relative_to(staged)
                if file.is_dir():
                    target.mkdir(exist_ok=True)
                else:
                    file.replace(target)
        else:
            staged.rename(path)
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def _check_place(path: Path, out: str, sources: Iterable[str]) -> None:
    parent = path.resolve().parent
    if not parent.is_dir():
        raise InputError(f"--out {out}: there is no folder {parent}; make it first")
    if not os.access(parent, os.W_OK):
        raise InputError(
            f"--out {out}: the folder {parent} cannot be written to; name another"
        )
    for source in sources:
        found = Path(source).expanduser()
        if path.exists() and found.exists() and path.samefile(found):
            raise InputError(
                f"--out {out} would overwrite its own source; name another"
            )


def _write_csv(parts: Iterator[pd.DataFrame], path: Path) -> None:
    # Not csv.writer: before Python 3.13 it leaves a bare carriage return unquoted,
    # which breaks the row, and it cannot tell a missing cell from an empty text.
    with path.open("w", encoding="utf-8", newline="") as file:
        for number, table in enumerate(parts):
            if number == 0:
                file.write(",".join(_cell(str(name)) for name in table.columns) + "\n")
            for first in range(0, len(table), ROWS):
                some = table.iloc[first : first + ROWS]
                columns = [map(_cell, some[name].tolist()) for name in some.columns]
                rows = zip(*columns, strict=True)
                file.writelines(",".join(row) + "\n" for row in rows)


def _write_json_lines(parts: Iterator[pd.DataFrame], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        for table in parts:
            names = [str(name) for name in table.columns]
            for row in table.itertuples(index=False, name=None):
                record = {
                    name: _plain(value) for name, value in zip(names, row, strict=True)
                }
                line = json.dumps(record, ensure_ascii=False, default=str)
                file.write(line + "\n")


def _write_parquet(parts: Iterator[pd.DataFrame], path: Path) -> None:
    """Write a table part by part, all in the types of the first."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    writer, schema = None, None
    try:
        for table in parts:
            empty = [name for name in table.columns if table[name].isna().all()]
            texts = [name for name in empty if table[name].dtype == object]
            # A column without any value would otherwise have no type at all.
            typed = table.astype(dict.fromkeys(texts, "string"))
            made = pa.Table.from_pandas(typed, schema=schema, preserve_index=False)
            schema = made.schema
            writer = writer or pq.ParquetWriter(path, schema)
            writer.write_table(made)
    except (pa.ArrowException, OverflowError) as fault:
        raise InputError(
            f"{fault}: a Parquet column holds one kind of value, and whole numbers "
            "below 2**63; write .csv or .jsonl"
        ) from None
    finally:
        if writer is not None:
            writer.close()


def _cell(value: object) -> str:
    """Write one cell of CSV; a missing one is blank, an empty text is quoted."""
    plain = _plain(value)
    if plain is None:
        return ""
    if isinstance(plain, list | dict):
        plain = json.dumps(plain, ensure_ascii=False, default=str)
    text = str(plain)
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text


def _plain(value: object) -> object:
    """Turn a cell into what JSON knows: missing and NaN are null."""
    from framelens.read.cells import is_missing

    if is_missing(value):
        return None
    if hasattr(value, "tolist"):  # numpy's numbers and arrays
        return value.tolist()
    if isinstance(value, str | int | float | bool | list | dict):
        return value
    return str(value)


WRITERS: dict[str, Callable[[Iterator[pd.DataFrame], Path], None]] = {
    ".parquet": _write_parquet,
    ".csv": _write_csv,
    ".jsonl": _write_json_lines,
}
"""Writer of each suffix."""
