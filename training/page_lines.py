"""Fit ``framelens/models/page_lines.json``: paragraphs that look like the page's.

``python -m training.page_lines FIELD_TRAIN`` reads scraped articles with their
furniture marked by paragraph (JSON lines, gzip), takes those wholly furniture against
those that have none, and fits a logistic regression (scikit-learn). It prints what
patterns and regression find together in ten folds over outlets, and writes the weights.
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from framelens.annotate import page_lines
from framelens.annotate.furniture import furniture

MODEL = Path(page_lines.__file__).parents[1] / "models" / "page_lines.json"
FOLDS, SHUFFLES = 10, 3
LEAST, LEAST_INSIDE = 0.7, 0.5
HEAD = {
    "what": "Weights of a logistic regression: is a paragraph furniture or story?",
    "source": "Fitted by training/page_lines.py on `field_train`, 88 scraped articles.",
    "least": LEAST,
    "least_inside": LEAST_INSIDE,
}


def read(path: Path) -> tuple[list[Any], list[list[int]], list[list[bool]]]:
    """Give records, labels (1 furniture, 0 none, -1 in part) and what patterns find."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    articles = pd.DataFrame(records).rename(columns={"id": "article"})
    found = furniture(articles, likely=False)
    labels, known = [], []
    for record in records:
        rows = found[found["article"].eq(record["id"])]
        places = list(zip(rows["start"], rows["end"], strict=True))
        labels.append([
            1 if one["label"] == "furniture" else -1 if one["furniture"] else 0
            for one in record["paragraphs"]
        ])  # fmt: skip
        known.append([
            any(a <= one["start"] and one["end"] <= b + 1 for a, b in places)
            for one in record["paragraphs"]
        ])  # fmt: skip
    return records, labels, known


def table(records: list[Any], known: list[list[bool]]) -> pd.DataFrame:
    """Give the features of every paragraph."""
    rows = []
    for record, found in zip(records, known, strict=True):
        texts = paragraphs_of(record)
        words = [page_lines._WORDS.findall(text) for text in texts]
        rows += [
            page_lines.features(place, texts, words, found)
            for place in range(len(texts))
        ]
    return pd.DataFrame(rows)


def paragraphs_of(record: Any) -> list[str]:
    """Give the paragraphs of an article, spaces made even."""
    spans = [(one["start"], one["end"]) for one in record["paragraphs"]]
    return [" ".join(record["text"][start:end].split()) for start, end in spans]


def fitted(x: pd.DataFrame, y: np.ndarray[Any, Any]) -> dict[str, float]:
    """Fit the regression; give its weights."""
    fit = LogisticRegression(C=1.0, max_iter=5_000, fit_intercept=False).fit(x, y)
    return {
        name: round(float(one), 4) for name, one in zip(x, fit.coef_[0], strict=True)
    }


def main(path: Path) -> None:
    """Cross-validate over outlets, print the figures, and write the weights."""
    records, labels, known = read(path)
    x, y = table(records, known), np.array([one for each in labels for one in each])
    article = np.repeat(np.arange(len(records)), [len(each) for each in labels])
    outlet = np.array([records[row]["outlet"] for row in article])
    patterns = np.array([one for each in known for one in each])
    for seed in range(SHUFFLES):
        likely = np.zeros(len(y), bool)
        folds = GroupKFold(FOLDS, shuffle=True, random_state=seed)
        for train, test in folds.split(x, y, outlet):
            train = train[y[train] >= 0]
            weights = fitted(x.iloc[train], y[train])
            page_lines._model = lambda weights=weights: HEAD | {"weights": weights}
            for row in np.unique(article[test]):
                first = int(np.searchsorted(article, row))
                texts = paragraphs_of(records[row])
                for place in page_lines.page_lines(texts, known[row]):
                    likely[first + place] = True
        every = patterns | likely
        print(
            f"shuffle {seed}: found {every[y == 1].mean():.3f}, right "
            f"{(y[every & (y >= 0)] == 1).mean():.3f}; by patterns alone "
            f"{patterns[y == 1].mean():.3f}; added {likely[y >= 0].sum()}, right "
            f"{likely[y == 1].sum()}"
        )
    weights = fitted(x[y >= 0], y[y >= 0])
    told = json.dumps(HEAD | {"weights": weights}, indent=1)
    MODEL.write_text(told + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
