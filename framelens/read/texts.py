"""Texts: what cannot be the text of an article, and why."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from framelens.read.aside import pieces
from framelens.read.cells import in_arrow, is_missing

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

MAX_BYTES = 10_000_000
"""Longest text that counts as one article, in bytes of UTF-8.

About 1.6 million words, or several long books: what is longer is a whole
archive in one file. `read_articles` takes another limit as ``max_bytes``.
"""

_EMPTY = "the text is empty"
_UNUSABLE = re.compile("[\x00\ud800-\udfff]")


def faults_of_texts(texts: pd.Series, *, max_bytes: int) -> list[str | None]:
    """Why each text cannot be that of an article; None where it can."""
    if not in_arrow(texts):
        return [fault_of_text(text, max_bytes=max_bytes) for text in texts]
    faults: list[str | None] = []
    for piece in pieces(texts):
        some: list[str | None] = [None] * len(piece)
        for row in np.flatnonzero(_doubtful(piece, max_bytes)).tolist():
            some[row] = fault_of_text(piece[row].as_py(), max_bytes=max_bytes)
        faults += some
    return faults


def _doubtful(texts: pa.Array, max_bytes: int) -> npt.NDArray[np.bool_]:
    """Mark texts that may have a fault; half a character cannot be where Arrow is."""
    doubtful = pc.fill_null(
        pc.or_(
            pc.greater(pc.binary_length(texts), max_bytes),
            pc.or_(
                pc.invert(pc.match_substring_regex(texts, "[!-~]")),
                pc.match_substring(texts, "\x00"),
            ),
        ),
        True,
    )
    marked: npt.NDArray[np.bool_] = doubtful.to_numpy(zero_copy_only=False)
    return marked


def fault_of_text(value: object, *, max_bytes: int) -> str | None:
    """Why `value` cannot be the text of an article; None if it can."""
    if not isinstance(value, str):
        missing, kind = is_missing(value), type(value).__name__
        return (
            _EMPTY if missing else f"the text is a value of type {kind}, not a string"
        )
    if not value or value.isspace():
        return _EMPTY
    if len(value) * 4 > max_bytes:
        size = len(value.encode("utf-8", "surrogatepass"))
        if size > max_bytes:
            return _too_long(size, max_bytes)
    return fault_of_characters(value, of="the text")


def fault_of_characters(value: str, *, of: str) -> str | None:
    r"""Why the characters of `value` cannot be stored; None if they can.

    >>> fault_of_characters("a\x00b", of="the text")
    'the text holds a NUL byte at character 1: is it UTF-16 or a binary file? save it as UTF-8 text'
    """  # noqa: E501 (the message is one line)
    if "\x00" not in value:
        if value.isascii():
            return None
        try:
            value.encode()
        except UnicodeEncodeError:
            pass
        else:
            return None
    found = _UNUSABLE.search(value)
    if not found:
        return None
    if found[0] == "\x00":
        return (
            f"{of} holds a NUL byte at character {found.start()}: is it UTF-16 or a "
            "binary file? save it as UTF-8 text"
        )
    return (
        f"{of} holds half a character (U+{ord(found[0]):04X}) at character "
        f"{found.start()}; export it again as UTF-8"
    )


def _too_long(size: int, max_bytes: int) -> str:
    return (
        f"the text has {size:,} bytes, more than the {max_bytes:,} of one article; "
        "split it, or raise max_bytes"
    )
