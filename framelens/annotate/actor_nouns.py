"""Words by which actors are named: roles, titles, bodies, documents, states."""

from __future__ import annotations

import csv
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from framelens._lists import read_list, words_of

_PLURALS = (
    *(("ies", "y"), ("men", "man"), ("es", ""), ("s", "")),
    *(("ves", "fe"), ("ves", "f"), ("people", "person"), ("children", "child")),
)

_PLURAL_ROLES = {"men", "women", "people"}


@lru_cache(maxsize=65_536)
def noun_kind(noun: str) -> str | None:
    """Say what a noun in lower case names: ``person``, ``body``, ``document`` or None.

    A body is one of people, or a place where one works.

    >>> [noun_kind(noun) for noun in ("abbots", "constabulary", "poster", "rain")]
    ['person', 'body', 'document', None]
    """
    found = _known(noun)
    for ending, singular in _PLURALS:
        if found is None and noun.endswith(ending):
            found = _known(noun.removesuffix(ending) + singular)
    return found


def is_plural(noun: str) -> bool:
    """Say whether a word in lower case is the plural of a noun whose kind is known."""
    if noun in _PLURAL_ROLES:
        return True
    return _known(noun) is None and noun_kind(noun) is not None


def _known(noun: str) -> str | None:
    if noun in ROLES:
        return "person"
    if noun in BODIES:
        return "body"
    return _table().get(noun)


@cache
def _table() -> dict[str, str]:
    """Read the table: noun to its kind."""
    text = files("framelens.annotate").joinpath("noun_kinds.csv")
    lines = text.read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return {row["noun"]: row["kind"] for row in rows}


MALE = words_of("actor_nouns", "male_titles")
FEMALE = words_of("actor_nouns", "female_titles")
COURTESY = MALE | FEMALE | words_of("actor_nouns", "titles")
"""Titles that stand before a name and say little else."""

MALE_ROLES = words_of("actor_nouns", "male_roles")
FEMALE_ROLES = words_of("actor_nouns", "female_roles")
ROLES = MALE_ROLES | FEMALE_ROLES | words_of("actor_nouns", "roles")
"""Nouns for people, in the singular (and a few that have only a plural)."""

BODIES = words_of("actor_nouns", "bodies")
"""Nouns for bodies that speak, in the singular."""

DOCUMENTS = words_of("actor_nouns", "documents")
"""Nouns for what is written or said; their author is the speaker."""

_WIDER: dict[str, list[str]] = read_list("actor_nouns")["wider"]
_ALIKE = [frozenset(line.split()) for line in read_list("actor_nouns")["alike_bodies"]]


def role_of(word: str) -> str | None:
    """Give the singular of `word` if it is a noun for a person."""
    return _singular(word, ROLES)


def body_of(word: str) -> str | None:
    """Give the singular of `word` if it is a noun for a body."""
    return _singular(word, BODIES)


def document_of(word: str) -> str | None:
    """Give the singular of `word` if it is a noun for what is written or said."""
    return _singular(word, DOCUMENTS)


def _singular(word: str, known: frozenset[str]) -> str | None:
    """Give a word's singular, if that is in a list."""
    low = word.lower()
    forms = [low]
    if low.endswith("ies"):
        forms.append(low[:-3] + "y")
    if low.endswith("s"):
        forms += [low[:-1], low[:-2] if low.endswith("es") else low]
    if low.endswith("men"):
        forms.append(low[:-3] + "man")
    return next((form for form in forms if form in known), None)


def may_be(described: str, known: frozenset[str]) -> bool:
    """Whether a person known by some roles can be called by another."""
    return described in known or bool(known & {*_WIDER.get(described, ())})


def same_body(described: str, known: str) -> bool:
    """Whether two nouns can mean one body: an embassy is a mission."""
    return described == known or any({described, known} <= alike for alike in _ALIKE)


def gender_of_name(name: str) -> str:
    """Give the gender (``m``, ``f``) that the first of several names tells, or ""."""
    given, _, rest = name.lower().partition(" ")
    if not rest:
        return ""
    if given in words_of("given_names", "male"):
        return "m"
    return "f" if given in words_of("given_names", "female") else ""


@cache
def _states() -> tuple[dict[str, str], dict[str, str]]:
    """Give the states by their names and adjectives, and by their capitals."""
    names: dict[str, str] = {}
    capitals: dict[str, str] = {}
    states: dict[str, Any] = read_list("states")["states"]
    for state, (others, seats) in states.items():
        names |= dict.fromkeys([state, *others], state)
        capitals |= dict.fromkeys(seats, state)
    return names, capitals


def state_of(name: str, *, capitals: bool = False) -> str | None:
    """Give the state that a name or an adjective means, if it means one.

    Capitals count only where they are asked for: news writes *Moscow says* for a
    state, but a person *from Moscow* is not its voice.

    >>> state_of("U.S."), state_of("Moscow"), state_of("Moscow", capitals=True)
    ('United States', None, 'Russia')
    """
    names, seats = _states()
    state = names.get(name)
    return seats.get(name) if state is None and capitals else state
