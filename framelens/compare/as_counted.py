"""As counted: what a comparison estimates and tests, before anything is corrected."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

import numpy as np
import pandas as pd

from framelens.compare.estimate import estimate
from framelens.compare.inference import LEVEL, estimates, once_tested, without_test
from framelens.compare.wording import item_refusals

if TYPE_CHECKING:
    from collections.abc import Callable

    from framelens.compare.coded import Correction
    from framelens.compare.design import Design, Floats, Whole
    from framelens.compare.inference import Estimates, OnceTested, Units
    from framelens.compare.units import Floors

SHOWN = ("low", "high", "ratio", "ratio_low", "ratio_high", "p")
"""What stands beside the shares of each figure of a correction."""


@dataclass(frozen=True, eq=False)
class AsCounted:
    """Shares as they were counted. What corrects them takes its place.

    `raw` is the design of what was counted; an item needs `least` articles.
    """

    raw: Design
    units: Units
    floors: Floors
    least: int

    corrected_by: ClassVar[str | None] = None
    """What corrects the machine's errors; None: nothing."""

    @property
    def design(self) -> Design:
        """The design whose counts are compared."""
        return self.raw

    @cached_property
    def estimated(self) -> pd.DataFrame:
        """What needs no test, item by item."""
        return estimate(self.raw)

    @property
    def which(self) -> Whole:
        """The items that are tested, as far as the number of articles goes."""
        enough = self.estimated["found_in"].to_numpy() >= self.least
        return np.flatnonzero(enough)

    @cached_property
    def untested(self) -> Estimates:
        """What there is where nothing is tested."""
        return without_test(self.design)

    def test(
        self,
        which: Whole | None = None,
        *,
        level: float = LEVEL,
        untested: Estimates | None = None,
    ) -> Estimates:
        """Give p and intervals at a level, as `framelens.compare.inference` does.

        The test is made once, and holds at all levels.
        """
        if which is None or not np.isin(which, self.which).all():
            return estimates(
                self.raw, self.units, self.floors, which, level=level, untested=untested
            )
        return self._once.at(level, untested=untested)

    @cached_property
    def _once(self) -> OnceTested:
        return once_tested(self.raw, self.units, self.floors, self.which)

    def reasons(self, made: Estimates) -> list[str | None]:
        """Say of each item why it is not tested; None where it is."""
        return item_refusals(
            self.raw, self.units, made, self.estimated["found_in"].tolist(),
            least=self.least, floors=self.floors,
        )  # fmt: skip

    def added(
        self,
        statistic: Callable[[Floats, Floats], float],  # noqa: ARG002
    ) -> tuple[float, float]:
        """Give what correcting adds to the variance of a statistic of both shares.

        Beside it, its degrees of freedom.
        """
        return 0.0, np.inf

    def reworded(self, text: str) -> str:
        """Say in an estimand what is shared."""
        return text

    def notes(self) -> tuple[str, ...]:
        """Say how the counts were corrected."""
        return ()

    def correction(
        self,
        caption: str,  # noqa: ARG002
        *,
        tested: bool,  # noqa: ARG002
    ) -> Correction | None:
        """Set raw and corrected side by side, where something is corrected."""
        return None


def shares_of(design: Design) -> Floats:
    """Give the share of each item in both outlets, averaged over events: (2, items)."""
    into, mask, k = design.weight, design.is_target, design.k
    return np.stack([(k[mask].T @ into[mask]), (k[~mask].T @ into[~mask])])


def side_by_side(
    items: pd.Index, figures: dict[str, tuple[Floats, Estimates]]
) -> pd.DataFrame:
    """Lay out shares and tests: one row per item and figure, in the order of items."""
    names = np.asarray(items, dtype=object)
    parts = [
        pd.DataFrame(
            {"item": names, "figure": figure, "target_share": shares[0],
             "baseline_share": shares[1], "difference": shares[0] - shares[1],
             **{name: getattr(found, name) for name in SHOWN},
             "place": np.arange(len(names))}
        )
        for figure, (shares, found) in figures.items()
    ]  # fmt: skip
    table = pd.concat(parts).sort_values("place", kind="stable")
    return table.drop(columns="place").reset_index(drop=True)
