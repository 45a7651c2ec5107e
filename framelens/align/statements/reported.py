"""Reported: what articles report in other words, from a table of attributions."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from framelens._checks import require_columns
from framelens.align.statements.credited import Spoken
from framelens.align.statements.printed_words import Told
from framelens.align.statements.reporting_verbs import hands_over, is_passive, verb_of
from framelens.align.statements.sources import clause_before, speaks, speaks_beside
from framelens.align.statements.subjects import named_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from framelens.align.statements.printed_words import PrintedWords

ATTRIBUTION_COLUMNS = ["article", "start", "end", "annotation", "role", "kind", "depth"]
"""What is needed of a table of attributions."""

LONGEST = 15
"""Words of a source or a cue. What is longer may hold more than who speaks."""

_BEFORE = 30  # code points before a report in which "about" may stand

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Report:
    """One attribution of an article."""

    kind: str
    contents: tuple[Span, ...]
    source: Span | None
    cue: Span | None


def reports_by_article(attributions: pd.DataFrame | None) -> dict[str, list[Report]]:
    """Sort the outermost attributions by article.

    Parameters
    ----------
    attributions : DataFrame or None
        As `framelens.annotate.attributions` returns them.

    Returns
    -------
    dict of str to list of Report
        Empty for None.

    Raises
    ------
    ColumnError
        If the table lacks a column.
    """
    if attributions is None:
        return {}
    require_columns(attributions, ATTRIBUTION_COLUMNS, of="attributions")
    kept = attributions["depth"].eq(0)
    found: dict[tuple[str, str], dict[str, list[Span]]] = {}
    columns = (attributions.loc[kept, name].tolist() for name in ATTRIBUTION_COLUMNS)
    kinds: dict[tuple[str, str], str] = {}
    for article, start, end, name, role, kind, _ in zip(*columns, strict=True):
        one = (str(article), str(name))
        kinds[one] = str(kind)
        pieces = found.setdefault(one, {})
        pieces.setdefault(str(role), []).append((int(start), int(end)))
    reports: dict[str, list[Report]] = defaultdict(list)
    for one, pieces in found.items():
        source, cue = pieces.get("source", []), pieces.get("cue", [])
        reports[one[0]].append(
            Report(
                kinds[one],
                tuple(sorted(pieces.get("content", []))),
                source[0] if source else None,
                cue[0] if cue else None,
            )
        )
    return dict(reports)


def told_in(text: str, reports: list[Report]) -> Told:
    """Give what is reported outside quotation marks, and what hands it over.

    What is wholly outside counts where somebody says it: what somebody "watched" or
    "refused to say" was not said.

    Parameters
    ----------
    text : str
    reports : list of Report
        Of one article.

    Returns
    -------
    Told
        Each in order and without overlap.
    """
    kept = [one for one in reports if _is_told(text, one)]
    asides = (span for one in kept for span in (one.source, one.cue) if span)
    told = [one for one in kept if one.kind != "direct"]
    unsaid = (one for one in told if not _by_somebody(text, one))
    return Told(
        _apart(span for one in told for span in one.contents),
        _apart(span for span in asides if len(text[slice(*span)].split()) <= LONGEST),
        _apart(span for one in unsaid for span in one.contents),
    )


def _by_somebody(text: str, one: Report) -> bool:
    """Whether the source speaks, or where none is marked what stands beside the cue."""
    if one.source is not None:
        return speaks(text[slice(*one.source)], text)
    return one.cue is not None and speaks_beside(text, *one.cue)


def _apart(spans: Iterable[Span]) -> list[Span]:
    """Sort spans, and leave out those that reach into one before."""
    kept: list[Span] = []
    for start, end in sorted(spans):
        if start < end and (not kept or start >= kept[-1][1]):
            kept.append((start, end))
    return kept


def _is_told(text: str, one: Report) -> bool:
    if one.kind != "indirect":
        return True
    if one.cue is None or not one.contents or _names_topic(text, one.contents[0][0]):
        return False
    end = one.source[1] if one.source else one.cue[0]
    if end <= one.cue[0] and is_passive(text[end : one.cue[1]]):
        return False
    source = text[slice(*one.source)] if one.source else clause_before(text, end)
    return hands_over(text[slice(*one.cue)], source)


def _names_topic(text: str, start: int) -> bool:
    """Whether a report only names a subject: "argued about the harbour"."""
    before = text[max(0, start - _BEFORE) : start].lower().split()
    return "about" in (*before[-1:], *text[start:].lower().split(maxsplit=1)[:1])


def spoken_in(words: PrintedWords, reports: list[Report]) -> list[Spoken]:
    """Give who says what, as rows of a table of speakers.

    A pronoun in the source is led back to a name as the rules of
    `framelens.align.statements.subjects` do it.
    """
    found: list[Spoken] = []
    for one in reports:
        name = None if one.source is None else named_in(words, *one.source)
        cue = None if one.cue is None else verb_of(words.text[slice(*one.cue)])
        found += [
            Spoken(
                start,
                end,
                None if name is None else name.text,
                cue,
                False,
                None if name is None else name.at,
                one.cue if cue else None,
            )
            for start, end in one.contents
        ]
    return found
