"""Sensitivity: how much worse a machine must read one outlet for a sign to be lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from framelens.compare.as_counted import shares_of
from framelens.compare.design import ALL, OWN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from framelens.compare.design import Design, Floats, Whole

SUPPOSED = 0.9
"""Recall that is supposed in the outlet that is read better."""

SENSITIVITY_COLUMNS = ["item", "better", "recall", "worse", "lost_at", "gap"]
"""The columns of the table."""

COUNTS_WORDS = ("terms", "words")
"""Measures that count words as they stand: without voices no machine errs."""

LEAST, STEPS = 0.05, 40
"""Recalls below this are not looked for; halvings in the search."""


def by_machine(measure: str, voice: str) -> bool:
    """Whether a machine that may err stands behind counts."""
    return measure not in COUNTS_WORDS or voice != ALL


def sensitivity_of(
    design: Design, items: Sequence[str], wider: Design | None = None
) -> pd.DataFrame:
    """Say at which recall in one outlet the sign of each difference is lost.

    In the outlet that is read ``better`` a ``recall`` is supposed; ``lost_at`` is that
    of the ``worse`` one at which both shares are the same, ``gap`` the recall less it.
    NaN where no recall loses the sign. Of the outlet's own voice it is the recall of
    reported speech, of which `wider` has what was recognised: what is not recognised
    counts as the outlet's own.
    """
    places = design.items.get_indexer(pd.Index(list(items)))
    raw = shares_of(design)[:, places]
    less = np.where(raw[0] < raw[1], 0, 1)  # the side that has less
    if wider is not None:
        worse, lost = 1 - less, _own(design, wider, places, 1 - less)
    else:
        low, high = raw.min(axis=0), raw.max(axis=0)
        worse, lost = less, np.where(low > 0, SUPPOSED * low / np.fmax(high, 1e-300),
                                     np.nan)  # fmt: skip
    lost = np.where(raw[0] == raw[1], np.nan, lost)
    names = np.array([design.target, design.baseline], dtype=object)
    return pd.DataFrame(
        {
            "item": list(items), "better": names[1 - worse], "recall": SUPPOSED,
            "worse": names[worse], "lost_at": lost, "gap": SUPPOSED - lost,
        }
    )[SENSITIVITY_COLUMNS]  # fmt: skip


def sensitivity_sentence(table: pd.DataFrame, voice: str) -> str:
    """Say it in one line, of the first item that has a sign to lose."""
    begin = "Not corrected for the machine's errors (codes= corrects)"
    known = table[table["gap"].notna()].head(1)
    if not len(known):
        return f"{begin}."
    row = known.iloc[0]
    item, worse = plain(row["item"]), row["worse"]
    what = "of reported speech is recognised" if voice == OWN else "of it is found"
    if row["gap"] <= 0:
        return (
            f"{begin}: the sign of “{item}” is lost already where "
            f"{100 * row['recall']:.0f} % {what} in both outlets."
        )
    return (
        f"{begin}: the sign of “{item}” is lost where {100 * row['recall']:.0f} % "
        f"{what} in {row['better']}, and {100 * row['lost_at']:.0f} % or less in "
        f"{worse}."
    )


def plain(item: object) -> str:
    """Write an item in one line."""
    return " ".join(str(item).split())


def _own(design: Design, wider: Design, places: Whole, worse: Whole) -> Floats:
    """Search the recall of reported speech in the worse outlet that levels own shares.

    Of what was recognised, ``(1 - recall) / recall`` more was not.
    """
    own, n_own = design.k[:, places].toarray(), design.n
    row = pd.Index(wider.articles["article"]).get_indexer(design.articles["article"])
    column = wider.items.get_indexer(design.items[places])
    both = wider.k[np.maximum(row, 0)][:, np.maximum(column, 0)].toarray()
    there = (row >= 0)[:, None]
    reported = np.where(there & (column >= 0), np.maximum(both - own, 0), 0.0)
    n_reported = np.where(row >= 0, wider.n[np.maximum(row, 0)] - n_own, 0.0)
    weight = design.event_weight[design.event_of_cell] * design.cells["weight"]
    rows = np.arange(len(n_own))
    shape = (len(design.cells), len(rows))
    sides = [
        csr_array((mask.astype(float), (design.cell, rows)), shape=shape)
        for mask in (design.is_target, ~design.is_target)
    ]

    def share(side: int, recall: Floats) -> Floats:
        missed = (1 - recall) / recall
        k = sides[side] @ (own - missed * reported)
        n = sides[side] @ (n_own[:, None] - missed * n_reported[:, None])
        means: Floats = weight.to_numpy(float) @ (k / np.maximum(n, 1.0))
        return means

    def apart(recall: Floats) -> Floats:
        """Give the share of the worse outlet at a recall, less that of the better."""
        full = np.full(len(places), SUPPOSED)
        one = share(0, np.where(worse == 0, recall, full))
        two = share(1, np.where(worse == 1, recall, full))
        return np.where(worse == 0, one - two, two - one)

    low, high = np.full(len(places), LEAST), np.full(len(places), SUPPOSED)
    never, already = apart(low) > 0, apart(high) <= 0
    for _ in range(STEPS):
        middle = (low + high) / 2
        lost = apart(middle) <= 0
        low, high = np.where(lost, middle, low), np.where(lost, high, middle)
    return np.where(already, SUPPOSED, np.where(never, np.nan, low))
