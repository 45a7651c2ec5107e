"""Candidates: where an article may carry what another one quotes or reports.

An index of hashed keys, looked up once: nothing is compared with everything.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from framelens.align.statements.english import kin

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from framelens.align.statements.printed_words import PrintedWords

ALL_PLACES, NEAREST = 24, 3
"""A key that stands in more places leads from each only to the nearest that quote, in
either direction of an order that all keys share: enough to join all printings of a
statement, and not every two of them."""

REACH = 25
"""Words around the places found that are looked at, beside the quotation's length."""

RARE_PLACES, WORDS_HIT = 6, 3
"""A place is looked at where a key leads there that stands in few places altogether, or
where keys of several words do."""

WINDOWS = 3
"""Places in an article that are tried for one quoted sentence."""

_LOOKED_AT = 50  # places that are tried for the nearest

Window = tuple[int, int, int]
"""Number of the quoted sentence, first and last word (not included) to look at."""


Stratum = tuple[str, str | None]
"""Event and outlet of an article, the outlet None where it states none."""

MOST_PLACES = 5_000
"""A key that stands in more places than this is common, and leads nowhere."""

_PAIR, _RUN, _WHOLE = 1, 2, 3  # kinds of keys
_PRIME = np.uint64(0x9E3779B97F4A7C15)  # of a multiplicative hash
_FARTHEST = 12  # words between two content words that make a key


Place = tuple[int, int, int]
"""An article, a word of it, and its quoted sentence."""


def compared(one: Stratum, other: Stratum) -> bool:
    """Whether two articles are: of one event, and not of the same stated outlet."""
    return one[0] == other[0] and (one[1] is None or one[1] != other[1])


def windows(
    printings: Sequence[PrintedWords],
    strata: Sequence[Stratum],
    hubs: Collection[int] = (),
) -> dict[tuple[int, int], list[Window]]:
    """Find where each quoted sentence of one article may be printed in another.

    If there are `hubs` (references), only they are compared with the others.
    """
    hits: dict[tuple[int, int, int], list[tuple[int, bool]]] = defaultdict(list)
    for group in _shared_keys(printings, [event for event, _ in strata]):
        rare = len(group) <= RARE_PLACES
        for (one, unit), (other, word) in _led(group, strata, hubs):
            hits[one, unit, other].append((word, rare))
    found: dict[tuple[int, int], list[Window]] = defaultdict(list)
    for (one, unit, other), places in sorted(hits.items()):
        length = int(np.count_nonzero(printings[one].unit == unit))
        for first, last in _clusters(sorted(places)):
            low = max(0, first - length - REACH)
            high = min(len(printings[other]), last + length + REACH)
            found[one, other].append((unit, low, high))
    return dict(found)


def _led(
    group: list[Place], strata: Sequence[Stratum], hubs: Collection[int]
) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Give, for a key's places, an article's quoted sentence and another's word."""
    if hubs:
        yield from _led_to(group, strata, hubs)
        return
    ordered = sorted(group, key=lambda place: (_rank(place[0]), place))
    quoting = [at for at, (*_, unit) in enumerate(ordered) if unit >= 0]
    few = len(ordered) <= ALL_PLACES
    most = None if few else NEAREST
    for at, (other, word, _) in enumerate(ordered):
        for way in [quoting] if few else _ways(quoting, at):
            found = (
                ordered[place]
                for place in way
                if ordered[place][0] != other
                and compared(strata[ordered[place][0]], strata[other])
            )
            for one, _, unit in islice(found, most):
                yield (one, unit), (other, word)


