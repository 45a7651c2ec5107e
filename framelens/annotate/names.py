"""Names: whether two of them mean the same person, body or state."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from framelens._lists import read_list, words_of
from framelens._wording import BETWEEN_SPEAKERS
from framelens.annotate.actor_nouns import (
    body_of,
    gender_of_name,
    is_plural,
    noun_kind,
    role_of,
    state_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

Kind = Literal["person", "body", "state", "word", "description"]

_WORD = re.compile(r"[^\W_]+(?:['’`´][^\W_]+)*\.?")
_POSSESSIVE = re.compile(r"['’`´]s?$", re.I)
_DESCRIBED = re.compile(r",|\s(?:of|from|for|at|with|in|on)\s")
_DOUBLED = re.compile(r"(.)\1")
_VOWELS = re.compile("[aeiouy]+")
_SPELLINGS = {"kh": "h", "q": "k", "ph": "f", "dj": "j", "w": "v", "dh": "d", "ck": "k"}
_SPELT = re.compile("|".join(_SPELLINGS))
_ALIKE = 0.85
"""Likeness (of `difflib`) from which two words are spellings of one name: Ulyanov and
Ulianov are .86 alike, Barker and Parker .83."""
_LONG = 5
"""Letters from which that likeness tells enough."""


class Name(NamedTuple):
    """A name as it is compared: what it is of, and its words in one spelling."""

    kind: Kind
    words: tuple[str, ...]
    """Small, without accents; of persons without titles, particles and suffixes."""
    state: str | None = None
    suffix: str = ""


def same_name(one: str | None, other: str | None) -> bool | None:
    """Say whether two names mean the same person, body or state.

    Titles, accents, initials, short given names, particles and other spellings are no
    difference; a state's name, adjective and capital are one. Of joint names
    (``"A; B"``) one pair is enough.

    Parameters
    ----------
    one, other : str or None
        As articles or the ledger write them.

    Returns
    -------
    bool or None
        None where the names cannot tell: one is missing, or only describes somebody
        (*the president*, *officials*), or a single word may name a body.

    Examples
    --------
    >>> same_name("Trump", "President Donald J. Trump"), same_name("Ann Orr", "Bob Orr")
    (True, False)
    >>> same_name("Zelensky", "Volodymyr Zelenskyy"), same_name("Moscow", "Russian")
    (True, True)
    >>> same_name("UN", "United Nations"), same_name("the ministry", "Lina Orr")
    (True, False)
    >>> same_name("the president", "Lina Orr"), same_name("Russia", "Russian army")
    (None, False)
    """
    if not one or not other:
        return None
    pairs = [
        _same(read_name(ours), read_name(theirs))
        for ours in one.split(BETWEEN_SPEAKERS)
        for theirs in other.split(BETWEEN_SPEAKERS)
    ]
    return True if True in pairs else None if None in pairs else False


def name_key(name: str) -> str:
    """Give the form under which spellings of one full name are alike.

    >>> name_key("Mr. José Ángel Núñez"), name_key("Foreign Ministry of Russia")
    ('jose angel nunez', 'foreign ministry of russia')
    """
    read = read_name(name)
    if read.kind == "state" and read.state:
        return read.state.casefold()
    if read.kind == "person":
        return " ".join([*read.words, *filter(None, [read.suffix])])
    return " ".join(name_words(name))


def describes(name: str) -> bool:
    """Say whether this is no name, but what somebody is.

    >>> describes("chief inspector"), describes("the ministry"), describes("Lina Orr")
    (True, False, False)
    """
    return read_name(name).kind == "description"


@lru_cache(maxsize=65_536)
def read_name(name: str) -> Name:
    """Read a name for comparing.

    >>> read_name("Israeli Prime Minister Benjamin Netanyahu")
    Name(kind='person', words=('benjamin', 'netanyahu'), state=None, suffix='')
    """
    plain = _POSSESSIVE.sub("", " ".join(name.split()))
    bare = re.sub(r"^[Tt]he ", "", plain)
    state = state_of(bare, capitals=True)
    if state is not None:
        return Name("state", tuple(name_words(state)), state)
    words = name_words(bare)
    if not words:
        return Name("description", ())
    head = _head(bare)
    body = head and (body_of(head) or noun_kind(head.lower()) == "body")
    inside = any(body_of(word) and word[:1].isupper() for word in bare.split()[:-1])
    if body or (inside and not _person_words(bare)):
        return Name("body", tuple(words), _state_in(bare))
    person = _person_words(bare)
    if not person:
        small = bare[:1].islower() or not head or _is_role(head)
        return Name("description" if small else "body", tuple(words), _state_in(bare))
    suffixes = words_of("names", "suffixes")
    suffix = next((word for word in person[1:] if word in suffixes), "")
    particles = words_of("names", "particles")
    rest = tuple(
        word for word in person if word not in suffixes and word not in particles
    )
    acronym = len(person) == 1 and bare.isupper() and len(bare) > 1
    return Name(
        "body" if acronym else "person" if len(rest) > 1 else "word",
        rest or tuple(person),
        suffix=suffix,
    )


def _head(name: str) -> str:
    """Give the last word before what only describes: *ministry* of the interior."""
    first = _DESCRIBED.split(name)[0].split()
    return first[-1].strip(".'’") if first else ""


def _is_role(word: str) -> bool:
    """Whether a word says what somebody is: *president*, *officials*."""
    return role_of(word) is not None or noun_kind(word.lower()) == "person"


def _state_in(name: str) -> str | None:
    """Give the state that a body or an office belongs to."""
    words = name.split()
    for first in range(len(words)):
        for last in (first + 2, first + 1):
            found = state_of(_POSSESSIVE.sub("", " ".join(words[first:last])))
            if found is not None:
                return found
    return None


def _person_words(name: str) -> list[str]:
    """Give the words at the end of a person's name, in one spelling; else none.

    Behind titles, offices and countries: *US Ambassador Ann Orr*; before what
    describes: *Ann Orr of the Herald*.
    """
    first = _DESCRIBED.split(name)[0]
    if {"and", "&"} & set(first.split()):
        return []  # Customs and Border Protection
    titles, particles = words_of("names", "titles"), words_of("names", "particles")
    suffixes = words_of("names", "suffixes")
    borne: list[str] = []
    for raw in reversed(first.replace("-elect", "").split()):
        folded = name_words(raw)
        if not folded:
            continue
        word = folded[-1]
        small = raw[:1].islower() and "-" not in raw and word not in particles
        title = word in titles or (role_of(raw) is not None and raw != name)
        if title and not borne and _behind_given_name(first):
            title = False  # Julie Bishop
        if small or (title and word not in particles and word not in suffixes):
            break
        borne[:0] = folded
    alone = len(borne) == 1 and (role_of(borne[0]) or is_plural(borne[0]))
    capital = any(word[:1].isupper() for word in first.split())
    return borne if capital and not alone else []


def _behind_given_name(name: str) -> bool:
    """Whether the title that ends a name is a surname: a given name is before it."""
    *before, last = name.split() or [""]
    titles = words_of("names", "titles")
    given = [word for word in before if word.lower().strip(".") not in titles]
    return last[:1].isupper() and gender_of_name(" ".join([*given[:1], last])) != ""


def name_words(name: str) -> list[str]:
    """Give the words of a name small, without accents, full stops and possessives.

    >>> name_words("José Núñez-O’Hara's")
    ['jose', 'nunez', 'ohara']
    """
    spread = unicodedata.normalize("NFKD", name)
    plain = "".join(sign for sign in spread if not unicodedata.combining(sign))
    found = []
    for match in _WORD.finditer(plain):
        word = _POSSESSIVE.sub("", match.group().strip("."))
        word = re.sub(r"['’`´]", "", word).casefold()
        if word:
            found.append(word)
    return found


def _same(ours: Name, theirs: Name) -> bool | None:
    """Compare two names that were read."""
    kinds = {ours.kind, theirs.kind}
    if "description" in kinds:
        return True if ours.words == theirs.words and ours.words else None
    if kinds == {"state"}:
        return ours.state == theirs.state
    if ours.words == theirs.words and ours.suffix == theirs.suffix:
        return True
    if "state" in kinds:
        return False
    if kinds == {"body"}:
        return _same_body(ours, theirs)
    if kinds == {"body", "word"}:
        return True if _short_for(ours, theirs) else None
    if "body" in kinds:
        return False
    return _same_person(ours, theirs)


def _short_for(ours: Name, theirs: Name) -> bool:
    """Whether one is the initials of the other, or a word of it."""
    short, long = sorted((ours.words, theirs.words), key=len)
    alone = len(short) == 1 and len(long) > 1
    return alone and (short[0] in _initials(long) or short[0] in long)


def initials_of(name: str) -> set[str]:
    """Give the short forms of a body's name, small; none of a single word.

    >>> sorted(initials_of("US Customs and Border Protection"))
    ['cbp', 'ucabp', 'ucbp']
    """
    words = tuple(name_words(name))
    return _initials(words) if len(words) > 1 else set()


def _initials(words: Sequence[str]) -> set[str]:
    """Give the initials of all words, of the loud ones, and of those after a state."""
    loud = [word for word in words if word not in words_of("names", "small")]
    own = [word for word in loud if state_of(word.upper()) is None]
    return {"".join(word[0] for word in some) for some in (words, loud, own)}


def _same_body(ours: Name, theirs: Name) -> bool | None:
    """Compare two bodies; *the ministry* may be any ministry."""
    if _short_for(ours, theirs) and None in (_kind_of(ours), _kind_of(theirs)):
        return True
    if ours.state and theirs.state and ours.state != theirs.state:
        return False
    small = words_of("names", "small")
    mine, other = (
        {state_of(word.title()) or word for word in name.words} - small
        for name in (ours, theirs)
    )
    own, their = (
        {word for word in words if not body_of(word)} - {ours.state, theirs.state}
        for words in (mine, other)
    )
    if mine <= other or other <= mine:
        return True if own and their else None
    if not own or not their:
        return None if _kind_of(ours) == _kind_of(theirs) else False
    return bool(own & their) and (own <= their or their <= own)


def _kind_of(body: Name) -> str | None:
    """Give the noun that says what kind of body it is: *ministry*."""
    return next((noun for word in body.words if (noun := body_of(word))), None)


def _same_person(ours: Name, theirs: Name) -> bool:
    """Compare two people: the surname, then the given name where both have one."""
    if len(ours.words) > 1 and len(theirs.words) > 1:
        if ours.suffix != theirs.suffix and "" not in (ours.suffix, theirs.suffix):
            return False
        junior = {ours.suffix, theirs.suffix} & {"jr", "junior"}
        if junior and ours.suffix != theirs.suffix:
            return False
        return _same_full_name(ours.words, theirs.words)
    short, long = sorted((ours.words, theirs.words), key=len)
    return any(_spelt_alike(short[0], word) for word in (long[0], long[-1]))


def _same_full_name(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Compare two names that have a given name and a surname each."""
    if set(ours) == set(theirs):
        return True
    ends = given_alike(ours[-1], theirs[-1]) and given_alike(ours[0], theirs[0])
    short, long = sorted((ours, theirs), key=len)
    within = all(any(given_alike(word, other) for other in long) for word in short)
    return ends or (within and len(short) < len(long))


