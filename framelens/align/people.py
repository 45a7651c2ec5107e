"""People and bodies: what a name in one article means among all articles.

Every name is read from the texts themselves, without the parse: its words, the office
before or behind it, and which other names stand beside it. Forms of one name are joined
over the corpus; a surname alone means whom its article names in full, else whom the
articles of its event, its time and its company name, else nobody else than itself.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from framelens._layers import ACTORS, Layer
from framelens.align.spoken_for import SpokenFor
from framelens.annotate.actor_nouns import gender_of_name
from framelens.annotate.entities import known_actors
from framelens.annotate.named import Reads, is_given
from framelens.annotate.names import given_alike, read_name, sound_of
from framelens.annotate.source_types import source_type_of
from framelens.read.aside import each
from framelens.read.stated import alias_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy.typing as npt

    from framelens.annotate.entities import Known
    from framelens.annotate.named import NameRead, NamesOfArticle
    from framelens.annotate.offices import Office

    Key = tuple[str, ...]
    Numbers = npt.NDArray[np.int32]

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


class Fact(NamedTuple):
    """What one article says of a full name; what several say alike is one."""

    printed: str
    types: tuple[str, ...]
    offices: tuple[Office, ...]
    titles: tuple[str, ...]
    gender: str


@dataclass(slots=True)
class Person:
    """One person of the corpus: forms of the name, where they stand, what is told."""

    forms: set[Key]
    suffix: str
    printed: Counter[str] = field(default_factory=Counter)
    articles: Numbers = field(default_factory=lambda: np.empty(0, np.int32))
    types: Counter[str] = field(default_factory=Counter)
    titles: Counter[str] = field(default_factory=Counter)
    offices: list[tuple[int, Office]] = field(default_factory=list)
    gender: str = ""
    events: dict[str, int] = field(default_factory=dict)
    days: Numbers = field(default_factory=lambda: np.empty(0, np.int32))

    def stands_in(self, number: int) -> bool:
        """Whether an article names the person in full."""
        place = int(np.searchsorted(self.articles, number))
        return place < len(self.articles) and int(self.articles[place]) == number

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
    return next(names_in_turn(articles, [len(articles)], actors=actors))


def names_in_turn(
    articles: pd.DataFrame, sizes: Sequence[int], *, actors: pd.DataFrame | None = None
) -> Iterator[pd.DataFrame]:
    """Give `names` of some articles after others, so many at a time.

    What articles hold lies in a file; in memory stay the people, and where they stand.
    """
    told = _Corpus(Reads(each(articles["text"])), articles, known_actors(actors))
    every = enumerate(articles["article"].tolist())
    for size in sizes:
        rows = [
            (article, " ".join(name), *meant)
            for number, article in islice(every, size)
            for name, meant in (((), told.home_of(number)), *told.meant_in(number))
        ]
        table = pd.DataFrame(rows, columns=NAME_COLUMNS, dtype=object)
        yield table.astype({"sure": bool})


class _Corpus:
    """The people of a corpus, and whom each name means in each article."""

    def __init__(
        self,
        read: Reads,
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
        outlets = articles["outlet"].tolist() if "outlet" in articles else missing
        self._owners = SpokenFor(outlets, self._days, self._named)
        self._held = _Held()
        self._facts: dict[Fact, int] = {}
        forms: dict[tuple[Key, str], array[int]] = {}
        short: dict[str, Counter[str]] = defaultdict(Counter)
        for number, one in enumerate(read):
            self._owners.add(number, one)
            self._held.add(one)
            for name, where in one.full.items():
                fact = self._facts.setdefault(_fact_of(where), len(self._facts))
                forms.setdefault(name, array("i")).extend((number, fact))
            for body, full in one.short.items():
                short[body][full] += 1
        self._held.close(max(_FEW, _RARE * len(read)))
        self._bodies = _shortened(short)
        by_sound: dict[str, list[tuple[Key, str]]] = defaultdict(list)
        for name in forms:
            by_sound[sound_of(name[0][-1])].append(name)
        facts = list(self._facts)
        for alike in by_sound.values():
            self._join(alike, forms, facts)
        del forms, facts, self._facts
        people = (person for some in self._by_name.values() for person in some)
        for person in {id(person): person for person in people}.values():
            self._place(person)
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
        self,
        alike: list[tuple[Key, str]],
        forms: dict[tuple[Key, str], array[int]],
        facts: list[Fact],
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
                    one.articles = np.union1d(one.articles, _places(forms[name])[0])
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
                _learn(fits[0], forms[name], facts)
        for one in people:
            self._by_sound[sound_of(alike[0][0][-1])].append(one)
            for first in {words[0] for words in one.forms}:
                self._by_first[first].append(one)

    def _place(self, one: Person) -> None:
        """Enter when, and at which events, articles name a person."""
        days = []
        for number in one.articles.tolist():
            event, day = self._events[number], self._days[number]
            if isinstance(event, str):
                one.events[event] = one.events.get(event, 0) + 1
            days += [] if day is None else [day]
        one.days = np.sort(np.array(days, np.int32))

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
        here = [one for one in fits if one.stands_in(number)]
        if not fits and not gender_of_name(f"{surname} -"):  # Xi, of Xi Jinping
            people = self._by_first.get(surname, [])
            here = [one for one in people if one.stands_in(number)]
            fits = here or [one for one in people if len(one.articles) >= _FEW]
        return (here or fits), len(here) > 1

    def _chosen(
        self, fits: Sequence[Person], number: int, read: list[NameRead]
    ) -> tuple[Person | None, bool]:
        """Choose whom a name means in an article, if anything tells."""
        if len(fits) == 1 and (
            fits[0].stands_in(number) or self._tells(fits[0], number)
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
        if isinstance(event, str) and event in one.events:
            return True
        return len(self._held.beside(one.articles, number)) >= _COMPANY

    def _score(self, one: Person, number: int, titles: set[str]) -> float:
        """Say how much tells for a person: articles near in time, event and company."""
        day, many = self._days[number], len(one.articles)
        near = many
        if day is not None and len(one.days):
            first = int(np.searchsorted(one.days, day - _DAYS))
            near = int(np.searchsorted(one.days, day + _DAYS, "right")) - first
        score = near + (many - near) / 4
        event = self._events[number]
        beside = len(self._held.rare(number))
        known = sum(self._held.beside(one.articles, number))
        score *= (
            1
            + _AT_EVENT * one.events.get(event, 0) / max(1, self._at_event[event])
            + _BESIDE * known / max(1, beside)
        )
        if titles:
            said = sum(one.titles[title] for title in titles)
            score *= 0.25 + said / max(1, one.titles.total())
        return score


class _Held:
    """Which names each article holds, as numbers, and who is in whose company."""

    def __init__(self) -> None:
        self._codes: dict[tuple[Key, str], int] = {}
        self._all, self._ends = array("i"), array("q", [0])

    def add(self, one: NamesOfArticle) -> None:
        """Add the names of the next article."""
        for name in (*one.full, *((words, "") for words in one.alone)):
            self._all.append(self._codes.setdefault(name, len(self._codes)))
        self._ends.append(len(self._all))

    def close(self, most: float) -> None:
        """Keep the names that few articles hold: at most so many, and two at least."""
        codes = np.frombuffer(self._all, np.int32)
        self._many = np.bincount(codes, minlength=len(self._codes)).astype(np.int32)
        few = (self._many > 1) & (self._many <= most)
        kept = few[codes]
        before = np.concatenate([[0], np.cumsum(kept, dtype=np.int64)])
        self._first = before[np.frombuffer(self._ends, np.int64)]
        self._few = codes[kept]
        order = np.argsort(self._few, kind="stable")
        article = np.repeat(np.arange(len(self._first) - 1), np.diff(self._first))
        self._where = article[order].astype(np.int32)
        several = np.bincount(self._few, minlength=len(few))
        self._begins = np.concatenate([[0], np.cumsum(several, dtype=np.int64)])
        del self._codes, self._all, self._ends

    def rare(self, number: int) -> Numbers:
        """Give the names of an article that few others hold."""
        return self._few[self._first[number] : self._first[number + 1]]

    def beside(self, articles: Numbers, number: int) -> list[float]:
        """Say in which share of the articles with a rare name of this one these are.

        Names that are in none of them are passed over.
        """
        shares = []
        for code in self.rare(number).tolist():
            where = self._where[self._begins[code] : self._begins[code + 1]]
            place = np.searchsorted(articles, where)
            place[place == len(articles)] = 0
            both = int((articles[place] == where).sum()) if len(articles) else 0
            if both:
                shares.append(both / int(self._many[code]))
        return shares


def _fact_of(read: list[NameRead]) -> Fact:
    return Fact(
        read[0].printed,
        tuple(it.type for it in read if it.type),
        tuple(it.office for it in read if it.office.tells),
        tuple(it.title for it in read if it.title),
        next((it.gender for it in read if it.gender), ""),
    )


def _places(form: array[int]) -> tuple[Numbers, Numbers]:
    """Give the articles with a form of a name, and which fact each tells."""
    pairs = np.frombuffer(form, np.int32)
    return pairs[0::2], pairs[1::2]


def _learn(one: Person, form: array[int], facts: list[Fact]) -> None:
    """Add to a person what articles say of one form of the name."""
    where, told = _places(form)
    one.articles = np.union1d(one.articles, where)
    for number, fact in zip(where.tolist(), (facts[at] for at in told), strict=True):
        one.printed[fact.printed] += 1
        one.types.update(fact.types)
        one.offices += [(number, office) for office in fact.offices]
        one.titles.update(fact.titles)
        one.gender = one.gender or fact.gender


def _shortened(told: dict[str, Counter[str]]) -> dict[str, str]:
    """Give the bodies' full names by the short ones that mean one everywhere."""
    return {
        short: full.most_common(1)[0][0]
        for short, full in told.items()
        if full.most_common(1)[0][1] >= FAR_MORE / (FAR_MORE + 1) * full.total()
    }


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
    in_turn=names_in_turn,
)
