"""Named people: the names of people where they stand in one article, and what is said.

Read from the text, without the parse: the words of a name, the office before or behind
it, and for whom its holder speaks.
"""

from __future__ import annotations

import pickle
import re
from array import array
from collections import Counter, OrderedDict, defaultdict
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, NamedTuple
from weakref import finalize

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
from framelens.annotate.affiliations import governing_in, signs_in
from framelens.annotate.names import Name, name_words, read_name
from framelens.annotate.offices import NO_OFFICE, Office, office_in
from framelens.annotate.source_types import (
    MEDIA,
    role_type,
    source_type_of,
    title_type,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    Key = tuple[str, ...]


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
_OFFICES = words_of("actor_nouns", "portfolios") | {"state", "staff"}
_ARTICLES_IN = {"the", "a", "an"}
_MEDIA = words_of("actor_nouns", "media")
_LONGEST = 4
"""Words of a person's name."""
_SUFFIXES = words_of("names", "suffixes")
_BEFORE, _BEHIND, _FARTHER = 70, 90, 160
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

_OWNER = re.compile(r"((?:[A-Z][\w.]*\s)*[A-Z][\w.]*)['’]s?\s*\Z")
_SEVERAL = re.compile(
    r"\b(Govs|Sens|Reps|Gens|[Gg]overnors|[Ss]enators|[Rr]epresentatives)\b\.?"
    r"(?:\s(?:[A-Z][\w.'’-]*,?|\([^()\n]{1,24}\),?|of|and))*\s*\Z"
)
"""Titles of several, and behind them nothing but names, up to the name."""

_SIGNATURE = re.compile(r"(?:\A|[\"”])\s*[—–-]*\s*\Z")
_SIGNS = re.compile(r", ((?:the )?(?:[A-Z][\w.&'’-]*[ \t]?)+)(?=\n|\Z)")

_PARTY = re.compile(r"\s*,?\s*\(?[RD]\s?[-–—]\s?[A-Z]")


class NameRead(NamedTuple):
    """A name where it stands: its words, as printed, and what is said of it there."""

    words: Key
    suffix: str
    printed: str
    title: str
    gender: str
    type: str | None
    office: Office = NO_OFFICE


@dataclass
class NamesOfArticle:
    """What one article holds: names in full, surnames alone, short forms of bodies.

    ``signs``: words by which it tells the state that it is at home in; ``governing``:
    surnames of whose administration it speaks.
    """

    full: dict[tuple[Key, str], list[NameRead]]
    alone: dict[Key, list[NameRead]]
    short: dict[str, str]
    signs: Counter[str]
    governing: frozenset[str]


class Reads:
    """What was read of the names of every text, in a file: in memory are the latest."""

    _LATEST = 64

    def __init__(self, texts: Iterable[str]) -> None:
        self._file = TemporaryFile(prefix="framelens-")  # noqa: SIM115 - as long as we
        finalize(self, self._file.close)
        self._ends = array("q", [0])
        self._held: OrderedDict[int, NamesOfArticle] = OrderedDict()
        for text in texts:
            size = self._file.write(pickle.dumps(names_in(text)))
            self._ends.append(self._ends[-1] + size)

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __iter__(self) -> Iterator[NamesOfArticle]:
        return (self[number] for number in range(len(self)))

    def __getitem__(self, number: int) -> NamesOfArticle:
        held = self._held.pop(number, None)
        if held is None:
            begin, end = self._ends[number : number + 2]
            self._file.seek(begin)
            held = pickle.loads(self._file.read(end - begin))  # noqa: S301 - our own
            assert isinstance(held, NamesOfArticle)  # noqa: S101 - we wrote it
        self._held[number] = held
        if len(self._held) > self._LATEST:
            self._held.popitem(last=False)
        return held


def names_in(text: str) -> NamesOfArticle:
    """Read the names of one article."""
    full: dict[tuple[Key, str], list[NameRead]] = defaultdict(list)
    alone: dict[Key, list[NameRead]] = defaultdict(list)
    found = [
        (start, run, read)
        for match in _RUN.finditer(text)
        for start, whole in _runs(match)
        if (run := _once(whole, text[start + len(whole) :][:_BEHIND]))
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
            twice = len(alone.get(words[:1], ())) > 1 and not is_given(words[0])
            if (last,) in alone and not known and not twice:
                printed = f"{name} {surname}"
                full.setdefault((words, ""), []).append(
                    NameRead(words, "", printed, "", gender_of_name(printed), None)
                )
    short = {
        match[2]: _shortened(match[1], match[2]) for match in _SHORTENED.finditer(text)
    }
    shortened = {one: name for one, name in short.items() if name}
    signs, governing = signs_in(text), governing_in(text)
    return NamesOfArticle(dict(full), dict(alone), shortened, signs, governing)


def _once(run: str, behind: str) -> str:
    """Leave off a name that a page prints again: *Ann Orr Anna (Ann) Lee OrrNews*."""
    *words, _ = run.split(" ")
    surname = re.escape(words[-1]) if words[1:] else ""
    again = rf" \([A-Z][a-z]+\) (?:[A-Z][\w.]* )*{surname}"
    return " ".join(words) if surname and re.match(again, behind) else run


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
        if is_given(word):
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
    if len(words) > 1 and thing and (len(words) == _LONGEST or not is_given(words[0])):
        return False  # York Times, Ann Orr CBS News
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


def _read(text: str, start: int, end: int, run: str, read: Name) -> NameRead:
    """Read one name with the words before and behind it."""
    title, printed = _parted(run, read)
    before = _LAST_STOP.split(text[max(0, start - _BEFORE) : start])[-1] + title
    party = _PARTY.match(text, end)
    behind = _APPOSED.match(text[end : end + _BEHIND])
    kind = "legislator" if party else _before(before)
    kind = kind or _in_list(text[max(0, start - _FARTHER) : start])
    kind = kind or (_behind(behind[1]) if behind else None)
    kind = kind or _signed(text, start, end)
    courtesy = {word.lower() for word in title.split()}
    gender = "m" if courtesy & MALE else "f" if courtesy & FEMALE else ""
    gender = gender or gender_of_name(printed)
    office = next(
        (role for word in reversed(title.split()) if (role := role_of(word))), ""
    )
    full = len(read.words) > 1
    told = office_in(before, text[end : end + _FARTHER], full=full)
    return NameRead(read.words, read.suffix, printed, office, gender, kind, told)


def _before(words: str) -> str | None:
    """Give the type that the words right before a name tell: *the mayor, Ann Orr*."""
    told = words.rstrip(" ,")
    apart = told.rpartition(",")[2]
    last = (apart.split() or [""])[-1].strip(".'").lower()
    office = role_of(last) or last in _TITLES or last in _OFFICES
    titled = title_type(apart) if office else _of_medium(apart)
    apposed = words.rstrip().endswith(",")
    return titled or (role_type(apart) if apposed else None)


def _of_medium(words: str) -> str | None:
    """Give the type of who is a medium's: *in an interview with the Herald's Orr*."""
    owner = _OWNER.search(words)
    told = source_type_of(owner[1], kind="body") if owner else None
    return told if told == MEDIA else None


def _signed(text: str, start: int, end: int) -> str | None:
    """Give the type of the body behind a signature: *“A.” — Ann Orr, the Herald*."""
    line = text[text.rfind("\n", 0, start) + 1 : start]
    body = _SIGNS.match(text, end) if _SIGNATURE.search(line) else None
    return source_type_of(body[1], kind="body") if body else None


def _in_list(words: str) -> str | None:
    """Give the type of one in a list: *Govs. Ann Orr of Maine and Jan Roth*."""
    several = _SEVERAL.search(words)
    return title_type(several[1].rstrip("s")) if several else None


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


def is_given(word: str) -> bool:
    """Whether a word is a common given name, or an initial."""
    return len(word) == 1 or gender_of_name(f"{word} -") != ""
