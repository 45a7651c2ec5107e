"""Counting words: CPU and memory beside other tools and the limit set by reading.

``python -m benchmarks.counting [--scattertext PYTHON]`` draws corpora of 10,000 and
100,000 articles (`framelens.simulate`: six outlets, 350 words an article in the mean),
and runs every route on them, one after the other, each in a process of its own. All
but the reading limit do the same task: count words and pairs of words by article, sum
them by outlet, and score two outlets by log-odds with an informative Dirichlet prior
(Monroe, Colaresi & Quinn 2008). A pair may run over the end of a sentence, and voices
are not told apart, as in the other tools; ``framelens, by voice`` shows what telling
them apart by quotation marks costs. The tools must find the same words, or the run
stops.

CPU seconds are user and system time of the whole process; the start (imports) is also
given by itself. Modules are compiled beforehand, as an installation does it, for all
routes alike. ``--routes`` runs some only. scattertext is no dependency: PYTHON is an
interpreter that has it. The last row resamples articles: 1,000 resamples of 10,000
articles, 20,000 terms.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from framelens.measure import Counts

OUTLETS = ("Daily", "Globe", "Herald", "Mirror", "Post", "Times")
LEAST = 5
"""Times that an item must stand in the corpus to be scored."""

PRIOR = 1_000.0
"""Size of the prior, in words."""

RESAMPLES, CHUNK = 1_000, 64

COUNTING = ("framelens", "framelens, by voice", "CountVectorizer")

COMPILED = (
    "import pandas, pyarrow.parquet, sklearn.feature_extraction.text, polars,"
    " benchmarks.counting,"
    " framelens.measure.terms, framelens.annotate, framelens.simulate"
)
"""Imported once before anything is measured, so that all modules are compiled."""

Found = dict[str, Any]


def main() -> None:
    """Print the table as Markdown; or run one route, for a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--scattertext", metavar="PYTHON")
    parser.add_argument("--folder", type=Path, help="where the corpora are kept")
    parser.add_argument("--routes", nargs="+", default=[*COUNTING], choices=COUNTING)
    parser.add_argument("--route", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.route:
        name, path = options.route
        print(json.dumps(ROUTES[name](path)))
        return
    with tempfile.TemporaryDirectory() as folder:
        kept = options.folder or Path(folder)
        os.environ["PYTHONPYCACHEPREFIX"] = str(kept.resolve() / "bytecode")
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        _table(kept, options.sizes, options.routes, options.scattertext)


def _table(
    folder: Path, sizes: list[int], routes: list[str], scattertext: str | None
) -> None:
    _run([sys.executable, "-c", COMPILED])
    if scattertext:
        _run([scattertext, "-c", "import pandas, scattertext"])
    print("| articles | route | CPU s | of it start | x limit | MB | words | items |")
    print("|---|---|---|---|---|---|---|---|")
    for size in sizes:
        path = folder / f"articles_{size}.parquet"
        if not path.exists():
            _run(
                [
                    sys.executable,
                    "-m",
                    "benchmarks.counting",
                    "--route",
                    f"draw {size}",
                    str(path),
                ]
            )
        words = _measured([*_this("read"), str(path)])
        wc = _measured(["wc", "-w", str(path.with_suffix(".txt"))])
        limit = words["cpu"] + wc["cpu"]
        _row(size, "reading limit", {**words, "cpu": limit}, limit)
        seen = {}
        for name in routes:
            seen[name] = _measured([*_this(name), str(path)])
            _row(size, name, seen[name], limit)
        alike = [seen[one] for one in ("framelens", "CountVectorizer") if one in seen]
        assert len({(one["words"], one["items"]) for one in alike}) <= 1
        if scattertext:
            found = _measured(
                [scattertext, __file__, "--route", "scattertext", str(path)]
            )
            _row(size, "scattertext", found, limit)
    _row(10_000, "1,000 resamples", _measured([*_this("resample"), "-"]), None)


def _this(route: str) -> list[str]:
    return [sys.executable, "-m", "benchmarks.counting", "--route", route]


def _row(size: int, name: str, found: Found, limit: float | None) -> None:
    times = f"{found['cpu'] / limit:.1f}" if limit else ""
    start = f"{found['started']:.1f}" if "started" in found else ""
    counted = [f"{found[one]:,}" if one in found else "" for one in ("words", "items")]
    cells = [f"{size:,}", name, f"{found['cpu']:.1f}", start, times]
    print(
        "|", " | ".join([*cells, f"{found['memory']:,.0f}", *counted]), "|", flush=True
    )


def _run(command: list[str]) -> str:
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def _measured(command: list[str]) -> Found:
    """Run a process; give its CPU seconds, its peak memory in MB, what it reports."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    printed = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(command)} failed")
    last = printed.splitlines()[-1]
    told = json.loads(last) if last.startswith("{") else {}
    cpu = used.ru_utime + used.ru_stime
    return {**told, "cpu": cpu, "memory": used.ru_maxrss / 1024}


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def draw(size: int, path: str, seed: int = 0) -> Found:
    """Draw a corpus and write it as Parquet, and as text for wc."""
    from framelens.simulate import Plan, simulate

    plan = Plan(
        outlets=OUTLETS,
        events=-(-size // 30),
        articles=5,
        length=350 / np.exp(0.4**2 / 2),
        vocabulary=50_000,
        wire=0.05,
        quoted=0.15,
    )
    articles = simulate(plan, texts=True, seed=seed).articles.head(size)
    articles.to_parquet(path, row_group_size=10_000)
    text = "\n".join(articles["text"])
    Path(path).with_suffix(".txt").write_text(text, encoding="utf-8")
    return {}


def read(path: str) -> Found:
    """Read the file, and do nothing with it."""
    import pyarrow.parquet

    started = _cpu()
    file = pyarrow.parquet.ParquetFile(path)
    batches = file.iter_batches(10_000, columns=["article", "outlet", "event", "text"])
    return {"started": started, "bytes": sum(batch.nbytes for batch in batches)}


def framelens(path: str) -> Found:
    """Count with this package, voices not told apart."""
    return _framelens(path, by_voice=False)


def framelens_by_voice(path: str) -> Found:
    """Count with this package, quotations told from the rest first."""
    return _framelens(path, by_voice=True)


def _framelens(path: str, *, by_voice: bool) -> Found:
    import pandas as pd

    from framelens.corpus import corpus_of
    from framelens.measure.cuts import rule_of
    from framelens.measure.terms import counted, read_words

    found = {"started": _cpu(), "words": 0, "items": 0}
    columns = ["article", "outlet", "event", "text"]
    articles = pd.read_parquet(path, columns=columns)
    voices = corpus_of(articles, marks_only=True).voices if by_voice else None
    words = read_words(articles, rule_of(voices))
    del voices
    for order in (1, 2):
        items, n = _scored(counted(words, order))
        found["items"] += items
        found["words"] += n if order == 1 else 0
    return found


def _scored(counts: Counts) -> tuple[int, int]:
    whole, outlet = counts.sparse.sums(), counts.totals["outlet"].to_numpy()
    kept, items, n = whole >= LEAST, len(whole), int(whole.sum())
    whole = whole[kept]
    sides = [counts.sparse.sums(outlet == name)[kept] for name in OUTLETS[:2]]
    log_odds(*sides, whole, n)
    return items, n


def count_vectorizer(path: str) -> Found:
    """Count with scikit-learn, sum and score with numpy."""
    import pyarrow.parquet
    from sklearn.feature_extraction.text import CountVectorizer

    started = _cpu()
    table = pyarrow.parquet.read_table(path, columns=["outlet", "text"])
    outlet = np.array(table["outlet"].to_pylist())
    texts = table["text"].to_pylist()
    del table
    vectorizer = CountVectorizer(ngram_range=(1, 2), dtype=np.int32)
    k = vectorizer.fit_transform(texts)
    names = vectorizer.get_feature_names_out()
    pairs = np.array([" " in name for name in names.tolist()])
    sums = [np.asarray(k[outlet == name].sum(axis=0)).ravel() for name in OUTLETS[:2]]
    sums.append(np.asarray(k.sum(axis=0)).ravel())
    for chosen in (~pairs, pairs):
        kept = chosen & (sums[2] >= LEAST)
        log_odds(*(one[kept] for one in sums), int(sums[2][chosen].sum()))
    words = int(sums[2][~pairs].sum())
    return {"started": started, "words": words, "items": len(names)}


def scattertext(path: str) -> Found:
    """Count with scattertext: its corpus, its term frequencies, its log-odds."""
    import pandas as pd
    import scattertext as st

    started = _cpu()
    table = pd.read_parquet(path, columns=["outlet", "text"]).astype(object)
    corpus = st.CorpusFromPandas(
        table,
        category_col="outlet",
        text_col="text",
        nlp=st.whitespace_nlp_with_sentences,
    ).build()
    frequency = corpus.get_term_freq_df()
    kept = frequency[frequency.sum(axis=1) >= LEAST]
    target, baseline = (kept[f"{one} freq"] for one in OUTLETS[:2])
    prior = st.LogOddsRatioInformativeDirichletPrior(kept.sum(axis=1), PRIOR, "word")
    prior.get_zeta_i_j_given_separate_counts(target, baseline)
    alone = ~frequency.index.str.contains(" ")
    words = int(frequency[alone].to_numpy().sum())
    return {"started": started, "words": words, "items": len(frequency)}


def log_odds(a: np.ndarray, b: np.ndarray, whole: np.ndarray, n: int) -> np.ndarray:
    """Score items by how often they stand in two outlets and in the corpus of `n`."""
    prior = PRIOR * whole / n
    odds = [np.log((k + prior) / (k.sum() + PRIOR - k - prior)) for k in (a, b)]
    return (odds[0] - odds[1]) / np.sqrt(1 / (a + prior) + 1 / (b + prior))


def resample(_: str) -> Found:
    """Resample articles with Poisson weights; spread of each term's difference."""
    from framelens.simulate import Plan, simulate

    plan = Plan(events=500, articles=10, length=323, vocabulary=20_000)
    counts = simulate(plan).counts
    outlet, n = counts.totals["outlet"].to_numpy(), counts.totals["n"].to_numpy()
    sides = [np.flatnonzero(outlet == name) for name in plan.outlets]
    k = [counts.sparse.k[:, side].astype(np.float32) for side in sides]
    n = [n[side].astype(np.float32) for side in sides]
    started = _cpu()
    rng = np.random.default_rng(0)
    total, square = np.zeros(k[0].shape[0]), np.zeros(k[0].shape[0])
    for first in range(0, RESAMPLES, CHUNK):
        chunk = min(CHUNK, RESAMPLES - first)
        share = []
        for one, size in zip(k, n, strict=True):
            weight = rng.poisson(1, (len(size), chunk)).astype(np.float32)
            share.append((one @ weight) / (size @ weight))
        difference = share[0] - share[1]
        total += difference.sum(axis=1)
        square += np.einsum("ij,ij->i", difference, difference)
    spread = np.sqrt(square / RESAMPLES - (total / RESAMPLES) ** 2)
    assert np.isfinite(spread).all()
    return {"started": started, "items": len(spread)}


ROUTES: dict[str, Callable[[str], Found]] = {
    "read": read,
    "framelens": framelens,
    "framelens, by voice": framelens_by_voice,
    "CountVectorizer": count_vectorizer,
    "scattertext": scattertext,
    "resample": resample,
}
ROUTES |= {
    f"draw {size}": lambda path, size=size: draw(size, path)
    for size in (1_000, 10_000, 100_000)
}


if __name__ == "__main__":
    main()
