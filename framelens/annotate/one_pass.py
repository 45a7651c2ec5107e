"""One pass of the reader over a text gives everything; it is kept on disk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from framelens.annotate import cache
from framelens.annotate.attributions.candidates import candidates
from framelens.annotate.attributions.linking import link, load_linker
from framelens.annotate.reader.loaded import load_head
from framelens.annotate.reader.model import digest
from framelens.annotate.reader.windows import rough_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from framelens.annotate.attributions.linking import Linked
    from framelens.annotate.reader import Reader, Told

TONES = ("negative", "neutral", "positive")
"""How a text may treat whom it names."""

_SCHEMA = "reader-4"
_TOKEN_COLUMNS: dict[str, Any] = {
    "start": "int64",
    "end": "int64",
    "window": "int64",
    **dict.fromkeys(TONES, "float32"),
    "loaded": "float32",
    "loaded_sentence": "float32",
}
_PIECE_COLUMNS: dict[str, Any] = {
    "attribution": "int64",
    "role": object,
    "start": "int64",
    "end": "int64",
    "probability": "float32",
}


def read_tokens(text: str, reader: Reader) -> pd.DataFrame:
    """Read a text, or take from disk what was read of it: its tokens.

    Returns
    -------
    DataFrame
        One row per token: ``start, end``; ``window``; ``negative, neutral,
        positive`` (logits of the tone towards whom the token names); ``loaded``
        (logit that its word is loaded) and ``loaded_sentence`` (whose mean over a
        sentence is the logit that the sentence is), missing without that head.
    """
    kept = cache.load("reader", _key(text, reader))
    return _one_pass(text, reader)[0] if kept is None else kept


def read_pieces(text: str, reader: Reader) -> pd.DataFrame:
    """Read a text, or take from disk what was read of it: who says what.

    Returns
    -------
    DataFrame
        One row per span of an attribution: ``attribution`` (number within the
        text, in the order of the first contents), ``role``, ``start, end``,
        ``probability`` (of the attribution).
    """
    kept = cache.load("attributions", _key(text, reader))
    return _one_pass(text, reader)[1] if kept is None else kept


def _key(text: str, reader: Reader) -> str:
    head = "loaded.onnx" if load_head() else "linker.json"
    return cache.cache_key(
        [_SCHEMA, reader.version, digest("linker.json"), digest(head), text]
    )


def _one_pass(text: str, reader: Reader) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read a text once for everything, and keep it on disk."""
    key = _key(text, reader)
    tokens, told = _tokens(text, reader.read(text))
    pieces = _pieces(link(candidates(text, told), load_linker()))
    cache.store("reader", key, tokens)
    cache.store("attributions", key, pieces)
    return tokens, pieces


def _tokens(text: str, reading: Iterator[Told]) -> tuple[pd.DataFrame, list[Told]]:
    """Tabulate the tokens; give back what was told, without the hidden states."""
    head = load_head()
    parts, told = [], []
    for number, one in enumerate(reading):
        loaded = np.full((len(one.tone), 2), np.nan)
        if head:
            loaded = head.read(one, rough_sentences(text, one.window.starts))
        parts.append(
            pd.DataFrame(
                {
                    "start": one.window.starts,
                    "end": one.window.ends,
                    "window": number,
                    **dict(zip(TONES, one.tone.T, strict=True)),
                    "loaded": loaded[:, 0],
                    "loaded_sentence": loaded[:, 1],
                }
            )
        )
        told.append(one.light())
    if not parts:
        return pd.DataFrame(columns=list(_TOKEN_COLUMNS)).astype(_TOKEN_COLUMNS), told
    return pd.concat(parts, ignore_index=True).astype(_TOKEN_COLUMNS), told


def _pieces(linked: list[Linked]) -> pd.DataFrame:
    rows = [
        (number, role, piece.start, piece.end, one.probability)
        for number, one in enumerate(linked)
        for role, some in (
            ("content", one.contents),
            ("cue", (one.cue,)),
            ("source", (one.source,) if one.source else ()),
        )
        for piece in some
    ]
    return pd.DataFrame(rows, columns=list(_PIECE_COLUMNS)).astype(_PIECE_COLUMNS)
