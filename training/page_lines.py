"""Fit ``framelens/models/page_lines.json``: paragraphs that look like the page's.

``python -m training.page_lines GOLD CORPORA`` reads scraped articles with their
furniture marked by paragraph (``field_train``, ``field``; JSON lines, gzip) and those
of two public collections whose paragraphs are marked in ``training/page_lines.csv``,
by the identifier of the article and the place where a paragraph begins: 1 furniture,
0 story, ? unclear. What is not listed there is furniture where a pattern knows it,
else story; an article without such a row is listed once, and where its row says
"listed", what is not listed is unclear. The regression (scikit-learn) learns from what
patterns know too. What both find together in ten folds over outlets is printed, also
by outlet, and the weights are written.
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from framelens.annotate import page_features, page_lines
from framelens.annotate.furniture import furniture
from framelens.annotate.paragraphs import paragraph_offsets
from framelens.annotate.words import word_offsets

MODEL = Path(page_lines.__file__).parents[1] / "models" / "page_lines.json"
MARKED = Path(__file__).with_name("page_lines.csv")
SETS = ("field_train", "field")
COLLECTIONS = (
    "abp_iran_russia_ukraine",
    "abp_immigration_coronavirus_environment",
)
FOLDS, SHUFFLES = 10, 2
LEAST = 0.6
STRENGTH = 0.5
FEWEST = 3
"""Paragraphs that a feature is seen in at least."""
LIGHTEST = 0.03
"""Smaller weights are left out: what is found stays the same."""
HALF = 0.5
HEAD = {
    "what": "Weights of a logistic regression: is a paragraph furniture or story?",
    "source": "Fitted by training/page_lines.py on `field_train`, `field` and 417 more "
    "scraped articles.",
    "least": LEAST,
}


@dataclass
class Paragraphs:
    """The paragraphs of many articles, one entry each, in order."""

    features: list[dict[str, float]]
    label: Any  # 1 furniture, 0 story, -1 unclear
    known: Any
    possible: Any
    words: Any
    article: Any
    outlet: Any
    set: Any


def read(gold: Path, corpora: Path) -> list[dict[str, Any]]:
    """Give the articles with ``paragraphs``: start, end, label (None: by patterns)."""
    records = []
    for name in SETS:
        for record in lines_of(gold / f"{name}.jsonl.gz"):
            for one in record["paragraphs"]:
                one["label"] = _label(one)
            records.append(record | {"set": name})
    marked: dict[str, dict[int, int | None]] = defaultdict(dict)
    listed: set[str] = set()
    with MARKED.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            one = marked[row["article"]]
            if row["start"]:
                label = -1 if row["label"] == "?" else int(row["label"])
                one[int(row["start"])] = label
            elif row["label"] == "listed":
                listed.add(row["article"])
    for name in COLLECTIONS:
        for record in lines_of(corpora / f"{name}.jsonl.gz"):
            if record["id"] in marked:
                told = marked[record["id"]]
                other = -1 if record["id"] in listed else None
                paragraphs = [
                    {"start": start, "end": end, "label": told.get(start, other)}
                    for start, end in paragraph_offsets(record["text"])
                ]
                kind = "collections, listed" if other else "collections"
                records.append(record | {"paragraphs": paragraphs, "set": kind})
    return records


def lines_of(path: Path) -> list[dict[str, Any]]:
    """Read JSON lines, gzip."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _label(paragraph: dict[str, Any]) -> int:
    """Give 1 for furniture, 0 for story, -1 where furniture is half of it or more."""
    if paragraph["label"] == "furniture":
        return 1
    inside = sum(one["end"] - one["start"] for one in paragraph["furniture"])
    return -1 if inside >= HALF * (paragraph["end"] - paragraph["start"]) else 0


