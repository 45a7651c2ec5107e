"""How far people take what a verb hands over to be so, against the classes of cues.

The set ``megaveridicality`` has sentences such as "Someone said that a particular thing
happened" with the mean of how sure people are that it did, from -3 to 3. Verbs are
compared by the mean of their sentences with *that*, without a negation: two a verb, one
of *John* and one of *someone*. What is compared is the chance that a verb of one kind
is above one of the other (AUC): neutral verbs above doubting ones, and those whose
clause is taken for granted above neutral ones (`framelens.annotate.commitment`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np

from framelens.annotate.commitment import cue_distance
from framelens.annotate.cues import cue_class

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Metric = tuple[str, list[Any], Callable[[Sequence[Any]], float]]

_SENTENCE = re.compile(
    r"(?:John|Someone) (?!did|was n|n't)(?P<cue>.*?) that a particular thing happened"
)
_NOT = re.compile(r"n't\b|\bnot\b")


def metrics(records: list[dict[str, Any]]) -> list[Metric]:
    """Score the verbs: name of each metric, verbs with kind and mean, its value."""
    by_cue: dict[str, list[float]] = {}
    for record in records:
        found = _SENTENCE.match(record["text"])
        if found and not _NOT.search(record["text"]):
            labels = [float(one["label"]) for one in record["targets"]]
            by_cue.setdefault(found["cue"], []).extend(labels)
    verbs = [(kind_of(cue), float(np.mean(some))) for cue, some in by_cue.items()]
    verbs = [one for one in verbs if one[0] is not None]
    return [
        ("neutral over doubting AUC", verbs, _above("neutral", "doubting")),
        ("endorsing over neutral AUC", verbs, _above("endorsing", "neutral")),
    ]


def kind_of(cue: str) -> str | None:
    """Say which side of a comparison a cue is on, if it is on one."""
    if cue_distance(cue) == 0:
        return "endorsing"
    named = cue_class(cue)
    return named if named in ("neutral", "doubting") else None


def _above(upper: str, lower: str) -> Callable[[Sequence[Any]], float]:
    """Give the chance that a verb of one kind is above one of the other."""

    def value(parts: Sequence[tuple[str, float]]) -> float:
        high = np.array([mean for kind, mean in parts if kind == upper])[:, None]
        low = np.array([mean for kind, mean in parts if kind == lower])[None, :]
        if not high.size or not low.size:
            return float("nan")
        return float((high > low).mean() + 0.5 * (high == low).mean())

    return value
