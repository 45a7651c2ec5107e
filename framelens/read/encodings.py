"""Encodings: which characters the bytes of a file stand for, and how that is known."""

from __future__ import annotations

import codecs
import io
import re
from typing import IO, TYPE_CHECKING

from framelens._checks import InputError
from framelens._lists import read_list
from framelens._wording import counted

if TYPE_CHECKING:
    from framelens.read.source import File, Remark

_MARKS = {
    codecs.BOM_UTF32_LE: "utf_32",  # before UTF-16, whose mark it begins with
    codecs.BOM_UTF32_BE: "utf_32",
    codecs.BOM_UTF16_LE: "utf_16_le",
    codecs.BOM_UTF16_BE: "utf_16_be",
}
_OTHER_FILES = {
    b"PK\x03\x04": "a zip file, such as .xlsx or .docx",
    b"%PDF-": "a PDF",
    b"\xd0\xcf\x11\xe0": "a file of an old Office, such as .doc or .xls",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"\x1f\x8b": "packed by gzip",
}
"""What a file of another kind begins with."""

_CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f\ufffe\uffff\ue000-\uf8ff]")
_HEAD = 100_000
"""Bytes by which it is told what a file holds."""

_PIECE = 1_000_000
"""Bytes that are looked at together."""

_BINARY = 0.01
"""Share of control characters from which a file is no text."""

_ZEROS = 0.8
"""Share of zero bytes at every second place from which a text is UTF-16 of Latin
script. In other scripts blanks and line ends have them, and few letters."""

_MOSTLY_LATIN = 0.3
"""Share of letters beyond a to z that no language of Latin script reaches."""

_FITS = 0.9
"""Share of such characters that must fit a language for an encoding to be taken."""

_ALIKE = 0.05
"""Difference in disorder below which two encodings are not told apart by it."""

_LOST = 0.001
"""Share of bytes that may be none in the encoding that a page states."""

_ODD = re.compile(
    r"(?<=[a-zà-ÿ])[À-ÞŒŠŽŸ]"  # a capital behind a small letter
    r"|(?<=[^\W\d_])[^\w\s.’‘—–…«»“”·-](?=[^\W\d_])(?<![\x00-\x7f])"  # a sign in a word
    r"|(?<=[^\W\d_])[¹²³ªº¼½¾](?=[^\W\d_])|[¶±¬¦¤¨´¸ˇ˘˛](?=[^\W\d_])"
    r"|(?<=[a-z]{4})[¹³]|(?<=[a-z])¿|[\x80-\x9f]"
)


def decode(data: bytes, *, stated: str | None = None) -> tuple[str, str | None]:
    r"""Turn bytes into text, and say what was assumed where UTF-8 does not say it all.

    A mark at the beginning counts first, then UTF-8, zero bytes at every second place
    (UTF-16), what the file states, and last the letters: Windows-1252 where they fit a
    western language as well as any. Line ends stay.

    Raises
    ------
    InputError
        If it is no text, or the encoding cannot be told.

    Examples
    --------
    >>> decode("“Café”".encode("cp1252"))
    ('“Café”', 'read as Windows-1252, by its letters (if wrong, save it as UTF-8)')
    """
    for mark, codec in _MARKS.items():
        if data.startswith(mark):
            how = f"read as {_named(codec)}, by its byte order mark"
            return _whole(data, codec).removeprefix("\ufeff"), how
    for mark, what in _OTHER_FILES.items():
        if data.startswith(mark):
            raise InputError(f"it is no text but {what}; give it that suffix")
    marked = data.startswith(codecs.BOM_UTF8)
    wide = _utf16(data) if b"\x00" in data[:_HEAD] else None
    if wide:
        return wide, "read as UTF-16, by its zero bytes"
    try:
        said = "a byte order mark was removed" if marked else None
        return data.decode("utf-8-sig"), said
    except UnicodeDecodeError:
        pass
    if len(_CONTROL.findall(data[:_HEAD])) > _BINARY * len(data[:_HEAD]):
        raise InputError("it is no text: a binary file; save it as UTF-8 text")
    return _stated(data, stated) or _mixed(data) or _guessed(data)


def decoded(file: File, *, states: bool = False) -> tuple[str, list[Remark]]:
    """`decode` what a file holds, and note how; pages may state their encoding."""
    stated = _CHARSET.search(file.data[:4096]) if states else None
    try:
        text, how = decode(file.data, stated=stated[1].decode() if stated else None)
    except InputError as fault:
        raise InputError(f"{file.name}: {fault}") from None
    return text, [(file.name, how)] if how else []


def opened(file: File, *, newline: str = "\n") -> tuple[IO[str], int, list[Remark]]:
    """Open a file as text, and count its lines; only UTF-8 is read piece by piece.

    A line ends at `newline`; with "" as `csv` wants it.
    """
    checked = lines_in_utf8(file)
    if checked is not None:
        lines, said = checked
        stream = io.TextIOWrapper(file.opened(), encoding="utf-8-sig", newline=newline)
        return stream, lines, [(file.name, said)] if said else []
    text, notes = decoded(file)
    lines = text.count("\n") + 1
    data = io.BytesIO(text.encode("utf-8", "surrogatepass"))
    del text
    return (
        io.TextIOWrapper(
            data, encoding="utf-8", errors="surrogatepass", newline=newline
        ),
        lines,
        notes,
    )


