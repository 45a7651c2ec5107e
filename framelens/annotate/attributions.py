"""Attributions as spans: contents, cues and sources, nested ones marked."""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from framelens._checks import InputError, require_columns, require_known
from framelens._layers import Layer
from framelens.annotate.attribution_model import load_reader
from framelens.annotate.cues import unsaid
from framelens.annotate.marks import quoted_stretches
from framelens.annotate.one_pass import read_pieces
from framelens.annotate.spans import SPAN_COLUMNS, each_text, rows_of, spans_frame
from framelens.annotate.words import WORD
from framelens.read import articles_of
from framelens.read.damage import language_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import pandas as pd

    Piece = tuple[str, int, int]

    Pieces = list[list[int]]


ROLES = ("content", "source", "cue")
"""What a piece of an attribution can be."""

_OPEN_QUESTION = re.compile(r"(?:whether|if|when|where|why|how|wh(?:o|at|ich))\b", re.I)
_OWN = ["kind", "depth", "probability"]
_NEEDED = ["article", "start", "end", "annotation", "role", *_OWN]


class Attribution(NamedTuple):
    """One attribution: its pieces by role, in reading order."""

    annotation: str
    content: Pieces
    source: Pieces
    cue: Pieces
    kind: str
    depth: int
    probability: float


def gathered(
    marked: pd.DataFrame, texts: dict[str, str]
) -> dict[str, list[Attribution]]:
    """Gather the pieces of every attribution, by article and in reading order.

    `marked` is the layer of attributions, `texts` the text of each article; rows of
    other articles are passed over. Refuses places outside the text and attributions
    without a content.
    """
    require_columns(marked, _NEEDED, of="attributions")
    whole: dict[tuple[str, str], Attribution] = {}
    for article, start, end, annotation, role, kind, *rest in rows_of(marked, *_NEEDED):
        if article not in texts:
            continue
        require_known(role, ROLES, kind="role")
        if not 0 <= start < end <= len(texts[article]):
            raise InputError(
                f"attribution {annotation}: {start} to {end} is no stretch of article "
                f"{article}, which has {len(texts[article]):,} characters; mark the "
                "attributions of these very texts"
            )
        own = (kind, int(rest[0]), float(rest[1]))
        one = Attribution(annotation, [], [], [], *own)
        one = whole.setdefault((article, annotation), one)
        getattr(one, role).append([int(start), int(end)])
    found: dict[str, list[Attribution]] = {}
    for (article, annotation), one in whole.items():
        if not one.content:
            raise InputError(
                f"attribution {annotation} has no content; give each at least one row "
                "of the role content"
            )
        for pieces in (one.content, one.source, one.cue):
            pieces.sort()
        found.setdefault(article, []).append(one)
    for several in found.values():
        several.sort(key=lambda one: one.content)
    return found


def spans_of(table: pd.DataFrame) -> pd.DataFrame:
    """Give the pieces of a table of attributions as spans, one row each.

    `table` has ``article, annotation, content, source, cue, kind, depth, probability``,
    and lists of pieces ``[[start, end], ...]`` in the third to the fifth.
    """
    require_columns(
        table, ["article", "annotation", *ROLES, *_OWN], of="a table of attributions"
    )
    found = spans_frame(_rows(table), layer="attribution", extra=_OWN)
    return found.astype({"probability": "float64"})


def _rows(table: pd.DataFrame) -> Iterator[tuple[object, ...]]:
    own_columns = rows_of(table, "article", "annotation", *_OWN)
    cells = rows_of(table, *ROLES)
    for (article, annotation, *own), several in zip(own_columns, cells, strict=True):
        for role, cell in zip(ROLES, several, strict=True):
            for start, end in pieces_of(cell):
                yield article, start, end, annotation, role, *own


