"""Parquet."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa

from framelens.read.source import File, Source
from framelens.read.tables import from_frame


def read(file: File) -> Source:
    """Read a table, part by part; its types are kept."""
    with file.opened() as held:
        table = pd.read_parquet(held, pre_buffer=False, use_threads=False)
    pa.default_memory_pool().release_unused()  # which else is held, and not used
    source = from_frame(table, name=file.name)
    places = [f"{file.name}, {place}" for place in source.places]
    return Source(file.name, source.table, places, file.folder)
