"""Coded: what a machine counted, what codes alone say, and the corrected figure."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framelens._checks import InputError
from framelens._result import Result
from framelens._wording import counted, listed
from framelens.compare.as_counted import AsCounted, shares_of, side_by_side
from framelens.compare.codes import as_counted, drawn_whole, one_code_each, read_codes
from framelens.compare.correction import LABELS, corrected, share_limits
from framelens.compare.design import ALL
from framelens.compare.estimate import estimate
from framelens.compare.inference import LEVEL, estimates, without_test
from framelens.compare.passages import (
    PASSAGES,
    PassageCounts,
    counts_of_passages,
    passages_of,
    places_of,
)
from framelens.compare.wording import VOICES, within

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from framelens.compare.codes import Codes
    from framelens.compare.correction import Corrected
    from framelens.compare.design import Design, Floats, Whole
    from framelens.compare.inference import Estimates, Units
    from framelens.compare.units import Floors
    from framelens.measure.counts import Counts

FIGURES = ("machine", "codes alone", "corrected")
"""What stands side by side."""

TABLE_COLUMNS = ["item", "figure", "target_share", "baseline_share", "difference",
                 "low", "high", "ratio", "ratio_low", "ratio_high", "p"]  # fmt: skip
"""The columns of a correction's table."""


@dataclass(frozen=True, eq=False)
class Correction(Result):
    """How a comparison was corrected: ``.correction`` of what was compared.

    Attributes
    ----------
    table : DataFrame
        One row per item and figure: ``item, figure`` ("machine", "codes alone",
        "corrected"), ``target_share, baseline_share, difference, low, high, ratio,
        ratio_low, ratio_high, p`` as in the table of `Contrast`. Of several outlets
        also ``target, baseline``; over time ``block``, and no p.
    off : DataFrame
        How far the machine was off: ``item, outlet, machine, corrected`` (shares),
        ``off`` (machine minus corrected), ``off_low, off_high`` (95 %: of these
        articles, from coding a sample of them, or from the number of judgements
        behind published rates), ``codes`` (or these judgements), ``articles`` (with
        codes).
    more : DataFrame
        ``item, codes, width`` (of the interval of the corrected difference),
        ``to_halve`` (how many more codes halve it; infinity where no number does,
        since articles differ). Without codes it is empty.
    caption : str
    notes : tuple of str
    """

    table: pd.DataFrame = field(repr=False)
    off: pd.DataFrame = field(repr=False)
    more: pd.DataFrame = field(repr=False)
    caption: str = field(repr=False)
    notes: tuple[str, ...] = field(repr=False)

    def shown(self) -> pd.DataFrame:
        """Lay out shares, difference and ratio with their intervals, in few columns."""
        table = self.table
        names = ["item", "target", "baseline", "block", "figure"]
        shown = table[[name for name in names if name in table]].copy()
        sides = (within(table[f"{side}_share"], times=100) for side in
                 ("target", "baseline"))  # fmt: skip
        shown["shares (%)"] = [f"{a} and {b}" for a, b in zip(*sides, strict=True)]
        points = (table[name] for name in ("difference", "low", "high"))
        shown["difference (points)"] = within(*points, times=100)
        ratio = (table[name] for name in ("ratio", "ratio_low", "ratio_high"))
        shown["ratio"] = within(*ratio, digits=2)
        return shown.assign(p=table["p"]) if "p" in table else shown


