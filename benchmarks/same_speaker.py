"""One speaker, one name: the ledger's actors against the speakers that were marked.

Marked are quotations (``field``, ``field_train``, over all articles of the set) and
printings of statements (``printings``, over the articles of an event); those of people
not named, or of several at once, are left out. Two of them are one speaker's where the
marked names are: names of the same words, titles and initials apart; one name within
another; a surname alone with the one full name that ends so, or with the one it meant
when the articles were read (`MEANT`). Two are held to be one speaker's where the ledger
gives both the same actor; descriptions (*officials*) are nobody's but their article's.

Counted are pairs: F1 of "the same speaker". ``right speaker`` looks only where the
ledger's speaker is the marked one in the article's own terms, so that what is measured
is the naming, not who spoke; ``as named in the article`` is the same with the fullest
name of each article, which is what there would be without a table of actors.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from framelens._lists import words_of
from framelens.annotate.names import describes, read_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import pandas as pd

    Metric = tuple[str, list[Any], Callable[[Sequence[Any]], float]]
    Counted = tuple[int, int, int]

MEANT = {"obama": "barack obama", "trump": "donald trump"}
"""Whom a surname alone means in the sets, where several full names end so."""

_TITLES = {
    *("the", "a", "of", "mr", "mrs", "ms", "president", "gen", "general"),
    *("rep", "sen", "senator", "us", "u", "s", "former", "minister", "prime"),
    *("foreign", "secretary"),
}
_SEVERAL = (";", ",", " and ")


class Marked(NamedTuple):
    """A stretch and the speaker that was marked: where it stands, in what group."""

    group: str
    article: str
    spans: list[list[int]]
    speaker: str


def metrics(marked: Iterable[Marked], ledger: pd.DataFrame) -> list[Metric]:
    """Count pairs of one speaker: name of the metric, counts of articles, F1."""
    rows = dict(list(ledger.groupby("article", sort=False)))
    every: dict[str, dict[str, list[tuple[str, str, str | None]]]] = {
        name: defaultdict(list)
        for name in (
            "same speaker, pair F1, right speaker",
            "same speaker, pair F1, right speaker, as named in the article",
            "same speaker, pair F1",
        )
    }
    naming, before, whole = every.values()
    groups = defaultdict(list)
    for one in marked:
        if _is_one(one.speaker):
            groups[one.group].append(one)
    for group, several in groups.items():
        people = marked_people({one.speaker for one in several})
        for one in several:
            beside = [
                row for row in _of(rows, one.article) if _holds(row.content, one.spans)
            ]
            right = [row for row in beside if is_same_speaker(one.speaker, row.speaker)]
            gold = people[one.speaker]
            row = (right or beside or [None])[0]
            found = None if row is None else row.actor
            whole[group].append((one.article, gold, _cluster(found, one.article)))
            if right:
                naming[group].append((one.article, gold, _cluster(found, one.article)))
                own = _cluster(right[0].speaker, one.article)
                before[group].append((one.article, gold, own))
    return [
        (name, _parts(by_group.values(), by_group=len(by_group) > 1), _f1)
        for name, by_group in every.items()
    ]


def marked_people(names: set[str]) -> dict[str, str]:
    """Say which marked names mean one person or body: a key for each name.

    >>> people = marked_people({"Ann Orr", "Ann B. Orr", "Orr", "Bob Stone"})
    >>> people["Orr"] == people["Ann B. Orr"] == people["Ann Orr"]
    True
    """
    words = {name: read_name(name).words for name in names}
    suffix = {name: read_name(name).suffix for name in names}
    found: dict[str, str] = {}
    for name in sorted(names, key=lambda one: (-len(words[one]), one)):
        fits = {
            found[other]
            for other in found
            if suffix[other] == suffix[name] and _one(words[name], words[other])
        }
        key = " ".join([*words[name], suffix[name]]).strip()
        meant = MEANT.get(key)
        if meant is not None:
            fits = {one for one in fits if set(meant.split()) <= set(one.split())}
        found[name] = fits.pop() if len(fits) == 1 else key
    return found


def _one(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether the words of one marked name are those of another, initials apart."""
    if not short or not long:
        return False
    if len(short) == 1:
        return short[0] == long[-1]
    letters = [word for word in short if len(word) > 1]
    within = len(letters) > 1 and set(letters) <= set(long)
    given = {short[0], long[0]}
    kindred = any(given <= {*line.split()} for line in words_of("names", "short_names"))
    return within or (short[-1] == long[-1] and kindred)


def _is_one(speaker: str | None) -> bool:
    """Whether a marked speaker is one, and has a name."""
    if not speaker or speaker == "unknown" or any(sign in speaker for sign in _SEVERAL):
        return False
    proper = speaker.split()[0].strip("'\"").lower() in ("a", "an", "one", "another")
    return not proper and not describes(speaker)


def _cluster(actor: str | None, article: str) -> str | None:
    """Give what the ledger holds to be one: a description only within its article."""
    if actor is None:
        return None
    return f"{article} {actor}" if describes(actor) else actor


def _of(rows: dict[str, pd.DataFrame], article: str) -> list[Any]:
    return list(rows[article].itertuples()) if article in rows else []


def _holds(content: list[list[int]], spans: list[list[int]]) -> bool:
    """Whether a content and a marked stretch share a character."""
    return any(
        first < end and start < after
        for first, after in content
        for start, end in spans
    )


def _parts(
    groups: Iterable[list[tuple[str, str, str | None]]], *, by_group: bool
) -> list[Counted]:
    """Count pairs that are both, found and marked, by group or by article.

    Of one group a pair counts for the articles of both its members.
    """
    parts: dict[object, list[int]] = defaultdict(lambda: [0, 0, 0])
    for number, several in enumerate(groups):
        both = Counter((gold, found) for _, gold, found in several if found is not None)
        marked = Counter(gold for _, gold, _ in several)
        held = Counter(found for *_, found in several if found is not None)
        for article, gold, found in several:
            part = parts[number if by_group else article]
            part[2] += marked[gold] - 1
            if found is not None:
                part[0] += both[gold, found] - 1
                part[1] += held[found] - 1
    return [(both, held, marked) for both, held, marked in parts.values()]


def _f1(parts: Sequence[Counted]) -> float:
    both, held, marked = np.sum(parts, axis=0)
    return float(2 * both / max(1, held + marked))


def is_same_speaker(marked: str | None, named: Any) -> bool:
    """Whether a name is the one that was marked; of several, one is enough.

    Examples
    --------
    >>> is_same_speaker("Ann Orr", "Ms. Orr"), is_same_speaker("Ann Orr", "the mayor")
    (True, False)
    """
    if not isinstance(named, str) or not marked:
        return False
    for one in map(_words, marked.split(";")):
        for other in map(_words, named.split(";")):
            if one and other:
                within = set(one) <= set(other) or set(other) <= set(one)
                if one[-1] == other[-1] or within:
                    return True
    return False


def _words(name: str) -> list[str]:
    """Give the words of a name without accents and titles."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.lower())
    return [word for word in words if word not in _TITLES]
