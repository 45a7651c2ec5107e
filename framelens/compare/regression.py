"""Regression: the ratio between two outlets where covariates are held alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.special import stdtr, stdtrit

from framelens._checks import InputError
from framelens.compare.design import details_of
from framelens.compare.inference import LEVEL, estimates
from framelens.compare.jackknife import least_variance
from framelens.compare.leaving import Logarithms, Moved, cuts_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from framelens.compare.design import Design
    from framelens.compare.inference import Units
    from framelens.compare.jackknife import Floats, Whole
    from framelens.compare.units import Floors
    from framelens.measure.counts import Counts

COEFFICIENT_COLUMNS = ["item", "term", "ratio", "low", "high", "p"]
"""The columns of the table of coefficients."""

PERIODS = {"month": "M", "quarter": "Q", "year": "Y"}
"""Covariates that are made from dates."""

OUTLET = "outlet"
"""In ``outlet:year``: what an interaction is with."""

UNITS_A_TERM = 5
"""So many units for each coefficient, at least: with fewer the jackknife leaves out
what alone determines one."""

STEPS, ROUNDS = 25, 4
"""Newton's steps to the estimate; and from it to that without a unit."""

LARGEST_STEP = 2.0
"""Of a coefficient, in one step of Newton's."""

CELLS = 2_000_000
"""Fits times articles looked at together, so that memory stays bounded."""


@dataclass(frozen=True, eq=False)
class Terms:
    """What explains counts: `x` (articles, terms), the outlet first, and names."""

    x: Floats
    names: list[str]


def terms_of(design: Design, counts: Counts, covariates: Sequence[str]) -> Terms:
    """Lay out the outlet and its covariates, each centred over the articles.

    A number has one term; other columns one for each value but the most frequent.
    ``length`` is the logarithm of n to base 2, unless there is such a column;
    ``month``, ``quarter`` and ``year`` come from dates. ``outlet:year`` adds how the
    ratio differs between years.
    """
    is_target = design.is_target.astype(float)
    columns, names = [is_target], [OUTLET]
    for asked in covariates:
        main, _, inner = asked.partition(":")
        if inner and main != OUTLET:
            raise InputError(
                f"an interaction is with the outlet, as 'outlet:year'; found {asked!r}."
            )
        made = _columns(design, counts, inner or main)
        for name, values in made.items():
            if name not in names:
                names.append(name)
                columns.append(values)
        if inner:
            names += [f"{OUTLET}:{name}" for name in made]
            columns += [is_target * (x - x.mean()) for x in made.values()]
    x = np.column_stack(columns)
    return Terms(x - x.mean(axis=0), names)


def _columns(design: Design, counts: Counts, name: str) -> dict[str, Floats]:
    """Give the terms of one covariate, by name."""
    articles, corpus = design.articles["article"], counts.corpus
    has = corpus is not None and name in corpus.articles.columns
    if name == "length" and not has:
        return {"length, doubled": np.log2(design.n)}
    source = "date" if name in PERIODS and not has else name
    values = details_of(counts, articles, [source])[source]
    if source != name:
        dates = pd.to_datetime(values, errors="coerce", format="%Y-%m-%d")
        values = dates.dt.to_period(PERIODS[name]).astype(str).where(dates.notna())
    numbers = pd.to_numeric(values, errors="coerce")
    if numbers.notna().all() and source == name:
        return {name: numbers.to_numpy(float)}
    kinds = values.astype(object).where(values.notna(), "not stated")
    order = sorted(kinds.unique(), key=lambda kind: (-int((kinds == kind).sum()), kind))
    if source != name:
        order = sorted(order)
    return {f"{name} {kind}": (kinds == kind).to_numpy(float) for kind in order[1:]}


