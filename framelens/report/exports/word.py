"""The document: findings with their sentences, footnotes and figures, to edit."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from framelens.report.findings.view import MEANS
from framelens.show.figure import write
from framelens.show.text import is_missing, plain

if TYPE_CHECKING:
    from pathlib import Path

    from framelens.report.exports.contents import Contents
    from framelens.report.findings import Findings

WIDTH = 6.2
"""Inches of a figure, on A4 and on letter paper."""

MARGIN = 1.0
"""Inches beside the text, so that a figure stands between them."""

SMALL = 18
"""Size of a footnote, in half points."""

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
    _set_styles(document)
    document.add_heading(_clean(contents.title), level=0)
    document.add_paragraph(_clean(contents.standfirst))
    if contents.watched is not None:
        document.add_heading("Since last time", level=1)
        document.add_paragraph(_clean(contents.watched.caption))
        _add_findings(document, contents, contents.watched, notes)
        document.add_heading("What these articles show", level=1)
    _add_findings(document, contents, contents.found, notes)
    _add_pins(document, contents, notes)
    for figure in contents.figures.values():
        document.add_picture(io.BytesIO(figure.png), width=Inches(WIDTH))
        _describe(document.inline_shapes[-1], figure.alt)
        document.paragraphs[-1].paragraph_format.keep_with_next = True
        document.add_paragraph(_clean(figure.caption), style="Caption")
    document.add_heading("How it was made", level=1)
    for line in contents.method.splitlines():
        if line.startswith("# "):
            continue
        if line.startswith("#"):
            document.add_heading(_clean(line.lstrip("# ")), level=2)
        elif line.startswith("- "):
            document.add_paragraph(_clean(line[2:]), style="List Bullet")
        elif line:
            document.add_paragraph(_clean(line))
    _add_notes(document, notes)
    held = io.BytesIO()
    document.save(held)
    write(folder / "findings.docx", held.getvalue())


def _set_styles(document: Any) -> None:
    """Set margins, captions and quotations so that a page reads."""
    from docx.shared import Inches, Pt, RGBColor

    for section in document.sections:
        section.left_margin = section.right_margin = Inches(MARGIN)
    caption, quote = document.styles["Caption"], document.styles["Quote"]
    caption.font.bold, caption.font.color.rgb = False, RGBColor(0x44, 0x44, 0x44)
    quote.font.italic = False
    quote.paragraph_format.left_indent = Inches(0.3)
    quote.paragraph_format.space_after = Pt(4)


def _add_findings(
    document: Any, contents: Contents, found: Findings, notes: list[str]
) -> None:
    """Add the first findings, numbered, each with what it rests on and its places."""
    if found.refusal is not None:
        document.add_paragraph(_clean(found.refusal[:1].upper() + found.refusal[1:]))
    for number, one in enumerate(found.first, start=1):
        said = document.add_paragraph()
        said.paragraph_format.keep_with_next = True
        said.add_run(f"{number}. ").bold = True
        said.add_run(_clean(one.sentence)).bold = True
        about = document.add_paragraph()
        about.paragraph_format.keep_with_next = True
        about.add_run(
            _clean(f"{one.theme} · {MEANS[one.strength]}. {one.basis}")
        ).italic = True
        for sentence, where in contents.quotes(found.evidence(number)):
            quoted = document.add_paragraph(_clean(sentence), style="Quote")
            notes.append(where)
            _refer(quoted, len(notes))
    for note in found.notes:
        document.add_paragraph(_clean(note))


def _add_pins(document: Any, contents: Contents, notes: list[str]) -> None:
    """Add what a reader pinned: the note, and the sentence with its footnote."""
    pins = contents.pins
    if pins is None or pins.empty:
        return
    document.add_heading("Pinned by the reader", level=1)
    for at in range(len(pins)):
        place = pins.iloc[[at]].reset_index(drop=True)
        note = place["note"].iloc[0]
        if not is_missing(note) and str(note).strip():
            said = document.add_paragraph(_clean(note))
            said.paragraph_format.keep_with_next = True
        for sentence, where in contents.quotes(place):
            quoted = document.add_paragraph(_clean(sentence), style="Quote")
            notes.append(where)
            _refer(quoted, len(notes))


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
        spacing = etree.SubElement(
            etree.SubElement(paragraph, tag("pPr")), tag("spacing")
        )
        spacing.set(tag("after"), "0")
        run = etree.SubElement(paragraph, tag("r"))
        properties = etree.SubElement(run, tag("rPr"))
        etree.SubElement(properties, tag("vertAlign")).set(tag("val"), "superscript")
        etree.SubElement(run, tag("footnoteRef"))
        said = etree.SubElement(paragraph, tag("r"))
        size = etree.SubElement(etree.SubElement(said, tag("rPr")), tag("sz"))
        size.set(tag("val"), str(SMALL))
        words = etree.SubElement(said, tag("t"))
        words.text = f" {plain(text)}"
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    content = etree.tostring(
        root, xml_declaration=True, encoding="UTF-8", standalone=True
    )
    place = PackURI("/word/footnotes.xml")
    part = Part(place, KIND, content, document.part.package)
    document.part.relate_to(part, NOTES)
