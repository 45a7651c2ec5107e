"""Correction: counts of a machine, put right by a coded sample.

The count of an article becomes what the codes say of units like its own, plus how its
own coded units differ from that, over their probability of being drawn: design-based
supervised learning (Egami, Hinck, Stewart & Wei 2023, https://arxiv.org/abs/2306.04746)
with the article as cluster. What the codes say is asked by outlet and machine label,
which is the power tuning of prediction-powered inference (Angelopoulos, Duchi & Zrnic
2023, https://arxiv.org/abs/2311.01453) for labels of yes and no.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from scipy.special import ndtri, stdtrit

from framelens._wording import counted
from framelens.compare.inference import LEVEL, MOST, Estimates, variances, without_test
from framelens.compare.limits import Above
from framelens.compare.units import sides

if TYPE_CHECKING:
    import numpy.typing as npt

    from framelens.compare.design import Design
    from framelens.compare.inference import Units
    from framelens.compare.jackknife import Floats, Whole

FEWEST = 5
"""Codes of an outlet and machine label, at least, for an interval."""


LABELS = 3
"""What the machine may say of a unit: not counted, in another voice, counted."""


@dataclass(frozen=True, eq=False)
class Score(Above):
    """The evidence of `Above`, where a share comes from a sample and not from bursts.

    Its variance goes with the share, as that of a small share of a sample does: the
    limits are those of a score test (Wilson 1927).
    """

    def limits(self, alpha: Floats) -> tuple[Floats, Floats]:
        """Give how low the first share may be, and how high the second."""
        t = np.maximum(-stdtrit(self.degrees, alpha / 2), np.finfo(float).tiny) / 2
        one, two = t * self.more_error, t * self.less_error
        low: Floats = self.more * (np.sqrt(1 + one**2) - one) ** 2
        high: Floats = self.less * (np.sqrt(1 + two**2) + two) ** 2
        return low, high


@dataclass(frozen=True, eq=False)
class Corrected:
    """A comparison of corrected counts.

    Of each side, item by item: `coding` is the variance of its share that coding a
    sample adds, `seen` the part of it that the counts of `design` show by themselves,
    `free` its degrees of freedom, `clusters` in how many articles codes lie. Of each
    side and machine label (not counted, in another voice, counted): `least` is the
    variance of independent codes, `parts` what part of the side's units it has (as
    events weigh), `codes` how many codes of `units` there are, `rate` what share of
    them is yes.
    """

    design: Design
    coding: Floats
    seen: Floats
    free: Floats
    least: Floats
    parts: Floats
    clusters: Whole
    codes: Whole
    units: Whole
    rate: Floats

    @property
    def enough(self) -> npt.NDArray[np.bool_]:
        """Whether there are codes enough for an interval, item by item."""
        fits = (self.codes >= np.minimum(FEWEST, self.units)).all(axis=(0, 1))
        return np.asarray(fits & (self.clusters >= 2).all(axis=0))

    def reason(self, row: int) -> str:
        """Say why an item has no interval."""
        if self.enough[row]:
            return "corrected, an outlet has none of it"
        few = int(self.codes[:, :, row].min())
        return (
            f"{counted(few, 'code')} of an outlet and machine label; a corrected "
            f"interval needs {FEWEST}, in 2 articles of each outlet"
        )

    @np.errstate(invalid="ignore")  # of items without codes enough
    def estimates(
        self,
        units: Units,
        which: Whole | None = None,
        *,
        level: float = LEVEL,
        untested: Estimates | None = None,
    ) -> Estimates:
        """Give p and intervals at a level, as `framelens.compare.inference` does.

        The limits of both shares are put together as there; the variances of articles
        and of coding add up, and so do their degrees of freedom (Satterthwaite).
        """
        plain = untested or without_test(self.design, events=units.kind == "events")
        made = self.errors(units)
        levels, own, whole = made.levels, made.own, made.whole
        with np.errstate(all="ignore"):
            coding = self.coding / levels**2
            others = np.maximum(whole - coding.sum(axis=0), 0.0)
            least = others**2 / made.free + (coding**2 / self.free).sum(axis=0)
            degrees = np.fmax(whole**2 / least, 1.0)
            one, two = np.sqrt(own)
            together = np.clip(made.shared / (one * two), -MOST, MOST)
            above = Score(levels[0], levels[1], one, two, together, degrees)
            below = Score(levels[1], levels[0], two, one, together, degrees)
            alpha = np.full(len(whole), 1.0 - level)
            low, ratio_low = above.least(alpha)
            high, ratio_high = below.least(alpha)
            values = {
                "p": np.minimum(above.p(), below.p()),
                "low": np.clip(low, -1, 1), "high": np.clip(-high, -1, 1),
                "ratio_low": ratio_low, "ratio_high": 1.0 / ratio_high,
            }  # fmt: skip
            tested = self.enough & (levels > 0).all(axis=0) & (whole > 0)
        if which is not None:
            tested &= np.isin(np.arange(len(tested)), which)
        known = {name: np.where(tested, x, np.nan) for name, x in values.items()}
        return replace(plain, **known)

    @np.errstate(all="ignore")
    def errors(self, units: Units) -> Errors:
        """Give the variances of the logarithms of both shares, articles and coding."""
        made = errors_of(self.design, units)
        return replace(made, own=made.own + (self.coding - self.seen) / made.levels**2)

    def for_half(self, units: Units) -> Floats:
        """Give how many more codes halve the interval of the difference; or infinity.

        What coding adds to the variance falls as codes grow; what articles add stays.
        """
        made = self.errors(units)
        with np.errstate(all="ignore"):
            whole = (made.own * made.levels**2).sum(axis=0)
            whole -= 2 * made.shared * made.levels.prod(axis=0)
        return codes_for_half(whole, self.coding.sum(axis=0), self.codes)

    def shares(self) -> Floats:
        """Give the corrected share of both sides: (2, items)."""
        into, mask = self.design.weight, self.design.is_target
        k = self.design.k.toarray()
        return np.stack([into[mask] @ k[mask], into[~mask] @ k[~mask]])

    def limits(self, *, whole: bool) -> tuple[Floats, Floats]:
        """Give the limits of both corrected shares, for these articles only.

        Where whole articles were drawn, codes are worth less than independent ones.
        """
        codes = self.codes.astype(float)
        if whole:
            with np.errstate(all="ignore"):
                loss = np.fmin(self.least.sum(axis=1) / self.coding, 1.0)
            codes *= np.nan_to_num(loss, nan=1.0)[:, None]
        parts = (self.parts, self.rate, codes, self.units.astype(float))
        down, up = share_limits(*(np.moveaxis(one, 1, 0) for one in parts))
        share = self.shares()
        return share - down, share + up


@dataclass(frozen=True, eq=False)
class Errors:
    """Variances (`own`) and covariance of the logarithms of both shares (`levels`).

    `free` are the degrees of freedom of what is due to articles.
    """

    levels: Floats
    own: Floats
    shared: Floats
    free: int

    @property
    def whole(self) -> Floats:
        """The variance of the logarithm of the ratio."""
        whole: Floats = self.own.sum(axis=0) - 2 * self.shared
        return whole


def codes_for_half(whole: Floats, coding: Floats, codes: Whole) -> Floats:
    """Say how many more `codes` halve an interval whose variance is partly `coding`."""
    with np.errstate(all="ignore"):
        room = whole / 4 - np.maximum(whole - coding, 0.0)
        more = codes.sum(axis=(0, 1)) * (coding / room - 1)
    return np.where((room > 0) & np.isfinite(more), np.ceil(more), np.inf)


@np.errstate(invalid="ignore")
def errors_of(design: Design, units: Units) -> Errors:
    """Give the variances of the logarithms of both shares that are due to articles."""
    events = units.kind == "events"
    cuts = [sides(design, slice(None), None if events else units.groups)]
    target, baseline = cuts[0]
    parts = variances(target, baseline, paired=events, exact=False)
    if events and units.clustered:
        cuts.append(sides(design, slice(None), units.groups))
        parts = parts.or_larger(variances(*cuts[1], paired=False, exact=False))
    levels = np.array([target.level, baseline.level])
    own = np.array([parts.target, parts.baseline])
    free = len(target.n) - 1 if events else len(target.n) + len(baseline.n) - 2
    return Errors(levels, own, parts.shared, free)


def share_limits(
    part: Floats, rate: Floats, codes: Floats, units: Floats
) -> tuple[Floats, Floats]:
    """Give how far down and up a share may be that strata (first axis) add up to.

    `part` is the share of the units that each stratum has. Wilson's limits of each,
    put together (Yan & Su 2010, https://doi.org/10.1002/sim.3917); strata of which all
    units were coded are sure, those without codes may be anything.
    """
    z2 = ndtri((1 + LEVEL) / 2) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        n = codes / np.clip(1.0 - codes / units, 1e-9, 1.0)
        middle = (rate + z2 / (2 * n)) / (1 + z2 / n)
        reach = np.sqrt(z2 * rate * (1 - rate) / n + z2**2 / (4 * n**2)) / (1 + z2 / n)
        low = np.where(codes > 0, rate - (middle - reach), rate)
        high = np.where(codes > 0, middle + reach - rate, 1.0 - rate)
        empty = units <= 0
        down, up = (np.where(empty, 0.0, (part * x) ** 2) for x in (low, high))
    return np.sqrt(down.sum(axis=0)), np.sqrt(up.sum(axis=0))


def corrected(
    design: Design,
    codes: pd.DataFrame,
    *,
    others: Floats | None = None,
    certain: npt.NDArray[np.bool_] | None = None,
    machine: bool = True,
) -> Corrected:
    """Correct the counts of a design by codes of some of its units.

    `codes` has one row per coded unit: ``item, article, machine`` (whether it was
    counted), ``elsewhere`` (whether in another voice), ``code`` (from 0 to 1) and
    ``probability``. `others` (articles, items) are the units counted in another voice;
    `certain` (items): where nothing was counted in any voice, there is nothing. Without
    `machine` its labels are not used: what the codes alone say.
    """
    items, articles = len(design.items), len(design.articles)
    item = design.items.get_indexer(pd.Index(codes["item"]))
    article = pd.Index(design.articles["article"]).get_indexer(
        pd.Index(codes["article"])
    )
    there = (item >= 0) & (article >= 0)
    rows = codes[there]
    item, article = item[there], article[there]
    sure = np.zeros(items, bool) if certain is None else certain
    found = design.k.toarray()
    elsewhere = np.zeros(found.shape) if others is None else others
    if machine:
        label = np.where(rows["machine"], 2, np.where(rows["elsewhere"], 1, 0))
        like = [design.n[:, None] - found - elsewhere, elsewhere, found]
    else:
        label = sure[item].astype(np.int64)
        here = np.where(sure, found + elsewhere, 0.0)
        like = [design.n[:, None] - here, here, np.zeros(found.shape)]
    like[0] = np.where(sure, 0.0, like[0])
    kinds = np.stack(like, axis=1)  # (articles, labels, items)
    code, drawn = rows["code"].to_numpy(float), 1 / rows["probability"].to_numpy(float)
    side = np.where(design.is_target, 0, 1)
    place = (LABELS * side[article] + label) * items + item

    def added(values: Floats | None = None) -> Floats:
        whole = np.bincount(place, values, 2 * LABELS * items)
        return whole.reshape(2, LABELS, items).astype(float)

    into = design.weight
    masks = [design.is_target, ~design.is_target]
    units = np.stack([kinds[mask].sum(axis=0) for mask in masks])
    parts = np.stack([np.tensordot(into[mask], kinds[mask], 1) for mask in masks])
    codes_of = added()
    # where all were coded, each stands for itself
    drawn = np.where((codes_of >= units).reshape(-1)[place], 1.0, drawn)
    weight = added(drawn)
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = np.where(units > 0, added(drawn * code) / weight, 0.0)
        scale = np.where(weight > 0, units / weight, 0.0)
        near = (rate * codes_of + 0.5) / (codes_of + 1.0)
        left = np.where(units > 0, np.clip(1.0 - codes_of / units, 0.0, 1.0), 0.0)
        least = np.where(units > 0, left * parts**2 * near * (1 - near) / codes_of, 0)
    rest = (code - rate.reshape(-1)[place]) * drawn * scale.reshape(-1)[place]
    own = np.bincount(article * items + item, rest, articles * items)
    k = (kinds * rate[side]).sum(axis=1) + own.reshape(articles, items)
    # how far the codes in each article move the share of its side
    rest *= np.sqrt(left.reshape(-1)[place]) * into[article]
    cluster, back = np.unique(article * items + item, return_inverse=True)
    moved = np.bincount(back.ravel(), rest) ** 2
    cell = side[cluster // items] * items + cluster % items
    seen = np.bincount(cell, moved, 2 * items).reshape(2, items).astype(float)
    clusters = np.bincount(cell, minlength=2 * items).reshape(2, items)
    free = np.maximum(clusters - 1.0, 1.0)
    # squared, as leaving out one article at a time would give it
    firm, binomial = seen * (clusters / free) ** 2, least.sum(axis=1)
    free = np.where(firm > binomial, free, np.maximum(codes_of.sum(axis=1) - 2, free))
    return Corrected(
        replace(design, k=csr_array(k)),
        np.maximum(firm, binomial),
        seen,
        free,
        least,
        parts,
        clusters.astype(np.int64),
        codes_of.astype(np.int64),
        units.round().astype(np.int64),
        rate,
    )
