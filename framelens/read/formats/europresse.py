"""Europresse: pages of documents, in the layouts before and since 2014."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from framelens.read.formats.markup import lines_in

if TYPE_CHECKING:
    from lxml.html import HtmlElement

NAME = "Europresse"
_NAMED = "*[contains(@class, 'DocPublicationName')]"
_NAME = f"//{_NAMED}[not(.//{_NAMED})]"
_NUMBER = re.compile(r",? (?:no\.?|n°) ?\d+.*|, \d{1,2} \w+ \d{4}.*", re.S)
_END = re.compile(r"^\s*(?:©|Num[ée]ro de document|Ce certificat|news[·.]\d{8})", re.I)
_LONGEST_NAME = 60
"""Characters of an author's line below the title."""


def is_page(page: HtmlElement) -> bool:
    """Say whether Europresse wrote a page."""
    return bool(page.xpath(_NAME))


def documents_of(page: HtmlElement) -> list[dict[str, Any]]:
    """Give one row a document."""
    return [_document(name) for name in page.xpath(_NAME)]


def _document(name: HtmlElement) -> dict[str, Any]:
    box = next(name.iterancestors("article"), None)
    if box is None:
        box = next(name.iterancestors("td"), name.getparent())
    heads = box.xpath(".//*[contains(@class, 'DocHeader')]")
    titles = box.xpath(
        ".//*[contains(@class, 'itreArticleVisu') or contains(@class, 'articletitle')]"
    )
    inner = box.xpath(".//*[contains(@class, 'docOcurrContainer')]")
    head = " ".join("".join(str(one.text_content()) for one in heads).split())
    lines = lines_in(inner[0]) if inner else _lines_after(box, titles)
    author = None
    if not inner and len(lines) > 1 and len(lines[0]) <= _LONGEST_NAME:
        author = lines.pop(0) if lines[0][-1:] not in ".!?»" else None
    dated = re.search(r"\d{1,2}(?:er)? \S+ \d{4}", head)
    section = (
        head.split(", ")[0] if ", " in head[: dated.start() if dated else 0] else None
    )
    return {
        "outlet": _NUMBER.sub("", " ".join(str(name.text_content()).split())),
        "date": dated[0] if dated else None,
        "title": " ".join(str(titles[0].text_content()).split()) if titles else None,
        "text": "\n\n".join(lines) or None,
        "author": author,
        "section": section,
    }


def _lines_after(box: HtmlElement, titles: list[HtmlElement]) -> list[str]:
    """Give the paragraphs from the title to the rights."""
    title = " ".join(str(titles[0].text_content()).split()) if titles else ""
    lines = lines_in(box)
    begins = lines.index(title) + 1 if title in lines else 0
    kept = lines[begins:]
    ends = [at for at, line in enumerate(kept) if _END.match(line)]
    return kept[: ends[0]] if ends else kept
