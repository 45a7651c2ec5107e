"""Tone: how the text treats whom it names, and where its wording takes sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from framelens._checks import MissingPartError, require_inside
from framelens._layers import Layer
from framelens.annotate.attribution_model import least_loaded, load_head, load_reader
from framelens.annotate.one_pass import TONES, read_tokens
from framelens.annotate.spans import SPAN_COLUMNS, each_text, spans_frame
from framelens.annotate.words import WORD
from framelens.read import articles_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
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
    texts = dict(each_text(articles))
    lengths = {article: len(text) for article, text in texts.items()}
    require_inside(spans, lengths, of="spans")
    out = np.full((len(spans), len(columns)), np.nan)
    starts = spans["start"].to_numpy(dtype=np.int64)
    ends = spans["end"].to_numpy(dtype=np.int64)
    places: dict[str, list[int]] = {}
    for place, article in enumerate(spans["article"].tolist()):
        places.setdefault(article, []).append(place)
    read = read_tokens((texts[article] for article in places), reader)
    for mine, tokens in zip(places.values(), read, strict=True):
        out[mine] = _means(tokens, starts[mine], ends[mine], columns)
    return out


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


def loaded_words(articles: pd.DataFrame) -> pd.DataFrame:
    """Mark words that are probably loaded, with their ``probability``."""
    _require_head()
    bound = least_loaded()
    texts = list(each_text(articles))
    read = read_tokens((text for _, text in texts), load_reader())
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
