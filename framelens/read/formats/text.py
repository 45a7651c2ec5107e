"""Text files: one article each, or the documents of a database."""

from __future__ import annotations

from framelens.read.formats.layouts import found_in
from framelens.read.source import File, Source, documents
from framelens.read.texts import decoded


def read(file: File) -> Source:
    """Read a text file; what a database wrote is split into its documents."""
    text, notes = decoded(file)
    found = found_in(text, file.name)
    source = found or documents(file.name, [{"text": text}], kind="text")
    places = source.places if found else [file.name]
    return Source(
        file.name,
        source.table,
        places,
        file.folder,
        source.dropped,
        [*notes, *source.notes],
        given=True,
    )
