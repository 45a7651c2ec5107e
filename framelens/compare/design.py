"""Design: which articles are compared, within which events and genres."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from framelens._checks import InputError, UnknownNameError, require_known
from framelens.measure.counts import TEXT, counts_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    from framelens.measure.counts import Counts

    Floats = npt.NDArray[np.float64]
    Whole = npt.NDArray[np.int64]
    Source = Counts | pd.DataFrame | tuple[pd.DataFrame, pd.DataFrame]

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

CHUNK, ENTRIES = 20_000, 6_000_000
"""Items looked at together, and counts of articles, so that memory stays bounded."""


@dataclass(frozen=True, eq=False)
class Design:
    """What is compared with what; built by `design_of`.

    `articles` (``article, outlet, event, genre, date, n``, ``is_target``, and ``cell``,
    the row of `cells`) are those compared. A cell is an event and genre that both
    outlets have: ``event`` (a number from 0), ``weight`` (within the event; sums to 1),
    and for each side ``target_articles, target_n, baseline_articles, baseline_n``. `k`
    is (articles, items); `prior`, the share of each item in all articles of both
    outlets, pooled, and `prior_size` their mean n. Not `events_given`: no article has
    an event, and all form one stratum. `genres_apart`: the outlets share an event, but
    no genre in one. `added_up` are the voices behind the numbers; `outside` counts the
    articles left out, by reason; `copies` has the group of articles that are largely
    one text, else -1; `stratum` is the column that stands as ``genre``.
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
    weights: str
    copies: Whole
    stratum: str = "genre"

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

        By precision: half the harmonic mean of the articles of the sides, added up over
        genres; but for a factor one over the variance of a difference of two means.
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

    @property
    def weight(self) -> Floats:
        """What one count of each article adds to the share of its outlet."""
        cell = self.event_weight[self.event_of_cell] * self.cells["weight"].to_numpy()
        side = np.where(self.is_target, 0, 1)
        return np.asarray(cell[self.cell] / self.n_by_cell[self.cell, side])

    @property
    def sizes(self) -> tuple[int, int]:
        """The number of compared articles of the target and of the baseline."""
        return int(self.is_target.sum()), int((~self.is_target).sum())


def design_of(
    source: Source,
    target: str,
    baseline: str,
    *,
    voice: str = ALL,
    weights: str = "equal",
    cluster: str | None = None,
    strata: str = "genre",
    few_events: int = 0,
    least_articles: int = 0,
) -> Design:
    """Find the events, and within them the genres, that both outlets cover.

    Another column, `strata`, may take the place of genres.

    An article without any n in this voice is not there. Rows are put in a fixed order,
    so that the order of the input does not matter. With fewer events than `few_events`,
    events and genres in which an outlet has a single article are set aside, if so many
    as `least_articles` a side are left: articles are what is left out in turn.
    """
    require_known(weights, WEIGHTS, kind="way to weigh events")
    counts = counts_of(source)
    for outlet in (target, baseline):
        require_known(outlet, counts.totals["outlet"].dropna(), kind="outlet")
    voices = voices_in(counts, voice)
    totals = counts.totals
    chosen = totals["voice"].isin(voices) & totals["n"].gt(0)
    chosen &= totals["outlet"].isin([target, baseline])
    table = _article_table(totals[chosen], counts, cluster, strata)
    k = _matrix(counts, chosen.to_numpy(bool), table["article"])
    whole = max(float(table["n"].sum()), 1.0)
    prior = np.asarray(k.sum(axis=0), dtype=float).ravel() / whole
    prior_size = whole / max(len(table), 1)
    table["is_target"] = table["outlet"].eq(target)
    if target == baseline:  # the outlet stands on both sides
        k = csr_array(k[np.tile(np.arange(len(table)), 2)])
        table = pd.concat([table, table.assign(is_target=False)], ignore_index=True)
    kept, outside, genres_apart = _shared(table, strata)
    kept = _without_single(kept, outside, few_events, least_articles, strata)
    cells = _cells(kept)
    if len(kept) < len(table):
        k = csr_array(k[kept.index.to_numpy()])
    seen = np.flatnonzero(np.asarray(k.sum(axis=0)).ravel() > 0)
    items = counts.sparse.names(seen)
    order = np.argsort(items.to_numpy(object), kind="stable")
    items, seen = items[order], seen[order]
    kept = kept.drop(columns=["kind", "stratum"]).reset_index(drop=True)
    return Design(
        target=target,
        baseline=baseline,
        voice=voice,
        measure=counts.measure,
        unit=counts.unit,
        articles=kept,
        cells=cells,
        k=_of_items(k, seen),
        items=items,
        prior=prior[seen],
        prior_size=prior_size,
        events_given=bool(table["event"].notna().any()),
        genres_apart=genres_apart,
        added_up=tuple(voices),
        outside=outside,
        weights=weights,
        copies=_copies(counts, kept["article"]),
        stratum=strata,
    )


