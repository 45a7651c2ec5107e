"""The arguments of every verb, and what follows where something is measured."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from framelens._checks import InputError, require_known
from framelens._declared import Measure, whole_number
from framelens._zones import ZONES

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Mapping

    import pandas as pd

    from framelens._declared import Declared, Option
    from framelens.cli.output import Table
    from framelens.compare import Contrast

WAYS = ("attributions", "marks")
"""How voices are found: by the attribution model, or by quotation marks alone."""

FINER = 1.25
"""How much finer, or coarser, events are where no number is given."""

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
    """Whether quotation marks are enough: asked for, or all that makes a difference."""
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
) -> dict[str, Table]:
    """Give what is to be written of a result, by the ending of the file's name."""
    if declared.tables is not None:
        return {**declared.tables(result, options)}
    from framelens.measure.counts import in_parts

    counted = isinstance(declared, Measure)
    return {"": in_parts(result) if counted else result.table}


def with_reported(result: Contrast) -> pd.DataFrame:
    """Put the count with reported speech added beside that of the own voice."""
    if result.with_indirect is None:
        return result.table
    others = [name for name in result.with_indirect if name not in result.table]
    return result.table.join(result.with_indirect[others])


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


_FILE = "where to write; the suffix .parquet, .csv or .jsonl is the format"
_WAYS = (
    "attributions (default): own, direct and indirect, found by the attribution "
    "model, a fifth of a second for a new article; marks: direct and rest, by "
    "quotation marks alone, for large corpora"
)
_SAME = (
    "; where single words are compared in all voices, in direct or in rest, the marks "
    "give the same numbers and are used by themselves"
)


def add_source(parser: ArgumentParser) -> None:
    """Add the arguments of `read`."""
    parser.add_argument(
        "source",
        metavar="SOURCE",
        nargs="+",
        help="tables, documents, pages, exports of databases, folders or archives",
    )
    add_reading(parser)
    parser.add_argument("--out", required=True, metavar="FILE", help=_FILE)


def add_articles(parser: ArgumentParser) -> None:
    """Add what every verb but `read` begins with."""
    parser.add_argument(
        "articles", metavar="ARTICLES", help="whatever the verb `read` takes or writes"
    )
    add_reading(parser)
    parser.add_argument("--actors", metavar="FILE", help="your table of actors")
    parser.add_argument(
        "--events",
        metavar="FILE",
        help="your table of events (article, event), as the verb events writes it: "
        "takes the place of the events of these articles",
    )
    parser.add_argument(
        "--workers",
        type=whole_number,
        metavar="N",
        help="processes (default: a core each that is left free, if it is worth it)",
    )


def add_store(parser: ArgumentParser) -> None:
    """Add the folder that keeps what is computed."""
    parser.add_argument(
        "--store",
        metavar="DIR",
        help="a folder that keeps what is computed for the next run (default: what "
        "FRAMELENS_STORE names, else none)",
    )


def add_reading(parser: ArgumentParser) -> None:
    """Add how articles are read."""
    parser.add_argument(
        "--columns",
        type=_columns,
        metavar="YOURS=OURS,...",
        help="names of your columns, such as body=text,id=article",
    )
    parser.add_argument(
        "--date-format",
        metavar="FORM",
        help="how your dates are written, such as %%d/%%m/%%Y, where nothing tells",
    )
    parser.add_argument(
        "--folders",
        type=lambda names: [name.strip() for name in names.split(",")],
        metavar="NAME,...",
        help="what the names of folders are, such as outlet,event",
    )
    parser.add_argument(
        "--repair",
        action="store_true",
        help="mend mojibake, HTML, hidden characters, ligatures and look-alikes",
    )
    parser.add_argument(
        "--max-bytes",
        type=whole_number,
        metavar="N",
        help="drop texts longer than this (default 10000000)",
    )


def add_annotate(parser: ArgumentParser) -> None:
    """Add the arguments of `annotate`."""
    add_articles(parser)
    parser.add_argument(
        "--out",
        required=True,
        metavar="STORE",
        help="a folder of Parquet, made if new; what is there and unchanged stays",
    )
    parser.add_argument(
        "--layers",
        type=lambda names: [name.strip() for name in names.split(",")],
        default=[],
        metavar="NAME,...",
        help="more layers, such as mentions,events; report: all that a report reads",
    )
    parser.add_argument(
        "--part",
        type=_share,
        metavar="I/N",
        help="only the I-th of N shares, as for N jobs at once; then run it once "
        "more without",
    )
    parser.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="a Dask scheduler, such as tcp://host:8786, whose workers see the folder",
    )


def add_tend(parser: ArgumentParser) -> None:
    """Add the arguments of `store`."""
    parser.add_argument("store", metavar="STORE", help="the folder")
    parser.add_argument(
        "--clear",
        choices=("stale", "all"),
        help="take away what nothing would read again, or all",
    )


def add_articles_to_file(parser: ArgumentParser) -> None:
    """Add the arguments of `attributions`."""
    add_articles(parser)
    add_store(parser)
    parser.add_argument("--out", required=True, metavar="FILE", help=_FILE)


