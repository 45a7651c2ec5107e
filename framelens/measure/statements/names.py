"""Names: persons and bodies as an article writes them, and whether two are the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from framelens.annotate.words import counted_form, word_offsets
from framelens.measure.statements.name_words import BODIES, TITLES

if TYPE_CHECKING:
    from framelens.measure.statements.printed_words import PrintedWords

_DAYS_LIST = """
monday tuesday wednesday thursday friday saturday sunday january february march
april may june july august september october november december easter christmas
"""
_DAYS = frozenset(_DAYS_LIST.split())
_PREPOSITIONS_LIST = """
in at of from to for by with on near between against outside inside into over across
after before about among through under
"""
_PREPOSITIONS = frozenset(_PREPOSITIONS_LIST.split())
_UNIONS = {
    "united",
    "nations",
    "states",
    "kingdom",
    "european",
    "union",
    "UN",
    "US",
    "EU",
    "UK",
    "security",
    "council",
    "state",
    "department",
    "ministry",
    "house",
    "white",
}
_JOINING = {"de", "van", "von", "der", "den", "al", "bin", "la", "di", "da", "el"}
_NOT_NAMES_LIST = """
the a an this that these those but and or if when while as he she it they we i you
his her its their our my one no not there here after before on in at for from with
by to of outside inside under over some many most all both each every asked then now
what who how why
"""
_NOT_NAMES = frozenset(_NOT_NAMES_LIST.split())


@dataclass(frozen=True, slots=True)
class Name:
    """A name in an article."""

    text: str
    at: tuple[int, int]
    first: int  # word
    tokens: tuple[str, ...]  # counted forms, titles left out
    possessive: bool
    governed: bool  # stands behind a preposition
    person: bool


def names(words: PrintedWords, first: int, last: int) -> list[Name]:
    """Find the names among words `first` to `last` that stand outside quotations.

    Parameters
    ----------
    words : PrintedWords
    first, last : int
        `last` is not included.

    Returns
    -------
    list of Name
        In order; days, months and titles alone are no names.
    """
    found: list[Name] = []
    place = first
    while place < last:
        end = place
        while end < last and _goes_on(words, place, end):
            end += 1
        while end > place and words.forms[end - 1] in _JOINING:
            end -= 1
        one = _name(words, place, end) if end > place else None
        if one is not None:
            found.append(one)
        place = max(end, place + 1)
    return found


def _goes_on(words: PrintedWords, start: int, place: int) -> bool:
    """Whether the name that begins at `start` includes `place`."""
    if words.quotation[place] >= 0 or words.forms[place] in _DAYS:
        return False
    if place > start:
        between = words.between(place - 1)
        if between.strip(" .&") or words.sentence[place] != words.sentence[start]:
            return False
        if _is_possessive(words, place - 1):
            return False
        if words.forms[place] in _JOINING:
            return True
    return (
        words.text[words.starts[place]].isupper()
        and words.forms[place] not in _NOT_NAMES
    )


def _is_possessive(words: PrintedWords, place: int) -> bool:
    raw = words.text[words.starts[place] : words.ends[place]]
    after = words.text[words.ends[place] : words.ends[place] + 1]
    return re.search(r"['’][sS]\Z", raw) is not None or (
        raw.endswith("s") and after in "'’" and after != ""
    )


def _name(words: PrintedWords, first: int, last: int) -> Name | None:
    start = first
    while start < last and (words.forms[start] in TITLES or _leads(words, start, last)):
        start += 1
    if start == last:
        return None
    if last - start == 1 and _opens_only(words, start):
        return None
    tokens = tuple(words.forms[start:last])
    at = (int(words.starts[start]), int(words.ends[last - 1]))
    text = words.text[slice(*at)]
    possessive = _is_possessive(words, last - 1)
    before = (
        words.forms[first - 1]
        if first and words.sentence[first - 1] == words.sentence[first]
        else ""
    )
    behind_comma = first > 0 and words.pause(first - 1)
    governed = before in _PREPOSITIONS and not behind_comma
    if before == "the" and first > 1 and words.forms[first - 2] in _PREPOSITIONS:
        governed = True
    person = (
        before != "the"
        and not set(tokens) & BODIES
        and (start > first or len(tokens) in (2, 3) or _surname(words, tokens[-1]))
    )
    return Name(text, at, start, tokens, possessive, governed, person)


def _leads(words: PrintedWords, start: int, last: int) -> bool:
    """Whether a body stands before a name: "United Nations Ann Orr"."""
    return last - start > 2 and words.forms[start] in _UNIONS


def _opens_only(words: PrintedWords, place: int) -> bool:
    """Whether a word has its capital only because it begins a sentence."""
    return not words.name[place] and words.forms[place] not in words.capitals


def _surname(words: PrintedWords, form: str) -> bool:
    """Whether a word also ends a longer name in this article."""
    return form in words.surnames


def fullest(words: PrintedWords, name: str) -> str:
    """Give the fullest form in which an article writes a name."""
    tokens = _tokens(name)
    longest = name
    for place in _ends(words, tokens):
        for one in names(words, max(0, place - 4), place + 1):
            inside = one.tokens[-len(tokens) :] == tokens and 1 < len(one.tokens) <= 4
            if inside and one.person and len(one.text) > len(longest):
                longest = re.sub(r"['’][sS]?\Z", "", one.text)
    return longest


def mention(words: PrintedWords, name: str, before: int) -> tuple[int, int] | None:
    """Give where an article writes a name's last word, nearest before an offset."""
    places = _ends(words, _tokens(name))
    if not places:
        return None
    place = min(
        places,
        key=lambda one: (
            words.starts[one] > before,
            abs(int(words.starts[one]) - before),
        ),
    )
    return int(words.starts[place]), int(words.ends[place])


