"""The store: a folder of Parquet, one part a layer and batch of articles.

``STORE/ledger.parquet/000000-1f…-9c…-e5….parquet``: pandas, polars, DuckDB, Dask and
Spark read ``STORE/ledger.parquet`` as one table. A part is written aside and renamed
into place; its name says which code and models it is of, of which articles, and the
sha256 of its bytes, so that damage is seen and two processes may write at once: what
they write of the same articles has the same name.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
import time
import uuid
import warnings
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from framelens._checks import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd
    import pyarrow as pa

ARTICLES = "articles"
"""The folder of the articles themselves, beside those of the layers."""

NO_TOKEN = "0" * 12
"""The token of articles, which no code makes."""

STAGED = ".framelens-{}.part"
"""What is being written: readers of Parquet pass over names with a full stop first."""

TOLD = "_framelens.json"
"""What is known of the whole corpus; readers of Parquet pass over it."""

ABANDONED = 24 * 3600
"""Seconds after which what was being written is taken for left behind."""

_ENDING = ".parquet"
_PART = re.compile(r"(\d{6,})-([0-9a-f]{12})-([0-9a-f]{16})-([0-9a-f]{32})\.parquet")
_log = logging.getLogger(__name__)
_STRETCHES = ("content", "source", "cue")
"""Columns of lists ``[[start, end], ...]``, also where a part has none."""


class UnfitError(InputError):
    """A table that Parquet cannot hold."""


@dataclass(frozen=True)
class Part:
    """One file of a layer, by its name."""

    path: Path
    number: int
    token: str
    batch: str
    digest: str

    @property
    def layer(self) -> str:
        """The layer that it is of."""
        return self.path.parent.name.removesuffix(_ENDING)


@dataclass
class Store:
    """A folder of parts. Where it cannot be written, that is said once.

    `strict` says that a disk that refuses is an error, as where a store was asked for.
    What other processes write after a layer was first looked at is not seen. `strays`
    are names of the parts in which articles of other batches are looked for: all of
    them, unless whoever cut the corpus knows better.
    """

    folder: Path
    strict: bool = False
    strays: frozenset[str] | None = None
    complained: bool = False
    _names: dict[str, dict[tuple[str, str], Part]] = field(default_factory=dict)
    _of_key: dict[tuple[str, str], dict[str, Part]] = field(default_factory=dict)

    def layer(self, name: str) -> Path:
        """Give the folder of a layer."""
        return self.folder / f"{name}{_ENDING}"

    def parts(self, layer: str | None = None) -> list[Part]:
        """Give the parts of a layer, or of all, in the order of their names."""
        folders = [self.layer(layer)] if layer else _listed(self.folder)
        found = []
        for folder in folders:
            for path in _listed(folder):
                if name := _PART.fullmatch(path.name):
                    number, *rest = name.groups()
                    found.append(Part(path, int(number), *rest))
        return found

    def exact(self, layer: str, token: str, keys: Sequence[str]) -> Part | None:
        """Give the part of exactly these articles, if there is one."""
        return self._by_name(layer).get((token, batch_of(keys)))

    def read(self, part: Part) -> pd.DataFrame | None:
        """Read one part; None if a byte of it is wrong: a layer's is taken away."""
        content = self._checked(part)
        return None if content is None else _table_in(content)

    def sound(self, part: Part) -> bool:
        """Whether every byte of a part is as it was written; else it is taken away."""
        return self._checked(part) is not None

    def find(
        self, layer: str, token: str, keys: Sequence[str]
    ) -> tuple[list[pd.DataFrame], set[str]]:
        """Give the rows of a layer that are there, and the keys of their articles."""
        part = self.exact(layer, token, keys)
        if part is not None and (table := self.read(part)) is not None:
            return [table], set(keys)
        there = self._by_key(layer, token)
        wanted: dict[Part, set[str]] = {}
        for key in keys:
            if key in there:
                wanted.setdefault(there[key], set()).add(key)
        tables, found = [], set()
        for part, some in wanted.items():
            told = _told_by(part.path)
            table = self.read(part) if told else None
            if table is not None:
                hit = [key in some for key in told["keys"]]
                chosen = np.repeat(np.array(hit, dtype=bool), told["rows"])
                tables.append(table[chosen].reset_index(drop=True))
                found |= some
        return tables, found

    def write(
        self,
        layer: str,
        token: str,
        number: int,
        table: pd.DataFrame,
        articles: Sequence[str],
        keys: Sequence[str],
        kinds: pa.Schema | None = None,
    ) -> Part | None:
        """Write one part: `table` has the rows of `articles`, in their order.

        Gives it; None where the disk, or Parquet, refuses it.
        """
        if self.complained:
            return None
        counts = table["article"].value_counts().to_dict()
        rows = [int(counts.get(name, 0)) for name in articles]
        told = {"layer": layer, "articles": list(articles), "keys": list(keys)}
        try:
            content = _content_of(table, {**told, "rows": rows}, kinds)
        except UnfitError:
            if self.strict:
                raise
            return None
        batch, digest = batch_of(keys), hashlib.sha256(content).hexdigest()[:32]
        target = self.layer(layer) / f"{number:06}-{token}-{batch}-{digest}{_ENDING}"
        if not self._placed(content, target):
            return None
        part = Part(target, number, token, batch, digest)
        self._by_name(layer)[token, batch] = part
        return part

    def tell(self, told: dict[str, Any]) -> None:
        """Write what is known of the whole corpus, with a checksum."""
        line = json.dumps(told, sort_keys=True)
        digest = hashlib.sha256(line.encode()).hexdigest()
        self._placed(f"{digest}\n{line}\n".encode(), self.folder / TOLD)

    def told(self) -> dict[str, Any] | None:
        """Read what is known of the whole corpus; None if there is nothing sound."""
        try:
            digest, line, _ = (self.folder / TOLD).read_bytes().split(b"\n")
        except (OSError, ValueError):
            return None
        if hashlib.sha256(line).hexdigest().encode() != digest:
            return None
        return dict(json.loads(line))

    def forget(self) -> None:
        """Take away what is known of the whole corpus."""
        with suppress(OSError):
            (self.folder / TOLD).unlink()

    def keep_only(self, wanted: Iterable[Part]) -> None:
        """Take away all parts but these, and what was never finished."""
        names = {part.path for part in wanted}
        self.clear(part for part in self.parts() if part.path not in names)
        self.sweep()

    def sweep(self, *, older: float = ABANDONED) -> int:
        """Take away what was never finished; give how many files."""
        gone = 0
        for folder in [self.folder, *_listed(self.folder)]:
            for path in _listed(folder, hidden=True):
                with suppress(OSError):
                    if path.stat().st_mtime <= time.time() - older:
                        path.unlink()
                        gone += 1
        return gone

    def clear(self, parts: Iterable[Part]) -> int:
        """Take away parts, and folders left empty; say how many parts."""
        gone = 0
        for part in parts:
            try:
                part.path.unlink(missing_ok=True)
                gone += 1
            except OSError as fault:
                self._refused(fault)
        for folder in _listed(self.folder):
            with suppress(OSError):
                folder.rmdir()
        self.refresh()
        return gone

    def refresh(self) -> None:
        """Look at the folder anew: other processes have written."""
        self._names.clear()
        self._of_key.clear()

    def _checked(self, part: Part) -> bytes | None:
        """Give the bytes of a part; None, and it is taken away, if one is wrong."""
        try:
            content = part.path.read_bytes()
        except OSError:  # another process has taken it away
            self._by_name(part.layer).pop((part.token, part.batch), None)
            return None
        if hashlib.sha256(content).hexdigest()[:32] == part.digest:
            return content
        self._by_name(part.layer).pop((part.token, part.batch), None)
        if part.layer != ARTICLES:  # which nothing can compute again
            with suppress(OSError):
                part.path.unlink()
            _log.warning(
                "%s/%s of the store was damaged; it is computed again",
                part.path.parent.name,
                part.path.name,
            )
        return None

    def _placed(self, content: bytes, target: Path) -> bool:
        """Write a file aside and rename it; whether the disk let us."""
        staged = target.with_name(STAGED.format(uuid.uuid4().hex))
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                staged.write_bytes(content)
                staged.replace(target)
            finally:
                staged.unlink(missing_ok=True)
        except OSError as fault:
            self._refused(fault)
            return False
        return True

    def _by_name(self, layer: str) -> dict[tuple[str, str], Part]:
        """Give the parts of a layer by token and batch; of two the first."""
        if layer not in self._names:
            self._names[layer] = {
                (part.token, part.batch): part for part in reversed(self.parts(layer))
            }
        return self._names[layer]

    def keys(self, layer: str, token: str) -> set[str]:
        """Give the keys of the articles of which a layer is there."""
        return set(self._by_key(layer, token))

    def _by_key(self, layer: str, token: str) -> dict[str, Part]:
        """Give the part of each article; made when parts do not fit the batches."""
        if (layer, token) not in self._of_key:
            found: dict[str, Part] = {}
            for (theirs, _), part in list(self._by_name(layer).items()):
                if theirs != token:
                    continue
                if self.strays is not None and part.path.name not in self.strays:
                    continue
                told = _told_by(part.path)
                if not told:
                    self._checked(part)
                found |= dict.fromkeys(told.get("keys", ()), part)
            self._of_key[layer, token] = found
        return self._of_key[layer, token]

    def _refused(self, fault: OSError) -> None:
        """Say, once, that the disk refuses."""
        why = fault.strerror or str(fault)
        if self.strict:
            raise InputError(
                f"the store {self.folder} cannot be written: {why}; the parts that "
                "are there are whole: make room, or name another place, and run it "
                "again"
            ) from None
        if not self.complained:
            self.complained = True
            warnings.warn(
                f"the store {self.folder} cannot be written: {why}; what is computed "
                "now is not kept",
                stacklevel=4,
            )


