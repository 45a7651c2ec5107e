"""Tone: how the text around an actor treats that actor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from framelens._checks import InputError, require_columns, require_known
from framelens.annotate.attribution_model import load_reader
from framelens.annotate.one_pass import TONES, read_tokens
from framelens.annotate.spans import each_text
from framelens.read import articles_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy.typing as npt
    import pandas as pd

    from framelens.annotate.attribution_model import Reader

    Floats = npt.NDArray[np.float64]
    Integers = npt.NDArray[np.int64]


def pooled_spans(
    articles: pd.DataFrame, spans: pd.DataFrame, reader: Reader, columns: Sequence[str]
) -> Floats:
    """Average what the attribution model says of the tokens of each span.

    Gives shape (spans, columns), missing where a span has no token; `columns` are of
    `read_tokens`. Refuses spans of unknown articles and beyond their text.
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


def tone(
    articles: pd.DataFrame | str | Path,
    spans: pd.DataFrame,
    *,
    model: str | Path | None = None,
    threads: int = 1,
) -> pd.DataFrame:
    """Say how the text treats whom each span names.

    Parameters
    ----------
    articles : DataFrame or path
        ``article`` and ``text``, in English.
    spans : DataFrame
        ``article, start, end``: mentions of people, bodies or states, as `entities`
        gives them, or of your own.
    model : str or path, optional
        A reader of your own; see `framelens.annotate.attribution_model.load_reader`.
    threads : int, default 1
        For the model.

    Returns
    -------
    DataFrame
        `spans`, in their order, with ``negative, neutral, positive``
        (probabilities, from 0 to 1, that add up to 1) and ``tone``, the likeliest
        of the three. Missing where a span holds nothing that can be read.

    Raises
    ------
    ColumnError, UnknownNameError, InputError
        If `spans` lacks a column, names an unknown article, or reaches beyond its
        text; if `model` is no reader.
    MissingPartError
        If the attribution model is not installed, or not the one measured.

    Notes
    -----
    Trained on sentences from US and world news (NewsMTSC, Hamborg and Donnay 2021);
    ``MODELS.md`` says how often it is right there. It reads the tone of the whole
    sentence, quoted words included: an actor who is attacked in a quotation is
    treated negatively there, by the speaker and not by the outlet.

    References
    ----------
    Hamborg, F., and Donnay, K. (2021). NewsMTSC: a dataset for (multi-)target-
    dependent sentiment classification in political news articles. EACL.
    https://doi.org/10.18653/v1/2021.eacl-main.142

    Examples
    --------
    >>> import pandas as pd
    >>> text = "Critics tore Mr Hill's reckless plan apart. Voters adore Ms Lake."
    >>> articles = pd.DataFrame({"article": ["a"], "text": [text]})
    >>> spans = pd.DataFrame({"article": "a", "start": [13, 57], "end": [20, 64]})
    >>> tone(articles, spans)["tone"].tolist()
    ['negative', 'positive']
    """
    articles = articles_of(articles)
    reader = load_reader(model, threads=threads)
    logits = pooled_spans(articles, spans, reader, TONES)
    wide = np.exp(logits - logits.max(axis=1, keepdims=True, initial=-np.inf))
    shares = wide / wide.sum(axis=1, keepdims=True)
    found = spans.assign(**dict(zip(TONES, shares.T, strict=True)))
    known = ~np.isnan(shares[:, 0])
    names = np.full(len(spans), None, dtype=object)
    names[known] = np.array(TONES, dtype=object)[shares[known].argmax(axis=1)]
    return found.assign(tone=names)
