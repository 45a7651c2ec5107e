"""Layers: what is marked in articles, each declared once, whoever computes it."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING

from framelens._checks import require_known

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import pandas as pd


@dataclass(frozen=True)
class Layer:
    """One layer of a corpus: a table that follows from the articles.

    ``compute(articles, **needs)`` is pure, and its rows for one article do not depend
    on the others, unless it needs the `whole` corpus at once, as events do, or all
    articles `by_event`, or a layer that does. `needs` are layers, and ``actors``;
    `version` changes whenever the same articles give another table; `columns` are what
    a correction must have too.
    ``in_turn(articles, sizes, **needs)`` gives a layer of the whole corpus so many
    articles at a time, for those that need not hold all of it.
    ``implied(table, articles)`` checks a correction of a layer that follows from
    others, and gives their tables by name.
    """

    name: str
    columns: tuple[str, ...]
    compute: Callable[..., pd.DataFrame] = field(repr=False)
    needs: tuple[str, ...] = ()
    version: str = "1"
    whole: bool = False
    by_event: bool = False
    in_turn: Callable[..., Iterator[pd.DataFrame]] | None = field(
        default=None, repr=False
    )
    implied: Callable[..., dict[str, pd.DataFrame]] | None = field(
        default=None, repr=False
    )


ACTORS = "actors"
"""What a layer needs where it needs the analyst's table of actors; no layer itself."""

DECLARED: dict[str, str] = {
    "paragraphs": "framelens.annotate.paragraphs:PARAGRAPHS",
    "tokens": "framelens.annotate.pipeline:TOKENS",
    "sentences": "framelens.annotate.pipeline:SENTENCES",
    "quotations": "framelens.annotate.quotations:QUOTATIONS",
    "furniture": "framelens.annotate.furniture:FURNITURE",
    "zones": "framelens.annotate.zones:ZONES_LAYER",
    "attributions": "framelens.annotate.attributions:ATTRIBUTIONS",
    "voices": "framelens.annotate.voices:VOICES_LAYER",
    "marked_voices": "framelens.annotate.voices:MARKED_VOICES_LAYER",
    "mentions": "framelens.annotate.entities:MENTIONS",
    "names": "framelens.align.people:NAMES",
    "credited": "framelens.annotate.ledger:CREDITED",
    "marked_credited": "framelens.annotate.ledger:MARKED_CREDITED",
    "ledger": "framelens.annotate.ledger:LEDGER",
    "marked_ledger": "framelens.annotate.ledger:MARKED_LEDGER",
    "clauses": "framelens.annotate.clauses:CLAUSES",
    "phrases": "framelens.annotate.phrases:PHRASES",
    "labels": "framelens.align.labels:LABELS",
    "doubts": "framelens.annotate.doubts:DOUBTS",
    "marked_doubts": "framelens.annotate.doubts:MARKED_DOUBTS",
    "tones": "framelens.annotate.tones:TONES",
    "blended_words": "framelens.annotate.blended_words:BLENDED_WORDS",
    "genres": "framelens.annotate.genre:GENRES",
    "loaded_words": "framelens.annotate.tone:LOADED_WORDS",
    "boilerplate": "framelens.align.boilerplate:BOILERPLATE",
    "duplicates": "framelens.align.duplicates:DUPLICATES",
    "events": "framelens.align.events.events:EVENTS",
}
"""Where each layer is declared. A module is imported when its layer is asked for."""


OF_A_REPORT = "report"
"""A name for all layers that findings and a report read of every article."""

_OF_A_REPORT = (
    *("mentions", "clauses", "loaded_words", "genres"),
    *("boilerplate", "duplicates", "events"),
)


def layers_named(names: Iterable[str]) -> list[str]:
    """Give the layers that were asked for, `OF_A_REPORT` in full, each once.

    Raises `UnknownNameError` if there is no such layer.
    """
    found: dict[str, None] = {}
    for name in names:
        require_known(name, [*DECLARED, OF_A_REPORT], kind="layer")
        found |= dict.fromkeys(_OF_A_REPORT if name == OF_A_REPORT else [name])
    return list(found)


def layer(name: str) -> Layer:
    """Give the declaration of a layer."""
    module, _, declaration = DECLARED[name].partition(":")
    found = getattr(import_module(module), declaration)
    assert isinstance(found, Layer)  # noqa: S101 - a slip of ours, not of a user
    return found


def _rests_on(declared: Layer) -> set[str]:
    """Give what a layer needs; also the events, if it is computed event by event."""
    return {*declared.needs, *(["events"] if declared.by_event else [])}


def resting_on(names: set[str]) -> set[str]:
    """Give the layers that need one of `names`, directly or through another."""
    found = set(names)
    grown = bool(names)  # else no layer's module need be loaded
    while grown:
        more = {one for one in DECLARED if found & _rests_on(layer(one))} - found
        found |= more
        grown = bool(more)
    return found - names
