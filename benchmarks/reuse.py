"""Shared passages: what they cost, from 1,000 to 100,000 articles.

``python -m benchmarks.reuse`` prints Markdown rows. Articles are generated: words by
the law of Zipf and Mandelbrot (50,000 different, 350 words an article in the mean,
lognormal), in six outlets; 5 % are wire copy in 2 to 6 outlets, cut at the end and
with a few words changed, and one in five quotes 12 to 40 words of another. Each size is
run in a process of its own, without and with a footer of 24 words on 80 % of the
articles; CPU seconds are user and system time, and start (imports) is part of them.
That passages are exact is tested against brute force in ``tests/test_reuse.py``.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

OUTLETS = ("Daily", "Globe", "Herald", "Mirror", "Post", "Times")
FOOTER = (
    "Subscribe to our newsletter and get the best stories of the day in your inbox "
    "every morning, free of charge. You may cancel at any time."
)
WORDS, MEAN, WIRE, QUOTES, FOOTED = 50_000, 350, 0.05, 0.2, 0.8


def main() -> None:
    """Print the rows; or run one size, for a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000]
    )
    parser.add_argument("--run", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run:
        print(json.dumps(measured(*options.run)))
    else:
        _table(options.sizes)


def _table(sizes: Sequence[int]) -> None:
    print(
        "| articles | words | footer | what | CPU s | of it start | peak MB | found |"
    )
    print("|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            for footer in (False, True):
                path = Path(folder) / f"{size}_{footer}.parquet"
                articles = generated(size, footer=footer)
                words = int(articles["text"].str.count(" ").sum()) + size
                articles.to_parquet(path)
                del articles
                for name in ("reuse", "duplicates"):
                    row = _measured(name, path)
                    cells = (
                        f"{size:,}", f"{words:,}", "80 %" if footer else "none", name,
                        f"{row['cpu']:.1f}", f"{row['started']:.1f}",
                        f"{row['memory']:,.0f}", row["found"],
                    )  # fmt: skip
                    print("|", " | ".join(cells), "|", flush=True)


def _measured(name: str, path: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.reuse", "--run", name, str(path)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def measured(name: str, path: str) -> dict[str, Any]:
    """Run one function on the articles of a file; CPU, memory and what it found."""
    import pyarrow as pa

    from framelens.align import duplicates, reuse

    started = _cpu()
    articles = pd.read_parquet(path)
    pa.default_memory_pool().release_unused()
    if name == "reuse":
        found = reuse(articles)
        kinds = found.table.drop_duplicates("group")["kind"].value_counts()
        told = ", ".join(f"{k:,} {kind}" for kind, k in kinds.items())
    else:
        kinds = duplicates(articles)["kind"].value_counts()
        told = ", ".join(f"{k:,} {kind}" for kind, k in kinds.items())
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"cpu": _cpu(), "started": started, "memory": memory, "found": told}


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def generated(
    size: int, *, footer: bool = False, seed: int = 0, vocabulary: int = WORDS
) -> pd.DataFrame:
    """Draw articles with wire copy, shared quotations and, if asked for, a footer."""
    rng = np.random.default_rng(seed)
    length = rng.lognormal(np.log(MEAN) - 0.08, 0.4, size).astype(int) + 30
    rate = 1 / (np.arange(vocabulary) + 2.7)
    drawn = rng.choice(vocabulary, int(length.sum()), p=rate / rate.sum())
    bodies = np.split(drawn, np.cumsum(length)[:-1])
    outlet = rng.integers(0, len(OUTLETS), size)
    _print_wire(bodies, outlet, rng, vocabulary)
    for article in np.flatnonzero(rng.random(size) < QUOTES).tolist():
        bodies[article] = _with_quotation(bodies, article, rng)
    names = np.array([f"w{one}" for one in range(vocabulary)], dtype=object)
    footed = rng.random(size) < (FOOTED if footer else 0)
    texts = [
        _written(names[body].tolist(), FOOTER if has else "")
        for body, has in zip(bodies, footed.tolist(), strict=True)
    ]
    return pd.DataFrame(
        {
            "article": [f"a{one}" for one in range(size)],
            "outlet": [OUTLETS[one] for one in outlet],
            "text": texts,
        }
    )


def _print_wire(
    bodies: list[np.ndarray], outlet: np.ndarray, rng: np.random.Generator, words: int
) -> None:
    """Let groups of 2 to 6 articles be one dispatch, shortened and edited."""
    wire = np.flatnonzero(rng.random(len(bodies)) < WIRE)
    first = 0
    while first < len(wire):
        group = wire[first : first + int(rng.integers(2, 7))]
        first += len(group)
        for place, article in enumerate(group.tolist()):
            outlet[article] = (outlet[group[0]] + place) % len(OUTLETS)
            body = bodies[group[0]].copy()
            if place:
                changed = rng.integers(0, len(body), int(rng.integers(0, 4)))
                body[changed] = rng.integers(0, words, len(changed))
                body = body[: int(len(body) * rng.uniform(0.6, 1))]
            bodies[article] = body


def _with_quotation(
    bodies: list[np.ndarray], article: int, rng: np.random.Generator
) -> np.ndarray:
    other = bodies[int(rng.integers(0, len(bodies)))]
    begin = int(rng.integers(0, len(other)))
    quoted = other[begin : begin + int(rng.integers(12, 41))]
    at = int(rng.integers(0, len(bodies[article])))
    return np.insert(bodies[article], at, quoted)


def _written(words: list[str], footer: str) -> str:
    """Write sentences of 20 words, three to a paragraph."""
    sentences = [
        " ".join(words[first : first + 20]).capitalize() + "."
        for first in range(0, len(words), 20)
    ]
    paragraphs = [
        " ".join(sentences[at : at + 3]) for at in range(0, len(sentences), 3)
    ]
    return "\n\n".join([*paragraphs, footer] if footer else paragraphs)


if __name__ == "__main__":
    main()
