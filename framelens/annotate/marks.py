"""Quotation marks: a state machine that finds what stands between them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from framelens.annotate.paragraphs import paragraph_offsets

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_UNCLOSED = 2_000
"""Characters. An unclosed quotation ends with the last sentence before this."""

LONGEST_CARRIED = 3
"""Paragraphs over which a quotation may run without opening marks of its own."""

_DOUBLE = re.compile(r"''|``|[\"＂“”„‟«»]")
_SINGLE = re.compile(r"[‘’]|(?<!')'(?!')")
_ANY_OPENING = re.compile(r"''|``|[\"＂“”„‟«»‘]|(?<!\w)'(?=\w)")
_PAIRS = {"‘": "’", "'": "'"}
_ELISION = re.compile(
    r"'(?:tis|twas|twere|twill|em|til|till|cause|cos|bout|round|neath|n|ello|\d+s?)\b",
    re.IGNORECASE,
)
_PLURAL_POSSESSIVE = re.compile(r"s[’'] ")
_OPENING = {"“", "„", "‟", "«", "``"}
_CLOSING = {"”", "»"}
_FAMILY = {"“": "“", "”": "“", "„": "“", "‟": "“", "«": "«", "»": "«", "``": "'"}
_SENTENCE_END = re.compile(r"[.!?…](?=\s|\Z)")


@dataclass(frozen=True, slots=True)
class Stretch:
    """What stands between two marks; offsets of `start` and `end` include them."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    depth: int
    mark: str  # paired, mismatched or unclosed


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    glyph: str
    opens: bool  # white space or an opening bracket before, a word behind
    closes: bool  # a word or punctuation before, white space or punctuation behind


def quoted_stretches(text: str) -> list[Stretch]:
    """Find every stretch between quotation marks, nested ones too, in order of `start`.

    Double marks of any kind open and close; the glyph decides where it can, the spacing
    where it cannot. A stretch that its paragraph does not close is carried on if one of
    the next closes it; else it ends with its paragraph or before the next opening mark.
    Single marks that are no apostrophes are quotations too, within a paragraph.

    >>> text = 'He said: “It is ‘over’, we go", and left.'
    >>> for one in quoted_stretches(text):
    ...     print(text[one.start : one.end], one.depth, one.mark)
    “It is ‘over’, we go" 0 mismatched
    ‘over’ 1 paired
    """
    if not _ANY_OPENING.search(text):
        return []
    found = list(_double(text))
    return sorted(
        [*found, *_single(text, found)], key=lambda one: (one.start, -one.end)
    )


def _double(text: str) -> Iterator[Stretch]:
    """Run the state machine over double marks, paragraph by paragraph."""
    bounds = paragraph_offsets(text)
    marks = [_marks(text, start, end) for start, end in bounds]
    carried: _Mark | None = None
    since = 0
    for number, (_, end) in enumerate(bounds):
        inside = [] if carried is None else [carried]
        nests = _nests(marks[number])
        for place, mark in enumerate(marks[number]):
            if not inside:
                if _can_open(text, mark):
                    inside = [mark]
            elif not _opens_anew(marks[number], place):
                opening = inside.pop()
                yield _stretch(opening, mark, depth=len(inside))
            elif nests[place]:
                inside.append(mark)
            else:
                yield _unclosed(text, inside[0], mark.start)
                inside = [mark]
        since = since + 1 if carried is not None and inside[:1] == [carried] else 0
        carried = None
        if inside:
            if since < LONGEST_CARRIED and _closed_later(marks, number, since):
                carried = inside[0]
            else:
                yield _unclosed(text, inside[0], end)


def _closed_later(marks: list[list[_Mark]], number: int, since: int) -> bool:
    """Whether the next mark, at most `LONGEST_CARRIED` paragraphs on, closes."""
    last = number + 1 + LONGEST_CARRIED - since
    for paragraph in marks[number + 1 : last]:
        for mark in paragraph:
            return mark.glyph in _CLOSING or (mark.closes and not mark.opens)
    return False


def _marks(text: str, start: int, end: int) -> list[_Mark]:
    """Give the double marks of one paragraph, with what their spacing says."""
    return [
        _Mark(*match.span(), match.group(), *_spacing(text, *match.span()))
        for match in _DOUBLE.finditer(text, start, end)
    ]


