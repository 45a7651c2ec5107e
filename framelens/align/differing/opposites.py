"""Opposites: negations, and words of which each says what the other denies."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from framelens.align.differing.marks import Mark, Token, stem
from framelens.align.differing.marks import tokens_of as cut
from framelens.align.differing.numbers import SPELLED
from framelens.annotate import cue_class
from framelens.annotate.cues import cue_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_NEGATING = "not no never without cannot neither nor none nobody nothing"
_DENYING = "deny denies denied denying denial denials"
NEGATIONS = frozenset(_NEGATING.split() + _DENYING.split())
"""Words that negate, and those of denying; *n't* counts too."""

OPPOSITES = (
    ("confirm*", "deny denies denied denying denial*"),
    ("accept*", "reject* refuse refuses refused refusing refusal*"),
    ("approv*", "reject* veto* block blocks blocked"),
    ("allow* permit permits permitted", "ban bans banned forbid* forbade prohibit*"),
    ("guilty convicted conviction*", "innocent innocence acquit* cleared"),
    ("win wins won winner* victory victor", "lose loses lost loser* defeat*"),
    ("rise rises rose risen rising increas* grew grow grows grown growing",
     "fall falls fell fallen falling decreas* drop drops dropped declin* shrank"),
    ("legal legally lawful*", "illegal* unlawful*"),
    ("legitimate legitimately legitimacy", "illegitima*"),
    ("true truth", "false falsely untrue"),
    ("succeed* success*", "fail fails failed failing failure*"),
    ("support supports supported supporting backs backed", "oppos*"),
    ("agree agrees agreed agreeing", "disagree*"),
    ("alive survive survives survived surviving", "dead died dies killed"),
    ("safe safely", "unsafe dangerous"),
    ("peaceful*", "violent* violence"),
    ("deliberate deliberately intentional*", "accidental* unintentional*"),
    ("arrest arrests arrested detained", "released freed"),
    ("upheld uphold*", "overturn* quash*"),
    ("strengthen*", "weaken*"),
    ("likely", "unlikely"),
    ("possible", "impossible"),
    ("necessary", "unnecessary"),
    ("fair fairly", "unfair*"),
    ("majority", "minority"),
    ("ally allies", "enemy enemies"),
)  # fmt: skip
"""Pairs of opposite words, our own list; ``*`` stands for any ending."""

OPPOSED_CLASSES = (
    ("endorsing", "denying"), ("conceding", "denying"), ("supporting", "opposing"),
)  # fmt: skip
"""Classes of reporting verbs (`framelens.annotate.CUE_CLASSES`) that are opposed."""


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile("|".join(one.replace("*", ".*") for one in words.split()))


_POLES = [tuple(map(_pattern, pair)) for pair in OPPOSITES]
_NO_NEGATION = {"only", "just", "merely", "simply"}
_NEAR = 2
_NEGATED = 2


def negations(text: str) -> list[Mark]:
    """Find what negates.

    *Not only*, and *no.* before a number, do not.

    Examples
    --------
    >>> [mark.value for mark in negations("No. 3 didn’t break, not only once.")]
    ["n't"]
    """
    tokens = cut(text)
    return [mark for place in range(len(tokens)) for mark in _negation(tokens, place)]


def _negation(tokens: list[Token], place: int) -> Iterator[Mark]:
    token = tokens[place]
    if token.low.endswith("n't"):
        yield Mark(token.start, token.end, "n't")
        return
    after = [one.low for one in tokens[place + 1 : place + 3]]
    if token.low not in NEGATIONS or (after and after[0] in _NO_NEGATION):
        return
    number = len(after) == 2 and after[0] == "." and after[1][0].isdigit()
    if token.low == "no" and number:
        return
    yield Mark(token.start, token.end, token.low)


def negated_words(text: str, mark: Mark) -> frozenset[str]:
    """Give the stems of the two telling words behind a negation.

    Numbers and weekdays are passed over.

    Examples
    --------
    >>> sorted(negated_words("It did not really break again.", Mark(7, 10, "not")))
    ['break', 'reall']
    """
    behind = (one for one in cut(text[mark.end :]) if not _when_or_how_many(one.low))
    stems = (stem(one.text) for one in behind)
    return frozenset(islice((one for one in stems if one), _NEGATED))


def _when_or_how_many(word: str) -> bool:
    return word in SPELLED or word[0].isdecimal() or word.endswith("day")


def poles(text: str) -> dict[tuple[int, int], list[Mark]]:
    """Find words that have an opposite; one that is negated is left out.

    Returns
    -------
    dict
        The number of a pair, and 0 or 1 for its sides, to their marks. Pairs are
        numbered as in `OPPOSITES`, then `OPPOSED_CLASSES`.

    Examples
    --------
    >>> poles("She was not convicted; he was cleared.")
    {(4, 1): [Mark(start=30, end=37, value='cleared')]}
    """
    tokens = cut(text)
    found: dict[tuple[int, int], list[Mark]] = {}
    for place, token in enumerate(tokens):
        sides = _sides(token.low)
        if sides and not _negated(tokens, place):
            for side in sides:
                found.setdefault(side, []).append(
                    Mark(token.start, token.end, token.low)
                )
    return found


@lru_cache(maxsize=50_000)
def _sides(word: str) -> tuple[tuple[int, int], ...]:
    """Give the pairs that a word belongs to, and on which side."""
    if not word[0].isalpha():
        return ()
    found = [
        (pair, side)
        for pair, both in enumerate(_POLES)
        for side, pattern in enumerate(both)
        if pattern.fullmatch(word)
    ]
    force = cue_class(word) if cue_of(word) else None
    found += [
        (len(_POLES) + pair, side)
        for pair, both in enumerate(OPPOSED_CLASSES)
        for side, name in enumerate(both)
        if name == force
    ]
    return tuple(found)


def _negated(tokens: list[Token], place: int) -> bool:
    before = tokens[max(0, place - _NEAR) : place]
    return any(one.low in NEGATIONS or one.low.endswith("n't") for one in before)