@dataclass(frozen=True, eq=False)
class Coded:
    """Codes of passages, and the counts of these passages that they correct."""

    counts: Counts
    codes: pd.DataFrame
    voice: str
    unclear: int

    def of(self, design: Design, units: Units, floors: Floors) -> Coding:
        """Correct the counts of a design."""
        items = set(self.codes["item"])
        gone = items - set(design.items)
        if gone:
            raise InputError(
                f"{listed(gone)}: counted in no passage of {design.target} or "
                f"{design.baseline}, so there is nothing to correct; compare the codes "
                "themselves."
            )
        return Coding(design, units, floors, 0, self)

    def among(self, outlets: Sequence[str]) -> Coded:
        """Keep the codes of some outlets, and of what was counted there."""
        counts = self.counts.select(outlets=outlets)
        items = set(counts.counts["item"])
        mine = self.codes["article"].isin(counts.totals["article"])
        codes = self.codes[mine & self.codes["item"].isin(items)]
        return replace(self, counts=counts, codes=codes)

    def notes(self) -> tuple[str, ...]:
        """Say how the correction was made, and what it rests on."""
        codes = self.codes
        lines = [
            f"Corrected by {counted(len(codes), 'code')} in "
            f"{counted(codes['article'].nunique(), 'article')} (design-based "
            "supervised learning, Egami, Hinck, Stewart & Wei 2023): intervals hold "
            "the error of the machine, that of coding a sample, and that of articles. "
            "The codes are taken to be right.",
        ]
        if self.unclear:
            lines.append(
                f"{counted(self.unclear, 'passage')} could not be told: left "
                "out, as if like the others of their outlet and machine label."
            )
        if not (~codes["machine"] & ~codes["elsewhere"]).any() and (
            codes["elsewhere"].any()
        ):
            lines.append(
                "Passages in which the item was counted in no voice were not coded: "
                "they are taken to be without it."
            )
        coders = codes["coder"].nunique() if "coder" in codes else 1
        if coders > 1:
            lines.append(
                "Where coders differ, their mean counts; see framelens.agreement."
            )
        return tuple(lines)

    def corrected(self, design: Design, *, machine: bool = True) -> Corrected:
        """Correct the counts of a design, or see what the codes alone say."""
        others = np.zeros(design.k.shape)
        known = getattr(self.counts, "others", None)
        if known is not None:
            article, item = (known.index.get_level_values(i) for i in (0, 1))
            row = pd.Index(design.articles["article"]).get_indexer(article)
            column = design.items.get_indexer(item)
            there = (row >= 0) & (column >= 0)
            others[row[there], column[there]] = known.to_numpy()[there]
        rest = ~self.codes["machine"] & ~self.codes["elsewhere"]
        drawn = set(self.codes.loc[rest, "item"])
        certain = np.array([item not in drawn for item in design.items])
        certain &= others.any(axis=0)
        return corrected(
            design, self.codes, others=others, certain=certain, machine=machine
        )


@dataclass(frozen=True, eq=False)
class Coding(AsCounted):
    """A comparison whose counts are corrected by codes."""

    coded: Coded
    corrected_by = "codes"

    @cached_property
    def made(self) -> Corrected:
        """The corrected counts, and how sure they are."""
        return self.coded.corrected(self.raw)

    @property
    def design(self) -> Design:
        """The design with corrected counts."""
        return self.made.design

    @cached_property
    def estimated(self) -> pd.DataFrame:
        """What needs no test: corrected, but for how evenly an item lies."""
        found = estimate(self.design)
        beside = estimate(self.raw)[["found_in", "dispersion"]]
        for name in ("target_k", "baseline_k"):
            found[name] = found[name].round(1)
        found[beside.columns] = beside
        return found

    @cached_property
    def untested(self) -> Estimates:
        """What there is where nothing is tested; NaN of items without enough codes."""
        with np.errstate(invalid="ignore"):
            return without_test(self.design)

    def test(
        self,
        which: Whole | None = None,
        *,
        level: float = LEVEL,
        untested: Estimates | None = None,
    ) -> Estimates:
        """Give p and intervals of the corrected difference."""
        return self.made.estimates(self.units, which, level=level, untested=untested)

    def reasons(self, made: Estimates) -> list[str | None]:
        """Say of each item why it is not tested; None where it is."""
        return [
            None if not np.isnan(p) else self.made.reason(row)
            for row, p in enumerate(made.p)
        ]

    def added(
        self, statistic: Callable[[Floats, Floats], float]
    ) -> tuple[float, float]:
        """Give what coding a sample adds to the variance of a statistic of shares.

        Each share is moved by its standard error, one at a time; that the articles
        differ, codes and all, is in the rest of the variance.
        """
        made, shares = self.made, self.made.shares()
        error = np.sqrt(np.maximum(made.coding - made.seen, 0.0))
        variance, least = 0.0, 0.0
        for side, item in np.argwhere(error > 0):
            ends = []
            for way in (1, -1):
                moved = shares.copy()
                moved[side, item] += way * error[side, item]
                ends.append(statistic(*moved))
            one = ((ends[0] - ends[1]) / 2) ** 2
            variance += one
            least += one**2 / made.free[side, item]
        return variance, variance**2 / least if least > 0 else np.inf

    def reworded(self, text: str) -> str:
        """Say in an estimand what is shared: passages with the item in its voice."""
        unit = self.raw.unit
        voice = "" if self.coded.voice == ALL else (
            f" in {VOICES.get(self.coded.voice, self.coded.voice)}"
        )  # fmt: skip
        return text.replace(
            f"Share of {unit} in {VOICES[ALL]}",
            f"Corrected by codes: share of {unit} with the item{voice}",
        )

    def notes(self) -> tuple[str, ...]:
        """Say how the correction was made, and what it rests on."""
        return self.coded.notes()

    def correction(self, caption: str, *, tested: bool) -> Correction:
        """Set raw, coded alone and corrected side by side."""
        alone = self.coded.corrected(self.raw, machine=False)
        if tested:
            found = [
                estimates(self.raw, self.units, self.floors),
                alone.estimates(self.units),
                self.test(),
            ]
        else:
            with np.errstate(invalid="ignore"):
                found = [without_test(self.raw), without_test(alone.design)]
            found.append(self.untested)
        shares = [shares_of(self.raw), alone.shares(), self.made.shares()]
        rows = dict(zip(FIGURES, zip(shares, found, strict=True), strict=True))
        items = np.asarray(self.raw.items, dtype=object)
        return Correction(
            table=side_by_side(self.raw.items, rows)[TABLE_COLUMNS],
            off=self._off(),
            more=pd.DataFrame(
                {"item": items, "codes": self.made.codes.sum(axis=(0, 1)),
                 "width": found[2].high - found[2].low,
                 "to_halve": self.made.for_half(self.units)}
            ),
            caption=f"Machine, codes alone and corrected. {caption}",
            notes=self.notes(),
        )  # fmt: skip

    def _off(self) -> pd.DataFrame:
        """Say how far each outlet's machine figure was off."""
        raw, share = shares_of(self.raw), self.made.shares()
        low, high = self.made.limits(whole=drawn_whole(self.coded.codes))
        codes = self.made.codes.sum(axis=1)
        parts = [
            pd.DataFrame(
                {"item": np.asarray(self.raw.items, dtype=object), "outlet": outlet,
                 "machine": raw[side], "corrected": share[side],
                 "off": raw[side] - share[side], "off_low": raw[side] - high[side],
                 "off_high": raw[side] - low[side], "codes": codes[side],
                 "articles": self.made.clusters[side]}
            )
            for side, outlet in enumerate((self.raw.target, self.raw.baseline))
        ]  # fmt: skip
        return pd.concat(parts).sort_values("item", kind="stable", ignore_index=True)


