"""The command line: the verbs of the package, for pipelines and large corpora.

Exit 0: done. Exit 2: the user's input is wrong, and standard error says in one
line what, where and what to do; nothing half-written is left behind.
"""

from __future__ import annotations

import argparse
import os
import sys
import warnings
from typing import TYPE_CHECKING, NoReturn

from framelens import __version__
from framelens._checks import FramelensError
from framelens.cli.verbs import VERBS, say

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]

_EXAMPLES = """\
examples:
  framelens read data/articles.csv --out articles.parquet
  framelens read export.csv --columns body=text,id=article --out articles.csv
  framelens measure terms articles.parquet --order 2 --out pairs.csv
  framelens compare terms articles.parquet --target Daily --baseline Herald \\
      --out words.csv
"""


class _UsageError(Exception):
    """The command line itself is wrong."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise _UsageError(f"{message}; see {self.prog} --help")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb.

    Parameters
    ----------
    arguments : sequence of str, optional
        What follows the program's name; by default those of this process.

    Returns
    -------
    int
        0 when done, 2 when the input is wrong, 130 when interrupted.
    """
    try:
        typed = list(sys.argv[1:] if arguments is None else arguments)
        given = _parser(typed).parse_args(typed)
        with warnings.catch_warnings():
            warnings.simplefilter("always", UserWarning)
            warnings.showwarning = _warn  # type: ignore[assignment]
            VERBS[given.verb].run(given)
        if sys.stdout is not None:
            sys.stdout.flush()
    except (FramelensError, _UsageError) as fault:
        return _fail(str(fault))
    except BrokenPipeError:
        _leave_quietly()
    except OSError as fault:
        where = f"{fault.filename}: " if fault.filename else ""
        return _fail(f"{where}{fault.strerror or fault}")
    except MemoryError:
        return _fail("not enough memory; read the articles in parts")
    except KeyboardInterrupt:
        _fail("interrupted; no half-written file is left")
        return 130
    return 0


def _warn(message: Warning | str, category: type[Warning], *_: object) -> None:
    """Say a warning of ours in one line; those of others are for who writes code."""
    if issubclass(category, UserWarning):
        _fail(str(message))


def _parser(typed: Sequence[str]) -> argparse.ArgumentParser:
    """Build the parser; only a verb that was typed is asked for its arguments."""
    parser = _Parser(
        prog="framelens",
        description="See how outlets frame the same event differently.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument(
        "--version", action="version", version=f"framelens {__version__}"
    )
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    for name, verb in VERBS.items():
        parser_of_verb = verbs.add_parser(
            name, help=verb.help, description=verb.help, allow_abbrev=False
        )
        if name in typed:
            verb.add_arguments(parser_of_verb)
    return parser


def _fail(message: str) -> int:
    """Say in one line what is wrong: line breaks and control signs are written out."""
    line = "".join(
        sign if sign.isprintable() else sign.encode("unicode_escape").decode()
        for sign in " ".join(message.split("\n"))
    )
    say(f"framelens: {line}", to=sys.stderr)
    return 2


def _leave_quietly() -> None:
    """Whoever read our output has gone: let the interpreter not say so at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
