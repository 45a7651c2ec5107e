"""Accuracy: how often a method errs, on a named set, beside the method itself."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_Z = 1.959964  # of the normal distribution, for 95 %


def wilson(right: int, of: int) -> tuple[float, float]:
    """Give the 95 % interval of Wilson (1927) for a share of independent cases."""
    share, z2 = right / of, _Z**2
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = _Z / (1 + z2 / of) * math.sqrt(share * (1 - share) / of + z2 / (4 * of**2))
    return max(0.0, middle - half), min(1.0, middle + half)


def wider(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    """Give the wider of two intervals: of few events a bootstrap's is too narrow."""
    return max(one, other, key=lambda ends: ends[1] - ends[0])


class Share(NamedTuple):
    """A measured share; its 95 % interval is the wider of Wilson's and by events."""

    value: float
    low: float
    high: float
    n: int

    def __str__(self) -> str:
        value, low, high = (f"{100 * one:.0f}" for one in self[:3])
        return f"{value} % of {self.n} (95 % interval {low} to {high} %)"


def shares_of(figures: Mapping[str, Sequence[float]]) -> dict[str, Share]:
    """Read measured shares as lists of figures hold them: value, low, high, n."""
    return {
        name: Share(value, low, high, int(n))
        for name, (value, low, high, n) in figures.items()
    }
