"""Power: how large a difference must be for these articles to show it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framelens._checks import InputError
from framelens.compare.contrast import MIN_ARTICLES
from framelens.compare.design import ALL, design_of
from framelens.compare.false_findings import share_interval
from framelens.compare.halves import chosen_items
from framelens.compare.inference import FLOORS, arrangements_for, kind_of
from framelens.compare.names import number_of
from framelens.compare.planting import planted
from framelens.compare.refusals import refusal
from framelens.measure.counts import counts_of
from framelens.read import articles_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from matplotlib.axes import Axes

    from framelens.compare.design import Design
    from framelens.compare.strata import Floats, Whole
    from framelens.measure.counts import Counts
    from framelens.show.figure import Figure

RATIOS = (1.5, 2.0, 3.0, 4.0, 6.0, 8.0)
"""The ratios that are planted."""

OFTEN = 0.8
"""A ratio counts as found if so many of its planted cases are."""

FEWEST = 10
"""Of fewer cases that can be tested nothing is said."""

BANDS = ("rare", "middling", "frequent")
"""Items by their share, in thirds of those that are tested."""

POWER_COLUMNS = [
    "band", "ratio", "cases", "found", "low", "high", "found_among_all",
    "exaggeration", "wrong_sign",
]  # fmt: skip
"""The columns of the table of planted ratios."""


@dataclass(frozen=True, eq=False)
class Power:
    """What these articles could show, as `power` returns it.

    Attributes
    ----------
    smallest : DataFrame
        One row per band of items: ``band, items, per_thousand`` (the median share,
        in 1,000 units), ``one_item`` (the smallest planted ratio that is found in 80
        % of cases at p below 0.05, for an item named beforehand) and ``among_all``
        (the same where q must be below 0.05 among all tested items, of which this
        one alone differs). NaN where none of the ratios is found as often.
    table : DataFrame
        One row per band and ratio: ``band, ratio, cases`` (those that are in enough
        articles for a test; with fewer than 10 there is no row), ``found`` with its
        95 % interval ``low`` and ``high``, ``found_among_all``, ``exaggeration`` (how
        many times too large a difference looks where it is found) and ``wrong_sign``
        (share of found ones that point the wrong way). NaN where nothing is found.
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

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw how often each ratio is found, and return the axes."""
        from framelens.show.power_view import plot_power

        return plot_power(self, ax=ax)

    def figure(self) -> Figure:
        """Draw it as a figure with caption and alt text."""
        from framelens.show.figure import Figure

        return Figure.from_axes(self.plot(), caption=self.caption, alt=self.alt)

    def save(self, path: str | Path) -> Path:
        """Save the figure, as .png or .svg, and return where it is."""
        return self.figure().save(path)

    def _repr_html_(self) -> str:
        from framelens.show.tables import html_table

        names = {
            "per_thousand": "in 1,000",
            "one_item": "smallest ratio, one item named beforehand",
            "among_all": "smallest ratio, among all items",
        }
        shown = self.smallest.rename(columns=names)
        return html_table(shown, caption=self.caption, notes=self.notes)


def power(
    counts: Counts | pd.DataFrame | tuple[pd.DataFrame, pd.DataFrame],
    *,
    target: str,
    baseline: str,
    articles: pd.DataFrame | str | Path | None = None,
    ratios: Sequence[float] = RATIOS,
    cases: int = 100,
    min_articles: int = MIN_ARTICLES,
    seed: int = 0,
) -> Power:
    """Plant known ratios into these very articles, and see which ones are found.

    Never computed from the difference that was observed: that says nothing new.

    Parameters
    ----------
    counts : Counts, DataFrame or pair of DataFrames
        As `contrast` takes them. All voices are added up.
    target, baseline : str
        Names of outlets.
    articles : DataFrame or path, optional
        What was measured: needed for genres.
    ratios : sequence of float, default (1.5, 2, 3, 4, 6, 8)
        One outlet's rate over the other's, each above 1.
    cases : int, default 100
        Planted items per ratio and band, drawn with replacement, at least 10.
    min_articles : int, default 5
        As in `contrast`. Of more than 500 items, those that most articles have.
    seed : int, default 0

    Returns
    -------
    Power

    Raises
    ------
    UnknownNameError
        If an outlet does not occur.
    InputError
        If a ratio is not above 1, or there are fewer than 10 cases.

    References
    ----------
    .. [1] Gelman & Carlin (2014), "Beyond power calculations", Perspectives on
       Psychological Science 9, 641-651. https://doi.org/10.1177/1745691614551642

    Examples
    --------
    >>> counts = pd.DataFrame({
    ...     "event": "talks", "outlet": ["Daily", "Herald"], "article": ["a", "b"],
    ...     "voice": "rest", "item": "deal", "k": [3, 1], "n": [4, 4]})
    >>> print(power(counts, target="Daily", baseline="Herald").refusal)
    1 + 1 articles: sentences to read, no interval and no p-value; a test needs at least
    5 articles a side or 6 shared events
    """
    planned = _ratios(ratios, cases)
    at_hand = None if articles is None else articles_of(articles)
    design = design_of(
        counts_of(counts), target=target, baseline=baseline, voice=ALL, articles=at_hand
    )
    tested = np.zeros(len(design.items), dtype=bool)
    if len(design.cells):
        tested[chosen_items(design, min_articles)] = True
    reason = refusal(design, FLOORS, tested)
    if reason:
        return _refused(reason, design)
    which = np.flatnonzero(tested)
    rng = np.random.default_rng(seed)
    bands = _bands(design, which)
    plan = _plan(bands, planned, cases, rng)
    found = _found(design, plan, len(which), min_articles, rng)
    return _result(design, which, bands, found)


def _ratios(ratios: Sequence[float], cases: int) -> Floats:
    planned = np.unique(np.asarray(ratios, dtype=float))
    if not len(planned) or not (planned > 1).all() or not np.isfinite(planned).all():
        raise InputError(f"ratios must be numbers above 1; got {list(ratios)}.")
    if cases < FEWEST:
        raise InputError(f"cases must be at least {FEWEST}; got {cases}.")
    return planned


def _bands(design: Design, which: Whole) -> dict[str, Whole]:
    """Thirds of the tested items by frequency; one band if there are few."""
    if len(which) < len(BANDS):
        return {"all": which}
    share = np.asarray(design.k[:, which].sum(axis=0)).ravel()
    thirds = np.array_split(which[np.argsort(share, kind="stable")], len(BANDS))
    return dict(zip(BANDS, thirds, strict=True))


def _plan(
    bands: dict[str, Whole], ratios: Floats, cases: int, rng: np.random.Generator
) -> pd.DataFrame:
    """One row per planted case: ``band, ratio, item, deal``."""
    parts = [
        pd.DataFrame(
            {
                "band": band,
                "ratio": ratio,
                "item": rng.choice(items, cases),
                "deal": np.arange(cases),
            }
        )
        for band, items in bands.items()
        for ratio in ratios.tolist()
    ]
    return pd.concat(parts, ignore_index=True)


def _found(
    design: Design,
    plan: pd.DataFrame,
    tested: int,
    least: int,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Put beside each planned case what became of it."""
    kind = kind_of(design, FLOORS)
    if kind is None:
        raise InputError("too few articles or events to test; refusal() says so.")
    result = planted(
        design,
        plan["item"].to_numpy(np.int64),
        plan["ratio"].to_numpy(float),
        deals=plan["deal"].to_numpy(np.int64),
        kind=kind,
        arrangements=arrangements_for(tested),
        least=least,
        rng=rng,
    )
    outcome = plan.assign(
        found=result.p < 0.05,
        among_all=result.p * tested < 0.05,
        times=np.abs(result.difference) / result.truth,
        wrong=result.difference < 0,
    )
    return outcome[~np.isnan(result.p)]


