"""Where answers are kept: a sheet on the disk, read again after whatever stopped."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from framelens._checks import InputError
from framelens.compare.codes import open_sheet, sheet_cells
from framelens.read.source import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from framelens.show.coding_task import Task

CODER = "coder"
"""Who codes, where nobody is named."""

CHANGED = 0.1
"""Of the texts of a sheet: so many may have become dates or numbers in a spreadsheet;
where more are others, it is another sample."""

LONGEST_NOTE = 5_000
"""Characters of a note that are kept."""


def answers_file(path: str | Path | None, stem: str, coder: str) -> Path:
    """Give the file that holds the answers, in a folder that there is."""
    word = re.sub(r"[^\w-]+", "-", coder).strip("-").lower() or CODER
    named = f"{stem}-{word}.csv"
    file = Path(named) if path is None else Path(path)
    if file.is_dir():
        file = file / named
    if file.suffix.lower() != ".csv":
        raise InputError(
            f"path= is a CSV file, such as {named!r}; found {shown(file)!r}."
        )
    return writable(file)


def writable(file: Path) -> Path:
    """Give the whole path of a file, in a folder that can be written."""
    if not file.parent.is_dir():
        raise InputError(f"there is no folder {shown(file.parent)}; make it first.")
    if not os.access(file if file.exists() else file.parent, os.W_OK):
        raise InputError(f"{shown(file)} cannot be written; give another path.")
    return file.absolute()


def signature(path: Path) -> tuple[int, int, int] | None:
    """Tell one state of a file from another; None where there is no file."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _letters(text: object) -> str:
    """Give what a spreadsheet does not change of a text: its letters."""
    return "".join(sign for sign in str(text) if sign.isalpha())


def answers_on_disk(
    path: Path, task: Task, coder: str
) -> tuple[pd.DataFrame, dict[str, list[str | None]]]:
    """Read the sheet that is there, and the columns that others added to it.

    That of another coder or of another sample is refused.
    """
    sheet = sheet_cells(open_sheet(path))
    other = "give another path, or move the file away."
    if not {"id", "text", "label"} <= set(sheet):
        raise InputError(f"{path.name} is no sheet of codes; {other}")
    if "coder" in sheet:
        coders = sheet.loc[sheet["label"].notna(), "coder"].dropna()
        for one in coders[coders.ne(coder)].head(1):
            raise InputError(
                f"{path.name} holds the answers of {shown(one)!r}, not of "
                f"{shown(coder)!r}; {other}"
            )
    rows = task.rows
    known = dict(zip(rows["id"], map(_letters, rows["text"]), strict=True))
    found = sheet["id"].map(known)
    odd = sheet[found.isna() | found.ne(sheet["text"].map(_letters))]
    if len(odd) > CHANGED * len(sheet) or found.isna().any():
        first = odd[odd["id"].map(known).isna()] if found.isna().any() else odd
        raise InputError(
            f"{first['place'].iloc[0]}: {shown(first['id'].iloc[0])!r} is of another "
            f"sample, or its text was changed; {other}"
        )
    more = sheet.columns.difference([*rows, *task.columns, "coder", "place"])
    by_id = sheet.drop_duplicates("id").set_index("id").reindex(rows["id"])
    return sheet, {str(column): by_id[column].tolist() for column in more}


def note_of(text: str | None) -> str | None:
    """Give a text that a coder typed, without what a sheet cannot hold."""
    kept = "" if text is None else str(text)[:LONGEST_NOTE].replace("\0", "")
    return kept.strip() or None


def spans_of(spans: Iterable[Sequence[int]], length: int) -> str | None:
    """Write marked stretches, sorted and joined where they touch; None if none."""
    joined: list[list[int]] = []
    for start, end in sorted((int(a), int(b)) for a, b in spans):
        if not 0 <= start < end <= length:
            raise InputError(
                f"{start} to {end} is no stretch of this passage, which has {length:,} "
                "characters."
            )
        if joined and start <= joined[-1][1]:
            joined[-1][1] = max(joined[-1][1], end)
        else:
            joined.append([start, end])
    return str(joined) if joined else None
