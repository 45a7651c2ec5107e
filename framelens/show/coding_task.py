"""Coding tasks: what a coder is asked, of which rows, and what is shown of each."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pandas as pd

from framelens._checks import ColumnError, InputError
from framelens._wording import counted, listed
from framelens.compare.codebook import Codebook
from framelens.compare.codes import (
    ADJUDICATED,
    UNCLEAR,
    labels_said,
    open_sheet,
    sheet_cells,
)
from framelens.compare.passages import context_of, cut_passages
from framelens.compare.wording import VOICES
from framelens.measure.outlet_names import IN_PLACE, name_pattern
from framelens.show.text import plain

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from framelens.compare import Agreement
    from framelens.corpus import Corpus

CANNOT_TELL = UNCLEAR[0]
"""The label of those who could not tell; always offered."""

SPANS = "spans"
"""The column of marked stretches: lists of [start, end] in the row's own text."""

Piece = tuple[str, str, int | None, int | None]
"""A piece of text as it is shown: text, kind, and where it is in the row's text."""


@dataclass(frozen=True)
class View:
    """What is shown of one row."""

    question: str
    pieces: list[Piece]
    facts: list[tuple[str, str]] = field(default_factory=list)
    choices: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Task:
    """What is asked of which rows.

    `rows` has ``id, item, text, label, note, coder`` and more, all of it text; `asked`
    are the places of those to answer; `labels`, with their meanings; `fields`, columns
    that an answer may change, with what they are called; `given`, answers that the
    source held; `table` makes what the answers are for.
    """

    rows: pd.DataFrame
    asked: list[int]
    labels: dict[str, str]
    view: Callable[[int], View] = field(repr=False)
    stem: str = "codes"
    unit: str = "passage"
    blind: str = ""
    codebook: Codebook = field(default_factory=Codebook)
    fields: dict[str, str] = field(default_factory=dict)
    spans: bool = False
    legend: tuple[str, ...] = ()
    table: Callable[[pd.DataFrame], pd.DataFrame] = field(
        default=lambda sheet: sheet, repr=False
    )

    @property
    def changes(self) -> str | None:
        """The label that goes with changed fields; None where there are no fields."""
        return list(self.labels)[1] if self.fields else None

    @property
    def columns(self) -> list[str]:
        """The columns of the sheet that an answer fills."""
        return ["label", "note", *([SPANS] if self.spans else []), *self.fields]


def labels_of(labels: Sequence[str] | None, codebook: Codebook) -> dict[str, str]:
    """Give labels with their meanings: those that are named, or of the codebook."""
    meanings = codebook.labels
    names = (
        [str(one).strip() for one in labels] if labels is not None else list(meanings)
    )
    names = names or ["yes", "no"]
    names = [name for name in names if name.lower() not in UNCLEAR]
    if len(set(names)) < 2 or "" in names or len(set(names)) < len(names):
        raise InputError(f"labels are two or more different names; found {names}.")
    strange = [name for name in meanings if name.lower() not in UNCLEAR]
    strange = [name for name in strange if name not in names]
    if strange and labels is not None:
        raise InputError(
            f"the codebook explains {listed(strange)}, which labels= does not name; "
            "give both alike."
        )
    return {name: meanings.get(name, "") for name in names}


def passages_task(
    source: pd.DataFrame | str | Path,
    labels: dict[str, str],
    codebook: Codebook,
    *,
    hide: Iterable[str] = (),
    spans: bool = False,
    corpus: Corpus | None = None,
    context: int = 1,
) -> tuple[Task, pd.DataFrame]:
    """Ask for the label of each row of a sheet; also give the sheet as it was."""
    found = sheet_cells(open_sheet(source))
    missing = [name for name in ("id", "text") if name not in found]
    if missing:
        raise ColumnError(
            f"a sheet to code has id, text and label; this one lacks {listed(missing)}."
        )
    if "item" not in found:
        found.insert(1, "item", None)
    for name in ("id", "text"):
        if found[name].isna().any():
            place = found.loc[found[name].isna(), "place"].iloc[0]
            raise InputError(f"{place}: the {name} is blank; put it back.")
    rows = found.drop(columns="place").drop_duplicates(["id", "item"])
    rows = rows.reset_index(drop=True)
    if not len(rows):
        raise InputError("the sheet has no row; there is nothing to code.")
    outlets: list[str] = []
    if "outlet" in rows:
        outlets = rows["outlet"].dropna().unique().tolist()
    names = name_pattern(outlets, hide)
    around = _Around(corpus, context)

    def view(place: int) -> View:
        row = rows.iloc[place]
        before, after = around(row)
        text = str(row["text"])
        return View(
            question_of(row.get("item"), row.get("voice"), labels),
            [
                *context_pieces(before, names),
                *pieces_of_text(text, hidden=names),
                *context_pieces(after, names),
            ],
        )

    return Task(
        rows.assign(label=None, note=None),
        list(range(len(rows))),
        labels,
        view,
        blind=_blindness(len(outlets), hide) + _bareness(rows, corpus, context),
        codebook=codebook,
        spans=spans,
    ), found


