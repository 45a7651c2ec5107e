"""PDF."""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING

from framelens._checks import InputError
from framelens._progress import followed
from framelens.read.formats.layouts import of_text

if TYPE_CHECKING:
    from framelens.read.source import File, Source


def read(file: File) -> Source:
    """Read the text of a PDF, page after page; pictures of text hold none."""
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = PdfReader(io.BytesIO(file.data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise InputError(f"{file.name} is locked by a password; unlock it")
    pages = [page.extract_text() for page in followed(reader.pages, "reading", "page")]
    text = "\n".join(pages)
    if not text.strip():
        raise InputError(
            f"{file.name} holds pictures, no text, on {len(pages)} pages; recognise "
            "its text first"
        )
    return of_text(file, text)
