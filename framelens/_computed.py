"""Layers as they are computed: some articles at a time, each once, kept in a store."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from framelens._code import code_of
from framelens._layers import ACTORS, DECLARED, layer, resting_on
from framelens._progress import progress
from framelens.read.aside import lengths, let_go, rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from framelens._layers import Layer
    from framelens._store import Part, Store

MOST, FEWEST, PARTS = 128, 8, 32
"""Articles of a part, so that up to 4,096 articles make about 32: enough to share out
among workers, and little is lost with one."""

LONGEST = 1_000_000
"""Characters of a part, unless one article has more: so much is held in memory."""

_READ = ("article", "outlet", "title", "text", "language")
"""Columns that layers of single articles read."""

_AT_FIRST, _QUICK = 8, 0.5
"""Articles that a layer is computed for at a time, until that takes half a second."""


class Batch(NamedTuple):
    """Some articles that lie together in the store, and which part they are."""

    number: int
    articles: pd.DataFrame


@dataclass
class Computed:
    """What was computed so far of a whole corpus; corpora cut from it share it.

    Where `articles` are a batch of it, as for a worker, `tokens` are those of the
    whole, and layers that are computed `elsewhere` must be in the store. Layers that
    are `lent` come from another corpus, as whom a name means in a headline from its
    article: they are made when they are asked for, and hold as if corrected.
    """

    articles: pd.DataFrame
    actors: pd.DataFrame | None
    corrected: frozenset[str] = frozenset()
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    done: dict[str, set[str]] = field(default_factory=dict)
    store: Store | None = None
    workers: int | None = 1
    share_out: Callable[[Computed, str, pd.DataFrame], None] | None = None
    tokens: dict[str, str] = field(default_factory=dict)
    elsewhere: frozenset[str] = frozenset()
    lent: Mapping[str, Callable[[], pd.DataFrame]] = field(default_factory=dict)

    def table(self, name: str, wanted: pd.DataFrame) -> pd.DataFrame:
        """Give the rows of a layer for the articles `wanted`, in their order."""
        if name in self.lent and name not in self.corrected:
            self.tables[name] = self.lent[name]()
            self.corrected |= {name}
        if name in self.corrected:
            return rows_of(self.tables[name], wanted)
        declared = layer(name)
        done = self.done.setdefault(name, set())
        asked = self.articles if declared.whole else wanted
        missing = asked[~asked["article"].isin(done)]
        if name not in self.tables or len(missing):
            made: dict[str, list[pd.DataFrame]] = {}
            finished: dict[str, list[str]] = {}
            try:
                for articles, tables in self._computed(declared, missing):
                    for one, table in tables.items():
                        made.setdefault(one, []).append(table)
                        finished.setdefault(one, []).extend(articles["article"])
            finally:  # what was finished is kept, also after Ctrl-C
                for one, several in made.items():
                    self.tables[one] = _below(self.tables.get(one), *several)
                    self.done.setdefault(one, set()).update(finished[one])
        return rows_of(self.tables[name], wanted)

    def _computed(
        self, declared: Layer, missing: pd.DataFrame
    ) -> Iterator[tuple[pd.DataFrame, dict[str, pd.DataFrame]]]:
        """Compute a layer and what it needs for some articles at a time."""
        if declared.whole:
            yield missing, {declared.name: self._of_all(declared)}
            return
        for need in whole_needs(declared.name) - self.corrected:
            self.table(need, self.articles)
        if self.share_out is not None and len(missing) > _AT_FIRST:
            self.share_out(self, declared.name, missing)
        if missing.empty or (len(missing) <= _AT_FIRST and self.store is None):
            yield missing, self._of_some(declared.name, Batch(0, missing))
            return
        what = f"marking {declared.name.replace('_', ' ')}"
        with progress(what, len(missing)) as tell:
            told = 0
            for batch in self._batches(missing):
                yield batch.articles, self._of_some(declared.name, batch)
                tell(told := told + len(batch.articles))

    def _batches(self, articles: pd.DataFrame) -> Iterator[Batch]:
        """Cut articles as the store does; without one, as fast as they go."""
        if self.store is not None:
            yield from batches(articles, self.articles)
            return
        begin, size = 0, _AT_FIRST
        while begin < len(articles):
            begun = time.monotonic()
            yield Batch(0, articles.iloc[begin : begin + size])
            begin += size
            if time.monotonic() - begun < _QUICK:
                size *= 2

    def _of_some(self, name: str, batch: Batch) -> dict[str, pd.DataFrame]:
        """Give a layer of some articles, with what was computed on the way."""
        made: dict[str, pd.DataFrame] = {}
        articles = batch.articles.reset_index(drop=True)
        self._of_batch(name, Batch(batch.number, articles), made)
        return made

    def _of_batch(
        self, name: str, batch: Batch, made: dict[str, pd.DataFrame]
    ) -> pd.DataFrame:
        """Give a layer of some articles: held, from the store, or computed."""
        if name in made:
            return made[name]
        articles, declared = batch.articles, layer(name)
        if name in self.corrected:
            return rows_of(self.tables[name], articles)
        held = articles["article"].isin(self.done.get(name, set()))
        if held.all() and name in self.tables:
            return rows_of(self.tables[name], articles)
        found, there = self._found(name, articles)
        if held.any() and not there:
            found, there = [self.tables[name]], self.done[name]
        missing = articles[~articles["article"].isin(there)]
        if len(missing) or not found:
            if name in self.elsewhere:
                raise LookupError(f"{name} of a batch is not in the store")
            given: dict[str, Any] = {
                need: self.actors
                if need == ACTORS
                else rows_of(self._of_batch(need, batch, made), missing)
                for need in declared.needs
            }
            computed = declared.compute(missing.reset_index(drop=True), **given)
            found.append(computed)
        table = rows_of(_below(*found), articles)
        self._keep(name, batch, table)
        made[name] = table
        return table

    def _of_all(self, declared: Layer) -> pd.DataFrame:
        """Give a layer of the whole corpus: from the store, or computed."""
        name, articles = declared.name, self.articles
        cut = [] if self.store is None else list(batches(articles, articles))
        found: list[pd.DataFrame] = []
        for batch in cut:
            some, keys = self._found(name, batch.articles)
            if len(keys) < len(batch.articles):
                break
            found += some
        else:
            if found:
                return rows_of(_below(*found), articles)
        return rows_of(_below(*self._whole_in_turn(declared, cut)), articles)

    def _whole_in_turn(
        self, declared: Layer, cut: Sequence[Batch]
    ) -> Iterator[pd.DataFrame]:
        """Compute a layer of the whole corpus; give and keep it batch by batch."""
        given: dict[str, Any] = {
            need: self.actors if need == ACTORS else self.table(need, self.articles)
            for need in declared.needs
        }
        articles = self.articles.reset_index(drop=True)
        tables: Iterator[pd.DataFrame]
        if declared.in_turn is None or not cut:
            table = declared.compute(articles, **given)
            if not cut:
                yield table
            tables = (rows_of(table, batch.articles) for batch in cut)
        else:
            sizes = [len(batch.articles) for batch in cut]
            tables = declared.in_turn(articles, sizes, **given)
        for batch, some in zip(cut, tables, strict=True):
            self.part(declared.name, batch.articles)  # takes it away if it is damaged
            self._keep(declared.name, batch, some)
            yield some

    def _found(
        self, name: str, articles: pd.DataFrame
    ) -> tuple[list[pd.DataFrame], set[str]]:
        """Give what the store has of a layer, and of which of the articles."""
        if self.store is None:
            return [], set()
        keys = self.keys(name, articles)
        tables, found = self.store.find(name, self.token(name), keys)
        names = zip(articles["article"], keys, strict=True)
        return tables, {article for article, key in names if key in found}

    def _keep(self, name: str, batch: Batch, table: pd.DataFrame) -> None:
        """Write a part, unless it is there; of no article there is none."""
        if self.store is None or batch.articles.empty:
            return
        token, keys = self.token(name), self.keys(name, batch.articles)
        if self.store.exact(name, token, keys) is None:
            names = batch.articles["article"].tolist()
            self.store.write(name, token, batch.number, table, names, keys)

    def store_whole(self, name: str, cut: Sequence[Batch]) -> None:
        """See that the store has a layer of the whole corpus; hold nothing of it."""
        if self.stored(name, cut):
            return
        if len(self.done.get(name, ())) == len(self.articles):
            for batch in cut:
                self._keep(name, batch, rows_of(self.tables[name], batch.articles))
            return
        for _ in self._whole_in_turn(layer(name), cut):
            pass

    def store_batch(self, names: Sequence[str], batch: Batch) -> None:
        """See that the store has these layers of a batch; hold nothing of them."""
        made: dict[str, pd.DataFrame] = {}
        batch = Batch(batch.number, batch.articles.reset_index(drop=True))
        for name in names:
            if name in made or self.part(name, batch.articles) is not None:
                continue
            table = self._of_batch(name, batch, made)
            self._keep(name, batch, table)

    def part(self, name: str, articles: pd.DataFrame) -> Part | None:
        """Give the part of exactly these articles, if it is there and sound."""
        assert self.store is not None  # noqa: S101 - a slip of ours, not of a user
        part = self.store.exact(name, self.token(name), self.keys(name, articles))
        return part if part is not None and self.store.sound(part) else None

    def stored(self, name: str, cut: Iterable[Batch]) -> bool:
        """Whether the store has a sound part of a layer for each of these batches."""
        return all(self.part(name, batch.articles) is not None for batch in cut)

    def token(self, name: str) -> str:
        """Name what a layer rests on: code, models, actors, corrections, corpus."""
        if name not in self.tokens:
            self.tokens[name] = self._token(name)
        return self.tokens[name]

    def _token(self, name: str) -> str:
        if name in self.corrected:
            return _hash([name, *_cells(self.tables[name])])
        declared = layer(name)
        needs = [
            _hash(_cells(self.actors)) if need == ACTORS else self.token(need)
            for need in declared.needs
        ]
        whole = [self.whole_token] if declared.whole else []
        return _hash([name, declared.version, code_of(name), *needs, *whole])

    @cached_property
    def whole_token(self) -> str:
        """Name the whole corpus, with all its columns."""
        return _hash(_cells(self.articles))

    def keys(self, name: str, articles: pd.DataFrame) -> list[str]:
        """Name each article for a layer: by what the layer reads and rests on."""
        token = self.token(name)
        return [
            _hash([token, self._bases[one]], size=16) for one in articles["article"]
        ]

    def row_keys(self, articles: pd.DataFrame) -> list[str]:
        """Name each article by all that is known of it."""
        rows = articles.itertuples(index=False, name=None)
        names = [str(name) for name in articles.columns]
        return [_hash([*names, *map(_cell, row)], size=16) for row in rows]

    @cached_property
    def _bases(self) -> dict[str, str]:
        """Name each article by what layers of single articles read of it."""
        table = self.articles.reindex(columns=list(_READ))
        return {row[0]: _hash(map(_cell, row)) for row in rows(table)}

    def lacking(self, name: str, wanted: pd.DataFrame) -> pd.DataFrame:
        """Give the articles of which a layer is neither held nor in the store."""
        if name in self.corrected:
            return wanted.iloc[:0]
        missing = wanted[~wanted["article"].isin(self.done.get(name, set()))]
        if self.store is None or missing.empty:
            return missing
        there = self.store.keys(name, self.token(name))
        keys = self.keys(name, missing)
        return missing[[key not in there for key in keys]]

    def next_lacking(self, name: str, wanted: pd.DataFrame, most: int) -> pd.DataFrame:
        """Give the first few of these; of a store all that lie in one part."""
        missing = self.lacking(name, wanted)
        if self.store is None or missing.empty:
            return missing.head(most)
        return next(batches(missing, self.articles)).articles

    def cut(self, articles: pd.DataFrame) -> Computed:
        """Give some articles as a whole of their own, with what holds of them alone."""
        whole = {name for name in DECLARED if layer(name).whole}
        stale = (whole | resting_on(whole)) - self.corrected
        names = set(articles["article"])
        tables = {
            name: rows_of(table, articles)
            for name, table in self.tables.items()
            if name not in stale
        }
        return Computed(
            articles,
            self.actors,
            self.corrected,
            tables,
            {name: done & names for name, done in self.done.items() if name in tables},
            self.store,
            self.workers,
            self.share_out,
        )

    def with_corrections(
        self,
        articles: pd.DataFrame,
        actors: pd.DataFrame | None,
        tables: dict[str, pd.DataFrame],
        changed: set[str],
    ) -> Computed:
        """Give a store in which what rests on `changed` is computed anew."""
        stale = resting_on(changed) - set(tables)
        kept = {
            name: table
            for name, table in self.tables.items()
            if name not in stale | changed or name in self.corrected - changed
        }
        return Computed(
            articles,
            actors,
            (self.corrected - changed) | set(tables),
            kept | tables,
            {name: set(done) for name, done in self.done.items() if name in kept},
            self.store,
            self.workers,
            self.share_out,
        )


def batches(articles: pd.DataFrame, whole: pd.DataFrame) -> Iterator[Batch]:
    """Cut `articles` where the `whole` corpus is cut: the same for whoever cuts it."""
    most = min(MOST, max(FEWEST, -(-len(whole) // PARTS)))
    wanted = None if articles is whole else set(articles["article"])
    begin, size, number = 0, 0, 0
    for place, length in enumerate([*lengths(whole["text"]), None]):
        full = place - begin >= most or size + (length or 0) > LONGEST
        if place > begin and (length is None or full):
            some = whole.iloc[begin:place]
            if wanted is not None:
                some = some[some["article"].isin(wanted)]
            if len(some):
                yield Batch(number, some)
                let_go()
            begin, size, number = place, 0, number + 1
        size += length or 0


def in_order(names: Iterable[str]) -> list[str]:
    """Give layers and all that they need, each after what it needs."""
    found: dict[str, None] = {}
    for name in names:
        needs = [need for need in layer(name).needs if need != ACTORS]
        found |= dict.fromkeys([*in_order(needs), name])
    return list(found)


def whole_needs(name: str) -> set[str]:
    """Give the layers of the whole corpus that a layer needs, directly or not."""
    found: set[str] = set()
    for need in layer(name).needs:
        if need != ACTORS:
            found |= {need} if layer(need).whole else whole_needs(need)
    return found


def rows_of(table: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Give the rows of some articles, in the order of the articles."""
    if "article" not in table.columns:
        return table.copy(deep=False)
    place = pd.Index(articles["article"]).get_indexer(pd.Index(table["article"]))
    kept = place >= 0
    if kept.all() and (place[1:] >= place[:-1]).all():
        return table.copy(deep=False)
    order = pd.Series(place[kept]).argsort(kind="stable")
    rows: pd.DataFrame = table[kept].iloc[order.to_numpy()].reset_index(drop=True)
    return rows


def _below(*tables: pd.DataFrame | None) -> pd.DataFrame:
    """Put tables of one layer below each other; empty ones say nothing of kinds."""
    given = [table for table in tables if table is not None]
    filled = [table for table in given if len(table)] or given[-1:]
    return filled[0] if len(filled) == 1 else pd.concat(filled, ignore_index=True)


def _hash(parts: Iterable[str], size: int = 12) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode("utf-8", "surrogatepass") + b"\x00")
    return digest.hexdigest()[:size]


def _cells(table: pd.DataFrame | None) -> Iterator[str]:
    """Give the names of a table's columns and its cells, as text."""
    if table is None:
        return
    yield from map(str, table.columns)
    for row in rows(table):
        yield from map(_cell, row)


def _cell(value: object) -> str:
    """Write a cell so that what is missing is no text."""
    missing = value is None or (isinstance(value, float) and value != value)
    return "\x01" if missing or value is pd.NA else f"\x02{value}"
