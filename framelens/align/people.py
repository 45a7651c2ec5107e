"""People and bodies: what a name in one article means among all articles.

Every name is read from the texts themselves, without the parse: its words, the office
before or behind it, and which other names stand beside it. Forms of one name are joined
over the corpus; a surname alone means whom its article names in full, else whom the
articles of its event, its time and its company name, else nobody else than itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from framelens._layers import ACTORS, Layer
from framelens._lists import words_of
from framelens.annotate.actor_nouns import (
    FEMALE,
    MALE,
    body_of,
    gender_of_name,
    noun_kind,
    role_of,
    state_of,
)
from framelens.annotate.entities import known_actors
from framelens.annotate.names import (
    Name,
    given_alike,
    name_words,
    read_name,
    sound_of,
)
from framelens.annotate.source_types import (
    role_type,
    source_type_of,
    title_type,
)
from framelens.read.stated import alias_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from framelens.annotate.entities import Known

    Key = tuple[str, ...]

NAME_COLUMNS = ["article", "name", "actor", "sure", "kind", "source_type", "state"]
"""One row per article and name in it, as `framelens.annotate.actors.key_of` writes it:
whom it means in the corpus, whether nobody else may be meant, what that is (``person``,
where the articles leave no doubt of it, or ``body``, else missing) and the source type
and the state that they tell, else missing."""

MORE, FAR_MORE = 2.0, 4.0
"""A surname alone means one of several people where this many times more tells for them
than for any other; from the second value on, surely."""

_FEW = 3
"""Articles that name somebody in full before a surname alone in another article means
them, where neither the event nor the company tells."""

_SHARE = 0.02
"""Of all articles; as `_FEW`, for large corpora."""

_COMPANY = 2
"""Names that few articles hold, and both of these do."""

_RARE = 0.1
"""Share of the articles that hold a name, from which it is no company."""

_DAYS = 365
"""Articles farther apart tell a quarter as much."""

_AT_EVENT, _BESIDE = 20, 10
"""How much more it tells if all articles of the event name somebody in full, and if all
articles do that hold the same rare names."""

_WORD = (
    r"(?:(?:[^\W\d_a-z]\.)+|(?:Mr|Mrs|Ms|Dr|Sen|Sens|Rep|Reps|Gov|Gen|Lt|Col|Sgt|Prof"
    r"|Rev|Adm|Capt|Cmdr|Maj|St|Jr|Sr)\.|[^\W\d_a-z][^\W_]*(?:[-&][^\W_]+|['’](?!s\b)"
    r"[^\W_]+)*)"
)
_SMALL = "|".join(sorted(words_of("names", "particles") - {"e", "y", "as"}))
_RUN = re.compile(
    rf"(?<![\w'’]){_WORD}(?:(?:[^\S\n]+(?:{_SMALL}))*[^\S\n]+{_WORD})*(?!\w)"
)
_JOINED = re.compile(
    r"(?<![\w'’])([A-Z][a-z]+)(?:, ([A-Z][a-z]+))? (?:and|&) ([A-Z][a-z]+) "
    r"((?:[A-Z][\w’'-]+))"
)
_SHORTENED = re.compile(
    r"((?:[A-Z][\w&’'-]*\s+|(?:of|for|and|the|on|in|to|&)\s+){2,12})"
    r"\([\"“]?([A-Z][A-Z]{1,6})[\"”]?\)"
)
_TOKEN = re.compile(r"\S+")
_NO_NAME = (
    (
        words_of("openers")
        | words_of("function_words")
        | {
            word.lower()
            for part in ("weekdays", "months")
            for word in words_of("calendar", part)
        }
    )
    - words_of("names", "particles")
    - {"may", "will", "april", "june", "august"}
)
_OFFICES = words_of("actor_nouns", "portfolios") | {"state"}
_ARTICLES_IN = {"the", "a", "an"}
_MEDIA = words_of("actor_nouns", "media")
_LONGEST = 4
"""Words of a person's name."""
_SUFFIXES = words_of("names", "suffixes")
_BEFORE, _BEHIND = 70, 90
_LAST_STOP = re.compile(r"[.;:!?\n\"“”—(\]]")
_APPOSED = re.compile(
    r"(?:, \d\d)?(?:,? (?:who|which) (?:is|was|serves as|served as) |, |\s*\()"
    r"(?=(?:an?|the|former|then|chief|senior|executive)\b|\w+['’]s\b|[\w-]+)"
    r"([^.;:!?\n\"“”)]{3,})"
)
_HEAD = re.compile(r",|\b(?:of|for|at|from|with|in|to|on|by|who|that|and)\b")
_LEADS = {"a", "an", "the", "former", "then", "chief", "senior", "executive"}
_NEAR = 2
"""Words before the role that opens an apposition without an article."""

