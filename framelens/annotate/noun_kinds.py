"""Noun kinds: whether a noun names a person, a body that may speak, or a document.

Read from ``noun_kinds.csv``, which was made from the nouns of WordNet 3.1 [1]_ by their
most frequent meanings; its licence stands at the head of that file.

References
----------
.. [1] Fellbaum (1998), "WordNet: An Electronic Lexical Database", MIT Press.
   https://doi.org/10.7551/mitpress/7287.001.0001
"""

from __future__ import annotations

import csv
from functools import cache, lru_cache
from importlib.resources import files

from framelens.annotate.actor_nouns import BODIES, ROLES

_PLURALS = (
    *(("ies", "y"), ("men", "man"), ("es", ""), ("s", "")),
    *(("ves", "fe"), ("ves", "f"), ("people", "person"), ("children", "child")),
)

_PLURAL_ROLES = {"men", "women", "people"}


@lru_cache(maxsize=65_536)
def noun_kind(noun: str) -> str | None:
    """Say what a noun names.

    Parameters
    ----------
    noun : str
        One word, in lower case, in the singular or the plural.

    Returns
    -------
    str or None
        ``"person"``, ``"body"`` (of people, or a place where a body works),
        ``"document"``, or None for anything else.

    Examples
    --------
    >>> [noun_kind(noun) for noun in ("abbots", "constabulary", "poster", "rain")]
    ['person', 'body', 'document', None]
    """
    found = _known(noun)
    for ending, singular in _PLURALS:
        if found is None and noun.endswith(ending):
            found = _known(noun.removesuffix(ending) + singular)
    return found


def is_plural(noun: str) -> bool:
    """Say whether this is the plural of a noun whose kind is known.

    Parameters
    ----------
    noun : str
        One word, in lower case.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_plural("brewers"), is_plural("princess"), is_plural("rains")
    (True, False, False)
    """
    if noun in _PLURAL_ROLES:
        return True
    return _known(noun) is None and noun_kind(noun) is not None


def _known(noun: str) -> str | None:
    if noun in ROLES:
        return "person"
    if noun in BODIES:
        return "body"
    return _table().get(noun)


@cache
def _table() -> dict[str, str]:
    """Read the table: noun to its kind."""
    text = files("framelens.annotate").joinpath("noun_kinds.csv")
    lines = text.read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return {row["noun"]: row["kind"] for row in rows}
