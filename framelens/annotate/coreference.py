"""Coreference: which actor of the article a mention means, read from left to right."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from framelens.annotate.actor_nouns import may_be, same_body, state_of
from framelens.annotate.mentions import Mention, mention_at
from framelens.annotate.noun_phrases import surnames

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from framelens.annotate.quoting_sentences import QuotingSentences

    Fits = Callable[["Actor"], bool]
    from framelens.annotate.mentions import Mention


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

_AMBIGUOUS = 2  # sentences back in which somebody else may be meant
_SUBJECTS = {"nsubj", "nsubjpass", "csubj"}
_INSIDE = {"compound", "amod", "nmod", "flat", "det", "nummod"}
_ONE_PERSON = {"he", "him", "his", "she", "her"}


@dataclass(frozen=True, slots=True)
class Resolved:
    """A mention, the actor it means (None: not known), and how that was found."""

    mention: Mention
    actor: Actor | None
    how: str  # name, pronoun, description, or "" where nothing was found


class Actors:
    """The actors of one article, and which of them each mention means.

    Mentions are read in the order of the text, so that a pronoun can refer to
    whom a description meant. What is said inside a quotation is no antecedent for
    the text around it. Longer names are entered first, so that *Mr Doe* on the
    first line is the *Jane Doe* of the last.
    """

    def __init__(self, sentences: QuotingSentences) -> None:
        self._sentences, self._tokens = sentences, sentences.tokens
        self._known = surnames(self._tokens)
        self._by_word: dict[str, list[Actor]] = {}
        self._history: list[tuple[Mention, Actor]] = []
        self._resolved: dict[int, Resolved] = {}
        heads = (one for one in range(len(self._tokens)) if self._is_head(one))
        self.mentions = [mention_at(self._tokens, one, self._known) for one in heads]
        for mention in sorted(self.mentions, key=lambda one: -len(one.label)):
            if mention.form == "name":
                self.called(mention)
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
            for word in [mention.label.split()[-1]] if person else words:
                self._by_word.setdefault(word, []).append(found)
        found.learn(mention)
        return found

    def _is_head(self, token: int) -> bool:
        """Whether a token is the noun of a phrase of its own."""
        tokens = self._tokens
        if not tokens.tags[token].startswith(("NN", "PRP")):
            return False
        above = tokens.tags[tokens.heads[token]]
        return tokens.deps[token] not in _INSIDE or not above.startswith("NN")

    def person(self, name: str, gender: str = "") -> Actor | None:
        """Find the person whose name ends as this one does."""
        parts = name.split()
        fits = [
            one
            for one in self._by_word.get(parts[-1], [])
            if one.kind == "person"
            and one.label.split()[-len(parts) :] == parts
            and not (gender and one.gender and gender != one.gender)
        ]
        return self._latest_of(fits)

    def _body(self, mention: Mention) -> Actor | None:
        """Find the body or place of this name, or a body's fuller name."""
        words, nouns = content_words(mention.label), mention.role.nouns
        if not words:
            return None
        fits = []
        for one in min((self._by_word.get(word, []) for word in words), key=len):
            within = words < one.words and nouns and nouns <= one.nouns
            owner = mention.role.affiliation in (None, one.affiliation)
            if one.kind == mention.kind and (words == one.words or (within and owner)):
                fits.append(one)
        return self._latest_of(fits)

    def _latest_of(self, fits: list[Actor]) -> Actor | None:
        if len(fits) > 1:
            for _, actor in self._back():
                if actor in fits:
                    return actor
        return fits[0] if fits else None

    def _back(self) -> Iterator[tuple[Mention, Actor]]:
        """Give the mentions read so far, the last one first."""
        return islice(reversed(self._history), FARTHEST_BACK)

    def _read(self, mention: Mention) -> None:
        resolved = self._resolve(mention)
        self._resolved[mention.head] = resolved
        if resolved.actor is not None:
            if mention.form == "pronoun" and mention.gender:
                resolved.actor.lean += 1 if mention.gender == "m" else -1
            self._history.append((mention, resolved.actor))

    def _resolve(self, mention: Mention) -> Resolved:
        if mention.form == "pronoun":
            actor = self._pronoun(mention)
            return Resolved(mention, actor, "pronoun" if actor else "")
        if mention.form == "document":
            actor = (
                self.at(mention.author).actor if mention.author is not None else None
            )
            return Resolved(mention, actor, "description" if actor else "")
        if mention.form == "name":
            return Resolved(mention, self.called(mention), "name")
        actor = self._told_of(mention)
        if actor is not None:
            actor.learn(mention)
            return Resolved(mention, actor, "description")
        if mention.definite and not mention.plural:
            actor = self._described(mention)
            if actor is not None:
                return Resolved(mention, actor, "description")
        if mention.kind == "missing":
            return Resolved(mention, None, "")
        actor = Actor(mention.label, mention.kind, mention.plural)
        actor.learn(mention)
        return Resolved(mention, actor, "name")

    def _told_of(self, mention: Mention) -> Actor | None:
        """Find whose role is told: *Jane Doe, a doctor*, or *Jane Doe is a doctor*."""
        tokens, head = self._tokens, self._tokens.heads[mention.head]
        dep = tokens.deps[mention.head]
        if dep == "attr":
            head = tokens.child(head, "nsubj") or head
        if dep not in ("appos", "attr") or mention.kind != "person" or mention.plural:
            return None
        found = self._resolved.get(head)
        named = found is not None and found.mention.kind == "person"
        return found.actor if named and found is not None else None

    def _pronoun(self, mention: Mention) -> Actor | None:
        """Find whom *he*, *she*, *it* or *they* means."""
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
            return None
        found = self._last_subject(mention, fits)
        if found is not None and word in _ONE_PERSON:
            return self._sure(mention, found, fits)
        return found

    def _sure(self, mention: Mention, found: Actor, fits: Fits) -> Actor | None:
        """Give `found`, or nobody where the pronoun can as well mean somebody else.

        The subject of the pronoun's own sentence and whoever is known to be of its
        gender are sure; so is the only person of the sentences looked at.
        """
        if found.known_as(mention.gender):
            return found
        number = self._sentences.number
        here = number[mention.head]
        for earlier, actor in self._back():
            if earlier.head >= mention.head or not fits(actor):
                continue
            if here - number[earlier.head] > _AMBIGUOUS:
                break
            if actor is found and number[earlier.head] == here:
                return found
            if actor is not found:
                return None
        return found

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


def _same_body_in(described: str, known: frozenset[str]) -> bool:
    return any(same_body(described, one) for one in known)
