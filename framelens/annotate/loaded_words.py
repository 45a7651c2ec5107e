"""Loaded words: wording that takes sides, as readers of US news marked it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from framelens._checks import MissingPartError
from framelens._layers import Layer
from framelens.annotate.attribution_model import least_loaded, load_head, load_reader
from framelens.annotate.one_pass import read_tokens
from framelens.annotate.spans import SPAN_COLUMNS, each_text, spans_frame
from framelens.annotate.tone import pooled_spans
from framelens.annotate.words import WORD
from framelens.read import articles_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pandas as pd


def loaded_words(
    articles: pd.DataFrame | str | Path,
    *,
    least: float | None = None,
    model: str | Path | None = None,
    threads: int = 1,
) -> pd.DataFrame:
    """Mark words from a probability of `least` on as loaded, with ``probability``.

    If not given, `least` has the best F1 in cross-validation over topics.
    """
    _require_head()
    articles = articles_of(articles)
    reader = load_reader(model, threads=threads)
    bound = least_loaded() if least is None else least
    texts = list(each_text(articles))
    read = read_tokens((text for _, text in texts), reader)
    rows = (
        (article, start, end, f"{article}:l{number}", probability)
        for (article, text), tokens in zip(texts, read, strict=True)
        for number, (start, end, probability) in enumerate(
            _in_text(text, tokens, bound), start=1
        )
    )
    table = spans_frame(rows, layer="loaded", role="word", extra=["probability"])
    return table.astype({"probability": "float64"})


def loaded_sentences(
    articles: pd.DataFrame | str | Path,
    spans: pd.DataFrame,
    *,
    model: str | Path | None = None,
    threads: int = 1,
) -> pd.DataFrame:
    """Say how likely readers are to find a sentence loaded as a whole.

    Parameters
    ----------
    articles, model, threads
        As for `framelens.annotate.tone`.
    spans : DataFrame
        ``article, start, end`` of sentences, as `framelens.Corpus.sentences` has them.

    Returns
    -------
    DataFrame
        `spans`, in their order, with ``probability``, from 0 to 1; missing where a
        span holds nothing that can be read.

    Raises
    ------
    ColumnError, UnknownNameError, InputError
        If `spans` lacks a column, names an unknown article, or reaches beyond its
        text.
    MissingPartError
        If the head for loaded words was taken away, or is not the one measured.
    """
    _require_head()
    articles = articles_of(articles)
    reader = load_reader(model, threads=threads)
    logits = pooled_spans(articles, spans, reader, ["loaded_sentence"])[:, 0]
    return spans.assign(probability=1.0 / (1.0 + np.exp(-logits)))


def _in_text(
    text: str, tokens: pd.DataFrame, least: float
) -> Iterator[tuple[int, int, float]]:
    """Give each loaded word: a word is as loaded as the most loaded of its tokens."""
    likely = 1.0 / (1.0 + np.exp(-tokens["loaded"].to_numpy(dtype=np.float64)))
    starts, ends = tokens["start"].to_numpy(), tokens["end"].to_numpy()
    for match in WORD.finditer(text):
        first = int(np.searchsorted(ends, match.start(), side="right"))
        after = int(np.searchsorted(starts, match.end(), side="left"))
        if first < after and (best := float(likely[first:after].max())) >= least:
            yield match.start(), match.end(), best


def _require_head() -> None:
    if load_head() is None:
        raise MissingPartError(
            "the head for loaded words is not installed (framelens/models/loaded.onnx)"
            "; install framelens again."
        )


LOADED_WORDS = Layer("loaded_words", (*SPAN_COLUMNS, "probability"), loaded_words)
