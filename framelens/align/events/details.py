"""Details: what tells one occasion from another, and which of it articles share.

Names, places, days and numbers are found without a parser, by capitals and the word
before.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING

import pandas as pd

from framelens._checks import InputError
from framelens._lists import read_list, words_of
from framelens.align.events.vectors import term_of
from framelens.annotate.embeddings import rarity
from framelens.annotate.spans import rows_of
from framelens.annotate.words import WORD, counted_form
from framelens.corpus import corpus_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from framelens.corpus import Corpus

    Details = dict[tuple[str, str], str]

KINDS = ["name", "place", "day", "number"]
"""What details are: a name after *in*, *at* or *near* is taken for a place."""

MOST_WORDS = 2_000
"""Words that are read of an article."""

TERM_COLUMNS = ["event", "kind", "term", "articles", "members", "elsewhere"]
MEMBER_COLUMNS = ["article", "event", "members", "shares"]

RARE = 0.55
"""Rarity in English from which a word may say why articles are together."""

MOST_SHOWN = 8
"""Terms of each kind."""

WEEKDAYS: list[str] = read_list("calendar")["weekdays"]
MONTHS: list[str] = read_list("calendar")["months"]
_SHORT = {name[:3]: place for place, name in enumerate(MONTHS, start=1)}
_MONTH = r"\b(?:" + "|".join(rf"{m[:3]}(?:{m[3:]}|t?\.)" for m in MONTHS) + r")"
_DAY = re.compile(rf"({_MONTH})\s+(\d{{1,2}})\b(?!,?\d)|\b(\d{{1,2}})\s+({_MONTH})")
_WEEKDAY = re.compile(r"\b(" + "|".join(WEEKDAYS) + r")\b")
_BEFORE_A_PLACE = {"in", "at", "near", "outside", "inside", "across", "off"}
_CALENDAR = {*WEEKDAYS, *MONTHS, *_SHORT, "Sept", *(f"{name}s" for name in WEEKDAYS)}
_OPENERS = words_of("openers")
_LONGEST_NAME = 4  # words: longer runs are headlines
_FUNCTION_WORD = 0.05  # rarity below which a capitalised word is no name


def details(text: str, day: date | None) -> Details:
    """Find what may tell one occasion from another.

    Gives ``(kind, key)``, by which articles are compared, and the words to show. A
    weekday is the last such day up to the article's own `day`. Names are capitalised
    inside a sentence, or begin it with two capitalised words of which the first is no
    usual opener (*But*, *After*). A number is one that is neither a year nor round, and
    has two digits or more.

    >>> text = "On Monday 37 boats sank near Port Orr, said Ada Brenn."
    >>> list(details(text, date(2024, 5, 1)).values())
    ['29 April', '37', 'Port Orr', 'Orr', 'Ada Brenn', 'Brenn']
    """
    words = list(islice(WORD.finditer(text), MOST_WORDS))
    text = text[: words[-1].end()] if words else ""
    return {**_days(text, day), **_numbers(words), **_names(text, words)}


def _days(text: str, day: date | None) -> Details:
    """Find days of the month, and weekdays."""
    marks: Details = {}
    for match in _DAY.finditer(text):
        month, number = match[1] or match[4], int(match[2] or match[3])
        if 1 <= number <= 31:
            shown = f"{number} {MONTHS[_SHORT[month[:3]] - 1]}"
            marks["day", shown] = shown
    for match in _WEEKDAY.finditer(text):
        shown = match[1]
        if day is not None:
            back = (day.weekday() - WEEKDAYS.index(shown)) % 7
            last = day - timedelta(days=min(back, day.toordinal() - 1))
            shown = f"{last.day} {MONTHS[last.month - 1]}"
        marks["day", shown] = shown
    return marks


def _numbers(words: list[re.Match[str]]) -> Details:
    """Find the numbers that may tell one occasion from another."""
    marks: Details = {}
    for match in words:
        word = match.group()
        bare = word.replace(",", "")
        a_year = len(bare) == 4 and bare[:2] in ("19", "20")
        if bare[0].isdigit() and bare[1:].strip("0") and not a_year:
            marks["number", bare] = word
    return marks


def _names(text: str, words: list[re.Match[str]]) -> Details:
    """Find names, whole and by their last word, and places."""
    marks: Details = {}
    for first, last in _runs(text, words):
        name = " ".join(match.group() for match in words[first:last])
        before = words[first - 1].group().lower() if first else ""
        place = before in _BEFORE_A_PLACE
        for shown in dict.fromkeys([name, words[last - 1].group()]):
            key = " ".join(counted_form(word) for word in shown.split()).casefold()
            if ("place", key) in marks or rarity(key) < _FUNCTION_WORD:
                continue
            if place:
                marks.pop(("name", key), None)
            bare = shown.removesuffix("'s").removesuffix("’s")
            marks["place" if place else "name", key] = bare
    return marks


def _runs(text: str, words: list[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """Give where runs of capitalised words begin and end, without sentence openers."""
    common = _OPENERS | _only_small(text, words)
    first = 0
    while first < len(words):
        last = first
        while last < len(words) and _is_capitalised(words[last].group()):
            between = text[words[last - 1].end() : words[last].start()]
            if last > first and between != " ":
                break
            last += 1
        if last == first:
            first += 1
            continue
        may_open = last == first + 1 or words[first].group().lower() in common
        begin = first + (may_open and _begins_a_sentence(text, words, first))
        if last - begin > 0 and last - first <= _LONGEST_NAME:
            yield begin, last
        first = last


def _only_small(text: str, words: list[re.Match[str]]) -> set[str]:
    """Give the words that have a capital only where they begin a sentence."""
    small = {match.group() for match in words if match.group()[0].islower()}
    capital = {
        match.group().lower()
        for place, match in enumerate(words)
        if match.group()[0].isupper() and not _begins_a_sentence(text, words, place)
    }
    return small - capital


def _is_capitalised(word: str) -> bool:
    """Whether a word may be part of a name: it has a capital, and is no date."""
    return word[0].isupper() and len(word) > 1 and word not in _CALENDAR


def _begins_a_sentence(text: str, words: list[re.Match[str]], place: int) -> bool:
    """Whether a sentence, a line or a quotation begins with a word."""
    if not place:
        return True
    between = text[words[place - 1].end() : words[place].start()]
    return any(mark in between for mark in '.!?:\n\r"“”')


def event_terms(
    corpus: Corpus | pd.DataFrame | str | Path,
    *,
    most: int = MOST_SHOWN,
) -> pd.DataFrame:
    """Say why articles are together: what the members of each event share.

    Parameters
    ----------
    corpus : Corpus, DataFrame or path
        Its events are those stated, and those found for the other articles; to look at
        others, ``corpus.correct(events=...)``.
    most : int, default 8
        Terms of each kind.

    Returns
    -------
    DataFrame
        One row per event, ``kind`` ("name", "place", "day", "number" or "word") and
        ``term`` that at least two of its articles hold: in how many ``articles`` of
        its ``members`` it stands, and in how many articles ``elsewhere``. Those
        that most members and fewest others hold come first. Kinds are
        told apart by capitals and the word before, without a parser: a place that
        never follows *in*, *at* or *near* counts as a name.

    Raises
    ------
    InputError
        If `most` is below 1.

    Examples
    --------
    >>> articles = pd.DataFrame({"article": ["a", "b"], "event": "dam", "text": [
    ...     "The dam near Reddin broke, said Ada Brenn; 37 died.",
    ...     "All 37 lived near Reddin, where a dam broke."]})
    >>> event_terms(articles)[["kind", "term", "articles", "members"]]
         kind    term  articles  members
    0   place  Reddin         2        2
    1  number      37         2        2
    2    word   broke         2        2
    3    word     dam         2        2
    """
    if most < 1:
        raise InputError(f"most is {most}; give 1 or more.")
    table = _with_events(corpus)
    inside: dict[object, Counter[tuple[str, str]]] = defaultdict(Counter)
    everywhere: Counter[tuple[str, str]] = Counter()
    shown: Details = {}
    for event, text, day in rows_of(table, "event", "text", "date"):
        marks = details(text, day_of(day))
        marks.update(_rare_words(text, marks))
        inside[event].update(marks.keys())
        everywhere.update(marks.keys())
        for key, words in marks.items():
            shown.setdefault(key, words)
    members = Counter(table["event"].tolist())
    rows: list[tuple[object, ...]] = []
    for name, counts in inside.items():
        for kind in [*KINDS, "word"]:
            ranked = sorted(
                (-k, everywhere[key] - k, shown[key])
                for key, k in counts.items()
                if key[0] == kind and k > 1
            )
            rows.extend(
                (name, kind, term, -k, members[name], other)
                for k, other, term in ranked[:most]
            )
    return pd.DataFrame(rows, columns=TERM_COLUMNS).astype(
        dict.fromkeys(TERM_COLUMNS[3:], "int64")
    )


def event_members(corpus: Corpus | pd.DataFrame | str | Path) -> pd.DataFrame:
    """Say what each article shares with its event: the occasion, or names only.

    Two articles on one dispute name the same people; two reports of one occasion
    also give the same day or figure. So an article is said to share the occasion if
    other articles of its event hold, as it does, a name or a place, and beside it a
    day, a number of three digits or more, or two numbers. This is a sign, not a
    proof: the shared details are shown.

    Parameters
    ----------
    corpus : Corpus, DataFrame or path
        Its events are those stated, and those found for the other articles. With
        dates, so that *Monday* is a day.

    Returns
    -------
    DataFrame
        One row per article: ``article, event``; ``members``
        (articles of the event); ``shares`` ("occasion"; "names": people or places, but
        not that beside them; "words": neither; "alone": there is no other
        article); ``names, places, days, numbers``: what it shares with at least one
        other, that which most of them hold first, at most 8.

    Examples
    --------
    >>> articles = pd.DataFrame({"article": ["a", "b", "c"], "text": [
    ...     "On 3 May the dam in Reddin broke, said Ada Brenn.",
    ...     "It was 3 May when all in Reddin fled, Ada Brenn recalls.",
    ...     "The law on dams, said Ada Brenn, is old."]})
    >>> members = event_members(articles.assign(event="dam"))
    >>> members[["article", "shares", "places", "days"]]
      article    shares  places   days
    0       a  occasion  Reddin  3 May
    1       b  occasion  Reddin  3 May
    2       c     names
    """
    table = _with_events(corpus)
    inside: dict[object, Counter[tuple[str, str]]] = defaultdict(Counter)
    every = []
    for event, text, day in rows_of(table, "event", "text", "date"):
        marks = details(text, day_of(day))
        inside[event].update({(_level(kind), key) for kind, key in marks})
        every.append(marks)
    members = Counter(table["event"].tolist())
    rows: list[tuple[object, ...]] = []
    columns = rows_of(table, "article", "event")
    for (article, event), marks in zip(columns, every, strict=True):
        shared = [_shared(kind, marks, inside[event]) for kind in KINDS]
        sharing = "alone" if members[event] < 2 else _sharing(*shared)
        cells = ("; ".join(words[:MOST_SHOWN]) for words in shared)
        rows.append((article, event, members[event], sharing, *cells))
    names = [*MEMBER_COLUMNS, *(f"{kind}s" for kind in KINDS)]
    return pd.DataFrame(rows, columns=names).astype({"members": "int64"})


def _sharing(
    names: list[str], places: list[str], days: list[str], numbers: list[str]
) -> str:
    """Say what an article shares with others of its event."""
    if not (names or places):
        return "words"
    long = any(sum(map(str.isdigit, number)) > 2 for number in numbers)
    return "occasion" if days or long or len(numbers) > 1 else "names"


def _level(kind: str) -> str:
    """Give the kind by which details are compared: a name may be a place elsewhere."""
    return "name" if kind == "place" else kind


def _shared(kind: str, marks: Details, counts: Counter[tuple[str, str]]) -> list[str]:
    """Give the details of a kind that another article has, the commonest first."""
    ranked = sorted(
        (-counts[_level(each), key], words)
        for (each, key), words in marks.items()
        if each == kind and counts[_level(each), key] > 1
    )
    words = [name for _, name in ranked]
    return [
        name for name in words if not any(whole.endswith(f" {name}") for whole in words)
    ]


def _rare_words(text: str, marks: Details) -> Details:
    """Give the rare words that are no part of a name."""
    named = {word for _, key in marks for word in key.split()}
    rare: Details = {}
    for match in WORD.finditer(text):
        word = counted_form(match.group())
        is_word = len(word) > 2 and word.isalpha()
        if is_word and word.casefold() not in named and rarity(word) >= RARE:
            rare.setdefault(("word", term_of(word)), word)
    return rare


def _with_events(corpus: Corpus | pd.DataFrame | str | Path) -> pd.DataFrame:
    """Give the articles of a corpus, each with its event, stated or found."""
    corpus = corpus_of(corpus)
    events = corpus.events.set_index("article")["event"]
    articles = corpus.articles
    return articles.assign(event=articles["article"].map(events))


def day_of(value: object) -> date | None:
    """Give the day of a date as articles hold it, or None.

    >>> day_of("2024-05-01"), day_of("spring"), day_of(None)
    (datetime.date(2024, 5, 1), None, None)
    """
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
