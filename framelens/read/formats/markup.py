"""Markup: parsed HTML, and the paragraphs in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LINE, _PART = "\ue000", "\ue001"
"""Characters of private use: where a line, and a paragraph, ends."""

_BLOCKS = ("p", "div", "tr", "li", "h1", "h2", "h3", "h4", "title", "hr")


def parsed(text: str) -> HtmlElement:
    """Parse a page, whatever it holds."""
    from lxml import html

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True)
    clean = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]", "", text)
    return html.document_fromstring(f"<div>{clean}</div>".encode(), parser=parser)


def chunks_in(element: HtmlElement) -> list[str]:
    """Give the paragraphs of an element in order; `br` parts lines inside them."""
    for mark in element.iter("br"):
        mark.tail = _LINE + (mark.tail or "")
    for block in element.iter(*_BLOCKS):
        block.text = _PART + (block.text or "")
        block.tail = _PART + (block.tail or "")
    chunks = (
        "\n".join(" ".join(line.split()) for line in chunk.split(_LINE)).strip()
        for chunk in str(element.text_content()).split(_PART)
    )
    return [chunk for chunk in chunks if chunk]


def lines_in(element: HtmlElement) -> list[str]:
    """Give the lines of an element: its paragraphs, parted at every `br`."""
    lines = (line for chunk in chunks_in(element) for line in chunk.split("\n"))
    return [line for line in lines if line]
