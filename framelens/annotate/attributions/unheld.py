"""Unheld: quotations that no attribution holds become attributions of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from framelens.annotate.attributions.pieces import Told
from framelens.annotate.speakers.who_spoke import CARRIED

if TYPE_CHECKING:
    from framelens.annotate.attributions.sources import Sources

_NOT_SURE = float("nan")


def with_unheld(told: list[Told], sources: Sources, length: int) -> list[Told]:
    """Add the quotations that stand in the content of no outermost attribution.

    Where a quotation only carries one on, as in "A," X said. "B.", it joins the
    attribution that holds the one before; else it is one of its own, with the source
    and the cue that the rules of `framelens.annotate.speakers` found.

    Parameters
    ----------
    told : list of Told
        The attributions of one article.
    sources : Sources
    length : int
        Of the article's text.

    Returns
    -------
    list of Told
        In reading order; those of their own have no probability.
    """
    result, holder = list(told), _holders(told, length)
    before: int | None = None
    for one in sources.quotations:
        around = holder[one.start : one.end]
        around = around[around >= 0]
        if len(around):
            before = int(np.bincount(around).argmax())
        elif one.found.rule == CARRIED and before is not None:
            result[before] = _carried_on(result[before], one.start, one.end)
        else:
            content, (source, cue) = [[one.start, one.end]], sources.pieces_of(one)
            own = ("direct", 0, _NOT_SURE)
            before = len(result)
            result.append(Told(one.annotation, content, source, cue, *own))
    return sorted(result, key=lambda one: one.content)


def _holders(
    told: list[Told], length: int
) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Give the place of the outermost attribution in whose content a character is."""
    holder = np.full(length, -1, dtype=np.int64)
    for place, one in enumerate(told):
        for start, end in one.content if not one.depth else []:
            holder[start:end] = place
    return holder


def _carried_on(told: Told, start: int, end: int) -> Told:
    kind = "mixed" if told.kind == "indirect" else told.kind
    return told._replace(content=sorted([*told.content, [start, end]]), kind=kind)
