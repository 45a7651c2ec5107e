"""People's names inside noun phrases, where the parse's names err."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from framelens._lists import words_of
from framelens.annotate.actor_nouns import (
    COURTESY,
    FEMALE,
    MALE,
    body_of,
    gender_of_name,
    role_of,
    state_of,
)
from framelens.annotate.pipeline import left_edge, phrase

if TYPE_CHECKING:
    from framelens.annotate.pipeline import Tokens

    Span = tuple[int, int]
    from collections.abc import Set as AbstractSet


ARTICLES = frozenset(
    {"the", "a", "an", "this", "that", "these", "those", "some", "both"}
)
_FOR = {"of", "for", "at", "from", "with"}
_BODIES_AND_STATES = {"ORG", "GPE", "NORP", "FAC", "LOC"}
_PORTFOLIOS = words_of("actor_nouns", "portfolios")


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
    the role (*Kremlin* spokesman), else what follows *of*, *for*, *at*, *from* or
    *with* (spokeswoman *for the Herald*). A state's adjective counts as the state, and
    a body's name that begins with one too (*US State Department*). A person is no
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


def _is_person_affiliations(
    tokens: Tokens, begin: int, end: int, known: AbstractSet[str]
) -> bool:
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
    if _is_person_affiliations(tokens, begin, end, known):
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
        if words.lower() == "state" or (
            state is None and _is_person_affiliations(tokens, begin, inside, known)
        ):
            return None
        return state or words
    return None


_PROPER = ("NNP", "NNPS")
PARTICLES = {"de", "del", "der", "van", "von", "al", "bin", "ibn", "la", "le", "el"}
_LONGEST = 6  # words of a name


def surnames(tokens: Tokens) -> set[str]:
    """Collect the last words of the names of people in an article.

    From what the recogniser takes for a person, and from courtesy titles; never a
    state or a capital, nor what qualifies a common noun (*the Doe plan*).
    """
    found = set()
    for token, word in enumerate(tokens.words):
        titled = token > 0 and tokens.words[token - 1].lower() in COURTESY
        shouted = titled and word.isupper()  # MR PRICE: not always tagged as a name
        proper = tokens.tags[token] in _PROPER or shouted
        if not proper or not word[:1].isupper():
            continue
        last = token + 1 == len(tokens)
        person = tokens.entities[token] == "PERSON" and (
            last or tokens.entities[token + 1] != "PERSON" or tokens.begins[token + 1]
        )
        qualifies = (
            tokens.deps[token] == "compound"
            and not last
            and tokens.words[token + 1].islower()
        )
        title_ends = last or tokens.tags[token + 1] not in _PROPER
        named = (
            person
            or _behind_a_body(tokens, token)
            or _behind_a_given_name(tokens, token)
        )
        if (titled and title_ends) or (named and (titled or not qualifies)):
            found.add(word)
    return {one for one in found if state_of(one, capitals=True) is None}


def _behind_a_given_name(tokens: Tokens, last: int) -> bool:
    """Whether a name of two words ends here, the first of them a given name.

    *Anna Price said*, where the recogniser sees a body or nothing.
    """
    first = last - 1
    pair = range(first, last + 1)
    if first < 0 or any(
        tokens.tags[one] not in _PROPER or not tokens.words[one][1:].islower()
        for one in pair
    ):
        return False
    around = [one for one in (first - 1, last + 1) if 0 <= one < len(tokens)]
    if any(tokens.tags[one] in (*_PROPER, "CD", "CC") for one in around):
        return False
    body = body_of(tokens.words[last]) is not None
    return not body and gender_of_name(tokens.span(first, last)) != ""


def _behind_a_body(tokens: Tokens, last: int) -> bool:
    """Whether a name ends here that the recogniser took for a second body.

    So of *ambassador to the United Nations Jane Doe*: behind the body that a role is
    for, without a word between.
    """
    first = last - 1
    body = tokens.entities[last]
    if first < 1 or body != "ORG" or not tokens.begins[first] or tokens.begins[last]:
        return False
    if last + 1 < len(tokens) and tokens.tags[last + 1] in _PROPER:
        return False
    before = first - 1
    if tokens.entities[before] != body or tokens.tags[first] not in _PROPER:
        return False
    while before > 0 and tokens.entities[before] == body:
        before -= 1
    role = tokens.heads[before]
    return tokens.tags[before] == "IN" and role_of(tokens.words[role]) is not None


def person_name(
    tokens: Tokens, first: int, head: int, last: int, known: set[str]
) -> Span | None:
    """Find a person's name in a phrase, or right behind the comma after it.

    Gives its first and last token, without titles; `known` is what `surnames` gave.
    """
    base = _before_preposition(tokens, first, last)
    ends = [base, head]
    if last > base and tokens.words[base + 1].lower() not in _FOR:
        ends.append(last)  # ambassador to the United Nations Jane Doe
    for end in dict.fromkeys(ends):
        proper = tokens.tags[end] in _PROPER or tokens.words[end] in known
        if not proper or body_of(tokens.words[end]):
            continue
        begin = _begin_of_name(tokens, first, end)
        if begin is not None and _is_person(tokens, first, begin, end, known):
            return begin, end
    return _behind_comma(tokens, head, last)


def _is_person(
    tokens: Tokens, first: int, begin: int, end: int, known: set[str]
) -> bool:
    words = tokens.words[begin : end + 1]
    if state_of(" ".join(words), capitals=True) or role_of(words[-1]):
        return False
    before = tokens.words[begin - 1] if begin > first else ""
    titled = before.lower() in COURTESY or role_of(before) is not None
    if tokens.entities[begin] == "ORG" and not tokens.begins[begin]:
        titled = before.lower() in MALE | FEMALE  # Massachusetts General Hospital
    person = set(tokens.entities[begin : end + 1]) == {"PERSON"}
    return words[-1] in known or titled or person


def _before_preposition(tokens: Tokens, first: int, last: int) -> int:
    """Give the last token before the first preposition of a phrase."""
    for token in range(first + 1, last + 1):
        if tokens.deps[token] == "prep":
            return token - 1
    return last


def _begin_of_name(tokens: Tokens, first: int, end: int) -> int | None:
    """Go back from the last word of a name to its first."""
    begin = end
    while begin > max(first, end - _LONGEST):
        before = begin - 1
        word = tokens.words[before]
        if (
            word == "-"
            and before > first
            and tokens.ends[before] == tokens.starts[begin]
        ):
            begin = before - 1  # Al-Masri
            continue
        if word not in PARTICLES:
            other = tokens.entities[before] not in ("PERSON", "")
            if tokens.tags[before] not in _PROPER or word.lower() in COURTESY:
                break
            state = state_of(word) and tokens.entities[before] != "PERSON"
            if role_of(word) or body_of(word) or state:  # Chad Moore is no state
                break
            if other and tokens.entities[end] == "PERSON":
                break
        begin = before
    before_name = tokens.words[begin - 1].lower() if begin > first else ""
    if before_name == "of" and end - begin >= 2:
        return begin + 1  # Secretary of State Jane Doe
    if before_name != "the":
        return begin
    # The United Nations Jane Doe: a name has no article, so the rest is the body's.
    return end - 1 if end - begin >= 2 else None


def _behind_comma(tokens: Tokens, head: int, last: int) -> Span | None:
    """Find the name of *the foreign minister, Jane Doe*."""
    if role_of(tokens.words[head]) is None or last + 3 >= len(tokens):
        return None
    if tokens.words[last + 1] != ",":
        return None
    end = begin = last + 2
    while end < len(tokens) and (
        tokens.tags[end] in _PROPER or tokens.words[end] in {"-", *PARTICLES}
    ):
        end += 1
    while begin < end and (
        role_of(tokens.words[begin]) or tokens.words[begin].lower() in COURTESY
    ):
        begin += 1
    named = "PERSON" in tokens.entities[begin:end] and end < len(tokens)
    return (begin, end - 1) if named and end - begin >= 2 else None
