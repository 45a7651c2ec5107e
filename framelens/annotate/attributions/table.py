"""One row per attribution: what is said, with which cue, and who stands behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from framelens.annotate.attributions.attributions import (
    attributions as mark_attributions,
)
from framelens.annotate.attributions.pieces import gathered
from framelens.annotate.attributions.sources import Sources
from framelens.annotate.attributions.unheld import with_unheld
from framelens.annotate.cue_classes import cue_class
from framelens.annotate.pipeline import DEFAULT_MODEL
from framelens.annotate.quotations import quotations as mark_quotations
from framelens.annotate.spans import each_text
from framelens.annotate.speakers.entities import known_actors, outermost
from framelens.annotate.speakers.naming import NOBODY, Who
from framelens.annotate.speakers.tokens import each_tokens
from framelens.read import articles_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from framelens.annotate.attributions.pieces import Pieces, Told
    from framelens.annotate.speakers.entities import Known
    from framelens.annotate.speakers.tokens import Tokens

ATTRIBUTION_COLUMNS = [
    "article",
    "annotation",
    "content",
    "source",
    "cue",
    "kind",
    "depth",
    "probability",
    "surface",
    "speaker",
    "affiliation",
    "anonymous",
    "resolved_by",
    "cue_text",
    "cue_class",
]
"""The columns that `attribution_table` gives."""


def attribution_table(
    articles: pd.DataFrame | str | Path,
    *,
    actors: pd.DataFrame | str | Path | None = None,
    attributions: pd.DataFrame | None = None,
    model: str | Path = DEFAULT_MODEL,
) -> pd.DataFrame:
    """Tell who stands behind each attribution.

    Parameters
    ----------
    articles : DataFrame or path
        ``article`` and ``text``, in English.
    actors : DataFrame or path, optional
        The analyst's table, as `framelens.read.read_actors` reads it; it wins over
        what the software finds. An alias can be what the article prints (*the
        premier*) or the name found for it (*Jane Doe*).
    attributions : DataFrame, optional
        As `framelens.annotate.attributions` gives them (and perhaps corrected by
        hand); computed if not given.
    model : str or path, default the small English pipeline
        As for `framelens.annotate.parse`.

    Returns
    -------
    DataFrame
        One row per attribution, in the order of the articles and of what is said in
        them: ``article, annotation``; ``content, source, cue``: lists of ``[start,
        end]`` in reading order, ``source`` and ``cue`` missing where there is none;
        ``kind, depth, probability`` as `framelens.annotate.attributions` gives them;
        ``surface`` and ``cue_text``: source and cue as printed, pieces parted by a
        space; ``cue_class``: see `framelens.annotate.cue_class`. An outermost
        quotation that no attribution holds joins the one that it carries on, or else
        has a row of its own, with the quotation's ``annotation``, source and cue by
        the rules of `framelens.annotate.speakers`, and no ``probability``.

        ``speaker``: the fullest name that the article gives, without titles; a state
        for its name, adjective or capital; the words themselves for people whom the
        article does not name (*senior official*); several parted by ``"; "``, of
        *Jane Doe and her allies* the one who is known; missing where the source
        means nobody who can be told. ``affiliation``: the state or body that the
        text or the table gives, in the same order, else missing. ``anonymous``:
        whether the source is people, or several bodies, described in words that fit
        many and never named: *experts*, *a senior official*, *U.S. media*; not *the
        president*.
        ``resolved_by``: ``name``; ``as printed`` (the words themselves);
        ``pronoun``; ``description``; ``first person`` (inside what somebody says: *I*
        is that speaker, *we* the body or state that speaks or that the speaker
        belongs to); ``actors table``; or, where quoted words have no source, the rule
        by which `framelens.annotate.speakers` found who utters them.

    Raises
    ------
    ColumnError, InputError, UnknownNameError
        If the attributions lack a column, do not fit the texts, or have another
        role; if the table of actors cannot be used.
    MissingPartError
        If the reader is not installed; see `framelens.annotate.attributions`.

    Notes
    -----
    Names come from the parse, and pronouns and descriptions go back to the last
    person or body that fits, as for `framelens.annotate.speakers`. Inside quotation
    marks *he* or *the mayor* stays missing.

    Examples
    --------
    >>> text = "Jane Doe, the mayor, spoke. She said that the bridge is safe."
    >>> found = attribution_table(pd.DataFrame({"article": ["a"], "text": [text]}))
    >>> found[["content", "surface", "speaker", "resolved_by", "cue_class"]]
          content surface   speaker resolved_by cue_class
    0  [[37, 60]]     She  Jane Doe     pronoun   neutral
    """
    articles, known = articles_of(articles), known_actors(actors)
    marked = mark_attributions(articles) if attributions is None else attributions
    by_article = gathered(marked, dict(each_text(articles)))
    speech = outermost(mark_quotations(articles))
    attributed = articles[articles["article"].isin([*by_article, *speech])]
    rows = [
        row
        for tokens in each_tokens(attributed, model=model)
        for row in _in_article(
            tokens,
            by_article.get(tokens.article, []),
            speech.get(tokens.article),
            known,
        )
    ]
    table = pd.DataFrame(rows, columns=ATTRIBUTION_COLUMNS, dtype=object)
    return table.astype({"depth": "int64", "probability": "float64", "anonymous": bool})


def _in_article(
    tokens: Tokens,
    told: list[Told],
    speech: pd.DataFrame | None,
    known: dict[str, Known],
) -> Iterator[tuple[object, ...]]:
    """Give the rows of one article."""
    sources = Sources(tokens, speech, known)
    told = with_unheld(told, sources, len(tokens.text))
    everybody = _everybody(told, sources)
    for one, who in zip(told, everybody, strict=True):
        surface, cue = (_printed(tokens.text, some) for some in (one.source, one.cue))
        yield (
            *(tokens.article, one.annotation, one.content),
            *(one.source or None, one.cue or None),
            *(one.kind, one.depth, one.probability, surface),
            *(who.speaker, who.affiliation, who.anonymous, who.how),
            *(cue, cue_class(cue) if cue is not None else None),
        )


def _everybody(told: list[Told], sources: Sources) -> list[Who]:
    """Name the speakers, of the outer attributions before the ones inside them."""
    found: dict[int, Who] = {}
    last = NOBODY
    uttered = {one.annotation for one in sources.quotations}
    for place in sorted(range(len(told)), key=lambda one: (told[one].depth, one)):
        one, outer = told[place], _outer(told, place)
        within = found.get(outer, NOBODY) if outer is not None else NOBODY
        before = last if outer is None else NOBODY
        if one.source and one.annotation not in uttered:
            who = sources.who(one.source, within=within, last=before)
        elif one.kind != "indirect" and outer is None:
            who = sources.of_quotation(one.content)
        else:
            who = NOBODY
        found[place] = who
        last = who if outer is None and who.speaker else last
    return [found[place] for place in range(len(told))]


def _outer(told: list[Told], place: int) -> int | None:
    """Give the attribution in whose content, the tightest, another's cue stands."""
    if not told[place].depth or not told[place].cue:
        return None
    cue = told[place].cue[0][0]
    around = [
        (end - start, number)
        for number, one in enumerate(told)
        if one.depth < told[place].depth
        for start, end in one.content
        if start <= cue < end
    ]
    return min(around)[1] if around else None


def _printed(text: str, pieces: Pieces) -> str | None:
    return " ".join(text[start:end] for start, end in pieces) or None