def add_events(parser: ArgumentParser) -> None:
    """Add the arguments of `events`."""
    add_articles_to_file(parser)
    size = parser.add_mutually_exclusive_group()
    for name, than in (
        ("finer", "more and smaller events: articles have to be X times as near"),
        ("coarser", "fewer and larger events: articles may be X times as far"),
    ):
        size.add_argument(
            f"--{name}",
            type=_factor,
            nargs="?",
            const=FINER,
            metavar="X",
            help=f"{than} as usual (default {FINER})",
        )


def _add_measure(
    parser: ArgumentParser, known: Mapping[str, Declared], *, more: str = ""
) -> None:
    """Add a measure with its options, and `more` to say of its voices."""
    parser.add_argument("name", metavar="NAME", help=f"one of: {', '.join(known)}")
    add_articles_to_file(parser)
    add_options(parser, known)
    parser.add_argument(
        "--zone",
        choices=ZONES,
        help="count only in headlines, in ledes or below them",
    )
    parser.add_argument("--voices", choices=WAYS, help=_WAYS + more)


def add_measure(parser: ArgumentParser) -> None:
    """Add the arguments of `measure`."""
    _add_measure(parser, measures_and_alignments())


def add_compare(parser: ArgumentParser) -> None:
    """Add the arguments of `compare`."""
    _add_measure(parser, measures(), more=_SAME)
    parser.add_argument("--target", required=True, metavar="A", help="an outlet")
    parser.add_argument(
        "--baseline", required=True, metavar="B", help="the outlet it is set against"
    )
    parser.add_argument(
        "--voice",
        default="all",
        metavar="V",
        help="all (default), own (and with reported speech added), direct, indirect, "
        "quoted (direct and indirect) or rest (own and indirect)",
    )
    parser.add_argument(
        "--min-articles",
        type=whole_number,
        default=5,
        metavar="N",
        help="items in fewer articles are shown and not tested (default 5)",
    )
    _add_units(parser)


def add_self_test(parser: ArgumentParser) -> None:
    """Add the arguments of `self-test`."""
    _add_measure(parser, measures(), more=_SAME)
    parser.add_argument("--outlet", metavar="A", help="one outlet (default: each)")
    parser.add_argument(
        "--splits",
        type=whole_number,
        default=150,
        metavar="N",
        help="unlike halves of each outlet, and random ones (default 150)",
    )
    parser.add_argument(
        "--placebo",
        metavar="COLUMN",
        help="the column to split by (default: author, section and date, as far as "
        "there; date: odd and even weeks)",
    )
    _add_units(parser)


def _add_units(parser: ArgumentParser) -> None:
    """Add what articles are one unit, and which are compared with which."""
    parser.add_argument(
        "--cluster",
        metavar="COLUMN",
        help="articles with the same value are one unit, such as author",
    )
    parser.add_argument(
        "--strata",
        default="genre",
        metavar="COLUMN",
        help="only articles with the same value are compared (default genre)",
    )


def add_report(parser: ArgumentParser) -> None:
    """Add the arguments of `report`."""
    add_articles(parser)
    add_store(parser)
    parser.add_argument(
        "--out", required=True, metavar="DIR", help="a folder, made if new"
    )
    _add_two(parser)
    parser.add_argument(
        "--also",
        nargs="+",
        default=[],
        metavar="KIND",
        help="files beside the page: docx, xlsx, csv, parquet, figures, method",
    )
    parser.add_argument(
        "--pins",
        metavar="FILE",
        help="pinned places: the file of fl.explore, or a CSV (article, start, end)",
    )


def add_watch(parser: ArgumentParser) -> None:
    """Add the arguments of `watch`."""
    add_report(parser)
    parser.add_argument(
        "--since",
        required=True,
        metavar="EARLIER",
        help="the articles of last time: a store, or whatever the verb `read` takes",
    )
    for name, what in (
        ("actor", "a person, body or state to watch; more with another --actor"),
        ("topic", "words to watch, such as 'drone OR drones'; more with another"),
    ):
        parser.add_argument(
            f"--{name}", action="append", default=[], metavar=name.upper(), help=what
        )


def add_findings(parser: ArgumentParser) -> None:
    """Add the arguments of `findings`."""
    add_articles_to_file(parser)
    _add_two(parser)


def _add_two(parser: ArgumentParser) -> None:
    """Add the two outlets that may be named, and how voices are found."""
    parser.add_argument("--target", metavar="A", help="an outlet to compare")
    parser.add_argument("--baseline", metavar="B", help="the outlet it is set against")
    parser.add_argument("--voices", choices=WAYS, help=_WAYS)


def _columns(text: str) -> dict[str, str]:
    pairs = [pair.rpartition("=") for pair in text.split(",")]
    if not all(theirs.strip() and ours.strip() for theirs, _, ours in pairs):
        raise ValueError(text)
    return {theirs.strip(): ours.strip() for theirs, _, ours in pairs}


def _share(text: str) -> tuple[int, int]:
    share, _, of = text.partition("/")
    if not 1 <= int(share) <= int(of):
        raise ValueError(text)
    return int(share), int(of)


_share.__name__ = "I/N"
_columns.__name__ = "YOURS=OURS"  # argparse names the kind of value so


def _factor(text: str) -> float:
    number = float(text)
    if not 1 <= number < math.inf:
        raise ValueError(text)
    return number


_factor.__name__ = "factor of 1 or more"
