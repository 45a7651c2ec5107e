"""Same name: whether two names are those of one person or body."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from framelens.align.statements.name_words import (
    BODIES,
    JOINING,
    TITLES,
    bears_capital,
)
from framelens.align.statements.phrases import phrase_of
from framelens.align.statements.sources import is_body_that_speaks
from framelens.annotate.actor_nouns import gender_of_name, state_of
from framelens.annotate.noun_kinds import noun_kind
from framelens.annotate.words import counted_form, word_offsets


def differ(one: str | None, other: str | None) -> bool:
    """Whether two names are those of different persons or bodies, as far as names tell.

    What only describes ("the president", "its leader") tells nothing, nor does a body
    beside a single word that may be its name. Two persons with given name and surname
    differ if either does; initials, short forms and other spellings are no difference.
    Of two states the names, the adjectives and the capitals count alike.

    Examples
    --------
    >>> differ("Ms Orr", "Lina Orr"), differ("the ministry", "Lina Orr")
    (False, True)
    >>> differ("Ann Orr", "Bob Orr"), differ("A. Orr", "Ann Orr")
    (True, False)
    >>> differ(None, "Lina Orr"), differ("the president", "Lina Orr")
    (False, False)
    >>> differ("Moscow", "Russia"), differ("Sudan", "South Sudan")
    (False, True)
    >>> differ("Zelensky", "Mr Zelenskyy"), differ("Niger", "Nigeria")
    (False, True)
    """
    states = _state(one or ""), _state(other or "")
    if None not in states:
        return states[0] != states[1]
    ours, theirs = tokens_of(one or ""), tokens_of(other or "")
    kinds = {_kind(one or "", ours), _kind(other or "", theirs)}
    if None in kinds or kinds == {"body", "word"}:
        return False
    if kinds == {"body"}:
        ours = tuple(form for form in ours if not _is_body(form))
        theirs = tuple(form for form in theirs if not _is_body(form))
        if not ours or not theirs:
            return False
    if (
        _initials(ours) == "".join(theirs).lower()
        or _initials(theirs) == "".join(ours).lower()
    ):
        return False
    borne = _borne(one or ""), _borne(other or "")
    if kinds == {"person"} and min(map(len, borne)) > 1:
        return _other_person(*borne)
    if set(ours) & set(theirs):
        return _qualified(ours, theirs) or _qualified(theirs, ours)
    return any(states) or not _spelt_alike(ours, theirs)


_ALIKE, _LONG = 0.8, 6
"""Likeness (of `difflib`) from which two forms are spellings of one name; and letters
from which that tells enough where nothing else of the name is the same."""


def _state(name: str) -> str | None:
    """Give the state that a name, an adjective or a capital means."""
    words = re.sub(r"['’][sS]?\Z", "", " ".join(name.split()))
    return state_of(re.sub(r"^[Tt]he ", "", words), capitals=True)


_QUALIFIERS = {"north", "south", "east", "west", "northern", "southern", "equatorial"}


def _qualified(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Whether one is a place and the other a part or neighbour that bears its name.

    So "Guinea" and "Equatorial Guinea"; but "Korea" is short for "South Korea".
    """
    if len(theirs) < 2 or theirs[0] not in _QUALIFIERS or theirs[1:] != ours:
        return False
    name, place = (" ".join(one).title() for one in (theirs, ours))
    return state_of(name) is None or state_of(place) is not None