def chunks(design: Design, which: Whole | None = None) -> Iterator[Whole]:
    """Cut items, or some of them, into as many as are looked at together."""
    chosen = np.arange(len(design.items)) if which is None else which
    found_in = np.bincount(design.k.indices, minlength=len(design.items))[chosen]
    past = (np.cumsum(found_in) - found_in) // ENTRIES
    chunk = np.maximum(past, np.arange(len(chosen)) // CHUNK)
    begins = np.flatnonzero(np.diff(chunk, prepend=-1))
    yield from (part for part in np.split(chosen, begins[1:]) if len(part))


def rearranged(
    design: Design,
    k: csr_array,
    n: Floats,
    event: Whole,
    is_target: npt.NDArray[np.bool_],
    *,
    like: Whole,
    copies: Whole | None = None,
) -> Design:
    """Give a design of articles dealt out anew, in shared events and genres.

    What is not dealt, such as genre, author and copies, each has from the row `like` of
    the articles of `design`.
    """
    kept = design.articles.iloc[like].reset_index(drop=True)
    kept = kept.assign(
        article=[f"{row:07}" for row in range(len(n))],
        event=event,
        n=n,
        is_target=is_target,
        outlet=np.where(is_target, design.target, design.baseline),
        stratum=event,
        kind="" if design.genres_apart else kept["genre"].fillna(""),
    )
    kept = kept[_on_both_sides(kept, ["stratum", "kind"])]
    rows = kept.index.to_numpy()
    kept = kept.assign(cell=kept.groupby(["stratum", "kind"], sort=True).ngroup())
    return replace(
        design,
        articles=kept.drop(columns=["stratum", "kind"]).reset_index(drop=True),
        cells=_cells(kept),
        k=csr_array(k[rows]),
        copies=(design.copies[like] if copies is None else copies)[rows],
    )


def voices_in(counts: Counts, voice: str) -> list[str]:
    """Give the voices that a voice, or sum of voices, stands for; never furniture."""
    known = set(counts.totals["voice"].dropna()) - {"furniture"}
    if ALL in known and len(known) > 1:
        raise InputError(
            "voice 'all' is a sum made in a comparison; counts must not hold it."
        )
    if voice in UNTOLD and REST in known:
        raise UnknownNameError(
            f"no voice {voice!r} in these counts: they were made from quotation marks "
            "alone; read the corpus again without marks_only=True, or compare "
            "voice='rest'."
        )
    named = known | {ALL, *SUMS, "direct"} | ({"indirect"} if OWN in known else set())
    require_known(voice, named, kind="voice")
    wanted = known if voice == ALL else {*SUMS.get(voice, (voice,))}
    return sorted(wanted & known)


def _article_table(
    totals: pd.DataFrame, counts: Counts, cluster: str | None, strata: str
) -> pd.DataFrame:
    """One row per article of the two outlets, in order of their identifiers."""
    table = totals.drop_duplicates("article").set_index("article")[["outlet", "event"]]
    table = (
        table.assign(n=totals.groupby("article")["n"].sum()).sort_index().reset_index()
    )
    columns = ["genre", "date"]
    if cluster is not None and cluster not in (*table.columns, *columns):
        columns.append(cluster)
    details = details_of(counts, table["article"], columns)
    if strata != "genre":
        other = details_of(counts, table["article"], [strata])
        details["genre"] = other[strata]
    return table.join(details)


def details_of(
    counts: Counts, names: Sequence[str] | pd.Series, columns: Sequence[str]
) -> pd.DataFrame:
    """Give columns of the articles that were measured, in the order of `names`.

    Counts that do not know their corpus have neither genres nor dates.
    """
    corpus = counts.corpus
    asked = [name for name in columns if name not in ("genre", "date")]
    if corpus is None:
        if asked:
            raise InputError(
                f"there is no column {asked[0]!r}: these counts do not know their "
                "articles; measure a corpus."
            )
        nothing = dict.fromkeys(columns, pd.Series(None, range(len(names)), TEXT))
        return pd.DataFrame(nothing)
    for name in asked:
        require_known(name, corpus.articles.columns, kind="column of the articles")
    chosen = dict.fromkeys(columns)
    order = pd.Index(names)
    table: pd.DataFrame = corpus.articles.set_index("article").reindex(order)
    return table.reindex(columns=list(chosen)).reset_index(drop=True).astype(TEXT)


def _copies(counts: Counts, names: pd.Series) -> Whole:
    """Give a number to articles that are largely one text; -1 to the rest."""
    alone = np.full(len(names), -1, dtype=np.int64)
    corpus = counts.corpus
    if corpus is None or not len(names):
        return alone
    found = corpus.duplicates.drop_duplicates("article").set_index("article")
    groups = found["group"].reindex(pd.Index(names))
    codes: Whole = pd.factorize(groups)[0].astype(np.int64)
    return codes


def _matrix(
    counts: Counts, chosen: npt.NDArray[np.bool_], articles: pd.Series
) -> csr_array:
    """Set counts out as articles by items; voices of one article are added up."""
    rows = csr_array(csr_array(counts.sparse.k.T)[np.flatnonzero(chosen)])
    place = pd.Index(articles).get_indexer(counts.totals.loc[chosen, "article"])
    if np.array_equal(place, np.arange(len(articles))):  # nothing to add up
        return rows.astype(float)
    into = csr_array(
        (np.ones(len(place)), (place, np.arange(len(place)))),
        shape=(len(articles), len(place)),
    )
    return csr_array(into @ rows)


def _of_items(k: csr_array, items: Whole) -> csr_array:
    """Keep some items, in their order: all that stand in any article."""
    if (np.diff(items) > 0).all():  # only their numbers change, and nothing is copied
        place = np.zeros(k.shape[1], k.indices.dtype)
        place[items] = np.arange(len(items))
        shape = (k.shape[0], len(items))
        return csr_array((k.data, place[k.indices], k.indptr), shape=shape)
    return csr_array(k[:, items])


def _shared(
    table: pd.DataFrame, strata: str
) -> tuple[pd.DataFrame, dict[str, int], bool]:
    """Keep the events and genres that both have; say what is left out, and why."""
    outside: dict[str, int] = {}
    stratum = table["event"] if table["event"].notna().any() else ""
    kept = table.assign(stratum=stratum)
    kept = _drop(kept, kept["stratum"].isna(), "without an event", outside)
    reason = "of events that only one of the two outlets covers here"
    kept = _drop(kept, ~_on_both_sides(kept, ["stratum"]), reason, outside)
    kept = kept.assign(kind=kept["genre"].fillna(""))
    both = _on_both_sides(kept, ["stratum", "kind"])
    apart = bool(len(kept)) and not both.any()
    if apart:
        kept = kept.assign(kind="")
    else:
        reason = f"of a {strata} that only one of the two outlets has in that event"
        kept = _drop(kept, ~both, reason, outside)
    return kept, outside, apart


def _without_single(
    kept: pd.DataFrame,
    outside: dict[str, int],
    few_events: int,
    least: int,
    strata: str,
) -> pd.DataFrame:
    """Set aside where an outlet has a single article, if enough articles are left."""
    cell = ["stratum", "kind"]
    if kept["stratum"].nunique() < few_events:
        size = kept.groupby([*cell, "is_target"])["article"].transform("size")
        single = size.eq(1).groupby([kept[name] for name in cell]).transform("any")
        left = kept.loc[~single, "is_target"].value_counts()
        if len(left) == 2 and left.min() >= least:
            reason = f"of an event or {strata} in which an outlet has a single article"
            kept = _drop(kept, single, reason, outside)
    return kept.assign(cell=kept.groupby(cell, sort=True).ngroup())


def _drop(
    table: pd.DataFrame, away: pd.Series, reason: str, outside: dict[str, int]
) -> pd.DataFrame:
    """Take rows away, and note how many."""
    if away.any():
        outside[reason] = int(away.sum())
    return table[~away]


def _on_both_sides(table: pd.DataFrame, by: list[str]) -> pd.Series:
    """Whether both outlets have an article in the same group."""
    sides = table.groupby(by)["is_target"].transform("nunique")
    return sides.eq(2)


def _cells(kept: pd.DataFrame) -> pd.DataFrame:
    """One row per cell; genres weigh by how many articles both sides have of them."""
    count = kept.groupby("cell")["is_target"].agg(["sum", "size"])
    n = kept["n"].where(kept["is_target"], 0).groupby(kept["cell"]).sum()
    event = pd.factorize(kept.groupby("cell")["stratum"].first(), sort=True)[0]
    target = count["sum"].to_numpy(float)
    baseline = count["size"].to_numpy(float) - target
    # half the harmonic mean: one over the variance of a difference of two means
    precision = target * baseline / np.maximum(target + baseline, 1)
    weight = precision / np.bincount(event, precision)[event]
    return pd.DataFrame(
        {
            "event": event,
            "target_articles": target,
            "baseline_articles": baseline,
            "target_n": n.to_numpy(),
            "baseline_n": (kept.groupby("cell")["n"].sum() - n).to_numpy(),
            "weight": weight,
        }
    )
