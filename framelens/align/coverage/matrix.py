"""The matrix of coverage: each claim of an event, and which outlets have it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from framelens._accuracy import shares_of
from framelens._checks import require_known
from framelens._lists import read_list
from framelens._result import Result
from framelens._wording import counted
from framelens.align.coverage.stories import COUNTERPART, ONLY_HERE
from framelens.align.coverage.stories import UNCERTAIN as NOT_SURE
from framelens.annotate.spans import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from framelens.align.coverage.result import Coverage

    Place = tuple[str, int, int]
    Claim = list[Place]
    Nearest = dict[tuple[Place, str], "Near"]

PRESENT, UNCERTAIN, ABSENT = CELLS = ("present", "uncertain", "absent")
"""What a cell may be. "Absent" means: not found, as far as this method sees."""

CELL_COLUMNS = [
    "event", "claim", "outlet", "status", "article", "voice", "words_by_voice", "start",
    "end", "text", "score",
]  # fmt: skip
"""The columns of ``CoverageMatrix.cells``."""

SAID_OF = {
    "direct": "all in quotation marks",
    "indirect": "all reported in the outlet's words",
    "mixed": "in more than one voice",
}
"""What is said of the voice of a place; nothing where the outlet speaks alone."""

LEFT_OUT = {
    "boilerplate": ("passage of boilerplate", "passages of boilerplate"),
    "furniture": ("piece of furniture", "pieces of furniture"),
}
"""What is left out, one and several."""

SEEN = "as far as this method sees"

CAUTION = "A row holds passages that speak of the same thing; they need not agree."

_CELL_OF = {COUNTERPART: PRESENT, NOT_SURE: UNCERTAIN, ONLY_HERE: ABSENT}
_RANK = {PRESENT: 2, UNCERTAIN: 1, ABSENT: 0}


@dataclass(frozen=True, eq=False, repr=False)
class CoverageMatrix(Result):
    """Claims of an event, one row each, and what each outlet has of them.

    Attributes
    ----------
    cells : DataFrame
        One row per claim and outlet of its event: ``event, claim`` (c1 is what
        most outlets of the first event have), ``outlet`` (an article that states none
        is an outlet of its own: "article x"), ``status`` (present, uncertain, absent),
        and the passage: ``article, voice`` (of all its words, else "mixed"),
        ``words_by_voice`` ("indirect 21; own 9"), ``start, end, text, score``. Where
        the outlet's own paragraph is part of the claim, that; else what comes nearest
        to the claim in the outlet's articles, also where it is absent. ``score`` is
        the highest with which the cell was lined up with another outlet.
    left_out : DataFrame
        What is no claim: ``article, start, end``, ``kind`` (furniture, boilerplate)
        and ``text``.
    """

    cells: pd.DataFrame
    left_out: pd.DataFrame = field(default_factory=pd.DataFrame)
    _chosen: str = ""

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
        present = cells["status"] == PRESENT
        absent = (cells["status"] == ABSENT).groupby(cells["claim"]).transform("sum")
        others = cells.groupby("claim")["outlet"].transform("size") - 1
        flags = pd.DataFrame({name: cells["status"] == name for name in CELLS})
        flags.insert(0, "claims", 1)
        flags["only"] = present & (absent == others)
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
        holders, outlets = present.sum(), present.size()
        if self._chosen:
            return f"{self._chosen}{counted(len(holders), 'claim')}, {SEEN}."
        claims, events = len(holders), cells["event"].nunique(dropna=False)
        on = counted(events, "event") if events > 1 else "one event"
        every = int((holders == outlets).sum())
        only = int(self.summary["only"].sum())
        return (
            f"{counted(claims, 'claim')} on {on}, of "
            f"{counted(cells['outlet'].nunique(), 'outlet')}: "
            f"{every:,} present in every outlet on the event, "
            f"agreeing or not, {only:,} in one and absent from every other, {SEEN}."
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """What is left out, how often a cell errs, and what a row does not say."""
        kinds = self.left_out["kind"].tolist() if len(self.left_out) else []
        counts = [counted(kinds.count(kind), *LEFT_OUT[kind]) for kind in LEFT_OUT]
        left_out = f"Left out of the claims: {' and '.join(counts)}."
        return (left_out, _cell_rates(), _pair_rates(), CAUTION)

    def in_all(self) -> CoverageMatrix:
        """Keep the claims that are present in every outlet on their event.

        Returns
        -------
        CoverageMatrix
            Its caption says of how many claims these are.
        """
        present = self.cells["status"].eq(PRESENT).groupby(self.cells["claim"])
        return self._narrowed(present.transform("all"), "present in every outlet")

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
        own = cells["outlet"].eq(outlet)
        fits = cells["status"].eq(PRESENT).where(own, cells["status"].eq(ABSENT))
        alone = fits.groupby(cells["claim"]).transform("all")
        alone &= own.groupby(cells["claim"]).transform("any")
        return self._narrowed(alone, f"present in {outlet} and absent from every other")

    def _narrowed(self, chosen: pd.Series, what: str) -> CoverageMatrix:
        of = counted(self.cells["claim"].nunique(), "claim")
        cells = self.cells[chosen].reset_index(drop=True)
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

    def shown(self) -> pd.DataFrame:
        """Lay out each claim with the passage of every outlet, or that it is absent."""
        wide = self._wide(_in_words(self.cells)).dropna(axis="columns", how="all")
        if len(set(wide.get("event", ()))) == 1:
            wide = wide.drop(columns="event")
        return wide


def _in_words(cells: pd.DataFrame) -> pd.Series:
    """Say each cell in words: the passage and its voice, or that it is absent."""
    names = ("status", "voice", "words_by_voice", "text", "score")
    sentences = []
    for status, voice, words, text, score in rows_of(cells, *names):
        if status == PRESENT:
            sentences.append(f"{text} ({_said(voice, words)})")
        elif status == UNCERTAIN:
            sentences.append(f"uncertain, score {score:.2f}: {text}")
        else:
            sentences.append(f"absent, nearest score {score:.2f}")
    return pd.Series(sentences, index=cells.index, dtype=object)


def _said(voice: str, words: str) -> str:
    """Name the voice of a passage, or its words in each of several."""
    named = {**SAID_OF, "own": "own words", "rest": "outside quotation marks"}
    return f"words: {words}" if voice == "mixed" else named.get(voice, voice)


def _cell_rates() -> str:
    """Say how often a cell is wrong; stands under everything that shows the matrix."""
    figures = read_list("coverage_accuracy")["paragraphs"]
    share = shares_of(figures["shares"])
    return (
        f"“Absent” can be wrong: of what an article reports, whole or in part, "
        f"{share['wrong']} is called absent from it; of what is called absent, "
        f"{share['precision']} is not reported there at all. Of what is called "
        f"present, {share['counterpart']} is reported there, whole or in part: the "
        "rest is matched wrongly. Measured passage by passage on "
        f"{figures['measured_on']}, {figures['units']} paragraphs of "
        f"{figures['events']} events, between two articles each; a cell of several "
        "articles, or of a claim that several make, has not been measured."
    )


def _pair_rates() -> str:
    """Say the same of single sentences."""
    sentences = ["Sentence against sentence, without the rest of the articles."]
    for pairs in read_list("coverage_accuracy")["pairs"]:
        share = shares_of(pairs["shares"])
        sentences.append(
            f"On {pairs['measured_on']} ({pairs['judged_by']}): of pairs that say the "
            f"same {share['missed']} are missed, of others {share['wrong']} are lined "
            f"up. {pairs['note']}".strip()
        )
    return " ".join(sentences)


class Near(NamedTuple):
    """What comes nearest to a unit in one other article."""

    place: Place
    score: float
    status: str


def matrix_of(coverage: Coverage) -> CoverageMatrix:
    """Line claims up across the outlets of each event; each unit is in one claim."""
    places, near = coverage.places, _nearest(coverage.table)
    units: dict[str, list[Place]] = defaultdict(list)
    for unit in dict.fromkeys(unit for unit, _ in near):
        units[unit[0]].append(unit)
    named = {
        article: f"article {article}" if pd.isna(outlet) else str(outlet)
        for article, outlet in places.outlets.items()
        if article in units
    }
    stated = coverage.articles.set_index("article")["event"].to_dict()
    events = {name: None if pd.isna(stated[name]) else stated[name] for name in units}
    outlets: dict[Any, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for article in units:
        outlets[events[article]][named[article]].add(article)
    best: dict[Place, float] = {}
    for (unit, _), nearest in near.items():
        best[unit] = max(nearest.score, best.get(unit, nearest.score))
    claims = []
    for claim in _claims(_links(near, units), near, units):
        event = events[claim[0][0]]
        cells = {
            outlet: _cell(claim, near, best, articles)
            for outlet, articles in sorted(outlets[event].items())
        }
        present = [cell.status for cell in cells.values()].count(PRESENT)
        claims.append((str(event), -present, sorted(claim), event, cells))
    claims.sort(key=itemgetter(0, 1, 2))
    rows = []
    for number, (*_, event, cells) in enumerate(claims, start=1):
        for outlet, cell in cells.items():
            article, _, voice, start, end, text = places.side(cell.place)
            counts = places.words_by_voice(cell.place)
            by_voice = "; ".join(f"{name} {counts[name]}" for name in sorted(counts))
            passage = article, voice, by_voice, start, end, text
            rows.append(
                (event, f"c{number}", outlet, cell.status, *passage, cell.score)
            )
    whole = dict.fromkeys(("start", "end"), "int64")
    table = pd.DataFrame(rows, columns=CELL_COLUMNS).astype(whole)
    return CoverageMatrix(table, coverage.left_out)


def _nearest(table: pd.DataFrame) -> Nearest:
    """Give what comes nearest to each unit in each other article."""
    names = ["article", "start", "end"]
    columns = [*names, *(f"counterpart_{name}" for name in names), "score", "status"]
    return {
        ((a, start, end), b): Near((b, first, last), score, status)
        for a, start, end, b, first, last, score, status in rows_of(table, *columns)
    }


def _links(
    near: Nearest, units: dict[str, list[Place]]
) -> Iterable[tuple[Place, Place]]:
    """Give the pairs of units of which each is the other's nearest, best first."""
    reach = {
        (unit, other): _unit_at(nearest.place, units[other])
        for (unit, other), nearest in near.items()
        if nearest.status == COUNTERPART
    }
    scored = [
        (round(near[unit, other[0]].score + near[other, unit[0]].score, 6), unit, other)
        for (unit, _), other in reach.items()
        if unit < other and reach.get((other, unit[0])) == unit
    ]
    scored.sort(key=lambda pair: (-pair[0], pair[1], pair[2]))
    return [(unit, other) for _, unit, other in scored]


