"""Nexis, Nexis Uni and LexisNexis: documents with labelled fields around a body.

Two layouts. The older one heads each document with *3 of 20 DOCUMENTS* and labels in
capitals, in the language of the interface or of the source. The newer one ends each
with *End of Document* and begins the text after a line *Body*.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from framelens.read.dates import day_of
from framelens.read.formats.wrapping import chunks_of, unwrapped

NAME = "Nexis"

_COUNT = r"\d[\d.,]* (?:of|von|de|sur|di|van|af|av) \d[\d.,]* (?:DOCUMENT|DOKUMENT)\w*"
_OLD = re.compile(rf"^[ \t\xa0]*{_COUNT}[ \t\xa0]*$", re.M)
_END = re.compile(
    r"^[ \t\xa0]*(?:End of Document|Ende des Dokuments|Fin du document)[ \t\xa0]*$",
    re.M,
)
_BODY = re.compile(r"\s*(?:Body|Inhalt|Corps|Text|Cuerpo)\s*")
MARK = re.compile(rf"{_OLD.pattern}|{_END.pattern}", re.M)

_LABEL = re.compile(r"\s*([^\W\d_a-zà-ÿ][\w/ -]{1,28}?):[\s\xa0]*(.*)", re.S)
_FIELDS = {
    "section": "SECTION RUBRIK RUBRIQUE SECCIÓN SECTIE RUBRIEK SEZIONE RESSORT",
    "length": "LENGTH LÄNGE LONGUEUR LONGITUD LENGTE LUNGHEZZA",
    "author": "BYLINE AUTOR AUTEUR AUTORE SIGNATURE NAME",
    "title": "HEADLINE TITRE TITEL TITLE TITULAR",
    "highlight": "HIGHLIGHT",
    "dateline": "DATELINE ORTSZEILE",
    "show": "SHOW GUESTS BIO ANCHORS REPORTERS",
    "body": "BODY",
    "language": "LANGUAGE SPRACHE LANGUE IDIOMA TAAL LINGUA",
    "load_date": "LOAD-DATE UPDATE DATE-CHARGEMENT FECHA-CARGA",
    "type": "PUBLICATION-TYPE PUB-TYPE TYPE-PUBLICATION PUBLIKATIONSTYP DOCUMENT-TYPE "
    "TYPE",
    "graphic": "GRAPHIC GRAFIK GRAPHIQUE",
    "url": "URL",
    "other": "JOURNAL-CODE CODE-REVUE ZEITSCHRIFTENCODE CORRECTION CORRECTION-DATE "
    "SUBJECT PUB-SUBJECT COMPANY ORGANIZATION PERSON GEOGRAPHIC COUNTRY STATE CITY "
    "TICKER INDUSTRY TRANSCRIPT SERIES NOTES DOI ISSN ISBN CLASSIFICATION RATING EVENT "
    "BLOG",
}
"""What each label names, in the languages met: a body ends at the ones after it."""

_NAMES = {label: name for name, labels in _FIELDS.items() for label in labels.split()}
_HEAD = {
    "section",
    "length",
    "author",
    "title",
    "highlight",
    "dateline",
    "show",
    "body",
}
_AFTER = {"language", "load_date", "type", "graphic", "other", "url"}
_BARE_END = re.compile(r"\s*(?:Graphic|Classification|Correction|Notes)\s*")
_RIGHTS = re.compile(
    r"\s*(?:Copyright\b|\(c\) ?(?:Copyright )?\d{4}|©|All Rights Reserved"
    r"|Alle Rechte Vorbehalten|Tous droits r)",
    re.I,
)
_RIGHTS_END = re.compile(r"rights reserved|rechte vorbehalten|tous droits", re.I)
_NO_DAY = re.compile(r"\s*[^\W\d_]+,? (?:19|20)\d\d\s*")
"""A month or a season with its year: *Summer, 2008*."""

_EDITION = re.compile(
    r"\b(?:edition|ausgabe|édition|edición|edisi)\b|^\s*\d\d?:\d\d\b", re.I
)
_KEPT = ("url", "language", "author", "section", "length", "load_date", "highlight")
_UNTITLED = ("no headline in original", "no headline")
_BETWEEN = ("ABSTRACT", "FULL TEXT", "VIEW ORIGINAL PAGE: ,")
"""Lines that the database puts into texts."""

_LONG_TITLE = 160
"""Characters. What is longer and has no label is text."""

_PAGE = re.compile(r"\s*Page \d+ of \d+\s*")
_WORDS = re.compile(
    r"\s*\d[\d.,]* +(?:words|w[öo]rter|mots|palabras|woorden|parole)\s*"
)


def documents_in(
    text: str, chunks: list[str] | None
) -> tuple[list[dict[str, Any]], list[tuple[str, str]]]:
    """Give one row a document, and those that hold no text."""
    newer = not _OLD.search(text)
    parts = chunks_of(MARK.sub(r"\n\n\g<0>\n\n", text)) if chunks is None else chunks
    if newer and chunks is None:
        parts = [line for part in parts for line in part.split("\n")]
    parts = [part for part in parts if not _PAGE.fullmatch(part)]
    blocks = _blocks(parts, _END if newer else _OLD, heads=not newer)
    rows, dropped = [], []
    for number, block in enumerate(blocks, start=1):
        row = _document(block, newer=newer)
        if row.get("text"):
            rows.append(row)
        else:
            dropped.append((f"document {number}", "it holds no text"))
    return rows, dropped


def _blocks(parts: list[str], mark: re.Pattern[str], *, heads: bool) -> list[list[str]]:
    """Part the paragraphs at the mark that heads, or ends, each document."""
    marks = [at for at, part in enumerate(parts) if mark.match(part.strip())]
    if heads:
        return [parts[at + 1 : end] for at, end in pairwise([*marks, len(parts)])]
    return [parts[at + 1 : end] for at, end in pairwise([-1, *marks])]


def _document(parts: list[str], *, newer: bool) -> dict[str, Any]:
    """Tell the head of a document, its body and what follows."""
    parts = [part for part in parts if part.strip()]
    head: list[str] = []
    fields: dict[str, str] = {}
    bodies = [at for at, part in enumerate(parts) if _BODY.fullmatch(part)]
    begins = bodies[0] + 1 if newer and bodies else None
    owner = None  # the outlet, where it stands in one paragraph with the rights
    unlabelled = 0  # paragraphs of the head before its last label
    for at, part in enumerate(parts[: begins and begins - 1]):
        name, value = _field(part)
        if name == "body":
            parts[at] = value
            begins = at if value else at + 1
            break
        if name in _HEAD or (name in _AFTER and fields):
            fields.setdefault(name or "", value)
            unlabelled = len(head) if name in _HEAD else unlabelled
        elif _WORDS.fullmatch(part):
            fields["length"] = part.strip()
        elif part.strip().startswith(("http:", "https:")):
            fields["url"] = "".join(part.split())
        elif _RIGHTS.match(part):
            *_, last = part.strip().split("\n")
            below = "\n" in part.strip() and not _RIGHTS_END.search(last)
            owner = owner or (last.strip() if below else None)
        elif begins is None and _is_text(parts, at, head, fields):
            begins = at
            break
        elif not (newer and fields):
            head.append(part)
    body, rest = _body(parts[len(parts) if begins is None else begins :])
    if not body and fields:
        head, body = _without_mark(head, unlabelled)
    for name, value in map(_field, rest):
        if name in _HEAD | _AFTER and value:
            fields.setdefault(name or "", value)
    return _row(head, fields, body, newer=newer, owner=owner)


def _is_text(
    parts: list[str], at: int, head: list[str], fields: dict[str, str]
) -> bool:
    """Whether a paragraph of the older layout is the text: no label follows it."""
    names = [_field(part)[0] for part in parts[at + 1 : at + 3]]
    if "length" in fields:
        return not any(name in _HEAD for name in names[:1])
    days = [n for n, part in enumerate(head) if _dated(part)]
    if not days or _EDITION.search(parts[at]):
        return False
    titled = any(map(_is_title, head[1 : days[0]]))
    if any(name in _HEAD for name in (names[:1] if titled else names)):
        return False
    return titled or len(parts[at]) > _LONG_TITLE


def _without_mark(head: list[str], unlabelled: int) -> tuple[list[str], list[str]]:
    """Part head and body where no label and no mark stands between them."""
    long = [at for at, part in enumerate(head) if len(part) > _LONG_TITLE]
    at = long[0] if long else unlabelled
    return head[:at], head[at:]


def _is_title(part: str) -> bool:
    """Whether a paragraph before the date is no edition, hour or notice."""
    return not _EDITION.search(part) and part.strip()[-1:] != "."


def _field(part: str) -> tuple[str | None, str]:
    found = _LABEL.match(part)
    label = found[1].strip().upper() if found else ""
    name = _NAMES.get(label)
    return (name, unwrapped(found[2]).strip()) if found and name else (None, part)


def _body(parts: list[str]) -> tuple[list[str], list[str]]:
    """Part a body from the fields, rights and pictures' texts after it."""
    for at, part in enumerate(parts):
        name, _ = _field(part)
        short = len(part) < 300 and at > 0
        if (
            name in _AFTER
            or (name in {"section", "length"} and at)
            or (_BARE_END.fullmatch(part) and at)
            or (_RIGHTS.match(part) and short)
        ):
            return parts[:at], parts[at:]
    return parts, []