def adjudication_task(
    agreement: Agreement,
    labels: dict[str, str] | None,
    codebook: Codebook,
    **options: Any,
) -> tuple[Task, pd.DataFrame]:
    """Ask for the label of each row on which coders differ; show what they said."""
    codes = agreement.codes
    if "text" not in codes or codes["text"].isna().all():
        raise InputError(
            "these codes have no texts to settle; give agreement() whole sheets, as "
            "to_code makes them."
        )
    disputed = set(
        zip(agreement.disputed["id"], agreement.disputed["item"], strict=True)
    )
    if not disputed:
        raise InputError("the coders agree on every unit: there is nothing to settle.")
    codes = codes.assign(item=codes["item"].fillna("all"))
    if labels is None:
        found = sorted(codes["label"].dropna().unique())
        labels = dict.fromkeys(
            ["yes", "no"] if set(found) == {"yes", "no"} else found, ""
        )
    first = codes.drop_duplicates(["id", "item"]).reset_index(drop=True)
    task, sheet = passages_task(first.assign(label=None), labels, codebook, **options)
    said: dict[tuple[str, str], list[tuple[str, str]]] = {}
    read = codes[["id", "item", "coder", "label", "unclear", "note"]]
    for key, item, coder, label, unclear, note in read.to_numpy(object).tolist():
        if coder != ADJUDICATED and (unclear or isinstance(label, str)):
            beside = f" ({note})" if isinstance(note, str) else ""
            answer = f"{CANNOT_TELL if unclear else label}{beside}"
            said.setdefault((key, item), []).append((coder, answer))
    keys = list(zip(task.rows["id"], task.rows["item"], strict=True))

    def view(place: int) -> View:
        shown_ = task.view(place)
        return View(shown_.question, shown_.pieces, said.get(keys[place], []))

    asked = [place for place, key in enumerate(keys) if key in disputed]
    sheet = sheet.assign(label=None)
    return Task(
        task.rows, asked, labels, view, blind=task.blind, codebook=codebook,
        spans=task.spans,
    ), sheet  # fmt: skip


def question_of(item: Any, voice: Any, labels: Iterable[str]) -> str:
    """Ask of one row what its item and voice are about."""
    where = (
        VOICES.get(voice, voice) if isinstance(voice, str) and voice != "all" else None
    )
    named = isinstance(item, str) and item not in ("item", "all")
    if set(labels) == {"yes", "no"}:
        what = f"Is “{plain(item)}” here" if named else "Does it hold of this passage"
        return f"{what}, in {plain(where)}?" if where else f"{what}?"
    asked = "Which label fits this passage?"
    return f"“{plain(item)}”. {asked}" if named else asked


