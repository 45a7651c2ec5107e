"""Reported: what articles report in other words, from a table of attributions."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from framelens._checks import require_columns
from framelens.annotate.cues import cue_of
from framelens.measure.statements.credited import Spoken
from framelens.measure.statements.subjects import named_in

if TYPE_CHECKING:
    import pandas as pd

    from framelens.measure.statements.printed_words import PrintedWords

ATTRIBUTION_COLUMNS = ["article", "start", "end", "annotation", "role", "kind", "depth"]
"""What is needed of a table of attributions."""


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


def clauses_of(text: str, reports: list[Report]) -> list[Span]:
    """Give what is reported outside quotation marks, in order and without overlap.

    What is wholly outside counts where a listed reporting verb hands it over: what
    somebody "watched" or "expected" was not said.
    """
    kept: list[Span] = []
    spans = (span for one in reports if _is_told(text, one) for span in one.contents)
    for start, end in sorted(spans):
        if start < end and (not kept or start >= kept[-1][1]):
            kept.append((start, end))
    return kept


def _is_told(text: str, one: Report) -> bool:
    if one.kind == "indirect":
        return one.cue is not None and _cue(text[slice(*one.cue)]) is not None
    return one.kind == "mixed"


def spoken_in(words: PrintedWords, reports: list[Report]) -> list[Spoken]:
    """Give who says what, as rows of a table of speakers.

    A pronoun in the source is led back to a name as the rules of
    `framelens.measure.statements.subjects` do it.
    """
    found: list[Spoken] = []
    for one in reports:
        name = None if one.source is None else named_in(words, *one.source)
        cue = None if one.cue is None else _cue(words.text[slice(*one.cue)])
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


def _cue(text: str) -> str | None:
    """Give the one verb of a cue; None where it has none, or says more."""
    if text.lower().startswith("according"):
        return "according to"
    known = [word for word in text.lower().split() if cue_of(word)]
    return known[0] if known else None
