"""Linking: which articles lie near each other, and which of them are one event."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import coo_array, csr_array

from framelens.align.events.vectors import products, scaled, squares, sums_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from framelens.align.events.vectors import Floats, Matrix

    Whole = npt.NDArray[np.int64]

NEIGHBOURS = 8
"""An article's surroundings: so many of its nearest articles."""

FLOOR, CEILING = 0.2, 0.5
"""The nearness of surroundings is taken to lie between these: an article on its own is
not joined to whatever is least far, and copies do not push other reports away."""

THRESHOLD = 0.6
"""Groups whose mean nearness is this or more are one event."""

THEME, THEME_SIZE, SURE_SIZE = 0.25, 6, 50
"""Groups as near as this, of so many articles, are a theme: its own words can be told
from those of its events. Of fewer than `SURE_SIZE` they are only if they are loose."""

LOOSE = 0.21
"""Mean cosine within the groups of a small theme, at most. Reports of one event have
0.24 to 0.51 (news_cluster), what a theme puts together 0.14 to 0.19 (happenings)."""

SPAN = 14.0
"""A theme spans more days; of an event that does nothing is certain."""

LARGE, BRIEF = 8, 7.0
"""An event of so many articles within so many days is one, in a theme too."""

THEME_NEARNESS = 0.083
"""The nearness of surroundings among the words of a theme: taken to be this."""

_TERMS, _THEME_TERMS = 30, 100  # by which an article is looked up: its weightiest
_CHAMPIONS = 500  # articles under a term: those in which it weighs most
_CANDIDATES = 40  # kept of those found: the best
_LEAST, _THEME_LEAST = 0.03, 0.01  # products below are chance, and very many
_ROWS = 500  # articles looked up at a time, for the memory


@dataclass(frozen=True)
class Setting:
    """What decides how readily articles are joined; the defaults are measured ones."""

    neighbours: int = NEIGHBOURS
    floor: float = FLOOR
    ceiling: float = CEILING
    threshold: float = THRESHOLD


@dataclass(frozen=True, eq=False)
class Pairs:
    """Pairs of articles that lie near each other; `one` < `other`, each pair once."""

    one: Whole
    other: Whole
    nearness: Floats

    def kept(self, which: npt.NDArray[Any]) -> Pairs:
        """Keep some of the pairs."""
        return Pairs(self.one[which], self.other[which], self.nearness[which])


def near_pairs(matrix: Matrix, compared: Matrix | None = None) -> Pairs:
    """Find pairs of articles near each other, with their cosine.

    Within a theme, articles are looked up in `matrix`, by more of their words, and
    their cosine is of the rows `compared`. The time does not grow with the square of
    the number of articles.
    """
    theme = compared is not None
    asked = _strongest(matrix, _THEME_TERMS if theme else _TERMS)
    least = _THEME_LEAST if theme else _LEAST
    listed = csr_array(_strongest(csr_array(asked.T), _CHAMPIONS))
    size = matrix.shape[0]
    keys = [np.zeros(0, dtype=np.int64)]
    for first in range(0, size, _ROWS):
        near = csr_array(asked[first : first + _ROWS] @ listed)
        found = _strongest(near, _CANDIDATES + 1, least)  # one is the article itself
        rows = first + np.repeat(np.arange(found.shape[0]), np.diff(found.indptr))
        columns = found.indices.astype(np.int64)
        low, high = np.minimum(rows, columns), np.maximum(rows, columns)
        keys.append((low * size + high)[low < high])
    one, other = np.divmod(np.unique(np.concatenate(keys)), max(size, 1))
    compared = matrix if compared is None else compared
    return Pairs(one, other, products(compared, compared, one, other))


def _strongest(matrix: Matrix, most: int, least: float = 0) -> Matrix:
    """Keep the largest values of every row above the least; of equal ones the first."""
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    order = np.lexsort((matrix.indices, -matrix.data, rows))
    rank = np.arange(len(order)) - matrix.indptr[rows]
    keep = order[(rank < most) & (matrix.data[order] > least)]
    parts = (matrix.data[keep], (rows[keep], matrix.indices[keep]))
    return csr_array(coo_array(parts, shape=matrix.shape))


def surroundings(pairs: Pairs, size: int, setting: Setting) -> Floats:
    """Say how near the nearest articles of every article lie, in the mean."""
    rows = np.concatenate([pairs.one, pairs.other])
    values = np.concatenate([pairs.nearness, pairs.nearness])
    order = np.lexsort((-values, rows))
    rows, values = rows[order], values[order]
    rank = np.arange(len(rows)) - np.searchsorted(rows, rows)
    near = rank < setting.neighbours
    sums = np.bincount(rows[near], weights=values[near], minlength=size)
    return np.clip(sums / setting.neighbours, setting.floor, setting.ceiling)


