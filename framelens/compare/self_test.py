"""Self-test: what a comparison finds where there is nothing to find."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framelens._checks import InputError, require_columns, require_known
from framelens.compare.contrast import MIN_ARTICLES
from framelens.compare.design import ALL, voices_in
from framelens.compare.false_findings import (
    BELOW,
    any_q,
    claims,
    mean_interval,
    share_interval,
)
from framelens.compare.halves import chosen_items, halves
from framelens.compare.inference import FLOORS
from framelens.compare.names import number_of
from framelens.compare.placebo import ODD_MONTHS, placebo_claims, placebo_told
from framelens.measure.counts import counts_of
from framelens.read import articles_of

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.axes import Axes

    from framelens.compare.false_findings import Claims
    from framelens.measure.counts import Counts
    from framelens.show.figure import Figure

SELF_TEST_COLUMNS = [
    "measure", "outlet", "splits", "items", "rate_p", "low", "high", "any_q",
    "any_low", "any_high", "pooled_p", "pooled_items", "pooled_any", "articles",
    "events", "split", "refusal",
]  # fmt: skip
"""The columns of a self-test."""

RANDOM = "random halves"
"""What the first kind of split is called."""


@dataclass(frozen=True, eq=False)
class SelfTest:
    """One outlet against itself, as `self_test` returns it.

    Attributes
    ----------
    table : DataFrame
        One row per outlet and kind of split: ``measure, outlet, splits``, ``items``
        (tested in each split, on average), ``rate_p`` (share of items with p below
        0.05; 0.05 is nominal) with its 95 % Monte Carlo interval ``low`` and
        ``high``, ``any_q`` (share of splits in which any item has q below 0.05) with
        ``any_low`` and ``any_high``; ``pooled_p``, ``pooled_items`` and
        ``pooled_any`` (what a log-likelihood test over all words, pooled, claims on
        the same splits: share of items below 0.05, their number in a split, and
        share of splits with any q below 0.05); ``articles, events`` (0 where halves
        are over all articles), ``split`` (random halves, or the column) and
        ``refusal``. NaN where nothing is tested.
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

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw the rates beside those of a pooled test, and return the axes."""
        from framelens.show.self_test_view import plot_self_test

        return plot_self_test(self, ax=ax)

    def figure(self) -> Figure:
        """Draw it as a figure with caption and alt text."""
        from framelens.show.figure import Figure

        return Figure.from_axes(self.plot(), caption=self.caption, alt=self.alt)

    def save(self, path: str | Path) -> Path:
        """Save the figure, as .png or .svg, and return where it is."""
        return self.figure().save(path)

    def _repr_html_(self) -> str:
        from framelens.show.tables import html_table

        table = self.table
        shown = pd.DataFrame(
            {
                "outlet": table["outlet"],
                "split": table["split"],
                "articles": table["articles"],
                "splits": table["splits"],
                "items": table["items"].astype("Int64"),
                "below p = .05, %": 100 * table["rate_p"],
                "from": 100 * table["low"],
                "to": 100 * table["high"],
                "splits with a finding, %": 100 * table["any_q"],
                "pooled test: below p = .05, %": 100 * table["pooled_p"],
                "pooled test: splits with a finding, %": 100 * table["pooled_any"],
                "not tested because": table["refusal"],
            }
        )
        return html_table(shown, caption=self.caption, notes=self.notes)


def self_test(
    counts: Counts | pd.DataFrame | tuple[pd.DataFrame, pd.DataFrame],
    *,
    outlet: str | None = None,
    voice: str = ALL,
    splits: int = 150,
    articles: pd.DataFrame | str | Path | None = None,
    placebo: str | None = None,
    min_articles: int = MIN_ARTICLES,
    seed: int = 0,
) -> SelfTest:
    """Split each outlet into random halves, and count what is claimed to differ.

    Parameters
    ----------
    counts : Counts, DataFrame or pair of DataFrames
        What a measure returns; or its counts and totals; or one frame with n beside
        k.
    outlet : str, optional
        One outlet; all of them where none is named.
    voice : str, default "all"
        As for `contrast`.
    splits : int, default 150
        Random halves of each outlet: within events where at least 6 have two of its
        articles, else over all its articles.
    articles : DataFrame or path, optional
        What was measured: needed for genres, within which halves are dealt, and for
        `placebo`.
    placebo : str, optional
        A column of `articles`, such as "section" or "author": each of its values is
        set against the rest of the outlet too. "date" sets odd against even months.
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
        If the outlet or the voice does not occur.
    InputError
        If `splits` is not a whole number from 2, or `placebo` comes without
        `articles`.
    ColumnError
        If `articles` has no column of that name.

    Notes
    -----
    Random halves check the machinery only: they differ by chance, whatever the
    texts are like. A placebo split also shows what differs between parts of one
    outlet; where its rate is high, such differences are as large as those between
    outlets.

    Examples
    --------
    >>> counts = pd.DataFrame({
    ...     "event": "talks", "outlet": "Daily", "article": ["a", "b"],
    ...     "voice": "rest", "item": "deal", "k": [3, 1], "n": [4, 4]})
    >>> print(self_test(counts).refusal)
    Daily has 2 articles: a self-test needs at least 10 in all, or two in each of 6
    events
    """
    given = counts_of(counts)
    if voice != ALL:
        given = given.select(voices=voices_in(given, voice))
    at_hand = None if articles is None else articles_of(articles)
    _check(splits, placebo, at_hand)
    names = sorted(given.totals["outlet"].dropna().unique())
    if outlet is not None:
        require_known(outlet, names, kind="outlet")
        names = [outlet]
    rows = []
    for name in names:
        rng = np.random.default_rng(seed)
        design = halves(given, name, articles=at_hand, floors=FLOORS)
        if isinstance(design, str):
            rows.append(_row(given, name, RANDOM, refusal=design))
            continue
        which = chosen_items(design, min_articles)
        sizes = (sum(design.sizes), design.events)
        if not len(which):
            why = f"{name}: no item is found in {min_articles} articles, and varies"
            rows.append(_row(given, name, RANDOM, sizes, refusal=why))
            continue
        found = [claims(design, which, splits=splits, rng=rng)]
        rows.append(_row(given, name, RANDOM, sizes, found))
        if placebo is not None and at_hand is not None:
            tried = placebo_claims(
                given, name, at_hand, placebo, least=min_articles, seed=seed
            )
            kind = ODD_MONTHS if placebo == "date" else placebo
            if isinstance(tried, str):
                rows.append(_row(given, name, kind, refusal=tried))
            else:
                rows.append(_row(given, name, kind, (sizes[0], 0), tried))
    return _result(pd.DataFrame(rows, columns=SELF_TEST_COLUMNS), given, min_articles)


def _check(splits: int, placebo: str | None, articles: pd.DataFrame | None) -> None:
    if not isinstance(splits, int) or splits < 2:
        raise InputError(f"splits must be a whole number from 2; got {splits!r}.")
    if placebo is not None:
        if articles is None:
            raise InputError(f"placebo={placebo!r} is a column of articles=; give it.")
        require_columns(articles, [placebo], of="articles for a placebo split")


def _row(
    counts: Counts,
    outlet: str,
    split: str,
    sizes: tuple[int, int] = (0, 0),
    found: list[Claims] | None = None,
    refusal: str | None = None,
) -> dict[str, object]:
    """Lay out what was claimed; with several `found`, each is a split of its own."""
    row: dict[str, object] = dict.fromkeys(SELF_TEST_COLUMNS, np.nan)
    if refusal is not None:
        sizes = (int(counts.totals.query("outlet == @outlet")["article"].nunique()), 0)
    row |= {
        "measure": counts.measure, "outlet": outlet, "split": split, "splits": 0,
        "articles": sizes[0], "events": sizes[1], "refusal": refusal,
    }  # fmt: skip
    if not found:
        return row
    shares = np.concatenate([(one.p < BELOW).mean(axis=0) for one in found])
    pooled = np.concatenate([(one.pooled < BELOW).mean(axis=0) for one in found])
    number = np.concatenate([(one.pooled < BELOW).sum(axis=0) for one in found])
    row["splits"], row["items"] = len(shares), np.mean([len(one.p) for one in found])
    row["rate_p"], row["low"], row["high"] = mean_interval(shares)
    if all(one.reaches for one in found):
        hits = sum(any_q(one.p) for one in found)
        row["any_q"] = hits / len(shares)
        row["any_low"], row["any_high"] = share_interval(hits, len(shares))
    row["pooled_p"], row["pooled_items"] = pooled.mean(), number.mean()
    row["pooled_any"] = sum(any_q(one.pooled) for one in found) / len(shares)
    return row


def _result(table: pd.DataFrame, counts: Counts, least: int) -> SelfTest:
    table["refusal"] = (
        table["refusal"].astype(object).where(table["refusal"].notna(), None)
    )
    table = table.astype({"splits": int, "articles": int, "events": int})
    refused = table["refusal"].notna()
    reason = None
    if refused.all():
        reason = "; ".join(table["refusal"].head(3)) or "no outlet to split"
    random = table[~refused & table["split"].eq(RANDOM)]
    notes = [
        f"Items found in at least {least} articles; of more than 500, those that most "
        "articles have. p and q as in every comparison here; the pooled test is the "
        "log-likelihood ratio over all words (Dunning 1993), which takes words for "
        "independent.",
        "Random halves differ by chance alone, so that 5 % of items should lie below "
        "p = .05, and at most 5 % of splits should hold a finding. They check the "
        "machinery, not the articles.",
    ]
    placebo = table[table["split"].ne(RANDOM)]
    if len(placebo):
        notes.append(
            "Placebo splits set parts of one outlet against each other: a high rate "
            "says that such parts differ as well, without any second outlet."
        )
    if (random["any_q"].isna()).any():
        notes.append("Findings stand as – where q could not reach .05 at all.")
    notes += [f"{one}." for one in table["refusal"].dropna() if reason is None]
    return SelfTest(
        table,
        reason,
        _caption(random, counts, reason) + ("" if reason else placebo_told(placebo)),
        _alt(random),
        tuple(notes),
    )


def _caption(random: pd.DataFrame, counts: Counts, reason: str | None) -> str:
    if reason or random.empty:
        return (
            f"Self-test of {counts.measure}: not possible here. {reason or ''}".strip()
        )
    low, high = 100 * random["rate_p"].min(), 100 * random["rate_p"].max()
    pooled = 100 * random["pooled_p"].min(), 100 * random["pooled_p"].max()
    halves_made = number_of(int(random["splits"].max()), "random split")
    return (
        f"Each outlet against itself ({counts.measure}): {halves_made} into halves, "
        f"{number_of(int(random['articles'].sum()), 'article')} of "
        f"{number_of(len(random), 'outlet')}. Below p = .05: {_span(low, high)} of "
        f"items; a test over all words, pooled, claims {_span(*pooled)}."
    )


def _alt(random: pd.DataFrame) -> str:
    if random.empty:
        return "Nothing is drawn: there is too little to split."
    first = random.head(6)
    rates, pooled = (100 * first[one].to_numpy(float) for one in ("rate_p", "pooled_p"))
    parts = [
        f"{outlet} {rate:.1f} % (pooled {other:.1f} %)"
        for outlet, rate, other in zip(first["outlet"], rates, pooled, strict=True)
    ]
    return (
        "Share of items below p = .05 when an outlet is split against itself, beside "
        f"that of a pooled test; a line marks 5 %. {', '.join(parts)}."
    )


def _span(low: float, high: float) -> str:
    if round(low, 1) == round(high, 1):
        return f"{low:.1f} %"
    return f"{low:.1f} to {high:.1f} %"
