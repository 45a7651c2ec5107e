"""Tone: how the text around an actor treats that actor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from framelens.annotate.one_pass import TONES
from framelens.annotate.pooling import pooled_spans
from framelens.annotate.reader import load_reader
from framelens.read import articles_of

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd


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
        A reader of your own; see `framelens.annotate.reader.load_reader`.
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
        If the reader is not installed, or not the one measured.

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
