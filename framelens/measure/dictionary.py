"""Dictionaries: an analyst's own categories of words, in the forms they come in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from io import StringIO
from pathlib import Path
from typing import Any

import pandas as pd

from framelens._checks import InputError, MissingPartError, require_columns

NESTED = "."
"""What parts the names of nested categories, as in quanteda: ``law.courts``."""

Source = Mapping[str, Any] | pd.DataFrame | str | Path


def read_dictionary(source: Source) -> dict[str, list[str]]:
    """Read a dictionary, and lay nested categories flat: patterns by category.

    It is ``{"law": ["court*", "judge"]}``, also nested; a table ``category, pattern``;
    or a file: ``.csv`` of such a table; ``.yml`` or ``.yaml`` with nested lists, as
    quanteda writes them; ``.dic`` as LIWC writes it: categories with their numbers
    between two lines of ``%``, then a word and the numbers of its categories on each
    line.

    >>> read_dictionary({"law": {"courts": ["judge", "court*"], "crime": "theft"}})
    {'law.courts': ['judge', 'court*'], 'law.crime': ['theft']}
    """
    if isinstance(source, pd.DataFrame):
        pairs = _rows(source)
    elif isinstance(source, Mapping):
        pairs = _flat(source, "")
    else:
        path = Path(source)
        if path.suffix.lower() not in _READERS:
            raise InputError(
                f"the dictionary {str(path)!r} is in no known form; its name ends in "
                f"{', '.join(_READERS)}"
            )
        pairs = _READERS[path.suffix.lower()](path)
    categories: dict[str, list[str]] = {}
    for category, pattern in pairs:
        patterns = categories.setdefault(category, [])
        if pattern not in patterns:
            patterns.append(pattern)
    if not categories:
        raise InputError("the dictionary has no category with a word")
    return categories


def _text(path: Path) -> str:
    """Read a file."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as fault:
        raise InputError(f"the dictionary {str(path)!r}: {fault.strerror}") from None
    except UnicodeDecodeError:
        raise InputError(
            f"the dictionary {str(path)!r} is not in UTF-8; save it so"
        ) from None


def _rows(table: pd.DataFrame) -> Iterable[tuple[str, str]]:
    """Read a table of categories and patterns; blank lines are passed over."""
    require_columns(table, ["category", "pattern"], of="the dictionary")
    table = table[["category", "pattern"]].dropna(how="all")
    for row, (category, pattern) in enumerate(table.itertuples(index=False), start=1):
        if not (isinstance(category, str) and isinstance(pattern, str)):
            raise InputError(
                f"the dictionary: row {row} lacks its category or its pattern"
            )
        yield category.strip(), pattern.strip()


def _csv(path: Path) -> Iterable[tuple[str, str]]:
    """Read a table from a file."""
    try:
        table = pd.read_csv(StringIO(_text(path)), dtype=str, keep_default_na=False)
    except ValueError as fault:
        raise InputError(f"the dictionary {str(path)!r}: {fault}") from None
    table.columns = table.columns.str.strip()
    return _rows(table.replace("", None))


def _yaml(path: Path) -> Iterable[tuple[str, str]]:
    """Read nested lists; *no* and *on* stay words."""
    try:
        import yaml
    except ImportError:
        raise MissingPartError(
            "YAML dictionaries need PyYAML: pip install pyyaml"
        ) from None
    try:
        content = yaml.load(_text(path), Loader=yaml.BaseLoader)  # noqa: S506 - texts only
    except yaml.YAMLError as fault:
        raise InputError(f"the dictionary {str(path)!r}: {fault}") from None
    if not isinstance(content, Mapping):
        raise InputError(
            f"the dictionary {str(path)!r} has no categories; write 'law: [court*]'"
        )
    return _flat(content, "")


def _flat(content: object, name: str) -> Iterable[tuple[str, str]]:
    """Walk through nested categories."""
    if isinstance(content, str) and name:
        yield name, content.strip()
    elif isinstance(content, Mapping):
        for key, inner in content.items():
            yield from _flat(inner, f"{name}{NESTED}{key}" if name else str(key))
    elif isinstance(content, Iterable) and not isinstance(content, str):
        for inner in content:
            yield from _flat(inner, name)
    else:
        raise InputError(
            f"the dictionary: {content!r} is no word"
            + (f" of the category {name!r}" if name else ", and in no category")
        )


def _dic(path: Path) -> Iterable[tuple[str, str]]:
    """Read the form of LIWC."""
    lines = [line.strip() for line in _text(path).splitlines()]
    marks = [number for number, line in enumerate(lines) if line == "%"]
    if len(marks) != 2:
        raise InputError(
            f"the dictionary {str(path)!r} lists no categories between two lines of %"
        )
    first, last = marks
    names = {}
    for line in filter(None, lines[first + 1 : last]):
        number, _, name = line.replace("\t", " ").partition(" ")
        names[number] = name.strip()
    for place, line in enumerate(lines[last + 1 :], start=last + 2):
        pattern, numbers = _entry(line)
        unknown = [number for number in numbers if number not in names]
        if unknown or (pattern and not numbers):
            raise InputError(
                f"the dictionary {str(path)!r}, line {place}: "
                + (f"no category {unknown[0]}" if unknown else "no category is named")
            )
        for number in numbers:
            yield names[number], pattern


def _entry(line: str) -> tuple[str, list[str]]:
    """Part a word from the numbers of its categories: by a tab, or by their place."""
    if "\t" in line:
        pattern, _, numbers = line.partition("\t")
        return pattern.strip(), numbers.split()
    parts = line.split()
    count = 0
    while count < len(parts) - 1 and parts[-1 - count].isdigit():
        count += 1
    return " ".join(parts[: len(parts) - count]), parts[len(parts) - count :]


_READERS = {".csv": _csv, ".dic": _dic, ".yml": _yaml, ".yaml": _yaml}
"""What reads each form."""
