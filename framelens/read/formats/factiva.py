"""Factiva: HTML and RTF, in any language of the interface.

What the interface translates (*877 words*, *Document*) is told by its place: a number
and a word, then the day, the hour, the outlet and its code in capitals.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from framelens.read.dates import day_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

NAME = "Factiva"

_CODE = r"[^\W\d_]+ [A-Z0-9]{4,8}\d{10,}[A-Za-z0-9]{5,}"
MARK = re.compile(rf"^[ \t]*{_CODE}[ \t]*$", re.M)
_WORDS = re.compile(r"\d[\d.,\s\xa0]*[^\W\d_][\w()\ufffd]*(?: [^\W\d_]+)?")
_TIME = re.compile(r"\d{1,2}[:.h]\d{2}(?: ?[AP]M)?(?: [A-Z]{2,5})?")
_RIGHTS = re.compile(r"(?:copyright|\(c\)|©)", re.I)
_LABELLED = re.compile(
    r"^(HD|SE|BY|CR|WC|PD|ET|SN|SC|ED|PG|LA|CY|LP|TD|ART|CO|IN|NS|RE"
    r"|IPC|IPD|PUB|AN|RF|NGC|GC|VOL|CLM|CT)[ \t\xa0|]*$",
    re.M,
)
_FIELDS = {"HD": "title", "BY": "author", "WC": "length", "SN": "outlet", "PD": "date",
           "SE": "section", "LA": "language", "AN": "code", "ET": "time"}  # fmt: skip
"""What the two letters beside a field of the table layout stand for."""


def documents_in(
    text: str, chunks: list[str] | None
) -> tuple[list[dict[str, Any]], list[tuple[str, str]]]:
    """Give one row a document of a text file, as an RTF becomes one."""
    del chunks
    rows, dropped, begins = [], [], 0
    for number, mark in enumerate(MARK.finditer(text), start=1):
        block = text[begins : mark.start()]
        begins = mark.end()
        row = _labelled(block) if _LABELLED.search(block) else _unlabelled(block)
        row["code"] = mark[0].split()[-1]
        if row.get("text"):
            rows.append(row)
        else:
            dropped.append((f"document {number}", "it holds no text"))
    return rows, dropped


def _labelled(block: str) -> dict[str, Any]:
    parts = _LABELLED.split(block)
    found = dict(zip(parts[1::2], parts[2::2], strict=False))
    return _of_fields(
        {label: value.strip(" \t\n|\xa0") for label, value in found.items()}
    )


def _unlabelled(block: str) -> dict[str, Any]:
    lines = [line.strip() for line in block.splitlines() if line.strip()]
    counted = [at for at, line in enumerate(lines) if _is_count(lines, at)]
    if not counted:
        return {}
    at = counted[0]
    row = _after_count(lines[at:])
    rights = [n for n, line in enumerate(lines) if n > at and _RIGHTS.match(line)]
    begins = rights[0] + 1 if rights else at + 5
    return row | {
        "title": lines[0],
        "author": lines[1] if at > 1 else None,
        "text": "\n\n".join(lines[begins:]),
    }


def _is_count(lines: list[str], at: int) -> bool:
    """Whether a line counts the words: a day follows it."""
    return bool(_WORDS.fullmatch(lines[at])) and any(
        map(day_of, lines[at + 1 : at + 2])
    )


def _after_count(lines: list[str]) -> dict[str, Any]:
    """Read what follows the count of words by its place."""
    length, date, *rest = lines
    time = rest.pop(0) if rest and _TIME.fullmatch(rest[0]) else None
    languages = [line for line in rest[2:8] if line.isalpha() and line.istitle()]
    return {
        "outlet": rest[0] if rest else None,
        "date": f"{date} {time}" if time else date,
        "length": length,
        "language": languages[-1] if languages else None,
    }


def documents_of(page: HtmlElement) -> list[dict[str, Any]]:
    """Give one row a document of a page that Factiva wrote."""
    found = page.xpath("//div[contains(concat(' ', @class, ' '), ' article ')]")
    articles = [
        one for one in found if not one.xpath(".//div[starts-with(@class, 'article ')]")
    ]
    return [row for row in map(_document, articles) if row]


def is_page(page: HtmlElement) -> bool:
    """Say whether Factiva wrote a page."""
    return bool(page.xpath("//p[contains(@class, 'articleParagraph')]"))


def _document(article: HtmlElement) -> dict[str, Any]:
    fields = {}
    for cells in article.xpath(".//tr[count(td) = 2]"):
        label, value = cells.xpath("td")
        fields[_line(label)] = _paragraphs(value.xpath(".//p")) or _line(value)
    if "HD" in fields:
        return _of_fields(fields)
    lines = [_line(one) for one in article.xpath(".//div[not(.//div)]")]
    counted = [at for at, _ in enumerate(lines) if _is_count(lines, at)]
    heads = article.xpath(".//*[contains(@class, 'Headline')]")
    authors = article.xpath(".//*[@class = 'author']")
    noted = article.xpath("./p[not(@class)]")
    texts = article.xpath(".//p[contains(@class, 'articleParagraph')]")
    numbered = bool(heads) and "counted" in heads[0].get("class", "")
    title = _line(heads[0]) if heads else None
    return {
        "title": re.sub(r"^\d+\) ", "", title) if title and numbered else title,
        **(_after_count(lines[counted[0] :]) if counted else {}),
        "author": _line(authors[0]) if authors else None,
        "text": _paragraphs(texts) or None,
        "code": _line(noted[-1]).split()[-1] if noted and _line(noted[-1]) else None,
    }


def _of_fields(fields: dict[str, str]) -> dict[str, Any]:
    row: dict[str, Any] = {ours: fields.get(label) for label, ours in _FIELDS.items()}
    if time := row.pop("time"):
        row["date"] = f"{row['date']} {time}"
    bodies = (fields.get("LP"), fields.get("TD"))
    return row | {"text": "\n\n".join(body for body in bodies if body) or None}


def _line(element: HtmlElement) -> str:
    return " ".join(str(element.text_content()).split())


def _paragraphs(elements: list[HtmlElement]) -> str:
    return "\n\n".join(line for line in map(_line, elements) if line)
