"""Over time: whether the difference between two outlets changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
import pandas as pd

from framelens._checks import InputError, require_columns, require_known
from framelens.compare.bounds import WITH, accuracy_sentence, voice_notes
from framelens.compare.contrast import MIN_ARTICLES
from framelens.compare.design import ALL, OWN, REST, design_of
from framelens.compare.estimate import event_shares
from framelens.compare.event_intervals import event_intervals
from framelens.compare.halves import chosen_items
from framelens.compare.inference import (
    FLOORS,
    LARGEST_Q,
    LEVEL,
    adjusted,
    arrangements_for,
)
from framelens.compare.names import number_of
from framelens.measure.counts import counts_of
from framelens.read import articles_of

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.axes import Axes

    from framelens.compare.design import Design
    from framelens.compare.strata import Floats, Whole
    from framelens.measure.counts import Counts
    from framelens.show.figure import Figure

Block = Literal["month", "quarter", "year"]

PERIODS = {"month": "M", "quarter": "Q", "year": "Y"}

BLOCK_COLUMNS = [
    "item", "block", "events", "articles_target", "articles_baseline", "target_share",
    "baseline_share", "difference", "low", "high",
]  # fmt: skip
"""The columns of the table of blocks."""

LEAST_SPREAD = 0.05
"""A block's variance counts as at least this part of the mean variance of blocks."""

AT_ONCE = 500
"""Arrangements that are tried at once."""


@dataclass(frozen=True, eq=False)
class OverTime:
    """A difference in blocks of time, as `over_time` returns it.

    Attributes
    ----------
    table : DataFrame
        One row per item, smallest p first: ``item, p`` (whether the difference
        changes between blocks) and ``q``. NaN where nothing is tested.
    blocks : DataFrame
        One row per item and block: ``item, block, events, articles_target,
        articles_baseline, target_share, baseline_share, difference`` (means over the
        events of the block), ``low`` and ``high`` (95 % intervals, from 6 events);
        of the voice "own" also ``difference_with_indirect``, with reported speech
        added.
    points : DataFrame
        One row per item and event: ``item, event, date`` (of its first article),
        ``block, articles, difference``.
    refusal : str or None
        Why nothing is tested.
    target, baseline : str
    caption : str
    notes : tuple of str
    """

    table: pd.DataFrame = field(repr=False)
    blocks: pd.DataFrame = field(repr=False)
    points: pd.DataFrame = field(repr=False)
    refusal: str | None
    target: str
    baseline: str
    caption: str
    notes: tuple[str, ...] = field(repr=False)

    def plot(self, item: str, ax: Axes | None = None) -> Axes:
        """Draw the events of one item on a timeline, and return the axes."""
        from framelens.show.over_time_view import plot_over_time

        require_known(item, self.points["item"], kind="item")
        return plot_over_time(self, item, ax=ax)

    def figure(self, item: str) -> Figure:
        """Draw one item as a figure with caption and alt text."""
        from framelens.show.figure import Figure

        ax = self.plot(item)
        caption = f"{item}. {self.caption}"
        return Figure.from_axes(ax, caption=caption, alt=self.alt(item))

    def alt(self, item: str) -> str:
        """Say what is to be seen of one item, in a sentence."""
        rows = self.blocks[self.blocks["item"] == item]
        parts = [
            f"{block} {100 * difference:+.2f} points ({events} events)"
            for block, difference, events in zip(
                rows["block"], rows["difference"], rows["events"], strict=True
            )
        ]
        return (
            f"Share of {item} in {self.target} minus {self.baseline}, event by event "
            f"on a timeline, with the mean of each block: {', '.join(parts)}."
        )

    def _repr_html_(self) -> str:
        from framelens.show.tables import html_table

        points = self.blocks.assign(difference=100 * self.blocks["difference"])
        wide = points.pivot_table(index="item", columns="block", values="difference")
        shown = self.table.head(20).merge(wide.reset_index(), on="item", how="left")
        return html_table(shown, caption=self.caption, notes=self.notes)


