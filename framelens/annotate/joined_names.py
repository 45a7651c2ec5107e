"""Joined names: names of several words, such as "White House", that count as one word.

With them go the spellings of one word, *defence* and *defense*. A joined name is
written with a letter that no news text has in place of its spaces: texts keep their
length, so that every offset stays right.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING

import polars as pl

from framelens._lists import read_list, words_of
from framelens.annotate.actor_nouns import COURTESY, MALE, ROLES, gender_of_name
from framelens.annotate.spans import without_surrogates
from framelens.annotate.words import JOINT, WORD, counted_form, word_offsets

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

FEWEST = 5
"""Articles in which a name of several words stands inside a sentence: as many as an
item must have to be tested."""

TOGETHER = 0.4
"""Of the articles that have the rarest of its words, as many have them together."""

ONE_BEARER = 0.9
"""Of the articles that have a surname behind another name, as many have it behind the
same one."""

SMALL = 0.05
"""Of the articles with a surname: where more have it in small letters, it is a word as
well (*may*, *bush*), and does not stand for the name."""

_WORD = r"[A-Z][\w'’-]*\w"
_RUN = (  # behind a small letter or a title: capitals of a headline tell nothing
    r"(?:[a-z][,;]?|\b(?:Mr|Mrs|Ms|Dr|Sen|Gen|Rep|Gov|Adm|Col|Lt|Sgt)\.) "
    rf"{_WORD}(?: (?:{_WORD}|[A-Z]\.|bin|al|van|von|de|el|ul))* {_WORD}"
)
_TITLED = rf"\b(?:Mr|Sir|Lord|Mrs|Ms|Miss|Lady)\.? {_WORD}"
_POSSESSIVE = re.compile(r"['’]s$")


@dataclass(frozen=True)
class JoinedNames:
    """Names of several words, surnames that stand for one of them, and spellings.

    `names` has for each name as it is spelled the item that it is counted as, and
    `surnames` the same for the counted form of a surname; British spellings count as
    the American ones if they are `alike`.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    surnames: Mapping[str, str] = field(default_factory=dict)
    alike: bool = False

    def join(self, texts: pl.Series) -> pl.Series:
        """Write the names in texts as one word each; texts keep their length."""
        ordered = sorted(self.names, key=lambda name: (-len(name), name))
        if not ordered:
            return texts
        return texts.str.replace_many(ordered, [*map(_joint, ordered)], leftmost=True)

    def offsets(self, texts: Sequence[str]) -> list[list[tuple[int, int]]]:
        """Give, text by text, the start and end of every word; a name is one word.

        >>> joined = JoinedNames({"White House": "White House"})
        >>> joined.offsets(["A White House, not houses"])
        [[(0, 1), (2, 13), (15, 18), (19, 25)]]
        """
        if not self.names:
            return list(map(word_offsets, texts))
        whole = pl.Series(map(without_surrogates, texts), dtype=pl.String)
        return list(map(self._offsets, self.join(whole).to_list()))

    def _offsets(self, joined: str) -> list[tuple[int, int]]:
        """Give the words of a text whose names are joined."""
        found = []
        for match in WORD.finditer(joined):
            if JOINT in match[0] and self._name(match[0]) is None:
                begin = match.start()
                parts = re.finditer(rf"[^{JOINT}]+", match[0])
                found += [(begin + part.start(), begin + part.end()) for part in parts]
            else:
                found.append(match.span())
        return found

    def forms(self, word: str) -> list[str]:
        """Give what a word is counted as: one name, or the words that it holds.

        >>> names = {"White House": "White House"}
        >>> joined = JoinedNames(names, {"putin": "Vladimir Putin"}, alike=True)
        >>> [joined.forms(word.replace(" ", JOINT))
        ...  for word in ("White House’s", "Grey Houses", "Putin", "defence")]
        [['White House'], ['gray', 'houses'], ['Vladimir Putin'], ['defense']]
        """
        name = self._name(word)
        if name is not None:
            return [name]
        parts = filter(None, word.split(JOINT)) if self.names else [word]
        forms = map(counted_form, parts)
        spelled = map(american, forms) if self.alike else forms
        return [self.surnames.get(form, form) for form in spelled]

    def item(self, asked: str) -> str | None:
        """Give the item that a name stands for, in whatever letters; else None."""
        return self.surnames.get(asked) or self._in_small.get(asked.casefold())

    def spellings(self, item: str) -> list[str]:
        """Give the counted forms of all words that an item may be spelled with."""
        named = [name for name, one in self.names.items() if one == item]
        full = [
            " ".join(map(counted_form, name.replace(".", "").split())) for name in named
        ]
        alone = [one for one, whom in self.surnames.items() if whom == item]
        return [*full, *alone] or [item, *(british(item) if self.alike else ())]

    def _name(self, word: str) -> str | None:
        return self._spelled.get(_POSSESSIVE.sub("", word)) if JOINT in word else None

    @cached_property
    def _spelled(self) -> dict[str, str]:
        return {_joint(name): item for name, item in self.names.items()}

    @cached_property
    def _in_small(self) -> dict[str, str]:
        spelled = {name.casefold(): item for name, item in self.names.items()}
        return spelled | {item.casefold(): item for item in self.names.values()}


