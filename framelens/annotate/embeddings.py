"""Embeddings: texts as vectors, so that what speaks of the same thing lies close.

An embedder lines texts up. It does not judge them: "he denied it" and "he admitted
it" lie side by side.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from framelens._checks import MissingPartError
from framelens._progress import progress
from framelens.annotate import recent
from framelens.annotate.attribution_model import (
    SLOWER,
    measured,
    packaged,
    session_of,
)
from framelens.annotate.spans import without_surrogates

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    Vectors = npt.NDArray[np.float32]

SIZE = 384
"""How many numbers make one vector."""

LONGEST = 256
"""Tokens that the model reads at once, its two marks of beginning and end included."""

MODEL_SHA256 = "cd9ea0ee381fdd3c164c7769fb41408314d837384f7177c61ab1860dfc359faa"
"""The model: all-MiniLM-L6-v2, its products in 8 bits, as `training` writes it."""

TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
"""The model's tokenizer."""

_AT_ONCE, _TOGETHER, _SHORT = 1_000, 16, 16
"""Texts that are cut into tokens at once; short ones that are read together; tokens of
a short one. Longer texts take as long alone."""

_COMMON = 50
"""Up to about this place words are of the commonest: the logarithm starts there."""


def embed(texts: Sequence[str]) -> Vectors:
    """Turn texts into vectors whose product says how near they are in meaning.

    A vector is the mean over the tokens of the model's last layer, at length 1
    (Sentence-BERT, Reimers and Gurevych 2019, https://doi.org/10.18653/v1/D19-1410); a
    text of more than 254 tokens is read in windows of that length, none of it cut off.
    The latest are held in memory.
    """
    distinct = list(dict.fromkeys(texts))
    vectors = at_length_1([rows[0] for rows in piecewise([(t, ()) for t in distinct])])
    rows = {text: row for row, text in enumerate(distinct)}
    return vectors[[rows[text] for text in texts]]


def piecewise(texts: Sequence[tuple[str, tuple[int, ...]]]) -> list[Vectors]:
    """Read each text once, and sum the states of its tokens: of all, then by pieces.

    Each text comes with the places, in order, at which its pieces after the first
    begin. The first row is the sum over all tokens and the model's two marks, the next
    are those over the tokens that begin in each piece: `at_length_1` makes vectors of
    them and of their sums.
    """
    keys = [f"{places} {text}" for text, places in texts]
    sums = {key: recent.load("embeddings", key) for key in keys}
    given = dict(zip(keys, texts, strict=True))
    missing = [key for key, rows in sums.items() if rows is None]
    packs = [missing[at : at + _AT_ONCE] for at in range(0, len(missing), _AT_ONCE)]
    with progress("comparing", len(missing), "text") as tell:
        for place, pack in enumerate(packs):
            read = _read([given[key] for key in pack], tell, place * _AT_ONCE)
            for key, rows in zip(pack, read, strict=True):
                recent.store("embeddings", key, rows, len(given[key][0]))
                sums[key] = rows
    return [sums[key] for key in keys]


def at_length_1(sums: Sequence[Vectors] | Vectors) -> Vectors:
    """Scale rows to length 1."""
    rows = np.asarray(sums, dtype=np.float64).reshape(-1, SIZE)
    scaled: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return scaled.astype(np.float32)


@lru_cache(maxsize=100_000)
def rarity(word: str) -> float:
    """Say how rare a word is in English: from 0 (*the*, single letters) to 1.

    The tokenizer's vocabulary is ordered by frequency (in books and Wikipedia); this is
    the logarithm of a word's place in it. What it does not hold whole has 1. A lemma
    finds more than an inflected form.

    >>> [round(rarity(word), 2) for word in ("the", "city", "diplomat", "Polyanskiy")]
    [0.0, 0.18, 0.83, 1.0]
    """
    if len(word) == 1 and word.isalpha():
        return 0.0
    places = _places()
    place = places.get(word.lower(), len(places))
    return math.log1p(place / _COMMON) / math.log1p(len(places) / _COMMON)


def _read(
    texts: list[tuple[str, tuple[int, ...]]], tell: Callable[[int], None], done: int
) -> list[Vectors]:
    """Sum the states of each text's tokens: of all with the marks, then by pieces.

    Short texts of one length are read together: to the bit what is read of each alone,
    in half the time.
    """
    tokenizer = _tokenizer()
    begin, end = (tokenizer.token_to_id(mark) for mark in ("[CLS]", "[SEP]"))
    sums = [np.zeros((len(places) + 2, SIZE), np.float64) for _, places in texts]
    windows: dict[int, list[tuple[int, list[int], list[int]]]] = {}
    for number, (text, _) in enumerate(texts):
        encoding = tokenizer.encode(without_surrogates(text), add_special_tokens=False)
        ids, starts = encoding.ids, [start for start, _ in encoding.offsets]
        for first in range(0, max(len(ids), 1), LONGEST - 2):
            window = [begin, *ids[first : first + LONGEST - 2], end]
            own = number, window, starts[first : first + LONGEST - 2]
            windows.setdefault(len(window), []).append(own)
    for length, several in windows.items():
        size = _TOGETHER if length <= _SHORT else 1
        for at in range(0, len(several), size):
            pack = several[at : at + size]
            states = _states(np.array([ids for _, ids, _ in pack], dtype=np.int64))
            for (number, _, starts), layer in zip(pack, states, strict=True):
                places = texts[number][1]
                sums[number][0] += layer.sum(axis=0, dtype=np.float64)
                piece = np.searchsorted(places, starts, side="right")
                inside = piece == np.arange(len(places) + 1)[:, None]
                sums[number][1:] += inside @ layer[1:-1]
            done += len(pack)
            tell(done)
    return [one.astype(np.float32) for one in sums]


def _states(ids: npt.NDArray[np.int64]) -> Vectors:
    """Give the model's last layer of windows of one length."""
    (layer,) = _session().run(None, {"ids": ids})
    states: Vectors = layer
    return states


@lru_cache(maxsize=1)
def _session() -> Any:
    """Load the model, once."""
    try:
        model = measured(
            packaged("embedder.onnx"), MODEL_SHA256, of="the embedding model"
        )
        return session_of(model, exact=False, disabled_optimizers=SLOWER)
    except ImportError as error:
        raise MissingPartError(
            f"embeddings need {error.name}, which is not installed; install it with: "
            f"pip install {error.name}"
        ) from error


@lru_cache(maxsize=1)
def _tokenizer() -> Any:
    """Load the tokenizer, once, without its padding and truncation."""
    try:
        from tokenizers import Tokenizer
    except ImportError as error:
        raise MissingPartError(
            "embeddings need tokenizers, which is not installed; "
            "install it with: pip install tokenizers"
        ) from error
    told = measured(packaged("tokenizer.json"), TOKENIZER_SHA256, of="the tokenizer")
    tokenizer = Tokenizer.from_str(told.decode("utf-8"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


@lru_cache(maxsize=1)
def _places() -> dict[str, int]:
    """Give the vocabulary's words with their places: 0 is the most frequent."""
    vocabulary: dict[str, int] = _tokenizer().get_vocab()
    words = sorted(filter(_is_word, vocabulary), key=vocabulary.__getitem__)
    return {word: place for place, word in enumerate(words)}


def _is_word(piece: str) -> bool:
    return len(piece) > 1 and piece.isascii() and piece.isalpha()
