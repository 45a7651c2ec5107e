"""Labels to correct: which names stand for what, as a draft, and read back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from framelens._checks import InputError, require_new
from framelens._wording import harmless
from framelens.read.source import listed, shown
from framelens.read.stated import read_stated

if TYPE_CHECKING:
    import pandas as pd

DRAFT_COLUMNS = ["label", "found", "group"]
"""The columns that a corrected table of labels must have."""


def write_draft(mentions: pd.DataFrame, path: str | Path) -> Path:
    """Write ``label, found, group, mentions, outlets``, the largest groups first."""
    path = Path(path)
    require_new(path)
    rows = mentions[mentions["group"].notna()]
    by = rows.groupby(["group", "label"], sort=False)
    table = by.agg(mentions=("article", "size"), outlets=("outlet", "nunique"))
    table = table.reset_index().rename(columns={"group": "found"})
    size = table.groupby("found")["mentions"].transform("sum")
    order = table.assign(size=size).sort_values(
        ["size", "found", "mentions", "label"], ascending=[False, True, False, True]
    )
    table = table.loc[order.index].assign(group=order["found"])
    for name in DRAFT_COLUMNS:
        table[name] = table[name].map(harmless)
    table[[*DRAFT_COLUMNS, "mentions", "outlets"]].to_csv(path, index=False)
    return path


def regrouped(labels: pd.DataFrame, source: pd.DataFrame | str | Path) -> pd.DataFrame:
    """Give the layer ``labels`` in which the analyst's groups win.

    `source` has ``label, found, group``: in each row ``group`` takes the place of the
    group ``found`` for that label; blank leaves the label out. Other labels stay.
    """
    given = read_stated(source, DRAFT_COLUMNS, of="labels")
    known = set(
        zip(labels["label"].str.casefold(), labels["group"].astype(object), strict=True)
    )
    told: dict[tuple[str, str], str | None] = {}
    rows = given.table.itertuples(index=False, name=None)
    for (label, found, group), place in zip(rows, given.places, strict=True):
        if label is None or found is None:
            raise InputError(
                f"{given.name}: the label or the group found is blank ({place}); keep "
                "both as the draft has them, and change only “group”"
            )
        key = (_bare(label).casefold(), _bare(found))
        if key in told and told[key] != group:
            raise InputError(
                f"{given.name}: the label {shown(label)!r} of {shown(found)!r} has two "
                f"groups ({place}); keep one row"
            )
        told[key] = None if group is None else _bare(group)
    unknown = [f"{label} ({found})" for label, found in told.keys() - known]
    if unknown:
        raise InputError(
            f"{given.name} names labels that are not there: {listed(sorted(unknown))}; "
            "keep “label” and “found” as the draft has them"
        )
    keys = zip(labels["label"].str.casefold(), labels["group"], strict=True)
    group = [told.get(key, key[1]) for key in keys]
    return labels.assign(group=group).astype({"group": object})


def _bare(cell: str) -> str:
    """Take off the mark that kept a spreadsheet from computing a cell."""
    return cell[1:] if cell[:1] == "'" and harmless(cell[1:]) == cell else cell
