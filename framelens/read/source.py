"""What was found at a source, before it is checked: cells, and where they stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

Remark = tuple[str, str]
"""A place ("articles.csv, line 4") and what is to be said about it."""


@dataclass(frozen=True, eq=False)
class Source:
    """A table as it was found, under the user's own column names.

    `name` is what messages call it; `places`, where each row stands; `folder`, what a
    ``file`` column is followed in; `dropped`, what could not be read at all.
    """

    name: str
    table: pd.DataFrame
    places: list[str]
    folder: Path | None = None
    dropped: list[Remark] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)


def shown(value: object, *, limit: int = 60) -> str:
    """Put `value` in one printable line: line breaks and escapes of others as codes."""
    text = str(value)
    cut = text if len(text) <= limit else text[: limit - 1] + "…"
    return "".join(
        one if one.isprintable() else one.encode("unicode_escape").decode()
        for one in cut
    )


def listed(names: list[str], *, limit: int = 8) -> str:
    """Join `names` by commas; beyond `limit` only how many more: "a, b and 1 more"."""
    more = len(names) - limit
    joined = ", ".join(shown(name) for name in names[:limit])
    return joined if more <= 0 else f"{joined} and {more:,} more"
