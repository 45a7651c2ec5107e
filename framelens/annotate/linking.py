"""Linking: which cue a content belongs to, who its source is, and what to keep."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from framelens.annotate.attribution_model import shipped
from framelens.annotate.candidates import log_softmax
from framelens.annotate.paragraphs import paragraph_offsets

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


PARTED = 0.4
"""Least probability of a further piece of a quotation that its cue parts: "A," X said.
"B." Lower than for other pieces: in very short texts the linker gives either half about
0.5, and they are one attribution."""

_SENTENCE_END = re.compile(
    r"(?:(?:(?<![\w.])[a-z]\w*|\w{5}|\d)[.!?][\"”’)\]]*|[.!?][\"”])"
    r"\s+(?=[\"“‘'(\[]?[^\W\d_a-z])"
)
"""The end of a sentence, a space, and a capital; short words with a capital may be cut
short."""

KEEP_FEATURES = (
    "link",
    "next_link",
    "pieces",
    "source_link",
    "next_source_link",
    "no_source",
    "cue_probability",
    "cue_sure",
    "content_probability",
    "least_probability",
    "content_sure",
    "source_probability",
    "source_sure",
    "length",
    "quoted",
    "cue_length",
    "cue_in_content",
    "cue_quoted",
    "gap",
    "sentences",
    "source_gap",
    "source_in_content",
)


@dataclass(frozen=True, slots=True)
class Network:
    """A small feed-forward network in plain numbers, or the mean of several.

    ``mean`` is taken off each feature, which is then divided by ``scale``. Each of
    ``members`` is a list of layers: rectified between them, a logistic at the end.
    """

    mean: Floats
    scale: Floats
    members: list[list[tuple[Floats, Floats]]]

    def probability(self, features: Floats) -> Floats:
        """Give a probability for each row of features."""
        if not len(features):
            return np.zeros(0)
        total = np.zeros(len(features))
        for layers in self.members:
            told = (features - self.mean) / self.scale
            for number, (weights, bias) in enumerate(layers):
                told = told @ weights + bias
                if number + 1 < len(layers):
                    told = np.maximum(told, 0.0)
            total += 1.0 / (1.0 + np.exp(-told[:, 0]))
        return total / len(self.members)


@dataclass(frozen=True, slots=True)
class Linker:
    """The three networks, and the probabilities from which they count.

    ``content`` and ``source`` judge pairs with a cue, ``keep`` whole attributions;
    ``least_piece`` is for a content that is not a cue's first.
    """

    content: Network
    source: Network
    keep: Network
    least_content: float
    least_piece: float
    least_source: float
    least_keep: float


@dataclass(frozen=True, slots=True)
class Linked:
    """An attribution: its spans, and how sure the linker is of the whole."""

    cue: Candidate
    source: Candidate | None
    contents: tuple[Candidate, ...]
    probability: float


@cache
def load_linker() -> Linker:
    """Load the linker that framelens ships, once."""
    return linker_from(json.loads(shipped("linker.json")))


def linker_from(told: dict[str, Any]) -> Linker:
    """Build a linker from its plain numbers."""
    least = told["least"]
    return Linker(
        network_from(told["content"]),
        network_from(told["source"]),
        network_from(told["keep"]),
        least_content=least["content"],
        least_piece=least["piece"],
        least_source=least["source"],
        least_keep=least["keep"],
    )


def network_from(told: dict[str, Any]) -> Network:
    """Build a network from its plain numbers."""
    return Network(
        np.array(told["mean"]),
        np.array(told["scale"]),
        [
            [(np.array(weights), np.array(bias)) for weights, bias in layers]
            for layers in told["members"]
        ],
    )


def link(seen: Seen, linker: Linker) -> list[Linked]:
    """Link the candidates of a text into attributions, in the order of first contents.

    Every content goes to its likeliest cue, every cue to its likeliest source; what
    is unlikely as a whole is dropped.
    """
    chains = chained(seen, linker)
    probabilities = linker.keep.probability(keep_features(chains))
    kept = [
        Linked(chain.cue, chain.source, chain.contents, float(probability))
        for chain, probability in zip(chains, probabilities, strict=True)
        if probability >= linker.least_keep
    ]
    return sorted(kept, key=lambda one: one.contents[0].first)


def _parted(seen: Seen, main: Candidate, other: Candidate) -> bool:
    """Say whether two contents are one quotation that its cue parts."""
    same = seen.paragraph[main.first] == seen.paragraph[other.first]
    return bool(
        same
        and seen.quoted[main.first : main.after].all()
        and seen.quoted[other.first : other.after].all()
    )


@dataclass(frozen=True, slots=True)
class Chain:
    """A possible attribution, with what is known of its links."""

    cue: Candidate
    source: Candidate | None
    contents: tuple[Candidate, ...]
    features: tuple[float, ...]


def chained(seen: Seen, linker: Linker) -> list[Chain]:
    """Give every possible attribution of a text, before any is dropped."""
    to_content, to_source = pairs(seen, "content"), pairs(seen, "source")
    likely_content = linker.content.probability(to_content.features)
    likely_source = linker.source.probability(to_source.features)
    likely_source[_elsewhere(seen, to_source)] = 0.0
    chosen = _chosen(to_content, likely_content, least=linker.least_content)
    sources = _best(to_source.cue, to_source.other, likely_source)
    chains = []
    for cue, found in sorted(chosen.items()):
        found.sort(key=lambda one: -one[0])
        main = seen.contents[found[0][1]]
        held = [
            one
            for n, one in enumerate(found)
            if not n
            or one[0] >= linker.least_piece
            or (one[0] >= PARTED and _parted(seen, main, seen.contents[one[1]]))
        ]
        contents = sorted(
            (seen.contents[other] for _, other, _ in held), key=lambda one: one.first
        )
        best, other, second = sources.get(cue, (0.0, -1, 0.0))
        source = seen.sources[other] if best >= linker.least_source else None
        chains.append(
            Chain(
                seen.cues[cue],
                source,
                tuple(contents),
                _chain_features(
                    seen,
                    (seen.cues[cue], source, seen.contents[held[0][1]]),
                    contents,
                    (held[0][0], held[0][2], best, second),
                ),
            )
        )
    return chains


def _elsewhere(seen: Seen, to_source: Pairs) -> npt.NDArray[np.bool_]:
    """Tell which sources stand behind the cue's sentence, or outside its paragraph.

    Of 18,360 attributions of PolNeAR's training part, none has a source in a later
    sentence; of 23,026 of its development part, 7 have one in another paragraph.
    """
    begins = [start for start, _ in paragraph_offsets(seen.text)]
    found = []
    for cue, other in zip(to_source.cue, to_source.other, strict=True):
        said, source = seen.cues[cue].start, seen.sources[other].start
        later = _SENTENCE_END.search(seen.text, said, source + 2)
        apart = bisect_right(begins, said) != bisect_right(begins, source)
        found.append(later is not None or apart)
    return np.array(found, dtype=bool)


def keep_features(chains: list[Chain]) -> Floats:
    """Stack the features of possible attributions, in the order of KEEP_FEATURES."""
    table = np.array([chain.features for chain in chains], dtype=np.float64)
    return table.reshape(len(chains), len(KEEP_FEATURES))


def _best(
    chooser: npt.NDArray[np.int64], option: npt.NDArray[np.int64], likely: Floats
) -> dict[int, tuple[float, int, float]]:
    """Give each chooser's best probability and option, and the second probability."""
    found: dict[int, tuple[float, int, float]] = {}
    for one, other, probability in zip(
        chooser.tolist(), option.tolist(), likely.tolist(), strict=True
    ):
        best, held, second = found.get(one, (-1.0, -1, 0.0))
        if probability > best:
            found[one] = (probability, other, max(best, 0.0))
        else:
            found[one] = (best, held, max(second, probability))
    return found


