"""Sources: whether who is named as a source is anybody who can speak."""

from __future__ import annotations

import re

from framelens.align.statements.function_words import FUNCTION_WORDS
from framelens.align.statements.name_words import TITLES, bears_capital
from framelens.align.statements.phrases import Phrase, phrase_of
from framelens.align.statements.reporting_verbs import SHOWING
from framelens.align.statements.standing import sentence_ends
from framelens.annotate.actor_nouns import state_of
from framelens.annotate.cues import hits
from framelens.annotate.noun_kinds import is_plural, noun_kind
from framelens.annotate.words import counted_form

PRONOUNS = frozenset({"he", "she", "i", "we", "they", "who", "it"})
"""Pronouns that stand for who speaks."""

_NOBODY_IN_PARTICULAR = {
    *("somebody", "someone", "anybody", "anyone", "everybody", "everyone", "nobody"),
    *("people", "others", "one", "those", "many", "some", "few", "all", "most", "none"),
    *("half", "several", "majority"),
}
_UNCOUNTED_LIST = """
advice analysis correspondence custom fiction folklore footage gossip hearsay history
information intelligence law legislation literature logic mail modelling nature news
opinion polling precedent reality research rumour rumor science scripture speculation
testimony theory tradition wisdom word
"""
_UNCOUNTED = frozenset(_UNCOUNTED_LIST.split())
_UNCOUNTED_ENDINGS = ("lore", "ology", "tion", "sion", "ism")
"""What stands without "the" or "a" though it is no name: "folklore says"."""

_BESIDE = 60  # code points beside a cue in which its subject may stand
_BREAK = re.compile(r"[,;:!?\"“”‘»«\n]\s*")


def speaks(source: str, text: str = "") -> bool:
    """Whether a source is somebody: a name, a pronoun, a person, a body, or its paper.

    "The forecast" and "the rules of the house" are not, nor is "somebody". A word with
    a capital because it comes first is a name if it is a state or an acronym, if it
    also stands inside a sentence of `text` with a capital, or if it stands alone as
    only names do: in the singular without "the" or "a", and nowhere in `text` without
    a capital.

    Examples
    --------
    >>> speaks("Ms Orr"), speaks("the lodge"), speaks("The ministry's letter")
    (True, True, True)
    >>> speaks("The forecast"), speaks("Rumours about Orr"), speaks("Everybody")
    (False, False, False)
    >>> speaks("China"), speaks("U.S. officials"), speaks("Hamas"), speaks("Folklore")
    (True, True, True, False)
    """
    if source.strip().lower() in PRONOUNS:
        return True
    phrase = phrase_of(source)
    head = phrase.head.lower()
    if head in PRONOUNS:
        return True
    if head in _NOBODY_IN_PARTICULAR:
        return False
    if is_name(phrase, text):
        return True
    kind = noun_kind(head)
    makers = [one for one in (phrase.owner, phrase.author) if one]
    if kind == "document":
        return any(speaks(maker) for maker in makers)
    return kind in ("person", "body")


def is_name(phrase: Phrase, text: str = "") -> bool:
    """Whether the head of a phrase is a name, and no common noun with a capital."""
    head = phrase.head
    if not bears_capital(head):
        return False
    if not phrase.opens or is_name_anywhere(head):
        return True
    low = head.lower()
    if low in FUNCTION_WORDS:  # "May", "Will"
        return _behind_a_name(head, text)
    if _stands_alone(low):
        return _inside(head, text) and not _inside(low, text)
    return _inside(head, text) or not _inside(low, text)


def is_name_anywhere(word: str) -> bool:
    """Whether a word is a name even where a sentence begins: "BBC", "China", "eBay"."""
    if counted_form(word).isupper() or state_of(word, capitals=True):
        return True
    inner = any(letter.isupper() for letter in word[1:]) and not word.isupper()
    return inner and bears_capital(word)


def _stands_alone(low: str) -> bool:
    """Whether a common noun can open a sentence without "the" or "a"."""
    return (
        low in _UNCOUNTED | SHOWING
        or low.endswith(_UNCOUNTED_ENDINGS)
        or is_plural(low)
        or (low.endswith("s") and any(True for _ in hits([low])))
    )


def _inside(word: str, text: str) -> bool:
    """Whether a word stands, written so, where no sentence begins."""
    return re.search(rf"[\w,;] {re.escape(word)}(?!\w)", text) is not None


def _behind_a_name(word: str, text: str) -> bool:
    """Whether a word follows another one with a capital: "Theresa May"."""
    before = re.findall(rf"\b([A-Z][\w’'-]*)\.? {re.escape(word)}(?!\w)", text)
    return any(one.lower() not in FUNCTION_WORDS - TITLES for one in before)


def clause_before(text: str, at: int) -> str:
    """Give what stands before an offset, in its clause."""
    first = max(0, at - _BESIDE)
    last = first + len(text[first:at].rstrip(" ,"))
    breaks = [one.end() for one in _BREAK.finditer(text, first, last)]
    breaks += [end for end in sentence_ends(text, first, at + 3) if end <= at]
    return text[max(breaks, default=first) : last]


def clause_behind(text: str, at: int) -> str:
    """Give what stands behind an offset, in its clause."""
    last = min(at + _BESIDE, len(text))
    first = last - len(text[at:last].lstrip())
    ends = [one.start() for one in _BREAK.finditer(text, first, last)]
    ends += sentence_ends(text, first, last)
    return text[first : min(ends, default=last)]


def speaks_beside(text: str, start: int, end: int) -> bool:
    """Whether somebody stands right before or behind a cue, in its clause."""
    before = clause_before(text, start)
    inverted = not before.strip() or text[start:end].lower().startswith("according")
    return speaks(clause_behind(text, end) if inverted else before, text)


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
