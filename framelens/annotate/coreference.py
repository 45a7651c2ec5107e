"""Coreference: which actor of the article a mention means, read from left to right."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from framelens._lists import words_of
from framelens.annotate.actor_nouns import (
    document_of,
    gender_of_name,
    may_be,
    same_body,
    state_of,
)
from framelens.annotate.mentions import NO_ACTORS, Mention, mention_at
from framelens.annotate.names import initials_of
from framelens.annotate.noun_phrases import surnames

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from framelens.annotate.fallbacks import QuotingSentences

    Fits = Callable[["Actor"], bool]


_SURE = 2  # pronouns that settle a person's gender
_SMALL_WORDS = {"the", "of", "and", "to", "in", "for", "a", "an", "at"}


@dataclass(slots=True, eq=False)
class Actor:
    """Somebody whom an article names or describes."""

    label: str
    kind: str  # person, body, place or missing
    plural: bool = False
    gender: str = ""  # as titles and given names tell
    lean: int = 0  # how often it was *he*, less how often *she*
    position: str | None = None
    affiliation: str | None = None
    nouns: set[str] = field(default_factory=set)
    words: frozenset[str] = frozenset()

    def may_be(self, gender: str) -> bool:
        """Whether nothing tells against a pronoun of this gender.

        One pronoun is not enough: it may have been taken for the wrong person.
        """
        if self.gender or not gender:
            return self.gender in ("", gender) or not gender
        return self.lean > -_SURE if gender == "m" else self.lean < _SURE

    def known_as(self, gender: str) -> bool:
        """Whether a title, a name or an earlier pronoun tells this gender."""
        if self.gender:
            return self.gender == gender
        return self.lean > 0 if gender == "m" else self.lean < 0

    def learn(self, mention: Mention) -> None:
        """Take over what a mention tells; a state outweighs another affiliation."""
        told = mention.role.affiliation
        self.gender = self.gender or mention.gender
        self.position = self.position or mention.role.words
        if self.affiliation is None or (told is not None and state_of(told)):
            self.affiliation = told or self.affiliation
        self.nouns |= mention.role.nouns


def content_words(label: str) -> frozenset[str]:
    """Give the words of a body's name that tell it from others."""
    words = label.replace("’s", "").replace("'s", "").split()
    found = {(state_of(one) or one).casefold() for one in words}
    return frozenset(found - _SMALL_WORDS)


FARTHEST_BACK = 60
"""Mentions. A pronoun or a description looks no farther back than this."""

_ALONE = 4  # times that a surname stands alone before the full name of a relative
_AMBIGUOUS = 2  # sentences back in which somebody else may be meant
_SUBJECTS = {"nsubj", "nsubjpass", "csubj"}
_INSIDE = {"compound", "amod", "nmod", "flat", "det", "nummod"}
_GENERIC = words_of("actor_nouns", "generic_bodies")
_SHORT = re.compile(
    r"((?:[A-Z][\w&’'-]*\s+|(?:of|for|and|the|on|in|to|&)\s+){2,12})"
    r"\([\"“]?([A-Z][A-Za-z]{1,6})[\"”]?\)"
)
_IN_FRONT = {"poss", "pobj", "prep", "compound", "pcomp"}
_ONE_PERSON = {"he", "him", "his", "she", "her"}


@dataclass(frozen=True, slots=True)
class Resolved:
    """A mention, the actor it means (None: not known), and how that was found."""

    mention: Mention
    actor: Actor | None
    how: str  # name, pronoun, description, or "" where nothing was found
    sure: bool = True  # False where somebody else may as well be meant


