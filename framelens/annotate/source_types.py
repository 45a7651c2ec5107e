"""Source types: what kind of source somebody is, by the words that say who they are."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from framelens._lists import read_list
from framelens.annotate.actor_nouns import state_of

ANONYMOUS_OFFICIAL = "anonymous official"
MEDIA = "media"
GOVERNMENT = "head of state or government"
SOURCE_TYPES = tuple(read_list("source_types")["types"])
"""The source types, as ``lists/source_types.toml`` has them."""

_CUT = re.compile(r",|\b(?:of|for|at|from|with|in|to|on|by|who|that)\b")
_RULERS = {"president", "vice president", "secretary", "speaker"}
"""Of a state where nothing else is named, never of what the list does not know."""


class _Found(NamedTuple):
    end: int
    length: int
    start: int
    phrase: str
    type: str | None


def source_type_of(
    described: str | None, *, kind: str | None = "person", anonymous: bool = False
) -> str | None:
    """Give the type of a source from the words that say who it is, or None.

    Parameters
    ----------
    described : str or None
        What an article says: an office, a role, a body's name.
    kind : str, optional
        What the source is, as the ledger's ``speaker_kind`` has it.
    anonymous : bool, default False
        Whether it is described and never named.

    Returns
    -------
    str or None
        One of `SOURCE_TYPES`; None where the words do not tell.

    Examples
    --------
    >>> source_type_of("a spokesman for the Interior Ministry")
    'minister or ministry'
    >>> source_type_of("law professor at Georgetown University")
    'expert or academic'
    >>> source_type_of("senior officials", kind="group", anonymous=True)
    'anonymous official'
    >>> source_type_of("her spokesman") is None
    True
    """
    if kind == "state":
        return GOVERNMENT
    if not described or kind == "document":
        return None
    return _type_of(" ".join(described.split()), kind == "body", anonymous)


def role_type(words: str) -> str | None:
    """Give the type that an apposition tells, or None where it holds no office.

    >>> role_type("a spokesman for the police"), role_type("the police")
    ('court or law enforcement', None)
    """
    text = words.replace("’", "'")
    cut = _CUT.search(text)
    offices = _found("offices", text[: cut.start()] if cut else text)
    return source_type_of(words) if offices else None


@lru_cache(maxsize=65_536)
def title_type(words: str) -> str | None:
    """Give the type that an office right before a name tells, or None.

    >>> title_type("lawyers for the former Interior Minister")
    'minister or ministry'
    """
    text = words.replace("’", "'").rstrip(" .")
    offices = [one for one in _found("offices", text) if one.end >= len(text)]
    if not offices:
        return None
    best = max(offices, key=lambda one: one.length)
    if best.phrase not in read_list("source_types")["open"]["offices"]:
        return best.type
    cuts = [cut.end() for cut in _CUT.finditer(text, 0, best.start)]
    named = _of_body(text[max(cuts, default=0) : best.start])
    return named or (best.type if best.phrase in _RULERS else None)


@lru_cache(maxsize=16_384)
def _type_of(described: str, body: bool, anonymous: bool) -> str | None:
    text = described.replace("’", "'")
    if body:
        return _of_body(text)
    cut = _CUT.search(text)
    after = cut.start() if cut else len(text)
    offices = [one for one in _found("offices", text) if one.start < after]
    if not offices:
        return _of_body(text)
    best = max(offices)
    if best.type == ANONYMOUS_OFFICIAL and anonymous:
        return ANONYMOUS_OFFICIAL
    if best.phrase not in read_list("source_types")["open"]["offices"]:
        return best.type
    behind = text[best.end :].strip(" ,").partition(",")[0]
    named = _of_body(behind) or _of_body(text[: best.start])
    if named or best.phrase not in _RULERS:
        return named
    ruled = not cut or any(state_of(word.strip("'s,")) for word in behind.split())
    return best.type if ruled else None


def _of_body(text: str) -> str | None:
    """Give the type of the body that is named: the longest name, of these the last."""
    bodies = _found("bodies", text)
    if not bodies:
        return None
    return max(bodies, key=lambda one: (one.length, one.end)).type


def _found(part: str, text: str) -> list[_Found]:
    """Find the phrases of one part of the list; what is inside a longer one is not."""
    pattern, types = _patterns(part)
    found = []
    for match in pattern.finditer(text):
        told = match[1]
        phrase = told if told in types else told.lower()
        if phrase in types:
            words = len(phrase.split())
            own = types[phrase]
            found.append(_Found(match.end(), words, match.start(), phrase, own))
    return found


@cache
def _patterns(part: str) -> tuple[re.Pattern[str], dict[str, str | None]]:
    """Give the pattern of all phrases, longest first, and the type of each."""
    listed = read_list("source_types")
    types: dict[str, str | None] = dict.fromkeys(listed["open"][part])
    for name, words in listed["types"].items():
        types |= dict.fromkeys(words[part], name)
    plural = {
        re.sub("man$", "men", word): own
        for word, own in types.items()
        if word.endswith("man")
    }
    plural |= {
        f"{word[:-1]}ies": own for word, own in types.items() if word.endswith("y")
    }
    types = plural | types
    longest = sorted(types, key=len, reverse=True)
    told = "|".join(map(re.escape, longest))
    return re.compile(rf"(?<![\w-])({told})(?:e?s)?(?![\w-])", re.I), types