def _chosen(
    to_content: Pairs, likely: Floats, *, least: float
) -> dict[int, list[tuple[float, int, float]]]:
    """Give each cue the contents that chose it: probability, content, next best."""
    chosen: dict[int, list[tuple[float, int, float]]] = {}
    best = _best(to_content.other, to_content.cue, likely)
    for content, (probability, cue, second) in best.items():
        if probability >= least:
            chosen.setdefault(cue, []).append((probability, content, second))
    return chosen


def _chain_features(
    seen: Seen,
    parts: tuple[Candidate, Candidate | None, Candidate],
    contents: list[Candidate],
    likely: tuple[float, float, float, float],
) -> tuple[float, ...]:
    cue, source, main = parts
    quoted = [seen.quoted[one.first : one.after] for one in contents]
    length = sum(map(len, quoted))
    return (
        *(likely[0], likely[1], float(min(len(contents), 4)), likely[2], likely[3]),
        *(float(source is None), cue.probability, float(cue.sure)),
        *(main.probability, min(one.probability for one in contents)),
        *(float(main.sure), source.probability if source else 0.0),
        *(float(source.sure) if source else 0.0, float(np.log1p(length))),
        sum(float(one.sum()) for one in quoted) / max(1, length),
        *(float(min(cue.after - cue.first, 6)), float(seen.within_content(cue))),
        float(seen.quoted[cue.first]),
        float(np.clip(main.first - cue.first, -60, 60)),
        float(np.clip(seen.sentence[main.first] - seen.sentence[cue.first], -4, 4)),
        float(np.clip(source.first - cue.first, -40, 40)) if source else 0.0,
        float(source is not None and seen.within_content(source)),
    )
