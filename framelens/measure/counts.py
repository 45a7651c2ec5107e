"""Counts: what every measure returns, and what every comparison starts from."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy.sparse import csc_array

from framelens._checks import InputError, require_columns, require_known
from framelens._result import Result
from framelens._wording import counted
from framelens._zones import NAMED
from framelens.corpus import corpus_of
from framelens.measure.sparse import TEXT as TEXT
from framelens.measure.sparse import Sparse, sparse_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import numpy.typing as npt

    from framelens.corpus import Corpus

    Find = Callable[[Corpus, str], pd.DataFrame]

COUNT_COLUMNS = ["event", "outlet", "article", "voice", "item", "k"]
"""The columns of ``counts``: one row per article, voice and item, k > 0 only."""

TOTAL_COLUMNS = ["event", "outlet", "article", "voice", "n"]
"""The columns of ``totals``: one row per article and voice."""


EVIDENCE_COLUMNS = ["article", "outlet", "voice", "start", "end", "text"]
"""What `Counts.evidence` gives of each place; a measure may add columns."""

NO_OUTLET = "(outlet not stated)"
"""What tables call a missing outlet."""

SHOWN = 20
"""Items that a notebook shows."""


@dataclass(frozen=True, eq=False)
class Counts(Result):
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
        What n counts, in the plural, such as "words"; of a corpus cut to a zone, and
        where: "words in headlines".
    find : function or None
        Gives the spans behind a count: ``find(corpus, item)`` gives ``article,
        outlet, voice, start, end, text`` in all voices.
    corpus : Corpus or None
        What was counted. Comparisons take genres, dates and copies from it.

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
    corpus: Corpus | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        counts = _columns_of(self.counts, COUNT_COLUMNS, f"{self.measure} counts")
        totals = _columns_of(self.totals, TOTAL_COLUMNS, f"{self.measure} totals")
        _check(counts, totals)
        object.__setattr__(self, "counts", counts)
        object.__setattr__(self, "totals", totals)
        where = "" if self.corpus is None else NAMED.get(str(self.corpus.zone), "")
        if not self.unit.endswith(where):
            object.__setattr__(self, "unit", f"{self.unit} {where}")

    @classmethod
    def of_sparse(
        cls,
        sparse: Sparse,
        totals: pd.DataFrame,
        *,
        measure: str,
        unit: str,
        find: Find | None = None,
        corpus: Corpus | None = None,
    ) -> Counts:
        """Build counts from integers; the long table is made when it is asked for.

        Parameters
        ----------
        sparse : Sparse
            Columns as the rows of `totals`; no k is 0, or above its n.
        totals : DataFrame
        measure, unit, find, corpus
            As for `Counts`.

        Returns
        -------
        Counts
        """
        none = pd.DataFrame(columns=COUNT_COLUMNS).astype({"k": np.int64})
        made = cls(none, totals, measure, unit, find, corpus)
        del made.__dict__["counts"]
        made.__dict__["sparse"] = sparse
        return made

    @cached_property
    def sparse(self) -> Sparse:
        """The same counts as integers: made once, and used by every resample."""
        rows = _rows_of_totals(self.counts, self.totals)
        return sparse_of(self.counts, rows, columns=len(self.totals))

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """Make the long table where counts were given as integers."""
            if name != "counts" or "sparse" not in self.__dict__:
                return super().__getattr__(name)
            items, column = self.sparse.long()
            keys = self.totals[COUNT_COLUMNS[:4]].take(column).reset_index(drop=True)
            self.__dict__["counts"] = keys.join(items)
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
        return replace(self, counts=counts, totals=totals)

    @cached_property
    def table(self) -> pd.DataFrame:
        """Items by outlet: ``item, outlet, k, n, share``, zeros included.

        All voices together, the most frequent items first. A share of nothing is
        NaN.
        """
        outlet = self.totals["outlet"].fillna(NO_OUTLET).to_numpy(object)
        outlets = sorted(set(outlet))
        sums = [self.sparse.sums(outlet == name) for name in outlets]
        shape = (len(outlets), self.sparse.k.shape[0])
        k = np.array(sums, dtype=np.int64).reshape(shape).T
        order = np.argsort(-k.sum(axis=1), kind="stable")
        n = self.totals["n"].groupby(outlet).sum().reindex(outlets).to_numpy()
        table = pd.DataFrame(
            {
                "item": np.repeat(self.sparse.names(order).to_numpy(object), len(n)),
                "outlet": np.tile(np.array(outlets, dtype=object), len(order)),
                "k": k[order].ravel(),
                "n": np.tile(n, len(order)),
            }
        )
        return table.assign(share=table["k"] / table["n"].where(table["n"] > 0))

    @property
    def caption(self) -> str:
        """What was counted, and of how much."""
        return f"Counts of {self._summary()}."

    @property
    def sources(self) -> str:
        """The articles behind the counts, in one line."""
        outlets = self.totals["outlet"].dropna().nunique()
        return (
            f"{counted(self.totals['article'].nunique(), 'article')} of "
            f"{counted(outlets, 'outlet')}"
        )

    def shown(self) -> pd.DataFrame:
        """Lay out the most frequent items, one column per outlet."""
        outlets = self.totals["outlet"].fillna(NO_OUTLET).nunique()
        table = self.table.head(SHOWN * outlets)
        order = table["item"].drop_duplicates()
        wide = table.pivot_table(index="item", columns="outlet", values="k", sort=False)
        return wide.reindex(order).astype(np.int64).reset_index()

    def unlike(self, *outlets: str) -> tuple[str, ...]:
        """Say in which damage to their texts, or genre, the outlets are unlike."""
        return () if self.corpus is None else self.corpus.unlike(*outlets)

    def evidence(self, item: str, voice: str | None = None) -> pd.DataFrame:
        """Find every place that was counted for one item.

        Parameters
        ----------
        item : str
        voice : str, optional
            Only places in this voice.

        Returns
        -------
        DataFrame
            ``article, outlet, voice, start, end, text``, in the order of the corpus;
            ``text`` is ``article text[start:end]``.

        Raises
        ------
        UnknownNameError
            If nothing was counted for such an item.
        InputError
            If these counts were made by hand, without a corpus.
        """
        places = self._places(item)
        if places.empty:
            require_known(item, self.sparse.names(), kind=f"item of {self.measure}")
        return places if voice is None else _rows(places, places["voice"].eq(voice))

    def _places(self, item: str) -> pd.DataFrame:
        """Give what stands behind an item in these articles and voices, in order."""
        if self.find is None or self.corpus is None:
            raise InputError(
                "these counts cannot be traced to sentences: they were not made by a "
                "measure from a corpus."
            )
        articles = self.corpus.articles
        own = articles[articles["article"].isin(self._holding(item))]
        corpus = replace(self.corpus, articles=own.reset_index(drop=True))
        places = self.find(corpus, item)
        pairs = pd.MultiIndex.from_frame(self.totals[["article", "voice"]])
        places = _rows(
            places, pd.MultiIndex.from_frame(places[["article", "voice"]]).isin(pairs)
        )
        order = pd.Index(articles["article"]).get_indexer(places["article"])
        rows = np.lexsort((places["start"], order))
        return places.iloc[rows].reset_index(drop=True)

    def _holding(self, item: str) -> pd.Series:
        """Give the articles in which an item was counted: all if it is in no count."""
        number = self._item_names.get_indexer(pd.Index([item]))[0]
        if number < 0:
            return self.totals["article"]
        return self.totals["article"].take(self.sparse.k[[number]].nonzero()[1])

    @cached_property
    def _item_names(self) -> pd.Index:
        """The names of the items, in which many are looked up."""
        return self.sparse.names()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._summary()})"

    def _summary(self) -> str:
        return (
            f"{self.measure}: {self.sparse.k.shape[0]:,} items, "
            f"{int(self.totals['n'].sum()):,} {self.unit}, "
            f"{self.totals['article'].nunique():,} articles "
            f"of {self.totals['outlet'].nunique():,} outlets"
        )


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
    kinds = sorted({f"{part.measure} of {part.unit}" for part in given})
    if len(kinds) != 1:
        raise InputError(
            f"combine() needs counts of one measure and unit; found {kinds or 'none'}."
        )
    first = given[0]
    counts = pd.concat([part.counts for part in given], ignore_index=True)
    totals = pd.concat([part.totals for part in given], ignore_index=True)
    traced = all(part.corpus is not None and part.find is not None for part in given)
    find, whole = (_find_in(given), _whole_of(given)) if traced else (None, None)
    return Counts(counts, totals, first.measure, first.unit, find, whole)


def counts_of(
    source: Counts | pd.DataFrame | tuple[pd.DataFrame, pd.DataFrame],
) -> Counts:
    """Accept counts in any of their forms.

    One frame has ``event, outlet, article, voice, item, k, n``; rows with k = 0 carry
    the total of an article and voice in which nothing was counted.
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