class Actors:
    """The actors of one article, and which of them each mention means.

    Mentions are read in the order of the text, so that a pronoun can refer to whom a
    description meant; what is said inside a quotation is no antecedent for the text
    around it. Longer names are entered first: *Mr Doe* on the first line is the *Jane
    Doe* of the last.
    """

    def __init__(self, sentences: QuotingSentences) -> None:
        self._sentences, self._tokens = sentences, sentences.tokens
        self._known = surnames(self._tokens)
        self._by_word: dict[str, list[Actor]] = {}
        self._by_initials: dict[str, Actor] = {}
        self._written: dict[str, Actor | None] = {}
        self._history: list[tuple[Mention, Actor]] = []
        self._resolved: dict[int, Resolved] = {}
        heads = (one for one in range(len(self._tokens)) if self._is_head(one))
        self.mentions = [mention_at(self._tokens, one, self._known) for one in heads]
        self._bare = self._alone_first()
        for mention in sorted(self.mentions, key=lambda one: -len(one.label)):
            if mention.form == "name":
                self.called(mention)
        for name, short in _shortened(self._tokens.text):
            self._by_initials.setdefault(short, self._named_body(name))
        for mention in self.mentions:
            if sentences.outside(mention.head):
                self._read(mention)

    def at(self, head: int) -> Resolved:
        """Give the mention whose head is the token `head`, and whom it means."""
        found = self._resolved.get(head)
        if found is not None:
            return found
        return self._resolve(mention_at(self._tokens, head, self._known))

    def called(self, mention: Mention) -> Actor:
        """Give the actor of a name; one not met before is entered."""
        person = mention.kind == "person"
        found = (
            self.person(mention.label, mention.gender)
            if person
            else self._body(mention)
        )
        if found is None:
            words = content_words(mention.label)
            found = Actor(mention.label, mention.kind, mention.plural, words=words)
            if person and len(words) == 1:
                found.gender = gender_of_name(f"{mention.label} -")
            if not person:
                for short in initials_of(mention.label):
                    self._by_initials.setdefault(short, found)
            for word in [mention.label.split()[-1]] if person else words:
                self._by_word.setdefault(word, []).append(found)
        found.learn(mention)
        return found

    def _named_body(self, name: str) -> Actor:
        """Enter a body by its full name."""
        words = content_words(name)
        actor = Actor(name, "body", words=words)
        for word in words:
            self._by_word.setdefault(word, []).append(actor)
        return actor

    def _is_head(self, token: int) -> bool:
        """Whether a token is the noun of a phrase of its own."""
        tokens = self._tokens
        if not tokens.tags[token].startswith(("NN", "PRP")):
            return False
        if tokens.entities[token] in NO_ACTORS:
            return False
        dep, above = tokens.deps[token], tokens.tags[tokens.heads[token]]
        part = dep == "compound" and tokens.tags[token] == "NN"  # fan-run
        return not part and (dep not in _INSIDE or not above.startswith("NN"))

    def person(self, name: str, gender: str = "") -> Actor | None:
        """Find the person whose name ends as this one does."""
        parts = name.split()
        fits = [
            one
            for one in self._by_word.get(parts[-1], [])
            if one.kind == "person"
            and one.label.split()[-len(parts) :] == parts
            and not (gender and one.gender and gender != one.gender)
            and (gender or name not in self._bare or one.label == name)
        ]
        return self._latest_of(fits)

    def _is_only(self, mention: Mention) -> bool:
        """Whether a surname that stands alone is one person's."""
        people = self._by_word.get(mention.label, [])
        fits = [one for one in people if one.kind == mention.kind == "person"]
        return len([one for one in fits if one.may_be(mention.gender)]) < 2

    def _alone_first(self) -> set[str]:
        """Collect the surnames that are somebody's before they are in a full name."""
        alone: Counter[str] = Counter()
        full = set()
        for mention in self.mentions:
            *given, surname = mention.label.split() or [""]
            if mention.form == "name" and mention.kind == "person":
                full |= {surname} if given and alone[surname] < _ALONE else set()
                alone[surname] += not given
        return {surname for surname in alone if alone[surname] >= _ALONE} - full

    def _body(self, mention: Mention) -> Actor | None:
        """Find the body or place of this name, or a body's fuller name."""
        words, nouns = content_words(mention.label), mention.role.nouns
        if not words:
            return None
        if mention.label.isupper() and mention.label.casefold() in self._by_initials:
            return self._by_initials[mention.label.casefold()]
        fits = []
        for one in min((self._by_word.get(word, []) for word in words), key=len):
            within = words < one.words and nouns and nouns <= one.nouns
            owner = mention.role.affiliation in (None, one.affiliation)
            if one.kind == mention.kind and (words == one.words or (within and owner)):
                fits.append(one)
        return self._latest_of(fits)

    def _latest_of(self, fits: list[Actor]) -> Actor | None:
        if not fits[1:]:
            return fits[0] if fits else None
        last = [(one, actor) for one, actor in self._back() if actor in fits]
        subjects = (actor for one, actor in last if self._is_subject(one))
        return next(subjects, last[0][1] if last else fits[0])

    def _back(self) -> Iterator[tuple[Mention, Actor]]:
        """Give the mentions read so far, the last one first."""
        return islice(reversed(self._history), FARTHEST_BACK)

    def _read(self, mention: Mention) -> None:
        resolved = self._resolve(mention)
        self._resolved[mention.head] = resolved
        prose = self._sentences.prose[self._sentences.paragraph[mention.head]]
        named = mention.form != "document" or mention.author is not None
        if resolved.actor is not None and prose and named:
            if mention.form == "pronoun" and mention.gender:
                resolved.actor.lean += 1 if mention.gender == "m" else -1
            self._history.append((mention, resolved.actor))

    def _resolve(self, mention: Mention) -> Resolved:
        if mention.form == "pronoun":
            actor, sure = self._pronoun(mention)
            return Resolved(mention, actor, "pronoun" if actor else "", sure)
        if mention.form == "document":
            actor = self._author(mention)
            return Resolved(mention, actor, "description" if actor else "")
        if mention.form == "name":
            return Resolved(
                mention, self.called(mention), "name", self._is_only(mention)
            )
        apposed = self._apposed(mention)
        if apposed is not None:
            return Resolved(mention, apposed, "name")
        actor = self._told_of(mention)
        if actor is not None:
            actor.learn(mention)
            return Resolved(mention, actor, "description")
        if mention.definite and not mention.plural:
            actor = self._described(mention)
            if actor is not None:
                return Resolved(mention, actor, "description")
            actor = self.salient(mention) or self._named_with_role(mention)
            if actor is not None:
                return Resolved(mention, actor, "description", sure=False)
        above = self._tokens.words[self._tokens.heads[mention.head]]
        served = above == "as" or self._tokens.deps[mention.head] == "attr"
        if mention.kind == "missing" or served:
            return Resolved(mention, None, "")
        actor = Actor(mention.label, mention.kind, mention.plural)
        actor.learn(mention)
        return Resolved(mention, actor, "name")

    def _author(self, mention: Mention) -> Actor | None:
        """Find whose words a document holds: *Roe's letter*, then *the letter*."""
        author, noun = mention.author, document_of(self._tokens.words[mention.head])
        actor = self.at(author).actor if author is not None else None
        plain = mention.definite and mention.head == mention.first + 1  # the letter
        if actor is None and plain and noun:
            return self._written.get(noun)
        if noun:
            self._written[noun] = actor
        return actor

    def _apposed(self, mention: Mention) -> Actor | None:
        """Find who is named behind a description: *the firm, Northbank plc*."""
        tokens = self._tokens
        name = tokens.child(mention.head, "appos")
        if name is None or (name != mention.last + 2 and not mention.definite):
            return None
        if not tokens.tags[name].startswith("NNP") or mention.plural:
            return None
        behind = mention_at(tokens, name, self._known)
        return self.called(behind) if behind.form == "name" else None

    def _told_of(self, mention: Mention) -> Actor | None:
        """Find whose role is told: *Jane Doe, a doctor*, or *Jane Doe is a doctor*."""
        tokens, head = self._tokens, self._tokens.heads[mention.head]
        dep = tokens.deps[mention.head]
        if dep == "attr":
            head = tokens.child(head, "nsubj") or head
        if dep not in ("appos", "attr") or mention.kind != "person" or mention.plural:
            return None
        actor = self._resolved[head].actor if head in self._resolved else None
        return actor if actor is not None and actor.kind == "person" else None

    def _pronoun(self, mention: Mention) -> tuple[Actor | None, bool]:
        """Find whom *he*, *she*, *it* or *they* means, and whether that is sure."""
        word = mention.label

        def fits(actor: Actor) -> bool:
            if word in _ONE_PERSON:
                one = actor.kind == "person" and not actor.plural
                return one and actor.may_be(mention.gender)
            if mention.plural:
                return actor.plural
            return actor.kind in ("body", "place") and not actor.plural

        known = word in _ONE_PERSON or mention.plural or word in ("it", "its")
        if not known:
            return None, False
        actor = self._in_front(mention, fits) or self._last_subject(mention, fits)
        if actor is None and word in _ONE_PERSON:
            return self._first_named(mention, fits), False
        one = actor is not None and word in _ONE_PERSON
        return actor, not one or self._is_sure(mention, actor, fits)

    def _first_named(self, mention: Mention, fits: Fits) -> Actor | None:
        """Find who is named right behind a pronoun that opens the text."""
        number = self._sentences.number
        for later in self.mentions:
            if later.head <= mention.head or later.form != "name":
                continue
            if number[later.head] - number[mention.head] > _AMBIGUOUS:
                break
            if later.kind == "person" and self._sentences.outside(later.head):
                actor = self.called(later)
                return actor if fits(actor) else None
        return None

    def _in_front(self, mention: Mention, fits: Fits) -> Actor | None:
        """Find who stands before the verb of a pronoun: *In Roe's letter, he said*."""
        tokens, number = self._tokens, self._sentences.number
        if tokens.deps[mention.head] not in _SUBJECTS:
            return None
        verb = tokens.heads[mention.head]
        for earlier, actor in self._back():
            if number[earlier.head] != number[mention.head]:
                break
            if earlier.form != "name" or earlier.head > mention.head:
                continue
            above = earlier.head
            while tokens.deps[above] in _IN_FRONT:
                above = tokens.heads[above]
            if above == verb and fits(actor):
                return actor
        return None

    def _is_sure(self, mention: Mention, found: Actor | None, fits: Fits) -> bool:
        """Whether a pronoun cannot as well mean somebody else than `found`.

        The subject of the pronoun's own sentence and whoever is known to be of its
        gender are sure; so is the only person of the sentences looked at.
        """
        if found is None or found.known_as(mention.gender):
            return found is not None
        number = self._sentences.number
        here = number[mention.head]
        for earlier, actor in self._back():
            if earlier.head >= mention.head or not fits(actor):
                continue
            if here - number[earlier.head] > _AMBIGUOUS:
                break
            if actor is found and number[earlier.head] == here:
                return True
            if actor is not found:
                return False
        return True

    def _named_with_role(self, mention: Mention) -> Actor | None:
        """Find the one person whom the article names with a role, before or after."""
        role, owner = mention.role, mention.role.affiliation
        if mention.kind != "person" or not role.nouns:
            return None
        fits = [
            actor
            for actors in self._by_word.values()
            for actor in actors
            if actor.kind == "person"
            and role.nouns <= actor.nouns
            and (owner is None or actor.affiliation in (None, owner))
        ]
        return fits[0] if len(fits) == 1 else None

    def salient(self, mention: Mention) -> Actor | None:
        """Find who is spoken of where an unknown description is used of somebody.

        *The Republican nominee* is the person, *the company* the body, that is the
        subject of the last sentences.
        """
        described, owner = mention.role.nouns, mention.role.affiliation
        any_body = bool(described & _GENERIC)

        def fits(actor: Actor) -> bool:
            unlike = actor.kind == "body" and actor.nouns and not any_body
            if unlike or actor.kind != mention.kind or actor.plural or not actor.words:
                return False
            owned = owner is None or actor.affiliation in (None, owner)
            return owned and actor.may_be(mention.gender)

        owned = "POS" in self._tokens.tags[mention.first : mention.head]
        return self._last_subject(mention, fits) if described and not owned else None

    def _last_subject(self, mention: Mention, fits: Fits) -> Actor | None:
        """Find the last subject that fits.

        Of an earlier sentence it is the subject of the main verb, if that fits;
        failing subjects, the last mention in the two sentences before.
        """
        number = self._sentences.number
        here, other = number[mention.head], None
        for earlier, actor in self._back():
            if earlier.head >= mention.head or not fits(actor):
                continue
            there = number[earlier.head]
            if other is not None and here - there > 2:
                break
            if self._is_subject(earlier):
                return (
                    actor if there == here else self._first_subject(there, fits, actor)
                )
            other = other or actor
        return other

    def _first_subject(self, sentence: int, fits: Fits, otherwise: Actor) -> Actor:
        """Find the subject of the main verb of an earlier sentence, if it fits."""
        tokens, number = self._tokens, self._sentences.number
        found = otherwise
        for earlier, actor in self._back():
            if number[earlier.head] < sentence:
                break
            verb = tokens.heads[earlier.head]
            main = tokens.heads[verb] == verb and self._is_subject(earlier)
            if number[earlier.head] == sentence and main and fits(actor):
                found = actor
        return found

    def _is_subject(self, mention: Mention) -> bool:
        """Whether a mention is a subject, or named by *according to*."""
        tokens, place = self._tokens, mention.first
        if tokens.deps[mention.head] in _SUBJECTS:
            return True
        return place >= 2 and tokens.words[place - 2].lower() == "according"

    def _described(self, mention: Mention) -> Actor | None:
        """Find the last actor called so, else the last who can be called so."""
        role = mention.role
        last = role.words.split()[-1].lower() if role.words else ""
        nouns = role.nouns & {last} or role.nouns
        alike = may_be if mention.kind == "person" else _same_body_in
        wider: Actor | None = None
        for earlier, actor in self._back():
            if earlier.head >= mention.head or actor.kind != mention.kind:
                continue
            known = frozenset(actor.nouns)
            exact = nouns <= known
            other = role.affiliation and actor.affiliation != role.affiliation
            if actor.plural or (other and (actor.affiliation or not exact)):
                continue
            if nouns and exact:
                return actor
            if wider is None and any(alike(one, known) for one in nouns):
                wider = actor
        return wider


def _shortened(text: str) -> Iterator[tuple[str, str]]:
    """Give the names that a text shortens: *Customs and Border Protection (CBP)*."""
    for match in _SHORT.finditer(text):
        words = match[1].split()
        short = match[2].casefold()
        for first in range(len(words) - 1, -1, -1):
            name = " ".join(words[first:])
            if words[first][:1].isupper() and short in initials_of(name):
                yield name, short
                break


def _same_body_in(described: str, known: frozenset[str]) -> bool:
    return any(same_body(described, one) for one in known)
