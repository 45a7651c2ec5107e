"""Own frame: 150 codes of real articles, learned, corrected, held against all codes.

    python -m benchmarks.own_frame --gold DIR [--draws 200]

The set ``narrative_framing_climate`` has 219 articles on climate with five generic
frames, judged article by article. Outlets have few articles each, so the set's
classes of outlets by leaning stand for outlets. In each draw `frame`
asks for 75 articles, and then for 75 more; the set's labels are given back. Of
the draws each frame has a fifth. Prints macro F1 by cross-validation, and how often the
95 % interval of an outlet's corrected share holds that of all its articles.
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
DRAWS = 200


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
    """Score one draw of each frame: macro F1, for `benchmarks.accuracy`."""
    corpus, truth = corpus_of_set(records)
    scores = [learned(corpus, truth[name], 0).macro_f1 for name in truth]
    return [
        (f"own frame {name}, macro F1 of 150 codes", [score], _mean)
        for name, score in zip(truth, scores, strict=True)
    ]


def _mean(parts: Sequence[float]) -> float:
    return float(np.mean(parts))


def main() -> None:
    """Print a row for each frame."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--draws", type=int, default=DRAWS)
    parser.add_argument("--frames", nargs="+", help="of these frames only")
    asked = parser.parse_args()
    corpus, truth = corpus_of_set(list(rows(asked.gold, NAME)))
    outlet = corpus.articles.set_index("article")["outlet"]
    each = max(asked.draws // truth.shape[1], 1)
    print(
        "| frame | share of all articles | draws | macro F1 | always the same | mean "
        "distance of the machine's share | of the corrected | width | intervals that "
        "hold |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    whole: list[np.ndarray] = []
    for name in asked.frames or truth:
        full = truth[name].groupby(outlet).mean()
        parts, scores = [], []
        for seed in range(each):
            own = learned(corpus, truth[name], seed)
            parts.append(own.table)
            scores.append(own.macro_f1)
        made = pd.concat(parts)
        true = made["outlet"].map(full)
        held = ((made["low"] <= true) & (true <= made["high"])).to_numpy()
        whole.append(held)
        share = truth[name].mean()
        most = max(share, 1 - share)
        cells = [
            name, f"{share:.2f}", each, f"{np.mean(scores):.3f}",
            f"{most / (1 + most):.3f}",
            f"{(made['machine'] - true).abs().mean():.3f}",
            f"{(made['corrected'] - true).abs().mean():.3f}",
            f"{(made['high'] - made['low']).mean():.3f}", with_error(held),
        ]  # fmt: skip
        print(f"| {' | '.join(map(str, cells))} |", flush=True)
    print(f"All: {with_error(np.concatenate(whole))} of all intervals.")


if __name__ == "__main__":
    main()
