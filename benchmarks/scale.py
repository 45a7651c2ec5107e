"""From a file of articles to a tested comparison: CPU, time and memory by size.

    python -m benchmarks.scale [--sizes 10000 100000] [--peers PYTHON] [--folder DIR]

draws corpora (`benchmarks.counting`: six outlets, 350 words an article in the mean, in
lots of 100,000 that share their words and no event) and runs each route on them in a
process of its own. ``framelens``: read the Parquet file, tell voices by quotation
marks, count words and compare two outlets within events, with p, q and intervals over
articles; all through public functions. ``framelens, one voice`` leaves voices out, as
the peers do, which no public function does. Peers read the same file, count the words
of the same two outlets only, each by its defaults, and score them by log-likelihood or
log-odds over pooled words, which takes words for independent: less is asked of them;
scattertext counts pairs of words, too. ``CountVectorizer`` is scikit-learn's.
``keyflux``, ``pycorpdiff`` and ``scattertext`` (which needs ``six``) are no
dependencies: PYTHON is an interpreter that has them. A route may take as many CPU
seconds as ``--limit`` says, and a peer as many GB of addresses as ``--memory``: what
takes more, or fails, is a row that says so. CPU seconds are those of the whole process,
its start included; *times* is their ratio to ``framelens, one voice`` at the same size;
growth is the exponent between one size and the next.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.counting import (
    OUTLETS,
    _cpu,
    _run,
    draw,
    log_odds,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from benchmarks.counting import Found
    from framelens.measure import Counts

LOT = 100_000
"""Articles that are drawn at a time."""

ONE_VOICE = "framelens, one voice"
"""The route to which the others are set."""

PEERS = ("keyflux", "pycorpdiff", "scattertext")


def main() -> None:
    """Print the table as Markdown; or run one route, for a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--peers", metavar="PYTHON")
    parser.add_argument("--limit", type=int, default=900, metavar="SECONDS")
    parser.add_argument("--memory", type=float, default=18.0, metavar="GB")
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
        peer = int(options.memory * 1e9)
        routes = [
            Route(name, sys.executable, options.limit, peer if name in PEERS else 0)
            for name in options.routes
        ]
        if options.peers:
            routes += [Route(one, options.peers, options.limit, peer) for one in PEERS]
        _table(kept, options.sizes, routes)


@dataclass(frozen=True)
class Route:
    """A way from the file to a table, and what it may take (0: as much as there is)."""

    name: str
    python: str
    seconds: int
    addresses: int

    def run(self, path: Path) -> Found | str:
        """Run it in a process of its own; say why, where it does not come to an end."""
        line = [self.python, "-m", "benchmarks.scale", "--route", self.name, str(path)]
        with tempfile.TemporaryFile("w+") as printed, tempfile.TemporaryFile() as said:
            process = subprocess.Popen(
                line, stdout=printed, stderr=said, preexec_fn=self._limited
            )
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = status
            printed.seek(0)
            said.seek(0)
            last = (printed.read().splitlines() or [""])[-1]
            wrong = (said.read().decode(errors="replace").splitlines() or ["?"])[-1]
        cpu = used.ru_utime + used.ru_stime
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) in STOPPED:
            return f"more than {self.seconds:,} CPU s"
        if "MemoryError" in wrong or "Unable to allocate" in wrong:
            return f"more than {self.addresses / 1e9:g} GB, after {cpu:.0f} CPU s"
        if status:
            return f"failed after {cpu:.0f} CPU s: {wrong[:100]}"
        return {**json.loads(last), "cpu": cpu, "memory": used.ru_maxrss / 1024}

    def _limited(self) -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (self.seconds, self.seconds + 5))
        if self.addresses:
            resource.setrlimit(resource.RLIMIT_AS, (self.addresses, self.addresses))


STOPPED = (signal.SIGXCPU, signal.SIGKILL)


