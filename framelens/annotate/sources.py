"""Sources: from the words that name a source to whom they mean."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from framelens._lists import words_of
from framelens._wording import BETWEEN_SPEAKERS
from framelens.annotate.actor_nouns import body_of, document_of, role_of, state_of
from framelens.annotate.coreference import Actors
from framelens.annotate.entities import sentences_of
from framelens.annotate.fallbacks import AHEAD, CARRIED, who_spoke
from framelens.annotate.mentions import NO_ACTORS, PRONOUNS, pronoun_at
from framelens.annotate.spans import rows_of
from framelens.read.stated import alias_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from framelens.annotate.coreference import Actor, Resolved
    from framelens.annotate.entities import Known
    from framelens.annotate.fallbacks import Found, QuotingSentences
    from framelens.annotate.mentions import Mention
    from framelens.annotate.pipeline import Tokens

    Pieces = Sequence[Sequence[int]]


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
_PUBLISHED = words_of("actor_nouns", "published")


class Who(NamedTuple):
    """Whom a source means; ``how`` says how that was found.

    ``anonymous``: people or bodies that are described, not named; ``of_many``: whether
    a *we* of this speaker's is the speaker itself, as of a body or a state;
    ``kind``: ``person``, ``group``, ``body``, ``state`` or ``document``;
    ``source_type``: as the analyst's table has it.
    """

    speaker: str | None = None
    affiliation: str | None = None
    how: str | None = None
    anonymous: bool = False
    of_many: bool = False
    kind: str | None = None
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


def _kind_of(actor: Actor) -> str | None:
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
        if self._tokens.entities[head] in NO_ACTORS:
            return NOBODY
        resolved = self.actors.at(head)
        mention = resolved.mention
        who = self._named(head, resolved)
        written = mention.form in ("document", "description")
        if written and resolved.actor is None and not who.anonymous:
            who = self._document(mention, last)
        printed = self._tokens.span(mention.first, mention.last)
        aliases = [] if mention.form == "pronoun" else [printed, mention.label]
        label = resolved.actor.label if resolved.actor is not None else None
        return self.listed([*aliases, label, who.speaker], who) or _written(who)

    def listed(self, aliases: Sequence[str | None], who: Who) -> Who | None:
        """Give whom the analyst's table names, if it has one of the aliases."""
        listed = [alias for alias in filter(None, aliases) if self._known(alias)]
        for alias in listed:
            if any(one.endswith(f" {alias}") for one in listed):
                continue  # the article's Ann Orr, not the table's Orr
            known = self._table[alias_key(alias)]
            if known.actor is None:
                return Who(how=TABLE)
            same = known.actor == who.speaker
            return who._replace(
                speaker=known.actor,
                affiliation=known.affiliation or who.affiliation,
                kind=known.kind or who.kind,
                source_type=known.source_type,
                how=who.how if same else TABLE,
                anonymous=who.anonymous and same,
            )
        return None

    def _known(self, alias: str) -> bool:
        return alias_key(alias) in self._table

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
            kind="state" if state else _kind_of(actor),
            sure=resolved.sure,
            actor=actor,
        )

    def _document(self, mention: Mention, last: Who) -> Who:
        """Name a document whose author is not told.

        *The statement* is of whoever spoke before; *a poll* and *the report* speak
        for themselves.
        """
        noun = document_of(self._tokens.words[mention.head])
        own = noun is None or noun in _PUBLISHED or not mention.definite
        if not own and mention.author is None and last.speaker:
            return last._replace(how="description")
        kind = "document" if mention.form == "document" else None
        return Who(mention.label, how=AS_PRINTED, of_many=True, kind=kind)

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


LONGEST_TOKEN = 40
"""Code points. A token that begins farther before a source does not reach into it."""

LONGEST_NAME = 4
"""Words of a person's name."""

_NOUNS = ("NN", "PRP", "W")
_STEPS = 5  # verbs between a relative pronoun and the noun that it stands for


def heads_of(tokens: Tokens, pieces: Pieces) -> list[int]:
    """Give the noun of a source, and those joined to it: *Jane Doe and John Roe*.

    The noun is the token that the rest of the source hangs on in the parse; where
    several stand side by side, the first noun or pronoun among them.
    """
    inside = tokens_in(tokens, pieces)
    within = set(inside)
    roots = [one for one in inside if tokens.heads[one] not in within - {one}]
    nouns = [one for one in roots if tokens.tags[one].startswith(_NOUNS)]
    nouns = nouns or [one for one in inside if tokens.tags[one].startswith(_NOUNS)]
    found = (nouns or [one for one in roots if tokens.words[one][:1].isalnum()])[:1]
    while found:
        last = found[-1]
        more = (one for one in tokens.children[last] if one in within and one > last)
        joined = next((one for one in more if _is_joined(tokens, last, one)), None)
        if joined is None:
            break
        found.append(joined)
    return found


