"""Vectors: an article as its weighted words, those at its beginning weighing more."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy.sparse import coo_array, csr_array, diags_array

from framelens.annotate.embeddings import rarity
from framelens.annotate.words import WORD, counted_form

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Matrix = csr_array[Any, tuple[int, int]]

MOST_WORDS = 2_000
"""Words that are read of an article; an event is told at the beginning."""

HALF_WEIGHT = 50
"""The word at this place weighs half as much as the first one."""

ENGLISH_AT_LARGE = 200.0
"""How many articles, with words as frequent as in English at large, are thought to
lie beside the articles at hand: two articles alone cannot tell which words are rare."""

OWN_WORD = 5
"""A word of so many articles of one outlet alone is taken for its page or its style."""

_SPREAD, _VOCABULARY = 30.0, math.log1p(420)  # of the ranks that `rarity` rests on


@dataclass(frozen=True, eq=False)
class Vectors:
    """Articles as vectors."""

    matrix: Matrix  # rows of length 1, or 0 where an article has no word
    terms: list[str]  # words in lower case, a plural *s* dropped
    words: list[str]  # in which each term was met first


def vectors(
    texts: Iterable[str],
    *,
    half: float = HALF_WEIGHT,
    at_large: float = ENGLISH_AT_LARGE,
    power: float = 1.0,
) -> Vectors:
    """Turn texts into vectors whose product says how near their words are.

    A word counts the less the later it stands: half at the place `half`. It weighs by
    its rarity, to a power, among the texts and so many articles of English at large.
    """
    places: dict[str, int] = {}
    columns: list[int] = []
    counts: list[float] = []
    words: list[str] = []
    ends = [0]
    for text in texts:
        found: dict[int, float] = defaultdict(float)
        for place, match in enumerate(islice(WORD.finditer(text), MOST_WORDS)):
            term = term_of(match.group())
            column = places.setdefault(term, len(places))
            if column == len(words):
                words.append(counted_form(match.group()))
            found[column] += 1 / (1 + place / half)
        columns.extend(found)
        counts.extend(found.values())
        ends.append(len(columns))
    shape = (len(ends) - 1, len(places))
    matrix = csr_array((np.sqrt(counts), columns, ends), shape=shape)
    weighted = _weighted(matrix, list(places), at_large, power)
    return Vectors(weighted, list(places), words)


@lru_cache(maxsize=500_000)
def term_of(word: str) -> str:
    """Give the term that a word stands for.

    >>> [term_of(word) for word in ("Ships", "the", "U.S.", "class")]
    ['ship', 'the', 'us', 'class']
    """
    form = counted_form(word).lower()
    return form[:-1] if len(form) > 3 and form[-1] == "s" != form[-2] else form


def _weighted(
    matrix: Matrix, terms: list[str], at_large: float, power: float
) -> Matrix:
    """Weigh terms by rarity, and bring rows to length 1."""
    articles = np.bincount(matrix.indices, minlength=len(terms))
    expected = at_large * np.array([_share_of_articles(term) for term in terms])
    total = matrix.shape[0] + at_large + 1
    weights = np.maximum(np.log(total / (articles + expected + 0.5)), 0) ** power
    weighted = csr_array(matrix @ diags_array(weights))
    length = np.sqrt(squares(weighted))
    return scaled(weighted, 1 / np.where(length > 1e-12, length, 1.0))


def _share_of_articles(term: str) -> float:
    """Say in how many articles a term is thought to stand, in English at large."""
    how_rare = rarity(term)
    place = 50 * math.expm1(_VOCABULARY * how_rare)
    return min(1.0, _SPREAD / (place + 3)) if how_rare < 1 else 0.0


def without_own_words(matrix: Matrix, outlets: list[str | None]) -> Matrix:
    """Leave out words that stand in many articles of one outlet, and in no other."""
    codes = pd.factorize(np.array(outlets, dtype=object))[0]
    by_outlet = sums_of(matrix.sign(), codes + 1, int(codes.max(initial=0)) + 2)[1:]
    if by_outlet.shape[0] < 3:
        return matrix
    most = np.asarray(by_outlet.max(axis=0).todense()).ravel()
    own = (most >= OWN_WORD) & (most == np.asarray(by_outlet.sum(axis=0)).ravel())
    kept = csr_array(matrix @ diags_array(np.where(own, 0.0, 1.0)))
    length = np.sqrt(squares(kept))
    return scaled(kept, 1 / np.where(length > 1e-12, length, 1.0))


def with_days(matrix: Matrix, days: Floats, window: int, apart: float) -> Matrix:
    """Make products the smaller the further days are apart: by `apart` at the most.

    Every row stands in columns of its own for each day of its window, so that rows
    share the more of them the nearer their days lie (NaN: none), and in common ones.
    """
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    first = np.nan_to_num(days - np.nanmin(days, initial=np.inf)).astype(np.int64)
    dated = np.flatnonzero(~np.isnan(days)[rows])
    cells = [(rows, matrix.indices.astype(np.int64), matrix.data * math.sqrt(apart))]
    share = math.sqrt((1 - apart) / window)
    for day in range(1, window + 1):
        row, word = rows[dated], matrix.indices[dated]
        column = (first[row] + day) * matrix.shape[1] + word
        cells.append((row, column, matrix.data[dated] * share))
    row, column, value = (np.concatenate(part) for part in zip(*cells, strict=True))
    used, column = np.unique(column, return_inverse=True)
    shape = (matrix.shape[0], len(used))
    return csr_array(coo_array((value, (row, column)), shape=shape))


def sums_of(matrix: Any, groups: npt.NDArray[Any], size: int) -> Matrix:
    """Add up the rows of each of so many groups, numbered from 0."""
    parts = (np.ones(len(groups)), (groups, np.arange(len(groups))))
    return csr_array(coo_array(parts, shape=(size, len(groups))) @ matrix)


def squares(matrix: Matrix) -> Floats:
    """Give the sum of squares of every row."""
    return np.asarray((matrix * matrix).sum(axis=1), dtype=np.float64).ravel()


def scaled(matrix: Matrix, factors: Floats) -> Matrix:
    """Multiply every row by its factor."""
    return csr_array(diags_array(factors) @ matrix)


def products(
    matrix: Matrix, others: Matrix, one: npt.NDArray[Any], other: npt.NDArray[Any]
) -> Floats:
    """Give the products of rows `one` of a matrix with rows `other` of another."""
    found = np.zeros(len(one))
    for first in range(0, len(one), 20_000):
        part = slice(first, first + 20_000)
        both = matrix[one[part]] * others[other[part]]
        found[part] = np.asarray(both.sum(axis=1)).ravel()
    return found
