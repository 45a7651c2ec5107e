"""Strata: the events, and the genres within them, that both outlets have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Whole = npt.NDArray[np.int64]


def shared(
    table: pd.DataFrame,
) -> tuple[pd.DataFrame, pd.DataFrame, dict[str, int], bool]:
    """Give what events and genres share: articles, cells, the rest, genres apart."""
    outside: dict[str, int] = {}
    stratum = table["event"] if table["event"].notna().any() else ""
    kept = table.assign(stratum=stratum)
    kept = _drop(kept, kept["stratum"].isna(), "without an event", outside)
    reason = "of events that only one of the two outlets covers here"
    kept = _drop(kept, ~_on_both_sides(kept, ["stratum"]), reason, outside)
    kept = kept.assign(kind=kept["genre"].fillna(""))
    both = _on_both_sides(kept, ["stratum", "kind"])
    apart = bool(len(kept)) and not both.any()
    if apart:
        kept = kept.assign(kind="")
    else:
        reason = "of a genre that only one of the two outlets has in that event"
        kept = _drop(kept, ~both, reason, outside)
    kept = kept.assign(cell=kept.groupby(["stratum", "kind"], sort=True).ngroup())
    cells = _cells(kept)
    return kept.drop(columns=["kind", "stratum"]), cells, outside, apart


def _drop(
    table: pd.DataFrame, away: pd.Series, reason: str, outside: dict[str, int]
) -> pd.DataFrame:
    if away.any():
        outside[reason] = int(away.sum())
    return table[~away]


def _on_both_sides(table: pd.DataFrame, by: list[str]) -> pd.Series:
    sides = table.groupby(by)["is_target"].transform("nunique")
    return sides.eq(2)


def _cells(kept: pd.DataFrame) -> pd.DataFrame:
    """One row per cell; genres weigh by how many articles both sides have of them."""
    count = kept.groupby("cell")["is_target"].agg(["sum", "size"])
    n = kept["n"].where(kept["is_target"], 0).groupby(kept["cell"]).sum()
    cells = pd.DataFrame(
        {
            "event": pd.factorize(kept.groupby("cell")["stratum"].first(), sort=True)[
                0
            ],
            "target_articles": count["sum"].to_numpy(),
            "baseline_articles": (count["size"] - count["sum"]).to_numpy(),
            "target_n": n.to_numpy(),
            "baseline_n": (kept.groupby("cell")["n"].sum() - n).to_numpy(),
        }
    )
    sides = cells[["target_articles", "baseline_articles"]].to_numpy(float)
    weights = event_weights(sides, cells["event"].to_numpy(np.int64))
    return cells.assign(weight=weights)


def event_weights(articles: Floats, event: Whole) -> Floats:
    """Weights of the cells within their events: half the harmonic mean of articles.

    Parameters
    ----------
    articles : array (cells, 2)
        Articles of each side.
    event : array (cells,)
    """
    raw = articles.prod(axis=1) / articles.sum(axis=1)
    weights: Floats = raw / np.bincount(event, weights=raw)[event]
    return weights
