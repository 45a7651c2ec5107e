"""Spoken for: the state or body for which a person speaks, among all articles.

What an article says of somebody's office holds in it; failing that, what articles near
in time say of it. An office whose state nobody names (*the president*) is one of the
state in which the article is at home, as its other words tell.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from framelens.annotate.actor_nouns import state_of
from framelens.annotate.affiliations import (
    NATION,
    chamber_of,
    is_part,
    named_owner,
    states_with,
)
from framelens.annotate.offices import served

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from framelens.align.people import Person
    from framelens.annotate.named import NamesOfArticle
    from framelens.annotate.offices import Office

    Offices = Sequence[tuple[int, Office]]

NO_MORE = ""
"""The affiliation of people whose office the article says is no longer theirs."""

TOLD = 5
"""What is told of an office weighs as much more as a state that is only guessed."""

_NONE = [("", 0), ("", 0)]

NEAR = 365
"""Days. What articles farther apart say of an office tells a quarter as much."""

HOME = 2.0
"""A state is an article's home if this many times more words tell of it than of any."""

FEWEST_SIGNS = 3
"""Words that tell of a state; of an article with fewer, its outlet's words do."""


class SpokenFor:
    """For whom people speak, by what was read of their offices in all articles."""

    def __init__(
        self,
        outlets: Sequence[str | None],
        days: Sequence[int | None],
        named: Callable[[str, int], Person | None],
    ) -> None:
        self._states: dict[str, int] = {}
        self._named_states: list[str] = []
        self._signs, self._ends = array("i"), array("q", [0])
        self._outlets, self._days, self._named = outlets, days, named
        self._governing: set[str] = set()
        self._at_outlet: dict[str | None, Counter[str]] = defaultdict(Counter)
        self._asked: set[str] = set()  # those whose own office is being looked up

    def add(self, number: int, one: NamesOfArticle) -> None:
        """Add what was read of the next article, which is that of this number."""
        for state, many in one.signs.items():
            code = self._states.setdefault(state, len(self._states))
            if code == len(self._named_states):
                self._named_states.append(state)
            self._signs.extend((code, many))
        self._ends.append(len(self._signs))
        self._governing |= one.governing
        self._at_outlet[self._outlets[number]].update(one.signs)

    def _signs_of(self, number: int) -> dict[str, int]:
        """Give the words by which an article tells of states: how many of each."""
        pairs = self._signs[self._ends[number] : self._ends[number + 1]]
        return {
            self._named_states[code]: many
            for code, many in zip(pairs[::2], pairs[1::2], strict=True)
        }

    def of(self, offices: Offices, number: int, label: str) -> str | None:
        """Give the state or body for which somebody speaks in one article."""
        here = [office for place, office in offices if place == number]
        told = self._best(here, offices, number, label)
        if told is not None:
            return told
        if any(office.former for office in here):
            return NO_MORE
        heads = [office.head for office in here if office.head]
        weights: Counter[str] = Counter()
        for place, office in offices:
            owner, weight = self._owner(office, offices, place, label), TOLD
            if owner is None and office.head:
                owner, weight = self._ruled(place, office.head, label), 1
            owner = NO_MORE if office.former else owner
            if owner is not None and (not heads or state_of(owner)):
                weights[owner] += weight * (4 if self._near(number, place) else 1)
        if weights:
            owner, weight = weights.most_common(1)[0]
            return owner if 2 * weight >= weights.total() else None
        return self._ruled(number, heads[0], label) if heads else None

    def _ruled(self, number: int, head: str, label: str) -> str | None:
        """Give the state whose office somebody holds, where nobody names it.

        A president of the United States has an administration.
        """
        state = self.home(number, head)
        surname = label.rpartition(" ")[2].casefold()
        president = head == "president" and state == "United States"
        return state if not president or surname in self._governing else None

    def _best(
        self, here: list[Office], every: Offices, number: int, label: str
    ) -> str | None:
        """Give what the article itself says: a race first, then a seat."""
        ranked = sorted(here, key=lambda it: (not it.candidate, it.chamber is None))
        owners = (self._owner(office, every, number, label) for office in ranked)
        return next(filter(None, owners), None)

    def _owner(
        self, office: Office, every: Offices, number: int, label: str
    ) -> str | None:
        """Give for whom the holder of one office speaks."""
        if office.candidate:
            return f"{label} campaign"
        if office.chamber:
            seats = [it for _, it in every if it.chamber]
            states = (it.state for it in seats if it.state)
            state = office.state or next(states, None) or self.home(number)
            exact = (it.chamber for it in seats if it.chamber != "Congress")
            part = office.chamber == "Congress"
            chamber = next(exact, office.chamber) if part else office.chamber
            return chamber_of(state, chamber or "")
        owner = office.owner
        if owner and not state_of(owner) and not is_part(owner):
            return self._served(owner, number, aide=office.aide)
        return owner

    def _served(self, owner: str, number: int, *, aide: bool) -> str | None:
        """Give for whom somebody speaks: a body, or an aide for a person's office."""
        race = owner.endswith(" campaign")
        one = self._named(owner.removesuffix(" campaign"), number)
        person = one is not None and one.is_sure
        if race:
            return f"{one.label} campaign" if one is not None and person else owner
        if not aide and " " in owner:
            return named_owner(f"the {owner}")
        if one is None or not person:
            return named_owner(owner)
        if not aide:
            return None
        if one.label in self._asked:  # each is the other's aide: nobody tells of whom
            return served(one.label, None)
        self._asked.add(one.label)
        try:
            state = self.of(one.offices, number, one.label)
        finally:
            self._asked.discard(one.label)
        return served(one.label, state)

    def _near(self, number: int, place: int) -> bool:
        ours, theirs = self._days[number], self._days[place]
        return ours is None or theirs is None or abs(ours - theirs) <= NEAR

    def home(self, number: int, head: str | None = None) -> str | None:
        """Give the state in which an article is at home; of those with an office."""
        states = states_with(head) if head not in (None, NATION) else None
        for signs in (self._signs_of(number), self._at_outlet[self._outlets[number]]):
            told = Counter(
                {
                    state: many
                    for state, many in signs.items()
                    if states is None or state in states
                }
            )
            (first, most), (_, next_most), *_ = [*told.most_common(2), *_NONE]
            fewest = 1 if states is not None and len(states) == 1 else FEWEST_SIGNS
            if most >= max(fewest, HOME * next_most):
                return first
        return None
