"""Measures: each turns articles into counts that add up, one idea per module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from framelens.measure.attribution_accuracy import attribution_accuracy
from framelens.measure.counts import Counts, combine
from framelens.measure.coverage import coverage
from framelens.measure.coverage_matrix import CoverageMatrix
from framelens.measure.coverage_result import Coverage
from framelens.measure.differing import Differing, differing, what_differs
from framelens.measure.emphasis import emphasis
from framelens.measure.emphasis_result import Emphasis
from framelens.measure.first_places import first_places
from framelens.measure.ledger import LEDGER_COLUMNS, ledger
from framelens.measure.reuse import reuse
from framelens.measure.reuse_result import Reuse
from framelens.measure.speakers import speakers
from framelens.measure.speakers_table import cues_table, speakers_table
from framelens.measure.statements import Statements, statements
from framelens.measure.terms import terms

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "ALIGNMENTS",
    "LEDGER_COLUMNS",
    "MEASURES",
    "Counts",
    "Coverage",
    "CoverageMatrix",
    "Differing",
    "Emphasis",
    "Reuse",
    "Statements",
    "attribution_accuracy",
    "combine",
    "coverage",
    "cues_table",
    "differing",
    "emphasis",
    "first_places",
    "ledger",
    "reuse",
    "speakers",
    "speakers_table",
    "statements",
    "terms",
    "what_differs",
]

MEASURES: dict[str, Callable[..., Counts]] = {"speakers": speakers, "terms": terms}
"""Every measure by its name, for the command line and the report."""

ALIGNMENTS: dict[str, Callable[..., Coverage | Emphasis | Reuse | Statements]] = {
    "coverage": coverage,
    "emphasis": emphasis,
    "reuse": reuse,
    "statements": statements,
}
"""What lines passages up or marks them, and is not counted: results with a table."""
