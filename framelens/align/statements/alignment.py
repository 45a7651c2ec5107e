"""Word alignment: which words of one stretch of text stand for which of another."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from framelens.align.statements.english import kin

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from framelens.align.statements.printed_words import PrintedWords

MOST_PAIRS = 6_000
"""Pairs of words looked at. In a longer or more repetitive stretch the words that
make most pairs are left out of the alignment, and so count as different."""

LONGEST_GAP = 120
"""Words of the first sequence that a gap may skip."""

KIN = 0.5
"""What a form of the same word is worth, against the same form."""

OPENING, STEP = 0.2, 0.06
"""What a gap in the shared words costs, and each word in it."""

FUNCTION, NAME = 0.25, 0.3
"""What a shared function word, and a shared name, is worth; a content word that
both articles print once is worth 1."""


@dataclass(frozen=True, slots=True)
class Link:
    """One word standing for another: their places, and what that is worth."""

    first: int
    second: int
    worth: float
    same: bool  # the same form, not only a form of the same word


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


def align(
    first: Sequence[str],
    second: Sequence[str],
    *,
    worth: Callable[[int, int], float],
    opening: float,
    step: float,
    free: tuple[Sequence[bool], Sequence[bool]] | None = None,
) -> list[Link]:
    """Find the best chain of words that two sequences share in the same order.

    A local alignment with affine gaps (Smith & Waterman 1981) over the pairs of words
    that are alike only. A pair adds its `worth`, one of kindred forms half; a gap costs
    `opening`, and each word skipped in it `step`, unless it is `free`.

    >>> chain = align("we do not want it".split(), "they did not want that".split(),
    ...               worth=lambda i, j: 1.0, opening=0.2, step=0.1)
    >>> [(link.first, link.second, link.same) for link in chain]
    [(0, 0, False), (1, 1, False), (2, 2, True), (3, 3, True)]
    """
    pairs = [pair for pair in _pairs(first, second) if worth(*pair[:2]) > 0]
    if not pairs:
        return []
    gains = np.array([worth(i, j) * (1.0 if same else KIN) for i, j, same in pairs])
    left, right = np.array([(i, j) for i, j, _ in pairs]).T
    skipped = free or ([False] * len(first), [False] * len(second))
    ours, theirs = (  # what it costs to skip all words before each place
        np.append(0.0, np.cumsum(np.where(costless, 0.0, step))) for costless in skipped
    )
    best, back = _chain(left, right, gains, opening, ours, theirs)
    place = int(np.argmax(best))
    chain = []
    while place >= 0:
        i, j, same = pairs[place]
        chain.append(Link(i, j, float(gains[place]), same))
        place = int(back[place])
    return chain[::-1]


def _pairs(first: Sequence[str], second: Sequence[str]) -> list[tuple[int, int, bool]]:
    """Give the places that hold the same word or a form of it, in order."""
    ours, theirs = _places(first), _places(second)
    shared = sorted(
        ours.keys() & theirs.keys(),
        key=lambda form: (len(ours[form]) * len(theirs[form]), form),
    )
    pairs: list[tuple[int, int, bool]] = []
    for form in shared:
        if len(pairs) + len(ours[form]) * len(theirs[form]) > MOST_PAIRS:
            break
        pairs += [
            (i, j, first[i] == second[j]) for i in ours[form] for j in theirs[form]
        ]
    return sorted(pairs)


def _places(forms: Sequence[str]) -> dict[str, list[int]]:
    """Give where the forms of each word stand."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, form in enumerate(forms):
        places[kin(form)].append(place)
    return places


def _chain(
    left: npt.NDArray[np.int64],
    right: npt.NDArray[np.int64],
    gains: npt.NDArray[np.float64],
    opening: float,
    ours: npt.NDArray[np.float64],
    theirs: npt.NDArray[np.float64],
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64]]:
    """Give the worth of the best chain that ends in each pair, and the pair before."""
    best = gains.copy()
    back = np.full(len(gains), -1, dtype=np.int64)
    lows = np.searchsorted(left, left - LONGEST_GAP).tolist()
    highs = np.searchsorted(left, left).tolist()
    until = ours[left] + theirs[right]  # what all words before each pair cost
    through = ours[left + 1] + theirs[right + 1]
    for place, (low, high) in enumerate(zip(lows, highs, strict=True)):
        before = low + np.flatnonzero(right[low:high] < right[place])
        if not len(before):
            continue
        gap = (left[before] + 1 < left[place]) | (right[before] + 1 < right[place])
        chained = best[before] - (until[place] - through[before]) - opening * gap
        top = int(np.argmax(chained))
        if chained[top] > 0:
            best[place] += chained[top]
            back[place] = before[top]
    return best, back
