"""Asides: the words of an article that only say who speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from framelens.align.statements.reporting_verbs import lemma_of
from framelens.annotate.cues import cue_of

if TYPE_CHECKING:
    import numpy.typing as npt

    from framelens.align.statements.printed_words import PrintedWords

_LONGEST_ASIDE, _SHORT_ASIDE = 10, 6  # words, beside a quotation and elsewhere
_AUXILIARIES = {
    *("has", "have", "had", "is", "are", "was", "were", "be", "been"),
    *("to", "will", "would", "can", "could", "may", "not"),
}
_APPOSITION = {"a", "an", "the", "who", "his", "her", "its", "their", "which", "whose"}


def asides(words: PrintedWords) -> npt.NDArray[np.bool_]:
    """Tell the words outside quotations that only name a speaker and a verb.

    A clause that begins its sentence is one up to its cue; one that does not ("the
    mayor said in a video") is one to its end.
    """
    aside = np.zeros(len(words), dtype=np.bool_)
    for first, last in clauses(words, 0, len(words)):
        cues = [
            place for place in range(first, last) if has_cue(words, place, place + 1)
        ]
        if not cues or last - first > _LONGEST_ASIDE:
            continue
        opens = first == 0 or words.sentence[first - 1] != words.sentence[first]
        end = cues[0] + 1 if opens else last
        that = [place for place in range(cues[0], last) if words.forms[place] == "that"]
        end = that[0] if that else end
        hands_over = bool(that) or (last < len(words) and words.quotation[last] >= 0)
        near = hands_over or (first > 0 and words.quotation[first - 1] >= 0)
        plain = cues[0] == first or words.forms[cues[0] - 1] not in _AUXILIARIES
        aside[first:end] = near or (
            not opens and plain and last - first <= _SHORT_ASIDE
        )
    return aside


def has_cue(words: PrintedWords, first: int, last: int) -> bool:
    """Whether a reporting verb stands among these words, outside quotations."""
    return any(
        words.quotation[place] < 0
        and (
            words.handing_over[place]
            or cue_of(words.forms[place])
            or words.forms[place] == "according"
        )
        for place in range(first, last)
    )


def _parts_quotation(words: PrintedWords, first: int, last: int) -> bool:
    """Whether words part a quoted sentence: any verb of saying can be their cue."""
    if not 0 < first < last < len(words):
        return False
    return bool(
        words.quotation[first - 1] >= 0
        and words.quotation[last] >= 0
        and words.sentence[first - 1] == words.sentence[last]
        and any(lemma_of(words.forms[place]) for place in range(first, last))
    )


def clauses(words: PrintedWords, first: int, last: int) -> list[tuple[int, int]]:
    """Cut words `first` to `last` where punctuation or a mark stands between them."""
    edges = [first] + [
        place + 1
        for place in range(first, last - 1)
        if words.pause(place) or words.quotation[place] != words.quotation[place + 1]
    ]
    return [
        pair
        for pair in zip(edges, [*edges[1:], last], strict=True)
        if pair[0] < pair[1]
    ]


def _edge(words: PrintedWords, place: int) -> bool:
    """Whether punctuation, a mark or the text's edge stands behind `place`."""
    if not 0 <= place < len(words) - 1:
        return True
    return words.pause(place) or words.quotation[place] != words.quotation[place + 1]


def without_asides(words: PrintedWords, first: int, last: int) -> list[tuple[int, int]]:
    """Leave out of words `first` to `last` what only says who speaks.

    Parameters
    ----------
    words : PrintedWords
    first, last : int
        A gap between two stretches of a statement; `last` is not included.

    Returns
    -------
    list of (first, last)
        What of the gap belongs to the statement: all of it where no reporting verb
        stands in it.
    """
    if _parts_quotation(words, first, last) and last - first <= _LONGEST_ASIDE:
        return []
    if not has_cue(words, first, last):
        return [(first, last)] if first < last else []
    parts = clauses(words, first, last)
    marked = [
        number
        for number, (start, end) in enumerate(parts)
        if has_cue(words, start, end)
        or words.forms[start] in _APPOSITION
        or any(words.name[start:end])
    ]
    left, right = parts[marked[0]][0], parts[marked[-1]][1]
    if not (_edge(words, left - 1) and _edge(words, right - 1)):
        return [(first, last)]  # a verb of the statement itself: "would be asked to"
    kept = [*parts[: marked[0]], *parts[marked[-1] + 1 :]]
    return [
        part for part in kept if words.sentence[part[0]] == words.sentence[part[1] - 1]
    ]
