"""A corpus as a store: written part by part, taken up where it was left, opened."""

from __future__ import annotations

import warnings
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from weakref import finalize

import pandas as pd
import pyarrow as pa

from framelens._checks import InputError
from framelens._computed import Batch, Computed, batches, in_order, whole_needs
from framelens._layers import DECLARED, layer
from framelens._progress import progress
from framelens._store import (
    ARTICLES,
    NO_TOKEN,
    Part,
    Store,
    batch_of,
    fault_of_store,
    fitted,
)
from framelens._workers import Task, how_many, run, run_on_cluster
from framelens.read.aside import Cells, let_go
from framelens.read.reading import Reading, ordered

if TYPE_CHECKING:
    from collections.abc import Sequence

LAYERS = (
    *("sentences", "paragraphs", "quotations", "furniture", "attributions"),
    *("voices", "ledger"),
)
"""What is saved of every corpus."""

MARKED_LAYERS = (
    *("sentences", "paragraphs", "quotations", "furniture"),
    *("marked_voices", "marked_ledger"),
)
"""What is saved where only quotation marks are looked at."""


def save(
    computed: Computed,
    reading: Reading,
    folder: Path,
    *,
    marks_only: bool,
    layers: Sequence[str] = (),
    workers: int | None = 1,
    scheduler: str | None = None,
    share: tuple[int, int] | None = None,
) -> None:
    """Write a corpus with its layers: only what is not there, and nothing else stays.

    With a `share`, such as 2 of 8, only those batches are written, and no layers of
    the whole corpus; what else is there stays.
    """
    require_store(folder)
    store = Store(folder, strict=True)
    computed = replace(computed, store=store)
    names = in_order([*(MARKED_LAYERS if marks_only else LAYERS), *layers])
    cut = list(batches(computed.articles, computed.articles))
    written = _article_parts(computed, cut)
    mine = cut
    if share is not None:
        mine = cut[share[0] - 1 :: share[1]]
        names = [one for one in names if not (layer(one).whole or whole_needs(one))]
    parts = {batch.number: part for batch, part in zip(cut, written, strict=True)}
    store.strays = _strays(computed, [*names, *computed.corrected], cut)
    for batch in mine if computed.corrected else ():
        computed.store_batch(sorted(computed.corrected), batch)
    for some in _passes([one for one in names if one not in computed.corrected]):
        if layer(some[0]).whole:
            for name in some:
                computed.store_whole(name, cut)
            continue
        tasks = [_task(computed, some, parts[batch.number]) for batch in mine]
        _annotate(computed, some, mine, tasks, workers, scheduler)
        store.refresh()
    if share is not None:
        return
    store.keep_only([*written, *_parts(computed, names, cut)])
    store.tell(
        {
            "marks_only": marks_only,
            "source": reading.source,
            "dropped": _plain(reading.dropped),
            "remarks": _plain(reading.remarks),
            "lost": reading.lost,
            "actors": _plain(computed.actors),
            "corrected": sorted(computed.corrected),
            "articles": [part.path.name for part in written],
        }
    )


def opened(folder: Path) -> tuple[Computed, Reading, bool]:
    """Open what `save` wrote: layers, the reading, and whether marks alone count."""
    require_store(folder)
    store = Store(folder)
    told = store.told()
    if told is None:
        raise InputError(
            f"{folder} holds no whole corpus: there is no sound _framelens.json; save "
            "one with corpus.save(), or run framelens annotate SOURCE --out again"
        )
    parts = {part.path.name: part for part in store.parts(ARTICLES)}
    texts, rest = Cells(), []
    for name in told["articles"]:
        table = store.read(parts[name]) if name in parts else None
        if table is not None:
            texts.extend(table["text"])
            rest.append(table.drop(columns="text"))
    count = len(told["articles"])
    if len(rest) < count or not rest:
        raise InputError(
            f"{folder}: of {count} parts with articles {count - len(rest)} are damaged "
            "or gone; save the corpus again from its source"
        )
    articles = ordered(pd.concat(rest, ignore_index=True).assign(text=texts.column()))
    reading = Reading(
        articles,
        _table(told["dropped"]),
        _table(told["remarks"]),
        told["source"],
        told["lost"],
    )
    actors = None if told["actors"] is None else _table(told["actors"])
    computed = Computed(articles, actors, store=store)
    corrected = {name: _corrected(store, name) for name in told["corrected"]}
    computed = replace(computed, corrected=frozenset(corrected), tables=corrected)
    return computed, reading, bool(told["marks_only"])


