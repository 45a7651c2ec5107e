"""How often the reader is right: attributions, tone and loaded words.

    python -m benchmarks.accuracy --gold DIR --out figures.json
    python -m benchmarks.accuracy --gold DIR --all --out figures.json

DIR holds annotated sets as ``polnear.jsonl.gz``, ``newsmtsc.jsonl.gz``,
``babe.jsonl.gz``, ``printings.jsonl.gz``, ``field.jsonl.gz``,
``field_train.jsonl.gz``, ``mbd.jsonl.gz``, ``up_ewt.jsonl.gz``,
``megaveridicality.jsonl.gz``, ``factuality_SET.jsonl.gz`` and
``narrative_framing_climate.jsonl.gz``; what is not there is left out. The four shipped
articles are scored against ``tests/gold/attributions.csv``. By default the held-out
part of each is scored (`benchmarks.sets.held_out`), with ``--all`` every row, also
those that the reader was trained on. The figures are a list of ``{set, metric, value,
low, high, n}`` with intervals of 95 % from a bootstrap over articles, sentences or
events.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from benchmarks.attribution_scores import (
    Attribution,
    Text,
    attribution,
    counts,
    exact_f1,
    f1,
    gold_rows,
)
from benchmarks.factuality import metrics as event_metrics
from benchmarks.field import metrics as field_metrics
from benchmarks.labels import metrics as label_metrics
from benchmarks.mbd import metrics as mbd_metrics
from benchmarks.own_frame import metrics as frame_metrics
from benchmarks.printings import metrics
from benchmarks.roles import metrics as role_metrics
from benchmarks.sets import held_out, rows
from benchmarks.veridicality import metrics as verb_metrics
from framelens.annotate import attributions, tone
from framelens.annotate.attribution_model import load_reader
from framelens.annotate.candidates import ROLES, candidates
from framelens.annotate.tone import loaded_sentences, loaded_words
from framelens.annotate.words import WORD
from framelens.read import read_articles

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Figures = list[dict[str, Any]]

RESAMPLES = 1_000
SEED = 0
ROOT = Path(__file__).resolve().parent.parent
_PARTS = ("content", "cue", "source")
_POLARITIES = ("negative", "neutral", "positive")


def figure(
    name: str,
    metric: str,
    parts: Sequence[Any],
    value: Callable[[Sequence[Any]], float],
) -> dict[str, Any]:
    """Compute a figure over `parts`, with its interval from resamples of them."""
    chance = np.random.default_rng(SEED)
    drawn = sorted(
        value([parts[place] for place in chance.integers(0, len(parts), len(parts))])
        for _ in range(RESAMPLES)
    )
    return {
        "set": name,
        "metric": metric,
        "value": round(value(parts), 4),
        "low": round(drawn[int(0.025 * RESAMPLES)], 4),
        "high": round(drawn[int(0.975 * RESAMPLES) - 1], 4),
        "n": len(parts),
    }


def polnear(records: list[dict[str, Any]]) -> Figures:
    """Score attributions, and the spans of each role, on articles of PolNeAR."""
    seen: set[str] = set()
    first = [r for r in records if not (r["doc_id"] in seen or seen.add(r["doc_id"]))]
    spans = [_exact(record) for record in first]
    out = [
        figure("polnear", f"{role} exact F1", [one[role] for one in spans], _span_f1)
        for role in ROLES
    ]
    pairs = [_attributions(record) for record in first]
    every = [counts(*pair) for pair in pairs]
    speech = [counts(*pair, speech=True) for pair in pairs]
    out += [
        figure("polnear", "attribution triple F1", every, _summed(f1)),
        figure("polnear", "attribution triple F1, speech only", speech, _summed(f1)),
        figure("polnear", "attribution content exact F1", every, _summed(exact_f1)),
    ]
    for kind in ("direct", "mixed", "indirect"):
        out.append(
            figure(
                "polnear",
                f"attribution triple F1, {kind}",
                every,
                _summed(lambda total, kind=kind: f1(total, kind)),
            )
        )
    return out


def _summed(value: Callable[[Counter[str]], float]) -> Callable[[Any], float]:
    def over(parts: Sequence[Counter[str]]) -> float:
        total: Counter[str] = Counter()
        for part in parts:
            total.update(part)
        return value(total)

    return over


def _exact(record: dict[str, Any]) -> dict[str, tuple[int, int, int]]:
    """Count spans of each role whose words agree: in both, found, marked."""
    text = Text(record["text"])
    seen = candidates(
        record["text"], [one.light() for one in load_reader().read(record["text"])]
    )
    out = {}
    for role in ROLES:
        marked = {
            text.inside([(one["start"], one["end"])])
            for one in record["spans"]
            if one["label"] == role
        }
        found = {
            text.inside([(one.start, one.end)]) for one in seen.of(role) if one.sure
        }
        out[role] = (len(marked & found), len(found), len(marked))
    return out


def _span_f1(parts: Sequence[tuple[int, int, int]]) -> float:
    hits, found, marked = np.sum(parts, axis=0)
    return float(2 * hits / max(1, found + marked))


def _attributions(record: dict[str, Any]) -> tuple[list[Any], list[Any]]:
    """Give what people marked in an article, and what framelens finds there."""
    text = Text(record["text"])
    table = pd.DataFrame({"article": [record["doc_id"]], "text": [record["text"]]})
    return [attribution(text, row) for row in gold_rows(record)], _found(text, table)


def _found(text: Text, table: pd.DataFrame) -> list[Attribution]:
    """Find the attributions of one article, but those inside another's content."""
    found = attributions(table)
    outer = found[found["depth"].eq(0)]
    return [
        attribution(
            text,
            {
                role: pieces.loc[pieces["role"].eq(role), ["start", "end"]]
                .to_numpy()
                .tolist()
                for role in _PARTS
            },
        )
        for _, pieces in outer.groupby("annotation", sort=False)
    ]


