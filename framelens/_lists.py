"""Lists: words and figures that rules rest on, each in a file that says why."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "lists"
"""One TOML file per list, with ``what`` it holds, ``why`` and its ``source``."""


@cache
def read_list(name: str) -> dict[str, Any]:
    """Give one list with all that its file says of it."""
    with (FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


@cache
@cache
def words_of(name: str, part: str = "words") -> frozenset[str]:
    """Give the words of one list, or of one part of it."""
    return frozenset(read_list(name)[part])