def tokens_in(tokens: Tokens, pieces: Pieces) -> list[int]:
    """Give the tokens that pieces of text touch."""
    return [
        one
        for start, end in pieces
        for one in tokens.between(start - LONGEST_TOKEN, end)
        if tokens.ends[one] > start
    ]


def _is_joined(tokens: Tokens, noun: int, other: int) -> bool:
    """Whether two nouns name two actors; *Doe and Sons* is one.

    The first two of a list (*France, Spain and Italy*) may look like an apposition.
    """
    entities, between = tokens.entities, range(noun + 1, other + 1)
    if not tokens.tags[other].startswith(_NOUNS):
        return False
    if entities[noun] and not any(
        entities[one] == "" or tokens.begins[one] for one in between
    ):
        return False
    if tokens.deps[other] == "appos":
        alike = entities[noun] and entities[noun] == entities[other]
        return bool(alike) and tokens.child(other, "conj") is not None
    apart = any(tokens.tags[one] in ("CC", ",") for one in between)
    return tokens.deps[other] == "conj" and apart


def antecedent(tokens: Tokens, pronoun: int) -> int:
    """Give the noun that a relative pronoun stands for, else the pronoun."""
    token = pronoun
    for _ in range(_STEPS):
        if tokens.deps[token] == "relcl":
            return tokens.heads[token]
        token = tokens.heads[token]
    return pronoun


FIRST_PERSON = "first person"
"""What ``resolved_by`` says of *I* and *we* inside what somebody says."""

_I = {"i", "me", "my", "mine", "myself"}
_WE = {"we", "us", "our", "ours", "ourselves"}
_RELATIVE = {"who", "whom", "whose", "which", "that"}


class Uttered(NamedTuple):
    """An outermost quotation that is speech, and who utters it by the rules."""

    annotation: str
    start: int
    end: int
    found: Found


