"""Measuring from the command line: what is registered, with its options and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from framelens._checks import InputError, require_known
from framelens._declared import Measure

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Mapping

    import pandas as pd

    from framelens._declared import Declared, Option
    from framelens.compare import Contrast
    from framelens.measure import Counts

WAYS = ("attributions", "marks")
"""How voices are found: by the attribution model, or by quotation marks alone."""

_VOICES = ("all", "direct", "indirect", "own", "quoted", "rest")
_MARKED = ("all", "direct", "rest")
"""Voices that quotation marks tell; their words are the same either way."""


def measures() -> dict[str, Measure]:
    """Give what can be counted."""
    from framelens.measure import MEASURES

    return MEASURES


def measures_and_alignments() -> dict[str, Declared]:
    """Give what can be counted or lined up."""
    from framelens.align import ALIGNMENTS

    return {**measures(), **ALIGNMENTS}


def add_options(parser: ArgumentParser, known: Mapping[str, Declared]) -> None:
    """Add every option that one of several measures takes."""
    options: dict[str, Option] = {}
    texts_of: dict[str, dict[str, list[str]]] = {}
    for name, declared in known.items():
        for option in declared.options:
            options.setdefault(option.flag, option)
            texts = texts_of.setdefault(option.flag, {})
            texts.setdefault(option.help, []).append(name)
    for flag, option in options.items():
        texts = texts_of[flag]
        told = "; ".join(f"{', '.join(names)}: {text}" for text, names in texts.items())
        parser.add_argument(
            flag,
            metavar=option.metavar or "|".join(option.choices) or None,
            help=told.replace("%", "%%"),
        )


def options_of(given: Namespace, known: Mapping[str, Declared]) -> dict[str, Any]:
    """Read the options of the measure that was named, before any article is read."""
    require_known(given.name, known, kind="measure")
    _check_voice(given)
    options = {option.name: option for option in known[given.name].options}
    for declared in known.values():
        for option in declared.options:
            typed = getattr(given, option.name) is not None
            if typed and option.name not in options:
                raise InputError(f"the measure {given.name!r} takes no {option.flag}")
    values = {}
    for name, option in options.items():
        text = getattr(given, name)
        if text is None:
            if option.required:
                raise InputError(
                    f"the measure {given.name!r} needs {option.flag}: {option.help}"
                )
            continue
        if option.choices:
            require_known(text, option.choices, kind=f"choice of {option.flag}")
        try:
            values[name] = option.read(text)
        except ValueError:
            kind = option.read.__name__
            raise InputError(
                f"argument {option.flag}: invalid {kind} value: {text!r}"
            ) from None
    return values


def by_marks(given: Namespace, options: Mapping[str, Any]) -> bool:
    """Whether quotation marks are enough: asked for, or all that makes a difference.

    Words outside them are added up; of longer sequences none runs over a change of
    voice.
    """
    if given.voices is not None:
        return bool(given.voices == "marks")
    declared = measures().get(given.name)
    return (
        given.verb in ("compare", "self-test")
        and declared is not None
        and declared.marks_suffice is not None
        and declared.marks_suffice(options)
        and _voice(given) in _MARKED
    )


def _check_voice(given: Namespace) -> None:
    """Refuse a voice that there is not, or that the marks do not tell."""
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


def tables_of(
    declared: Declared, result: Any, options: Mapping[str, Any]
) -> dict[str, pd.DataFrame]:
    """Give what is to be written of a result, by the ending of the file's name."""
    if declared.tables is not None:
        return declared.tables(result, options)
    counted = isinstance(declared, Measure)
    return {"": with_totals(result) if counted else result.table}


def with_totals(counts: Counts) -> pd.DataFrame:
    """Put n beside k; an article and voice in which nothing counts has k = 0."""
    keys = ["event", "outlet", "article", "voice"]
    both = counts.counts.merge(counts.totals, on=keys, how="outer", sort=False)
    table = both.assign(k=both["k"].fillna(0).astype("int64"))
    return table[[*keys, "item", "k", "n"]]


def with_bounds(result: Contrast) -> pd.DataFrame:
    """Put the other bound of the own voice, reported speech added, beside it."""
    if result.bounds is None:
        return result.table
    others = [name for name in result.bounds if name not in result.table]
    return result.table.join(result.bounds[others])


def with_words(table: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Put the outlet beside each attribution, and the words of its content."""
    names = articles["article"]
    texts = dict(zip(names, articles["text"], strict=True))
    outlets = dict(zip(names, articles["outlet"], strict=True))
    rows = zip(table["article"].tolist(), table["content"].tolist(), strict=True)
    words = [
        " ".join(texts[article][start:end] for start, end in pieces)
        for article, pieces in rows
    ]
    return table.assign(outlet=table["article"].map(outlets), text=words)


def pieces_in_a_cell(pieces: list[list[int]] | None) -> str | None:
    """Write stretches of text in one cell: ``12-30 41-57``."""
    return " ".join(f"{start}-{end}" for start, end in pieces) if pieces else None
