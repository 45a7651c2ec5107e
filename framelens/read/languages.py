"""How many articles are in other languages than the one that is read here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from framelens._wording import counted
from framelens.read.aside import each
from framelens.read.cells import is_missing
from framelens.read.damage import language_of

if TYPE_CHECKING:
    import pandas as pd


def language_note(articles: pd.DataFrame) -> str | None:
    """Say how many articles are not in English, if any is."""
    stated = articles.reindex(columns=["language"])["language"]
    about = zip(each(articles["text"]), stated, strict=True)
    foreign = sum(not _is_english(text, language) for text, language in about)
    if not foreign:
        return None
    number = counted(foreign, "article")
    verb, them = ("is", "it") if foreign == 1 else ("are", "them")
    return (
        f"{number} {verb} not in English: voices and speakers are made for English, "
        f"and reported speech in {them} counts as the outlet's own voice."
    )


def _is_english(text: object, language: object) -> bool:
    """Whether a text is English, by what the source states or else by its words."""
    known = language_of(str(text)) if is_missing(language) else str(language)
    return known is None or known.lower().startswith("en")
