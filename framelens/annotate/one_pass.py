"""One pass of the attribution model over a text gives all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from framelens.annotate import recent
from framelens.annotate.attribution_model import digest, load_head, rough_sentences
from framelens.annotate.candidates import candidates
from framelens.annotate.linking import link, load_linker

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from framelens.annotate.attribution_model import Reader, Told
    from framelens.annotate.linking import Linked

TONES = ("negative", "neutral", "positive")
"""How a text may treat whom it names."""

PACK = 20_000
"""Characters of texts that are read together at most; a longer text is read alone."""

_SCHEMA = "reader-10"
_TOKENS, _PIECES = "reader", "attributions"
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


def read_tokens(texts: Iterable[str], reader: Reader) -> Iterator[pd.DataFrame]:
    """Read texts, or take what was just read of them: a row per token of each.

    ``start, end, window``; ``negative, neutral, positive``: logits of the tone towards
    whom the token names; ``loaded``: logit that its word is; ``loaded_sentence``, whose
    mean over a sentence is the logit that the sentence is: missing without that head.
    """
    return _each(_TOKENS, texts, reader)


def read_pieces(texts: Iterable[str], reader: Reader) -> Iterator[pd.DataFrame]:
    """Read texts, or take what was just read of them: who says what.

    A row per span: ``attribution`` (its number, in the order of first contents),
    ``role, start, end``, ``probability`` (of the attribution).
    """
    return _each(_PIECES, texts, reader)


def _key(text: str, reader: Reader) -> str:
    head = "loaded.onnx" if load_head() else "linker.json"
    return recent.key_of(
        [_SCHEMA, reader.version, digest("linker.json"), digest(head), text]
    )


def _each(kind: str, texts: Iterable[str], reader: Reader) -> Iterator[pd.DataFrame]:
    """Give one kind of table for each text, in order; short texts are read together."""
    pack: list[str] = []
    room = PACK
    for text in texts:
        if pack and len(text) + 1 > room:
            yield from _kept_or_read(kind, pack, reader)
            pack, room = [], PACK
        pack.append(text)
        room -= len(text) + 1
    yield from _kept_or_read(kind, pack, reader)


def _kept_or_read(kind: str, texts: list[str], reader: Reader) -> list[pd.DataFrame]:
    keys = [_key(text, reader) for text in texts]
    found = {key: kept for key in keys if (kept := recent.load(kind, key)) is not None}
    missing = {
        key: text for key, text in zip(keys, texts, strict=True) if key not in found
    }
    read = _one_pass(list(missing.values()), reader)
    for key, tables in zip(missing, read, strict=True):
        for name, told in tables.items():
            recent.store(name, key, told, len(missing[key]))
        found[key] = tables[kind]
    return [found[key] for key in keys]


def _one_pass(texts: list[str], reader: Reader) -> list[dict[str, pd.DataFrame]]:
    """Read texts once for everything, windows of one length together."""
    cut = [
        (place, number, window)
        for place, text in enumerate(texts)
        for number, window in enumerate(reader.windows(text))
    ]
    told: list[dict[int, Told]] = [{} for _ in texts]
    tokens: list[dict[int, pd.DataFrame]] = [{} for _ in texts]
    for at, one in reader.read_windows([window for _, _, window in cut]):
        place, number, _ = cut[at]
        told[place][number] = one.light()
        tokens[place][number] = _tokens(texts[place], number, one)
    linker = load_linker()
    return [
        {
            _TOKENS: _joined(tokens[place]),
            _PIECES: _pieces(
                link(
                    candidates(text, [told[place][at] for at in sorted(told[place])]),
                    linker,
                )
            ),
        }
        for place, text in enumerate(texts)
    ]


def _joined(windows: dict[int, pd.DataFrame]) -> pd.DataFrame:
    if not windows:
        return pd.DataFrame(columns=list(_TOKEN_COLUMNS)).astype(_TOKEN_COLUMNS)
    in_order = [windows[number] for number in sorted(windows)]
    return pd.concat(in_order, ignore_index=True).astype(_TOKEN_COLUMNS)


def _tokens(text: str, number: int, told: Told) -> pd.DataFrame:
    """Tabulate the tokens of one window of a text."""
    loaded = np.full((len(told.tone), 2), np.nan)
    if head := load_head():
        loaded = head.read(told, rough_sentences(text, told.window.starts))
    return pd.DataFrame(
        {
            "start": told.window.starts,
            "end": told.window.ends,
            "window": number,
            **dict(zip(TONES, told.tone.T, strict=True)),
            "loaded": loaded[:, 0],
            "loaded_sentence": loaded[:, 1],
        }
    )


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