def over_time(
    counts: Counts | pd.DataFrame | tuple[pd.DataFrame, pd.DataFrame],
    *,
    target: str,
    baseline: str,
    articles: pd.DataFrame | str | Path,
    block: Block = "quarter",
    voice: str = ALL,
    min_articles: int = MIN_ARTICLES,
    seed: int = 0,
) -> OverTime:
    """Test whether the difference between two outlets changes between blocks of time.

    The baseline is the comparison: what changes in both outlets, as the news does,
    changes no difference. Finding a difference in one block and none in another is
    no change, and is not reported as one.

    Parameters
    ----------
    counts : Counts, DataFrame or pair of DataFrames
        As `contrast` takes them, with events.
    target, baseline : str
        Names of outlets.
    articles : DataFrame or path
        What was measured, with ``date`` as 'YYYY-MM-DD'.
    block : {"month", "quarter", "year"}, default "quarter"
        An event belongs to the block of its first compared article.
    voice : str, default "all"
        As for `contrast`; "own" comes with the difference that each block has with
        reported speech added.
    min_articles : int, default 5
        Items found in fewer articles are not tested. Of more than 500 items, those
        are tested that most articles have.
    seed : int, default 0

    Returns
    -------
    OverTime

    Raises
    ------
    UnknownNameError
        If an outlet or the voice does not occur.
    ColumnError, InputError
        If the articles have no dates, or there is no such block.

    Notes
    -----
    p: a Welch statistic of the differences of events between blocks, whose dates are
    permuted over events. Blocks with fewer than 6 shared events are drawn, and not
    tested.

    References
    ----------
    .. [1] Welch (1951), Biometrika 38, 330-336.
       https://doi.org/10.1093/biomet/38.3-4.330
    """
    if block not in get_args(Block):
        raise InputError(f"block must be one of {get_args(Block)}; got {block!r}.")
    at_hand = articles_of(articles)
    require_columns(at_hand, ["date"], of="over_time()")
    given = counts_of(counts)
    design = design_of(
        given, target=target, baseline=baseline, voice=voice, articles=at_hand
    )
    which = chosen_items(design, min_articles) if len(design.cells) else np.arange(0)
    events, sides = _dated(design, which, block)
    sizes = events["block"].value_counts()
    large = sizes.index[sizes >= FLOORS.events]
    reason = _refusal(design, len(large), len(which), block)
    names = design.items[which]
    table = pd.DataFrame({"item": names.astype(object), "p": np.nan, "q": np.nan})
    notes = [f"{number_of(len(events), 'shared event')} with a date."]
    if reason is None:
        tested = events["block"].isin(large).to_numpy()
        codes = pd.factorize(events["block"][tested], sort=True)[0]
        gaps = (sides[0] - sides[1])[tested]
        table["p"], number = _p(gaps, codes, seed)
        if len(which) / (number + 1) <= LARGEST_Q:
            table["q"] = adjusted(table["p"].to_numpy())
        notes.append(
            f"p: Welch's statistic over {len(large)} blocks of at least "
            f"{FLOORS.events} events, whose blocks are permuted; a random {number:,} "
            f"arrangements. q: Benjamini-Hochberg over {number_of(len(which), 'item')}."
        )
    caption = (
        f"Share in {target} minus share in {baseline}, by {block} ({design.measure}, "
        f"{sum(design.sizes):,} articles): does the difference change?"
    )
    if reason:
        caption = f"{caption} Not tested: {reason}."
    blocks = _blocks(events, names, sides)
    if voice == OWN:
        wider = design_of(
            given, target=target, baseline=baseline, voice=REST, articles=at_hand
        )
        blocks = _with_indirect(blocks, wider, names, block)
        notes += [accuracy_sentence(target, baseline), *voice_notes()]
    notes.append("Said of these articles only.")
    return OverTime(
        table.sort_values(["p", "item"], kind="stable").reset_index(drop=True),
        blocks,
        _points(events, names, sides),
        reason,
        target,
        baseline,
        caption,
        tuple(notes),
    )


def _events(design: Design, block: str) -> pd.DataFrame:
    """One row per shared event: name, date, block, articles of each side."""
    columns = ["event", "date", "block", "articles_target", "articles_baseline"]
    if not len(design.cells):
        return pd.DataFrame(columns=columns)
    number = design.event_of_cell[design.cell]
    table = design.articles.assign(
        number=number,
        when=pd.to_datetime(
            design.articles["date"], format="%Y-%m-%d", errors="coerce"
        ),
    )
    grouped = table.groupby("number", sort=True)
    events = grouped.agg(
        event=("event", "first"), date=("when", "min"), size=("is_target", "size"),
        articles_target=("is_target", "sum"),
    )  # fmt: skip
    events["articles_baseline"] = events["size"] - events["articles_target"]
    periods = events["date"].dt.to_period(PERIODS[block])
    events["block"] = periods.astype(str).where(events["date"].notna(), None)
    return events[columns].reset_index(drop=True)


