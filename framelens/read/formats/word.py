"""Word documents (.docx)."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from framelens.read.archives import check_archive
from framelens.read.formats.layouts import of_text

if TYPE_CHECKING:
    from framelens.read.source import File, Source


def read(file: File) -> Source:
    """Read the paragraphs and tables of a document, without headers and footers."""
    from docx import Document
    from docx.text.paragraph import Paragraph

    check_archive(file)
    chunks = []
    for block in Document(io.BytesIO(file.data)).iter_inner_content():
        if isinstance(block, Paragraph):
            chunks.append(block.text)
        else:
            cells = (cell.text for row in block.rows for cell in row.cells)
            chunks.extend(dict.fromkeys(cells))
    return of_text(file, "\n".join(chunks).strip("\n"), chunks)
