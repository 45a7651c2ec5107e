"""Windows: runs of so many words that stand in more than one article."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from framelens.annotate.word_codes import numbered

if TYPE_CHECKING:
    import numpy.typing as npt

    from framelens.annotate.word_codes import Words

    Whole = npt.NDArray[np.int64]
    Flags = npt.NDArray[np.bool_]


class Windows(NamedTuple):
    """Windows, sorted by what they say, and then by where they begin."""

    kind: Whole  # the same number for the same words
    place: Whole  # of the first word among the words of all articles
    article: Whole

    def only(self, kept: Flags) -> Windows:
        """Keep some windows."""
        return Windows(*(column[kept] for column in self))

    def articles(self) -> Whole:
        """Give for each window in how many different articles its words stand."""
        if not len(self.kind):
            return self.kind
        new = np.flatnonzero(np.diff(self.kind, prepend=-1))
        found = np.add.reduceat(self.cells().astype(np.int64), new)
        return np.repeat(found, np.diff(new, append=len(self.kind)))

    def cells(self) -> Flags:
        """Mark the first window of each kind in each article."""
        fresh = np.diff(self.kind, prepend=-1) != 0
        moved: Flags = fresh | (np.diff(self.article, prepend=-1) != 0)
        return moved

    def shared(self) -> Windows:
        """Keep the windows whose words stand in at least two articles."""
        return self.only(self.articles() > 1)


def shared_windows(words: Words, size: int) -> Windows:
    """Find the windows of `size` words that stand in at least two articles.

    >>> from framelens.annotate.word_codes import words_of
    >>> shared_windows(words_of(["so it rained here", "so it rained"]), 3)
    Windows(kind=array([1, 1]), place=array([0, 4]), article=array([0, 1]))
    """
    number = numbered(words, size)
    times = np.bincount(number + 1, minlength=1)
    times[0] = 0  # no window
    place = np.flatnonzero(times[number + 1] > 1)
    kind = number[place].astype(np.int64)
    order = np.argsort(kind, kind="stable")
    kind, place = kind[order], place[order]
    article = np.searchsorted(words.edges, place, side="right") - 1
    return Windows(kind, place, article).shared()
