"""Files: what lies at a path, alone or in any mixture of folders and archives."""

from __future__ import annotations

import dataclasses
import os
import re
from collections import Counter
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from framelens._checks import InputError
from framelens._progress import followed
from framelens.read.archives import unpacked
from framelens.read.aside import Cells, only
from framelens.read.encodings import decode
from framelens.read.formats import TABLES, in_pieces, read_file, readable, suffix_of
from framelens.read.source import File, Limits, Remark, Source, listed, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_DAY_IN_NAME = re.compile(r"((?:19|20)\d\d-\d\d-\d\d)(?=[-_ .T]|\Z)")


def sources_at(
    path: Path, *, limits: Limits, folders: Sequence[str] | None = None
) -> list[Source]:
    """Read what lies at `path`: a file, or all in and below a folder or archive."""
    if path.is_dir():
        return _read_all(f"{path.resolve().name}/", _Folder(path, limits), folders)
    if path.suffix.lower() == ".zip":
        file = File(path.name, _bytes(path, limits), limits)
        return _read_all(path.name, _Archive(file), folders)
    source = read_file(File(path.name, _content(path, limits), limits, path.parent))
    return [_with_day(source, path.name)]


def stem_of(name: str) -> str:
    """Give the name of a file without the suffix that it is read by."""
    return name[: -len(suffix_of(name))] if readable(name) else name


def _content(path: Path, limits: Limits) -> bytes | Path:
    """Read a file, unless it is larger than the limit or can be read in pieces."""
    if not in_pieces(path.name):
        return _bytes(path, limits)
    _require_size(path, limits)
    with path.open("rb"):  # or say now that it cannot be read
        return path


def _bytes(path: Path, limits: Limits) -> bytes:
    """Read a file, unless it is larger than the limit."""
    _require_size(path, limits)
    return path.read_bytes()


def _require_size(path: Path, limits: Limits) -> None:
    size = path.stat().st_size
    if size > limits.file_bytes:
        raise InputError(
            f"{path.name} has {size:,} bytes, more than the {limits.file_bytes:,} of "
            "one file; split it, or raise limits=Limits(file_bytes=...)"
        )


@dataclasses.dataclass
class _Folder:
    """The files in and below a folder, unless hidden; links must stay inside it."""

    folder: Path
    limits: Limits
    dropped: list[Remark] = dataclasses.field(default_factory=list)
    passed: list[str] = dataclasses.field(default_factory=list)

    def files(self) -> Iterator[File]:
        whole = self.folder.resolve()
        for path in followed(self._paths(), "reading", "file"):
            place = path.relative_to(self.folder).as_posix()
            if not readable(place) and path.suffix.lower() != ".zip":
                self.passed.append(place)
                continue
            try:
                if not path.resolve().is_relative_to(whole):
                    raise InputError(
                        "it is a link to a place outside the folder; copy it in"
                    )
                content = _content(path, self.limits)
            except InputError as fault:
                self.dropped.append((place, str(fault)))
            except OSError as fault:
                reason = f"the file cannot be read: {fault.strerror}"
                self.dropped.append((place, reason))
            else:
                yield File(place, content, self.limits, path.parent)

    def _paths(self) -> list[Path]:
        paths: list[Path] = []
        for parent, below, names in os.walk(self.folder, onerror=self._tell):
            below[:] = [name for name in below if not name.startswith(".")]
            whole = (Path(parent, name) for name in names if not name.startswith("."))
            paths += [path for path in whole if path.is_file()]
        # Tables first: what they name in a column `file` is not read a second time.
        return sorted(
            paths, key=lambda path: (suffix_of(path.name) not in TABLES, path)
        )

    def _tell(self, fault: OSError) -> None:
        if Path(fault.filename) == self.folder:
            raise fault
        place = Path(fault.filename).relative_to(self.folder).as_posix()
        self.dropped.append(
            (f"{place}/", f"the folder cannot be read: {fault.strerror}")
        )


@dataclasses.dataclass
class _Archive:
    """The files in a zip archive; archives inside it are passed over."""

    archive: File
    dropped: list[Remark] = dataclasses.field(default_factory=list)
    passed: list[str] = dataclasses.field(default_factory=list)

    def files(self) -> Iterator[File]:
        for file in unpacked(self.archive, self.dropped):
            if readable(file.name):
                yield file
            else:
                self.passed.append(file.name)


