"""Rich text (.rtf)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from framelens._checks import InputError
from framelens.read.formats.layouts import of_text

if TYPE_CHECKING:
    from framelens.read.source import File, Source


def read(file: File) -> Source:
    """Read the text of an RTF file."""
    from striprtf.striprtf import rtf_to_text

    if not file.data.lstrip().startswith(b"{\\rtf"):
        raise InputError(
            f"{file.name} is not readable as .rtf: it does not begin as one"
        )
    source = file.data.decode("cp1252", "replace")
    text: str = rtf_to_text(source, errors="replace")  # type: ignore[no-untyped-call]
    text = text.replace("\r\n", "\n")
    return of_text(file, text.strip("\n"), text.split("\n"))
