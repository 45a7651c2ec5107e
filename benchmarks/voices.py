"""How often voices and attributions are wrong, and whether some outlets fare worse.

    python -m benchmarks.voices --gold DIR --out figures.json

On the development part of PolNeAR (``DIR/polnear.jsonl.gz``, the first annotator of
each article) and on the four shipped articles (``tests/gold/attributions.csv``):

- every word's voice by `framelens.annotate.voices`, once from the attributions that
  people marked and once from those that the reader finds. Furniture is left out. What
  stands in quotation marks is speech for people where at least 60 % of it lies inside a
  content they marked; with *marks as given* both sides take framelens' word for what is
  speech, so that only the attributions are compared;
- precision, recall and F1 of attributions as triples, as in `benchmarks.accuracy`;
- the same of two people, on all articles of PolNeAR that two annotated;
- all for each outlet, and whether articles of some outlets are read worse: outlets are
  shuffled over articles, and the spread of the shares between outlets is compared.

Prints Markdown. Intervals are of 95 %, over articles: the wider of a bootstrap and a
jackknife with Student's t; fewer than five articles have none. With ``--shares`` it
prints what ``framelens/lists`` holds of it instead: ``voice_accuracy.toml`` and
``attribution_accuracy.toml``.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from benchmarks.attribution_scores import Text, attribution, counts, gold_rows
from benchmarks.sets import held_out, rows
from benchmarks.voice_figures import TRIPLES, VOICES, WORDS, differ, figure, in_words
from benchmarks.voice_tables import (
    BY_OUTLET,
    print_differences,
    print_outlets,
    print_shares,
    print_triples,
    print_whole,
    print_words,
)
from framelens.annotate import attributions, furniture, quotations, voices
from framelens.annotate.spans import spans_frame
from framelens.annotate.words import word_offsets
from framelens.read import read_articles

if TYPE_CHECKING:
    import numpy.typing as npt

    Cells = npt.NDArray[np.float64]
    Marked = dict[str, list[dict[str, Any]]]

ROOT = Path(__file__).resolve().parents[1]
POLNEAR, TWICE = "polnear dev", "polnear, second annotator"
SHIPPED = "four shipped"
OUTLETS = {
    "breitbart": "Breitbart",
    "huff-post": "HuffPost",
    "nyt": "New York Times",
    "politico": "Politico",
    "usa-today": "USA Today",
    "wash-post": "Washington Post",
    "west-journal": "Western Journal",
}
INSIDE = 0.6
_ROLES = ("content", "cue", "source")


@dataclass(frozen=True)
class Judged:
    """What was counted in one article.

    Attributes
    ----------
    words, given : ndarray of shape (3, 3)
        Words by VOICES, as people have it (rows) and as framelens has it (columns);
        in `given` both sides take framelens' word for what is speech.
    triples : ndarray of shape (4,)
        Attributions that people marked, and of them found; found, and of them right.
    """

    outlet: str
    words: Cells
    given: Cells
    triples: Cells


# Reading the sets


def polnear(gold: Path) -> tuple[pd.DataFrame, Marked]:
    """Give the development articles, and what the first annotator marked in each."""
    first: dict[str, dict[str, Any]] = {}
    for record in rows(gold, "polnear"):
        if held_out("polnear", record):
            first.setdefault(record["doc_id"], record)
    return _articles(first), {name: gold_rows(one) for name, one in first.items()}


def polnear_twice(gold: Path) -> tuple[pd.DataFrame, Marked, Marked]:
    """Give the articles of all parts that two annotated, and what each marked."""
    several: dict[str, list[dict[str, Any]]] = {}
    for record in rows(gold, "polnear"):
        several.setdefault(record["doc_id"], []).append(record)
    twice = {name: some[:2] for name, some in several.items() if len(some) > 1}
    first, second = ({name: some[i] for name, some in twice.items()} for i in (0, 1))
    return (
        _articles(first),
        {name: gold_rows(one) for name, one in first.items()},
        {name: gold_rows(one) for name, one in second.items()},
    )


def _articles(records: dict[str, dict[str, Any]]) -> pd.DataFrame:
    columns = {
        "article": list(records),
        "outlet": [OUTLETS[one["outlet"]] for one in records.values()],
        "text": [one["text"] for one in records.values()],
    }
    return pd.DataFrame(columns, dtype=object)


def shipped() -> tuple[pd.DataFrame, Marked]:
    """Give the four articles, and the decided list of their outermost attributions."""
    listed = pd.read_csv(ROOT / "tests" / "gold" / "attributions.csv", dtype=str)
    listed = listed[listed["depth"].eq("0")].fillna("")
    marked: Marked = {}
    for row in listed.to_dict("records"):
        pieces = {
            role: [[int(at) for at in one.split("-")] for one in row[role].split()]
            for role in _ROLES
        }
        marked.setdefault(row["article"], []).append(pieces)
    return read_articles(ROOT / "data" / "articles.csv").articles, marked


def as_spans(marked: Marked) -> pd.DataFrame:
    """Put what people marked in the form that `framelens.annotate.attributions` has."""
    pieces = [
        (article, start, end, f"{article}:a{number}", role, 0)
        for article, some in marked.items()
        for number, one in enumerate(some, start=1)
        for role in _ROLES
        for start, end in one[role]
    ]
    table = spans_frame(pieces, layer="attribution", role="", extra=["piece", "depth"])
    return table.assign(role=table["piece"]).drop(columns="piece")


def as_people_mark(quoted: pd.DataFrame, told: pd.DataFrame) -> pd.DataFrame:
    """Call quotations speech where they lie inside a content that people marked."""
    contents = told[told["role"].eq("content")]
    by_article = {
        str(article): some[["start", "end"]].to_numpy()
        for article, some in contents.groupby("article", sort=False)
    }
    none = np.zeros((0, 2), dtype=np.int64)
    kinds = []
    for article, start, end in zip(
        quoted["article"], quoted["start"], quoted["end"], strict=True
    ):
        first, after = by_article.get(article, none).T
        shared = np.minimum(end, after) - np.maximum(start, first)
        speech = shared.max(initial=0) >= INSIDE * (end - start)
        kinds.append("speech" if speech else "scare")
    return quoted.assign(kind=kinds)


# Counting


def judged(
    articles: pd.DataFrame,
    marked: Marked,
    other: Marked | None = None,
) -> list[Judged]:
    """Compare people and framelens, or `other` people, article by article."""
    told, quoted = as_spans(marked), quotations(articles)
    aside = furniture(articles)
    by_people = as_people_mark(quoted, told)
    found = attributions(articles) if other is None else as_spans(other)
    by_other = quoted if other is None else as_people_mark(quoted, found)
    voice = [
        _by_article(
            voices(articles, quotations=marks, furniture=aside, attributions=spans)
        )
        for marks, spans in [
            *((by_people, told), (quoted, told)),
            *((by_other, found), (quoted, found)),
        ]
    ]
    outer = found[found["depth"].eq(0)]
    out = []
    for name, outlet, text in zip(
        articles["article"], articles["outlet"], articles["text"], strict=True
    ):
        people, given, reader, same = (_of_words(text, one[name]) for one in voice)
        out.append(
            Judged(
                str(outlet),
                _confusion(people, reader),
                _confusion(given, same),
                _triples(text, marked.get(name, []), outer[outer["article"].eq(name)]),
            )
        )
    return out


def _by_article(spans: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return {str(name): some for name, some in spans.groupby("article", sort=False)}


def _of_words(text: str, spans: pd.DataFrame) -> npt.NDArray[np.object_]:
    """Give the voice in which each word begins."""
    begins = np.array([start for start, _ in word_offsets(text)], dtype=np.int64)
    place = np.searchsorted(spans["start"].to_numpy(), begins, side="right") - 1
    found: npt.NDArray[np.object_] = spans["voice"].to_numpy(dtype=object)[place]
    return found


def _confusion(
    people: npt.NDArray[np.object_], reader: npt.NDArray[np.object_]
) -> Cells:
    return np.array(
        [[np.sum((people == a) & (reader == b)) for b in VOICES] for a in VOICES],
        dtype=np.float64,
    )


def _triples(text: str, marked: list[dict[str, Any]], outer: pd.DataFrame) -> Cells:
    seen = Text(text)
    found = [
        attribution(
            seen,
            {
                role: pieces.loc[pieces["role"].eq(role), ["start", "end"]]
                .to_numpy()
                .tolist()
                for role in _ROLES
            },
        )
        for _, pieces in outer.groupby("annotation", sort=False)
    ]
    total = counts([attribution(seen, one) for one in marked], found)
    return np.array([total[key] for key in ("gold", "recalled", "found", "precise")])


# Figures


def figures(name: str, found: list[Judged]) -> list[dict[str, Any]]:
    """Compute every figure of a set: of all articles, and of each outlet's."""
    out: list[dict[str, Any]] = []
    groups = {"all": found}
    for one in sorted({one.outlet for one in found}):
        groups[one] = [some for some in found if some.outlet == one]
    for outlet, some in groups.items():
        words, given, triples = (
            np.stack([getattr(one, part) for one in some])
            for part in ("words", "given", "triples")
        )
        every = [
            *((metric, words, ratio) for metric, ratio in WORDS.items()),
            *((f"{m}, marks as given", given, ratio) for m, ratio in WORDS.items()),
            *((metric, triples, ratio) for metric, ratio in TRIPLES.items()),
        ]
        out += [
            {"set": name, "outlet": outlet, "metric": metric, **figure(parts, ratio)}
            for metric, parts, ratio in every
        ]
    return out


