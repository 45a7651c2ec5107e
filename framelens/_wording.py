"""Words for numbers, in captions and notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


BETWEEN_SPEAKERS = "; "
"""What stands between the speakers of a joint source, and between forms of a name."""


GENRES = {
    "report": ("report", "reports"),
    "comment": ("comment piece", "comment pieces"),
    "editorial": ("editorial", "editorials"),
    "analysis": ("analysis", "analyses"),
    "interview": ("interview", "interviews"),
    "": ("article", "articles"),
}
"""What one and several articles of each genre are called; "" where it is missing."""


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """Give a number with its noun: "1 article", "1,300 words", "0 replies"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def listed(names: Iterable[object]) -> str:
    """Name the first five, in alphabetical order, and say how many more there are."""
    every = sorted(map(str, names))
    return ", ".join(every[:5]) + (f" and {len(every) - 5} more" if every[5:] else "")


def harmless(value: object) -> object:
    """Put a sign before a cell that a spreadsheet would run as a formula.

    Examples
    --------
    >>> harmless("=1+1"), harmless(-1), harmless("plain")
    ("'=1+1", -1, 'plain')
    """
    live = isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r")
    return f"'{value}" if live else value
