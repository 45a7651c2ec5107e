"""Phrases: the nouns by which articles call people, bodies, states and things."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Any

import pandas as pd

from framelens._layers import ACTORS, Layer
from framelens.annotate.actor_nouns import noun_kind, state_of
from framelens.annotate.actors import with_actors
from framelens.annotate.affiliations import named_owner
from framelens.annotate.entities import known_actors, outermost, sentences_of
from framelens.annotate.mentions import NO_ACTORS
from framelens.annotate.pipeline import each_tokens, left_edge
from framelens.annotate.sources import Naming
from framelens.annotate.spans import SPAN_COLUMNS, rows_of, spans_frame

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from framelens.annotate.pipeline import Tokens

PHRASE_COLUMNS = [
    *SPAN_COLUMNS,
    *("label", "head", "modifiers", "kind", "actor", "owner", "subject"),
]
"""The columns of the layer ``phrases``.

One row per noun phrase: ``article, start, end`` of its noun with the words before it
and one short part behind (*the regime in Tehran*); ``label``: these words without
article; ``head``: the noun in its plain form; ``modifiers``: the words before it;
``kind``: one of `KINDS`; ``actor``: the one name in the whole corpus, missing of
things; ``owner``: the state whose it is; ``subject``: the annotation of the phrase of
which this one says what it is (*Iran is a threat*; *Jane Doe, a spy*), else missing.
Pronouns, dates and amounts have no row.
"""

KINDS = ("person", "group", "body", "state", "thing", "deed")
"""What a phrase may name; a deed is a verb, which only stretches given by hand have."""

_BEHIND = {"of", "in", "on", "for", "from", "to", "against"}
_LONGEST_BEHIND = 3
"""Words of what stands behind a noun and its preposition."""

_KIND_OF = {"person": "person", "group": "group", "body": "body", "state": "state"}
_BARE = {"DT", "PRP$", "POS", "WDT", "WP$", "PDT"}
_EDGE = re.compile(r"\w")
_MARKS = re.compile(r"[\"“”„«»\[\]()]")
_WHOSE = {"of", "in", "from"}


def phrases(
    articles: pd.DataFrame,
    *,
    quotations: pd.DataFrame,
    names: pd.DataFrame,
    actors: pd.DataFrame | None,
    stretches: Mapping[str, list[tuple[int, int]]] | None = None,
) -> pd.DataFrame:
    """Mark noun phrases in every article, or read those `stretches` that are given."""
    table = known_actors(actors)
    by_article = outermost(quotations)
    rows: list[tuple[Any, ...]] = []
    for tokens in each_tokens(articles):
        naming = Naming(sentences_of(tokens, by_article.get(tokens.article)), table)
        found = (
            _found(tokens, naming)
            if stretches is None
            else _given(tokens, stretches[tokens.article])
        )
        rows += _rows(tokens, naming, list(found))
    extra = ["label", "head", "modifiers", "kind", "owner", "subject", *_TOLD]
    marked = spans_frame(rows, layer="phrase", role="phrase", extra=extra)
    meant = with_actors(marked, names, actors)
    kinds = [
        _kind(own, plural, told)
        for own, plural, told in rows_of(meant, "kind", "plural", "speaker_kind")
    ]
    acting = [kind not in ("thing", "deed") for kind in kinds]
    owners = [
        owner or _state_of(affiliation) or _owner_of(label, kind)
        for owner, affiliation, label, kind in zip(
            *(meant[name] for name in ("owner", "affiliation", "label")),
            kinds,
            strict=True,
        )
    ]
    named = [
        actor if keep and isinstance(actor, str) else None
        for actor, keep in zip(meant["actor"], acting, strict=True)
    ]
    for name, cells in (("kind", kinds), ("owner", owners), ("actor", named)):
        meant[name] = pd.Series(cells, index=meant.index, dtype=object)
    return meant[PHRASE_COLUMNS].astype(dict.fromkeys(PHRASE_COLUMNS[6:], object))


_TOLD = ["plural", "speaker", "speaker_kind", "source_type", "anonymous"]
_TOLD += ["resolved_by", "sure", "source_text", "affiliation"]


def _found(tokens: Tokens, naming: Naming) -> Iterator[tuple[int, int, int]]:
    """Give first token, last token and noun of every noun phrase of an article."""
    for mention in naming.actors.mentions:
        head = mention.head
        pronoun = mention.form == "pronoun" or tokens.tags[head].startswith(_NO_NOUN)
        if pronoun or tokens.entities[head] in NO_ACTORS:
            continue
        if not _EDGE.search(tokens.words[head]):
            continue
        yield _first(tokens, head), _last(tokens, head), head


_NO_NOUN = ("PRP", "W", "DT", "EX", "CD", "IN", "RB", "V", "J", "MD", "CC", "TO", "UH")


def _first(tokens: Tokens, head: int) -> int:
    """Give the begin of a noun phrase, with the whole of *Norland-made*."""
    first = left_edge(tokens, head)
    while (
        first > 1
        and tokens.words[first - 1] in "-–"
        and tokens.ends[first - 2] == tokens.starts[first - 1]
        and tokens.ends[first - 1] == tokens.starts[first]
    ):
        first -= 2
    return first


def _last(tokens: Tokens, head: int) -> int:
    """Give the end of a noun with one short part behind it: *regime in Tehran*."""
    part = head + 1
    if part < len(tokens) and tokens.tags[part] == "CD" and tokens.heads[part] == head:
        return part  # Resolution 2231
    if part >= len(tokens) or tokens.heads[part] != head:
        return head
    if tokens.deps[part] != "prep" or tokens.words[part].lower() not in _BEHIND:
        return head
    inside = tokens.child(part, "pobj")
    short = inside is not None and inside - part <= _LONGEST_BEHIND
    return inside if short and inside is not None else head


def _given(
    tokens: Tokens, stretches: Iterable[tuple[int, int]]
) -> Iterator[tuple[int, int, int]]:
    """Give first token, last token and head of stretches that were marked."""
    for start, end in stretches:
        first = max(0, bisect_right(tokens.starts, start) - 1)
        inside = range(first, max(tokens.between(start, end).stop, first + 1))
        roots = [one for one in inside if tokens.heads[one] not in inside]
        roots += [one for one in inside if tokens.heads[one] == one]
        words = [one for one in roots if tokens.deps[one] != "punct"]
        yield first, inside.stop - 1, min(words or roots or [first])


def _rows(
    tokens: Tokens, naming: Naming, found: list[tuple[int, int, int]]
) -> Iterator[tuple[Any, ...]]:
    """Give the rows of one article."""
    number = {head: place for place, (*_, head) in enumerate(found, start=1)}
    for place, (first, last, head) in enumerate(found, start=1):
        who = naming.who(head)
        mention = naming.actors.at(head).mention
        begin, end = _trimmed(tokens, first, last)
        above = _said_of(tokens, head)
        yield (
            tokens.article,
            tokens.starts[begin],
            tokens.ends[end],
            f"{tokens.article}:n{place}",
            _MARKS.sub("", " ".join(tokens.span(begin, end).split())),
            tokens.lemmas[head].lower(),
            " ".join(
                tokens.words[one].lower()
                for one in range(begin, head)
                if _EDGE.search(tokens.words[one])
            ),
            _plain_kind(tokens, head),
            _owner_in(tokens, begin, head, end),
            f"{tokens.article}:n{number[above]}" if above in number else None,
            mention.plural or tokens.tags[head] in ("NNS", "NNPS"),
            who.speaker,
            who.kind,
            who.source_type,
            who.anonymous,
            who.how,
            who.sure,
            tokens.span(mention.first, mention.last),
            who.affiliation,
        )


def _trimmed(tokens: Tokens, first: int, last: int) -> tuple[int, int]:
    """Leave out the article and the signs around a phrase."""
    begin, end = first, last
    while begin < end and (
        tokens.tags[begin] in _BARE or not _EDGE.search(tokens.words[begin])
    ):
        begin += 1
    while end > begin and (
        tokens.tags[end] == "POS" or not _EDGE.search(tokens.words[end])
    ):
        end -= 1
    return begin, end


def _said_of(tokens: Tokens, head: int) -> int | None:
    """Give the noun of which this one says what it is: *Iran is a threat*."""
    above = tokens.heads[head]
    if tokens.deps[head] == "appos":
        return above
    if tokens.deps[head] != "attr" or tokens.lemmas[above] != "be":
        return None
    denied = tokens.child(above, "neg") is not None
    return None if denied else tokens.child(above, "nsubj")


def _plain_kind(tokens: Tokens, head: int) -> str:
    """Say what a noun names, whoever it means."""
    if tokens.tags[head].startswith("VB"):
        return "deed"
    kind = noun_kind(tokens.words[head].lower())
    return kind if kind in ("person", "body") else "thing"


def _kind(own: str, plural: bool, told: object) -> str:
    """Say what a phrase names: by whom it means, else by its noun."""
    kind = own if own == "deed" else _KIND_OF.get(str(told), own)
    several = kind == "person" and plural
    return "group" if several else kind


def _owner_in(tokens: Tokens, first: int, head: int, last: int) -> str | None:
    """Give the state that the phrase names: before its noun, else behind it."""
    found: list[tuple[int, str]] = []
    place = first
    while place <= last:
        size, state = next(
            (
                (size, state)
                for size in (3, 2, 1)
                if place + size - 1 <= last
                and (
                    state := state_of(
                        tokens.span(place, place + size - 1), capitals=True
                    )
                )
            ),
            (1, None),
        )
        if state is not None:
            found.append((place, state))
        place += size
    before = [state for at, state in found if at <= head]
    whose = head + 1 <= last and tokens.words[head + 1].lower() in _WHOSE
    after = [state for at, state in found if at > head and whose]
    return before[-1] if before else after[0] if after else None


def _state_of(affiliation: object) -> str | None:
    if not isinstance(affiliation, str):
        return None
    return state_of(affiliation) or state_of(named_owner(affiliation) or "")


def _owner_of(label: str, kind: str) -> str | None:
    """Give the state of a body that is named without it: *the White House*."""
    if kind in ("thing", "deed") or not label[:1].isupper():
        return None
    return state_of(named_owner(f"the {label}") or "")


PHRASES = Layer(
    "phrases", tuple(PHRASE_COLUMNS), phrases, needs=("quotations", "names", ACTORS)
)
