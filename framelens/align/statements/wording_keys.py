"""Wording keys: pairs and rows of words by which articles are looked up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from framelens.align.statements.function_words import kin

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from framelens.align.statements.printed_words import PrintedWords

MOST_PLACES = 5_000
"""A key that stands in more places than this is common, and leads nowhere."""


_PAIR, _RUN, _WHOLE = 1, 2, 3


_PRIME = np.uint64(0x9E3779B97F4A7C15)


_FARTHEST = 12  # words between two content words that make a key


Place = tuple[int, int, int]
"""An article, a word of it, and its quoted sentence."""


def shared_keys(
    printings: Sequence[PrintedWords], events: Sequence[str]
) -> Iterator[list[Place]]:
    """Give (article, word, quoted sentence) of all places that share a key.

    Keys of different events differ: what is common in one may be rare in another.
    """
    numbers: dict[str, int] = {}
    known = {event: number for number, event in enumerate(dict.fromkeys(events))}
    tables = [
        _keys(one, number, numbers, known[events[number]])
        for number, one in enumerate(printings)
    ]
    if not tables:
        return
    keys = np.concatenate([table[0] for table in tables])
    rows = np.concatenate([table[1] for table in tables])
    order = np.argsort(keys, kind="stable")
    keys, rows = keys[order], rows[order]
    edges = np.flatnonzero(np.diff(keys)) + 1
    begins, ends = np.r_[0, edges], np.r_[edges, len(keys)]
    sizes = ends - begins
    for begin, end in zip(
        begins[(sizes > 1) & (sizes <= MOST_PLACES)].tolist(),
        ends[(sizes > 1) & (sizes <= MOST_PLACES)].tolist(),
        strict=True,
    ):
        group = rows[begin:end]
        if group[0, 0] != group[-1, 0] and group[:, 2].max() >= 0:
            yield [(int(a), int(b), int(c)) for a, b, c in group.tolist()]


def _keys(
    words: PrintedWords, number: int, numbers: dict[str, int], event: int
) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int64]]:
    """Give the keys of one article, with (article, word, quoted sentence) of each."""
    forms = np.array(
        [numbers.setdefault(kin(form), len(numbers)) for form in words.forms],
        dtype=np.uint64,
    )
    places = np.flatnonzero(words.content & ~words.name)
    keys, at = [], []
    for apart in (1, 2):
        one, other = places[:-apart], places[apart:]
        near = (other - one <= _FARTHEST) & (
            words.sentence[one] == words.sentence[other]
        )
        keys.append(_hashed(_PAIR, forms[one[near]], forms[other[near]]))
        at.append(one[near])
    if len(forms) >= 4:
        keys.append(_hashed(_RUN, forms[:-3], forms[1:-2], forms[2:-1], forms[3:]))
        at.append(np.arange(len(forms) - 3))
    whole, first = _whole_units(words, forms)
    word = np.concatenate([*at, first]).astype(np.int64)
    rows = np.column_stack([np.full(len(word), number), word, words.unit[word]])
    keyed = np.concatenate([*keys, whole]) ^ np.uint64(event * int(_PRIME) % 2**64)
    return keyed, rows.astype(np.int64)


def _whole_units(
    words: PrintedWords, forms: npt.NDArray[np.uint64]
) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int64]]:
    """Give one key for each quoted sentence of two or three words."""
    units, first, sizes = np.unique(words.unit, return_index=True, return_counts=True)
    short = (units >= 0) & (sizes >= 2) & (sizes < 4)
    keys = [
        _hashed(_WHOLE, *forms[start : start + size, None])
        for start, size in zip(
            first[short].tolist(), sizes[short].tolist(), strict=True
        )
    ]
    joined = np.concatenate(keys) if keys else np.zeros(0, dtype=np.uint64)
    return joined, first[short]


def _hashed(tag: int, *parts: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Mix numbers into one key."""
    key = np.full(len(parts[0]), tag, dtype=np.uint64)
    for part in parts:
        key = (key ^ (part + np.uint64(1))) * _PRIME
        key ^= key >> np.uint64(29)
    return key
