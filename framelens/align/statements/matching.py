"""Matching: the words that two articles share where one of them quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from framelens.align.statements.runs import (
    LITTLE,
    LOOSE,
    chained,
    joined,
    of_others,
    trimmed,
)
from framelens.align.statements.same_statement import is_same_statement, worth_of
from framelens.align.statements.word_alignment import Link, align

if TYPE_CHECKING:
    from collections.abc import Iterable

    from framelens.align.statements.same_statement import Pair
    from framelens.align.statements.shared_wording import Window

OPENING, STEP = 0.2, 0.06
"""What a gap in the shared words costs, and each word in it."""


def matches(
    pair: Pair, from_a: Iterable[Window], from_b: Iterable[Window]
) -> list[list[Link]]:
    """Find what two articles share, as links between their words.

    Parameters
    ----------
    pair : Pair
    from_a, from_b : iterable of windows
        Where to look in the other article for quoted sentences of the one.

    Returns
    -------
    list of list of Link
        One list per statement, in the order of the first article; no word is
        linked twice.
    """
    found = [run for window in from_a for run in _runs(pair, window)]
    back = pair.swapped()
    found += [
        [Link(one.second, one.first, one.worth, one.same) for one in run]
        for window in from_b
        for run in _runs(back, window)
    ]
    found.sort(key=lambda run: (-worth_of(run), run[0].first, run[0].second, len(run)))
    strong: list[list[Link]] = []
    loose: list[list[Link]] = []
    used: tuple[set[int], set[int]] = (set(), set())
    for run in found:
        left = [
            one for one in run if one.first not in used[0] and one.second not in used[1]
        ]
        if is_same_statement(pair, left):
            strong.append(left)
            used[0].update(one.first for one in left)
            used[1].update(one.second for one in left)
        elif worth_of(left) >= LOOSE:
            loose.append(left)
    return joined(pair, strong, loose, used)


def _runs(pair: Pair, window: Window) -> list[list[Link]]:
    """Align a quoted sentence with a window, then what is left of it on either side."""
    unit, low, high = window
    runs = [
        part
        for run in _aligned(pair, *pair.a.bounds[unit], low, high, depth=2)
        for part in _by_speaker(pair, run)
    ]
    return chained(pair, [run for run in runs if worth_of(run) >= LOOSE])


def _by_speaker(pair: Pair, run: list[Link]) -> list[list[Link]]:
    """Cut a run where the words of one person end and those of another begin."""
    parts = [run[:1]]
    for link in run[1:]:
        if of_others(pair, parts[-1], [link]):
            parts.append([])
        parts[-1].append(link)
    return parts if len(parts) == 1 else [trimmed(pair, part) for part in parts]


def _aligned(
    pair: Pair, first: int, last: int, low: int, high: int, *, depth: int
) -> list[list[Link]]:
    a, b = pair.a, pair.b
    if first >= last or low >= high:
        return []
    chain = align(
        a.forms[first:last],
        b.forms[low:high],
        worth=lambda i, j: pair.worth(first + i, low + j),
        opening=OPENING,
        step=STEP,
        free=(a.aside[first:last].tolist(), b.aside[low:high].tolist()),
    )
    run = trimmed(
        pair,
        [Link(first + x.first, low + x.second, x.worth, x.same) for x in chain],
    )
    if not run:
        return []
    runs = [run]
    if depth and worth_of(run) >= LITTLE:
        head, tail = run[0], run[-1]
        near = max(low, head.second - 30), min(high, tail.second + 31)
        runs += _aligned(pair, first, head.first, near[0], head.second, depth=depth - 1)
        runs += _aligned(
            pair, tail.first + 1, last, tail.second + 1, near[1], depth=depth - 1
        )
    return runs
