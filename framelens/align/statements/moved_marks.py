"""Moved marks: words in quotation marks in one printing, and outside in the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from framelens.align.statements.wording_differences import Step, breaks

if TYPE_CHECKING:
    from framelens.align.statements.stretches import Stretch


def marks_moved(walked: list[Step], a: Stretch, b: Stretch) -> list[Step]:
    """Give the runs that stand in quotation marks in one printing only.

    Returns
    -------
    list of Step
        The words on both sides, the same or reworded; a run is ended by words that
        stand alike in both, and by what parts the pieces of a statement.
    """
    found: list[Step] = []
    before: int | None = None
    for step in walked:
        if step.kind == "only here":
            continue
        for first, second in _pieces(step):
            moved = _inside(a, first) - _inside(b, second)
            if (
                moved
                and moved == before
                and not _parted(found[-1], first, second, a, b)
            ):
                run = found.pop()
                first, second = run.first + first, run.second + second
            if moved:
                found.append(Step("same", first, second))
            before = moved
    return found


def _parted(
    run: Step, first: tuple[int, ...], second: tuple[int, ...], a: Stretch, b: Stretch
) -> bool:
    """Whether a new piece of the statement begins behind a run, in either printing."""
    return bool(
        breaks((run.first[-1], first[0]), a) or breaks((run.second[-1], second[0]), b)
    )


def _pieces(step: Step) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Take a step of same words word by word."""
    if step.kind == "same":
        return [((i,), (j,)) for i, j in zip(step.first, step.second, strict=True)]
    return [(step.first, step.second)]


def _inside(side: Stretch, places: tuple[int, ...]) -> int:
    """Whether most of these words stand in quotation marks."""
    inside = sum(side.words.quotation[place] >= 0 for place in places)
    return int(2 * inside > len(places))
