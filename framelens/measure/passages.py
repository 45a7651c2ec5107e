"""Passages: what articles are cut into, to be lined up with others."""

from __future__ import annotations

from itertools import chain, pairwise
from typing import TYPE_CHECKING

from framelens.annotate.words import word_offsets

if TYPE_CHECKING:
    from collections.abc import Iterable

    Offsets = list[tuple[int, int]]

LONGEST_UNIT = 120
"""Words. A longer paragraph is taken sentence by sentence."""

FEWEST_PARAGRAPHS = 3
"""An article with fewer paragraphs is taken sentence by sentence."""

LONGEST_PASSAGE = 150
"""Words. A counterpart is a paragraph, or one to three sentences, up to this length."""

SENTENCES = 3
"""As many sentences in a row, at most, make a counterpart."""

SHORTEST_PASSAGE = 3
"""Words. Shorter passages are no counterparts, unless an article has no other."""


def units(text: str, paragraphs: Offsets, sentences: Offsets) -> Offsets:
    """Choose what is looked for in other articles: paragraphs, or their sentences.

    Parameters
    ----------
    text : str
    paragraphs, sentences : list of (start, end)
        Without furniture, in order.

    Returns
    -------
    list of (start, end)
        Paragraphs; for one of more than 120 words, and in an article with fewer
        than 3 paragraphs, its sentences.
    """
    whole = len(paragraphs) >= FEWEST_PARAGRAPHS
    found: Offsets = []
    for start, end in paragraphs:
        inside = [one for one in sentences if one[0] >= start and one[1] <= end]
        if (whole and words_in(text, start, end) <= LONGEST_UNIT) or not inside:
            found.append((start, end))
        else:
            found += inside
    return found


def passages(
    text: str, paragraphs: Offsets, sentences: Offsets, furniture: Offsets
) -> Offsets:
    """List what may be found: paragraphs, sentences, and up to 3 sentences in a row.

    Parameters
    ----------
    text : str
    paragraphs, sentences : list of (start, end)
        Without furniture, in order.
    furniture : list of (start, end)
        No run of sentences reaches across it.

    Returns
    -------
    list of (start, end)
        In order; they overlap. Those of 3 to 150 words, or, if there is none, all.
    """
    runs = {
        (sentences[first][0], sentences[first + length - 1][1])
        for length in range(1, SENTENCES + 1)
        for first in range(len(sentences) - length + 1)
    }
    every = sorted({*paragraphs, *(run for run in runs if not _clip(furniture, *run))})
    words = [words_in(text, *one) for one in every]
    fit = [
        one
        for one, length in zip(every, words, strict=True)
        if SHORTEST_PASSAGE <= length <= LONGEST_PASSAGE
    ]
    return fit or every


def story_of(
    text: str, stretches: Iterable[tuple[int, int]], furniture: Offsets
) -> Offsets:
    r"""Take furniture out of stretches; keep what has a word, without white space.

    Examples
    --------
    >>> story_of("PARIS – The dam held. \n\n***", [(0, 22), (24, 27)], [(0, 8)])
    [(8, 21)]
    """
    left = chain.from_iterable(without(furniture, *one) for one in stretches)
    return [_trimmed(text, *one) for one in left if words_in(text, *one)]


def words_in(text: str, start: int, end: int) -> int:
    """Count the words of ``text[start:end]``."""
    return len(word_offsets(text[start:end]))


def without(furniture: Offsets, start: int, end: int) -> Offsets:
    """Give what is left of a stretch when furniture is taken out.

    Examples
    --------
    >>> without([(0, 4), (7, 8)], 2, 10)
    [(4, 7), (8, 10)]
    """
    edges = [(start, start), *_clip(furniture, start, end), (end, end)]
    return [
        (left[1], right[0]) for left, right in pairwise(edges) if right[0] > left[1]
    ]


def _clip(spans: Offsets, start: int, end: int) -> Offsets:
    return [
        (max(a, start), min(b, end)) for a, b in sorted(spans) if a < end and b > start
    ]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
