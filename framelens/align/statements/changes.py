"""Changes: how printings differ from a reference, against which "cut" may be said."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

import pandas as pd

from framelens.align.statements.asides import has_cue
from framelens.align.statements.groups import Shared
from framelens.align.statements.stretches import Stretch, rows
from framelens.align.statements.tables import exchanged, span_of
from framelens.align.statements.wording_differences import steps

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from framelens.align.statements.groups import Group
    from framelens.align.statements.printed_words import PrintedWords
    from framelens.align.statements.wording_differences import Step

    Row = tuple[Any, ...]

CHANGE_COLUMNS = [
    *("group", "article", "type", "start", "end", "text", "voice"),
    *("reference", "reference_start", "reference_end", "reference_text"),
]


LONGEST_CUT = 80
"""Words of the reference left out between two sentences that an article prints side by
side in one quotation: more, and they count as two statements."""


def changes_table(
    groups: Mapping[str, Group], references: set[str]
) -> tuple[pd.DataFrame, int]:
    """Give one row per difference of a printing from the reference.

    Parameters
    ----------
    groups : mapping of str to Group
        Their pairs with a reference have the article's words first.
    references : set of str
        Names of the references.

    Returns
    -------
    (DataFrame, int)
        The rows, and how many printings were held against the reference.
    """
    group_of = {
        id(pair): name
        for name, group in groups.items()
        for pair in group.pairs
        if pair.b.words.article in references
    }
    pairs = (pair for group in groups.values() for pair in group.pairs)
    shared = [pair for pair in pairs if id(pair) in group_of]
    moved = exchanged(shared)
    found: list[Row] = []
    printings = 0
    for _, some in groupby(
        sorted(shared, key=_place),
        key=lambda one: (one.a.words.article, one.b.words.article),
    ):
        for parts in _side_by_side(list(some)):
            printings += 1
            name, joined = group_of[id(parts[0])], _joined(parts)
            found += [(name, *row) for row in _changes(joined)]
            if any(id(part) in moved for part in parts):
                spans = joined.a.offsets[0], joined.b.offsets[0]
                found.append((name, *_row("order", joined, *spans, joined.a.runs[0])))
    table = pd.DataFrame(found, columns=CHANGE_COLUMNS, dtype=object)
    whole = ("start", "end", "reference_start", "reference_end")
    return table.astype(dict.fromkeys(whole, "Int64")), printings


def _place(one: Shared) -> tuple[str, str, int, int]:
    return (
        one.a.words.article,
        one.b.words.article,
        one.b.runs[0][0],
        one.a.runs[0][0],
    )


def _side_by_side(some: list[Shared]) -> list[list[Shared]]:
    """Put together what an article prints in one quotation, with a cut between."""
    together: list[list[Shared]] = []
    for one in some:
        if together and _goes_on(together[-1][-1], one):
            together[-1].append(one)
        else:
            together.append([one])
    return together


def _goes_on(one: Shared, other: Shared) -> bool:
    words, last, first = one.a.words, one.a.places[-1], other.a.places[0]
    gap = other.b.places[0] - one.b.places[-1] - 1
    return (
        last + 1 == first
        and 0 <= words.quotation[last] == words.quotation[first]
        and 0 <= gap <= LONGEST_CUT
    )


def _joined(parts: list[Shared]) -> Shared:
    if len(parts) == 1:
        return parts[0]
    ours = sorted({place for part in parts for place in part.a.places})
    first, last = parts[0].b.places[0], parts[-1].b.places[-1]
    return Shared(
        Stretch(parts[0].a.words, tuple(rows(ours))),
        Stretch(parts[0].b.words, ((first, last + 1),)),
    )


def _changes(one: Shared) -> Iterator[Row]:
    for step in steps(one.a, one.b):
        if step.kind == "same" or _only_says_who(one.a, step):
            continue
        kind = _type(step)
        run = (step.first[0], step.first[-1] + 1) if step.first else one.a.runs[0]
        spans = span_of(one.a.words, step.first), span_of(one.b.words, step.second)
        yield _row(kind, one, *spans, run)


def _only_says_who(side: Stretch, step: Step) -> bool:
    """Whether an article only adds who speaks: "Ann Orr said. She added that"."""
    words, added = side.words, list(step.first)
    if not added or step.second or words.unit[added].max() >= 0:
        return False
    sentences = [list(some) for _, some in groupby(added, words.sentence.__getitem__)]
    return all(
        words.aside[some].all() or _hands_over(words, some) for some in sentences
    )


def _hands_over(words: PrintedWords, some: list[int]) -> bool:
    """Whether words of a sentence end in a reporting verb, or "that" behind it."""
    last = some[-1] if words.forms[some[-1]] == "that" else some[-1] + 1
    return last > some[0] and has_cue(words, last - 1, last)


def _type(step: Step) -> str:
    if step.kind == "only here":
        return "not in reference" if step.first else "cut"
    return step.kind


def _row(
    kind: str,
    one: Shared,
    ours: tuple[int, int] | None,
    theirs: tuple[int, int] | None,
    run: tuple[int, int],
) -> Row:
    cells: list[Any] = [one.a.words.article, kind]
    for side, span in ((one.a, ours), (one.b, theirs)):
        text = None if span is None else side.words.text[slice(*span)]
        cells += [*(span or (None, None)), text]
        if side is one.a:
            cells += [one.a.voice(run), one.b.words.article]
    return tuple(cells)
