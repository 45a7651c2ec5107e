"""Sharing: the statements that two articles, or an article and a reference, share."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from framelens.align.statements.groups import Shared
from framelens.align.statements.matching import matches
from framelens.align.statements.same_statement import Pair
from framelens.align.statements.shared_wording import windows
from framelens.align.statements.stretches import stretch

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from framelens.align.statements.printed_words import PrintedWords
    from framelens.align.statements.shared_wording import Stratum, Window


def shared_by(
    printings: Sequence[PrintedWords],
    strata: Sequence[Stratum],
    hubs: Collection[int] = (),
) -> list[Shared]:
    """Find what every two articles that are compared share.

    Parameters
    ----------
    printings : sequence of PrintedWords
    strata : sequence of (event, outlet)
        Of each.
    hubs : collection of int
        Places in `printings` of references; if there are any, only they are compared
        with the others.

    Returns
    -------
    list of Shared
        In the order of the articles; two are aligned only where an index of rare
        pairs of words leads from one to the other.
    """
    of_event: dict[str, list[int]] = defaultdict(list)
    for number, (event, _) in enumerate(strata):
        of_event[event].append(number)
    return [
        one
        for members in of_event.values()
        if len(members) > 1
        for one in _of_one_event(printings, strata, members, set(hubs))
    ]


def _of_one_event(
    printings: Sequence[PrintedWords],
    strata: Sequence[Stratum],
    members: Sequence[int],
    hubs: Collection[int],
) -> Iterator[Shared]:
    """Find what the articles of one event share: an index is held for no longer."""
    some = [printings[number] for number in members]
    inside = [place for place, number in enumerate(members) if number in hubs]
    if hubs and not inside:
        return
    places = windows(some, [strata[number] for number in members], inside)
    for i, j in sorted({(min(pair), max(pair)) for pair in places}):
        yield from _between(
            some[i], some[j], places.get((i, j), []), places.get((j, i), [])
        )


def _between(
    a: PrintedWords, b: PrintedWords, from_a: list[Window], from_b: list[Window]
) -> list[Shared]:
    """Find what two articles share; which of them is named first does not matter."""
    if a.text > b.text:
        return [Shared(one.b, one.a) for one in _between(b, a, from_b, from_a)]
    return [
        Shared(
            stretch(a, [(link.first, link.worth) for link in run]),
            stretch(b, [(link.second, link.worth) for link in run]),
        )
        for run in matches(Pair.of(a, b), from_a, from_b)
    ]


def shared_with(
    printings: Sequence[PrintedWords],
    strata: Sequence[Stratum],
    references: Sequence[PrintedWords],
    events: Sequence[str],
) -> list[Shared]:
    """Find what each article shares with a reference, the article's part first.

    Parameters
    ----------
    printings : sequence of PrintedWords
    strata : sequence of (event, outlet)
        Of each article.
    references : sequence of PrintedWords
    events : sequence of str
        Of each reference; where all are empty, a reference is for every article.

    Returns
    -------
    list of Shared
    """
    ours = [(event if any(events) else "", "articles") for event, _ in strata]
    theirs = [(event, "reference") for event in events]
    both = [*printings, *references]
    return shared_by(both, [*ours, *theirs], range(len(printings), len(both)))