def newsmtsc(records: list[dict[str, Any]]) -> Figures:
    """Score the tone towards marked actors."""
    table = pd.DataFrame(
        {
            "article": [str(place) for place in range(len(records))],
            "text": [record["text"] for record in records],
        }
    )
    targets = pd.DataFrame(
        [
            (str(place), one["start"], one["end"], one["attrs"]["polarity"])
            for place, record in enumerate(records)
            for one in record["spans"]
            if one["attrs"].get("polarity") in _POLARITIES
        ],
        columns=["article", "start", "end", "polarity"],
    )
    told = tone(table, targets)
    parts = [
        list(zip(some["polarity"].tolist(), some["tone"].tolist(), strict=True))
        for _, some in told.groupby("article", sort=False)
    ]
    return [figure("newsmtsc", "tone macro F1", parts, _macro_f1(_POLARITIES))]


def _macro_f1(sides: Sequence[Any]) -> Callable[[Any], float]:
    def over(parts: Sequence[list[tuple[Any, Any]]]) -> float:
        pairs = Counter(pair for part in parts for pair in part)
        f1s = []
        for side in sides:
            total = sum(n * ((a == side) + (b == side)) for (a, b), n in pairs.items())
            f1s.append(2 * pairs[side, side] / max(1, total))
        return sum(f1s) / len(f1s)

    return over


def babe(records: list[dict[str, Any]]) -> Figures:
    """Score loaded words, and whether a sentence is loaded."""
    table = pd.DataFrame(
        {
            "article": [str(place) for place in range(len(records))],
            "text": [record["text"] for record in records],
        }
    )
    words = loaded_words(table)
    found: dict[str, set[int]] = {}
    for article, start in zip(words["article"], words["start"], strict=True):
        found.setdefault(article, set()).add(start)
    parts = []
    for place, record in enumerate(records):
        marked = {
            match.start()
            for match in WORD.finditer(record["text"])
            if any(
                match.end() > one["start"] and match.start() < one["end"]
                for one in record["spans"]
            )
        }
        mine = found.get(str(place), set())
        parts.append((len(marked & mine), len(mine), len(marked)))
    whole = table.assign(start=0, end=table["text"].str.len())
    likely = loaded_sentences(table, whole[["article", "start", "end"]])["probability"]
    judged = [
        [(record["labels"]["bias"], "Biased" if p >= 0.5 else "Non-biased")]
        for record, p in zip(records, likely.tolist(), strict=True)
        if record["labels"].get("bias") in ("Biased", "Non-biased")
    ]
    return [
        figure("babe", "loaded token F1", parts, _span_f1),
        figure(
            *("babe", "loaded sentence macro F1", judged),
            _macro_f1(("Biased", "Non-biased")),
        ),
    ]


