"""Passages: what articles are cut into, to be lined up with others."""

from __future__ import annotations

from bisect import bisect_left
from itertools import chain, islice, pairwise
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

MOST_SENTENCES = 400
"""Of a longer article only paragraphs (or, where these are long, sentences) are
counterparts, not every sentence and run of sentences: each costs one embedding."""

SHORTEST_PASSAGE = 3
"""Words. Shorter passages are no counterparts, unless an article has no other."""


def units(
    text: str, paragraphs: Offsets, sentences: Offsets, *, by_sentence: bool = False
) -> Offsets:
    """Choose what is looked for in other articles: paragraphs, or their sentences.

    Parameters
    ----------
    text : str
    paragraphs, sentences : list of (start, end)
        Without furniture, in order.
    by_sentence : bool, default False

    Returns
    -------
    list of (start, end)
        Sentences if asked; else paragraphs, and for one of more than 120 words, and
        in an article with fewer than 3 paragraphs, its sentences.
    """
    whole = len(paragraphs) >= FEWEST_PARAGRAPHS and not by_sentence
    starts = [start for start, _ in sentences]
    found: Offsets = []
    for start, end in paragraphs:
        here = sentences[bisect_left(starts, start) : bisect_left(starts, end)]
        inside = [one for one in here if one[1] <= end]
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
        Of an article of more than 400 sentences, its `units` only.
    """
    if len(sentences) > MOST_SENTENCES:
        every = units(text, paragraphs, sentences)
    else:
        furniture = sorted(furniture)
        runs = {
            (sentences[first][0], sentences[first + length - 1][1])
            for length in range(1, SENTENCES + 1)
            for first in range(len(sentences) - length + 1)
        }
        clear = (run for run in runs if not _clip(furniture, *run))
        every = sorted({*paragraphs, *clear})
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
    spans = sorted(furniture)
    left = chain.from_iterable(without(spans, *one) for one in stretches)
    return [_trimmed(text, *one) for one in left if words_in(text, *one)]


def words_in(text: str, start: int, end: int) -> int:
    """Count the words of ``text[start:end]``."""
    return len(word_offsets(text[start:end]))


def without(furniture: Offsets, start: int, end: int) -> Offsets:
    """Give what is left of a stretch when furniture, in order, is taken out.

    Examples
    --------
    >>> without([(0, 4), (7, 8)], 2, 10)
    [(4, 7), (8, 10)]
    """
    edges = [(start, start), *_clip(furniture, start, end), (end, end)]
    return [
        (left[1], right[0]) for left, right in pairwise(edges) if right[0] > left[1]
    ]


def joined(spans: Iterable[tuple[int, int]]) -> Offsets:
    """Join stretches that overlap, and put them in order.

    Examples
    --------
    >>> joined([(7, 8), (0, 4), (2, 3), (3, 6)])
    [(0, 6), (7, 8)]
    """
    found: Offsets = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def _clip(spans: Offsets, start: int, end: int) -> Offsets:
    """Give the parts of spans, in order and without overlap, inside a stretch."""
    found: Offsets = []
    for a, b in islice(spans, max(0, bisect_left(spans, (start, start)) - 1), None):
        if a >= end:
            break
        if b > start:
            found.append((max(a, start), min(b, end)))
    return found


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
