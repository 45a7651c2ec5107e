"""Figures that differ where two passages tell the same thing."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from framelens.align import differing
from framelens.align.differing.marks import stem, tokens_of
from framelens.align.differing.rules import sentences_of
from framelens.annotate.actor_nouns import noun_kind
from framelens.report.findings.certainty import how_right, right
from framelens.report.findings.finding import TO_READ, Finding
from framelens.report.findings.phrases import places_of, quoted
from framelens.show.text import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from framelens.align import Coverage

THEME = "Figures that differ"

WITHIN = 3
"""Words after a figure among which what it counts is looked for."""

FACTOR = 3
"""Between two figures of one thing at most; beyond it they mostly count two things."""

DAYS = pd.Timedelta(days=3)
"""Between the dates of two articles at most, where both are known: later counts are
other figures."""


def unlike(lined_up: Coverage | None) -> Iterator[Finding]:
    """Propose pairs of passages that give another number of the same people.

    Days, opposite words and other things that are counted are not proposed: in
    development articles they mostly belonged to something else in the passage.
    """
    if lined_up is None:
        return
    articles = lined_up.articles.set_index("article")
    texts = articles["text"]
    words = max(1.0, float(texts.map(lambda text: len(str(text).split())).mean()))
    rows: Any = differing(lined_up).table.itertuples()
    for row in rows:
        if row.kind != "number" or row.outlet == row.other_outlet:
            continue
        both = articles.loc[[row.article, row.other_article], "date"]
        if _far_apart(*both) or not counts_the_same(row):
            continue
        here, there = plain(row.outlet), plain(row.other_outlet)
        sentences = (
            sentence_with(row.text, row.here),
            sentence_with(row.other_text, row.there),
        )
        yield Finding(
            THEME,
            f"{here} writes {quoted(row.here)} where {there} writes "
            f"{quoted(row.there)}: {quoted(sentences[0])} against "
            f"{quoted(sentences[1])}.",
            f"Two passages on the same thing; {how_right('differing')}.",
            TO_READ,
            size=min(1.0, len(str(row.text).split()) / words),
            certainty=right("differing"),
            surprise=float(min(1.0, max(0.0, row.score))),
            find=partial(_places, row, texts),
        )


def counts_the_same(row: Any) -> bool:
    """Whether each side has one figure, both of the same noun and like size."""
    try:
        sizes = sorted(float(value) for value in (row.here_value, row.there_value))
    except ValueError:  # several figures, or none
        return False
    if sizes[0] <= 0 or sizes[1] > FACTOR * sizes[0]:
        return False
    both = [counted_by(row.text, row.here), counted_by(row.other_text, row.there)]
    return bool(both[0] & both[1])


def counted_by(text: str, figure: str) -> frozenset[str]:
    """Give the stems of the people that a figure counts, among the words after it.

    >>> sorted(counted_by("At least six Afghan civilians died, police said.", "six"))
    ['civil']
    >>> counted_by("six fire engines", "six") or counted_by("a six-girl team", "six")
    frozenset()
    """
    found = re.search(rf"(?<![\w.,-]){re.escape(figure)}(?![\w-])", text)
    if not found:
        return frozenset()
    stems: list[str] = []
    for token in tokens_of(text[found.end() :])[:WITHIN]:
        if not token.text[0].isalpha():
            break
        if noun_kind(token.text) in ("person", "body"):
            stems.append(stem(token.text))
    return frozenset(stems) - {""}


def sentence_with(text: str, figure: str) -> str:
    """Give the sentence of a passage in which a figure stands."""
    found = re.search(rf"(?<![\w.,-]){re.escape(figure)}(?![\w-])", text)
    at = found.start() if found else 0
    return next(
        (text[start:end] for start, end in sentences_of(text) if start <= at < end),
        text,
    )


def _far_apart(one: object, other: object) -> bool:
    """Whether two dates are known, and more than a few days lie between them."""
    days = pd.Series([str(day)[:10] for day in (one, other)])
    between = pd.to_datetime(days, errors="coerce", format="%Y-%m-%d").diff().abs()
    return bool(between.gt(DAYS).any())  # of a missing day nothing is known


def _places(row: Any, texts: pd.Series[str]) -> pd.DataFrame:
    """Give both passages."""
    sides = [
        (row.article, row.start, row.end),
        (row.other_article, row.other_start, row.other_end),
    ]
    return places_of(pd.DataFrame(sides, columns=["article", "start", "end"]), texts)
