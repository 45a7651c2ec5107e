"""Average linkage of weighted things, cut at a distance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]
    Whole = npt.NDArray[np.int64]


def average_linkage(
    distances: Floats, weights: npt.NDArray[np.float64], *, cut: float
) -> Whole:
    """Group things whose average distance is at most `cut`; give each its group.

    Things of weight w count as w equal ones (UPGMA, Sokal & Michener 1958). Chains of
    nearest neighbours find the same tree as always joining the closest two (Murtagh
    1983, https://doi.org/10.1093/comjnl/26.4.354).

    >>> d = np.array([[0, 1, 9], [1, 0, 9], [9, 9, 0]], dtype=np.float32)
    >>> average_linkage(d, np.ones(3), cut=2).tolist()
    [0, 0, 2]
    """
    apart = np.array(distances, dtype=np.float32)
    np.fill_diagonal(apart, np.inf)
    sizes = weights.astype(np.float64).copy()
    group = np.arange(len(sizes))
    open_ = np.ones(len(sizes), dtype=bool)
    chain: list[int] = []
    while open_.any():
        if not chain:
            chain.append(int(np.flatnonzero(open_)[0]))
        last = chain[-1]
        nearest = int(apart[last].argmin())
        if len(chain) > 1 and apart[last, chain[-2]] <= apart[last, nearest]:
            nearest = chain[-2]
        if apart[last, nearest] > cut:  # nothing comes nearer by joining others
            open_[last] = False
            apart[last, :] = apart[:, last] = np.inf
            chain.pop()
        elif len(chain) > 1 and nearest == chain[-2]:
            chain = chain[:-2]
            keep, gone = sorted((last, nearest))
            both = sizes[keep] + sizes[gone]
            mixed = (sizes[keep] * apart[keep] + sizes[gone] * apart[gone]) / both
            apart[keep, :] = apart[:, keep] = mixed
            apart[gone, :] = apart[:, gone] = apart[keep, keep] = np.inf
            sizes[keep], open_[gone] = both, False
            group[group == gone] = keep
        else:
            chain.append(nearest)
    return group
