"""Arguments: who acts and who is acted on, at each verb of a parse."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from framelens._lists import read_list
from framelens.annotate.actor_nouns import noun_kind, role_of
from framelens.annotate.pipeline import left_edge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from framelens.annotate.pipeline import Tokens

_LIST = "predicates"
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass")
_RELATIVE = {"who", "whom", "which", "that"}
_STEPS = 12
"""Verbs. No subject is looked for farther up than this."""

_NO_GAP = {
    *("time", "day", "year", "way", "reason", "moment", "place", "week", "month"),
    *("chance", "opportunity", "moment", "night", "morning"),
}
"""*The day he left*, *time to go*: what the noun says is no argument of the verb."""

_ONLY = {"only", "first", "second", "third", "last", "latest", "next"}
"""*The only member to read it*: who does what follows."""

_ABLE = {"able", "unable", "ready", "willing", "unwilling", "eager", "about", "due"}
"""*It was able to*: here *it* is somebody, and no clause."""

_BE = {"be", "'s", "’s"}
_ALONE = {"aux", "auxpass"}
_PASSIVE = {"acl", "amod", "advcl", "xcomp", "ccomp", "pcomp", "ROOT", "oprd"}
_ACTING = {"PERSON", "ORG", "GPE", "NORP"}
_EXPLETIVE = {"it", "that", "this", "there"}


@cache
def verbs_of(part: str) -> frozenset[str]:
    """Give the words of one part of the list."""
    return frozenset(read_list(_LIST)[part].split())


@cache
def _table(part: str) -> dict[str, frozenset[str]]:
    """Give what belongs to each verb: prepositions, or nouns."""
    return {
        verb: frozenset(words.split()) for verb, words in read_list(_LIST)[part].items()
    }


class Clause(NamedTuple):
    """One verb with its arguments, as tokens; None where it has none.

    ``agent`` acts, ``patient`` undergoes it, ``addressee`` is told; ``content`` is a
    clause that stands where a patient would (what is said, wanted, begun).
    """

    verb: int
    agent: int | None = None
    patient: int | None = None
    addressee: int | None = None
    content: int | None = None
    passive: bool = False

    @property
    def deleted(self) -> bool:
        """Whether the verb is passive and nobody is said to act."""
        return self.passive and self.agent is None


class Arguments:
    """The arguments of the verbs of one article."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._subjects: dict[int, int | None] = {}

    def clauses(self) -> Iterator[Clause]:
        """Give every verb that is no auxiliary, in the order of the text."""
        for token in range(len(self._tokens)):
            if self.is_verb(token):
                yield self.at(token)

    def is_verb(self, token: int) -> bool:
        """Whether a token is a verb that is no auxiliary."""
        tokens = self._tokens
        if not tokens.tags[token].startswith("VB") or tokens.deps[token] in _ALONE:
            return False
        if not any(map(str.isalpha, tokens.words[token])):
            return False  # a bullet that the parser takes for a verb
        joined = token > 0 and tokens.words[token - 1] == "-"
        return not (joined and tokens.deps[token] == "amod")  # Iranian-made

    def at(self, verb: int) -> Clause:
        """Give the arguments of one verb."""
        if self._is_helper(verb) or self.light(verb) is not None:
            return Clause(verb, content=self._tokens.child(verb, "xcomp"))
        if self.light(verb, "idle") is not None:
            return Clause(verb, patient=self.subject(verb))
        passive = self.is_passive(verb)
        return self._passive(verb) if passive else self._active(verb)

    def light(self, verb: int, part: str = "light") -> int | None:
        """Give the noun that says what is done, as in *made an announcement*."""
        tokens = self._tokens
        nouns = _table(part).get(tokens.lemmas[verb])
        if not nouns:
            return None
        noun = tokens.child(verb, "dobj", "nsubjpass")
        return noun if noun is not None and tokens.lemmas[noun] in nouns else None

    def _is_helper(self, verb: int) -> bool:
        """Whether a verb only helps another: *going to*, *have to*, *if you do*."""
        tokens = self._tokens
        lemma = tokens.lemmas[verb]
        other = tokens.child(verb, "xcomp")
        if lemma == "do":
            return self._object(verb) is None and tokens.child(verb, "auxpass") is None
        if other is None or tokens.child(verb, "dobj") is not None:
            return False
        to = any(tokens.words[one] == "to" for one in tokens.children[other])
        if lemma == "go":
            return to and tokens.tags[verb] == "VBG"
        return to and lemma == "have"

    def _passive(self, verb: int) -> Clause:
        tokens = self._tokens
        patient, agent = self.subject(verb), self._by(verb)
        given = tokens.child(verb, "dobj")
        addressee = None
        if given is not None:
            patient, addressee = given, patient  # he was given a book
        elif tokens.lemmas[verb] in verbs_of("addressed"):
            patient, addressee = None, patient
        content = tokens.child(verb, "ccomp", "xcomp")
        if patient is not None and self._stands_for_clause(patient, verb):
            patient = None
        clause = tokens.child(verb, "csubjpass")
        if clause is not None:
            patient, content = None, clause
        return Clause(verb, agent, patient, addressee, content, passive=True)

    def _active(self, verb: int) -> Clause:
        tokens = self._tokens
        agent, patient = self.subject(verb), self._object(verb)
        content = tokens.child(verb, "ccomp", "xcomp")
        addressee = self._given(verb)
        direct = patient is not None
        lemma = tokens.lemmas[verb]
        if patient is not None and lemma in verbs_of("addressed"):
            noun = tokens.lemmas[patient].lower()
            person = tokens.tags[patient] in ("PRP", "NNP") or bool(
                role_of(tokens.words[patient])
            )
            if lemma == "tell":  # told the conference, but told the truth
                person = noun not in verbs_of("told")
            if addressee is None and (content is not None or person):
                patient, addressee = None, patient
        if patient is None and content is not None:
            patient = self._raised(verb, content)
        if patient is None and content is None and addressee is None:
            patient = self._behind_preposition(verb)
        easy = self._easy(verb)
        if easy is not None:
            agent, patient = None, patient if direct else easy
        if agent is not None and self._stands_for_clause(agent, verb):
            agent = None
        if lemma in _BE:
            there = tokens.child(verb, "expl") is not None
            return Clause(verb, patient=tokens.child(verb, "attr") if there else None)
        if agent is not None and self._undergoes(verb, direct=direct, content=content):
            agent, patient = None, patient if direct else agent
            if not direct and patient == tokens.child(verb, "csubj"):
                patient = None
        if patient == agent:
            patient = None
        return Clause(verb, agent, patient, addressee, content)

    def is_passive(self, verb: int) -> bool:
        """Whether a verb is a passive participle."""
        tokens = self._tokens
        if tokens.tags[verb] not in ("VBN", "VBD"):
            return False
        if tokens.child(verb, "auxpass", "nsubjpass", "csubjpass", "agent") is not None:
            return True
        if tokens.tags[verb] == "VBD" or tokens.child(verb, "aux") is not None:
            return False
        dep, head = tokens.deps[verb], tokens.heads[verb]
        if dep == "conj" and self.is_verb(head):
            return tokens.child(verb, "nsubj") is None and self.is_passive(head)
        if dep == "acomp":
            return self._by(verb) is not None
        return dep in _PASSIVE

    def subject(self, verb: int) -> int | None:
        """Give who stands as the subject of a verb, also where it is not repeated."""
        if verb not in self._subjects:
            self._subjects[verb] = None  # against circles
            found = self._subject(verb)
            self._subjects[verb] = None if found is None else self._meant(found)
        return self._subjects[verb]

    def _subject(self, verb: int) -> int | None:
        tokens = self._tokens
        for own in tokens.children[verb]:
            if tokens.deps[own] in _SUBJECTS and not self._in_other_marks(own, verb):
                return own
        dep, head = tokens.deps[verb], tokens.heads[verb]
        if head == verb:
            return None
        if dep == "conj":
            return self.subject(head) if self._is_predicate(head) else None
        if dep in ("relcl", "acl"):
            return self._of_noun(verb, head)
        if dep in ("xcomp", "ccomp"):
            return self._controlled(verb, head)
        if dep == "advcl":
            as_ = any(
                tokens.words[one].lower() == "as" for one in tokens.children[verb]
            )
            bare = self._is_infinitive(verb) or as_  # as expected
            return None if bare else self.subject(head)
        if dep == "amod" and tokens.tags[verb] in ("VBN", "VBG"):
            return head
        if dep == "pcomp" and tokens.words[head].lower() == "of":
            accused = tokens.heads[head]
            if tokens.lemmas[accused] in verbs_of("of_others"):
                if self.is_passive(accused):
                    return self.subject(accused)
                return tokens.child(accused, "dobj")
        return None

    def _in_other_marks(self, noun: int, verb: int) -> bool:
        """Whether a quotation that ends between a noun and its verb holds the noun."""
        tokens = self._tokens
        return noun < verb and any(
            tokens.words[at] in _CLOSING
            and tokens.tags[at - 1] in (",", ".")
            and tokens.ends[at - 1] == tokens.starts[at]
            and tokens.ends[at] < tokens.starts[at + 1]
            for at in range(noun + 1, verb)
        )

    def _is_infinitive(self, verb: int) -> bool:
        tokens = self._tokens
        marks = (one for one in tokens.children[verb] if tokens.deps[one] == "aux")
        return tokens.tags[verb] == "VB" and any(
            tokens.words[one].lower() == "to" for one in marks
        )

    def _of_noun(self, verb: int, noun: int) -> int | None:
        """Give the subject of a clause that hangs on a noun: the noun, as a rule."""
        tokens = self._tokens
        acts = tokens.entities[noun] in _ACTING or noun_kind(tokens.words[noun].lower())
        if self._is_infinitive(verb):
            # The plan to leave does not say whose leaving it is.
            object_too = tokens.child(verb, "dobj") is not None
            only = any(tokens.lemmas[one] in _ONLY for one in tokens.children[noun])
            return noun if object_too and (acts or only) else None
        participle = tokens.deps[verb] == "acl" and tokens.tags[verb] == "VBG"
        return noun if acts or not participle else None

    def _controlled(self, verb: int, head: int) -> int | None:
        """Give the subject of an infinitive or participle: *asked them to go*."""
        tokens = self._tokens
        if tokens.deps[head] in ("acomp", "attr", "oprd"):
            if {tokens.words[head].lower(), tokens.lemmas[head]} & verbs_of("easy"):
                return None
            head = tokens.heads[head]
        if tokens.lemmas[head] in verbs_of("to_others") and not self.is_passive(head):
            told = tokens.child(head, "dobj", "dative")
            if told is None:  # called on them to go
                behind = [c for c in tokens.children[head] if tokens.deps[c] == "prep"]
                inside = (tokens.child(one, "pobj") for one in behind if one < verb)
                told = next((one for one in inside if one is not None), None)
            if told is not None and told < verb:
                return told
        if tokens.deps[verb] == "ccomp" and tokens.tags[verb] not in ("VBG", "VBN"):
            return None
        return self.subject(head) if self._is_predicate(head) else None

    def _easy(self, verb: int) -> int | None:
        """Give what is easy in *the town is easy to take*."""
        tokens = self._tokens
        head = tokens.heads[verb]
        if tokens.deps[verb] != "xcomp" or tokens.deps[head] != "acomp":
            return None
        if tokens.words[head].lower() not in verbs_of("easy"):
            return None
        subject = self.subject(tokens.heads[head])
        dummy = subject is None or tokens.words[subject].lower() in _EXPLETIVE
        return None if dummy else subject

    def _stands_for_clause(self, subject: int, verb: int) -> bool:
        """Whether a subject is the *it* of *it is said that*, or a clause."""
        tokens = self._tokens
        if self.is_verb(subject) and tokens.deps[subject].startswith("csubj"):
            return False
        if tokens.words[subject].lower() != "it":
            return False
        above = tokens.heads[subject]
        parts = [tokens.deps[one] for one in tokens.children[above]]
        if above == verb:
            seems = self.is_passive(verb) or tokens.lemmas[verb] in ("seem", "appear")
            return bool({"ccomp", "csubj"} & {*parts}) and seems
        said = tokens.child(above, "acomp")
        able = said is not None and tokens.lemmas[said] in _ABLE
        return tokens.lemmas[above] == "be" and not able

    def _is_predicate(self, token: int) -> bool:
        tokens = self._tokens
        return tokens.tags[token].startswith(("VB", "MD")) or (
            tokens.child(token, *_SUBJECTS, "aux", "cop") is not None
        )

    def _meant(self, token: int) -> int:
        """Give the noun that a relative pronoun stands for."""
        tokens = self._tokens
        if tokens.words[token].lower() not in _RELATIVE:
            return token
        at = token
        for _ in range(_STEPS):
            if tokens.deps[at] == "relcl":
                return tokens.heads[at]
            if tokens.heads[at] == at or tokens.deps[at] == "ccomp":
                break
            at = tokens.heads[at]
        before = token - 1
        object_ = tokens.deps[token] == "dobj" and tokens.heads[token] > token
        noun = before >= 0 and tokens.tags[before].startswith(("NN", "CD"))
        return before if object_ and noun else token  # the evidence that it presented

    def _object(self, verb: int) -> int | None:
        tokens = self._tokens
        objects = [
            one
            for one in tokens.children[verb]
            if tokens.deps[one] == "dobj" and not self._in_other_marks(one, verb)
        ]
        objects = [one for one in objects if tokens.entities[one] not in _MEASURES]
        objects = [one for one in objects if not tokens.tags[one].startswith("RB")]
        if objects:
            return self._meant(objects[-1])  # gave it support
        if self.is_passive(verb):
            return None
        for one in tokens.children[verb]:
            if tokens.deps[one] == "conj" and self.is_verb(one):
                between = range(verb + 1, one)
                alike = tokens.tags[verb] == tokens.tags[one]
                alike &= all(
                    tokens.tags[at] in ("CC", ",", "RB") or tokens.words[at] == "than"
                    for at in between
                )
                if alike:
                    return self._object(one)  # seeking and building weapons
        return self._gap(verb) if tokens.deps[verb] == "relcl" else None

    def _gap(self, verb: int) -> int | None:
        """Give the noun that a relative clause lacks: *the fees they charge*."""
        tokens = self._tokens
        noun = tokens.heads[verb]
        if tokens.lemmas[noun].lower() in _NO_GAP:
            return None
        subject = tokens.child(verb, *_SUBJECTS)
        if subject is None and not self._is_infinitive(verb):
            return None
        if noun in (self.subject(verb), subject):
            return None
        if subject is not None and not self._begins_behind(noun, subject):
            return None
        for one in tokens.children[verb]:
            dep = tokens.deps[one]
            if tokens.tags[one] == "WRB" and dep == "advmod":
                return None
            if dep == "prep" and tokens.child(one, "pobj", "pcomp") is None:
                behind = _table("behind").get(tokens.lemmas[verb], frozenset())
                return noun if tokens.words[one].lower() in behind else None
            if dep in ("ccomp", "acomp", "attr", "xcomp"):
                return None
        return noun

    def _begins_behind(self, noun: int, subject: int) -> bool:
        """Whether a relative clause begins right behind its noun."""
        tokens = self._tokens
        first = left_edge(tokens, subject)
        between = tokens.words[noun + 1 : first]
        named = tokens.tags[noun].startswith(("NN", "PR", "DT", "CD"))
        return named and all(word.lower() in _RELATIVE | {","} for word in between)

    def _raised(self, verb: int, content: int) -> int | None:
        """Give whom *let them go* and *considers it a threat* act on."""
        tokens = self._tokens
        if tokens.lemmas[verb] not in verbs_of("to_others"):
            return None
        if self._is_infinitive(content) or tokens.tags[content] not in (
            *("VB", "VBG", "VBN", "JJ", "JJR", "NN"),
        ):
            return None
        modal = any(tokens.tags[one] == "MD" for one in tokens.children[content])
        if modal or tokens.child(content, "mark") is not None:
            return None  # told them he would wait
        raised = tokens.child(content, "nsubj")
        dummy = raised is not None and tokens.words[raised].lower() == "it"
        clause = tokens.child(content, "xcomp")
        if dummy and clause is not None and self._is_infinitive(clause):
            return None  # makes it illegal to
        return raised

    def _given(self, verb: int) -> int | None:
        """Give to whom something is given or said."""
        tokens = self._tokens
        given = tokens.child(verb, "dative")
        if given is not None and tokens.tags[given] in ("IN", "TO"):
            return tokens.child(given, "pobj")
        return given

    def _behind_preposition(self, verb: int) -> int | None:
        tokens = self._tokens
        wanted = _table("behind").get(tokens.lemmas[verb], frozenset())
        for one in tokens.children[verb]:
            if tokens.deps[one] == "prep" and tokens.words[one].lower() in wanted:
                found = tokens.child(one, "pobj")
                if found is not None and tokens.entities[found] not in _MEASURES:
                    return self._meant(found)
        return None

    def _by(self, verb: int) -> int | None:
        """Give who acts in a passive, behind *by*."""
        tokens = self._tokens
        for one in tokens.children[verb]:
            by = tokens.words[one].lower() == "by" and tokens.deps[one] == "prep"
            if tokens.deps[one] == "agent" or by:
                found = tokens.child(one, "pobj")
                if found is not None and tokens.entities[found] not in _NOT_BY:
                    return found
        for one in tokens.children[verb]:
            if tokens.deps[one] == "conj" and tokens.tags[one] == "VBN":
                return self._by(one)
        return None

    def _undergoes(self, verb: int, *, direct: bool, content: int | None) -> bool:
        """Whether the subject of a verb undergoes what it says."""
        lemma = self._tokens.lemmas[verb]
        if lemma in verbs_of("no_agent"):
            return True
        if lemma == "get" and content is None:
            return not direct  # got angry, got to the point
        return not direct and content is None and lemma in verbs_of("no_agent_alone")


_CLOSING = {"”", "''", '"', "’’"}
"""Marks that end a quotation, behind its comma or stop."""

_MEASURES = {"DATE", "TIME", "QUANTITY"}
"""*Drove an hour*: what no verb acts on."""

_NOT_BY = {"DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "QUANTITY"}
"""*Killed by Tuesday*: what is no agent behind *by*."""