class Sources:
    """Whom the sources of one article mean, and its spoken ``quotations`` in order.

    `speech`: its outermost quotations that are speech; `table`: the analyst's aliases.
    """

    def __init__(
        self, tokens: Tokens, speech: pd.DataFrame | None, table: dict[str, Known]
    ) -> None:
        self.tokens, self.text = tokens, tokens.text
        sentences = sentences_of(tokens, speech)
        self._naming = Naming(sentences, table)
        self.quotations: list[Uttered] = []
        if speech is not None:
            rows = rows_of(speech, "annotation", "start", "end")
            for row, found in zip(rows, who_spoke(sentences), strict=True):
                self.quotations.append(Uttered(*(*row, found)))

    def who(self, pieces: Pieces, *, within: Who, last: Who) -> Who:
        """Give whom a source means, by its places in the text.

        `within` is the speaker of the attribution around it, `last` of the one before.
        """
        found = [self._one(head, within, last) for head in self._heads(pieces)]
        known = [one for one in found if one.speaker]
        who = _joined(known) if found[1:] else next(iter(found), NOBODY)
        printed = " ".join(self.tokens.text[start:end] for start, end in pieces)
        return self._naming.listed([printed], who) or who

    def _heads(self, pieces: Pieces) -> list[int]:
        """Give the nouns of a source; for a role, the name at the source's end.

        So of *the mayor of Rome, Jane Doe*, where the parse does not join the two;
        but not of *a spokesman for Jane Doe*.
        """
        tokens = self.tokens
        heads, inside = heads_of(tokens, pieces), tokens_in(tokens, pieces)
        nouns = [one for one in inside if tokens.tags[one].startswith("NN")]
        if not nouns or nouns[-1] in heads:
            return heads
        if len(heads) > 1:
            return self._one_person(heads, nouns[-1]) or heads
        if tokens.entities[heads[0]] == "PERSON":
            return heads + self._and_others(heads[0], inside)
        role, name = (
            self._naming.actors.at(one).mention for one in (heads[0], nouns[-1])
        )
        tag = tokens.tags[name.first - 1] if name.first > inside[0] else ""
        beside = tag in (",", "POS", "''") or tag.startswith("NN")
        before = [tokens.words[one] for one in inside if one < name.first]
        titled = "," not in before[:-1] and any(role_of(word) for word in before)
        described = role.form == "description" and role.kind != "body"
        one = (described or titled) and not (role.kind == "person" and role.plural)
        return [name.head] if one and _is_person(name) and beside else heads

    def _and_others(self, first: int, inside: list[int]) -> list[int]:
        """Give who is joined to a person, where brackets hide it from the parse.

        *Jane Doe (Green), John Roe (Labour) and two colleagues*.
        """
        words = self.tokens.words
        joined = {one + 1 for one in inside if one > first and words[one] == "and"}
        return [
            other.head
            for other in self._naming.actors.mentions
            if other.first in joined
            and other.head <= inside[-1]
            and other.kind == "person"
            and (other.plural or " " in other.label)
        ]

    def _one_person(self, heads: list[int], last: int) -> list[int]:
        """Give the name behind several roles of one: *chair and boss Jane Doe*."""
        at = self._naming.actors.at
        roles = [at(head).mention for head in heads]
        name = at(last).mention
        one = all(
            role.form == "description" and role.kind == "person" and not role.plural
            for role in roles
        )
        articles = sum(role.definite for role in roles)
        beside = name.first <= max(heads) + 1 or heads[-1] + 1 == name.first
        return (
            [name.head] if one and articles < 2 and _is_person(name) and beside else []
        )

    def of_quotation(self, contents: Pieces, *, last: Who = NOBODY) -> Who:
        """Give who speaks the first quotation in a content, by the fallback rules.

        Or the quotation that the content is a part of: its words are its speaker's.
        """
        for start, end in contents:
            first = bisect_left(self.quotations, start, key=attrgetter("start"))
            if first and self.quotations[first - 1].end > start:
                first -= 1
            for one in islice(self.quotations, first, None):
                if one.start >= end:
                    break
                if one.found.head is not None:
                    who = self._one(one.found.head, NOBODY, last)
                    named = who.how in ("name", AS_PRINTED)
                    return who._replace(how=one.found.rule) if named else who
        return NOBODY

    def pieces_of(self, one: Uttered) -> tuple[list[list[int]], list[list[int]]]:
        """Give the source and the cue by which the rules found who utters it.

        None that stand with another quotation.
        """
        spans = (one.found.source, one.found.cue)
        if one.found.rule in (CARRIED, AHEAD):
            return [], []
        tokens = self.tokens
        source, cue = (
            [[tokens.starts[span[0]], tokens.ends[span[1]]]] if span else []
            for span in spans
        )
        return source, cue

    def _one(self, head: int, within: Who, last: Who) -> Who:
        """Name one actor: by the analyst's table, else by the article."""
        word = pronoun_at(self.tokens, head)
        if word in _I | _WE:
            return self._first_person(within, many=word in _WE)
        if word in _RELATIVE:
            head = antecedent(self.tokens, head)
        who = self._naming.who(head, last=last)
        unsure = who.speaker is None or not who.sure or word in ("they", "them")
        if word in PRONOUNS and unsure:
            return self._still(word, last) or who
        return who

    def _still(self, word: str, last: Who) -> Who | None:
        """Give who spoke before, where an unsure pronoun can mean them."""
        if word in ("they", "them"):
            several = last.of_many and BETWEEN_SPEAKERS in (last.speaker or "")
            return last._replace(how="pronoun", sure=False) if several else None
        actor = last.actor
        gender = PRONOUNS[word]
        if not gender or actor is None or actor.kind != "person" or actor.plural:
            return None
        if not actor.may_be(gender):
            return None
        return last._replace(how="pronoun", sure=False)

    def _first_person(self, within: Who, *, many: bool) -> Who:
        """Give whom *I* and *we* mean in the words of `within`."""
        if within.speaker is None or (many and not within.of_many):
            ours = within.affiliation if many else None
            if ours is None:
                return NOBODY
            state = state_of(ours)
            kind = "body" if state is None else "state"
            who = Who(ours, state, FIRST_PERSON, of_many=True, kind=kind)
            return self._naming.listed([ours], who) or who
        return within._replace(how=FIRST_PERSON)


def _is_person(mention: Mention) -> bool:
    """Whether a name behind a role is a person's; the parse takes some for bodies."""
    words = mention.label.split()
    other = any(body_of(word) or state_of(word) for word in words)
    whole = 2 <= len(words) <= LONGEST_NAME and all(word[0].isupper() for word in words)
    taken = mention.kind == "body" and whole and not other
    return mention.form == "name" and (mention.kind == "person" or taken)


def _joined(several: list[Who]) -> Who:
    """Join the actors of one source; they have an affiliation if each has one."""
    if not several:
        return NOBODY
    unlike = list({one.speaker: one for one in several}.values())
    if not unlike[1:]:
        return unlike[0]
    affiliations = [one.affiliation for one in unlike if one.affiliation]
    whole = len(affiliations) == len(unlike)
    ways = {one.how for one in unlike}
    types = {one.kind for one in unlike}
    return Who(
        BETWEEN_SPEAKERS.join(one.speaker for one in unlike if one.speaker),
        BETWEEN_SPEAKERS.join(affiliations) if whole else None,
        next(way for way in _WEAKEST_FIRST if way in ways),
        anonymous=all(one.anonymous for one in unlike),
        of_many=True,
        kind=types.pop() if len(types) == 1 else "group",
    )


_WEAKEST_FIRST = (FIRST_PERSON, "pronoun", "description", AS_PRINTED, TABLE, "name")
