"""How far texts present events as having happened, against people's judgement.

The sets ``factuality_uw``, ``factuality_meantime`` and ``factuality_uds`` give words of
sentences with a number from -3 (certainly not) to 3 (certainly so). They are compared
with `framelens.annotate.factuality`. The weights were fitted on one half of the
sentences of the development part; the other half, and every other part, is held out.
``python -m benchmarks.factuality --gold DIR`` prints, beside it, always 3, and cue and
polarity alone: -3 where the word is negated, 0 below a cue that leaves open, else 3.
"""

from __future__ import annotations

import argparse
from bisect import bisect_right
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from benchmarks.sets import held_out, rows
from framelens.annotate.factuality import HIGHEST, LOWEST, factuality, features
from framelens.annotate.pipeline import each_tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from framelens.annotate.pipeline import Tokens

    Metric = tuple[str, list[Any], Callable[[Sequence[Any]], float]]

SETS = ("factuality_uw", "factuality_meantime", "factuality_uds")
_OPEN = ("doubting", "believing", "demanding", "promising")


def metrics(
    records: list[dict[str, Any]],
    estimate: Callable[[Tokens, int], float] = factuality,
) -> list[Metric]:
    """Score sentences: name of each metric, pairs by sentence, its value."""
    ids = [str(number) for number in range(len(records))]
    texts = [record["text"] for record in records]
    table = pd.DataFrame({"article": ids, "text": texts})
    parts = [
        [
            (
                HIGHEST if token is None else estimate(tokens, token),
                float(one["label"]),
            )
            for one in record["targets"]
            for token in [token_at(record["text"], tokens, one["span1"][0])]
        ]
        for record, tokens in zip(records, each_tokens(table), strict=True)
    ]
    parts = [part for part in parts if part]
    return [("MAE", parts, _error), ("Pearson r", parts, _correlation)]


def token_at(text: str, tokens: Tokens, word: int) -> int | None:
    """Give the token that holds the beginning of a word, parted by blanks."""
    begins = [0, *accumulate(len(one) + 1 for one in text.split(" "))]
    found = bisect_right(tokens.starts, begins[word]) - 1
    return found if found >= 0 and tokens.ends[found] > begins[word] else None


def _error(parts: Sequence[Any]) -> float:
    pairs = np.array([pair for part in parts for pair in part])
    return float(np.abs(pairs[:, 0] - pairs[:, 1]).mean())


def _correlation(parts: Sequence[Any]) -> float:
    pairs = np.array([pair for part in parts for pair in part])
    if not pairs.std(axis=0).all():
        return 0.0
    return float(np.corrcoef(pairs.T)[0, 1])


def cue_and_polarity(tokens: Tokens, token: int) -> float:
    """Take cue and polarity for all that tells."""
    found = features(tokens, token)
    if "own negated" in found:
        return LOWEST
    return 0.0 if any(one in name for name in found for one in _OPEN) else HIGHEST


def main() -> None:
    """Print each figure beside those of always 3, and of cue and polarity."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold", type=Path, required=True)
    gold = parser.parse_args().gold
    for name in SETS:
        records = [one for one in rows(gold, name) if held_out(name, one)]
        sides = (factuality, cue_and_polarity, lambda _, __: HIGHEST)
        scored = [metrics(records, side) for side in sides]
        for several in zip(*scored, strict=True):
            values = " | ".join(f"{value(parts):.3f}" for _, parts, value in several)
            print(f"| {name} | {several[0][0]} | {values} | {len(several[0][1]):,} |")


if __name__ == "__main__":
    main()
