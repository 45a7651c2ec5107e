"""What attributions cost, against the parse alone: CPU seconds of one thread.

    python -m benchmarks.attribution_cost --gold DIR
    python -m benchmarks.attribution_cost --gold DIR --growth
    python -m benchmarks.attribution_cost --gold DIR --measures

On development articles of PolNeAR (``DIR/polnear.jsonl.gz``), each text
read anew: `framelens.annotate.parse` (tagger, parser, lemmatiser, names)
and `framelens.annotate.attributions`, in turn and in one process, and where the time of
the second goes. Models are loaded, and have read one text, before the clock starts.

With ``--growth``: one paragraph of 20,000 and of 40,000 words (sentences of the same
articles, in one line). Asked is that twice the words take no more than about twice the
time.

With ``--measures``: what each measure of portrayal costs, with the layers it needs, on
the same articles when they are parsed and their attributions, voices, names and ledger
are there; what was computed for one is there for the next. Asked is that all together
take less than the attribution model. Then the sentences of twelve items of each.
"""

from __future__ import annotations

import os

os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1"))

import argparse
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from benchmarks.sets import held_out, rows
from framelens.annotate import attributions, load_reader, parse
from framelens.annotate.attribution_model import load_head, rough_sentences
from framelens.annotate.candidates import candidates
from framelens.annotate.linking import link, load_linker

if TYPE_CHECKING:
    from collections.abc import Callable

    from framelens.measure import Counts

ARTICLES = 40
ROUNDS = 3
WORDS = (20_000, 40_000)


def texts_of(gold: Path, count: int) -> list[str]:
    """Give the texts of development articles, spread evenly over the set."""
    texts = {
        record["doc_id"]: record["text"]
        for record in rows(gold, "polnear")
        if held_out("polnear", record)
    }
    every = list(texts.values())
    places = np.linspace(0, len(every) - 1, min(count, len(every))).astype(int)
    return [every[place] for place in places]


def table(texts: list[str]) -> pd.DataFrame:
    """Put texts in a table of articles."""
    names = [f"{place:04}" for place in range(len(texts))]
    return pd.DataFrame({"article": names, "text": texts}, dtype=object)


def seconds(work: Callable[..., Any], *given: Any) -> float:
    """Give the processor's seconds that some work takes."""
    begin = time.process_time()
    work(*given)
    return time.process_time() - begin


def parts_of(texts: list[str]) -> dict[str, float]:
    """Say where the time of attributions goes, part by part."""
    reader, head, linker = load_reader(), load_head(), load_linker()
    spent = dict.fromkeys(
        ("tokens", "encoder", "loaded words", "candidates", "links"), 0.0
    )
    for text in texts:
        marks = [time.process_time()]
        cut = reader.windows(text)
        marks.append(time.process_time())
        found = dict(reader.read_windows(cut))
        told = [found[place] for place in range(len(cut))]
        marks.append(time.process_time())
        if head:
            for one in told:
                head.read(one, rough_sentences(text, one.window.starts))
        marks.append(time.process_time())
        seen = candidates(text, told)
        marks.append(time.process_time())
        link(seen, linker)
        marks.append(time.process_time())
        for name, took in zip(spent, np.diff(marks), strict=True):
            spent[name] += float(took)
    return spent


def compare(texts: list[str]) -> None:
    """Print the cost of the parse and of attributions, the best of some rounds."""
    articles = table(texts)
    words = sum(len(text.split()) for text in texts)
    pairs = [
        (seconds(parse, articles), seconds(attributions, articles))
        for _ in range(ROUNDS)
    ]
    parsed, found = (min(one) for one in zip(*pairs, strict=True))
    ratios = sorted(b / a for a, b in pairs)
    print(f"{len(texts)} articles, {words:,} words, one thread, no cache\n")
    print("| what | CPU s | words a second | times the parse |\n|---|---|---|---|")
    print(f"| parse | {parsed:.1f} | {words / parsed:,.0f} | 1 |")
    print(
        f"| attributions | {found:.1f} | {words / found:,.0f} | {found / parsed:.2f} "
        f"({ratios[0]:.2f} to {ratios[-1]:.2f} in {ROUNDS} rounds) |"
    )
    spent = parts_of(texts)
    spent["tables, depths, kinds"] = found - sum(spent.values())
    print("\n| of attributions | CPU s | share |\n|---|---|---|")
    for name, took in spent.items():
        print(f"| {name} | {took:.2f} | {100 * took / found:.0f} % |")


def measured(texts: list[str]) -> None:
    """Print what each measure costs beside the parse and the attribution model."""
    import framelens as fl

    measures = (fl.labels, fl.roles, fl.doubt, fl.tone, fl.sourcing)
    names = ("labels", "roles", "doubt", "tone", "sourcing")
    first = fl.read_corpus(table(["Norland said that Ms Lake left. She denied it."]))
    for measure in measures:
        measure(first)
    corpus = fl.read_corpus(table(texts))
    parsed = seconds(lambda: corpus.tokens)
    model = seconds(lambda: corpus.attributions)
    for layer in ("names", "ledger", "voices", "paragraphs", "furniture"):
        corpus.layer(layer)
    counts, spent = {}, {}
    for name, measure in zip(names, measures, strict=True):
        begin = time.process_time()
        counts[name] = measure(corpus)
        spent[name] = time.process_time() - begin
    actor = counts["tone"].table["item"].iloc[0].rpartition(": ")[0]
    spent["portrait of who is named most"] = seconds(fl.portrait, corpus, actor)
    print("| what | CPU s | share of the model |\n|---|---|---|")
    rows = {"parse": parsed, "attribution model": model, **spent}
    rows["all measures together"] = sum(spent.values())
    rows["sentences of twelve items of each"] = sum(map(_traced, counts.values()))
    for name, took in rows.items():
        print(f"| {name} | {took:.2f} | {100 * took / model:.0f} % |")


def _traced(counts: Counts) -> float:
    """Give the seconds in which the sentences of the first twelve items are found."""
    items = counts.table["item"].drop_duplicates().head(12)
    return sum(seconds(counts.evidence, item) for item in items)


def growth(texts: list[str]) -> None:
    """Print how the time of one paragraph grows with its length."""
    words = " ".join(texts).split()
    words = words * (max(WORDS) // len(words) + 1)
    print("| words in one paragraph | CPU s | times the shorter |\n|---|---|---|")
    first = None
    for size in WORDS:
        took = seconds(attributions, table([" ".join(words[:size])]))
        first = first or took
        print(f"| {size:,} | {took:.1f} | {took / first:.2f} |")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--articles", type=int, default=ARTICLES)
    parser.add_argument("--growth", action="store_true")
    parser.add_argument("--measures", action="store_true")
    given = parser.parse_args()
    texts = texts_of(given.gold, given.articles)
    warm = table(["Ms Lake said that it rains. It does."])
    parse(warm)
    attributions(warm)
    if given.growth:
        growth(texts)
    elif given.measures:
        measured(texts)
    else:
        compare(texts)


if __name__ == "__main__":
    main()
