"""Invented sentences of which `benchmarks.statement_groups` makes its articles.

They stand in ``benchmarks/statement_sentences``. ``{we|they}`` is the direct and the
indirect form; ``<mend~put right>`` are words that may stand in each other's place;
``[in May]`` may be left out; ``(sold to strangers)`` may stand in quotation marks
alone; a cue may part a statement at ``/``; ``//`` parts its sentences. A block is
subject, statement and, in some, a distractor: a sentence that resembles the statement
and says something else. ``second``, ``held_out`` and ``third`` were held out and scored
once each, on 2026-11-22; what was mended after that was developed on them. ``held_out``
was written before the measure was mended for ``second``; ``third`` by somebody who had
not read the measure, after it was mended for ``held_out``. ``fourth`` and ``fifth``,
each by another author who had not read it either, are held out.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "statement_sentences"


@dataclass(frozen=True, slots=True)
class Texts:
    """What one part of the set is made of; a person is name, office, body, pronoun."""

    outlets: tuple[str, ...]
    towns: tuple[str, ...]
    days: tuple[str, ...]
    people: tuple[tuple[str, str, str, str], ...]
    cues: tuple[str, ...]
    quoting: tuple[str, ...]
    parting: tuple[str, ...]
    reporting: tuple[str, ...]
    presenting: tuple[str, ...]
    narration: tuple[str, ...]
    remarks: tuple[str, ...]
    statements: tuple[str, ...]


def texts_of(name: str) -> Texts:
    """Read one file of sentences.

    Parameters
    ----------
    name : str
        Of a set, as ``development``.

    Returns
    -------
    Texts
    """
    with (FOLDER / f"{name}.toml").open("rb") as file:
        parts: dict[str, Any] = tomllib.load(file)
    blocks = parts.pop("statements").strip().split("\n\n")
    people = tuple(tuple(person) for person in parts.pop("people"))
    return Texts(
        **{
            key: tuple(value if isinstance(value, list) else value.strip().splitlines())
            for key, value in parts.items()
        },
        people=people,
        statements=tuple(" ".join(block.split()) for block in blocks),
    )
