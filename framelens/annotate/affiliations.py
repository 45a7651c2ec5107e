"""Affiliations: the state or body that a name stands for, and what tells of a state."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from framelens._lists import read_list, words_of
from framelens.annotate.actor_nouns import (
    body_of,
    gender_of_name,
    noun_kind,
    role_of,
    state_of,
)
from framelens.annotate.names import name_words, read_name

if TYPE_CHECKING:
    from collections.abc import Sequence


NATION = "nation"
"""What ``head`` says of who serves the state that the article is at home in."""
_WHOLE = words_of("affiliations", "bare")
"""Names that say nothing without the state or place that they are of."""


@lru_cache(maxsize=65_536)
def named_owner(name: str) -> str | None:
    """Give the one name of a state or body that an office belongs to.

    A government and its organs are their state; a body of its own stays a body.

    >>> named_owner("US State Department"), named_owner("Iranian Foreign Ministry")
    ('United States', 'Iran')
    >>> named_owner("U.S. Chamber of Commerce"), named_owner("the White House")
    ('U.S. Chamber of Commerce', 'United States')
    >>> named_owner("US mission to the UN")  # of whom sends it, not of where it sits
    'United States'
    """
    bare = re.sub(r"^(?:The|the) ", "", name.replace("’", "'").strip(" ,"))
    bare = bare.removesuffix("'s").removesuffix("'").partition(" to ")[0]
    state = state_of(bare) or state_of(bare.rpartition(" and ")[2])
    if state is not None:
        return state
    words = bare.split()
    if not words:
        return None
    known = listed()
    for size in range(len(words), 0, -1):
        if " ".join(words[-size:]) in known and (
            size == len(words) or _is_state(words)
        ):
            return known[" ".join(words[-size:])]
    own = read_name(bare)
    if any(noun in bare.lower() for noun in _organs()) and own.state is not None:
        return own.state
    if words[-1].lower() in ("senate", "house", "congress", "parliament") and own.state:
        return f"{own.state} {words[-1]}"
    if own.state is not None and len(words) > 1 and is_title(words[-1]):
        return own.state
    if bare == name and is_person(bare):
        return None
    if bare.lower() in _WHOLE | NO_OWNER or not bare[:1].isupper():
        return None
    return bare


def is_person(name: str) -> bool:
    """Whether a name that is no body's begins with a title or a given name."""
    first, *rest = name.split()
    titled = first.lower().strip(".") in TITLES and first.lower() not in (
        "us",
        "uk",
        "st.",
    )
    if not rest or body_of(rest[-1]) or not (titled or gender_of_name(name)):
        return False
    return read_name(name).kind in ("person", "word")


def _is_state(words: Sequence[str]) -> bool:
    return state_of(words[0]) is not None


def own_affiliation(body: str) -> str | None:
    """Give what a body that speaks belongs to: the state of a ministry, else itself.

    >>> own_affiliation("the Pentagon"), own_affiliation("Amnesty International")
    ('United States', 'Amnesty International')
    """
    bare = re.sub(r"^(?:The|the) ", "", body)
    if not bare[:1].isupper():
        words = bare.split()
        return next((s for w in words if (s := state_of(w.removesuffix("'s")))), None)
    return party_of(bare) or named_owner(f"the {bare}")


def chamber_of(state: str | None, chamber: str) -> str:
    """Give the name of a chamber with its state, if that is known."""
    if state is None:
        return chamber
    return f"{state} {chamber}"


@cache
def _sign_pattern() -> re.Pattern[str]:
    every = sorted(_signs(), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, every))})(?!\w)")


@cache
def _signs() -> dict[str, str]:
    """Give the state that words tell of, which stand without it."""
    found: dict[str, str] = {}
    for state, told in read_list("affiliations")["states"].items():
        found |= dict.fromkeys([*told["government"], *told["others"]], state)
    return found


def signs_in(text: str) -> Counter[str]:
    """Count the words by which a text tells the state that it is at home in.

    >>> signs_in("The White House and Congress spoke.")
    Counter({'United States': 2})
    """
    return Counter(_signs()[one] for one in _sign_pattern().findall(text))


_GOVERNING = re.compile(r"\b([A-Z]\w+)(?:['’]s)? (?:administration|White House)\b")


def governing_in(text: str) -> frozenset[str]:
    """Give the surnames whose administration a text names, small.

    >>> sorted(governing_in("The Orr administration and the Stone White House"))
    ['orr', 'stone']
    """
    return frozenset(one.casefold() for one in _GOVERNING.findall(text))


def states_with(head: str) -> set[str]:
    """Give the states that are listed with an office: *prime minister*."""
    states = read_list("affiliations")["states"]
    return {state for state, told in states.items() if head in told["heads"]}


