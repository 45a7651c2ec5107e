"""The result of `framelens.align.statements`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from framelens._checks import require_known
from framelens._wording import counted

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from framelens.align.statements.groups import Shared


@dataclass(frozen=True, eq=False)
class Statements:
    """Statements that two or more articles carry, and how the printings differ.

    Which printing is nearer to what was said cannot be told from the articles; against
    a reference it can (`changes`).

    Attributes
    ----------
    groups : DataFrame
        One row per piece of a statement in an article: ``group, article, start, end``,
        then ``outlet, piece`` (its number within the article, from 1), ``voice``
        (``direct``: in quotation marks, ``rest``: outside, ``both``; with a table of
        attributions ``indirect``: reported outside; ``reference``), ``speaker`` and
        ``cue`` (the verb's base form; missing where no rule names them) and ``text``.
    differences : DataFrame
        One row per difference of two printings: ``group, type``, then ``article_a,
        start_a, end_a, text_a`` and the same with ``_b``; missing where nothing
        stands. Types: ``only here`` (words of one that the other leaves out),
        ``reworded`` (a run of up to five words in place of another), ``marks`` (words
        in quotation marks in one printing, outside in the other), ``order`` (before
        another shared statement in one, after it in the other), ``speaker`` (credited
        to different persons or bodies), ``cue`` (another reporting verb).
    articles : int
        How many articles were compared.
    left_out : int
        How many were not, because they name no event where others do.
    printings : mapping of str to tuple of Shared
        For each group, its printings two by two, word by word; of more than 30, each
        and the fullest.
    notes : tuple of str
        What these articles are not fit for; they end the caption.
    reported : bool
        Whether indirect reports were looked for with a table of attributions.
    changes : DataFrame or None
        With a reference only: one row per difference of a printing from it: ``group,
        article, type, start, end, text, voice, reference, reference_start,
        reference_end, reference_text``; missing where nothing stands. Types: ``cut``
        (words of the reference left out, of the sentences printed, or between
        sentences printed side by side in one quotation), ``reworded``, ``not in
        reference`` and ``order``. An indirect report changes persons and tenses by
        its nature: see ``voice``.
    held : int
        Printings held against the reference.
    """

    groups: pd.DataFrame
    differences: pd.DataFrame
    articles: int
    left_out: int = 0
    printings: Mapping[str, tuple[Shared, ...]] = field(
        default_factory=dict, repr=False
    )
    notes: tuple[str, ...] = field(default=(), repr=False)
    reported: bool = False
    changes: pd.DataFrame | None = None
    held: int = 0

    @property
    def table(self) -> pd.DataFrame:
        """The same as `groups`."""
        return self.groups

    @property
    def caption(self) -> str:
        """What was found, in a sentence or two."""
        what = counted(self.groups["group"].nunique(), "statement")
        was = "was" if self.left_out == 1 else "were"
        left = (
            f" {self.left_out:,} without an event {was} left out."
            if self.left_out
            else ""
        )
        quoted = "quoted or reported" if self.reported else "quoted"
        carried = "in another" + (
            "" if self.changes is None else " or in the reference"
        )
        where = "in quotation marks or outside them"
        differ = counted(len(self.differences), "difference")
        return (
            f"{what} {quoted} in one of {counted(self.articles, 'article')} and "
            f"carried {carried}, {where}; {differ}.{left}{self._against()}"
            + "".join(f" {note}" for note in self.notes)
        )

    def _against(self) -> str:
        """Say in a sentence how the printings differ from the reference."""
        if self.changes is None:
            return ""
        kinds = self.changes["type"].value_counts()
        told = ", ".join(f"{kinds[kind]} {kind}" for kind in kinds.index)
        held = counted(self.held, "printing")
        return f" {held} held against the reference: {told or 'no difference'}."

    def evidence(self, group: str) -> pd.DataFrame:
        """Give the places of one statement.

        Parameters
        ----------
        group : str
            A name found in ``groups["group"]``.

        Returns
        -------
        DataFrame
            ``article, outlet, voice, start, end, text``, in reading order.

        Raises
        ------
        UnknownNameError
            If there is no such group.
        """
        require_known(group, self.groups["group"], kind="group")
        rows = self.groups[self.groups["group"].eq(group)]
        columns = ["article", "outlet", "voice", "start", "end", "text"]
        return rows[columns].reset_index(drop=True)

    def __repr__(self) -> str:
        return f"Statements({self.caption})"

    def _repr_html_(self) -> str:
        from framelens.show.tables import html_table

        columns = ["group", "outlet", "article", "voice", "speaker", "cue", "text"]
        notes = ["Claims are about these printings, not about what was said."]
        return html_table(self.groups[columns], caption=self.caption, notes=notes)
