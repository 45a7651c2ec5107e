"""Words for numbers, in captions and notes."""

from __future__ import annotations


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """Give a number with its noun: "1 article", "1,300 words", "0 replies"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
