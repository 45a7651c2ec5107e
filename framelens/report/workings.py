"""Workings: what a report counts, compares and lines up, each once for all its parts.

Findings, sections and files beside the page rest on the same counts, comparisons and
statements; whoever asks first has them made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from framelens._checks import InputError
from framelens.align import coverage, statements
from framelens.compare import contrast
from framelens.measure import MEASURES

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from framelens.align import Coverage, Statements
    from framelens.compare import Contrast
    from framelens.corpus import Corpus
    from framelens.measure import Counts

Made = TypeVar("Made")


class Workings:
    """Keeps what was made of a corpus, or of some of its articles, for one report."""

    def __init__(self) -> None:
        self._made: dict[tuple[Hashable, ...], Any] = {}

    def counts(self, corpus: Corpus, measure: str, **options: Any) -> Counts:
        """Give the counts of a measure."""
        key = ("counts", *_named(corpus), measure, *sorted(options.items()))
        made: Counts = self._once(key, lambda: MEASURES[measure](corpus, **options))
        return made

    def contrast(
        self,
        corpus: Corpus,
        measure: str,
        target: str,
        baseline: str,
        *,
        voice: str = "all",
        **options: Any,
    ) -> Contrast:
        """Compare two outlets by a measure.

        Raises
        ------
        FramelensError
            If they cannot be compared, as `framelens.contrast` says.
        """
        asked = (measure, target, baseline, voice, *sorted(options.items()))

        def make() -> Contrast:
            counts = self.counts(corpus, measure, **options)
            return contrast(counts, target, baseline, voice=voice)

        return self._once(("contrast", *_named(corpus), *asked), make)

    @property
    def contrasts(self) -> list[Contrast]:
        """Every comparison that was made so far, in the order in which it was."""
        return [one for key, one in self._made.items() if key[0] == "contrast"]

    def statements(self, corpus: Corpus) -> Statements:
        """Give the statements that several articles carry."""
        return self._once(("statements", *_named(corpus)), lambda: statements(corpus))

    def coverage(self, corpus: Corpus) -> Coverage | None:
        """Line passages up; None where the articles have no text beside furniture."""

        def make() -> Coverage | None:
            try:
                return coverage(corpus)
            except InputError:
                return None

        return self._once(("coverage", *_named(corpus)), make)

    def _once(self, key: tuple[Hashable, ...], make: Callable[[], Made]) -> Made:
        if key not in self._made:
            self._made[key] = make()
        made: Made = self._made[key]
        return made


def _named(corpus: Corpus) -> tuple[Hashable, ...]:
    """Name the articles of a corpus, in their order, and what holds of them."""
    articles = tuple(corpus.articles["article"].tolist())
    events = tuple(corpus.articles["event"].astype(object).fillna("").tolist())
    return articles, events, corpus.marks_only
