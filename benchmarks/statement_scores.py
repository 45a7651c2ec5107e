"""Scores of generated groups: pairs of printings found, and their differences typed.

A planted printing is matched with the group that covers its words in that article best,
with at least half of all words (the words in both, of the words in either). A pair of
printings is found where both are matched with one group; every pair of articles in a
group counts as found, rightly or not. Differences are scored over the pairs found.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from framelens.align import statements
from framelens.annotate.words import word_offsets

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from benchmarks.statement_groups import Event
    from framelens.corpus import Corpus

Place = tuple[str, str]
"""A group, or a planted statement, and an article."""

OVERLAP, RESAMPLES = 0.5, 2_000
METRICS = [
    ("pairs of printings, recall", 0, 1, 1, 1),
    ("pairs of printings, precision", 0, 2, 1, 2),
    ("difference types F1", 3, 4, 2, 6),
    ("difference types exactly right", 5, 0, 1, 0),
]
# hits 0, planted 1, found 2, types right 3, types wanted and typed 4, exact 5, wanted 6


def scored(events: Sequence[Event], corpus: Corpus) -> list[list[int]]:
    """Count, for each event, what was found and typed in its articles; see METRICS."""
    result = statements(corpus)
    words = {
        article: word_offsets(text)
        for article, text in corpus.articles[["article", "text"]].to_numpy()
    }
    found = {
        (str(group), str(article)): _held(
            words[str(article)], zip(rows["start"], rows["end"], strict=True)
        )
        for (group, article), rows in result.groups.groupby(["group", "article"])
    }
    types: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    columns = ["group", "article_a", "article_b", "type"]
    for group, *sides, kind in result.differences[columns].itertuples(index=False):
        one, other = sorted(sides)
        types[group, one, other].add(kind)
    by_event: dict[str, dict[Place, set[int]]] = defaultdict(dict)
    for place, held in found.items():
        by_event[place[1].rsplit("-", 1)[0]][place] = held
    return [_counts(event, by_event[event.name], types, words) for event in events]


def figures(counts: list[list[int]]) -> list[tuple[str, float, float, float, int]]:
    """Give metric, value, interval over events, and n."""
    table = np.array(counts)
    random = np.random.default_rng(0)
    drawn = random.integers(len(table), size=(RESAMPLES, len(table)))
    rows = []
    for metric, over, under, factor, size in METRICS:
        total, resampled = table.sum(axis=0), table[drawn].sum(axis=1)
        shares = factor * resampled[:, over] / np.maximum(resampled[:, under], 1)
        low, high = np.quantile(shares, [0.025, 0.975]).tolist()
        value = factor * int(total[over]) / max(int(total[under]), 1)
        rows.append((metric, value, low, high, int(total[size])))
    return rows


def _held(words: list[tuple[int, int]], spans: Iterable[tuple[int, int]]) -> set[int]:
    """Give the words that stand in these spans, by where they begin."""
    kept = list(spans)
    return {a for a, b in words if any(a < end and b > start for start, end in kept)}


def _counts(
    event: Event,
    found: dict[Place, set[int]],
    types: dict[tuple[str, str, str], set[str]],
    words: dict[str, list[tuple[int, int]]],
) -> list[int]:
    planted = {
        (str(one.statement), one.article): _held(words[one.article], one.spans)
        for one in event.printings
    }
    group_of = _matched(planted, found)
    counts = [0] * 7
    for one, other, wanted in event.pairs():
        counts[1] += 1
        sides = sorted((one.article, other.article))
        group, again = (group_of.get((str(one.statement), side)) for side in sides)
        if group is None or group != again:
            continue
        typed = types.get((group, sides[0], sides[1]), set())
        counts[0] += 1
        counts[3] += len(wanted & typed)
        counts[4] += len(wanted) + len(typed)
        counts[5] += wanted == typed
        counts[6] += len(wanted)
    sizes = Counter(group for group, _ in found)
    counts[2] = sum(len(list(combinations(range(size), 2))) for size in sizes.values())
    return counts


def _matched(
    planted: dict[Place, set[int]], found: dict[Place, set[int]]
) -> dict[Place, str]:
    """Match planted printings with groups, the best overlap first."""
    pairs = sorted(
        (
            (len(want & got) / max(len(want | got), 1), place, group)
            for place, want in planted.items()
            for (group, article), got in found.items()
            if article == place[1]
        ),
        reverse=True,
    )
    matched: dict[Place, str] = {}
    used: set[Place] = set()
    for score, place, group in pairs:
        if score >= OVERLAP and place not in matched and (group, place[1]) not in used:
            matched[place] = group
            used.add((group, place[1]))
    return matched
