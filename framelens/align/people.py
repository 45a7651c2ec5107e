"""People and bodies: what a name in one article means among all articles.

Every name is read from the texts themselves, without the parse: its words, the office
before or behind it, and which other names stand beside it. Forms of one name are joined
over the corpus; a surname alone means whom its article names in full, else whom the
articles of its event, its time and its company name, else nobody else than itself.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from framelens._layers import ACTORS, Layer
from framelens.align.spoken_for import SpokenFor
from framelens.annotate.actor_nouns import gender_of_name
from framelens.annotate.entities import known_actors
from framelens.annotate.named import is_given, names_in
from framelens.annotate.names import given_alike, read_name, sound_of
from framelens.annotate.source_types import source_type_of
from framelens.read.stated import alias_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from framelens.annotate.entities import Known
    from framelens.annotate.named import NameRead, NamesOfArticle
    from framelens.annotate.offices import Office

    Key = tuple[str, ...]

NAME_COLUMNS = [
    "article",
    "name",
    "actor",
    "sure",
    "kind",
    "source_type",
    "affiliation",
]
"""One row per article and name in it, as `framelens.annotate.actors.key_of` writes it:
whom it means in the corpus, whether nobody else may be meant, what that is (``person``,
where the articles leave no doubt of it, or ``body``, else missing), the source type
that they tell, and the state or body for which it speaks in this article, "" where that
is over; else missing. The row without a name has the state that the article is at home
in: whose *president* it means."""

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


@dataclass
class Person:
    """One person of the corpus: forms of the name, where they stand, what is told."""

    forms: set[Key]
    suffix: str
    printed: Counter[str] = field(default_factory=Counter)
    articles: set[int] = field(default_factory=set)
    types: Counter[str] = field(default_factory=Counter)
    titles: Counter[str] = field(default_factory=Counter)
    offices: list[tuple[int, Office]] = field(default_factory=list)
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
        return bool(told or any(is_given(form[0]) for form in self.forms))

    @property
    def source_type(self) -> str | None:
        """What is told of the person most often; None where nothing is."""
        return self.types.most_common(1)[0][0] if self.types else None


def names(
    articles: pd.DataFrame, *, actors: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Say of every name in every article whom it means in the whole corpus.

    See `NAME_COLUMNS`. Of the articles ``text``, ``event`` and ``date`` are read; the
    analyst's table of `actors` wins.
    """
    read = [names_in(text) for text in articles["text"].tolist()]
    told = _Corpus(read, articles, known_actors(actors))
    rows = [
        (article, " ".join(name), *meant)
        for number, article in enumerate(articles["article"].tolist())
        for name, meant in (((), told.home_of(number)), *told.meant_in(number))
    ]
    table = pd.DataFrame(rows, columns=NAME_COLUMNS, dtype=object)
    return table.astype({"sure": bool})


class _Corpus:
    """The people of a corpus, and whom each name means in each article."""

    def __init__(
        self,
        read: list[NamesOfArticle],
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
        outlets = articles["outlet"].tolist() if "outlet" in articles else missing
        self._owners = SpokenFor(read, outlets, self._days, self._named)
        for number, one in enumerate(read):  # what "President Orr" tells of Ann Orr
            for (surname,), alone in one.alone.items():
                told = [it for it in alone if it.type or it.office.tells]
                fits = self._candidates(surname, number, alone)[0] if told else []
                meant = self._chosen(fits, number, alone)[0]
                if meant is not None:
                    meant.types.update(it.type for it in told if it.type)
                    offices = (it.office for it in told if it.office.tells)
                    meant.offices += [(number, office) for office in offices]

    def _join(
        self, alike: list[tuple[Key, str]], forms: dict[tuple[Key, str], list[int]]
    ) -> None:
        """Join the forms of names whose surnames sound alike."""
        tails = {name: (name[0][1:], name[1]) for name in alike if len(name[0]) > 2}
        tails = {
            name: tail
            for name, tail in tails.items()
            if len(forms.get(tail, ())) >= len(forms[name]) and not is_given(name[0][0])
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
            one.offices += [(number, it.office) for it in read if it.office.tells]
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

    def _rare(self, one: NamesOfArticle) -> frozenset[tuple[Key, str]]:
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
            yield name, self._told(self._chosen(fits, number, read), number, read)
        for words, read in one.alone.items():
            fits, several = self._candidates(words[0], number, read)
            person, sure = self._chosen(fits, number, read)
            if fits or several or any(it.office.tells for it in read):
                chosen = person, sure and not several
                yield words, self._told(chosen, number, read)
        for short in self._bodies:
            if short in one.short:
                yield (
                    (short.casefold(),),
                    (self._bodies[short], True, "body", None, None),
                )

    def home_of(self, number: int) -> tuple[object, ...]:
        """Give the state that an article is at home in."""
        return "", True, "state", None, self._owners.home(number)

    def _told(
        self, chosen: tuple[Person | None, bool], number: int, read: list[NameRead]
    ) -> tuple[object, ...]:
        (person, sure), printed = chosen, read[0].printed
        forms = person.printed if person is not None else {}
        stated = (self._table.get(alias_key(one)) for one in (printed, *forms))
        known = next((one for one in stated if one and one.actor), None)
        if known is not None and (alias_key(known.alias) == alias_key(printed) or sure):
            kind, told = known.kind, known.source_type or source_type_of(known.position)
            told = told or (person.source_type if person is not None else None)
            return known.actor, True, kind or "person", told, known.affiliation
        if person is None:
            offices = [(number, it.office) for it in read if it.office.tells]
            owner = self._owners.of(offices, number, printed)
            return printed, sure, None, None, owner
        kind = "person" if person.is_sure else None
        owner = self._owners.of(person.offices, number, person.label)
        return person.label, sure, kind, person.source_type, owner

    def _named(self, name: str, number: int) -> Person | None:
        """Give the person whom an article names so, in full or by the surname."""
        words = read_name(name).words
        one = self._read[number]
        if not any(words[-1:] == full[-1:] for full, _ in one.full):
            return None
        fits, _ = self._candidates(words[-1], number, one.alone.get(words[-1:], []))
        return self._chosen(fits, number, [])[0]

    def _candidates(
        self, surname: str, number: int, read: list[NameRead]
    ) -> tuple[list[Person], bool]:
        """Give whom a surname alone may mean, and if this article names several."""
        alike = self._by_sound.get(sound_of(surname), [])
        people = [
            one for one in alike if any(form[-1] == surname for form in one.forms)
        ] or alike
        gender = next((it.gender for it in read if it.gender), "")
        fits = [one for one in people if not one.suffix] or people
        named = fits
        fits = [one for one in fits if not gender or one.gender in ("", gender)]
        if named and not fits:
            return [], True  # Mr. Orr, where only Ann Orr is named in full
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
        self, fits: Sequence[Person], number: int, read: list[NameRead]
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
    version="2",
    whole=True,
    by_event=True,
)
