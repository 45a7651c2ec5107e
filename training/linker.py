"""Fit the linker: which spans belong together, on articles the trunk never saw."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import StandardScaler

from benchmarks.attribution_scores import (
    Attribution,
    Text,
    attribution,
    counts,
    f1,
    gold_rows,
    right,
)
from framelens.annotate.attribution_model import Reader, load_reader
from framelens.annotate.candidates import Candidate, Seen, candidates
from framelens.annotate.linking import (
    KEEP_FEATURES,
    Chain,
    chained,
    keep_features,
    linker_from,
    network_from,
    pairs,
)
from training.gold import polnear, set_apart

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

MEMBERS = 6
HIDDEN = 48
PENALTY = 1.0
FOLDS = 5
LEAST = {"content": 0.12, "piece": 0.5, "source": 0.3, "keep": 0.4}
"""The least probabilities of links; that of what is kept is chosen."""


class Article:
    """An annotated article as the reader saw it, and what people marked in it."""

    def __init__(self, record: dict[str, Any], reader: Reader) -> None:
        told = [one.light() for one in reader.read(record["text"])]
        self.seen: Seen = candidates(record["text"], told)
        self.text = Text(record["text"])
        self.gold = [attribution(self.text, row) for row in gold_rows(record)]
        self.pairs = {role: pairs(self.seen, role) for role in ("content", "source")}
        self.labels = {role: self._labels(role) for role in ("content", "source")}

    def _words(self, one: Candidate) -> frozenset[int]:
        return self.text.inside([(one.start, one.end)])

    def _labels(self, role: str) -> npt.NDArray[np.int64]:
        """Say of each pair whether one marked attribution holds both."""
        cues = [self._words(one) for one in self.seen.cues]
        others = [self._words(one) for one in self.seen.of(role)]
        held: list[set[int]] = [
            {place for place, gold in enumerate(self.gold) if words & gold.cue}
            for words in cues
        ]
        out = []
        found = self.pairs[role]
        for cue, other in zip(found.cue.tolist(), found.other.tolist(), strict=True):
            words = others[other]
            out.append(any(self._meets(self.gold[g], words, role) for g in held[cue]))
        return np.array(out, dtype=np.int64)

    @staticmethod
    def _meets(gold: Attribution, words: frozenset[int], role: str) -> bool:
        if role == "content":
            both = len(words & gold.content)
            return both > 0 and both >= 0.5 * len(words)
        both = len(words & gold.source)
        return both > 0 and (
            gold.head in words or both >= 0.6 * len(words | gold.source)
        )

    def found(self, chains: Sequence[Chain | Any]) -> list[Attribution]:
        """Read chains as attributions that can be scored."""
        return [attribution(self.text, row_of(one)) for one in chains]


def row_of(one: Any) -> dict[str, Any]:
    """Give a chain or a linked attribution as a row with offsets."""
    return {
        "content": [[piece.start, piece.end] for piece in one.contents],
        "cue": [[one.cue.start, one.cue.end]],
        "source": [[one.source.start, one.source.end]] if one.source else [],
    }


def network(features: Floats, labels: npt.NDArray[np.int64]) -> dict[str, Any]:
    """Fit the mean of several small networks, as plain numbers."""
    scaler = StandardScaler().fit(features)
    members = []
    for seed in range(MEMBERS):
        fitted = MLPClassifier(
            (HIDDEN,),
            alpha=PENALTY,
            random_state=seed,
            early_stopping=True,
            max_iter=40,
            n_iter_no_change=4,
        ).fit(scaler.transform(features), labels)
        members.append(
            [
                [np.round(weights, 4).tolist(), np.round(bias, 4).tolist()]
                for weights, bias in zip(fitted.coefs_, fitted.intercepts_, strict=True)
            ]
        )
    return {
        "mean": np.round(scaler.mean_, 6).tolist(),
        "scale": np.round(scaler.scale_, 6).tolist(),
        "members": members,
    }


def _stacked(articles: list[Article], role: str) -> tuple[Floats, Any]:
    return (
        np.concatenate([one.pairs[role].features for one in articles]),
        np.concatenate([one.labels[role] for one in articles]),
    )


def _blank(features: int) -> dict[str, Any]:
    """Give a network that says one half, for before there is one."""
    return {
        "mean": [0.0] * features,
        "scale": [1.0] * features,
        "members": [[[[[0.0]] * features, [0.0]]]],
    }


def fitted(articles: list[Article]) -> tuple[dict[str, Any], float]:
    """Fit the linker; give its numbers and F1 of triples in cross-validation.

    The decision to keep or drop is learnt from links made by networks that did not
    see the article, as they will be made later; the least probability of what is
    kept is chosen on decisions made in the same way.
    """
    folds = np.arange(len(articles)) % FOLDS
    chains: list[list[Chain]] = [[] for _ in articles]
    for fold in range(FOLDS):
        rest = [one for one, at in zip(articles, folds, strict=True) if at != fold]
        linker = linker_from(_links(rest))
        for place in np.flatnonzero(folds == fold).tolist():
            chains[place] = chained(articles[place].seen, linker)
    features = [keep_features(some) for some in chains]
    found = [one.found(some) for one, some in zip(articles, chains, strict=True)]
    labels = [
        np.array(right(one.gold, some), dtype=np.int64)
        for one, some in zip(articles, found, strict=True)
    ]
    likely = _out_of_fold(features, labels, folds)
    least, best = _best_bound(articles, found, likely)
    told = _links(articles)
    told["keep"] = network(np.concatenate(features), np.concatenate(labels))
    told["least"]["keep"] = least
    return told, best


def _out_of_fold(
    features: list[Floats], labels: list[Any], folds: npt.NDArray[np.int64]
) -> list[Floats]:
    """Say how likely each chain is right, by networks that did not see its article."""
    likely: list[Floats] = [np.zeros(0)] * len(features)
    for fold in range(FOLDS):
        rest, mine = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        one = network_from(
            network(
                np.concatenate([features[place] for place in rest]),
                np.concatenate([labels[place] for place in rest]),
            )
        )
        for place in mine.tolist():
            likely[place] = one.probability(features[place])
    return likely


def _best_bound(
    articles: list[Article], found: list[list[Attribution]], likely: list[Floats]
) -> tuple[float, float]:
    """Give the least probability with the best F1 of triples, and that F1.

    The curve is flat: each F1 is averaged with its neighbours first.
    """
    bounds = np.arange(0.17, 0.66, 0.03).round(2)
    reached = []
    for least in bounds.tolist():
        total = counts([], [])
        for one, some, probabilities in zip(articles, found, likely, strict=True):
            kept = [a for a, p in zip(some, probabilities, strict=True) if p >= least]
            total += counts(one.gold, kept)
        reached.append(f1(total))
    smooth = np.convolve(reached, np.full(3, 1 / 3), mode="valid")
    best = int(smooth.argmax()) + 1
    return float(bounds[best]), reached[best]


def _links(articles: list[Article]) -> dict[str, Any]:
    told: dict[str, Any] = {"least": dict(LEAST)}
    for role in ("content", "source"):
        told[role] = network(*_stacked(articles, role))
    told["keep"] = _blank(len(KEEP_FEATURES))
    return told


def fit(gold: Path, model: Path, out: Path) -> dict[str, Any]:
    """Fit the linker on what was set apart, and write it as plain numbers."""
    reader = load_reader(model)
    articles = [
        Article(record, reader)
        for record in polnear(gold, "train")
        if set_apart(record["doc_id"])
    ]
    told, cross_validated = fitted(articles)
    told["reader"] = reader.version
    told["chosen_on"] = {"articles": len(articles), "triple_f1": cross_validated}
    out.write_text(json.dumps(told), encoding="utf-8")
    return told
