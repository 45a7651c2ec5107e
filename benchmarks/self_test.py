"""Self-test on real articles: each outlet of BASIL against itself, for every measure.

BASIL (Fan and others, EMNLP 2019) tells 46 events as three outlets reported them.
Its articles are not part of this repository: pass the folder with ``basil.jsonl.gz``,
one JSON object a line with ``id, outlet, event_id, date, text``. Run from the
repository::

    python -m benchmarks.self_test --gold DIR [--marks]

Each outlet is split into unlike halves, odd and even weeks, and random halves. With
``--marks`` voices and speakers are those of quotation marks alone, and nothing is read
for attributions; voices that are not told apart then are left out.
"""

from __future__ import annotations

import argparse
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from framelens.compare import self_test
from framelens.corpus import corpus_of
from framelens.measure import emphasis, speakers, terms

if TYPE_CHECKING:
    from collections.abc import Callable

    from framelens.corpus import Corpus
    from framelens.measure import Counts

FEW = 20
"""Of measures with fewer items than this, the rate of each split is coarse."""


def articles_in(folder: Path) -> pd.DataFrame:
    """Read the articles of BASIL."""
    rows = pd.read_json(folder / "basil.jsonl.gz", lines=True, dtype=False)
    table = rows.rename(columns={"id": "article", "event_id": "event"})
    table["date"] = table["date"].astype(str)
    return table[["article", "outlet", "event", "date", "text"]]


def opening(corpus: Corpus) -> pd.DataFrame:
    """Give the first quarter of each article."""
    spans = emphasis(corpus, shares=[0.25]).spans
    return spans[["article", "start", "end"]]


MEASURED: dict[str, tuple[Callable[[Corpus], Counts], tuple[str, ...]]] = {
    "terms": (terms, ("all", "own", "quoted")),
    "terms, pairs": (partial(terms, order=2), ("all",)),
    "terms of the opening": (
        lambda corpus: terms(corpus, within=opening(corpus)),
        ("all",),
    ),
    "speakers": (speakers, ("all", "direct", "indirect")),
    "affiliations": (
        partial(speakers, by="affiliation"),
        ("all", "direct", "indirect"),
    ),
    "emphasis": (emphasis, ("own", "direct", "indirect")),
}
"""Every measure that gives counts, and the voices in which it is tested. The opening
holds the same share of every article in all voices together."""


def main() -> None:
    """Print one row per measure, voice and outlet, as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--measures", nargs="*", default=[*MEASURED], choices=MEASURED)
    parser.add_argument("--min-articles", type=int, default=10)
    parser.add_argument("--splits", type=int, default=150)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--marks", action="store_true")
    options = parser.parse_args()
    corpus = corpus_of(articles_in(options.gold), marks_only=options.marks)
    began = time.process_time()
    heads = ["measure", "voice", "outlet", "split", "splits", "items", "p < .05"]
    heads += ["any finding", "pooled: p < .05", "pooled: any finding"]
    print("|", " | ".join(heads), "|")
    print("|---" * len(heads) + "|")
    for name in options.measures:
        measure, voices = MEASURED[name]
        counts = measure(corpus)
        for voice in voices:
            if options.marks and voice in ("own", "indirect"):
                continue
            result = self_test(
                counts,
                voice=voice,
                splits=options.splits,
                min_articles=options.min_articles,
                seed=options.seed,
            )
            for _, row in result.table.iterrows():
                print("|", " | ".join([name, voice, *_cells(row)]), "|", flush=True)
    print(f"\n{time.process_time() - began:.0f} CPU seconds, counting included")


def _cells(row: pd.Series) -> list[str]:
    if row["refusal"]:
        return [str(row["outlet"]), str(row["refusal"]), *[""] * 6]
    few = " (few items)" if row["items"] < FEW else ""
    return [
        str(row["outlet"]),
        str(row["split"]),
        str(row["splits"]),
        f"{row['items']:.0f}{few}",
        _span(row, "rate_p", "low", "high"),
        _span(row, "any_q", "any_low", "any_high"),
        _span(row, "pooled_p"),
        _span(row, "pooled_any"),
    ]


def _span(row: pd.Series, *names: str) -> str:
    share, *reach = (100 * row[name] for name in names)
    if pd.isna(share):
        return "–"
    if not reach or pd.isna(reach[0]):
        return f"{share:.1f} %"
    return f"{share:.1f} % ({reach[0]:.1f} to {reach[1]:.1f})"


if __name__ == "__main__":
    main()
