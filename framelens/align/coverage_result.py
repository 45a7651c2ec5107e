"""What `coverage` returns: units, their nearest counterparts, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from framelens._checks import require_known
from framelens._wording import counted
from framelens.align.coverage_places import Places
from framelens.align.differing import Differing, differing
from framelens.annotate.chosen_voices import chosen_voices

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.axes import Axes

    from framelens.align.coverage_matrix import CoverageMatrix
    from framelens.show.figure import Figure

COUNTERPART, UNCERTAIN, ONLY_HERE = STATUSES = ("counterpart", "uncertain", "only here")
"""What a unit may be. "Only here" means: as far as this method sees."""

TABLE_COLUMNS = [
    "article", "start", "end", "words", "quoted_words", "voice",
    "counterpart_article", "counterpart_start", "counterpart_end",
    "score", "status", "shared",
]  # fmt: skip
"""The columns of ``Coverage.table``."""

LEFT_OUT_COLUMNS = ["article", "start", "end", "kind", "text"]
"""The columns of ``Coverage.left_out``."""

UNIT = "paragraph or sentence", "paragraphs or sentences"
"""What a unit is called, one and several."""

_NAMED = {
    COUNTERPART: "with a counterpart",
    UNCERTAIN: "uncertain",
    ONLY_HERE: "only here",
}


def _nothing() -> pd.DataFrame:
    return pd.DataFrame(columns=LEFT_OUT_COLUMNS)


@dataclass(frozen=True, eq=False)
class Coverage:
    """What articles on one event have in common, and what stands only in one.

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
    articles : DataFrame
        What was lined up.
    left_out : DataFrame
        What of these articles was not: ``article, start, end``, ``kind`` (furniture,
        boilerplate) and ``text``.
    """

    table: pd.DataFrame = field(repr=False)
    notes: tuple[str, ...] = field(repr=False)
    articles: pd.DataFrame = field(repr=False)
    _voices: pd.DataFrame | None = field(default=None, repr=False)
    left_out: pd.DataFrame = field(default_factory=_nothing, repr=False)

    def __repr__(self) -> str:
        return f"Coverage({self.caption})"

    @property
    def caption(self) -> str:
        """What was lined up."""
        units = self.units
        names = units["article"].unique()
        mine = self.articles[self.articles["article"].isin(names)]
        events = max(1, mine["event"].nunique())
        on = counted(events, "event") if events > 1 else "one event"
        return (
            f"What stands in only one of the articles on its event, as far as this "
            f"method sees: {counted(len(names), 'article')} on {on}, "
            f"{counted(len(units), *UNIT)}, each beside its nearest counterpart."
        )

    @property
    def alt(self) -> str:
        """What the figure shows, in words."""
        told = []
        for _, mine in self.summary.groupby("article", sort=False):
            article, outlet = mine["article"].iloc[0], mine["outlet"].iloc[0]
            who = f"article {article}" if pd.isna(outlet) else f"{outlet} ({article})"
            share = mine.set_index("status")["share"]
            shares = ", ".join(
                f"{100 * share[one]:.0f} % {_NAMED[one]}" for one in STATUSES
            )
            words = counted(int(mine["words"].sum()), "word")
            told.append(f"{who}: {words}, of them {shares}")
        return f"One bar per article. {'. '.join(told)}."

    @property
    def units(self) -> pd.DataFrame:
        """The table with one row per unit: the nearest counterpart in any article.

        So "only here" means: in no other article that was lined up with it.
        """
        return one_row_each(self.table)

    @property
    def alignments(self) -> pd.DataFrame:
        """Each unit with a counterpart, and that counterpart, as one group.

        ``group, article, start, end, role`` (unit or counterpart) and ``score``: two
        rows for every row of the table with the status "counterpart".
        """
        found = self.table[self.table["status"] == COUNTERPART].reset_index(drop=True)
        groups = [f"c{number}" for number in range(1, len(found) + 1)]
        sides = [
            found[[f"{prefix}{one}" for one in ("article", "start", "end")]]
            .set_axis(["article", "start", "end"], axis="columns")
            .assign(role=role, score=found["score"], group=groups)
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
        found = units[units["status"] == status].reset_index(drop=True)
        about = self.articles.set_index("article")
        found["outlet"] = about["outlet"].reindex(found["article"]).to_numpy()
        texts = about["text"].to_dict()
        for name, prefix in (("text", ""), ("counterpart", "counterpart_")):
            columns = [found[f"{prefix}{one}"] for one in ("article", "start", "end")]
            places = zip(*(column.tolist() for column in columns), strict=True)
            found[name] = pd.Series(
                [texts[one][start:end] for one, start, end in places], dtype=object
            )
        return found[
            ["article", "outlet", "voice", "start", "end", "text"]
            + [f"counterpart_{one}" for one in ("article", "start", "end")]
            + ["counterpart", "score"]
        ]

    @property
    def places(self) -> Places:
        """Looks places of the articles up: their outlet, voice and text."""
        return Places(self.articles, chosen_voices(self.articles, self._voices))

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
        from framelens.align.coverage_claims import matrix_of

        return matrix_of(self)

    def candidates(self) -> Differing:
        """List numbers, dates, negations and opposite words that differ where lined up.

        Returns
        -------
        Differing
            Both passages of each, for a person to read; nothing is judged. The rules
            stand in `framelens.align.differing.what_differs`.
        """
        return differing(self)

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw how much of each article has which status, and return the axes."""
        from framelens.show.coverage_view import plot_coverage

        return plot_coverage(self, ax=ax)

    def figure(self) -> Figure:
        """Draw the same as a figure that carries its caption and alt text."""
        from framelens.show.coverage_view import coverage_figure

        return coverage_figure(self)

    def save(self, path: str | Path) -> None:
        """Save the figure as ``.png`` or ``.svg``."""
        self.figure().save(path)

    def _repr_html_(self) -> str:
        from framelens.show.coverage_view import coverage_view

        return coverage_view(self)._repr_html_()


def one_row_each(table: pd.DataFrame) -> pd.DataFrame:
    """Keep, of the rows of each unit, the one with the highest score."""
    best = table.sort_values("score", ascending=False, kind="stable")
    kept = best.drop_duplicates(["article", "start", "end"]).index
    return table.loc[sorted(kept)].reset_index(drop=True)
