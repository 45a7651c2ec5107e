"""Attributed words: every word in somebody's voice, and the attribution it is in."""

from __future__ import annotations

from bisect import bisect_left
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from framelens._checks import InputError, require_columns
from framelens.annotate.attributions import pieces_in, spans_of
from framelens.annotate.cues import cue_class
from framelens.annotate.voices import voices as divide
from framelens.annotate.words import word_offsets
from framelens.measure.sparse import TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    Whole = npt.NDArray[np.int64]

ATTRIBUTED_VOICES = ("direct", "indirect")
"""The voices in which somebody else than the outlet speaks."""

NO_ROW = -1
"""The row of words that stand in no attribution."""

_OF = "the table of who is credited"
_KEYS = ["event", "outlet", "article", "text"]
_PIECE = ["event", "outlet", "article", "voice", "row", "k", "start", "end", "text"]


class _Stretch(NamedTuple):
    start: int
    end: int
    voice: str


def with_contents(spoken: pd.DataFrame) -> pd.DataFrame:
    """Give a table of who is credited with what the columns that are read here.

    Parameters
    ----------
    spoken : DataFrame
        As `framelens.annotate.attribution_table` gives it, or the command
        ``framelens attributions`` writes it to ``.jsonl``; or, for quotations alone,
        as `framelens.annotate.speakers` does.

    Returns
    -------
    DataFrame
        The same rows, numbered from 0, with ``content`` (lists of ``[start, end]``)
        and ``depth``. Quotations have depth 0, the kind ``direct``, and their cue as
        ``cue_text``, with its class.

    Raises
    ------
    ColumnError
        If a column lacks.
    InputError
        If a depth is missing.
    """
    spoken = spoken.reset_index(drop=True)
    if "content" in spoken.columns:
        require_columns(spoken, ["article", "depth", "source", "cue"], of=_OF)
        _require_depths(spoken)
        named = spoken["article"].astype(str) + ":" + spoken.index.astype(str)
        more = {"annotation": named, "kind": None, "probability": np.nan}
        lacking = {name: more[name] for name in more if name not in spoken.columns}
        return spoken.assign(**lacking)
    require_columns(spoken, ["article", "start", "end"], of=_OF)
    places = zip(spoken["start"].tolist(), spoken["end"].tolist(), strict=True)
    content = pd.Series([[list(one)] for one in places], dtype=object)
    cues = spoken.reindex(columns=["cue"])["cue"].tolist()
    return spoken.assign(
        content=content,
        depth=0,
        kind="direct",
        source=None,
        cue=None,
        cue_text=cues,
        cue_class=pd.Series(map(_class_of, cues), dtype=object),
    )


def _require_depths(spoken: pd.DataFrame) -> None:
    """Refuse a table in which it is not said how deep an attribution stands."""
    lacking = spoken["depth"].isna()
    if lacking.any():
        row, article = lacking.to_numpy().argmax(), spoken["article"][lacking].iloc[0]
        raise InputError(
            f"{_OF} says no depth in row {row}, of article {article!r}; write 0 for an "
            "attribution that stands inside no other, 1 for one inside one"
        )


def require_named(articles: pd.DataFrame, spoken: pd.DataFrame) -> None:
    """Refuse a table of who is credited that names no article as they are named here.

    Texts that name none are let through: a part of the articles may be given.

    Parameters
    ----------
    articles, spoken : DataFrame
        Each with ``article``.

    Raises
    ------
    InputError
        If no row names an article, and an identifier is no text, or is the one of an
        article but for the zeros in front.
    """
    names, known = spoken["article"].dropna().unique(), articles["article"]
    if not len(names) or not len(known) or known.isin(names).any():
        return
    bare = {str(one).lstrip("0") for one in known}
    if all(isinstance(one, str) and one.lstrip("0") not in bare for one in names):
        return
    raise InputError(
        f"{_OF} names none of the articles: it has {names[0]!r} where they have "
        f"{known.iloc[0]!r}. Read identifiers as text, as in "
        "pandas.read_json(path, lines=True, dtype={'article': str})."
    )


def _class_of(cue: object) -> str | None:
    return cue_class(cue) if isinstance(cue, str) else None


