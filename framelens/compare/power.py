"""Power: how large a difference must be for these articles to show it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.sparse import csc_array, csr_array, hstack

from framelens._checks import InputError
from framelens._progress import followed
from framelens._result import Result
from framelens.compare.contrast import MIN_ARTICLES, compared
from framelens.compare.design import ALL, rearranged
from framelens.compare.estimate import estimate
from framelens.compare.inference import p_and_ratio, units_in
from framelens.compare.splits import chosen_items, share_interval
from framelens.compare.units import FLOORS
from framelens.compare.wording import THESE_ONLY, number_of, refusal
from framelens.measure.counts import counts_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from framelens.compare.design import Design, Floats, Source, Whole
    from framelens.compare.inference import Units

RATIOS = (1.5, 2.0, 3.0, 4.0, 6.0, 8.0)
"""The ratios that are planted."""

OFTEN = 0.8
"""A ratio counts as found if so many of its planted cases are."""

FEWEST = 10
"""Of fewer planted cases nothing is said."""

BANDS = ("rare", "middling", "frequent")
"""Items by their share, in thirds of those that enough articles have."""

POWER_COLUMNS = [
    "band", "more_in", "ratio", "cases", "found", "low", "high", "tested",
    "found_among_all", "exaggeration", "wrong_sign",
]  # fmt: skip
"""The columns of the table of planted ratios."""

SMALLEST_COLUMNS = ["band", "more_in", "items", "per_thousand", "one_item", "among_all"]


@dataclass(frozen=True, eq=False)
class Power(Result):
    """What these articles could show, as `power` returns it.

    Attributes
    ----------
    smallest : DataFrame
        One row per band of items and direction: ``band, more_in`` (the outlet that
        is given more), ``items, per_thousand`` (the median share, in 1,000 units),
        ``one_item`` (the smallest planted ratio that is found in 80 % of cases at p
        below 0.05, for an item named beforehand) and ``among_all`` (the same where p
        must hold among all items). NaN where none of the ratios is found as often.
    table : DataFrame
        One row per band, direction and ratio: ``band, more_in, ratio, cases``,
        ``found`` (share of all planted cases, also of those that could not be
        tested) with its 95 % interval ``low`` and ``high``, ``tested`` (share of
        cases that were), ``found_among_all``, ``exaggeration`` (how many times too
        large the ratio looks where it is found) and ``wrong_sign`` (share of found
        ones that point the wrong way). NaN where nothing is found.
    refusal : str or None
        Why nothing could be tested.
    caption, alt : str
    notes : tuple of str
    """

    smallest: pd.DataFrame = field(repr=False)
    table: pd.DataFrame = field(repr=False)
    refusal: str | None
    caption: str
    alt: str = field(repr=False)
    notes: tuple[str, ...] = field(repr=False)

    def shown(self) -> pd.DataFrame:
        """Lay out the smallest ratios."""
        names = {
            "more_in": "more in",
            "per_thousand": "in 1,000",
            "one_item": "smallest ratio, one item named beforehand",
            "among_all": "smallest ratio, among all items",
        }
        return self.smallest.rename(columns=names)


def power(
    counts: Source,
    target: str,
    baseline: str,
    *,
    voice: str = ALL,
    cluster: str | None = None,
    strata: str = "genre",
    ratios: Sequence[float] = RATIOS,
    cases: int = 100,
    min_articles: int = MIN_ARTICLES,
    seed: int = 0,
) -> Power:
    """Plant known ratios into these very articles, and see which ones are found.

    Never computed from the difference that was observed: that says nothing new. Each
    outlet keeps its own number of articles, their lengths and the bursts of its
    items, so that the two directions may differ.

    Parameters
    ----------
    counts : Counts, DataFrame or pair of DataFrames
        As `contrast` takes them.
    target, baseline : str
        Names of outlets.
    voice, cluster, strata
        As for `contrast`.
    ratios : sequence of float, default (1.5, 2, 3, 4, 6, 8)
        One outlet's rate over the other's, each above 1.
    cases : int, default 100
        Planted items per ratio, band and direction, at least 10.
    min_articles : int, default 5
        As in `contrast`. Of more than 500 items, those that most articles have.
    seed : int, default 0

    Returns
    -------
    Power

    Raises
    ------
    UnknownNameError
        If an outlet or the voice does not occur.
    InputError
        If a ratio is not above 1, or there are fewer than 10 cases.

    Notes
    -----
    For each case what is left out in turn by `contrast` is drawn anew, with
    replacement: articles (copies and clusters whole) within events, or whole events,
    or both events and clusters [3]_. An item's counts are thinned on the side that
    has more of it until both have the same share; then those of the side that is to
    have less are thinned to 1 / ratio. Thinning leaves an item as bursty as it was
    [2]_.

    References
    ----------
    .. [1] Gelman & Carlin (2014), "Beyond power calculations", Perspectives on
       Psychological Science 9, 641-651. https://doi.org/10.1177/1745691614551642
    .. [2] Gerard (2020), BMC Bioinformatics 21:206.
       https://doi.org/10.1186/s12859-020-3450-9
    .. [3] Owen (2007), "The pigeonhole bootstrap", Annals of Applied Statistics 1,
       386-411. https://doi.org/10.1214/07-AOAS122

    Examples
    --------
    >>> counts = pd.DataFrame({
    ...     "event": "talks", "outlet": ["Daily", "Herald"], "article": ["a", "b"],
    ...     "voice": "rest", "item": "deal", "k": [3, 1], "n": [4, 4]})
    >>> print(power(counts, "Daily", "Herald").refusal)
    1 + 1 articles: sentences to read, no interval and no p-value; a test needs at least
    5 articles of each outlet, or 8 events that both cover
    """
    planned = _ratios(ratios, cases)
    design, units = compared(
        counts_of(counts), target, baseline, voice, cluster=cluster, strata=strata,
        floors=FLOORS,
    )  # fmt: skip
    reason = refusal(design, units, FLOORS)
    which = np.arange(0) if reason else _plantable(design, min_articles)
    if reason is None and not len(which):
        reason = "no item is in enough articles of both outlets"
    if reason:
        return _refused(reason, design)
    rng = np.random.default_rng(seed)
    bands = _bands(design, which)
    plan = _plan(bands, planned, cases, rng)
    found = _planted(design, units, plan, len(which), min_articles, rng)
    return _result(design, which, bands, found)


def _ratios(ratios: Sequence[float], cases: int) -> Floats:
    """Check what is to be planted."""
    planned = np.unique(np.asarray(ratios, dtype=float))
    if not len(planned) or not (planned > 1).all() or not np.isfinite(planned).all():
        raise InputError(f"ratios must be numbers above 1; got {list(ratios)}.")
    if cases < FEWEST:
        raise InputError(f"cases must be at least {FEWEST}; got {cases}.")
    return planned


def _plantable(design: Design, least: int) -> Whole:
    """Items that both sides have, and enough articles."""
    which = chosen_items(design, least)
    table = estimate(design).iloc[which]
    both = (table["target_k"] > 0) & (table["baseline_k"] > 0)
    return which[both.to_numpy()]


def _bands(design: Design, which: Whole) -> dict[str, Whole]:
    """Thirds of the items by frequency; one band if there are few."""
    if len(which) < len(BANDS):
        return {"all": which}
    share = np.asarray(design.k[:, which].sum(axis=0)).ravel()
    thirds = np.array_split(which[np.argsort(share, kind="stable")], len(BANDS))
    return dict(zip(BANDS, thirds, strict=True))


def _plan(
    bands: dict[str, Whole], ratios: Floats, cases: int, rng: np.random.Generator
) -> pd.DataFrame:
    """One row per planted case: ``band, to_target, ratio, item, deal``."""
    parts = [
        pd.DataFrame(
            {
                "band": band,
                "to_target": to_target,
                "ratio": ratio,
                "item": rng.choice(items, cases),
                "deal": np.arange(cases),
            }
        )
        for band, items in bands.items()
        for to_target in (True, False)
        for ratio in ratios.tolist()
    ]
    return pd.concat(parts, ignore_index=True)


def _planted(
    design: Design,
    units: Units,
    plan: pd.DataFrame,
    tested: int,
    least: int,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Put beside each planned case what became of it."""
    table = estimate(design)
    target = design.k.T @ (design.weight * design.is_target)
    baseline = target - table["difference"].to_numpy()
    keep = np.minimum(target, baseline)
    kept = (
        np.where(target > 0, keep / np.maximum(target, 1e-300), 1.0),
        np.where(baseline > 0, keep / np.maximum(baseline, 1e-300), 1.0),
    )
    whole = csc_array(design.k).astype(np.int64)
    parts = []
    for _, cases in followed(list(plan.groupby("deal")), "trying", "draw"):
        rows, event, group = _redrawn(design, units, rng)
        columns = []
        for item, ratio, to_target in zip(
            *(cases[name].tolist() for name in ("item", "ratio", "to_target")),
            strict=True,
        ):
            k = whole[:, [item]].toarray()[rows, 0]
            chances = (
                kept[0][item] * (1.0 if to_target else 1.0 / ratio),
                kept[1][item] * (1.0 / ratio if to_target else 1.0),
            )
            chance = np.where(design.is_target[rows], *chances)
            columns.append(csc_array(rng.binomial(k, np.clip(chance, 0, 1))[:, None]))
        k = csr_array(hstack(columns)).astype(float)
        drawn = rearranged(
            design, k, design.n[rows], event, design.is_target[rows], like=rows,
            copies=group,
        )  # fmt: skip
        drawn = replace(drawn, items=pd.RangeIndex(len(cases)))
        again = replace(units_in(drawn, FLOORS, None), clustered=units.clustered)
        p, found_ratio = p_and_ratio(drawn, again, FLOORS)
        enough = np.diff(drawn.k.tocsc().indptr) >= least
        p = np.where(enough, p, np.nan)
        log_ratio = np.log(found_ratio) * np.where(cases["to_target"], 1, -1)
        parts.append(
            cases.assign(
                tested=~np.isnan(p),
                found=p < 0.05,
                among_all=p * tested < 0.05,
                times=np.exp(np.abs(log_ratio)) / cases["ratio"],
                wrong=log_ratio < 0,
            )
        )
    return pd.concat(parts, ignore_index=True)


