"""Agencies: where an article says that a news agency wrote it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from framelens._checks import InputError, require_columns
from framelens._lists import read_list
from framelens.annotate.spans import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

OPENING, ENDING = 600, 80
"""Code points at the start and the end of a text in which agencies are sought."""

COLUMNS = ["agency", "written"]
"""What a table of agencies has."""


class Named(NamedTuple):
    """An agency, where it is named (dateline, byline or ending), start and end."""

    agency: str
    place: str
    start: int
    end: int


@dataclass(frozen=True)
class Agencies:
    """Agencies, by what each is called, and the patterns that find them."""

    names: Mapping[str, frozenset[str]]
    dateline: re.Pattern[str]
    byline: re.Pattern[str]
    ending: re.Pattern[str]

    @classmethod
    def of(cls, names: Mapping[str, frozenset[str]]) -> Agencies:
        """Make the patterns of agencies, given all ways of writing each."""
        anyone = "|".join(sorted(map(re.escape, chain(*names.values()))))
        return cls(
            names,
            re.compile(
                rf"^[ \t]*(?:[^\n()]{{1,60}}\((?P<in_brackets>{anyone})\)"
                rf"|\((?P<alone>{anyone})\)|(?P<bare>{anyone}))"
                r"[ \t]*(?:--|[–—:]|-[ \t])",
                re.MULTILINE,
            ),
            re.compile(
                r"^[ \t]*(?:(?:By|BY|From|Source:)[ \t](?:[^\n.]{0,60}?[ ,/|])??"
                rf"(?P<by>{anyone})|(?P<line>{anyone}))[ \t]*$",
                re.MULTILINE,
            ),
            re.compile(
                rf"(?:\((?P<in_brackets>{anyone})\)"
                rf"|(?:--|[–—]|\n)[ \t]*(?P<after>{anyone}))[.\s]*\Z"
            ),
        )

    def called(self, written: str) -> str:
        """Give what the agency is called that is written so."""
        return next(name for name, ways in self.names.items() if written in ways)

    def is_agency(self, outlet: object, agency: str) -> bool:
        """Whether an outlet is this agency itself: "Associated Press" is "AP"."""
        if not isinstance(outlet, str):
            return False
        return outlet.strip().casefold() in map(str.casefold, self.names[agency])


KNOWN = Agencies.of(
    {name: frozenset(ways) for name, ways in read_list("agencies")["written"].items()}
)
"""Those that the package knows."""


def known_agencies(further: Iterable[str] | pd.DataFrame) -> Agencies:
    """Add agencies: names, or a table ``agency, written``; found in capitals too."""
    names = dict(KNOWN.names)
    for agency, written in _rows(further):
        ways = {agency, written, agency.upper(), written.upper()}
        names[agency] = names.get(agency, frozenset()) | ways
    return Agencies.of(names)


def _rows(further: Iterable[str] | pd.DataFrame) -> list[tuple[str, str]]:
    """Give each agency, and one way of writing it."""
    if isinstance(further, pd.DataFrame):
        require_columns(further, COLUMNS, of="agencies")
        rows = list(rows_of(further, *COLUMNS))
    elif isinstance(further, str):
        raise InputError(
            f"agencies is a list of names or a table; found one text, {further!r}. "
            f"Give [{further!r}]."
        )
    else:
        rows = [(name, name) for name in further]
    wrong = [
        name
        for name in chain(*rows)
        if not (isinstance(name, str) and any(map(str.isalpha, name)))
    ]
    if wrong:
        raise InputError(
            "agencies are named by texts that hold a letter; found "
            f"{wrong[0]!r}. Leave it out, or write the name as articles print it."
        )
    return [(agency.strip(), written.strip()) for agency, written in rows]


def agency_named(text: str, known: Agencies = KNOWN) -> Named | None:
    """Say which agency a text gives as its author.

    The first in a dateline, a byline or at the very end. What is only cited ("Reuters
    reported"), or credited with a picture, is none.

    >>> agency_named("LUSE (Reuters) - The dam held.")
    Named(agency='Reuters', place='dateline', start=6, end=13)
    >>> agency_named("The dam held, Reuters reported.")
    """
    opening, shift = text[:OPENING], max(0, len(text) - ENDING)
    for pattern, place, part, moved in (
        (known.dateline, "dateline", opening, 0),
        (known.byline, "byline", opening, 0),
        (known.ending, "ending", text[shift:], shift),
    ):
        match = pattern.search(part)
        if match and (name := match.lastgroup):
            start, end = match.span(name)
            agency = known.called(match[name])
            return Named(agency, place, start + moved, end + moved)
    return None
