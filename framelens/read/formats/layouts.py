"""Layouts of databases: which of them wrote a text, and its documents."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from framelens.read.formats import factiva, nexis, proquest
from framelens.read.source import File, Source, documents

if TYPE_CHECKING:
    from collections.abc import Sequence

    from framelens.read.source import Remark

_MARKS = {
    "as a separator line": r"[-=_*#~]{5,}",
    "as 'N of M'": r"(?:document |article )?\d+[ ](?:of|von|de|sur|van)[ ]\d+",
    "as 'Document N'": r"(?:document|article|artikel|texte?)[ ](?:no\.?[ ]?)?\d+[.:]?",
}
"""Lines that stand between documents of layouts that are not known."""


def found_in(
    text: str, name: str, chunks: Sequence[str] | None = None
) -> Source | None:
    """Give the documents of a text that a known database wrote; None for any other.

    `chunks` are its paragraphs, where the format tells them; lines of text otherwise.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for layout in (nexis, factiva, proquest):
        if layout.MARK.search(text):
            lines = list(chunks) if chunks is not None else None
            rows, dropped = layout.documents_in(text, lines)
            if rows:
                told = [(f"{name}, {place}", reason) for place, reason in dropped]
                return documents(name, rows, layout=layout.NAME, dropped=told)
    return None


def of_text(
    file: File,
    text: str,
    chunks: list[str] | None = None,
    notes: Sequence[Remark] = (),
) -> Source:
    """Give the documents of a database, or else the whole as one article."""
    found = found_in(text, file.name, chunks)
    if found:
        return replace(found, notes=[*notes, *found.notes])
    how = several(text)
    advice = "it may hold several documents, read as one: split it into files"
    said = [(file.name, f"{advice} ({how})")] if how else []
    whole = documents(file.name, [{"text": text}])
    return replace(whole, places=[file.name], notes=[*notes, *said])


def several(text: str) -> str | None:
    """Say what parts a text into several documents of a layout that is not known."""
    for how, pattern in _MARKS.items():
        marks = re.findall(rf"^[ \t]*{pattern}[ \t]*$", text[:2_000_000], re.I | re.M)
        if len(marks) >= (3 if how.startswith("as a sep") else 2):
            return f"'{marks[0].strip()[:30]}' stands {len(marks)} times in it, {how}"
    return None