def _read_all(
    name: str, place: _Folder | _Archive, folders: Sequence[str] | None
) -> list[Source]:
    """Read every file; what cannot be read is dropped with the first source."""
    read: list[tuple[str, Source]] = []
    named: set[Path] = set()
    for file in place.files():
        if file.folder and (file.folder / Path(file.name).name).resolve() in named:
            continue
        try:
            for source in _read_one(file, folders):
                read.append((file.name, source))
                named |= _named_by(source)
        except InputError as fault:
            reason = str(fault).removeprefix(f"{file.name}: ").removeprefix(file.name)
            place.dropped.append((file.name, reason.strip()))
    if not read:
        raise InputError(f"nothing to read in {name}; {_what_is_there(place)}")
    read.sort(key=lambda one: one[0])
    sources = _with_folders([source for _, source in read], folders)
    first = sources[0]
    notes = [*_on_passed(place.passed), *first.notes]
    dropped = [*place.dropped, *first.dropped]
    return [dataclasses.replace(first, notes=notes, dropped=dropped), *sources[1:]]


def _read_one(file: File, folders: Sequence[str] | None) -> list[Source]:
    if file.name.lower().endswith(".zip"):
        inner = _read_all(file.name, _Archive(file), folders)
        parent = PurePosixPath(file.name).parent
        return [
            dataclasses.replace(one, name=(parent / one.name).as_posix())
            for one in inner
        ]
    return [_with_day(read_file(file), file.name)]


def _with_day(source: Source, name: str) -> Source:
    """Take the day from names such as *2020-01-03-slug.txt* where none is given."""
    found = _DAY_IN_NAME.match(PurePosixPath(name).name)
    if not found or "date" in source.table.columns or source.places != [name]:
        return source
    notes = [*source.notes, (name, "the date is taken from the name of the file")]
    table = source.table.assign(date=found[1])
    return dataclasses.replace(source, table=table, notes=notes)


def _with_folders(sources: list[Source], folders: Sequence[str] | None) -> list[Source]:
    """Fill columns from the names of folders, as stated or else with the outlet."""
    parts = [PurePosixPath(source.name).parts[:-1] for source in sources]
    if folders is None:
        while all(parts) and len({one[0] for one in parts}) == 1:
            parts = [one[1:] for one in parts]  # a folder around them all
        if not all(parts) or len({one[0] for one in parts}) < 2:
            return sources
        folders = ("outlet",)
    filled = []
    for source, names in zip(sources, parts, strict=True):
        new = {
            column: name
            for column, name in zip(folders, names, strict=False)
            if column not in source.table.columns or source.table[column].isna().all()
        }
        filled.append(dataclasses.replace(source, table=source.table.assign(**new)))
    said = ", ".join(folders)
    note = (
        listed(sorted({one[0] for one in parts if one})),
        f"folders name the {said}",
    )
    first = dataclasses.replace(filled[0], notes=[note, *filled[0].notes])
    return [first, *filled[1:]]


def _named_by(source: Source) -> set[Path]:
    """Give the files that a table names in its column `file`."""
    if source.folder is None or "file" not in source.table.columns:
        return set()
    found = set()
    for name in source.table["file"]:
        try:
            found.add(_path_named(source.folder, name).resolve())
        except InputError:
            continue
    return found


def with_files(source: Source, folder: Path, *, max_bytes: int) -> Source:
    """Fill ``text`` from the files that the ``file`` column of `source` names.

    They lie in its `folder`, or in ``articles`` there. Rows whose file cannot be read
    are dropped; without a column ``article`` the file's name is it, less the suffix.
    """
    dropped, notes = list(source.dropped), list(source.notes)
    texts, kept = Cells(), []
    for place, name in zip(source.places, source.table["file"], strict=True):
        where = f"{place} ({shown(name)})" if isinstance(name, str) else place
        text = None
        try:
            path = _path_named(folder, name)
            text, how = decode(_bytes(path, Limits(file_bytes=max_bytes)))
            notes += [(where, how)] if how else []
        except InputError as fault:
            dropped.append((where, str(fault)))
        except OSError as fault:
            dropped.append((where, f"the file cannot be read: {fault.strerror}"))
        texts.extend([text])
        kept.append(text is not None)
    table = source.table.assign(text=texts.column())
    if "article" not in table.columns:
        table["article"] = [str(name).removesuffix(".txt") for name in table["file"]]
    places = [place for place, keep in zip(source.places, kept, strict=True) if keep]
    table = only(table, kept)
    return dataclasses.replace(
        source, table=table, places=places, dropped=dropped, notes=notes
    )


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


def _what_is_there(place: _Folder | _Archive) -> str:
    if place.dropped:
        where, reason = place.dropped[0]
        return f"{len(place.dropped)} dropped, the first ({where}) because {reason}"
    if not place.passed:
        return "it is empty; name a folder that holds the articles"
    suffixes = Counter(Path(name).suffix or "no suffix" for name in place.passed)
    return (
        f"it holds {listed(sorted(suffixes))} files: save them as .txt, .csv or .docx"
    )


def _on_passed(passed: list[str]) -> list[Remark]:
    """Tell what was passed over."""
    if not passed:
        return []
    some = f"{len(passed):,} other file{'s' if len(passed) > 1 else ''}"
    return [(some, f"not read: {listed(passed, limit=3)}")]
