"""How sure and how surprising: what ranks findings of one strength.

Certainty is how often a finding of a theme was right where that was measured, and a
guess where it was not (the list ``findings`` says which). Surprise is that of a
likelihood ratio (Dunning 1993): shares of two outlets differ.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from framelens._lists import read_list
from framelens.compare.splits import log_likelihood_p

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]


def right(theme: str) -> float:
    """Give the share of such findings that are right, or what is guessed."""
    return float(read_list("findings")[theme]["right"])


def how_right(theme: str) -> str:
    """Say on what that was measured, or that it was not."""
    return str(read_list("findings")[theme]["measured"])


def surprise(k: Floats, n: Floats) -> float:
    """Give 1 less p of a likelihood ratio: shares k of n differ between two sides.

    It orders what is to be read, and is no test: units are not independent. Where a
    side has nothing that could be counted, nothing surprises.
    """
    if not n.all():
        return 0.0
    p = log_likelihood_p(k[:1], np.float64(n[0]), k[1:], np.float64(n[1]))
    return 1 - float(p[0])
