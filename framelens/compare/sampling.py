"""Sampling: how many passages of which outlet and machine label, and which of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framelens.compare.codes import ELSEWHERE

if TYPE_CHECKING:
    from framelens.compare.jackknife import Floats, Whole

RIGHT = 0.85
"""What precision and recall of the machine are supposed to be before anything is
coded: the sample is laid out for that, and holds whatever they are."""

LEAST_PART = 0.5
"""Of an even part of an outlet's codes, what each machine label gets at least:
precision needs passages that were counted, recall those that were not."""

FEWEST = 5
"""Passages of an outlet and machine label that are drawn at least, if there are any."""

LABELS = ("no", ELSEWHERE, "yes")
"""What the machine says of a passage: the strata of each outlet."""


@dataclass(frozen=True, eq=False)
class Strata:
    """Passages by item, outlet (`names`, one row each) and machine label.

    `sizes` is (groups, labels); `group` and `label` have the place of each passage;
    `articles` counts those of each group, and `apart` is what their differences add to
    the variance of its share of passages with the item: NaN of a single article.
    """

    names: pd.DataFrame
    sizes: Floats
    group: Whole
    label: Whole
    articles: Whole
    apart: Floats

    def drawn(self, each: int, *, missed: bool = True) -> Floats:
        """Say how many are drawn, `each` of a group in all: (groups, labels).

        As many as the error that lies with them asks for (Neyman 1934). Unless the
        machine may have `missed` an item altogether, none without it in any voice.
        """
        wrong = self.wrong()
        spread = self.sizes * np.sqrt(wrong * (1 - wrong))
        if not missed:
            spread[:, 0] = 0.0
        there = spread > 0
        even = 1 / np.maximum(there.sum(axis=1, keepdims=True), 1)
        part = spread / np.maximum(spread.sum(axis=1, keepdims=True), 1e-12)
        part = np.where(there, np.maximum(part, LEAST_PART * even), 0.0)
        part /= np.maximum(part.sum(axis=1, keepdims=True), 1e-12)
        number = np.where(there, np.maximum(np.round(each * part), FEWEST), 0.0)
        number = np.minimum(number, self.sizes)
        # what a small stratum leaves over goes to the one with most room
        over = np.maximum(each - number.sum(axis=1), 0.0)
        room = np.where(there, self.sizes - number, 0.0)
        rows, largest = np.arange(len(number)), room.argmax(axis=1)
        number[rows, largest] += np.minimum(over, room[rows, largest])
        return number

    def drawn_articles(self, each: int) -> Whole:
        """Say how many articles of each group hold about `each` passages."""
        mean = self.sizes.sum(axis=1) / self.articles
        wanted = np.maximum(np.ceil(each / mean), 2).astype(np.int64)
        number: Whole = np.minimum(wanted, self.articles)
        return number

    def wrong(self) -> Floats:
        """Suppose what share of each stratum the machine has wrong.

        Misses lie among passages with the item in another voice, if there are any.
        """
        without, voices, counted = self.sizes.T
        tiny = 0.5 / (self.sizes + 1)
        among = np.where(voices > 0, voices, without)
        missed = np.minimum((1 - RIGHT) * counted / np.maximum(among, 1), 0.5)
        counted_wrong = np.full(len(counted), 1 - RIGHT)
        found = [np.where(voices > 0, 0.0, missed), missed, counted_wrong]
        supposed: Floats = np.maximum(np.stack(found, axis=1), tiny)
        return supposed

    def width(self, each: int, *, whole: bool, missed: bool) -> Floats:
        """Give the expected width of the interval of a difference, group by group.

        As if both outlets were like this one; codes count as independent.
        """
        if whole:
            share = (self.drawn_articles(each) / self.articles)[:, None]
            number = share * self.sizes
        else:
            number = self.drawn(each, missed=missed)
            share = number / np.maximum(self.sizes, 1)
        wrong = np.maximum(self.wrong(), 0.5 / (number + 1))  # the rare may be missed
        part = self.sizes / self.sizes.sum(axis=1, keepdims=True)
        one = part**2 * wrong * (1 - wrong) / np.maximum(number, 1) * (1 - share)
        coding = np.where(number > 0, one, 0.0).sum(axis=1)
        width: Floats = 2 * 1.96 * np.sqrt(2 * (self.apart + coding))
        return width


def strata_of(passages: pd.DataFrame) -> Strata:
    """Sort passages into strata."""
    keys = ["item", "outlet"]
    names = passages[keys].drop_duplicates().sort_values(keys, ignore_index=True)
    known = pd.MultiIndex.from_frame(names)
    group = known.get_indexer(pd.MultiIndex.from_frame(passages[keys]))
    machine = passages["machine"].to_numpy(bool)
    label = np.where(machine, 2, np.where(passages["elsewhere"], 1, 0))
    sizes = np.bincount(3 * group + label, minlength=3 * len(names)).reshape(-1, 3)
    name = pd.factorize(passages["article"])[0]
    article, back = np.unique(group * (name.max() + 1) + name, return_inverse=True)
    n, k = (np.bincount(back.ravel(), x) for x in (None, machine))
    of = article // (name.max() + 1)
    whole, counted = sizes.sum(axis=1), sizes[:, 2]
    rest = (k - n * (counted / whole)[of]) / whole[of]
    m = np.bincount(of)
    with np.errstate(divide="ignore", invalid="ignore"):
        apart = np.bincount(of, rest**2) * m / (m - 1)
    return Strata(names, sizes.astype(float), group, label, m, apart)


def every_so_many(
    stratum: Whole, order: Whole, probability: Floats, rng: np.random.Generator
) -> Whole:
    """Draw from each stratum every so many-th in that order, from a random start.

    `probability` is of each stratum; where it makes a whole number, just so many are
    drawn. Gives places.

    >>> rng = np.random.default_rng(0)
    >>> len(every_so_many(np.zeros(9, int), np.arange(9), np.array([1 / 3]), rng))
    3
    """
    place = np.lexsort((order, stratum))
    sorted_ = stratum[place]
    size = np.bincount(sorted_, minlength=len(probability))
    rank = np.arange(len(place)) - (np.cumsum(size) - size)[sorted_]
    start = rng.random(len(probability))[sorted_]
    # rounded, since a whole number of steps must not fall short of its last one
    before, after = (
        np.round((rank + one) * probability[sorted_], 9) + start for one in (0, 1)
    )
    return place[np.floor(after) > np.floor(before)]