def attributed_words(articles: pd.DataFrame, spoken: pd.DataFrame) -> pd.DataFrame:
    """Cut what stands in somebody's voice into pieces of one attribution.

    Parameters
    ----------
    articles : DataFrame
        Checked by `framelens.read.articles_of`.
    spoken : DataFrame
        As `with_contents` takes it.

    Returns
    -------
    DataFrame
        ``event, outlet, article, voice, row, k, start, end, text``: the voice is one
        of ATTRIBUTED_VOICES, ``row`` the place in `spoken` of the outermost
        attribution whose content holds the words (of several the shortest), or
        NO_ROW, ``k`` how many words; pieces without a word are left out. A quotation
        of which an attribution holds a part is credited to it as a whole.
    """
    rows = with_contents(spoken)
    stretches = _stretches(articles, rows, full="content" in spoken.columns)
    contents = _contents(rows)
    found = []
    keys = zip(*(articles[name].tolist() for name in _KEYS), strict=True)
    for event, outlet, article, text in keys:
        if article not in stretches:
            continue
        holder = _holder(len(text), contents.get(article, []))
        begins = [start for start, _ in word_offsets(text)]
        for one in stretches[article]:
            first, after = bisect_left(begins, one.start), bisect_left(begins, one.end)
            for row, start, end, k in _pieces(text, one, begins[first:after], holder):
                place = (row, k, start, end, text[start:end])
                found.append((event, outlet, article, one.voice, *place))
    types = dict.fromkeys(("event", "outlet", "article", "voice", "text"), TEXT)
    whole = dict.fromkeys(("row", "k", "start", "end"), "int64")
    return pd.DataFrame(found, columns=_PIECE).astype({**types, **whole})


def _stretches(
    articles: pd.DataFrame, rows: pd.DataFrame, *, full: bool
) -> dict[str, list[_Stretch]]:
    """Give the stretches of attributed voice, by article."""
    if full:
        divided = divide(articles, attributions=spans_of(rows))
    else:
        quoted = rows[["article", "start", "end"]].assign(kind="speech", depth=0)
        divided = divide(articles, quotations=quoted, attributions="none")
    kept = divided[divided["voice"].isin(ATTRIBUTED_VOICES)]
    columns = (kept[name].tolist() for name in ("article", "start", "end", "voice"))
    found: dict[str, list[_Stretch]] = {}
    for article, *stretch in zip(*columns, strict=True):
        found.setdefault(article, []).append(_Stretch(*stretch))
    return found


def _contents(rows: pd.DataFrame) -> dict[str, list[tuple[int, list[tuple[int, int]]]]]:
    """Give the contents of depth 0 by article, the longest first, with their rows."""
    found: dict[str, list[tuple[int, list[tuple[int, int]]]]] = {}
    columns = (rows[name].tolist() for name in ("article", "content", "depth"))
    for row, (article, content, depth) in enumerate(zip(*columns, strict=True)):
        if not int(depth):
            found.setdefault(article, []).append((row, pieces_in(content)))
    for several in found.values():
        several.sort(key=lambda one: -sum(end - start for start, end in one[1]))
    return found


def _holder(length: int, contents: list[tuple[int, list[tuple[int, int]]]]) -> Whole:
    """Give the row that holds each character; the shortest content wins."""
    holder = np.full(length + 1, NO_ROW, dtype=np.int64)
    for row, pieces in contents:
        for start, end in pieces:
            holder[start:end] = row
    return holder


def _pieces(
    text: str, stretch: _Stretch, begins: list[int], holder: Whole
) -> Iterator[tuple[int, int, int, int]]:
    """Cut one stretch where its holder changes: row, start, end, words."""
    rows = holder[begins]
    held = rows[rows != NO_ROW]
    if len(held) < len(rows) and len(held):
        values, many = np.unique(held, return_counts=True)
        rows[rows == NO_ROW] = values[many.argmax()]
    runs = [
        (row, [begin for _, begin in run])
        for row, run in groupby(zip(rows.tolist(), begins, strict=True), itemgetter(0))
    ]
    for place, (row, inside) in enumerate(runs):
        start = inside[0] if place else stretch.start
        end = runs[place + 1][1][0] if place + 1 < len(runs) else stretch.end
        piece = text[start:end]
        start += len(piece) - len(piece.lstrip())
        yield row, start, start + len(piece.strip()), len(inside)