def in_parts(counts: Counts, rows: int = 2_000) -> Iterator[pd.DataFrame]:
    """Give counts beside their totals, so many of them at a time, in order of keys.

    ``event, outlet, article, voice, item, k, n``; an article and voice in which nothing
    counts has a row without an item, and k = 0.

    >>> counts = pd.DataFrame({"event": "e", "outlet": "Daily", "article": ["a", "b"],
    ...                        "voice": "rest", "item": "dam", "k": [1, 0], "n": 9})
    >>> [part[["article", "item", "k", "n"]].values.tolist()
    ...  for part in in_parts(counts_of(counts), 1)]
    [[['a', 'dam', 1, 9]], [['b', nan, 0, 9]]]
    """
    keys, whole = TOTAL_COLUMNS[:4], csc_array(counts.sparse.k)
    totals = counts.totals.sort_values(keys, kind="stable")
    for first in range(0, max(len(totals), 1), rows):
        part = totals.iloc[first : first + rows]
        columns = csc_array(whole[:, part.index.to_numpy()])
        found, column = replace(counts.sparse, k=columns).long()
        nothing = np.flatnonzero(np.diff(columns.indptr) == 0)
        items = found.reindex(range(len(found) + len(nothing))).fillna({"k": 0})
        column = np.concatenate([column, nothing])
        table = part.take(column).reset_index(drop=True).join(items)
        table = table.iloc[np.argsort(column, kind="stable")].astype({"k": np.int64})
        yield table[[*keys, "item", "k", "n"]].reset_index(drop=True)


