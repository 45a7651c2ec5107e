"""Subjects: who utters what a reporting verb hands over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from framelens.align.statements.described import (
    ARTICLES,
    alone_in,
    described_in,
    phrase_start,
)
from framelens.align.statements.name_words import BODIES, TITLES
from framelens.align.statements.names import Name, names
from framelens.align.statements.sources import PRONOUNS
from framelens.annotate.cues import cue_of
from framelens.annotate.noun_kinds import noun_kind

if TYPE_CHECKING:
    from framelens.align.statements.printed_words import PrintedWords

_PERSONAL = {"he", "she", "i", "who"}

_LOOK_BACK = 120  # words in which a pronoun's name is looked for
_LEAD = 4  # words of an office before a name in a source
_BETWEEN = {
    "has",
    "have",
    "had",
    "also",
    "later",
    "then",
    "would",
    "is",
    "was",
    "already",
}


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting verb: its words, the last one not included, and its base form."""

    first: int  # word
    last: int  # not included
    lemma: str
    behind: bool  # stands behind the stretch


def speaker_of(words: PrintedWords, cue: Cue) -> Name | None:
    """Find who utters what a cue hands over; None where no rule tells."""
    if cue.lemma == "according to":
        end = _clause_end(words, cue.last)
        found = names(words, cue.last, end)
        if found and found[0].first <= cue.last + 1 and found[0].person:
            return found[0]
        return _first_name(words, cue.last, end)
    start = cue.first
    while start > 0 and _same_clause(words, start - 1, cue.first):
        start -= 1
    lead = range(start, cue.first)
    if not len(lead) or (cue.behind and words.quotation[max(0, cue.first - 1)] >= 0):
        return _first_name(words, cue.last, _clause_end(words, cue.last))
    if (
        cue.behind
        and words.pause(cue.first - 1)
        and not _appositive(words, start, cue.first)
    ):
        return _first_name(words, cue.last, _clause_end(words, cue.last))
    return _last_subject(words, start, cue.first)


def _same_clause(words: PrintedWords, place: int, cue: int) -> bool:
    return bool(
        words.sentence[place] == words.sentence[cue] and words.quotation[place] < 0
    )


def _appositive(words: PrintedWords, start: int, cue: int) -> bool:
    """Whether a comma before the cue closes an apposition to its subject."""
    pauses = [place for place in range(start, cue - 1) if words.pause(place)]
    return bool(pauses) and bool(words.name[start:cue].any() or start == cue)


def _clause_end(words: PrintedWords, first: int) -> int:
    """Give where the sentence, or what stands outside marks, ends; 14 words at most."""
    last = first
    while (
        last < min(len(words), first + 14)
        and words.sentence[last] == words.sentence[first]
        and words.quotation[last] < 0
    ):
        last += 1
    return last


def _first_name(words: PrintedWords, first: int, last: int) -> Name | None:
    """Give the one named behind an inverted verb."""
    if first >= last:
        return None
    if words.forms[first] in PRONOUNS:
        return _antecedent(words, first)
    described = described_in(words, first, last)
    if described is not None and noun_kind(described.tokens[-1]) == "body":
        return described
    found = names(words, first, last)
    people = [one for one in found if not one.possessive and not one.governed]
    if people:
        full = [one for one in people if len(one.tokens) > 1]
        near = people[0]
        return full[0] if full and full[0].first - near.first <= 8 else near
    return described or _body(words, first, last)


def _last_subject(words: PrintedWords, first: int, cue: int) -> Name | None:
    """Give the one named before a verb."""
    place = cue - 1
    while place > first and words.forms[place] in _BETWEEN:
        place -= 1
    form = words.forms[place]
    if form in PRONOUNS - {"we"}:
        return _antecedent(words, place)
    described = described_in(words, phrase_start(words, first, place), place + 1)
    if (
        described is not None
        and (form in BODIES or noun_kind(form) == "body")
        and not _subordinate(words, first, place)
    ):
        return described
    found = [one for one in names(words, first, cue) if not one.possessive]
    if (
        found
        and _ends_at(words, found[-1], place)
        and not words.pause(place)
        and (len(found[-1].tokens) > 1 or not found[-1].governed)
    ):
        return found[-1]
    free = [one for one in found if not one.governed]
    if free:
        full = [one for one in free if len(one.tokens) > 1]
        return full[-1] if full and free[-1].first - full[-1].first <= 12 else free[-1]
    return described or _body(words, max(first, cue - 10), cue)


def _ends_at(words: PrintedWords, name: Name, place: int) -> bool:
    return int(words.ends[place]) == name.at[1]


def _subordinate(words: PrintedWords, first: int, place: int) -> bool:
    """Whether a body only says more of somebody named before it."""
    people = [
        one for one in names(words, first, place) if one.person and not one.governed
    ]
    if not people:
        return False
    return any(
        words.forms[one] in {"of", "from", "at", "who", "for"}
        for one in range(people[-1].first, place)
    )


def _antecedent(words: PrintedWords, place: int) -> Name | None:
    """Give the one that a pronoun stands for: named first in the nearest sentence."""
    personal = words.forms[place] in _PERSONAL
    start = max(0, place - _LOOK_BACK)
    sentences: dict[int, list[int]] = {}
    for word in range(start, place):
        if words.quotation[word] < 0:
            sentences.setdefault(int(words.sentence[word]), []).append(word)
    for sentence in sorted(sentences, reverse=True):
        inside = sentences[sentence]
        first, last = inside[0], inside[-1] + 1
        found = [one for one in names(words, first, last) if not one.possessive]
        if personal:
            people = [one for one in found if one.person]
            free = [one for one in people if not one.governed]
            alone = len(people) == 1 and not _PERSONAL.intersection(
                words.forms[word] for word in inside
            )
            beside = words.paragraph[first] == words.paragraph[place]
            if free or (beside and alone):  # "it was left to Ann Orr"
                return (free or people)[0]
        else:
            body = _body(words, first, last)
            if body is not None:
                return body
            bodies = [one for one in found if not one.person and not one.governed]
            if bodies:
                return bodies[0]
    return None


def _body(words: PrintedWords, first: int, last: int) -> Name | None:
    """Give the body (ministry, union, firm) that is spoken of first."""
    for place in range(first, last):
        if words.forms[place] in BODIES and words.quotation[place] < 0:
            start = place
            while start > first and not words.pause(start - 1) and place - start < 4:
                form = words.forms[start - 1]
                if form in ARTICLES or cue_of(form) or form in TITLES:
                    break
                start -= 1
            at = (int(words.starts[start]), int(words.ends[place]))
            return Name(
                words.text[slice(*at)],
                at,
                start,
                tuple(words.forms[start : place + 1]),
                False,
                False,
                False,
            )
    return None


def named_in(words: PrintedWords, start: int, end: int) -> Name | None:
    """Give whom a source names, between two offsets of the text."""
    places = [
        place
        for place in range(*np.searchsorted(words.starts, (start, end)).tolist())
        if words.quotation[place] < 0
    ]
    if not places:
        return None
    first, last = places[0], places[-1] + 1
    if last - first == 1 and words.forms[first] in PRONOUNS:
        return _antecedent(words, first)
    found = [one for one in names(words, first, last) if not one.possessive]
    people = [one for one in found if one.person]
    if people and people[0].first - first <= _LEAD:
        return people[0]
    described = described_in(words, first, last)
    if described is not None and noun_kind(described.tokens[-1]) != "person":
        return described
    body = _body(words, first, last) or (found[0] if found else described)
    return body or alone_in(words, first, last)