def terms_refusal(design: Design, units: Units, terms: Terms) -> str | None:
    """Say why there is no regression; None where there is one."""
    number = design.strata if units.kind == "events" else sum(units.sizes)
    if number < UNITS_A_TERM * len(terms.names):
        noun = "events" if units.kind == "events" else "articles or clusters"
        return (
            f"{number:,} {noun} for {len(terms.names)} terms "
            f"({', '.join(terms.names)}): a regression needs {UNITS_A_TERM} for each"
        )
    inside = terms.x - _means(terms.x, design.cell)
    for place in range(1, len(terms.names) + 1):
        if np.linalg.matrix_rank(inside[:, :place], tol=1e-8) < place:
            return (
                f"{terms.names[place - 1]} cannot be told apart from "
                f"{' and '.join(terms.names[: place - 1]) or 'the events'}, event by "
                "event"
            )
    return None


def _means(x: Floats, cell: Whole) -> Floats:
    """Give the mean of its event and genre to each article."""
    into = cell == np.arange(cell.max() + 1)[:, None]
    means: Floats = (into @ x / into.sum(axis=1)[:, None])[cell]
    return means


@dataclass(frozen=True, eq=False)
class Regression:
    """A regression of each item: coefficients, errors and degrees: (items, terms).

    `test` is that of the first, the outlet.
    """

    test: Logarithms
    terms: Terms
    beta: Floats
    error: Floats
    degrees: Floats

    def coefficients(self, items: pd.Index) -> pd.DataFrame:
        """Give ratios of all terms with their intervals: `COEFFICIENT_COLUMNS`."""
        reach = stdtrit(self.degrees, (1 + LEVEL) / 2) * self.error
        p = 2 * stdtr(self.degrees, -np.abs(self.beta) / self.error)
        with np.errstate(over="ignore"):
            values = [np.exp(self.beta), np.exp(self.beta - reach),
                      np.exp(self.beta + reach), p]  # fmt: skip
        table = pd.DataFrame(
            {
                "item": np.repeat(items.to_numpy(object), len(self.terms.names)),
                "term": np.tile(self.terms.names, len(items)),
            }
        )
        for name, value in zip(COEFFICIENT_COLUMNS[2:], values, strict=True):
            table[name] = value.ravel()
        return table[np.isfinite(self.error.ravel())].reset_index(drop=True)


def regression(
    design: Design, units: Units, floors: Floors, which: Whole, terms: Terms
) -> Regression:
    """Fit quasi-Poisson regressions, item by item, and leave out units in turn.

    The logarithm of n is the offset; each event and genre has a level of its own. Half
    a count for each coefficient is spread as leverage says (Firth 1993,
    https://doi.org/10.1093/biomet/80.1.27): without covariates, in a single event, this
    is the ratio of `contrast`. Errors are of the jackknife over the same units (CR3 of
    Bell & McCaffrey 2002, fitted anew where a unit has the item), degrees of freedom as
    there.
    """
    plain = estimates(design, units, floors, which)
    which = which[~np.isnan(plain.p[which])]
    shape = len(design.items), len(terms.names)
    beta, error, degrees = (np.full(shape, np.nan) for _ in range(3))
    flips = np.zeros(shape[0], dtype=bool)
    k = design.k[:, which].toarray().T
    fit = Fit(design.n, terms.x, design.cell)
    start = fit.solve(k, np.ones_like(k, dtype=bool), np.zeros((len(k), shape[1])),
                         STEPS)  # fmt: skip
    beta[which] = start
    for target, baseline, paired in cuts_of(design, units, which):
        moves, stratum = _moves(fit, design, units, k, start, paired=paired)
        floor = np.zeros((len(which), shape[1]))
        floor[:, 0] = least_variance(target) + least_variance(baseline)
        count = len(target.n)
        first, value = moves[:, :, 0], start[:, 0]
        turned = (np.sign(value + first) != np.sign(value)).any(axis=0)
        flips[which] |= turned
        for term in range(shape[1]):
            made = Moved(moves[:, :, term], stratum, count,
                         (target.holders, baseline.holders), paired)  # fmt: skip
            variance, free = made.spread()
            wide = np.sqrt(np.maximum(variance, floor[:, term]))
            larger = ~(error[which, term] >= wide)
            error[which[larger], term] = wide[larger]
            degrees[which[larger], term] = free[larger]
    target, baseline, _ = cuts_of(design, units)[0]
    middle = np.log(target.level * baseline.level) / 2
    test = Logarithms(plain, beta[:, 0], error[:, 0], degrees[:, 0], middle, flips)
    return Regression(test, terms, beta, error, degrees)


