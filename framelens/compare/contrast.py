"""Contrast: how far apart two outlets are, and how sure one may be."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framelens._checks import InputError, require_known
from framelens._result import Result
from framelens.compare import wording
from framelens.compare.bounds import WITH, bounds_of
from framelens.compare.design import ALL, OWN, REST, SUMS, design_of
from framelens.compare.estimate import estimate
from framelens.compare.inference import (
    LEVEL,
    adjusted,
    enough,
    estimates,
    for_all,
    selected_level,
    units_in,
    without_test,
)
from framelens.compare.units import FLOORS
from framelens.measure.counts import counts_of

if TYPE_CHECKING:
    from framelens.compare.design import Design, Floats, Source
    from framelens.compare.inference import Estimates, Units
    from framelens.compare.units import Floors
    from framelens.measure.counts import Counts

TABLE_COLUMNS = [
    "item", "voice", "target_k", "target_n", "baseline_k", "baseline_n", "difference",
    "low", "high", "ratio", "ratio_low", "ratio_high", "p", "q", "articles_target",
    "articles_baseline", "events", "flips", "refusal", "found_in", "dispersion",
    "p_max", "low_selected", "high_selected",
]  # fmt: skip
"""The columns of every comparison; that of terms has ``log_odds`` as well."""

POINT_COLUMNS = ["item", "voice", "outlet", "article", "event", "share", "k", "n"]

MIN_ARTICLES = 5
"""An item is tested if so many of the compared articles have it, on whichever side."""

SHOWN = 20
"""Items whose articles are kept as points, and rows that a notebook shows."""


@dataclass(frozen=True, eq=False)
class Contrast(Result):
    """Two outlets side by side, as `contrast` returns them.

    Attributes
    ----------
    target, baseline : str
        The outlets; a positive difference means more in `target`.
    voice : str
    table : DataFrame
        One row per item, those furthest apart first (for terms by log odds over
        their rough standard error, as Monroe, Colaresi & Quinn 2008 order words;
        else by the difference): ``item, voice, target_k,
        target_n, baseline_k, baseline_n`` (counts and totals over the compared
        articles), ``difference`` (of shares, in [-1, 1]), ``low`` and ``high`` (95 %
        interval), ``ratio`` (of shares, half a count added to each), ``ratio_low``
        and ``ratio_high`` (95 % interval), ``p``, ``q``, ``articles_target,
        articles_baseline, events`` (what it rests on; 0 events where none are
        given), ``flips`` (the sign is lost when one article, or one event, is left
        out; missing where nothing can be left out), ``refusal`` (why there is no
        test; None where there is one), ``found_in`` (compared articles that have the
        item), ``dispersion`` (over these articles: 0 evenly spread, 1 all in one
        place; Gries's deviation of proportions), ``p_max`` (holds for all tested
        items at once: the one to go by for an item that a heading or finding names),
        ``low_selected`` and ``high_selected`` (the wider interval of an item that is
        picked from the table, which figures draw), and for terms ``log_odds``.
        Undefined is NaN. ``p`` is below 0.05 exactly where the intervals leave out a
        difference of 0 and a ratio of 1.
    bounds : DataFrame or None
        Of the voice "own" only, one row per item: ``item``; then ``difference, low,
        high`` and the four counts of the own voice alone, as in `table`; then the
        same seven with reported speech added, their names ending in
        ``_with_indirect``; and ``sign_differs`` (whether the two differences point
        different ways, or one is zero; missing where the own voice has none).
    points : DataFrame
        ``item, voice, outlet, article, event, share, k, n`` of the first 20 items;
        beside "own" also in the voice "rest", which is the other bound.
    estimand : str
        What the difference is of.
    sources : str
        Articles and dates.
    refusal : str or None
        Why nothing is tested; None where something is.
    caption, alt : str
    notes : tuple of str
    names : tuple of str
        What the two sides are called: outlets, or "this report (Daily)" where
        outlet and genre cannot be told apart.
    articles : tuple of str
        The compared articles.
    """

    target: str
    baseline: str
    voice: str
    table: pd.DataFrame = field(repr=False)
    points: pd.DataFrame = field(repr=False)
    estimand: str
    sources: str
    refusal: str | None
    caption: str = field(repr=False)
    alt: str = field(repr=False)
    notes: tuple[str, ...] = field(repr=False)
    names: tuple[str, str] = field(repr=False)
    bounds: pd.DataFrame | None = field(default=None, repr=False)
    counts: Counts | None = field(default=None, repr=False)
    articles: tuple[str, ...] = field(default=(), repr=False)

    @property
    def wider(self) -> pd.DataFrame | None:
        """The other bound under the names of `table`; None except in the own voice."""
        if self.bounds is None:
            return None
        names = [str(name) for name in self.bounds if str(name).endswith(WITH)]
        named = self.bounds[["item", *names]]
        named = named.rename(columns=lambda name: str(name).removesuffix(WITH))
        sizes = self.table[["articles_target", "articles_baseline"]]
        return named.assign(voice=REST).join(sizes)

    def evidence(self, item: str, voice: str | None = None) -> pd.DataFrame:
        """Find what was counted for one item, in the compared articles.

        Parameters
        ----------
        item : str
            One of ``table["item"]``.
        voice : str, optional
            The voice of this comparison unless another is named: a voice, or a sum.

        Returns
        -------
        DataFrame
            ``article, outlet, voice, start, end, text``.

        Raises
        ------
        UnknownNameError
            If the item is not in the table.
        InputError
            If these counts cannot be traced to articles.
        """
        require_known(item, self.table["item"], kind="item")
        if self.counts is None:
            raise InputError("there is no article to look in: nothing is compared")
        found = self.counts.evidence(item)
        found = found[found["article"].isin(self.articles)]
        asked = voice or self.voice
        if asked != ALL:
            found = found[found["voice"].isin(SUMS.get(asked, (asked,)))]
        return found.reset_index(drop=True)

    def shown(self) -> pd.DataFrame:
        """Lay out the rows as a reader wants them: counts, in few columns."""
        table = self.table
        shown = pd.DataFrame({"item": table["item"]})
        for side, name in zip(("target", "baseline"), self.names, strict=True):
            pairs = zip(table[f"{side}_k"], table[f"{side}_n"], strict=True)
            shown[name if name not in shown else f"{name} again"] = [
                f"{k:,} of {n:,}" for k, n in pairs
            ]
        shown["difference (percentage points)"] = 100 * table["difference"]
        if self.bounds is not None:
            shown["with reported speech"] = 100 * self.bounds[f"difference{WITH}"]
            shown["sign differs"] = self.bounds["sign_differs"].astype(object)
        if "log_odds" in table:
            shown["log odds"] = table["log_odds"]
        if self.refusal is None:
            shown["from"] = 100 * table["low_selected"]
            shown["to"] = 100 * table["high_selected"]
            shown["ratio"], shown["p_max"] = table["ratio"], table["p_max"]
            shown["q"] = table["q"]
            shown["no test because"] = table["refusal"]
        shown["sign lost without one"] = (
            table["flips"].astype(object).where(table["flips"].notna(), None)
        )
        return shown


def contrast(
    counts: Source,
    target: str,
    baseline: str,
    *,
    voice: str = ALL,
    weights: str = "equal",
    cluster: str | None = None,
    strata: str = "genre",
    min_articles: int = MIN_ARTICLES,
    floors: Floors = FLOORS,
) -> Contrast:
    """Compare the shares of two outlets, item by item, within the events both cover.

    Parameters
    ----------
    counts : Counts, DataFrame or pair of DataFrames
        What a measure returns; or its counts and totals; or one frame with n beside
        k. Where events are given, only events of both outlets are compared, and
        within them only genres of both.
    target, baseline : str
        Names of outlets.
    voice : str, default "all"
        A voice of the counts, or a sum: "all" adds up all of them, "quoted" direct
        and indirect, "rest" own and indirect (what stands outside quotation marks).
        "own" comes with bounds, since voices are sometimes wrong.
    weights : {"equal", "precision"}, default "equal"
        How events weigh in the difference: all alike; or by how many articles stand
        behind each (half the harmonic mean of the two sides), which finds more
        where the outlets differ alike in every event, and is another quantity where
        they do not.
    cluster : str, optional
        A column of the articles, such as "author": articles with the same value are
        one unit in tests. Copies within an outlet always are.
    strata : str, default "genre"
        A column of the articles: only articles with the same value are compared.
    min_articles : int, default 5
        Items found in fewer compared articles are shown but not tested: a filter
        that does not look at outlets, so that it costs no error [1]_. Raise it to
        test fewer items.
    floors : Floors
        The smallest designs that are tested.

    Returns
    -------
    Contrast

    Raises
    ------
    UnknownNameError
        If an outlet or the voice does not occur; counts made from quotation marks
        alone have no "own". Or if `weights` is another word.
    ColumnError, InputError
        If the counts break their contract, or there is no column of clusters.

    Notes
    -----
    One statistic gives p, q and intervals: the logarithm of the ratio of the two
    shares, half a count added to each; its variance by leaving out one unit at a
    time within its side and event [2]_, or one event where the outlets share at
    least 8 [3]_; t with Welch and Satterthwaite's degrees of freedom, fewer where
    few units have the item or a few of them carry it. The limits of the difference
    invert the same test. Outlets may differ in number, length, burstiness and
    copies: see ``benchmarks/RESULTS.md`` for the error rates that were measured
    there. An item needs 3 units of each outlet that have it, unless its absence from
    one of them is itself telling. Below the floors there is neither p nor interval,
    and ``refusal`` says so.

    References
    ----------
    .. [1] Bourgon, Gentleman & Huber (2010), PNAS 107, 9546-9551.
       https://doi.org/10.1073/pnas.0914005107
    .. [2] Miller (1974), "The jackknife", Biometrika 61, 1-15.
       https://doi.org/10.1093/biomet/61.1.1
    .. [3] Cameron & Miller (2015), J. of Human Resources 50, 317-372.
       https://doi.org/10.3368/jhr.50.2.317

    Examples
    --------
    >>> counts = pd.DataFrame({
    ...     "event": "talks", "outlet": ["Daily", "Herald"], "article": ["a", "b"],
    ...     "voice": "rest", "item": "deal", "k": [3, 1], "n": [4, 4]})
    >>> result = contrast(counts, "Daily", "Herald")
    >>> result.table["difference"].item()
    0.5
    >>> print(result.refusal)
    1 + 1 articles: sentences to read, no interval and no p-value; a test needs at least
    5 articles of each outlet, or 8 events that both cover
    """
    given = counts_of(counts)
    comparing = partial(
        compared, given, target, baseline, weights=weights, cluster=cluster,
        strata=strata, floors=floors,
    )  # fmt: skip
    design, units = comparing(voice)
    found = estimate(design)
    found_in = found["found_in"].to_numpy()
    made = _made(design, units, floors, found_in >= min_articles)
    reason = wording.refusal(design, units, floors)
    reasons: list[str | None] = [reason] * len(found_in)
    if made is not None:
        reasons = wording.item_refusals(
            design, units, made, found_in.tolist(), least=min_articles, floors=floors
        )
        reason = wording.none_tested(design, reasons)
        made = made if reason is None else None
    table = _ordered(_table(design, units, floors, found, made, reasons), design)
    points, bounds = _points(design, table["item"].head(SHOWN)), None
    if voice == OWN:
        wider, _ = comparing(REST)
        bounds = bounds_of(table, wider, floors=floors, cluster=cluster)
        others = _points(wider, table["item"].head(SHOWN))
        points = pd.concat([points, others], ignore_index=True)
    return Contrast(
        target=target,
        baseline=baseline,
        voice=voice,
        table=table,
        bounds=bounds,
        points=points,
        estimand=wording.estimand(design),
        sources=wording.sources(design),
        refusal=reason,
        caption=wording.caption(design, units, reason, bounds),
        alt=wording.alt(design, table, reason, bounds),
        notes=wording.notes(design, units, made),
        names=wording.side_names(design),
        counts=given,
        articles=tuple(design.articles["article"]),
    )


def compared(
    counts: Counts,
    target: str,
    baseline: str,
    voice: str,
    *,
    floors: Floors,
    weights: str = "equal",
    cluster: str | None = None,
    strata: str = "genre",
) -> tuple[Design, Units]:
    """Find what is compared, and what its units are."""
    design = design_of(
        counts,
        target,
        baseline,
        voice=voice,
        weights=weights,
        cluster=cluster,
        strata=strata,
        few_events=floors.events,
        least_articles=floors.articles,
    )
    return design, units_in(design, floors, cluster)


def _made(
    design: Design, units: Units, floors: Floors, chosen: np.ndarray
) -> Estimates | None:
    """Test the items that enough articles have; None where nothing can be tested."""
    if not len(design.items) or not enough(design, units, floors):
        return None
    return estimates(design, units, floors, np.flatnonzero(chosen))


def _table(
    design: Design,
    units: Units,
    floors: Floors,
    found: pd.DataFrame,
    made: Estimates | None,
    reasons: list[str | None],
) -> pd.DataFrame:
    """Put estimates and inference side by side, one row per item."""
    table = found
    for name in ("target_k", "target_n", "baseline_k", "baseline_n"):
        if (table[name] % 1 == 0).all():
            table[name] = table[name].astype(np.int64)
    made = without_test(design) if made is None else made
    given = {
        name: getattr(made, name)
        for name in ("low", "high", "ratio", "ratio_low", "ratio_high", "p")
    }
    alone = min(design.sizes, default=0) < 2 and design.strata < 2
    unknown = (found["difference"] == 0).to_numpy() | alone
    return table.assign(
        item=np.asarray(design.items, dtype=object),
        voice=design.voice,
        **given,
        **_for_many(design, units, floors, made),
        flips=pd.arrays.BooleanArray(made.flips, unknown),
        articles_target=design.sizes[0],
        articles_baseline=design.sizes[1],
        events=design.events,
        refusal=pd.Series(reasons, dtype=object),
    )


def _for_many(
    design: Design, units: Units, floors: Floors, made: Estimates
) -> dict[str, Floats]:
    """Give what allows for the number of items: q, p_max and wider intervals."""
    names = ("q", "p_max", "low_selected", "high_selected")
    values = {name: np.full(len(design.items), np.nan) for name in names}
    which = np.flatnonzero(~np.isnan(made.p))
    if len(which):
        p = made.p[which]
        values["q"][which], values["p_max"][which] = adjusted(p), for_all(p)
        level = max(selected_level(values["q"][which]), LEVEL)
        wider = estimates(design, units, floors, which, level=level, untested=made)
        values["low_selected"][which] = wider.low[which]
        values["high_selected"][which] = wider.high[which]
    return values


def _ordered(table: pd.DataFrame, design: Design) -> pd.DataFrame:
    """Put those furthest apart first; for terms, by log odds over a rough error."""
    terms = design.measure == "terms"
    size = table["strength" if terms else "difference"].abs().round(12)
    rows = size.sort_values(ascending=False, kind="stable", na_position="last").index
    columns = [*TABLE_COLUMNS, "log_odds"] if terms else TABLE_COLUMNS
    return table.loc[rows, columns].reset_index(drop=True)


def _points(design: Design, items: pd.Series) -> pd.DataFrame:
    """Give the share of each article, for the items that are drawn."""
    items = items[items.isin(design.items)]
    places = design.items.get_indexer(pd.Index(items))
    articles = design.articles[["outlet", "article", "event", "n"]]
    drawn = design.k[:, places].toarray()
    parts = [
        articles.assign(item=item, k=drawn[:, column])
        for column, item in enumerate(items)
    ]
    points = (
        pd.concat(parts, ignore_index=True)
        if parts
        else articles.assign(item="", k=0.0)
    )
    points = points.assign(share=points["k"] / points["n"], voice=design.voice)
    return points[POINT_COLUMNS]
