"""What belongs together across articles: events, copies, passages, statements."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from framelens._declared import Declared, Option
from framelens.align.boilerplate import boilerplate
from framelens.align.coverage import Coverage, CoverageMatrix, coverage
from framelens.align.coverage.result import paragraph_rates, with_texts
from framelens.align.differing import Differing, differing, what_differs
from framelens.align.duplicates import (
    DUPLICATE_COLUMNS,
    WithoutDuplicates,
    duplicates,
    without_duplicates,
)
from framelens.align.events import (
    EVENT_COLUMNS,
    event_members,
    event_terms,
    events,
)
from framelens.align.reuse import Reuse, reuse
from framelens.align.statements import Statements, statements

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

__all__ = [
    "ALIGNMENTS",
    "DUPLICATE_COLUMNS",
    "EVENT_COLUMNS",
    "Coverage",
    "CoverageMatrix",
    "Differing",
    "Reuse",
    "Statements",
    "WithoutDuplicates",
    "boilerplate",
    "coverage",
    "differing",
    "duplicates",
    "event_members",
    "event_terms",
    "events",
    "reuse",
    "statements",
    "what_differs",
    "without_duplicates",
]

REFERENCE = Option(
    "reference",
    "what was said, as a transcript (.txt, .md) or a table: only against it is a "
    "printing called cut or reworded, and --out holds that",
    read=Path,
    metavar="FILE",
)
"""The option of statements."""


def _statement_tables(
    found: Any, options: Mapping[str, Any]
) -> dict[str, pd.DataFrame]:
    """Give the printings, and what differs between them; or what the reference says."""
    if "reference" in options:
        return {"": found.changes}
    return {"": found.table, "differences": found.differences}


def _coverage_tables(found: Coverage, _: Mapping[str, Any]) -> dict[str, pd.DataFrame]:
    """Put both outlets and both texts beside the places that coverage lines up."""
    return {"": with_texts(found.table, found.articles)}


def _coverage_lines(found: Coverage) -> list[str]:
    """Say how many units have which status, and how often that is wrong."""
    units = found.summary.groupby("status", sort=False)["units"].sum()
    numbers = ", ".join(f"{status} {number:,}" for status, number in units.items())
    return [found.caption, f"Of {units.sum():,} units: {numbers}.", *found.notes]


ALIGNMENTS: dict[str, Declared] = {
    alignment.name: alignment
    for alignment in (
        Declared(
            "statements",
            statements,
            label="One statement, two printings",
            options=(REFERENCE,),
            tables=_statement_tables,
        ),
        Declared(
            "coverage",
            coverage,
            label="Only here",
            accuracy=paragraph_rates(),
            tables=_coverage_tables,
            lines=_coverage_lines,
        ),
        Declared("reuse", reuse, label="Shared passages"),
    )
}
"""What lines passages up, and is not counted: results with a table."""
