"""Exports: what a report holds, as files for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from framelens._checks import require_known
from framelens.report.exports.contents import Contents
from framelens.report.exports.excel import write_workbook
from framelens.report.exports.files import write_figures, write_method, write_tables
from framelens.report.exports.word import write_document

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

__all__ = ["EXPORTS", "Contents", "write_exports"]

EXPORTS: dict[str, Callable[[Contents, Path], None]] = {
    "docx": write_document,
    "xlsx": write_workbook,
    "csv": write_tables(".csv"),
    "parquet": write_tables(".parquet"),
    "figures": write_figures,
    "method": write_method,
}
"""What can be written beside the page: ``findings.docx``, ``tables.xlsx``, the folders
``tables`` and ``figures`` (slide size, SVG and PNG), ``method.md``."""


def write_exports(contents: Contents, folder: Path, kinds: Sequence[str]) -> None:
    """Write some kinds of files into a folder that is there."""
    for kind in kinds:
        require_known(kind, list(EXPORTS), kind="export")
        EXPORTS[kind](contents, folder)
