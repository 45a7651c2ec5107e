"""Shared wording: where an article may carry what another one quotes.

An index of hashed keys, looked up once: nothing is compared with everything.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from framelens.measure.statements.function_words import kin

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from framelens.measure.statements.printed_words import PrintedWords

MOST_PLACES = 400
"""A key that stands in more places than this is common, and leads nowhere."""

REACH = 25
"""Words around the places found that are looked at, beside the quotation's length."""

RARE_PLACES, WORDS_HIT = 6, 3
"""A place is looked at where a key leads there that stands in few places altogether, or
where keys of several words do."""

WINDOWS = 3
"""Places in an article that are tried for one quoted sentence."""

_PAIR, _RUN, _WHOLE = 1, 2, 3
_PRIME = np.uint64(0x9E3779B97F4A7C15)
_FARTHEST = 12  # words between two content words that make a key

Window = tuple[int, int, int]
"""Number of the quoted sentence, first and last word (not included) to look at."""

Stratum = tuple[str, str | None]
"""Event and outlet of an article, the outlet None where it states none."""


def compared(one: Stratum, other: Stratum) -> bool:
    """Whether two articles are: of one event, and not of the same stated outlet."""
    return one[0] == other[0] and (one[1] is None or one[1] != other[1])


def windows(
    printings: Sequence[PrintedWords], strata: Sequence[Stratum]
) -> dict[tuple[int, int], list[Window]]:
    """Find where each quoted sentence may be printed in other articles.

    Keys are two content words at most one content word apart, in forms stripped of
    their endings, names left out; four words in a row; and whole short quotations.

    Parameters
    ----------
    printings : sequence of PrintedWords
        All articles.
    strata : sequence of (event, outlet)
        Of each: only articles of the same event and of different outlets are compared.

    Returns
    -------
    dict
        For two places in `printings` (the article that quotes, the other), what to
        look at.
    """
    hits: dict[tuple[int, int, int], list[tuple[int, bool]]] = defaultdict(list)
    for group in _shared_keys(printings, [event for event, _ in strata]):
        rare = len(group) <= RARE_PLACES
        quoting = [(one, unit) for one, _, unit in group if unit >= 0]
        for one, unit in quoting:
            for other, word, _ in group:
                if other != one and compared(strata[one], strata[other]):
                    hits[one, unit, other].append((word, rare))
    found: dict[tuple[int, int], list[Window]] = defaultdict(list)
    for (one, unit, other), places in sorted(hits.items()):
        length = int(np.count_nonzero(printings[one].unit == unit))
        for first, last in _clusters(sorted(places)):
            low = max(0, first - length - REACH)
            high = min(len(printings[other]), last + length + REACH)
            found[one, other].append((unit, low, high))
    return dict(found)


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
) -> Iterator[list[tuple[int, int, int]]]:
    """Give (article, word, quoted sentence) of all places that share a key.

    Keys of different events differ: what is common in one may be rare in another.
    """
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
    sizes = ends - begins
    for begin, end in zip(
        begins[(sizes > 1) & (sizes <= MOST_PLACES)].tolist(),
        ends[(sizes > 1) & (sizes <= MOST_PLACES)].tolist(),
        strict=True,
    ):
        group = rows[begin:end]
        if group[0, 0] != group[-1, 0] and group[:, 2].max() >= 0:
            yield [(int(a), int(b), int(c)) for a, b, c in group.tolist()]


def _keys(
    words: PrintedWords, number: int, numbers: dict[str, int], event: int
) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int64]]:
    """Give the keys of one article, with (article, word, quoted sentence) of each."""
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
