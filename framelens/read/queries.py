"""Queries: words and phrases with OR, AND and `*`, made into patterns."""

from __future__ import annotations

import re
from dataclasses import dataclass

from framelens._checks import InputError
from framelens.read.source import shown

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
_PART = re.compile(r'"[^"]*"|[^\s"]+')
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]\.?")
_EDGES = ",;:!?.…"
_BETWEEN = r"(?:[^\w.!?\n]+|[^\S\n]*\n[^\S\n]*)"  # no end of a sentence or paragraph
LONGEST_ACRONYM = 5
"""Letters. A longer word in capitals is no acronym: it is found in any case."""

STRICT_ACRONYM = 3
"""Letters. A longer acronym is also found as a name: Nato beside NATO, but no Us."""


@dataclass(frozen=True)
class Term:
    """One word or phrase of a query.

    Attributes
    ----------
    written : str
        As the user wrote it, without quotation marks.
    pattern : re.Pattern
        What finds it.
    """

    written: str
    pattern: re.Pattern[str]


def parsed(query: str) -> list[list[Term]]:
    r"""Read a query.

    Parameters
    ----------
    query : str
        Terms with ``OR`` or ``AND`` between them; ``AND`` binds more tightly. A term
        is a word, or words side by side (a phrase), with or without quotation marks.

    Returns
    -------
    list of list of Term
        What OR separates; in each, what AND joins.

    Raises
    ------
    InputError
        If the query cannot be read.

    Examples
    --------
    >>> [[term.written for term in terms]
    ...  for terms in parsed('drone* OR "air raid" AND Kyiv')]
    [['drone*'], ['air raid', 'Kyiv']]
    >>> [bool(parsed("US")[0][0].pattern.search(text))
    ...  for text in ("The U.S. left", "US-made", "Tell us", "the USA")]
    [True, True, False, False]
    """
    if not isinstance(query, str):
        raise InputError(f"a query is text, such as 'drone OR drones', not {query!r}.")
    plain = query.translate(_QUOTES)
    if plain.count('"') % 2:
        raise _error(query, "has a quotation mark without its partner")
    alternatives: list[list[Term]] = [[]]
    words: list[str] = []
    for part in [*_PART.findall(plain), "OR"]:
        if part not in ("OR", "AND"):
            words.append(part)
            continue
        alternatives[-1].append(_term(words, query))
        words = []
        if part == "OR":
            alternatives.append([])
    return alternatives[:-1]


def _error(query: str, wrong: str) -> InputError:
    return InputError(
        f'the query {shown(query)!r} {wrong}; write words or "a phrase", with OR or '
        "AND between them, and * only at a word's end."
    )


def _term(parts: list[str], query: str) -> Term:
    """Make one term of the parts between two operators."""
    quoted = [part for part in parts if part.startswith('"')]
    if quoted and len(parts) > 1:
        raise _error(query, "has a phrase in quotation marks beside other words")
    if not quoted:
        for part in parts:
            if part in ("or", "and", "NOT"):
                raise _error(query, f"has {part!r} among its words")
            if set(part) & set("()[]|"):
                raise _error(query, f"has a bracket or bar in {part!r}")
    pieces = [
        one if _INITIALS.fullmatch(one) else one.strip(_EDGES)
        for part in parts
        for one in part.strip('"').split()
    ]
    pieces = [one for one in pieces if one]
    if not pieces:
        raise _error(
            query,
            "has no word on one side of an OR or AND"
            if query.strip()
            else "holds no word",
        )
    for one in pieces:
        if "*" in one[:-1] or not any(sign.isalnum() for sign in one):
            raise _error(query, f"has {one!r}, which is no word")
    return Term(" ".join(pieces), re.compile(_BETWEEN.join(map(_word, pieces))))


def _word(piece: str) -> str:
    """Give the pattern of one word, between its boundaries."""
    letters = piece.replace(".", "")
    if _INITIALS.fullmatch(piece):
        return _acronym(letters.upper())
    if 2 <= len(piece) <= LONGEST_ACRONYM and piece.isalpha() and piece.isupper():
        return _acronym(piece)
    begins = piece.endswith("*")
    signs = re.sub("['’]", "['’]", re.escape(piece.removesuffix("*")))
    return rf"(?<!\w)(?i:{signs})" + (r"\w*" if begins else r"(?!\w)")


def _acronym(letters: str) -> str:
    spelled = r"\.?".join(map(re.escape, letters)) + r"\.?"
    name = f"|{letters.capitalize()}" if len(letters) > STRICT_ACRONYM else ""
    return rf"(?<!\w)(?<!\w\.)(?:{spelled}{name})(?!\w|(?<!\.)\.\w)"
