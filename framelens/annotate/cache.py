"""A cache on disk for what takes long to compute, keyed by text and model."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import platformdirs

if TYPE_CHECKING:
    from collections.abc import Iterable

FOLDER_VARIABLE = "FRAMELENS_CACHE"
"""The environment variable that names another folder; set to "off" to have none."""


def cache_folder() -> Path | None:
    """Give the folder of the cache, or None where it is switched off."""
    named = os.environ.get(FOLDER_VARIABLE)
    if named == "off":
        return None
    return Path(named) if named else Path(platformdirs.user_cache_dir("framelens"))


def cache_key(parts: Iterable[str]) -> str:
    """Give a file name that changes whenever one of `parts` does."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode("utf-8", "surrogatepass") + b"\x00")
    return digest.hexdigest()


def load(kind: str, key: str) -> pd.DataFrame | None:
    """Give the table stored under `kind` and `key`; None if none can be read."""
    folder = cache_folder()
    if folder is None:
        return None
    try:
        return pd.read_parquet(_file(folder, kind, key))
    except (OSError, ValueError):
        return None


def store(kind: str, key: str, table: pd.DataFrame) -> None:
    """Keep `table` under `kind` and `key`; where the disk refuses, keep nothing."""
    folder = cache_folder()
    if folder is None:
        return
    target = _file(folder, kind, key)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, suffix=".part")
        os.close(handle)
        try:
            table.to_parquet(name)
            Path(name).replace(target)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError:
        return


def _file(folder: Path, kind: str, key: str) -> Path:
    return folder / kind / key[:2] / f"{key}.parquet"