def _dated(
    design: Design, which: Whole, block: str
) -> tuple[pd.DataFrame, tuple[Floats, Floats]]:
    """Give the events with a date, and the shares of both sides in them."""
    events = _events(design, block)
    dated = np.flatnonzero(events["block"].notna().to_numpy())
    sides = np.zeros((0, len(which))), np.zeros((0, len(which)))
    if len(design.cells):
        target, baseline = event_shares(design, which)
        sides = target[dated], baseline[dated]
    return events.iloc[dated].reset_index(drop=True), sides


def _with_indirect(
    blocks: pd.DataFrame, wider: Design, names: pd.Index, block: str
) -> pd.DataFrame:
    """Add the other bound: the difference with reported speech added."""
    names = names[names.isin(wider.items)]
    events, sides = _dated(wider, wider.items.get_indexer(names), block)
    other = _blocks(events, names, sides)[["item", "block", "difference"]]
    other = other.rename(columns={"difference": f"difference{WITH}"})
    return blocks.merge(other, on=["item", "block"], how="left")


def _refusal(design: Design, large: int, items: int, block: str) -> str | None:
    if not design.events:
        return (
            "a change over time needs events that both outlets cover, and there is none"
        )
    if not items:
        return "no item is found in enough articles"
    if large < 2:
        return (
            f"{number_of(design.events, 'shared event')}: a test needs two {block}s "
            f"with at least {FLOORS.events} of them each"
        )
    return None


def _p(gaps: Floats, codes: Whole, seed: int) -> tuple[Floats, int]:
    """Permute the blocks of the events."""
    rng = np.random.default_rng(seed)
    observed = _welch(gaps, codes[None])[0] * (1 - 1e-9)
    size = arrangements_for(gaps.shape[1])
    extreme = np.zeros(gaps.shape[1])
    for first in range(0, size, AT_ONCE):
        height = min(AT_ONCE, size - first)
        dealt = rng.permuted(np.tile(codes, (height, 1)), axis=1)
        extreme += (_welch(gaps, dealt) >= observed).sum(axis=0)
    p: Floats = (extreme + 1) / (size + 1)
    return p, size


def _welch(gaps: Floats, codes: Whole) -> Floats:
    """Weighted squares between blocks: (arrangements, items)."""
    means, variances, counts = [], [], []
    for code in range(int(codes.max()) + 1):
        inside = (codes == code).astype(float)
        count = inside[0].sum()
        mean = inside @ gaps / count
        square = inside @ gaps**2 / count - mean**2
        means.append(mean)
        variances.append(np.maximum(square, 0) * count / (count - 1))
        counts.append(count)
    mean, variance = np.array(means), np.array(variances)
    least = LEAST_SPREAD * variance.mean(axis=0) + 1e-18
    weight = np.array(counts)[:, None, None] / np.maximum(variance, least)
    centre = (weight * mean).sum(axis=0) / weight.sum(axis=0)
    total: Floats = (weight * (mean - centre) ** 2).sum(axis=0)
    return np.where(total < 1e-9, 0.0, total)


def _blocks(
    events: pd.DataFrame, names: pd.Index, sides: tuple[Floats, Floats]
) -> pd.DataFrame:
    parts = []
    for block, rows in events.groupby("block", sort=True):
        target, baseline = (side[rows.index.to_numpy()] for side in sides)
        low = high = np.full(len(names), np.nan)
        if len(rows) >= FLOORS.events:
            low, high = event_intervals(target, baseline, level=LEVEL)
        parts.append(
            pd.DataFrame(
                {
                    "item": names.astype(object),
                    "block": block,
                    "events": len(rows),
                    "articles_target": int(rows["articles_target"].sum()),
                    "articles_baseline": int(rows["articles_baseline"].sum()),
                    "target_share": target.mean(axis=0),
                    "baseline_share": baseline.mean(axis=0),
                    "difference": (target - baseline).mean(axis=0),
                    "low": low,
                    "high": high,
                }
            )
        )
    if not parts:
        return pd.DataFrame(columns=BLOCK_COLUMNS)
    table = pd.concat(parts, ignore_index=True)
    return table.sort_values(["item", "block"], kind="stable").reset_index(drop=True)


def _points(
    events: pd.DataFrame, names: pd.Index, sides: tuple[Floats, Floats]
) -> pd.DataFrame:
    difference = sides[0] - sides[1]
    place = np.repeat(np.arange(len(events)), len(names))
    rows = events.iloc[place].reset_index(drop=True)
    return pd.DataFrame(
        {
            "item": np.tile(names.to_numpy(object), len(events)),
            "event": rows["event"],
            "date": rows["date"],
            "block": rows["block"],
            "articles": rows["articles_target"] + rows["articles_baseline"],
            "difference": difference.ravel(),
        }
    )
