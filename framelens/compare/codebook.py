"""Codebook: what is coded, what its labels mean, and examples, from a file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from framelens._checks import ColumnError, InputError
from framelens._wording import listed
from framelens.compare.codes import write_whole
from framelens.compare.qda import BOOK_ENDING, ENDING, Code, book_of, codes_of
from framelens.read.source import shown
from framelens.read.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Sequence

LABELS, EXAMPLES = "labels", "examples"
"""The parts of a codebook, as a TOML file and the headings of a Markdown file name
them."""

LARGEST = 1_000_000
"""Bytes of a codebook's text that are read at most."""

EXAMPLE = "Example: "
"""How the line of a code's description begins that is an example, in REFI-QDA."""

_HEADING = re.compile(r"#{1,6}[ \t]+(.*?)[ \t#]*$")
_POINT = re.compile(r"\s*[-*+]\s+(?:\*\*(.+?)\*\*|([^:*]+?))\s*:\s*(.*)$")


@dataclass(frozen=True)
class Codebook:
    """What a coder goes by: the name of what is coded, what it is, labels, examples.

    `labels` has the meaning of each label, `examples` are (text, label).
    """

    name: str = ""
    definition: str = ""
    labels: dict[str, str] = field(default_factory=dict)
    examples: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        return self != Codebook()

    @property
    def markdown(self) -> str:
        """The codebook as a page that people read, and `codebook_of` reads again."""
        parts = [f"# {_line(self.name)}"] if self.name else []
        parts += [self.definition.strip()] if self.definition.strip() else []
        points = {
            LABELS: self.labels.items(),
            EXAMPLES: [(label, text) for text, label in self.examples],
        }
        for heading, rows in points.items():
            if rows:
                lines = [f"- **{_line(label)}**: {_line(text)}" for label, text in rows]
                parts.append(f"## {heading.capitalize()}\n\n" + "\n".join(lines))
        return "\n\n".join(parts) + "\n"

    @property
    def code(self) -> Code:
        """The codebook as one code of REFI-QDA, with a code for each label."""
        made = []
        for label, meaning in self.labels.items():
            mine = [EXAMPLE + _line(text) for text, of in self.examples if of == label]
            made.append(Code(label, "\n".join([meaning, *mine]).strip()))
        rest = [EXAMPLE + _line(text) for text, of in self.examples
                if of not in self.labels]  # fmt: skip
        said = "\n".join([self.definition, *rest]).strip()
        return Code(self.name or "codes", said, tuple(made))

    def write(self, path: str | Path) -> Path:
        """Write the codebook: as Markdown, or for other programs as ``.qdc``.

        Parameters
        ----------
        path : str or Path

        Returns
        -------
        Path
        """
        path = Path(path)
        if path.suffix.lower() == BOOK_ENDING:
            return write_whole(book_of(self.code), path)
        return write_whole(self.markdown.encode("utf-8", "replace"), path)


def codebook_of(source: Any) -> Codebook:
    """Read a codebook: a dict, a file, or the text itself.

    What files there may be is said in `framelens.to_code`. A text that names no file is
    the definition.
    """
    if source is None:
        return Codebook()
    if isinstance(source, Codebook):
        return source
    if isinstance(source, Mapping):
        return Codebook(labels={str(name): str(said) for name, said in source.items()})
    if not isinstance(source, str | Path):
        raise InputError(
            "codebook= is a file, a text, or a dict from label to meaning; found "
            f"{type(source).__name__}."
        )
    path = Path(source)
    a_name = len(str(source)) < 250 and "\n" not in str(source)
    if a_name and path.is_file():
        return _read(path)
    if isinstance(source, Path) or (a_name and path.suffix and " " not in path.name):
        raise InputError(f"no codebook at {shown(source)}; check the path")
    return Codebook(definition=str(source))


def _read(path: Path) -> Codebook:
    """Read a file, by its ending."""
    ending = path.suffix.lower()
    if ending in (BOOK_ENDING, ENDING):
        return _of_codes(codes_of(path))
    if ending not in (".toml", ".md", ".txt"):
        return _of_table(path)
    if path.stat().st_size > LARGEST:
        raise InputError(f"{path.name} is too large for a codebook.")
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    return _of_toml(text, path.name) if ending == ".toml" else _of_markdown(text)


