"""The matrix of coverage: each claim of an event, and which outlets tell it."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from framelens._checks import require_known
from framelens._wording import counted
from framelens.align.coverage_accuracy import ACCURACY, PAIR_ACCURACIES
from framelens.align.coverage_places import SAID_OF

PRESENT, UNCERTAIN, ABSENT = CELLS = ("present", "uncertain", "absent")
"""What a cell may be. "Absent" means: not found, as far as this method sees."""

CELL_COLUMNS = [
    "event", "claim", "outlet", "status", "article", "voice", "words_by_voice", "start",
    "end", "text", "score",
]  # fmt: skip
"""The columns of ``CoverageMatrix.cells``."""

UNITS = {
    "boilerplate": ("passage of boilerplate", "passages of boilerplate"),
    "furniture": ("piece of furniture", "pieces of furniture"),
}
"""What is left out, one and several."""

SEEN = "as far as this method sees"

LONGEST_LIST = 40
"""Claims that are displayed; the table has them all."""

RATES = (
    f"“Absent” is a measured guess: of what an article tells, whole or in part, "
    f"{ACCURACY.wrong} is called absent from it; of what is called absent, "
    f"{ACCURACY.precision} is not told there at all. Of what is called present, "
    f"{ACCURACY.counterpart} is told there, whole or in part: the rest is lined up "
    f"wrongly. Measured passage by passage on {ACCURACY.measured_on}, {ACCURACY.units} "
    f"paragraphs of {ACCURACY.events} events, between two articles each; a cell of "
    "several articles, or of a claim told by several, has not been measured."
)
"""How often a cell errs. Stands under everything that shows the matrix."""

PAIR_RATES = " ".join(
    ["Sentence against sentence, without the rest of the articles."]
    + [one.sentence() for one in PAIR_ACCURACIES]
)
"""The same for single sentences: the rates of missing and of false alignment."""

CAUTION = (
    "A row holds passages that speak of the same thing; whether they agree is not said."
)


@dataclass(frozen=True, eq=False)
class CoverageMatrix:
    """Claims of an event, one row each, and what each outlet has of them.

    Attributes
    ----------
    cells : DataFrame
        One row per claim and outlet of its event: ``event, claim`` (c1 is told by
        most outlets of the first event), ``outlet`` (an article that states none is
        an outlet of its own: "article x"), ``status`` (present, uncertain, absent),
        and the passage: ``article, voice`` (of all its words, else "mixed"),
        ``words_by_voice`` ("indirect 21; own 9"), ``start, end, text, score``. Where
        the outlet's own paragraph is part of the claim, that; else what comes nearest
        to the claim in the outlet's articles, also where it is absent. ``score`` is
        the highest with which the cell was lined up with another outlet.
    left_out : DataFrame
        What is no claim: ``article, start, end``, ``kind`` (furniture, boilerplate)
        and ``text``.
    """

    cells: pd.DataFrame = field(repr=False)
    left_out: pd.DataFrame = field(default_factory=pd.DataFrame, repr=False)
    _chosen: str = field(default="", repr=False)

    def __repr__(self) -> str:
        return f"CoverageMatrix({self.caption})"

    @property
    def table(self) -> pd.DataFrame:
        """The matrix: ``event, claim``, then one column per outlet with its status.

        Missing where an outlet has no article on the event.
        """
        return self._wide(self.cells["status"])

    @property
    def summary(self) -> pd.DataFrame:
        """One row per event and outlet: ``claims, present, uncertain, absent, only``.

        ``claims`` are those of the event, the sum of the next three; ``only`` are
        those that are absent from every other outlet.
        """
        cells = self.cells
        told = cells["status"] == PRESENT
        absent = (cells["status"] == ABSENT).groupby(cells["claim"]).transform("sum")
        others = cells.groupby("claim")["outlet"].transform("size") - 1
        flags = pd.DataFrame({one: cells["status"] == one for one in CELLS})
        flags.insert(0, "claims", 1)
        flags["only"] = told & (absent == others)
        sums = (
            flags.astype("int64")
            .groupby([cells["event"], cells["outlet"]], dropna=False)
            .sum()
        )
        return sums.reset_index()

    @property
    def caption(self) -> str:
        """How many claims, outlets and events, and how many all and only one tell."""
        cells = self.cells
        present = (cells["status"] == PRESENT).groupby(cells["claim"])
        told, outlets = present.sum(), present.size()
        if self._chosen:
            return f"{self._chosen}{counted(len(told), 'claim')}, {SEEN}."
        claims, events = len(told), cells["event"].nunique(dropna=False)
        on = counted(events, "event") if events > 1 else "one event"
        only = int(self.summary["only"].sum())
        return (
            f"{counted(claims, 'claim')} on {on}, of "
            f"{counted(cells['outlet'].nunique(), 'outlet')}: "
            f"{int((told == outlets).sum()):,} present in every outlet on the event, "
            f"agreeing or not, {only:,} in one and absent from every other, {SEEN}."
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """What is left out, how often a cell errs, and what a row does not say."""
        return (self._left_out_sentence(), RATES, PAIR_RATES, CAUTION)

    def _left_out_sentence(self) -> str:
        kinds = self.left_out["kind"].tolist() if len(self.left_out) else []
        told = [counted(kinds.count(kind), *UNITS[kind]) for kind in UNITS]
        return f"Left out of the claims: {' and '.join(told)}."

    def in_all(self) -> CoverageMatrix:
        """Keep the claims that are present in every outlet on their event.

        Returns
        -------
        CoverageMatrix
            Its caption says of how many claims these are.
        """
        told = self.cells["status"].eq(PRESENT).groupby(self.cells["claim"])
        return self._narrowed(told.transform("all"), "present in every outlet")

    def only_in(self, outlet: str) -> CoverageMatrix:
        """Keep the claims of one outlet that are absent from every other.

        Parameters
        ----------
        outlet : str
            A column of the table.

        Returns
        -------
        CoverageMatrix
            Its caption says of how many claims these are.

        Raises
        ------
        UnknownNameError
            If no such outlet tells of these events.
        """
        cells = self.cells
        require_known(outlet, cells["outlet"], kind="outlet")
        here = cells["outlet"].eq(outlet)
        fits = cells["status"].eq(PRESENT).where(here, cells["status"].eq(ABSENT))
        kept = fits.groupby(cells["claim"]).transform("all")
        kept &= here.groupby(cells["claim"]).transform("any")
        return self._narrowed(kept, f"present in {outlet} and absent from every other")

    def _narrowed(self, kept: pd.Series, what: str) -> CoverageMatrix:
        of = counted(self.cells["claim"].nunique(), "claim")
        cells = self.cells[kept].reset_index(drop=True)
        return CoverageMatrix(cells, self.left_out, f"Of {of}, those {what}: ")

    def evidence(self, claim: str) -> pd.DataFrame:
        """Give the cells of one claim, with the passages.

        Parameters
        ----------
        claim : str
            One of ``cells["claim"]``, such as "c1".

        Returns
        -------
        DataFrame
            The rows of ``cells`` for it; ``text`` is what stands at its offsets.

        Raises
        ------
        UnknownNameError
            If there is no such claim.
        """
        require_known(claim, self.cells["claim"], kind="claim")
        return self.cells[self.cells["claim"] == claim].reset_index(drop=True)

    def _wide(self, values: pd.Series) -> pd.DataFrame:
        named = self.cells[["event", "claim", "outlet"]].assign(value=values)
        outlets = sorted(named["outlet"].unique())
        wide = named.pivot_table(
            index="claim", columns="outlet", values="value", aggfunc="first", sort=False
        )
        heads = named.drop_duplicates("claim")[["event", "claim"]]
        cells = wide.reindex(heads["claim"])[outlets].reset_index(drop=True)
        return pd.concat([heads.reset_index(drop=True), cells], axis="columns")

    def _repr_html_(self) -> str:
        from framelens.show.tables import html_table

        shown = _told(self.cells)
        wide = self._wide(shown).dropna(axis="columns", how="all")
        if len(set(wide.get("event", ()))) == 1:
            wide = wide.drop(columns="event")
        notes = self.notes
        if len(wide) > LONGEST_LIST:
            notes = (f"The first {LONGEST_LIST} of {len(wide):,} claims.", *notes)
        return html_table(wide.head(LONGEST_LIST), caption=self.caption, notes=notes)


def _told(cells: pd.DataFrame) -> pd.Series:
    """Say each cell in words: the passage and its voice, or that it is absent."""
    names = ("status", "voice", "words_by_voice", "text", "score")
    told = []
    for status, voice, words, text, score in zip(
        *(cells[name].tolist() for name in names), strict=True
    ):
        if status == PRESENT:
            told.append(f"{text} ({_said(voice, words)})")
        elif status == UNCERTAIN:
            told.append(f"uncertain, score {score:.2f}: {text}")
        else:
            told.append(f"absent, nearest score {score:.2f}")
    return pd.Series(told, index=cells.index, dtype=object)


def _said(voice: str, words: str) -> str:
    """Name the voice of a passage, or its words in each of several."""
    named = {**SAID_OF, "own": "own words", "rest": "outside quotation marks"}
    return f"words: {words}" if voice == "mixed" else named.get(voice, voice)
