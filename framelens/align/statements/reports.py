"""Reports: what one article quotes and another reports in its own words.

"I have no objection to him testifying" and "Barr said he would not object to his
testimony" share too few words for an alignment. That the ledger names the same speaker
of both clauses, that what they share is rare in English and among the clauses of the
event, and that each is the other's nearest in its article, is what tells them.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations, product, starmap
from typing import TYPE_CHECKING

from framelens._wording import counted
from framelens.align.statements.candidates import compared
from framelens.align.statements.english import FUNCTION_WORDS, kin
from framelens.align.statements.printings import Shared, Stretch, grouped
from framelens.annotate.embeddings import embed, rarity
from framelens.annotate.names import same_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from framelens.align.statements.candidates import Stratum
    from framelens.align.statements.printed_words import PrintedWords
    from framelens.align.statements.printings import Group

SHORTER, MEANING, RARE, RAREST, CROWD, BASE = 5.2, 6.5, 1.4, 0.8, -0.48, -6.0
"""Weights of a logistic regression: of the share of the shorter clause's words that is
shared, by rarity; of the cosine of the embeddings; of the logarithm of what is shared;
of the rarest word of it; of the logarithm of how many pairs of clauses the speaker has
in the two articles; and what is added."""

LIKELY = 0.0
"""The log odds from which two clauses are one statement."""

FEWEST, LEAST = 3, 0.45
"""Words of a clause, and worth of what is shared: less says nothing ("his memos")."""

NEAREST = 0.95
"""No two clauses that are worded apart have a higher cosine: what cannot reach `LIKELY`
with it is not embedded."""

MOST_PLACES = 24
"""A word that stands in more clauses of an event leads nowhere, so that the time does
not grow with the square of the articles."""

_VERBAL = {
    *("i", "he", "she", "it", "we", "you", "they", "there", "who", "to", "not"),
    *("is", "are", "was", "were", "be", "been", "am", "has", "have", "had"),
    *("do", "does", "did", "will", "would", "can", "could", "may", "might", "must"),
    *("shall", "should"),
}
"""Words of which a clause has one, and a name or a title ("the inquiry") has none."""

_VERB = re.compile(r"(?:'(?:s|m|re|ve|ll|d)|n't|ed)\Z")

_ENDING = {kin(form) for form in ("stop", "cease", "halt", "quit", "refuse", "fail")}
"""Verbs that deny what follows them: "stopped exporting", "failed to export"."""


@dataclass(frozen=True, slots=True, eq=False)
class Clause:
    """A quoted sentence or a reported clause of somebody whom the ledger names."""

    article: int
    words: PrintedWords
    first: int
    last: int
    speakers: tuple[str, ...]
    quotes: bool  # has words in quotation marks, or is signed, as a post is
    forms: dict[str, str]  # content words, by what their forms have in common
    ended: frozenset[str]  # those that are said not to be, or no longer

    @property
    def text(self) -> str:
        """Its words, as printed."""
        start, end = self.words.starts[self.first], self.words.ends[self.last - 1]
        return self.words.text[int(start) : int(end)]

    @property
    def numbers(self) -> set[str]:
        """The figures in it."""
        return {form for form in self.forms.values() if form[0].isdigit()}


def reports_of(
    printings: Sequence[PrintedWords],
    strata: Sequence[Stratum],
    found: Sequence[Shared],
) -> list[Shared]:
    """Find clauses of one speaker that say the same, one of them outside the marks.

    The likeliest are taken first; none joins statements that one article prints apart,
    in what has been `found` or among what is taken.
    """
    by_event: dict[str, list[Clause]] = defaultdict(list)
    for number, (words, (event, _)) in enumerate(zip(printings, strata, strict=True)):
        by_event[event] += _clauses(number, words)
    pairs = [
        pair for clauses in by_event.values() for pair in _nearest(clauses, strata)
    ]
    pairs.sort(key=lambda pair: -pair[0])
    statements = _Statements(grouped(found))
    return [
        Shared(*sorted(_sides(one, other), key=lambda it: it.words.article))
        for _, one, other in pairs
        if statements.join(one, other)
    ]


class _Statements:
    """Statements as they grow: of which one a word is, and which articles carry it."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self._carried = [{part.words.article for part in it.parts} for it in groups]
        self._joined = list(range(len(groups)))  # to which each has gone over
        self._number_of = {
            (part.words.article, place): number
            for number, group in enumerate(groups)
            for part in group.parts
            for place in part.places
        }

    def join(self, one: Clause, other: Clause) -> bool:
        """Make one statement of two, unless an article carries both."""
        ours, theirs = self._of(one), self._of(other)
        if self._carried[ours] & self._carried[theirs]:
            return False
        self._carried[ours] |= self._carried[theirs]
        self._joined[theirs] = ours
        return True

    def _of(self, clause: Clause) -> int:
        """Give the statement that holds most of a clause; a new one if none does."""
        article = clause.words.article
        places = [(article, place) for place in range(clause.first, clause.last)]
        held = Counter(self._number_of.get(place, -1) for place in places)
        del held[-1]
        if held:
            number = held.most_common(1)[0][0]
        else:
            number = len(self._joined)
            self._joined.append(number)
            self._carried.append({article})
            self._number_of.update(dict.fromkeys(places, number))
        while self._joined[number] != number:
            number = self._joined[number]
        return number


