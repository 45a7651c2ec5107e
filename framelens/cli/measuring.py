"""Measuring from the command line: a measure with the options that it takes."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import TYPE_CHECKING, Any

from framelens._checks import InputError, require_known

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable

    import pandas as pd

    from framelens.measure import Counts

WAYS = ("attributions", "marks")
"""How voices are found: read by the model, or seen by quotation marks alone."""

_VOICES = ("all", "direct", "indirect", "own", "quoted", "rest")
_MARKED = ("all", "direct", "rest")
"""Voices that quotation marks tell; their words are the same either way."""


def measure_named(given: Namespace) -> Callable[[pd.DataFrame], Counts]:
    """Find the measure, with those options set that it takes.

    Returns
    -------
    callable
        Takes articles.

    Raises
    ------
    UnknownNameError, InputError
        Before any work, if there is no such measure or voice, or it takes no such
        option.
    """
    from framelens.measure import MEASURES

    require_known(given.name, MEASURES, kind="measure")
    _check_voice(given)
    measure = MEASURES[given.name]
    options = options_of(given, measure)
    if _by_marks(given) and "spoken" in _parameters(measure):
        return lambda articles: measure(articles, spoken=_quoted(articles), **options)
    return lambda articles: measure(articles, **options)


def options_of(given: Namespace, measure: Callable[..., Any]) -> dict[str, Any]:
    """Give the options for a measure.

    Raises
    ------
    InputError
        If it takes no such option.
    """
    known = _parameters(measure)
    for option, names in (
        ("order", {"order"}),
        ("voices", {"voices", "spoken", "attributions"}),
        ("reference", {"reference"}),
    ):
        if getattr(given, option, None) is not None and not names & known:
            raise InputError(f"the measure {given.name!r} takes no --{option}")
    options: dict[str, Any] = {} if given.order is None else {"order": given.order}
    if getattr(given, "reference", None) is not None:
        options["reference"] = Path(given.reference)
    if _by_marks(given) and "voices" in known:
        options["voices"] = "marks"
    return options


def lined_up(given: Namespace, articles: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Line passages up; where voices are read, statements that are only reported too.

    Returns
    -------
    (DataFrame, str)
        The rows, those of changes where there is a reference, and the caption.
    """
    from framelens.annotate import attributions
    from framelens.measure import ALIGNMENTS

    line_up = ALIGNMENTS[given.name]
    options = options_of(given, line_up)
    if given.voices == "attributions" and "attributions" in _parameters(line_up):
        options["attributions"] = attributions(articles)
    found: Any = line_up(articles, **options)
    return found.changes if "reference" in options else found.table, found.caption


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


def _quoted(articles: pd.DataFrame) -> pd.DataFrame:
    from framelens.annotate import speakers

    return speakers(articles)
