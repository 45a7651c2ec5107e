"""Names: what an event is called where the user gave it no name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import coo_array, csr_array

if TYPE_CHECKING:
    from datetime import date

    import numpy.typing as npt
    import pandas as pd

    from framelens.align.events.linking import Whole
    from framelens.align.events.vectors import Matrix, Vectors

MOST_TERMS = 3
"""Words in the name of an event."""


def event_names(
    told: Vectors, labels: Whole, articles: pd.DataFrame, dates: list[date | None]
) -> npt.NDArray[Any]:
    """Name events: as the user does, or by the first date and the words that mark it.

    Parameters
    ----------
    told : Vectors
        One row per article.
    labels : ndarray of int
        The event of every article: the place of the event's first article.
    articles : DataFrame
        ``article`` and ``event``, in the same order.
    dates : list of date or None

    Returns
    -------
    ndarray of str
        At the place of each event's first article its name; no two are the same.
    """
    names = np.full(len(labels), None, dtype=object)
    given = articles["event"].tolist()
    first_dates: dict[int, date] = {}
    for label, name, day in zip(labels.tolist(), given, dates, strict=True):
        if isinstance(name, str):
            names[label] = name
        if day is not None:
            first_dates[label] = min(day, first_dates.get(label, day))
    taken = {name for name in given if isinstance(name, str)}
    sums, carriers = _sums(told.matrix, labels), _sums(told.matrix.sign(), labels)
    sizes = np.bincount(labels, minlength=len(labels))
    articles_by_place = articles["article"].tolist()
    for label in np.unique(labels).tolist():
        if names[label] is not None:
            continue
        words = _words(told, _row(sums, label), _row(carriers, label), sizes[label])
        parts = [first_dates[label].isoformat()] if label in first_dates else []
        name = " ".join([*parts, *(words or [articles_by_place[label]])])
        names[label] = _unused(name, taken)
        taken.add(names[label])
    return names


def _sums(matrix: Any, labels: Whole) -> Matrix:
    size = len(labels)
    parts = (np.ones(size), (labels, np.arange(size)))
    found = csr_array(coo_array(parts, shape=(size, size)) @ matrix)
    found.sort_indices()
    return found


def _row(matrix: Matrix, place: int) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    part = slice(matrix.indptr[place], matrix.indptr[place + 1])
    return matrix.indices[part], matrix.data[part]


def _words(told: Vectors, sums: Any, carriers: Any, size: int) -> list[str]:
    """Give the weightiest words that at least half of the articles have."""
    columns, weights = sums
    common = dict(zip(*(one.tolist() for one in carriers), strict=True))
    rows = zip(columns.tolist(), weights.tolist(), strict=True)
    ranked = sorted(
        (-weight, told.words[column], column)
        for column, weight in rows
        if common.get(column, 0) * 2 >= size and _is_word(told.terms[column])
    )
    return [word for _, word, _ in ranked[:MOST_TERMS]]


def _is_word(term: str) -> bool:
    return len(term) > 2 and term.isalpha()


def _unused(name: str, taken: set[str]) -> str:
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name} ({number})"
    return free
