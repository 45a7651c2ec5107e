"""Attributions: who says what, with which cue, directly and indirectly."""

from __future__ import annotations

from framelens.annotate.attributions.attributions import (
    ATTRIBUTION_KINDS,
    attributions,
)
from framelens.annotate.attributions.table import (
    CREDITED_COLUMNS,
    attribution_table,
)

__all__ = [
    "ATTRIBUTION_KINDS",
    "CREDITED_COLUMNS",
    "attribution_table",
    "attributions",
]
