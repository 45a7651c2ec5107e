"""Rates: counts put right by published error rates, where nobody coded a sample.

A machine that finds a part of what is there (recall), and takes some of the rest for
it (false alarms), counts ``m = recall * share + false * (1 - share)``; the share is
what solves this (Rogan & Gladen 1978, https://doi.org/10.1093/oxfordjournals.aje.a112510).
Published rates come from a number of judgements: both are drawn anew with it, together
with the articles, thousands of times.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from framelens._checks import InputError
from framelens.compare.as_counted import AsCounted, shares_of, side_by_side
from framelens.compare.coded import FIGURES, TABLE_COLUMNS, Correction
from framelens.compare.correction import errors_of
from framelens.compare.estimate import estimate
from framelens.compare.inference import LEVEL, MOST, estimates, without_test

if TYPE_CHECKING:
    from framelens.compare.design import Design, Floats, Whole
    from framelens.compare.inference import Estimates

    Errors = Mapping[str, Any]

DRAWS = 4_998
"""Draws of rates and articles: 2.5 % of one more than these is no whole number, so
that p is below .05 exactly where the interval leaves out no difference."""

FEWER = 500
"""Draws of rates for a statistic of the analyst's own: each calls a function."""

LEAST = 0.1
"""Recall less false alarms: a machine that tells no better cannot be put right."""

LARGEST = 20_000_000
"""Articles times items whose counts are corrected."""

CHUNK = 200
"""Items looked at together, so that memory stays bounded."""


@dataclass(frozen=True)
class Rates:
    """Judgements of a machine in one outlet: of what is there, and of the rest.

    `loss` is what part of them is left as independent ones, of each: judgements of one
    article are alike.
    """

    found: int
    there: int
    false: int
    rest: int
    loss: tuple[float, float] = (1.0, 1.0)

    @property
    def value(self) -> tuple[float, float]:
        """Recall and false alarms."""
        return self.found / self.there, self.false / self.rest

    def drawn(self, rng: np.random.Generator) -> tuple[Floats, Floats]:
        """Draw recall and false alarms as the judgements leave them open (Jeffreys)."""
        judged = ((self.found, self.there), (self.false, self.rest))
        recall, false = (
            rng.beta(loss * yes + 0.5, loss * (n - yes) + 0.5, DRAWS)
            for loss, (yes, n) in zip(self.loss, judged, strict=True)
        )
        return recall, false


def solved(machine: Floats, recall: Any, false: Any) -> Floats:
    """Give the share behind what a machine counted, from 0 to 1.

    >>> solved(np.array([0.3]), 0.8, 0.05).round(3)
    array([0.333])
    """
    tells = np.maximum(np.subtract(recall, false), LEAST / 10)
    share: Floats = np.clip((machine - false) / tells, 0.0, 1.0)
    return share


def rates_of(error: Errors, target: str, baseline: str) -> tuple[Rates, Rates]:
    """Check published error rates, and give those of both outlets."""
    if not isinstance(error, Mapping):
        raise InputError(
            "error= is a table of judgements for each outlet, as {'Daily': [[900, 40], "
            f"[20, 80]]}}; found {type(error).__name__}."
        )
    made = []
    for outlet in (target, baseline):
        if outlet not in error:
            raise InputError(
                f"error= has no rates of {outlet!r}; outlets are read unlike, so each "
                "needs its own. Give both, or codes=."
            )
        made.append(_rates(error[outlet], outlet))
    return made[0], made[1]


def _rates(matrix: Any, outlet: str) -> Rates:
    """Read a table of judgements: rows the truth, columns the machine, no first."""
    try:
        table = np.asarray(matrix, dtype=float)
    except (TypeError, ValueError):
        table = np.zeros(0)
    fits = table.ndim in (2, 3) and table.shape[-2:] == (2, 2) and table.size > 0
    if not fits or not np.isfinite(table).all() or (table < 0).any():
        raise InputError(
            f"error= of {outlet!r}: two rows (truth: no, yes) of two numbers (machine: "
            f"no, yes) are needed, or such a table for each article; found {matrix!r}."
        )
    each = table if table.ndim == 3 else None
    table = table.sum(axis=0) if table.ndim == 3 else table
    if (table % 1 != 0).any() or (table.sum(axis=1) < 1).any():
        raise InputError(
            f"error= of {outlet!r} holds numbers of judgements, not rates: how many "
            "were judged says how sure the rates are. Multiply the rates by it."
        )
    (_, false), (_, found) = table
    rest, there = table.sum(axis=1)
    loss = (1.0, 1.0) if each is None else (_loss(each[:, 1]), _loss(each[:, 0]))
    rates = Rates(int(found), int(there), int(false), int(rest), loss)
    recall, alarms = rates.value
    if recall - alarms < LEAST:
        raise InputError(
            f"error= of {outlet!r}: recall {recall:.2f} and false alarms {alarms:.2f}: "
            "a machine that hardly tells them apart cannot be corrected. Rows are the "
            "truth, columns the machine; no first."
        )
    return rates


