"""What is watched: an actor or a topic, and the articles that name it, then and now."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framelens._checks import InputError
from framelens._lists import read_list
from framelens._wording import BETWEEN_SPEAKERS, listed
from framelens.annotate.actor_nouns import state_of
from framelens.read.about import about
from framelens.show.text import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from framelens.corpus import Corpus


@dataclass(frozen=True, eq=False)
class Scope:
    """One thing that is watched, in the new articles and in the earlier ones.

    `name` is empty where all is watched. Then and now the same rule says which articles
    name it: words of a text, never what a model finds.
    """

    name: str
    actor: bool
    new: Corpus
    earlier: Corpus

    @property
    def shown(self) -> str:
        """What sentences call it."""
        return plain(self.name) if self.actor else f"“{plain(self.name)}”"

    @cached_property
    def actor_name(self) -> str:
        """The name of an actor in the ledger: "the US" is the United States."""
        return state_of(self.name, capitals=True) or self.name

    @cached_property
    def places(self) -> pd.DataFrame:
        """Where the new articles name it: ``article, start, end``."""
        return self._places(self.new.articles)

    @cached_property
    def articles(self) -> list[str]:
        """The new articles that name it; all of them where all is watched."""
        return self._naming(self.new.articles, self.places)

    @cached_property
    def before(self) -> list[str]:
        """The earlier articles that name it."""
        there = self.earlier.articles
        return self._naming(there, self._places(there))

    @cached_property
    def ledger(self) -> pd.DataFrame:
        """What the actor, or whoever speaks for it, says now; or what is said of it."""
        ledger = self.new.ledger
        ledger = ledger[ledger["article"].isin(self.articles) & ledger["depth"].eq(0)]
        if not self.actor:
            where = dict(list(self.places.groupby("article")))
            pairs = zip(ledger["article"], ledger["content"], strict=True)
            held = [_holds(content, where[article]) for article, content in pairs]
            return ledger[np.array(held, dtype=bool)]
        return ledger[speaks(ledger, self.actor_name)]

    def _places(self, articles: pd.DataFrame) -> pd.DataFrame:
        if not self.name:
            return pd.DataFrame(columns=["article", "start", "end"])
        if not self.actor:
            return about(articles, self.name).places[["article", "start", "end"]]
        names = "|".join(map(re.escape, names_of(self.actor_name, self.name)))
        pattern = re.compile(rf"(?<!\w)(?:{names})(?!\w)")
        rows = [
            (article, *match.span())
            for article, text in zip(articles["article"], articles["text"], strict=True)
            for match in pattern.finditer(text)
        ]
        return pd.DataFrame(rows, columns=["article", "start", "end"])

    def _naming(self, articles: pd.DataFrame, places: pd.DataFrame) -> list[str]:
        every = articles["article"]
        return every[every.isin(places["article"])].tolist() if self.name else [*every]


def scopes(
    new: Corpus, earlier: Corpus, actors: Sequence[str], topics: Sequence[str]
) -> list[Scope]:
    """Give what is watched; refuse if none of it is named anywhere."""
    given = [(str(name).strip(), True) for name in actors]
    given += [(str(name).strip(), False) for name in topics]
    if any(not name for name, _ in given):
        raise InputError("the name of something to watch is empty; name it.")
    if not given:
        return [Scope("", False, new, earlier)]
    watched = [Scope(*one, new, earlier) for one in dict.fromkeys(given)]
    there = [one for one in watched if one.articles or one.before]
    if not there:
        names = listed(repr(one.name) for one in watched)
        raise InputError(
            f"no article, new or earlier, names {names}; check how the articles write "
            "it."
        )
    return watched


def names_of(actor: str, asked: str) -> list[str]:
    """Give the words by which a text names an actor: of a state its adjectives, too.

    >>> names_of("Iran", "Iran")
    ['Islamic Republic', 'Iranians', 'Iranian', 'Iran']
    """
    others = read_list("states")["states"].get(actor, ([], []))[0]
    plurals = [f"{name}s" for name in others if name.endswith("an")]
    names = dict.fromkeys([actor, asked, *others, *plurals])
    return sorted(names, key=len, reverse=True)


def speaks(ledger: pd.DataFrame, name: str) -> npt.NDArray[np.bool_]:
    """Whether each attribution is of somebody, or of one who speaks for a body."""
    pairs = zip(ledger["actor"], ledger["affiliation"], strict=True)
    found = [
        affiliation == name or name in str(actor or "").split(BETWEEN_SPEAKERS)
        for actor, affiliation in pairs
    ]
    return np.array(found, dtype=bool)


def _holds(content: list[list[int]], places: pd.DataFrame) -> bool:
    """Whether a place stands in one of several stretches."""
    return any(
        bool((places["start"].ge(start) & places["end"].le(end)).any())
        for start, end in content
    )