def shipped() -> Figures:
    """Score attributions on the four shipped articles, against two readings.

    Contents inside another's content (depth 1) are left out, as PolNeAR has none.
    """
    articles = read_articles(ROOT / "data" / "articles.csv").articles
    texts = dict(zip(articles["article"], articles["text"], strict=True))
    listed = pd.read_csv(ROOT / "tests" / "gold" / "attributions.csv", dtype=str)
    listed = listed[listed["depth"].eq("0")].fillna("")
    parts = []
    for article, some in listed.groupby("article", sort=True):
        text = Text(texts[article])
        gold = [
            attribution(text, {role: _pieces(row[role]) for role in _PARTS})
            for row in some[list(_PARTS)].to_dict("records")
        ]
        parts.append(
            counts(gold, _found(text, articles[articles["article"].eq(article)]))
        )
    name = "four shipped articles"
    return [
        figure(name, "attribution triple F1", parts, _summed(f1)),
        figure(name, "attribution content exact F1", parts, _summed(exact_f1)),
    ]


def _pieces(told: str) -> list[list[int]]:
    return [[int(at) for at in piece.split("-")] for piece in told.split()]


def printings(records: list[dict[str, Any]]) -> Figures:
    """Score statements in real articles; the intervals resample events."""
    return [figure("printings", *metric) for metric in metrics(records)]


def field(records: list[dict[str, Any]]) -> Figures:
    """Score speakers, speech and furniture on scraped articles."""
    return [figure("field", *metric) for metric in field_metrics(records)]


def field_train(records: list[dict[str, Any]]) -> Figures:
    """Score the articles that the rules were written with in view; see `field`."""
    return [figure("field_train", *metric) for metric in field_metrics(records)]


def mbd(records: list[dict[str, Any]]) -> Figures:
    """Score sentences with direct speech, as they came and repaired."""
    return [figure("mbd", *metric) for metric in mbd_metrics(records)]


def up_ewt(records: list[dict[str, Any]]) -> Figures:
    """Score who acts and who is acted on; the intervals resample sentences."""
    return [figure("up_ewt", *metric) for metric in role_metrics(records)]


def megaveridicality(records: list[dict[str, Any]]) -> Figures:
    """Score classes of cues; the intervals resample verbs."""
    return [figure("megaveridicality", *metric) for metric in verb_metrics(records)]


def factuality(name: str, records: list[dict[str, Any]]) -> Figures:
    """Score how far events are presented as having happened."""
    return [figure(name, *metric) for metric in event_metrics(records)]


def narrative_framing_climate(records: list[dict[str, Any]]) -> Figures:
    """Score five frames, each learned from 150 of the articles (a minute in all)."""
    name = "narrative_framing_climate"
    return [figure(name, *metric) for metric in frame_metrics(records)]


def newswcl50(records: list[dict[str, Any]]) -> Figures:
    """Score which mentions name the same thing; the intervals resample events."""
    return [figure("newswcl50", *metric) for metric in label_metrics(records)]


SETS = {
    "polnear": polnear,
    "newsmtsc": newsmtsc,
    "babe": babe,
    "printings": printings,
    "field": field,
    "field_train": field_train,
    "mbd": mbd,
    "up_ewt": up_ewt,
    "megaveridicality": megaveridicality,
    "factuality_uw": partial(factuality, "factuality_uw"),
    "factuality_meantime": partial(factuality, "factuality_meantime"),
    "factuality_uds": partial(factuality, "factuality_uds"),
    "newswcl50": newswcl50,
    "narrative_framing_climate": narrative_framing_climate,
}


def measure(gold: Path, *, everything: bool = False) -> Figures:
    """Score every set that `gold` holds."""
    out = shipped()
    for name, scored in SETS.items():
        if not (gold / f"{name}.jsonl.gz").is_file():
            print(f"{gold} holds no {name}.jsonl.gz: left out", file=sys.stderr)
            continue
        records = [r for r in rows(gold, name) if everything or held_out(name, r)]
        if records:
            out += scored(records)
    return out


def main() -> None:
    """Print the figures as Markdown rows; write them as JSON if asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    figures = measure(given.gold, everything=given.all)
    if {one["set"] for one in figures}.isdisjoint(SETS):
        sys.exit(f"{given.gold} holds none of {', '.join(SETS)} as NAME.jsonl.gz.")
    for one in figures:
        print(
            f"| {one['set']} | {one['metric']} | {one['value']:.3f} "
            f"| {one['low']:.3f} to {one['high']:.3f} | {one['n']:,} |"
        )
    if given.out:
        given.out.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