def _led_to(
    group: list[Place], strata: Sequence[Stratum], hubs: Collection[int]
) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Do the same between references and all others."""
    inside = [place for place in group if place[0] in hubs]
    for one, here, unit in inside:
        for other, there, quoted in group:
            if other in hubs or not compared(strata[one], strata[other]):
                continue
            yield (one, unit), (other, there)
            if quoted >= 0:
                yield (other, quoted), (one, here)


def _ways(quoting: list[int], at: int) -> tuple[list[int], list[int]]:
    """Give the nearest of these places behind and before another."""
    middle = bisect_left(quoting, at)
    before = quoting[max(0, middle - _LOOKED_AT) : middle]
    return quoting[middle : middle + _LOOKED_AT], before[::-1]


def _rank(article: int) -> int:
    """Mix the order of articles, in which those of one outlet may stand together."""
    return article * 2_654_435_761 % 2**32


def _clusters(places: list[tuple[int, bool]]) -> list[tuple[int, int]]:
    """Give the stretches in which enough stands close together, the fullest first."""
    groups: list[list[tuple[int, bool]]] = [[places[0]]]
    for place in places[1:]:
        if place[0] - groups[-1][-1][0] > REACH:
            groups.append([])
        groups[-1].append(place)
    full = [(len({word for word, _ in group}), group) for group in groups]
    kept = [
        (size, group)
        for size, group in full
        if size >= WORDS_HIT or any(rare for _, rare in group)
    ]
    kept.sort(key=lambda one: (-one[0], one[1][0]))
    return [(group[0][0], group[-1][0]) for _, group in kept[:WINDOWS]]


def _shared_keys(
    printings: Sequence[PrintedWords], events: Sequence[str]
) -> Iterator[list[Place]]:
    """Give (article, word, quoted sentence) of all places that share a key."""
    numbers: dict[str, int] = {}
    known = {event: number for number, event in enumerate(dict.fromkeys(events))}
    tables = [
        _keys(one, number, numbers, known[events[number]])
        for number, one in enumerate(printings)
    ]
    if not tables:
        return
    keys = np.concatenate([table[0] for table in tables])
    rows = np.concatenate([table[1] for table in tables])
    order = np.argsort(keys, kind="stable")
    keys, rows = keys[order], rows[order]
    edges = np.flatnonzero(np.diff(keys)) + 1
    begins, ends = np.r_[0, edges], np.r_[edges, len(keys)]
    useful = (ends - begins > 1) & (ends - begins <= MOST_PLACES)
    for begin, end in zip(begins[useful].tolist(), ends[useful].tolist(), strict=True):
        group = rows[begin:end]
        if group[0, 0] != group[-1, 0] and group[:, 2].max() >= 0:
            yield [(int(a), int(b), int(c)) for a, b, c in group.tolist()]


def _keys(
    words: PrintedWords, number: int, numbers: dict[str, int], event: int
) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int64]]:
    """Give the keys of one article, with (article, word, quoted sentence) of each.

    Two content words near each other, four words in a row, whole short quotations.
    """
    forms = np.array(
        [numbers.setdefault(kin(form), len(numbers)) for form in words.forms],
        dtype=np.uint64,
    )
    places = np.flatnonzero(words.content & ~words.name)
    keys, at = [], []
    for apart in (1, 2):
        one, other = places[:-apart], places[apart:]
        near = (other - one <= _FARTHEST) & (
            words.sentence[one] == words.sentence[other]
        )
        keys.append(_hashed(_PAIR, forms[one[near]], forms[other[near]]))
        at.append(one[near])
    if len(forms) >= 4:
        keys.append(_hashed(_RUN, forms[:-3], forms[1:-2], forms[2:-1], forms[3:]))
        at.append(np.arange(len(forms) - 3))
    whole, first = _whole_units(words, forms)
    word = np.concatenate([*at, first]).astype(np.int64)
    rows = np.column_stack([np.full(len(word), number), word, words.unit[word]])
    keyed = np.concatenate([*keys, whole]) ^ np.uint64(event * int(_PRIME) % 2**64)
    return keyed, rows.astype(np.int64)


def _whole_units(
    words: PrintedWords, forms: npt.NDArray[np.uint64]
) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int64]]:
    """Give one key for each quoted sentence of two or three words."""
    units, first, sizes = np.unique(words.unit, return_index=True, return_counts=True)
    short = (units >= 0) & (sizes >= 2) & (sizes < 4)
    keys = [
        _hashed(_WHOLE, *forms[start : start + size, None])
        for start, size in zip(
            first[short].tolist(), sizes[short].tolist(), strict=True
        )
    ]
    joined = np.concatenate(keys) if keys else np.zeros(0, dtype=np.uint64)
    return joined, first[short]


def _hashed(tag: int, *parts: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Mix numbers into one key."""
    key = np.full(len(parts[0]), tag, dtype=np.uint64)
    for part in parts:
        key = (key ^ (part + np.uint64(1))) * _PRIME
        key ^= key >> np.uint64(29)
    return key