def american(form: str) -> str:
    """Give the American spelling of a word in small letters, if it has another.

    >>> [american(form) for form in ("defence", "organising", "organism", "travelled")]
    ['defense', 'organizing', 'organism', 'traveled']
    """
    return next(_respelled(form, 0), form)


def british(form: str) -> list[str]:
    """Give the British spellings that count as a word in small letters."""
    return [*_respelled(form, 1)]


def _respelled(form: str, way: int) -> Iterator[str]:
    for end in range(len(form), 3, -1):
        for endings, *spelled in _spellings():
            if form[:end] in spelled[way] and endings.fullmatch(form[end:]):
                yield spelled[way][form[:end]] + form[end:]


@cache
def _spellings() -> list[tuple[re.Pattern[str], dict[str, str], dict[str, str]]]:
    """Give what may follow stems, American stems by British ones, and the reverse."""
    listed = read_list("spellings")
    kinds = [
        (r"[a-z]*", [pair.split() for pair in listed["stems"]]),
        (r"s?", [pair.split() for pair in listed["words"]]),
        (
            r"e[srd]?|ers|ing|ations?|able",
            [(stem + "is", stem + "iz") for stem in listed["ise"]],
        ),
        (r"ed|ing|[eo]rs?", [(stem + stem[-1], stem) for stem in listed["doubled"]]),
    ]
    return [
        (re.compile(endings), dict(pairs), {there: here for here, there in pairs})
        for endings, pairs in kinds
    ]


def _joint(name: str) -> str:
    return name.replace(" ", JOINT).replace(".", JOINT)


def joined_names(texts: pl.Series) -> JoinedNames:
    """Find the names of several words that texts have in common.

    A name is a row of words with capitals inside a sentence, without the titles,
    nationalities and acronyms before it. It stands in `FEWEST` texts, and its words
    stand mostly together. A surname stands for a full name where the texts have it
    behind one given name only.

    >>> told = [f"{word} Boris Orr rang the White House." for word in "aeiou"]
    >>> found = joined_names(pl.Series([*told, "Mr Orr stays."]))
    >>> sorted(found.names), found.surnames
    (['Boris Orr', 'White House'], {'orr': 'Boris Orr'})
    """
    spelled: dict[str, set[str]] = defaultdict(set)
    many: dict[str, int] = defaultdict(int)
    for runs in texts.str.extract_all(_RUN).to_list():
        here = {name for run in runs or () for name in _names_in(run)}
        for name in here:
            spelled[_without_initials(name)].add(name)
        for item in {_without_initials(name) for name in here}:
            many[item] += 1
    found = {item: number for item, number in many.items() if number >= FEWEST}
    if not found:
        return JoinedNames(alike=True)
    words = _articles_with(texts, rf"\b{_WORD}")
    chosen = [
        item
        for item, number in found.items()
        if number >= TOGETHER * min(words.get(word, 0) for word in _long(item))
    ]
    names = {name: item for item in chosen for name in spelled[item]}
    surnames = _surnames(texts, set(chosen), found, words)
    return JoinedNames(names, surnames, alike=True)


