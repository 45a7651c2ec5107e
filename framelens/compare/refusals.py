"""Refusals: why there is no test or interval, in one sentence each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from framelens.compare.inference import kind_of
from framelens.compare.names import number_of, side_names

if TYPE_CHECKING:
    import numpy.typing as npt

    from framelens.compare.design import Design
    from framelens.compare.inference import Floors, Inference
    from framelens.compare.strata import Whole

READ = "sentences to read, no interval and no p-value"
"""What too few articles give."""


def refusal(
    design: Design, floors: Floors, tested: npt.NDArray[np.bool_]
) -> str | None:
    """Say why there is no test at all; None where there is one."""
    a, b = design.sizes
    articles = f"{a:,} + {b:,} articles"
    if design.target == design.baseline:
        return (
            f"target and baseline are both {design.target}: every difference is 0, "
            "and nothing is tested"
        )
    if not design.strata:
        return _nothing_shared(design)
    if not len(design.items):
        return f"{articles}: no item was counted in them"
    if kind_of(design, floors) is None:
        return articles + _too_few(design, floors)
    if not tested.any():
        return f"{articles}: {READ}; no item is found in enough of them for a test"
    return None


def _too_few(design: Design, floors: Floors) -> str:
    who = ", {} and {}".format(*side_names(design)) if design.genres_apart else ""
    if design.strata > 1:
        return (
            f" in {design.strata} shared events{who}: {READ}; a test needs at least "
            f"{floors.events} shared events, or one event with at least "
            f"{floors.articles} articles a side"
        )
    if min(design.sizes) >= floors.articles:
        return (
            f"{who}: {READ}; an outlet has a single article of one genre, so compare "
            "that genre by itself"
        )
    return (
        f"{who}: {READ}; a test needs at least {floors.articles} articles a side or "
        f"{floors.events} shared events"
    )


def _nothing_shared(design: Design) -> str:
    if design.outside:
        return (
            f"no event is covered by both {design.target} and {design.baseline} in "
            "this voice: nothing to compare within events"
        )
    return f"not both outlets have {design.unit} in this voice: nothing to compare"


def item_refusals(
    design: Design,
    inferred: Inference,
    found_in: Whole,
    *,
    least: int,
    floors: Floors,
) -> list[str | None]:
    """Say of each item why it has no test or interval; None where it has both."""
    a, b = design.sizes
    few = f"{a:,} + {b:,} articles: an interval needs {floors.intervals} a side"
    reasons: list[str | None] = []
    for row, number in enumerate(found_in.tolist()):
        if inferred.constant[row]:
            reasons.append("the same everywhere: nothing varies that a test could use")
        elif np.isnan(inferred.p[row]):
            found = number_of(number, "article")
            reasons.append(f"found in {found}; a test needs {least}")
        elif not np.isnan(inferred.low[row]):
            reasons.append(None)
        elif min(a, b) < floors.intervals:
            reasons.append(few)
        else:
            reasons.append("no interval: on one side the test rejects nothing")
    return reasons
