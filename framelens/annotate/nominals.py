"""Nominals: who acts and who is acted on where a noun says what is done."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from framelens._lists import read_list
from framelens.annotate.actor_nouns import state_of
from framelens.annotate.arguments import Clause

if TYPE_CHECKING:
    from collections.abc import Iterator

    from framelens.annotate.arguments import Arguments
    from framelens.annotate.pipeline import Tokens

_PLACES = {"GPE", "LOC", "FAC"}
_WHEN = {"DATE", "TIME", "CARDINAL", "ORDINAL", "MONEY"}
_SIDES = {"between", "with", "among"}


@cache
def class_of(lemma: str, *, noun: bool = False) -> str | None:
    """Give the class of a verb or a noun in its plain form: *kill* is ``harm``.

    >>> class_of("kill"), class_of("talk", noun=True), class_of("rain")
    ('harm', 'negotiation', None)
    """
    return _classes()["nouns" if noun else "verbs"].get(lemma)


@cache
def _classes() -> dict[str, dict[str, str]]:
    table: dict[str, dict[str, str]] = {"verbs": {}, "nouns": {}}
    for name, part in read_list("verb_classes").items():
        if isinstance(part, dict):
            for kind, words in table.items():
                words.update(dict.fromkeys(part[kind].split(), name))
    return table


@cache
def _nouns(part: str) -> frozenset[str]:
    return frozenset(read_list("predicates")["nouns"][part].split())


class Nominals:
    """The arguments of the nouns of one article that say what is done."""

    def __init__(self, tokens: Tokens, arguments: Arguments) -> None:
        self._tokens, self._arguments = tokens, arguments

    def clauses(self) -> Iterator[Clause]:
        """Give every such noun with its arguments, in the order of the text."""
        tokens = self._tokens
        for token in range(len(tokens)):
            if tokens.tags[token] in ("NN", "NNS") and self._is_action(token):
                yield self.at(token)

    def says(self, verb: int) -> bool:
        """Whether a verb only says that something is done: *launched strikes*."""
        noun = self._tokens.child(verb, "dobj", "nsubjpass")
        if noun is None or not self._is_action(noun):
            return False
        return self._carried_out(noun) == verb

    def _is_action(self, noun: int) -> bool:
        """Whether a noun says what is done, and only that: no *attack drone*."""
        tokens = self._tokens
        if not tokens.tags[noun].startswith("NN"):
            return False
        if class_of(tokens.lemmas[noun], noun=True) is None:
            return False
        return tokens.deps[noun] not in ("compound", "nmod", "amod")

    def at(self, noun: int) -> Clause:
        """Give the arguments of one noun."""
        tokens, lemma = self._tokens, self._tokens.lemmas[noun]
        agent = patient = None
        for one in tokens.children[noun]:
            dep, word = tokens.deps[one], tokens.words[one].lower()
            if dep == "poss" and tokens.entities[one] in _WHEN:
                continue  # last week's attack
            if dep == "poss":
                if lemma in _nouns("owned"):
                    patient = one if patient is None else patient
                else:
                    agent = one
            elif dep in ("amod", "compound", "nmod") and agent is None:
                agent = one if state_of(tokens.words[one]) else None
            elif dep in ("prep", "agent"):
                inside = tokens.child(one, "pobj")
                if inside is None:
                    continue
                if word == "by":
                    agent = inside
                elif self._is_patient(word, lemma, inside):
                    patient = inside
                elif word in _SIDES and lemma in _nouns("with_whom"):
                    agent, patient = self._sides(agent, patient, inside, word)
        verb = self._carried_out(noun)
        if verb is not None:
            agent = self._carrier(noun, verb) if agent is None else agent
            patient = self._target(verb, lemma) if patient is None else patient
        return Clause(noun, agent, patient if patient != agent else None)

    def _is_patient(self, preposition: str, lemma: str, inside: int) -> bool:
        """Whether what stands behind a preposition undergoes it."""
        entity = self._tokens.entities[inside]
        if entity in _WHEN or class_of(lemma, noun=True) == "speech":
            return False
        if preposition == "of":
            return lemma in _nouns("of")
        if preposition == "in":
            return lemma in _nouns("in_place") and entity in _PLACES
        if preposition in ("to", "for"):
            return lemma in _nouns("towards")
        return preposition in _nouns("whom") and lemma not in _nouns("with_whom")

    @staticmethod
    def _sides(
        agent: int | None, patient: int | None, inside: int, word: str
    ) -> tuple[int | None, int | None]:
        """Give both sides of talks: *between* names all, *with* the other one."""
        if word == "with":
            return agent, inside if patient is None else patient
        return inside, patient

    def _carried_out(self, noun: int) -> int | None:
        """Give the verb that says the thing is done: *launched strikes*."""
        tokens = self._tokens
        verb, dep = tokens.heads[noun], tokens.deps[noun]
        if dep not in ("dobj", "nsubjpass"):
            verb = next(
                (c for c in tokens.children[noun] if tokens.deps[c] == "acl"), noun
            )
        if not self._arguments.is_verb(verb):
            return None
        light = self._arguments.light(verb) == noun
        return verb if light or tokens.lemmas[verb] in _nouns("carried_out") else None

    def _carrier(self, noun: int, verb: int) -> int | None:
        """Give who does it, where that is not who suffers it."""
        if self._tokens.lemmas[verb] in _nouns("suffered"):
            return None
        if self._arguments.light(verb) == noun:
            passive = self._tokens.deps[noun] == "nsubjpass"
            return None if passive else self._arguments.subject(verb)
        return self._arguments.at(verb).agent

    def _target(self, verb: int, lemma: str) -> int | None:
        """Give who undergoes it behind the verb: *imposed sanctions on Iran*."""
        tokens = self._tokens
        for one in tokens.children[verb]:
            inside = tokens.child(one, "pobj") if tokens.deps[one] == "prep" else None
            if inside is not None:
                word = tokens.words[one].lower()
                if word != "of" and self._is_patient(word, lemma, inside):
                    return inside
        return None
