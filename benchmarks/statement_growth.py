"""How the time to find statements grows with the articles of one event.

``python -m benchmarks.statement_growth`` prints a Markdown row for each size: articles
of made words, all of one event; in ``few`` every statement stands in about four
articles, in ``many`` each of ten statements in a tenth of all articles.
"""

from __future__ import annotations

import argparse
import time
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framelens.annotate import quotations
from framelens.measure import statements

if TYPE_CHECKING:
    from numpy.random import Generator

WORDS, OUTLETS = 6_000, 40


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="250,500,1000,2000")
    options = parser.parse_args()
    print("| statements | articles | CPU s | printings found | differences |")
    print("|---|---|---|---|---|")
    for kind in ("few", "many"):
        for size in map(int, options.sizes.split(",")):
            print(f"| {kind} | {size:,} | " + " | ".join(timed(kind, size)) + " |")


def timed(kind: str, size: int) -> list[str]:
    """Measure one size: CPU seconds, printings found, differences."""
    articles = corpus(kind, size)
    spans = quotations(articles)
    nobody = pd.DataFrame(columns=["article", "start", "end", "speaker", "cue"])
    begun = time.process_time()
    found = statements(
        articles,
        speakers=nobody,
        quotations=spans,
        furniture=nobody[["article", "start", "end"]],
    )
    took = time.process_time() - begun
    printings = found.groups[["group", "article"]].drop_duplicates()
    return [f"{took:.1f}", f"{len(printings):,}", f"{len(found.differences):,}"]


def corpus(kind: str, size: int, *, seed: int = 0) -> pd.DataFrame:
    """Make articles of one event.

    Parameters
    ----------
    kind : {"few", "many"}
        Whether a statement stands in few articles or in many.
    size : int
    seed : int

    Returns
    -------
    DataFrame
        ``article, outlet, event, text``.
    """
    random = np.random.default_rng(seed)
    words = np.array([_word(random) for _ in range(WORDS)])
    often = 1 / np.arange(1, WORDS + 1) ** 0.8
    often /= often.sum()

    def sentence(length: int) -> list[str]:
        return [str(word) for word in random.choice(words, length, p=often)]

    said = [sentence(18) for _ in range(size // 2 if kind == "few" else 10)]
    rows = []
    for number in range(size):
        paragraphs = [" ".join(sentence(20)).capitalize() + "." for _ in range(6)]
        for _ in range(2 if kind == "few" else 1):
            quoted = list(said[int(random.integers(len(said)))])
            quoted = quoted[:-4] if random.random() < 0.3 else quoted
            quoted[3] = "somehow" if random.random() < 0.3 else quoted[3]
            whole = " ".join(quoted).capitalize()
            paragraphs.insert(int(random.integers(1, 5)), f'"{whole}," Ann Orr said.')
        outlet = f"Outlet {random.integers(OUTLETS)}"
        rows.append((f"a{number:06}", outlet, "e", "\n\n".join(paragraphs)))
    return pd.DataFrame(rows, columns=["article", "outlet", "event", "text"])


def _word(random: Generator) -> str:
    return "".join(
        str(random.choice(list("bcdfghjklmnprstvz")))
        + str(random.choice(list("aeiou")))
        for _ in range(int(random.integers(2, 5)))
    )


if __name__ == "__main__":
    main()
