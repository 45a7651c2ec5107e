"""Separation: items that several units of one side have and hardly any of the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
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


def supposed_share(full: Side, bare: Side) -> Floats:
    """Give the share that a unit of `bare` would have that has the item at all.

    That of the units of `full` that have it, on average, times how much more
    concentrated items are in `bare`; or a few counts, where its units are short. The
    larger it is, the fewer units need have the item.
    """
    more = DENSER * max(_typical(bare) / max(_typical(full), 1e-300), 1.0)
    least = min(CLUMP * bare.grain, 1.0)
    return np.clip(full.dense * more, least, np.maximum(full.dense, 1))


def _typical(side: Side) -> float:
    """Give the share that an item usually has in the units that have it."""
    held = side.dense[side.holders > 0]
    return float(np.median(held)) if len(held) else 0.0


def would_show(full: Side, bare: Side) -> npt.NDArray[np.bool_]:
    """Whether absence from `bare` would be improbable at the share of `full`."""
    having = np.minimum(full.share / supposed_share(full, bare), 1.0)
    shown: npt.NDArray[np.bool_] = (1.0 - having) ** len(bare.n) < WOULD_SHOW
    return shown
