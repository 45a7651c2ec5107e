"""Parquet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from framelens.read import aside
from framelens.read.cells import in_arrow
from framelens.read.source import File, Source
from framelens.read.tables import from_frame

if TYPE_CHECKING:
    from typing import BinaryIO

_ROWS = 256
"""Rows of a long column that are held together."""


def read(file: File) -> Source:
    """Read a table, part by part; its types are kept."""
    with file.opened() as held:
        table = _table(held)
    pa.default_memory_pool().release_unused()  # which else is held, and not used
    source = from_frame(table, name=file.name)
    places = [f"{file.name}, {place}" for place in source.places]
    return Source(file.name, source.table, places, file.folder)


def _table(held: BinaryIO) -> pd.DataFrame:
    """Read a table; its long columns are put aside as they come."""
    parquet = pq.ParquetFile(held, buffer_size=1 << 20, pre_buffer=False)
    long = _long_columns(parquet)
    if not long:
        held.seek(0)
        return pd.read_parquet(held, pre_buffer=False, use_threads=False)
    names = [name for name in parquet.schema_arrow.names if name not in long]
    held.seek(0)
    rest = pd.read_parquet(held, columns=names, pre_buffer=False, use_threads=False)
    held.seek(0)
    parquet = pq.ParquetFile(held, buffer_size=1 << 20, pre_buffer=False)
    cells = {name: aside.Cells() for name in long}
    for some in parquet.iter_batches(_ROWS, columns=long, use_threads=False):
        for name in long:
            cells[name].extend(some[name].to_pylist())
    for name in long:
        column = cells.pop(name).column().set_axis(rest.index)
        rest[name] = column.astype(_kinds(parquet)[name])
    every = [name for name in parquet.schema_arrow.names if name in rest.columns]
    return rest[every]


def _long_columns(parquet: pq.ParquetFile) -> list[str]:
    """Give the columns of long texts that are worth putting aside."""
    about, kinds = parquet.metadata, _kinds(parquet)
    sizes: dict[str, int] = {}
    for group in range(about.num_row_groups):
        for number in range(about.num_columns):
            column = about.row_group(group).column(number)
            size = sizes.get(column.path_in_schema, 0)
            sizes[column.path_in_schema] = size + column.total_uncompressed_size
    return [
        name
        for name, size in sizes.items()
        if name in kinds.index and in_arrow(pd.Series(dtype=kinds[name]))
        if size > max(aside.ROOM, aside.LONG * about.num_rows)
    ]


def _kinds(parquet: pq.ParquetFile) -> Any:
    """Give the kind that pandas reads each column as."""
    return parquet.schema_arrow.empty_table().to_pandas().dtypes
