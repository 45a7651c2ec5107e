"""Tables on disk or in memory, under the user's own column names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from framelens._checks import InputError
from framelens.read.formats import TABLES, read_file, suffix_of
from framelens.read.formats.delimited import check_names
from framelens.read.source import File, Source

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd


def read_table(path: Path) -> Source:
    """Read the table at `path`, by its suffix; nothing is checked but its form."""
    if suffix_of(path.name) not in TABLES:
        raise InputError(
            f"{path.name}: framelens reads a table in {', '.join(TABLES)}, not "
            f"{path.suffix or 'a file without suffix'}"
        )
    return read_file(File(path.name, path.read_bytes(), folder=path.parent))


def from_frame(table: pd.DataFrame, *, name: str = "the DataFrame") -> Source:
    """Wrap a DataFrame; its rows are counted from 1, its index is not used."""
    names = [str(column) for column in table.columns]
    check_names(names, of=name)
    cells = table.set_axis(names, axis="columns")
    places = [f"row {number}" for number in range(1, len(table) + 1)]
    return Source(name, cells.reset_index(drop=True), places)