def pieces_of(cell: object) -> Pieces:
    """Read one cell of ``content``, ``source`` or ``cue``; a missing one is empty.

    >>> pieces_of("[[3, 9], [12, 15]]"), pieces_of([[3, 9]]), pieces_of(None)
    ([[3, 9], [12, 15]], [[3, 9]], [])
    """
    if cell is None or cell == "" or (isinstance(cell, float) and np.isnan(cell)):
        return []
    try:
        pieces: Any = json.loads(cell) if isinstance(cell, str) else cell
        return sorted([int(start), int(end)] for start, end in pieces)
    except (TypeError, ValueError):
        raise InputError(
            f"pieces of an attribution are lists [[start, end], ...]; found {cell!r}"
        ) from None


ATTRIBUTION_KINDS = ("direct", "mixed", "indirect")
"""All words of the content in quotation marks, some of them, or none."""


def attributions(
    articles: pd.DataFrame | str | Path,
    *,
    model: str | Path | None = None,
    threads: int = 1,
) -> pd.DataFrame:
    """Mark who says what: contents with their cues and sources, as spans.

    Nothing is marked in texts that are clearly in another language than English.

    `model` is an attribution model of one's own, as `load_reader` takes it.
    """
    articles = articles_of(articles)
    reader = load_reader(model, threads=threads)
    texts = list(each_text(articles))
    # the model knows English only
    read = (text if language_of(text) in ("en", None) else "" for _, text in texts)
    found = read_pieces(read, reader)
    rows = (
        (article, start, end, f"{article}:a{number}", role, kind, depth, probability)
        for (article, text), pieces in zip(texts, found, strict=True)
        for number, role, start, end, kind, depth, probability in _in_text(text, pieces)
    )
    table = spans_frame(rows, layer="attribution", extra=_OWN)
    return table.astype({"probability": "float64"})


def _in_text(
    text: str, pieces: pd.DataFrame
) -> Iterator[tuple[int, str, int, int, str, int, float]]:
    """Give each piece with its attribution's number, kind, depth and probability."""
    by_number: dict[int, list[Piece]] = {}
    likely: dict[int, float] = {}
    for number, role, start, end, probability in pieces.itertuples(
        index=False, name=None
    ):
        whole = _of_whole_words(text, start, end)
        by_number.setdefault(number, []).append((role, *whole))
        likely[number] = probability
    by_number = {
        number: _apart(some)
        for number, some in by_number.items()
        if not _not_said(text, some)
    }
    contents = [_of_role(some, "content") for some in by_number.values()]
    cues = [_of_role(some, "cue") for some in by_number.values()]
    marks = [(one.start, one.end) for one in quoted_stretches(text) if not one.depth]
    edges, last = {}, 0
    for piece in sorted((start, end) for some in contents for start, end in some):
        start, end = _to_the_marks(text, *piece, marks)
        edges[piece] = max(start, last), end
        last = end
    rows = zip(
        by_number.items(), kinds(text, contents), depths(contents, cues), strict=True
    )
    for (number, some), kind, depth in rows:
        for role, start, end in sorted(some, key=lambda piece: piece[1:]):
            if role == "content":
                start, end = edges[start, end]
            yield number + 1, role, start, end, kind, depth, likely[number]