def _result(
    design: Design, which: Whole, bands: dict[str, Whole], found: pd.DataFrame
) -> Power:
    rows = []
    for (band, ratio), cases in found.groupby(["band", "ratio"], sort=False):
        if len(cases) < FEWEST:
            continue
        hits, seen = int(cases["found"].sum()), cases[cases["found"]]
        low, high = share_interval(hits, len(cases))
        rows.append(
            (
                band, ratio, len(cases), hits / len(cases), low, high,
                cases["among_all"].mean(),
                seen["times"].mean() if hits else np.nan,
                seen["wrong"].mean() if hits else np.nan,
            )
        )  # fmt: skip
    table = pd.DataFrame(rows, columns=POWER_COLUMNS)
    smallest = _smallest(design, bands, table)
    notes = (
        f"Planted into these {sum(design.sizes):,} articles, whose labels are "
        f"dealt out anew within events and genres; {number_of(len(which), 'item')} "
        "are tested. "
        "One side's counts are thinned, so that the ratio is that of an item as "
        "frequent as those of its band on the other side; cases that are then in too "
        "few articles for a test are left out.",
        _exaggeration(table),
        "Power is never computed from the difference that was observed.",
    )
    caption = (
        f"The smallest ratio that these articles show in {100 * OFTEN:.0f} % of "
        f"planted cases ({design.measure}; {design.target}, {design.sizes[0]:,}, and "
        f"{design.baseline}, {design.sizes[1]:,} articles): {_said(smallest)}."
    )
    return Power(smallest, table, None, caption, _alt(table), notes)


