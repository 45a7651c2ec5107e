"""Wrapped lines: text that a program broke at a width, put together again."""

from __future__ import annotations

import re
from itertools import pairwise

_BLANK = re.compile(r"\r?\n[ \t\xa0]*(?:\r?\n[ \t\xa0]*)+")
_NARROW, _WIDE = 50, 100
"""Columns. Programs wrap text between these widths."""


def chunks_of(text: str) -> list[str]:
    """Part a text at its blank lines; the indent of a first line stays."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    return [chunk for chunk in _BLANK.split(text) if chunk.strip()]


def unwrapped(chunk: str) -> str:
    r"""Join the lines of a paragraph where only the width of the page parted them.

    A break after a short line, or before an indented one, was meant.

    >>> unwrapped("The mayor closed the bridge on Friday, after a flood\ndamaged it.")
    'The mayor closed the bridge on Friday, after a flood damaged it.'
    """
    lines = chunk.split("\n")
    if len(lines) == 1:
        return chunk
    joined = lines[0].rstrip()
    longest = max(map(len, lines))
    for before, line in pairwise(lines):
        word = len(line.split(maxsplit=1)[0]) if line.strip() else 0
        indented = line[:1].isspace() and not lines[0][:1].isspace()
        fits = len(before.rstrip()) + 1 + word <= min(longest, _WIDE)
        parted = indented or fits or longest > _WIDE
        joined += ("\n" if parted else " ") + line.strip()
    return joined
