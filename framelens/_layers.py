"""Layers: what is marked in articles, each declared once, whoever computes it."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd


@dataclass(frozen=True)
class Layer:
    """One layer of a corpus: a table that follows from the articles.

    Attributes
    ----------
    name : str
    columns : tuple of str
        What its table has at least; a correction must have them too.
    compute : function
        ``compute(articles, **needs)`` gives the table. It is pure, and what it gives
        for one article does not depend on the others of its batch, unless the layer
        is of the `whole`.
    needs : tuple of str
        Layers that `compute` is given, by name; and ``actors``, the analyst's table.
    version : str
        Changes whenever the same articles give another table.
    whole : bool
        Whether it needs all articles of the corpus at once, as events do.
    by_event : bool
        Whether it needs all articles that state the same event at once.
    implied : function or None
        Where this layer follows from others, which take a correction of it:
        ``implied(table, articles)`` checks it and gives their tables by name.
    """

    name: str
    columns: tuple[str, ...]
    compute: Callable[..., pd.DataFrame] = field(repr=False)
    needs: tuple[str, ...] = ()
    version: str = "1"
    whole: bool = False
    by_event: bool = False
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
    "attributions": "framelens.annotate.attributions:ATTRIBUTIONS",
    "voices": "framelens.annotate.voices:VOICES_LAYER",
    "marked_voices": "framelens.annotate.voices:MARKED_VOICES_LAYER",
    "mentions": "framelens.annotate.entities:MENTIONS",
    "credited": "framelens.annotate.ledger:CREDITED",
    "marked_credited": "framelens.annotate.ledger:MARKED_CREDITED",
    "ledger": "framelens.annotate.ledger:LEDGER",
    "marked_ledger": "framelens.annotate.ledger:MARKED_LEDGER",
    "blended_words": "framelens.annotate.blended_words:BLENDED_WORDS",
    "loaded_words": "framelens.annotate.loaded_words:LOADED_WORDS",
    "boilerplate": "framelens.align.boilerplate:BOILERPLATE",
    "duplicates": "framelens.align.duplicates:DUPLICATES",
    "events": "framelens.align.events.events:EVENTS",
}
"""Where each layer is declared. A module is imported when its layer is asked for."""


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
    grown = True
    while grown:
        more = {one for one in DECLARED if found & _rests_on(layer(one))} - found
        found |= more
        grown = bool(more)
    return found - names
