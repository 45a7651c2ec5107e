"""Writing a file whole, or not at all."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from framelens._checks import InputError

if TYPE_CHECKING:
    from pathlib import Path


def write(path: Path, content: bytes) -> None:
    """Write a file beside its place, then move it there.

    Parameters
    ----------
    path : Path
        An older file is replaced; its folder must be there.
    content : bytes

    Raises
    ------
    InputError
        If it cannot be written; then nothing is left behind.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    except (OSError, ValueError) as error:
        with suppress(OSError, ValueError):
            beside.unlink()
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(
            f"cannot write {str(path)!r}: {reason}; name a folder you may write to."
        ) from error
