"""English: function words, forms of one word, and texts in other letters."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from framelens._lists import read_list, words_of
from framelens._wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterable

FUNCTION_WORDS = words_of("function_words")
"""Words too common to tell one statement from another."""

_KIN_OF: dict[str, str] = {
    form: line.split()[0]
    for line in read_list("kindred_forms")["words"]
    for form in line.split()
}

LATIN_SHARE = 0.5
"""Under this share of Latin letters an article is called one in other letters."""

_LETTER = re.compile(r"[^\W\d_]")
_LATIN = re.compile("[A-Za-zªºÀ-ÖØ-öø-ɏḀ-ỿ]")


@lru_cache(maxsize=65_536)
def kin(form: str) -> str:
    """Give what the forms of one word have in common, roughly.

    >>> [kin(word) for word in ("carried", "carries", "was", "they", "drones")]
    ['carri', 'carri', 'am', 'i', 'dron']
    """
    listed = _KIN_OF.get(form)
    if listed is not None:
        return listed
    for ending in ("ings", "ing", "ied", "ies", "ed", "es", "s", "y", "e"):
        if form.endswith(ending) and len(form) - len(ending) >= 3:
            stem = form[: -len(ending)]
            if ending in ("ied", "ies", "y"):
                return stem + "i"
            if ending in ("ing", "ings", "ed") and stem[-1] == stem[-2]:
                stem = stem[:-1]
            return stem.rstrip("e") if ending == "es" else stem
    return form


def other_letters(texts: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Say in a note which articles are mostly in other letters than Latin ones."""
    articles = [name for name, text in texts if _is_other(text)]
    if not articles:
        return ()
    what, verb = ("article", "is") if len(articles) == 1 else ("articles", "are")
    names = listed(articles)
    return (f"Made for English: {what} {names} {verb} mostly in other letters.",)


def _is_other(text: str) -> bool:
    """Whether less than half of the letters are Latin ones."""
    letters = len(_LETTER.findall(text))
    return bool(letters) and len(_LATIN.findall(text)) < LATIN_SHARE * letters
