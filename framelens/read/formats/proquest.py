"""ProQuest: documents between ruled lines, with labelled fields."""

from __future__ import annotations

import re
from typing import Any

from framelens.read.formats.wrapping import unwrapped

NAME = "ProQuest"

MARK = re.compile(r"^(?:Full text|ProQuest document ID): ", re.M)
_RULE = re.compile(r"^[ \t]*_{20,}[ \t]*$", re.M)
_FIELD = re.compile(
    r"^(Author|Publication info|Abstract|Links|Full text|Subject|Location|Title"
    r"|Publication title|Publication date|Publication year|Publication subject|Pages"
    r"|Section|Publisher|Place of publication|Country of publication|ISSN|Source type"
    r"|Language of publication|Document type|ProQuest document ID|Document URL"
    r"|Copyright|Last updated|Database|Dateline|Edition|Volume|Issue|First page"
    r"|People|Company / organization|Identifier / keyword|Document feature|DOI"
    r"|Column|Illustration|Correspondence author|Classification|Number of pages"
    r"|Product name|Company|Start page|e-ISSN|ISBN|Word count|Publication type"
    r"|Number of references|Year|Source attribution|Credit):[ \t]*",
    re.M,
)
_OURS = {
    "Title": "title",
    "Author": "author",
    "Publication title": "outlet",
    "Publication date": "date",
    "Full text": "text",
    "Section": "section",
    "Language of publication": "language",
    "Document URL": "url",
    "ProQuest document ID": "document_id",
}


def documents_in(
    text: str, chunks: list[str] | None
) -> tuple[list[dict[str, Any]], list[tuple[str, str]]]:
    """Give one row a document, and those that hold no text."""
    del chunks
    rows, dropped, number = [], [], 0
    for block in _RULE.split(text):
        parts = _FIELD.split(block)
        if len(parts) < 7:  # a cover, or the notice at the end
            continue
        number += 1
        fields = dict(zip(reversed(parts[1::2]), reversed(parts[2::2]), strict=True))
        row: dict[str, Any] = {
            ours: _value(fields[label], text=ours == "text") or None
            for label, ours in _OURS.items()
            if label in fields
        }
        row.setdefault("title", parts[0].strip().split("\n")[-1].strip() or None)
        if row.get("outlet"):
            row["outlet"] = row["outlet"].split(";")[0].strip()
        if row.get("text") in (None, "Not available."):
            dropped.append((f"document {number}", "it holds no text"))
        else:
            rows.append(row)
    return rows, dropped


def _value(written: str, *, text: bool) -> str:
    """Put a field in one line; a text keeps its paragraphs."""
    if not text:
        return " ".join(written.split())
    parts = re.split(r"\n\s*\n", written.strip())
    return "\n\n".join(unwrapped(part).strip() for part in parts if part.strip())
