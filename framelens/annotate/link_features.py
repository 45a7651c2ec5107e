"""Features of pairs: what speaks for a cue and a content, or a source, together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from framelens.annotate.candidates import log_softmax

if TYPE_CHECKING:
    import numpy.typing as npt

    from framelens.annotate.candidates import Candidate, Seen

    Floats = npt.NDArray[np.float64]


NEAREST = 5
"""Contents, and sources, considered for a cue on either side."""

NEAREST_CUES = 3
"""Cues considered for a content, or a source, on either side."""

_FAR = -9.0
"""The log-probability of a link between windows, and the least there is."""

PAIR_FEATURES = (
    "link",
    "link_above_next",
    "rank",
    "nowhere",
    "apart",
    "gap",
    "before",
    "inside",
    "cues_between",
    "sources_between",
    "contents_between",
    "sentences_between",
    "paragraphs_between",
    "quotation_between",
    "colon_between",
    "comma_between",
    "newline_between",
    "length",
    "quoted",
    "cue_quoted",
    "probability",
    "cue_probability",
    "sure",
    "cue_sure",
    "cue_length",
    "only_one",
)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of a cue and another candidate, by their places among those of a text.

    ``features`` has a row per pair, with columns in the order of ``PAIR_FEATURES``.
    """

    cue: npt.NDArray[np.int64]
    other: npt.NDArray[np.int64]
    features: Floats


def pairs(seen: Seen, role: str) -> Pairs:
    """Give the pairs of a text: each cue with the contents, or sources, near it."""
    near = _near(seen.cues, seen.of(role))
    places = np.array(near, dtype=np.int64).reshape(-1, 2)
    if not near:
        return Pairs(places[:, 0], places[:, 1], np.zeros((0, len(PAIR_FEATURES))))
    around = _Around(seen, role)
    table = np.array(
        [around.features(seen.cues[a], seen.of(role)[b]) for a, b in near],
        dtype=np.float64,
    )
    chooser = places[:, 1] if role == "content" else places[:, 0]
    above, rank, alone = _contest(chooser, table[:, 0])
    return Pairs(
        places[:, 0],
        places[:, 1],
        np.column_stack([table[:, :1], above, rank, table[:, 1:], alone]),
    )


def _near(cues: list[Candidate], others: list[Candidate]) -> list[tuple[int, int]]:
    """Pair each cue with its nearest others, and each other with its nearest cues."""
    found: set[tuple[int, int]] = set()
    if not cues or not others:
        return []
    cue_at = np.array([one.first for one in cues])
    other_at = np.array([one.first for one in others])
    other_after = np.array([one.after for one in others])
    for place, one in enumerate(cues):
        at = int(np.searchsorted(other_at, one.first))
        for other in range(max(0, at - NEAREST), min(len(others), at + NEAREST)):
            found.add((place, other))
    for other in range(len(others)):
        low = int(np.searchsorted(cue_at, other_at[other]))
        high = int(np.searchsorted(cue_at, other_after[other]))
        for place in range(
            max(0, low - NEAREST_CUES), min(len(cues), high + NEAREST_CUES)
        ):
            found.add((place, other))
    return sorted(found)


class _Around:
    """What is needed again and again for the pairs of one text and role."""

    def __init__(self, seen: Seen, role: str) -> None:
        self.seen = seen
        self.role = role
        self.begins = [
            np.array([one.first for one in some])
            for some in (seen.cues, seen.sources, seen.contents)
        ]
        self.links: dict[int, Floats] = {}

    def features(self, cue: Candidate, other: Candidate) -> list[float]:
        """Give the features of a pair that do not depend on other pairs."""
        seen = self.seen
        left, right = (cue, other) if cue.first <= other.first else (other, cue)
        between = seen.text[min(left.end, right.start) : right.start]
        low, high = left.after, max(right.first, left.after)
        begin, end = seen.sentence[other.first], seen.sentence[other.after - 1]
        here = seen.sentence[cue.first]
        quoted = seen.quoted[other.first : other.after]
        apart = seen.paragraph[other.first] - seen.paragraph[cue.first]
        return [
            *self._link(cue, other),
            float(np.log1p(high - low)),
            other.first < cue.first,
            other.first <= cue.first < other.after,
            *(
                float(min(np.diff(np.searchsorted(some, [low, high]))[0], 5))
                for some in self.begins
            ),
            float(min(abs(here - begin), abs(end - here), 5)),
            float(np.clip(apart, -3, 3)),
            any(mark in between for mark in '"“”«»'),
            *(mark in between for mark in (":", ",", "\n")),
            float(np.log1p(other.after - other.first)),
            float(quoted.mean()),
            float(seen.quoted[cue.first]),
            other.probability,
            cue.probability,
            other.sure,
            cue.sure,
            float(min(cue.after - cue.first, 6)),
        ]

    def _link(self, cue: Candidate, other: Candidate) -> tuple[float, float, float]:
        """Give the log-probability of the link, of none, and whether windows differ.

        Links lead from the first and the last token of a content to its cue, and
        from those of a cue to its source.
        """
        origin, goal = (other, cue) if self.role == "content" else (cue, other)
        shift = self.seen.firsts[origin.window]
        scores = self._scores(origin.window)
        ends = [origin.first - shift, min(origin.after - shift, len(scores)) - 1]
        nowhere = max(float(scores[ends, 0].mean()), _FAR)
        if origin.window != goal.window:
            return _FAR, nowhere, 1.0
        columns = slice(goal.first - shift + 1, goal.after - shift + 1)
        best = float(scores[ends, columns].max(axis=1).mean())
        return max(best, _FAR), nowhere, 0.0

    def _scores(self, window: int) -> Floats:
        if window not in self.links:
            told = self.seen.told[window]
            logits = told.to_cue if self.role == "content" else told.to_source
            self.links = {window: log_softmax(logits)}
        return self.links[window]


def _contest(
    chooser: npt.NDArray[np.int64], link: Floats
) -> tuple[Floats, Floats, Floats]:
    """Compare each pair's link with the others of the same chooser.

    Gives how far it lies above the best other one, its rank, and whether it is
    the only one.
    """
    above = np.zeros(len(link))
    rank = np.zeros(len(link))
    alone = np.zeros(len(link))
    order = np.argsort(chooser, kind="stable")
    bounds = np.flatnonzero(np.diff(chooser[order])) + 1
    for group in np.split(order, bounds):
        scores = link[group]
        ranked = np.argsort(-scores, kind="stable")
        rank[group[ranked]] = np.minimum(np.arange(len(group)), 6)
        if len(group) == 1:
            above[group], alone[group] = -_FAR, 1.0
            continue
        best, second = scores[ranked[0]], scores[ranked[1]]
        above[group] = scores - best
        above[group[ranked[0]]] = best - second
    return above, rank, alone
