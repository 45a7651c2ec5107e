"""Nearest: which passage of another article comes closest to each of one's own."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from framelens.align.sentence_runs import (
    FEWEST_PARAGRAPHS,
    MOST_SENTENCES,
    passages,
    story_of,
    units,
)
from framelens.annotate.embeddings import embed, rarity
from framelens.annotate.paragraphs import paragraph_offsets

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt
    import pandas as pd

    from framelens.align.sentence_runs import Offsets

    Scores = npt.NDArray[np.float64]

WEIGHT_OF_MEANING = 2 / 3
"""The share of the cosine in the score; the rest is the shared words'. Chosen on the
development half of the gold set, where anything from 0.5 to 0.8 did as well."""

SLACK = 0.03
"""Of all passages that score this near to the best, the shortest is shown."""


DISTINCTIVE = 0.65
"""Rarity from which a word can be distinctive, if few sentences have it."""

FEW_SENTENCES = 2
"""A word in more sentences of an article belongs to its topic."""


@dataclass(frozen=True, eq=False)
class Story:
    """One article, ready to be lined up.

    Attributes
    ----------
    article : str
    units : list of (start, end)
        What is looked for in the other article: paragraphs or sentences, furniture
        left out, in order and without overlap.
    passages : list of (start, end)
        What may be found: paragraphs, sentences, and two or three sentences in a
        row. They overlap.
    unit_vectors, passage_vectors : ndarray
        One embedding per unit and passage.
    unit_words, passage_words : list of set of str
        Their lemmas in lower case.
    distinctive : set of str
        The article's rare lemmas that at most two of its sentences have.
    by_sentence : bool
        Whether all units are sentences, as asked or for want of paragraphs.
    by_unit : bool
        Whether only units are passages, for the article's length.
    """

    article: str
    units: Offsets
    passages: Offsets
    unit_vectors: npt.NDArray[np.float32]
    passage_vectors: npt.NDArray[np.float32]
    unit_words: list[frozenset[str]]
    passage_words: list[frozenset[str]]
    distinctive: frozenset[str]
    by_sentence: bool
    by_unit: bool


def prepare(
    article: str,
    text: str,
    tokens: pd.DataFrame,
    furniture: Offsets,
    *,
    by_sentence: bool = False,
) -> Story:
    """Cut an article into units and passages, and embed them.

    Parameters
    ----------
    article, text : str
    tokens : DataFrame
        ``start, end, sentence, lemma`` of this article's tokens.
    furniture : list of (start, end)
        What is left out.
    by_sentence : bool, default False
        Whether units are sentences also where there are paragraphs.

    Returns
    -------
    Story
    """
    paragraphs = story_of(text, paragraph_offsets(text), furniture)
    bounds = tokens.groupby("sentence", sort=True).agg(
        start=("start", "min"), end=("end", "max")
    )
    pairs = zip(bounds["start"].tolist(), bounds["end"].tolist(), strict=True)
    sentences = story_of(text, pairs, furniture)
    ours = units(text, paragraphs, sentences, by_sentence=by_sentence)
    theirs = passages(text, paragraphs, sentences, furniture)
    vectors = embed([text[start:end] for start, end in (*ours, *theirs)])
    lemmas = _lemmas(tokens)
    return Story(
        article,
        ours,
        theirs,
        vectors[: len(ours)],
        vectors[len(ours) :],
        [_inside(lemmas, start, end) for start, end in ours],
        [_inside(lemmas, start, end) for start, end in theirs],
        _distinctive([_inside(lemmas, start, end) for start, end in sentences]),
        by_sentence or len(paragraphs) < FEWEST_PARAGRAPHS,
        len(sentences) > MOST_SENTENCES,
    )


def scores(story: Story, other: Story) -> Scores:
    """Score every passage of another article against every unit of one.

    Parameters
    ----------
    story, other : Story

    Returns
    -------
    ndarray, shape (units of `story`, passages of `other`)
        Two thirds the cosine of the two embeddings, one third the share of the
        unit's words that the passage has, weighted by `framelens.annotate.embeddings
        .rarity`: from about 0 (nothing in common) to 1 (the same words).
    """
    cosine = story.unit_vectors.astype(float) @ other.passage_vectors.T.astype(float)
    shared = _shared_share(story.unit_words, other.passage_words)
    both: Scores = WEIGHT_OF_MEANING * cosine + (1 - WEIGHT_OF_MEANING) * shared
    return both


def nearest(row: Scores, passages: Offsets) -> int:
    """Choose among passages: the shortest of those that score nearly best.

    Examples
    --------
    >>> nearest(np.array([0.2, 0.71, 0.74]), [(0, 9), (10, 20), (10, 60)])
    1
    """
    close = np.flatnonzero(row >= row.max() - SLACK)
    return int(
        min(close, key=lambda one: (passages[one][1] - passages[one][0], -row[one]))
    )


def shared_words(unit: frozenset[str], passage: frozenset[str]) -> list[str]:
    """Give the words that a unit and a passage share, the rarest first.

    Words of the commonest (a rarity of 0.5 or less) are not given.
    """
    found = (word for word in unit & passage if rarity(word) > 0.5)
    return sorted(found, key=lambda one: (-rarity(one), one))


Lemmas = tuple["npt.NDArray[np.int64]", list[int], list[str]]


def _lemmas(tokens: pd.DataFrame) -> Lemmas:
    """Give starts, ends and lemmas of the tokens that are words."""
    lemmas = [str(one).lower() for one in tokens["lemma"].tolist()]
    kept = [place for place, one in enumerate(lemmas) if _is_word(one)]
    starts, ends = tokens["start"].tolist(), tokens["end"].tolist()
    return (
        np.array([starts[place] for place in kept], dtype=np.int64),
        [ends[place] for place in kept],
        [lemmas[place] for place in kept],
    )


def _is_word(lemma: str) -> bool:
    """Whether a lemma is a word: no punctuation, no clitic such as *'s*."""
    return lemma[:1].isalnum() and (len(lemma) > 1 or lemma.isdigit())


def _inside(lemmas: Lemmas, start: int, end: int) -> frozenset[str]:
    starts, ends, words = lemmas
    first, last = np.searchsorted(starts, [start, end])
    return frozenset(words[one] for one in range(first, last) if ends[one] <= end)


def _distinctive(sentences: Sequence[frozenset[str]]) -> frozenset[str]:
    found = Counter(chain.from_iterable(sentences))
    few = (word for word, times in found.items() if times <= FEW_SENTENCES)
    return frozenset(word for word in few if rarity(word) >= DISTINCTIVE)


def _shared_share(
    units: Sequence[frozenset[str]], passages: Sequence[frozenset[str]]
) -> Scores:
    """Give the share of each unit's words, by rarity, that each passage has."""
    vocabulary = {word: place for place, word in enumerate(sorted(set().union(*units)))}
    if not vocabulary:
        return np.zeros((len(units), len(passages)))
    weights = np.array([rarity(word) for word in vocabulary])
    ours = _matrix(units, vocabulary).multiply(weights).tocsr()
    theirs = _matrix(passages, vocabulary)
    total = np.asarray(ours.sum(axis=1)).reshape(-1, 1)
    common = np.asarray((ours @ theirs.T).todense())
    share: Scores = np.divide(common, total, out=np.zeros_like(common), where=total > 0)
    return share


def _matrix(
    sets: Sequence[frozenset[str]], vocabulary: dict[str, int]
) -> sparse.csr_array:
    places = [
        sorted(vocabulary[word] for word in one if word in vocabulary) for one in sets
    ]
    ends = np.cumsum([0, *map(len, places)])
    columns = np.fromiter(chain.from_iterable(places), dtype=np.int64)
    shape = (len(sets), len(vocabulary))
    return sparse.csr_array((np.ones(len(columns)), columns, ends), shape=shape)
