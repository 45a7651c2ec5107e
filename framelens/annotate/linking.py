"""Linking: which cue a content belongs to, who its source is, and what to keep."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from framelens.annotate.attribution_model import shipped
from framelens.annotate.link_features import PAIR_FEATURES, Pairs, pairs

if TYPE_CHECKING:
    import numpy.typing as npt

    from framelens.annotate.candidates import Candidate, Seen

    Floats = npt.NDArray[np.float64]


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


def load_linker() -> Linker:
    """Load the linker that framelens ships, once."""
    return _loaded()


@lru_cache(maxsize=1)
def _loaded() -> Linker:
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
    likely_source[_in_later_sentence(seen, to_source)] = 0.0
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


def _in_later_sentence(seen: Seen, to_source: Pairs) -> npt.NDArray[np.bool_]:
    """Tell which sources stand in a later sentence than their cue.

    Of 18,360 attributions of PolNeAR's training part, none has such a source.
    """
    places = zip(to_source.cue.tolist(), to_source.other.tolist(), strict=True)
    found = (
        _SENTENCE_END.search(
            seen.text, seen.cues[cue].start, seen.sources[other].start + 2
        )
        for cue, other in places
    )
    return np.array([one is not None for one in found], dtype=bool)


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


__all__ = [
    "KEEP_FEATURES",
    "PAIR_FEATURES",
    "Chain",
    "Linked",
    "Linker",
    "Network",
    "chained",
    "keep_features",
    "link",
    "linker_from",
    "load_linker",
    "network_from",
]
