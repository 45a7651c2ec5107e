"""Formats: one reader a file, each from bytes to a table of articles."""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING

from framelens._checks import FramelensError, InputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from framelens.read.source import File, Source

TABLES = {
    ".csv": "delimited",
    ".tsv": "delimited",
    ".tab": "delimited",
    ".xlsx": "spreadsheet",
    ".xlsm": "spreadsheet",
    ".json": "objects",
    ".jsonl": "objects",
    ".ndjson": "objects",
    ".parquet": "columnar",
}
"""Modules that read tables, by suffix."""

MODULES = TABLES | {
    ".txt": "text",
    ".md": "text",
    ".html": "page",
    ".htm": "page",
    ".xhtml": "page",
    ".docx": "word",
    ".rtf": "rich_text",
    ".pdf": "portable",
    ".rss": "feed",
    ".atom": "feed",
    ".xml": "feed",
    ".warc": "web_archive",
    ".warc.gz": "web_archive",
}
"""Modules of this package, by the suffix that each reads."""

IN_PIECES = ("delimited", "columnar", "objects")
"""Modules that read a file piece by piece, and need not have all of it at once."""

REFUSED = {
    ".doc": "save it as .docx",
    ".xls": "save it as .xlsx",
    ".odt": "save it as .docx",
    ".ods": "save it as .xlsx",
    ".pkl": "a pickle can run code, so none is loaded; save it as .parquet",
    ".pickle": "a pickle can run code, so none is loaded; save it as .parquet",
    ".rds": "save it as .csv or .parquet",
    ".rdata": "save it as .csv or .parquet",
    ".mbox": "save its messages as .txt",
}
"""What to do with files that are not read."""


def suffix_of(name: str) -> str:
    """Give the suffix that decides how a file is read, in lower case."""
    found = re.search(r"(?:\.warc)?\.[^./\\]*\Z", name.lower())
    return found[0] if found else ""


def readable(name: str) -> bool:
    """Say whether a file of this name is read."""
    return suffix_of(name) in MODULES


def in_pieces(name: str) -> bool:
    """Say whether a file of this name is read piece by piece."""
    return MODULES.get(suffix_of(name)) in IN_PIECES


def read_file(file: File) -> Source:
    """Read one file as its suffix says.

    Raises
    ------
    InputError
        If it is not what its suffix says, is too large, or of a kind not read.
    """
    suffix = suffix_of(file.name)
    module = MODULES.get(suffix)
    if module is None:
        what = suffix or "a file without suffix"
        advice = REFUSED.get(suffix, f"framelens reads {', '.join(MODULES)}")
        raise InputError(f"{file.name}: not {what}; {advice}")
    if file.size > file.limits.file_bytes:
        raise InputError(
            f"{file.name} has {file.size:,} bytes, more than the "
            f"{file.limits.file_bytes:,} of one file; split it, or raise "
            "limits=Limits(file_bytes=...)"
        )
    reader: Callable[[File], Source] = import_module(f"{__name__}.{module}").read
    try:
        return reader(file)
    except FramelensError:
        raise
    except MemoryError:
        raise InputError(f"{file.name} does not fit into memory; split it") from None
    except Exception as fault:  # whatever a library makes of a broken file
        reason = str(fault).splitlines()[0][:200] if str(fault) else ""
        raise InputError(
            f"{file.name} is not readable as {suffix}: {reason or type(fault).__name__}"
        ) from None
