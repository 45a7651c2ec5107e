"""Matching: the words that two articles share where one of them quotes."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from framelens.measure.statements.names import differ
from framelens.measure.statements.same_statement import is_same_statement, worth_of
from framelens.measure.statements.word_alignment import Link, align

if TYPE_CHECKING:
    from collections.abc import Iterable

    from framelens.measure.statements.printed_words import PrintedWords
    from framelens.measure.statements.same_statement import Pair
    from framelens.measure.statements.shared_wording import Window

OPENING, STEP = 0.2, 0.06
"""What a gap in the shared words costs, and each word in it."""

_LOOSE = 0.7  # worth from which a part goes with a statement that it stands beside
_LITTLE = 1.4  # worth below which a part at the edge may be chance
_SENTENCE_GAP = 20  # words of a cue between two parts of one statement


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
        elif worth_of(left) >= _LOOSE:
            loose.append(left)
    return _joined(pair, strong, loose, used)


def _runs(pair: Pair, window: Window) -> list[list[Link]]:
    """Align a quoted sentence with a window, then what is left of it on either side."""
    unit, low, high = window
    runs = [
        part
        for run in _aligned(pair, *pair.a.bounds[unit], low, high, depth=2)
        for part in _by_speaker(pair, run)
    ]
    return _chained(pair, [run for run in runs if worth_of(run) >= _LOOSE])


def _by_speaker(pair: Pair, run: list[Link]) -> list[list[Link]]:
    """Cut a run where the words of one person end and those of another begin."""
    parts = [run[:1]]
    for link in run[1:]:
        if _of_others(pair, parts[-1], [link]):
            parts.append([])
        parts[-1].append(link)
    return parts if len(parts) == 1 else [_trimmed(part) for part in parts]


def _of_others(pair: Pair, one: list[Link], other: list[Link]) -> bool:
    """Whether the table of speakers gives these words to different people."""
    return _spoken_apart(
        pair.a, [link.first for link in one], [link.first for link in other]
    ) or _spoken_apart(
        pair.b, [link.second for link in one], [link.second for link in other]
    )


def _spoken_apart(words: PrintedWords, one: list[int], other: list[int]) -> bool:
    """Whether two rows of words stand in quotations of different people."""
    if len(set(words.spoken_by) - {None}) < 2:
        return False
    ours, theirs = (
        {
            words.spoken_by[number]
            for number in words.quotation[places].tolist()
            if number >= 0
        }
        for places in (one, other)
    )
    return any(differ(*pair) for pair in product(ours, theirs))


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
    run = [
        Link(first + x.first, low + x.second, x.worth, x.same) for x in _trimmed(chain)
    ]
    if not run:
        return []
    runs = [run]
    if depth and worth_of(run) >= _LITTLE:
        head, tail = run[0], run[-1]
        near = max(low, head.second - 30), min(high, tail.second + 31)
        runs += _aligned(pair, first, head.first, near[0], head.second, depth=depth - 1)
        runs += _aligned(
            pair, tail.first + 1, last, tail.second + 1, near[1], depth=depth - 1
        )
    return runs


def _trimmed(chain: list[Link]) -> list[Link]:
    """Leave out a little at either end that other words part from the rest."""
    for place in range(1, len(chain)):
        if worth_of(chain[:place]) >= _LITTLE:
            break
        if _parted(chain[place - 1], chain[place]):
            return _trimmed(chain[place:])
    for place in range(len(chain) - 1, 0, -1):
        if worth_of(chain[place:]) >= _LITTLE:
            break
        if _parted(chain[place - 1], chain[place]):
            return _trimmed(chain[:place])
    return chain


def _parted(one: Link, other: Link) -> bool:
    """Whether other words stand between two links on both sides."""
    gaps = sorted((other.first - one.first, other.second - one.second))
    return gaps[0] > 1 and gaps[1] > 2


def _joined(
    pair: Pair,
    strong: list[list[Link]],
    loose: list[list[Link]],
    used: tuple[set[int], set[int]],
) -> list[list[Link]]:
    """Put together the parts of one statement."""
    statements = sorted(strong, key=lambda run: run[0].first)
    for run in loose:
        left = [
            one for one in run if one.first not in used[0] and one.second not in used[1]
        ]
        if worth_of(left) < _LOOSE:
            continue
        if any(
            _beside(pair, run, left) or _beside(pair, left, run) for run in statements
        ):
            statements.append(left)
            used[0].update(one.first for one in left)
            used[1].update(one.second for one in left)
    return _chained(pair, statements)


def _chained(pair: Pair, runs: list[list[Link]]) -> list[list[Link]]:
    """Put together runs of which one carries the other on."""
    together: list[list[Link]] = []
    for run in sorted(runs, key=lambda run: run[0].first):
        for place, other in enumerate(together):
            if _beside(pair, other, run):
                together[place] = other + run
                break
        else:
            together.append(run)
    return together


def _beside(pair: Pair, one: list[Link], other: list[Link]) -> bool:
    """Whether `other` carries `one` on, in both articles, in the same mouth."""
    last, first = one[-1], other[0]
    if last.first >= first.first or last.second >= first.second:
        return False
    if _parted(last, first) and min(worth_of(one), worth_of(other)) < _LITTLE:
        return False
    return (
        _follows(pair.a, last.first, first.first)
        and _follows(pair.b, last.second, first.second)
        and not _of_others(pair, one, other)
    )


def _follows(words: PrintedWords, last: int, first: int) -> bool:
    """Whether nothing but a cue stands between the parts that end and begin here."""
    own = {int(words.unit[last]), int(words.unit[first])} - {-1}
    between = [
        place for place in range(last + 1, first) if words.unit[place] not in own
    ]
    if words.paragraph[last] != words.paragraph[first]:
        return not between
    sentences = {int(words.sentence[last]), int(words.sentence[first])}
    if any(words.sentence[place] not in sentences for place in between):
        return False
    if words.sentence[last] == words.sentence[first]:
        return len(between) <= _SENTENCE_GAP
    return len(between) <= _SENTENCE_GAP and all(
        words.unit[place] < 0 for place in between
    )
