"""Self-test: what a comparison finds where there is little or nothing to find."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framelens._checks import InputError, require_known
from framelens._progress import followed
from framelens._result import Result
from framelens.compare.contrast import MIN_ARTICLES
from framelens.compare.design import ALL, design_of, details_of
from framelens.compare.splits import (
    BELOW,
    Claims,
    any_q,
    chosen_items,
    claims,
    mean_interval,
    parted,
    random_halves,
    share_interval,
    unlike_halves,
)
from framelens.compare.units import FLOORS, groups_of
from framelens.compare.wording import THESE_ONLY, number_of
from framelens.measure.counts import counts_of

if TYPE_CHECKING:
    from framelens.compare.design import Design, Source, Whole
    from framelens.measure.counts import Counts

SELF_TEST_COLUMNS = [
    "measure", "outlet", "split", "splits", "items", "rate_p", "low", "high", "any_q",
    "any_low", "any_high", "pooled_p", "pooled_items", "pooled_any", "articles",
    "refusal",
]  # fmt: skip
"""The columns of a self-test."""

UNLIKE, RANDOM = "unlike halves", "random halves"
"""What two kinds of split are called; the others by the column that parts them."""

SAID = {RANDOM: f"{RANDOM}, which check the machinery only"}
"""How a caption calls them."""

WEEKS = "odd and even weeks"
"""What a split by date is called."""

COLUMNS = ("author", "section", "date")
"""The columns that placebo splits are looked for in, unless one is named."""

MOST_PARTS = 20
"""Values of a column that are tried at most, the most frequent ones."""


@dataclass(frozen=True, eq=False)
class SelfTest(Result):
    """One outlet against itself, as `self_test` returns it.

    Attributes
    ----------
    table : DataFrame
        One row per outlet and kind of split: ``measure, outlet, split`` ("unlike
        halves", a column such as "author", or "random halves"), ``splits``,
        ``items`` (tested in each split, on average), ``rate_p`` (share of items with
        p below 0.05; 0.05 is nominal) with its 95 % Monte Carlo interval ``low`` and
        ``high``, ``any_q`` (share of splits in which any item has q below 0.05) with
        ``any_low`` and ``any_high``; ``pooled_p``, ``pooled_items`` and
        ``pooled_any`` (what a log-likelihood test over all words, pooled, claims on
        the same splits: share of items below 0.05, their number in a split, and
        share of splits with any q below 0.05); ``articles`` and ``refusal``. NaN
        where nothing is tested.
    refusal : str or None
        Why nothing at all could be tested.
    caption, alt : str
    notes : tuple of str
    """

    table: pd.DataFrame = field(repr=False)
    refusal: str | None
    caption: str
    alt: str = field(repr=False)
    notes: tuple[str, ...] = field(repr=False)

    def shown(self) -> pd.DataFrame:
        """Lay out rates in per cent."""
        table = self.table
        return pd.DataFrame(
            {
                "outlet": table["outlet"],
                "split": table["split"],
                "articles": table["articles"],
                "splits": table["splits"],
                "items": table["items"].round().astype("Int64"),
                "below p = .05, %": 100 * table["rate_p"],
                "from": 100 * table["low"],
                "to": 100 * table["high"],
                "splits with a finding, %": 100 * table["any_q"],
                "pooled test: below p = .05, %": 100 * table["pooled_p"],
                "pooled test: splits with a finding, %": 100 * table["pooled_any"],
                "not tested because": table["refusal"],
            }
        )


def self_test(
    counts: Source,
    *,
    outlet: str | None = None,
    voice: str = ALL,
    splits: int = 100,
    placebo: str | None = None,
    cluster: str | None = None,
    strata: str = "genre",
    min_articles: int = MIN_ARTICLES,
    seed: int = 0,
) -> SelfTest:
    """Split each outlet into parts, and count what is claimed to differ.

    Parameters
    ----------
    counts : Counts, DataFrame or pair of DataFrames
        As `contrast` takes them.
    outlet : str, optional
        One outlet; all of them where none is named.
    voice : str, default "all"
        As for `contrast`.
    splits : int, default 100
        Unlike halves of each outlet, and as many random ones.
    placebo : str, optional
        A column of the articles, such as "section" or "author": each of its values
        is set against the rest of the outlet. "date" sets odd against even weeks.
        Where none is named, author, section and date are tried as far as they are
        known.
    cluster, strata
        As for `contrast`: clusters and copies stay together, and parts are compared
        within a genre, or another column.
    min_articles : int, default 5
        Items found in fewer articles are not tested. Of more than 500 items, those
        are tested that most articles have.
    seed : int, default 0

    Returns
    -------
    SelfTest

    Raises
    ------
    UnknownNameError
        If the outlet, the voice or the column does not occur.
    InputError
        If `splits` is not a whole number from 2, or `placebo` is asked of counts
        that do not know their articles.

    Notes
    -----
    Unlike halves set a fifth of the articles, cut to a third of their words, against
    the others, joined in pairs: they differ in number, length and burstiness and in
    nothing else, so that no more than about 5 % of items may lie below p = .05.
    Placebo splits show what differs between parts of one outlet; where their rate is
    high, such differences are as large as those between outlets. Random halves check
    the machinery only.

    Examples
    --------
    >>> counts = pd.DataFrame({
    ...     "event": "talks", "outlet": "Daily", "article": ["a", "b"],
    ...     "voice": "rest", "item": "deal", "k": [3, 1], "n": [4, 4]})
    >>> print(self_test(counts).refusal)
    Daily has 2 articles: a self-test needs at least 10
    """
    if not isinstance(splits, int) or splits < 2:
        raise InputError(f"splits must be a whole number from 2; got {splits!r}.")
    given = counts_of(counts)
    names = sorted(given.totals["outlet"].dropna().unique())
    if outlet is not None:
        require_known(outlet, names, kind="outlet")
        names = [outlet]
    if placebo is not None:
        details_of(given, [], [placebo])
    rows = []
    for name in names:
        rng = np.random.default_rng(seed)
        whole = _whole(given, name, voice, cluster, strata)
        groups, which = groups_of(whole, cluster), chosen_items(whole, min_articles)
        design = replace(whole, k=whole.k[:, which], items=whole.items[which])
        rows += _outlet(given, design, groups, splits, placebo, cluster, rng)
    return _result(pd.DataFrame(rows, columns=SELF_TEST_COLUMNS), given, min_articles)


def _outlet(
    counts: Counts,
    design: Design,
    groups: Whole,
    splits: int,
    placebo: str | None,
    cluster: str | None,
    rng: np.random.Generator,
) -> list[dict[str, object]]:
    """Split one outlet in every way: one row each."""
    outlet, articles = design.target, len(design.n)
    units, needed = int(groups.max(initial=-1)) + 1, 2 * FLOORS.articles
    if units < needed or not len(design.items):
        why = f"{outlet} has {number_of(articles, 'article')}"
        why += f" in {number_of(units, 'group')}" if units < articles else ""
        what = "copies" if cluster is None else f"one {cluster}, or of copies"
        why += f" of {what}" if units < articles else ""
        why += f": a self-test needs at least {needed}"
        if units >= needed:
            why = f"{outlet}: no item is found in enough articles"
        return [_row(counts, outlet, RANDOM, articles, [], refusal=why)]
    halves = (
        (UNLIKE, partial(unlike_halves, design, groups, cluster, rng)),
        (RANDOM, partial(random_halves, design, groups, rng)),
    )
    unlike, random = (
        _row(counts, outlet, kind, articles, [
            claims(half(), FLOORS, cluster)
            for _ in followed(range(splits), f"splitting {outlet}", "split")
        ])
        for kind, half in halves
    )  # fmt: skip
    parts = [
        _row(counts, outlet, WEEKS if column == "date" else column, articles, found)
        for column, found in _placebos(counts, design, placebo, cluster)
        if found or placebo is not None
    ]
    return [*parts, unlike, random]


def _whole(
    counts: Counts,
    outlet: str,
    voice: str,
    cluster: str | None,
    strata: str,
) -> Design:
    """Put all articles of an outlet on one side."""
    both = design_of(
        counts.select(outlets=[outlet]), outlet, outlet, voice=voice, cluster=cluster,
        strata=strata,
    )  # fmt: skip
    rows = np.flatnonzero(both.is_target)
    return replace(
        both,
        articles=both.articles.iloc[rows].reset_index(drop=True),
        k=both.k[rows],
        copies=both.copies[rows],
        baseline="the other part",
    )


def _placebos(
    counts: Counts, design: Design, placebo: str | None, cluster: str | None
) -> list[tuple[str, list[Claims | None]]]:
    """Set each value of each column against the rest."""
    corpus = counts.corpus
    if corpus is None:
        return []
    there = [name for name in COLUMNS if name in corpus.articles.columns]
    columns = there if placebo is None else [placebo]
    details = details_of(counts, design.articles["article"], columns)
    found = []
    for column in columns:
        values = details[column]
        if column == "date":
            days = pd.to_datetime(values, errors="coerce", format="%Y-%m-%d")
            weeks = (days - pd.Timestamp("2001-01-01")).dt.days // 7
            values = (weeks % 2).map({1.0: "odd", 0.0: "even"})
        known = values.notna().to_numpy()
        parts = values.dropna().value_counts().index[:MOST_PARTS].tolist()
        if len(parts) < 2:
            continue
        if len(parts) == 2:
            parts = parts[:1]  # the other one would be the same split
        tried = [
            claims(
                parted(design, values.eq(part).to_numpy(), known, FLOORS), FLOORS,
                cluster,
            )
            for part in parts
        ]  # fmt: skip
        found.append((column, [one for one in tried if one is not None]))
    return found  # type: ignore[return-value]


def _row(
    counts: Counts,
    outlet: str,
    split: str,
    articles: int,
    found: list[Claims | None],
    refusal: str | None = None,
) -> dict[str, object]:
    """Lay out what was claimed over the splits of one kind."""
    tested = [one for one in found if one is not None and len(one.p)]
    row: dict[str, object] = dict.fromkeys(SELF_TEST_COLUMNS, np.nan)
    if not tested and refusal is None:
        refusal = f"{outlet}, {split}: no two parts have enough articles for a test"
    row |= {
        "measure": counts.measure, "outlet": outlet, "split": split,
        "splits": len(tested), "articles": articles, "refusal": refusal,
    }  # fmt: skip
    if not tested:
        return row
    rates = np.array([(one.p < BELOW).mean() for one in tested])
    row["items"] = np.mean([len(one.p) for one in tested])
    row["rate_p"], row["low"], row["high"] = mean_interval(rates)
    hits = sum(any_q(one.p) for one in tested)
    row["any_q"] = hits / len(tested)
    row["any_low"], row["any_high"] = share_interval(hits, len(tested))
    row["pooled_p"] = np.mean([(one.pooled < BELOW).mean() for one in tested])
    row["pooled_items"] = np.mean([(one.pooled < BELOW).sum() for one in tested])
    row["pooled_any"] = np.mean([any_q(one.pooled) for one in tested])
    return row


def _result(table: pd.DataFrame, counts: Counts, least: int) -> SelfTest:
    """Put a caption to the rows."""
    refused = table["refusal"].notna()
    table["refusal"] = table["refusal"].astype(object).where(refused, None)
    table = table.astype({"splits": int, "articles": int})
    reason = None
    if refused.all():
        reason = "; ".join(table["refusal"].head(3)) or "no outlet to split"
    tested = table[~refused]
    notes = [
        f"Items found in at least {least} articles; of more than 500, those that most "
        "articles have. The pooled test is the log-likelihood ratio over all words "
        "(Dunning 1993), which takes words for independent.",
        "Unlike halves: a fifth of the articles, cut to a third of their words, "
        "against the others, joined in pairs. They differ in number, length and "
        "burstiness alone, so that about 5 % of items should lie below p = .05, and "
        "at most 5 % of splits should hold a finding. Random halves check the "
        "machinery only.",
    ]
    if (~tested["split"].isin([UNLIKE, RANDOM])).any():
        notes.append(
            "The other splits set parts of one outlet against each other: a high rate "
            "says that such parts differ too, without any second outlet."
        )
    notes += [f"{why}." for why in table["refusal"].dropna() if reason is None]
    return SelfTest(
        table, reason, _caption(tested, counts, reason), _alt(tested),
        (*notes, THESE_ONLY),
    )  # fmt: skip


def _caption(tested: pd.DataFrame, counts: Counts, reason: str | None) -> str:
    """Say what was split, and what the tests claim, kind by kind."""
    if reason:
        return f"Self-test of {counts.measure}: not possible here."
    told = [
        f"{SAID.get(str(split), split)}: {_span(rows['rate_p'])} (a test over pooled "
        "words: "
        f"{_span(rows['pooled_p'])})"
        for split, rows in tested.groupby("split", sort=False)
    ]
    outlets = tested["outlet"].nunique()
    return (
        f"Each outlet against itself ({counts.measure}, "
        f"{number_of(outlets, 'outlet')}). Items below p = .05: {'; '.join(told)}."
    )


def _alt(tested: pd.DataFrame) -> str:
    """Say what is to be seen."""
    if tested.empty:
        return "Nothing is drawn: there is too little to split."
    rows = zip(*(tested.head(6)[name] for name in ("outlet", "split", "rate_p",
               "pooled_p")), strict=True)  # fmt: skip
    parts = [
        f"{outlet}, {split} {100 * rate:.1f} % (pooled {100 * pooled:.1f} %)"
        for outlet, split, rate, pooled in rows
    ]
    return (
        "Share of items below p = .05 when an outlet is split against itself, beside "
        f"that of a pooled test; a line marks 5 %. {', '.join(parts)}."
    )


def _span(rates: pd.Series) -> str:
    """Write a range of rates in per cent."""
    low, high = 100 * rates.min(), 100 * rates.max()
    if round(low, 1) == round(high, 1):
        return f"{low:.1f} %"
    return f"{low:.1f} to {high:.1f} %"
