"""Over time: whether the ratio between two outlets changes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from scipy.special import fdtrc, stdtrit

from framelens._checks import InputError, require_known
from framelens._result import Result
from framelens.compare.bounds import WITH, accuracy_sentence, voice_notes
from framelens.compare.contrast import MIN_ARTICLES
from framelens.compare.design import ALL, OWN, REST, design_of, rearranged
from framelens.compare.inference import LEVEL, adjusted, variances
from framelens.compare.splits import chosen_items
from framelens.compare.units import FLOORS, LOPSIDED, groups_of, sides
from framelens.compare.wording import THESE_ONLY, number_of
from framelens.measure.counts import counts_of

if TYPE_CHECKING:
    from framelens.compare.design import Design, Floats, Source, Whole
    from framelens.compare.jackknife import Side

Block = Literal["month", "quarter", "year"]

PERIODS = {"month": "M", "quarter": "Q", "year": "Y"}

BLOCK_COLUMNS = [
    "item", "block", "events", "articles_target", "articles_baseline", "target_share",
    "baseline_share", "difference", "ratio", "low", "high",
]  # fmt: skip
"""The columns of the table of blocks."""

LEAST_RUN = 2
"""Neighbouring events are left out together, at least so many."""


@dataclass(frozen=True, eq=False)
class OverTime(Result):
    """A comparison in blocks of time, as `over_time` returns it.

    Attributes
    ----------
    table : DataFrame
        One row per item, smallest p first: ``item, p`` (whether the ratio changes
        between blocks) and ``q``. NaN where nothing is tested.
    blocks : DataFrame
        One row per item and block: ``item, block, events, articles_target,
        articles_baseline, target_share, baseline_share, difference`` (means over the
        events of the block), ``ratio`` (of these shares, half a count added to each)
        with its 95 % interval ``low`` and ``high``, from 8 events; of the voice
        "own" also ``difference_with_indirect``, with reported speech added.
    points : DataFrame
        One row per item and event: ``item, event, date`` (of its first article),
        ``block, articles, difference``.
    refusal : str or None
        Why nothing is tested.
    target, baseline : str
    item : str or None
        The item that is drawn; the first of the table unless `of` was asked.
    title : str
        What the caption says of any item.
    notes : tuple of str
    """

    table: pd.DataFrame = field(repr=False)
    blocks: pd.DataFrame = field(repr=False)
    points: pd.DataFrame = field(repr=False)
    refusal: str | None
    target: str
    baseline: str
    item: str | None
    title: str
    notes: tuple[str, ...] = field(repr=False)

    def of(self, item: str) -> OverTime:
        """Give the same result, with another item to be drawn.

        Raises
        ------
        UnknownNameError
            If there is no such item.
        """
        require_known(item, self.table["item"], kind="item")
        return replace(self, item=item)

    @property
    def caption(self) -> str:
        """What is compared, and which item is drawn."""
        return self.title if self.item is None else f"{self.title} Drawn: {self.item}."

    @property
    def alt(self) -> str:
        """What is to be seen of the item that is drawn."""
        rows = self.blocks[self.blocks["item"] == self.item]
        parts = [
            f"{block} {ratio:.2f} ({events} events)"
            for block, ratio, events in zip(
                rows["block"], rows["ratio"], rows["events"], strict=True
            )
        ]
        return (
            f"Share of {self.item} in {self.target} and in {self.baseline}, event by "
            "event on a timeline; share of the one over that of the other, block by "
            f"block: {', '.join(parts)}."
        )

    def shown(self) -> pd.DataFrame:
        """Lay out the ratio of each block beside p and q."""
        wide = self.blocks.pivot_table(index="item", columns="block", values="ratio")
        wide = wide.add_prefix("ratio, ").rename_axis(columns=None)
        return self.table.merge(wide.reset_index(), on="item", how="left")


def over_time(
    counts: Source,
    target: str,
    baseline: str,
    *,
    block: Block = "quarter",
    voice: str = ALL,
    cluster: str | None = None,
    strata: str = "genre",
    min_articles: int = MIN_ARTICLES,
) -> OverTime:
    """Test whether the ratio between two outlets changes between blocks of time.

    The baseline is the comparison: what changes in both outlets, as the news does,
    changes no ratio. Finding a difference in one block and none in another is no
    change, and is not reported as one.

    Parameters
    ----------
    counts : Counts, DataFrame or pair of DataFrames
        As `contrast` takes them, with events, of a corpus whose articles have dates.
    target, baseline : str
        Names of outlets.
    block : {"month", "quarter", "year"}, default "quarter"
        An event belongs to the block of its first compared article.
    voice : str, default "all"
        As for `contrast`; "own" comes with the difference that each block has with
        reported speech added.
    cluster, strata
        As for `contrast`. A block needs 5 clusters of each outlet, 10 of one that has
        less than a third of those of the other.
    min_articles : int, default 5
        Items found in fewer articles are not tested. Of more than 500 items, those
        are tested that most articles have.

    Returns
    -------
    OverTime

    Raises
    ------
    UnknownNameError
        If an outlet or the voice does not occur.
    InputError
        If there is no such block.

    Notes
    -----
    In each block the logarithm of the ratio of shares, and its variance by leaving
    out runs of neighbouring events (about the cube root of their number, at least
    2), since what an outlet does goes on from event to event; where clusters are
    given, the variance by leaving these out, if that is larger. p by Welch's test of
    several means [1]_. Blocks with fewer than 8 shared events are drawn, and not
    tested; an item needs 3 events of each outlet in every block that is tested.

    References
    ----------
    .. [1] Welch (1951), Biometrika 38, 330-336.
       https://doi.org/10.1093/biomet/38.3-4.330
    """
    if block not in get_args(Block):
        raise InputError(f"block must be one of {get_args(Block)}; got {block!r}.")
    given = counts_of(counts)
    designed = partial(
        design_of, given, target, baseline, cluster=cluster, strata=strata
    )
    design = designed(voice=voice)
    groups = None if cluster is None else groups_of(design, cluster)
    which = chosen_items(design, min_articles) if design.strata else np.arange(0)
    design = replace(design, k=csr_array(design.k[:, which]), items=design.items[which])
    events = _with_clusters(_events(design, block), design, groups)
    reason = _refusal(design, events, block, cluster)
    blocks, points = _blocks(design, events, groups), _points(design, events)
    table = pd.DataFrame({"item": design.items.astype(object), "p": np.nan})
    if reason is None:
        table["p"] = _changes(design, events, groups)
    tested = table["p"].notna().to_numpy()
    table["q"] = np.nan
    table.loc[tested, "q"] = adjusted(table["p"].to_numpy(float)[tested])
    table = table.sort_values(["p", "item"], kind="stable").reset_index(drop=True)
    notes = [f"{number_of(int(events['block'].notna().sum()), 'shared event')} with a "
             "date."]  # fmt: skip
    if reason is None:
        notes.append(
            "p: Welch's test of the logarithms of the ratio, over blocks of at least "
            f"{FLOORS.events} events; their errors by leaving out runs of neighbouring "
            + ("events" if cluster is None else f"events, or clusters by {cluster}")
            + ". q: Benjamini-Hochberg over "
            f"{number_of(int(tested.sum()), 'item')}."
        )
    if voice == OWN:
        blocks = _with_indirect(blocks, designed(voice=REST), block)
        notes += [accuracy_sentence(target, baseline), *voice_notes()]
    return OverTime(
        table=table,
        blocks=blocks,
        points=points,
        refusal=reason,
        target=target,
        baseline=baseline,
        item=str(table["item"].iloc[0]) if len(table) else None,
        title=(
            f"Share in {target} against share in {baseline}, by {block} "
            f"({design.measure}, {sum(design.sizes):,} articles): does the ratio "
            "change?"
        ),
        notes=(*given.unlike_damage(target, baseline), *notes, THESE_ONLY),
    )


def _events(design: Design, block: str) -> pd.DataFrame:
    """One row per shared event: name, date, block, articles of each side."""
    columns = ["event", "date", "block", "articles_target", "articles_baseline"]
    if not design.strata or not design.events_given:
        return pd.DataFrame(columns=columns)
    table = design.articles.assign(
        number=design.event_of_cell[design.cell],
        when=pd.to_datetime(
            design.articles["date"], format="%Y-%m-%d", errors="coerce"
        ),
    )
    events = table.groupby("number", sort=True).agg(
        event=("event", "first"), date=("when", "min"), size=("is_target", "size"),
        articles_target=("is_target", "sum"),
    )  # fmt: skip
    events["articles_baseline"] = events["size"] - events["articles_target"]
    periods = events["date"].dt.to_period(PERIODS[block])
    events["block"] = periods.astype(str).where(events["date"].notna(), None)
    return events[columns].reset_index(drop=True)


def _with_clusters(
    events: pd.DataFrame, design: Design, groups: Whole | None
) -> pd.DataFrame:
    """Say of each event whether its block has enough clusters of each side."""
    if groups is None or events.empty:
        return events.assign(enough=True)
    block = events["block"].to_numpy()[design.event_of_cell[design.cell]]
    table = pd.DataFrame(
        {"block": block, "group": groups, "side": design.is_target}
    ).drop_duplicates()
    sizes = pd.crosstab(table["block"], table["side"])
    small, large = sizes.min(axis=1), sizes.max(axis=1)
    least = np.where(large > LOPSIDED * small, FLOORS.lopsided, FLOORS.articles)
    enough = sizes.index[small >= least]
    return events.assign(enough=events["block"].isin(enough))


def _refusal(
    design: Design, events: pd.DataFrame, block: str, cluster: str | None
) -> str | None:
    """Say why no change is tested."""
    if events.empty:
        return (
            "a change over time needs events that both outlets cover, and there is none"
        )
    if events["block"].isna().all():
        return "no event has a date: a change over time needs dates"
    if not len(design.items):
        return "no item is found in enough articles"
    if len(_large(events.assign(enough=True))) >= 2 > len(_large(events)):
        return (
            f"a test needs two {block}s with at least {FLOORS.articles} clusters by "
            f"{cluster} of each outlet, {FLOORS.lopsided} of one that has less than a "
            "third of those of the other"
        )
    if len(_large(events)) < 2:
        return (
            f"{number_of(design.events, 'shared event')}: a test needs two {block}s "
            f"with at least {FLOORS.events} of them each"
        )
    return None


def _large(events: pd.DataFrame) -> list[str]:
    """Blocks with enough events for a test."""
    sizes = events.loc[events["enough"], "block"].value_counts()
    return sorted(sizes.index[sizes >= FLOORS.events])


def _block_sides(
    design: Design, events: pd.DataFrame, block: str, groups: Whole | None = None
) -> tuple[Side, Side, Whole]:
    """Cut a block into events, or groups; with the run of each event, by date."""
    chosen = np.flatnonzero(events["block"].eq(block).to_numpy())
    dates = events["date"].to_numpy()[chosen]
    place = np.full(len(events), -1)
    place[chosen[np.argsort(dates, kind="stable")]] = np.arange(len(chosen))
    event = place[design.event_of_cell[design.cell]]
    rows = np.flatnonzero(event >= 0)
    part = rearranged(
        design, csr_array(design.k[rows]), design.n[rows], event[rows],
        design.is_target[rows], like=rows,
    )  # fmt: skip
    length = max(LEAST_RUN, round(len(chosen) ** (1 / 3)))
    runs = max(len(chosen) // length, 1)
    run = np.minimum(np.arange(len(chosen)) // length, runs - 1)
    # an event has articles of both sides: all rows of the block are still there
    return *sides(part, slice(None), None if groups is None else groups[rows]), run


def _in_runs(side: Side, run: Whole) -> Side:
    """Put neighbouring events together."""
    runs = int(run.max()) + 1
    into = csr_array((np.ones(len(run)), (run, np.arange(len(run)))),
                     shape=(runs, len(run)))  # fmt: skip
    return replace(
        side,
        k=csr_array(into @ side.k),
        n=np.bincount(run, side.n, runs).astype(float),
        stratum=np.zeros(runs, dtype=np.int64),
    )


def _logarithms(
    design: Design, events: pd.DataFrame, block: str, groups: Whole | None
) -> tuple[Floats, Floats, Floats, np.ndarray]:
    """Give the logarithm of the ratio in a block: value, variance, degrees, tested."""
    target, baseline, run = _block_sides(design, events, block)
    fewest = np.minimum(target.holders, baseline.holders)
    parts = variances(_in_runs(target, run), _in_runs(baseline, run), paired=True)
    if groups is not None:
        clusters = _block_sides(design, events, block, groups)[:2]
        parts = parts.or_larger(variances(*clusters, paired=False))
    value = np.log(target.level / baseline.level)
    degrees = np.maximum(np.minimum(parts.degrees, run.max()), 1.0)
    return value, parts.whole, degrees, fewest >= FLOORS.holders


def _changes(design: Design, events: pd.DataFrame, groups: Whole | None) -> Floats:
    """Give p that the ratio is the same in all blocks, item by item."""
    found = [_logarithms(design, events, block, groups) for block in _large(events)]
    value, variance, degrees = (
        np.array([one[place] for one in found]) for place in range(3)
    )
    tested = np.all([one[3] for one in found], axis=0)
    blocks = len(found)
    weight = 1 / variance
    part = weight / weight.sum(axis=0)
    centre = (part * value).sum(axis=0)
    lost = ((1 - part) ** 2 / degrees).sum(axis=0)
    between = (weight * (value - centre) ** 2).sum(axis=0) / (blocks - 1)
    statistic = between / (1 + 2 * (blocks - 2) / (blocks**2 - 1) * lost)
    free = (blocks**2 - 1) / (3 * lost)
    p = fdtrc(blocks - 1, free, statistic)
    return np.where(tested, p, np.nan)


def _blocks(design: Design, events: pd.DataFrame, groups: Whole | None) -> pd.DataFrame:
    """Describe each block: shares, difference, ratio and its interval."""
    parts = []
    large = _large(events)
    for block, rows in events.groupby("block", sort=True):
        target, baseline, _ = _block_sides(design, events, str(block))
        ratio = target.level / baseline.level
        low = high = np.full(len(ratio), np.nan)
        if block in large:
            value, variance, degrees, tested = _logarithms(
                design, events, str(block), groups
            )
            reach = stdtrit(degrees, (1 + LEVEL) / 2) * np.sqrt(variance)
            reach = np.where(tested, np.minimum(reach, 300.0), np.nan)
            low, high = np.exp(value - reach), np.exp(value + reach)
        parts.append(
            pd.DataFrame(
                {
                    "item": design.items.astype(object),
                    "block": block,
                    "events": len(rows),
                    "articles_target": int(rows["articles_target"].sum()),
                    "articles_baseline": int(rows["articles_baseline"].sum()),
                    "target_share": target.share,
                    "baseline_share": baseline.share,
                    "difference": target.share - baseline.share,
                    "ratio": ratio,
                    "low": low,
                    "high": high,
                }
            )
        )
    if not parts:
        return pd.DataFrame(columns=BLOCK_COLUMNS)
    table = pd.concat(parts, ignore_index=True)
    return table.sort_values(["item", "block"], kind="stable").reset_index(drop=True)


def _with_indirect(blocks: pd.DataFrame, wider: Design, block: str) -> pd.DataFrame:
    """Add the other bound: the difference with reported speech added."""
    events = _events(wider, block).assign(enough=True)
    other = _blocks(wider, events, None)[["item", "block", "difference"]]
    other = other.rename(columns={"difference": f"difference{WITH}"})
    return blocks.merge(other, on=["item", "block"], how="left")


def _points(design: Design, events: pd.DataFrame) -> pd.DataFrame:
    """Give the difference of each dated event, item by item."""
    dated = events["block"].notna().to_numpy()
    gaps = np.zeros((0, len(design.items)))
    if len(events):
        target, baseline = sides(design, slice(None), None)
        weight = target.n[:, None]
        gaps = ((target.k - baseline.k).toarray() / weight)[dated]
    rows = events[dated]
    place = np.repeat(np.arange(len(rows)), len(design.items))
    rows = rows.iloc[place].reset_index(drop=True)
    return pd.DataFrame(
        {
            "item": np.tile(design.items.to_numpy(object), int(dated.sum())),
            "event": rows["event"],
            "date": rows["date"],
            "block": rows["block"],
            "articles": rows["articles_target"] + rows["articles_baseline"],
            "difference": gaps.ravel(),
        }
    )
