"""Speakers: who utters each quotation, how that is known, and whose he is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from framelens._checks import require_columns
from framelens.annotate.entities import (
    Known,
    known_actors,
    outermost,
    sentences_of,
)
from framelens.annotate.fallbacks import AHEAD, CARRIED, who_spoke
from framelens.annotate.naming import (
    AS_PRINTED,
    NOBODY,
    Naming,
    Who,
)
from framelens.annotate.pipeline import DEFAULT_MODEL
from framelens.annotate.quotations import quotations as mark_quotations
from framelens.annotate.tokens import each_tokens
from framelens.read import articles_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from framelens.annotate.fallbacks import Found
    from framelens.annotate.tokens import Tokens


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
        titles; a state for its name, adjective or capital; the words themselves for
        people whom the article does not name (*senior official*); missing where
        nobody is named.
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
    `framelens.annotate.attribution_table` reads more than the marks: it finds the
    source of quotations more often, and uses these rules where it finds none. How
    often both are right, and on what, stands in ``benchmarks/RESULTS.md``.

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
    spoken = _spoken(tokens, found, Naming(sentences, table))
    keys = zip(*(speech[name].tolist() for name in SPEAKER_COLUMNS[1:4]), strict=True)
    for key, one, by in zip(keys, found, spoken, strict=True):
        cue, source = _offsets(tokens, one.cue), _offsets(tokens, one.source)
        who = (by.speaker, by.affiliation, source[0])
        yield tokens.article, *key, *who, *cue, *source[1:], by.how


def _spoken(tokens: Tokens, found: list[Found], naming: Naming) -> list[Who]:
    """Name the speaker of every quotation; some have that of a neighbour."""
    result: list[Who] = []
    last = NOBODY
    for one in found:
        if one.head is None or one.source is None:
            result.append(NOBODY)
            continue
        if one.rule == CARRIED:
            by = result[-1]
            by = by._replace(how=CARRIED) if by.speaker else by
        else:
            by = naming.who(one.head, last=last)
            by = naming.listed([tokens.span(*one.source)], by) or by
            named = by.how in ("name", AS_PRINTED) or (by.speaker and one.rule == AHEAD)
            by = by._replace(how=one.rule) if named else by
        result.append(by)
        last = by if by.speaker else last
    return result


def _offsets(
    tokens: Tokens, span: tuple[int, int] | None
) -> tuple[str | None, int | None, int | None]:
    """Give the words of a span of tokens, and their offsets."""
    if span is None:
        return None, None, None
    return tokens.span(*span), tokens.starts[span[0]], tokens.ends[span[1]]
