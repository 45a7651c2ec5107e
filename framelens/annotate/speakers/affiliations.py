"""Roles and affiliations: *Russia's deputy UN ambassador* is whose, and what."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from framelens.annotate.speakers.actor_words import (
    COURTESY,
    body_of,
    role_of,
    words_in,
)
from framelens.annotate.speakers.nations import state_of
from framelens.annotate.speakers.tokens import left_edge, phrase

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from framelens.annotate.speakers.tokens import Tokens

ARTICLES = frozenset(
    {"the", "a", "an", "this", "that", "these", "those", "some", "both"}
)
_FOR = {"of", "for", "at", "from", "with"}
_BODIES_AND_STATES = {"ORG", "GPE", "NORP", "FAC", "LOC"}
_PORTFOLIOS = words_in(
    "defense defence foreign interior finance justice energy health trade transport "
    "treasury education culture labor labour environment agriculture prime press"
)


class Role(NamedTuple):
    """What a phrase says of a person: nouns in the singular, and words as printed."""

    nouns: frozenset[str] = frozenset()
    words: str | None = None
    affiliation: str | None = None


NO_ROLE = Role()


def role_in(
    tokens: Tokens, span: list[int], known: AbstractSet[str] = frozenset()
) -> Role:
    """Read the role and the affiliation in the words before or behind a name.

    The affiliation is the possessor (*Russia's*), else the state or body before
    the role (*Kremlin* spokesman), else what follows *of*, *for*, *at* or *from*
    (spokeswoman *for the Herald*). A state's adjective counts as the state, and a
    body's name that begins with one too (*US State Department*). A person is no
    affiliation (spokesman *for Mr Doe*); `known` are the surnames of the article.
    """
    nouns = {one: role for one in span if (role := _role_at(tokens, one)) is not None}
    if not nouns:
        return NO_ROLE
    first, last = min(nouns), max(nouns)
    begin = span[0]
    while begin < last and tokens.words[begin].lower() in ARTICLES | {"then"}:
        begin += 1
    cases = [one for one in span if tokens.tags[one] == "POS" and begin < one < last]
    affiliation = None
    if cases:
        affiliation = _name_of(tokens, begin, cases[0] - 1, known)
        begin = cases[0] + 1
    else:
        name, end = _leading_name(tokens, begin, first)
        if end > name:
            affiliation, begin = _name_of(tokens, name, end - 1, known), end
    affiliation = affiliation or _for_whom(tokens, last, known)
    return Role(frozenset(nouns.values()), tokens.span(begin, last), affiliation)


def state_in(tokens: Tokens, first: int, last: int) -> str | None:
    """Give the state whose body it is: *the Russian Embassy in Washington*.

    Only what stands before the first preposition counts.
    """
    for token in range(first, last + 1):
        if tokens.deps[token] == "prep":
            break
        both = tokens.span(token, min(token + 1, last))
        state = state_of(both) or state_of(tokens.words[token])
        if state is not None:
            return state
    return None


def _role_at(tokens: Tokens, token: int) -> str | None:
    """Give the role that a token names; inside a body's name it names none."""
    inside = tokens.entities[token] == "ORG" and (
        token + 1 < len(tokens)
        and tokens.entities[token + 1] == "ORG"
        and not tokens.begins[token + 1]
    )
    return None if inside else role_of(tokens.words[token])


def _leading_name(tokens: Tokens, begin: int, noun: int) -> tuple[int, int]:
    """Give where the name of a state or body before a role begins and ends.

    Words such as *senior* may stand before it; a portfolio (*defence* minister) is
    part of the role.
    """
    while begin < noun and not _is_name(tokens, begin, begin):
        begin += 1
    end = begin
    while end < noun and _is_name(tokens, begin, end):
        end += 1
        state = state_of(tokens.span(begin, end - 1))
        if state is not None and tokens.entities[end - 1] != "ORG":
            break
    portfolio = end - begin == 1 and tokens.words[begin].lower() in _PORTFOLIOS
    return (begin, begin) if portfolio else (begin, end)


def _is_name(tokens: Tokens, begin: int, end: int) -> bool:
    state = state_of(tokens.span(begin, end)) or state_of(tokens.words[end])
    return state is not None or tokens.entities[end] in _BODIES_AND_STATES


def _is_person(tokens: Tokens, begin: int, end: int, known: AbstractSet[str]) -> bool:
    """Whether words that may be an affiliation are the name of a person."""
    word = tokens.words[end]
    article = begin > 0 and tokens.words[begin - 1].lower() in ARTICLES
    if article or body_of(word) is not None:
        return False
    titled = any(one.lower() in COURTESY for one in tokens.words[begin:end])
    return titled or tokens.entities[end] == "PERSON" or word in known


def _name_of(
    tokens: Tokens, begin: int, end: int, known: AbstractSet[str]
) -> str | None:
    """Give a state for its adjective or for what begins with it, else the words."""
    for last in (end, begin, min(begin + 1, end)):
        state = state_of(tokens.span(begin, last))
        if state is not None:
            return state
    if _is_person(tokens, begin, end, known):
        return None
    return tokens.span(begin, end)


def _for_whom(tokens: Tokens, noun: int, known: AbstractSet[str]) -> str | None:
    """Read: spokeswoman *for the Herald*; but *secretary of state* is a role."""
    for child in tokens.children[noun]:
        if child < noun or tokens.words[child].lower() not in _FOR:
            continue
        inside = tokens.child(child, "pobj")
        if inside is None or not tokens.tags[inside].startswith("NNP"):
            continue
        begin, end = left_edge(tokens, inside), phrase(tokens, inside)[1]
        while begin < end and tokens.words[begin].lower() in ARTICLES:
            begin += 1
        words = tokens.span(begin, end)
        state = state_of(words)
        if words == "State" or (
            state is None and _is_person(tokens, begin, inside, known)
        ):
            return None
        return state or words
    return None