@cache
def listed() -> dict[str, str]:
    """Give the state of each organ, and the one name of each other body."""
    found: dict[str, str] = {}
    for name, others in read_list("metonyms")["bodies"].items():
        found |= dict.fromkeys([name, *others], name)
    for state, told in read_list("affiliations")["states"].items():
        found |= dict.fromkeys(told["government"], state)
    return found


@cache
def offices() -> dict[str, str]:
    """Give the state that alone has an office, by the office."""
    states = read_list("affiliations")["states"]
    return {
        office: state for state, told in states.items() for office in told["offices"]
    }


@cache
def heads() -> frozenset[str]:
    """Give the offices whose holder is some state's: *president*."""
    states = read_list("affiliations")["states"]
    return frozenset(one for told in states.values() for one in told["heads"])


def state_of_office(words: str) -> str | None:
    """Give the state that alone has an office: *the secretary of state*."""
    plain = " ".join(words.split())
    for office, state in offices().items():
        if re.search(rf"(?<!\w){re.escape(office)}(?!\w)", plain):
            return state
    return None


@cache
def _organs() -> tuple[str, ...]:
    return tuple(read_list("affiliations")["organs"]["nouns"])


def is_part(name: str) -> bool:
    """Whether a name is a part of a state that has a government: *Texas*."""
    return name in _parts()


@cache
def _parts() -> dict[str, str]:
    parts = read_list("affiliations")["parts"]
    return {part: state for state, some in parts.items() for part in some}


def part_in(words: str) -> str | None:
    """Give the state of whose part words tell: *of South Carolina*."""
    for match in re.finditer(r"[A-Z][\w.]+(?: [A-Z][\w.]+)?", words):
        for name in (match[0], match[0].split()[0]):
            if name in _parts():
                return _parts()[name]
    return None


def state_before(lead: Sequence[str]) -> str | None:
    """Give the state before a seat, or of whose part: *Philippine*, *Texas*."""
    for place in range(len(lead) - 1, -1, -1):
        word = lead[place].removesuffix("'s")
        state = state_of(word) or _parts().get(word)
        state = state or _parts().get(" ".join(lead[max(0, place - 1) : place + 1]))
        if state is not None:
            return state
        skipped = word.islower() or party_state(word) or is_title(word)
        if not skipped or word.lower() in NO_OWNER or place < len(lead) - _NEAR:
            return None
    return None


_NEAR = 4
"""Words between a seat and its state: *Texas's senior Republican* senator."""


@cache
def party_states() -> dict[str, str]:
    """Give the state of each party that only one state has."""
    parties = read_list("affiliations")["parties"]
    return {party: state for state, some in parties.items() for party in some}


def party_state(word: str) -> str | None:
    """Give the state whose party an adjective means: *Tory*."""
    return party_states().get(word)


@cache
def _parties_by_word() -> dict[str, str]:
    return {
        **dict.fromkeys(("Republican", "Republicans", "GOP"), "Republican Party"),
        **dict.fromkeys(("Democrat", "Democrats", "Democratic"), "Democratic Party"),
    }


def party_of(word: str) -> str | None:
    """Give the party that an adjective means: *Democratic*."""
    return _parties_by_word().get(word)


@lru_cache(maxsize=4_096)
def chamber_named(words: str) -> str | None:
    """Give the chamber of an office: the longest that ends the words."""
    tokens = words.split()
    for size in (3, 2, 1):
        phrase = " ".join(tokens[-size:])
        if len(tokens) >= size and phrase in _seats():
            return _seats()[phrase]
    return None


@cache
def _seats() -> dict[str, str]:
    chambers = read_list("affiliations")["chambers"]
    return {seat: chamber for chamber, some in chambers.items() for seat in some}


@lru_cache(maxsize=16_384)
def is_role(word: str) -> bool:
    """Whether a word says what somebody is: *mayor*, *specialist*."""
    bare = word.strip(",.'\"()").removesuffix("'s")
    parts = [bare, *bare.split("-")] if "-" in bare else [bare]
    return any(
        role_of(one) is not None or noun_kind(one.lower()) == "person" for one in parts
    )


TITLES = words_of("names", "titles") - words_of("names", "small")
PORTFOLIOS = words_of("actor_nouns", "portfolios")


def is_title(word: str) -> bool:
    """Whether a word is a title or says what somebody is."""
    bare = word.strip(".,")
    return bare.lower() in TITLES - {"us", "uk", "first"} or is_role(bare)


def is_media(name: str) -> bool:
    """Whether a name has a word of the names of media: *Politico*, *Fox News*."""
    named = words_of("actor_nouns", "media").intersection(name_words(name))
    return bool(named) and not gender_of_name(name)


NO_OWNER = (
    words_of("function_words")
    | words_of("actor_nouns", "vague_adjectives")
    | words_of("openers")
    | {
        one.lower()
        for part in ("weekdays", "months")
        for one in words_of("calendar", part)
    }
)
