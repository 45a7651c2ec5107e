"""Interviews: paragraphs that a label gives to who speaks them, without marks."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import takewhile
from typing import TYPE_CHECKING

from framelens.annotate.marks import Stretch
from framelens.annotate.paragraphs import paragraph_offsets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from framelens.annotate.pipeline import Tokens

FEWEST = 3
"""Labelled paragraphs of an interview; fewer may be a list or a headline."""

LABEL = "label"
"""The mark of a stretch that a label opens, beside those of quotation marks."""

_LONGEST = 6  # words of a label that names who speaks
_DESK = ["from", "the", "desk", "of"]
_LABEL = re.compile(
    r"(?P<who>[QA]|[A-Z][A-Z.’'-]+(?: [A-Z][A-Z.’'-]*){0,4})(?: \([^()\n]{2,40}\))?:\s+"
)
_QUESTION, _ANSWER = "Q", "A"


def answers(text: str) -> list[Stretch]:
    r"""Give what is said in an interview: answers, or all that names are printed to.

    Questions under *Q:* are the outlet's own.

    >>> told = "Q: Is it safe?\n\nA: It is.\n\nQ: Why?\n\nA: We looked."
    >>> [told[one.start : one.end] for one in answers(told)]
    ['It is.', 'We looked.']
    """
    labelled = list(_labelled(text)) if ":" in text else []
    who = {label for label, _, _ in labelled}
    if len(labelled) < FEWEST or len(who) == 1:
        return []
    asked = _QUESTION in who
    return [
        Stretch(start, end, start, end, 0, LABEL)
        for label, start, end in labelled
        if (label == _ANSWER if asked else label != _ANSWER)
    ]


def _labelled(text: str) -> Iterator[tuple[str, int, int]]:
    for start, end in paragraph_offsets(text):
        label = _LABEL.match(text, start, end)
        if label and label.end() < end:
            yield label["who"], label.end(), end


def labelled(
    tokens: Tokens, paragraph: Sequence[int], first: int
) -> tuple[int, int] | tuple[()] | None:
    """Give the tokens that name who speaks what begins at `first`, by its label.

    ADA BELL: names her; *A:* is who is named in full before an interview begins, or
    nobody (an empty tuple). None where there is no label. `paragraph`: of each token.
    """
    colon = first - 1
    if colon < 1 or tokens.words[colon] not in (":", "):"):
        return None
    start = bisect_left(paragraph, paragraph[colon])
    words = takewhile(lambda word: word != "(", tokens.words[start:colon])
    label = [word for word in words if word[:1].isalpha()]
    if label == [_ANSWER]:
        return _interviewed(tokens, start)
    if not label or len(label) > _LONGEST or not "".join(label).isupper():
        return None
    return start, start + len(label) - 1


def _interviewed(tokens: Tokens, end: int) -> tuple[int, int] | tuple[()]:
    """Find the one person who is named in full before an interview begins."""
    words = tokens.words
    end = next((place for place in range(end) if words[place] == _QUESTION), end)
    named = [place for place in range(end) if tokens.entities[place] == "PERSON"]
    lasts = [one for one in named if one + 1 not in named and one - 1 in named]
    if len({words[one] for one in lasts}) != 1:
        return ()
    first = last = lasts[0]
    while first - 1 in named:
        first -= 1
    return first, last


def whose_desk(tokens: Tokens, before: Sequence[int]) -> tuple[int, int] | None:
    """Read *From the desk of Ada Bell, the mayor.* in the tokens of a sentence."""
    if [tokens.words[one].lower() for one in before[: len(_DESK)]] != _DESK:
        return None
    rest = before[len(_DESK) :]
    named = list(takewhile(lambda one: tokens.tags[one] == "NNP", rest))
    return (named[0], named[-1]) if named else None
