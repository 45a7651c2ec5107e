"""Design: which articles are compared, within which events and genres."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.sparse import coo_array, csr_array

from framelens._checks import InputError, UnknownNameError, require_known
from framelens.compare.strata import shared
from framelens.measure.counts import TEXT, counts_of

if TYPE_CHECKING:
    import numpy.typing as npt

    from framelens.compare.strata import Floats, Whole
    from framelens.measure.counts import Counts


ALL, OWN = "all", "own"
"""Everything but furniture, a sum; and what the outlet itself says."""

QUOTED, REST = "quoted", "rest"
"""Two more sums: what others say, and what stands outside quotation marks."""

SUMS = {QUOTED: ("direct", "indirect"), REST: (OWN, "indirect", REST)}
"""Which voices a sum adds up. Counts made from quotation marks alone hold a rest of
their own, since they do not tell the outlet's voice from reported speech."""

WEIGHTS = ("equal", "precision")
"""How events may weigh in a difference that is averaged over them."""

UNTOLD = (OWN, "indirect")
"""The voices that counts made from quotation marks alone do not tell apart."""


@dataclass(frozen=True, eq=False)
class Design:
    """What is compared with what; built by `design_of`.

    Attributes
    ----------
    target, baseline, voice, measure, unit : str
    articles : DataFrame
        The compared articles: ``article, outlet, event, genre, date, n``, then
        ``is_target``, and ``cell``, the row of `cells`.
    cells : DataFrame
        One row per event and genre that both outlets have: ``event`` (a number
        from 0), ``weight`` (within the event; sums to 1), and for each side
        ``target_articles, target_n, baseline_articles, baseline_n``.
    k : sparse array (articles, items)
    items : Index
    prior : array (items,)
        The share of each item in all articles of the two outlets, pooled.
    prior_size : float
        The mean n of those articles.
    events_given : bool
        False where no article has an event: then all form one stratum.
    genres_apart : bool
        True where the outlets share an event, but no genre within one.
    added_up : tuple of str
        The voices behind the numbers, those that the counts hold.
    outside : dict
        What was left out: the reason, and the number of articles.
    weights : {"equal", "precision"}
        How events weigh.
    """

    target: str
    baseline: str
    voice: str
    measure: str
    unit: str
    articles: pd.DataFrame
    cells: pd.DataFrame
    k: csr_array
    items: pd.Index
    prior: Floats
    prior_size: float
    events_given: bool
    genres_apart: bool
    added_up: tuple[str, ...]
    outside: dict[str, int]
    weights: str = "equal"

    @cached_property
    def strata(self) -> int:
        """The number of shared events; 1 if none are given, 0 if none is shared."""
        return int(self.cells["event"].nunique())

    @property
    def events(self) -> int:
        """The number of shared events; 0 where no events are given."""
        return self.strata if self.events_given else 0

    @cached_property
    def articles_by_cell(self) -> Floats:
        """Articles of target and baseline: (cells, 2)."""
        return self.cells[["target_articles", "baseline_articles"]].to_numpy(float)

    @cached_property
    def n_by_cell(self) -> Floats:
        """Totals of target and baseline: (cells, 2)."""
        return self.cells[["target_n", "baseline_n"]].to_numpy(float)

    @cached_property
    def event_of_cell(self) -> Whole:
        """The number of the event of each cell."""
        return self.cells["event"].to_numpy(np.int64)

    @cached_property
    def n(self) -> Floats:
        """The total of each article."""
        return self.articles["n"].to_numpy(float)

    @cached_property
    def cell(self) -> Whole:
        """The cell of each article."""
        return self.articles["cell"].to_numpy(np.int64)

    @cached_property
    def is_target(self) -> npt.NDArray[np.bool_]:
        """True for the articles of the target."""
        return self.articles["is_target"].to_numpy(dtype=bool)

    @cached_property
    def event_precision(self) -> Floats:
        """What the difference of each event weighs: 1, or more the more articles.

        By precision it is half the harmonic mean of the articles of the two sides,
        added up over genres: one over the variance of a difference of two means, but
        for a factor, where articles differ as much in each event.
        """
        if self.weights == "equal":
            return np.ones(self.strata)
        articles = self.articles_by_cell
        precision = articles.prod(axis=1) / articles.sum(axis=1)
        return np.bincount(self.event_of_cell, precision).astype(float)

    @property
    def event_weight(self) -> Floats:
        """The same, summing to 1."""
        weight: Floats = self.event_precision / self.event_precision.sum()
        return weight

    @cached_property
    def rows_by_cell(self) -> list[Whole]:
        """The rows of the articles of each cell."""
        return [np.flatnonzero(self.cell == one) for one in range(len(self.cells))]

    @property
    def sizes(self) -> tuple[int, int]:
        """The number of compared articles of the target and of the baseline."""
        return int(self.is_target.sum()), int((~self.is_target).sum())


