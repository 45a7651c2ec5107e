"""The document: findings with their sentences, footnotes and figures, to edit."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from framelens.report.findings.view import MEANS
from framelens.show.figure import write
from framelens.show.text import plain

if TYPE_CHECKING:
    from pathlib import Path

    from framelens.report.exports.contents import Contents

WIDTH = 6.2
"""Inches of a figure, on A4 and on letter paper."""

SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
"""Names of the format (ECMA-376) that python-docx does not know: footnotes."""


def write_document(contents: Contents, folder: Path) -> None:
    """Write ``findings.docx``."""
    from docx import Document
    from docx.shared import Inches

    document = Document()
    notes: list[str] = []
    document.add_heading(_clean(contents.title), level=0)
    document.add_paragraph(_clean(contents.standfirst))
    for number in range(1, contents.first + 1):
        one = contents.found.found[number - 1]
        document.add_paragraph(_clean(one.sentence), style="List Number")
        about = document.add_paragraph()
        about.add_run(
            _clean(f"{one.theme} · {MEANS[one.strength]}. {one.basis}")
        ).italic = True
        for sentence, where in contents.quotes(number):
            quoted = document.add_paragraph(_clean(sentence), style="Quote")
            notes.append(where)
            _refer(quoted, len(notes))
    for note in contents.found.notes:
        document.add_paragraph(_clean(note))
    for figure in contents.figures.values():
        document.add_picture(io.BytesIO(figure.png), width=Inches(WIDTH))
        _describe(document.inline_shapes[-1], figure.alt)
        document.add_paragraph(_clean(figure.caption), style="Caption")
    document.add_heading("How it was made", level=1)
    for line in contents.method.splitlines():
        if line.startswith("#"):
            document.add_heading(_clean(line.lstrip("# ")), level=2)
        elif line:
            document.add_paragraph(_clean(line.lstrip("- ")))
    _add_notes(document, notes)
    held = io.BytesIO()
    document.save(held)
    write(folder / "findings.docx", held.getvalue())


def _clean(text: object) -> str:
    """Give text that XML can hold: nothing hidden in it."""
    return plain(text)


def _describe(shape: Any, text: str) -> None:
    """Say what a figure shows, for those who do not see it."""
    shape._inline.docPr.set("descr", plain(text))


def _refer(paragraph: Any, number: int) -> None:
    """Set the sign of a footnote at the end of a paragraph."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    run = paragraph.add_run()
    run.font.superscript = True
    sign = OxmlElement("w:footnoteReference")
    sign.set(qn("w:id"), str(number))
    run._r.append(sign)


def _add_notes(document: Any, notes: list[str]) -> None:
    """Add the footnotes as a part of their own, as the format wants it."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from lxml import etree

    if not notes:
        return

    def tag(name: str) -> str:
        return f"{{{SPACE}}}{name}"

    root = etree.Element(tag("footnotes"), nsmap={"w": SPACE})
    for number, kind in ((-1, "separator"), (0, "continuationSeparator")):
        line = etree.SubElement(root, tag("footnote"))
        line.set(tag("type"), kind)
        line.set(tag("id"), str(number))
        paragraph = etree.SubElement(line, tag("p"))
        etree.SubElement(etree.SubElement(paragraph, tag("r")), tag(kind))
    for number, text in enumerate(notes, start=1):
        line = etree.SubElement(root, tag("footnote"))
        line.set(tag("id"), str(number))
        paragraph = etree.SubElement(line, tag("p"))
        run = etree.SubElement(paragraph, tag("r"))
        properties = etree.SubElement(run, tag("rPr"))
        etree.SubElement(properties, tag("vertAlign")).set(tag("val"), "superscript")
        etree.SubElement(run, tag("footnoteRef"))
        words = etree.SubElement(etree.SubElement(paragraph, tag("r")), tag("t"))
        words.text = f" {plain(text)}"
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    content = etree.tostring(
        root, xml_declaration=True, encoding="UTF-8", standalone=True
    )
    place = PackURI("/word/footnotes.xml")
    part = Part(place, KIND, content, document.part.package)
    document.part.relate_to(part, NOTES)
