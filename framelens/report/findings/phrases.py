"""Phrases: how findings put numbers, names and quotations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from framelens.show.text import plain, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

LONGEST = 150
"""Signs of a quotation in a finding; the evidence has it whole."""

MARKS = '“”"'
"""Marks of a quotation; around it the finding sets its own."""

INSIDE = str.maketrans({"“": "‘", "”": "’", '"': "’"})
"""What they become within marks."""


TAKES_ARTICLE = frozenset(
    {
        *("United", "UN", "EU", "US", "UK", "U.S.", "U.K.", "European", "Islamic"),
        *("Netherlands", "Philippines", "Kremlin", "White", "Pentagon"),
    }
)
"""First words of names before which English has "the"."""


def percent(share: float) -> str:
    """Write a share as a reader says it: "49 %", "less than 1 %"."""
    if 0 < share < 0.01:
        return "less than 1 %"
    return f"{100 * share:.0f} %"


def quoted(text: object) -> str:
    """Put words of an article in quotation marks, on one line, not too long.

    >>> quoted('"Sell it," she said.')
    '“‘Sell it,’ she said.”'
    >>> quoted("“Never”")
    '“Never”'
    """
    whole = " ".join(str(text).split())
    if len(whole) > 1 and not {*whole[1:-1]} & {*MARKS}:
        whole = whole.strip(MARKS)
    inner = re.sub(r'(^|[\s(\[–—-])"', r"\1‘", shortened(whole, width=LONGEST))
    return f"“{inner.translate(INSIDE)}”"


def with_article(name: object) -> str:
    """Give a name as it stands in a sentence: "the United States", "the UN"."""
    shown = plain(name)
    return f"the {shown}" if shown.split()[0] in TAKES_ARTICLE else shown


def named(names: Iterable[object], joined: str = "and") -> str:
    """List names as a sentence does: "A, B and C"."""
    every = [plain(name) for name in names]
    return f" {joined} ".join(
        [", ".join(every[:-1]), every[-1]] if every[1:] else every
    )


def places_of(rows: pd.DataFrame, texts: pd.Series[str]) -> pd.DataFrame:
    """Give ``article, start, end, text`` of spans; `texts` by the article's name."""
    spans = rows[["article", "start", "end"]].reset_index(drop=True)
    columns = (spans[name].tolist() for name in spans)
    found = [
        str(texts[article])[int(start) : int(end)]
        for article, start, end in zip(*columns, strict=True)
    ]
    return spans.assign(text=found)
