"""Codes: what coders put into a sheet, read and checked row by row."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framelens._checks import ColumnError, InputError
from framelens._wording import harmless, listed
from framelens.compare.qda import ENDING, sheet_of
from framelens.read.cells import as_text
from framelens.read.source import shown
from framelens.read.tables import from_frame, read_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from framelens.read.source import Source

    Sheet = pd.DataFrame | str | Path
    Codes = Sheet | Sequence[Sheet]

SHEET_COLUMNS = ["id", "item", "voice", "before", "text", "after", "label", "note",
                 "coder", "evidence", "article", "outlet", "unit", "start", "end",
                 "machine", "probability", "stratum"]  # fmt: skip
"""The columns of a sheet; a coder fills ``label, note, coder``."""

KEY_COLUMNS = SHEET_COLUMNS[9:]
"""What a blind sheet leaves out: it would tell what the machine said, and of whom."""

YES, NO = ("yes", "y", "1", "true", "ja", "wahr"), ("no", "n", "0", "false", "nein",
                                                    "falsch")  # fmt: skip
"""Labels of yes and no, in any case; spreadsheets turn some into others."""

UNCLEAR = ("cannot tell", "?", "unclear")
"""Labels of those who could not tell: no code, and counted."""

ELSEWHERE = "other voice"
"""What the machine says where it counted the item in another voice only."""

ADJUDICATED = "adjudicated"
"""The coder whose label settles what others left open."""

NEEDED = ("id", "item", "article", "machine", "probability", "label")
"""What a correction needs."""

_LIVE = re.compile(r"'(?=[=+\-@])")
"""What `framelens.to_code` puts before cells that a spreadsheet would run."""

_NUMBERED = re.compile(r"\w*?(\d+)of(\d+)")
"""Identifiers that tell how many rows there are."""


def read_codes(
    codes: Codes,
    *,
    sample: Sheet | None = None,
    labels: Sequence[str] | None = ("yes", "no"),
    needed: Sequence[str] = NEEDED,
) -> pd.DataFrame:
    """Read coded sheets, as spreadsheets leave them, and check every row.

    Parameters
    ----------
    codes : DataFrame, path or list of them
        Sheets of `framelens.to_code`, filled in: in any format that framelens reads
        as a table, with any separator, columns in any order; or QDA projects
        (``.qdpx``, as NVivo, MAXQDA and QualCoder write them), with `sample`. Several
        coders: several sheets, or rows, with their names in ``coder``.
    sample : DataFrame or path, optional
        The whole sheet, where what was coded is its blind part.
    labels : sequence of str or None, default ("yes", "no")
        The labels there may be; None allows any. Of yes and no, other spellings are
        known too (1, TRUE). Blank: not coded; "cannot tell" is no code either.
    needed : sequence of str
        Columns that must be there.

    Returns
    -------
    DataFrame
        One row per row of the sheets: the columns of a sheet; ``label`` is one of
        `labels` or missing, ``unclear`` whether the coder could not tell, ``machine``
        whether the machine counted the item, ``elsewhere`` whether only in another
        voice, ``probability`` a number.

    Raises
    ------
    ColumnError
        If a column is missing.
    InputError
        If a row cannot be used: the message names row and reason. Also if rows are
        missing, a unit was labelled twice by one coder, or there is no label at all.

    Examples
    --------
    >>> sheet = pd.DataFrame({
    ...     "id": ["s1of2", "s2of2"], "item": "doubt", "article": "a",
    ...     "machine": ["yes", "no"], "probability": ["0,5", 0.1],
    ...     "label": ["Yes", ""]})
    >>> read_codes(sheet)[["id", "machine", "probability", "label"]]
          id  machine  probability label
    0  s1of2     True          0.5   yes
    1  s2of2    False          0.1   NaN
    """
    given = [codes] if isinstance(codes, pd.DataFrame | str | Path) else list(codes)
    if not given:
        raise InputError("no sheet of codes; give a DataFrame, a path or a list.")
    key = None if sample is None else sheet_cells(open_sheet(sample)).set_index("id")
    parts = [_read(open_sheet(one), key, labels, needed) for one in given]
    rows = pd.concat(parts, ignore_index=True)
    rows["coder"] = rows["coder"].fillna("coder")
    twice = rows[rows["label"].notna()].duplicated(["id", "item", "coder"], keep=False)
    if twice.any():
        row = rows[rows["label"].notna()][twice].iloc[0]
        raise InputError(
            f"{row['place']}: {shown(row['id'])!r} has two labels of coder "
            f"{shown(row['coder'])!r}; keep one, or name the other coder."
        )
    if rows["label"].isna().all():
        raise InputError(
            f"{rows['place'].iloc[0]}: no row has a label yet; fill the column 'label'."
        )
    return rows.drop(columns="place")


def one_code_each(codes: pd.DataFrame) -> pd.DataFrame:
    """Give each unit one ``code`` from 0 to 1; units without a label are left out.

    What was adjudicated holds, also that nobody can tell; else the mean of the coders'
    labels.
    """
    rows = codes[codes["label"].notna() | codes["unclear"]]
    rows = rows.assign(code=rows["label"].eq("yes").astype(float))
    settled = rows["coder"].eq(ADJUDICATED)
    done = rows.loc[settled, "id"] + "\0" + rows.loc[settled, "item"]
    rows = rows[settled | ~(rows["id"] + "\0" + rows["item"]).isin(done)]
    rows = rows[rows["label"].notna()]
    code = rows.groupby(["item", "id"], sort=False)["code"].mean()
    first = rows.drop_duplicates(["item", "id"]).set_index(["item", "id"])
    return first.assign(code=code).reset_index()


def as_counted(articles: pd.Series, known: pd.Series) -> pd.Series:
    """Give articles the names that they are counted under: 8 may have been 008.

    Spreadsheets take leading zeros away. Where one name fits, it is put back.

    >>> as_counted(pd.Series(["8", "a"]), pd.Series(["008", "010", "a"])).tolist()
    ['008', 'a']
    """
    names = pd.Series(known.unique())
    bare = names.str.lstrip("0")
    once = ~bare.duplicated(keep=False)
    zeros = dict(zip(bare[once], names[once], strict=True))
    there = articles.isin(names)
    found = articles.where(there, articles.str.lstrip("0").map(zeros))
    if len(articles) and found.isna().all():
        raise InputError(
            f"the codes are of articles such as {shown(articles.iloc[0])!r}, none of "
            f"which is counted; counted are {listed(names)}. Use the counts that the "
            "sample was drawn from."
        )
    return found.where(found.notna(), articles)


def drawn_whole(codes: pd.DataFrame) -> bool:
    """Whether articles were drawn, and not passages: strata are outlets alone."""
    known = codes.dropna(subset="stratum")
    said = 2 * known["machine"].astype(int) + known["elsewhere"]
    groups = said.groupby([known["item"], known["stratum"]])
    return bool((groups.max() != groups.min()).any())


def open_sheet(sheet: Sheet) -> Source:
    """Open one sheet."""
    if isinstance(sheet, pd.DataFrame):
        return from_frame(sheet, name="the sheet")
    path = Path(sheet)
    if not path.is_file():
        raise InputError(f"no sheet of codes at {shown(path)}; check the path")
    if path.suffix.lower() == ENDING:
        return from_frame(sheet_of(path), name=path.name)
    return read_table(path)


def sheet_cells(found: Source) -> pd.DataFrame:
    """Give the cells as text, under our names, with the place of each row."""
    table = found.table.rename(columns=lambda name: str(name).strip().lower())
    if table.columns.duplicated().any():
        raise InputError(f"{found.name} has a column twice; rename one.")
    cells = {
        name: [_LIVE.sub("", text.strip()) if text else None
               for text in map(as_text, table[name])]
        for name in table
    }  # fmt: skip
    made = pd.DataFrame(cells, index=table.index, dtype=object)
    made = made.assign(place=found.places)
    blank = made[list(cells)].isna().all(axis=1)
    return made[~blank]


def _read(
    found: Source,
    key: pd.DataFrame | None,
    labels: Sequence[str] | None,
    needed: Sequence[str],
) -> pd.DataFrame:
    """Read and check one sheet."""
    rows = sheet_cells(found)
    if key is not None and "id" in rows:
        unknown = rows[~rows["id"].isin(key.index)]
        for row in unknown.itertuples():
            raise InputError(
                f"{row.place}: {shown(row.id)!r} is not in the sample; give the "
                "sample that this sheet was made from."
            )
        for name in KEY_COLUMNS:
            if name in key:
                rows[name] = key[name].reindex(rows["id"]).to_numpy(object)
    missing = [name for name in needed if name not in rows]
    if missing:
        raise ColumnError(
            f"{found.name} lacks {listed(missing)}; a sheet of codes has "
            f"{', '.join(needed)}. Give a blind sheet with sample=."
        )
    absent = [name for name in SHEET_COLUMNS if name not in rows]
    rows = rows.assign(**dict.fromkeys(absent, pd.Series(None, rows.index, object)))
    rows = rows[[*SHEET_COLUMNS, *rows.columns.difference(SHEET_COLUMNS, sort=False)]]
    for name in needed:
        if name not in ("label", "coder"):
            _refuse(rows, rows[name].isna(), name, "is blank; put it back")
    _complete(rows, key, found.name)
    rows["label"], rows["unclear"] = labels_said(rows, labels)
    if "probability" in needed:
        text = rows["probability"].str.replace(",", ".", regex=False)
        number = pd.to_numeric(text, errors="coerce")
        wrong = ~(number.gt(0) & number.le(1))
        _refuse(rows, wrong, "probability", "is no number above 0 and at most 1")
        rows["probability"] = number
        word = rows["machine"].str.lower()
        odd = ~word.isin((*YES, *NO, ELSEWHERE))
        _refuse(rows, odd, "machine", f"is none of yes, no, {ELSEWHERE}")
        rows["machine"], rows["elsewhere"] = word.isin(YES), word.eq(ELSEWHERE)
    return rows


def labels_said(
    rows: pd.DataFrame, labels: Sequence[str] | None
) -> tuple[pd.Series, pd.Series]:
    """Give each row's label, missing where there is none, and whether it is unclear."""
    low = rows["label"].str.lower() if len(rows) else rows["label"]
    unclear = low.isin(UNCLEAR)
    if labels is not None and set(labels) == {"yes", "no"}:
        said = low.map(dict.fromkeys(YES, "yes") | dict.fromkeys(NO, "no"))
    else:
        said = rows["label"].where(~unclear, None)
        if labels is not None:
            said = said.where(said.isin(list(labels)))
    odd = said.isna() & rows["label"].notna() & ~unclear
    known = f"is none of {', '.join(labels or ())}, cannot tell; correct the cell"
    _refuse(rows, odd, "label", known)
    return said, unclear


