"""Shared: what the articles of an event have in common, and what each shares."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import pandas as pd

from framelens._checks import InputError, require_columns
from framelens.align.events.details import KINDS, details
from framelens.align.events.events import day_of
from framelens.align.events.vectors import term_of
from framelens.annotate.embeddings import rarity
from framelens.annotate.words import WORD, counted_form
from framelens.read import articles_of
from framelens.read.source import listed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    Found = dict[tuple[str, str], str]

TERM_COLUMNS = ["event", "kind", "term", "articles", "members", "elsewhere"]
MEMBER_COLUMNS = ["article", "event", "members", "shares"]
SHARES = ["occasion", "names", "words", "alone"]
"""What an article may share with another one of its event, the most telling first."""

RARE = 0.55
"""Rarity in English from which a word may say why articles are together."""

MOST_SHOWN = 8


def event_terms(
    articles: pd.DataFrame | str | Path,
    events: pd.DataFrame,
    *,
    most: int = MOST_SHOWN,
) -> pd.DataFrame:
    """Say why articles are together: what the members of each event share.

    Parameters
    ----------
    articles : DataFrame or path
        ``article`` and ``text``; ``date`` where known.
    events : DataFrame
        ``article`` and ``event``, as `framelens.align.events` gives them.
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
    ColumnError
        If a column is absent.
    InputError
        If `events` names an article twice or one that is not there, or `most` is
        below 1.

    Examples
    --------
    >>> articles = pd.DataFrame({"article": ["a", "b"], "text": [
    ...     "The dam near Reddin broke, said Ada Brenn; 37 died.",
    ...     "All 37 lived near Reddin, where a dam broke."]})
    >>> both = pd.DataFrame({"article": ["a", "b"], "event": "dam"})
    >>> event_terms(articles, both)[["kind", "term", "articles", "members"]]
         kind    term  articles  members
    0   place  Reddin         2        2
    1  number      37         2        2
    2    word   broke         2        2
    3    word     dam         2        2
    """
    if most < 1:
        raise InputError(f"most is {most}; give 1 or more.")
    table = _joined(articles, events)
    inside: dict[object, Counter[tuple[str, str]]] = defaultdict(Counter)
    everywhere: Counter[tuple[str, str]] = Counter()
    shown: Found = {}
    for event, text, day in _rows(table, "event", "text", "date"):
        found: Found = details(text, day_of(day))
        found.update(_rare_words(text, found))
        inside[event].update(found.keys())
        everywhere.update(found.keys())
        for key, words in found.items():
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


def event_members(
    articles: pd.DataFrame | str | Path, events: pd.DataFrame
) -> pd.DataFrame:
    """Say what each article shares with its event: the occasion, or names only.

    Two articles on one dispute name the same people; two reports of one occasion
    also give the same day or figure. So an article is said to share the occasion if
    other articles of its event hold, as it does, a name or a place, and beside it a
    day, a number of three digits or more, or two numbers. This is a sign, not a
    proof: the shared details are shown.

    Parameters
    ----------
    articles : DataFrame or path
        ``article`` and ``text``; ``date`` where known, so that *Monday* is a day.
    events : DataFrame
        ``article`` and ``event``, as `framelens.align.events` gives them.

    Returns
    -------
    DataFrame
        One row per article of `events`, in its order: ``article, event``; ``members``
        (articles of the event); ``shares`` ("occasion"; "names": people or places, but
        not that beside them; "words": neither; "alone": there is no other
        article); ``names, places, days, numbers``: what it shares with at least one
        other, that which most of them hold first, at most 8.

    Raises
    ------
    ColumnError
        If a column is absent.
    InputError
        If `events` names an article twice or one that is not there.

    Examples
    --------
    >>> articles = pd.DataFrame({"article": ["a", "b", "c"], "text": [
    ...     "On 3 May the dam in Reddin broke, said Ada Brenn.",
    ...     "It was 3 May when all in Reddin fled, Ada Brenn recalls.",
    ...     "The law on dams, said Ada Brenn, is old."]})
    >>> table = pd.DataFrame({"article": ["a", "b", "c"], "event": "dam"})
    >>> event_members(articles, table)[["article", "shares", "places", "days"]]
      article    shares  places   days
    0       a  occasion  Reddin  3 May
    1       b  occasion  Reddin  3 May
    2       c     names
    """
    table = _joined(articles, events)
    inside: dict[object, Counter[tuple[str, str]]] = defaultdict(Counter)
    every = []
    for event, text, day in _rows(table, "event", "text", "date"):
        found = details(text, day_of(day))
        inside[event].update(_comparable(found))
        every.append(found)
    members = Counter(table["event"].tolist())
    rows: list[tuple[object, ...]] = []
    columns = _rows(table, "article", "event")
    for (article, event), found in zip(columns, every, strict=True):
        shared = [_shared(kind, found, inside[event]) for kind in KINDS]
        alone = members[event] < 2
        rows.append(
            (
                article,
                event,
                members[event],
                _sharing(alone, *shared),
                *map(_as_cell, shared),
            )
        )
    names = [*MEMBER_COLUMNS, *(f"{kind}s" for kind in KINDS)]
    return pd.DataFrame(rows, columns=names).astype({"members": "int64"})


def _sharing(
    alone: bool,
    names: list[str],
    places: list[str],
    days: list[str],
    numbers: list[str],
) -> str:
    if alone:
        return "alone"
    if not (names or places):
        return "words"
    long = any(sum(map(str.isdigit, one)) > 2 for one in numbers)
    return "occasion" if days or long or len(numbers) > 1 else "names"


def _comparable(found: Found) -> set[tuple[str, str]]:
    """Give what is compared: a name here may be a place there."""
    return {(_level(kind), key) for kind, key in found}


def _level(kind: str) -> str:
    return "name" if kind == "place" else kind


def _shared(kind: str, found: Found, counts: Counter[tuple[str, str]]) -> list[str]:
    """Give the details of a kind that another article has, the commonest first."""
    ranked = sorted(
        (-counts[_level(one), key], words)
        for (one, key), words in found.items()
        if one == kind and counts[_level(one), key] > 1
    )
    words = [words for _, words in ranked]
    return [
        one for one in words if not any(other.endswith(f" {one}") for other in words)
    ]


def _as_cell(words: list[str]) -> str:
    return "; ".join(words[:MOST_SHOWN])


def _rare_words(text: str, found: Found) -> Found:
    """Give the rare words that are no part of a name."""
    named = {word for _, key in found for word in key.split()}
    rare: Found = {}
    for match in WORD.finditer(text):
        word = counted_form(match.group())
        is_word = len(word) > 2 and word.isalpha()
        if is_word and word.casefold() not in named and rarity(word) >= RARE:
            rare.setdefault(("word", term_of(word)), word)
    return rare


def _joined(articles: pd.DataFrame | str | Path, events: pd.DataFrame) -> pd.DataFrame:
    """Put text and date beside each article of a table of events."""
    require_columns(events, ["article", "event"], of="events")
    table = articles_of(articles).set_index("article")[["text", "date"]]
    known = events[["article", "event"]][events["event"].notna()]
    known = known.assign(article=known["article"].astype(str))
    twice = known["article"][known["article"].duplicated()]
    if len(twice):
        raise InputError(
            f"events names articles more than once: {listed(twice.tolist())}; keep "
            "one row for each"
        )
    unknown = known["article"][~known["article"].isin(table.index)]
    if len(unknown):
        raise InputError(
            f"events names articles that are not there: {listed(unknown.tolist())}; "
            "give these articles too"
        )
    return known.join(table, on="article").reset_index(drop=True)


def _rows(table: pd.DataFrame, *names: str) -> Iterable[tuple[str, ...]]:
    return zip(*(table[name].tolist() for name in names), strict=True)
