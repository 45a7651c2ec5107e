"""The verbs that write and tend a store: `annotate` and `store`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from framelens._checks import InputError
from framelens._layers import DECLARED, layer, layers_named
from framelens.cli.output import check_folder

if TYPE_CHECKING:
    from argparse import Namespace

    from framelens._store import Part, Store
    from framelens.corpus import Corpus


def check_annotate(given: Namespace, sources: list[str]) -> Path:
    """Check, before any work, what `annotate` was asked for."""
    from framelens._saving import require_store
    from framelens._workers import require_workers

    out = check_folder(given.out, sources=sources)
    require_store(out)
    given.layers = layers_named(given.layers)
    if given.workers is not None:
        require_workers(given.workers)
    return out


def annotate(given: Namespace, corpus: Corpus, out: Path) -> str:
    """Write a store, or a share of one; say what is in it."""
    from framelens._saving import LAYERS, save

    save(
        corpus._computed,
        corpus.reading,
        out,
        marks_only=False,
        layers=given.layers,
        workers=given.workers,
        scheduler=given.scheduler,
        share=given.part,
    )
    if given.part is not None:
        share, of = given.part
        return (
            f"Part {share} of {of} of {len(corpus):,} articles is in {out}. When all "
            "are there, run the same without --part."
        )
    rows = {name: rows_of(out, name) for name in (*LAYERS, *given.layers)}
    numbers = ", ".join(f"{count:,} {_words(name)}" for name, count in rows.items())
    return f"{len(corpus):,} articles: {numbers}. Written to {out}."


def rows_of(folder: Path, name: str) -> int:
    """Count the rows of a layer, without reading them."""
    import pyarrow.parquet as pq

    from framelens._store import Store

    parts = Store(folder).parts(name)
    return sum(pq.read_metadata(part.path).num_rows for part in parts)


def _words(name: str) -> str:
    return "rows of the ledger" if name == "ledger" else name.replace("_", " ")


def tend(given: Namespace) -> list[str]:
    """Say what is in a store and what of it is stale; clear it if asked to."""
    from framelens._saving import require_store
    from framelens._store import Store

    folder = Path(given.store)
    if not folder.is_dir():
        raise InputError(f"{folder}: there is no such folder; name a store")
    require_store(folder)
    store = Store(folder, strict=True)
    parts, stale = store.parts(), stale_parts(store)
    if given.clear is not None:
        gone = store.clear(parts if given.clear == "all" else stale)
        left = store.sweep(older=0)
        if given.clear == "all":
            store.forget()
        return [f"{gone:,} parts and {left:,} unfinished files taken from {folder}."]
    lines = [f"{folder}: {_size(parts)} in {len(parts):,} parts."]
    outdated = Counter(part.layer for part in stale)
    for name in dict.fromkeys(part.layer for part in parts):
        some = [part for part in parts if part.layer == name]
        said = f"{name}: {len(some):,} parts, {_size(some)}"
        if outdated[name]:
            said += f", {outdated[name]:,} of them stale"
        lines.append(said)
    if stale:
        lines.append(
            f"Stale: {_size(stale)}, of other code, models or articles; take it away "
            "with --clear stale."
        )
    return lines


def stale_parts(store: Store) -> list[Part]:
    """Give the parts that nothing would read again."""
    import pandas as pd

    from framelens._computed import Computed, whole_needs
    from framelens._saving import opened
    from framelens._store import ARTICLES

    try:
        computed, whole = opened(store.folder)[0], True
    except InputError:  # it keeps layers of many corpora, or of none yet
        computed, whole = (
            Computed(pd.DataFrame(columns=["article", "text"]), None),
            False,
        )
    stale = []
    for part in store.parts():
        if part.layer == ARTICLES:
            continue
        if part.layer not in DECLARED:
            stale.append(part)
            continue
        of_all = layer(part.layer).whole or whole_needs(part.layer)
        if of_all and not whole:
            continue
        if part.token != computed.token(part.layer):
            stale.append(part)
    return stale


def _size(parts: list[Part]) -> str:
    size = sum(part.path.stat().st_size for part in parts)
    return f"{size / 1e6:,.1f} MB" if size >= 100_000 else f"{size / 1e3:,.0f} kB"
