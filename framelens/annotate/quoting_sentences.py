"""The sentences of an article as they run around its quotations."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from framelens.annotate.cues import cue_of
from framelens.annotate.fallbacks import cue_with_source
from framelens.annotate.paragraphs import paragraph_offsets

if TYPE_CHECKING:
    from framelens.annotate.tokens import Tokens


FARTHEST = 60
"""Tokens. What is farther from a quotation than this is not looked at."""

_TAIL = 14  # tokens within which "A." X said. must name its verb
_LEAD = 20  # tokens in which X said, must name who
_ENDS = re.compile(r"[.!?…][\"”’')\]]*\Z")
_ASKS = re.compile(r"[!?][\"”’')\]]*\Z")


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation: its tokens (`last` is the first one behind it) and its words."""

    first: int
    last: int
    inner: str


class QuotingSentences:
    """An article cut into sentences, each quotation inside the one that quotes it.

    A quotation that ends with a full stop ends the sentence around it too, unless
    what follows only says who spoke and nobody is named before it. Full stops inside
    quotations end nothing.

    Attributes
    ----------
    number : list of int
        The sentence of every token, from 0.
    paragraph : list of int
        The paragraph of every token, from 0.
    """

    def __init__(self, tokens: Tokens, quotations: list[Quoted]) -> None:
        self.tokens = tokens
        self.quotations = quotations
        self._quotation = [-1] * len(tokens)
        for number, one in enumerate(quotations):
            for token in range(one.first, one.last):
                self._quotation[token] = number
        self.paragraph = _paragraphs(tokens)
        self.number: list[int] = []
        for token in range(len(tokens)):
            ended = token > 0 and self._ends(token - 1)
            self.number.append(self.number[-1] + ended if token else 0)

    def outside(self, token: int) -> bool:
        """Whether a token stands outside every quotation."""
        return self._quotation[token] < 0

    def around(self, quotation: Quoted) -> tuple[list[int], list[int]]:
        """Give the tokens of its sentence before and behind it, in order.

        Tokens of other quotations are left out, and so is a side without words.
        """
        if quotation.first >= quotation.last:
            return [], []
        first = max(0, quotation.first - FARTHEST)
        last = min(len(self.number), quotation.last + FARTHEST)
        here, there = self.number[quotation.first], self.number[quotation.last - 1]
        before = self._side(range(first, quotation.first), here)
        return before, self._side(range(quotation.last, last), there)

    def before(self, quotation: Quoted) -> list[int]:
        """Give the tokens of the sentence that ends where a quotation begins."""
        behind = quotation.first - 1
        if behind < 0 or not self.outside(behind):
            return []
        first = max(0, quotation.first - FARTHEST)
        return self._side(range(first, quotation.first), self.number[behind])

    def _side(self, span: range, number: int) -> list[int]:
        side = [one for one in span if self.number[one] == number and self.outside(one)]
        words = self.tokens.words
        return side if any(words[one][:1].isalnum() for one in side) else []

    def _ends(self, token: int) -> bool:
        """Whether a sentence of the article itself ends behind `token`."""
        words, behind = self.tokens.words, token + 1
        if self.paragraph[token] != self.paragraph[behind]:
            return True
        here, there = self._quotation[token], self._quotation[behind]
        if here < 0:
            return self.tokens.tags[token] == "." and words[token] not in ("…", "...")
        inner = self.quotations[here].inner
        if here == there or not _ENDS.search(inner) or words[behind] in ",;:.":
            return False
        if there >= 0:
            return True
        if words[behind][:1].islower():
            return False
        if self._named_before(self.quotations[here]):
            return True
        return not self._says_who(behind, asks=_ASKS.search(inner) is not None)

    def _named_before(self, quotation: Quoted) -> bool:
        """Whether X said: or X said, stands right before a quotation.

        Called while `number` is being filled; it holds what stands before.
        """
        tokens, last = self.tokens, quotation.first - 1
        if last < 0 or not self.outside(last):
            return False
        here, first = self.number[quotation.first], max(0, last - _LEAD)
        lead = [
            one
            for one in range(last, first - 1, -1)
            if self.number[one] == here and self.outside(one)
        ]
        cues = [
            one
            for one in lead
            if tokens.tags[one].startswith("VB") and cue_of(tokens.words[one])
        ]
        if not cues or (tokens.words[last] not in ":," and cues[0] != last):
            return False
        return any(
            found is not None and found.head is not None and found.head in lead
            for found in (cue_with_source(tokens, one) for one in cues)
        )

    def _says_who(self, token: int, *, asks: bool) -> bool:
        """Whether what begins at `token` is only a speaker and a cue.

        Behind a question or an exclamation more may follow the cue.
        """
        words, tags = self.tokens.words, self.tokens.tags
        for place in range(token, min(len(words), token + _TAIL)):
            if not self.outside(place) or tags[place] in (".", ":"):
                return False
            if cue_of(words[place]) and tags[place].startswith("V"):
                rest = range(place + 1, min(len(words), place + 4))
                if any(words[one].lower() == "that" for one in rest):
                    return False
                if any(not self.outside(one) for one in rest):
                    return words[place + 1] == "."
                return (
                    asks or place == token or words[rest[0]] in ".,;" if rest else True
                )
        return False


def _paragraphs(tokens: Tokens) -> list[int]:
    """Give the paragraph of every token."""
    numbers, place = [], 0
    bounds = paragraph_offsets(tokens.text)
    for start in tokens.starts:
        while place + 1 < len(bounds) and bounds[place][1] <= start:
            place += 1
        numbers.append(place)
    return numbers