def _redrawn(
    design: Design, units: Units, rng: np.random.Generator
) -> tuple[Whole, Whole, Whole]:
    """Draw units anew: the rows of articles, with their new events and groups."""
    event, groups = design.event_of_cell[design.cell], units.groups
    first = np.unique(groups, return_index=True)[1]
    events, drawn = np.arange(design.strata), np.arange(len(first))
    if units.kind == "events":
        events = rng.integers(0, design.strata, design.strata)
    if units.kind == "articles" or units.clustered:
        cells = pd.Series(design.cell).groupby(groups).nunique().max()
        inside = design.cell if cells == 1 else np.zeros(len(groups), dtype=np.int64)
        place = pd.DataFrame({"cell": inside, "side": design.is_target}).iloc[first]
        for rows in place.reset_index(drop=True).groupby(["cell", "side"]).groups:
            same = place.eq(pd.Series(rows, ["cell", "side"])).all(axis=1).to_numpy()
            there = np.flatnonzero(same)
            drawn[there] = rng.choice(there, len(there))
    table = pd.DataFrame(
        {"row": np.arange(len(groups)), "event": event, "group": groups}
    )
    table = table.merge(
        pd.DataFrame({"event": events, "place": np.arange(len(events))})
    )
    table = table.merge(pd.DataFrame({"group": drawn, "copy": np.arange(len(drawn))}))
    table = table.sort_values(["place", "copy", "row"])
    return tuple(table[name].to_numpy() for name in ("row", "place", "copy"))  # type: ignore[return-value]


