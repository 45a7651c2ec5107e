"""Parquet."""

from __future__ import annotations

import io

import pandas as pd

from framelens.read.source import File, Source
from framelens.read.tables import from_frame


def read(file: File) -> Source:
    """Read a table; its types are kept."""
    source = from_frame(pd.read_parquet(io.BytesIO(file.data)), name=file.name)
    places = [f"{file.name}, {place}" for place in source.places]
    return Source(file.name, source.table, places, file.folder)
