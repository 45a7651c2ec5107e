"""What belongs together across articles: events, copies, passages, statements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from framelens.align.boilerplate import boilerplate
from framelens.align.coverage import Coverage, CoverageMatrix, coverage
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
    with_events,
)
from framelens.align.reuse import reuse
from framelens.align.reuse_result import Reuse
from framelens.align.statements import Statements, statements

if TYPE_CHECKING:
    from collections.abc import Callable

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
    "with_events",
    "without_duplicates",
]

ALIGNMENTS: dict[str, Callable[..., Coverage | Reuse | Statements]] = {
    "coverage": coverage,
    "reuse": reuse,
    "statements": statements,
}
"""What lines passages up, and is not counted: results with a table."""
