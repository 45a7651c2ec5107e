"""Folded words: many texts as integers, capitals and small letters alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framelens.annotate.word_codes import Reader, Words
from framelens.read import articles_of

if TYPE_CHECKING:
    from pathlib import Path

BATCH = 10_000
"""Articles that are read at a time."""

PIECE = 1_000_000
"""Words that are numbered anew at a time."""


def with_texts_held(articles: pd.DataFrame | str | Path) -> pd.DataFrame:
    """Check articles at the door; their texts stay as they are held.

    Returns
    -------
    DataFrame
        As `framelens.read.articles_of` gives it. Texts that Arrow holds are not turned
        into Python strings, which would take as much memory again.
    """
    if not isinstance(articles, pd.DataFrame) or not _held_by_arrow(articles):
        return articles_of(articles)
    table = articles_of(articles.assign(text=""))
    return table.assign(text=articles["text"].array)


def _held_by_arrow(articles: pd.DataFrame) -> bool:
    if not articles.columns.is_unique or not {"article", "text"} <= set(articles):
        return False
    texts = articles["text"]
    return isinstance(texts.dtype, pd.StringDtype) and not texts.isna().any()


def folded_words(texts: pd.Series[str]) -> Words:
    """Take texts apart into words that are the same in capitals and small letters.

    Examples
    --------
    >>> folded_words(pd.Series(["The U.S. and us", "us US"])).code.tolist()
    [1, 2, 0, 2, 2, 2]
    """
    reader = Reader()
    for first in range(0, len(texts), BATCH):
        reader.take(texts.iloc[first : first + BATCH])
    words = reader.words()
    names = [name.casefold() for name in words.names]
    known = {name: number for number, name in enumerate(sorted(set(names)))}
    number = np.array([known[name] for name in names], np.int32)
    for first in range(0, len(words.code), PIECE):  # in place: there may be many
        piece = words.code[first : first + PIECE]
        piece[:] = number[piece]
    return Words(list(known), words.code, words.edges)
