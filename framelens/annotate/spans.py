"""The spans contract: one row per marked stretch of text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


_SURROGATE = re.compile("[\ud800-\udfff]")


def without_surrogates(text: str) -> str:
    r"""Put the replacement character for each half of a surrogate pair.

    Such halves come from JSON; models and tables hold whole characters only. The
    length, and so every offset, stays the same.

    >>> without_surrogates("a\ud800b") == "a\ufffdb"
    True
    """
    return _SURROGATE.sub("\ufffd", text)


SPAN_COLUMNS = ["article", "start", "end", "layer", "annotation", "role"]
"""The columns that every spans table begins with."""


def spans_frame(
    rows: Iterable[Sequence[Any]], *, layer: str, role: str, extra: Sequence[str] = ()
) -> pd.DataFrame:
    """Build a spans table: `SPAN_COLUMNS`, then `extra`; offsets count code points.

    A row has ``article, start, end, annotation``, then one value per name in `extra`;
    `layer` and `role` are the same on every row.
    """
    names = ["article", "start", "end", "annotation", *extra]
    table = pd.DataFrame(rows, columns=names, dtype=object)  # None stays None
    table.insert(3, "layer", layer)
    table.insert(5, "role", role)
    whole = {name: "int64" for name in ("start", "end", *extra) if name in _OFFSETS}
    return table.astype(whole | {"layer": object, "role": object})


_OFFSETS = {"start", "end", "inner_start", "inner_end", "depth"}


def each_text(articles: pd.DataFrame) -> Iterable[tuple[str, str]]:
    """Give the identifier and the text of every article, in order."""
    return zip(articles["article"].tolist(), articles["text"].tolist(), strict=True)
