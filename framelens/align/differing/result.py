"""Differing: lined-up passages of several outlets, and what differs in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from framelens._checks import require_known
from framelens._wording import counted
from framelens.align.differing.differing import KINDS

if TYPE_CHECKING:
    import pandas as pd

_SIDE = ["article", "outlet", "voice", "start", "end", "text"]
TABLE_COLUMNS = [
    "event", "kind", "here", "there", "here_value", "there_value", *_SIDE,
    *(f"other_{one}" for one in _SIDE), "score",
]  # fmt: skip
"""The columns of ``Differing.table``."""

LONGEST_LIST = 30
"""Rows that are displayed; the table has them all."""

CAUTION = (
    "To be read, and judged by the reader: a difference may be a later count, another "
    "occasion, or somebody else’s words. What is not listed may differ too."
)
"""Stands under everything that shows differences."""


@dataclass(frozen=True, eq=False)
class Differing:
    """Differences between lined-up passages, for a person to read.

    Attributes
    ----------
    table : DataFrame
        One row per pair of passages and kind: ``event, kind`` (number, date, negation,
        opposite words), ``here, there`` (the words, as they stand), ``here_value,
        there_value`` (brought to one form), ``article, outlet, voice, start, end,
        text``, the same with ``other_``, and ``score`` (of the alignment).
    pairs : int
        Pairs of passages that are lined up, each pair once.
    compared : int
        Those of them with two sentences worded alike enough to be held together.
    """

    table: pd.DataFrame = field(repr=False)
    pairs: int
    compared: int

    def __repr__(self) -> str:
        return f"Differing({self.caption})"

    @property
    def caption(self) -> str:
        """How many pairs differ in something, of how many."""
        place = ["article", "start", "end"]
        keys = [f"{side}{one}" for side in ("", "other_") for one in place]
        some = len(self.table.drop_duplicates(keys))
        kinds = self.table["kind"].value_counts()
        each = ", ".join(f"{kind} {kinds[kind]:,}" for kind in KINDS if kind in kinds)
        told = f" ({each})" if each else ""
        return (
            f"{counted(self.pairs, 'lined-up pair')} of passages, {self.compared:,} "
            f"with sentences worded alike enough to be compared: {some:,} differ in a "
            f"number, a date, a negation or opposite words{told}."
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """What the list does not say."""
        return (CAUTION,)

    def evidence(self, kind: str | None = None) -> pd.DataFrame:
        """Give both passages of every row, or of one kind.

        Parameters
        ----------
        kind : str, optional
            "number", "date", "negation" or "opposite words".

        Returns
        -------
        DataFrame
            Rows of the table; ``text`` and ``other_text`` are what stands at their
            offsets.

        Raises
        ------
        UnknownNameError
            If there is no such kind.
        """
        if kind is None:
            return self.table.copy()
        require_known(kind, KINDS, kind="kind")
        return self.table[self.table["kind"] == kind].reset_index(drop=True)

    def _repr_html_(self) -> str:
        from framelens.show.tables import html_table

        rows = self.table.head(LONGEST_LIST)
        shown = rows[["kind", "here", "there"]].replace("", None)
        for side, prefix in (("here", ""), ("there", "other_")):
            outlets = rows[f"{prefix}outlet"].fillna("outlet not stated")
            shown[f"passage {side}"] = outlets + ": " + rows[f"{prefix}text"]
        more = len(self.table) - len(rows)
        cut = (f"The first {len(rows)} of {len(self.table):,}.",) if more else ()
        return html_table(shown, caption=self.caption, notes=(*cut, *self.notes))
