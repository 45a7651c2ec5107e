"""From a reporting verb to the noun phrase that it reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from framelens.annotate.cues import cue_of
from framelens.annotate.speakers.actor_words import body_of, role_of
from framelens.annotate.speakers.tokens import left_edge, phrase

if TYPE_CHECKING:
    from framelens.annotate.speakers.tokens import Tokens

SUBJECT = "subject of the verb"
AGENT = "named after by"

SUBJECTS = ("nsubj", "nsubjpass")
_RELATIVE = {"that", "which", "who", "whom"}
_EMPTY = {"there", "what", "this", "that", "which", "whatever", "these", "those"}
_NO_ACTORS = {"DATE", "TIME"}
_QUOTED_THEMSELVES = {"quote", "cite", "hear", "report"}
_FINITE = ("VBD", "VBZ", "VBP")
_BLAMED_FOR = {"of", "for", "as", "from"}
_STEPS = 8  # verbs looked at above a cue that has no subject
_REACH = 12  # tokens before a cue in which its subject may stand


@dataclass(frozen=True, slots=True)
class Found:
    """Who utters a quotation, as the text has it; tokens, last ones included."""

    rule: str
    source: tuple[int, int] | None = None
    head: int | None = None
    cue: tuple[int, int] | None = None


def _no_actor(tokens: Tokens, head: int) -> bool:
    """Whether a noun is a time, or a verb that capitals made into a name."""
    word = tokens.words[head]
    return tokens.entities[head] in _NO_ACTORS or (
        word.isupper() and len(word) > 3 and cue_of(word) is not None
    )


def found_at(
    tokens: Tokens, rule: str, head: int, cue: tuple[int, int] | None
) -> Found:
    """Give what was found, with the noun phrase around `head` as its source."""
    return Found(rule, phrase(tokens, head), head, cue)


def cue_with_source(tokens: Tokens, cue: int) -> Found | None:
    """Give the reporting verb `cue` with whom it reports, if somebody is named."""
    head, rule = _source_of(tokens, cue)
    if head is not None and _no_actor(tokens, head):
        head = None
    if head is None:
        behind = range(cue + 1, min(cue + 6, len(tokens)))
        head, rule = noun_behind(tokens, cue, list(behind)), SUBJECT
    return None if head is None else found_at(tokens, rule, head, (cue, cue))


def noun_before(tokens: Tokens, cue: int, lead: list[int]) -> int | None:
    """Give the noun among the tokens `lead` that is the subject of `cue`.

    Where the parse has none, it is the noun nearest before, over adverbs,
    auxiliaries and brackets.
    """
    for child in tokens.children[cue]:
        if child in lead and tokens.deps[child] in SUBJECTS:
            return None if tokens.words[child].lower() in _EMPTY else child
    brackets = 0
    for token in reversed(lead):
        word, tag = tokens.words[token], tokens.tags[token]
        brackets += (word == ")") - (word == "(")
        if brackets or word in "(," or tag in ("MD", "RB", *_FINITE, "VBN"):
            continue
        if not tag.startswith(("NN", "PRP")) or tag == "PRP$":
            return None
        if _no_actor(tokens, token):
            return None
        return _head_noun(tokens, token, lead)
    return None


def _head_noun(tokens: Tokens, token: int, lead: list[int]) -> int:
    inside = ("compound", "nmod", "appos", "amod", "npadvmod", "poss")
    for _ in range(_STEPS):
        above = tokens.heads[token]
        if above not in lead or tokens.deps[token] not in inside:
            break
        token = above
    return token


def noun_behind(tokens: Tokens, cue: int, rest: list[int]) -> int | None:
    """Give the noun right behind a verb that follows its quotation: said X."""
    if not rest or rest[0] != cue + 1:
        return None
    for child in tokens.children[cue]:
        noun = tokens.deps[child] in ("nsubj", "dobj", "attr", "oprd", "npadvmod")
        if noun and child > cue and left_edge(tokens, child) == cue + 1:
            return child if child in rest and not _no_actor(tokens, child) else None
    if tokens.tags[rest[0]] not in ("NNP", "DT", "PRP"):
        return None
    head = rest[0]
    for token in rest[1:]:
        if tokens.tags[token] not in ("NNP", "NN", "NNS", "JJ"):
            break
        head = token
    return head


def _source_of(tokens: Tokens, cue: int) -> tuple[int | None, str]:
    """Give the noun that utters what `cue` reports, and the rule that says so."""
    agent = tokens.child(cue, "agent")
    if agent is not None:
        return tokens.child(agent, "pobj"), AGENT
    passive = tokens.child(cue, "auxpass") is not None
    if passive and cue_of(tokens.words[cue]) not in _QUOTED_THEMSELVES:
        return None, SUBJECT
    has_subject, found = _subject(tokens, cue)
    if has_subject:
        return found, SUBJECT
    if tokens.tags[cue] in _FINITE and not passive:
        found = noun_before(tokens, cue, list(range(max(0, cue - _REACH), cue)))
        if found is not None:
            return found, SUBJECT
    return _subject_above(tokens, cue), SUBJECT


def _subject(tokens: Tokens, verb: int) -> tuple[bool, int | None]:
    """Whether a verb has a subject of its own, and the noun that it means."""
    subject = tokens.child(verb, *SUBJECTS)
    if subject is None:
        return False, None
    word = tokens.words[subject].lower()
    if word in _RELATIVE:
        return True, tokens.heads[verb] if tokens.deps[verb] == "relcl" else None
    return True, None if word in _EMPTY else subject


def _subject_above(tokens: Tokens, cue: int) -> int | None:
    """Give the subject of what a verb without one depends on: X spoke, adding.

    Of a participle it is the subject of the outermost reporting verb above it.
    """
    verb, nearest = cue, None
    participle = tokens.tags[cue] == "VBG"
    object_ = _object_above(tokens, cue) if participle else None
    if object_ is not None:
        return object_
    for _ in range(_STEPS):
        head, dep = tokens.heads[verb], tokens.deps[verb]
        if head == verb:
            break
        if nearest is None and dep == "acl" and participle and _may_speak(tokens, head):
            return head
        above = _verb_at(tokens, head)
        if above is None:
            break
        verb = above
        _, found = _subject(tokens, verb)
        if found is None:
            continue
        if nearest is None or cue_of(tokens.words[verb]):
            nearest = found
        if not participle or tokens.deps[cue] == "xcomp":
            break
    return nearest


def _object_above(tokens: Tokens, participle: int) -> int | None:
    """Give whom a verb accuses of *saying*, or quotes as *saying*."""
    before = tokens.heads[participle]
    if (
        tokens.deps[participle] != "pcomp"
        or tokens.words[before].lower() not in _BLAMED_FOR
    ):
        return None
    found = tokens.child(tokens.heads[before], "dobj")
    return found if found is not None and _may_speak(tokens, found) else None


def _verb_at(tokens: Tokens, token: int) -> int | None:
    """Give the verb at or above a token."""
    for _ in range(_STEPS):
        if tokens.tags[token].startswith(("VB", "MD")):
            return token
        if tokens.heads[token] == token:
            return None
        token = tokens.heads[token]
    return None


def _may_speak(tokens: Tokens, token: int) -> bool:
    """Whether a noun can be the one who is *claiming* or *saying* behind it."""
    word = tokens.words[token]
    if tokens.tags[token].startswith("NNP"):
        return True
    return role_of(word) is not None or body_of(word) is not None
