"""Outlets: any number of them, tested together first and then pair by pair."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framelens._checks import InputError, require_known
from framelens.compare.bounds import (
    accuracy_sentence,
    bounds_sentence,
    voice_notes,
)
from framelens.compare.contrast import MIN_ARTICLES, contrast
from framelens.compare.design import ALL, OWN, design_of, voices_in
from framelens.compare.halves import MOST_ITEMS
from framelens.compare.inference import FLOORS, LARGEST_Q, adjusted, kind_of
from framelens.compare.names import VOICES, number_of
from framelens.compare.omnibus import joint_of, omnibus
from framelens.compare.refusals import refusal
from framelens.measure.counts import counts_of
from framelens.read import articles_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from framelens.compare.design import Design
    from framelens.measure.counts import Counts

TABLE_COLUMNS = ["item", "found_in", "p", "q"]
"""Then one share per outlet."""

PAIR_COLUMNS = [
    "item", "target", "baseline", "difference", "low", "high", "p", "p_holm",
    "articles_target", "articles_baseline", "events", "refusal",
]  # fmt: skip
"""The columns of the table of pairs."""

MOST_OUTLETS = 12
"""More outlets at once have more than 66 pairs: choose."""


@dataclass(frozen=True, eq=False)
class Outlets:
    """Several outlets side by side, as `outlets` returns them.

    Attributes
    ----------
    table : DataFrame
        One row per item, smallest p first: ``item, found_in`` (articles that have
        it), ``p`` (whether any two outlets differ: the largest studentised
        difference, all labels permuted) and ``q``; then the share of each outlet in
        all its articles, whatever the events, for reading and not for comparing.
    pairs : DataFrame
        One row per pair and item: ``item, target, baseline, difference, low, high,
        p`` (as `contrast` gives them for this pair alone), ``p_holm`` (adjusted over
        the pairs of this item), ``articles_target, articles_baseline, events,
        refusal``; in the voice "own" also ``sign_differs``, as in `Contrast.bounds`.
    refusal : str or None
        Why nothing is tested.
    caption : str
    notes : tuple of str
    """

    table: pd.DataFrame = field(repr=False)
    pairs: pd.DataFrame = field(repr=False)
    refusal: str | None
    caption: str
    notes: tuple[str, ...] = field(repr=False)

    def _repr_html_(self) -> str:
        from framelens.show.tables import html_table

        rest = len(self.table) - 20
        more = (f"{rest:,} more items stand in .table.",) if rest > 0 else ()
        shares = self.table.columns.difference(TABLE_COLUMNS, sort=False)
        shown = self.table.head(20).assign(
            **{str(name): 1000 * self.table[name].head(20) for name in shares}
        )
        shown = shown.rename(columns={name: f"{name}, in 1,000" for name in shares})
        return html_table(shown, caption=self.caption, notes=(*more, *self.notes))


def outlets(
    counts: Counts | pd.DataFrame | tuple[pd.DataFrame, pd.DataFrame],
    *,
    names: Sequence[str] | None = None,
    voice: str = ALL,
    articles: pd.DataFrame | str | Path | None = None,
    min_articles: int = MIN_ARTICLES,
    seed: int = 0,
) -> Outlets:
    """Ask of each item whether any two outlets differ, and then which.

    Parameters
    ----------
    counts : Counts, DataFrame or pair of DataFrames
        As `contrast` takes them.
    names : sequence of str, optional
        The outlets to compare, two to twelve; all of them where none are named.
    voice : str, default "all"
        As for `contrast`.
    articles : DataFrame or path, optional
        What was measured: needed for genres.
    min_articles : int, default 5
        Items found in fewer articles are not tested. Of more than 500 items, those
        are tested that most articles have.
    seed : int, default 0

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
    For the omnibus, labels of all outlets are permuted together within event and
    genre; for a pair, only those of the pair. An outlet that is absent from an
    event takes no part there.

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
    3 outlets, 3 articles: no two outlets have enough of them for a test, which needs at
    least 5 articles a side or 6 shared events
    """
    given = counts_of(counts)
    at_hand = None if articles is None else articles_of(articles)
    chosen = _names(given, names)
    few = given.select(outlets=chosen)
    few = few.select(items=_most_found(few, min_articles))
    designs = [
        design_of(few, target=one, baseline=other, voice=voice, articles=at_hand)
        for one, other in combinations(chosen, 2)
    ]
    usable = [one for one in designs if kind_of(one, FLOORS) is not None]
    table = _shares(few, chosen, voice)
    if not usable or not len(table):
        return _refused(table, few, chosen, designs)
    joint = joint_of(usable, pd.Index(table["item"]), chosen, FLOORS)
    which = np.flatnonzero(np.diff(joint.k.tocsc().indptr) >= min_articles)
    p, number = omnibus(joint, which, seed=seed)
    table.loc[which, "p"] = p
    smallest = 1 / (number + 1) * max(len(which), 1)
    if smallest <= LARGEST_Q and len(which):
        table.loc[which, "q"] = adjusted(p)
    pairs = _pairs(few, usable, voice, at_hand, min_articles, seed)
    table = table.sort_values(["p", "item"], kind="stable").reset_index(drop=True)
    left = len(designs) - len(usable)
    notes = [
        "p: the largest studentised difference between any two outlets, labels of all "
        f"permuted within events and genres; a random {number:,} arrangements. q: "
        f"Benjamini-Hochberg over {number_of(len(which), 'item')}. Pairs stand in "
        ".pairs: only the labels of that pair are permuted, and p_holm is adjusted "
        "over the pairs of an item.",
        "Shares are of all articles of an outlet, also of events that others leave "
        "out: to read, not to compare.",
    ]
    if voice == OWN:
        notes += [bounds_sentence(pairs), accuracy_sentence(*chosen), *voice_notes()]
    if left:
        notes.append(f"{number_of(left, 'pair')} with too few articles: not tested.")
    caption = (
        f"{len(chosen)} outlets, {few.totals['article'].nunique():,} articles "
        f"({given.measure}, {VOICES.get(voice, voice)}): does any differ, within the "
        "events that they share?"
    )
    return Outlets(
        table, pairs, None, caption, (*notes, "Said of these articles only.")
    )


def _names(counts: Counts, names: Sequence[str] | None) -> list[str]:
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


def _most_found(counts: Counts, least: int) -> list[str]:
    """Items for a test: a filter that does not look at outlets."""
    found = counts.counts.groupby("item")["article"].nunique()
    found = found[found >= least].sort_index()
    return found.sort_values(ascending=False, kind="stable").index[:MOST_ITEMS].tolist()


def _shares(counts: Counts, names: list[str], voice: str) -> pd.DataFrame:
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


def _pairs(
    counts: Counts,
    usable: list[Design],
    voice: str,
    articles: pd.DataFrame | None,
    least: int,
    seed: int,
) -> pd.DataFrame:
    parts = []
    for design in usable:
        result = contrast(
            counts,
            target=design.target,
            baseline=design.baseline,
            voice=voice,
            articles=articles,
            min_articles=least,
            seed=seed,
        )
        sides = {"target": design.target, "baseline": design.baseline}
        differs = None if result.bounds is None else result.bounds["sign_differs"]
        parts.append(result.table.assign(**sides, sign_differs=differs))
    pairs = pd.concat(parts, ignore_index=True)
    pairs["p_holm"] = pairs.groupby("item")["p"].transform(_holm)
    order = np.lexsort((pairs["baseline"], pairs["target"], pairs["item"]))
    columns = [*PAIR_COLUMNS, *(["sign_differs"] if voice == OWN else [])]
    return pairs.iloc[order][columns].reset_index(drop=True)


def _holm(p: pd.Series) -> pd.Series:
    ordered = p.dropna().sort_values(kind="stable")
    factors = np.arange(len(ordered), 0, -1)
    adjusted_p = np.minimum(np.maximum.accumulate(ordered.to_numpy() * factors), 1.0)
    return pd.Series(adjusted_p, ordered.index).reindex(p.index)


def _refused(
    table: pd.DataFrame, counts: Counts, names: list[str], designs: list[Design]
) -> Outlets:
    articles = number_of(counts.totals["article"].nunique(), "article")
    if len(designs) == 1:
        tested = np.ones(len(designs[0].items), dtype=bool)
        reason = refusal(designs[0], FLOORS, tested) or f"{articles}: no item to test"
    elif any(kind_of(one, FLOORS) for one in designs):
        reason = f"{len(names)} outlets, {articles}: no item is found in enough of them"
    else:
        reason = (
            f"{len(names)} outlets, {articles}: no two outlets have enough of them for "
            f"a test, which needs at least {FLOORS.articles} articles a side or "
            f"{FLOORS.events} shared events"
        )
    pairs = pd.DataFrame(columns=PAIR_COLUMNS)
    caption = f"{len(names)} outlets ({counts.measure}): nothing is tested. {reason}."
    return Outlets(table, pairs, reason, caption, ("Said of these articles only.",))
