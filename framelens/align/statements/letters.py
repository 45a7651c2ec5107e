"""Letters: articles in another script, for which nothing here was made."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

LATIN_SHARE = 0.5
"""Under this share of Latin letters an article is called one in other letters."""

_LETTER = re.compile(r"[^\W\d_]")
_LATIN = re.compile("[A-Za-zªºÀ-ÖØ-öø-ɏḀ-ỿ]")


def other_letters(texts: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Say which articles are mostly in other letters than Latin ones.

    Parameters
    ----------
    texts : iterable of (article, text)

    Returns
    -------
    tuple of str
        One note, or none.

    Examples
    --------
    >>> other_letters([("a", "The dam held."), ("b", "انهار السد يوم الاثنين")])
    ('Made for English: article b is mostly in other letters.',)
    """
    found = sorted(str(name) for name, text in texts if _is_other(text))
    if not found:
        return ()
    names = ", ".join(found[:5])
    names += f" and {len(found) - 5} more" if found[5:] else ""
    what, verb = ("article", "is") if len(found) == 1 else ("articles", "are")
    return (f"Made for English: {what} {names} {verb} mostly in other letters.",)


def _is_other(text: str) -> bool:
    letters = len(_LETTER.findall(text))
    return bool(letters) and len(_LATIN.findall(text)) < LATIN_SHARE * letters