_PARTY = re.compile(r"\s*,?\s*\(?[RD]\s?[-–—]\s?[A-Z]")


class _Read(NamedTuple):
    """A name where it stands: its words, as printed, and what is said of it there."""

    words: Key
    suffix: str
    printed: str
    title: str
    gender: str
    type: str | None
    state: str | None = None


@dataclass
class Person:
    """One person of the corpus: forms of the name, where they stand, what is told."""

    forms: set[Key]
    suffix: str
    printed: Counter[str] = field(default_factory=Counter)
    articles: set[int] = field(default_factory=set)
    types: Counter[str] = field(default_factory=Counter)
    titles: Counter[str] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    gender: str = ""
    events: Counter[str] = field(default_factory=Counter)
    days: list[int] = field(default_factory=list)
    company: Counter[tuple[Key, str]] = field(default_factory=Counter)

    @property
    def label(self) -> str:
        """The form that most articles print, of these the longest."""
        return max(
            self.printed.items(), key=lambda it: (" " in it[0], it[1], len(it[0]), it)
        )[0]

    @property
    def is_sure(self) -> bool:
        """Whether this is surely a person: a given name, a title or an office tells."""
        told = self.gender or self.titles or self.types
        return bool(told or any(_is_given(form[0]) for form in self.forms))

    @property
    def state(self) -> str | None:
        """The state of the person's office, where articles do not differ on it."""
        return next(iter(self.states)) if len(self.states) == 1 else None

    @property
    def source_type(self) -> str | None:
        """What is told of the person most often; None where nothing is."""
        return self.types.most_common(1)[0][0] if self.types else None


@dataclass
class _Article:
    """What one article holds: names in full, surnames alone, short forms of bodies."""

    full: dict[tuple[Key, str], list[_Read]]
    alone: dict[Key, list[_Read]]
    short: dict[str, str]


