"""Words for numbers, in captions and notes."""

from __future__ import annotations


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """Give a number with its noun.

    >>> counted(1, "article"), counted(1300, "word"), counted(0, "reply", "replies")
    ('1 article', '1,300 words', '0 replies')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
