"""QDA projects: passages to code in NVivo, MAXQDA, QualCoder and others, and back.

The exchange format of these programs is REFI-QDA 1.0 [1]_: a zip file with
``project.qde`` and the texts. Each drawn passage is a short source, named by its
``id`` and item, so that no coder sees an outlet or what the machine said; the labels
are codes. What people coded there comes back through `framelens.read_codes`.

.. [1] Rotterdam Exchange Format Initiative (2019). REFI-QDA standard, version 1.0.
   https://www.qdasoftware.org
"""

from __future__ import annotations

import io
import uuid
import zipfile
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pandas as pd
from defusedxml.ElementTree import fromstring

from framelens._checks import InputError

if TYPE_CHECKING:
    from pathlib import Path

ENDING, BOOK_ENDING = ".qdpx", ".qdc"
"""How the names of a project and of a codebook end."""

LABELS = ("yes", "no", "cannot tell")
"""The codes of a project; more can be added in the program."""

APART = " | "
"""What stands between the id of a passage and its item in the name of a source."""

MADE = "2000-01-01T00:00:00Z"
"""The time that everything in a project was made, so that the same passages give the
same file."""

LARGEST = 200_000_000
"""Bytes of ``project.qde`` that are read at most."""

_SPACE, _BOOK = "urn:QDA-XML:project:1.0", "urn:QDA-XML:codebook:1.0"
_OURS = uuid.UUID("6f1d2a3e-7f55-4c0f-9a50-6a3d2f0c9a11")  # names all that we make


@dataclass(frozen=True)
class Code:
    """A code: its name, its description and the codes under it."""

    name: str
    said: str = ""
    codes: tuple[Code, ...] = ()


def project_of(sheet: pd.DataFrame, codebook: Code | None = None) -> bytes:
    """Give the passages of a sheet as a project: ``id, item, text`` and ``label``.

    What the labels mean, and what is coded, comes from `codebook`.
    """
    ET.register_namespace("", _SPACE)
    coder = _guid("user", "coder")
    root = _element(
        None, "Project", name="framelens", origin="framelens",
        creatingUserGUID=coder, creationDateTime=MADE,
    )  # fmt: skip
    _element(_element(root, "Users"), "User", guid=coder, name="coder")
    codes = _element(_element(root, "CodeBook"), "Codes")
    known = () if codebook is None else codebook.codes
    more = [Code(name) for name in LABELS if name not in {one.name for one in known}]
    if known:
        more = [one for one in more if one.name == LABELS[-1]]
    labels = (*known, *more)
    for one in labels if codebook is None else [replace(codebook, codes=labels)]:
        _add_code(codes, one)
    sources, texts = _element(root, "Sources"), {}
    for row in sheet[["id", "item", "text"]].itertuples(index=False):
        name = f"{row.id}{APART}{row.item}"
        guid = _guid("source", name)
        texts[f"sources/{guid}.txt"] = str(row.text)
        _element(
            sources, "TextSource", guid=guid, name=name, creatingUser=coder,
            plainTextPath=f"internal://{guid}.txt", creationDateTime=MADE,
        )  # fmt: skip
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as parts:
        content = ET.tostring(root, encoding="utf-8", xml_declaration=True)
        for path, text in {"project.qde": content, **texts}.items():
            # a fixed day: the same passages give the same bytes
            place = zipfile.ZipInfo(path, (2000, 1, 1, 0, 0, 0))
            data = text if isinstance(text, bytes) else text.encode("utf-8", "replace")
            parts.writestr(place, data, zipfile.ZIP_DEFLATED)
    return held.getvalue()