@dataclass(frozen=True, eq=False)
class Limits:
    """What keeps groups apart, whatever their words: one value per article."""

    given: Whole  # the number of the event that the user gave, or -1
    first: Floats  # the day, counted from any day; inf where unknown
    last: Floats  # the same; -inf where unknown
    days: float  # that the articles of an event may span

    def some(self, which: Whole) -> Limits:
        """Give the limits of some articles."""
        parts = (self.given[which], self.first[which], self.last[which])
        return Limits(*parts, self.days)

    def of(self, labels: Whole) -> Limits:
        """Give the limits of groups; a group is named by its first article."""
        given, first, last = self.given.copy(), self.first.copy(), self.last.copy()
        np.maximum.at(given, labels, self.given)
        np.minimum.at(first, labels, self.first)
        np.maximum.at(last, labels, self.last)
        return Limits(given, first, last, self.days)

    def allow(self, one: Whole, other: Whole) -> npt.NDArray[np.bool_]:
        """Say which pairs may be joined."""
        a, b = self.given[one], self.given[other]
        last = np.maximum(self.last[one], self.last[other])
        first = np.minimum(self.first[one], self.first[other])
        allowed: npt.NDArray[np.bool_] = (a < 0) | (b < 0) | (a == b)
        allowed &= last - first <= self.days
        return allowed


def linked(
    matrix: Matrix,
    pairs: Pairs,
    limits: Limits,
    setting: Setting,
    labels: Whole | None = None,
) -> tuple[Whole, Matrix]:
    """Join articles, or the groups in which they are, into events by average linkage.

    Gives for every article the place of its event's first one; and the rows, divided by
    the root of their surroundings: their products are the nearness that is compared.
    """
    size = matrix.shape[0]
    around = np.sqrt(surroundings(pairs, size, setting))
    local = scaled(matrix, 1 / around)
    labels = _given_groups(limits.given) if labels is None else labels
    raw = pairs.nearness / (around[pairs.one] * around[pairs.other])
    edges = Pairs(pairs.one, pairs.other, raw).kept(raw >= setting.threshold)
    grown = np.bincount(labels, minlength=size) > 1
    while len(edges.one):
        edges = _between_groups(edges, labels, grown, local, limits)
        edges = edges.kept(edges.nearness >= setting.threshold)
        labels, grown = _joined(labels, edges)
    return labels, local


def themes(
    matrix: Matrix, pairs: Pairs, labels: Whole, days: Floats
) -> Iterator[Whole]:
    """Give the articles of each theme: of events near each other, over many days."""
    size = matrix.shape[0]
    none = Limits(
        np.full(size, -1), np.full(size, np.inf), np.full(size, -np.inf), np.inf
    )
    groups, _ = linked(matrix, pairs, none, Setting(threshold=THEME), labels)
    for theme in np.flatnonzero(np.bincount(groups, minlength=size) >= THEME_SIZE):
        articles = np.flatnonzero(groups == theme)
        if np.isfinite(days[articles]).mean() < 0.5 or _span(days[articles]) <= SPAN:
            continue
        if len(articles) < SURE_SIZE and not _loose(matrix[articles], labels[articles]):
            continue
        sizes = np.bincount(labels[articles], minlength=size)
        large = np.flatnonzero(sizes >= LARGE)
        brief = [one for one in large if _span(days[labels == one]) <= BRIEF]
        yield articles[~np.isin(labels[articles], brief)]


def undated_themes(
    matrix: Matrix, labels: Whole, limits: Limits
) -> npt.NDArray[np.bool_]:
    """Say which articles are of a theme taken for one event, for want of dates."""
    sizes = np.bincount(labels, minlength=len(labels))
    given = limits.of(labels).given
    undated = np.zeros(len(labels), dtype=np.bool_)
    for label in np.flatnonzero(sizes >= THEME_SIZE):
        members = np.flatnonzero(labels == label)
        dated = np.isfinite(limits.first[members]).mean() >= 0.5
        if not dated and given[label] < 0:
            undated[members] = _loose(matrix[members], labels[members])
    return undated


