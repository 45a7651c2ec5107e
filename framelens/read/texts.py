"""Bytes into text: UTF-8 and nothing else, with the place of every fault."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from framelens._checks import InputError
from framelens.read.cells import is_missing

if TYPE_CHECKING:
    from framelens.read.source import File, Remark

MAX_BYTES = 10_000_000
"""Longest text that counts as one article, in bytes of UTF-8.

About 1.6 million words, or several long books: what is longer is a whole
archive in one file. `read_articles` takes another limit as ``max_bytes``.
"""

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_OTHER_MARKS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}
_CHARSET = re.compile(rb"charset=[\"']?([\w.:-]+)", re.I)
_EMPTY = "the text is empty"
_UNUSABLE = re.compile("[\x00\ud800-\udfff]")


def decode(data: bytes) -> tuple[str, bool]:
    """Decode UTF-8 strictly, and say if a byte order mark was there; line ends stay."""
    other = _OTHER_MARKS.get(data[:2])
    if other:
        raise InputError(
            f"it begins with bytes 0x{data[0]:02X} 0x{data[1]:02X} at offset 0, "
            f"so it is {other}, not UTF-8; save it as UTF-8"
        )
    marked = data.startswith(_BYTE_ORDER_MARK)
    try:
        return data.decode("utf-8-sig"), marked
    except UnicodeDecodeError as fault:
        # Python counts from behind the mark that "utf-8-sig" has taken off.
        offset = fault.start + (len(_BYTE_ORDER_MARK) if marked else 0)
        raise InputError(_not_utf8(data[offset], offset)) from None


def decoded(file: File) -> tuple[str, list[Remark]]:
    """`decode` what a file holds, and note a byte order mark."""
    try:
        text, marked = decode(file.data)
    except InputError as fault:
        raise InputError(f"{file.name}: {fault}") from None
    return text, [(file.name, "a byte order mark was removed")] if marked else []


def decoded_page(data: bytes) -> str:
    """Decode a web page: as UTF-8, or as it says itself, or as browsers guess."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    if data[:2] in _OTHER_MARKS:
        return data.decode("utf-16", "replace")
    stated = _CHARSET.search(data[:4096])
    name = stated[1].decode("ascii").lower() if stated else "cp1252"
    if name in ("iso-8859-1", "latin-1", "latin1", "ascii", "us-ascii"):
        name = "cp1252"  # as the HTML standard has it
    try:
        return data.decode(name, "replace")
    except LookupError:
        return data.decode("cp1252", "replace")


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


def _not_utf8(byte: int, offset: int) -> str:
    as_windows = bytes([byte]).decode("cp1252", "replace")
    hint = f" (in Windows-1252 it is {as_windows!r})" if as_windows != "\ufffd" else ""
    return (
        f"byte 0x{byte:02X} at offset {offset:,} is not UTF-8{hint}; save it as UTF-8"
    )


def _too_long(size: int, max_bytes: int) -> str:
    return (
        f"the text has {size:,} bytes, more than the {max_bytes:,} of one article; "
        "split it, or raise max_bytes"
    )
