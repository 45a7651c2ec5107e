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
from framelens.compare.as_counted import shares_of
from framelens.compare.coded import FIGURES, Correction, coded_of
from framelens.compare.codes import drawn_whole
from framelens.compare.contrast import MIN_ARTICLES
from framelens.compare.correction import codes_for_half
from framelens.compare.design import ALL, OWN, REST, design_of, rearranged
from framelens.compare.inference import LEVEL, adjusted, variances
from framelens.compare.sensitivity import SUPPOSED, by_machine, plain
from framelens.compare.splits import chosen_items
from framelens.compare.units import FLOORS, LOPSIDED, groups_of, sides
from framelens.compare.with_indirect import WITH, accuracy_sentence, voice_notes
from framelens.compare.wording import THESE_ONLY, number_of
from framelens.measure.counts import counts_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from framelens.compare.coded import Coded
    from framelens.compare.codes import Codes
    from framelens.compare.correction import Corrected
    from framelens.compare.design import Design, Floats, Source, Whole
    from framelens.compare.jackknife import Side

    Correct = Callable[[Design], Corrected]

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
    correction : Correction or None
        With codes: the machine's figures, what the codes alone say and the corrected
        ones, block by block, and how far each outlet's machine figure was off.
        `table` and `blocks` have the corrected ones; `points` are the machine's.
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
    correction: Correction | None = field(default=None, repr=False)

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
    codes: Codes | None = None,
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
    codes : DataFrame, path or list of them, optional
        As for `contrast`: the coded items are compared by passages, and each block is
        corrected by the codes that lie in it, so that a machine whose errors change
        does no harm. A tested block needs 5 codes of each outlet and machine label.

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
    coded = None if codes is None else coded_of(given, codes, voice)
    correct = None if coded is None else coded.corrected
    what = given if coded is None else coded.counts
    designed = partial(
        design_of, what, target, baseline, cluster=cluster, strata=strata
    )
    design = designed(voice=voice if coded is None else ALL)
    groups = None if cluster is None else groups_of(design, cluster)
    which = chosen_items(design, min_articles) if design.strata else np.arange(0)
    design = replace(design, k=csr_array(design.k[:, which]), items=design.items[which])
    events = _with_clusters(_events(design, block), design, groups)
    reason = _refusal(design, events, block, cluster)
    blocks = _blocks(design, events, groups, correct)
    table = pd.DataFrame({"item": design.items.astype(object), "p": np.nan})
    if reason is None:
        table["p"] = _changes(design, events, groups, correct)
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
    correction, title = None, (
        f"Share in {target} against share in {baseline}, by {block} "
        f"({design.measure}, {sum(design.sizes):,} articles): does the ratio change?"
    )  # fmt: skip
    if coded is not None:
        title = f"Corrected by codes. {title}"
        notes[:0] = coded.notes()
        correction = _correction(coded, design, events, groups, title)
    elif by_machine(design.measure, voice):
        notes.insert(0, _sensitivity(table["item"], blocks, _large(events)))
    if voice == OWN and coded is None:
        blocks = _with_indirect(blocks, designed(voice=REST), block)
        notes += [accuracy_sentence(target, baseline), *voice_notes()]
    return OverTime(
        table=table,
        blocks=blocks,
        points=_points(design, events),
        refusal=reason,
        target=target,
        baseline=baseline,
        item=str(table["item"].iloc[0]) if len(table) else None,
        title=title,
        notes=(*given.unlike(target, baseline), *notes, THESE_ONLY),
        correction=correction,
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


@dataclass(frozen=True, eq=False)
class _Block:
    """One block of time: both sides, event by event, and what the ratio rests on.

    `value` is the logarithm of the ratio, with its `variance` (of which `coding` is
    due to coding a sample), `degrees` of freedom and whether it may be `tested`;
    `made` is the correction, where there is one.
    """

    target: Side
    baseline: Side
    value: Floats
    variance: Floats
    degrees: Floats
    tested: np.ndarray
    coding: Floats
    raw: Design
    made: Corrected | None


@np.errstate(invalid="ignore", divide="ignore")
def _measured(
    design: Design,
    events: pd.DataFrame,
    block: str,
    groups: Whole | None,
    correct: Correct | None,
) -> _Block:
    """Measure one block, corrected by the codes in it where there are any."""
    raw, rows, run = _part(design, events, block)
    made = None if correct is None else correct(raw)
    part = raw if made is None else made.design
    target, baseline = sides(part, slice(None), None)
    exact = made is None
    parts = variances(
        _in_runs(target, run), _in_runs(baseline, run), paired=True, exact=exact
    )
    if groups is not None:
        clusters = sides(part, slice(None), groups[rows])
        parts = parts.or_larger(variances(*clusters, paired=False, exact=exact))
    value = np.log(target.level / baseline.level)
    degrees = np.maximum(np.minimum(parts.degrees, run.max()), 1.0)
    variance, coding = parts.whole, np.zeros(len(value))
    tested = np.minimum(target.holders, baseline.holders) >= FLOORS.holders
    if made is not None:
        levels = np.array([target.level, baseline.level])
        added = made.coding / levels**2
        coding = added.sum(axis=0)
        variance = variance + coding - (made.seen / levels**2).sum(axis=0)
        variance = np.maximum(variance, coding)
        least = (variance - coding) ** 2 / degrees
        least += (added**2 / made.free).sum(axis=0)
        degrees = np.fmax(variance**2 / least, 1.0)
        tested = made.enough & (levels > 0).all(axis=0)
    return _Block(target, baseline, value, variance, degrees, tested, coding, raw, made)


def _part(
    design: Design, events: pd.DataFrame, block: str
) -> tuple[Design, Whole, Whole]:
    """Cut a block out; with its rows and the run of each event, by date."""
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
    # an event has articles of both sides: all rows of the block are still there
    names = design.articles["article"].to_numpy()[rows]
    part = replace(part, articles=part.articles.assign(article=names))
    length = max(LEAST_RUN, round(len(chosen) ** (1 / 3)))
    runs = max(len(chosen) // length, 1)
    run = np.minimum(np.arange(len(chosen)) // length, runs - 1)
    return part, rows, run


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


def _changes(
    design: Design, events: pd.DataFrame, groups: Whole | None, correct: Correct | None
) -> Floats:
    """Give p that the ratio is the same in all blocks, item by item."""
    found = [
        _measured(design, events, block, groups, correct) for block in _large(events)
    ]
    value, variance, degrees = (
        np.array([getattr(one, name) for one in found])
        for name in ("value", "variance", "degrees")
    )
    tested = np.all([one.tested for one in found], axis=0)
    blocks = len(found)
    with np.errstate(invalid="ignore", divide="ignore"):
        weight = 1 / variance
        part = weight / weight.sum(axis=0)
        centre = (part * value).sum(axis=0)
        lost = ((1 - part) ** 2 / degrees).sum(axis=0)
        between = (weight * (value - centre) ** 2).sum(axis=0) / (blocks - 1)
        statistic = between / (1 + 2 * (blocks - 2) / (blocks**2 - 1) * lost)
        free = (blocks**2 - 1) / (3 * lost)
        p = fdtrc(blocks - 1, free, statistic)
    return np.where(tested, p, np.nan)


def _blocks(
    design: Design, events: pd.DataFrame, groups: Whole | None, correct: Correct | None
) -> pd.DataFrame:
    """Describe each block: shares, difference, ratio and its interval."""
    parts = []
    large = _large(events)
    for block, rows in events.groupby("block", sort=True):
        one = _measured(design, events, str(block), groups, correct)
        low = high = np.full(len(one.value), np.nan)
        if block in large:
            reach = stdtrit(one.degrees, (1 + LEVEL) / 2) * np.sqrt(one.variance)
            reach = np.where(one.tested, np.minimum(reach, 300.0), np.nan)
            low, high = np.exp(one.value - reach), np.exp(one.value + reach)
        parts.append(
            pd.DataFrame(
                {
                    "item": design.items.astype(object),
                    "block": block,
                    "events": len(rows),
                    "articles_target": int(rows["articles_target"].sum()),
                    "articles_baseline": int(rows["articles_baseline"].sum()),
                    "target_share": one.target.share,
                    "baseline_share": one.baseline.share,
                    "difference": one.target.share - one.baseline.share,
                    "ratio": np.exp(one.value),
                    "low": low,
                    "high": high,
                }
            )
        )
    if not parts:
        return pd.DataFrame(columns=BLOCK_COLUMNS)
    table = pd.concat(parts, ignore_index=True)
    return table.sort_values(["item", "block"], kind="stable").reset_index(drop=True)


def _correction(
    coded: Coded,
    design: Design,
    events: pd.DataFrame,
    groups: Whole | None,
    caption: str,
) -> Correction:
    """Set raw, coded alone and corrected side by side, block by block."""
    ways = (None, partial(coded.corrected, machine=False), coded.corrected)
    tables = [
        _blocks(design, events, groups, way).assign(figure=figure)
        for way, figure in zip(ways, FIGURES, strict=True)
    ]
    table = pd.concat(tables).sort_values(["item", "block"], kind="stable")
    corrected = tables[2].set_index(["item", "block"])
    off, more = [], []
    for block in events["block"].dropna().drop_duplicates().sort_values():
        one = _measured(design, events, block, groups, coded.corrected)
        if one.made is None:
            continue
        low, high = one.made.limits(whole=drawn_whole(coded.codes))
        raw, share = shares_of(one.raw), one.made.shares()
        named = pd.DataFrame({"item": design.items.astype(object), "block": block})
        for side, outlet in enumerate((design.target, design.baseline)):
            off.append(
                named.assign(
                    outlet=outlet, machine=raw[side], corrected=share[side],
                    off=raw[side] - share[side], off_low=raw[side] - high[side],
                    off_high=raw[side] - low[side],
                    codes=one.made.codes.sum(axis=1)[side],
                    articles=one.made.clusters[side],
                )
            )  # fmt: skip
        at = corrected.reindex(pd.MultiIndex.from_frame(named))
        more.append(
            named.assign(
                codes=one.made.codes.sum(axis=(0, 1)),
                width=(at["high"] - at["low"]).to_numpy(),
                to_halve=codes_for_half(one.variance, one.coding, one.made.codes),
            )
        )
    columns = ["item", "block", "figure", *BLOCK_COLUMNS[5:]]
    nothing = [pd.DataFrame(columns=["item", "block"])]
    return Correction(
        table=table[columns].reset_index(drop=True),
        off=pd.concat(off or nothing, ignore_index=True),
        more=pd.concat(more or nothing, ignore_index=True),
        caption=f"Machine, codes alone and corrected. {caption}",
        notes=coded.notes(),
    )


def _sensitivity(items: pd.Series, blocks: pd.DataFrame, large: list[str]) -> str:
    """Say at which change of recall the ratio of the first item would be the same."""
    begin = "Not corrected for the machine's errors (codes= corrects)"
    rows = blocks[blocks["block"].isin(large) & blocks["item"].isin(items.head(1))]
    ratio = rows.set_index("block")["ratio"]
    if len(ratio) < 2 or not ratio.gt(0).all() or ratio.min() == ratio.max():
        return f"{begin}."
    lower = SUPPOSED * ratio.min() / ratio.max()
    return (
        f"{begin}: the ratio of “{plain(items.iloc[0])}” is the same in "
        f"{ratio.idxmin()} as in {ratio.idxmax()} if in one outlet "
        f"{100 * SUPPOSED:.0f} % of it is found in the one and {100 * lower:.0f} % in "
        "the other."
    )


def _with_indirect(blocks: pd.DataFrame, wider: Design, block: str) -> pd.DataFrame:
    """Add the difference with reported speech added."""
    events = _events(wider, block).assign(enough=True)
    other = _blocks(wider, events, None, None)[["item", "block", "difference"]]
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
