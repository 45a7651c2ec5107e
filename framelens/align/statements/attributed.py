"""Attributed: what the ledger says of a stretch of an article: who, with which cue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from framelens.annotate.cues import cue_of, cue_words, hits
from framelens.annotate.spans import grouped_spans, joined_spans, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Attribution:
    """One row of the ledger; places are offsets into the article's text."""

    contents: tuple[Span, ...]
    sources: tuple[Span, ...]
    cues: tuple[Span, ...]
    kind: str
    depth: int
    speaker: str | None
    affiliation: str | None
    cue: str | None
    cue_class: str | None
    says: bool  # whether the cue hands over what was said, not thought or refused


NOBODY = Attribution((), (), (), "own", 0, None, None, None, None, says=False)
"""What is attributed to nobody."""


def attributions_by_article(
    ledger: pd.DataFrame, credited: pd.DataFrame
) -> dict[str, list[Attribution]]:
    """Sort the rows of a ledger by article, in the order of the ledger."""
    # A quotation of which an attribution holds a part is its speaker's as a whole.
    whole = grouped_spans(credited[credited["voice"].eq("direct")], by="annotation")
    rows: dict[str, list[Attribution]] = {}
    names = (
        *("article", "annotation", "content", "source", "cue", "kind", "depth"),
        *("actor", "affiliation", "cue_text", "cue_class"),
    )
    for article, annotation, content, *row in rows_of(ledger, *names):
        source, cue, kind, depth, *who = row
        speaker, affiliation, cue_text, cue_class = map(_text, who)
        rows.setdefault(str(article), []).append(
            Attribution(
                tuple(joined_spans([*_spans(content), *whole.get(annotation, [])])),
                _spans(source),
                _spans(cue),
                str(kind),
                int(depth),
                speaker,
                affiliation,
                None if cue_text is None else base_form(cue_text),
                cue_class,
                cue_text is not None and says(cue_text),
            )
        )
    return rows


def _text(value: Any) -> str | None:
    """Give a cell's text, None where it is missing."""
    return value if isinstance(value, str) and value.strip() else None


def _spans(value: Any) -> tuple[Span, ...]:
    """Give a cell's spans, none where it is missing."""
    if not isinstance(value, list | tuple):
        return ()
    return tuple((int(start), int(end)) for start, end in value)


def base_form(cue: str) -> str:
    """Give the base form of the verb in a cue; the cue itself where no verb is known.

    >>> [base_form(cue) for cue in ("has warned", "according to", "told reporters")]
    ['warn', 'according to', 'tell']
    """
    words = cue.lower().split()
    if words[:1] == ["according"]:
        return "according to"
    verbs = (cue_of(word) for word in words)
    listed = (hit.entry.cue for hit in hits(cue_words(cue)))
    return next((verb for verb in (*verbs, *listed) if verb), " ".join(words))


def says(cue: str) -> bool:
    """Whether a cue hands over what was said, and not what was thought or refused.

    >>> [says(cue) for cue in ("has warned", "declined to say", "expects", "not said")]
    [True, False, False, False]
    """
    first = next(hits(cue_words(cue)), None)
    if first is None:
        return any(cue_of(word) for word in cue.split())
    verb = first.entry.cue.split()[0]
    return not first.negated and (cue_of(verb) is not None or verb == "according")


def attribution_of(
    pieces: Sequence[Span], attributions: Iterable[Attribution]
) -> Attribution:
    """Give the attribution that a stretch of an article belongs to.

    The one whose content holds most of the stretch, of equals the tightest; one with a
    speaker goes before one without where it holds at least half as much. `NOBODY` where
    none holds any of it.

    >>> from dataclasses import replace
    >>> outer = replace(NOBODY, contents=((0, 50),), speaker="Orr")
    >>> inner = replace(NOBODY, contents=((20, 30),), speaker="Moss")
    >>> [attribution_of([span], [outer, inner]).speaker for span in ((0, 50), (21, 29))]
    ['Orr', 'Moss']
    """
    overlaps = [(_shared(pieces, one.contents), one) for one in attributions]
    overlaps = [(shared, one) for shared, one in overlaps if shared]
    if not overlaps:
        return NOBODY
    most = max(shared for shared, _ in overlaps)
    return max(
        (pair for pair in overlaps if 2 * pair[0] >= most),
        key=lambda pair: (
            pair[1].speaker is not None,
            pair[0],
            sum(start - end for start, end in pair[1].contents),
        ),
    )[1]


def _shared(pieces: Sequence[Span], others: Sequence[Span]) -> int:
    """Count the characters that two sets of spans share."""
    return sum(
        max(0, min(end, last) - max(start, first))
        for start, end in pieces
        for first, last in others
    )
