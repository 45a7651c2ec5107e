"""Arrangements: the ways in which outlet labels can be dealt out within cells."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import comb, prod
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from framelens.compare.design import Design

    Labels = npt.NDArray[np.bool_]

FEW = 20_000
"""Up to so many arrangements, each is tried; above, a random sample."""


@dataclass(frozen=True, eq=False)
class Arrangements:
    """Every way to deal the labels out, within each event and genre.

    Attributes
    ----------
    labels : array (articles,)
        True for the target, as observed.
    blocks : tuple of arrays
        The rows of each cell: labels move within these only.
    """

    labels: Labels
    blocks: tuple[npt.NDArray[np.intp], ...]

    @property
    def number(self) -> int:
        """How many there are, the observed one included."""
        return prod(
            comb(len(rows), int(self.labels[rows].sum())) for rows in self.blocks
        )

    @property
    def few(self) -> bool:
        """Whether each one is tried."""
        return self.number <= FEW

    @property
    def mirrored(self) -> int:
        """How many arrangements are always equally extreme: 2 if sides are even."""
        even = all(2 * self.labels[rows].sum() == len(rows) for rows in self.blocks)
        return 2 if even else 1

    def every(self) -> Labels:
        """All of them: (number, articles)."""
        dealt = np.zeros((1, len(self.labels)), dtype=bool)
        for rows in self.blocks:
            chosen = list(combinations(range(len(rows)), int(self.labels[rows].sum())))
            block = np.zeros((len(chosen), len(rows)), dtype=bool)
            np.put_along_axis(block, np.array(chosen), values=True, axis=1)
            repeats = len(dealt)
            dealt = np.repeat(dealt, len(chosen), axis=0)
            dealt[:, rows] = np.tile(block, (repeats, 1))
        return dealt

    def sample(self, size: int, rng: np.random.Generator) -> Labels:
        """Draw `size` at random: (size, articles).

        Positions are shuffled, and the labels follow: with target and baseline
        swapped, the same seed gives the same arrangements, swapped.
        """
        dealt = np.empty((size, len(self.labels)), dtype=bool)
        for rows in self.blocks:
            shuffled = np.argsort(rng.random((size, len(rows))), axis=1)
            dealt[:, rows] = self.labels[rows][shuffled]
        return dealt

    def batches(
        self, size: int, width: int, rng: np.random.Generator
    ) -> Iterator[Labels]:
        """All, where they are few; else `size` at random; at most `width` at once."""
        if self.few:
            dealt = self.every()
            yield from (
                dealt[first : first + width] for first in range(0, len(dealt), width)
            )
            return
        for first in range(0, size, width):
            yield self.sample(min(width, size - first), rng)


def arrangements_of(design: Design) -> Arrangements:
    """Deal labels out within the cells of `design`."""
    return Arrangements(design.is_target, tuple(design.rows_by_cell))
