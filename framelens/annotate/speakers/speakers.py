"""Speakers: who utters each quotation, how that is known, and whose he is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from framelens._checks import require_columns
from framelens.annotate.pipeline import DEFAULT_MODEL
from framelens.annotate.quotations import quotations as mark_quotations
from framelens.annotate.speakers.coreference import Actors, Resolved
from framelens.annotate.speakers.entities import (
    Known,
    known_actors,
    outermost,
    sentences_of,
)
from framelens.annotate.speakers.tokens import each_tokens
from framelens.annotate.speakers.who_spoke import AHEAD, CARRIED, who_spoke
from framelens.read import articles_of
from framelens.read.actors import alias_key

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from framelens.annotate.speakers.cue_sources import Found
    from framelens.annotate.speakers.tokens import Tokens

TABLE = "actors table"
"""What ``resolved_by`` says where the analyst's table gave the speaker."""

SPEAKER_COLUMNS = [
    "article",
    "annotation",
    "start",
    "end",
    "speaker",
    "affiliation",
    "surface",
    "cue",
    "cue_start",
    "cue_end",
    "source_start",
    "source_end",
    "resolved_by",
]
"""The columns that `speakers` gives."""

_OFFSETS = ["cue_start", "cue_end", "source_start", "source_end"]
_NEEDED = [
    "article",
    "annotation",
    "start",
    "end",
    "inner_start",
    "inner_end",
    "kind",
    "depth",
]


class _Spoken(NamedTuple):
    speaker: str | None
    affiliation: str | None
    how: str | None


_NOBODY = _Spoken(None, None, None)


def speakers(
    articles: pd.DataFrame | str | Path,
    *,
    actors: pd.DataFrame | str | Path | None = None,
    quotations: pd.DataFrame | None = None,
    model: str | Path = DEFAULT_MODEL,
) -> pd.DataFrame:
    """Find who utters each quotation.

    Parameters
    ----------
    articles : DataFrame or path
        ``article`` and ``text``.
    actors : DataFrame or path, optional
        The analyst's table, as `framelens.read.read_actors` reads it; it wins over
        what the software finds. An alias can be what the article prints beside the
        quotation (*the premier*) or the name found for it (*Jane Doe*).
    quotations : DataFrame, optional
        As `framelens.annotate.quotations` gives them (and perhaps corrected by
        hand); computed if not given.
    model : str or path, default the small English pipeline
        As for `framelens.annotate.parse`.

    Returns
    -------
    DataFrame
        One row per outermost quotation that is speech: ``article, annotation,
        start, end``; ``speaker``: the fullest name that the article gives, without
        titles; the words themselves where it gives none (*senior official*); a
        state or a capital as printed; missing where nobody is named.
        ``affiliation``: the state or body that the text or the table gives, else
        missing. ``surface``: what the text has as the source, with its offsets
        ``source_start, source_end``; ``cue``: the words that report, with
        ``cue_start, cue_end``. ``resolved_by``: the rule that gave the speaker, in
        plain words; missing where there is no speaker.

    Raises
    ------
    ColumnError, InputError
        If the quotations lack a column, or the table of actors cannot be used.

    Notes
    -----
    Rules over the parse: reporting verbs and their subjects, *according to*,
    possessors, then the quotations around. Pronouns and descriptions go back to the
    last person or body that fits; where none does, the speaker stays missing.
    How often this is right, and on what, stands in ``benchmarks/RESULTS.md``.

    Examples
    --------
    >>> text = 'Jane Doe, the mayor, spoke. "We go on," she said. "Always."'
    >>> found = speakers(pd.DataFrame({"article": ["a"], "text": [text]}))
    >>> found[["speaker", "surface", "cue", "resolved_by"]]
        speaker surface   cue                           resolved_by
    0  Jane Doe     she  said                               pronoun
    1  Jane Doe     she  None  carried on from the quotation before
    """
    articles = articles_of(articles)
    marked = mark_quotations(articles) if quotations is None else quotations
    require_columns(marked, _NEEDED, of="quotations")
    by_article, known = outermost(marked), known_actors(actors)
    quoting = articles[articles["article"].isin(list(by_article))]
    rows = [
        row
        for tokens in each_tokens(quoting, model=model)
        for row in _in_article(tokens, by_article[tokens.article], known)
    ]
    table = pd.DataFrame(rows, columns=SPEAKER_COLUMNS, dtype=object)
    for name in _OFFSETS:
        table[name] = table[name].astype("Int64")
    return table.astype({"start": "int64", "end": "int64"})


def _in_article(
    tokens: Tokens, speech: pd.DataFrame, table: dict[str, Known]
) -> Iterator[tuple[object, ...]]:
    """Give the rows of one article."""
    sentences = sentences_of(tokens, speech)
    found = who_spoke(sentences)
    actors = Actors(sentences)
    spoken = _spoken(tokens, found, actors, table)
    keys = zip(*(speech[name].tolist() for name in SPEAKER_COLUMNS[1:4]), strict=True)
    for key, one, by in zip(keys, found, spoken, strict=True):
        cue, source = _offsets(tokens, one.cue), _offsets(tokens, one.source)
        who = (by.speaker, by.affiliation, source[0])
        yield tokens.article, *key, *who, *cue, *source[1:], by.how


def _spoken(
    tokens: Tokens, found: list[Found], actors: Actors, table: dict[str, Known]
) -> list[_Spoken]:
    """Name the speaker of every quotation; some have that of a neighbour."""
    result: list[_Spoken] = []
    last = _NOBODY
    for one in found:
        if one.head is None or one.source is None:
            result.append(_NOBODY)
            continue
        resolved = actors.at(one.head)
        if one.rule == CARRIED:
            by = result[-1]
            by = by._replace(how=CARRIED) if by.speaker else by
        else:
            by = _by(tokens, one, resolved, last, table)
        result.append(by)
        last = by if by.speaker else last
    return result


def _by(
    tokens: Tokens,
    found: Found,
    resolved: Resolved,
    last: _Spoken,
    table: dict[str, Known],
) -> _Spoken:
    """Name one speaker: by the analyst's table, else by the article."""
    mention, actor = resolved.mention, resolved.actor
    name = actor.label if actor is not None else None
    affiliation = actor.affiliation if actor is not None else None
    how = found.rule if resolved.how == "name" or found.rule == AHEAD else resolved.how
    if mention.form == "document" and actor is None:
        if mention.definite and mention.author is None and last.speaker:
            name, affiliation, how = last.speaker, last.affiliation, "description"
        elif not mention.definite:
            name, how = mention.label, found.rule
    printed = tokens.span(*found.source) if found.source else ""
    pronoun = mention.form == "pronoun"
    for alias in filter(None, [name] if pronoun else [printed, mention.label, name]):
        known = table.get(alias_key(alias))
        if known is not None and known.actor is None:
            return _Spoken(None, None, TABLE)
        if known is not None:
            given = how if known.actor == name else TABLE
            return _Spoken(known.actor, known.affiliation or affiliation, given)
    return _Spoken(name, affiliation, how) if name else _NOBODY


def _offsets(
    tokens: Tokens, span: tuple[int, int] | None
) -> tuple[str | None, int | None, int | None]:
    """Give the words of a span of tokens, and their offsets."""
    if span is None:
        return None, None, None
    return tokens.span(*span), tokens.starts[span[0]], tokens.ends[span[1]]