def write_sheet(sheet: pd.DataFrame, path: Path) -> Path:
    """Write a sheet as CSV that any spreadsheet opens, whole or not at all."""
    texts = sheet.select_dtypes(exclude="number").columns
    plain = {name: sheet[name].map(harmless) for name in texts}
    text = sheet.assign(**plain).to_csv(index=False, float_format="%.9g")
    return write_whole(text.encode("utf-8-sig", "replace"), path)


def write_whole(content: bytes, path: Path) -> Path:
    """Write a file beside, bring it to the disk, and put it in its place.

    Whenever the machine stops, one whole file is on the disk: the old or the new.
    """
    path = Path(os.path.realpath(path))
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    if os.name == "posix":  # so that the new name outlives a power cut, too
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    return path


def _complete(rows: pd.DataFrame, key: pd.DataFrame | None, name: str) -> None:
    """Raise where a row of the sample is not there: a blank label keeps its place."""
    if key is not None:
        gone = [one for one in key.index if one not in set(rows["id"])]
    else:
        numbers = rows["id"].str.fullmatch(_NUMBERED.pattern)
        if not len(rows) or not numbers.fillna(False).astype(bool).all():
            return
        parts = rows["id"].str.extract(_NUMBERED).astype(int)
        there = set(parts[0])
        gone = [str(one) for one in range(1, parts[1].max() + 1) if one not in there]
    if gone:
        raise InputError(
            f"{name}: rows of the sample are missing: {listed(gone)}; put them back, "
            "with a blank label where there is none."
        )


def _refuse(rows: pd.DataFrame, wrong: pd.Series, column: str, why: str) -> None:
    """Raise at the first row that cannot be used."""
    places = np.flatnonzero(wrong.to_numpy(bool))
    if len(places):
        row = rows.iloc[places[0]]
        value = "" if pd.isna(row[column]) else f" {shown(row[column])!r}"
        more = f" ({len(places):,} such rows)" if len(places) > 1 else ""
        raise InputError(f"{row['place']}: the {column}{value} {why}{more}.")
