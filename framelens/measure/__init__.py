"""Measures: each turns a corpus into counts that add up, one idea per module.

A measure is declared once, beside its function, and registered here. The command
line, the report and the self-test read the register, and list no measure of their own.
"""

from __future__ import annotations

from framelens._checks import InputError
from framelens._declared import Measure, Option
from framelens.measure.accuracy import attribution_accuracy
from framelens.measure.counts import Counts, combine
from framelens.measure.doubt import DOUBT, doubt
from framelens.measure.emphasis import EMPHASIS, Emphasis, emphasis
from framelens.measure.headlines import HEADLINES, Headlines, headlines
from framelens.measure.labels import LABELS, Labels, labels
from framelens.measure.portrait import Portrait, portrait
from framelens.measure.roles import ROLES, Roles, roles
from framelens.measure.sourcing import SOURCING, Sourcing, sourcing
from framelens.measure.speakers import SPEAKERS, cues_table, speakers, speakers_table
from framelens.measure.terms import TERMS, terms
from framelens.measure.tone import TONE, tone
from framelens.measure.words import WORDS, words

__all__ = [
    "MEASURES",
    "Counts",
    "Emphasis",
    "Headlines",
    "Labels",
    "Measure",
    "Option",
    "Portrait",
    "Roles",
    "Sourcing",
    "attribution_accuracy",
    "combine",
    "cues_table",
    "doubt",
    "emphasis",
    "headlines",
    "labels",
    "portrait",
    "register",
    "roles",
    "sourcing",
    "speakers",
    "speakers_table",
    "terms",
    "tone",
    "words",
]

MEASURES: dict[str, Measure] = {
    measure.name: measure
    for measure in (
        *(SPEAKERS, TERMS, WORDS, EMPHASIS, ROLES, DOUBT, SOURCING, TONE),
        *(LABELS, HEADLINES),
    )
}
"""Every measure by its name. Add one with `register`."""


def register(measure: Measure) -> Measure:
    """Add a measure to `MEASURES`, for the command line, the report and the self-test.

    Parameters
    ----------
    measure : Measure

    Returns
    -------
    Measure
        The same.

    Raises
    ------
    InputError
        If there is a measure of that name, or one for the report cannot do without
        an option, which the report would not know.
    """
    if MEASURES.get(measure.name, measure) is not measure:
        raise InputError(f"there is a measure {measure.name!r} already; name it anew")
    if measure.in_report and measure.required:
        raise InputError(
            f"the measure {measure.name!r} needs {measure.required[0].flag}, which a "
            "report cannot give it; declare it with in_report=False"
        )
    MEASURES[measure.name] = measure
    return measure