def _result(
    design: Design, which: Whole, bands: dict[str, Whole], found: pd.DataFrame
) -> Power:
    """Count what was found, band by band, in both directions."""
    rows = []
    keys = ["band", "to_target", "ratio"]
    for (band, to_target, ratio), cases in found.groupby(keys, sort=False):
        hits, seen = int(cases["found"].sum()), cases[cases["found"]]
        low, high = share_interval(hits, len(cases))
        rows.append(
            (
                band, design.target if to_target else design.baseline, ratio,
                len(cases), hits / len(cases), low, high, cases["tested"].mean(),
                cases["among_all"].mean(), seen["times"].mean() if hits else np.nan,
                seen["wrong"].mean() if hits else np.nan,
            )
        )  # fmt: skip
    table = pd.DataFrame(rows, columns=POWER_COLUMNS)
    smallest = _smallest(design, bands, table)
    untested = 1 - float(found["tested"].mean())
    notes = (
        f"Planted into these {sum(design.sizes):,} articles, drawn anew within events, "
        f"with {number_of(len(which), 'item')}; {100 * untested:.0f} % of planted "
        "cases are then in too few articles for a test, and count as not found.",
        _exaggeration(table),
        "Power is never computed from the difference that was observed.",
        THESE_ONLY,
    )
    caption = (
        f"The smallest ratio that these articles show in {100 * OFTEN:.0f} % of "
        f"planted cases ({design.measure}; {design.target}, {design.sizes[0]:,}, and "
        f"{design.baseline}, {design.sizes[1]:,} articles), for an item named "
        f"beforehand: {_said(smallest)}."
    )
    return Power(smallest, table, None, caption, _alt(table), notes)