def lines_in_utf8(file: File) -> tuple[int, str | None] | None:
    """Count the lines of a file that is UTF-8 throughout, piece by piece; else None.

    Beside them, what `decode` says of it, which tells all other encodings.
    """
    marks = (*_MARKS, *_OTHER_FILES)
    check = codecs.getincrementaldecoder("utf-8")()
    with file.opened() as held:
        head = held.read(_HEAD)
        if head.startswith(marks) or b"\x00" in head:
            return None
        lines, piece = 1, head
        try:
            while piece:
                check.decode(piece)
                lines += piece.count(b"\n")
                piece = held.read(_PIECE)
            check.decode(b"", final=True)
        except UnicodeDecodeError:
            return None
    marked = head.startswith(codecs.BOM_UTF8)
    return lines, "a byte order mark was removed" if marked else None


def _named(codec: str) -> str:
    return str(read_list("alphabets")["names"].get(codec, codec))


def _whole(data: bytes, codec: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as fault:
        raise InputError(
            f"its byte order mark says {_named(codec)}, but byte {fault.start:,} is "
            "none; save it as UTF-8"
        ) from None


def _utf16(data: bytes) -> str | None:
    """Decode UTF-16 without a mark: zeros at every second place only."""
    head = data[:_HEAD]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if min(even, odd):
        return None
    try:
        text = data.decode("utf_16_le" if odd else "utf_16_be")
    except UnicodeDecodeError:
        return None
    start = text[: _HEAD // 2]
    narrow = [one for one in start if one < "\u0100"]
    latin = len(narrow) >= _ZEROS * len(start)
    others = len(narrow) > 3 and sum(map(str.isalpha, narrow)) < len(narrow) / 2
    return text if (latin or others) and not _NO_TEXT.search(start) else None


def _stated(data: bytes, stated: str | None) -> tuple[str, str] | None:
    """Decode as the file states; as browsers do, Latin 1 is Windows-1252."""
    name = (stated or "").lower()
    if name in ("iso-8859-1", "latin-1", "latin1", "ascii", "us-ascii"):
        name = "cp1252"
    try:
        codec = codecs.lookup(name).name if name else "utf-8"
        if codec == "utf-8":
            return None
        text, how = _with_losses(data, codec, "as it states")
    except (LookupError, UnicodeError):
        return None
    return (text, how) if text.count("\ufffd") <= _LOST * len(text) else None


def _with_losses(data: bytes, codec: str, reason: str) -> tuple[str, str]:
    """Decode whatever can be, and count the bytes that are lost."""
    text = data.decode(codec, "replace")
    lost = text.count("\ufffd")
    how = f"read as {_named(codec)}, {reason}"
    return text, f"{how}; {counted(lost, 'byte')} lost" if lost else how


def _mixed(data: bytes) -> tuple[str, str] | None:
    """Decode UTF-8 that has a few other bytes in it, as Windows-1252."""
    valid = data.decode("utf-8", "ignore")
    others = len(data) - len(valid.encode())
    if others >= len(valid) - len(valid.encode("ascii", "ignore")):
        return None

    def instead(fault: UnicodeError) -> tuple[str, int]:
        if not isinstance(fault, UnicodeDecodeError):
            raise fault
        if fault.end - fault.start == others and fault.end == len(data):  # cut off
            return "\ufffd", fault.end
        bad = fault.object[fault.start : fault.start + 1]
        return bad.decode("cp1252", "replace"), fault.start + 1

    codecs.register_error("framelens.windows", instead)
    text = data.decode("utf-8", "framelens.windows").removeprefix("\ufeff")
    return text, f"read as UTF-8 but for {counted(others, 'byte')} of Windows-1252"


def _guessed(data: bytes) -> tuple[str, str]:
    """Decode by the letters: the encoding in which most fit one language."""
    lines = re.findall(rb"[^\n]*[\x80-\xff][^\n]*", data[: 20 * _HEAD])
    sample = b"\n".join(lines or [data])[:_HEAD]
    known = read_list("alphabets")
    fits = {codec: _fit(sample, codec) for codec in known["latin"]}
    best = max(fits, key=fits.__getitem__)  # the first wins a tie
    if fits[best] < _FITS:
        best = _other_script(sample, known["others"])
    return _with_losses(data, best, "by its letters (if wrong, save it as UTF-8)")


def _fit(sample: bytes, codec: str) -> float:
    """Give the share of characters beyond ASCII that fit one language of Europe."""
    text = sample.decode(codec, "replace")
    beyond = [one for one in text if not one.isascii() and not one.isspace()]
    letters = [one.lower() for one in beyond if one.isalpha()]
    latin = sum(one.isascii() and one.isalpha() for one in text)
    if not beyond or len(letters) > _MOSTLY_LATIN * (len(letters) + latin):
        return float(not beyond)
    known = read_list("alphabets")
    least = min(
        sum(one not in alphabet for one in letters) for alphabet in known["alphabets"]
    )
    foreign = sum(one not in known["several"] for one in letters)
    wrong = min(least, foreign + 0.1 * len(letters))
    odd = len(_ODD.findall(text)) + text.count("\ufffd")
    return 1 - (wrong + odd) / len(beyond)


def _other_script(sample: bytes, codecs_: list[str]) -> str:
    """Name the encoding of a text in another script."""
    from charset_normalizer import from_bytes

    found = list(from_bytes(sample, cp_isolation=codecs_))
    letters = [one for one in str(found[0]) if one.isalpha()] if found else []
    shouted = sum(map(str.isupper, letters)) > 0.9 * len(letters)
    alike = [one for one in found[1:] if one.chaos < found[0].chaos + _ALIKE]
    if not letters or shouted or (alike and not found[0].coherence):
        raise InputError("its encoding cannot be told; save it as UTF-8")
    return found[0].encoding
