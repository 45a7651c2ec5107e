"""Partition: lines cut into stretches, each held by the strongest claim to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Whole = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Stretches:
    """Stretches of lines, such as texts.

    Attributes
    ----------
    line, start, end : array of int
        The number of each stretch's line, and where in it it stands.
    """

    line: Whole
    start: Whole
    end: Whole

    def __len__(self) -> int:
        return len(self.line)

    def __getitem__(self, which: Whole | npt.NDArray[np.bool_]) -> Stretches:
        return Stretches(self.line[which], self.start[which], self.end[which])


def partition(
    lengths: Whole, claims: Sequence[Stretches], *, apart: Sequence[int] = ()
) -> tuple[Stretches, Whole]:
    """Cover every line once, from 0 to its length.

    Parameters
    ----------
    lengths : array of int
        How long each line is.
    claims : sequence of Stretches
        The strongest first. The stretches of one claim may overlap and stand in any
        order, and must lie within their lines.
    apart : sequence of int
        Places in `claims` of those whose stretches stay apart where they meet; all
        others are joined.

    Returns
    -------
    Stretches
        In order, without gap or overlap.
    array of int
        The place in `claims` of the one that holds each; their number where none does.

    Examples
    --------
    >>> claims = [Stretches(*np.array([[0], [2], [4]])),
    ...           Stretches(*np.array([[0, 0], [3, 1], [5, 3]]))]
    >>> found, holder = partition(np.array([6]), claims)
    >>> found.start.tolist(), found.end.tolist(), holder.tolist()
    ([0, 1, 2, 4, 5], [1, 2, 4, 5, 6], [2, 1, 0, 1, 2])
    """
    base = np.cumsum(np.concatenate([[0], lengths]), dtype=np.int64)
    starts = [base[one.line] + one.start for one in claims]
    ends = [base[one.line] + one.end for one in claims]
    edges = np.unique(np.concatenate([base, *starts, *ends]))
    holder = np.full(len(edges) - 1, len(claims), dtype=np.int64)
    for place in reversed(range(len(claims))):
        holder[_covered(edges, starts[place], ends[place])] = place
    first = np.isin(edges[:-1], base)
    first[1:] |= holder[1:] != holder[:-1]
    for place in apart:
        own = np.isin(edges[:-1], np.concatenate([starts[place], ends[place]]))
        first |= own & (holder == place)
    begins = edges[:-1][first]
    stops = np.append(begins, base[-1])[1:]
    line = np.searchsorted(base, begins, side="right") - 1
    return Stretches(line, begins - base[line], stops - base[line]), holder[first]


def _covered(edges: Whole, starts: Whole, ends: Whole) -> npt.NDArray[np.bool_]:
    """Say of every stretch between two edges whether something lies over it."""
    size = len(edges)
    change = np.bincount(np.searchsorted(edges, starts), minlength=size)
    change = change - np.bincount(np.searchsorted(edges, ends), minlength=size)
    covered: npt.NDArray[np.bool_] = np.cumsum(change)[:-1] > 0
    return covered
