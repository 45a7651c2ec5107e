"""Pooling: what the reader says of a span is the mean over the span's tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from framelens._checks import InputError, require_columns, require_known
from framelens.annotate.one_pass import read_tokens
from framelens.annotate.spans import each_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt
    import pandas as pd

    from framelens.annotate.reader import Reader

    Floats = npt.NDArray[np.float64]
    Integers = npt.NDArray[np.int64]


def pooled_spans(
    articles: pd.DataFrame, spans: pd.DataFrame, reader: Reader, columns: Sequence[str]
) -> Floats:
    """Average what the reader says of the tokens of each span.

    Parameters
    ----------
    articles : DataFrame
        ``article`` and ``text``.
    spans : DataFrame
        ``article, start, end``.
    reader : Reader
    columns : sequence of str
        Of the reader's tokens, as `read_tokens` gives them.

    Returns
    -------
    ndarray of float64, shape (spans, columns)
        Missing where a span has no token.

    Raises
    ------
    ColumnError, UnknownNameError, InputError
        If `spans` lacks a column, names an unknown article, or reaches beyond its
        text.
    """
    require_columns(spans, ["article", "start", "end"], of="spans")
    texts = dict(each_text(articles))
    out = np.full((len(spans), len(columns)), np.nan)
    starts = spans["start"].to_numpy(dtype=np.int64)
    ends = spans["end"].to_numpy(dtype=np.int64)
    places: dict[str, list[int]] = {}
    for place, article in enumerate(spans["article"].tolist()):
        places.setdefault(article, []).append(place)
    for article, mine in places.items():
        require_known(article, texts, kind="article")
        _check_inside(article, starts[mine], ends[mine], len(texts[article]))
    read = read_tokens((texts[article] for article in places), reader)
    for mine, tokens in zip(places.values(), read, strict=True):
        out[mine] = _means(tokens, starts[mine], ends[mine], columns)
    return out


def _check_inside(article: str, starts: Integers, ends: Integers, length: int) -> None:
    odd = (starts < 0) | (ends > length) | (starts > ends)
    if odd.any():
        raise InputError(
            f"a span of article {article!r} goes from {starts[odd][0]} to "
            f"{ends[odd][0]}; its text has {length} characters."
        )


def _means(
    tokens: pd.DataFrame, starts: Integers, ends: Integers, columns: Sequence[str]
) -> Floats:
    values = tokens[list(columns)].to_numpy(dtype=np.float64)
    sums = np.concatenate([np.zeros((1, len(columns))), values.cumsum(axis=0)])
    first = np.searchsorted(tokens["end"].to_numpy(), starts, side="right")
    after = np.searchsorted(tokens["start"].to_numpy(), ends, side="left")
    count = np.where(starts < ends, np.maximum(after - first, 0), 0)[:, None]
    total = sums[np.maximum(after, first)] - sums[first]
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)