def loose_events(matrix: Matrix, labels: Whole) -> npt.NDArray[np.bool_]:
    """Say which articles are in an event whose articles have few words in common."""
    size = len(labels)
    sizes = np.bincount(labels, minlength=size)
    inside = squares(sums_of(matrix, labels, size)) - np.bincount(
        labels, weights=squares(matrix), minlength=size
    )
    loose: npt.NDArray[np.bool_] = inside <= LOOSE * sizes * (sizes - 1)
    return (loose & (sizes > 1))[labels]


def within_days(
    matrix: Matrix, pairs: Pairs, labels: Whole, limits: Limits, threshold: float
) -> Whole:
    """Put loose events that last for longer than `SPAN` together anew, day by day.

    Of fewer than `THEME_SIZE` articles nothing else tells them from a theme.
    """
    groups = limits.of(labels)
    long = (groups.last - groups.first > SPAN)[labels] & (groups.given < 0)[labels]
    which = np.flatnonzero(long & loose_events(matrix, labels))
    place = np.full(len(labels), -1)
    place[which] = np.arange(len(which))
    among = pairs.kept((place[pairs.one] >= 0) & (place[pairs.other] >= 0))
    among = Pairs(place[among.one], place[among.other], among.nearness)
    nearer = replace(limits.some(which), days=min(limits.days, SPAN))
    apart, _ = linked(matrix[which], among, nearer, Setting(threshold=threshold))
    found = labels.copy()
    found[which] = which[apart]
    return found


def _loose(matrix: Matrix, labels: Whole) -> bool:
    """Whether the articles of each group have few words in common, in the mean."""
    _, groups = np.unique(labels, return_inverse=True)
    sizes = np.bincount(groups)
    pairs = float((sizes * (sizes - 1)).sum())
    inside = squares(sums_of(matrix, groups, len(sizes))).sum() - squares(matrix).sum()
    return bool(inside <= LOOSE * pairs)


def _span(days: Floats) -> float:
    """Give the days within which 8 in 10 of the dated articles lie; inf if none is."""
    dated = days[np.isfinite(days)]
    return float(np.ptp(np.quantile(dated, [0.1, 0.9]))) if len(dated) else np.inf


def _given_groups(given: Whole) -> Whole:
    """Put articles of one given event together."""
    labels = np.arange(len(given))
    stated = np.flatnonzero(given >= 0)
    _, first, group = np.unique(given[stated], return_index=True, return_inverse=True)
    labels[stated] = stated[first[group]]
    return labels


def _between_groups(
    edges: Pairs,
    labels: Whole,
    grown: npt.NDArray[np.bool_],
    local: Matrix,
    limits: Limits,
) -> Pairs:
    """Turn pairs of articles, or of earlier groups, into pairs of groups."""
    one, other = labels[edges.one], labels[edges.other]
    low, high = np.minimum(one, other), np.maximum(one, other)
    may = (low < high) & limits.of(labels).allow(low, high)
    size = max(len(labels), 1)
    keys, place = np.unique((low * size + high)[may], return_index=True)
    one, other = np.divmod(keys, size)
    nearness = edges.nearness[may][place]
    stale = grown[one] | grown[other]
    nearness[stale] = group_nearness(local, labels, one[stale], other[stale])
    return Pairs(one, other, nearness)


def group_nearness(local: Matrix, labels: Whole, one: Whole, other: Whole) -> Floats:
    """Give the mean nearness of the articles of one group to those of another."""
    needed = np.unique(np.concatenate([one, other]))
    members = np.flatnonzero(np.isin(labels, needed))
    rows = np.searchsorted(needed, labels[members])
    sums = sums_of(local[members], rows, len(needed))
    sizes = np.bincount(rows, minlength=len(needed))
    one, other = np.searchsorted(needed, one), np.searchsorted(needed, other)
    return products(sums, sums, one, other) / (sizes[one] * sizes[other])


def _joined(labels: Whole, edges: Pairs) -> tuple[Whole, npt.NDArray[np.bool_]]:
    """Join the groups that are each other's nearest; say which groups grew."""
    order = np.lexsort((edges.other, edges.one, -edges.nearness))
    one, other = edges.one[order], edges.other[order]
    rank = np.arange(len(order))
    best = np.full(len(labels), len(order))
    np.minimum.at(best, one, rank)
    np.minimum.at(best, other, rank)
    mutual = (best[one] == rank) & (best[other] == rank)
    new = np.arange(len(labels))
    new[other[mutual]] = one[mutual]
    grown = np.zeros(len(labels), dtype=np.bool_)
    grown[one[mutual]] = True
    return new[labels], grown
