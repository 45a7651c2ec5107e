"""Naming: whom a noun of the text means, told in one way everywhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from framelens._lists import words_of
from framelens.annotate.actor_nouns import body_of, document_of, state_of
from framelens.annotate.coreference import Actors
from framelens.read.stated import alias_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from framelens.annotate.coreference import Actor, Resolved
    from framelens.annotate.entities import Known
    from framelens.annotate.fallbacks import QuotingSentences
    from framelens.annotate.mentions import Mention


TABLE = "actors table"
"""What ``resolved_by`` says where the analyst's table gave the speaker."""

AS_PRINTED = "as printed"
"""What it says where the speaker is a description that goes back to nobody."""

_SOMEBODY = {
    *("some", "others", "many", "several", "most", "few", "those"),
    *("someone", "somebody", "everyone", "everybody", "one"),
}


_MARKS = re.compile('["“”]')
_LETTER = re.compile(r"[^\W_]")
_MANY_BODIES = {"media", "press"}
_NO_ACTORS = {"DATE", "TIME"}
_PUBLISHED = words_of("actor_nouns", "published")


class Who(NamedTuple):
    """Whom a source means; ``how`` says how that was found.

    ``anonymous``: people or bodies that are described, not named; ``of_many``: whether
    a *we* of this speaker's is the speaker itself, as of a body or a state;
    ``source_type``: ``person``, ``group``, ``body``, ``state`` or ``document``.
    """

    speaker: str | None = None
    affiliation: str | None = None
    how: str | None = None
    anonymous: bool = False
    of_many: bool = False
    source_type: str | None = None
    sure: bool = True
    actor: Actor | None = None


NOBODY = Who()


def _written(who: Who) -> Who:
    """Leave out signs that cannot be seen; what has no letter names nobody."""
    if who.speaker is None:
        return who
    speaker = "".join(one for one in who.speaker if one.isprintable() or one == "\n")
    if not _MARKS.search(speaker[1:]):
        speaker = _MARKS.sub("", speaker)  # one mark alone: *the "experts*
    return who._replace(speaker=speaker) if _LETTER.search(speaker) else NOBODY


def _source_type(actor: Actor) -> str | None:
    """Say what an actor is, as the ledger names it."""
    if actor.kind == "person":
        return "group" if actor.plural else "person"
    return {"body": "body", "place": "body"}.get(actor.kind)


class Naming:
    """Names for whom the nouns of one article mean; the analyst's aliases win.

    A state has its name, also where its capital or an adjective is printed; a person
    the fullest name that the article gives; who is not named, the words themselves.
    """

    def __init__(self, sentences: QuotingSentences, table: dict[str, Known]) -> None:
        self._tokens, self._sentences = sentences.tokens, sentences
        self._table = table
        self.actors = Actors(sentences)
        self._vague = self._introduced_vaguely()

    def who(self, head: int, *, last: Who = NOBODY) -> Who:
        """Name the actor of a noun; `last` spoke before: *the statement* is theirs."""
        if self._tokens.entities[head] in _NO_ACTORS:
            return NOBODY
        resolved = self.actors.at(head)
        mention = resolved.mention
        who = self._named(head, resolved)
        if mention.form == "document" and resolved.actor is None:
            who = self._document(mention, last)
        printed = self._tokens.span(mention.first, mention.last)
        aliases = [] if mention.form == "pronoun" else [printed, mention.label]
        label = resolved.actor.label if resolved.actor is not None else None
        return self.listed([*aliases, label, who.speaker], who) or _written(who)

    def listed(self, aliases: Sequence[str | None], who: Who) -> Who | None:
        """Give whom the analyst's table names, if it has one of the aliases."""
        for alias in filter(None, aliases):
            known = self._table.get(alias_key(alias))
            if known is None:
                continue
            if known.actor is None:
                return Who(how=TABLE)
            same = known.actor == who.speaker
            return who._replace(
                speaker=known.actor,
                affiliation=known.affiliation or who.affiliation,
                how=who.how if same else TABLE,
                anonymous=False,
            )
        return None

    def _named(self, head: int, resolved: Resolved) -> Who:
        """Name whom the article means by a mention."""
        mention, actor = resolved.mention, resolved.actor
        backwards = mention.form == "pronoun" or (
            mention.form == "description" and mention.definite
        )
        if backwards and not self._sentences.outside(head):
            return NOBODY  # what comes before a quotation is not told to its hearers
        if actor is None:
            word = self._tokens.words[head].lower()
            return NOBODY._replace(anonymous=word in _SOMEBODY)
        state = state_of(actor.label, capitals=True) if actor.kind == "place" else None
        unnamed = actor.kind == "person" and not actor.words
        vague = id(actor) in self._vague or self._is_vague(head, resolved)
        several = actor.kind == "body" and self._are_bodies(resolved)
        return Who(
            state or actor.label,
            actor.affiliation,
            resolved.how if actor.words or resolved.how != "name" else AS_PRINTED,
            anonymous=(unnamed and vague) or several,
            of_many=actor.kind != "person",
            source_type="state" if state else _source_type(actor),
            sure=resolved.sure,
            actor=actor,
        )

    def _document(self, mention: Mention, last: Who) -> Who:
        """Name a document whose author is not told.

        *The statement* is of whoever spoke before; *a poll* and *the report* speak
        for themselves.
        """
        noun = document_of(self._tokens.words[mention.head])
        if not mention.definite or (mention.author is None and noun in _PUBLISHED):
            return Who(
                mention.label, how=AS_PRINTED, of_many=True, source_type="document"
            )
        if mention.author is None and last.speaker:
            return last._replace(how="description")
        return NOBODY

    def _are_bodies(self, resolved: Resolved) -> bool:
        """Whether a phrase means several bodies without a name: *U.S. media*."""
        mention, tokens = resolved.mention, self._tokens
        noun = tokens.words[mention.head]
        inside = range(mention.first, mention.head + 1)
        named = any(
            tokens.tags[one].startswith("NNP")
            and state_of(tokens.words[one], capitals=True) is None
            for one in inside
        )
        several = mention.plural and noun.lower() != "police"
        many = several or noun.lower() in _MANY_BODIES
        return many and not named and body_of(noun) is not None

    def _introduced_vaguely(self) -> set[int]:
        """Collect the people first met as *a man* or *officials*, by identity."""
        found: set[int] = set()
        for mention in self.actors.mentions:
            if mention.form != "description" or mention.kind != "person":
                continue
            if not self._sentences.outside(mention.head):
                continue
            resolved = self.actors.at(mention.head)
            if resolved.actor is not None and self._is_vague(mention.head, resolved):
                found.add(id(resolved.actor))
        return found

    def _is_vague(self, head: int, resolved: Resolved) -> bool:
        """Whether a description fits many people: not *the mayor*, *Rome's mayor*."""
        mention = resolved.mention
        if mention.form != "description":
            return False
        owned = self._tokens.child(head, "poss") is not None
        titled = self._tokens.tags[head] == "NNP"
        return mention.plural or not (mention.definite or owned or titled)
