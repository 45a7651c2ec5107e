"""The ledger: every attribution, who stands behind it, how it is handed over, where."""

from __future__ import annotations

from framelens._layers import ACTORS, Layer
from framelens.annotate.attributions.pieces import spans_of
from framelens.annotate.attributions.table import ATTRIBUTION_COLUMNS, attribution_table
from framelens.annotate.speakers import speakers

LEDGER = Layer(
    "ledger",
    tuple(ATTRIBUTION_COLUMNS),
    attribution_table,
    needs=("attributions", ACTORS),
    implied=lambda table: {"attributions": spans_of(table)},
)
MARKED_LEDGER = Layer(
    "marked_ledger",
    ("article", "start", "end", "speaker"),
    speakers,
    needs=("quotations", ACTORS),
)
