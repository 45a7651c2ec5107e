"""Learning: from coded passages to a guess at every other one, none by its own code.

Sentence embeddings and a logistic regression, fitted five times: the guess at a passage
comes from codes in other articles alone, so that it is as wrong where a passage was
coded as where it was not. How strongly to shrink is chosen inside each fit (nested
cross-validation, Varma & Simon 2006, https://doi.org/10.1186/1471-2105-7-91).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from framelens.compare.jackknife import Floats, Whole

    Vectors = npt.NDArray[np.float32] | Floats
    Guess = Callable[[Vectors], Floats]

FOLDS, INNER = 5, 3
"""Parts of the articles: for the guesses, and within these for how to shrink."""

STRENGTHS = (1.0, 10.0, 100.0)
"""How little coefficients are shrunk: what is tried."""

INTERCEPT = 100.0
"""The square of the constant that stands in every vector."""

STEPS, FARTHEST = 50, 15.0
"""Newton's steps at most, and how far a logarithm of odds may go."""

FEWEST = 10
"""Passages with the frame, and without, from which it is learned at least."""


def guessed(
    vectors: Vectors,
    article: Whole,
    place: Whole,
    code: npt.NDArray[np.bool_],
    *,
    seed: int = 0,
) -> Floats:
    """Guess of every passage how likely it has the frame: from 0 to 1.

    `article` numbers the article of each passage, `place` says which passages were
    coded, `code` how. Articles are dealt to `FOLDS` parts, those with codes evenly;
    each part is guessed by what the others teach.
    """
    part = parts_of(article, article[place], FOLDS, np.random.default_rng(seed))
    found = np.full(len(vectors), np.nan)
    for number in range(FOLDS):
        others = part[article[place]] != number
        here = part[article] == number
        if not here.any():
            continue
        x, y = vectors[place[others]], code[others]
        model = _fitted(x, y, article[place[others]], seed)
        found[here] = model(vectors[here])
    return found


def parts_of(
    article: Whole, coded: Whole, parts: int, rng: np.random.Generator
) -> Whole:
    """Deal articles to parts at random, those that were coded evenly: part of each.

    >>> part = parts_of(np.arange(9), np.array([0, 1, 2]), 3, np.random.default_rng(0))
    >>> sorted(part[:3].tolist())
    [0, 1, 2]
    """
    number = int(article.max()) + 1
    has = np.zeros(number, dtype=bool)
    has[coded] = True
    order = np.lexsort((rng.random(number), ~has))
    part = np.empty(number, dtype=np.int64)
    part[order] = np.arange(number) % parts
    return part


def _fitted(x: Vectors, y: npt.NDArray[np.bool_], article: Whole, seed: int) -> Guess:
    """Fit a regression, shrunk as suits other articles best; or a constant."""
    if y.all() or not y.any():
        value = float(y.mean()) if len(y) else 0.5
        return lambda rows: np.full(len(rows), value)
    part = parts_of(article, article, INNER, np.random.default_rng(seed + 1))[article]
    best, least = STRENGTHS[0], np.inf
    for strength in STRENGTHS:
        loss = 0.0
        for number in range(INNER):
            train, test = part != number, part == number
            known = y[train]
            if known.all() or not known.any() or not test.any():
                continue
            p = np.clip(regression(x[train], known, strength)(x[test]), 1e-6, 1 - 1e-6)
            loss -= float(np.log(np.where(y[test], p, 1 - p)).sum())
        if loss < least:
            best, least = strength, loss
    return regression(x, y, best)


def regression(x: Vectors, y: npt.NDArray[np.bool_], strength: float) -> Guess:
    """Fit one logistic regression, both labels weighing the same: by Newton's method.

    With few codes and long vectors it is quicker in the products of vectors. A constant
    of `INTERCEPT` stands in every vector, so that the intercept is hardly shrunk.
    """
    x = np.asarray(x, dtype=float)
    product = x @ x.T + INTERCEPT
    weight = np.where(y, 0.5 / y.mean(), 0.5 / (1 - y.mean())) * strength
    value, taught = np.zeros(len(y)), np.zeros(len(y))
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-value))
        slope = np.maximum(p * (1 - p), 1e-6)
        wanted = value + (y - p) / slope
        taught = np.linalg.solve(product + np.diag(1 / (weight * slope)), wanted)
        new = np.clip(product @ taught, -FARTHEST, FARTHEST)
        done = float(np.abs(new - value).max()) < 1e-4
        value = new
        if done:
            break

    def guess(rows: Vectors) -> Floats:
        found = np.clip((rows @ x.T + INTERCEPT) @ taught, -FARTHEST, FARTHEST)
        return np.asarray(1 / (1 + np.exp(-found)))

    return guess
