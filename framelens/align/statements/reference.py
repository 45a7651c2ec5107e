"""Reference: a record of what was said, and how printings differ from it."""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from framelens._checks import InputError
from framelens.align.statements.differences import exchanged, row_of, span_of, steps
from framelens.align.statements.printed_words import PrintedWords, printed_words
from framelens.align.statements.printings import Shared, Stretch, rows
from framelens.annotate.spans import each_text
from framelens.annotate.words import word_offsets
from framelens.read import articles_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from framelens.align.statements.differences import Row, Span, Step
    from framelens.align.statements.printings import Group

_NAME = "reference"
_PLACES = {".txt", ".csv", ".jsonl", ".parquet", ".md"}
_LABEL = re.compile(
    r"^[ \t]*(?:[A-Z][A-Z.'’-]+(?:[ \t]+[A-Z][A-Z.'’-]*)*"
    r"|(?:[A-Z][\w.'’-]*[ \t]+){1,4}[A-Z][\w.'’-]*):(?=\s)",
    re.MULTILINE,
)

CHANGE_COLUMNS = [
    *("group", "article", "type", "start", "end", "text", "voice"),
    *("reference", "reference_start", "reference_end", "reference_text"),
]

LONGEST_CUT = 80
"""Words of the reference left out between two sentences that an article prints side by
side in one quotation: more, and they count as two statements."""


def reference_table(
    reference: pd.DataFrame | str | Path, articles: Iterable[str]
) -> pd.DataFrame:
    """Read a reference, whose name no article bears: a text, its path, or a table."""
    if isinstance(reference, Path) and reference.suffix.lower() in (".txt", ".md"):
        try:
            reference = reference.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"the reference {str(reference)!r}: {error}.") from None
    elif isinstance(reference, str) and Path(reference[:300]).suffix in _PLACES:
        raise InputError(
            f"reference {reference[:80]!r} looks like a file; give a Path for a "
            "file, or the text itself."
        )
    if isinstance(reference, str):
        reference = pd.DataFrame({"article": [_NAME], "text": [reference]})
    table = articles_of(reference)
    empty = [name for name, text in each_text(table) if not word_offsets(text)]
    if empty or table.empty:
        raise InputError(
            f"the reference {', '.join(empty) or _NAME!r} holds no words; give the "
            "text of a transcript."
        )
    taken = sorted(set(table["article"]) & set(articles))
    if taken:
        raise InputError(
            f"the reference bears the name of an article ({taken[0]!r}); rename one."
        )
    return table


def reference_words(table: pd.DataFrame) -> list[PrintedWords]:
    """Read references as words that all were spoken, without labels ("ORR:")."""
    found = []
    for name, text in each_text(table):
        labels = [match.span() for match in _LABEL.finditer(text)]
        spoken = [
            (start, end)
            for start, end in word_offsets(text)
            if not any(first <= start < last for first, last in labels)
        ] or [(0, len(text))]
        found.append(
            printed_words(
                name, text, quoted=[(spoken[0][0], spoken[-1][1])], left_out=labels
            )
        )
    return found


def changes_table(
    groups: Mapping[str, Group], references: set[str]
) -> tuple[pd.DataFrame, int]:
    """Give a row per difference from the reference, and the number of printings."""
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
    shared.sort(key=lambda one: (*_articles(one), one.b.runs[0][0], one.a.runs[0][0]))
    for _, some in groupby(shared, key=_articles):
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


def _articles(one: Shared) -> tuple[str, str]:
    return one.a.words.article, one.b.words.article


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
        only = "not in reference" if step.first else "cut"
        kind = only if step.kind == "only here" else step.kind
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
    return last > some[0] and bool(words.cue[last - 1])


def _row(kind: str, one: Shared, ours: Span, theirs: Span, run: tuple[int, int]) -> Row:
    _, article, *cells = row_of(kind, one, ours, theirs)
    return (article, kind, *cells[:3], one.a.voice(run), *cells[3:])
