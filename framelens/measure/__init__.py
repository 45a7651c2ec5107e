"""Measures: each turns articles into counts that add up, one idea per module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from framelens.measure.attribution_accuracy import attribution_accuracy
from framelens.measure.counts import Counts, combine
from framelens.measure.emphasis import emphasis
from framelens.measure.emphasis_result import Emphasis
from framelens.measure.first_places import first_places
from framelens.measure.ledger import LEDGER_COLUMNS, ledger
from framelens.measure.speakers import speakers
from framelens.measure.speakers_table import cues_table, speakers_table
from framelens.measure.terms import terms

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "LEDGER_COLUMNS",
    "MEASURES",
    "Counts",
    "Emphasis",
    "attribution_accuracy",
    "combine",
    "cues_table",
    "emphasis",
    "first_places",
    "ledger",
    "speakers",
    "speakers_table",
    "terms",
]

MEASURES: dict[str, Callable[..., Counts]] = {"speakers": speakers, "terms": terms}
"""Every measure by its name, for the command line and the report."""