def design_of(
    source: Counts | pd.DataFrame | tuple[pd.DataFrame, pd.DataFrame],
    *,
    target: str,
    baseline: str,
    voice: str,
    articles: pd.DataFrame | None,
    weights: str = "equal",
) -> Design:
    """Find the events, and within them the genres, that both outlets cover.

    An article without any n in this voice is not there. Rows are put in a fixed
    order, so that the order of the input does not matter.

    Raises
    ------
    UnknownNameError
        If an outlet or the voice does not occur, or `weights` is another word.
    InputError
        If `articles` lacks an article that is counted.
    """
    require_known(weights, WEIGHTS, kind="way to weigh events")
    counts = counts_of(source)
    for outlet in (target, baseline):
        require_known(outlet, counts.totals["outlet"].dropna(), kind="outlet")
    voices = voices_in(counts, voice)
    totals = counts.totals[counts.totals["voice"].isin(voices)]
    totals = totals[totals["n"] > 0]
    rows = counts.counts[counts.counts["voice"].isin(voices)]
    table = _article_table(totals, [target, baseline], articles)
    k, items = _matrix(rows, table["article"])
    whole = max(float(table["n"].sum()), 1.0)
    prior = np.asarray(k.sum(axis=0), dtype=float).ravel() / whole
    prior_size = whole / max(len(table), 1)
    table["is_target"] = table["outlet"].eq(target)
    if target == baseline:  # the outlet stands on both sides
        k = csr_array(k[np.tile(np.arange(len(table)), 2)])
        table = pd.concat([table, table.assign(is_target=False)], ignore_index=True)
    kept, cells, outside, genres_apart = shared(table)
    here = csr_array(k[kept.index.to_numpy()])
    seen = np.flatnonzero(np.asarray(here.sum(axis=0)).ravel() > 0)
    return Design(
        target=target,
        baseline=baseline,
        voice=voice,
        measure=counts.measure,
        unit=counts.unit,
        articles=kept.reset_index(drop=True),
        cells=cells,
        k=csr_array(here[:, seen]),
        items=items[seen],
        prior=prior[seen],
        prior_size=prior_size,
        events_given=bool(table["event"].notna().any()),
        genres_apart=genres_apart,
        added_up=tuple(voices),
        outside=outside,
        weights=weights,
    )


def voices_in(counts: Counts, voice: str) -> list[str]:
    """Give the voices that one voice stands for in `counts`; never furniture.

    Parameters
    ----------
    counts : Counts
    voice : str
        One that the counts hold, or a sum: "all", "quoted", "rest".

    Returns
    -------
    list of str

    Raises
    ------
    UnknownNameError
        If the counts hold no such voice; for "own" with what to do.
    InputError
        If the counts hold a sum that cannot be stored.
    """
    known = set(counts.totals["voice"].dropna()) - {"furniture"}
    if ALL in known and len(known) > 1:
        raise InputError(
            "voice 'all' is a sum made in a comparison; counts must not hold it."
        )
    if voice in UNTOLD and REST in known:
        raise UnknownNameError(
            f"no voice {voice!r} in these counts: they were made from quotation marks "
            "alone; count again without voices='marks', as measure.terms(articles), "
            "or compare voice='rest'."
        )
    named = known | {ALL, *SUMS, "direct"} | ({"indirect"} if OWN in known else set())
    require_known(voice, named, kind="voice")
    wanted = known if voice == ALL else {*SUMS.get(voice, (voice,))}
    return sorted(wanted & known)


def _article_table(
    totals: pd.DataFrame, outlets: list[str], articles: pd.DataFrame | None
) -> pd.DataFrame:
    """One row per article of the two outlets, in order of their identifiers."""
    rows = totals[totals["outlet"].isin(outlets)]
    table = rows.drop_duplicates("article").set_index("article")[["outlet", "event"]]
    table = (
        table.assign(n=rows.groupby("article")["n"].sum()).sort_index().reset_index()
    )
    details = pd.DataFrame(index=table.index, columns=["genre", "date"], dtype=TEXT)
    if articles is not None:
        absent = table.loc[~table["article"].isin(articles["article"]), "article"]
        if len(absent):
            raise InputError(
                f"articles= lacks {len(absent)} of the counted articles, such as "
                f"{absent.iloc[0]!r}; pass the table that was measured."
            )
        by_name = articles.set_index("article").reindex(table["article"])
        details = (
            by_name.reindex(columns=["genre", "date"])
            .reset_index(drop=True)
            .astype(TEXT)
        )
    return table.join(details)[["article", "outlet", "event", "genre", "date", "n"]]


def _matrix(rows: pd.DataFrame, articles: pd.Series) -> tuple[csr_array, pd.Index]:
    """Set counts out as articles by items; voices of one article are added up."""
    place = pd.Index(articles).get_indexer(rows["article"])
    here = place >= 0
    codes, items = pd.factorize(rows["item"].astype(TEXT)[here], sort=True)
    k = rows["k"].to_numpy(float)[here]
    shape = (len(articles), len(items))
    return csr_array(coo_array((k, (place[here], codes)), shape=shape)), pd.Index(items)