def _moves(
    fit: Fit, design: Design, units: Units, k: Floats, beta: Floats, *, paired: bool
) -> tuple[Floats, Whole]:
    """Leave out each unit: moves (units, items, terms), and strata of the units."""
    if paired:
        unit = design.event_of_cell[design.cell]
        stratum = np.zeros(unit.max() + 1, dtype=np.int64)
    else:  # the target's units first, each side's in the order of `units.sides`
        unit = np.full(len(design.n), -1)
        first, second = (
            np.flatnonzero(design.is_target),
            np.flatnonzero(~design.is_target),
        )
        unit[first] = pd.factorize(units.groups[first])[0]
        unit[second] = pd.factorize(units.groups[second])[0] + unit.max() + 1
        cell = pd.Series(design.cell).groupby(unit)
        inside = cell.nunique().max() == 1
        lead = np.unique(unit, return_index=True)[1]
        place = (
            cell.first().to_numpy() if inside else np.zeros(len(lead), dtype=np.int64)
        )
        stratum = place + (place.max() + 1) * ~design.is_target[lead]
    count = len(stratum)
    moves = np.zeros((count, len(k), beta.shape[1]))
    has = np.array([(k[:, unit == one] > 0).any(axis=1) for one in range(count)])
    for chosen, rounds in ((has, ROUNDS), (~has, 1)):
        pairs = np.argwhere(chosen)
        step = max(CELLS // len(design.n), 1)
        for first_pair in range(0, len(pairs), step):
            one, item = pairs[first_pair : first_pair + step].T
            keep = unit[None, :] != one[:, None]
            made = fit.solve(k[item], keep, beta[item], rounds)
            moves[one, item] = made - beta[item]
    return moves, stratum


@dataclass(frozen=True, eq=False)
class Fit:
    """Poisson regressions of many items at once, each cell with its own level."""

    n: Floats
    x: Floats
    cell: Whole

    def solve(self, k: Floats, keep: np.ndarray, beta: Floats, steps: int) -> Floats:
        """Fit rows of `k` (fits, articles), each with the articles it keeps."""
        cells, terms = int(self.cell.max()) + 1, self.x.shape[1]
        into = np.zeros((len(self.n), cells))
        into[np.arange(len(self.n)), self.cell] = 1.0
        by_term = (into[:, :, None] * self.x[:, None, :]).reshape(len(self.n), -1)
        square = (self.x[:, :, None] * self.x[:, None, :]).reshape(len(self.n), -1)
        k = k * keep
        added = np.zeros_like(k)
        for _ in range(steps):
            rate = keep * self.n * np.exp(np.clip(beta @ self.x.T, -50, 50))
            whole = rate @ into
            level = np.divide((k + added) @ into, whole, out=np.zeros_like(whole),
                              where=whole > 0)  # fmt: skip
            mean = rate * level[:, self.cell]
            size = mean @ into
            centre = (mean @ by_term).reshape(len(k), cells, terms)
            centre /= np.maximum(size, 1e-300)[:, :, None]
            information = (mean @ square).reshape(len(k), terms, terms)
            information -= np.einsum("bep,beq,be->bpq", centre, centre, size)
            information += 1e-10 * np.eye(terms)
            inverse: Floats = np.linalg.inv(information).astype(np.float64)
            added = self._added(mean, centre, inverse, size)
            score = (k + added - mean) @ self.x
            step = np.einsum("bpq,bq->bp", inverse, score)
            beta = beta + np.clip(step, -LARGEST_STEP, LARGEST_STEP)
        return beta

    def _added(
        self, mean: Floats, centre: Floats, inverse: Floats, size: Floats
    ) -> Floats:
        """Spread half a count for each coefficient, and one for the level."""
        apart = self.x[None] - centre[:, self.cell]
        leverage = np.einsum("bap,bpq,baq->ba", apart, inverse, apart, optimize=True)
        whole = np.maximum(size.sum(axis=1), 1e-300)[:, None]
        added: Floats = 0.5 * mean * (leverage + 1.0 / whole)
        return added
