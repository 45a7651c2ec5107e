"""What `coverage` returns: units, their nearest counterparts, and how sure that is."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

from framelens._accuracy import shares_of
from framelens._checks import require_known
from framelens._lists import read_list
from framelens._result import Result
from framelens._wording import counted
from framelens.align.coverage.matrix import CoverageMatrix, matrix_of
from framelens.align.coverage.stories import (
    COUNTERPART,
    ONLY_HERE,
    STATUSES,
    UNCERTAIN,
)
from framelens.annotate.spans import rows_of, texts_at
from framelens.annotate.voices import spoken_words

if TYPE_CHECKING:
    from framelens.align.coverage.matrix import Place
    from framelens.corpus import Corpus

TABLE_COLUMNS = [
    "article", "start", "end", "words", "quoted_words", "voice",
    "counterpart_article", "counterpart_start", "counterpart_end",
    "score", "status", "shared",
]  # fmt: skip
"""The columns of ``Coverage.table``."""

_PLACE = ["article", "start", "end"]

UNIT = "paragraph or sentence", "paragraphs or sentences"
"""What a unit is called, one and several."""

_NAMED = {
    COUNTERPART: "with a counterpart",
    UNCERTAIN: "uncertain",
    ONLY_HERE: "only here",
}


class Places:
    """Looks places up in the articles of a corpus: outlet, voice and text."""

    def __init__(self, corpus: Corpus) -> None:
        articles, voices = corpus.articles, corpus.voices
        self.texts = dict(rows_of(articles, "article", "text"))
        self.outlets = dict(rows_of(articles, "article", "outlet"))
        self._voices = dict(tuple(voices.groupby("article", sort=False)))
        self._none = voices.iloc[:0]
        self._spoken: dict[str, list[tuple[int, int, str]]] = {}

    def side(self, place: Place) -> tuple[str, Any, str, int, int, str]:
        """Give ``article, outlet, voice, start, end, text`` of a place."""
        article, start, end = place
        text = self.texts[article][start:end]
        return article, self.outlets[article], self.voice(place), start, end, text

    def voice(self, place: Place) -> str:
        """Give the voice that all words of a place are in, or "mixed"."""
        voices = self.words_by_voice(place)
        return next(iter(voices)) if len(voices) == 1 else "mixed"

    def words_by_voice(self, place: Place) -> Counter[str]:
        """Count the words of a place in each voice."""
        article, start, end = place
        if article not in self._spoken:
            mine = self._voices.get(article, self._none)
            self._spoken[article] = spoken_words(self.texts[article], mine)
        spoken = self._spoken[article]
        first, last = (bisect_left(spoken, (edge, -1, "")) for edge in (start, end))
        return Counter(voice for _, _, voice in spoken[first:last])


@dataclass(frozen=True, eq=False, repr=False)
class Coverage(Result):
    """What articles on one event have in common, and what only one of them has.

    Attributes
    ----------
    table : DataFrame
        One row per unit and other article: ``article, start, end``, ``words``,
        ``quoted_words`` (of them, inside quotations that are speech), ``voice``
        (own, direct or indirect, if all its words stand in it, else mixed; rest for
        own and indirect where only the marks were looked at),
        ``counterpart_article, counterpart_start,
        counterpart_end`` (the nearest passage there is, also where nothing is lined
        up), ``score`` (about 0 to 1), ``status`` (counterpart, uncertain, only
        here) and ``shared`` (the rarest words in common).
    notes : tuple of str
        What the method cannot say, and how often it errs.
    corpus : Corpus
        The articles that were lined up.
    left_out : DataFrame
        What of these articles was not: ``article, start, end``, ``kind`` (furniture,
        boilerplate) and ``text``.
    """

    table: pd.DataFrame
    notes: tuple[str, ...]
    corpus: Corpus
    left_out: pd.DataFrame

    @property
    def articles(self) -> pd.DataFrame:
        """The articles that were lined up."""
        return self.corpus.articles

    @property
    def caption(self) -> str:
        """What was lined up."""
        units = self.units
        names = units["article"].unique()
        mine = self.articles[self.articles["article"].isin(names)]
        events = max(1, mine["event"].nunique())
        on = counted(events, "event") if events > 1 else "one event"
        return (
            f"What only one of the articles on its event has, as far as this "
            f"method sees: {counted(len(names), 'article')} on {on}, "
            f"{counted(len(units), *UNIT)}, each beside its nearest counterpart."
        )

    @property
    def alt(self) -> str:
        """What the figure shows, in words."""
        bars = []
        for _, mine in self.summary.groupby("article", sort=False):
            article, outlet = mine["article"].iloc[0], mine["outlet"].iloc[0]
            who = f"article {article}" if pd.isna(outlet) else f"{outlet} ({article})"
            share = mine.set_index("status")["share"]
            shares = ", ".join(
                f"{100 * share[status]:.0f} % {_NAMED[status]}" for status in STATUSES
            )
            words = counted(int(mine["words"].sum()), "word")
            bars.append(f"{who}: {words}, of them {shares}")
        return f"One bar per article. {'. '.join(bars)}."

    @property
    def units(self) -> pd.DataFrame:
        """The table with one row per unit: the nearest counterpart in any article.

        So "only here" means: in no other article that was lined up with it.
        """
        best = self.table.sort_values("score", ascending=False, kind="stable")
        first = best.drop_duplicates(_PLACE).index
        return self.table.loc[sorted(first)].reset_index(drop=True)

    @property
    def alignments(self) -> pd.DataFrame:
        """Each unit with a counterpart, and that counterpart, as one group.

        ``group, article, start, end, role`` (unit or counterpart) and ``score``: two
        rows for every row of the table with the status "counterpart".
        """
        pairs = self.table[self.table["status"] == COUNTERPART].reset_index(drop=True)
        groups = [f"c{number}" for number in range(1, len(pairs) + 1)]
        sides = [
            pairs[[f"{prefix}{key}" for key in _PLACE]]
            .set_axis(_PLACE, axis="columns")
            .assign(role=role, score=pairs["score"], group=groups)
            for prefix, role in (("", "unit"), ("counterpart_", COUNTERPART))
        ]
        both = pd.concat(sides).sort_index(kind="stable").reset_index(drop=True)
        return both[["group", "article", "start", "end", "role", "score"]]

    @property
    def summary(self) -> pd.DataFrame:
        """How much of each article has which status.

        ``article, outlet, status, units, words, quoted_words, share`` (of the
        article's words, in [0, 1]); a status that does not occur has 0.
        """
        units = self.units.groupby(["article", "status"], sort=False)
        sums = units.agg(
            units=("start", "size"),
            words=("words", "sum"),
            quoted_words=("quoted_words", "sum"),
        )
        names = self.table["article"].unique()
        every = pd.MultiIndex.from_product(
            [names, STATUSES], names=["article", "status"]
        )
        table = sums.reindex(every, fill_value=0).reset_index()
        outlets = self.articles.set_index("article")["outlet"]
        table.insert(1, "outlet", outlets.reindex(table["article"]).to_numpy())
        total = table.groupby("article")["words"].transform("sum")
        return table.assign(share=table["words"] / total)

    def evidence(
        self, status: str = ONLY_HERE, *, article: str | None = None
    ) -> pd.DataFrame:
        """Give the units of one status.

        Parameters
        ----------
        status : str, default "only here"
            Or "uncertain", or "counterpart".
        article : str, optional
            Only units of this article.

        Returns
        -------
        DataFrame
            ``article, outlet, voice, start, end, text, counterpart_article,
            counterpart_start, counterpart_end, counterpart, score``; ``text`` and
            ``counterpart`` are what stands at these offsets.

        Raises
        ------
        UnknownNameError
            If there is no such status or article.
        """
        require_known(status, STATUSES, kind="status")
        units = self.units
        if article is not None:
            require_known(article, units["article"], kind="article")
            units = units[units["article"] == article]
        found = with_texts(units[units["status"] == status], self.articles)
        return found[
            ["article", "outlet", "voice", "start", "end", "text"]
            + [f"counterpart_{key}" for key in _PLACE]
            + ["counterpart", "score"]
        ]

    @cached_property
    def places(self) -> Places:
        """Looks places of the articles up: their outlet, voice and text."""
        return Places(self.corpus)

    def matrix(self) -> CoverageMatrix:
        """Line claims up across all outlets: one row per claim, a column per outlet.

        Two paragraphs are one claim if each is the other's nearest and both have a
        counterpart; the nearest are joined first. A claim holds one paragraph of an
        article at most, and none that is "only here" as against the article of
        another in it. An outlet without a paragraph of its own in the claim has what
        comes nearest to it, and its status: present, uncertain or absent.

        Returns
        -------
        CoverageMatrix
            Its ``table`` is the matrix, its ``cells`` hold the passages and their
            voice, its ``notes`` how often "absent" and "present" are wrong.
        """
        return matrix_of(self)


def paragraph_rates() -> str:
    """Say how often "only here" and "counterpart" are wrong, and on which set."""
    figures = read_list("coverage_accuracy")["paragraphs"]
    share = shares_of(figures["shares"])
    not_in_full = f"{100 * share['precision_part'].value:.0f} %"
    return (
        f"How often it errs, measured on {figures['measured_on']}, {figures['units']} "
        f"paragraphs of {figures['events']} events: of those called “only here”, "
        f"{share['precision']} are not reported by the other article at all, and "
        f"{not_in_full} not in full; of those not reported, it misses "
        f"{share['missed']}; of those with a “counterpart”, {share['counterpart']} are "
        "reported there, whole or in part. One language model judged, once."
    )


def with_texts(units: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Put outlets, and what stands at their offsets, beside units and counterparts."""
    outlets = articles.set_index("article")["outlet"]
    table = units.reset_index(drop=True)
    for name, prefix in (("text", ""), ("counterpart", "counterpart_")):
        outlet = outlets.reindex(table[f"{prefix}article"])
        table[f"{prefix}outlet"] = outlet.to_numpy()
        table[name] = texts_at(table, articles, prefix)
    return table