def names(
    articles: pd.DataFrame, *, actors: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Say of every name in every article whom it means in the whole corpus.

    See `NAME_COLUMNS`. Of the articles ``text``, ``event`` and ``date`` are read; the
    analyst's table of `actors` wins.
    """
    read = [_in_article(text) for text in articles["text"].tolist()]
    told = _Corpus(read, articles, known_actors(actors))
    rows = [
        (article, " ".join(name), *meant)
        for number, article in enumerate(articles["article"].tolist())
        for name, meant in told.meant_in(number)
    ]
    table = pd.DataFrame(rows, columns=NAME_COLUMNS, dtype=object)
    return table.astype({"sure": bool})


def _in_article(text: str) -> _Article:
    """Read the names of one article."""
    full: dict[tuple[Key, str], list[_Read]] = defaultdict(list)
    alone: dict[Key, list[_Read]] = defaultdict(list)
    found = [
        (start, run, read)
        for match in _RUN.finditer(text)
        for start, run in _runs(match)
        if (read := read_name(run)).kind in ("person", "word")
    ]
    lone = {read.words[0] for *_, read in found if len(read.words) == 1}
    for start, run, read in found:
        words = _without_lead(read.words, run, lone, text)
        if not _may_be_name(run, words):
            continue
        one = _read(text, start, start + len(run), run, read._replace(words=words))
        if len(words) > 1:
            full[words, one.suffix].append(one)
        else:
            alone[words].append(one)
    surnames = {words[-1] for words, _ in full}
    for match in _JOINED.finditer(text):  # Jan and Nadia Roth
        *given, surname = match.groups()
        last = (name_words(surname) or [""])[-1]
        for name in filter(None, given):
            words = (*name_words(name), last)
            known = words[0] in surnames or state_of(name, capitals=True)
            twice = len(alone.get(words[:1], ())) > 1 and not _is_given(words[0])
            if (last,) in alone and not known and not twice:
                printed = f"{name} {surname}"
                full.setdefault((words, ""), []).append(
                    _Read(words, "", printed, "", gender_of_name(printed), None)
                )
    short = {
        match[2]: _shortened(match[1], match[2]) for match in _SHORTENED.finditer(text)
    }
    return _Article(full, alone, {one: name for one, name in short.items() if name})


def _runs(match: re.Match[str]) -> Iterator[tuple[int, str]]:
    """Part a run of capitals at words that are in no name: *On Friday Ann Orr*."""
    text, start, end = match.group(), 0, 0
    for word in _TOKEN.finditer(text):
        low = word.group().lower()
        if low in _NO_NAME or (low in _ARTICLES_IN and word.start() == start):
            if start < end:
                yield match.start() + start, text[start:end]
            start = end = word.end() + 1
        elif low in _OFFICES and text.startswith(word.group()) and _after_of(match):
            start = end = word.end() + 1  # Secretary of State Ann Orr
        else:
            end = word.end()
    if start < end:
        yield match.start() + start, text[start:end]


def _after_of(match: re.Match[str]) -> bool:
    return match.string[max(0, match.start() - 4) : match.start()].endswith("of ")


def _without_lead(words: Key, run: str, lone: set[str], text: str) -> Key:
    """Leave out words before a name that are no part of it: *Team Orr*, *Key Orr*.

    They are nouns, states, words that the article also has in small letters, or another
    name alone, where the name behind them stands alone too (*Orr Stone*).
    """
    first = run.split()[0]
    if len(words) > 2 and title_type(" ".join(run.split()[:-2])):
        return words[-2:]  # Majority Whip Ann Orr
    led = name_words(first)[:1] == list(words[:1])
    if len(words) > 1 and led and state_of(first) not in (None, first):
        return words[len(name_words(first)) :] or words  # U.S. Orr
    for place in range(len(words) - 2, -1, -1):
        word = words[place]
        if _is_given(word):
            continue
        noun = body_of(word) or role_of(word) or state_of(word.title())
        other = word in lone and words[-1] in lone
        if noun or other or f" {word} " in text:
            return words[place + 1 :]
    return words


def _may_be_name(run: str, words: Key) -> bool:
    """Whether words with capitals can be somebody's name."""
    last = words[-1]
    thing = last in _MEDIA or noun_kind(last) in ("body", "document")
    if len(words) > 1 and thing and not _is_given(words[0]):
        return False  # York Times
    loud = run.isupper() and len(words) > 1
    lone = len(words) == 1 and (len(words[0]) < 2 or state_of(run, capitals=True))
    return not loud and not lone and len(words) <= _LONGEST and len(words[-1]) > 1


def _shortened(before: str, short: str) -> str | None:
    """Give the name before its initials in brackets, if it is theirs."""
    words = before.split()
    for first in range(len(words) - 1, -1, -1):
        name = " ".join(words[first:])
        loud = [word for word in words[first:] if word[:1].isupper()]
        if words[first][:1].isupper() and short == "".join(w[0] for w in loud):
            return name
    return None


def _read(text: str, start: int, end: int, run: str, read: Name) -> _Read:
    """Read one name with the words before and behind it."""
    title, printed = _parted(run, read)
    before = _LAST_STOP.split(text[max(0, start - _BEFORE) : start])[-1] + title
    party = _PARTY.match(text, end)
    behind = _APPOSED.match(text[end : end + _BEHIND])
    kind = "legislator" if party else _before(before)
    kind = kind or (_behind(behind[1]) if behind else None)
    courtesy = {word.lower() for word in title.split()}
    gender = "m" if courtesy & MALE else "f" if courtesy & FEMALE else ""
    gender = gender or gender_of_name(printed)
    office = next(
        (role for word in reversed(title.split()) if (role := role_of(word))), ""
    )
    state = _owner(before)
    return _Read(read.words, read.suffix, printed, office, gender, kind, state)


def _owner(before: str) -> str | None:
    """Give the state whose office stands right before a name: *Italy's president*."""
    words = before.rstrip(" ,").split()
    while words and (
        role_of(words[-1]) or words[-1].lower().strip(".") in _TITLES | _OFFICES
    ):
        if state_of(words[-1]) is not None:
            break
        words.pop()
    apart = len(words) < len(before.split())
    return state_of(re.sub(r"['’]s?$", "", words[-1])) if words and apart else None


def _before(words: str) -> str | None:
    """Give the type that the words right before a name tell: *the mayor, Ann Orr*."""
    told = words.rstrip(" ,")
    apart = told.rpartition(",")[2]
    last = (apart.split() or [""])[-1].strip(".'").lower()
    titled = title_type(apart) if role_of(last) or last in _TITLES else None
    apposed = words.rstrip().endswith(",")
    return titled or (role_type(apart) if apposed else None)


def _is_role(word: str) -> bool:
    """Whether a word says what somebody is: *mayor*, *demonstrator*."""
    return role_of(word) is not None or noun_kind(word.lower()) == "person"


_TITLES = words_of("names", "titles") - words_of("names", "small")


def _behind(words: str) -> str | None:
    """Give the type that an apposition tells: *Ann Orr, the mayor of Riverton*."""
    first = _HEAD.split(words)[0].split()
    told = [place for place, word in enumerate(first) if _is_role(word)]
    lead = first[:1] if first else []
    opened = lead and (lead[0].lower() in _LEADS or lead[0].endswith(("'s", "’s")))
    return role_type(words) if told and (opened or told[0] < _NEAR) else None


def _parted(run: str, read: Name) -> tuple[str, str]:
    """Part a run of capitals into what stands before a name, and the name."""
    words = run.split(" ")
    for first in range(len(words) - 1, -1, -1):
        inside = name_words(" ".join(words[first:]))
        if all(word in inside for word in read.words):
            while first and words[first - 1].lower() in words_of("names", "particles"):
                first -= 1
            return " ".join([*words[:first], ""]).strip(), " ".join(words[first:])
    return "", run


class _Corpus:
    """The people of a corpus, and whom each name means in each article."""

    def __init__(
        self,
        read: list[_Article],
        articles: pd.DataFrame,
        table: Mapping[str, Known],
    ) -> None:
        self._read, self._table = read, table
        missing = [None] * len(articles)
        self._events: list[Any] = (
            articles["event"].tolist() if "event" in articles else missing
        )
        self._at_event = Counter(self._events)
        self._days = _days(articles)
        self._by_name: dict[tuple[Key, str], list[Person]] = {}
        self._by_sound: dict[str, list[Person]] = defaultdict(list)
        self._by_first: dict[str, list[Person]] = defaultdict(list)
        self._holding = Counter(
            name for one in read for name in {*one.full, *((w, "") for w in one.alone)}
        )
        forms: dict[tuple[Key, str], list[int]] = defaultdict(list)
        for number, one in enumerate(read):
            for name in one.full:
                forms[name].append(number)
        by_sound: dict[str, list[tuple[Key, str]]] = defaultdict(list)
        for name in forms:
            by_sound[sound_of(name[0][-1])].append(name)
        for alike in by_sound.values():
            self._join(alike, forms)
        self._company = [self._rare(one) for one in read]
        self._bodies = self._shortened()
        people = (person for some in self._by_name.values() for person in some)
        for person in {id(person): person for person in people}.values():
            self._place(person)
        for number, one in enumerate(read):  # what "President Orr" tells of Ann Orr
            for (surname,), alone in one.alone.items():
                told = [it for it in alone if it.type]
                fits = self._candidates(surname, number, alone)[0] if told else []
                meant = self._chosen(fits, number, alone)[0]
                if meant is not None:
                    meant.types.update(it.type for it in told if it.type)
                    meant.states.update(it.state for it in told if it.state)

    def _join(
        self, alike: list[tuple[Key, str]], forms: dict[tuple[Key, str], list[int]]
    ) -> None:
        """Join the forms of names whose surnames sound alike."""
        tails = {name: (name[0][1:], name[1]) for name in alike if len(name[0]) > 2}
        tails = {
            name: tail
            for name, tail in tails.items()
            if len(forms.get(tail, ())) >= len(forms[name])
            and not _is_given(name[0][0])
        }
        alike.sort(  # a tail before what ends in it
            key=lambda it: (
                it in tails,
                len(it[0]) if it in tails else -len(it[0]),
                -len(forms[it]),
                it,
            )
        )
        people: list[Person] = []
        for name in alike:
            words, suffix = name
            if name in tails:  # Nervous Ann Orr
                self._by_name[name] = self._by_name[tails[name]]
                for one in self._by_name[name][:1]:
                    one.articles.update(forms[name])
                continue
            fits = [
                one
                for one in people
                if one.suffix == suffix
                and all(same_given(words, other) for other in one.forms)
            ]
            if not fits:
                fits = [Person({words}, suffix)]
                people += fits
            self._by_name[name] = fits
            if len(fits) == 1:
                fits[0].forms.add(words)
                self._learn(fits[0], name, forms[name])
        for one in people:
            self._by_sound[sound_of(alike[0][0][-1])].append(one)
            for first in {words[0] for words in one.forms}:
                self._by_first[first].append(one)

    def _learn(self, one: Person, name: tuple[Key, str], where: list[int]) -> None:
        one.articles.update(where)
        for number in where:
            read = self._read[number].full[name]
            one.printed[read[0].printed] += 1
            one.types.update(it.type for it in read if it.type)
            one.states.update(it.state for it in read if it.state)
            one.titles.update(it.title for it in read if it.title)
            one.gender = one.gender or next((it.gender for it in read if it.gender), "")

    def _place(self, one: Person) -> None:
        """Enter when, at which events and in whose company articles name a person."""
        for number in one.articles:
            one.company.update(self._company[number])
            event, day = self._events[number], self._days[number]
            one.events.update([event] if isinstance(event, str) else [])
            one.days += [] if day is None else [day]
        one.days.sort()

    def _shortened(self) -> dict[str, str]:
        """Give the bodies' full names by the short ones that mean one everywhere."""
        told: dict[str, Counter[str]] = defaultdict(Counter)
        for one in self._read:
            for short, name in one.short.items():
                told[short][name] += 1
        return {
            short: full.most_common(1)[0][0]
            for short, full in told.items()
            if full.most_common(1)[0][1] >= FAR_MORE / (FAR_MORE + 1) * full.total()
        }

    def _rare(self, one: _Article) -> frozenset[tuple[Key, str]]:
        """Give the names of an article that few others hold."""
        most = max(_FEW, _RARE * len(self._read))
        held = {*one.full, *((words, "") for words in one.alone)}
        return frozenset(name for name in held if 1 < self._holding[name] <= most)

    def meant_in(self, number: int) -> Iterator[tuple[Key, tuple[object, ...]]]:
        """Give the names of an article, each with whom it means, surely or not."""
        one = self._read[number]
        for (words, suffix), read in one.full.items():
            name = (*words, *filter(None, [suffix]))
            fits = self._by_name[words, suffix]
            yield name, self._told(self._chosen(fits, number, read), read[0].printed)
        for words, read in one.alone.items():
            fits, several = self._candidates(words[0], number, read)
            person, sure = self._chosen(fits, number, read)
            if fits:
                yield words, self._told((person, sure and not several), read[0].printed)
        for short in self._bodies:
            if short in one.short:
                yield (
                    (short.casefold(),),
                    (self._bodies[short], True, "body", None, None),
                )

    def _told(
        self, chosen: tuple[Person | None, bool], printed: str
    ) -> tuple[object, ...]:
        person, sure = chosen
        forms = person.printed if person is not None else {}
        stated = (self._table.get(alias_key(one)) for one in (printed, *forms))
        known = next((one for one in stated if one and one.actor), None)
        if known is not None and (alias_key(known.alias) == alias_key(printed) or sure):
            kind, told = known.kind, known.source_type or source_type_of(known.position)
            told = told or (person.source_type if person is not None else None)
            return known.actor, True, kind or "person", told, known.affiliation
        if person is None:
            return printed, sure, None, None, None
        kind = "person" if person.is_sure else None
        return person.label, sure, kind, person.source_type, person.state

    def _candidates(
        self, surname: str, number: int, read: list[_Read]
    ) -> tuple[list[Person], bool]:
        """Give whom a surname alone may mean, and if this article names several."""
        alike = self._by_sound.get(sound_of(surname), [])
        people = [
            one for one in alike if any(form[-1] == surname for form in one.forms)
        ] or alike
        gender = next((it.gender for it in read if it.gender), "")
        fits = [one for one in people if not one.suffix] or people
        fits = [one for one in fits if not gender or one.gender in ("", gender)] or fits
        most = max((len(one.articles) for one in fits if one.is_sure), default=0)
        fits = [
            one for one in fits if one.is_sure or most < FAR_MORE * len(one.articles)
        ]
        here = [one for one in fits if number in one.articles]
        if not fits and not gender_of_name(f"{surname} -"):  # Xi, of Xi Jinping
            people = self._by_first.get(surname, [])
            here = [one for one in people if number in one.articles]
            fits = here or [one for one in people if len(one.articles) >= _FEW]
        return (here or fits), len(here) > 1

    def _chosen(
        self, fits: Sequence[Person], number: int, read: list[_Read]
    ) -> tuple[Person | None, bool]:
        """Choose whom a name means in an article, if anything tells."""
        if len(fits) == 1 and (
            number in fits[0].articles or self._tells(fits[0], number)
        ):
            return fits[0], True
        if len(fits) < 2:
            return None, True
        titles = {it.title for it in read if it.title}
        scores = [self._score(one, number, titles) for one in fits]
        first, second, *_ = sorted(scores, reverse=True)
        best = fits[scores.index(first)]
        if first >= MORE * second and self._tells(best, number):
            return best, first >= FAR_MORE * second
        return None, False

    def _tells(self, one: Person, number: int) -> bool:
        """Whether enough articles name somebody for a surname alone to mean them."""
        if len(one.articles) >= max(_FEW, _SHARE * len(self._read)):
            return True
        event = self._events[number]
        beside = sum(name in one.company for name in self._company[number])
        return beside >= _COMPANY or (isinstance(event, str) and event in one.events)

    def _score(self, one: Person, number: int, titles: set[str]) -> float:
        """Say how much tells for a person: articles near in time, event and company."""
        day, many = self._days[number], len(one.articles)
        near = many
        if day is not None and one.days:
            first = bisect_left(one.days, day - _DAYS)
            near = bisect_right(one.days, day + _DAYS) - first
        score = near + (many - near) / 4
        event, beside = self._events[number], self._company[number]
        known = sum(one.company[name] / self._holding[name] for name in beside)
        score *= (
            1
            + _AT_EVENT * one.events[event] / max(1, self._at_event[event])
            + _BESIDE * known / max(1, len(beside))
        )
        if titles:
            said = sum(one.titles[title] for title in titles)
            score *= 0.25 + said / max(1, one.titles.total())
        return score


def _is_given(word: str) -> bool:
    """Whether a word is a common given name, or an initial."""
    return len(word) == 1 or gender_of_name(f"{word} -") != ""


def same_given(one: Key, other: Key) -> bool:
    """Whether two names with one surname may be one person's.

    >>> same_given(("mike", "orr"), ("michael", "b", "orr"))
    True
    >>> same_given(("george", "w", "orr"), ("george", "h", "w", "orr"))
    False
    """
    genders = {gender_of_name(" ".join(name)) for name in (one, other)} - {""}
    if len(genders) > 1:
        return False
    short, long = sorted((one[:-1], other[:-1]), key=len)
    if len(short) > 1:
        return all(map(given_alike, short, long))
    if given_alike(short[0], long[0]):
        return True
    return len(short[0]) > 1 and short[0] in long


def _days(articles: pd.DataFrame) -> list[int | None]:
    """Give the day of each article as a number, None without one."""
    if "date" not in articles:
        return [None] * len(articles)
    days = pd.to_datetime(
        articles["date"].astype(object).astype("string").str[:10],
        format="%Y-%m-%d",
        errors="coerce",
    )
    return [None if pd.isna(day) else day.toordinal() for day in days]


NAMES = Layer(
    "names",
    tuple(NAME_COLUMNS),
    names,
    needs=(ACTORS,),
    whole=True,
    by_event=True,
)