def _spelt_alike(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Whether a single word is another spelling of the other's last: "Zelenskyy"."""
    if min(len(ours), len(theirs)) > 1:
        return False
    one, other = ours[-1], theirs[-1]
    if _DOUBLED.sub(r"\1", one) == _DOUBLED.sub(r"\1", other):
        return True
    long = min(len(one), len(other)) >= _LONG
    return long and SequenceMatcher(None, one, other).ratio() >= _ALIKE


_DOUBLED = re.compile(r"(.)\1")


def _borne(name: str) -> tuple[str, ...]:
    """Give the names at the end, without the offices and countries before them."""
    borne: list[str] = []
    first = _DESCRIBED.split(name)[0]
    for raw in reversed(first.split()):
        titled = not borne and _is_surname(first)
        forms = (counted_form(raw),) if titled else _forms(raw)
        if not forms or (raw[0].islower() and forms[0] not in JOINING):
            break  # a title or a description: "US Ambassador Orr", "the envoy Orr"
        borne += reversed(forms)
    return tuple(reversed(borne))


def _other_person(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Whether given name or surname differ; both sides have both."""
    surname = _among(ours[-1], theirs) or _among(theirs[-1], ours)
    given = _among(ours[0], theirs[:-1]) or _among(theirs[0], ours[:-1])
    if not (surname and given):
        return set(ours) != set(theirs)
    ends = _among(ours[-1], theirs[-1:]) and _among(ours[0], theirs[:1])
    return not (ends or _within(ours, theirs) or _within(theirs, ours))


def _within(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Whether a longer name holds all of another: none of the two Kim brothers does."""
    return all(_among(one, theirs) for one in ours if one not in JOINING)


def _among(form: str, others: tuple[str, ...]) -> bool:
    """Whether a name, its initial, short form or another spelling is among others."""
    return any(
        form.startswith(one)
        or one.startswith(form)
        or SequenceMatcher(None, form, one).ratio() >= _ALIKE
        for one in others
    )


def describes(name: str | None) -> bool:
    """Whether this is no name, but what somebody is: "its leader", "chief inspector".

    Examples
    --------
    >>> describes("chief inspector"), describes("the ministry"), describes("Lina Orr")
    (True, False, False)
    """
    return _kind(name or "", tokens_of(name or "")) is None


def _kind(name: str, tokens: tuple[str, ...]) -> str | None:
    """Tell a body, a person, and a single word that may be either."""
    if not tokens:
        return None
    words = [
        word for word in _DESCRIBED.split(name)[0].split() if word.lower() not in _SMALL
    ]
    office = bool(words) and words[-1].islower() and words[-1] in TITLES
    if set(tokens) & BODIES and not office:
        return "body"
    head = phrase_of(name).head
    if not head or (words[-1].lower() in TITLES and not _is_surname(name)):
        return None  # a description: "its leader", "the US president"
    if not bears_capital(head):  # what is no person and speaks is a body: "the lodge"
        return "body" if is_body_that_speaks(head) else None
    return "person" if len(tokens) > 1 else "word"


def _is_surname(name: str) -> bool:
    """Whether the title at the end of a name is a surname: "Julie Bishop".

    It is where a given name stands before it; not so "Crown Prince", "Police Chief".
    """
    *before, last = name.split() or [""]
    given = [word for word in before if word.lower() not in TITLES]
    return bears_capital(last) and gender_of_name(" ".join([*given[:1], last])) != ""


def _is_body(form: str) -> bool:
    return form in BODIES or noun_kind(form) == "body"


def _initials(tokens: tuple[str, ...]) -> str:
    return "".join(form[0] for form in tokens).lower() if len(tokens) > 1 else "\0"


_SMALL = {"the", "of", "a", "an", "its", "their", "his", "her", "former", "one"}


def tokens_of(name: str) -> tuple[str, ...]:
    """Give the words of a name, without titles and what only describes its bearer."""
    first = _DESCRIBED.split(name)[0]
    head = _forms(first)
    if not set(head) & BODIES:
        return head
    return _forms(name)


_DESCRIBED = re.compile(r"\s(?:of|from|for|at|with|in)\s|,")


def _forms(name: str) -> tuple[str, ...]:
    forms = [counted_form(name[start:end]) for start, end in word_offsets(name)]
    kept = [form for form in forms if form not in TITLES and form not in _SMALL]
    if forms and forms[-1] in TITLES and _is_surname(name):
        kept.append(forms[-1])
    return tuple(kept)
