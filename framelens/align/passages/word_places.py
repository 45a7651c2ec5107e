"""Word places: where the words of a given number stand in their texts.

The texts are cut at spaces, with polars; the token pattern is only asked how many words
each different piece has, and where they stand in the pieces that are looked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from framelens.annotate.word_codes import different, series_of
from framelens.annotate.words import WORD, word_offsets

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd
    import polars as pl

    Whole = npt.NDArray[np.int64]

BATCH = 2_000
"""Texts that are taken apart at a time."""


def word_places(texts: pd.Series[str], text: Whole, word: Whole) -> tuple[Whole, Whole]:
    """Give where words start and end.

    Parameters
    ----------
    texts : Series of str
    text : array of int
        The number of the text of each word that is looked for.
    word : array of int
        Its number in the text, from 0, as `framelens.annotate.words` counts.

    Returns
    -------
    tuple of array
        Start and end, in code points.

    Examples
    --------
    >>> import pandas as pd
    >>> texts = pd.Series(["Talks end.", "The U.S.-led talks"])
    >>> word_places(texts, np.array([1, 0]), np.array([2, 1]))
    (array([9, 6]), array([12, 9]))
    """
    start, end = np.zeros(len(text), np.int64), np.zeros(len(text), np.int64)
    order = np.argsort(text, kind="stable")
    wanted, back = np.unique(text[order], return_inverse=True)
    for first in range(0, len(wanted), BATCH):
        low, high = np.searchsorted(back, [first, first + BATCH])
        mine = order[low:high]
        held = texts.take(wanted[first : first + BATCH]).tolist()
        start[mine], end[mine] = _in_batch(held, back[low:high] - first, word[mine])
    return start, end


def _in_batch(texts: list[str], text: Whole, word: Whole) -> tuple[Whole, Whole]:
    split = series_of(texts).str.replace_all("\n", " ", literal=True).str.split(" ")
    pieces = split.explode()
    words = _words_in(pieces)
    past = np.cumsum(words)
    ends = np.cumsum(pieces.str.len_chars().to_numpy().astype(np.int64) + 1)
    last = np.cumsum(split.list.len().to_numpy(), dtype=np.int64)
    first = np.append(0, last[:-1])
    before = np.append(0, past)[first[text]] + word  # words before it, in the batch
    piece = np.searchsorted(past, before, side="right")
    nth = before - (past - words)[piece]
    begins = np.append(0, ends)
    at = begins[piece] - begins[first[text]]
    spans = np.array(
        [
            word_offsets(one)[number]
            for one, number in zip(
                pieces.gather(piece).to_list(), nth.tolist(), strict=True
            )
        ]
    )
    return at + spans[:, 0], at + spans[:, 1]


def _words_in(pieces: pl.Series) -> Whole:
    """Count the words of each piece; each different one is read once."""
    texts, place = different(pieces)
    counts: Whole = np.array([len(WORD.findall(text)) for text in texts], np.int64)
    return counts[place]
