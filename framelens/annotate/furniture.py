"""Furniture: what stands on the page and is no part of the story."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from framelens._layers import Layer
from framelens.annotate.paragraphs import paragraph_offsets
from framelens.annotate.spans import SPAN_COLUMNS, each_text, spans_frame
from framelens.annotate.words import word_offsets

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

LONGEST_CAPTION = 40
"""Words. A longer paragraph that names an agency at its end is no caption."""

SHORTEST_REPEAT = 4
"""Words. Shorter paragraphs may stand twice without being furniture."""

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DATE = rf"(?:\d{{4}}-\d{{2}}-\d{{2}}|{_MONTH}\s+\d{{1,2}}(?:,?\s+\d{{4}})?)"
_METADATA = re.compile(rf"\s*(?:date|published|updated)\s*:?\s+{_DATE}[ \t]*", re.I)
_DATELINE = re.compile(
    r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’ ,/-]{2,40}?"  # the place, in capitals
    rf"\s*(?:{_DATE}\s*)?(?:\([^()\n]{{2,40}}\)\s*)?"  # the date, the agency
    r"(?:\s*(?:--|[–—])\s*|-\s+|\s-\s*)(?=[\"“'‘(\[]*[A-ZÀ-ÖØ-Þ0-9])"
)
_AGENCY = r"(?:AP|AFP|EPA|PA|UPI|Reuters|Getty Images|Getty|Xinhua|TASS|Shutterstock)"
_CAPTION = re.compile(
    rf"(?:.*[.!?)]\s*(?:[\w ]{{1,30}}/\s*)?{_AGENCY}(?: Photo)?\.?)\Z"
)
_CREDIT = re.compile(rf"{_AGENCY}(?: Photo)?\.?\Z")  # tells most paragraphs apart fast
_CAPTION_START = re.compile(r"(?:Photo|Picture|Image|File photo)(?: by)?\s*[:|]", re.I)
_LICENCE = re.compile(
    r"(?:licen[cs]ed under|all rights reserved|\(c\)\s*\d{4}|©|copyright \d{4})", re.I
)
_IN_LICENCES = ("ed under", "all r", "(c)", "©", "copyr")  # letters with one lower case
_SENTENCE_END = re.compile(r"[.!?…][\"”’)\]]*\s+")


def furniture(articles: pd.DataFrame) -> pd.DataFrame:
    r"""Mark what is no part of the story, and is left out of every count.

    >>> import pandas as pd
    >>> text = "PARIS (Daily) – The dam held.\n\nA view of the dam. AFP"
    >>> articles = pd.DataFrame({"article": ["a"], "text": [text]})
    >>> furniture(articles)[["start", "end", "kind"]].values.tolist()
    [[0, 16, 'dateline'], [31, 53, 'caption']]
    """
    rows = (
        (article, start, end, f"{article}:f{number}", kind)
        for article, text in each_text(articles)
        for number, (start, end, kind) in enumerate(_in_text(text), start=1)
    )
    return spans_frame(rows, layer="furniture", role="furniture", extra=["kind"])


def _in_text(text: str) -> Iterator[tuple[int, int, str]]:
    """Give start, end and kind of the furniture of one text, in order."""
    seen: set[str] = set()
    field = _METADATA.match(text)
    told = field.end() if field else 0
    lower = text.lower()
    licensed = any(letters in lower for letters in _IN_LICENCES)
    if field:
        yield (field.start() + _indent(field.group()), told, "metadata")
    for start, end in paragraph_offsets(text):
        body = max(start, told)
        if body >= end:
            continue
        dateline = _DATELINE.match(text, body, end)
        story = dateline.end() if dateline else body
        key = " ".join(text[story:end].split()).casefold()
        if key in seen and len(word_offsets(key)) >= SHORTEST_REPEAT:
            yield body, end, "repeated"
            continue
        seen.add(key)
        if _is_caption(text[story:end]):
            yield body, end, "caption"
            continue
        if dateline:
            yield body, story, "dateline"
        notice = _LICENCE.search(text, story, end) if licensed else None
        if notice:
            yield _sentence_start(text, story, notice.start()), end, "licence"


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def _is_caption(paragraph: str) -> bool:
    if len(paragraph) > 400:
        return False
    if not (_CREDIT.search(paragraph[-30:]) or _CAPTION_START.match(paragraph)):
        return False
    if not (_CAPTION.match(paragraph) or _CAPTION_START.match(paragraph)):
        return False
    return len(word_offsets(paragraph)) <= LONGEST_CAPTION


def _sentence_start(text: str, start: int, position: int) -> int:
    """Give where the sentence around `position` begins, `start` at the earliest."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text, start, position)]
    return ends[-1] if ends else start


FURNITURE = Layer("furniture", (*SPAN_COLUMNS, "kind"), furniture)
