"""Stretches: how far a statement reaches in an article, beyond the words shared."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from framelens.align.statements.asides import without_asides
from framelens.align.statements.function_words import HEARERS
from framelens.align.statements.reporting_verbs import lemma_of
from framelens.align.statements.sources import PRONOUNS
from framelens.annotate.cues import cue_of

if TYPE_CHECKING:
    from framelens.align.statements.printed_words import PrintedWords

LONGEST_LEAD, LONGEST_TAIL, MISSED = 8, 15, 3
"""Words of a clause taken in before and behind the shared ones, up to its edge; and
where an attribution says that it begins or ends near there: it may err by so much."""

_STOPS = re.compile(r"[.,!?…]+")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A statement's part in one article: runs of words, last one not included."""

    words: PrintedWords
    runs: tuple[tuple[int, int], ...]

    @property
    def places(self) -> list[int]:
        """All its words, in order."""
        return [place for first, last in self.runs for place in range(first, last)]

    @property
    def offsets(self) -> list[tuple[int, int]]:
        """Start and end of its pieces in the text, with the marks at their edges."""
        return [_offsets(self.words, first, last) for first, last in self.runs]

    def voice(self, run: tuple[int, int]) -> str:
        """Tell whether a piece stands in quotation marks, or is known as a report."""
        inside = self.words.quotation[slice(*run)] >= 0
        if inside.any():
            return "direct" if inside.all() else "both"
        told = self.words.unit[slice(*run)] >= 0
        return "indirect" if told.any() else "rest"


def stretch(words: PrintedWords, shared: list[tuple[int, float]]) -> Stretch:
    """Give the whole stretch that holds the shared words.

    Quoted sentences are taken whole, words outside marks to the edges of their
    clause; what only says who speaks is left out.

    Parameters
    ----------
    words : PrintedWords
    shared : list of (place, worth)
        The words linked to the other article.

    Returns
    -------
    Stretch
    """
    covered = _covered(words, shared)
    covered |= _filled(words, sorted(covered))
    covered |= _lead(words, min(covered)) | _tail(words, max(covered))
    return Stretch(words, tuple(rows(sorted(covered))))


def _covered(words: PrintedWords, shared: list[tuple[int, float]]) -> set[int]:
    """Give the shared words, and every quoted sentence that holds enough of them."""
    worth: dict[int, float] = defaultdict(float)
    for place, one in shared:
        worth[int(words.unit[place])] += one
    covered = {place for place, _ in shared if words.unit[place] < 0}
    for unit, sum_of in worth.items():
        inside = [place for place in range(len(words)) if words.unit[place] == unit]
        if unit >= 0 and (
            sum_of >= 0.5 or sum_of >= 0.25 * len(inside) or len(inside) == 1
        ):
            covered.update(inside)
    return covered or {place for place, _ in shared}


def _filled(words: PrintedWords, covered: list[int]) -> set[int]:
    """Give what stands between the parts, without the cues."""
    return {
        place
        for before, behind in pairwise(covered)
        if behind > before + 1
        for first, last in without_asides(words, before + 1, behind)
        for place in range(first, last)
    }


def _lead(words: PrintedWords, first: int) -> set[int]:
    """Give the beginning of the reported clause before `first`."""
    if words.quotation[first] >= 0:
        return set()
    place, longest = first, MISSED if words.unit[first] >= 0 else LONGEST_LEAD
    while place > 0 and first - place <= longest:
        before = place - 1
        edge = (
            words.sentence[before] != words.sentence[place]
            or words.unit[before] >= 0
            or words.pause(before)
            or words.handing_over[before]
            or words.forms[before] == "that"
            or _hands_over(words, before)
        )
        if edge:
            told = words.forms[before] == "told" and words.forms[place] in HEARERS
            return set(range(place + told, first))
        place = before
    return set(range(first)) if place == 0 else set()


def _hands_over(words: PrintedWords, place: int) -> bool:
    """Whether a word is a reporting verb, or a rarer one right behind its subject."""
    form = words.forms[place]
    if cue_of(form) is not None:
        return True
    behind = place > 0 and (words.name[place - 1] or words.forms[place - 1] in PRONOUNS)
    return bool(behind) and form.endswith("ed") and lemma_of(form) is not None


def _tail(words: PrintedWords, last: int) -> set[int]:
    """Give the end of the reported clause behind `last`."""
    if words.quotation[last] >= 0:
        return set()
    place, longest = last, MISSED if words.unit[last] >= 0 else LONGEST_TAIL
    while place + 1 < len(words) and place - last <= longest:
        behind = place + 1
        if (
            words.sentence[behind] != words.sentence[place]
            or words.unit[behind] >= 0
            or words.handing_over[behind]
            or words.pause(place)
        ):
            return set(range(last + 1, behind))
        place = behind
    return set(range(last + 1, place + 1)) if place + 1 == len(words) else set()


def rows(places: list[int]) -> list[tuple[int, int]]:
    """Join neighbours into rows."""
    rows: list[tuple[int, int]] = []
    for place in places:
        if rows and rows[-1][1] == place:
            rows[-1] = (rows[-1][0], place + 1)
        else:
            rows.append((place, place + 1))
    return rows


def _offsets(words: PrintedWords, first: int, last: int) -> tuple[int, int]:
    start, end = int(words.starts[first]), int(words.ends[last - 1])
    opening, closing = int(words.quotation[first]), int(words.quotation[last - 1])
    if opening >= 0 and (first == 0 or words.quotation[first - 1] != opening):
        start = min(start, words.spans[opening][0])
    if closing >= 0:
        if last == len(words) or words.quotation[last] != closing:
            return start, max(end, words.spans[closing][1])
        stops = _STOPS.match(words.text, end)
        end = stops.end() if stops else end
    return start, end
