"""Coded: what a machine counted, what codes alone say, and the corrected figure."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framelens._checks import InputError
from framelens._result import Result
from framelens._wording import counted, listed
from framelens.compare.codes import drawn_whole, one_code_each, read_codes
from framelens.compare.correction import FEWEST, corrected
from framelens.compare.design import ALL
from framelens.compare.estimate import estimate
from framelens.compare.inference import estimates
from framelens.compare.passages import (
    PASSAGES,
    PassageCounts,
    counts_of_passages,
    passages_of,
)

if TYPE_CHECKING:
    from framelens.compare.codes import Codes
    from framelens.compare.correction import Corrected
    from framelens.compare.design import Design
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
    """How codes correct a comparison, as ``contrast(codes=).correction`` gives it.

    Attributes
    ----------
    table : DataFrame
        Three rows per item: ``item, figure`` ("machine", "codes alone", "corrected"),
        ``target_share, baseline_share, difference, low, high, ratio, ratio_low,
        ratio_high, p`` as in the table of `Contrast`.
    off : DataFrame
        How far the machine was off: ``item, outlet, machine, corrected`` (shares),
        ``off`` (machine minus corrected), ``off_low, off_high`` (95 %: of these
        articles, from coding a sample of them), ``codes, articles`` (with codes).
    more : DataFrame
        ``item, codes, width`` (of the interval of the corrected difference),
        ``to_halve`` (how many more codes halve it; infinity where no number does,
        since articles differ).
    caption : str
    notes : tuple of str
    """

    table: pd.DataFrame = field(repr=False)
    off: pd.DataFrame = field(repr=False)
    more: pd.DataFrame = field(repr=False)
    caption: str = field(repr=False)
    notes: tuple[str, ...] = field(repr=False)
    made: Coding = field(repr=False)


@dataclass(frozen=True, eq=False)
class Coded:
    """Codes of passages, and the counts of these passages that they correct."""

    counts: Counts
    codes: pd.DataFrame
    voice: str
    unclear: int

    def of(self, design: Design, units: Units) -> Coding:
        """Correct the counts of a design."""
        items = set(self.codes["item"])
        gone = items - set(design.items)
        if gone:
            raise InputError(
                f"{listed(gone)}: counted in no passage of {design.target} or "
                f"{design.baseline}, so there is nothing to correct; compare the codes "
                "themselves."
            )
        return Coding(self, design, units)

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
class Coding:
    """A design, and the same with its counts corrected."""

    coded: Coded
    raw: Design
    units: Units

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

    def test(
        self,
        which: np.ndarray | None = None,
        *,
        level: float = 0.95,
        untested: Estimates | None = None,
    ) -> Estimates:
        """Give p and intervals of the corrected difference."""
        return self.made.estimates(self.units, which, level=level, untested=untested)

    def reasons(self, made: Estimates) -> list[str | None]:
        """Say of each item why it is not tested; None where it is."""
        found: list[str | None] = []
        for row, p in enumerate(made.p):
            few = int(self.made.codes[:, :, row].min())
            if not np.isnan(p):
                found.append(None)
            elif not self.made.enough[row]:
                found.append(
                    f"{counted(few, 'code')} of an outlet and machine label; a "
                    f"corrected interval needs {FEWEST}, in 2 articles of each outlet"
                )
            else:
                found.append("corrected, an outlet has none of it")
        return found

    def reworded(self, text: str) -> str:
        """Say in an estimand what is shared: passages with the item in its voice."""
        from framelens.compare.wording import VOICES

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
        codes = self.coded.codes
        lines = [
            f"Corrected by {counted(len(codes), 'code')} in "
            f"{counted(codes['article'].nunique(), 'article')} (design-based "
            "supervised learning, Egami, Hinck, Stewart & Wei 2023): intervals hold "
            "the error of the machine, that of coding a sample, and that of articles. "
            "The codes are taken to be right.",
        ]
        if self.coded.unclear:
            lines.append(
                f"{counted(self.coded.unclear, 'passage')} could not be told: left "
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

    def correction(self, floors: Floors, caption: str) -> Correction:
        """Set raw, coded alone and corrected side by side."""
        alone = self.coded.corrected(self.raw, machine=False)
        raw = estimates(self.raw, self.units, floors)
        made = self.test()
        rows = [
            (self.raw, raw),
            (alone.design, alone.estimates(self.units)),
            (self.design, made),
        ]
        items = np.asarray(self.raw.items, dtype=object)
        parts = []
        for figure, (design, found) in zip(FIGURES, rows, strict=True):
            shares = _shares(design)
            beside = {
                name: getattr(found, name)
                for name in ("low", "high", "ratio", "ratio_low", "ratio_high", "p")
            }
            table = pd.DataFrame(
                {"item": items, "figure": figure, "target_share": shares[0],
                 "baseline_share": shares[1], "difference": shares[0] - shares[1],
                 **beside}
            )  # fmt: skip
            parts.append(table.assign(place=np.arange(len(items))))
        table = pd.concat(parts).sort_values("place", kind="stable")
        return Correction(
            table=table[TABLE_COLUMNS].reset_index(drop=True),
            off=self._off(),
            more=pd.DataFrame(
                {"item": items, "codes": self.made.codes.sum(axis=(0, 1)),
                 "width": made.high - made.low,
                 "to_halve": self.made.for_half(self.units)}
            ),
            caption=f"Machine, codes alone and corrected. {caption}",
            notes=self.notes(),
            made=self,
        )  # fmt: skip

    def _off(self) -> pd.DataFrame:
        """Say how far each outlet's machine figure was off."""
        raw, share = _shares(self.raw), self.made.shares()
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


def coded_of(counts: Counts, codes: Codes, voice: str) -> Coded:
    """Read codes, and count the passages that they are a sample of.

    Counts that can be traced to sentences are counted by passages; others are taken to
    be of passages already, as those of a sample.
    """
    rows = read_codes(codes)
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
    keys = ["item", "article", "start", "end"]
    if rows[["start", "end"]].isna().any(axis=None):
        return
    asked = rows.astype({"start": np.int64, "end": np.int64})
    known = passages.set_index(keys)["machine"]
    found = known.reindex(pd.MultiIndex.from_frame(asked[keys]))
    gone = found.isna().to_numpy()
    if gone.any():
        row = rows[gone].iloc[0]
        raise InputError(
            f"{row['id']}: no such passage in these counts (article "
            f"{row['article']!r}, {row['start']} to {row['end']}); use the corpus that "
            "the sample was drawn from."
        )
    other = found.to_numpy(bool) != rows["machine"].to_numpy(bool)
    if other.any():
        raise InputError(
            f"{rows[other].iloc[0]['id']}: the machine now says otherwise than in the "
            "sheet; use the counts that the sample was drawn from."
        )


def _shares(design: Design) -> np.ndarray:
    """Give the share of each item in both outlets, averaged over events."""
    into, mask, k = design.weight, design.is_target, design.k
    return np.stack([(k[mask].T @ into[mask]), (k[~mask].T @ into[~mask])])
