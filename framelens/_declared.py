"""Declarations: what can be measured or lined up, each declared once."""

from __future__ import annotations

import inspect
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from framelens._checks import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    import pandas as pd

    from framelens.corpus import Corpus
    from framelens.measure.counts import Counts

NOT_VALIDATED = "Not validated."
"""What is said of a measure whose error nobody has measured."""

RESERVED = frozenset(
    {
        *("actors", "articles", "baseline", "columns", "date_format", "help"),
        *("max_bytes", "name", "out", "outlet", "placebo", "splits", "target"),
        *("verb", "voice", "voices", "zone"),
    }
)
"""Options that the commands have themselves; a measure cannot declare them again."""


def whole_number(typed: str) -> int:
    """Read a whole number above 0 that was typed."""
    number = int(typed)
    if number < 1:
        raise ValueError(typed)
    return number


whole_number.__name__ = "whole number above 0"  # argparse names the kind of value so


@dataclass(frozen=True)
class Option:
    """One option of a measure: a parameter of its function, ``--name`` in a command.

    `read` makes the value from what was typed, or raises ValueError; without `choices`
    any value will do; `metavar` is what the help shows for it.
    """

    name: str
    help: str
    read: Callable[[str], Any] = str
    metavar: str | None = None
    choices: tuple[str, ...] = ()
    required: bool = False

    @property
    def flag(self) -> str:
        """What is typed: ``--min-words`` for ``min_words``."""
        return "--" + self.name.replace("_", "-")


@dataclass(frozen=True)
class Declared:
    """What the command line and the report know of a function over a corpus.

    `label` is a heading ("Who is heard"); `accuracy`, a sentence that names the set and
    its size, or `NOT_VALIDATED`. ``tables(result, options)`` makes what ``framelens
    measure`` writes, by the end of the file name, "" for the file that was asked for:
    by default the counts with their totals, or ``result.table``. `lines` is what that
    command says of the result, by default its caption.
    """

    name: str
    function: Callable[..., Any] = field(repr=False)
    label: str
    accuracy: str = field(default=NOT_VALIDATED, repr=False)
    options: tuple[Option, ...] = field(default=(), repr=False)
    tables: Callable[[Any, Mapping[str, Any]], dict[str, pd.DataFrame]] | None = field(
        default=None, repr=False
    )
    lines: Callable[[Any], list[str]] | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        parameters = inspect.signature(self.function).parameters
        for option in self.options:
            if option.name not in parameters:
                raise InputError(
                    f"{self.name!r} declares the option {option.name!r}, which its "
                    "function does not take"
                )
            if option.name in RESERVED:
                raise InputError(
                    f"{self.name!r} declares the option {option.name!r}, which the "
                    "commands have themselves; name it otherwise"
                )

    def __call__(
        self, corpus: Corpus | pd.DataFrame | str | Path, **options: Any
    ) -> Any:
        """Give the result for a corpus."""
        return self.function(corpus, **options)

    @property
    def required(self) -> tuple[Option, ...]:
        """Options without which it cannot be called."""
        return tuple(option for option in self.options if option.required)


@dataclass(frozen=True)
class Measure(Declared):
    """A measure: what turns a corpus into counts, declared once.

    Registered with `framelens.measure.register`, it has a place in the command line
    (``measure``, ``compare``, ``self-test``), and in the report if it asks for one.

    Attributes
    ----------
    unit : str
        What is counted, in the plural: "words".
    in_report : bool, default False
        Whether the report has a section of it. Only without required options.
    marks_suffice : function or None
        Given the options, whether quotation marks alone give the same numbers where
        voices are added up to "all", "direct" or "rest".

    Examples
    --------
    >>> from framelens.measure import MEASURES
    >>> MEASURES["terms"].unit, [one.flag for one in MEASURES["terms"].options]
    ('words', ['--order', '--join'])
    """

    unit: str = "words"
    in_report: bool = False
    marks_suffice: Callable[[Mapping[str, Any]], bool] | None = field(
        default=None, repr=False
    )

    if TYPE_CHECKING:

        def __call__(
            self, corpus: Corpus | pd.DataFrame | str | Path, **options: Any
        ) -> Counts: ...
