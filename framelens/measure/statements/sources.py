"""Sources: which noun names who speaks, and whether that is anybody who can."""

from __future__ import annotations

import re
from dataclasses import dataclass

from framelens.annotate.noun_kinds import is_plural, noun_kind
from framelens.measure.statements.reporting_verbs import SHOWING

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
PRONOUNS = frozenset({"he", "she", "i", "we", "they", "who", "it"})
"""Pronouns that stand for who speaks."""

_NOBODY_IN_PARTICULAR = {
    *("somebody", "someone", "anybody", "anyone", "everybody", "everyone", "nobody"),
    *("people", "others", "one", "those", "many", "some", "few", "all", "most", "none"),
    *("half", "several", "majority"),
}
_TOKEN = re.compile(r"[\w.&-]+(?:['’]\w*)?|[,;:()—–]")
_BESIDE = 60  # code points beside a cue in which its subject may stand
_CLAUSE = re.compile(r"[.,;:!?\"“”‘»«\n]\s*")
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
    """
    tokens = list(_TOKEN.finditer(source))
    head, owner, led, start, end = "", "", False, -1, -1
    for place, match in enumerate(tokens):
        token = match.group()
        low = token.lower()
        if not token[0].isalnum() or low in _ENDS:
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
                head, end = token, match.end()
    return Phrase(head, owner, "", (start, end))


def _author(rest: list[str]) -> str:
    return phrase_of(" ".join(rest[1:])).head if rest[0] in ("by", "from") else ""


def speaks(source: str, text: str = "") -> bool:
    """Whether a source is somebody: a name, a pronoun, a person, a body, or its paper.

    "The forecast" and "the rules of the house" are not, nor is "somebody". A word with
    a capital because it comes first is a name if it also stands inside a sentence of
    `text` with one, or if there is no text.

    Examples
    --------
    >>> speaks("Ms Orr"), speaks("the lodge"), speaks("The ministry's letter")
    (True, True, True)
    >>> speaks("The forecast"), speaks("Rumours about Orr"), speaks("Everybody")
    (False, False, False)
    """
    if source.strip().lower() in PRONOUNS:
        return True
    phrase = phrase_of(source)
    head = phrase.head.lower()
    if head in PRONOUNS:
        return True
    if head in _NOBODY_IN_PARTICULAR:
        return False
    kind = noun_kind(head)
    if kind in ("person", "body") or (phrase.head[:1].isupper() and not phrase.opens):
        return True
    if kind == "document":
        makers = [one for one in (phrase.owner, phrase.author) if one]
        return any(speaks(maker) for maker in makers)
    return phrase.head[:1].isupper() and (not text or _inside(phrase.head, text))


def _inside(word: str, text: str) -> bool:
    """Whether a word with a capital stands where no sentence begins."""
    return re.search(rf"[\w,;] {re.escape(word)}\b", text) is not None


def speaks_beside(text: str, start: int, end: int) -> bool:
    """Whether somebody stands right before or behind a cue, in its clause."""
    before = _CLAUSE.split(text[max(0, start - _BESIDE) : start].rstrip(" ,"))[-1]
    behind = _CLAUSE.split(text[end : end + _BESIDE].lstrip())[0]
    inverted = not before.strip() or text[start:end].lower().startswith("according")
    return speaks(behind if inverted else before, text)


def is_body_that_speaks(head: str) -> bool:
    """Whether the noun of a source that is known to speak is that of a body.

    Neither a person ("the abbot") nor a paper or a finding ("the letter", "polls"),
    both of which somebody who has a name may stand behind. Several persons ("the
    brewers") are a body.
    """
    low = head.lower()
    if low in PRONOUNS | _NOBODY_IN_PARTICULAR | SHOWING or not low.isalpha():
        return False
    kind = noun_kind(low)
    return is_plural(low) if kind == "person" else kind != "document"
