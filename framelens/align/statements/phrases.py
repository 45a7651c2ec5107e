"""Phrases: the noun of a source, who owns that, and who it is by or from."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PREPOSITIONS_LIST = """
about above according across after against among around as at before behind below
beneath beside between beyond by during for from in inside into near of off on onto
opposite outside over since through to toward towards under until upon with within
without
"""
_PREPOSITIONS = frozenset(_PREPOSITIONS_LIST.split())
_ENDS = {
    *("who", "which", "that", "whose", "whom", "and", "or", "but", "when", "where"),
    *("has", "have", "had", "is", "are", "was", "were", "be", "been", "will", "would"),
    *("can", "could", "may", "might", "did", "does", "do", "should", "must"),
}
"""Words behind which what is said of a source begins."""

_DETERMINERS = {
    *("the", "a", "an", "this", "that", "these", "those", "its", "his", "her", "their"),
    *("our", "my", "your", "each", "every", "no", "any", "another", "both"),
}
_QUANTITIES = {
    *("one", "two", "three", "number", "dozens", "hundreds", "member", "members"),
    *("group", "couple", "pair"),
}
_TOKEN = re.compile(r"[\w.&\u0300-\u036f-]+(?:['’][\w\u0300-\u036f]*)?|[,;:()—–]")
_OWNER = re.compile(r"(?:['’][sS]|s['’])\Z")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: its head noun, who owns that, and who it is by or from."""

    head: str = ""
    owner: str = ""
    author: str = ""
    at: tuple[int, int] = (0, 0)  # offsets of the phrase, without its determiner

    @property
    def opens(self) -> bool:
        """Whether the head is the first word, and so has a capital anyhow."""
        return bool(self.head) and self.at == (0, len(self.head))


def phrase_of(source: str) -> Phrase:
    """Take a source apart, as far as closed classes of words can tell.

    Examples
    --------
    >>> phrase_of("the rules of the house").head, phrase_of("one of the drivers").head
    ('rules', 'drivers')
    >>> letter = phrase_of("a letter from the ministry")
    >>> letter.head, letter.author, letter.at
    ('letter', 'ministry', (2, 8))
    >>> phrase_of("Theresa May").head, phrase_of("a ship that may sink").head
    ('May', 'ship')
    """
    tokens = list(_TOKEN.finditer(source))
    head, owner, led, start, end = "", "", False, -1, -1
    for place, match in enumerate(tokens):
        token = _without_full_stop(match.group())
        low = token.lower()
        if not token[0].isalnum() or _is_end(token, opens=len(tokens) > 1 > place):
            if head:
                break
        elif low in _PREPOSITIONS:
            if head and not (low == "of" and head.lower() in _QUANTITIES):
                rest = [one.group() for one in tokens[place:]]
                return Phrase(head, owner, _author(rest), (start, end))
            head, owner, led, start = "", "", not head, -1
        elif low in _DETERMINERS:
            if head and not led:
                break
            head, owner, led, start = "", "", False, -1
        else:
            start = match.start() if start < 0 else start
            if _OWNER.search(token):
                owner = _OWNER.sub("", token)
            else:
                head, end = token, match.start() + len(token)
    return Phrase(head, owner, "", (start, end))


def _is_end(token: str, *, opens: bool) -> bool:
    """Whether a phrase ends; with a capital that it does not open with, it is a name.

    So of "Theresa May", and not of "But the mayor".
    """
    return token.lower() in _ENDS and (token.islower() or opens)


def _without_full_stop(token: str) -> str:
    """Leave out a full stop behind a word, not one of initials: "Orr.", "U.S."."""
    stem = token.removesuffix(".")
    return stem if len(stem) > 1 and "." not in stem else token


def _author(rest: list[str]) -> str:
    return phrase_of(" ".join(rest[1:])).head if rest[0] in ("by", "from") else ""
