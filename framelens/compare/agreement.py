"""Agreement: whether coders, people or machines, give the same labels."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from framelens._checks import InputError, require_known
from framelens._result import Result
from framelens._wording import counted
from framelens.compare.codes import ADJUDICATED, NO, YES, read_codes

if TYPE_CHECKING:
    from framelens.compare.codes import Codes
    from framelens.compare.jackknife import Floats

    Level = Literal["nominal", "ordinal", "interval"]

LEVELS = ("nominal", "ordinal", "interval")
"""What labels may be: names; ranks; numbers."""

RESAMPLES = 1_000
"""Bootstrap samples behind an interval."""

AGREEMENT_COLUMNS = ["item", "alpha", "low", "high", "percent", "units", "labels",
                     "coders"]  # fmt: skip
"""The columns of the table."""


@dataclass(frozen=True, eq=False)
class Agreement(Result):
    """How far coders agree, as `agreement` returns it.

    Attributes
    ----------
    table : DataFrame
        One row per item: ``item, alpha`` (Krippendorff's), ``low, high`` (95 %
        interval), ``percent`` (of pairs of labels of one unit, the share that is
        alike), ``units`` (with two labels or more), ``labels`` (in these units),
        ``coders``.
    by_label : DataFrame
        ``item, label, alpha`` (this label against all others), ``labels`` (how often
        it was given).
    by_coder : DataFrame
        ``item, coder, percent`` (of the pairs with somebody else's label), ``labels``.
    confusion : DataFrame
        ``item, label, other, pairs``: how often two coders gave a unit these labels.
    disputed : DataFrame
        The units on which coders differ: ``id, item`` and one column per coder.
        ``framelens.coding(agreement)`` shows them one by one to be settled; what was
        settled is a sheet with ``coder`` "adjudicated", which wins over the others.
    codes : DataFrame
        The rows that were read, one per label.
    caption : str
    notes : tuple of str
    level : str
    """

    table: pd.DataFrame = field(repr=False)
    by_label: pd.DataFrame = field(repr=False)
    by_coder: pd.DataFrame = field(repr=False)
    confusion: pd.DataFrame = field(repr=False)
    disputed: pd.DataFrame = field(repr=False)
    codes: pd.DataFrame = field(repr=False)
    caption: str = field(repr=False)
    notes: tuple[str, ...] = field(repr=False)
    level: str


def agreement(codes: Codes, *, level: Level = "nominal", seed: int = 0) -> Agreement:
    """Say how far coders agree beyond chance: Krippendorff's alpha.

    Parameters
    ----------
    codes : DataFrame, path or list of them
        One row per label: ``id, label, coder`` (and ``item``), as sheets of
        `framelens.to_code` have them. Blank labels are missing values, and units with
        one label do not count. A frame may hold any labels, a sheet those that
        `framelens.read_codes` reads.
    level : {"nominal", "ordinal", "interval"}, default "nominal"
        Whether labels are names, ranks or numbers.
    seed : int, default 0
        Of the bootstrap, which draws units.

    Returns
    -------
    Agreement

    Raises
    ------
    UnknownNameError
        If `level` is another word.
    ColumnError, InputError
        If a column is missing, a coder labelled a unit twice, no unit has two
        labels, or ranks and numbers are none.

    Notes
    -----
    Alpha is 1 where all agree, 0 where labels agree as by chance, and below 0 where
    they disagree more than that. It is undefined where all labels are the same.

    References
    ----------
    Krippendorff, K. (2011). Computing Krippendorff's Alpha-Reliability.
    https://repository.upenn.edu/asc_papers/43

    Examples
    --------
    >>> codes = pd.DataFrame({
    ...     "id": list("abcd") * 2, "coder": ["Ann"] * 4 + ["Bo"] * 4,
    ...     "label": ["yes", "yes", "no", "no", "yes", "no", "no", "no"]})
    >>> agreement(codes).table[["alpha", "percent", "units"]].round(3)
       alpha  percent  units
    0  0.533     0.75      4
    """
    require_known(level, LEVELS, kind="level")
    given = read_codes(codes, needed=("id", "label", "coder"), labels=None)
    given = given.assign(label=_one_spelling(given["label"]))
    rows = _labels(given, level)
    rng = np.random.default_rng(seed)
    tables: dict[str, list[pd.DataFrame]] = {
        name: [] for name in ("table", "by_label", "by_coder", "confusion", "disputed")
    }
    for item, mine in rows.groupby("item", sort=True):
        for name, part in _of_item(mine, level, rng).items():
            part.insert(0 if name != "disputed" else 1, "item", item)
            tables[name].append(part)
    found = {k: pd.concat(parts, ignore_index=True) for k, parts in tables.items()}
    return Agreement(
        **found,
        codes=given,
        caption=(
            f"Agreement of {counted(rows['coder'].nunique(), 'coder')} on "
            f"{counted(int(found['table']['units'].sum()), 'unit')}: Krippendorff's "
            f"alpha ({level}), 95 % intervals by drawing units {RESAMPLES:,} times."
        ),
        notes=_notes(found["table"]),
        level=level,
    )


def alpha_of(counts: Floats, values: Floats, level: str) -> float:
    """Give Krippendorff's alpha of how often each unit got each value: (units, values).

    NaN where nothing varies. `values` are numbers that the levels above nominal use.

    >>> alpha_of(np.array([[2, 0], [0, 2], [1, 1]]), np.array([0.0, 1.0]), "nominal")
    0.4444444444444444
    """
    size = counts.sum(axis=1)
    weighted = counts / np.maximum(size - 1, 1)[:, None]
    together = weighted.T @ counts - np.diag(weighted.sum(axis=0))
    number = counts.sum(axis=0)
    if level == "nominal":
        apart = 1.0 - np.eye(len(number))
    else:
        place = values
        if level == "ordinal":  # ranks lie apart by how many labels are between them
            place = np.cumsum(number) - number / 2
        apart = (place[:, None] - place) ** 2
    expected = number @ apart @ number
    if expected <= 0:
        return float("nan")
    return float(1 - (number.sum() - 1) * (together * apart).sum() / expected)


def _one_spelling(labels: pd.Series) -> pd.Series:
    """Give yes and no one spelling, where spreadsheets made several of them (TRUE)."""
    low = labels.str.lower()
    alike = low.map(dict.fromkeys(YES, "yes") | dict.fromkeys(NO, "no"))
    known = labels.notna()
    if alike[known].isna().any() or alike.nunique() == labels.nunique():
        return labels
    return alike.where(known, labels)


def _labels(rows: pd.DataFrame, level: str) -> pd.DataFrame:
    """Keep labels of units that have two; ranks and numbers as numbers."""
    rows = rows[rows["label"].notna() & rows["coder"].ne(ADJUDICATED)]
    rows = rows.assign(item=rows["item"].fillna("all"))
    size = rows.groupby(["item", "id"])["coder"].transform("size")
    rows = rows[size > 1]
    if not len(rows):
        raise InputError(
            "no unit has labels of two coders; give the sheets of both, as a list, "
            "with their names in the column 'coder'."
        )
    if level != "nominal":
        number = pd.to_numeric(rows["label"], errors="coerce")
        if number.isna().any():
            raise InputError(
                f"the label {rows.loc[number.isna(), 'label'].iloc[0]!r} is no number; "
                "compare names with level='nominal'."
            )
        rows = rows.assign(label=number)
    return rows


def _of_item(
    rows: pd.DataFrame, level: str, rng: np.random.Generator
) -> dict[str, pd.DataFrame]:
    """Measure the agreement on one item."""
    unit, _ = pd.factorize(rows["id"])
    value, names = pd.factorize(rows["label"], sort=True)
    counts = np.zeros((unit.max() + 1, len(names)))
    np.add.at(counts, (unit, value), 1)
    values = np.zeros(len(names)) if level == "nominal" else names.to_numpy(float)
    drawn = rng.integers(0, len(counts), (RESAMPLES, len(counts)))
    again = np.array([alpha_of(counts[one], values, level) for one in drawn])
    known = again[~np.isnan(again)]
    low, high = np.quantile(known, [0.025, 0.975]) if len(known) else (np.nan, np.nan)
    given = rows[["id", "coder", "label"]]
    pairs = given.merge(given, on="id")
    pairs = pairs[pairs["coder_x"] != pairs["coder_y"]]
    alike = pairs["label_x"].eq(pairs["label_y"])
    table = {
        "alpha": alpha_of(counts, values, level), "low": low, "high": high,
        "percent": alike.mean(), "units": len(counts), "labels": len(rows),
        "coders": rows["coder"].nunique(),
    }  # fmt: skip
    each = [
        alpha_of(np.stack([one, counts.sum(axis=1) - one], axis=1), values, "nominal")
        for one in counts.T
    ]
    by_coder = alike.groupby(pairs["coder_x"]).mean()
    labelled = rows.groupby("coder").size().reindex(by_coder.index)
    confusion = pairs.groupby(["label_x", "label_y"]).size().reset_index()
    confusion.columns = pd.Index(["label", "other", "pairs"])
    differ = pairs.loc[~alike, "id"].unique()
    wide = given[given["id"].isin(differ)].pivot_table(
        index="id", columns="coder", values="label", aggfunc="first"
    )
    return {
        "table": pd.DataFrame([table]),
        "by_label": pd.DataFrame(
            {"label": names, "alpha": each, "labels": counts.sum(axis=0).astype(int)}
        ),
        "by_coder": pd.DataFrame(
            {"coder": by_coder.index, "percent": by_coder.to_numpy(),
             "labels": labelled.to_numpy()}
        ),
        "confusion": confusion,
        "disputed": wide.rename_axis(columns=None).reset_index(),
    }  # fmt: skip


def _notes(table: pd.DataFrame) -> tuple[str, ...]:
    """Say what the figures do not show."""
    notes = ["Agreement is no accuracy: coders who err alike agree."]
    if table["alpha"].isna().any():
        notes.append("Where all labels are the same, alpha is undefined.")
    if (table["units"] < 30).any():
        notes.append("Of fewer than 30 units the interval is rough.")
    return tuple(notes)
