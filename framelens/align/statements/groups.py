"""Statement groups: the printings of one statement in two or more articles."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from framelens._wording import counted
from framelens.align.statements.matching import OPENING, STEP
from framelens.align.statements.same_statement import FUNCTION, Pair
from framelens.align.statements.stretches import Stretch, rows, stretch
from framelens.align.statements.word_alignment import align

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence


Runs = tuple[tuple[int, int], ...]

MOST_PAIRED = 30
"""Printings of a statement of which every two are held against each other. Where there
are more, each is held against the fullest one."""


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


def without(group: Group, names: set[str]) -> Group:
    """Leave out the pairs, not the parts, of these articles."""
    return Group(
        group.parts,
        tuple(
            pair
            for pair in group.pairs
            if not {pair.a.words.article, pair.b.words.article} & names
        ),
    )


def grouped(shared: Sequence[Shared]) -> list[Group]:
    """Put printings together that share at least half of the shorter one's words.

    Parameters
    ----------
    shared : sequence of Shared

    Returns
    -------
    list of Group
        In the order of their first article and place.
    """
    parent = list(range(len(shared)))
    by_article: dict[str, dict[Runs, list[int]]] = defaultdict(dict)
    for number, one in enumerate(shared):
        for side in (one.a, one.b):
            alike = by_article[side.words.article].setdefault(side.runs, [])
            alike.append(number)
    for parts in by_article.values():
        for alike in parts.values():
            for other in alike[1:]:
                _unite(parent, alike[0], other)
        _unite_overlapping(parent, {runs: alike[0] for runs, alike in parts.items()})
    members: dict[int, list[Shared]] = defaultdict(list)
    for number, one in enumerate(shared):
        members[_root(parent, number)].append(one)
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
    """Add the pairs of printings that were not found directly.

    Parameters
    ----------
    group : Group
    apart : function of two names of articles
        Whether they are compared.
    references : collection of str
        Names of references: each stays paired with what was held against it.

    Returns
    -------
    Group
        With a pair for any two of its parts that are compared and share a content
        word, or, of more than `MOST_PAIRED`, for each and the fullest. What one pair
        shows to belong to a sentence belongs to it in all.
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
        "printing is held against the fullest one only.",
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
    return Shared(
        stretch(one.words, [(ours[link.first], link.worth) for link in links]),
        stretch(other.words, [(theirs[link.second], link.worth) for link in links]),
    )


def _unite_overlapping(parent: list[int], parts: dict[Runs, int]) -> None:
    """Unite what shares places of one article, if it is half of the shorter one."""
    held = {runs: _places(runs) for runs in parts}
    at: dict[int, list[Runs]] = defaultdict(list)
    for runs, places in held.items():
        beside = Counter(other for place in places for other in at[place])
        for other, common in beside.items():
            if 2 * common >= min(len(places), len(held[other])):
                _unite(parent, parts[runs], parts[other])
        for place in places:
            at[place].append(runs)


def _places(runs: Runs) -> set[int]:
    return {place for first, last in runs for place in range(first, last)}


def _root(parent: list[int], number: int) -> int:
    while parent[number] != number:
        parent[number] = parent[parent[number]]
        number = parent[number]
    return number


def _unite(parent: list[int], one: int, other: int) -> None:
    parent[_root(parent, one)] = _root(parent, other)


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
