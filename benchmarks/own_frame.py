"""Own frame: 150 codes of real articles, learned, corrected, held against all codes.

    python -m benchmarks.own_frame --gold DIR [--draws 200] [--first 0]

The set ``narrative_framing_climate`` has 219 articles on climate with five generic
frames, judged article by article. Outlets have few articles each, so the set's
classes of outlets by leaning stand for outlets. In each draw `frame`
asks for 75 articles, and then for 75 more; the set's labels are given back. Of
the draws each frame has a fifth. Prints macro F1 by cross-validation, and how often the
95 % interval of an outlet's corrected share holds that of all its articles: of the
outlets of which articles are left uncoded, and of all (one has 38 articles, so that
all are coded, and there is nothing to miss).
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from benchmarks.many_outlets import with_error
from benchmarks.sets import rows
from framelens.compare import frame
from framelens.corpus import read_corpus

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from framelens.compare import Frame
    from framelens.corpus import Corpus

    Metric = tuple[str, list[Any], Callable[[Sequence[Any]], float]]

NAME = "narrative_framing_climate"
ROUNDS = (75, 75)
DRAWS, SCORED = 200, 3
"""Draws of all frames together, and of each frame for `benchmarks.accuracy`."""


def corpus_of_set(records: list[dict[str, Any]]) -> tuple[Corpus, pd.DataFrame]:
    """Give the articles, and the judgement of each frame by article."""
    table = pd.DataFrame(
        {
            "article": [one["id"] for one in records],
            "outlet": [str(one["outlet_bias"]) for one in records],
            "text": [one["text"] for one in records],
        }
    )
    truth = pd.DataFrame([one["labels"]["frames"] for one in records])
    return read_corpus(table, marks_only=True), truth.set_index(table["article"])


def learned(corpus: Corpus, truth: pd.Series, seed: int) -> Frame:
    """Code what is asked for, and learn the frame."""
    name = str(truth.name)
    own = frame(corpus, name=name, unit="article", seed=seed)
    for number in ROUNDS:
        sheet = own.next(number).sheet
        label = sheet["article"].map(truth).map({True: "yes", False: "no"})
        own = frame(
            corpus, sheet.assign(label=label), name=name, unit="article", seed=seed
        )
    return own


def metrics(records: list[dict[str, Any]]) -> list[Metric]:
    """Score the guesses at all articles from 150 codes, for `benchmarks.accuracy`.

    Of each frame `SCORED` draws; what is guessed of an article comes from codes in
    others.
    """
    corpus, truth = corpus_of_set(records)
    found = []
    for name in truth:
        parts: list[list[tuple[bool, bool]]] = [[] for _ in range(len(truth))]
        for seed in range(SCORED):
            guess = learned(corpus, truth[name], seed).passages["guess"].ge(0.5)
            for part, pair in zip(
                parts, zip(guess, truth[name], strict=True), strict=True
            ):
                part.append(pair)
        found.append((f"{name} macro F1, 150 codes", parts, _macro_f1))
    return found


def _macro_f1(parts: Sequence[list[tuple[bool, bool]]]) -> float:
    """Give the mean of F1 with and without the frame."""
    pairs = np.array([pair for part in parts for pair in part], dtype=bool)
    said, there = pairs.T
    both = [(said & there).sum(), (~said & ~there).sum()]
    whole = [(said.sum() + there.sum()) / 2, ((~said).sum() + (~there).sum()) / 2]
    return float(np.mean([one / max(n, 1) for one, n in zip(both, whole, strict=True)]))


def _drawn(table: pd.DataFrame) -> pd.DataFrame:
    """Keep the outlets of which some articles were not coded."""
    return table[table["codes"] < table["passages"]]


def _held(table: pd.DataFrame) -> str:
    return f"{with_error(table['held'].to_numpy())} of {len(table):,}"


def main() -> None:
    """Print a row for each frame."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--draws", type=int, default=DRAWS)
    parser.add_argument("--first", type=int, default=0, help="the first draw's seed")
    parser.add_argument("--frames", nargs="+", help="of these frames only")
    asked = parser.parse_args()
    corpus, truth = corpus_of_set(list(rows(asked.gold, NAME)))
    outlet = corpus.articles.set_index("article")["outlet"]
    each = max(asked.draws // truth.shape[1], 1)
    print(
        "| frame | share of all articles | draws | macro F1 | always the same | mean "
        "distance of the machine's share | of the corrected | width | intervals that "
        "hold | of all, with an outlet coded whole |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    every: list[pd.DataFrame] = []
    for name in asked.frames or truth:
        full = truth[name].groupby(outlet).mean()
        parts, scores = [], []
        for seed in range(asked.first, asked.first + each):
            own = learned(corpus, truth[name], seed)
            parts.append(own.table)
            scores.append(own.macro_f1)
        whole = pd.concat(parts, ignore_index=True)
        whole["true"] = whole["outlet"].map(full)
        whole["held"] = whole["true"].between(whole["low"], whole["high"])
        every.append(whole)
        made = _drawn(whole)
        true = made["true"]
        share = truth[name].mean()
        most = max(share, 1 - share)
        cells = [
            name, f"{share:.2f}", each, f"{np.mean(scores):.3f}",
            f"{most / (1 + most):.3f}",
            f"{(made['machine'] - true).abs().mean():.3f}",
            f"{(made['corrected'] - true).abs().mean():.3f}",
            f"{(made['high'] - made['low']).mean():.3f}", _held(made), _held(whole),
        ]  # fmt: skip
        print(f"| {' | '.join(map(str, cells))} |", flush=True)
    table = pd.concat(every)
    print(f"All: {_held(_drawn(table))}; with the outlet coded whole, {_held(table)}.")


if __name__ == "__main__":
    main()