def in_other_words(reports: Sequence[Shared]) -> tuple[str, ...]:
    """Say in a note how often a report in other words was taken for a quotation's."""
    if not reports:
        return ()
    return (
        f"{counted(len(reports), 'time')} an article reports in its own words what "
        "another quotes: found by meaning, and wrong in about one case in five on "
        "articles nobody had seen. Read both.",
    )


def _sides(one: Clause, other: Clause) -> list[Stretch]:
    return [Stretch(it.words, ((it.first, it.last),)) for it in (one, other)]


def _clauses(number: int, words: PrintedWords) -> Iterator[Clause]:
    """Give the clauses of an article whose speaker is named."""
    for first, last in words.bounds:
        place = int(words.attribution[first])
        forms = words.forms[first:last]
        if place < 0 or len(forms) < FEWEST or not _states(forms):
            continue
        credit = words.attributions[place]
        speakers = words.speakers_of(first)
        signed = credit.cue is None or not any(map(str.isalpha, credit.cue))
        quotes = signed or bool((words.quotation[first:last] >= 0).any())
        if not speakers or not (quotes or credit.says):
            continue
        content = {kin(form): form for form in forms if form not in FUNCTION_WORDS}
        ended = _ended(forms)
        yield Clause(number, words, first, last, speakers, quotes, content, ended)


def _ended(forms: Sequence[str]) -> frozenset[str]:
    """Give what the words right behind a verb of ending have in common with others."""
    stems = [kin(form) for form in forms]
    behind = (
        stems[place + 1 : place + 3]
        for place, stem in enumerate(stems)
        if stem in _ENDING
    )
    return frozenset(stem for some in behind for stem in some)


def _states(forms: Sequence[str]) -> bool:
    """Whether words say something, and do not only name it or an aim ("to sign")."""
    verbs = (form in _VERBAL or _VERB.search(form) for form in forms)
    return forms[0] != "to" and any(verbs)


def _nearest(
    clauses: list[Clause], strata: Sequence[Stratum]
) -> Iterator[tuple[float, Clause, Clause]]:
    """Give the clauses that are likely the same, each the other's nearest."""
    weights = _weights(clauses)
    spoken = Counter((clause.article, clause.speakers[0]) for clause in clauses)
    pairs = [
        (one, other, likely)
        for one, other in _candidates(clauses)
        if compared(strata[one.article], strata[other.article])
        and any(starmap(same_name, product(one.speakers, other.speakers)))
        and not _told_apart(one, other)
        and (likely := _shared(one, other, weights, spoken)) + MEANING * NEAREST
        >= LIKELY
    ]
    both = [clause for one, other, _ in pairs for clause in (one, other)]
    vectors = dict(zip(both, embed([it.text for it in both]), strict=True))
    scored = [
        (likely + MEANING * float(vectors[one] @ vectors[other]), one, other)
        for one, other, likely in pairs
    ]
    best: dict[tuple[Clause, int], float] = defaultdict(lambda: LIKELY)
    for score, one, other in scored:
        for it, there in ((one, other), (other, one)):
            best[it, there.article] = max(best[it, there.article], score)
    for score, one, other in scored:
        if best[one, other.article] == best[other, one.article] == score:
            yield score, one, other


def _weights(clauses: list[Clause]) -> dict[str, float]:
    """Weigh words by their rarity in English and among the clauses of an event."""
    holders = Counter(word for clause in clauses for word in clause.forms)
    forms = {word: form for clause in clauses for word, form in clause.forms.items()}
    every = math.log1p(len(clauses))
    return {
        word: rarity(forms[word]) * math.log1p(len(clauses) / often) / every
        for word, often in holders.items()
    }


def _candidates(clauses: list[Clause]) -> list[tuple[Clause, Clause]]:
    """Give the pairs that share a word, of a quoted and a reported clause."""
    holders: dict[str, list[int]] = defaultdict(list)
    for place, clause in enumerate(clauses):
        for word in clause.forms:
            holders[word].append(place)
    pairs = {
        pair
        for places in holders.values()
        if len(places) <= MOST_PLACES
        for pair in combinations(places, 2)
    }
    both = [(clauses[one], clauses[other]) for one, other in sorted(pairs)]
    return [pair for pair in both if pair[0].quotes != pair[1].quotes]


def _told_apart(one: Clause, other: Clause) -> bool:
    """Whether one ends what the other does, or each has figures, and none in common."""
    figures = one.numbers, other.numbers
    ended = (one.ended ^ other.ended) & one.forms.keys() & other.forms.keys()
    return bool(ended) or (all(figures) and figures[0].isdisjoint(figures[1]))


def _shared(
    one: Clause,
    other: Clause,
    weights: dict[str, float],
    spoken: Counter[tuple[int, str]],
) -> float:
    """Give the log odds of two clauses but for what their meaning adds."""
    shared = sorted(weights[word] for word in one.forms.keys() & other.forms.keys())
    least = min(sum(weights[word] for word in it.forms) for it in (one, other))
    whole = sum(shared)
    if whole < LEAST:
        return -math.inf
    crowd = math.prod(spoken[it.article, it.speakers[0]] for it in (one, other))
    odds = BASE + SHORTER * whole / least + RARE * math.log1p(whole)
    return odds + RAREST * shared[-1] + CROWD * math.log(crowd)
