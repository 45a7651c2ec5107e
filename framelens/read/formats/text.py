"""Text files: one article each, or the documents of a database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from framelens.read.encodings import decoded
from framelens.read.formats.layouts import of_text

if TYPE_CHECKING:
    from framelens.read.source import File, Source


def read(file: File) -> Source:
    """Read a text file; what a database wrote is split into its documents."""
    text, notes = decoded(file)
    return of_text(file, text, notes=notes)