def table(records: list[dict[str, Any]]) -> Paragraphs:
    """Give the paragraphs of articles with their features."""
    names = {"id": "article", "outlet": "outlet", "title": "title", "text": "text"}
    articles = pd.DataFrame(records)[list(names)].rename(columns=names)
    found = {
        article: list(zip(rows["start"], rows["end"], strict=True))
        for article, rows in furniture(articles, likely=False).groupby("article")
    }
    rows: list[tuple[Any, ...]] = []
    seen: list[dict[str, float]] = []
    for number, record in enumerate(records):
        places = found.get(record["id"], [])
        paragraphs, text = record["paragraphs"], record["text"]
        lines = [text[one["start"] : one["end"]] for one in paragraphs]
        known = [
            any(a <= one["start"] and one["end"] <= b + 1 for a, b in places)
            for one in paragraphs
        ]
        features = dict(page_features.features(lines, known))
        for place, one in enumerate(paragraphs):
            label = int(known[place]) if one["label"] is None else one["label"]
            seen.append(dict.fromkeys(features.get(place, ()), 1.0))
            many = len(word_offsets(lines[place]))
            possible = page_lines.possible(lines[place])
            rows.append(
                (
                    *(label, known[place], possible, many),
                    *(number, record["outlet"], record["set"]),
                )
            )
    columns = [np.array(column) for column in zip(*rows, strict=True)]
    return Paragraphs(seen, *columns)


def fitted(x: Any, y: Any) -> Any:
    """Fit the regression; give its weights, the small ones 0."""
    fit = LogisticRegression(
        C=STRENGTH, max_iter=500, fit_intercept=False, solver="liblinear"
    ).fit(x, y)
    weights = fit.coef_[0]
    return np.where(np.abs(weights) < LIGHTEST, 0.0, weights)


def scores(told: Paragraphs, found: Any, of: Any) -> str:
    """Say how many are found and right, and which share of the story is lost."""
    furnished, story = of & (told.label == 1), of & (told.label == 0)
    right, wrong = (found & furnished).sum(), (found & story).sum()
    lost = told.words[found & story].sum() / max(1, told.words[story].sum())
    return (
        f"found {right} of {furnished.sum()} ({right / max(1, furnished.sum()):.3f}), "
        f"right {right / max(1, right + wrong):.3f}, story lost {lost:.4f}"
    )


def main(gold: Path, corpora: Path) -> None:
    """Cross-validate over outlets, print the figures, and write the weights."""
    told = table(read(gold, corpora))
    vectors = DictVectorizer()
    x = vectors.fit_transform(told.features)
    often = np.asarray((x > 0).sum(axis=0)).ravel() >= FEWEST
    x, names = x[:, often], vectors.get_feature_names_out()[often]
    asked = np.asarray(x.sum(axis=1)).ravel() > 0
    usable = np.flatnonzero(asked & (told.label >= 0))
    for seed in range(SHUFFLES):
        likely = np.zeros(len(told.label), bool)
        folds = GroupKFold(FOLDS, shuffle=True, random_state=seed)
        for train, test in folds.split(x, told.label, told.outlet):
            train = np.intersect1d(train, usable)
            weights = fitted(x[train], told.label[train])
            chance = 1 / (1 + np.exp(-(x[test] @ weights)))
            likely[test] = asked[test] & (chance >= LEAST) & told.possible[test]
        found = told.known | likely
        for name in np.unique(told.set):
            of = told.set == name
            print(f"shuffle {seed}, {name}: {scores(told, found, of)}")
            print(f"  by patterns alone: {scores(told, told.known, of)}")
    for outlet in np.unique(told.outlet[np.isin(told.set, SETS)]):
        of = (told.outlet == outlet) & np.isin(told.set, SETS)
        print(f"  {outlet}: {scores(told, found, of)}")
    weights = fitted(x[usable], told.label[usable])
    kept = {
        name: round(float(one), 2)
        for name, one in zip(names, weights, strict=True)
        if one
    }
    text = json.dumps(HEAD | {"weights": kept}, ensure_ascii=False, indent=0)
    MODEL.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