def _of_whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Move the edges of a piece out of a word that they cut.

    >>> _of_whole_words("Haddad was quoted", 0, 3)
    (0, 6)
    """
    while 0 < start < len(text) and text[start - 1 : start + 1].isalnum():
        start -= 1
    while 0 < end < len(text) and text[end - 1 : end + 1].isalnum():
        end += 1
    return start, end


def _apart(pieces: list[Piece]) -> list[Piece]:
    """Leave out what is content and source or cue at once, where content is left."""
    others = [span for role, *span in pieces if role != "content"]
    kept = [
        (role, start, end)
        for role, start, end in dict.fromkeys(pieces)
        if role != "content" or not any(a <= start and end <= b for a, b in others)
    ]
    return kept if any(role == "content" for role, *_ in kept) else pieces


def _not_said(text: str, pieces: list[Piece]) -> bool:
    """Whether this is what somebody did not say: *did not say that it was over*.

    *Did not say whether* tells of a matter, not of words, and stays.
    """
    cues, contents = _of_role(pieces, "cue"), _of_role(pieces, "content")
    if not cues or not contents or not unsaid(text[cues[0][0] : cues[-1][1]]):
        return False
    return _OPEN_QUESTION.match(text, min(contents)[0]) is None


def _of_role(pieces: list[Piece], role: str) -> list[list[int]]:
    """Give the places of the pieces of one role."""
    return [[start, end] for which, start, end in pieces if which == role]


def depths(
    contents: Sequence[Sequence[Sequence[int]]],
    cues: Sequence[Sequence[Sequence[int]]],
) -> list[int]:
    """Say how deep each attribution of a text stands: inside whose content.

    An attribution stands where its cue does, or its content if it has no cue.

    >>> depths([[[0, 50]], [[20, 40]]], [[[51, 55]], [[14, 18]]])
    [0, 1]
    """
    places = sorted(
        (start, end, number)
        for number, pieces in enumerate(contents)
        for start, end in pieces
    )
    around: dict[int, int] = {}
    for number, (content, cue) in enumerate(zip(contents, cues, strict=True)):
        stands = (cue or content)[0][0]
        place = bisect_right(places, stands, key=itemgetter(0)) - 1
        if place >= 0 and stands < places[place][1] and places[place][2] != number:
            around[number] = places[place][2]
    found = []
    for number in range(len(contents)):
        seen, outer = {number}, number
        while (outer := around.get(outer, number)) not in seen:
            seen.add(outer)
        found.append(len(seen) - 1)
    return found


def _to_the_marks(
    text: str, start: int, end: int, marks: list[tuple[int, int]]
) -> tuple[int, int]:
    """Take in quotation marks that only punctuation parts from an edge.

    Where direct speech begins and ends is what its marks say.
    """
    first, after = _around(marks, start)
    if first < start < after and not WORD.search(text, first, start):
        start = first
    first, after = _around(marks, end)
    if first < end < after and not WORD.search(text, end, after):
        end = after
    return start, end


def _around(marks: list[tuple[int, int]], place: int) -> tuple[int, int]:
    """Give the last stretch that begins at or before a place."""
    found = bisect_right(marks, place, key=itemgetter(0)) - 1
    return marks[found] if found >= 0 else (place, place)


def _quoted_words(text: str, marks: list[tuple[int, int]]) -> list[tuple[int, bool]]:
    """Give where each word begins, and whether it stands in quotation marks."""
    inside = np.zeros(len(text) + 1, dtype=bool)
    for first, after in marks:
        inside[first:after] = True
    return [(m.start(), bool(inside[m.start()])) for m in WORD.finditer(text)]


def kinds(text: str, contents: Sequence[Sequence[Sequence[int]]]) -> list[str]:
    """Say of each content of a text how much of it stands in quotation marks.

    >>> kinds('He said "yes" at once.', [[[8, 13]], [[8, 21]], [[14, 21]]])
    ['direct', 'mixed', 'indirect']
    """
    marks = [(one.start, one.end) for one in quoted_stretches(text) if not one.depth]
    words = _quoted_words(text, marks)
    return [_kind(pieces, words) for pieces in contents]


def _kind(content: Sequence[Sequence[int]], words: list[tuple[int, bool]]) -> str:
    """Give the kind of one content."""
    quoted = [
        words[place][1]
        for start, end in content
        for place in range(
            bisect_left(words, (start, False)), bisect_left(words, (end, False))
        )
    ]
    if quoted and all(quoted):
        return "direct"
    return "mixed" if any(quoted) else "indirect"


ATTRIBUTIONS = Layer(
    "attributions",
    (*SPAN_COLUMNS, "kind", "depth", "probability"),
    attributions,
    version="4",
)
