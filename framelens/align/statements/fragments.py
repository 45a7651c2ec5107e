"""Fragments: what one person is quoted with, in a few words that another quotes too.

"A “mob action”, the president said" shares too few words with "it was not just a mob
action" for an alignment to count. That the ledger names the same speaker, and the
words are in a row inside both marks, is enough.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import product, starmap
from typing import TYPE_CHECKING

from framelens.align.statements.candidates import compared
from framelens.align.statements.english import FUNCTION_WORDS
from framelens.align.statements.printings import Shared, Stretch
from framelens.annotate.embeddings import rarity
from framelens.annotate.names import same_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from framelens.align.statements.candidates import Stratum
    from framelens.align.statements.printed_words import PrintedWords

RARE = 0.5
"""What the content words of a fragment must be worth together, the rarest word of
English 1: "mob" or "lynching", but not "good" or "more people"."""

MOST_PLACES = 24
"""A word that is quoted in more clauses of an event leads nowhere, so that the time
does not grow with the square of the articles."""


@dataclass(frozen=True, slots=True, eq=False)
class Clause:
    """A quoted sentence or reported clause, with its words in quotation marks."""

    article: int
    stretch: Stretch
    speakers: tuple[str, ...]
    marked: tuple[str, ...]


def fragments_of(
    printings: Sequence[PrintedWords], strata: Sequence[Stratum]
) -> list[Shared]:
    """Find clauses of the same speaker of which one quotes all that another quotes."""
    by_event: dict[str, list[Clause]] = defaultdict(list)
    for number, (words, (event, _)) in enumerate(zip(printings, strata, strict=True)):
        by_event[event] += _clauses(number, words)
    return [
        Shared(*sorted((short.stretch, long.stretch), key=lambda it: it.words.article))
        for clauses in by_event.values()
        for short, long in _pairs(clauses)
        if compared(strata[short.article], strata[long.article])
    ]


def _clauses(number: int, words: PrintedWords) -> Iterator[Clause]:
    """Give the clauses of an article that quote somebody whom the ledger names."""
    for first, last in words.bounds:
        places = [at for at in range(first, last) if words.quotation[at] >= 0]
        speakers = words.speakers_of(places[0]) if places else ()
        if speakers:
            marked = tuple(words.forms[at] for at in places)
            yield Clause(number, Stretch(words, ((first, last),)), speakers, marked)


def _pairs(clauses: list[Clause]) -> Iterator[tuple[Clause, Clause]]:
    """Give the pairs, looking up each clause by the quoted word that fewest quote."""
    holders: dict[str, list[Clause]] = defaultdict(list)
    for clause in clauses:
        for form in set(clause.marked):
            holders[form].append(clause)
    for short in clauses:
        rarest = min(short.marked, key=lambda form: (len(holders[form]), form))
        content = set(short.marked) - FUNCTION_WORDS
        worth = sum(map(rarity, content))
        if len(holders[rarest]) > MOST_PLACES or worth < RARE:
            continue
        for long in holders[rarest]:
            if (
                short.article != long.article
                and _in_a_row(short.marked, long.marked)
                and _same_speaker(short, long, described=len(content) > 1)
            ):
                yield short, long


def _same_speaker(short: Clause, long: Clause, *, described: bool) -> bool:
    """Whether clauses may be of one speaker, who may be `described` ("a spokesman")."""
    alike = set(starmap(same_name, product(short.speakers, long.speakers)))
    return True in alike or (described and None in alike)


def _in_a_row(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether all words of one are in the other, in a row."""
    size = len(short)
    return any(
        long[place : place + size] == short for place in range(len(long) - size + 1)
    )
