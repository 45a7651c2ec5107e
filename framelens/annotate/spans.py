"""The spans contract: one row per marked stretch of text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pandas as pd

from framelens.read.aside import each

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


_SURROGATE = re.compile("[\ud800-\udfff]")


def without_surrogates(text: str) -> str:
    """Put the replacement character for half a surrogate pair: offsets stay."""
    return _SURROGATE.sub("\ufffd", text)


SPAN_COLUMNS = ["article", "start", "end", "layer", "annotation", "role"]
"""The columns that every spans table begins with."""


def spans_frame(
    rows: Iterable[Sequence[Any]],
    *,
    layer: str,
    role: str | None = None,
    extra: Sequence[str] = (),
) -> pd.DataFrame:
    """Build a spans table: `SPAN_COLUMNS`, then `extra`; offsets count code points.

    A row has ``article, start, end, annotation``, its role unless one `role` is given
    for all, then one value per name in `extra`.
    """
    roles = ["role"] if role is None else []
    names = ["article", "start", "end", "annotation", *roles, *extra]
    table = pd.DataFrame(rows, columns=names, dtype=object)  # None stays None
    table.insert(3, "layer", layer)
    if role is not None:
        table.insert(5, "role", role)
    whole = {name: "int64" for name in ("start", "end", *extra) if name in _OFFSETS}
    return table.astype(whole | {"layer": object, "role": object})


_OFFSETS = {"start", "end", "inner_start", "inner_end", "depth"}


def rows_of(table: pd.DataFrame, *names: str) -> Iterator[tuple[Any, ...]]:
    """Give some columns of a table, row by row."""
    return zip(*(table[name].tolist() for name in names), strict=True)


def grouped_spans(
    spans: pd.DataFrame, by: str = "article"
) -> dict[str, list[tuple[int, int]]]:
    """Give the offsets of spans, in order, by article or another column."""
    grouped: dict[str, list[tuple[int, int]]] = {}
    for name, start, end in rows_of(spans, by, "start", "end"):
        grouped.setdefault(name, []).append((start, end))
    return grouped


def each_text(articles: pd.DataFrame) -> Iterable[tuple[str, str]]:
    """Give the identifier and the text of every article, in order."""
    return zip(articles["article"].tolist(), each(articles["text"]), strict=True)


def texts_at(
    spans: pd.DataFrame, articles: pd.DataFrame, prefix: str = ""
) -> pd.Series[str]:
    """Give what stands at the offsets of spans, whose columns may have a prefix."""
    texts = dict(each_text(articles))
    rows = rows_of(spans, *(f"{prefix}{name}" for name in SPAN_COLUMNS[:3]))
    cut = [texts[article][start:end] for article, start, end in rows]
    return pd.Series(cut, spans.index, dtype=object)


def joined_spans(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Put spans in order, and join those that overlap or touch."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined
