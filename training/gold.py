"""Gold data as examples: windows with labels and links, sentences with targets."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.sets import rows
from framelens.annotate.attribution_model import Window, windows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROLES = ("source", "cue", "content")
POLARITIES = ("negative", "neutral", "positive")
OUTSIDE, BEGIN, INSIDE = 0, 1, 2
NOWHERE = 0
"""What a link points to if its other end is missing: the mark of beginning."""


@dataclass(frozen=True, slots=True)
class Example:
    """One window: its tokens, and what people marked in it.

    Positions count the mark of beginning, so the first token stands at 1.
    """

    ids: list[int]
    labels: list[list[int]] = field(default_factory=list)
    """For each role of ROLES and each token: outside, begin or inside."""
    to_cue: list[tuple[int, int]] = field(default_factory=list)
    """From the first or last token of a content to the first of its cue."""
    to_source: list[tuple[int, int]] = field(default_factory=list)
    """From each token of a cue to the first of its source."""
    targets: list[tuple[int, int, int]] = field(default_factory=list)
    """Begin, end and polarity of each actor whose tone people judged."""


def set_apart(name: str, *, share: float = 0.1) -> bool:
    """Say whether an article of the training part is set apart for choosing.

    By a hash of its name, so that it does not depend on order or seed.
    """
    digest = hashlib.sha256(name.encode()).digest()
    return int.from_bytes(digest[:4], "big") < share * 2**32


def polnear(gold: Path, split: str) -> Iterator[dict[str, Any]]:
    """Read the articles of one split of PolNeAR, with their first annotator."""
    seen: set[str] = set()
    for row in rows(gold, "polnear"):
        if row["split"] == split and row["doc_id"] not in seen:
            seen.add(row["doc_id"])
            yield row


def attribution_examples(
    article: dict[str, Any], tokenizer: Any, *, longest: int
) -> list[Example]:
    """Cut an article of PolNeAR into windows with labels and links."""
    spans = {span["id"]: span for span in article["spans"]}
    return [
        _attribution_example(window, article, spans)
        for window in windows(article["text"], tokenizer, longest=longest)
    ]


def _attribution_example(
    window: Window, article: dict[str, Any], spans: dict[str, Any]
) -> Example:
    """Mark the outermost spans; links that leave the window point nowhere."""
    length = len(window.ids)
    labels = []
    for role in ROLES:
        line = [OUTSIDE] * length
        marked = sorted(
            {
                _tokens(window, span["start"], span["end"])
                for span in article["spans"]
                if span["label"] == role
            },
            key=lambda pair: (pair[0], -pair[1]),
        )
        for first, after in marked:
            if first < after and not any(line[first:after]):
                line[first:after] = [BEGIN] + [INSIDE] * (after - first - 1)
        labels.append(line)
    example = Example(ids=window.ids.tolist(), labels=labels)
    for relation in article["relations"]:
        cues, sources, contents = (
            _pieces(window, relation.get(role, []), spans)
            for role in ("cue", "source", "content")
        )
        cue = cues[0][0] + 1 if cues else NOWHERE
        source = sources[0][0] + 1 if sources else NOWHERE
        for first, after in contents:
            example.to_cue.extend((at, cue) for at in {first + 1, after})
        for first, after in cues[:1]:
            example.to_source.extend((at + 1, source) for at in range(first, after))
    return example


def _pieces(
    window: Window, names: list[str], spans: dict[str, Any]
) -> list[tuple[int, int]]:
    found = (
        _tokens(window, spans[name]["start"], spans[name]["end"])
        for name in names
        if name in spans
    )
    return sorted(pair for pair in found if pair[0] < pair[1])


def _tokens(window: Window, start: int, end: int) -> tuple[int, int]:
    """Give the tokens that a stretch of characters touches, as first and after."""
    first = int(np.searchsorted(window.ends, start, side="right"))
    after = int(np.searchsorted(window.starts, end, side="left"))
    return first, max(first, after)


def tone_examples(
    gold: Path, split: str, tokenizer: Any, *, longest: int
) -> list[tuple[str, Example]]:
    """Read the sentences of one split of NewsMTSC, each with its targets.

    Sentences that also stand in the other split are left out of the training part.
    """
    everything = list(rows(gold, "newsmtsc"))
    elsewhere = {row["text"] for row in everything if row["split"] != "train"}
    by_text: dict[str, list[dict[str, Any]]] = {}
    for row in everything:
        if row["split"] != split or (split == "train" and row["text"] in elsewhere):
            continue
        by_text.setdefault(row["text"], []).extend(row["spans"])
    examples = []
    for text, spans in by_text.items():
        for window in windows(text, tokenizer, longest=longest)[:1]:
            targets = []
            for span in spans:
                polarity = span["attrs"].get("polarity")
                first, after = _tokens(window, span["start"], span["end"])
                if polarity in POLARITIES and first < after:
                    targets.append((first + 1, after + 1, POLARITIES.index(polarity)))
            if targets:
                examples.append(
                    (text, Example(ids=window.ids.tolist(), targets=targets))
                )
    return examples


def packed(
    examples: list[Example], order: list[int], *, longest: int, together: int
) -> list[Example]:
    """Pack sentences into windows, so that tone is also learnt inside longer texts.

    Parameters
    ----------
    examples : list of Example
        Sentences with targets.
    order : list of int
        Which, in which order.
    longest : int
        Tokens of a window at most.
    together : int
        Sentences of a window at most.
    """
    out: list[Example] = []
    held = 0
    for place in order:
        one = examples[place]
        if out and held < together and len(out[-1].ids) + len(one.ids) <= longest:
            shift = len(out[-1].ids)
            out[-1] = Example(
                ids=out[-1].ids + one.ids,
                targets=out[-1].targets
                + [(a + shift, b + shift, y) for a, b, y in one.targets],
            )
            held += 1
        else:
            out.append(one)
            held = 1
    return out
