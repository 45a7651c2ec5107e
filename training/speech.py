"""Fit ``framelens/models/speech.json``: which quotations are somebody's words.

``python -m training.speech GOLD CORPORA`` reads scraped articles whose quotations have
a class (``field_train``, ``field``; JSON lines, gzip) and quotations of two public
collections that ``training/speech.csv`` lists, by the identifier of the article and
the place where one begins: 1 somebody's words, spoken or written, 0 a term, a name, a
title, words held at a distance or made up. These were drawn where an earlier fit was in
doubt. Of those that rules know (`known_kind`), nothing is learnt. How many rules and
regression (scikit-learn) get right together in ten folds over outlets is printed, by
set, and the weights are written.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from framelens.annotate import speech
from framelens.annotate.quotations import _is_term, known_kind, surroundings
from framelens.annotate.speech import Quoted, features
from training.page_lines import COLLECTIONS, FOLDS, LIGHTEST, SETS, lines_of

if TYPE_CHECKING:
    from collections.abc import Iterator

MODEL = Path(speech.__file__).parents[1] / "models" / "speech.json"
MARKED = Path(__file__).with_name("speech.csv")
SPOKEN = ("speech", "written")
SHUFFLES = 3
STRENGTH = 1.0
FEWEST = 2
"""Quotations that a feature is seen at at least."""
HEAD = {
    "what": "Weights of a logistic regression: are these words in marks somebody's?",
    "source": "Fitted by training/speech.py on the quotations of `field_train` and "
    "`field` and 267 more.",
}

Quotation = tuple[set[str], bool, bool, str, str]


def read(gold: Path, corpora: Path) -> list[Quotation]:
    """Give of every quotation features, class, whether rules know it, outlet, set."""
    found: list[Quotation] = []
    for name in SETS:
        for record in lines_of(gold / f"{name}.jsonl.gz"):
            told = {
                one["start"]: one["cls"] in SPOKEN
                for one in record["quotations"]
                if "furniture" not in one["note"]
            }
            found += _of_article(record, told, name)
    marked: dict[str, dict[int, bool]] = defaultdict(dict)
    with MARKED.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            marked[row["article"]][int(row["start"])] = row["label"] == "1"
    for name in COLLECTIONS:
        for record in lines_of(corpora / f"{name}.jsonl.gz"):
            if record["id"] in marked:
                found += _of_article(record, marked[record["id"]], "in doubt")
    return found


def _of_article(
    record: dict[str, Any], told: dict[int, bool], name: str
) -> Iterator[Quotation]:
    stretches = surroundings(record["text"])
    quoted = Quoted.of(stretches)
    for here in stretches:
        start, apart = here.stretch.start, here.stretch.depth
        if start in told and here.inner and not apart:
            seen = set(features(here, quoted, term=_is_term(here)))
            known = known_kind(here) is not None
            yield seen, told[start], known, record["outlet"], name


def main(gold: Path, corpora: Path) -> None:
    """Cross-validate over outlets, print the figures, and write the weights."""
    told = zip(*read(gold, corpora), strict=True)
    seen, labels, known, outlets, sets = map(list, told)
    vectors = DictVectorizer()
    x = vectors.fit_transform([dict.fromkeys(one, 1.0) for one in seen])
    often = np.asarray((x > 0).sum(axis=0)).ravel() >= FEWEST
    x, names = x[:, often], vectors.get_feature_names_out()[often]
    y, of, asked = np.array(labels), np.array(sets), ~np.array(known)
    for seed in range(SHUFFLES):
        right = np.zeros(len(y), bool)
        folds = GroupKFold(FOLDS, shuffle=True, random_state=seed)
        for train, test in folds.split(x, y, outlets):
            train = train[asked[train]]
            found = x[test] @ fitted(x[train], y[train]) > 0
            right[test] = (found & asked[test]) == y[test]
        for name in dict.fromkeys(sets):
            some = right[of == name]
            print(f"shuffle {seed}, {name}: {some.mean():.3f} of {len(some)} right")
    weights = fitted(x[asked], y[asked])
    kept = {
        name: round(float(one), 2)
        for name, one in zip(names, weights, strict=True)
        if one
    }
    text = json.dumps(HEAD | {"weights": kept}, ensure_ascii=False, indent=0)
    MODEL.write_text(text + "\n", encoding="utf-8")


def fitted(x: Any, y: Any) -> Any:
    """Fit the regression; give its weights, the small ones 0."""
    fit = LogisticRegression(
        C=STRENGTH, max_iter=500, fit_intercept=False, solver="liblinear"
    ).fit(x, y)
    weights = fit.coef_[0]
    return np.where(np.abs(weights) < LIGHTEST, 0.0, weights)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
