"""Agencies: where an article says that a news agency wrote it."""

from __future__ import annotations

import re
from typing import NamedTuple

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

_ANY = "|".join(f"(?:{names})" for names in AGENCIES.values())
_DATELINE = re.compile(
    rf"^[ \t]*(?:[^\n()]{{1,60}}\((?P<in_brackets>{_ANY})\)|\((?P<alone>{_ANY})\)"
    rf"|(?P<bare>{_ANY}))[ \t]*(?:--|[–—:]|-[ \t])",
    re.MULTILINE,
)
_BYLINE = re.compile(
    rf"^[ \t]*(?:(?:By|BY|From|Source:)[ \t](?:[^\n.]{{0,60}}?[ ,/|])??(?P<by>{_ANY})"
    rf"|(?P<line>{_ANY}))[ \t]*$",
    re.MULTILINE,
)
_ENDING = re.compile(
    rf"(?:\((?P<in_brackets>{_ANY})\)|(?:--|[–—]|\n)[ \t]*(?P<after>{_ANY}))[.\s]*\Z"
)


class Named(NamedTuple):
    """An agency, where it is named (dateline, byline or ending), start and end."""

    agency: str
    place: str
    start: int
    end: int


def agency_named(text: str) -> Named | None:
    """Say which agency a text gives as its author.

    Parameters
    ----------
    text : str

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
        (_DATELINE, "dateline", opening, 0),
        (_BYLINE, "byline", opening, 0),
        (_ENDING, "ending", text[shift:], shift),
    ):
        found = pattern.search(part)
        if found and (name := found.lastgroup):
            start, end = found.span(name)
            return Named(_agency(found[name]), place, start + moved, end + moved)
    return None


def _agency(written: str) -> str:
    return next(
        agency for agency, names in AGENCIES.items() if re.fullmatch(names, written)
    )


def is_agency(outlet: object, agency: str) -> bool:
    """Whether an outlet is this agency itself.

    Examples
    --------
    >>> is_agency("Associated Press", "AP"), is_agency("Daily", "AP")
    (True, False)
    """
    return isinstance(outlet, str) and bool(
        re.fullmatch(AGENCIES[agency], outlet.strip(), re.IGNORECASE)
    )