def _smallest(
    design: Design, bands: dict[str, Whole], table: pd.DataFrame
) -> pd.DataFrame:
    share = 1000 * np.asarray(design.k.sum(axis=0)).ravel() / design.n.sum()
    rows = []
    for band, items in bands.items():
        here = table[table["band"] == band]
        ratios = [
            here.loc[here[name] >= OFTEN, "ratio"].min()
            for name in ("found", "found_among_all")
        ]
        rows.append((band, len(items), float(np.median(share[items])), *ratios))
    columns = ["band", "items", "per_thousand", "one_item", "among_all"]
    return pd.DataFrame(rows, columns=columns)


def _said(smallest: pd.DataFrame) -> str:
    parts = []
    for band, ratio in zip(smallest["band"], smallest["one_item"], strict=True):
        said = "none of those tried" if pd.isna(ratio) else f"{ratio:g}"
        parts.append(f"{said} for {band} items" if band != "all" else said)
    return ", ".join(parts) + ", each named beforehand"


def _exaggeration(table: pd.DataFrame) -> str:
    weak = table[(table["found"] < 0.5) & table["exaggeration"].notna()]
    if weak.empty:
        return "Found differences are about as large as the planted ones."
    first = weak.sort_values("exaggeration").iloc[-1]
    return (
        f"A difference that is rarely found looks too large when it is: at a ratio of "
        f"{first['ratio']:g} ({first['band']} items, found in "
        f"{100 * first['found']:.0f} % of cases) {first['exaggeration']:.1f} times "
        "(Gelman & Carlin 2014)."
    )


def _alt(table: pd.DataFrame) -> str:
    parts = []
    for band, here in table.groupby("band", sort=False):
        last = here.iloc[-1]
        parts.append(
            f"{band} items from {100 * here['found'].iloc[0]:.0f} % at a ratio of "
            f"{here['ratio'].iloc[0]:g} to {100 * last['found']:.0f} % at "
            f"{last['ratio']:g}"
        )
    return f"Share of planted cases that are found, by ratio: {'; '.join(parts)}."


def _refused(reason: str, design: Design) -> Power:
    columns = ["band", "items", "per_thousand", "one_item", "among_all"]
    return Power(
        pd.DataFrame(columns=columns),
        pd.DataFrame(columns=POWER_COLUMNS),
        reason,
        f"No ratio can be found ({design.measure}): {reason}.",
        "Nothing is drawn: nothing can be tested.",
        (),
    )
