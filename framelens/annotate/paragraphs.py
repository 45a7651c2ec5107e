"""Paragraphs: lines of text, mended where a break falls inside a sentence."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from framelens._layers import Layer
from framelens.annotate.spans import SPAN_COLUMNS, each_text, spans_frame

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_ENDS = re.compile(r"[.!?…:;)\]\"”»’'*]\Z")

_BLANK = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_NARROW, _WIDE = 50, 100
"""Characters. Programs wrap text between these widths; longer lines are paragraphs."""

_FULL, _MOST = 0.75, 0.8
"""The share of the width that a line fills that was wrapped, and of such lines."""


def paragraphs(articles: pd.DataFrame) -> pd.DataFrame:
    """Mark every paragraph, without the white space around it."""
    rows = (
        (article, start, end, f"{article}:p{number}")
        for article, text in each_text(articles)
        for number, (start, end) in enumerate(paragraph_offsets(text), start=1)
    )
    return spans_frame(rows, layer="paragraph", role="paragraph")


def paragraph_offsets(text: str) -> list[tuple[int, int]]:
    r"""Give the start and end of every paragraph of `text`.

    >>> paragraph_offsets("One.\n\nTwo.")
    [(0, 4), (6, 10)]
    """
    return list(_in_text(text))


@lru_cache(maxsize=16)  # several layers ask for the paragraphs of the same article
def _in_text(text: str) -> tuple[tuple[int, int], ...]:
    found: list[tuple[int, int]] = []
    width = _wrapped_at(text)
    for start, end in _lines(text):
        if found and (
            _same_sentence(text, found[-1][1], start)
            or (width and _wrapped(text, found[-1][1], start, width))
        ):
            start = found.pop()[0]
        found.append((start, end))
    return tuple(found)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Give the non-empty lines of `text`, without the white space around them."""
    for match in _LINE.finditer(text):
        line = match.group()
        left = match.start() + len(line) - len(line.lstrip())
        right = match.start() + len(line.rstrip())
        if right > left:
            yield left, right


def _same_sentence(text: str, end: int, start: int) -> bool:
    """Whether the line that ends at `end` carries on at `start`."""
    return text[start].islower() and not _ENDS.search(text[end - 1 : end])


def _wrapped_at(text: str) -> int:
    """Give the width at which a program wrapped the lines of `text`; 0 if none did.

    Lines are then of like length, blank ones part paragraphs, and many a line that is
    followed by another stops inside a sentence.
    """
    text = text.strip().replace("\r\n", "\n")
    blocks = [block.split("\n") for block in _BLANK.split(text)]
    broken = [line.rstrip() for block in blocks for line in block[:-1]]
    width = max(len(line.rstrip()) for block in blocks for line in block)
    if not broken or not _NARROW <= width <= _WIDE:
        return 0
    full = sum(len(line) >= _FULL * width for line in broken)
    inside = sum(not _ENDS.search(line) for line in broken)
    return width if min(full, inside * 2) >= _MOST * len(broken) else 0


def _wrapped(text: str, end: int, start: int, width: int) -> bool:
    """Whether only the width of the page parted two lines of a wrapped text."""
    between = text[end:start].replace("\r\n", "\n")
    begin = text.rfind("\n", 0, end) + 1
    return between.count("\n") == 1 and end - begin >= _FULL * width


PARAGRAPHS = Layer("paragraphs", tuple(SPAN_COLUMNS), paragraphs)
