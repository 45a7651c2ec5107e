"""Placebo splits: parts of one outlet set against each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framelens.compare.false_findings import Claims, pooled_p
from framelens.compare.halves import chosen_items, sides_of
from framelens.compare.inference import FLOORS, LARGEST_Q, infer, kind_of
from framelens.compare.names import number_of

if TYPE_CHECKING:
    from framelens.compare.design import Design
    from framelens.measure.counts import Counts

ODD_MONTHS = "odd and even months"
"""What a placebo split by date is called."""

MOST_TOLD = 5
"""Outlets whose split the caption tells; the table has them all."""

MOST_PARTS = 20
"""Values of a column that are tried at most, the most frequent ones."""


def placebo_claims(
    counts: Counts,
    outlet: str,
    articles: pd.DataFrame,
    column: str,
    *,
    least: int,
    seed: int,
) -> list[Claims] | str:
    """Set each value of a column against the rest of the outlet, and test.

    Parameters
    ----------
    counts : Counts
    outlet : str
    articles : DataFrame
        ``article`` and `column`; "date" sets odd against even months.
    column : str
    least : int
        Items found in fewer articles are not tested.
    seed : int

    Returns
    -------
    list of Claims, or str
        One per value that has enough articles; or why there is none.
    """
    totals = counts.totals[
        counts.totals["outlet"].eq(outlet) & counts.totals["n"].gt(0)
    ]
    names = pd.Index(totals["article"].unique()).sort_values()
    values = articles.set_index("article")[column].reindex(names)
    if column == "date":
        months = pd.to_datetime(values, errors="coerce", format="%Y-%m-%d").dt.month
        values = (months % 2).map({1.0: "odd", 0.0: "even"})
    values = values.dropna().astype(str)
    parts = values.value_counts().index[:MOST_PARTS].tolist()
    if len(values.unique()) == 2:
        parts = parts[:1]  # the other one would be the same split
    found = []
    for part in parts:
        first, second = values.index[values == part], values.index[values != part]
        design = _design(counts, first, second, articles)
        if design is not None:
            found.append(_claim(design, least, seed))
    found = [one for one in found if len(one.p)]
    if not found:
        return f"{outlet}: no two parts by {column} have enough articles for a test"
    return found


def _design(
    counts: Counts, first: pd.Index, second: pd.Index, articles: pd.DataFrame
) -> Design | None:
    for events in (True, False):
        design = sides_of(counts, first, second, articles=articles, events=events)
        if design is not None and kind_of(design, FLOORS) is not None:
            return design
    return None


def _claim(design: Design, least: int, seed: int) -> Claims:
    tested = np.zeros(len(design.items), dtype=bool)
    tested[chosen_items(design, least)] = True
    inferred = infer(design, tested, floors=FLOORS, seed=seed)
    which = np.flatnonzero(~np.isnan(inferred.p))
    return Claims(
        inferred.p[which, None],
        pooled_p(design, which, design.is_target[None, :]),
        bool(inferred.smallest_q <= LARGEST_Q),
    )


def placebo_told(rows: pd.DataFrame) -> str:
    """Say for each outlet what a split finds, or that there is none, for a caption.

    Parameters
    ----------
    rows : DataFrame
        Those of placebo splits, of the table of a self-test.

    Returns
    -------
    str
        A sentence with a space before it; empty where there are no rows.
    """
    columns = (rows[one].tolist() for one in ("outlet", "splits", "rate_p", "refusal"))
    told = [
        f"{outlet} {100 * rate:.1f} % of items ({number_of(splits, 'split')})"
        if refusal is None
        else f"{outlet} not tested"
        for outlet, splits, rate, refusal in zip(*columns, strict=True)
    ]
    if not told:
        return ""
    more = f" and {len(told) - MOST_TOLD} more outlets" if told[MOST_TOLD:] else ""
    listed = ", ".join(told[:MOST_TOLD])
    return f" Split by {rows['split'].iloc[0]}, below p = .05: {listed}{more}."