def given_alike(one: str, other: str) -> bool:
    """Whether given names are the same, an initial, a short form or another spelling.

    >>> given_alike("mike", "michael"), given_alike("al", "ed")
    (True, False)
    """
    if one == other or (min(len(one), len(other)) == 1 and one[0] == other[0]):
        return True
    if other in _short_names().get(one, ()) or one in _short_names().get(other, ()):
        return True
    short, long = sorted((one, other), key=len)
    stem = len(short) > 2 and long.startswith(short)  # Alex, Alexander
    return stem or _spelt_alike(one, other)


def _spelt_alike(one: str, other: str) -> bool:
    """Whether two words are spellings of one: *Zelensky*, *Zelenskyy*."""
    one, other = (_DOUBLED.sub(r"\1", word) for word in (one, other))
    if one == other:
        return True
    long = min(len(one), len(other)) >= _LONG
    return long and SequenceMatcher(None, one, other).ratio() >= _ALIKE


@lru_cache(maxsize=65_536)
def sound_of(word: str) -> str:
    """Give what spellings of one surname share: vowels by their sort, letters once.

    >>> sound_of("zelensky") == sound_of("zelenskyy") == sound_of("zelenskiy")
    True
    >>> sound_of("miller") == sound_of("mueller"), sound_of("lee") == sound_of("li")
    (False, False)
    """
    if len(word) < _LONG:
        return word
    spelt = _SPELT.sub(lambda match: _SPELLINGS[match[0]], word)
    vowels = _VOWELS.sub(lambda match: "e" if match[0][0] in "eiy" else "o", spelt)
    return _DOUBLED.sub(r"\1", vowels)


@cache
def _short_names() -> dict[str, frozenset[str]]:
    """Give the full given names that a short one may stand for."""
    lines = [line.split() for line in read_list("names")["short_names"]]
    return {short: frozenset(full) for short, *full in lines}
