"""Coding: one passage after the other, each answer on the disk before the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from framelens._checks import InputError, require_known
from framelens._wording import counted
from framelens.compare import Agreement, Sample
from framelens.compare.codebook import codebook_of
from framelens.compare.codes import ADJUDICATED, UNCLEAR, write_sheet
from framelens.corpus import Corpus
from framelens.show.coding_store import (
    CODER,
    answers_file,
    answers_on_disk,
    note_of,
    signature,
    spans_of,
)
from framelens.show.coding_task import (
    CANNOT_TELL,
    SPANS,
    adjudication_task,
    given_labels,
    labels_of,
    passages_task,
)
from framelens.show.coding_widget import lines_of, widget_of
from framelens.show.correcting import KINDS, correcting_task
from framelens.show.notebook_page import with_page
from framelens.show.text import escape, plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from framelens.show.coding_task import Task

    Kind = Literal["ledger", "furniture", "actors", "events"]
    Answer = dict[str, str | None]


def coding(
    source: Sample | Agreement | Corpus | pd.DataFrame | str | Path,
    path: str | Path | None = None,
    *,
    coder: str | None = None,
    labels: Sequence[str] | None = None,
    codebook: Mapping[str, str] | str | Path | None = None,
    what: Kind | None = None,
    spans: bool = False,
    hide: Sequence[str] = (),
    context: int = 1,
) -> Coding:
    """Code passages in the notebook, by keyboard or mouse, and go on where you stopped.

    Shows one passage at a time, without outlet and machine label. Every answer is on
    the disk before the next passage is shown, so that a kernel that dies or a closed
    browser costs nothing: run the cell again. The file is a sheet as
    `framelens.to_code` makes it, for `framelens.contrast`, `framelens.agreement` and
    `framelens.accuracy`, and for any spreadsheet.

    Parameters
    ----------
    source : Sample, Agreement, Corpus, DataFrame or path
        What to code: a sample of `framelens.to_code`, or its sheet. An agreement of
        `framelens.agreement`: the passages on which coders differ, with what each of
        them said; what you settle wins over their labels. A corpus, with `what`: what
        the software found in it, to accept, change or reject.
    path : str or Path, optional
        The CSV file that holds the answers, or a folder for it. Unless given,
        ``codes-`` and the coder's name, in the working folder. Several coders have a
        file each: ``fl.agreement(["codes-ann.csv", "codes-bo.csv"])``.
    coder : str, default "coder"
        Your name, or another that tells coders apart.
    labels : sequence of str, optional
        Labels to choose from, in this order; yes and no unless given. "cannot tell" is
        always offered.
    codebook : mapping, path or str, optional
        What is coded and what each label means, shown beside the passage; that of the
        sample unless given. A dict from label to meaning; a file, as
        `framelens.to_code` reads it; or the text itself.
    what : {"ledger", "furniture", "actors", "events"}, optional
        Of a corpus: what to correct.
    spans : bool, default False
        Whether words of the passage are marked, too. They are in the column ``spans``,
        as lists of ``[start, end]`` in the text of the row.
    hide : sequence of str, optional
        More names to hide in the texts, beside those of the outlets.
    context : int, default 1
        Sentences shown before and after the passage, where the corpus is at hand.

    Returns
    -------
    Coding
        In JupyterLab it is the page to code on; elsewhere it says how to code in a
        spreadsheet. ``.table`` is what was coded so far.

    Raises
    ------
    ColumnError, InputError
        If the sheet cannot be used, or the file at `path` holds the answers of another
        coder, of another sample, or labels that are none: the message names the row.

    Examples
    --------
    >>> import tempfile
    >>> import framelens as fl
    >>> passages = pd.DataFrame({
    ...     "article": ["a", "b"], "outlet": ["Daily", "Herald"],
    ...     "machine": [True, False],
    ...     "text": ["The Daily calls it a trap.", "It rained."]})
    >>> folder = tempfile.TemporaryDirectory()
    >>> mine = coding(fl.to_code(passages, 2), folder.name, coder="Ann")
    >>> mine.answer("yes").answer("cannot tell", note="of what?")
    Coding(2 of 2 passages coded, by Ann, in codes-ann.csv)
    >>> mine.undo()
    Coding(1 of 2 passages coded, by Ann, in codes-ann.csv)
    >>> folder.cleanup()
    """
    kept: dict[str, Any] = {"hide": list(hide), "spans": spans}
    name = CODER if coder is None else str(coder).strip()
    if not name:
        raise InputError("coder= is blank; give a name that tells coders apart.")
    if (what is not None) != isinstance(source, Corpus):
        raise InputError(
            f"what= is what to correct in a corpus, one of {', '.join(KINDS)}: give "
            "a corpus and what=, or a sample without it."
        )
    if isinstance(source, Corpus):
        require_known(str(what), KINDS, kind="thing to correct")
        return Coding(correcting_task(source, str(what)), path, name)
    book = codebook_of(codebook)
    if codebook is None and isinstance(source, Sample):
        book = source.codebook
    asked = labels_of(labels, book)
    if isinstance(source, Agreement):
        if coder is not None:
            raise InputError(
                f"what is settled has the coder “{ADJUDICATED}”; leave out coder=."
            )
        given = None if labels is None and not book.labels else asked
        task, sheet = adjudication_task(source, given, book, **kept)
        name = ADJUDICATED
    elif isinstance(source, Sample):
        corpus = source.counts.corpus
        task, sheet = passages_task(
            source.sheet, asked, book, corpus=corpus, context=context, **kept
        )
    else:
        task, sheet = passages_task(source, asked, book, context=context, **kept)
    return Coding(task, path, name, sheet)


class Coding:
    """Passages that one coder codes, as `coding` gives them.

    Shown in JupyterLab it is the page to code on. All that the page does can be done
    by its methods, too.

    Attributes
    ----------
    path : Path
        The file that holds the answers; not there before the first.
    coder : str
    number : int or None
        Which passage is shown, from 1; None when all are coded.
    """

    def __init__(
        self,
        task: Task,
        path: str | Path | None,
        coder: str,
        given: pd.DataFrame | None = None,
    ) -> None:
        self.task, self.coder = task, coder
        self.path = answers_file(path, task.stem, coder)
        blank: Answer = dict.fromkeys(task.columns)
        self._answers = [dict(blank) for _ in range(len(task.rows))]
        self._more: dict[str, list[str | None]] = {}
        self._seen = signature(self.path)
        source = given
        if self._seen is not None:
            source, self._more = answers_on_disk(self.path, task, coder)
        if source is not None:
            for place, answer in given_labels(task, source, coder).items():
                self._answers[place] = answer
        self._undone = [(place, blank) for place in task.asked if self._said(place)]
        self.place = self._next(-1)

    def __repr__(self) -> str:
        return (
            f"Coding({self.done:,} of {counted(len(self.task.asked), self.task.unit)} "
            f"coded, by {plain(self.coder)}, in {plain(self.path.name)})"
        )

    @property
    def number(self) -> int | None:
        """Which passage is shown, from 1; None when all are coded."""
        return None if self.place is None else self.task.asked.index(self.place) + 1

    @property
    def done(self) -> int:
        """How many have a label."""
        return sum(self._said(place) for place in self.task.asked)

    @property
    def sheet(self) -> pd.DataFrame:
        """The sheet as it is on the disk: one row per passage, coded or not."""
        rows = self.task.rows.copy()
        for name, cells in self._more.items():
            rows[name] = cells
        for name in self.task.columns:
            found = rows[name].tolist() if name in self.task.fields else None
            values = [
                one[name] if found is None or one["label"] is not None else found[place]
                for place, one in enumerate(self._answers)
            ]
            rows[name] = pd.Series(values, index=rows.index, dtype=object)
        return rows.assign(coder=self.coder)

    @property
    def table(self) -> pd.DataFrame:
        """What was coded, for the next step.

        Of passages the sheet, for ``fl.contrast(..., codes=)``, `framelens.agreement`
        and `framelens.accuracy`; of a corpus the corrected table, for
        ``corpus.correct(ledger=)`` and so on.
        """
        return self.task.table(self.sheet)

    def answer_at(self, place: int) -> Answer:
        """Give what was answered for one row of the sheet."""
        return dict(self._answers[place])

    @property
    def can_undo(self) -> bool:
        """Whether there is an answer to take back."""
        return bool(self._undone)

    def answer(
        self,
        label: str,
        *,
        note: str | None = None,
        spans: Sequence[Sequence[int]] = (),
        **changes: str | None,
    ) -> Coding:
        """Answer for the passage that is shown, and go on to the next without a label.

        Parameters
        ----------
        label : str
            One of the labels, or "cannot tell".
        note : str, optional
        spans : sequence of (start, end), optional
            Marked words, as offsets in the text of the row.
        **changes : str or None
            Of a correction: the fields that change, such as ``speaker``.

        Returns
        -------
        Coding
            The same, so that calls can follow each other.

        Raises
        ------
        UnknownNameError
            If there is no such label or field.
        InputError
            If all are coded, or the answer cannot be written: it is not taken then.
        """
        place, task = self._shown(), self.task
        said = CANNOT_TELL if label.lower() in UNCLEAR else label
        if said != CANNOT_TELL:
            require_known(said, task.labels, kind="label")
        for name in changes:
            require_known(name, task.fields, kind="field")
        made: Answer = {
            **dict.fromkeys(task.columns),
            "label": said,
            "note": note_of(note),
        }
        if task.fields:
            made |= {name: self.found(place, name) for name in task.fields}
        if said == task.changes:
            made |= {name: note_of(value) for name, value in changes.items()}
            if all(made[one] == self.found(place, one) for one in task.fields):
                raise InputError(
                    f"nothing is changed; change {' or '.join(task.fields.values())}, "
                    f"or answer “{next(iter(task.labels))}”."
                )
        if task.spans:
            made[SPANS] = spans_of(spans, len(str(task.rows["text"].iloc[place])))
        self._keep(place, made)
        self.place = self._next(place)
        return self

    def note(self, text: str | None) -> Coding:
        """Keep a note on the passage that is shown, without answering.

        Parameters
        ----------
        text : str or None

        Returns
        -------
        Coding
        """
        place = self._shown()
        self._keep(place, {**self._answers[place], "note": note_of(text)})
        return self

    def undo(self) -> Coding:
        """Take back the last answer or note, and show its passage.

        After a restart the last answer is that which comes last in the sheet.

        Returns
        -------
        Coding

        Raises
        ------
        InputError
            If there is nothing to take back.
        """
        if not self._undone:
            raise InputError("there is no answer to take back.")
        place, before = self._undone[-1]
        self._write(place, before)
        self._undone.pop()
        self.place = place
        return self

    def go(self, number: int) -> Coding:
        """Show another passage, to look at it or to answer anew.

        Parameters
        ----------
        number : int
            From 1.

        Returns
        -------
        Coding

        Raises
        ------
        InputError
            If there is no such passage.
        """
        many = len(self.task.asked)
        if not 1 <= number <= many:
            raise InputError(f"there are passages 1 to {many:,}; found {number}.")
        self.place = self.task.asked[number - 1]
        return self

    def found(self, place: int, name: str) -> str | None:
        """Give what the software found in one field, before any change."""
        value = self.task.rows[name].iloc[place]
        return value if isinstance(value, str) else None

    def _said(self, place: int) -> bool:
        return self._answers[place]["label"] is not None

    def _shown(self) -> int:
        if self.place is None:
            raise InputError("all are coded; go(number) shows one again.")
        return self.place

    def _next(self, place: int) -> int | None:
        """Give the next row without a label, from the first again after the last."""
        open_ = [one for one in self.task.asked if not self._said(one)]
        return next((one for one in open_ if one > place), next(iter(open_), None))

    def _keep(self, place: int, answer: Answer) -> None:
        """Write an answer, and only then take it."""
        before = self._answers[place]
        self._write(place, answer)
        self._undone.append((place, before))

    def _write(self, place: int, answer: Answer) -> None:
        """Bring the sheet with one more answer to the disk."""
        if signature(self.path) != self._seen:
            raise InputError(
                f"not saved: {self.path.name} was changed by another program or "
                "window. Run the cell again to go on from what it holds now."
            )
        before, self._answers[place] = self._answers[place], answer
        try:
            write_sheet(self.sheet, self.path)
        except BaseException:
            self._answers[place] = before
            raise
        self._seen = signature(self.path)

    def _repr_html_(self) -> str:
        return f"<p>{'</p><p>'.join(map(escape, lines_of(self)))}</p>"

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        made: dict[str, Any] = {
            "text/plain": repr(self),
            "text/html": self._repr_html_(),
        }
        return with_page(made, lambda: widget_of(self))
