"""Accuracy: how often the machine is right, outlet by outlet, as codes have it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.special import fdtrc, stdtrit

from framelens._result import Result
from framelens._wording import counted
from framelens.compare.coded import coding_weights, outlet_share, said_of
from framelens.compare.codes import drawn_whole, one_code_each, read_codes
from framelens.compare.correction import LABELS
from framelens.compare.inference import LEVEL, for_all
from framelens.compare.wording import within
from framelens.measure.counts import NO_OUTLET

if TYPE_CHECKING:
    from framelens.compare.codes import Codes
    from framelens.compare.jackknife import Floats

FIGURES = ("precision", "recall", "f1")
"""What is measured."""

FEW = 30
"""Codes of an outlet below which a difference between outlets would hardly show."""

TABLE_COLUMNS = [
    "item", "outlet",
    *(f"{name}{end}" for name in FIGURES for end in ("", "_low", "_high")), "machine",
    "corrected", "corrected_low", "corrected_high", "codes", "articles",
]  # fmt: skip
"""The columns of the table."""


@dataclass(frozen=True, eq=False)
class Accuracy(Result):
    """How often the machine is right, as `accuracy` returns it.

    Attributes
    ----------
    table : DataFrame
        One row per item and outlet: ``precision`` (of the passages that the machine
        counted, the share that the codes have too), ``recall`` (the other way round),
        ``f1``, each with ``_low, _high`` (95 %, articles as clusters); ``machine``
        (share of passages that it counted), ``corrected`` (the same by the codes,
        with ``corrected_low, corrected_high``: 95 %, of these articles), ``codes``,
        ``articles`` (with codes). Undefined is NaN, as shares are where only passages
        with the item were drawn.
    tests : DataFrame
        ``item, figure, p`` (that the figure is the same in all outlets) and ``p_max``
        (holds for all of them at once, Holm 1979).
    caption : str
    notes : tuple of str
    """

    table: pd.DataFrame = field(repr=False)
    tests: pd.DataFrame = field(repr=False)
    caption: str = field(repr=False)
    notes: tuple[str, ...] = field(repr=False)

    def shown(self) -> pd.DataFrame:
        """Lay out every figure with its interval, in %."""
        table = self.table
        shown = table[["item", "outlet", "codes"]].copy()
        shown["machine (%)"] = within(table["machine"], times=100)
        names = {"corrected (%)": "corrected"} | {
            f"{one.replace('f1', 'F1')} (%)": one for one in FIGURES
        }
        for name, one in names.items():
            ends = (table[f"{one}{end}"] for end in ("", "_low", "_high"))
            shown[name] = within(*ends, times=100)
        return shown


def accuracy(codes: Codes) -> Accuracy:
    """Measure how often the machine is right, in each outlet, against codes.

    Parameters
    ----------
    codes : DataFrame, path or list of them
        Sheets of `framelens.to_code`, filled in: ``id, item, article, outlet,
        machine, probability, label``.

    Returns
    -------
    Accuracy

    Raises
    ------
    ColumnError, InputError
        As for `framelens.read_codes`.

    Notes
    -----
    Every passage counts as one over its probability of being drawn. Intervals are
    Wilson's with the number of independent codes that the variance between articles
    amounts to (Korn & Graubard 1998), of the corrected share those of its strata put
    together (Yan & Su 2010). The test sets the figures of outlets against their
    errors (Wald, with F).

    References
    ----------
    Korn, E. L., and Graubard, B. I. (1998). Confidence intervals for proportions with
    small expected number of positive counts estimated from survey data. Survey
    Methodology 24, 193-201.

    Examples
    --------
    >>> codes = pd.DataFrame({
    ...     "id": [f"s{i}" for i in range(40)], "item": "doubt", "probability": 0.1,
    ...     "article": [f"a{i // 4}" for i in range(40)],
    ...     "outlet": ["Daily"] * 20 + ["Herald"] * 20,
    ...     "machine": ["yes", "no"] * 20,
    ...     "label": ["yes", "no"] * 10 + ["yes", "no", "yes", "yes"] * 5})
    >>> found = accuracy(codes)
    >>> found.table[["outlet", "precision", "recall", "machine", "corrected"]].round(2)
       outlet  precision  recall  machine  corrected
    0   Daily        1.0    1.00      0.5       0.50
    1  Herald        1.0    0.67      0.5       0.75
    """
    needed = ("id", "item", "article", "outlet", "machine", "probability", "label")
    rows = read_codes(codes, needed=needed)
    rows = rows.assign(outlet=rows["outlet"].fillna(NO_OUTLET))
    each = one_code_each(rows)
    each["weight"] = 1 / coding_weights(rows, each)
    drawn = rows.drop_duplicates(["item", "id"])
    drawn = drawn.assign(weight=1 / drawn["probability"])
    parts, tests = [], []
    for item, mine in each.groupby("item", sort=True):
        found = {}
        for outlet, coded in mine.groupby("outlet", sort=True):
            of = drawn[drawn["item"].eq(item) & drawn["outlet"].eq(outlet)]
            found[outlet] = {name: _figure(coded, name) for name in FIGURES}
            parts.append({"item": item, "outlet": outlet, **_row(found[outlet]),
                          **_shares(coded, of), "codes": len(coded),
                          "articles": coded["article"].nunique()})  # fmt: skip
        for name in FIGURES:
            p = _alike([figures[name] for figures in found.values()])
            tests.append({"item": item, "figure": name, "p": p})
    table, tested = pd.DataFrame(parts)[TABLE_COLUMNS], pd.DataFrame(tests)
    known = tested["p"].notna()
    tested["p_max"] = np.nan
    tested.loc[known, "p_max"] = for_all(tested.loc[known, "p"].to_numpy())
    return Accuracy(
        table=table,
        tests=tested,
        caption=(
            f"How often the machine is right, by {counted(len(each), 'code')} in "
            f"{counted(each['article'].nunique(), 'article')} of "
            f"{counted(each['outlet'].nunique(), 'outlet')}; 95 % intervals."
        ),
        notes=_notes(table, tested),
    )


class Figure:
    """A ratio with the number of independent codes that it is worth."""

    def __init__(self, over: Floats, under: Floats, coded: pd.DataFrame) -> None:
        weight = coded["weight"].to_numpy(float)
        whole = float((weight * under).sum())
        cluster = pd.factorize(coded["article"])[0]
        self.clusters = len(np.unique(cluster[under > 0]))
        self.value, self.worth = np.nan, 0.0
        if whole <= 0:
            return
        self.value = float((weight * over).sum()) / whole
        kish = whole**2 / float(((weight * under) ** 2).sum())
        moved = np.bincount(cluster, weight * (over - self.value * under)) / whole
        variance = float((moved**2).sum()) * self.clusters / max(self.clusters - 1, 1)
        spread = self.value * (1 - self.value)
        self.worth = min(spread / variance, kish) if variance > 0 else kish

    def limits(self) -> tuple[float, float]:
        """Give Wilson's interval, with t for the number of articles."""
        if not self.worth:
            return np.nan, np.nan
        t = float(stdtrit(max(self.clusters - 1, 1), (1 + LEVEL) / 2))
        n, share = self.worth, self.value
        middle = (share + t**2 / (2 * n)) / (1 + t**2 / n)
        reach = t / (1 + t**2 / n)
        reach *= np.sqrt(share * (1 - share) / n + t**2 / (4 * n**2))
        return max(middle - reach, 0.0), min(middle + reach, 1.0)


