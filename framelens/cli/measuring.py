"""Measuring from the command line: a measure with the options that it takes."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from framelens._checks import InputError, require_known
from framelens.cli.tables import coverage_told, with_passages

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable

    import pandas as pd

    from framelens.measure import Counts

COUNTED: dict[str, frozenset[str]] = {
    "speakers": frozenset({"voices"}),
    "terms": frozenset({"order", "voices"}),
}
"""What can be counted, and the options that each takes."""

LINED_UP: dict[str, frozenset[str]] = {
    "coverage": frozenset({"voices"}),
    "emphasis": frozenset({"voices"}),
    "reuse": frozenset(),
    "statements": frozenset({"voices", "reference"}),
}
"""What lines passages up, and the options that each takes."""

WAYS = ("attributions", "marks")
"""How voices are found: read by the model, or seen by quotation marks alone."""

_VOICES = ("all", "direct", "indirect", "own", "quoted", "rest")
_MARKED = ("all", "direct", "rest")
"""Voices that quotation marks tell; their words are the same either way."""


class LinedUp(NamedTuple):
    """What is written of passages that are lined up, and what is said.

    Attributes
    ----------
    table : DataFrame
    said : list of str
        Lines.
    differences : DataFrame or None
        Of statements: what differs between their printings.
    """

    table: pd.DataFrame
    said: list[str]
    differences: pd.DataFrame | None = None


def check_measure(given: Namespace, *, lines_up: bool = False) -> None:
    """Check what was asked for before anything is loaded, which takes seconds.

    Parameters
    ----------
    given : Namespace
    lines_up : bool, default False
        Whether a measure may line passages up, and not only count.

    Raises
    ------
    UnknownNameError, InputError
        If there is no such measure or voice, or it takes no such option.
    """
    known = COUNTED | LINED_UP if lines_up else COUNTED
    require_known(given.name, known, kind="measure")
    for option in ("order", "voices", "reference"):
        asked = getattr(given, option, None) is not None
        if asked and option not in known[given.name]:
            raise InputError(f"the measure {given.name!r} takes no --{option}")
    _check_voice(given)


def measure_named(given: Namespace) -> Callable[[pd.DataFrame], Counts]:
    """Find the measure, with those options set that it takes.

    Returns
    -------
    callable
        Takes articles.
    """
    from framelens.measure import MEASURES

    measure = MEASURES[given.name]
    options = _options(given)
    if "spoken" in _parameters(measure):
        marks = _by_marks(given)
        return lambda articles: measure(
            articles, spoken=_credited(articles, marks=marks), **options
        )
    if _by_marks(given):
        options["voices"] = "marks"
    return lambda articles: measure(articles, **options)


def lined_up(given: Namespace, articles: pd.DataFrame) -> LinedUp:
    """Line passages up; where voices are read, statements that are only reported too.

    Returns
    -------
    LinedUp
        The rows, those of changes where there is a reference, and what is said.
    """
    from framelens.align import ALIGNMENTS
    from framelens.annotate import attributions
    from framelens.corpus import corpus_of

    line_up = ALIGNMENTS[given.name]
    options, known = _options(given), _parameters(line_up)
    if _by_marks(given) and "voices" in known:
        options["voices"] = "marks"
    if given.voices == "attributions" and "attributions" in known:
        options["attributions"] = attributions(articles)
    source: Any = articles
    if "corpus" in known:
        source = corpus_of(articles, marks_only=_by_marks(given))
    found: Any = line_up(source, **options)
    if given.name == "coverage":
        return LinedUp(with_passages(found), coverage_told(found))
    if "reference" in options:
        return LinedUp(found.changes, [found.caption])
    return LinedUp(found.table, [found.caption], getattr(found, "differences", None))


def _options(given: Namespace) -> dict[str, Any]:
    options: dict[str, Any] = {} if given.order is None else {"order": given.order}
    if getattr(given, "reference", None) is not None:
        options["reference"] = Path(given.reference)
    return options


def _parameters(measure: Callable[..., Any]) -> set[str]:
    return set(inspect.signature(measure).parameters)


def _by_marks(given: Namespace) -> bool:
    """Whether quotation marks are enough: asked for, or all that makes a difference.

    Outside them own and indirect are added up, so that single words come out the
    same; of longer sequences none runs from one voice into another.
    """
    if given.voices is not None:
        return bool(given.voices == "marks")
    return (
        given.name == "terms"
        and given.verb in ("compare", "self-test")
        and given.order in (None, 1)
        and _voice(given) in _MARKED
    )


def _check_voice(given: Namespace) -> None:
    voice = _voice(given)
    require_known(voice, _VOICES, kind="voice")
    if given.voices == "marks" and voice not in _MARKED:
        raise InputError(
            f"--voice {voice} needs --voices attributions: quotation marks do not tell "
            "own from indirect; with them compare direct, or rest, which is both"
        )


def _voice(given: Namespace) -> str:
    """Give the voice that is compared; a test of an outlet by itself adds all up."""
    return str(getattr(given, "voice", "all"))


def _credited(articles: pd.DataFrame, *, marks: bool) -> pd.DataFrame:
    """Tell who says what, a surname as the full name that its event gives."""
    from framelens.annotate import attribution_table, speakers
    from framelens.measure.full_names import with_full_names

    spoken = speakers(articles) if marks else attribution_table(articles)
    return with_full_names(spoken, articles)
