"""Accuracy: how often a method errs, on a named set, beside the method itself."""

from __future__ import annotations

import math
from typing import NamedTuple

_Z = 1.959964  # of the normal distribution, for 95 %


def wilson(right: int, of: int) -> tuple[float, float]:
    """Give the 95 % interval of Wilson (1927) for a share of independent cases.

    Examples
    --------
    >>> [round(one, 3) for one in wilson(18, 20)]
    [0.699, 0.972]
    """
    share, z2 = right / of, _Z**2
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = _Z / (1 + z2 / of) * math.sqrt(share * (1 - share) / of + z2 / (4 * of**2))
    return max(0.0, middle - half), min(1.0, middle + half)


def wider(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    """Give the wider of two intervals.

    Of few events a bootstrap draws too little variety: then Wilson's is the wider.

    Examples
    --------
    >>> wider((0.8, 1.0), (0.7, 0.97))
    (0.7, 0.97)
    """
    return max(one, other, key=lambda ends: ends[1] - ends[0])


class Share(NamedTuple):
    """A measured share, its 95 % interval, and what it is a share of.

    The interval is the wider of two: resampled by events, and Wilson's.
    """

    value: float
    low: float
    high: float
    n: int

    def __str__(self) -> str:
        value, low, high = (f"{100 * one:.0f}" for one in self[:3])
        return f"{value} % of {self.n} (95 % interval {low} to {high} %)"


class Accuracy(NamedTuple):
    """How often "only here" and "counterpart" are right, on a named set.

    Attributes
    ----------
    measured_on : str
        The set, and the half of it.
    units, events : int
        Judged paragraphs, and the events they come from.
    precision : Share
        Of the units called "only here", those that the other article does not tell
        at all.
    precision_part : Share
        The same, where a unit that the other article tells in part counts as right.
    missed : Share
        Of the units that the other article does not tell, those not called "only
        here".
    wrong : Share
        Of the units that the other article tells, whole or in part, those called
        "only here".
    counterpart : Share
        Of the units called "counterpart", those that the other article tells, whole
        or in part.
    """

    measured_on: str
    units: int
    events: int
    precision: Share
    precision_part: Share
    missed: Share
    wrong: Share
    counterpart: Share

    def sentence(self) -> str:
        """Say it in words, for captions and notebooks."""
        not_in_full = f"{100 * self.precision_part.value:.0f} %"
        return (
            f"How often it errs, measured on {self.measured_on}, {self.units} "
            f"paragraphs of {self.events} events: of those called “only here”, "
            f"{self.precision} are not told by the other article at all, and "
            f"{not_in_full} not in full; of those not told, it misses "
            f"{self.missed}; of those with a “counterpart”, {self.counterpart} are "
            "told there, whole or in part. One language model judged, once."
        )


class PairAccuracy(NamedTuple):
    """How often pairs of sentences are lined up rightly, on a named set.

    Attributes
    ----------
    measured_on : str
        The set.
    judged_by : str
        Who judged it.
    missed : Share
        Of the pairs that say the same, those that are not lined up.
    wrong : Share
        Of the pairs that do not, those that are: false alignments.
    note : str
        What the shares do not say.
    """

    measured_on: str
    judged_by: str
    missed: Share
    wrong: Share
    note: str = ""

    def sentence(self) -> str:
        """Say it in words."""
        told = (
            f"On {self.measured_on} ({self.judged_by}): of pairs that say the same "
            f"{self.missed} are missed, of others {self.wrong} are lined up."
        )
        return f"{told} {self.note}".strip()