def sheet_of(path: Path) -> pd.DataFrame:
    """Read what was coded in a project: ``id, item, label, note, coder``, a row each.

    A code counts for the whole passage, wherever in it it was set. Of two different
    codes of one coder both are rows, which `read_codes` refuses by name.

    Raises
    ------
    InputError
        If the file is no project, or holds none of our passages.
    """
    root = _root(path)
    space = root.tag[: root.tag.index("}") + 1] if "}" in root.tag else ""
    names = {one.get("guid"): one.get("name") for one in root.iter(f"{space}Code")}
    users = {one.get("guid"): one.get("name") for one in root.iter(f"{space}User")}
    rows: list[tuple[Any, ...]] = []
    for source in root.iter(f"{space}TextSource"):
        id_, apart, item = str(source.get("name")).partition(APART)
        if not apart:
            continue  # a document of the coder's own
        found = {
            (names.get(code.get("targetGUID")), users.get(coding.get("creatingUser")))
            for coding in source.iter(f"{space}Coding")
            for code in coding.iter(f"{space}CodeRef")
        }
        rows += [
            (id_, item, label, None, coder) for label, coder in sorted(found, key=str)
        ] or [(id_, item, None, None, None)]
    if not rows:
        raise InputError(
            f"{path.name} holds no passage of a sample: sources are named by id and "
            "item; write the sample as .qdpx, and code that"
        )
    return pd.DataFrame(rows, columns=["id", "item", "label", "note", "coder"])


def book_of(code: Code) -> bytes:
    """Give a code, with those under it, as a codebook."""
    ET.register_namespace("", _BOOK)
    root = _element(None, "CodeBook", space=_BOOK, origin="framelens")
    _add_code(_element(root, "Codes", space=_BOOK), code, space=_BOOK)
    made: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return made


def codes_of(path: Path) -> list[Code]:
    """Read the codes of a codebook, or of a project.

    Raises
    ------
    InputError
        If the file is neither, or has no code.
    """
    root = _root(path)
    space = root.tag[: root.tag.index("}") + 1] if "}" in root.tag else ""
    book = next(root.iter(f"{space}Codes"), None)

    def read(parent: Any) -> list[Code]:
        return [
            Code(
                str(one.get("name") or ""),
                (one.findtext(f"{space}Description") or "").strip(),
                tuple(read(one)),
            )
            for one in parent.findall(f"{space}Code")
        ]

    codes = [] if book is None else read(book)
    if not codes:
        raise InputError(f"{path.name} holds no code; export the codebook again.")
    return codes


def _add_code(parent: Any, code: Code, space: str = _SPACE) -> None:
    """Add a code and those under it; one with others under it is none to set."""
    made = _element(
        parent, "Code", space=space, guid=_guid("code", code.name), name=code.name,
        isCodable="false" if code.codes else "true",
    )  # fmt: skip
    if code.said:
        _element(made, "Description", space=space).text = code.said
    for one in code.codes:
        _add_code(made, one, space)


def _root(path: Path) -> Any:
    """Open the XML of a project, or of a codebook."""
    try:
        if path.suffix.lower() == BOOK_ENDING:
            if path.stat().st_size > LARGEST:
                raise InputError(f"{path.name} is too large to be read")
            return fromstring(path.read_bytes())
        with zipfile.ZipFile(path) as parts:
            if parts.getinfo("project.qde").file_size > LARGEST:
                raise InputError(f"{path.name}: the project is too large to be read")
            return fromstring(parts.read("project.qde"))
    except (zipfile.BadZipFile, KeyError, ET.ParseError, ValueError) as fault:
        raise InputError(
            f"{path.name} is no REFI-QDA project or codebook ({fault}); export it "
            f"again as {path.suffix.lower()}"
        ) from None
    except OSError as fault:
        raise InputError(
            f"{path.name} cannot be read: {fault.strerror or fault}"
        ) from None


def _element(parent: Any, tag: str, *, space: str = _SPACE, **attributes: str) -> Any:
    """Add an element of the format's own namespace."""
    name = f"{{{space}}}{tag}"
    if parent is None:
        return ET.Element(name, attributes)
    return ET.SubElement(parent, name, attributes)


def _guid(kind: str, name: str) -> str:
    """Name something so that it is named the same in every project."""
    return str(uuid.uuid5(_OURS, f"{kind}:{name}"))
