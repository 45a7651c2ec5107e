"""Zip archives: what they hold, within limits and never outside themselves."""

from __future__ import annotations

import io
import stat
import zipfile
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from framelens._checks import InputError
from framelens._progress import followed
from framelens.read.source import File, Remark, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

_SMALL = 10_000_000
"""Bytes. Smaller files may unpack to any number of times their size."""


def opened(file: File) -> zipfile.ZipFile:
    """Open an archive, unless it would unpack to more than the limits.

    The sizes are those that it states itself; zipfile stops at them when it unpacks.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(file.data))
    except (zipfile.BadZipFile, ValueError, OSError) as fault:
        raise InputError(f"{file.name} is not readable as zip: {fault}") from None
    entries, limits = archive.infolist(), file.limits
    if len(entries) > limits.archive_files:
        raise InputError(
            f"{file.name} holds {len(entries):,} files, more than the "
            f"{limits.archive_files:,} of one archive; split it, or raise "
            "limits=Limits(archive_files=...)"
        )
    size = sum(entry.file_size for entry in entries)
    if size > limits.archive_bytes:
        raise InputError(
            f"{file.name} unpacks to {size:,} bytes, more than the "
            f"{limits.archive_bytes:,} of one archive; split it, or raise "
            "limits=Limits(archive_bytes=...)"
        )
    for entry in entries:
        packed = max(entry.compress_size, 1)
        if entry.file_size > max(_SMALL, packed * limits.archive_ratio):
            raise InputError(
                f"{file.name}: {entry.filename!r} unpacks to {entry.file_size:,} "
                f"bytes, more than {limits.archive_ratio} times its size; raise "
                "limits=Limits(archive_ratio=...) if you trust it"
            )
    return archive


def check_archive(file: File) -> None:
    """Raise `InputError` if an Office file would unpack to more than the limits."""
    with opened(file):
        pass


def unpacked(file: File, dropped: list[Remark]) -> Iterator[File]:
    """Give the files of an archive in order; what is not taken goes to `dropped`."""
    with opened(file) as archive:
        entries = sorted(archive.infolist(), key=lambda one: one.filename)
        for entry in followed(entries, "reading", "file"):
            path = PurePosixPath(entry.filename.replace("\\", "/"))
            folders, hidden = path.parts[:-1], path.name.startswith(".")
            if entry.is_dir() or hidden or "__MACOSX" in folders:
                continue
            place = f"{file.name}/{listed([str(path)])}"
            if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
                dropped.append((place, "its name leads out of the archive"))
            elif stat.S_ISLNK(entry.external_attr >> 16):
                dropped.append((place, "it is a link; put the file itself in"))
            elif entry.flag_bits & 1:
                dropped.append((place, "it is locked by a password; unlock it"))
            else:
                try:
                    data = archive.read(entry)
                except Exception as fault:  # whatever a broken entry brings up
                    dropped.append((place, f"it cannot be unpacked: {fault}"))
                    continue
                yield replace(file, name=str(path), content=data, folder=None)
