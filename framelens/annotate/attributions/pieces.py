"""Pieces: what attributions are made of, as spans and gathered."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from framelens._checks import InputError, require_columns, require_known
from framelens.annotate.spans import spans_frame

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    Pieces = list[list[int]]

ROLES = ("content", "source", "cue")
"""What a piece of an attribution can be."""

_OWN = ["kind", "depth", "probability"]
_NEEDED = ["article", "start", "end", "annotation", "role", *_OWN]


class Told(NamedTuple):
    """One attribution: its pieces by role, in reading order."""

    annotation: str
    content: Pieces
    source: Pieces
    cue: Pieces
    kind: str
    depth: int
    probability: float


def gathered(marked: pd.DataFrame, texts: dict[str, str]) -> dict[str, list[Told]]:
    """Gather the pieces of every attribution.

    Parameters
    ----------
    marked : DataFrame
        As `framelens.annotate.attributions` gives it.
    texts : dict of str to str
        The text of each article; rows of other articles are passed over.

    Returns
    -------
    dict of str to list of Told
        By article, in reading order; articles without an attribution are not in it.

    Raises
    ------
    ColumnError, InputError, UnknownNameError
        If a column lacks, a place is not in the text, an attribution has no content,
        or a piece has another role.
    """
    require_columns(marked, _NEEDED, of="attributions")
    columns = (marked[name].tolist() for name in _NEEDED)
    pieces: dict[tuple[str, str], dict[str, Pieces]] = {}
    told: dict[tuple[str, str], tuple[str, int, float]] = {}
    for article, start, end, annotation, role, *own in zip(*columns, strict=True):
        if article not in texts:
            continue
        require_known(role, ROLES, kind="role")
        if not 0 <= start < end <= len(texts[article]):
            raise InputError(
                f"attribution {annotation}: {start} to {end} is no stretch of article "
                f"{article}, which has {len(texts[article]):,} characters; mark the "
                "attributions of these very texts"
            )
        some = pieces.setdefault((article, annotation), {one: [] for one in ROLES})
        some[role].append([int(start), int(end)])
        told.setdefault((article, annotation), (own[0], int(own[1]), float(own[2])))
    found: dict[str, list[Told]] = {}
    for (article, annotation), some in pieces.items():
        one = _whole(annotation, some, told[article, annotation])
        found.setdefault(article, []).append(one)
    for several in found.values():
        several.sort(key=lambda one: one.content)
    return found


def _whole(
    annotation: str, some: dict[str, Pieces], own: tuple[str, int, float]
) -> Told:
    """Put the pieces of one attribution in reading order."""
    content, source, cue = (sorted(some[role]) for role in ROLES)
    if not content:
        raise InputError(
            f"attribution {annotation} has no content; give each at least one row of "
            "the role content"
        )
    return Told(annotation, content, source, cue, *own)


def spans_of(table: pd.DataFrame) -> pd.DataFrame:
    """Give the pieces of a table of attributions as spans, one row each.

    Parameters
    ----------
    table : DataFrame
        ``article, annotation, content, source, cue, kind, depth, probability``, as
        `framelens.annotate.attribution_table` gives it.

    Returns
    -------
    DataFrame
        As `framelens.annotate.attributions` gives it.

    Raises
    ------
    ColumnError
        If a column lacks.
    InputError
        If a cell holds no pieces ``[[start, end], ...]``.
    """
    require_columns(
        table, ["article", "annotation", *ROLES, *_OWN], of="a table of attributions"
    )
    extra = ["role_of_piece", *_OWN]
    found = spans_frame(_rows(table), layer="attribution", role="", extra=extra)
    found["role"] = found.pop("role_of_piece")
    return found.astype({"probability": "float64"})


def _rows(table: pd.DataFrame) -> Iterator[tuple[object, ...]]:
    keys = ["article", "annotation", *_OWN]
    columns = zip(*(table[name].tolist() for name in keys), strict=True)
    cells = zip(*(table[name].tolist() for name in ROLES), strict=True)
    for (article, annotation, *own), several in zip(columns, cells, strict=True):
        for role, cell in zip(ROLES, several, strict=True):
            for start, end in pieces_in(cell):
                yield article, start, end, annotation, role, *own


def pieces_in(cell: object) -> list[tuple[int, int]]:
    """Read one cell of ``content``, ``source`` or ``cue``; a missing one is empty.

    Raises
    ------
    InputError
        If it holds no pieces ``[[start, end], ...]``.

    Examples
    --------
    >>> pieces_in([[3, 9], [12, 15]]), pieces_in(None)
    ([(3, 9), (12, 15)], [])
    """
    if cell is None or (isinstance(cell, float) and cell != cell):
        return []
    try:
        return [(int(start), int(end)) for start, end in cell]  # type: ignore[attr-defined]
    except (TypeError, ValueError):
        raise InputError(
            f"pieces of an attribution are lists [[start, end], ...]; found {cell!r}"
        ) from None
