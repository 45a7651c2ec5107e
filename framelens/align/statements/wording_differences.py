"""Differences of wording: what one printing has and the other has not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from framelens.align.statements.function_words import kin
from framelens.align.statements.word_alignment import align

if TYPE_CHECKING:
    from collections.abc import Iterator

    from framelens.align.statements.stretches import Stretch
    from framelens.align.statements.word_alignment import Link

LONGEST_REWORDED = 5
"""Words. A longer run that stands in place of another is not the same thing said
otherwise: then each stands only in its own article."""

_ARTICLES = {"a", "an", "the", "that"}

Kind = Literal["same", "only here", "reworded"]


@dataclass(frozen=True, slots=True)
class Step:
    """A step through two printings: places of words; one side may be empty."""

    kind: Kind
    first: tuple[int, ...]
    second: tuple[int, ...]


def steps(a: Stretch, b: Stretch) -> list[Step]:
    """Walk through two printings of one statement, word by word.

    Parameters
    ----------
    a, b : Stretch

    Returns
    -------
    list of Step
        In order; every word of both stands in exactly one step.
    """
    if (a.words.text, a.runs) > (b.words.text, b.runs):  # so that sides do not matter
        return [Step(one.kind, one.second, one.first) for one in steps(b, a)]
    ours, theirs = a.places, b.places
    links = align(
        [a.words.forms[place] for place in ours],
        [b.words.forms[place] for place in theirs],
        worth=lambda i, j: _worth(a, b, ours[i], theirs[j]),
        opening=0.15,
        step=0.04,
    )
    walked = _exchanged(list(_joined(_walk(ours, theirs, links))), a, b)
    return [part for step in walked for part in _cut(step, a, b)]


def _worth(a: Stretch, b: Stretch, i: int, j: int) -> float:
    """Weigh two words: an article least, so that "before" is linked and not "the"."""
    if a.words.forms[i] in _ARTICLES:
        return 0.4
    return 1.0 if a.words.content[i] and b.words.content[j] else 0.5


def _cut(step: Step, a: Stretch, b: Stretch) -> Iterator[Step]:
    """Cut a step where a cue or narration parts the pieces of a statement.

    So that no row holds what is not the statement. In place of reworded words that
    are cut, the other side's are cut in proportion.
    """
    if step.kind == "same":
        yield step  # one word
        return
    first, second = step.first, step.second
    at = [
        (place * len(second) / len(first), 0, place) for place in breaks(first, a)
    ] + [(float(place), 1, place) for place in breaks(second, b)]
    i = j = 0
    for there, side, place in sorted(at):
        if side == 0:
            left, right = place, max(j, round(there))
        else:
            left, right = max(i, round(place * len(first) / len(second))), place
        yield from _typed(step.kind, first[i:left], second[j:right])
        i, j = max(i, left), max(j, right)
    yield from _typed(step.kind, first[i:], second[j:])


def _typed(kind: Kind, left: tuple[int, ...], right: tuple[int, ...]) -> Iterator[Step]:
    if left and right:
        yield Step(kind, left, right)
    elif left or right:
        yield Step("only here", left, right)


def breaks(places: tuple[int, ...], side: Stretch) -> list[int]:
    """Give where a new piece of the statement begins among these words."""
    pieces = {first for first, _ in side.runs}
    return [
        number
        for number in range(1, len(places))
        if pieces & set(range(places[number - 1] + 1, places[number] + 1))
    ]


def _walk(ours: list[int], theirs: list[int], links: list[Link]) -> Iterator[Step]:
    i = j = 0
    kindred: list[tuple[int, int]] = []
    for link in links:
        if not link.same:
            kindred.append((link.first, link.second))
            continue
        yield from _block(ours, theirs, (i, link.first), (j, link.second), kindred)
        yield Step("same", (ours[link.first],), (theirs[link.second],))
        i, j, kindred = link.first + 1, link.second + 1, []
    yield from _block(ours, theirs, (i, len(ours)), (j, len(theirs)), kindred)


def _block(
    ours: list[int],
    theirs: list[int],
    first: tuple[int, int],
    second: tuple[int, int],
    kindred: list[tuple[int, int]],
) -> Iterator[Step]:
    """Type what stands between two words that are the same in both."""
    left, right = tuple(ours[slice(*first)]), tuple(theirs[slice(*second)])
    if left and right and max(len(left), len(right)) <= LONGEST_REWORDED:
        yield Step("reworded", left, right)
    elif left and right and kindred:
        i, j = first[0], second[0]
        for one, other in kindred:
            yield from _block(ours, theirs, (i, one), (j, other), [])
            yield Step("reworded", (ours[one],), (theirs[other],))
            i, j = one + 1, other + 1
        yield from _block(ours, theirs, (i, first[1]), (j, second[1]), [])
    else:
        if left:
            yield Step("only here", left, ())
        if right:
            yield Step("only here", (), right)


def _joined(walked: Iterator[Step]) -> Iterator[Step]:
    """Join steps of the same kind that stand side by side."""
    pending: Step | None = None
    for step in walked:
        if pending is not None and _alike(pending, step):
            pending = Step(
                step.kind, pending.first + step.first, pending.second + step.second
            )
            continue
        if pending is not None:
            yield pending
        pending = step
    if pending is not None:
        yield pending


def _alike(one: Step, other: Step) -> bool:
    if one.kind != other.kind:
        return False
    if one.kind == "only here":
        return bool(one.first) == bool(other.first)
    return one.kind == "reworded"


def _exchanged(walked: list[Step], a: Stretch, b: Stretch) -> list[Step]:
    """Take words put elsewhere in another form as reworded.

    "Pay wages" and "wages be paid" leave nothing out.
    """
    walked = list(walked)
    for place in range(len(walked) - 2):
        one, same, other = walked[place : place + 3]
        if one.kind != "only here" or other.kind != "only here" or same.kind != "same":
            continue
        if bool(one.first) == bool(other.first) or len(same.first) > 2:
            continue
        ours, theirs = one.first + other.first, one.second + other.second
        if max(len(ours), len(theirs)) > LONGEST_REWORDED:
            continue
        kept = {kin(a.words.forms[p]) for p in ours} & {
            kin(b.words.forms[p]) for p in theirs
        }
        if 2 * len(kept) >= min(len(ours), len(theirs)):
            walked[place] = Step("reworded", ours, theirs)
            walked[place + 2] = Step("reworded", (), ())
    return [step for step in walked if step.first or step.second]
