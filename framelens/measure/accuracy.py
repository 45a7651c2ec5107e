"""Accuracy: how often a method errs, on a named set, beside the method itself."""

from __future__ import annotations

from typing import NamedTuple


class Share(NamedTuple):
    """A measured share, its 95 % interval over events, and what it is a share of."""

    value: float
    low: float
    high: float
    n: int

    def __str__(self) -> str:
        value, low, high = (f"{100 * one:.0f}" for one in self[:3])
        return f"{value} % of {self.n} (95 % interval {low} to {high} %)"


class Accuracy(NamedTuple):
    """How often "only here" is right, and how often it is missed, on a named set.

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
    """

    measured_on: str
    units: int
    events: int
    precision: Share
    precision_part: Share
    missed: Share
    wrong: Share

    def sentence(self) -> str:
        """Say it in words, for captions and notebooks."""
        not_in_full = f"{100 * self.precision_part.value:.0f} %"
        return (
            f"How often it errs, measured on {self.measured_on}, {self.units} "
            f"paragraphs of {self.events} events: of those called “only here”, "
            f"{self.precision} are not told by the other article at all, and "
            f"{not_in_full} not in full; of those not told, it misses "
            f"{self.missed}."
        )
