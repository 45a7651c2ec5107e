"""Reference: a record of what was said, against which printings are held."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from framelens._checks import InputError
from framelens.align.statements.printed_words import PrintedWords, printed_words
from framelens.annotate.words import word_offsets
from framelens.read import articles_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    Row = tuple[Any, ...]


_NAME = "reference"
_PLACES = {".txt", ".csv", ".jsonl", ".parquet", ".md"}
_LABEL = re.compile(
    r"^[ \t]*(?:[A-Z][A-Z.'’-]+(?:[ \t]+[A-Z][A-Z.'’-]*)*"
    r"|(?:[A-Z][\w.'’-]*[ \t]+){1,4}[A-Z][\w.'’-]*):(?=\s)",
    re.MULTILINE,
)


def reference_table(
    reference: pd.DataFrame | str | Path, articles: Iterable[str]
) -> pd.DataFrame:
    """Read a reference: the text itself, the path of a text file, or a table.

    Parameters
    ----------
    reference : DataFrame, str or Path
        A table needs ``article`` and ``text``, and may have ``event``.
    articles : iterable of str
        Names that it may not bear.

    Returns
    -------
    DataFrame
        The articles contract.

    Raises
    ------
    InputError
        If it is empty, cannot be read, or bears the name of an article.
    """
    if isinstance(reference, Path) and reference.suffix.lower() in (".txt", ".md"):
        try:
            reference = reference.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"the reference {str(reference)!r}: {error}.") from None
    elif isinstance(reference, str) and Path(reference[:300]).suffix in _PLACES:
        raise InputError(
            f"reference {reference[:80]!r} looks like a file; give a Path for a "
            "file, or the text itself."
        )
    if isinstance(reference, str):
        reference = pd.DataFrame({"article": [_NAME], "text": [reference]})
    table = articles_of(reference)
    empty = [name for name, text in _named(table) if not word_offsets(text)]
    if empty or table.empty:
        raise InputError(
            f"the reference {', '.join(empty) or _NAME!r} holds no words; give the "
            "text of a transcript."
        )
    taken = sorted(set(table["article"]) & set(articles))
    if taken:
        raise InputError(
            f"the reference bears the name of an article ({taken[0]!r}); rename one."
        )
    return table


def _named(table: pd.DataFrame) -> Iterator[tuple[str, str]]:
    yield from zip(table["article"].tolist(), table["text"].tolist(), strict=True)


def reference_words(table: pd.DataFrame) -> list[PrintedWords]:
    """Read references as words that all were spoken, without labels ("ORR:")."""
    found = []
    for name, text in _named(table):
        labels = [match.span() for match in _LABEL.finditer(text)]
        spoken = [
            (start, end)
            for start, end in word_offsets(text)
            if not any(first <= start < last for first, last in labels)
        ] or [(0, len(text))]
        found.append(
            printed_words(
                name, text, quoted=[(spoken[0][0], spoken[-1][1])], left_out=labels
            )
        )
    return found
