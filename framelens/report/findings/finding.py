"""A finding: one plain sentence with its numbers, strength and evidence."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pandas as pd

    from framelens.corpus import Corpus
    from framelens.report.pair import Pair
    from framelens.report.workings import Workings

TO_READ, TESTED, CORRECTED = "to read", "tested", "corrected"
"""What a finding rests on: sentences anyone can read; a test that allows for
everything looked at; the same with the machine's error taken out by codes."""

STRENGTHS = (CORRECTED, TESTED, TO_READ)
"""The strongest first."""

FIRST = 7
"""Findings that a reader is shown first."""

MOST_OF_A_THEME = 2
"""Findings of one theme among the first, so that no theme hides the others."""


@dataclass(frozen=True, eq=False)
class Finding:
    """One thing that these articles show.

    Attributes
    ----------
    theme : str
        What it is about, as a heading: "Who is heard".
    sentence : str
        The finding, with its numbers: outlets first, no verdict.
    basis : str
        What it rests on, and how often such a finding is wrong.
    strength : {"to read", "tested", "corrected"}
    size : float
        How large it is, from 0 to 1: a difference of shares, or the share of the
        compared words that it is about.
    certainty : float
        The share of such findings that are right where that was measured; of a tested
        one, 1 less p for everything looked at.
    surprise : float
        From 0 to 1: how seldom chance alone gives as much in these articles.
    about : str
        Whom or what it is about, where several findings may say the same of it; of
        these only one is among the first.
    find : function
        Gives ``article, start, end, text``: the places to read.
    """

    theme: str
    sentence: str
    basis: str
    strength: str
    size: float
    certainty: float
    surprise: float
    find: Callable[[], pd.DataFrame] = field(repr=False)
    about: str = ""

    @property
    def score(self) -> float:
        """What ranks it among others of its strength and theme."""
        return self.size * self.certainty * self.surprise


@dataclass(frozen=True, eq=False)
class Compared:
    """What findings are looked for in: the compared articles, and their two outlets."""

    corpus: Corpus
    pair: Pair
    workings: Workings


def ranked(found: Sequence[Finding]) -> list[Finding]:
    """Put findings in order: the first seven of several themes, then all others.

    Within a theme the strongest come first, then the largest score. Themes take turns,
    the theme of the strongest finding first; of one theme no more than two are among
    the first seven, of findings about the same one only the first.
    """
    rest = sorted(found, key=_order)
    first: list[Finding] = []
    taken: Counter[str] = Counter()
    said: set[str] = set()
    for turn in range(1, MOST_OF_A_THEME + 1):
        for one in rest:
            again = one in first or (one.about and one.about in said)
            if taken[one.theme] < turn and not again and len(first) < FIRST:
                first.append(one)
                taken[one.theme] += 1
                said.add(one.about)
    first.sort(key=_order)
    return [*first, *(one for one in rest if one not in first)]


def _order(finding: Finding) -> tuple[int, float, str]:
    """Strength, then score, then the sentence, so that the order never changes."""
    return STRENGTHS.index(finding.strength), -finding.score, finding.sentence
