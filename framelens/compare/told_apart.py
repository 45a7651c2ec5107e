"""Told apart: how well an article's words give away its outlet."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from framelens._result import Result
from framelens.compare.contrast import MIN_ARTICLES
from framelens.compare.design import ALL, OWN, design_of, rearranged
from framelens.compare.splits import chosen_items
from framelens.compare.units import groups_of
from framelens.compare.with_indirect import accuracy_sentence
from framelens.compare.wording import THESE_ONLY, VOICES, number_of
from framelens.measure.counts import counts_of

if TYPE_CHECKING:
    from framelens.compare.design import Design, Floats, Source, Whole

LEAST_EVENTS = 20
"""Fewer shared events are refused."""

FOLDS = 10
"""Events are dealt into so many parts, each held out once."""

PENALTY = 1.0
"""How strongly weights are drawn to 0, as a part of the mean square of an article."""

ITEM_COLUMNS = ["item", "points_to", "weight", "found_in"]
"""The columns of the words that carry it."""


@dataclass(frozen=True, eq=False)
class ToldApart(Result):
    """How well two outlets are told apart, as `told_apart` returns it.

    Attributes
    ----------
    right : float
        Share of articles whose outlet is guessed right, averaged over the two
        outlets; each guess is made without any article of that event. NaN where
        nothing is guessed.
    by_chance : float
        The mean of the same where labels are permuted within events.
    p : float
        How often permuted labels are guessed as well.
    items : DataFrame
        ``item, points_to`` (an outlet), ``weight, found_in`` (articles), those with
        most weight first.
    refusal : str or None
    caption : str
    notes : tuple of str
    """

    right: float
    by_chance: float
    p: float
    items: pd.DataFrame = field(repr=False)
    refusal: str | None
    caption: str
    notes: tuple[str, ...] = field(repr=False)

    @property
    def table(self) -> pd.DataFrame:
        """The words that carry it."""
        return self.items


def told_apart(
    counts: Source,
    target: str,
    baseline: str,
    *,
    voice: str = ALL,
    cluster: str | None = None,
    strata: str = "genre",
    permutations: int = 199,
    min_articles: int = MIN_ARTICLES,
    seed: int = 0,
) -> ToldApart:
    """Guess the outlet of articles from their words, events held out.

    Parameters
    ----------
    counts : Counts, DataFrame or pair of DataFrames
        As `contrast` takes them. Boilerplate gives an outlet away: count words
        without it.
    target, baseline : str
        Names of outlets.
    voice : str, default "all"
        As for `contrast`.
    cluster, strata
        As for `contrast`. Guesses are then made without any article of that cluster
        either, and whole clusters are permuted.
    permutations : int, default 199
    min_articles : int, default 5
        Items found in fewer articles are not used; of more than 500, those that
        most articles have.
    seed : int, default 0

    Returns
    -------
    ToldApart
        Refused below 20 shared events.

    Raises
    ------
    UnknownNameError
        If an outlet or the voice does not occur.

    Notes
    -----
    Square roots of shares, centred within events, and ridge regression; whole events
    are held out (scikit-learn's ``GroupKFold``). An article next to one of the same
    event would be recognised by its subject. Of each article only so many words are
    kept, drawn at random, as the shortest of its event has, so that outlets are not
    told apart by the length of their articles; of copies within an outlet the first
    is kept.

    References
    ----------
    .. [1] Ojala & Garriga (2010), J. Machine Learning Research 11, 1833-1863.
       https://jmlr.org/papers/v11/ojala10a.html

    Examples
    --------
    >>> counts = pd.DataFrame({
    ...     "event": "talks", "outlet": ["Daily", "Herald"], "article": ["a", "b"],
    ...     "voice": "rest", "item": "deal", "k": [3, 1], "n": [4, 4]})
    >>> print(told_apart(counts, "Daily", "Herald").refusal)
    1 shared event: telling outlets apart needs at least 20
    """
    whole = design_of(
        counts_of(counts), target, baseline, voice=voice, cluster=cluster, strata=strata
    )
    rng = np.random.default_rng(seed)
    design = _evened(whole, rng) if len(whole.items) else whole
    which = chosen_items(design, min_articles) if design.strata else np.arange(0)
    found = np.diff(design.k.tocsc().indptr)
    reason = _refusal(design, len(which))
    if reason:
        return _refused(design, reason)
    groups = None if cluster is None else groups_of(design, cluster)
    shares, folds = _shares(design, which), _folds(design, groups)
    if not shares.any():
        return _refused(design, "every article of an event has the same shares")
    if not all(_both(design.is_target[known]) for known, _ in folds):
        return _refused(design, f"too few clusters by {cluster} to hold some out")
    dealt = _dealt(design, groups, permutations, rng)
    right = _right(shares, folds, np.vstack([design.is_target, dealt]))
    p = (1 + (right[1:] >= right[0] - 1e-12).sum()) / (permutations + 1)
    weights = _weights(shares, np.where(design.is_target, 1.0, -1.0))
    order = np.argsort(-np.abs(weights), kind="stable")
    items = pd.DataFrame(
        {
            "item": design.items[which].to_numpy(object),
            "points_to": np.where(weights > 0, target, baseline),
            "weight": np.abs(weights),
            "found_in": found[which],
        }
    )
    caption = (
        f"{target} and {baseline}, {sum(design.sizes):,} articles of {design.strata} "
        f"events ({VOICES.get(voice, voice)}): the outlet is guessed right for "
        f"{100 * right[0]:.0f} % of articles whose event was held out; with permuted "
        f"labels for {100 * right[1:].mean():.0f} % (p = {p:.2g})."
    )
    notes = (
        *counts_of(counts).unlike(target, baseline),
        f"Ridge regression on square roots of shares, centred within events; "
        f"{number_of(len(which), 'item')}; {FOLDS} folds of whole events; "
        f"{permutations} permutations "
        + ("within events" if cluster is None else f"of whole clusters by {cluster}")
        + ". Articles of an event are cut to the length of its shortest.",
        "Words that carry it may be house style, such as how dates and titles are "
        "written. Being told apart is no sign of framing.",
        *([accuracy_sentence(target, baseline)] if voice == OWN else []),
        THESE_ONLY,
    )
    return ToldApart(
        float(right[0]),
        float(right[1:].mean()),
        float(p),
        items.iloc[order].reset_index(drop=True),
        None,
        caption,
        notes,
    )


def _refusal(design: Design, items: int) -> str | None:
    """Say why nothing is guessed; None where something is."""
    if design.events < LEAST_EVENTS:
        return (
            f"{number_of(design.events, 'shared event')}: telling outlets apart needs "
            f"at least {LEAST_EVENTS}"
        )
    if design.target == design.baseline:
        return f"target and baseline are both {design.target}"
    return None if items else "no item is found in enough articles"


def _refused(design: Design, reason: str) -> ToldApart:
    return ToldApart(
        np.nan,
        np.nan,
        np.nan,
        pd.DataFrame(columns=ITEM_COLUMNS),
        reason,
        f"{design.target} and {design.baseline}: not told apart. {reason}.",
        (THESE_ONLY,),
    )


def _both(sides: np.ndarray) -> bool:
    """Whether articles of both outlets are there."""
    return bool(sides.any() and not sides.all())


def _evened(design: Design, rng: np.random.Generator) -> Design:
    """Cut the articles of an event to the length of its shortest; drop copies."""
    groups = groups_of(design, None)
    first = np.zeros(len(groups), dtype=bool)
    first[np.unique(groups, return_index=True)[1]] = True
    rows = np.flatnonzero(first)
    event = design.event_of_cell[design.cell][rows]
    n = design.n[rows]
    shortest = np.full(design.strata, np.inf)
    np.minimum.at(shortest, event, n)
    k = csr_array(design.k[rows]).astype(np.int64)
    kept = (shortest[event] / n)[np.repeat(np.arange(len(rows)), np.diff(k.indptr))]
    k.data = rng.binomial(k.data, np.minimum(kept, 1.0))
    k.eliminate_zeros()
    n = np.maximum(shortest[event], k.max(axis=1).toarray().ravel())
    k = k.astype(float)
    return rearranged(design, k, n, event, design.is_target[rows], like=rows)


def _dealt(
    design: Design, groups: Whole | None, number: int, rng: np.random.Generator
) -> np.ndarray:
    """Permute the outlets of articles within events and genres, or of clusters."""
    if groups is not None:
        first = np.unique(groups, return_index=True)[1]
        order = np.argsort(rng.random((number, len(first))), axis=1)
        clusters: np.ndarray = design.is_target[first][order]
        return clusters[:, groups]
    dealt = np.tile(design.is_target, (number, 1))
    for cell in range(len(design.cells)):
        rows = np.flatnonzero(design.cell == cell)
        order = np.argsort(rng.random((number, len(rows))), axis=1)
        dealt[:, rows] = design.is_target[rows][order]
    return dealt


def _shares(design: Design, which: Whole) -> Floats:
    """Square roots of shares, less the mean of event and genre: (articles, items)."""
    shares = np.sqrt(design.k[:, which].toarray() / design.n[:, None])
    for cell in range(len(design.cells)):
        rows = design.cell == cell
        shares[rows] -= shares[rows].mean(axis=0)
    scale = shares.std(axis=0)
    shares[:, scale < 1e-9] = 0.0
    scaled: Floats = shares / np.where(scale < 1e-9, 1.0, scale)
    return scaled


def _folds(design: Design, groups: Whole | None) -> list[tuple[Whole, Whole]]:
    """Hold out some events, and what is of the same clusters."""
    from sklearn.model_selection import GroupKFold

    events = design.event_of_cell[design.cell]
    parts = GroupKFold(min(FOLDS, design.strata)).split(events, groups=events)
    if groups is None:
        return list(parts)
    return [
        (known[~np.isin(groups[known], groups[held])], held) for known, held in parts
    ]


def _right(shares: Floats, folds: list[tuple[Whole, Whole]], labels: Floats) -> Floats:
    """Balanced share of right guesses for each row of labels."""
    signs = np.where(labels, 1.0, -1.0).T
    alike = shares @ shares.T
    guessed = np.zeros_like(signs)
    for known, held in folds:
        kernel = alike[np.ix_(known, known)]
        ridge = kernel + PENALTY * np.trace(kernel) / len(known) * np.eye(len(known))
        # each held-out event is centred, so that the sign is what is guessed
        guessed[held] = alike[np.ix_(held, known)] @ np.linalg.solve(
            ridge, signs[known] - signs[known].mean(axis=0)
        )
    hit = np.where(guessed == 0, 0.5, (guessed > 0) == (signs > 0))
    sides = [(hit * (signs == one)).sum(axis=0) / (signs == one).sum(axis=0)
             for one in (1.0, -1.0)]  # fmt: skip
    balanced: Floats = np.mean(sides, axis=0)
    return balanced


def _weights(shares: Floats, signs: Floats) -> Floats:
    alike = shares @ shares.T
    ridge = alike + PENALTY * np.trace(alike) / len(alike) * np.eye(len(alike))
    weights: Floats = shares.T @ np.linalg.solve(ridge, signs - signs.mean())
    return weights
