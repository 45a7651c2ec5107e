"""Printings: how far a statement reaches in an article, and which belong together."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_array

from framelens._wording import counted
from framelens.align.statements.alignment import (
    FUNCTION,
    OPENING,
    STEP,
    Pair,
    align,
)
from framelens.align.statements.printed_words import HEARERS, without_asides

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from framelens.align.statements.alignment import Link
    from framelens.align.statements.printed_words import PrintedWords

Runs = tuple[tuple[int, int], ...]
"""First and last word, not included, of each piece."""

MOST_PAIRED = 30
"""Printings of a statement of which every two are held against each other. Where there
are more, each is held against the fullest one."""

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
        reported = self.words.unit[slice(*run)] >= 0
        return "indirect" if reported.any() else "own"


def stretch(words: PrintedWords, shared: list[tuple[int, float]]) -> Stretch:
    """Give the stretch that holds the shared words, to the edges of their clauses."""
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
    for unit, shared_worth in worth.items():
        inside = range(*words.bounds[unit]) if unit >= 0 else range(0)
        if shared_worth >= min(0.5, 0.25 * len(inside)) or len(inside) == 1:
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
            or words.cue[before]
            or words.forms[before] == "that"
        )
        if edge:
            told = words.forms[before] == "told" and words.forms[place] in HEARERS
            return set(range(place + told, first))
        place = before
    return set(range(first)) if place == 0 else set()


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
    """Give where a piece starts and ends, with the marks and stops at its edges."""
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


@dataclass(frozen=True, slots=True)
class Shared:
    """One statement as two articles print it."""

    a: Stretch
    b: Stretch


@dataclass(frozen=True, slots=True)
class Group:
    """One statement: its part in each article, and its printings two by two."""

    parts: tuple[Stretch, ...]
    pairs: tuple[Shared, ...]


def shared_of(a: PrintedWords, b: PrintedWords, run: Sequence[Link]) -> Shared:
    """Give what two articles share, from the links of their words."""
    return Shared(
        stretch(a, [(link.first, link.worth) for link in run]),
        stretch(b, [(link.second, link.worth) for link in run]),
    )


def grouped(shared: Sequence[Shared]) -> list[Group]:
    """Put printings together that share at least half of the shorter one's words.

    In the order of their first article and place.
    """
    by_article: dict[str, dict[Runs, int]] = defaultdict(dict)
    links: list[tuple[int, int]] = []
    for number, one in enumerate(shared):
        for side in (one.a, one.b):
            first = by_article[side.words.article].setdefault(side.runs, number)
            links.append((first, number))
    for parts in by_article.values():
        links += _overlapping(parts)
    members: dict[int, list[Shared]] = defaultdict(list)
    for label, one in zip(_joined(links, len(shared)), shared, strict=True):
        members[label].append(one)
    groups = [Group(_parts(pairs), tuple(pairs)) for pairs in members.values()]
    return sorted(
        groups,
        key=lambda group: [(part.words.article, part.runs) for part in group.parts],
    )


def completed(
    group: Group,
    apart: Callable[[str, str], bool],
    *,
    references: Collection[str] = (),
) -> Group:
    """Add the pairs of printings that are compared (`apart`) and were not found.

    What one pair shows to belong to a sentence belongs to it in all.
    """
    known: dict[frozenset[str], list[Shared]] = defaultdict(list)
    for pair in group.pairs:
        known[frozenset((pair.a.words.article, pair.b.words.article))].append(pair)
    held = (some for names, some in known.items() if names & set(references))
    pairs = [pair for some in held for pair in some]
    for one, other in _paired(
        [it for it in group.parts if it.words.article not in references]
    ):
        names = one.words.article, other.words.article
        found = known.get(frozenset(names), [])
        if not found and apart(*names):
            aligned = _aligned(one, other)
            found = [] if aligned is None else [aligned]
        pairs += found
    parts = {part.words.article: part for part in group.parts}
    widened = (
        Shared(*(_widened(side, parts[side.words.article]) for side in (one.a, one.b)))
        for one in pairs
    )
    unlike = {_key(pair): pair for pair in widened}
    return Group(group.parts, tuple(unlike[key] for key in sorted(unlike)))


def of_many(groups: Iterable[Group]) -> tuple[str, ...]:
    """Say in a note where not every two printings were held against each other."""
    many = sum(len(group.parts) > MOST_PAIRED for group in groups)
    if not many:
        return ()
    return (
        f"Of {counted(many, 'statement')} with more than {MOST_PAIRED} printings, each "
        "printing is compared with the fullest one only.",
    )


def _key(pair: Shared) -> tuple[str, str, Runs, Runs]:
    return pair.a.words.article, pair.b.words.article, pair.a.runs, pair.b.runs


def _paired(parts: list[Stretch]) -> Iterable[tuple[Stretch, Stretch]]:
    """Give every two printings; of many, each and the one with most words."""
    if len(parts) <= MOST_PAIRED:
        return combinations(parts, 2)
    fullest = max(parts, key=lambda part: len(part.places))
    return ((one, fullest) for one in parts if one is not fullest)


def _widened(side: Stretch, part: Stretch) -> Stretch:
    """Add what another pair of printings shows to belong to these sentences."""
    words, places = side.words, side.places
    sentences = {int(words.sentence[place]) for place in places}
    more = {place for place in part.places if int(words.sentence[place]) in sentences}
    return Stretch(words, tuple(rows(sorted(more | set(places)))))


def _aligned(one: Stretch, other: Stretch) -> Shared | None:
    """Align two parts of a group; which of them is named first does not matter."""
    if (one.words.text, one.runs) > (other.words.text, other.runs):
        turned = _aligned(other, one)
        return None if turned is None else Shared(turned.b, turned.a)
    ours, theirs = one.places, other.places
    pair = Pair.of(one.words, other.words)
    links = align(
        [one.words.forms[place] for place in ours],
        [other.words.forms[place] for place in theirs],
        worth=lambda i, j: pair.worth(ours[i], theirs[j]),
        opening=OPENING,
        step=STEP,
    )
    if not any(link.worth > FUNCTION for link in links):
        return None
    run = [replace(x, first=ours[x.first], second=theirs[x.second]) for x in links]
    return shared_of(one.words, other.words, run)


def _overlapping(parts: dict[Runs, int]) -> Iterator[tuple[int, int]]:
    """Pair what shares places of one article, if it is half of the shorter one."""
    held = {runs: _places(runs) for runs in parts}
    at: dict[int, list[Runs]] = defaultdict(list)
    for runs, places in held.items():
        beside = Counter(other for place in places for other in at[place])
        for other, common in beside.items():
            if 2 * common >= min(len(places), len(held[other])):
                yield parts[runs], parts[other]
        for place in places:
            at[place].append(runs)


def _places(runs: Runs) -> set[int]:
    return {place for first, last in runs for place in range(first, last)}


def _joined(links: list[tuple[int, int]], size: int) -> list[int]:
    """Give what is linked, directly or through others, the same number."""
    from scipy.sparse.csgraph import connected_components

    if not links:
        return []
    edges = coo_array((np.ones(len(links)), np.array(links).T), shape=(size, size))
    labels: list[int] = connected_components(edges, directed=False)[1].tolist()
    return labels


def _parts(pairs: Iterable[Shared]) -> tuple[Stretch, ...]:
    """Give each article's part of a group, in the order of the articles' names."""
    places: dict[str, set[int]] = defaultdict(set)
    words = {}
    for pair in pairs:
        for side in (pair.a, pair.b):
            places[side.words.article].update(side.places)
            words[side.words.article] = side.words
    return tuple(
        Stretch(words[article], tuple(rows(sorted(places[article]))))
        for article in sorted(places)
    )