def _find_in(parts: list[Counts]) -> Find:
    """Ask every part for the places in its own articles."""

    def find(_: Corpus, item: str) -> pd.DataFrame:
        return pd.concat([part._places(item) for part in parts], ignore_index=True)

    return find


def _whole_of(parts: list[Counts]) -> Corpus:
    """Put the articles of the parts together."""
    corpora = [part.corpus for part in parts if part.corpus is not None]
    if all(corpus is corpora[0] for corpus in corpora):
        return corpora[0]
    articles = pd.concat([corpus.articles for corpus in corpora], ignore_index=True)
    return corpus_of(
        articles.drop_duplicates("article", ignore_index=True),
        marks_only=corpora[0].marks_only,
    )


def evidence_table(rows: Iterable[tuple[Any, ...]]) -> pd.DataFrame:
    """Make the table of evidence: ``article, outlet, voice, start, end, text``."""
    keys = dict.fromkeys(["article", "outlet", "voice", "text"], TEXT)
    whole = dict.fromkeys(["start", "end"], np.int64)
    table = pd.DataFrame(list(rows), columns=EVIDENCE_COLUMNS)
    return table.astype({**keys, **whole})


def _rows(table: pd.DataFrame, chosen: Any) -> pd.DataFrame:
    """Keep some rows, numbered anew."""
    return table[np.asarray(chosen, dtype=bool)].reset_index(drop=True)


def _columns_of(table: pd.DataFrame, columns: list[str], of: str) -> pd.DataFrame:
    require_columns(table, columns, of=of)
    *keys, number = columns
    rows = table[columns].reset_index(drop=True).astype(dict.fromkeys(keys, TEXT))
    if not pd.api.types.is_numeric_dtype(rows[number]) and len(rows):
        raise InputError(f"{of}: column {number!r} must hold numbers.")
    return rows.astype({number: np.int64}) if not len(rows) else rows


def _check(counts: pd.DataFrame, totals: pd.DataFrame) -> None:
    """Raise `InputError` at the first row that breaks the contract."""
    missing = totals[["article", "voice"]].isna().any(axis=1)
    _refuse(totals, missing, "a total lacks its article or voice")
    _refuse(
        totals,
        totals.duplicated(["article", "voice"]),
        "an article and voice has two totals",
    )
    known = totals["n"].ge(0) & totals["n"].lt(np.inf)
    _refuse(totals, ~known, "a total n is missing, infinite or below 0")
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
    keys, asked = (
        pd.MultiIndex.from_frame(table[["article", "voice"]])
        for table in (totals, counts)
    )
    rows: npt.NDArray[np.int64] = keys.get_indexer(asked).astype(np.int64)
    return rows


def _refuse(
    table: pd.DataFrame, wrong: pd.Series | npt.NDArray[np.bool_], what: str
) -> None:
    bad = np.flatnonzero(np.asarray(wrong, dtype=bool))
    if len(bad):
        row = {name: str(value) for name, value in table.iloc[bad[0]].items()}
        raise InputError(f"{what} ({len(bad)} rows, the first is {row}).")
