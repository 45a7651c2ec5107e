"""How time and memory to find statements grow with the number of articles.

``python -m benchmarks.statement_growth`` prints a Markdown row for each size: articles
of about 160 made words each. In ``events`` ten articles make an event, and every
statement stands in about four of them; in ``few`` all articles are of one event and
every statement stands in about four; in ``many`` each of ten statements stands in a
tenth of all articles of one event. Each row is measured in a process of its own: CPU
seconds of `framelens.align.statements` alone, by quotation marks, with the corpus's
layers given, and the most memory that the process held, the articles included.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import time
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framelens.align import statements
from framelens.corpus import corpus_of

if TYPE_CHECKING:
    from numpy.random import Generator

    Row = tuple[str, str, str, str]

WORDS, OUTLETS, EVENT = 6_000, 40, 10
SIZES = {
    "events": "1000,10000,100000",
    "few": "1000,4000,10000",
    "many": "1000,4000,10000",
}
"""Kind of corpus to the sizes that are measured if none are named."""


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kinds", nargs="+", choices=SIZES, default=list(SIZES))
    parser.add_argument("--sizes", help="as 250,500; for every kind")
    options = parser.parse_args()
    print(
        "| statements | articles | CPU s | most memory, MB | printings | differences |"
    )
    print("|---|---|---|---|---|---|", flush=True)
    context = multiprocessing.get_context("spawn")
    for kind in options.kinds:
        for size in map(int, (options.sizes or SIZES[kind]).split(",")):
            with ProcessPoolExecutor(1, mp_context=context) as pool:
                row = pool.submit(timed, kind, size).result()
            print(f"| {kind} | {size:,} | " + " | ".join(row) + " |", flush=True)


def timed(kind: str, size: int) -> Row:
    """Measure one size.

    Parameters
    ----------
    kind : {"events", "few", "many"}
    size : int

    Returns
    -------
    tuple of str
        CPU seconds, megabytes, printings found, differences.
    """
    nobody = pd.DataFrame(columns=["article", "content", "speaker"])
    read = corpus_of(corpus(kind, size), marks_only=True).correct(ledger=nobody)
    for name in ("quotations", "furniture", "marked_ledger"):
        read.layer(name)
    begun = time.process_time()
    found = statements(read)
    took = time.process_time() - begun
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    printings = found.groups[["group", "article"]].drop_duplicates()
    differences = f"{len(found.differences):,}"
    return f"{took:.1f}", f"{most:,.0f}", f"{len(printings):,}", differences


def corpus(kind: str, size: int, *, seed: int = 0) -> pd.DataFrame:
    """Make articles.

    Parameters
    ----------
    kind : {"events", "few", "many"}
        Whether they are of many events or of one, and whether a statement of that
        stands in few articles or in many.
    size : int
    seed : int

    Returns
    -------
    DataFrame
        ``article, outlet, event, text``.
    """
    random = np.random.default_rng(seed)
    words = np.array([_word(random) for _ in range(WORDS)])
    often = (1 / np.arange(1, WORDS + 1) ** 0.8).cumsum()

    def sentence(length: int) -> list[str]:
        drawn = np.searchsorted(often, random.random(length) * often[-1])
        return [str(word) for word in words[drawn]]

    each = EVENT if kind == "events" else size
    rows = []
    said: list[list[str]] = []
    for number in range(size):
        if number % each == 0:
            said = [sentence(18) for _ in range(10 if kind == "many" else each // 2)]
        paragraphs = [" ".join(sentence(20)).capitalize() + "." for _ in range(6)]
        for _ in range(1 if kind == "many" else 2):
            quoted = list(said[int(random.integers(len(said)))])
            quoted = quoted[:-4] if random.random() < 0.3 else quoted
            quoted[3] = "somehow" if random.random() < 0.3 else quoted[3]
            whole = " ".join(quoted).capitalize()
            paragraphs.insert(int(random.integers(1, 5)), f'"{whole}," Ann Orr said.')
        outlet = f"Outlet {random.integers(OUTLETS)}"
        event = f"e{number // each:06}"
        rows.append((f"a{number:06}", outlet, event, "\n\n".join(paragraphs)))
    return pd.DataFrame(rows, columns=["article", "outlet", "event", "text"])


def _word(random: Generator) -> str:
    return "".join(
        str(random.choice(list("bcdfghjklmnprstvz")))
        + str(random.choice(list("aeiou")))
        for _ in range(int(random.integers(2, 5)))
    )


if __name__ == "__main__":
    main()
