"""Statement groups: the printings of one statement in two or more articles."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from framelens.measure.statements.stretches import Stretch, rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


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
    sides = [side for one in shared for side in (one.a, one.b)]
    parent = list(range(len(shared)))
    by_article: dict[str, list[int]] = defaultdict(list)
    for number, side in enumerate(sides):
        for other in by_article[side.words.article]:
            if _overlap(side, sides[other]):
                _unite(parent, number // 2, other // 2)
        by_article[side.words.article].append(number)
    members: dict[int, list[Shared]] = defaultdict(list)
    for number, one in enumerate(shared):
        members[_root(parent, number)].append(one)
    groups = [Group(_parts(pairs), tuple(pairs)) for pairs in members.values()]
    return sorted(
        groups,
        key=lambda group: [(part.words.article, part.runs) for part in group.parts],
    )


def _overlap(one: Stretch, other: Stretch) -> bool:
    ours, theirs = set(one.places), set(other.places)
    return 2 * len(ours & theirs) >= min(len(ours), len(theirs))


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
