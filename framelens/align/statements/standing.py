"""Standing: in which quotation, sentence and report each word of an article stands."""

from __future__ import annotations

import re
from bisect import bisect_left

import numpy as np
import numpy.typing as npt

from framelens.align.statements.function_words import HEARERS
from framelens.annotate.paragraphs import paragraph_offsets

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_SENTENCE_END = re.compile(r"[.!?…][\"”’»)\]]*\s+(?=[\"“‘«(\[]*[A-Z0-9])")


_SHORT_LIST = """
Mr Mrs Ms Dr Prof Gen Col Lt Maj Cmdr Adm Sgt Cpl Capt Brig Det Insp Supt Sen Sens Rep
Reps Pres Gov Hon Rev Fr St No vs
"""
_NO_END = re.compile(rf"(?:\b(?:[A-Z]|{'|'.join(_SHORT_LIST.split())})\.)\s+\Z")


def spoken_by_of(
    spans: list[tuple[int, int]], spoken: list[tuple[int, int, str]]
) -> tuple[str | None, ...]:
    """Give whom the first of the rows that reach into a quotation names."""
    found: list[str | None] = []
    at = 0
    for start, end in spans:
        while at < len(spoken) and spoken[at][1] <= start:
            at += 1
        known = at < len(spoken) and spoken[at][0] < end
        found.append(spoken[at][2] if known else None)
    return tuple(found)


def numbered(starts: list[int], spans: list[tuple[int, int]]) -> Numbers:
    """Give the number of the span that holds each start, or -1."""
    if not spans or not starts:
        return np.full(len(starts), -1, dtype=np.int64)
    begins, ends = np.array(spans, dtype=np.int64).T
    at = np.searchsorted(begins, starts, "right") - 1
    inside = (at >= 0) & (np.array(starts) < ends[np.maximum(at, 0)])
    return np.where(inside, at, -1).astype(np.int64)


def sentence_ends(text: str, first: int = 0, last: int | None = None) -> list[int]:
    """Give where new sentences begin between two offsets, by full stops alone.

    Examples
    --------
    >>> sentence_ends("The U.S. Survey of Mr. Orr said so. We go.")
    [36]
    """
    return [
        match.end()
        for match in _SENTENCE_END.finditer(
            text, first, len(text) if last is None else last
        )
        if not _NO_END.search(text, max(0, match.end() - 12), match.end())
    ]


def sentences_of(text: str, starts: list[int]) -> Numbers:
    """Give the number of each word's sentence, by full stops and paragraphs."""
    ends = [start for start, _ in paragraph_offsets(text)]
    ends += sentence_ends(text)
    return np.searchsorted(sorted(set(ends)), starts, "right").astype(np.int64)


def told_of(
    first: list[int],
    forms: list[str],
    spans: list[tuple[int, int]],
    reported: list[tuple[int, int]],
) -> Numbers:
    """Give the number of the reported clause that holds each word, or -1.

    A quotation that is not wholly inside one keeps its words; "that" before a clause
    is no part of it.
    """
    told = numbered(first, reported)
    for start, end in spans:
        inside = slice(bisect_left(first, start), bisect_left(first, end))
        if len(set(told[inside].tolist())) > 1:
            told[inside] = -1
    for place in np.flatnonzero(np.diff(told, prepend=-1) > 0).tolist():
        heard = forms[place - 1] == "told" and forms[place] in HEARERS
        if forms[place] == "that" or heard:
            told[place] = -1
    return told


def units_of(quotation: Numbers, sentence: Numbers, told: Numbers) -> Numbers:
    """Give the number of each word's quoted sentence or reported clause."""
    if not len(quotation):
        return quotation.copy()
    held = np.where(told >= 0, told + 1 + quotation.max(initial=0), quotation)
    new = np.ones(len(held), dtype=np.bool_)
    new[1:] = (np.diff(held) != 0) | (np.diff(sentence) != 0)
    numbers = np.cumsum(new & (held >= 0)) - 1
    return np.where(held >= 0, numbers, -1).astype(np.int64)


def names_of(text: str, places: list[tuple[int, int]], sentence: Numbers) -> Flags:
    """Tell words with a capital that do not begin a sentence or a quotation."""
    names = []
    for number, (start, _) in enumerate(places):
        opens = number == 0 or sentence[number] != sentence[number - 1]
        opens = opens or text[max(0, start - 1) : start] in ('"', "“", "‘", "«")
        names.append(text[start].isupper() and not opens)
    return np.array(names, dtype=np.bool_)
