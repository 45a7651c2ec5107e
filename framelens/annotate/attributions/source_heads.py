"""The nouns of a source: on what the rest of its words hang in the parse."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from framelens.annotate.speakers.tokens import Tokens

    Pieces = Sequence[Sequence[int]]

LONGEST_TOKEN = 40
"""Code points. A token that begins farther before a source does not reach into it."""

_NOUNS = ("NN", "PRP", "W")
_STEPS = 5  # verbs between a relative pronoun and the noun that it stands for


def heads_of(tokens: Tokens, pieces: Pieces) -> list[int]:
    """Give the noun of a source, and those joined to it: *Jane Doe and John Roe*.

    The noun is the token that the rest of the source hangs on in the parse; where
    several stand side by side, the first noun or pronoun among them.
    """
    inside = tokens_in(tokens, pieces)
    within = set(inside)
    roots = [one for one in inside if tokens.heads[one] not in within - {one}]
    nouns = [one for one in roots if tokens.tags[one].startswith(_NOUNS)]
    nouns = nouns or [one for one in inside if tokens.tags[one].startswith(_NOUNS)]
    found = (nouns or [one for one in roots if tokens.words[one][:1].isalnum()])[:1]
    while found:
        last = found[-1]
        more = (one for one in tokens.children[last] if one in within and one > last)
        joined = next((one for one in more if _is_joined(tokens, last, one)), None)
        if joined is None:
            break
        found.append(joined)
    return found


def tokens_in(tokens: Tokens, pieces: Pieces) -> list[int]:
    """Give the tokens that pieces of text touch."""
    return [
        one
        for start, end in pieces
        for one in tokens.between(start - LONGEST_TOKEN, end)
        if tokens.ends[one] > start
    ]


def _is_joined(tokens: Tokens, noun: int, other: int) -> bool:
    """Whether two nouns name two actors; *Doe and Sons* is one.

    The first two of a list (*France, Spain and Italy*) may look like an apposition.
    """
    entities, between = tokens.entities, range(noun + 1, other + 1)
    if not tokens.tags[other].startswith(_NOUNS):
        return False
    if entities[noun] and not any(
        entities[one] == "" or tokens.begins[one] for one in between
    ):
        return False
    if tokens.deps[other] == "appos":
        alike = entities[noun] and entities[noun] == entities[other]
        return bool(alike) and tokens.child(other, "conj") is not None
    apart = any(tokens.tags[one] in ("CC", ",") for one in between)
    return tokens.deps[other] == "conj" and apart


def antecedent(tokens: Tokens, pronoun: int) -> int:
    """Give the noun that a relative pronoun stands for, else the pronoun."""
    token = pronoun
    for _ in range(_STEPS):
        if tokens.deps[token] == "relcl":
            return tokens.heads[token]
        token = tokens.heads[token]
    return pronoun
