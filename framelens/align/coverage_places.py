"""Places in articles: their outlet, voice and text, each article read once."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING, Any

from framelens.annotate.spoken_words import spoken_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

Place = tuple[str, int, int]
"""An article, and where in it: start and end."""

SAID_OF = {
    "direct": "all in quotation marks",
    "indirect": "all reported in the outlet's words",
    "mixed": "in more than one voice",
}
"""What is said of the voice of a place; nothing where the outlet speaks alone."""


class Places:
    """Looks places up in articles.

    Parameters
    ----------
    articles : DataFrame
        ``article, outlet, text``.
    voices : DataFrame
        ``article, start, end, voice``.
    """

    def __init__(self, articles: pd.DataFrame, voices: pd.DataFrame) -> None:
        names = articles["article"].tolist()
        self.texts = dict(zip(names, articles["text"].tolist(), strict=True))
        self.outlets = dict(zip(names, articles["outlet"].tolist(), strict=True))
        self._voices = dict(tuple(voices.groupby("article", sort=False)))
        self._none = voices.iloc[:0]
        self._spoken: dict[str, list[tuple[int, int, str]]] = {}

    def side(self, place: Place) -> tuple[str, Any, str, int, int, str]:
        """Give ``article, outlet, voice, start, end, text`` of a place."""
        article, start, end = place
        text = self.texts[article][start:end]
        return article, self.outlets[article], self.voice(place), start, end, text

    def voice(self, place: Place) -> str:
        """Give the voice that all words of a place are in, or "mixed"."""
        return voice_of(self.words_by_voice(place).elements())

    def words_by_voice(self, place: Place) -> Counter[str]:
        """Count the words of a place in each voice."""
        article, start, end = place
        if article not in self._spoken:
            mine = self._voices.get(article, self._none)
            self._spoken[article] = spoken_words(self.texts[article], mine)
        spoken = self._spoken[article]
        first, last = (bisect_left(spoken, (edge, -1, "")) for edge in (start, end))
        return Counter(voice for _, _, voice in spoken[first:last])


def voice_of(voices: Iterable[str]) -> str:
    """Give the one voice that there is, or "mixed"."""
    found = Counter(voices)
    return next(iter(found)) if len(found) == 1 else "mixed"