def _dated(part: str) -> str | None:
    """Give the line of a paragraph that is a date."""
    lines = (line.strip() for line in part.split("\n"))
    return next((line for line in lines if day_of(line)), None)


def _row(
    head: list[str],
    fields: dict[str, str],
    body: list[str],
    *,
    newer: bool,
    owner: str | None,
) -> dict[str, Any]:
    """Find outlet, date and title among the paragraphs of the head."""
    days = [at for at, part in enumerate(head) if _dated(part)]
    at = (days[-1] if newer else days[0]) if days else len(head)
    before, after = head[:at], head[at + 1 :]
    if newer:  # title, outlet, date
        outlet = before[-1] if before else None
        titles = before[-2:-1]
    else:  # outlet, date, title; or outlet, title, date
        before = [part for part in before if not _NO_DAY.fullmatch(part)]
        if owner and (not before or not days):
            before = [owner, *before]
        outlet = before[0] if before else None
        titles = list(filter(_is_title, before[1:]))
        titles = titles or [part for part in after if not _EDITION.search(part)]
    title = fields.get("title") or (unwrapped(titles[0]) if titles else None)
    if title and title.lower() in _UNTITLED:
        title = None
    lines = (unwrapped(part).strip() for part in body)
    text = "\n\n".join(line for line in lines if line not in _BETWEEN)
    return {
        "outlet": outlet.strip().split("\n")[0].rstrip(". ") if outlet else None,
        "date": _dated(head[at]) if days else None,
        "title": " ".join(title.split()) if title else None,
        "text": text or None,
        **{name: fields.get(name) for name in _KEPT},
    }
