"""Saved web pages, and the documents that databases give out as HTML."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from framelens._checks import InputError
from framelens.read.encodings import decoded
from framelens.read.formats import europresse, factiva
from framelens.read.formats.layouts import found_in
from framelens.read.formats.markup import chunks_in, parsed
from framelens.read.source import File, Source, documents

_DATABASE = re.compile(
    r"\d+ (?:of|von|de) \d+ DO[CK]UMENT|End of Document|articleParagraph"
    r"|DocPublicationName|ProQuest document ID"
)

_MOST_TAGS = 30_000
"""What a page may hold: trafilatura takes minutes on a million; news has 5,000."""


def read(file: File) -> Source:
    """Read the documents of a database, or the article of any other page."""
    text, notes = decoded(file, states=True)
    source = _read(file, text)
    return replace(source, notes=[*notes, *source.notes])


def _read(file: File, text: str) -> Source:
    if _DATABASE.search(text):
        page = parsed(text)
        for layout in (factiva, europresse):
            if layout.is_page(page):
                return documents(
                    file.name, layout.documents_of(page), layout=layout.NAME
                )
        chunks = chunks_in(page)
        found = found_in("\n".join(chunks), file.name, chunks)
        if found:
            return found
    row = article_of(text, None)
    if row is None:
        raise InputError(f"{file.name}: no article was found on the page")
    source = documents(file.name, [row])
    return Source(file.name, source.table, [file.name], file.folder, given=True)


def article_of(text: str, url: str | None) -> dict[str, Any] | None:
    """Give the article of a page, as trafilatura finds it; None where there is none."""
    import logging

    from trafilatura import bare_extraction

    if text.count("<") > _MOST_TAGS:
        raise InputError(f"more than {_MOST_TAGS:,} tags: no page of news has so many")
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    found: Any = bare_extraction(
        text,
        url=url,
        with_metadata=True,
        include_comments=False,
        # What the page states, as first published: a search would guess, for seconds.
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    if found is None or not found.text:
        return None
    address = found.url or url
    return {
        "outlet": found.sitename or found.hostname,
        "date": found.date,
        "title": found.title,
        "text": found.text,
        "url": address if address and address.startswith(("http:", "https:")) else None,
        "language": found.language,
        "author": found.author,
    }
