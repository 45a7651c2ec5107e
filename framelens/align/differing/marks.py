"""Marks: places in a text with what they come to, and the words around them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from framelens.align.statements.english import FUNCTION_WORDS

TOKEN = re.compile(
    r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"  # 2,000.5 and 2000.5
    r"|[^\W\d_]+(?:['’][^\W\d_]+)*"  # words; didn't
    r"|[^\w\s]"
)
"""A number in figures, a word, or a sign."""

_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’»)]*\s+|\s*\n\s*")
_ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|No|Gen|Sen|Rep|Gov|Prof)|\b[A-Z])\.$"
)
_STEM = 5
_SHORTEST = 3


SHARED_STEMS = 3
"""Telling words that two sentences must share, to be held together."""

SHARED_PART = 0.4
"""And their part of the shorter sentence's."""

Stretch = tuple[int, int]

_IRREGULAR = (
    "break broke broken, bring brought, build built, buy bought, catch caught, "
    "choose chose chosen, fall fell fallen, find found, flee fled, fly flew flown, "
    "give gave given, hold held, hurt, keep kept, lead led, leave left, lose lost, "
    "meet met, pay paid, rise rose risen, run ran, sell sold, send sent, shoot shot, "
    "speak spoke spoken, spend spent, stand stood, steal stole stolen, strike struck, "
    "swear swore sworn, teach taught, win won, write wrote written, withdraw withdrew"
)
_BASE = {
    form: group.split()[0] for group in _IRREGULAR.split(",") for form in group.split()
}
"""Forms that no cut to five letters brings together, our own small list."""


class Mark(NamedTuple):
    """A place in a text, and what it comes to.

    Attributes
    ----------
    start, end : int
    value : str
        Normalised: "12" for *a dozen*, "16:30" for *4.30 p.m.*
    """

    start: int
    end: int
    value: str


class Token(NamedTuple):
    """A number in figures, a word, or a sign."""

    start: int
    end: int
    text: str

    @property
    def low(self) -> str:
        """In lower case, with a straight apostrophe."""
        return self.text.lower().replace("’", "'")


def tokens_of(text: str) -> list[Token]:
    """Cut a text into tokens.

    Examples
    --------
    >>> [token.text for token in tokens_of("It didn’t cost $2,500.")]
    ['It', 'didn’t', 'cost', '$', '2,500', '.']
    """
    return [Token(*match.span(), match[0]) for match in TOKEN.finditer(text)]


def sentences_of(text: str) -> list[tuple[int, int]]:
    """Cut a text into sentences at full stops and line ends, roughly.

    Examples
    --------
    >>> sentences_of("It broke. “Why?” asked Mr. Orr. Nobody knew.")
    [(0, 9), (10, 31), (32, 44)]
    """
    edges = [0]
    for match in _SENTENCE_END.finditer(text):
        ended = _ABBREVIATED.search(text, 0, match.start())
        goes_on = text[match.end() : match.end() + 1].islower()
        if "\n" in match[0] or not (ended or goes_on):
            edges += [match.start() + len(match[0].rstrip()), match.end()]
    edges.append(len(text))
    both = zip(edges[::2], edges[1::2], strict=True)
    return [(start, end) for start, end in both if end > start]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Give the first five letters of a word that says something, or nothing.

    Examples
    --------
    >>> stem("flooded"), stem("Floods’"), stem("broke"), stem("which")
    ('flood', 'flood', 'break', '')
    """
    low = word.lower().replace("’", "'").removesuffix("'s").strip("'")
    if len(low) < _SHORTEST or low in FUNCTION_WORDS:
        return ""
    return _BASE.get(low, low)[:_STEM]


def stems_of(text: str) -> frozenset[str]:
    """Give the stems of a text's words that say something."""
    return frozenset(stem(one.text) for one in tokens_of(text)) - {""}


def held_together(one: str, other: str) -> list[tuple[Stretch, Stretch]]:
    """Pair the sentences of two passages that are worded alike.

    Two sentences are a pair if each shares most telling words with the other, of all
    sentences there, and these are three at least, and two in five of the shorter's.

    Examples
    --------
    >>> held_together("He sang. The Reddin dam broke on Monday.",
    ...               "The old dam at Reddin broke at night. Nobody sang.")
    [((9, 40), (0, 37))]
    """
    here, there = (
        [(span, stems_of(text[slice(*span)])) for span in sentences_of(text)]
        for text in (one, other)
    )
    alike = {
        (i, j): (len(a & b), len(a & b) / min(len(a), len(b)))
        for i, (_, a) in enumerate(here)
        for j, (_, b) in enumerate(there)
        if len(a & b) >= SHARED_STEMS
    }
    return [
        (here[i][0], there[j][0])
        for (i, j), both in alike.items()
        if both[1] >= SHARED_PART
        and all(both >= rival for (k, m), rival in alike.items() if k == i or m == j)
    ]
