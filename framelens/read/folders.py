"""Folders of text files, and tables that name text files beside them."""

from __future__ import annotations

import dataclasses
import os
from collections import Counter
from pathlib import Path

import pandas as pd

from framelens._checks import InputError
from framelens.read.source import Remark, Source, listed, shown
from framelens.read.tables import READERS
from framelens.read.texts import read_text


def read_folder(folder: Path, *, max_bytes: int) -> Source:
    """Read every .txt file in and below `folder`, unless hidden, as one article.

    The identifier is the path below `folder` without the suffix.
    """
    paths, others, closed = _files_below(folder)
    if not paths:
        raise InputError(
            f"no .txt file in the folder {folder}; {_what_is_there(others)}"
        )
    found = _read_files(folder, paths, inside=folder, max_bytes=max_bytes)
    notes = [*_notes_on(others, folder), *found.notes]
    name = f"{folder.resolve().name}/"
    dropped = [*closed, *found.dropped]
    return dataclasses.replace(found, name=name, dropped=dropped, notes=notes)


def read_one(path: Path, *, max_bytes: int) -> Source:
    """Read one .txt file as one article, its stem the identifier."""
    inside = path.resolve().parent  # a link that the analyst names is followed
    return _read_files(path.parent, [path], inside=inside, max_bytes=max_bytes)


def _read_files(
    folder: Path, paths: list[Path], *, inside: Path, max_bytes: int
) -> Source:
    rows, places = [], []
    dropped: list[Remark] = []
    notes: list[Remark] = []
    for path in paths:
        place = path.relative_to(folder).as_posix()
        text = _text_or_drop(inside, path, place, max_bytes, dropped, notes)
        if text is not None:
            rows.append((place[: -len(path.suffix)], text))
            places.append(place)
    table = pd.DataFrame(rows, columns=["article", "text"], dtype=object)
    return Source(paths[0].name, table, places, folder, dropped, notes)


def with_files(source: Source, folder: Path, *, max_bytes: int) -> Source:
    """Fill ``text`` from the files that the ``file`` column of `source` names.

    They lie in its `folder`, or in ``articles`` there. Rows whose file cannot be read
    are dropped; without a column ``article`` the file's name is it, less the suffix.
    """
    dropped, notes = list(source.dropped), list(source.notes)
    texts: list[str | None] = []
    for place, name in zip(source.places, source.table["file"], strict=True):
        where = f"{place} ({shown(name)})" if isinstance(name, str) else place
        try:
            path = _path_named(folder, name)
        except InputError as fault:
            dropped.append((where, str(fault)))
            texts.append(None)
        else:
            texts.append(_text_or_drop(folder, path, where, max_bytes, dropped, notes))
    kept = [text is not None for text in texts]
    table = source.table.assign(text=pd.Series(texts, dtype=object))
    if "article" not in table.columns:
        table["article"] = [str(name).removesuffix(".txt") for name in table["file"]]
    places = [place for place, keep in zip(source.places, kept, strict=True) if keep]
    table = table[pd.Series(kept, dtype=bool)].reset_index(drop=True)
    return Source(source.name, table, places, folder, dropped, notes)


def _text_or_drop(
    folder: Path,
    path: Path,
    place: str,
    max_bytes: int,
    dropped: list[Remark],
    notes: list[Remark],
) -> str | None:
    """Read the text at `path`; what cannot be read is added to `dropped`."""
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            raise InputError("it is a link to a place outside the folder; copy it in")
        text, marked = read_text(path, max_bytes=max_bytes)
    except InputError as fault:
        dropped.append((place, str(fault)))
        return None
    except OSError as fault:
        dropped.append((place, f"the file cannot be read: {fault.strerror}"))
        return None
    if marked:
        notes.append((place, "a byte order mark was removed"))
    return text


def _path_named(folder: Path, name: object) -> Path:
    """Find the file that a table calls `name`, inside `folder`, or say why not."""
    if not isinstance(name, str):
        raise InputError("its 'file' cell names no file")
    places = [folder / name, folder / "articles" / name]
    whole = folder.resolve()
    try:
        inside = [one for one in places if one.resolve().is_relative_to(whole)]
        found = [one for one in inside if one.is_file()]
    except (OSError, ValueError):  # a name that is too long, or holds a NUL byte
        inside, found = places, []
    if found:
        return found[0]
    if places[0] not in inside:
        raise InputError("the file lies outside the folder of the table; copy it in")
    raise InputError("no such file beside the table, nor in 'articles' beside it")


def _files_below(folder: Path) -> tuple[list[Path], list[Path], list[Remark]]:
    """Text files in and below `folder`, other files, and folders that are closed."""
    closed: list[Remark] = []

    def tell(fault: OSError) -> None:
        if Path(fault.filename) == folder:
            raise fault
        place = Path(fault.filename).relative_to(folder).as_posix()
        closed.append((f"{place}/", f"the folder cannot be read: {fault.strerror}"))

    texts: list[Path] = []
    others: list[Path] = []
    for parent, _, names in os.walk(folder, onerror=tell):
        for path in (Path(parent, name) for name in names):
            hidden = any(one.startswith(".") for one in path.relative_to(folder).parts)
            wanted = path.suffix.lower() == ".txt" and not hidden and path.is_file()
            (texts if wanted else others).append(path)
    return sorted(texts), sorted(others), closed


def _what_is_there(others: list[Path]) -> str:
    if not others:
        return "it is empty; name a folder that holds the articles"
    tables = [path.name for path in others if path.suffix.lower() in READERS]
    if tables:
        return f"it holds {listed(tables)}: name that file itself"
    suffixes = Counter(path.suffix or "no suffix" for path in others)
    return f"it holds {listed(sorted(suffixes))} files: save them as .txt in UTF-8"


def _notes_on(others: list[Path], folder: Path) -> list[Remark]:
    """Tell what was passed over, and a table that may have been meant instead."""
    if not others:
        return []
    names = [path.relative_to(folder).as_posix() for path in others]
    some = f"{len(others):,} other file{'s' if len(others) > 1 else ''}"
    notes = [(some, f"not read: {listed(names, limit=3)}")]
    tables = [name for name in names if name.lower().endswith(tuple(READERS))]
    if tables:
        advice = "not read: if it names outlets and dates, read it, not its folder"
        notes.append((tables[0], advice))
    return notes
