"""Words: those of many texts as integers, and where they stand in their texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from framelens.annotate.word_codes import Words, words_of
from framelens.annotate.words import word_offsets

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

    Whole = npt.NDArray[np.int64]

PIECE = 1_000_000
"""Words that are numbered anew at a time: there may be very many."""


def folded_words(texts: pd.Series[str]) -> Words:
    """Take texts apart into words that are the same in capitals and small letters.

    >>> import pandas as pd
    >>> folded_words(pd.Series(["The U.S. and us", "us US"])).code.tolist()
    [1, 2, 0, 2, 2, 2]
    """
    words = words_of(texts)
    folded = [name.casefold() for name in words.names]
    rank = {name: number for number, name in enumerate(sorted(set(folded)))}
    number = np.array([rank[name] for name in folded], np.int32)
    for first in range(0, len(words.code), PIECE):
        piece = words.code[first : first + PIECE]
        piece[:] = number[piece]
    return Words(list(rank), words.code, words.edges)


def word_places(texts: pd.Series[str], text: Whole, word: Whole) -> tuple[Whole, Whole]:
    """Give where words start and end.

    Of each word that is looked for, `text` is the number of its text, and `word` its
    number in the text, from 0, as `framelens.annotate.words` counts.

    >>> import pandas as pd
    >>> texts = pd.Series(["Talks end.", "The U.S.-led talks"])
    >>> word_places(texts, np.array([1, 0]), np.array([2, 1]))
    (array([9, 6]), array([12, 9]))
    """
    places = np.zeros((len(text), 2), np.int64)
    order = np.argsort(text, kind="stable")
    wanted, begins = np.unique(text[order], return_index=True)
    parts = np.split(order, begins[1:])
    for row, mine in zip(wanted.tolist(), parts, strict=False):
        places[mine] = np.array(word_offsets(texts.iloc[row]))[word[mine]]
    return places[:, 0], places[:, 1]