def require_store(folder: Path) -> None:
    """Refuse a folder that cannot be a store."""
    if fault := fault_of_store(folder):
        raise InputError(fault)


def layers_there(computed: Computed) -> list[str]:
    """Give the layers that were computed of all articles, without those needed."""
    count = len(computed.articles)
    return [
        name
        for name in DECLARED
        if name in computed.tables
        and (name in computed.corrected or len(computed.done.get(name, ())) == count)
    ]


def share_out(computed: Computed, name: str, missing: pd.DataFrame) -> None:
    """Let workers compute what a layer rests on, where there is enough of it to do.

    They write into the corpus's store, or a temporary one that lives as long as it.
    """
    names = [one for one in in_order([name]) if not whole_needs(one)]
    names = [one for one in names if not layer(one).whole]
    if computed.workers == 1 or not names or computed.corrected:
        return
    cut = list(batches(missing, computed.articles))
    many = how_many(computed.workers, names, [one.articles for one in cut])
    if many < 2:
        return
    kept = computed.store
    if kept is None:
        folder = TemporaryDirectory(prefix="framelens-")
        kept = Store(Path(folder.name))
        finalize(kept, folder.cleanup)
    if kept.complained:
        return
    try:
        strict = replace(computed, store=replace(kept, strict=True))
        assert strict.store is not None  # noqa: S101 - just given
        strict.store.strays = _strays(strict, names, cut)
        parts = _article_parts(strict, cut)
        tasks = [_task(strict, names, part) for part in parts]
        _annotate(strict, names, cut, tasks, many, None)
    except InputError as fault:
        warnings.warn(f"{fault}; going on with one process", stacklevel=2)
        return
    kept.refresh()
    computed.store = kept


def _passes(names: Sequence[str]) -> list[list[str]]:
    """Part layers by who must have finished: each article, the whole, then the rest."""
    passes: list[list[str]] = []
    kinds: list[tuple[bool, bool]] = []
    for name in names:
        kind = layer(name).whole, bool(whole_needs(name))
        if kind not in kinds:
            kinds.append(kind)
            passes.append([])
        passes[kinds.index(kind)].append(name)
    order = sorted(range(len(kinds)), key=lambda place: (kinds[place][1], kinds[place]))
    return [passes[place] for place in order]


def _annotate(
    computed: Computed,
    names: Sequence[str],
    cut: Sequence[Batch],
    tasks: Sequence[Task],
    workers: int | None,
    scheduler: str | None,
) -> None:
    """See that the store has layers of every batch, whoever computes them."""
    counts = [len(batch.articles) for batch in cut]
    lacking = [
        place
        for place, batch in enumerate(cut)
        if not all(computed.stored(name, [batch]) for name in names)
    ]
    tasks = [tasks[place] for place in lacking]
    counts = [counts[place] for place in lacking]
    with progress("annotating", sum(counts)) as tell:
        if scheduler is not None:
            run_on_cluster(tasks, scheduler, counts, tell)
            return
        many = how_many(workers, names, [cut[place].articles for place in lacking])
        if many > 1:
            run(tasks, many, counts, tell)
            return
        done = 0
        for place, count in zip(lacking, counts, strict=True):
            computed.store_batch(names, cut[place])
            let_go()
            tell(done := done + count)


