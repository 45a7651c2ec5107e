"""What was found at a source, before it is checked: files, cells, where they stand."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO

import pandas as pd

from framelens._checks import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

Remark = tuple[str, str]
"""A place ("articles.csv, line 4") and what is to be said about it."""


@dataclass(frozen=True)
class Limits:
    """How much one source may hold: what is larger is refused, and the limit named.

    They keep a hostile or mistaken file from filling the memory. Pass your own as
    ``read_corpus(..., limits=Limits(archive_bytes=10**10))``.

    Attributes
    ----------
    file_bytes : int
        One file.
    archive_bytes : int
        All that a zip archive (.zip, .docx, .xlsx) unpacks to.
    archive_files : int
        Files in a zip archive.
    archive_ratio : int
        How many times its size a file of more than 10 MB in an archive may unpack
        to. Text reaches 20; bombs, 1,000.
    line_bytes : int
        One line of JSON Lines, or one cell of a table.
    depth : int
        Objects inside objects in JSON.
    """

    file_bytes: int = 4_000_000_000
    archive_bytes: int = 4_000_000_000
    archive_files: int = 200_000
    archive_ratio: int = 200
    line_bytes: int = 100_000_000
    depth: int = 50


@dataclass(frozen=True, eq=False)
class File:
    """One file: the `name` that messages call it, what it holds, where it lies.

    `content` is what it holds, or the path of a file that is read piece by piece.
    """

    name: str
    content: bytes | Path
    limits: Limits = Limits()
    folder: Path | None = None

    @property
    def data(self) -> bytes:
        """All that it holds."""
        held = self.content
        return held if isinstance(held, bytes) else held.read_bytes()

    @property
    def size(self) -> int:
        """The number of its bytes."""
        held = self.content
        return len(held) if isinstance(held, bytes) else held.stat().st_size

    def opened(self) -> BinaryIO:
        """Open it, to read some of it."""
        held = self.content
        return io.BytesIO(held) if isinstance(held, bytes) else held.open("rb")

    @property
    def suffix(self) -> str:
        """What the name ends in, with its full stop, in lower case."""
        stem, dot, suffix = self.name.rpartition(".")
        return f".{suffix.lower()}" if stem and dot else ""


@dataclass(frozen=True, eq=False)
class Source:
    """A table as it was found, under the user's own column names.

    `name` is what messages call it; `places`, where each row stands; `folder`, what a
    ``file`` column is followed in; `dropped`, what could not be read at all. `given`
    says that the names of the columns are already those of the contract.
    """

    name: str
    table: pd.DataFrame
    places: list[str]
    folder: Path | None = None
    dropped: list[Remark] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)
    given: bool = False


def documents(
    name: str,
    rows: Sequence[dict[str, Any]],
    *,
    kind: str = "document",
    layout: str = "",
    dropped: Sequence[Remark] = (),
) -> Source:
    """Make a source of documents found in one file, under the contract's names."""
    if not rows:
        raise InputError(f"{name}: no {kind} was found in it")
    columns = list(dict.fromkeys(key for row in rows for key in row))
    cells = [[row.get(key) for key in columns] for row in rows]
    table = pd.DataFrame(cells, columns=columns, dtype=object)
    places = [f"{name}, {kind} {number}" for number in range(1, len(rows) + 1)]
    found = f"{layout}: {len(rows):,} {kind}{'s' if len(rows) > 1 else ''}"
    notes = [(name, found)] if layout else []
    return Source(name, table, places, None, list(dropped), notes, given=True)


def shown(value: object, *, limit: int = 60) -> str:
    """Put `value` in one printable line: line breaks and escapes of others as codes."""
    text = str(value)
    cut = text if len(text) <= limit else text[: limit - 1] + "…"
    return "".join(
        one if one.isprintable() else one.encode("unicode_escape").decode()
        for one in cut
    )


def listed(names: list[str], *, limit: int = 8) -> str:
    """Join `names` by commas; beyond `limit` only how many more: "a, b and 1 more"."""
    more = len(names) - limit
    joined = ", ".join(shown(name) for name in names[:limit])
    return joined if more <= 0 else f"{joined} and {more:,} more"
