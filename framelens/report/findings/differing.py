"""Numbers, dates and denials that differ where two passages tell the same thing."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from framelens.align import differing
from framelens.report.findings.certainty import how_right, right
from framelens.report.findings.finding import TO_READ, Finding
from framelens.report.findings.phrases import places_of, quoted
from framelens.show.text import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from framelens.align import Coverage
    from framelens.report.findings.finding import Compared

THEME = "Figures and denials that differ"

KINDS = {
    "number": "another number",
    "date": "another date",
    "opposite words": "the opposite",
}
"""Kinds that become findings; a negation alone is mostly another sentence."""


def unlike(compared: Compared, lined_up: Coverage | None) -> Iterator[Finding]:
    """Propose lined-up passages of two outlets with other numbers, dates or words."""
    if lined_up is None:
        return
    texts = compared.corpus.articles.set_index("article")["text"]
    words = max(1.0, float(texts.map(lambda text: len(str(text).split())).mean()))
    rows: Any = differing(lined_up).table.itertuples()
    for row in rows:
        if row.kind not in KINDS or row.outlet == row.other_outlet:
            continue
        if not str(row.here).strip() or not str(row.there).strip():
            continue
        here, there = plain(row.outlet), plain(row.other_outlet)
        yield Finding(
            THEME,
            f"{here} writes {quoted(row.here)} where {there} writes "
            f"{quoted(row.there)}: {quoted(row.text)} against "
            f"{quoted(row.other_text)}.",
            f"Two passages on the same thing; {how_right('differing')}.",
            TO_READ,
            size=min(1.0, len(str(row.text).split()) / words),
            certainty=right("differing"),
            surprise=float(min(1.0, max(0.0, row.score))),
            find=partial(_places, row, texts),
        )


def _places(row: Any, texts: pd.Series[str]) -> pd.DataFrame:
    """Give both passages."""
    sides = [
        (row.article, row.start, row.end),
        (row.other_article, row.other_start, row.other_end),
    ]
    return places_of(pd.DataFrame(sides, columns=["article", "start", "end"]), texts)