def _smallest(
    design: Design, bands: dict[str, Whole], table: pd.DataFrame
) -> pd.DataFrame:
    """Find the smallest ratio that is found often enough."""
    share = 1000 * np.asarray(design.k.sum(axis=0)).ravel() / design.n.sum()
    rows = []
    for (band, outlet), here in table.groupby(["band", "more_in"], sort=False):
        ratios = [
            here.loc[here[name] >= OFTEN, "ratio"].min()
            for name in ("found", "found_among_all")
        ]
        items = bands[str(band)]
        rows.append((band, outlet, len(items), float(np.median(share[items])), *ratios))
    return pd.DataFrame(rows, columns=SMALLEST_COLUMNS)


def _said(smallest: pd.DataFrame) -> str:
    """Say the smallest ratios in words."""
    parts = []
    for outlet, rows in smallest.groupby("more_in", sort=False):
        told = [
            ("none of those tried" if pd.isna(ratio) else f"{ratio:g}")
            + (f" for {band} items" if band != "all" else "")
            for band, ratio in zip(rows["band"], rows["one_item"], strict=True)
        ]
        parts.append(f"more in {outlet}, {', '.join(told)}")
    return "; ".join(parts)


def _exaggeration(table: pd.DataFrame) -> str:
    """Say how much too large a rarely found ratio looks."""
    weak = table[(table["found"] < 0.5) & table["exaggeration"].notna()]
    if weak.empty:
        return "Ratios that are found are about as large as the planted ones."
    first = weak.sort_values("exaggeration").iloc[-1]
    return (
        "A ratio that is rarely found looks too large when it is: at "
        f"{first['ratio']:g} ({first['band']} items, found in "
        f"{100 * first['found']:.0f} % of cases) {first['exaggeration']:.1f} times "
        "(Gelman & Carlin 2014)."
    )


def _alt(table: pd.DataFrame) -> str:
    """Say what is to be seen."""
    parts = []
    for (band, outlet), here in table.groupby(["band", "more_in"], sort=False):
        last = here.iloc[-1]
        parts.append(
            f"{band} items, more in {outlet}, from "
            f"{100 * here['found'].iloc[0]:.0f} % at a ratio of "
            f"{here['ratio'].iloc[0]:g} to {100 * last['found']:.0f} % at "
            f"{last['ratio']:g}"
        )
    return f"Share of planted cases that are found, by ratio: {'; '.join(parts)}."


def _refused(reason: str, design: Design) -> Power:
    """Say why nothing can be found."""
    return Power(
        pd.DataFrame(columns=SMALLEST_COLUMNS),
        pd.DataFrame(columns=POWER_COLUMNS),
        reason,
        f"No ratio can be found ({design.measure}).",
        "Nothing is drawn: nothing can be tested.",
        (THESE_ONLY,),
    )
