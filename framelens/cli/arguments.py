"""The arguments of every verb of the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from framelens._declared import whole_number
from framelens.cli.measuring import (
    WAYS,
    add_options,
    measures,
    measures_and_alignments,
)

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Mapping

    from framelens._declared import Declared

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


def add_folder(parser: ArgumentParser) -> None:
    """Add the arguments of `annotate`."""
    add_articles(parser)
    parser.add_argument(
        "--out", required=True, metavar="DIR", help="a folder, made if new"
    )


def add_articles_to_file(parser: ArgumentParser) -> None:
    """Add the arguments of `events` and `attributions`."""
    add_articles(parser)
    parser.add_argument("--out", required=True, metavar="FILE", help=_FILE)


def _add_measure(
    parser: ArgumentParser, known: Mapping[str, Declared], *, more: str = ""
) -> None:
    """Add a measure with its options, and `more` to say of its voices."""
    parser.add_argument("name", metavar="NAME", help=f"one of: {', '.join(known)}")
    add_articles_to_file(parser)
    add_options(parser, known)
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
        help="all (default), own (with its bounds), direct, indirect, quoted (direct "
        "and indirect) or rest (own and indirect)",
    )


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


def add_report(parser: ArgumentParser) -> None:
    """Add the arguments of `report`."""
    add_folder(parser)
    parser.add_argument("--target", metavar="A", help="an outlet to compare")
    parser.add_argument("--baseline", metavar="B", help="the outlet it is set against")
    parser.add_argument("--voices", choices=WAYS, help=_WAYS)


def _columns(text: str) -> dict[str, str]:
    pairs = [pair.rpartition("=") for pair in text.split(",")]
    if not all(theirs.strip() and ours.strip() for theirs, _, ours in pairs):
        raise ValueError(text)
    return {theirs.strip(): ours.strip() for theirs, _, ours in pairs}


_columns.__name__ = "YOURS=OURS"  # argparse names the kind of value so
