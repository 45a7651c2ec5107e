"""One article's parse as plain lists, for rules that walk from token to token."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from framelens.annotate.pipeline import DEFAULT_MODEL, parse
from framelens.annotate.spans import each_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pandas as pd


LONGEST_PHRASE = 40
"""Tokens. No noun phrase is followed farther than this from its head."""

_INSIDE_PHRASE = {
    "advmod",
    "amod",
    "appos",
    "case",
    "compound",
    "det",
    "flat",
    "nmod",
    "nummod",
    "poss",
    "predet",
    "quantmod",
}
_ATTACHED = {"of", "to", "for", "in", "at", "from", "with"}


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """The parse of one article; every list has one entry per token.

    ``heads`` are positions in the same lists; a root is its own head.
    """

    article: str
    text: str
    starts: list[int]
    ends: list[int]
    words: list[str]
    tags: list[str]
    deps: list[str]
    heads: list[int]
    entities: list[str]
    begins: list[bool]
    children: list[list[int]]

    def __len__(self) -> int:
        return len(self.starts)

    def child(self, token: int, *deps: str) -> int | None:
        """Give the first child of `token` whose relation is one of `deps`."""
        return next((c for c in self.children[token] if self.deps[c] in deps), None)

    def between(self, start: int, end: int) -> range:
        """Give the tokens that begin from `start` on and before `end` (offsets)."""
        return range(bisect_left(self.starts, start), bisect_left(self.starts, end))

    def span(self, first: int, last: int) -> str:
        """Give the text from one token to another, that one included."""
        return self.text[self.starts[first] : self.ends[last]]


def each_tokens(
    articles: pd.DataFrame, *, model: str | Path = DEFAULT_MODEL
) -> Iterator[Tokens]:
    """Give the tokens of every article, in order; `articles` has been checked."""
    for number in range(len(articles)):
        row = articles.iloc[[number]]
        table = parse(row, model=model)
        part = {name: table[name].tolist() for name in table.columns}
        for article, text in each_text(row):
            yield _tokens(article, text, part)


def _tokens(article: str, text: str, part: dict[str, list[object]]) -> Tokens:
    """Hang the tokens of one article on one another."""
    starts: list[int] = part["start"]  # type: ignore[assignment]
    ends: list[int] = part["end"]  # type: ignore[assignment]
    heads: list[int] = part["head"]  # type: ignore[assignment]
    children: list[list[int]] = [[] for _ in starts]
    for token, head in enumerate(heads):
        if head != token:
            children[head].append(token)
    return Tokens(
        article,
        text,
        starts,
        ends,
        [text[start:end] for start, end in zip(starts, ends, strict=True)],
        [str(one) for one in part["tag"]],
        [str(one) for one in part["dep"]],
        heads,
        [str(one) for one in part["entity"]],
        [bool(one) for one in part["entity_begins"]],
        children,
    )


def phrase(tokens: Tokens, head: int) -> tuple[int, int]:
    """Give the first and the last token of the noun phrase around `head`.

    Titles, possessors and attached names belong to it, and so do phrases such as
    *of the EU* and *to the UN*; relative clauses, participles and what follows a
    comma do not.
    """
    return left_edge(tokens, head), _right_edge(tokens, head)


def left_edge(tokens: Tokens, token: int) -> int:
    """Give the first token of what `token` governs on its left."""
    edge, floor = token, max(0, token - LONGEST_PHRASE)
    while True:
        lower = [
            one
            for one in tokens.children[edge][:LONGEST_PHRASE]
            if floor <= one < edge and tokens.deps[one] in _INSIDE_PHRASE
        ]
        if not lower:
            return edge
        edge = lower[0]


def _right_edge(tokens: Tokens, head: int) -> int:
    last, limit = head, head + LONGEST_PHRASE
    for _ in range(LONGEST_PHRASE):
        longer = _attached(tokens, head, last, limit)
        if longer is None:
            return last
        head, last = longer
    return last


def _attached(
    tokens: Tokens, head: int, last: int, limit: int
) -> tuple[int, int] | None:
    """Give the noun that carries a phrase on right behind `last`, if one does."""
    for child in tokens.children[head]:
        if child <= last or tokens.words[child] in "-–":
            continue
        dep = tokens.deps[child]
        by_preposition = dep == "prep" and tokens.words[child].lower() in _ATTACHED
        inside = tokens.child(child, "pobj") if by_preposition else child
        begins = child if by_preposition else left_edge(tokens, child)
        if begins != last + 1 or inside is None or inside > limit:
            return None
        if by_preposition or dep in _INSIDE_PHRASE:
            return inside, inside
        return None
    return None
