"""Plain files: tables, figures at slide size, and how all of it was made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from framelens._wording import harmless
from framelens.show.figure import write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from framelens.report.exports.contents import Contents


def write_tables(kind: str) -> Callable[[Contents, Path], None]:
    """Give what writes every table as a file of one kind, into a folder ``tables``."""

    def written(contents: Contents, folder: Path) -> None:
        place = folder / "tables"
        place.mkdir(exist_ok=True)
        for name, (table, _) in contents.tables.items():
            if kind == ".csv":
                content = table.map(harmless).to_csv(index=False).encode("utf-8-sig")
            else:
                content = table.convert_dtypes().to_parquet(index=False)
            write(place / f"{name}{kind}", content)

    return written


def write_figures(contents: Contents, folder: Path) -> None:
    """Write every figure at slide size, as SVG and PNG, into a folder ``figures``."""
    place = folder / "figures"
    place.mkdir(exist_ok=True)
    for name, figure in contents.figures.items():
        for kind in (".svg", ".png"):
            figure.save(place / f"{name}{kind}")


def write_method(contents: Contents, folder: Path) -> None:
    """Write ``method.md``: versions, settings, fingerprints, refusals, citation."""
    write(folder / "method.md", contents.method.encode("utf-8"))