def coded_of(counts: Counts, codes: Codes | Coded, voice: str) -> Coded:
    """Read codes, and count the passages that they are a sample of.

    Counts that can be traced to sentences are counted by passages; others are taken to
    be of passages already, as those of a sample. Codes that were read are left alone.
    """
    if isinstance(codes, Coded):
        return codes
    rows = read_codes(codes)
    rows["article"] = as_counted(rows["article"], counts.totals["article"])
    voices = sorted(set(rows["voice"].dropna()) - {voice})
    if voices:
        raise InputError(
            f"the codes are of voice {voices[0]!r}, the comparison of {voice!r}; "
            f"compare with voice={voices[0]!r}."
        )
    each = one_code_each(rows)
    weight = coding_weights(rows, each)
    each["probability"] = weight
    items = sorted(set(each["item"]))
    if not isinstance(counts, PassageCounts) and counts.find is not None:
        units = sorted(set(rows["unit"].dropna())) or ["sentence"]
        if len(units) > 1 or units[0] not in PASSAGES:
            raise InputError(
                f"the codes are of {' and '.join(units)}; give the counts of these "
                "passages (sample.counts), or codes of sentences or of articles."
            )
        found = passages_of(counts, items, voice=voice, unit=units[0])
        _same(found, rows)
        counts = counts_of_passages(found, units[0], counts)
    else:
        counts = counts.select(items=items)
    unclear = int(rows.loc[~rows["id"].isin(each["id"]), "unclear"].sum())
    return Coded(counts, each, voice, unclear)


def off_of(coded: Coded) -> pd.DataFrame:
    """Say how far the machine was off in each outlet, over all its articles.

    The columns of `Correction.off`.
    """
    counts, codes = coded.counts, coded.codes.assign(weight=1.0)
    codes["weight"] = 1 / codes["probability"]
    totals = counts.totals.set_index("article")["outlet"]
    codes["side"] = codes["article"].map(totals)
    n = counts.totals.groupby("outlet")["n"].sum()
    k = counts.counts.groupby(["item", "outlet"])["k"].sum()
    others = pd.Series(dtype=float)
    if isinstance(counts, PassageCounts) and counts.others is not None:
        found = counts.others.rename("k").reset_index()
        found["outlet"] = found["article"].map(totals)
        others = found.groupby(["item", "outlet"])["k"].sum()
    whole = drawn_whole(coded.codes)
    rows = []
    for item, mine in codes.groupby("item", sort=True):
        voices = bool(mine["elsewhere"].any())
        certain = voices and not (~mine["machine"] & ~mine["elsewhere"]).any()
        for outlet, units in zip(n.index.astype(str), n, strict=True):
            here = [float(x.get((item, outlet), 0.0)) for x in (others, k)]
            number = np.array([float(units) - sum(here), *here])
            own = mine[mine["side"].eq(outlet)]
            share, low, high = outlet_share(own, number, whole=whole, certain=certain)
            machine = number[2] / number.sum()
            rows.append(
                {"item": item, "outlet": outlet, "machine": machine,
                 "corrected": share, "off": machine - share, "off_low": machine - high,
                 "off_high": machine - low, "codes": len(own),
                 "articles": own["article"].nunique()}
            )  # fmt: skip
    return pd.DataFrame(rows)