def differences(found: list[Judged]) -> list[dict[str, Any]]:
    """Ask of the main figures whether they differ between outlets; Holm over them."""
    outlets = [one.outlet for one in found]
    out: list[dict[str, Any]] = []
    for metric, part in BY_OUTLET.items():
        parts = np.stack([getattr(one, part) for one in found])
        ratio = WORDS.get(metric) or TRIPLES[metric]
        out.append({"metric": metric, **differ(parts, outlets, ratio)})
    largest = 0.0
    for place, one in enumerate(sorted(out, key=lambda one: float(one["p"]))):
        largest = max(largest, min(1.0, one["p"] * (len(out) - place)))
        one["holm"] = largest
    return out


def main() -> None:
    """Print the figures; write them as JSON if asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--shares", action="store_true")
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    found = {
        POLNEAR: judged(*polnear(given.gold)),
        TWICE: judged(*polnear_twice(given.gold)),
        SHIPPED: judged(*shipped()),
    }
    told = {name: figures(name, some) for name, some in found.items()}
    asked = differences(found[POLNEAR])
    if given.shares:
        print_shares(told[POLNEAR])
        for name in (SHIPPED, POLNEAR):
            print_triples(name, told[name])
        print(in_words(asked))
        return
    for name, some in found.items():
        print_words(name, np.sum([one.words for one in some], axis=0))
        given_marks = np.sum([one.given for one in some], axis=0)
        print_words(f"{name}, marks as given", given_marks)
        print_whole(told[name])
        if name != TWICE:
            print_outlets(told[name])
    print_differences(asked)
    if given.out:
        every = [one for some in told.values() for one in some]
        whole = {"figures": every, "differences": asked}
        given.out.write_text(json.dumps(whole, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