def _without_initials(name: str) -> str:
    """Give a name without the initials inside it: *John F. Kerry* is *John Kerry*."""
    return re.sub(r" (?:[A-Z]\. )+", " ", name)


def _surnames(
    texts: pl.Series,
    names: set[str],
    found: Mapping[str, int],
    words: Mapping[str, int],
) -> dict[str, str]:
    """Give the surnames of people who alone bear them here."""
    bearers: dict[str, list[str]] = defaultdict(list)
    for name in found:
        bearers[name.split()[-1]].append(name)
    chosen = {}
    for surname, full in bearers.items():
        name = max(full, key=lambda one: (found[one], one))
        alone = found[name] >= ONE_BEARER * sum(found[one] for one in full)
        if alone and name in names and name.split()[0].lower() in _given():
            chosen[surname] = name
    small = _articles_with(texts, r"\b[a-z]{2,}\b") if chosen else {}
    titled = _articles_with(texts, _TITLED) if chosen else {}
    other: dict[str, int] = defaultdict(int)
    for words_before, number in titled.items():
        title, surname = words_before.split(" ", 1)
        gender = "m" if title.lower().strip(".") in MALE else "f"
        if gender_of_name(chosen.get(surname, "")) not in ("", gender):
            other[surname] += number  # Mr. Stone, where Ada Stone is named
    return {
        counted_form(surname): name
        for surname, name in chosen.items()
        if small.get(surname.lower(), 0) <= SMALL * words.get(surname, 0)
        and other[surname] <= (1 - ONE_BEARER) * words.get(surname, 0)
    }


def _articles_with(texts: pl.Series, pattern: str) -> dict[str, int]:
    """Give how many texts have each match of a pattern."""
    matches = texts.str.extract_all(pattern).list.unique().explode().drop_nulls()
    counted = matches.alias("match").value_counts(name="articles")
    return dict(zip(counted["match"], counted["articles"], strict=True))


@lru_cache(maxsize=65_536)
def _names_in(run: str) -> frozenset[str]:
    """Give the names in a row of capitals, its first word being what stands before."""
    piece: list[str] = []
    found = set()
    for word in [*run.split()[1:], ""]:
        ends = word != _POSSESSIVE.sub("", word)
        if word and word not in _calendar():
            piece.append(_POSSESSIVE.sub("", word))
        if ends or not word or word in _calendar():
            name = _bare(piece)
            if len(_long(" ".join(name))) > 1:
                found.add(" ".join(name))
            piece = []
    return frozenset(found)


def _bare(words: list[str]) -> list[str]:
    """Take off titles, nationalities, acronyms; nothing is left of a role."""
    first = 0
    for place, word in enumerate(words):
        low = word.lower().rstrip(".")
        last = place == len(words) - 1
        if (low in COURTESY or low in ROLES) and not last:
            first = place + 1
        elif low in _given() and not last and place:
            first = place
    words = words[first:]
    while words and (words[0].isupper() or words[0] in _nationalities()):
        words = words[1:]
    words = words[1:] if words[:1] == ["The"] else words
    return [] if not words or words[-1].lower() in ROLES else words


def _long(name: str) -> list[str]:
    """Give the words of a name that are no initials and no particles."""
    return [word for word in name.split() if word[0].isupper() and len(word) > 2]


@cache
def _given() -> frozenset[str]:
    return words_of("given_names", "male") | words_of("given_names", "female")


@cache
def _nationalities() -> frozenset[str]:
    states = read_list("states")["states"]
    return frozenset(name for names, _ in states.values() for name in names)


@cache
def _calendar() -> frozenset[str]:
    return words_of("calendar", "weekdays") | words_of("calendar", "months")
