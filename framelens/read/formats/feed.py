"""RSS and Atom: the items of a feed, with what it gives of their texts."""

from __future__ import annotations

import io
import re
from typing import Any

from framelens._checks import InputError
from framelens.read.formats.markup import lines_in, parsed
from framelens.read.source import File, Source, documents

_ENTITY = re.compile(rb"<!(?:ENTITY|DOCTYPE[^>]*\[)", re.I)


def read(file: File) -> Source:
    """Read the items; texts that a feed cuts short are what it gives."""
    import feedparser

    if _ENTITY.search(file.data):
        raise InputError(f"{file.name} declares XML entities, which no feed needs")
    feed = feedparser.parse(io.BytesIO(file.data), sanitize_html=True)
    if not feed.entries:
        raise InputError(f"{file.name}: no item of a feed was found in it")
    outlet = feed.feed.get("title")
    rows = [_row(entry, outlet) for entry in feed.entries]
    return documents(file.name, rows, kind="item", layout="Feed")


def _row(entry: Any, outlet: str | None) -> dict[str, Any]:
    contents = [one.get("value") for one in entry.get("content", [])]
    markup = next(filter(None, [*contents, entry.get("summary")]), "")
    source = entry.get("source") or {}
    link = entry.get("link") or ""
    return {
        "outlet": source.get("title") or outlet,
        "date": entry.get("published") or entry.get("updated"),
        "title": entry.get("title"),
        "text": _plain(markup) or None,
        "url": link if link.startswith(("http:", "https:")) else None,
        "author": entry.get("author"),
        "section": next((tag.get("term") for tag in entry.get("tags", [])), None),
    }


def _plain(markup: str) -> str:
    """Give the text of the HTML that an item holds, a line for each paragraph."""
    if "<" not in markup and "&" not in markup:
        return markup.strip()
    return "\n".join(lines_in(parsed(markup)))
