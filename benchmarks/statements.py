"""How well a statement that two articles carry is found, and its differences typed.

``python -m benchmarks.statements`` prints ``set, metric, value, low, high, n`` of 140
generated groups (`benchmarks.statement_groups`): with the ledger of the attribution
model, with that of a poorer one (`benchmarks.damaged_attributions`), and by quotation
marks only. ``--set second`` does so for 60
groups of other sentences, ``--set held_out`` and ``--set third`` for 62 groups of 62
further sentences each: each was held out until it was scored once, and has been
developed on since. ``fourth`` and ``fifth`` are held out: nobody who works on the
measure reads them before they are scored. The intervals resample events, of one to
three groups each.

``python -m benchmarks.statements FILE`` prints ``set, metric, value, low, high, n`` for
pairs of articles in the form of ``tests/gold/statements.md``; ``--show`` prints what is
wrong, and is not for pairs that are held out. A planted statement is found where a
group covers its stretches in both articles with at least half of all words (the
words in both, of the words in either). Differences are scored over the statements
found: F1 over all types together, and the share whose types are exactly right. The
intervals resample pairs of articles.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks import statement_scores
from benchmarks.damaged_attributions import damaged
from benchmarks.statement_groups import events
from benchmarks.statement_printings import texts_of
from framelens.align import statements
from framelens.annotate.credited import credited
from framelens.annotate.words import word_offsets
from framelens.corpus import corpus_of

SETS = {
    "development": (140, 7),
    "second": (60, 11),
    "held_out": (62, 13),
    "third": (62, 17),
    "fourth": (62, 19),
    "fifth": (62, 23),
}
"""Name of a set to how many groups are made of its sentences, and the seed."""

DAMAGED = 0.1
"""Share of attributions that are missed in the damaged table."""

OVERLAP = 0.5
RESAMPLES = 2_000


@dataclass(frozen=True)
class Outcome:
    """One planted statement (`planted`) or one that was found and not planted."""

    pair: str
    planted: bool
    found: bool
    wanted: frozenset[str] = frozenset()
    typed: frozenset[str] = frozenset()
    note: str = ""


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("--set", choices=SETS, default="development")
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    if options.file is None:
        generated(options.set)
        return
    outcomes = evaluate(options.file)
    if options.show:
        wrong = [one for one in outcomes if one.wanted != one.typed or not one.found]
        for one in wrong:
            print(one.pair, one.note, sorted(one.wanted), "->", sorted(one.typed))
    print("set,metric,value,low,high,n")
    for metric, value, low, high, n in figures(outcomes):
        name = options.file.stem.replace("_", " ")
        print(f"{name},{metric},{value:.3f},{low:.3f},{high:.3f},{n}")


def generated(name: str) -> None:
    """Print the figures of generated groups."""
    groups, seed = SETS[name]
    made = events(texts_of(name), groups=groups, seed=seed)
    articles = pd.concat([event.articles for event in made], ignore_index=True)
    corpus = corpus_of(articles)
    worse = damaged(corpus.attributions, articles, share=DAMAGED)
    poorer = credited(articles, attributions=worse, quotations=corpus.quotations)
    print("set,metric,value,low,high,n")
    for kind, read in (
        ("as read", corpus),
        ("from damaged attributions", corpus.correct(ledger=poorer)),
        ("marks only", corpus_of(articles, marks_only=True)),
    ):
        rows = statement_scores.figures(statement_scores.scored(made, read))
        for metric, value, low, high, n in rows:
            label = f"generated groups {name.replace('_', ' ')} {kind}"
            print(f'{label},"{metric}",{value:.3f},{low:.3f},{high:.3f},{n}')


def evaluate(path: Path) -> list[Outcome]:
    """Compare what is found in every pair of a file with what was planted."""
    with path.open(encoding="utf-8") as file:
        pairs = [json.loads(line) for line in file]
    return [one for pair in pairs for one in _outcomes(pair)]


def figures(outcomes: list[Outcome]) -> list[tuple[str, float, float, float, int]]:
    """Give metric, value, interval over pairs, and n."""
    names = sorted({one.pair for one in outcomes})
    by_pair = np.array(
        [_counts([o for o in outcomes if o.pair == name]) for name in names]
    )
    drawn = np.random.default_rng(0).integers(len(names), size=(RESAMPLES, len(names)))
    resampled = by_pair[drawn].sum(axis=1)
    return [
        (metric, *_value(by_pair.sum(axis=0), resampled, *places))
        for metric, *places in _METRICS
    ]


def _value(
    total: Any, resampled: Any, over: int, under: int, factor: int, size: int
) -> tuple[float, float, float, int]:
    shares = factor * resampled[:, over] / np.maximum(resampled[:, under], 1)
    low, high = np.quantile(shares, [0.025, 0.975])
    value = factor * total[over] / max(total[under], 1)
    return float(value), float(low), float(high), int(total[size])


# hits 0, planted 1, found 2, types right 3, types wanted and typed 4, exact 5, wanted 6
_METRICS = [
    ("statement recall", 0, 1, 1, 1),
    ("statement precision", 0, 2, 1, 2),
    ("difference types F1", 3, 4, 2, 6),
    ("difference types exactly right", 5, 0, 1, 0),
]


def _counts(outcomes: list[Outcome]) -> list[int]:
    hits = [one for one in outcomes if one.planted and one.found]
    return [
        len(hits),
        sum(one.planted for one in outcomes),
        sum(one.found for one in outcomes),
        sum(len(one.wanted & one.typed) for one in hits),
        sum(len(one.wanted) + len(one.typed) for one in hits),
        sum(one.wanted == one.typed for one in hits),
        sum(len(one.wanted) for one in hits),
    ]


def _outcomes(pair: dict[str, Any]) -> list[Outcome]:
    """Match the statements found in one pair with those planted, best overlap first."""
    table = pd.DataFrame(
        {
            "article": ["a", "b"],
            "outlet": [pair[side]["outlet"] for side in "ab"],
            "text": [pair[side]["text"] for side in "ab"],
        }
    )
    result = statements(table)
    found = {
        str(name): _words(
            pair, {str(side): _spans(part) for side, part in rows.groupby("article")}
        )
        for name, rows in result.groups.groupby("group")
    }
    planted = {
        number: _words(pair, {side: one[side] for side in "ab"})
        for number, one in enumerate(pair["statements"])
    }
    scores = sorted(
        (
            (_overlap(want, got), number, name)
            for number, want in planted.items()
            for name, got in found.items()
        ),
        reverse=True,
    )
    matched: dict[int, str] = {}
    for score, number, name in scores:
        if score >= OVERLAP and number not in matched and name not in matched.values():
            matched[number] = name
    types = result.differences.groupby("group")["type"].agg(frozenset).to_dict()
    outcomes = [
        Outcome(
            pair["pair"],
            planted=True,
            found=number in matched,
            wanted=frozenset(one["differences"]),
            typed=types.get(matched.get(number), frozenset()),
            note=f"statement {one['statement']}",
        )
        for number, one in enumerate(pair["statements"])
    ]
    spare = sorted(set(found) - set(matched.values()))
    return outcomes + [
        Outcome(pair["pair"], planted=False, found=True, note=f"{name}, not planted")
        for name in spare
    ]


def _spans(rows: pd.DataFrame) -> list[tuple[int, int]]:
    return list(zip(rows["start"].tolist(), rows["end"].tolist(), strict=True))


def _words(
    pair: dict[str, Any], spans: dict[str, list[tuple[int, int]]]
) -> dict[str, set[int]]:
    """Give the words that stand in these spans, by where they begin."""
    return {
        side: {
            start
            for start, end in word_offsets(pair[side]["text"])
            if any(start < right and end > left for left, right in spans.get(side, []))
        }
        for side in "ab"
    }


def _overlap(one: dict[str, set[int]], other: dict[str, set[int]]) -> float:
    """Give the smaller of the two articles' shares of words in both."""
    return min(len(one[s] & other[s]) / max(len(one[s] | other[s]), 1) for s in "ab")


if __name__ == "__main__":
    main()