def batch_of(keys: Sequence[str]) -> str:
    """Name a batch of articles by their keys."""
    return hashlib.sha256("\n".join(keys).encode()).hexdigest()[:16]


def fault_of_store(folder: Path) -> str | None:
    """Say why a folder can be no store; None if it can."""
    if folder.exists() and not folder.is_dir():
        return f"{folder} is a file; a store is a folder, new or existing"
    others = [
        path.name
        for path in _listed(folder)
        if not (path.is_dir() and path.name.endswith(_ENDING))
    ]
    if others:
        return (
            f"{folder} holds {others[0]!r}, which is no part of a store; name a folder "
            "of its own"
        )
    return None


def is_store(path: Path) -> bool:
    """Whether a whole corpus was saved at a path."""
    return (path / TOLD).is_file()


def store_at(folder: Path | str | None) -> Store | None:
    """Give the store in a folder; None without one."""
    if not folder:
        return None
    if fault := fault_of_store(Path(folder)):
        raise InputError(fault)
    return Store(Path(folder))


def fitted(table: pd.DataFrame) -> tuple[pd.DataFrame, pa.Schema]:
    """Make a table of articles fit for Parquet: the same kinds in every part.

    A column of the user's own that holds several kinds of values is kept as text.
    """
    import pyarrow as pa

    fields, as_text = [], []
    for name in table.columns:
        column = table[name].head(1) if name == "article" else table[name]
        try:
            kind = pa.string() if name == "text" else _arrow(column, str(name)).type
        except UnfitError:
            as_text.append(str(name))
            kind = pa.string()
            table = table.assign(**{str(name): column.map(_as_text).astype(object)})
        fields.append(pa.field(str(name), kind))
    if as_text:
        warnings.warn(
            f"kept as text in the store, since it holds values of several kinds, or "
            f"numbers from 2**63: {', '.join(as_text)}",
            stacklevel=2,
        )
    return table, pa.schema(fields)


