"""Statement tables: who carries a statement where, and how two printings differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from framelens.align.statements.credit import Credit
from framelens.align.statements.credited import credited
from framelens.align.statements.groups import without
from framelens.align.statements.moved_marks import marks_moved
from framelens.align.statements.same_name import differ
from framelens.align.statements.wording_differences import steps

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from framelens.align.statements.credited import Spoken
    from framelens.align.statements.groups import Group, Shared
    from framelens.align.statements.printed_words import PrintedWords
    from framelens.align.statements.stretches import Stretch

TYPES = ("only here", "reworded", "marks", "order", "speaker", "cue")
"""What can differ between two printings of one statement."""

GROUP_COLUMNS = [
    *("group", "article", "start", "end", "outlet"),
    *("piece", "voice", "speaker", "cue", "text"),
]
DIFFERENCE_COLUMNS = [
    *("group", "type"),
    *(
        f"{name}_{side}"
        for side in "ab"
        for name in ("article", "start", "end", "text")
    ),
]

Span = tuple[int, int] | None
Row = tuple[Any, ...]
Credits = dict[tuple[str, str], "Credit"]
"""Whom an article credit_of a group's statement to."""


def tables_of(
    groups: dict[str, Group],
    known: dict[str, list[Spoken]],
    outlets: dict[str, Any],
    references: set[str],
) -> tuple[pd.DataFrame, pd.DataFrame, dict[str, tuple[Shared, ...]]]:
    """Give the groups, their differences, and their printings two by two."""
    credit_of = {
        (name, part.words.article): Credit()
        if part.words.article in references
        else credited(part, known.get(part.words.article, []))
        for name, group in groups.items()
        for part in group.parts
    }
    table = groups_table(groups, credit_of, outlets)
    table.loc[table["article"].isin(references), "voice"] = "reference"
    compared = {name: without(group, references) for name, group in groups.items()}
    differences = differences_table(compared, credit_of)
    return table, differences, {name: one.pairs for name, one in compared.items()}


def groups_table(
    groups: dict[str, Group], credit_of: Credits, outlets: dict[str, Any]
) -> pd.DataFrame:
    """Give one row per piece of a statement in an article."""
    rows = [
        row
        for name, group in groups.items()
        for part in group.parts
        for row in _pieces(name, part, credit_of, outlets)
    ]
    whole = dict.fromkeys(("start", "end", "piece"), "int64")
    return _frame(rows, GROUP_COLUMNS, whole)


def differences_table(groups: dict[str, Group], credit_of: Credits) -> pd.DataFrame:
    """Give one row per difference of two printings."""
    moved = exchanged([pair for group in groups.values() for pair in group.pairs])
    rows: list[Row] = []
    for name, group in groups.items():
        for pair in group.pairs:
            found = [*_wording(pair), *_standing(pair, name, credit_of)]
            if id(pair) in moved:
                found.append(_row("order", pair, pair.a.offsets[0], pair.b.offsets[0]))
            rows += [(name, *row) for row in sorted(found, key=_place)]
    whole = dict.fromkeys(("start_a", "end_a", "start_b", "end_b"), "Int64")
    return _frame(rows, DIFFERENCE_COLUMNS, whole)


def _frame(rows: list[Row], columns: list[str], whole: dict[str, str]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=columns, dtype=object)
    return table.astype(whole)


def _pieces(
    name: str, part: Stretch, credit_of: Credits, outlets: dict[str, Any]
) -> Iterator[Row]:
    article = part.words.article
    credit = credit_of[name, article]
    for place, (run, span) in enumerate(
        zip(part.runs, part.offsets, strict=True), start=1
    ):
        text = part.words.text[slice(*span)]
        known = (credit.speaker, credit.cue)
        yield (
            name,
            article,
            *span,
            outlets[article],
            place,
            part.voice(run),
            *known,
            text,
        )


def _place(row: Row) -> Row:
    last = float("inf")
    return (
        TYPES.index(row[0]),
        *(last if one is None else one for one in (row[2], row[6])),
    )


def _row(kind: str, pair: Shared, a: Span, b: Span) -> Row:
    cells: list[Any] = [kind]
    for side, span in ((pair.a, a), (pair.b, b)):
        text = None if span is None else side.words.text[slice(*span)]
        cells += [side.words.article, *(span or (None, None)), text]
    return tuple(cells)


def span_of(words: PrintedWords, places: tuple[int, ...]) -> Span:
    """Give the offsets of a row of words; None of none."""
    if not places:
        return None
    return int(words.starts[places[0]]), int(words.ends[places[-1]])


def _wording(pair: Shared) -> Iterator[Row]:
    """Give the differences of words and of marks."""
    a, b = pair.a.words, pair.b.words
    walked = steps(pair.a, pair.b)
    for step in walked:
        if step.kind != "same":
            yield _row(step.kind, pair, span_of(a, step.first), span_of(b, step.second))
    for step in marks_moved(walked, pair.a, pair.b):
        yield _row("marks", pair, span_of(a, step.first), span_of(b, step.second))


def _standing(pair: Shared, name: str, credit_of: Credits) -> Iterator[Row]:
    """Give the differences of speaker and cue."""
    one = credit_of[name, pair.a.words.article]
    other = credit_of[name, pair.b.words.article]
    readings = [(ours, theirs) for ours in one.readings for theirs in other.readings]
    if readings and all(differ(*names) for names in readings):
        yield _row("speaker", pair, one.source, other.source)
    if one.cue and other.cue and one.cue != other.cue:
        yield _row("cue", pair, one.cue_at, other.cue_at)


def exchanged(pairs: Sequence[Shared]) -> set[int]:
    """Give, by `id`, the statements that stand before another in one article only."""
    by_articles: dict[tuple[str, str], list[tuple[int, int, int]]] = {}
    for pair in pairs:
        place = (pair.a.runs[0][0], pair.b.runs[0][0], id(pair))
        articles = (pair.a.words.article, pair.b.words.article)
        by_articles.setdefault(articles, []).append(place)
    return {
        one
        for places in by_articles.values()
        for i, j, one in places
        if any((i - k) * (j - m) < 0 for k, m, _ in places)
    }
