"""Windows: a text of any length as pieces that the reader takes in at once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from framelens.annotate.surrogates import without_surrogates

if TYPE_CHECKING:
    import numpy.typing as npt

LONGEST = 256
"""Tokens of a window at most, its two marks of beginning and end not counted."""

_STOPS = frozenset(".!?")


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a text, cut into the reader's tokens.

    Attributes
    ----------
    ids : ndarray of int64, shape (tokens,)
        The tokens' numbers in the vocabulary, without marks of beginning and end.
    starts, ends : ndarray of int64, shape (tokens,)
        Where each token stands in the text, in code points.
    """

    ids: npt.NDArray[np.int64]
    starts: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]


def windows(text: str, tokenizer: Any, *, longest: int = LONGEST) -> list[Window]:
    """Cut a text into windows of whole paragraphs, packed together while they fit.

    A paragraph longer than a window is cut after a full stop in the second half of
    the window, or where the window ends if there is none. Every token of the text
    stands in exactly one window.

    Parameters
    ----------
    text : str
        Any text; lone surrogates are read as the replacement character.
    tokenizer : tokenizers.Tokenizer
        Without padding and truncation, and splitting at white space.
    longest : int
        Tokens of a window at most.

    Returns
    -------
    list of Window
        In the order of the text; empty if the text has no tokens.
    """
    encoding = tokenizer.encode(without_surrogates(text), add_special_tokens=False)
    if not encoding.ids:
        return []
    ids = np.asarray(encoding.ids, dtype=np.int64)
    offsets = np.asarray(encoding.offsets, dtype=np.int64)
    starts, ends = offsets[:, 0], offsets[:, 1]
    cuts = _cuts(text, starts, ends, longest)
    return [
        Window(ids[a:b], starts[a:b], ends[a:b])
        for a, b in zip(cuts, [*cuts[1:], len(ids)], strict=True)
    ]


def _cuts(
    text: str,
    starts: npt.NDArray[np.int64],
    ends: npt.NDArray[np.int64],
    longest: int,
) -> list[int]:
    """Give the token with which each window begins."""
    paragraph = counted_before(text, "\n", starts)
    firsts = [0, *(np.flatnonzero(np.diff(paragraph)) + 1).tolist()]
    cuts = [0]
    for first, after in zip(firsts, [*firsts[1:], len(starts)], strict=True):
        if after - cuts[-1] <= longest:
            continue
        if first > cuts[-1]:
            cuts.append(first)
        while after - cuts[-1] > longest:
            cuts.append(_cut_inside(text, ends, cuts[-1], longest))
    return cuts


def _cut_inside(
    text: str, ends: npt.NDArray[np.int64], begin: int, longest: int
) -> int:
    """Cut a long paragraph after a full stop, if one stands in the second half."""
    for token in range(begin + longest, begin + longest // 2, -1):
        if text[ends[token - 1] - 1] in _STOPS:
            return token
    return begin + longest


def counted_before(
    text: str, pattern: str, starts: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """Count, for each place in a text, the matches that begin before it."""
    found = [match.start() for match in re.finditer(pattern, text)]
    return np.searchsorted(np.asarray(found, dtype=np.int64), starts)


def rough_sentences(text: str, starts: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Give each place its sentence, roughly: a stop and space, or a new line, ends one.

    No parser is needed; abbreviations end sentences too.
    """
    return counted_before(text, r"(?<=[.!?])[\"”’)\]]*\s+|\n", starts)