def outlet_share(
    codes: pd.DataFrame, number: Floats, *, whole: bool, certain: bool = False
) -> tuple[float, float, float]:
    """Give the corrected share of one outlet and its limits, of these articles.

    `number` counts its passages by machine label: not counted, in another voice,
    counted; `certain`: what was not counted in any voice is without the item; `whole`:
    articles were drawn, or passages whatever their label. NaN where passages of a label
    were drawn by it, and not coded.
    """
    said = said_of(codes)
    labels = range(LABELS)
    drawn = codes.groupby(said).size().reindex(labels, fill_value=0).to_numpy(float)
    if whole and ((number > 0) & (drawn == 0)).any():
        # no passage of a label was drawn, and labels were not drawn from: all are alike
        said, number = 0 * said, np.array([number.sum(), 0.0, 0.0])
        drawn = np.array([float(len(codes)), 0.0, 0.0])
    # where all were coded, each stands for itself
    alone = pd.Series(drawn >= number)[said].to_numpy()
    codes = codes.assign(weight=codes["weight"].mask(alone, 1.0))
    groups = codes.groupby(said)
    sums = (codes["code"] * codes["weight"]).groupby(said).sum()
    rate = (sums / groups["weight"].sum()).reindex(labels).to_numpy(float)
    part, sizes = number / number.sum(), number.copy()
    if certain:
        rate[0] = sizes[0] = 0.0
    share = float(np.where(number > 0, part * rate, 0.0).sum())
    loss = 1.0
    if whole and codes["weight"].gt(1).any():  # else nothing is left to chance
        rest = codes["code"] - rate[said.to_numpy()]
        moved = (rest * codes["weight"]).groupby(codes["article"]).sum() / number.sum()
        clustered = float((moved**2).sum()) * len(moved) / max(len(moved) - 1, 1)
        near = (rate * drawn + 0.5) / (drawn + 1)
        with np.errstate(divide="ignore", invalid="ignore"):
            alone = np.nansum(part**2 * near * (1 - near) / drawn)
        loss = min(alone / clustered, 1.0) if clustered > 0 else 1.0
    down, up = share_limits(part, rate, np.asarray(drawn * loss, float), sizes)
    return share, max(share - float(down), 0.0), min(share + float(up), 1.0)


def said_of(codes: pd.DataFrame) -> pd.Series:
    """Give what the machine said: 0 not counted, 1 in another voice, 2 counted."""
    said: pd.Series = 2 * codes["machine"].astype(int) + codes["elsewhere"]
    return said


def coding_weights(rows: pd.DataFrame, each: pd.DataFrame) -> np.ndarray:
    """Give the probability of being drawn and coded: blanks are left out at random."""
    keys = ["item", "outlet", "machine", "elsewhere"]
    drawn = rows.drop_duplicates(["item", "id"])
    share = each.groupby(keys, dropna=False).size() / drawn.groupby(
        keys, dropna=False
    ).size().astype(float)
    index = pd.MultiIndex.from_frame(each[keys])
    done = share.reindex(index).fillna(1.0).to_numpy()
    probability: np.ndarray = each["probability"].to_numpy(float) * done
    return probability


def _same(passages: pd.DataFrame, rows: pd.DataFrame) -> None:
    """Raise where a coded passage is not one of these counts, or was counted else."""
    if rows[["start", "end"]].isna().any(axis=None):
        return
    use = "use the corpus that the sample was drawn from"
    place = places_of(passages, rows, keys=["item", "article"], use=use)
    said = passages["machine"].to_numpy(bool)[place]
    other = said != rows["machine"].to_numpy(bool)
    if other.any():
        raise InputError(
            f"{rows[other].iloc[0]['id']}: the machine now says otherwise than in the "
            "sheet; use the counts that the sample was drawn from."
        )
