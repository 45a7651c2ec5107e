"""From logits to spans: the best sequence of outside, begin and inside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

OUTSIDE, BEGIN, INSIDE = 0, 1, 2
NEVER = -1e9


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of tokens of one window: begin and inside."""

    first: int
    after: int
    probability: float


def log_softmax(logits: npt.NDArray[np.floating]) -> Floats:
    """Give log-probabilities over the last axis."""
    wide = logits.astype(np.float64)
    wide -= wide.max(axis=-1, keepdims=True)
    told: Floats = wide - np.log(np.exp(wide).sum(axis=-1, keepdims=True))
    return told


def best_labels(scores: Floats) -> npt.NDArray[np.int64]:
    """Give the best sequences in which nothing is inside without a begin.

    Viterbi's algorithm with transitions allowed or not, no weights of their own.

    Parameters
    ----------
    scores : ndarray of float, shape (sequences, tokens, 3)
        Log-probabilities of outside, begin and inside; sequences of different
        length are filled up with tokens that can only be outside.

    Returns
    -------
    ndarray of int64, shape (sequences, tokens)

    Examples
    --------
    >>> scores = np.log([[[0.1, 0.3, 0.6], [0.2, 0.2, 0.6], [0.8, 0.1, 0.1]]])
    >>> best_labels(scores).tolist()
    [[1, 2, 0]]
    """
    count, length, _ = scores.shape
    if not length:
        return np.zeros((count, 0), dtype=np.int64)
    held = scores[:, 0].copy()
    held[:, INSIDE] = NEVER
    came = np.zeros((count, length, 3), dtype=np.int64)
    rows = np.arange(count)
    for token in range(1, length):
        anyone = held.argmax(axis=1)
        within = held[:, BEGIN:].argmax(axis=1) + BEGIN
        came[:, token, :INSIDE] = anyone[:, None]
        came[:, token, INSIDE] = within
        best = held[rows, anyone]
        held = scores[:, token] + np.stack([best, best, held[rows, within]], axis=1)
    labels = np.zeros((count, length), dtype=np.int64)
    labels[:, -1] = held.argmax(axis=1)
    for token in range(length - 1, 0, -1):
        labels[:, token - 1] = came[rows, token, labels[:, token]]
    return labels


def stretches(labels: npt.NDArray[np.int64], scores: Floats) -> list[Stretch]:
    """Read one sequence's spans, each with the mean probability of its labels.

    Parameters
    ----------
    labels : ndarray of int64, shape (tokens,)
    scores : ndarray of float, shape (tokens, 3)
        Log-probabilities; the mean is geometric.
    """
    begins = np.flatnonzero(labels == BEGIN)
    outside = np.flatnonzero(labels != INSIDE)
    following = np.searchsorted(outside, begins, side="right")
    found = []
    for first, place in zip(begins.tolist(), following.tolist(), strict=True):
        after = int(outside[place]) if place < len(outside) else len(labels)
        told = np.concatenate(
            [scores[first : first + 1, BEGIN], scores[first + 1 : after, INSIDE]]
        )
        found.append(Stretch(first, after, float(np.exp(told.mean()))))
    return found