def _of_toml(text: str, name: str) -> Codebook:
    """Read TOML."""
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise InputError(f"{name} is no TOML ({fault}); correct that line.") from None
    known = ("name", "definition", LABELS, EXAMPLES)
    strange = [one for one in found if one not in known]
    if strange:
        raise InputError(
            f"{name} has {listed(strange)}; a codebook has {listed(known)}."
        )
    labels, examples = found.get(LABELS, {}), found.get(EXAMPLES, [])
    if isinstance(labels, list):
        labels = dict.fromkeys(map(str, labels), "")
    fits = isinstance(labels, dict) and isinstance(examples, list)
    fits = fits and all(isinstance(one, dict) and "text" in one for one in examples)
    if not fits:
        raise InputError(
            f'{name}: [labels] has lines such as yes = "what it means", and each '
            "[[examples]] a text and a label."
        )
    return Codebook(
        str(found.get("name", "")).strip(),
        str(found.get("definition", "")).strip(),
        {str(one): str(said) for one, said in labels.items()},
        tuple((str(one["text"]), str(one.get("label", ""))) for one in examples),
    )


def _of_markdown(text: str) -> Codebook:
    """Read Markdown, or any text: what is no label and no example is definition."""
    name, part = "", ""
    definition: list[str] = []
    points: dict[str, list[tuple[str, str]]] = {LABELS: [], EXAMPLES: []}
    for line in text.splitlines():
        heading = _HEADING.match(line)
        point = _POINT.match(line) if part else None
        if heading:
            word = heading[1].strip().lower().rstrip("s:")
            part = next((one for one in points if one.rstrip("s") == word), "")
            if not part and not name and not any(map(str.strip, definition)):
                name = heading[1].strip()
            elif not part:
                definition.append(heading[1].strip())
        elif point:
            points[part].append(((point[1] or point[2]).strip(), point[3].strip()))
        elif part and line.strip() and points[part]:  # goes on on the next line
            label, said = points[part].pop()
            points[part].append((label, f"{said} {line.strip()}"))
        elif not part:
            definition.append(line.rstrip())
    return Codebook(
        name,
        "\n".join(definition).strip(),
        dict(points[LABELS]),
        tuple((said, label) for label, said in points[EXAMPLES]),
    )


def _of_table(path: Path) -> Codebook:
    """Read a table of labels."""
    table = read_table(path).table
    table.columns = pd.Index([str(name).strip().lower() for name in table.columns])
    names = ("meaning", "description", "definition")
    meaning = next((name for name in names if name in table), None)
    if "label" not in table or meaning is None:
        raise ColumnError(
            f"{path.name} is no codebook: it needs the columns 'label' and 'meaning'; "
            f"it has {listed(table.columns)}."
        )
    rows = table[["label", meaning]].fillna("").astype(str)
    return Codebook(
        labels=dict(zip(rows["label"].str.strip(), rows[meaning], strict=True))
    )


def _of_codes(codes: Sequence[Code]) -> Codebook:
    """Read codes: a single one with others under it is what is coded."""
    above = codes[0] if len(codes) == 1 and codes[0].codes else None
    definition, free = _parted(above.said if above else "")
    labels, examples = {}, [(text, "") for text in free]
    for one in above.codes if above else codes:
        labels[one.name], mine = _parted(one.said)
        examples += [(text, one.name) for text in mine]
    name = above.name if above else ""
    return Codebook(name, definition, labels, tuple(examples))


def _parted(said: str) -> tuple[str, list[str]]:
    """Part a description into what a code means and its examples."""
    lines = said.splitlines()
    rest = [line for line in lines if not line.startswith(EXAMPLE)]
    examples = [line for line in lines if line.startswith(EXAMPLE)]
    return "\n".join(rest).strip(), [one.removeprefix(EXAMPLE) for one in examples]


def _line(text: str) -> str:
    """Put a text on one line."""
    return " ".join(text.split())