def _unit_at(place: Place, units: list[Place]) -> Place:
    """Give the unit that has most of a passage, the first of several."""
    _, start, end = place
    inside = {unit: min(end, unit[2]) - max(start, unit[1]) for unit in units}
    return max(units, key=lambda unit: (inside[unit], -unit[1]))


def _claims(
    links: Iterable[tuple[Place, Place]], near: Nearest, units: dict[str, list[Place]]
) -> list[Claim]:
    """Join linked units into claims, the nearest first."""
    claim_of = {unit: [unit] for mine in units.values() for unit in mine}
    for unit, other in links:
        left, right = claim_of[unit], claim_of[other]
        if left is not right and _go_together(left, right, near):
            left += right
            claim_of.update(dict.fromkeys(right, left))
    return list({id(claim): claim for claim in claim_of.values()}.values())


def _go_together(left: Claim, right: Claim, near: Nearest) -> bool:
    """Whether no article is in both, and none is "only here" as against another."""
    for unit in left:
        for other in right:
            if unit[0] == other[0]:
                return False
            both = near.get((unit, other[0])), near.get((other, unit[0]))
            if any(side and side.status == ONLY_HERE for side in both):
                return False
    return True


def _cell(
    claim: Claim, near: Nearest, best: dict[Place, float], articles: set[str]
) -> Near:
    """Give an outlet's own unit of a claim, else what comes nearest to the claim."""
    own = [Near(unit, best[unit], PRESENT) for unit in claim if unit[0] in articles]
    theirs = [
        Near(side.place, side.score, _CELL_OF[side.status])
        for unit in claim
        for article in articles
        if (side := near.get((unit, article)))
    ]
    return max(own or theirs, key=lambda cell: (_RANK[cell.status], *cell[1::-1]))
