"""What an article tells of one actor, gathered over its mentions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from framelens.annotate.speakers.nations import state_of

if TYPE_CHECKING:
    from framelens.annotate.speakers.mentions import Mention

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
