"""With indirect: the outlet's own voice alone, and with reported speech added."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framelens.compare.estimate import estimate
from framelens.compare.inference import enough, estimates, units_in
from framelens.measure.accuracy import (
    OUTLETS_DIFFER,
    VOICE_ACCURACY,
    VOICE_ACCURACY_BY_OUTLET,
)

if TYPE_CHECKING:
    from framelens.compare.design import Design
    from framelens.compare.units import Floors

WITH = "_with_indirect"
"""What the names of columns end in that have reported speech added."""

COUNTED = ["target_k", "target_n", "baseline_k", "baseline_n"]

MEASURED = ["difference", "low", "high", *COUNTED]

WITH_COLUMNS = ["item", *MEASURED, *(f"{name}{WITH}" for name in MEASURED),
                 "sign_differs"]  # fmt: skip
"""The columns: own alone, own and reported speech, and the sign."""


def with_indirect_of(
    table: pd.DataFrame, wider: Design, *, floors: Floors, cluster: str | None
) -> pd.DataFrame:
    """Set each difference in the own voice beside that with reported speech added.

    `wider` has the outlets of `table` in the voice "rest". Gives `WITH_COLUMNS`, in
    the order of `table`; without a difference ``sign_differs`` is missing.
    """
    found = estimate(wider)[["difference", *COUNTED]].assign(low=np.nan, high=np.nan)
    units = units_in(wider, floors, cluster)
    if enough(wider, units, floors):
        made = estimates(wider, units, floors)
        tested = wider.items.isin(table.loc[table["p"].notna(), "item"])
        for name in ("low", "high"):
            found[name] = np.where(tested, getattr(made, name), np.nan)
    found = found.set_axis(wider.items).reindex(table["item"])[MEASURED]
    counts = found[COUNTED].fillna(0)
    if (counts % 1 == 0).all(axis=None):
        found[COUNTED] = counts.astype(np.int64)
    found = found.add_suffix(WITH).reset_index(drop=True)
    both = table[["item", *MEASURED]].join(found)
    own, other = both["difference"], both[f"difference{WITH}"]
    unknown = (own.isna() | own.eq(0) | other.isna()).to_numpy()
    differs = (np.sign(own) != np.sign(other)).to_numpy()
    both["sign_differs"] = pd.arrays.BooleanArray(differs, unknown)
    return both[WITH_COLUMNS]


def both_sentence(both: pd.DataFrame) -> str:
    """Say what was counted twice, and for how many items the two disagree."""
    signs = both["sign_differs"].dropna()
    text = "Counted twice: the own voice alone, and with reported speech added"
    if not len(signs):
        return f"{text}."
    return (
        f"{text}; the sign of the difference is not the same in both for "
        f"{int(signs.astype(bool).sum()):,} of {len(signs):,} items."
    )


def accuracy_sentence(*outlets: str) -> str:
    """Say how often voices were wrong, and in these outlets where that was measured."""
    known = [one for one in dict.fromkeys(outlets) if one in VOICE_ACCURACY_BY_OUTLET]
    theirs = [
        f"{one}: of the words called own, "
        f"{VOICE_ACCURACY_BY_OUTLET[one].own_precision} are."
        for one in known
    ]
    return " ".join([VOICE_ACCURACY.sentence(), *theirs])


def voice_notes() -> tuple[str, ...]:
    """Say what neither count can hold, and whether outlets are read alike."""
    return (
        "Reported speech that was not recognised stands in both counts: they show what "
        "hangs on telling the two apart, and are no limits of the truth.",
        OUTLETS_DIFFER,
    )
