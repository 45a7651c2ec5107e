"""Actors: the people, bodies and states that articles name."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from framelens._layers import ACTORS, Layer
from framelens.annotate.actor_nouns import COURTESY, body_of, role_of, state_of
from framelens.annotate.coreference import Actor, Actors
from framelens.annotate.fallbacks import Quoted, QuotingSentences
from framelens.annotate.noun_phrases import ARTICLES
from framelens.annotate.pipeline import each_tokens
from framelens.annotate.spans import SPAN_COLUMNS, rows_of, spans_frame
from framelens.read.stated import (
    ACTOR_COLUMNS,
    MORE_ACTOR_COLUMNS,
    alias_key,
    read_actors,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pandas as pd

    from framelens.annotate.mentions import Mention
    from framelens.annotate.pipeline import Tokens


KINDS = ("person", "body", "place", "missing")
"""What an actor can be; missing where neither the text nor the parse tells."""

_COLUMNS = ["actor", "kind", "affiliation", "position"]
_LABELS = {
    "PERSON": "person",
    "ORG": "body",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
}


class Known(NamedTuple):
    """What the analyst's table says of an alias."""

    alias: str
    actor: str | None
    affiliation: str | None
    position: str | None
    kind: str | None = None
    source_type: str | None = None


class _Entity(NamedTuple):
    start: int
    end: int
    actor: str
    kind: str
    affiliation: str | None
    position: str | None


def entities(
    articles: pd.DataFrame, *, quotations: pd.DataFrame, actors: pd.DataFrame | None
) -> pd.DataFrame:
    """Mark people, bodies and states that articles name; the analyst's table wins."""
    table = known_actors(actors)
    aliases = Aliases(table)
    by_article = outermost(quotations)
    rows = (
        (tokens.article, one.start, one.end, f"{tokens.article}:e{number}", *one[2:])
        for tokens in each_tokens(articles)
        for number, one in enumerate(
            _in_article(tokens, by_article.get(tokens.article), table, aliases),
            start=1,
        )
    )
    return spans_frame(rows, layer="entity", role="name", extra=_COLUMNS)


def known_actors(actors: pd.DataFrame | str | Path | None) -> dict[str, Known]:
    """Give what the analyst's table says, by the form that aliases are compared in."""
    if actors is None:
        return {}
    table = read_actors(actors)
    known: dict[str, Known] = {}
    for alias, *rest in rows_of(table, *ACTOR_COLUMNS, *MORE_ACTOR_COLUMNS):
        known.setdefault(alias_key(alias), Known(alias, *rest))
    return known


