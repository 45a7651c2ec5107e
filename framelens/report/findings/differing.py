"""Figures that differ where two passages tell the same thing."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from framelens._wording import counted
from framelens.align import differing
from framelens.align.differing.marks import stem, tokens_of
from framelens.annotate.actor_nouns import noun_kind
from framelens.report.findings.certainty import how_right, right
from framelens.report.findings.close import DAYS, days_between
from framelens.report.findings.finding import TO_READ, Finding
from framelens.report.findings.phrases import Sentences, places_of, quoted
from framelens.show.text import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from framelens.align import Coverage

THEME = "Figures that differ"

WITHIN = 3
"""Words after a figure among which what it counts is looked for."""

FACTOR = 3
"""Between two figures of one thing at most; beyond it they mostly count two things."""


FATES = {
    "dead": re.compile(r"kill|dead|died?\b|dies|dying|deaths?\b|fatal|perish|lives"),
    "hurt": re.compile(r"injur|wound|hurt|hospital|treated"),
    "held": re.compile(r"arrest|detain|held|charged|jail|trapp|missing|rescue"),
}
"""What happened to people whom a figure counts; the dead are no other count of the
wounded."""

NEAR = 8
"""Words on either side of a figure among which that is looked for."""


def unlike(lined_up: Coverage) -> Iterator[Finding]:
    """Propose pairs of passages that give another number of the same people.

    Days, opposite words and other things that are counted are not proposed: in
    development articles they mostly belonged to something else in the passage.
    """
    articles = lined_up.articles.set_index("article")
    texts = articles["text"]
    words = max(1.0, float(texts.map(lambda text: len(str(text).split())).mean()))
    at = Sentences(lined_up.corpus)
    for row, again in _once(_of_the_same(lined_up, articles)):
        here, there = plain(row.outlet), plain(row.other_outlet)
        sentences = (
            at.text(row.article, row.start + _place(row.text, row.here)),
            at.text(
                row.other_article,
                row.other_start + _place(row.other_text, row.there),
            ),
        )
        more = f" (and {counted(again, 'more pair')} of passages)" if again else ""
        yield Finding(
            THEME,
            f"{here} writes {quoted(row.here)} where {there} writes "
            f"{quoted(row.there)}: {quoted(sentences[0])} against "
            f"{quoted(sentences[1])}.",
            f"Two passages on the same thing differ{more}; {how_right('differing')}.",
            TO_READ,
            size=min(1.0, len(str(row.text).split()) / words),
            certainty=right("differing"),
            surprise=float(min(1.0, max(0.0, row.score))),
            find=partial(_places, row, texts),
        )


def _of_the_same(lined_up: Coverage, articles: pd.DataFrame) -> Iterator[Any]:
    """Give pairs of passages of two outlets and the same days with two such figures."""
    rows: Any = differing(lined_up).table.itertuples()
    for row in rows:
        if row.kind == "number" and row.outlet != row.other_outlet:
            days = articles.loc[[row.article, row.other_article], "date"]
            far = days_between(days.iloc[0], days.iloc[1:]).abs().gt(DAYS).any()
            if not far and counts_the_same(row):
                yield row


def _once(rows: Iterable[Any]) -> Iterator[tuple[Any, int]]:
    """Give of pairs on an event with the same two figures the most alike.

    And how many others there are.
    """
    alike: dict[tuple[str, frozenset[str]], list[Any]] = {}
    for row in rows:
        figures = frozenset({str(row.here_value), str(row.there_value)})
        alike.setdefault((str(row.event), figures), []).append(row)
    for several in alike.values():
        yield max(several, key=lambda row: float(row.score)), len(several) - 1


def counts_the_same(row: Any) -> bool:
    """Whether each side has one figure, both of the same noun and like size."""
    try:
        sizes = sorted(float(value) for value in (row.here_value, row.there_value))
    except ValueError:  # several figures, or none
        return False
    if sizes[0] <= 0 or sizes[1] > FACTOR * sizes[0]:
        return False
    both = [counted_by(row.text, row.here), counted_by(row.other_text, row.there)]
    fates = {fate_of(row.text, row.here), fate_of(row.other_text, row.there)} - {""}
    return bool(both[0] & both[1]) and len(fates) < 2


def counted_by(text: str, figure: str) -> frozenset[str]:
    """Give the stems of the people that a figure counts, among the words after it.

    >>> sorted(counted_by("At least six Afghan civilians died, police said.", "six"))
    ['civil']
    >>> counted_by("six fire engines", "six") or counted_by("a six-girl team", "six")
    frozenset()
    """
    found = _standing(text, figure)
    if not found:
        return frozenset()
    stems: list[str] = []
    for token in tokens_of(text[found.end() :])[:WITHIN]:
        if not token.text[0].isalpha():
            break
        if noun_kind(token.text) in ("person", "body"):
            stems.append(stem(token.text))
    return frozenset(stems) - {""}


def fate_of(text: str, figure: str) -> str:
    """Give what happened to those whom a figure counts, by the nearest word for it.

    >>> fate_of("A tram overturned, trapping five people and injuring 40.", "five")
    'held'
    >>> fate_of("At least seven people were killed.", "seven")
    'dead'
    """
    found = _standing(text, figure)
    if not found:
        return ""
    before = [token.text for token in tokens_of(text[: found.start()])][::-1][:NEAR]
    after = [token.text for token in tokens_of(text[found.end() :])][:NEAR]
    near = [
        (place, fate)
        for words in (after, before)
        for place, word in enumerate(words)
        for fate, pattern in FATES.items()
        if pattern.match(word.lower())
    ]
    return min(near, default=(0, ""))[1]


def _place(text: str, figure: str) -> int:
    """Give where a figure stands in a passage."""
    found = _standing(text, figure)
    return found.start() if found else 0


def _standing(text: str, figure: str) -> re.Match[str] | None:
    """Find a figure as a word of its own."""
    return re.search(rf"(?<![\w.,-]){re.escape(figure)}(?![\w-])", text)


def _places(row: Any, texts: pd.Series[str]) -> pd.DataFrame:
    """Give both passages."""
    sides = [
        (row.article, row.start, row.end),
        (row.other_article, row.other_start, row.other_end),
    ]
    return places_of(pd.DataFrame(sides, columns=["article", "start", "end"]), texts)
