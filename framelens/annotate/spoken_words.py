"""Spoken words: every word of a text with the voice that it stands in."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from framelens.annotate.words import word_offsets

if TYPE_CHECKING:
    import pandas as pd

LEFT_OUT = "furniture"
"""The voice that no count contains: datelines, captions, licence lines."""


def spoken_words(text: str, voices: pd.DataFrame) -> list[tuple[int, int, str]]:
    """Give start, end and voice of every word that is counted.

    Parameters
    ----------
    text : str
    voices : DataFrame
        ``start, end, voice`` of this text, without overlap, in any order.

    Returns
    -------
    list of (start, end, voice)
        In order. A word belongs to the voice in which it starts; furniture is left
        out, as is what stands in no voice.

    Examples
    --------
    >>> import pandas as pd
    >>> voices = pd.DataFrame({"start": [0, 6], "end": [6, 9],
    ...                        "voice": ["furniture", "rest"]})
    >>> spoken_words("AFP – Yes", voices)
    [(6, 9, 'rest')]
    """
    ordered = voices.sort_values("start")
    begins, ends = ordered["start"].tolist(), ordered["end"].tolist()
    names = ordered["voice"].tolist()
    found = []
    for start, end in word_offsets(text):
        place = bisect_right(begins, start) - 1
        if place >= 0 and start < ends[place] and names[place] != LEFT_OUT:
            found.append((start, end, names[place]))
    return found
