"""Repair: texts as they were meant, beside the texts as they came."""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from framelens._progress import followed
from framelens.read.aside import Cells, each
from framelens.read.damage import (
    APART,
    BOUND,
    ENTITIES,
    LIGATURES,
    MIXED,
    SCRIPT,
    TAGS,
    UNSEEN,
    in_latin,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from framelens.read.reading import Reading

Edit = tuple[int, int, str]
"""Where a text is changed, from and to, and what stands there instead."""

_BREAKS = re.compile(
    r"</?(?:p|br|div|li|tr|h[1-6]|blockquote|ul|ol|table|section)\b", re.I
)
_CODED = re.compile("[^\x00-\x7f\ufb00-\ufb06\u0370-\u04ff]+(?:[ \xa0]?[^\x00-\x7f]+)*")
"""Stretches that may be characters decoded wrongly."""

_LOST_QUOTE = re.compile("â€(?:[\ufffd\x9d]|(?![^\x00-\x7f]))")
"""A closing quotation mark whose last byte Windows-1252 has no letter for."""


@dataclass(frozen=True)
class Repair:
    """What was changed in a text: `before` as it came, and the `edits` in order."""

    before: str
    edits: tuple[Edit, ...]

    @cached_property
    def after(self) -> str:
        """The text with every edit made."""
        parts, at = [], 0
        for start, end, new in self.edits:
            parts += [self.before[at:start], new]
            at = end
        return "".join([*parts, self.before[at:]])

    @cached_property
    def _shifts(self) -> list[tuple[int, int]]:
        """Where each edit begins and ends in the text after, and in the text before."""
        marks, shift = [(0, 0)], 0
        for start, end, new in self.edits:
            marks.append((start + shift, start))
            shift += len(new) - (end - start)
            marks.append((end + shift, end))
        return marks

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Give where a stretch of the text after stands in the text before."""
        first = self._at(start)
        return first, max(first, self._at(end - 1) + 1 if end > start else first)

    def _at(self, place: int) -> int:
        """Give the place before of one character after; in an edit, at most its end."""
        mark = bisect_right(self._shifts, (place, len(self.before))) - 1
        after, before = self._shifts[mark]
        inside = mark % 2 == 1  # odd marks begin an edit
        limit = self._shifts[mark + 1][1] - 1 if inside else len(self.before)
        return max(before, min(before + place - after, limit))


def repaired(reading: Reading) -> Reading:
    """Give a reading with its texts and titles repaired, and note what was done.

    The texts as they came are kept: `Reading.repairs`, `Reading.original`.
    """
    repairs: dict[str, Repair] = {}
    done: Counter[str] = Counter()
    texts = Cells()
    given = reading.articles
    rows = zip(given["article"], each(given["text"]), strict=True)
    for article, text in followed(rows, "repairing", total=len(given)):
        repair, kinds = repair_of(text)
        if repair.edits and repair.after.strip():
            repairs[article] = repair
            done.update(kinds)
        texts.extend([repair.after if article in repairs else text])
    titles = [
        repair_of(title)[0].after if title else title
        for title in reading.articles["title"]
    ]
    said = [
        (reading.source, f"repaired in {number:,} texts: {kind}")
        for kind, number in done.most_common()
    ]
    remarks = pd.DataFrame(said, columns=["where", "note"], dtype=object)
    articles = reading.articles.assign(
        text=texts.column(), title=pd.Series(titles, dtype=object)
    )
    remarks = pd.concat([reading.remarks, remarks], ignore_index=True)
    return replace(reading, articles=articles, remarks=remarks, repairs=repairs)


def repair_of(text: str) -> tuple[Repair, list[str]]:
    r"""Find what to change in a text, and of which kinds it is.

    >>> repair, kinds = repair_of("<p>â€œThe gov\u00adernment&rsquo;s ofﬁceâ€\x9d</p>")
    >>> repair.after
    '“The government’s office”'
    >>> text = repair.before
    >>> start, end = repair.original(5, 15)
    >>> text[start:end] == "gov\u00adernment"
    True
    """
    edits: list[Edit] = []
    kinds = []
    taken: list[tuple[int, int]] = []
    for kind, find in _STEPS.items():
        new = [edit for edit in find(text) if not _overlaps(edit, taken)]
        if new:
            kinds.append(kind)
            edits += new
            taken = sorted((start, end) for start, end, _ in edits)
    edits.sort()
    return Repair(text, tuple(edits)), kinds


def _overlaps(edit: Edit, taken: list[tuple[int, int]]) -> bool:
    place = bisect_right(taken, (edit[0], edit[1]))
    before = place > 0 and taken[place - 1][1] > edit[0]
    return before or (place < len(taken) and taken[place][0] < edit[1])


def _html(text: str) -> Iterator[Edit]:
    if "<" in text:
        yield from ((*found.span(), "") for found in SCRIPT.finditer(text))
        tags = list(TAGS.finditer(text))
        begin, end = _content(tags, text)
        for found in tags:
            breaks = begin <= found.start() < end and _BREAKS.match(found[0])
            yield *found.span(), "\n" if breaks else ""
    if "&" in text:
        for found in ENTITIES.finditer(text):
            yield *found.span(), html.unescape(found[0]).replace("\xa0", " ")


def _content(tags: list[re.Match[str]], text: str) -> tuple[int, int]:
    """Give where the text begins and ends between its outermost tags."""
    begin, end = 0, len(text)
    for found in tags:
        if text[begin : found.start()].strip():
            break
        begin = found.end()
    for found in reversed(tags):
        if text[found.end() : end].strip():
            break
        end = found.start()
    return begin, end


def _mojibake(text: str) -> Iterator[Edit]:
    if text.isascii():
        return
    from ftfy import fix_encoding
    from ftfy.badness import is_bad

    for found in _CODED.finditer(text):
        new = _LOST_QUOTE.sub("”", found[0])
        inside = text[found.start() - 1 : found.start()].islower()
        new = fix_encoding(new) if is_bad(new) else _in_word(new) if inside else new
        if new != found[0]:
            yield *found.span(), new


def _in_word(letters: str) -> str:
    """Decode again what begins with a capital behind a small letter: *ErdoÄŸan*."""
    try:
        return letters.encode("cp1252").decode() if letters[0].isupper() else letters
    except UnicodeError:
        return letters


def _by(
    pattern: re.Pattern[str], new: Callable[[str], str]
) -> Callable[[str], Iterator[Edit]]:
    def find(text: str) -> Iterator[Edit]:
        for found in () if text.isascii() else pattern.finditer(text):
            instead = new(found[0])
            if instead != found[0]:
                yield *found.span(), instead

    return find


_STEPS: dict[str, Callable[[str], Iterator[Edit]]] = {
    "html": _html,
    "mojibake": _mojibake,
    "hidden characters": _by(UNSEEN, lambda _: ""),
    "reordering marks": _by(BOUND, lambda _: ""),
    "ligatures": _by(LIGATURES, lambda one: unicodedata.normalize("NFKC", one)),
    "look-alikes": _by(MIXED, in_latin),
    "accents apart": _by(
        re.compile(f"(?:{APART.pattern})[\u0300-\u036f]*"),
        lambda one: unicodedata.normalize("NFC", one),
    ),
}
"""How each kind of damage is found and mended, in this order; capitals, other
languages and texts cut off cannot be."""