def _spacing(text: str, start: int, end: int) -> tuple[bool, bool]:
    before = text[start - 1] if start else " "
    behind = text[end] if end < len(text) else " "
    left = before.isspace() or before in "([{—–-/‘“„«"
    right = behind.isspace() or behind in ".,;:!?…)]}—–-/’”»"
    return left and not right, right and not left


def _can_open(text: str, mark: _Mark) -> bool:
    """Whether a mark outside a quotation begins one, or is stray (or inches)."""
    if mark.opens or mark.glyph in _OPENING:
        return True
    if mark.closes or mark.glyph in _CLOSING:
        return False
    return not (mark.start and text[mark.start - 1].isdigit())


def _opens_anew(marks: list[_Mark], place: int) -> bool:
    """Whether a mark inside a quotation opens another one instead of closing it."""
    mark, left = marks[place], len(marks) - place
    if mark.glyph in _CLOSING or mark.closes:
        return False
    if mark.glyph in _OPENING:
        return True
    return mark.opens and left > 1 and (left % 2 == 0 or marks[place + 1].closes)


def _nests(marks: list[_Mark]) -> list[bool]:
    """Whether enough marks follow each one to close it and the quotation around it.

    Told by the balance of what closes and what opens in the paragraph's rest.
    """
    steps = [
        -1 if m.glyph in _CLOSING or (m.glyph not in _OPENING and m.closes) else 1
        for m in marks
    ]
    nests: list[bool] = []
    lowest = 0
    for step in reversed(steps):
        lowest = step + min(lowest, 0)
        nests.append(lowest < 0)
    return nests[::-1]


def _stretch(opening: _Mark, closing: _Mark, *, depth: int) -> Stretch:
    one, other = (_FAMILY.get(mark.glyph, mark.glyph) for mark in (opening, closing))
    alike = one == other or {one, other} == {"'", "''"}
    return Stretch(
        opening.start,
        closing.end,
        opening.end,
        closing.start,
        depth,
        "paired" if alike else "mismatched",
    )


def _unclosed(text: str, opening: _Mark, limit: int) -> Stretch:
    """End a quotation that has no closing mark, before `limit`."""
    if limit - opening.end > LONGEST_UNCLOSED:
        reach = opening.end + LONGEST_UNCLOSED
        ends = [m.end() for m in _SENTENCE_END.finditer(text, opening.end, reach)]
        limit = ends[-1] if ends else reach
    end = opening.end + len(text[opening.end : limit].rstrip())
    return Stretch(opening.start, end, opening.end, end, 0, "unclosed")


def _single(text: str, doubles: list[Stretch]) -> Iterator[Stretch]:
    """Pair single marks within paragraphs, inside or outside double ones."""
    outer = [one for one in doubles if one.depth == 0]
    insides = {one.inner_start for one in outer}
    for start, end in _regions(text, outer):
        marks = [
            (match.start(), match.group(), *_spacing(text, *match.span()))
            for match in _SINGLE.finditer(text, start, end)
        ]
        opening: int | None = None
        for (position, glyph, opens, closes), more in zip(
            marks, _closing_follows(marks), strict=True
        ):
            if glyph != "’" and opens:
                elided = glyph == "'" and _ELISION.match(text, position)
                opening = opening if elided else position
            elif opening is not None and closes and glyph == _PAIRS[text[opening]]:
                if more and _PLURAL_POSSESSIVE.match(text, position - 1):
                    continue  # the workers’ march
                inner = (opening + 1, position, int(start in insides))
                yield Stretch(opening, position + 1, *inner, "paired")
                opening = None


def _closing_follows(marks: list[tuple[int, str, bool, bool]]) -> list[bool]:
    """Whether another closing mark comes behind each one, before the next opening."""
    follows: list[bool] = []
    state = False
    for _, glyph, opens, closes in reversed(marks):
        follows.append(state)
        state = (state or closes) and glyph != "‘" and not (glyph == "'" and opens)
    return follows[::-1]


def _regions(text: str, outer: list[Stretch]) -> Iterator[tuple[int, int]]:
    """Give the insides of double quotations, and the paragraphs around them."""
    for one in outer:
        yield one.inner_start, one.inner_end
    place = covered = 0
    for start, end in paragraph_offsets(text):
        left = max(start, covered)
        while place < len(outer) and outer[place].start < end:
            if outer[place].start > left:
                yield left, outer[place].start
            left = covered = max(left, outer[place].end)
            place += 1
        if left < end:
            yield left, end