def _as_text(value: object) -> str | None:
    missing = value is None or (isinstance(value, float) and value != value)
    if missing:
        return None
    return str(value).encode("utf-8", "backslashreplace").decode()


def _content_of(
    table: pd.DataFrame, told: dict[str, Any], kinds: pa.Schema | None
) -> bytes:
    """Write a table as Parquet: the same bytes whoever writes it."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = []
    for name in table.columns:
        kind = kinds.field(str(name)).type if kinds is not None else None
        columns.append(_arrow(table[name], str(name), kind))
    names = [str(name) for name in table.columns]
    dtypes = {str(name): str(table[name].dtype) for name in table.columns}
    line = json.dumps({**told, "dtypes": dtypes}, sort_keys=True)
    whole = pa.table(columns, names=names).replace_schema_metadata({"framelens": line})
    out = pa.BufferOutputStream()
    pq.write_table(whole, out, compression="zstd", write_page_checksum=True)
    return bytes(out.getvalue().to_pybytes())


def _arrow(column: pd.Series[Any], name: str, kind: pa.DataType | None = None) -> Any:
    """Turn a column into Arrow; a column without any value is of text."""
    import pyarrow as pa

    stretches = pa.list_(pa.list_(pa.int64()))
    if kind is None and name in _STRETCHES and column.dtype == object:
        values = column.tolist()
        if all(one is None or not isinstance(one, str) for one in values):
            kind = stretches
    try:
        made = pa.array(column, type=kind, from_pandas=True)
        if pa.types.is_null(made.type):
            made = made.cast(pa.string())
    except UnicodeEncodeError as fault:
        raise UnfitError(
            f"the column {name!r} holds half a character "
            f"({fault.object[fault.start]!a}), which cannot be written as UTF-8; "
            "export the source again"
        ) from None
    except (pa.ArrowException, OverflowError, TypeError, ValueError) as fault:
        raise UnfitError(
            f"the column {name!r} does not fit into Parquet, which holds one kind of "
            f"value a column and whole numbers below 2**63 ({_line(fault)}); leave it "
            "out, or make it text"
        ) from None
    return made.combine_chunks() if isinstance(made, pa.ChunkedArray) else made


def _table_in(content: bytes) -> pd.DataFrame:
    """Read a table back as it was written."""
    import pandas as pd
    import pyarrow as pa
    import pyarrow.parquet as pq

    read = pq.read_table(pa.BufferReader(content))
    dtypes = json.loads(read.schema.metadata[b"framelens"])["dtypes"]
    columns = {}
    for name in read.column_names:
        column, dtype = read.column(name), dtypes[name]
        if dtype == "object":
            columns[name] = pd.Series(column.to_pylist(), dtype=object)
        else:
            columns[name] = column.to_pandas().astype(dtype)
    return pd.DataFrame(columns)


def _told_by(path: Path) -> dict[str, Any]:
    """Read what a part says of itself; nothing where it is damaged."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        metadata = pq.read_metadata(path).metadata or {}
        told = json.loads(metadata[b"framelens"])
        if len(told["keys"]) == len(told["rows"]) == len(told["articles"]):
            return dict(told)
    except (pa.ArrowException, OSError, KeyError, ValueError, TypeError):
        pass
    return {}


def _listed(folder: Path, *, hidden: bool = False) -> list[Path]:
    """Give what lies in a folder, by name; nothing where there is none."""
    try:
        paths = sorted(folder.iterdir())
    except OSError:
        return []
    staged = STAGED.split("{}", 1)[0]
    if hidden:
        return [path for path in paths if path.name.startswith(staged)]
    return [path for path in paths if not path.name.startswith((".", "_"))]


def _line(fault: BaseException) -> str:
    return " ".join(str(fault).split())[:120]