def _loss(each: Floats) -> float:
    """Say what part of judgements is left as independent ones, from those by article.

    The variance of a ratio over articles against that of independent judgements, half
    a judgement added (Kish 1965); never more than all of them.
    """
    yes, n = each[:, 1], each.sum(axis=1)
    rate, number = yes.sum() / n.sum(), int((n > 0).sum())
    apart = ((yes - rate * n) ** 2).sum() * number / max(number - 1, 1)
    near = (yes.sum() + 0.5) / (n.sum() + 1)
    alone = n.sum() * near * (1 - near)
    return float(min(alone / apart, 1.0)) if apart > 0 else 1.0


@dataclass(frozen=True, eq=False)
class Rated(AsCounted):
    """A comparison whose counts are corrected by published error rates."""

    rates: tuple[Rates, Rates]
    corrected_by = "published error rates"

    def __post_init__(self) -> None:
        if len(self.raw.items) * len(self.raw.articles) > LARGEST:
            raise InputError(
                f"{len(self.raw.items):,} items with the same error rates: choose "
                "those that the rates are of, with counts.select(items=[...])."
            )

    @cached_property
    def design(self) -> Design:
        """The design with corrected counts; of an article they may be below 0."""
        side = np.where(self.raw.is_target, 0, 1)
        recall, false = np.array([one.value for one in self.rates]).T
        k = self.raw.k.toarray() - (false[side] * self.raw.n)[:, None]
        return replace(self.raw, k=csr_array(k / (recall - false)[side][:, None]))

    @cached_property
    def shares(self) -> Floats:
        """The corrected share of both sides: (2, items)."""
        sides = zip(shares_of(self.raw), self.rates, strict=True)
        return np.stack([solved(raw, *one.value) for raw, one in sides])

    @cached_property
    def estimated(self) -> pd.DataFrame:
        """What needs no test: corrected, but for how evenly an item lies."""
        found, raw = estimate(self.design), estimate(self.raw)
        for name in ("target_k", "baseline_k"):
            found[name] = found[name].clip(lower=0.0).round(1)
        names = ["found_in", "dispersion", "log_odds", "strength"]
        found[names] = raw[names]
        return found.assign(difference=self.shares[0] - self.shares[1])

    @cached_property
    def plain(self) -> Estimates:
        """The test of what was counted."""
        return estimates(self.raw, self.units, self.floors, self.which)

    @cached_property
    def untested(self) -> Estimates:
        """What there is where nothing is tested; the ratio without half a count."""
        plain = without_test(self.raw)
        with np.errstate(divide="ignore", invalid="ignore"):
            return replace(plain, ratio=self.shares[0] / self.shares[1])

    def test(
        self,
        which: Whole | None = None,
        *,
        level: float = LEVEL,
        untested: Estimates | None = None,  # noqa: ARG002
    ) -> Estimates:
        """Give p and intervals, rates and articles drawn anew."""
        tested = ~np.isnan(self.plain.p)
        if which is not None:
            tested &= np.isin(np.arange(len(tested)), which)
        names = ("p", "low", "high", "ratio_low", "ratio_high")
        values = {name: np.full(len(tested), np.nan) for name in names}
        chosen = np.flatnonzero(tested)
        for first in range(0, len(chosen), CHUNK):
            columns = chosen[first : first + CHUNK]
            for name, found in _limits(self._drawn(columns), level).items():
                values[name][columns] = found
        return replace(self.untested, **values)

    def _drawn(self, columns: Whole) -> Floats:
        """Draw the corrected shares of some items anew: (2, draws, items).

        The share of each side by articles is drawn from all its limits at once, those
        of a score test with t (as of corrections by codes); then comes the rate.
        """
        rng = np.random.default_rng(0)
        made = errors_of(self.raw, self.units)
        one, two = (np.sqrt(own[columns]) for own in made.own)
        paired = self.units.kind == "events"
        together = np.clip(made.shared[columns] / (one * two), -MOST, MOST)
        normal = rng.standard_normal((2, DRAWS, 1))
        rest = np.sqrt(1 - together**2)
        both = [normal[0] + 0 * together, together * normal[0] + rest * normal[1]]
        free = (
            [self.raw.strata - 1] * 2 if paired else [n - 1 for n in self.units.sizes]
        )
        scale = [np.sqrt(rng.chisquare(n, (DRAWS, 1)) / n) for n in free]
        if paired:
            scale[1] = scale[0]
        half = (made.levels - shares_of(self.raw))[:, columns]
        drawn = []
        for side, error in enumerate((one, two)):
            step = both[side] / scale[side] * error / 2
            root = np.sqrt(1 + step**2) + step
            machine = made.levels[side, columns] * root**2 - half[side]
            recall, false = self.rates[side].drawn(rng)
            drawn.append(solved(machine, recall[:, None], false[:, None]))
        return np.stack(drawn)

    def added(
        self, statistic: Callable[[Floats, Floats], float]
    ) -> tuple[float, float]:
        """Give what drawn rates add to the variance of a statistic of shares."""
        rng = np.random.default_rng(0)
        both = [
            solved(raw, *(one[:FEWER, None] for one in rates.drawn(rng)))
            for raw, rates in zip(shares_of(self.raw), self.rates, strict=True)
        ]
        found = [statistic(*pair) for pair in zip(*both, strict=True)]
        return float(np.var(found)), np.inf

    def reworded(self, text: str) -> str:
        """Say in an estimand that shares are corrected."""
        return f"Corrected by published error rates: {text[0].lower()}{text[1:]}"

    def notes(self) -> tuple[str, ...]:
        """Say how the correction was made, and what it rests on."""
        names = (self.raw.target, self.raw.baseline)
        said = [
            f"{name}: recall {rates.value[0]:.2f} (of {rates.there:,} judged), false "
            f"alarms {rates.value[1]:.3f} (of {rates.rest:,})"
            for name, rates in zip(names, self.rates, strict=True)
        ]
        lines = [
            f"Corrected by published error rates (Rogan & Gladen 1978). "
            f"{'; '.join(said)}. Rates and articles are drawn {DRAWS:,} times; this "
            "holds if the machine errs here as it did where the rates come from. Codes "
            "of these articles, codes=, need no such assumption.",
        ]
        if any(rates.loss == (1.0, 1.0) for rates in self.rates):
            lines.append(
                "Judgements count as independent. If they are of few articles, give "
                "error= a table for each article, or the interval is too narrow."
            )
        below = [
            name
            for name, raw, rates in zip(
                names, shares_of(self.raw), self.rates, strict=True
            )
            if (raw < rates.value[1]).any()
        ]
        if below:
            lines.append(
                f"In {' and '.join(below)} less was counted than false alarms alone "
                "would give: the corrected share is 0."
            )
        return tuple(lines)

    def correction(self, caption: str, *, tested: bool) -> Correction:
        """Set raw and corrected side by side."""
        raw = shares_of(self.raw)
        figures = {
            FIGURES[0]: (raw, self.plain if tested else without_test(self.raw)),
            FIGURES[2]: (self.shares, self.test() if tested else self.untested),
        }
        rng = np.random.default_rng(0)
        parts = []
        names = (self.raw.target, self.raw.baseline)
        for side, (outlet, rates) in enumerate(zip(names, self.rates, strict=True)):
            recall, false = (one[:, None] for one in rates.drawn(rng))
            ends = [(1 - LEVEL) / 2, (1 + LEVEL) / 2]
            low, high = np.quantile(solved(raw[side], recall, false), ends, axis=0)
            parts.append(
                pd.DataFrame(
                    {"item": self.raw.items.astype(object), "outlet": outlet,
                     "machine": raw[side], "corrected": self.shares[side],
                     "off": raw[side] - self.shares[side], "off_low": raw[side] - high,
                     "off_high": raw[side] - low, "codes": rates.there + rates.rest,
                     "articles": 0}
                )
            )  # fmt: skip
        off = pd.concat(parts).sort_values("item", kind="stable", ignore_index=True)
        return Correction(
            table=side_by_side(self.raw.items, figures)[TABLE_COLUMNS],
            off=off,
            more=pd.DataFrame(columns=["item", "codes", "width", "to_halve"]),
            caption=f"Machine and corrected. {caption}",
            notes=self.notes(),
        )


def _limits(drawn: Floats, level: float) -> dict[str, Floats]:
    """Give p and limits of difference and ratio from drawn shares."""
    target, baseline = drawn
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(target == baseline, 1.0, target / baseline)
    apart = np.sort(target - baseline, axis=0)
    ratio = np.sort(ratio, axis=0)
    least = np.minimum((apart <= 0).sum(axis=0), (apart >= 0).sum(axis=0))
    place = int((1 - level) / 2 * (DRAWS + 1)) - 1
    none = np.full(apart.shape[1], np.inf)
    inside = place >= 0
    return {
        "p": np.minimum(2 * (least + 1) / (DRAWS + 1), 1.0),
        "low": apart[place] if inside else -np.minimum(none, 1.0),
        "high": apart[-1 - place] if inside else np.minimum(none, 1.0),
        "ratio_low": ratio[place] if inside else 0.0 * apart[0],
        "ratio_high": ratio[-1 - place] if inside else none,
    }