def outermost(quotations: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Give the outermost quotations that are speech, by article."""
    speech = quotations[quotations["kind"].eq("speech") & quotations["depth"].eq(0)]
    return {str(article): part for article, part in speech.groupby("article")}


def sentences_of(tokens: Tokens, speech: pd.DataFrame | None) -> QuotingSentences:
    """Cut an article into sentences around its quotations."""
    if speech is None:
        return QuotingSentences(tokens, [])
    columns = ("start", "end", "inner_start", "inner_end")
    quoted = []
    for start, end, inner_start, inner_end in rows_of(speech, *columns):
        span = tokens.between(start, end)
        inner = tokens.text[inner_start:inner_end].strip()
        quoted.append(Quoted(span.start, span.stop, inner))
    return QuotingSentences(tokens, quoted)


def _in_article(
    tokens: Tokens,
    speech: pd.DataFrame | None,
    table: dict[str, Known],
    aliases: Aliases,
) -> Iterator[_Entity]:
    """Give the entities of one article, apart: aliases first, people, longer names."""
    named = _named(tokens, Actors(sentences_of(tokens, speech)))
    named.sort(key=lambda one: (one.kind != "person", one.start - one.end, one.start))
    whole = {(one.start, one.end): one for one in reversed(named)}
    taken = bytearray(len(tokens.text))
    kept = []
    for one in (*aliases.within(tokens.text), *named):
        if any(taken[one.start : one.end]):
            continue
        taken[one.start : one.end] = b"\1" * (one.end - one.start)
        told = whole.get((one.start, one.end), one)
        known = table.get(alias_key(one.actor))
        if known is not None:
            told = told._replace(
                actor=known.actor or "",
                affiliation=known.affiliation or told.affiliation,
                position=known.position or told.position,
            )
        kept.append(told)
    yield from sorted(one for one in kept if one.actor)


class Aliases:
    """The aliases of a table, to be found in a text by the first word of each."""

    def __init__(self, table: dict[str, Known]) -> None:
        spelled = sorted((one.alias for one in table.values()), key=len, reverse=True)
        by_first: dict[str, list[str]] = defaultdict(list)
        for alias in spelled:
            for first in _first_words(alias):
                by_first[first].append(_spelled(alias))
        self._patterns = {
            first: re.compile(rf"(?:{'|'.join(some)})(?!\w)")
            for first, some in by_first.items()
        }

    def within(self, text: str) -> Iterator[_Entity]:
        """Find every alias, the longest where several begin at one place."""
        after = 0
        for word in _FIRST_WORD.finditer(text) if self._patterns else ():
            pattern = self._patterns.get(word.group())
            if pattern is None or word.start() < after:
                continue
            match = pattern.match(text, word.start())
            if match is not None:
                after = match.end()
                yield _Entity(
                    match.start(), after, match.group(), "missing", None, None
                )


_FIRST_WORD = re.compile(r"(?<!\w)(?:\w+|[^\w\s])")


def _first_words(alias: str) -> set[str]:
    """Give the words with which an alias may begin in a text: *the*, *The*."""
    match = _FIRST_WORD.match(alias.lstrip())
    word = match.group() if match else ""
    if word in ("'", "’"):
        return {"'", "’"}
    first = word[:1]
    capitals = first.upper() if first.islower() else ""
    return {one + word[1:] for one in (first, *capitals) if one}


def _spelled(alias: str) -> str:
    """Give the pattern of an alias: its first letter may be a capital."""
    words = alias.replace("’", "'").split()
    pattern = r"\s+".join(re.escape(word) for word in words).replace("'", "['’]")
    first = alias.lstrip()[0]
    return f"[{first}{first.upper()}]{pattern[1:]}" if first.islower() else pattern


def _named(tokens: Tokens, actors: Actors) -> list[_Entity]:
    """Give the names in an article: whole phrases, and names inside phrases."""
    found = []
    for mention in actors.mentions:
        if mention.form == "name" and _is_name(tokens, mention):
            first, last = mention.name or (mention.first, mention.last)
            first, last = _trimmed(tokens, first, last)
            found.append(_entity(tokens, first, last, actors.called(mention)))
    token = 0
    while token < len(tokens):
        label, first = tokens.entities[token], token
        token += 1
        while token < len(tokens) and _goes_on(tokens, token, label):
            token += 1
        if label not in _LABELS:
            continue
        first, last = _trimmed(tokens, first, token - 1)
        words = tokens.span(first, last)
        state = state_of(words, capitals=True)
        if label == "PERSON" and any(map(state_of, words.split())):
            continue  # Anonymous U.S. officials
        kind = "place" if state else _LABELS[label]
        kind = "body" if kind == "place" and body_of(tokens.words[last]) else kind
        person = actors.person(words) if kind != "place" else None
        if person is None:
            person = Actor(words, kind, affiliation=state)
        found.append(_entity(tokens, first, last, person))
    return found


def _goes_on(tokens: Tokens, token: int, label: str) -> bool:
    return tokens.entities[token] == label and not tokens.begins[token]


def _is_name(tokens: Tokens, mention: Mention) -> bool:
    """Whether a phrase names an actor: people, known bodies, states."""
    label, word = tokens.entities[mention.head], tokens.words[mention.head]
    if mention.kind == "person":
        return True
    if mention.kind == "place":
        return label in ("GPE", "LOC")
    proper = any(
        tokens.tags[one].startswith("NNP") or state_of(tokens.words[one])
        for one in range(mention.first, mention.last + 1)
    )
    return label == "ORG" or (body_of(word) is not None and proper)


def _trimmed(tokens: Tokens, first: int, last: int) -> tuple[int, int]:
    """Leave out an article, brackets, titles and a possessive ending."""
    titles = [t for t in range(first, last) if tokens.words[t].lower() in COURTESY]
    first = titles[-1] + 1 if titles else first
    while first < last and (
        tokens.words[first].lower() in ARTICLES
        or tokens.tags[first] in ("PRP$", "RB", "CD")
        or not tokens.words[first][:1].isalnum()
        or (tokens.entities[last] == "PERSON" and role_of(tokens.words[first]))
    ):
        first += 1
    return first, last - (tokens.tags[last] == "POS" and last > first)


def _entity(tokens: Tokens, first: int, last: int, actor: Actor) -> _Entity:
    return _Entity(
        tokens.starts[first],
        tokens.ends[last],
        actor.label,
        actor.kind,
        actor.affiliation,
        actor.position,
    )


MENTIONS = Layer(
    "mentions",
    (*SPAN_COLUMNS, "actor", "kind", "affiliation", "position"),
    entities,
    needs=("quotations", ACTORS),
    version="2",
)
