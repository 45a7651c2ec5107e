"""A corrected ledger: the analyst's table, also one that went through a file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from framelens._checks import InputError, require_columns
from framelens.annotate.attributions import ROLES, depths, kinds, spans_of
from framelens.annotate.credited import CREDITED_COLUMNS
from framelens.annotate.cues import cue_class

if TYPE_CHECKING:
    from collections.abc import Iterable

    Pieces = list[list[int]]

_OF = "the corrected ledger"
_NEEDED = ("article", "content", "speaker")
_TEXT = [
    *("kind", "speaker", "affiliation", "source_type", "resolved_by"),
    *("cue_text", "cue_class", "source_text"),
]
BY_HAND = "by hand"
"""What ``resolved_by`` says where a corrected ledger does not say how."""


def corrected_ledger(
    table: pd.DataFrame, articles: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """Give ``credited`` and ``attributions`` as a corrected ledger has them.

    What the table lacks follows from the text: ``kind`` from the quotation marks,
    ``depth`` from whose content the cue or content stands in, ``cue_text, cue_class``
    from ``cue``. ``voice``, ``actor``, words and places are always worked out anew.
    """
    credited = _credited(table, articles)
    return {"credited": credited, "attributions": spans_of(credited)}


def corrected_marked_ledger(
    table: pd.DataFrame, articles: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """As `corrected_ledger`, where only quotation marks are looked at."""
    return {"marked_credited": _credited(table, articles)}


def _credited(table: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Complete a corrected table to one of who is credited with what."""
    require_columns(table, _NEEDED, of=_OF)
    _require_known_articles(table, articles)
    texts = dict(zip(articles["article"], articles["text"], strict=True))
    table = table[table["article"].isin(texts)].reset_index(drop=True)
    table = table.reindex(columns=CREDITED_COLUMNS).astype(object)
    for role in ROLES:
        table[role] = _objects(map(pieces_of, table[role]))
    _require_inside(table, texts)
    for name in _TEXT:
        table[name] = _objects(map(_text_or_none, table[name]))
    names = table["article"] + ":c" + (table.index + 1).astype(str)
    table["annotation"] = table["annotation"].where(table["annotation"].notna(), names)
    for article, rows in table.groupby("article", sort=False):
        contents, cues = rows["content"].tolist(), rows["cue"].tolist()
        derived: dict[str, Iterable[object]] = {
            "kind": kinds(texts[str(article)], contents),
            "depth": depths(contents, cues),
            "source_text": _printed(texts[str(article)], rows["source"].tolist()),
            "cue_text": _printed(texts[str(article)], cues),
        }
        for name, values in derived.items():
            lacking = rows[name].isna().to_numpy()
            cells = _objects(values)[lacking].to_numpy()
            table.loc[rows.index[lacking], name] = cells
    classes = [cue_class(cue) if cue else None for cue in table["cue_text"]]
    table["cue_class"] = table["cue_class"].where(
        table["cue_class"].notna(), _objects(classes)
    )
    by_hand = table["speaker"].notna() & table["resolved_by"].isna()
    table["resolved_by"] = table["resolved_by"].mask(by_hand, BY_HAND)
    table["sure"] = _flags(table["sure"], otherwise=True) & table["speaker"].notna()
    table["anonymous"] = _flags(table["anonymous"], otherwise=False)
    for role in ("source", "cue"):
        table[role] = _objects(pieces or None for pieces in table[role])
    for name in _TEXT:
        table[name] = _objects(map(_text_or_none, table[name]))
    table["depth"] = pd.to_numeric(table["depth"]).astype("int64")
    table["probability"] = pd.to_numeric(table["probability"]).astype("float64")
    return table.astype({"annotation": object})


def _objects(values: Iterable[object]) -> pd.Series:
    """Give a column whose cells are taken as they are."""
    return pd.Series(list(values), dtype=object)


def _printed(text: str, several: list[Pieces]) -> list[str | None]:
    """Give the words of pieces, parted by a space; None where there are none."""
    return [
        " ".join(text[start:end] for start, end in pieces) or None for pieces in several
    ]


def pieces_of(cell: object) -> Pieces:
    """Read one cell of ``content``, ``source`` or ``cue``; a missing one is empty.

    >>> pieces_of("[[3, 9], [12, 15]]"), pieces_of([[3, 9]]), pieces_of(None)
    ([[3, 9], [12, 15]], [[3, 9]], [])
    """
    if cell is None or cell == "" or (isinstance(cell, float) and np.isnan(cell)):
        return []
    try:
        pieces: Any = json.loads(cell) if isinstance(cell, str) else cell
        return sorted([int(start), int(end)] for start, end in pieces)
    except (TypeError, ValueError):
        raise InputError(
            f"pieces of an attribution are lists [[start, end], ...]; found {cell!r}"
        ) from None


def _require_inside(table: pd.DataFrame, texts: dict[str, str]) -> None:
    """Refuse contents that are missing and pieces that are not in their text."""
    columns = (table[name].tolist() for name in ("article", *ROLES))
    for row, (article, content, *rest) in enumerate(zip(*columns, strict=True)):
        if not content:
            raise InputError(
                f"{_OF}: row {row}, of article {article!r}, has no content"
            )
        length = len(texts[article])
        for start, end in (piece for pieces in (content, *rest) for piece in pieces):
            if not 0 <= start < end <= length:
                raise InputError(
                    f"{_OF}: {start} to {end} is no stretch of article {article!r}, "
                    f"which has {length:,} characters; mark these very texts"
                )


def _require_known_articles(table: pd.DataFrame, articles: pd.DataFrame) -> None:
    """Refuse a table that names no article as they are named in the corpus.

    Texts that name none are let through: a part of the articles may be given.
    """
    names, known = table["article"].dropna().unique(), articles["article"]
    if not len(names) or not len(known) or known.isin(names).any():
        return
    bare = {str(name).lstrip("0") for name in known}
    if all(isinstance(name, str) and name.lstrip("0") not in bare for name in names):
        return
    raise InputError(
        f"{_OF} names none of the articles: it has {names[0]!r} where they have "
        f"{known.iloc[0]!r}. Read identifiers as text, as in "
        "pandas.read_json(path, lines=True, dtype={'article': str})."
    )


def _text_or_none(cell: object) -> str | None:
    """Give a cell's text; blank cells are missing."""
    return cell if isinstance(cell, str) and cell.strip() else None


def _flags(column: pd.Series, *, otherwise: bool) -> pd.Series:
    """Read truth values, also those that a file keeps as text."""
    said = {"true": True, "false": False, "1": True, "0": False}
    cells = [said.get(str(cell).strip().lower(), otherwise) for cell in column]
    return pd.Series(cells, index=column.index, dtype=bool)
