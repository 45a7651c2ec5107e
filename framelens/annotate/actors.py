"""Actors: whom the ledger's speakers mean in the whole corpus, and of what type."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from framelens._lists import read_list
from framelens._wording import BETWEEN_SPEAKERS
from framelens.annotate.actor_nouns import state_of
from framelens.annotate.affiliations import (
    chamber_of,
    is_media,
    named_owner,
    own_affiliation,
)
from framelens.annotate.names import describes, name_words, read_name
from framelens.annotate.offices import described, served
from framelens.annotate.source_types import source_type_of
from framelens.annotate.spans import rows_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    _Told = tuple[str | None, str | None, str | None, bool, str | None]

UNNAMED = "unnamed"
"""The kind of people who are described and never named."""

_SPEAKER = ("article", "speaker", "speaker_kind", "source_type", "anonymous")
_TOLD = ("resolved_by", "sure", "source_text", "affiliation")
_JOINED = re.compile(r"\b(?:and|or)\b|&")
_AIDE_TO = re.compile(r"[a-z][a-z -]* to [A-Z]")
_BACK = ("pronoun", "description", "first person")


class Meant(NamedTuple):
    """Whom a name means in the corpus, and what all articles tell of them."""

    actor: str
    sure: bool
    kind: str | None = None
    source_type: str | None = None
    affiliation: str | None = None


def with_actors(
    rows: pd.DataFrame, names: pd.DataFrame, actors: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Add ``actor`` to the rows of a ledger, and complete what follows from it.

    `names`: as `framelens.align.people.names` gives them. ``speaker_kind``,
    ``source_type`` and ``affiliation`` are filled from what all articles tell of the
    actor; ``sure`` is taken back where the name may mean somebody else. Names that the
    analyst's table of `actors` has for them stay as they are.
    """
    stated = frozenset() if actors is None else frozenset(actors["actor"].dropna())
    known = {
        (article, name): Meant(*rest)
        for article, name, *rest in rows_of(
            *(names, "article", "name", "actor", "sure", "kind"),
            *("source_type", "affiliation"),
        )
    }
    asked = list(rows_of(rows, *_SPEAKER, *_TOLD))
    told = _with_descriptions(asked, [_row(row, known, stated) for row in asked])
    columns = ("actor", "speaker_kind", "source_type", "sure", "affiliation")
    cells = dict(
        zip(columns, zip(*told, strict=True) if told else [()] * 5, strict=True)
    )
    return rows.assign(
        **{
            name: pd.Series(
                cells[name], index=rows.index, dtype=bool if name == "sure" else object
            )
            for name in columns
        }
    )


def _row(
    row: tuple[object, ...],
    known: Mapping[tuple[str, str], Meant],
    stated: frozenset[str],
) -> _Told:
    """Give the actor, kind, source type, sureness and affiliation of one row."""
    article, speaker, kind, own, anonymous, how, sure, source, affiliation = row
    if not isinstance(speaker, str) or not isinstance(article, str):
        return None, _text(kind), _text(own), bool(sure), _text(affiliation)
    parts = _apart(speaker.split(BETWEEN_SPEAKERS), source)
    meant = [_meant(article, part, _text(kind), known) for part in parts]
    meant = [
        one._replace(actor=part) if part in stated else one
        for part, one in zip(parts, meant, strict=True)
    ]
    certain = bool(sure) and all(one.sure for one in meant)
    if certain and isinstance(source, str) and read_name(source).kind == "word":
        bare = known.get((article, key_of(source)))
        untitled = len(source.split()) == len(name_words(source)) == 1
        certain = bare is None or bare.sure or not untitled
    back = how in _BACK or not isinstance(source, str) or parts[1:]
    described = [None] if back else [_text(source), None]
    types = {
        one.source_type
        or next(
            (
                told
                for words in described
                if (told := _described(part, words, one.kind, bool(anonymous)))
            ),
            None,
        )
        for part, one in zip(parts, meant, strict=True)
    }
    kinds = {one.kind for one in meant}
    whole = kinds.pop() if len(kinds) == 1 else "group"
    stated_own = _text(affiliation) if {*parts} <= stated else None
    owner = stated_own or _owner(
        article, parts, meant, whole, _text(affiliation), described[0], known
    )
    return (
        BETWEEN_SPEAKERS.join(dict.fromkeys(one.actor for one in meant)),
        whole,
        _text(own) or (types.pop() if len(types) == 1 else None),
        certain,
        owner,
    )


_RACE = " campaign"


def _with_descriptions(
    rows: list[tuple[object, ...]], told: list[_Told]
) -> list[_Told]:
    """Add for whom people speak whom their article calls by an office: *the nominee*.

    That somebody runs for an office outweighs another office; the rest only fills.
    """
    called: dict[tuple[object, str | None], str] = {}
    keys = [(row[0], one[0]) for row, one in zip(rows, told, strict=True)]
    for row, one, key in zip(rows, told, keys, strict=True):
        how, source = row[5], row[7]
        if how != "description" or one[1] != "person" or not isinstance(source, str):
            continue
        office = described(source)
        if office.candidate:
            called[key] = f"{one[0]}{_RACE}"
        elif office.owner and not office.former:
            owner = named_owner(office.owner)
            if owner is not None:
                called.setdefault(key, owner)
    return [
        (*one[:4], called[key])
        if key in called
        and (one[4] is None or (called[key].endswith(_RACE) and not state_of(one[4])))
        else one
        for one, key in zip(told, keys, strict=True)
    ]


