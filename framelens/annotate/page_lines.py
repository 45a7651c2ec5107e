"""Page lines: paragraphs that no pattern knows, and that look like the page's.

A logistic regression over `framelens.annotate.page_features`
(``models/page_lines.json``, fitted by ``training/page_lines.py``). It is asked about
every paragraph of up to 100 words.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any

import numpy as np

from framelens.annotate.page_features import columns, distinct

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from framelens.annotate.page_features import Feature, Page

    Whole = npt.NDArray[np.int64]

_ITEM = re.compile(r"\s*(?:\d+[.)]\s|[·•])|\W{0,3}[“\"«„]")  # or a quotation
_POST = re.compile(r"\(@\w+\) \w+ \d")


def page_lines(pages: Sequence[Page]) -> list[list[int]]:
    """Give, for each article, the places of paragraphs that are likely furniture.

    >>> from framelens.annotate.page_features import Page
    >>> told = ["Lina Orr and Piet Oudt", "The dam held, the mayor said on Monday.",
    ...         "It rained for days.", "Nobody was hurt."]
    >>> page_lines([Page(told, [False] * 4), Page(told[1:], [False] * 3)])
    [[0], []]
    """
    lines = [text for page in pages for text in page.lines]
    known = chain.from_iterable(page.known for page in pages)
    asked = [not one and possible(text) for one, text in zip(known, lines, strict=True)]
    model = _model()
    features = [*columns(pages, np.array(asked, dtype=bool))]
    lists = {id(part.names): part.names for one in features for part in one.parts}
    texts = {number: model.numbered(names) for number, names in lists.items()}
    found = [model.seen(one, texts) for one in features]
    row, name = (np.concatenate(parts) for parts in zip(*found, strict=True))
    once = distinct(row * len(model.weight) + name)
    row, name = once // len(model.weight), once % len(model.weight)
    score = np.bincount(row, model.weight[name], len(lines))
    likely = set(row[1 / (1 + np.exp(-score[row])) >= model.least].tolist())
    places, first = [], 0
    for page in pages:
        some = range(len(page.lines))
        places.append([place for place in some if first + place in likely])
        first += len(page.lines)
    return places


def possible(text: str) -> bool:
    """Whether a paragraph may be the page's at all.

    An embedded post, an item, what announces one, and a quotation are the story's.
    """
    if "pic.twitter" in text or text.rstrip().endswith(":") or _ITEM.match(text):
        return False
    return "(@" not in text or not _POST.search(text)


class _Model:
    """Weights of names, which are found part by part: a tree as sorted arrays."""

    def __init__(self, weights: dict[str, float], least: float) -> None:
        self.least = least
        self.part: dict[str, int] = {}
        steps: dict[tuple[int, int], int] = {}
        weight = [0.0]
        for name, value in weights.items():
            node = 0
            for text in name.split(" "):
                part = self.part.setdefault(text, len(self.part))
                node = steps.setdefault((node, part), len(weight))
                if node == len(weight):
                    weight.append(0.0)
            weight[node] = value
        self.weight = np.array(weight)
        parts = len(self.part)
        key = np.array([node * parts + part for node, part in steps], np.int64)
        order = np.argsort(key)
        self.key = key[order]
        self.into = np.array([*steps.values()], np.int64)[order]

    def seen(self, feature: Feature, texts: Mapping[int, Whole]) -> tuple[Whole, Whole]:
        """Give the features that have a weight: their paragraphs, and their nodes.

        `texts` has the texts of each list of names, numbered, by its identity.
        """
        row, parts = feature.row, [*feature.parts]
        begin = self._step(np.zeros(1, np.int64), self.numbered([feature.kind]))
        node = np.full(len(row), begin[0])
        for number, part in enumerate(parts):
            some, text = part.code >= 0, texts[id(part.names)]
            if number:
                node[some] = self._step(node[some], text[part.code[some]])
            elif len(text):  # the first part is looked up once a name, not once a row
                there = self._step(np.broadcast_to(begin, len(text)), text)
                node = np.where(some, there[part.code], node)
            left = np.flatnonzero(node >= 0)
            row, node = row[left], node[left]
            parts[number + 1 :] = [one.of(left) for one in parts[number + 1 :]]
        left = np.flatnonzero(self.weight[node] != 0)
        return row[left], node[left]

    def numbered(self, names: Sequence[str]) -> Whole:
        """Give the texts of parts their numbers; -1 is in no name."""
        return np.array([*map(self.part.get, names, repeat(-1))], np.int64)

    def _step(self, node: Whole, part: Whole) -> Whole:
        """Go on from nodes by a part; -1 where no name goes there."""
        key = node * len(self.part) + part
        place = np.minimum(np.searchsorted(self.key, key), len(self.key) - 1)
        hit = (self.key[place] == key) & (part >= 0) & (node >= 0)
        return np.where(hit, self.into[place], -1)


@cache
def _model() -> _Model:
    """Read the weights, and how likely a paragraph must be."""
    told = files("framelens").joinpath("models", "page_lines.json")
    model: dict[str, Any] = json.loads(told.read_text(encoding="utf-8"))
    return _Model(model["weights"], model["least"])
