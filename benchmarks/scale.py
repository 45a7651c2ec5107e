"""From a file of articles to a tested comparison: CPU, time and memory by size.

    python -m benchmarks.scale [--sizes 10000 100000] [--peers PYTHON] [--folder DIR]

draws corpora (`benchmarks.counting`: six outlets, 350 words an article in the mean, in
lots of 100,000 that share their words and no event) and runs each route on them in a
process of its own. ``framelens``: read the Parquet file, tell voices by quotation
marks, count words and compare two outlets within events, with p, q and intervals over
articles; all through public functions. ``framelens, one voice`` leaves voices out, as
the peers do, which no public function does. Peers read the same file, count the words
of the same two outlets and score them by log-likelihood over pooled words, which takes
words for independent: less is asked of them; CountVectorizer and scattertext count
pairs of words, too. ``keyflux``, ``pycorpdiff`` and ``scattertext`` are no
dependencies: PYTHON is an interpreter that has them. CPU seconds are those of the whole
process, its start included; growth is the exponent between one size and the next.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.counting import (
    OUTLETS,
    _cpu,
    _measured,
    _run,
    count_vectorizer,
    draw,
    scattertext,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.counting import Found
    from framelens.measure import Counts

LOT = 100_000
"""Articles that are drawn at a time."""

PEERS = ("keyflux", "pycorpdiff", "scattertext")


def main() -> None:
    """Print the table as Markdown; or run one route, for a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--peers", metavar="PYTHON")
    parser.add_argument("--folder", type=Path, help="where the corpora are kept")
    parser.add_argument("--routes", nargs="+", default=list(ROUTES)[:3])
    parser.add_argument("--route", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.route:
        name, path = options.route
        print(json.dumps(ROUTES[name](path)))
        return
    with tempfile.TemporaryDirectory(prefix="framelens-") as folder:
        kept = options.folder or Path(folder)
        os.environ["PYTHONPYCACHEPREFIX"] = str(kept.resolve() / "bytecode")
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        routes = [(name, sys.executable) for name in options.routes]
        routes += [(name, options.peers) for name in PEERS if options.peers]
        _table(kept, options.sizes, routes)


def _table(folder: Path, sizes: list[int], routes: list[tuple[str, str]]) -> None:
    head = ["articles", "route", "CPU s", "wall s", "MB", "growth", "stages, CPU s"]
    print("| " + " | ".join(head) + " |\n" + "|---" * len(head) + "|")
    before: dict[str, tuple[int, float]] = {}
    for size in sorted(sizes):
        path = folder / f"articles_{size}.parquet"
        if not path.exists():
            _drawn(size, path)
        for name, python in routes:
            line = [python, "-m", "benchmarks.scale", "--route", name, str(path)]
            begun = time.monotonic()
            found = _measured(line)
            wall = time.monotonic() - begun
            growth = ""
            if name in before:
                small, cpu = before[name]
                growth = f"{math.log(found['cpu'] / cpu) / math.log(size / small):.2f}"
            before[name] = size, found["cpu"]
            stages = ", ".join(
                f"{stage} {value:,}"
                if isinstance(value, int)
                else f"{stage} {value:.1f}"
                for stage, value in found.items()
                if stage not in ("cpu", "memory")
            )
            cells = [f"{size:,}", name, f"{found['cpu']:.1f}", f"{wall:.0f}"]
            cells += [f"{found['memory']:,.0f}", growth, stages]
            print("| " + " | ".join(cells) + " |", flush=True)


def _drawn(size: int, path: Path) -> None:
    """Draw a corpus lot by lot, each in a process of its own, into one file."""
    import pyarrow.parquet as pq

    lots = [min(LOT, size - first) for first in range(0, size, LOT)]
    staged, writer = path.with_suffix(".part"), None
    for number, lot in enumerate(lots):
        part = path.with_name(f"lot_{number}.parquet")
        line = [sys.executable, "-m", "benchmarks.scale", "--route"]
        _run([*line, f"draw {lot} {number}", str(part)])
        table = pq.read_table(part)
        writer = writer or pq.ParquetWriter(staged, table.schema)
        writer.write_table(table, row_group_size=10_000)
        part.unlink()
    if writer is not None:
        writer.close()
    staged.rename(path)


def framelens(path: str) -> Found:
    """Read, count words by voice, compare two outlets: public functions only."""
    import framelens as fl

    found = {"start": _cpu()}
    corpus = fl.read_corpus(path, marks_only=True)
    found["read"] = _cpu() - sum(found.values())
    corpus.voices  # noqa: B018 - so that it is timed by itself
    found["voices"] = _cpu() - sum(found.values())
    counts = fl.terms(corpus)
    found["count"] = _cpu() - sum(found.values())
    return {**found, **_compared(counts, sum(found.values()))}


def one_voice(path: str) -> Found:
    """Read, count words of all voices together, compare two outlets."""
    import framelens as fl
    from framelens.measure.cuts import rule_of
    from framelens.measure.terms import counted_words

    found = {"start": _cpu()}
    articles = fl.read_corpus(path, marks_only=True).articles
    found["read"] = _cpu() - sum(found.values())
    counts = counted_words(articles, rule_of(None))
    del articles
    found["count"] = _cpu() - sum(found.values())
    return {**found, **_compared(counts, sum(found.values()))}


def _compared(counts: Counts, before: float) -> Found:
    """Compare two outlets; give how many items there are, and have a p."""
    import framelens as fl

    result = fl.contrast(counts, *OUTLETS[:2])
    assert result.refusal is None
    table = result.table
    tested = int(table["p"].notna().sum())
    return {"compare": _cpu() - before, "items": len(table), "tested": tested}


def keyflux(path: str) -> Found:
    """Count and score with keyflux, which takes words of an outlet together."""
    from collections import Counter

    import keyflux as kf
    import pandas as pd

    found = {"start": _cpu()}
    table = pd.read_parquet(path, columns=["outlet", "text"])
    found["read"] = _cpu() - sum(found.values())
    sides = []
    for outlet in OUTLETS[:2]:
        whole: Counter[str] = Counter()
        for text in table.loc[table["outlet"] == outlet, "text"]:
            whole.update(kf.counts_from_text(text))
        sides.append(whole)
    found["count"] = _cpu() - sum(found.values())
    rows = kf.Keyness(*sides).table()
    found["compare"] = _cpu() - sum(found.values())
    return {**found, "items": sum(1 for _ in rows)}


def pycorpdiff(path: str) -> Found:
    """Count and score with pycorpdiff, likewise."""
    import pandas as pd
    import pycorpdiff as pcd

    found = {"start": _cpu()}
    table = pd.read_parquet(path, columns=["outlet", "text"]).astype(object)
    found["read"] = _cpu() - sum(found.values())
    sides = [
        pcd.from_dataframe(table[table["outlet"] == outlet].reset_index(drop=True))
        for outlet in OUTLETS[:2]
    ]
    made = pcd.compare(*sides).keyness().to_df()
    found["compare"] = _cpu() - sum(found.values())
    return {**found, "items": len(made)}


def _draw(lot: int, number: int, path: str) -> Found:
    """Draw one lot; its events and articles bear its number."""
    import pandas as pd

    draw(lot, path, seed=number)
    Path(path).with_suffix(".txt").unlink()
    table = pd.read_parquet(path)
    for name in ("article", "event"):
        table[name] = f"l{number}-" + table[name].astype(str)
    table.to_parquet(path, row_group_size=10_000)
    return {}


class _Routes(dict[str, "Callable[[str], Found]"]):
    """What runs in a process of its own; also what draws a lot."""

    def __missing__(self, name: str) -> Callable[[str], Found]:
        _, lot, number = name.split()
        return lambda path: _draw(int(lot), int(number), path)


ROUTES = _Routes(
    {
        "framelens": framelens,
        "framelens, one voice": one_voice,
        "CountVectorizer": count_vectorizer,
        "keyflux": keyflux,
        "pycorpdiff": pycorpdiff,
        "scattertext": scattertext,
    }
)


if __name__ == "__main__":
    main()
