"""Word documents (.docx)."""

from __future__ import annotations

import io

from framelens.read.archives import check_archive
from framelens.read.formats.layouts import found_in, many_documents
from framelens.read.source import File, Source, documents


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
    return of_text(file, "\n".join(chunks), chunks)


def of_text(file: File, text: str, chunks: list[str] | None = None) -> Source:
    """Give the documents of a database, or else the whole as one article."""
    found = found_in(text, file.name, chunks)
    if found:
        return found
    whole = documents(file.name, [{"text": text.strip("\n")}])
    notes = many_documents(text, file.name)
    return Source(
        file.name, whole.table, [file.name], file.folder, [], notes, given=True
    )
