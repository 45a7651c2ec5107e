"""Agencies: where an article says that a news agency wrote it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from framelens._checks import InputError, require_columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

AGENCIES = {
    "AAP": "AAP|Australian Associated Press",
    "AFP": "AFP|Agence France-Presse",
    "ANSA": "ANSA",
    "AP": "AP|(?:The )?Associated Press",
    "Anadolu": "Anadolu(?: Agency)?",
    "DPA": "DPA|dpa|Deutsche Presse-Agentur",
    "EFE": "EFE",
    "IANS": "IANS",
    "IRNA": "IRNA",
    "Interfax": "Interfax",
    "Kyodo": "Kyodo(?: News)?",
    "PA": "PA(?: Media)?|Press Association",
    "PTI": "PTI|Press Trust of India",
    "Reuters": "Reuters|REUTERS|Thomson Reuters",
    "TASS": "TASS",
    "UPI": "UPI|United Press International",
    "Xinhua": "Xinhua",
    "Yonhap": "Yonhap",
}
"""Agencies, and how they are written."""

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
    """Agencies, and the patterns that find them.

    Attributes
    ----------
    names : dict
        From what an agency is called to the pattern of how it is written.
    dateline, byline, ending : Pattern
    """

    names: Mapping[str, str]
    dateline: re.Pattern[str]
    byline: re.Pattern[str]
    ending: re.Pattern[str]

    @classmethod
    def of(cls, names: Mapping[str, str]) -> Agencies:
        """Make the patterns of agencies."""
        anyone = "|".join(f"(?:{one})" for one in names.values())
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
        names = self.names.items()
        return next(one for one, names in names if re.fullmatch(names, written))

    def is_agency(self, outlet: object, agency: str) -> bool:
        """Whether an outlet is this agency itself.

        Examples
        --------
        >>> KNOWN.is_agency("Associated Press", "AP"), KNOWN.is_agency("Daily", "AP")
        (True, False)
        """
        return isinstance(outlet, str) and bool(
            re.fullmatch(self.names[agency], outlet.strip(), re.IGNORECASE)
        )


KNOWN = Agencies.of(AGENCIES)
"""Those that the package knows."""


def known_agencies(further: Iterable[str] | pd.DataFrame) -> Agencies:
    """Add agencies to those that the package knows.

    Parameters
    ----------
    further : iterable of str or DataFrame
        Names as articles print them, or a table with ``agency`` and ``written``, one
        row for each way in which an agency is printed. A name is found as it is given
        and all in capitals. More ways of writing may be given for a known agency.

    Returns
    -------
    Agencies

    Raises
    ------
    InputError
        If a name is blank or no text, or `further` is one text.
    ColumnError
        If the table lacks a column.

    Examples
    --------
    >>> further = known_agencies(["Coast Wire"])
    >>> agency_named("LUSE (Coast Wire) - The dam held.", further)
    Named(agency='Coast Wire', place='dateline', start=6, end=16)
    """
    names = dict(AGENCIES)
    for agency, written in _rows(further):
        ways = dict.fromkeys([agency, written, agency.upper(), written.upper()])
        pattern = "|".join(re.escape(one) for one in ways)
        names[agency] = f"{names[agency]}|{pattern}" if agency in names else pattern
    return Agencies.of(names)


def _rows(further: Iterable[str] | pd.DataFrame) -> list[tuple[str, str]]:
    """Give each agency, and one way of writing it."""
    if isinstance(further, pd.DataFrame):
        require_columns(further, COLUMNS, of="agencies")
        columns = (further[name].tolist() for name in COLUMNS)
        rows = list(zip(*columns, strict=True))
    elif isinstance(further, str):
        raise InputError(
            f"agencies is a list of names or a table; found one text, {further!r}. "
            f"Give [{further!r}]."
        )
    else:
        rows = [(name, name) for name in further]
    wrong = [one for row in rows for one in row if not _is_name(one)]
    if wrong:
        raise InputError(
            "agencies are named by texts that hold a letter; found "
            f"{wrong[0]!r}. Leave it out, or write the name as articles print it."
        )
    return [(agency.strip(), written.strip()) for agency, written in rows]


def _is_name(value: object) -> bool:
    return isinstance(value, str) and any(map(str.isalpha, value))


def agency_named(text: str, known: Agencies = KNOWN) -> Named | None:
    """Say which agency a text gives as its author.

    Parameters
    ----------
    text : str
    known : Agencies, optional
        Those that are sought.

    Returns
    -------
    Named or None
        The first in a dateline, a byline or at the very end. What is only cited
        ("Reuters reported"), or credited with a picture, is none.

    Examples
    --------
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
        found = pattern.search(part)
        if found and (name := found.lastgroup):
            start, end = found.span(name)
            agency = known.called(found[name])
            return Named(agency, place, start + moved, end + moved)
    return None
