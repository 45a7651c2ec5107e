"""Mentions: what a noun phrase says about the person, body or state it names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from framelens._lists import read_list, words_of
from framelens.annotate.actor_nouns import (
    COURTESY,
    FEMALE,
    FEMALE_ROLES,
    MALE,
    MALE_ROLES,
    body_of,
    document_of,
    gender_of_name,
    noun_kind,
    role_of,
    state_of,
)
from framelens.annotate.noun_phrases import (
    ARTICLES,
    NO_ROLE,
    Role,
    person_name,
    role_in,
    state_in,
)
from framelens.annotate.pipeline import phrase

if TYPE_CHECKING:
    from framelens.annotate.pipeline import Tokens


PRONOUNS = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f"} | dict.fromkeys(
    ("it", "its", "they", "them", "their"), ""
)
"""Pronouns that stand for somebody named elsewhere, with what they tell of gender."""

SPEAKERS_THEMSELVES = {"i", "we", "me", "us", "you", "my", "our", "your"}
"""Pronouns that stand for nobody whom the text names."""

NO_ACTORS = {"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL"}
"""Entities that nobody can mean by *it* or *the group*."""

_TITLES: dict[str, str] = read_list("actor_nouns")["titles_as_roles"]
_WRITES = {"write", "pen", "author", "cowrite", "coauthor", "sign"}
_DEFINITE = {"the", "this", "that", "these", "those"}
_PLURAL = {"they", "them", "their"}
_ADJECTIVES = words_of("actor_nouns", "vague_adjectives")


@dataclass(frozen=True, slots=True)
class Mention:
    """A noun phrase that may name an actor; offsets are tokens, last one included.

    ``form``: ``name``, ``description`` (*the Russian diplomat*), ``pronoun`` or
    ``document`` (*the embassy's statement*); ``kind``: ``person``, ``body``, ``place``
    or ``missing``; ``label``: a person's bare name, else the phrase without article;
    ``name``: tokens of a person's name; ``author``: the noun that says whose document.
    """

    first: int
    last: int
    head: int
    form: str
    kind: str
    label: str
    name: tuple[int, int] | None = None
    role: Role = NO_ROLE
    plural: bool = False
    definite: bool = False
    gender: str = ""
    author: int | None = None


def pronoun_at(tokens: Tokens, token: int) -> str:
    """Give a word in lower case, as pronouns are listed; *US* is no *us*."""
    word = tokens.words[token]
    return word if word == "US" else word.lower()


def mention_at(tokens: Tokens, head: int, known: set[str]) -> Mention:
    """Read the noun phrase around `head`; `known` are the surnames of the article."""
    word = pronoun_at(tokens, head)
    if word in PRONOUNS or word in SPEAKERS_THEMSELVES:
        return Mention(
            head,
            head,
            head,
            "pronoun",
            "missing",
            word,
            plural=word in _PLURAL,
            gender=PRONOUNS.get(word, ""),
        )
    first, last = phrase(tokens, head)
    name = person_name(tokens, first, head, last, known)
    if name is not None:
        return _person(tokens, (first, head, last), name, known)
    return _without_name(tokens, first, head, last, known)


def _person(
    tokens: Tokens,
    whole: tuple[int, int, int],
    name: tuple[int, int],
    known: set[str],
) -> Mention:
    first, head, last = whole
    lead = list(range(first, min(name[0], last + 1)))
    gender = next(filter(None, (_gender(tokens.words[one]) for one in lead)), "")
    role = role_in(
        tokens,
        [one for one in lead if tokens.words[one].lower() not in COURTESY],
        known,
    )
    behind = _apposition(tokens, head, name[1])
    if behind:
        more = role_in(tokens, behind, known)
        role = Role(
            role.nouns | more.nouns,
            role.words or more.words,
            role.affiliation or more.affiliation,
        )
    titles = {tokens.words[one].lower().strip(".") for one in lead}
    titled = frozenset(_TITLES[title] for title in titles & _TITLES.keys())
    role = role._replace(nouns=role.nouns | titled)
    label = tokens.span(*name)
    gender = gender or gender_of_name(label)
    whole_last = max(last, name[1])
    return Mention(
        first, whole_last, head, "name", "person", label, name, role, gender=gender
    )


def _apposition(tokens: Tokens, head: int, last: int) -> list[int]:
    """Give the tokens of: Jane Doe, *a spokeswoman for the Herald*."""
    if last + 2 >= len(tokens) or tokens.words[last + 1] != ",":
        return []
    for one in (head, last):
        child = tokens.child(one, "appos")
        if child is not None and child > last and role_of(tokens.words[child]):
            begin, end = phrase(tokens, child)
            return list(range(begin, end + 1)) if begin == last + 2 else []
    return []


def _gender(word: str) -> str:
    low, role = word.lower(), role_of(word)
    if low in MALE or role in MALE_ROLES:
        return "m"
    return "f" if low in FEMALE or role in FEMALE_ROLES else ""


def _without_name(
    tokens: Tokens, first: int, head: int, last: int, known: set[str]
) -> Mention:
    """Read a phrase that names no person: a state, a document, a role, a body."""
    word, begin = tokens.words[head], first
    while begin < head and tokens.words[begin].lower() in ARTICLES:
        begin += 1
    end = last - (tokens.tags[last] == "POS" and last > begin)
    label = tokens.span(begin, end)
    plural = tokens.tags[head] in ("NNS", "NNPS")
    definite = tokens.words[first].lower() in _DEFINITE or tokens.tags[first] == "PRP$"
    definite = definite or "POS" in tokens.tags[first:head]  # Rome's mayor
    state = state_of(tokens.span(begin, head), capitals=True)
    if state is not None:
        place = tokens.span(begin, head)
        return Mention(
            first, last, head, "name", "place", place, role=Role(affiliation=state)
        )
    label = _as_inside(tokens, begin, head, label)
    if head > 1 and tokens.words[head - 1] == "-":
        word = tokens.span(head - 2, head)  # op-ed
    table = noun_kind(word.rpartition("-")[2]) if word.islower() else None
    written = document_of(word) or table == "document"
    if written and tokens.entities[head] in ("", "WORK_OF_ART", "LAW"):
        author = _author(tokens, head)
        return Mention(
            first,
            last,
            head,
            "document",
            "missing",
            label,
            plural=plural,
            definite=definite,
            author=author,
        )
    form, kind, role, gender = "description", "person", NO_ROLE, ""
    if (role_of(word) or table == "person") and not body_of(word):
        span = list(range(first, last + 1))
        role, gender = role_in(tokens, span, known), _gender(word)
        role = role._replace(nouns=role.nouns or frozenset({word}))
    elif table == "body" and not body_of(word):
        kind, role = "body", NO_ROLE._replace(nouns=frozenset({word}))
    else:
        form, kind, role = _body(tokens, first, head, last)
        only_described = definite and form == "description"
        form = "name" if kind in ("body", "place") and not only_described else form
    return Mention(
        first, last, head, form, kind, label, None, role, plural, definite, gender
    )


def _as_inside(tokens: Tokens, begin: int, head: int, label: str) -> str:
    """Write a description as inside a sentence; names keep their capitals."""
    word, tag = tokens.words[begin], tokens.tags[begin]
    if not word[:1].isupper() or not word[1:].islower() or tag.startswith("NNP"):
        return label
    named = any(tokens.tags[one].startswith("NNP") for one in range(begin, head + 1))
    common = tag in ("NN", "NNS", "VBN") and not named
    if not common and word.lower() not in _ADJECTIVES:
        return label
    return label[0].lower() + label[1:]


def _body(tokens: Tokens, first: int, head: int, last: int) -> tuple[str, str, Role]:
    """Tell a body's name from a description of one, such as *the ministry*."""
    noun, entity = body_of(tokens.words[head]), tokens.entities[head]
    proper = tokens.tags[head].startswith("NNP")
    if noun is None and entity != "ORG" and not proper:
        return "description", "missing", NO_ROLE
    if noun is None and entity in ("GPE", "LOC", "FAC"):
        return "name", "place", NO_ROLE
    state = state_in(tokens, first, last)
    plain = last == head and all(
        tokens.tags[one] in ("DT", "JJ", "NN", "PRP$") for one in range(first, head + 1)
    )
    described = noun is not None and plain and state is None
    nouns = frozenset({noun}) if noun else frozenset[str]()
    form = "description" if described else "name"
    return form, "body", Role(nouns, None, state)


def _writer(tokens: Tokens, verb: int) -> int | None:
    """Give who wrote it: an op-ed *co-written by*, *published in the Herald by*."""
    placed = any(tokens.words[one].lower() == "in" for one in tokens.children[verb])
    lemma = tokens.lemmas[verb].lower().replace("-", "")
    by = tokens.child(verb, "agent")
    written = lemma in _WRITES or (lemma == "publish" and placed)
    return tokens.child(by, "pobj") if by is not None and written else None


def _author(tokens: Tokens, document: int) -> int | None:
    """Give whose statement it is: the possessor, or what follows *by* or *from*."""
    owned, written = [], []
    for child in tokens.children[document]:
        compound = tokens.deps[child] == "compound" and tokens.tags[child][:3] == "NNP"
        owned += [child] if compound or tokens.deps[child] == "poss" else []
        if tokens.words[child].lower() in ("by", "from", "of"):
            written.append(tokens.child(child, "pobj"))
        if tokens.deps[child] == "acl":
            written.append(_writer(tokens, child))
    owners = (one for one in (*owned, *written) if one is not None)
    return next((one for one in owners if tokens.entities[one] not in NO_ACTORS), None)
