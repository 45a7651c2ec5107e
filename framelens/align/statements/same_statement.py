"""The same statement: when the words that two articles share are enough."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from framelens.align.statements.asides import has_cue
from framelens.align.statements.sources import speaks_beside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from framelens.align.statements.printed_words import PrintedWords
    from framelens.align.statements.word_alignment import Link

FUNCTION, NAME = 0.25, 0.3
"""What a shared function word, and a shared name, is worth; a content word that
both articles print once is worth 1."""

ENOUGH = 2.2
"""Worth from which shared words are the same statement, with `RARE` rare words."""

ENOUGH_REPORTED = 3.5
"""The same where neither article has any of the words in quotation marks."""

RARE, RARE_WORTH = 2, 0.45
"""Shared rare words that make a statement, and from what worth a word is rare."""

LONG_ROW = 6
"""Same words in an unbroken row that make a statement without rare ones."""

DENSE = 0.5
"""Share, by worth, that has to be shared of the words from the first shared one to the
last, with the quoted sentences around them, in the printing that has less of them. An
indirect report that keeps one quoted word has few: so it is found."""

ALIKE, ENOUGH_ALIKE = 0.75, 3.8
"""Where less than this share is shared in both printings, each says much that the other
does not: then this worth is asked for. So "the museum lends nineteen masks to schools"
is not the same as "the museum returns the nineteen masks because of a receipt"."""

WHOLE, MUCH = 0.6, 4.0
"""Where one side has nothing in quotation marks: the share of the quoted sentence that
has to be shared; or worth from which `DENSE` is enough."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles that are compared."""

    a: PrintedWords
    b: PrintedWords
    worth: Callable[[int, int], float]

    @classmethod
    def of(cls, a: PrintedWords, b: PrintedWords) -> Pair:
        """Weigh the words of two articles: what both print often says little."""
        ours, theirs = a.counts, b.counts

        def worth(i: int, j: int) -> float:
            if not a.content[i] or not b.content[j]:
                return 0.0 if a.aside[i] or b.aside[j] else FUNCTION
            if a.name[i] or b.name[j]:
                return NAME
            often = max(ours[a.forms[i]], theirs[b.forms[j]])
            return max(FUNCTION, 1.0 / math.sqrt(often))

        return cls(a, b, worth)

    def swapped(self) -> Pair:
        """Give the same with the sides exchanged."""
        return Pair(self.b, self.a, lambda i, j: self.worth(j, i))


def worth_of(run: Iterable[Link]) -> float:
    """Give what links are worth together."""
    return sum(one.worth for one in run)


def is_same_statement(pair: Pair, run: list[Link]) -> bool:
    """Whether shared words are the same statement."""
    if not run:
        return False
    if _same_units(pair, run):
        return True
    worth = worth_of(run)
    rare = [one for one in run if one.worth >= RARE_WORTH]
    row = _longest(run)
    enough = ENOUGH if _any_quoted(pair, run) else ENOUGH_REPORTED
    if worth < enough or (len(rare) < RARE and row < LONG_ROW):
        return False
    quoted = any(_is_quoted(pair, one) for one in run)
    whole, dense = _covered(pair, run, marked=_any_quoted(pair, run))
    alike = dense if quoted else _covered(pair, run, marked=False)[1]
    if alike < ALIKE and worth < ENOUGH_ALIKE:
        return False
    if not _any_quoted(pair, run) and not _both_report(pair, run):
        return False
    if quoted:
        return dense >= DENSE or row >= LONG_ROW
    return whole >= WHOLE or (dense >= DENSE and worth >= MUCH)


def _is_quoted(pair: Pair, one: Link) -> bool:
    return bool(pair.a.quotation[one.first] >= 0 and pair.b.quotation[one.second] >= 0)


def _any_quoted(pair: Pair, run: list[Link]) -> bool:
    return any(
        pair.a.quotation[one.first] >= 0 or pair.b.quotation[one.second] >= 0
        for one in run
    )


def _both_report(pair: Pair, run: list[Link]) -> bool:
    """Whether both articles report the words, as an attribution or a cue beside tells.

    So that narration that two articles share is no statement where an attribution
    errs in one of them.
    """
    return _reports(pair.a, [one.first for one in run]) and _reports(
        pair.b, [one.second for one in run]
    )


def _reports(side: PrintedWords, places: list[int]) -> bool:
    if 2 * sum(side.unsaid[place] for place in places) > len(places):
        return False
    if 2 * sum(side.unit[place] >= 0 for place in places) > len(places):
        return True
    sentence = side.sentence == side.sentence[places[0]]
    first, last = np.flatnonzero(sentence)[[0, -1]].tolist()
    beside = [*range(first, places[0]), *range(places[-1] + 1, last + 1)]
    return any(
        speaks_beside(side.text, int(side.starts[place]), int(side.ends[place]))
        for place in beside
        if has_cue(side, place, place + 1)
    )


def _longest(run: list[Link]) -> int:
    """Count the longest row of same words."""
    longest = here = 0
    before: Link | None = None
    for one in run:
        follows = (
            before is not None
            and one.first == before.first + 1
            and one.second == before.second + 1
        )
        here = (here if follows else 0) + 1 if one.same else 0
        longest, before = max(longest, here), one
    return longest


def _same_units(pair: Pair, run: list[Link]) -> bool:
    """Whether the run is one whole quoted sentence in both, word for word."""
    units = int(pair.a.unit[run[0].first]), int(pair.b.unit[run[0].second])
    if not _is_quoted(pair, run[0]) or len(run) < 2 or not all(one.same for one in run):
        return False
    if not any(pair.a.text[pair.a.starts[one.first]].islower() for one in run):
        return False  # a title or a slogan
    bounds = pair.a.bounds[units[0]], pair.b.bounds[units[1]]
    return all(last - first == len(run) for first, last in bounds)


def _covered(pair: Pair, run: list[Link], *, marked: bool) -> tuple[float, float]:
    """Give the share, by worth, of the quoted sentences, and of the run's own words.

    Of both sides the one with less to share counts. If `marked`, then of a reported
    clause that is partly in quotation marks, the words in them count as its quoted
    sentence.
    """
    whole, dense = [], []
    for side, places in (
        (pair.a, [one.first for one in run]),
        (pair.b, [one.second for one in run]),
    ):
        kept = side.quotation if marked else side.unit
        units = {int(side.unit[place]) for place in places if kept[place] >= 0}
        inside = {
            place
            for unit in units
            for place in range(*side.bounds[unit])
            if kept[place] >= 0
        }
        hull = {
            place
            for place in range(min(places), max(places) + 1)
            if not side.aside[place]
        }
        if units:
            whole.append(_total(side, inside | hull))
        dense.append(_total(side, inside | hull))
    worth = worth_of(run)
    return worth / min(whole, default=worth), worth / min(dense)


def _total(side: PrintedWords, places: set[int]) -> float:
    """Give what all these words would be worth, if they were shared."""
    worths = [
        FUNCTION if not side.content[place] else NAME if side.name[place] else 1.0
        for place in places
    ]
    return max(sum(worths), FUNCTION)
