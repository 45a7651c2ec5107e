"""Separation: items that several units of one side have and hardly any of the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

    from framelens.compare.jackknife import Floats, Side

WOULD_SHOW = 0.025
"""An item is tested here if its absence would be that improbable at the other side's
share: a choice that looks at one side only."""

DENSER = 1.15
"""Units of the bare side that have the item are taken to have so many times as much as
those of the other: few units do not show how concentrated an item is."""

CLUMP = 2
"""So many counts at once, at least, are what a unit has that has the item: in short
articles a single count is a large share, and items come in bursts."""


def supposed_share(full: Side, bare: Side, usual: tuple[float, float]) -> Floats:
    """Give the share that a unit of `bare` would have that has the item at all.

    That of the units of `full` that have it, on average, times how much more
    concentrated items are in `bare`: `usual` are the shares that an item usually has
    in units of `full` and of `bare`. Or a few counts, where units of `bare` are short.
    The larger it is, the fewer units need have the item.
    """
    more = DENSER * max(usual[1] / max(usual[0], 1e-300), 1.0)
    least = min(CLUMP * bare.grain, 1.0)
    return np.clip(full.dense * more, least, np.maximum(full.dense, 1))


def usual_shares(cuts: Iterable[tuple[Side, Side]]) -> tuple[float, float]:
    """Give the share that an item usually has in the units that have it, a side each.

    The median over all items of all `cuts`, so that it does not matter how items are
    cut into chunks.
    """
    found: tuple[list[Floats], list[Floats]] = [], []
    for pair in cuts:
        for dense, side in zip(found, pair, strict=True):
            dense.append(side.dense[side.holders > 0])
    target, baseline = (np.concatenate([np.zeros(0), *dense]) for dense in found)
    return _median(target), _median(baseline)


def _median(values: Floats) -> float:
    return float(np.median(values)) if len(values) else 0.0


def would_show(
    full: Side, bare: Side, usual: tuple[float, float]
) -> npt.NDArray[np.bool_]:
    """Whether absence from `bare` would be improbable at the share of `full`."""
    having = np.minimum(full.share / supposed_share(full, bare, usual), 1.0)
    shown: npt.NDArray[np.bool_] = (1.0 - having) ** len(bare.n) < WOULD_SHOW
    return shown
