"""Outlets: any number of them, pair by pair and item by item."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framelens._checks import InputError, require_known
from framelens._result import Result
from framelens.compare.coded import Correction, coded_of, off_of
from framelens.compare.contrast import MIN_ARTICLES, contrast
from framelens.compare.design import ALL, OWN, voices_in
from framelens.compare.inference import adjusted, for_all
from framelens.compare.sensitivity import sensitivity_sentence
from framelens.compare.units import FLOORS
from framelens.compare.with_indirect import (
    accuracy_sentence,
    both_sentence,
    voice_notes,
)
from framelens.compare.wording import THESE_ONLY, VOICES, number_of
from framelens.measure.counts import counts_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from framelens.compare.codes import Codes
    from framelens.compare.contrast import Contrast
    from framelens.compare.design import Source
    from framelens.measure.counts import Counts

TABLE_COLUMNS = ["item", "found_in", "p", "q"]
"""Then one share per outlet."""

PAIR_COLUMNS = [
    "item", "target", "baseline", "difference", "low", "high", "ratio", "p", "p_holm",
    "articles_target", "articles_baseline", "events", "refusal",
]  # fmt: skip
"""The columns of the table of pairs."""

MOST_OUTLETS = 12
"""More outlets at once have more than 66 pairs: choose."""


@dataclass(frozen=True, eq=False)
class Outlets(Result):
    """Several outlets side by side, as `outlets` returns them.

    Attributes
    ----------
    table : DataFrame
        One row per item, smallest p first: ``item, found_in`` (articles that have
        it), ``p`` (whether any two outlets differ: the smallest ``p_holm`` of its
        pairs) and ``q`` (over items); then the share of each outlet in all its
        articles, whatever the events, for reading and not for comparing.
    pairs : DataFrame
        One row per pair and item: ``item, target, baseline, difference, low, high,
        ratio, p`` (as `contrast` gives them for this pair alone), ``p_holm``
        (adjusted over the pairs of this item), ``articles_target,
        articles_baseline, events, refusal``; in the voice "own" also
        ``sign_differs``, as in `Contrast.with_indirect`.
    refusal : str or None
        Why nothing is tested.
    caption : str
    notes : tuple of str
    correction : Correction or None
        With codes: for each pair the machine's figures, what the codes alone say and
        the corrected ones; how far each outlet's machine figure was off, over all its
        articles; and how many more codes would halve the interval of a pair. `table`
        and `pairs` have the corrected ones.
    """

    table: pd.DataFrame = field(repr=False)
    pairs: pd.DataFrame = field(repr=False)
    refusal: str | None
    caption: str
    notes: tuple[str, ...] = field(repr=False)
    correction: Correction | None = field(default=None, repr=False)

    def shown(self) -> pd.DataFrame:
        """Lay out shares in 1,000."""
        shares = self.table.columns.difference(TABLE_COLUMNS, sort=False)
        shown = self.table.assign(
            **{str(name): 1000 * self.table[name] for name in shares}
        )
        return shown.rename(columns={name: f"{name}, in 1,000" for name in shares})


def outlets(
    counts: Source,
    *,
    names: Sequence[str] | None = None,
    voice: str = ALL,
    weights: str = "equal",
    cluster: str | None = None,
    strata: str = "genre",
    min_articles: int = MIN_ARTICLES,
    codes: Codes | None = None,
) -> Outlets:
    """Ask of each item which outlets differ.

    Parameters
    ----------
    counts : Counts, DataFrame or pair of DataFrames
        As `contrast` takes them.
    names : sequence of str, optional
        The outlets to compare, two to twelve; all of them where none are named.
    voice, weights, cluster, strata, min_articles, codes
        As for `contrast`. Codes correct every pair, and each outlet's own share.

    Returns
    -------
    Outlets

    Raises
    ------
    UnknownNameError
        If an outlet or the voice does not occur.
    InputError
        If there are fewer than two outlets, or more than twelve.

    Notes
    -----
    Each pair is compared as by `contrast`, within the events that the two share.
    Over the pairs of an item p is adjusted by Holm [1]_, so that "some outlets
    differ" and "these two differ" never disagree; over items q is that of Benjamini
    and Hochberg.

    References
    ----------
    .. [1] Holm (1979), Scandinavian J. of Statistics 6, 65-70.
       https://www.jstor.org/stable/4615733

    Examples
    --------
    >>> counts = pd.DataFrame({
    ...     "event": "talks", "outlet": ["Daily", "Herald", "Post"],
    ...     "article": ["a", "b", "c"], "voice": "rest", "item": "deal",
    ...     "k": [3, 1, 2], "n": [4, 4, 4]})
    >>> print(outlets(counts).refusal)
    3 outlets, 3 articles: no two of them have enough for a test, which needs at least
    5 articles of each outlet, or 8 events that both cover
    """
    given = counts_of(counts)
    coded = None if codes is None else coded_of(given, codes, voice)
    chosen = _names(given, names)
    few = (given if coded is None else coded.counts).select(outlets=chosen)
    results = [
        contrast(
            few, *pair, voice=voice, weights=weights, cluster=cluster,
            strata=strata, min_articles=min_articles,
            codes=None if coded is None else coded.among(pair),
        )
        for pair in combinations(chosen, 2)
    ]  # fmt: skip
    if coded is None:
        table = _shares(few, chosen, voice)
    else:
        off = off_of(coded.among(chosen))
        table = _corrected_shares(few, chosen, off)
    pairs = _pairs(results, voice)
    reason = _refusal(few, chosen, results)
    smallest = pairs.groupby("item")["p_holm"].min()
    table["p"] = smallest.reindex(table["item"]).to_numpy(float)
    tested = table["p"].notna().to_numpy()
    q = np.full(len(table), np.nan)
    q[tested] = adjusted(table["p"].to_numpy()[tested])
    table["q"] = q
    table = table.sort_values(["p", "item"], kind="stable").reset_index(drop=True)
    left = sum(result.refusal is not None for result in results)
    notes = [
        "p: the smallest over the pairs of an item, adjusted for their number (Holm "
        f"1979). q: Benjamini-Hochberg over {number_of(int(tested.sum()), 'item')}. "
        "The pairs are in .pairs.",
        "Shares are of all articles of an outlet, also of events that others leave "
        "out: to read, not to compare.",
    ]
    if coded is not None:
        notes[:0] = coded.among(chosen).notes()
    else:
        notes[:0] = _not_corrected(table, results)
    if voice == OWN and coded is None:
        notes += [both_sentence(pairs), accuracy_sentence(*chosen), *voice_notes()]
    if left and reason is None:
        notes.append(f"{number_of(left, 'pair')} with too few articles: not tested.")
    caption = (
        f"{len(chosen)} outlets, {few.totals['article'].nunique():,} articles "
        f"({given.measure}, {VOICES.get(voice, voice)}): do any differ, within the "
        "events that they share?"
    )
    correction = None
    if coded is not None:
        caption = f"Corrected by codes. {caption}"
        correction = Correction(
            table=_by_pair(results, "table"),
            off=off,
            more=_by_pair(results, "more"),
            caption=f"Machine, codes alone and corrected. {caption}",
            notes=coded.among(chosen).notes(),
        )
    return Outlets(
        table,
        pairs,
        reason,
        caption,
        (*given.unlike(*chosen), *notes, THESE_ONLY),
        correction,
    )


def _names(counts: Counts, names: Sequence[str] | None) -> list[str]:
    """Check which outlets are compared."""
    known = sorted(counts.totals["outlet"].dropna().unique())
    for name in names or ():
        require_known(name, known, kind="outlet")
    chosen = list(dict.fromkeys(known if names is None else names))
    if not 2 <= len(chosen) <= MOST_OUTLETS:
        raise InputError(
            f"outlets() compares 2 to {MOST_OUTLETS} outlets; there are {len(chosen)}: "
            "say which with names=."
        )
    return chosen


def _shares(counts: Counts, names: list[str], voice: str) -> pd.DataFrame:
    """Give the share of each outlet in all its articles."""
    here = counts
    if voice != ALL:
        here = counts.select(voices=voices_in(counts, voice))
    k = here.counts.pivot_table(
        index="item", columns="outlet", values="k", aggfunc="sum", fill_value=0
    ).reindex(columns=names, fill_value=0)
    n = here.totals.groupby("outlet")["n"].sum().reindex(names)
    shares = k.astype(float) / n.where(n > 0)
    found = here.counts.groupby("item")["article"].nunique()
    table = shares.reset_index().rename_axis(columns=None)
    table.insert(1, "found_in", found.reindex(table["item"]).to_numpy())
    table.insert(2, "p", np.nan)
    table.insert(3, "q", np.nan)
    return table


def _corrected_shares(
    counts: Counts, names: list[str], off: pd.DataFrame
) -> pd.DataFrame:
    """Give the corrected share of each outlet in all its articles."""
    wide = off.pivot_table(index="item", columns="outlet", values="corrected")
    found = counts.counts.groupby("item")["article"].nunique()
    table = wide.reindex(columns=names).reset_index().rename_axis(columns=None)
    table.insert(1, "found_in", found.reindex(table["item"]).to_numpy())
    table.insert(2, "p", np.nan)
    table.insert(3, "q", np.nan)
    return table


def _by_pair(results: list[Contrast], name: str) -> pd.DataFrame:
    """Put one table of the corrections of all pairs together."""
    parts = [
        getattr(result.correction, name).assign(
            target=result.target, baseline=result.baseline
        )
        for result in results
        if result.correction is not None
    ]
    table: pd.DataFrame = pd.concat(parts, ignore_index=True)
    first = ["item", "target", "baseline"]
    return table[[*first, *table.columns.difference(first, sort=False)]]


def _not_corrected(table: pd.DataFrame, results: list[Contrast]) -> list[str]:
    """Say at which gap in recall the sign of the first item is lost, in one pair."""
    first = table["item"].head(1)
    known = [
        (one.table.loc[one.table["item"].isin(first), "p"].min(), one.sensitivity)
        for one in results
        if one.sensitivity is not None
    ]
    known.sort(key=lambda pair: float(np.nan_to_num(pair[0], nan=2.0)))
    return [
        sensitivity_sentence(rows[rows["item"].isin(first)], results[0].voice)
        for _, rows in known[:1]
    ]


def _pairs(results: list[Contrast], voice: str) -> pd.DataFrame:
    """Put the tables of all pairs together, and adjust p over the pairs of an item."""
    parts = []
    for result in results:
        if result.refusal is not None:
            continue
        sides = {"target": result.target, "baseline": result.baseline}
        both = result.with_indirect
        differs = None if both is None else both["sign_differs"]
        parts.append(result.table.assign(**sides, sign_differs=differs))
    columns = [*PAIR_COLUMNS, *(["sign_differs"] if voice == OWN else [])]
    if not parts:
        return pd.DataFrame(columns=columns)
    pairs = pd.concat(parts, ignore_index=True)
    pairs["p_holm"] = np.nan
    for rows in pairs[pairs["p"].notna()].groupby("item").groups.values():
        pairs.loc[rows, "p_holm"] = for_all(pairs.loc[rows, "p"].to_numpy(float))
    order = np.lexsort((pairs["baseline"], pairs["target"], pairs["item"]))
    return pairs.iloc[order][columns].reset_index(drop=True)


def _refusal(counts: Counts, names: list[str], results: list[Contrast]) -> str | None:
    """Say why nothing is tested; None where something is."""
    if any(result.refusal is None for result in results):
        return None
    if len(results) == 1:
        return results[0].refusal
    articles = number_of(counts.totals["article"].nunique(), "article")
    return (
        f"{len(names)} outlets, {articles}: no two of them have enough for a test, "
        f"which needs at least {FLOORS.articles} articles of each outlet, or "
        f"{FLOORS.events} events that both cover"
    )