def pieces_of_text(
    text: str,
    *,
    start: int = 0,
    marks: Sequence[tuple[int, int, str]] = (),
    hidden: re.Pattern[str] | None = None,
) -> list[Piece]:
    """Cut a text at marks, at hidden names, and at signs that nobody would see.

    Marks are in the offsets of the text, the first winning; `start` is where the text
    itself begins.
    """
    away = [one.span() for one in hidden.finditer(text)] if hidden else []
    cuts = {0, len(text)}
    for first, last in [*away, *((begin, end) for begin, end, _ in marks)]:
        cuts |= {min(max(first, 0), len(text)), min(max(last, 0), len(text))}
    odd = [place for place, sign in enumerate(text) if plain(sign) != sign]
    cuts |= {edge for place in odd for edge in (place, place + 1)}
    begins = {first for first, _ in away}
    pieces: list[Piece] = []
    for first, last in pairwise(sorted(cuts)):
        if any(begin <= first < end for begin, end in away):
            if first in begins:
                end = next(end for begin, end in away if begin == first)
                pieces.append((IN_PLACE, "hidden", start + first, start + end))
            continue
        kind = next((kind for begin, end, kind in marks if begin <= first < end), "")
        kind = kind or ("code" if first in odd else "")
        pieces.append((plain(text[first:last]), kind, start + first, start + last))
    return pieces


def context_pieces(text: str, hidden: re.Pattern[str] | None) -> list[Piece]:
    """Give what stands around a passage: nothing in it can be coded or marked."""
    made = pieces_of_text(text, hidden=hidden)
    return [(said, f"context {kind}".strip(), None, None) for said, kind, *_ in made]


def given_labels(
    task: Task, sheet: pd.DataFrame, coder: str
) -> dict[int, dict[str, Any]]:
    """Read the answers of one coder from a sheet, by place; refuse what is none."""
    if "label" not in sheet:
        return {}
    if "coder" in sheet:
        sheet = sheet[sheet["coder"].isna() | sheet["coder"].eq(coder)]
    item = sheet["item"] if "item" in sheet else pd.Series(None, sheet.index, object)
    keys = pd.MultiIndex.from_arrays([sheet["id"], item.fillna("")])
    known = pd.MultiIndex.from_arrays([task.rows["id"], task.rows["item"].fillna("")])
    said, unclear = labels_said(sheet, list(task.labels))
    table = sheet.reindex(columns=task.columns).astype(object)
    table = table.assign(label=said.astype(object).mask(unclear, CANNOT_TELL))
    answers = {}
    for place, cells in zip(known.get_indexer(keys), table.to_numpy(), strict=True):
        texts = [cell if isinstance(cell, str) else None for cell in cells]
        answer = dict(zip(task.columns, texts, strict=True))
        if place >= 0 and (answer["label"] is not None or answer["note"] is not None):
            answers[int(place)] = answer
    return answers


@dataclass(frozen=True)
class _Around:
    """Finds the sentences around a passage: in its article, or else in its sheet."""

    corpus: Corpus | None
    many: int

    def __call__(self, row: pd.Series) -> tuple[str, str]:
        wanted = ("article", "start", "end")
        if self.many < 1:
            return "", ""
        known = row.get("unit") == "sentence" and row.reindex(wanted).notna().all()
        if self.corpus is None or not known:
            cells = (row.get("before"), row.get("after"))
            before, after = (one if isinstance(one, str) else "" for one in cells)
            return f"{before} " if before else "", f" {after}" if after else ""
        here = self.corpus.where(article=row["article"])
        return context_of(
            cut_passages(here, "sentence"), here.articles["text"].iloc[0],
            int(row["start"]), int(row["end"]), self.many,
        )  # fmt: skip


def _blindness(outlets: int, hide: Iterable[str]) -> str:
    """Say what is hidden from the coder, and what is not."""
    if not outlets and not list(hide):
        return (
            "You see no machine label. The sheet does not say which outlets there are, "
            "so their names may stand in the texts; hide=[...] hides them."
        )
    return (
        "You see neither outlet nor machine label. In the texts the names of "
        f"{counted(outlets, 'outlet')} are replaced by {IN_PLACE}; style, places and "
        "bylines may still give one away."
    )


def _bareness(rows: pd.DataFrame, corpus: Corpus | None, context: int) -> str:
    """Say that passages are shown without the sentences around them, if they are."""
    units = set(rows["unit"].dropna()) if "unit" in rows else set()
    whole = units == {"article"} or (corpus is not None and units == {"sentence"})
    sides = [rows[one] for one in ("before", "after") if one in rows]
    if context < 1 or whole or any(side.notna().any() for side in sides):
        return ""
    return (
        " The sheet does not hold the sentences around a passage, so each is shown "
        "alone; draw the sample from a corpus, and they are in it."
    )
