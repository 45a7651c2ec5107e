"""Attributions as a poorer reader would give them, to see what a measure makes of them.

A share of the attributions is missed, of the others some lose their source, some their
cue, in twice as many a reported clause begins or ends one to three words off, and now
and then a sentence that nobody said is taken for a report.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from framelens.annotate import paragraphs
from framelens.annotate.words import word_offsets

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from numpy.random import Generator

    Row = dict[Hashable, Any]
    Span = tuple[int, int]

_SHORTEST = 9  # words of a sentence that is taken for a report


def damaged(
    attributions: pd.DataFrame, articles: pd.DataFrame, *, share: float, seed: int = 1
) -> pd.DataFrame:
    """Damage a table of attributions.

    Parameters
    ----------
    attributions : DataFrame
        As `framelens.annotate.attributions` returns them.
    articles : DataFrame
    share : float
        Of attributions that are missed; see above for the rest.
    seed : int

    Returns
    -------
    DataFrame
        With the same columns.
    """
    random = np.random.default_rng(seed)
    texts = dict(zip(articles["article"], articles["text"], strict=True))
    words = {article: word_offsets(text) for article, text in texts.items()}
    rows: list[Row] = []
    for (article, _), pieces in attributions.groupby(
        ["article", "annotation"], sort=False
    ):
        missed, *lost = (random.random(3) < share).tolist()
        left_out = [
            role for role, out in zip(("source", "cue"), lost, strict=True) if out
        ]
        for row in [] if missed else pieces.to_dict("records"):
            if row["role"] in left_out:
                continue
            told = row["role"] == "content" and row["kind"] != "direct"
            if told and random.random() < 2 * share:
                row |= _shifted(row, words[str(article)], random)
            rows.append(row)
    return pd.DataFrame(
        [*rows, *_invented(articles, words, share / 2, random)],
        columns=attributions.columns,
    )


def _shifted(row: Row, words: list[Span], random: Generator) -> Row:
    """Move one edge of a clause by one to three words."""
    by = int(random.integers(1, 4)) * int(random.choice([-1, 1]))
    starts, ends = (list(edge) for edge in zip(*words, strict=True))
    start, end = int(row["start"]), int(row["end"])
    if random.random() < 0.5:
        place = int(np.searchsorted(starts, start)) + by
        start = starts[min(max(place, 0), len(words) - 1)]
    else:
        place = int(np.searchsorted(ends, end)) + by
        end = ends[min(max(place, 0), len(words) - 1)]
    return {"start": start, "end": end} if start < end else {}


def _invented(
    articles: pd.DataFrame,
    words: dict[str, list[Span]],
    share: float,
    random: Generator,
) -> Iterator[Row]:
    """Take sentences without quotation marks for reports."""
    spans = paragraphs(articles)[["article", "start", "end"]]
    texts = dict(zip(articles["article"], articles["text"], strict=True))
    for number, (article, start, end) in enumerate(spans.itertuples(index=False)):
        inside = [one for one in words[article] if start <= one[0] < end]
        quotes = {"“", '"', "‘"} & set(texts[article][start:end])
        if quotes or len(inside) < _SHORTEST or random.random() >= share:
            continue
        cue = int(random.integers(1, 4))
        for role, first, last in (
            ("source", 0, cue - 1),
            ("cue", cue, cue),
            ("content", cue + 1, len(inside) - 1),
        ):
            yield {
                "article": article,
                "start": inside[first][0],
                "end": inside[last][1],
                "layer": "attribution",
                "annotation": f"{article}:invented{number}",
                "role": role,
                "kind": "indirect",
                "depth": 0,
            }
