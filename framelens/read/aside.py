"""Texts aside: long cells of a large table lie in a file, and no longer in memory.

A reader hands cells over as they come. Where those of one column have grown long, they
go into a file without a name, where ``TMPDIR`` says, which ends with the process; the
column is then one of Arrow, over that file. Who goes through such a column piece by
piece (`each`, `pieces`) lets go of what has been read, so that memory does not grow
with the corpus.
"""

from __future__ import annotations

import mmap
from array import array
from itertools import pairwise
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any
from weakref import WeakSet, finalize

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from framelens.read.cells import in_arrow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy.typing as npt

ROOM = 4_000_000
"""Characters of one column that are held: what is shorter stays in memory."""

LONG = 100
"""Characters of a cell on average, from which a column is put aside. What is shorter
takes hardly more room than its place in a file would."""

PIECE = 2_000_000
"""Characters that are looked at together."""

ASIDE = pd.StringDtype("pyarrow", na_value=np.nan)
"""What pandas reads texts of Parquet as."""


class Cells:
    """The cells of one column, in order, as they are read.

    Half a character can be in no file of UTF-8, and no other thing than a text either:
    a column with one of them stays in memory, to be seen by whoever admits articles.
    """

    def __init__(self) -> None:
        self._held: list[Any] = []
        self._size = 0
        self._room = ROOM
        self._file: Any = None
        self._ends = array("q")
        self._missing = array("q")

    def __len__(self) -> int:
        return len(self._ends) + len(self._held)

    def extend(self, cells: Iterable[Any]) -> None:
        """Add cells below those that are there."""
        before = len(self._held)
        self._held.extend(cells)
        new = self._held[before:]
        self._size += sum(len(cell) for cell in new if isinstance(cell, str))
        full = self._size > self._room and self._size > LONG * len(self._held)
        if full and self._fit():
            self._put()

    def _fit(self) -> bool:
        """Whether what is held can be in a file; else all comes back, for good."""
        if all(cell is None or _is_text(cell) for cell in self._held):
            return True
        self._held = [*self._back(), *self._held]
        self._room = 1 << 62
        return False

    def _put(self) -> None:
        """Put what is held into the file."""
        if self._file is None:
            self._file = TemporaryFile(prefix="framelens-")  # noqa: SIM115 - mapped
            finalize(self, self._file.close)
            self._room = min(self._room, PIECE)
        end = self._ends[-1] if self._ends else 0
        for cell in self._held:
            if cell is None:
                self._missing.append(len(self._ends))
            else:
                end += self._file.write(cell.encode())
            self._ends.append(end)
        self._held, self._size = [], 0

    def _back(self) -> list[Any]:
        """Read what is in the file."""
        if self._file is None:
            return []
        self._file.seek(0)
        missing = set(self._missing)
        texts = [
            self._file.read(end - begin).decode()
            for begin, end in pairwise([0, *self._ends])
        ]
        self._file, self._ends, self._missing = None, array("q"), array("q")
        return [None if n in missing else text for n, text in enumerate(texts)]

    def column(self) -> pd.Series[Any]:
        """Give the column: of Python's objects, or of Arrow over the file."""
        if self._file is not None and self._held and self._fit():
            self._put()
        if self._file is None:
            return pd.Series(self._held, dtype=object)
        self._file.flush()
        return pd.Series(pd.array(self._in_arrow(), dtype=ASIDE))

    def _in_arrow(self) -> pa.ChunkedArray:
        """Give what is in the file, in pieces, without reading it."""
        ends = np.frombuffer(self._ends, np.int64)
        offsets = np.concatenate([np.zeros(1, np.int64), ends])
        if not offsets[-1]:
            return pa.chunked_array([pa.nulls(len(ends), pa.large_string())])
        there = np.ones(len(ends), bool)
        there[np.frombuffer(self._missing, np.int64)] = False
        mapped = _Map(self._file.fileno(), int(offsets[-1]), access=mmap.ACCESS_READ)
        _mapped.add(mapped)
        self._file.close()  # the map has a hold of its own
        buffers = [
            pa.py_buffer(np.packbits(there, bitorder="little")),
            pa.py_buffer(offsets),
            pa.py_buffer(mapped),
        ]
        whole = pa.Array.from_buffers(pa.large_string(), len(ends), buffers)
        cuts = np.flatnonzero(np.diff(ends // PIECE)) + 1
        return pa.chunked_array(
            [
                whole.slice(begin, end - begin)
                for begin, end in pairwise([0, *cuts.tolist(), len(ends)])
                if end > begin
            ]
        )


class _Map(mmap.mmap):
    """A file in memory; of this class so that a weak reference holds it."""


_mapped: WeakSet[_Map] = WeakSet()


def _is_text(cell: object) -> bool:
    """Whether a cell is a text without half a character."""
    if not isinstance(cell, str):
        return False
    try:
        cell.isascii() or cell.encode()
    except UnicodeEncodeError:
        return False
    return True


def let_go() -> None:
    """Let go of what was read of all files; it is read again when it is asked for."""
    if hasattr(mmap, "MADV_DONTNEED"):
        for one in list(_mapped):
            one.madvise(mmap.MADV_DONTNEED)


def pieces(texts: pd.Series[Any]) -> Iterator[pa.Array]:
    """Give texts that Arrow holds, some at a time; what was given is let go."""
    for chunk in pa.chunked_array(texts.array.__arrow_array__()).chunks:
        yield chunk
        let_go()


def each(cells: pd.Series[Any]) -> Iterator[Any]:
    """Give every cell of a column, None where one of Arrow is missing."""
    if not in_arrow(cells):
        yield from cells
        return
    for piece in pieces(cells):
        yield from piece.to_pylist()


def rows(table: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    """Give every row of a table; what is aside is let go of on the way."""
    for begin in range(0, len(table), _TOGETHER):
        some = table.iloc[begin : begin + _TOGETHER]
        yield from some.itertuples(index=False, name=None)
        let_go()


_TOGETHER = 128
"""Rows, as many as a part of a store has at most."""


def lengths(texts: pd.Series[Any]) -> list[int]:
    """Count the characters of every text."""
    if not in_arrow(texts):
        return [len(text) for text in texts]
    return [n for one in pieces(texts) for n in pc.utf8_length(one).to_pylist()]


def only(table: pd.DataFrame, keep: Sequence[bool]) -> pd.DataFrame:
    """Give some rows of a table, counted anew; what is aside stays there."""
    kept = np.asarray(keep, dtype=bool)
    if kept.all():
        return table.reset_index(drop=True)
    aside = [name for name in table.columns if in_arrow(table[name])]
    rest = table.drop(columns=aside)[kept].reset_index(drop=True)
    columns: dict[str, Any] = {}
    for name in aside:
        held = pa.chunked_array(table[name].array.__arrow_array__())
        chosen: Any = pd.array(_chosen(held, kept), dtype=table[name].dtype)
        columns[name] = pd.Series(chosen)
    every = {name: columns.get(name, rest.get(name)) for name in table.columns}
    return pd.DataFrame(every, columns=table.columns)


def _chosen(held: pa.ChunkedArray, kept: npt.NDArray[np.bool_]) -> pa.ChunkedArray:
    """Give what is kept as stretches of what is held: nothing is copied."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], kept, [False]])))
    parts = [
        chunk
        for begin, end in edges.reshape(-1, 2).tolist()
        for chunk in held.slice(begin, end - begin).chunks
        if len(chunk)
    ]
    return pa.chunked_array(parts, type=held.type)
