"""Clauses: who does what to whom, one row per actor or thing that takes part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from framelens._layers import ACTORS, Layer
from framelens.annotate.actors import with_actors
from framelens.annotate.arguments import Arguments, Clause
from framelens.annotate.entities import known_actors, outermost, sentences_of
from framelens.annotate.nominals import Nominals, class_of
from framelens.annotate.pipeline import each_tokens, phrase
from framelens.annotate.sources import Naming
from framelens.annotate.spans import SPAN_COLUMNS, spans_frame

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from framelens.annotate.entities import Known
    from framelens.annotate.pipeline import Tokens
    from framelens.annotate.sources import Who

ROLES = ("agent", "patient", "speaker", "addressee", "no agent")
"""What somebody does in a clause; ``no agent`` says that nobody is said to act."""

CLAUSE_COLUMNS = [
    *SPAN_COLUMNS,
    *("predicate", "verb_class", "form", "verb_start", "verb_end", "negated"),
    *("name", "actor", "kind", "head"),
]
"""The columns of the layer ``clauses``.

One row per clause and part in it: ``article, start, end`` of the words that name it,
``annotation`` of the clause, ``role`` (one of `ROLES`; the words of ``no agent`` are
those of the verb); ``predicate``: the verb or noun of action in its plain form,
``verb_start, verb_end``; ``verb_class``: one of the list ``verb_classes``, else
missing; ``form``: ``active``, ``passive`` or ``noun`` (*the killing of*); ``negated``;
``name``: the fullest name that the article gives, ``actor``: the one name in the whole
corpus, ``kind``: ``person``, ``group``, ``body``, ``state`` or ``unnamed``, all three
missing of things; ``head``: the noun in its plain form.
"""

ACTING = frozenset({"person", "group", "body", "state", "unnamed"})
"""Kinds of those that can act and be acted on; the rest are things."""

_NOMINAL = ("NN", "PR", "WP", "CD", "DT", "JJ")
_ONE_WAY = {"harm", "force", "coercion", "threat", "accusation"}
"""Classes of nouns that leave somebody out where they name nobody: *talks* do not."""


class _Part(NamedTuple):
    """Somebody or something in a clause: the clause, its number, role and noun."""

    clause: Clause
    number: int
    role: str
    token: int


def clauses(
    articles: pd.DataFrame,
    *,
    quotations: pd.DataFrame,
    names: pd.DataFrame,
    actors: pd.DataFrame | None,
) -> pd.DataFrame:
    """Say who does what to whom in every article."""
    table = known_actors(actors)
    by_article = outermost(quotations)
    rows = [
        row
        for tokens in each_tokens(articles)
        for row in _in_article(tokens, by_article.get(tokens.article), table)
    ]
    extra = [*CLAUSE_COLUMNS[6:12], "speaker", "speaker_kind", "head", *_OF_WHO]
    found = spans_frame(rows, layer="clause", extra=extra)
    acting = found["speaker_kind"].isin(ACTING)
    meant = with_actors(found[acting], names, actors)
    meant = meant[meant["speaker_kind"].isin(ACTING)]
    for name in ("speaker", "actor", "speaker_kind"):
        found[name] = meant[name].reindex(found.index).astype(object)
        found[name] = found[name].where(found[name].notna(), None)
    found = found.rename(columns={"speaker": "name", "speaker_kind": "kind"})
    whole = dict.fromkeys(("verb_start", "verb_end"), "int64")
    return found[CLAUSE_COLUMNS].astype({**whole, "negated": bool})


_OF_WHO = ["source_type", "anonymous", "resolved_by", "sure", "source_text"]
_OF_WHO += ["affiliation"]


def _in_article(
    tokens: Tokens, speech: pd.DataFrame | None, table: dict[str, Known]
) -> Iterator[tuple[Any, ...]]:
    """Give the rows of one article."""
    naming = Naming(sentences_of(tokens, speech), table)
    parts = list(_parts(tokens))
    meant = _meant(parts, tokens, naming)
    for part, who in zip(parts, meant, strict=True):
        verb, token = part.clause.verb, part.token
        noun = tokens.tags[verb].startswith("NN")
        lemma = _lemma(tokens, verb)
        first, last = (verb, verb) if part.role == ROLES[4] else phrase(tokens, token)
        form = "noun" if noun else "passive" if part.clause.passive else "active"
        yield (
            tokens.article,
            tokens.starts[first],
            tokens.ends[last],
            f"{tokens.article}:c{part.number}",
            part.role,
            lemma,
            None if _is_naming(tokens, verb) else class_of(lemma, noun=noun),
            form,
            tokens.starts[verb],
            tokens.ends[verb],
            _is_negated(tokens, part.clause),
            None if who is None else who.speaker,
            None if who is None else who.kind,
            tokens.lemmas[token].lower(),
            *_told(who, tokens.span(first, last)),
        )


def _meant(parts: list[_Part], tokens: Tokens, naming: Naming) -> list[Who | None]:
    """Say whom each part means; *it* is nobody who is named in the same clause."""
    meant: list[Who | None] = [
        None if part.role == ROLES[4] else _who(part.token, tokens, naming)
        for part in parts
    ]
    named: dict[int, list[str | None]] = {}
    for part, who in zip(parts, meant, strict=True):
        named.setdefault(part.number, []).append(None if who is None else who.speaker)
    return [
        None
        if who is not None
        and who.how in ("pronoun", "description")
        and not tokens.words[part.token].lower().endswith(("self", "selves"))
        and named[part.number].count(who.speaker) > 1
        else who
        for part, who in zip(parts, meant, strict=True)
    ]


def _lemma(tokens: Tokens, verb: int) -> str:
    """Give a verb in its plain form; the *’s* of *it’s* has none in the parse."""
    lemma = tokens.lemmas[verb].lower()
    return lemma if any(map(str.isalnum, lemma)) else "be"


def _is_negated(tokens: Tokens, clause: Clause) -> bool:
    """Whether it is said not to happen: *did not fire*, *no drones were supplied*."""
    if tokens.child(clause.verb, "neg") is not None:
        return True
    nouns = [one for one in (clause.agent, clause.patient) if one is not None]
    return any(
        tokens.words[child].lower() in ("no", "neither")
        for noun in nouns
        for child in tokens.children[noun]
    )


def _is_naming(tokens: Tokens, verb: int) -> bool:
    """Whether *call* says what something is called, and demands nothing."""
    if tokens.lemmas[verb] != "call" or tokens.tags[verb].startswith("NN"):
        return False
    words = {tokens.words[one].lower() for one in tokens.children[verb]}
    return not words & {"for", "on", "upon"}


def _told(who: Who | None, printed: str) -> tuple[Any, ...]:
    """Give the cells from which the one name in the corpus follows."""
    if who is None:
        return None, False, None, False, None, None
    source = (who.source_type, who.anonymous, who.how, who.sure)
    return *source, printed, who.affiliation


def _parts(tokens: Tokens) -> Iterator[_Part]:
    """Give who and what takes part in each clause, in the order of the text."""
    arguments = Arguments(tokens)
    nominals = Nominals(tokens, arguments)
    verbs = [one for one in arguments.clauses() if not nominals.says(one.verb)]
    several = [*verbs, *nominals.clauses()]
    several.sort(key=lambda one: one.verb)
    for number, clause in enumerate(several, start=1):
        noun = tokens.tags[clause.verb].startswith("NN")
        lemma = tokens.lemmas[clause.verb].lower()
        saying = not noun and class_of(lemma) == "speech"
        named = {
            "speaker" if saying else "agent": clause.agent,
            "patient": clause.patient,
            "addressee": clause.addressee,
        }
        for role, token in named.items():
            for one in [] if token is None else _joined(tokens, token):
                yield _Part(clause, number, role, one)
        unsaid = (
            noun and clause.agent is None and class_of(lemma, noun=True) in _ONE_WAY
        )
        if clause.deleted or unsaid:
            yield _Part(clause, number, ROLES[4], clause.verb)


def _joined(tokens: Tokens, token: int) -> list[int]:
    """Give a noun and those that stand beside it: *Iran and its allies*."""
    found = [token]
    for one in found:
        found += [
            other
            for other in tokens.children[one]
            if tokens.deps[other] == "conj" and tokens.tags[other].startswith(_NOMINAL)
        ]
    return found


def _who(token: int, tokens: Tokens, naming: Naming) -> Who:
    """Say whom a noun means: of *Russian strikes* whose they are."""
    who = naming.who(token)
    if who.kind in ACTING or not tokens.tags[token].startswith("NN"):
        return who
    if class_of(tokens.lemmas[token].lower(), noun=True) is None:
        return who
    doer = Nominals(tokens, Arguments(tokens)).at(token).agent
    return who if doer is None else naming.who(doer)


CLAUSES = Layer(
    "clauses",
    tuple(CLAUSE_COLUMNS),
    clauses,
    needs=("quotations", "names", ACTORS),
    version="3",
)