def _owner(
    article: str,
    parts: list[str],
    meant: list[Meant],
    kind: str | None,
    parsed: str | None,
    source: str | None,
    known: Mapping[tuple[str, str], Meant],
) -> str | None:
    """Give the state or body for which the speakers of one row speak.

    What the names tell; else, of bodies, what they belong to; of people who are not
    named, what describes them; failing all, the parse.
    """
    owners = [one.affiliation for one in meant]
    if all(one is not None for one in owners):
        return BETWEEN_SPEAKERS.join(dict.fromkeys(filter(None, owners))) or None
    if kind == "state":
        return parsed or meant[0].actor
    alone = len(meant) == 1
    unnamed = describes(parts[0]) or _AIDE_TO.match(parts[0]) is not None
    body = kind == "body" or (kind is None and not unnamed) or is_media(parts[0])
    if alone and body:
        return own_affiliation(meant[0].actor) or parsed
    if alone and unnamed:
        told = described(parts[0])
        told = told if told.tells or source is None else described(source)
        if told.former:
            return None
        if told.head:
            return known[article, ""].affiliation if (article, "") in known else None
        if told.chamber:
            return chamber_of(told.state, told.chamber)
        served_by = known.get((article, key_of(told.owner))) if told.owner else None
        if served_by is not None and served_by.kind == "person":
            return served(served_by.actor, served_by.affiliation)
        if told.owner:
            return named_owner(told.owner)
    theirs = {*name_words(parts[0])} >= {*name_words(parsed or "")}
    if parsed is None or theirs or (article, key_of(parsed)) in known:
        return None
    return named_owner(parsed)


def _apart(parts: list[str], source: object) -> list[str]:
    """Leave out roles that only say who the one person named is: *Orr, a lawyer*."""
    named = [part for part in parts if not describes(part)]
    joined = isinstance(source, str) and _JOINED.search(source)
    one = len(named) == 1 < len(parts) and not joined
    one = one and read_name(named[0]).kind == "person"
    return named if one else parts


def _meant(
    article: str,
    speaker: str,
    kind: str | None,
    known: Mapping[tuple[str, str], Meant],
) -> Meant:
    """Give whom one speaker means; themselves where nothing else is known."""
    read = read_name(speaker)
    described_by = read.kind == "description" or _AIDE_TO.match(speaker)
    if described_by or kind in ("state", "document"):
        unnamed = kind == "person" and bool(described_by)
        return Meant(speaker, sure=True, kind=UNNAMED if unnamed else kind)
    words = key_of(speaker).split()
    ends = range(len(words) if read.kind in ("person", "word") else 1)
    tails = (known.get((article, " ".join(words[first:]))) for first in ends)
    tails = (it for it in tails if it and (kind != "body" or it.kind == "person"))
    found = next(tails, None)  # of Key Orr: Orr
    if found is not None:
        person = found.kind == "person" and kind in (None, "body")
        return found._replace(kind="person" if person else kind)
    return Meant(_body(speaker), sure=True, kind=kind)


def _described(
    speaker: str, source: str | None, kind: str | None, anonymous: bool
) -> str | None:
    """Give the source type that a row's own words tell."""
    if kind in ("body", "state"):
        return source_type_of(speaker, kind=kind)
    words = speaker if source is None else source
    if read_name(speaker).kind in ("person", "word"):
        words = words.replace(speaker, "")
    elif kind is None:
        return None  # the federal budget
    return source_type_of(words, kind=kind, anonymous=anonymous)


def key_of(name: str) -> str:
    """Give the form in which names are looked up: without titles and particles.

    >>> key_of("President Ann van Orr"), key_of("the UN"), key_of("Herald's Ann Orr")
    ('ann orr', 'un', 'ann orr')
    """
    _, of, owned = name.replace("’", "'").rpartition("'s ")
    read = read_name(owned)
    if not of or read.kind != "person":
        read = read_name(name)
    return " ".join([*read.words, *filter(None, [read.suffix])])


def _body(speaker: str) -> str:
    """Give the one name of a body that has several: *the Pentagon*."""
    words = name_words(speaker)
    plain = " ".join(words)
    own = " ".join(word for word in words if state_of(word.upper()) != _OWNER)
    return _bodies().get(plain) or _bodies().get(own) or speaker


_OWNER = "United States"
"""The state whose bodies `metonyms.toml` has without its name."""


@cache
def _bodies() -> dict[str, str]:
    """Give the name of each body by its other names, as they are compared."""
    found: dict[str, str] = {}
    for name, others in read_list("metonyms")["bodies"].items():
        found |= {" ".join(name_words(one)): name for one in (name, *others)}
    return found


def _text(cell: object) -> str | None:
    return cell if isinstance(cell, str) and cell else None
