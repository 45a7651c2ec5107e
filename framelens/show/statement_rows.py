"""Statement rows: two printings of a statement, cut where they begin to differ."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from framelens.align.statements.differences import steps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from framelens.align.statements.differences import Step
    from framelens.align.statements.printings import Shared, Stretch

LABELS = {
    "same": "same words",
    "marks": "same words, marks differ",
    "reworded": "reworded",
    "only here": "only here",
}
"""What each row of the side-by-side table is called."""

_BETWEEN_PIECES = " […] "
_INSIDE, _OUTSIDE, NOTHING = "[in marks]", "[outside marks]", "[nothing here]"


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """One row: what it is called, and the words on both sides."""

    kind: str
    first: str
    second: str
    inside: tuple[bool, bool]


def as_printed(side: Stretch) -> str:
    """Give a statement's pieces as the article prints them, with "[…]" between."""
    pieces = [side.words.text[start:end] for start, end in side.offsets]
    return _BETWEEN_PIECES.join(_line(piece) for piece in pieces)


def _line(text: str) -> str:
    return " ".join(text.split())


def printed_rows(pair: Shared) -> Iterator[PrintedRow]:
    """Give the rows of the side-by-side table."""
    shares = _shares(pair.a), _shares(pair.b)
    walked = [(_standing(step, pair), step) for step in steps(pair.a, pair.b)]
    for (kind, inside), several in groupby(walked, key=lambda one: one[0]):
        run = [step for _, step in several]
        first = tuple(place for step in run for place in step.first)
        second = tuple(place for step in run for place in step.second)
        yield PrintedRow(
            kind,
            _words(pair.a, shares[0], first),
            _words(pair.b, shares[1], second),
            inside,
        )


def _standing(step: Step, pair: Shared) -> tuple[str, tuple[bool, bool]]:
    """Say what a step is, and on which sides it stands in quotation marks."""
    sides = ((pair.a, step.first), (pair.b, step.second))
    first, second = (
        any(side.words.quotation[place] >= 0 for place in places)
        for side, places in sides
    )
    if step.kind == "same" and first == second:
        return "same", (True, True)
    if step.kind == "only here":
        return step.kind, (bool(step.first), bool(step.second))
    return "marks" if step.kind == "same" else step.kind, (first, second)


def _shares(side: Stretch) -> dict[int, tuple[int, int]]:
    """Give each word its part of the text, with the marks and stops at it."""
    text, words = side.words.text, side.words
    shares = {}
    for (first, last), (start, end) in zip(side.runs, side.offsets, strict=True):
        begin = start
        for place in range(first, last):
            stop = end
            if place + 1 < last:
                stop = int(words.ends[place])
                between = text[stop : words.starts[place + 1]]
                stop += len(between) - len(
                    between.lstrip("".join(set(between) - _SPACES))
                )
            shares[place] = (begin, stop)
            begin = stop
    return shares


_SPACES = set(" \t\n\r\x0b\x0c\u00a0\u2028\u2029")


def _words(
    side: Stretch, shares: dict[int, tuple[int, int]], places: tuple[int, ...]
) -> str:
    """Give words as printed; where other words stand between them, "[…]"."""
    pieces: list[list[int]] = []
    for place in places:
        if pieces and pieces[-1][-1] + 1 == place:
            pieces[-1].append(place)
        else:
            pieces.append([place])
    return _BETWEEN_PIECES.join(
        _line(side.words.text[shares[piece[0]][0] : shares[piece[-1]][1]])
        for piece in pieces
    )


def plain_cells(row: PrintedRow) -> tuple[str, str]:
    """Give the two cells of a row in plain text."""
    first, second = (
        _cell(row, text, side) for side, text in enumerate((row.first, row.second))
    )
    return first, second


def _cell(row: PrintedRow, text: str, side: int) -> str:
    if not text:
        return NOTHING
    label = marks_label(row, side)
    return f"{text} {label}" if label else text


def marks_label(row: PrintedRow, side: int) -> str:
    """Say of words in which marks differ where they stand."""
    if row.kind not in ("marks", "reworded") or row.inside[0] == row.inside[1]:
        return ""
    return _INSIDE if row.inside[side] else _OUTSIDE
