"""One row per attribution: what is said, with which cue, and who stands behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from framelens._checks import InputError, require_columns, require_known
from framelens.annotate.attributions.attributions import (
    attributions as mark_attributions,
)
from framelens.annotate.attributions.sources import NOBODY, Sources, Who
from framelens.annotate.cue_classes import cue_class
from framelens.annotate.pipeline import DEFAULT_MODEL
from framelens.annotate.quotations import quotations as mark_quotations
from framelens.annotate.spans import each_text
from framelens.annotate.speakers.entities import known_actors, outermost
from framelens.annotate.speakers.tokens import each_tokens
from framelens.read import articles_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from framelens.annotate.speakers.entities import Known
    from framelens.annotate.speakers.tokens import Tokens

    Pieces = list[list[int]]

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

_ROLES = ("content", "source", "cue")
_NEEDED = [
    *("article", "start", "end", "annotation", "role"),
    *("kind", "depth", "probability"),
]


class _Told(NamedTuple):
    """One attribution: its pieces by role, in reading order."""

    annotation: str
    content: Pieces
    source: Pieces
    cue: Pieces
    kind: str
    depth: int
    probability: float


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
        space; ``cue_class``: see `framelens.annotate.cue_class`.

        ``speaker``: the fullest name that the article gives, without titles; a state
        for its name, adjective or capital; the words themselves for people whom the
        article does not name (*senior official*); several parted by ``"; "``, of
        *Jane Doe and her allies* the one who is known; missing where the source
        means nobody who can be told. ``affiliation``: the state or body that the
        text or the table gives, in the same order, else missing. ``anonymous``:
        whether the source is people who are described in words that fit many, and
        never named: *experts*, *a senior official*; not *the president*.
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
    by_article = _by_article(marked, dict(each_text(articles)))
    attributed = articles[articles["article"].isin(list(by_article))]
    speech = outermost(mark_quotations(attributed))
    rows = [
        row
        for tokens in each_tokens(attributed, model=model)
        for row in _in_article(
            tokens, by_article[tokens.article], speech.get(tokens.article), known
        )
    ]
    table = pd.DataFrame(rows, columns=ATTRIBUTION_COLUMNS, dtype=object)
    return table.astype({"depth": "int64", "probability": "float64", "anonymous": bool})


def _by_article(marked: pd.DataFrame, texts: dict[str, str]) -> dict[str, list[_Told]]:
    """Gather the pieces of every attribution, by article, in reading order."""
    require_columns(marked, _NEEDED, of="attributions")
    columns = (marked[name].tolist() for name in _NEEDED)
    pieces: dict[tuple[str, str], dict[str, Pieces]] = {}
    told: dict[tuple[str, str], tuple[str, int, float]] = {}
    for article, start, end, annotation, role, *own in zip(*columns, strict=True):
        if article not in texts:
            continue
        require_known(role, _ROLES, kind="role")
        if not 0 <= start < end <= len(texts[article]):
            raise InputError(
                f"attribution {annotation}: {start} to {end} is no stretch of article "
                f"{article}, which has {len(texts[article]):,} characters; mark the "
                "attributions of these very texts"
            )
        some = pieces.setdefault((article, annotation), {one: [] for one in _ROLES})
        some[role].append([int(start), int(end)])
        told.setdefault((article, annotation), (own[0], int(own[1]), float(own[2])))
    found: dict[str, list[_Told]] = {}
    for (article, annotation), some in pieces.items():
        one = _gathered(annotation, some, told[article, annotation])
        found.setdefault(article, []).append(one)
    for several in found.values():
        several.sort(key=lambda one: one.content)
    return found


def _gathered(
    annotation: str, some: dict[str, Pieces], own: tuple[str, int, float]
) -> _Told:
    """Put the pieces of one attribution in reading order."""
    content, source, cue = (sorted(some[role]) for role in _ROLES)
    if not content:
        raise InputError(
            f"attribution {annotation} has no content; give each at least one row of "
            "the role content"
        )
    return _Told(annotation, content, source, cue, *own)


def _in_article(
    tokens: Tokens,
    told: list[_Told],
    speech: pd.DataFrame | None,
    known: dict[str, Known],
) -> Iterator[tuple[object, ...]]:
    """Give the rows of one article."""
    everybody = _everybody(told, Sources(tokens, speech, known))
    for one, who in zip(told, everybody, strict=True):
        surface, cue = (_printed(tokens.text, some) for some in (one.source, one.cue))
        yield (
            *(tokens.article, one.annotation, one.content),
            *(one.source or None, one.cue or None),
            *(one.kind, one.depth, one.probability, surface),
            *(who.speaker, who.affiliation, who.anonymous, who.how),
            *(cue, cue_class(cue) if cue is not None else None),
        )


def _everybody(told: list[_Told], sources: Sources) -> list[Who]:
    """Name the speakers, of the outer attributions before the ones inside them."""
    found: dict[int, Who] = {}
    last = NOBODY
    for place in sorted(range(len(told)), key=lambda one: (told[one].depth, one)):
        one, outer = told[place], _outer(told, place)
        within = found.get(outer, NOBODY) if outer is not None else NOBODY
        before = last if outer is None else NOBODY
        if one.source:
            who = sources.who(one.source, within=within, last=before)
        elif one.kind == "direct" and outer is None:
            who = sources.of_quotation(one.content)
        else:
            who = NOBODY
        found[place] = who
        last = who if outer is None and who.speaker else last
    return [found[place] for place in range(len(told))]


def _outer(told: list[_Told], place: int) -> int | None:
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
