"""Web archives (WARC): the pages that a crawler kept."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

from framelens._checks import InputError
from framelens.read.encodings import decoded
from framelens.read.formats.page import article_of
from framelens.read.source import File, Source, documents

if TYPE_CHECKING:
    from framelens.read.source import Remark


def read(file: File) -> Source:
    """Read every page that was answered with 200, as `page` reads one."""
    from warcio.archiveiterator import ArchiveIterator

    rows, total = [], 0
    dropped: list[Remark] = []
    notes: list[Remark] = []
    for record in ArchiveIterator(io.BytesIO(file.data)):
        if record.rec_type != "response":
            continue
        url = record.rec_headers.get_header("WARC-Target-URI") or ""
        headers = record.http_headers
        kind = headers.get_header("Content-Type", "") if headers else ""
        if "html" not in kind:
            continue
        status = headers.get_statuscode() if headers else ""
        if status != "200":
            dropped.append((f"{file.name}, {url}", f"the answer was {status}"))
            continue
        data = record.content_stream().read(file.limits.line_bytes + 1)
        total += len(data)
        if len(data) > file.limits.line_bytes or total > file.limits.archive_bytes:
            raise InputError(
                f"{file.name} unpacks to more than {file.limits.archive_bytes:,} "
                f"bytes, or one page to more than {file.limits.line_bytes:,}; raise "
                "limits=Limits(archive_bytes=..., line_bytes=...)"
            )
        page = File(f"{file.name}, {url}", data)
        try:
            text, how = decoded(page, states=True)
            row = article_of(text, url)
        except InputError as fault:
            dropped.append((page.name, str(fault).removeprefix(f"{page.name}: ")))
            continue
        if row is None:
            dropped.append((page.name, "no article was found on the page"))
        else:
            rows.append(row)
            notes += how
    source = documents(
        file.name, rows, kind="page", layout="Web archive", dropped=dropped
    )
    return replace(source, notes=[*source.notes, *notes])
