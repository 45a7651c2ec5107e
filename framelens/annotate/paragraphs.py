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


def paragraphs(articles: pd.DataFrame) -> pd.DataFrame:
    r"""Mark every paragraph, without the white space around it.

    >>> import pandas as pd
    >>> text = "He told local\n\nmedia so.\nThen he left."
    >>> articles = pd.DataFrame({"article": ["a"], "text": [text]})
    >>> paragraphs(articles)[["start", "end", "annotation"]].values.tolist()
    [[0, 24, 'a:p1'], [25, 38, 'a:p2']]
    """
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
    for start, end in _lines(text):
        if found and _same_sentence(text, found[-1][1], start):
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


PARAGRAPHS = Layer("paragraphs", tuple(SPAN_COLUMNS), paragraphs)
