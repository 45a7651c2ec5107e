"""Contrast: how far apart two outlets are, and how sure one may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framelens.compare.bounds import bounds_of
from framelens.compare.design import ALL, OWN, REST, design_of
from framelens.compare.estimate import estimate
from framelens.compare.inference import FLOORS, infer, kind_of
from framelens.compare.names import side_names
from framelens.compare.refusals import item_refusals, refusal
from framelens.compare.result import SHOWN, Contrast
from framelens.compare.wording import alt, caption, estimand, notes, sources
from framelens.measure.counts import counts_of
from framelens.read import articles_of

if TYPE_CHECKING:
    from pathlib import Path

    from framelens.compare.design import Design
    from framelens.compare.inference import Floors, Inference
    from framelens.measure.counts import Counts

TABLE_COLUMNS = [
    "item", "voice", "target_k", "target_n", "baseline_k", "baseline_n", "difference",
    "low", "high", "p", "q", "articles_target", "articles_baseline", "events", "flips",
    "refusal", "found_in", "dispersion", "p_max", "low_selected", "high_selected",
]  # fmt: skip
"""The columns of every comparison; that of terms has ``log_odds`` as well."""

POINT_COLUMNS = ["item", "voice", "outlet", "article", "event", "share", "k", "n"]

MIN_ARTICLES = 5
"""An item is tested if so many of the compared articles have it, on whichever side."""


def contrast(
    counts: Counts | pd.DataFrame | tuple[pd.DataFrame, pd.DataFrame],
    *,
    target: str,
    baseline: str,
    voice: str = ALL,
    articles: pd.DataFrame | str | Path | None = None,
    weights: str = "equal",
    min_articles: int = MIN_ARTICLES,
    floors: Floors = FLOORS,
    seed: int = 0,
) -> Contrast:
    """Compare the shares of two outlets, item by item, within the events both cover.

    Parameters
    ----------
    counts : Counts, DataFrame or pair of DataFrames
        What a measure returns; or its counts and totals; or one frame with n beside
        k. Where events are given, only events of both outlets are compared.
    target, baseline : str
        Names of outlets.
    voice : str, default "all"
        A voice of the counts, or a sum: "all" adds up all of them, "quoted" direct
        and indirect, "rest" own and indirect (what stands outside quotation marks).
        "own" comes with bounds, since voices are sometimes wrong.
    articles : DataFrame or path, optional
        What was measured: needed for genres (within which labels are permuted),
        dates and evidence.
    weights : {"equal", "precision"}, default "equal"
        How events weigh in the difference: all alike; or by how many articles stand
        behind each (half the harmonic mean of the two sides), which finds more
        where the outlets differ alike in every event, and is another quantity where
        they do not.
    min_articles : int, default 5
        Items found in fewer compared articles are shown but not tested: a filter
        that does not look at outlets, so that it costs no error [1]_. Raise it to
        test fewer items.
    floors : Floors
        The smallest designs that are tested.
    seed : int, default 0
        The same seed gives the same numbers.

    Returns
    -------
    Contrast

    Raises
    ------
    UnknownNameError
        If an outlet or the voice does not occur; counts made from quotation marks
        alone have no "own". Or if `weights` is another word.
    ColumnError, InputError
        If the counts or the articles break their contract.

    Notes
    -----
    Below the floors there is neither p nor interval, and ``refusal`` says so. q is
    given only where the design can reach 0.05 for one item.

    References
    ----------
    .. [1] Bourgon, Gentleman & Huber (2010), PNAS 107, 9546-9551.
       https://doi.org/10.1073/pnas.0914005107

    Examples
    --------
    >>> counts = pd.DataFrame({
    ...     "event": "talks", "outlet": ["Daily", "Herald"], "article": ["a", "b"],
    ...     "voice": "rest", "item": "deal", "k": [3, 1], "n": [4, 4]})
    >>> result = contrast(counts, target="Daily", baseline="Herald")
    >>> result.table["difference"].item()
    0.5
    >>> print(result.refusal)
    1 + 1 articles: sentences to read, no interval and no p-value; a test needs at least
    5 articles a side or 6 shared events
    """
    given = counts_of(counts)
    at_hand = given.corpus.articles if given.corpus is not None else None
    if articles is not None:
        at_hand = articles_of(articles)
    sides = {"target": target, "baseline": baseline, "weights": weights}
    design = design_of(given, **sides, voice=voice, articles=at_hand)
    estimates = estimate(design)
    found_in = estimates["found_in"].to_numpy()
    tested = found_in >= min_articles
    inferred = infer(design, tested, floors=floors, seed=seed)
    reason = refusal(design, floors, tested)
    kind = None if reason else kind_of(design, floors)
    reasons: list[str | None] = (
        [reason] * len(found_in)
        if reason
        else item_refusals(
            design, inferred, found_in, least=min_articles, floors=floors
        )
    )
    table = _ordered(_table(design, estimates, inferred, reasons), design)
    points, bounds = _points(design, table["item"].head(SHOWN)), None
    if voice == OWN:
        wider = design_of(given, **sides, voice=REST, articles=at_hand)
        bounds = bounds_of(table, wider, floors=floors, seed=seed)
        others = _points(wider, table["item"].head(SHOWN))
        points = pd.concat([points, others], ignore_index=True)
    if at_hand is not None:
        at_hand = at_hand[at_hand["article"].isin(design.articles["article"])]
    opposed = int(estimates["opposed"].sum())
    return Contrast(
        target=target,
        baseline=baseline,
        voice=voice,
        table=table,
        bounds=bounds,
        points=points,
        estimand=estimand(design),
        sources=sources(design),
        refusal=reason,
        caption=caption(design, reason, inferred, kind, bounds),
        alt=alt(design, table, reason, bounds),
        notes=notes(design, inferred, kind, opposed),
        names=side_names(design),
        articles=at_hand,
        find=None if given.find is None else given.evidence,
    )


def _table(
    design: Design,
    estimates: pd.DataFrame,
    inferred: Inference,
    reasons: list[str | None],
) -> pd.DataFrame:
    """Put estimates and inference side by side, one row per item."""
    table = estimates.drop(columns="opposed")
    for name in ("target_k", "target_n", "baseline_k", "baseline_n"):
        if (table[name] % 1 == 0).all():
            table[name] = table[name].astype(np.int64)
    return table.assign(
        item=np.asarray(design.items, dtype=object),
        voice=design.voice,
        low=inferred.low,
        high=inferred.high,
        p=inferred.p,
        q=inferred.q,
        p_max=inferred.p_max,
        low_selected=inferred.low_selected,
        high_selected=inferred.high_selected,
        articles_target=design.sizes[0],
        articles_baseline=design.sizes[1],
        events=design.events,
        refusal=pd.Series(reasons, dtype=object),
    )


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
    parts = [
        articles.assign(item=item, k=design.k[:, [place]].toarray()[:, 0])
        for item, place in zip(items, places, strict=True)
    ]
    points = (
        pd.concat(parts, ignore_index=True)
        if parts
        else articles.assign(item="", k=0.0)
    )
    points = points.assign(share=points["k"] / points["n"], voice=design.voice)
    return points[POINT_COLUMNS]