def _ends(words: PrintedWords, tokens: tuple[str, ...]) -> list[int]:
    """Give the places of a name's last word, with a capital, outside quotations."""
    return [
        place
        for place, form in enumerate(words.forms)
        if tokens
        and form == tokens[-1]
        and words.quotation[place] < 0
        and words.text[words.starts[place]].isupper()
    ]


def differ(one: str | None, other: str | None) -> bool:
    """Whether two names are those of different persons or bodies, as far as names tell.

    What only describes ("the president", "its leader") tells nothing, nor does a body
    beside a single word that may be its name. Two persons with given name and surname
    differ if either does; initials, short forms and other spellings are no difference.

    Examples
    --------
    >>> differ("Ms Orr", "Lina Orr"), differ("the ministry", "Lina Orr")
    (False, True)
    >>> differ("Ann Orr", "Bob Orr"), differ("A. Orr", "Ann Orr")
    (True, False)
    >>> differ(None, "Lina Orr"), differ("the president", "Lina Orr")
    (False, False)
    """
    ours, theirs = _tokens(one or ""), _tokens(other or "")
    kinds = {_kind(one or "", ours), _kind(other or "", theirs)}
    if None in kinds or kinds == {"body", "word"}:
        return False
    if kinds == {"body"}:
        ours = tuple(form for form in ours if form not in BODIES)
        theirs = tuple(form for form in theirs if form not in BODIES)
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
    return not set(ours) & set(theirs)


_ALIKE = 0.8
"""Likeness (of `difflib`) from which two forms are spellings of one name."""


def _borne(name: str) -> tuple[str, ...]:
    """Give the names at the end, without the offices and countries before them."""
    borne: list[str] = []
    for raw in reversed(_DESCRIBED.split(name)[0].split()):
        forms = _forms(raw)
        if not forms or (raw[0].islower() and forms[0] not in _JOINING):
            break  # a title or a description: "US Ambassador Orr", "the envoy Orr"
        borne += reversed(forms)
    return tuple(reversed(borne))


def _other_person(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Whether given name or surname differ; both sides have both."""
    surname = _among(ours[-1], theirs) or _among(theirs[-1], ours)
    given = _among(ours[0], theirs[:-1]) or _among(theirs[0], ours[:-1])
    return not (surname and given) and set(ours) != set(theirs)


def _among(form: str, others: tuple[str, ...]) -> bool:
    """Whether a name, its initial, short form or another spelling is among others."""
    return any(
        form.startswith(one)
        or one.startswith(form)
        or SequenceMatcher(None, form, one).ratio() >= _ALIKE
        for one in others
    )


def _kind(name: str, tokens: tuple[str, ...]) -> str | None:
    """Tell a body, a person, and a single word that may be either."""
    if not tokens:
        return None
    if set(tokens) & BODIES:
        return "body"
    words = _DESCRIBED.split(name)[0].split()
    if not any(word[0].isupper() for word in words) or words[-1].lower() in TITLES:
        return None  # a description: "its leader", "the US president"
    return "person" if len(tokens) > 1 else "word"


def _initials(tokens: tuple[str, ...]) -> str:
    return "".join(form[0] for form in tokens).lower() if len(tokens) > 1 else "\0"


_SMALL = {"the", "of", "a", "an", "its", "their", "his", "her", "former", "one"}


def _tokens(name: str) -> tuple[str, ...]:
    """Give the words of a name, without titles and what only describes its bearer."""
    first = _DESCRIBED.split(name)[0]
    head = _forms(first)
    if not set(head) & BODIES:
        return head
    return _forms(name)


_DESCRIBED = re.compile(r"\s(?:of|from|for|at|with|in)\s|,")


def _forms(name: str) -> tuple[str, ...]:
    forms = [counted_form(name[start:end]) for start, end in word_offsets(name)]
    return tuple(form for form in forms if form not in TITLES and form not in _SMALL)
