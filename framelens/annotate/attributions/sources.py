"""Sources: from the words that name a source to whom they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from framelens.annotate.attributions.source_heads import (
    antecedent,
    heads_of,
    tokens_in,
)
from framelens.annotate.speakers.coreference import Actors
from framelens.annotate.speakers.entities import Known, sentences_of
from framelens.annotate.speakers.nations import state_of
from framelens.annotate.speakers.speakers import TABLE
from framelens.annotate.speakers.who_spoke import who_spoke
from framelens.read.actors import alias_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from framelens.annotate.speakers.coreference import Resolved
    from framelens.annotate.speakers.mentions import Mention
    from framelens.annotate.speakers.tokens import Tokens

    Pieces = Sequence[Sequence[int]]

FIRST_PERSON = "first person"
"""What ``resolved_by`` says of *I* and *we* inside what somebody says."""

AS_PRINTED = "as printed"
"""What it says where the speaker is a description that goes back to nobody."""

BETWEEN_SPEAKERS = "; "
"""What stands between the speakers of a joint source."""

_I = {"i", "me", "my", "mine", "myself"}
_WE = {"we", "us", "our", "ours", "ourselves"}
_RELATIVE = {"who", "whom", "whose", "which", "that"}
_SOMEBODY = {
    *("some", "others", "many", "several", "most", "few", "those"),
    *("someone", "somebody", "everyone", "everybody", "one"),
}


class Who(NamedTuple):
    """Whom a source means.

    Attributes
    ----------
    speaker, affiliation : str or None
    how : str or None
        How the speaker was found; None where there is none.
    anonymous : bool
        Whether it is people who are described, but not named.
    of_many : bool
        Whether a *we* of this speaker's is the speaker itself: a body or a state.
    """

    speaker: str | None = None
    affiliation: str | None = None
    how: str | None = None
    anonymous: bool = False
    of_many: bool = False


NOBODY = Who()


class Sources:
    """Whom the sources of one article mean.

    Parameters
    ----------
    tokens : Tokens
    speech : DataFrame or None
        The article's outermost quotations that are speech.
    table : dict of str to Known
        The analyst's aliases.
    """

    def __init__(
        self, tokens: Tokens, speech: pd.DataFrame | None, table: dict[str, Known]
    ) -> None:
        self._tokens, self._table = tokens, table
        self._sentences = sentences_of(tokens, speech)
        self._actors = Actors(self._sentences)
        self._starts = [] if speech is None else [int(one) for one in speech["start"]]
        self._spoken = who_spoke(self._sentences)
        self._vague = self._introduced_vaguely()

    def who(self, pieces: Pieces, *, within: Who, last: Who) -> Who:
        """Give whom a source means.

        Parameters
        ----------
        pieces : list of (start, end)
            The source's offsets in the text.
        within : Who
            The speaker of the attribution around it, if there is one.
        last : Who
            The speaker of the attribution before.
        """
        found = [self._one(head, within, last) for head in self._heads(pieces)]
        known = [one for one in found if one.speaker]
        who = _joined(known) if found[1:] else next(iter(found), NOBODY)
        printed = " ".join(self._tokens.text[start:end] for start, end in pieces)
        return self._listed([printed], who) or who

    def _heads(self, pieces: Pieces) -> list[int]:
        """Give the nouns of a source; for a role, the name at the source's end.

        So of *the mayor of Rome, Jane Doe*, where the parse does not join the two;
        but not of *a spokesman for Jane Doe*.
        """
        tokens = self._tokens
        heads, inside = heads_of(tokens, pieces), tokens_in(tokens, pieces)
        nouns = [one for one in inside if tokens.tags[one].startswith("NN")]
        if len(heads) != 1 or not nouns or nouns[-1] == heads[0]:
            return heads
        role, name = (self._actors.at(one).mention for one in (heads[0], nouns[-1]))
        before = tokens.tags[name.first - 1] if name.first > inside[0] else ""
        beside = before in (",", "POS", "''") or before.startswith("NN")
        if role.form != "description" or role.kind == "body":
            return heads
        if role.kind == "person" and role.plural:
            return heads
        return [name.head] if _is_person(name) and beside else heads

    def of_quotation(self, contents: Pieces) -> Who:
        """Give who speaks the first quotation in a content, as `speakers` finds it."""
        for start, found in zip(self._starts, self._spoken, strict=True):
            if found.head is None or not any(a <= start < b for a, b in contents):
                continue
            who = self._one(found.head, NOBODY, NOBODY)
            return who._replace(how=found.rule) if who.speaker else who
        return NOBODY

    def _one(self, head: int, within: Who, last: Who) -> Who:
        """Name one actor: by the analyst's table, else by the article."""
        word = self._tokens.words[head].lower()
        if word in _I | _WE:
            return self._first_person(within, many=word in _WE)
        if word in _RELATIVE:
            head = antecedent(self._tokens, head)
        resolved = self._actors.at(head)
        mention = resolved.mention
        who = self._named(head, resolved)
        if mention.form == "document" and resolved.actor is None:
            carried = mention.definite and mention.author is None and last.speaker
            who = last._replace(how="description") if carried else NOBODY
        printed = self._tokens.span(mention.first, mention.last)
        aliases = [] if mention.form == "pronoun" else [printed, mention.label]
        label = resolved.actor.label if resolved.actor is not None else None
        return self._listed([*aliases, label, who.speaker], who) or who

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
        return Who(
            state or actor.label,
            actor.affiliation,
            resolved.how if actor.words or resolved.how != "name" else AS_PRINTED,
            anonymous=unnamed and vague,
            of_many=actor.kind != "person",
        )

    def _first_person(self, within: Who, *, many: bool) -> Who:
        """Give whom *I* and *we* mean in the words of `within`."""
        if within.speaker is None or (many and not within.of_many):
            ours = within.affiliation if many else None
            if ours is None:
                return NOBODY
            who = Who(ours, state_of(ours), FIRST_PERSON, of_many=True)
            return self._listed([ours], who) or who
        return within._replace(how=FIRST_PERSON)

    def _listed(self, aliases: Sequence[str | None], who: Who) -> Who | None:
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

    def _introduced_vaguely(self) -> set[int]:
        """Collect the people first met as *a man* or *officials*, by identity."""
        found: set[int] = set()
        for mention in self._actors.mentions:
            if mention.form != "description" or mention.kind != "person":
                continue
            if not self._sentences.outside(mention.head):
                continue
            resolved = self._actors.at(mention.head)
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


def _is_person(mention: Mention) -> bool:
    return mention.form == "name" and mention.kind == "person"


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
    return Who(
        BETWEEN_SPEAKERS.join(one.speaker for one in unlike if one.speaker),
        BETWEEN_SPEAKERS.join(affiliations) if whole else None,
        next(way for way in _WEAKEST_FIRST if way in ways),
        anonymous=all(one.anonymous for one in unlike),
        of_many=True,
    )


_WEAKEST_FIRST = (FIRST_PERSON, "pronoun", "description", AS_PRINTED, TABLE, "name")
