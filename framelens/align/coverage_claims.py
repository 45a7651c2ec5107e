"""Claims: paragraphs of several outlets that are lined up with each other."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from framelens.align.coverage_matrix import (
    ABSENT,
    CELL_COLUMNS,
    PRESENT,
    UNCERTAIN,
    CoverageMatrix,
)
from framelens.align.coverage_result import COUNTERPART, ONLY_HERE
from framelens.align.coverage_result import UNCERTAIN as NOT_SURE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from framelens.align.coverage_places import Place, Places
    from framelens.align.coverage_result import Coverage

    Claim = list[Place]

_CELL_OF = {COUNTERPART: PRESENT, NOT_SURE: UNCERTAIN, ONLY_HERE: ABSENT}
_RANK = {PRESENT: 2, UNCERTAIN: 1, ABSENT: 0}


class Near(NamedTuple):
    """What comes nearest to a unit in one other article."""

    place: Place
    score: float
    status: str


Nearest = dict[tuple["Place", str], Near]


def matrix_of(coverage: Coverage) -> CoverageMatrix:
    """Line the claims of each event up across its outlets.

    Two units are one claim if each is the other's nearest and both have a counterpart
    in it. The nearest pairs are joined first; a claim holds one unit of an article at
    most, and none that is "only here" as against the article of another in it.

    Parameters
    ----------
    coverage : Coverage

    Returns
    -------
    CoverageMatrix
        Each unit is in one claim. The order of articles does not matter.
    """
    table, places = coverage.table, coverage.places
    near = _nearest(table)
    units: dict[str, list[Place]] = defaultdict(list)
    for unit in dict.fromkeys(unit for unit, _ in near):
        units[unit[0]].append(unit)
    named = {
        one: f"article {one}" if pd.isna(outlet) else str(outlet)
        for one, outlet in places.outlets.items()
        if one in units
    }
    about = coverage.articles.set_index("article")["event"].to_dict()
    events = {one: None if pd.isna(about[one]) else str(about[one]) for one in units}
    outlets: dict[Any, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for article in units:
        outlets[events[article]][named[article]].add(article)
    best: dict[Place, float] = {}
    for (unit, _), nearest in near.items():
        best[unit] = max(nearest.score, best.get(unit, nearest.score))
    found = []
    for claim in _claims(_links(near, units), near, units):
        event = events[claim[0][0]]
        found.append((event, claim, _cells(claim, near, best, outlets[event])))
    found.sort(key=lambda one: (str(one[0]), -_told(one[2]), sorted(one[1])))
    rows = [
        _row(event, f"c{number}", outlet, cell, places)
        for number, (event, _, cells) in enumerate(found, start=1)
        for outlet, cell in cells
    ]
    whole = dict.fromkeys(("start", "end"), "int64")
    cells = pd.DataFrame(rows, columns=CELL_COLUMNS).astype(whole)
    return CoverageMatrix(cells, coverage.left_out)


def _nearest(table: pd.DataFrame) -> Nearest:
    names = ["article", "start", "end"]
    columns = [*names, *(f"counterpart_{one}" for one in names), "score", "status"]
    lists = (table[name].tolist() for name in columns)
    return {
        ((a, start, end), b): Near((b, first, last), score, status)
        for a, start, end, b, first, last, score, status in zip(*lists, strict=True)
    }


def _links(
    near: Nearest, units: dict[str, list[Place]]
) -> Iterable[tuple[Place, Place]]:
    """Give the pairs of units of which each is the other's nearest, best first."""
    reach = {
        (unit, other): _unit_at(found.place, units[other])
        for (unit, other), found in near.items()
        if found.status == COUNTERPART
    }
    scored = [
        (round(near[one, other[0]].score + near[other, one[0]].score, 6), one, other)
        for (one, _), other in reach.items()
        if one < other and reach.get((other, one[0])) == one
    ]
    scored.sort(key=lambda it: (-it[0], it[1], it[2]))
    return [(one, other) for _, one, other in scored]


def _unit_at(place: Place, units: list[Place]) -> Place:
    """Give the unit that has most of a passage, the first of several."""
    _, start, end = place
    return max(units, key=lambda one: (min(end, one[2]) - max(start, one[1]), -one[1]))


def _claims(
    links: Iterable[tuple[Place, Place]], near: Nearest, units: dict[str, list[Place]]
) -> list[Claim]:
    claim_of = {unit: [unit] for mine in units.values() for unit in mine}
    for one, other in links:
        left, right = claim_of[one], claim_of[other]
        if left is not right and _go_together(left, right, near):
            left += right
            claim_of.update(dict.fromkeys(right, left))
    return list({id(claim): claim for claim in claim_of.values()}.values())


def _go_together(left: Claim, right: Claim, near: Nearest) -> bool:
    for one in left:
        for other in right:
            both = near.get((one, other[0])), near.get((other, one[0]))
            if one[0] == other[0] or any(it and it.status == ONLY_HERE for it in both):
                return False
    return True


Cell = tuple[str, Near]


def _cells(
    claim: Claim,
    near: Nearest,
    best: dict[Place, float],
    outlets: dict[str, set[str]],
) -> list[Cell]:
    """Give, for every outlet of the event, what it has of a claim."""
    return [
        (outlet, _cell(claim, near, best, articles))
        for outlet, articles in sorted(outlets.items())
    ]


def _cell(
    claim: Claim, near: Nearest, best: dict[Place, float], articles: set[str]
) -> Near:
    """Give an outlet's own unit of a claim, else what comes nearest to the claim."""
    own = [Near(unit, best[unit], PRESENT) for unit in claim if unit[0] in articles]
    theirs = [
        Near(found.place, found.score, _CELL_OF[found.status])
        for unit in claim
        for article in articles
        if (found := near.get((unit, article)))
    ]
    return max(own or theirs, key=lambda one: (_RANK[one.status], one.score, one.place))


def _told(cells: list[Cell]) -> int:
    return sum(cell.status == PRESENT for _, cell in cells)


def _row(
    event: str | None, claim: str, outlet: str, cell: Near, places: Places
) -> tuple[Any, ...]:
    article, _, voice, start, end, text = places.side(cell.place)
    counts = places.words_by_voice(cell.place)
    by_voice = "; ".join(f"{name} {counts[name]}" for name in sorted(counts))
    passage = article, voice, by_voice, start, end, text
    return event, claim, outlet, cell.status, *passage, cell.score
