"""Counts: what every measure returns, and what every comparison starts from."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import pandas as pd

from framelens._checks import InputError, require_columns
from framelens.measure.sparse import TEXT as TEXT
from framelens.measure.sparse import Sparse, outlet_sums, sparse_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

COUNT_COLUMNS = ["event", "outlet", "article", "voice", "item", "k"]
"""The columns of ``counts``: one row per article, voice and item, k > 0 only."""

TOTAL_COLUMNS = ["event", "outlet", "article", "voice", "n"]
"""The columns of ``totals``: one row per article and voice."""


class Find(Protocol):
    """A function that gives the spans behind a count."""

    def __call__(
        self, articles: pd.DataFrame, item: str, *, voice: str | None = None
    ) -> pd.DataFrame:
        """Give ``article, outlet, voice, start, end, text`` of each occurrence."""


@dataclass(frozen=True, eq=False)
class Counts:
    """Counts that add up, as every measure returns them.

    The measure of all articles is the sum of the measures of each: shares,
    differences and intervals are left to `framelens.compare`.

    Attributes
    ----------
    counts : DataFrame
        ``event, outlet, article, voice, item, k``, one row per article, voice and
        item, k > 0 only. An item without a row counts 0 of n.
    totals : DataFrame
        ``event, outlet, article, voice, n``, one row per article and voice, n >= k.
        An article and voice without a row here is not there at all.
    measure : str
        The name of the measure, such as "terms".
    unit : str
        What n counts, in the plural, such as "words".
    find : function or None
        Gives the spans behind a count: ``find(articles, item, voice=None)``.

    Raises
    ------
    ColumnError
        If a table lacks a column.
    InputError
        If a row stands twice, k is not above 0 or exceeds n, a count has no total,
        or an article has two outlets or events.

    Examples
    --------
    >>> counts = pd.DataFrame({"event": ["e"], "outlet": ["Daily"], "article": ["a"],
    ...                        "voice": ["rest"], "item": ["drones"], "k": [2]})
    >>> totals = pd.DataFrame({"event": ["e"], "outlet": ["Daily"], "article": ["a"],
    ...                        "voice": ["rest"], "n": [350]})
    >>> Counts(counts, totals, measure="terms", unit="words")
    Counts(terms: 1 items, 350 words, 1 articles of 1 outlets)
    """

    counts: pd.DataFrame
    totals: pd.DataFrame
    measure: str
    unit: str
    find: Find | None = field(default=None, repr=False)
    corpus: Any = field(default=None, repr=False)

    def __post_init__(self) -> None:
        counts = _columns_of(self.counts, COUNT_COLUMNS, f"{self.measure} counts")
        totals = _columns_of(self.totals, TOTAL_COLUMNS, f"{self.measure} totals")
        _check(counts, totals)
        object.__setattr__(self, "counts", counts)
        object.__setattr__(self, "totals", totals)

    @classmethod
    def of_sparse(
        cls,
        sparse: Sparse,
        totals: pd.DataFrame,
        *,
        measure: str,
        unit: str,
        find: Find | None = None,
    ) -> Counts:
        """Build counts from integers; the long table is made when it is asked for.

        Parameters
        ----------
        sparse : Sparse
            Columns as the rows of `totals`; no k is 0, or above its n.
        totals : DataFrame
        measure, unit, find
            As for `Counts`.

        Returns
        -------
        Counts
        """
        none = pd.DataFrame(columns=COUNT_COLUMNS).astype({"k": np.int64})
        made = cls(none, totals, measure, unit, find)
        del made.__dict__["counts"]
        made.__dict__["sparse"] = sparse
        return made

    @cached_property
    def sparse(self) -> Sparse:
        """The same counts as integers: made once, and used by every resample."""
        rows = _rows_of_totals(self.counts, self.totals)
        return sparse_of(self.counts, rows, columns=len(self.totals))

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> pd.DataFrame:
            """Make the long table where counts were given as integers."""
            if name != "counts" or "sparse" not in self.__dict__:
                raise AttributeError(name)
            found, column = self.sparse.long()
            keys = self.totals[COUNT_COLUMNS[:4]].take(column).reset_index(drop=True)
            self.__dict__["counts"] = keys.join(found)
            return self.__dict__["counts"]

    def select(
        self,
        *,
        outlets: Sequence[str] | None = None,
        events: Sequence[str] | None = None,
        articles: Sequence[str] | None = None,
        voices: Sequence[str] | None = None,
        items: Sequence[str] | None = None,
    ) -> Counts:
        """Keep only what is named; totals stay as they are when items are chosen.

        Parameters
        ----------
        outlets, events, articles, voices, items : sequence of str, optional
            What to keep; None keeps all. A name that does not occur keeps nothing.

        Returns
        -------
        Counts
        """
        chosen = {
            "outlet": outlets,
            "event": events,
            "article": articles,
            "voice": voices,
        }
        counts, totals = self.counts, self.totals
        for column, names in chosen.items():
            if names is not None:
                counts = counts[counts[column].isin(list(names))]
                totals = totals[totals[column].isin(list(names))]
        if items is not None:
            counts = counts[counts["item"].isin(list(items))]
        return Counts(counts, totals, self.measure, self.unit, self.find, self.corpus)

    def __repr__(self) -> str:
        return f"Counts({self._summary()})"

    def _summary(self) -> str:
        return (
            f"{self.measure}: {self.sparse.k.shape[0]:,} items, "
            f"{int(self.totals['n'].sum()):,} {self.unit}, "
            f"{self.totals['article'].nunique():,} articles "
            f"of {self.totals['outlet'].nunique():,} outlets"
        )

    def _repr_html_(self) -> str:
        from framelens.show.tables import html_table

        shown = outlet_sums(self.sparse, self.totals["outlet"], most=20)
        return html_table(shown, caption=f"{self._summary()}. The 20 most frequent.")


def combine(parts: Iterable[Counts]) -> Counts:
    """Add up the counts of different articles.

    Parameters
    ----------
    parts : iterable of Counts
        Of one measure and unit; no article and voice stands in two of them.

    Returns
    -------
    Counts

    Raises
    ------
    InputError
        If there are no parts, or they are not of one measure and unit, or an
        article and voice stands twice.
    """
    given = list(parts)
    kinds = sorted({f"{one.measure} of {one.unit}" for one in given})
    if len(kinds) != 1:
        raise InputError(
            f"combine() needs counts of one measure and unit; found {kinds or 'none'}."
        )
    first = given[0]
    counts = pd.concat([one.counts for one in given], ignore_index=True)
    totals = pd.concat([one.totals for one in given], ignore_index=True)
    return Counts(counts, totals, first.measure, first.unit, _find_in(given))


def counts_of(
    source: Counts | pd.DataFrame | tuple[pd.DataFrame, pd.DataFrame],
) -> Counts:
    """Accept counts in any of their forms.

    Parameters
    ----------
    source : Counts, or a pair of DataFrames (counts, totals), or one DataFrame
        One frame has ``event, outlet, article, voice, item, k, n``; rows with k = 0
        carry the total of an article and voice in which nothing was counted.

    Returns
    -------
    Counts

    Raises
    ------
    ColumnError, InputError
        As `Counts` does; also where n differs within an article and voice.
    """
    if isinstance(source, Counts):
        return source
    if isinstance(source, tuple | list):
        counts, totals = source
        return Counts(counts, totals, "counts", "counted units")
    if not isinstance(source, pd.DataFrame):
        raise InputError(
            "counts must be Counts, a DataFrame or a pair of them; got "
            f"{type(source).__name__}."
        )
    require_columns(source, [*COUNT_COLUMNS, "n"], of="counts")
    totals = source[TOTAL_COLUMNS].drop_duplicates()
    return Counts(source[source["k"] != 0], totals, "counts", "counted units")


def _find_in(parts: list[Counts]) -> Find | None:
    """One function for all parts: theirs, or each asked for its own articles."""
    finds = [one.find for one in parts]
    if all(find is finds[0] for find in finds):
        return finds[0]

    def find(
        articles: pd.DataFrame, item: str, *, voice: str | None = None
    ) -> pd.DataFrame:
        found = [
            part.find(
                articles[articles["article"].isin(part.totals["article"])],
                item,
                voice=voice,
            )
            for part in parts
            if part.find is not None
        ]
        return pd.concat(found, ignore_index=True)

    return find


def _columns_of(table: pd.DataFrame, columns: list[str], of: str) -> pd.DataFrame:
    require_columns(table, columns, of=of)
    *keys, number = columns
    kept = table[columns].reset_index(drop=True).astype(dict.fromkeys(keys, TEXT))
    if not pd.api.types.is_numeric_dtype(kept[number]) and len(kept):
        raise InputError(f"{of}: column {number!r} must hold numbers.")
    return kept.astype({number: np.int64}) if not len(kept) else kept


def _check(counts: pd.DataFrame, totals: pd.DataFrame) -> None:
    """Raise `InputError` at the first row that breaks the contract."""
    missing = totals[["article", "voice"]].isna().any(axis=1)
    _refuse(totals, missing, "a total lacks its article or voice")
    _refuse(
        totals,
        totals.duplicated(["article", "voice"]),
        "an article and voice has two totals",
    )
    _refuse(totals, ~(totals["n"] >= 0), "a total n is missing or below 0")
    per_article = totals[["article", "outlet", "event"]].drop_duplicates()
    _refuse(
        per_article,
        per_article.duplicated("article"),
        "an article has two outlets or two events",
    )
    _refuse(
        counts,
        counts[["item", "article", "voice"]].isna().any(axis=1),
        "a key is missing",
    )
    _refuse(
        counts,
        ~(counts["k"] > 0),
        "k must be above 0; leave out rows that count nothing",
    )
    rows = _rows_of_totals(counts, totals)
    _refuse(counts, rows < 0, "a count has no total for its article and voice")
    items = pd.factorize(counts["item"])[0].astype(np.int64)
    twice = pd.Series(items * max(len(totals), 1) + rows).duplicated()
    _refuse(counts, twice, "an article, voice and item stands twice")
    behind = totals.iloc[rows].reset_index(drop=True)
    _refuse(counts, counts["k"] > behind["n"], "a count k exceeds its total n")
    for column in ("event", "outlet"):
        differs = counts[column].fillna("") != behind[column].fillna("")
        _refuse(counts, differs, f"a count and its total differ in {column}")


def _rows_of_totals(
    counts: pd.DataFrame, totals: pd.DataFrame
) -> npt.NDArray[np.int64]:
    """Give the row of `totals` behind each count; -1 where there is none."""
    names = pd.Index(totals["article"].unique())
    voices = pd.Index(totals["voice"].unique())
    width = len(voices) + 1
    known = names.get_indexer(totals["article"]) * width + voices.get_indexer(
        totals["voice"]
    )
    article, voice = (
        index.get_indexer(counts[column])
        for index, column in ((names, "article"), (voices, "voice"))
    )
    asked = np.where((article < 0) | (voice < 0), -1, article * width + voice)
    rows: npt.NDArray[np.int64] = pd.Index(known).get_indexer(asked).astype(np.int64)
    return rows


def _refuse(
    table: pd.DataFrame, wrong: pd.Series | npt.NDArray[np.bool_], what: str
) -> None:
    bad = np.flatnonzero(np.asarray(wrong, dtype=bool))
    if len(bad):
        row = {name: str(value) for name, value in table.iloc[bad[0]].items()}
        raise InputError(f"{what} ({len(bad)} rows, the first is {row}).")