def _figure(coded: pd.DataFrame, name: str) -> Figure:
    """Measure precision, recall or F1."""
    said, code = coded["machine"].to_numpy(float), coded["code"].to_numpy(float)
    under = {"precision": said, "recall": code, "f1": (said + code) / 2}[name]
    return Figure(said * code, under, coded)


def _row(figures: dict[str, Figure]) -> dict[str, float]:
    """Lay out the figures of an outlet."""
    row = {}
    for name, figure in figures.items():
        row[name] = figure.value
        row[f"{name}_low"], row[f"{name}_high"] = figure.limits()
    return row


def _shares(coded: pd.DataFrame, drawn: pd.DataFrame) -> dict[str, float]:
    """Give the machine's share of an outlet, and the corrected one with its limits."""
    said = said_of(drawn)
    sizes = drawn["weight"].groupby(said).sum().reindex(range(LABELS), fill_value=0.0)
    number = sizes.to_numpy(float)
    if not number[0] and number[1]:  # only what holds the item was drawn
        names = ("machine", "corrected", "corrected_low", "corrected_high")
        return dict.fromkeys(names, np.nan)
    share, low, high = outlet_share(coded, number, whole=drawn_whole(drawn))
    return {
        "machine": float(number[2] / number.sum()), "corrected": share,
        "corrected_low": low, "corrected_high": high,
    }  # fmt: skip


def _alike(figures: list[Figure]) -> float:
    """Give p that a figure is the same in all outlets; NaN with fewer than two."""
    known = [one for one in figures if one.worth and one.clusters > 1]
    if len(known) < 2:
        return float("nan")
    value = np.array([one.value for one in known])
    worth = np.array([one.worth for one in known])
    near = (value * worth + 0.5) / (worth + 1)
    precision = worth / (near * (1 - near))
    mean = (precision * value).sum() / precision.sum()
    number = len(known) - 1
    free = sum(one.clusters - 1 for one in known)
    return float(fdtrc(number, free, (precision * (value - mean) ** 2).sum() / number))


def _notes(table: pd.DataFrame, tests: pd.DataFrame) -> tuple[str, ...]:
    """Say whether the error differs between outlets, and what the codes cannot show."""
    found = tests[tests["p_max"] < 1 - LEVEL]
    notes = [
        f"{row.item}: {str(row.figure).replace('f1', 'F1')} differs between outlets (p "
        f"{row.p_max:.2g}, for all figures at once): compare corrected figures, "
        "contrast(codes=)."
        for row in found.itertuples()
    ]
    if not len(found):
        few = int(table["codes"].min())
        text = "No clear difference in accuracy between outlets was found"
        if few < FEW:
            text += (
                f", but {counted(few, 'code')} of an outlet is too few to rule one out"
            )
        notes.append(f"{text}.")
    return (*notes, "The codes are taken to be right; see framelens.agreement.")
