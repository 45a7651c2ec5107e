"""Credited: the table of speakers where it knows of a statement, else the rules."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from framelens.align.statements.credit import Credit, credit
from framelens.align.statements.names import fullest, mention
from framelens.align.statements.reporting_verbs import lemma_of
from framelens.align.statements.same_name import describes, differ

if TYPE_CHECKING:
    import pandas as pd

    from framelens.align.statements.stretches import Stretch

SPEAKER_COLUMNS = ["article", "start", "end", "speaker", "cue"]
"""What is needed of a table of speakers."""

_OPTIONAL = ["resolved_by", "source_start", "source_end", "cue_start", "cue_end"]
_VOUCHED = {None, "actors table"}  # by the analyst, not by a model


@dataclass(frozen=True, slots=True)
class Spoken:
    """One row of a table of speakers: a quotation, whose it is, and by which cue."""

    start: int
    end: int
    speaker: str | None
    cue: str | None
    vouched: bool  # by the analyst, so that no rule doubts it
    source: tuple[int, int] | None
    cue_at: tuple[int, int] | None


def spoken_by_article(speakers: pd.DataFrame) -> dict[str, list[Spoken]]:
    """Sort a table of speakers by article."""
    columns = [
        speakers[name].tolist() if name in speakers.columns else [None] * len(speakers)
        for name in SPEAKER_COLUMNS + _OPTIONAL
    ]
    found: dict[str, list[Spoken]] = defaultdict(list)
    for article, start, end, speaker, cue, how, *spans in zip(*columns, strict=True):
        known = (_text(speaker), _text(cue), _text(how) in _VOUCHED)
        places = (_span(*spans[:2]), _span(*spans[2:]))
        one = Spoken(int(start), int(end), *known, *places)
        found[str(article)].append(one)
    return found


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _span(start: Any, end: Any) -> tuple[int, int] | None:
    try:
        return int(start), int(end)
    except (TypeError, ValueError):
        return None  # missing, as None, NaN or NA


def credited(part: Stretch, known: list[Spoken]) -> Credit:
    """Say to whom an article credits a statement, and with which verb.

    Parameters
    ----------
    part : Stretch
        The statement's words in one article.
    known : list of Spoken
        What is known of the article's quotations. A quotation that is there without a
        speaker stays without one; where a model named the speaker, the rules' reading
        is kept beside it, and wins over a mere description ("girl").

    Returns
    -------
    Credit
        The speaker by the fullest name in the article.
    """
    own = credit(part)
    if own.speaker:
        own = replace(own, speaker=fullest(part.words, own.speaker))
    if own.cue:
        own = replace(own, cue=_lemmas(own.cue))
    rows = _rows_on(part, known)
    if not rows:
        return own
    named = _best(rows)
    cue, cue_at = own.cue, own.cue_at
    known_cue = next((row for row in (named, *rows) if row.cue), None)
    if known_cue is not None and known_cue.cue:
        cue, cue_at = _lemmas(known_cue.cue), known_cue.cue_at or own.cue_at
    if named.speaker is None:
        settled = any(row.vouched for row in rows)  # nobody is named, says a table
        own = Credit() if settled else own
        return replace(own, cue=cue, cue_at=cue_at)
    if not named.vouched and own.speaker and describes(named.speaker):
        return Credit(own.speaker, own.source, cue, cue_at)
    agreed = own.speaker is not None and not differ(own.speaker, named.speaker)
    source = named.source or (
        own.source if agreed else mention(part.words, named.speaker, named.start)
    )
    also = None if named.vouched else own.speaker
    speaker = named.speaker if named.vouched else fullest(part.words, named.speaker)
    return Credit(speaker, source, cue, cue_at, also)


def _best(rows: list[Spoken]) -> Spoken:
    """Give the first row that names somebody; one that only describes is second."""
    named = [row for row in rows if row.speaker]
    clear = [row for row in named if row.vouched or not describes(row.speaker)]
    return (clear or named or rows)[0]


def _lemmas(cue: str) -> str:
    return " ".join(lemma_of(word) or word for word in cue.lower().split())


def _rows_on(part: Stretch, known: list[Spoken]) -> list[Spoken]:
    """Give the rows on quotations that hold words of a statement, first ones first."""
    words = part.words
    spans = {
        words.spans[int(words.quotation[place])]
        if words.quotation[place] >= 0
        else (int(words.starts[place]), int(words.ends[place]))
        for place in part.places
        if words.unit[place] >= 0
    }
    rows = [
        row for row in known if any(row.start < e and s < row.end for s, e in spans)
    ]
    return sorted(rows, key=lambda row: row.start)
