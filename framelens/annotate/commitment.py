"""Commitment: how far a cue stands from what it hands over, as a number."""

from __future__ import annotations

from functools import cache

from framelens._lists import read_list
from framelens.annotate.cues import cue_class, cue_words, lemmas_of

DISTANCES = ("taken for granted", "handed over", "left open", "denied")
"""What each distance means, from 0 to 3."""

_PARTICIPLES = {"was", "were", "is", "are", "be", "been", "being"}


@cache
def marked_words(part: str) -> frozenset[str]:
    """Give the words of one part of the list ``commitment``."""
    return frozenset(read_list("commitment")["words"][part].split())


def cue_distance(cue: str) -> int | None:
    """Say how far a cue stands from what it hands over.

    Gives 0 where it is taken for granted (*revealed, admitted, regretted that*), 1
    where it is handed over (*said*), 2 where it is left open (*claimed, hopes,
    accused of*), 3 where it is denied; None of cues without a class.

    >>> [cue_distance(cue) for cue in ("was shocked", "said", "claims", "has denied")]
    [0, 1, 2, 3]
    """
    named = cue_class(cue)
    if named in (None, "believing", "opposing", "supporting", "neutral"):
        words = [word for word in cue_words(cue) if word not in _PARTICIPLES]
        lemmas = {lemma for word in words[:1] for lemma in lemmas_of(word)}
        named_as = {"as", "for"}.intersection(words[1:2])  # known as
        if lemmas & marked_words("factives") and not named_as:
            return 0
    return None if named is None else int(read_list("commitment")["distance"][named])
