"""What belongs together across articles: events, copies, passages, statements."""

from __future__ import annotations

from framelens._declared import Declared
from framelens.align.boilerplate import boilerplate
from framelens.align.coverage import Coverage, CoverageMatrix, coverage
from framelens.align.coverage.result import paragraph_rates
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
from framelens.align.written import (
    REFERENCE,
    coverage_lines,
    coverage_tables,
    statement_tables,
)

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

ALIGNMENTS: dict[str, Declared] = {
    alignment.name: alignment
    for alignment in (
        Declared(
            "statements",
            statements,
            label="One statement, two printings",
            options=(REFERENCE,),
            tables=statement_tables,
        ),
        Declared(
            "coverage",
            coverage,
            label="Only here",
            accuracy=paragraph_rates(),
            tables=coverage_tables,
            lines=coverage_lines,
        ),
        Declared("reuse", reuse, label="Shared passages"),
    )
}
"""What lines passages up, and is not counted: results with a table."""