def _article_parts(computed: Computed, cut: Sequence[Batch]) -> list[Part]:
    """Write the articles of some batches, unless they are there."""
    store, whole = computed.store, computed.articles
    assert store is not None  # noqa: S101 - a slip of ours, not of a user
    table, kinds = fitted(whole)
    place = pd.Index(whole["article"])
    written = []
    for batch in cut:
        keys = computed.row_keys(batch.articles)
        part = store.exact(ARTICLES, NO_TOKEN, keys)
        if part is None or not store.sound(part):
            rows = table.iloc[place.get_indexer(batch.articles["article"])]
            # the same bytes, whether texts are in memory or aside
            rows = rows.reset_index(drop=True).astype({"text": object})
            names = rows["article"].tolist()
            part = store.write(
                ARTICLES, NO_TOKEN, batch.number, rows, names, keys, kinds
            )
        assert part is not None  # noqa: S101 - a strict store raises
        written.append(part)
        let_go()
    pa.default_memory_pool().release_unused()  # what the parts were written from
    return written


def _task(computed: Computed, names: Sequence[str], part: Part) -> Task:
    """Say what a worker needs to annotate one batch."""
    assert computed.store is not None  # noqa: S101 - a slip of ours, not of a user
    for name in names:
        computed.token(name)
    needed = [one for one in in_order(names) if one not in names]
    return Task(
        str(computed.store.folder.resolve()),
        part.path.name,
        part.number,
        tuple(names),
        computed.actors,
        {name: computed.token(name) for name in in_order(names)},
        frozenset([*needed, *computed.corrected]),
        computed.store.strays or frozenset(),
    )


def _strays(
    computed: Computed, names: Sequence[str], cut: Sequence[Batch]
) -> frozenset[str]:
    """Name the parts that are of no batch of this cut, and may hold some of it."""
    store = computed.store
    assert store is not None  # noqa: S101 - a slip of ours, not of a user
    found = set()
    for name in names:
        parts = store.parts(name)
        if not parts or layer(name).whole:
            continue
        token = computed.token(name)
        parts = [part for part in parts if part.token == token]
        batches_here = {
            batch_of(computed.keys(name, batch.articles)) for batch in cut if parts
        }
        found |= {part.path.name for part in parts if part.batch not in batches_here}
    return frozenset(found)


def _parts(
    computed: Computed, names: Sequence[str], cut: Sequence[Batch]
) -> list[Part]:
    """Give the parts of this corpus, also of layers that were asked for before."""
    store = computed.store
    assert store is not None  # noqa: S101 - a slip of ours, not of a user
    there = {part.layer for part in store.parts()} & set(DECLARED)
    found = []
    for name in in_order([*names, *sorted(there)]):
        several = [
            store.exact(name, computed.token(name), computed.keys(name, one.articles))
            for one in cut
        ]
        whole = [part for part in several if part is not None]
        found += whole if len(whole) == len(cut) else []
    return found


def _corrected(store: Store, name: str) -> pd.DataFrame:
    """Read a corrected layer, which nothing can compute again."""
    tables = [store.read(part) for part in store.parts(name)]
    whole = [table for table in tables if table is not None]
    if len(whole) < len(tables) or not whole:
        raise InputError(
            f"{store.folder}: your correction of {name} is damaged; correct the corpus "
            "and save it again"
        )
    return pd.concat(whole, ignore_index=True)


def _plain(table: pd.DataFrame | None) -> dict[str, Any] | None:
    """Write a small table so that JSON holds it."""
    if table is None:
        return None
    cells = table.astype(object).where(table.notna(), None)
    kinds = {str(name): str(table[name].dtype) for name in table.columns}
    return {"columns": list(kinds), "kinds": kinds, "rows": cells.to_numpy().tolist()}


def _table(plain: dict[str, Any]) -> pd.DataFrame:
    table = pd.DataFrame(plain["rows"], columns=plain["columns"], dtype=object)
    return table.astype(plain["kinds"])
