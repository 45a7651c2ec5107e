"""What the command line writes of passages that are lined up."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from framelens._declared import Option

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from framelens.align.coverage import Coverage

REFERENCE = Option(
    "reference",
    "what was said, as a transcript (.txt, .md) or a table: only against it is a "
    "printing called cut or reworded, and --out holds that",
    read=Path,
    metavar="FILE",
)
"""The option of statements."""

_PLACE = ("article", "start", "end")


def statement_tables(found: Any, options: Mapping[str, Any]) -> dict[str, pd.DataFrame]:
    """Give the printings, and what differs between them; or what the reference says."""
    if "reference" in options:
        return {"": found.changes}
    return {"": found.table, "differences": found.differences}


def coverage_tables(found: Coverage, _: Mapping[str, Any]) -> dict[str, pd.DataFrame]:
    """Put both outlets and both texts beside the places that coverage lines up.

    ``Coverage.table``, then ``outlet, text, counterpart_outlet, counterpart``: the
    texts are what stands at the offsets.
    """
    more: dict[str, list[Any]] = {}
    for prefix, outlet, text in (
        ("", "outlet", "text"),
        ("counterpart_", "counterpart_outlet", "counterpart"),
    ):
        columns = [found.table[f"{prefix}{name}"].tolist() for name in _PLACE]
        sides = [found.places.side(place) for place in zip(*columns, strict=True)]
        more[outlet] = [side[1] for side in sides]
        more[text] = [side[-1] for side in sides]
    return {"": found.table.assign(**more)}


def coverage_lines(found: Coverage) -> list[str]:
    """Say how many units have which status, and how often that is wrong."""
    units = found.summary.groupby("status", sort=False)["units"].sum()
    numbers = ", ".join(f"{status} {number:,}" for status, number in units.items())
    return [found.caption, f"Of {units.sum():,} units: {numbers}.", *found.notes]
