"""Languages: articles for which the voices were not made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from framelens._wording import counted
from framelens.annotate.words import word_offsets
from framelens.show.text import is_missing

if TYPE_CHECKING:
    import pandas as pd

ENGLISH = frozenset(
    "the of to and a that is was for on with as by at from it he she they said has "  # noqa: SIM905
    "have had be are were not his her their its this which who".split()
)
"""Words that make up about three in ten of an English text, and few of any other."""

LEAST = 0.12
"""A text with a smaller share of them is taken for another language: English has about
twice as much, other languages far less than half."""

SHORTEST = 20
"""Words. A shorter text does not show its language."""


def language_note(articles: pd.DataFrame) -> str | None:
    """Say how many articles are not in English, if any is.

    Parameters
    ----------
    articles : DataFrame
        ``text``, and ``language`` where it is known.

    Returns
    -------
    str or None
        Voices, speakers and everything that rests on them are made for English.

    Examples
    --------
    >>> import pandas as pd
    >>> print(language_note(pd.DataFrame({"text": ["Eins zwei drei vier. " * 6]})))
    1 article is not in English: voices and speakers are made for English, and reported
    speech in it counts as the outlet's own voice.
    """
    languages = (
        articles["language"].tolist()
        if "language" in articles.columns
        else [None] * len(articles)
    )
    texts = articles["text"].tolist()
    foreign = sum(
        not _is_english(text, language)
        for text, language in zip(texts, languages, strict=True)
    )
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
    if not is_missing(language):
        return str(language).lower().startswith("en")
    whole = str(text)[:20_000]
    words = [whole[start:end].lower() for start, end in word_offsets(whole)]
    if len(words) < SHORTEST:
        return True
    return sum(word in ENGLISH for word in words) >= LEAST * len(words)