def _table(folder: Path, sizes: list[int], routes: list[Route]) -> None:
    head = ["articles", "route", "CPU s", "times", "wall s", "MB", "growth", "stages"]
    print("| " + " | ".join(head) + " |\n" + "|---" * len(head) + "|")
    before: dict[str, tuple[int, float]] = {}
    small = folder / "articles_100.parquet"
    if not small.exists():
        _drawn(100, small)
    for route in routes:  # so that modules are compiled, and read from the disk once
        route.run(small)
    for size in sorted(sizes):
        path = folder / f"articles_{size}.parquet"
        if not path.exists():
            _drawn(size, path)
        base = None
        for route in sorted(routes, key=lambda one: one.name != ONE_VOICE):
            begun = time.monotonic()
            found = route.run(path)
            wall = time.monotonic() - begun
            if isinstance(found, str):
                print(f"| {size:,} | {route.name} | {found} |" + " |" * 5, flush=True)
                continue
            cpu = found["cpu"]
            base = cpu if route.name == ONE_VOICE else base
            growth = ""
            if route.name in before:
                fewer, less = before[route.name]
                growth = f"{math.log(cpu / less) / math.log(size / fewer):.2f}"
            before[route.name] = size, cpu
            cells = [f"{size:,}", route.name, f"{cpu:.1f}"]
            cells += [f"{cpu / base:.1f}" if base else "", f"{wall:.0f}"]
            cells += [f"{found['memory']:,.0f}", growth, _stages(found)]
            print("| " + " | ".join(cells) + " |", flush=True)


def _stages(found: Found) -> str:
    """Say the CPU seconds of each stage, and how many items there are."""
    return ", ".join(
        f"{stage} {value:,}" if isinstance(value, int) else f"{stage} {value:.1f}"
        for stage, value in found.items()
        if stage not in ("cpu", "memory")
    )


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


def count_vectorizer(path: str) -> Found:
    """Count with scikit-learn's CountVectorizer, score with numpy."""
    import pandas as pd
    from sklearn.feature_extraction.text import CountVectorizer

    found = {"start": _cpu()}
    table = _of_two(pd.read_parquet(path, columns=["outlet", "text"]))
    found["read"] = _cpu() - sum(found.values())
    k = CountVectorizer().fit_transform(table["text"])
    found["count"] = _cpu() - sum(found.values())
    target = table["outlet"].eq(OUTLETS[0]).to_numpy()
    a, b = (np.asarray(k[side].sum(axis=0)).ravel() for side in (target, ~target))
    scored = log_odds(a, b, a + b, int(a.sum() + b.sum()))
    found["compare"] = _cpu() - sum(found.values())
    return {**found, "items": len(scored)}


def scattertext(path: str) -> Found:
    """Count words and pairs with scattertext, and score them by its log-odds."""
    import pandas as pd
    import scattertext as st

    found = {"start": _cpu()}
    table = _of_two(pd.read_parquet(path, columns=["outlet", "text"]).astype(object))
    found["read"] = _cpu() - sum(found.values())
    nlp = st.whitespace_nlp_with_sentences
    made = st.CorpusFromPandas(table, category_col="outlet", text_col="text", nlp=nlp)
    frequency = made.build().get_term_freq_df()
    found["count"] = _cpu() - sum(found.values())
    a, b = (frequency[f"{outlet} freq"] for outlet in OUTLETS[:2])
    prior = st.LogOddsRatioInformativeDirichletPrior(a + b, 1_000, "word")
    prior.get_zeta_i_j_given_separate_counts(a, b)
    found["compare"] = _cpu() - sum(found.values())
    return {**found, "items": len(frequency)}


def _of_two(table: pd.DataFrame) -> pd.DataFrame:
    """Keep the two outlets that are compared."""
    return table[table["outlet"].isin(OUTLETS[:2])].reset_index(drop=True)


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
        ONE_VOICE: one_voice,
        "CountVectorizer": count_vectorizer,
        "keyflux": keyflux,
        "pycorpdiff": pycorpdiff,
        "scattertext": scattertext,
    }
)


if __name__ == "__main__":
    main()
