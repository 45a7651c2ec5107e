"""The ledger: who says what, in whose voice, how it is handed over, and where.

Two layers. ``credited`` reads one article at a time: what its attributions and the
quotations outside them say, and who stands behind each. ``ledger`` adds the words in
each voice, and the one name and the source type of the actor in the whole corpus.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framelens._checks import InputError, require_columns
from framelens._layers import ACTORS, Layer
from framelens.annotate.actors import with_actors
from framelens.annotate.attributions import ROLES, depths, kinds, pieces_of, spans_of
from framelens.annotate.credited import (
    CREDITED_COLUMNS,
    credited,
    marked_credited,
    printed,
)
from framelens.annotate.cues import cue_class
from framelens.annotate.spans import rows_of
from framelens.annotate.words import word_offsets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy.typing as npt

    Whole = npt.NDArray[np.int64]


LEDGER_COLUMNS = [
    *("article", "annotation", "content", "source", "cue", "kind", "depth", "voice"),
    *("speaker", "actor", "affiliation", "speaker_kind", "source_type", "anonymous"),
    *("resolved_by", "sure", "cue_text", "cue_class", "source_text", "probability"),
    *("direct_words", "indirect_words", "start", "end", "position", "text"),
]
"""The columns of `framelens.Corpus.ledger`.

One row per attribution, by article and place: ``article, annotation``; ``content,
source, cue``: lists of ``[start, end]``, the last two missing where there is none;
``kind`` (``direct``, ``mixed``, ``indirect``), ``depth`` (0: inside no other
attribution); ``voice``: ``direct`` or ``indirect``, where most of the content stands;
``speaker``: the fullest name that the article gives; ``actor``: the one name that the
speaker has in the whole corpus; ``affiliation``: state or body; ``speaker_kind``:
``person``, ``unnamed``, ``group``, ``body``, ``state`` or ``document``;
``source_type``: see `framelens.annotate.source_types`; ``anonymous``;
``resolved_by``: how the speaker was found; ``sure``; ``cue_text, cue_class,
source_text``; ``probability``: how sure the attribution model is; ``direct_words,
indirect_words``: of depth 0 only, so that no word counts twice; ``start, end,
text``: from the first piece to the last, with ``text == article text[start:end]``;
``position``: where that begins, as a share of the article's length. Quotations that no
attribution holds have rows of their own; what stands in furniture only has none.
"""

ATTRIBUTED_VOICES = ("direct", "indirect")
"""The voices in which somebody else than the outlet speaks."""

_NO_ROW = -1
_WHOLE = dict.fromkeys(
    ("depth", "direct_words", "indirect_words", "start", "end"), "int64"
)


def attributed_words(
    articles: pd.DataFrame, *, ledger: pd.DataFrame, voices: pd.DataFrame
) -> pd.DataFrame:
    """Cut what stands in somebody's voice into pieces of one attribution each.

    Gives ``article, annotation, voice, start, end, words``: the attribution of depth 0
    whose content holds the words, of several the shortest; a quotation of which an
    attribution holds a part is credited to it as a whole. What no attribution holds has
    an ``annotation`` of its own; pieces without a word are left out.
    """
    contents = _contents(ledger)
    named = ledger["annotation"].tolist()
    attributed = voices[voices["voice"].isin(ATTRIBUTED_VOICES)]
    by_article = dict(list(attributed.groupby("article", sort=False)))
    rows = []
    for article, text in articles[["article", "text"]].itertuples(index=False):
        if article not in by_article:
            continue
        part = by_article[article].sort_values("start")
        holder = _holder(len(text), contents.get(article, []))
        begins = [start for start, _ in word_offsets(text)]
        stretches = part[["start", "end", "voice"]].itertuples(index=False, name=None)
        for start, end, voice in stretches:
            for row, first, after, words in _pieces(text, start, end, begins, holder):
                alone = f"{article}:n{first}"
                annotation = alone if row == _NO_ROW else named[row]
                rows.append((article, annotation, voice, first, after, words))
    columns = ["article", "annotation", "voice", "start", "end", "words"]
    table = pd.DataFrame(rows, columns=columns)
    whole = dict.fromkeys(("start", "end", "words"), "int64")
    return table.astype({**dict.fromkeys(columns[:3], object), **whole})


def _contents(ledger: pd.DataFrame) -> dict[str, list[tuple[int, list[list[int]]]]]:
    """Give the contents of depth 0 by article, the longest first, with their rows."""
    by_article: dict[str, list[tuple[int, list[list[int]]]]] = {}
    rows = rows_of(ledger, "article", "content", "depth")
    for row, (article, content, depth) in enumerate(rows):
        if not depth:
            by_article.setdefault(article, []).append((row, content))
    for several in by_article.values():
        several.sort(key=lambda it: -sum(end - start for start, end in it[1]))
    return by_article


def _holder(length: int, contents: list[tuple[int, list[list[int]]]]) -> Whole:
    """Give the row that holds each character; the shortest content wins."""
    holder = np.full(length + 1, _NO_ROW, dtype=np.int64)
    for row, pieces in contents:
        for start, end in pieces:
            holder[start:end] = row
    return holder


def _pieces(
    text: str, start: int, end: int, begins: list[int], holder: Whole
) -> Iterator[tuple[int, int, int, int]]:
    """Cut one stretch of voice where its holder changes: row, start, end, words."""
    inside = begins[bisect_left(begins, start) : bisect_left(begins, end)]
    rows = holder[inside]
    attributed = rows[rows != _NO_ROW]
    if len(attributed) < len(rows) and len(attributed):
        values, many = np.unique(attributed, return_counts=True)
        rows[rows == _NO_ROW] = values[many.argmax()]
    runs = [
        (row, [begin for _, begin in run])
        for row, run in groupby(zip(rows.tolist(), inside, strict=True), itemgetter(0))
    ]
    for place, (row, words) in enumerate(runs):
        first = words[0] if place else start
        after = runs[place + 1][1][0] if place + 1 < len(runs) else end
        piece = text[first:after]
        first += len(piece) - len(piece.lstrip())
        yield row, first, first + len(piece.strip()), len(words)


def _ledger(
    articles: pd.DataFrame,
    *,
    credited: pd.DataFrame,
    voices: pd.DataFrame,
    names: pd.DataFrame,
    actors: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Put the ledger together: who is credited, who is speaking, whom names mean."""
    words = attributed_words(articles, ledger=credited, voices=voices)
    alone = words[~words["annotation"].isin(credited["annotation"])]
    rows = pd.concat([credited, _without_attribution(alone)], ignore_index=True)
    by_voice = words.pivot_table(
        index="annotation", columns="voice", values="words", aggfunc="sum", fill_value=0
    ).reindex(index=rows["annotation"], columns=ATTRIBUTED_VOICES, fill_value=0)
    whole = [
        [*content, *(source or ()), *(cue or ())]
        for content, source, cue in rows_of(rows, "content", "source", "cue")
    ]
    rows = rows.assign(
        voice=_voices_of(rows, words),
        direct_words=by_voice["direct"].to_numpy(),
        indirect_words=by_voice["indirect"].to_numpy(),
        start=[min(start for start, _ in pieces) for pieces in whole],
        end=[max(end for _, end in pieces) for pieces in whole],
    )
    rows = _placed(rows[rows["voice"].notna()], articles)
    return with_actors(rows, names, actors)[LEDGER_COLUMNS].astype(_WHOLE)


def _without_attribution(words: pd.DataFrame) -> pd.DataFrame:
    """Give a row for each stretch of attributed voice that no attribution holds."""
    content = [[[one.start, one.end]] for one in words.itertuples()]
    table = words[["article", "annotation"]].assign(
        content=pd.Series(content, index=words.index, dtype=object),
        kind=words["voice"],
        depth=0,
        anonymous=False,
        sure=False,
        probability=np.nan,
    )
    table = table.reindex(columns=CREDITED_COLUMNS)
    text = table.columns.difference(["depth", "anonymous", "sure", "probability"])
    table[text] = table[text].astype(object).where(table[text].notna(), None)
    return table


def _voices_of(rows: pd.DataFrame, words: pd.DataFrame) -> pd.Series:
    """Give the voice in which most of each content stands; missing in furniture."""
    places = {
        article: [part[name].tolist() for name in ("start", "end", "voice")]
        for article, part in words.groupby("article", sort=False)
    }
    result: list[str | None] = []
    for article, content in rows_of(rows, "article", "content"):
        starts, ends, voices = places.get(article, ([], [], []))
        shared = dict.fromkeys(ATTRIBUTED_VOICES, 0)
        for start, end in content:
            for place in range(bisect_right(ends, start), bisect_left(starts, end)):
                overlap = min(ends[place], end) - max(starts[place], start)
                shared[voices[place]] += overlap
        voice = max(shared, key=lambda name: shared[name])
        result.append(voice if shared[voice] else None)
    return pd.Series(result, index=rows.index, dtype=object)


def _placed(rows: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Put rows in the order of the articles and of their texts."""
    order = {article: place for place, article in enumerate(articles["article"])}
    rows = rows.assign(order=rows["article"].map(order)).sort_values(
        ["order", "start", "depth"], kind="stable", ignore_index=True
    )
    about = articles.iloc[rows["order"].to_numpy(dtype="int64")]
    texts = about["text"].tolist()
    places = zip(texts, rows["start"].tolist(), rows["end"].tolist(), strict=True)
    return rows.assign(
        event=about["event"].to_numpy(dtype=object),
        position=rows["start"] / [max(len(text), 1) for text in texts],
        text=pd.Series([text[start:end] for text, start, end in places], dtype=object),
    )


def _marked_ledger(
    articles: pd.DataFrame,
    *,
    marked_credited: pd.DataFrame,
    marked_voices: pd.DataFrame,
    names: pd.DataFrame,
    actors: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Put the ledger together where only quotation marks are looked at."""
    return _ledger(
        articles,
        credited=marked_credited,
        voices=marked_voices,
        names=names,
        actors=actors,
    )


_OF = "the corrected ledger"
_CORRECTED = ("article", "content", "speaker")
"""What a corrected ledger must have; the rest follows from these and the text."""

_TEXT = [
    *("kind", "speaker", "affiliation", "speaker_kind", "source_type", "resolved_by"),
    *("cue_text", "cue_class", "source_text"),
]
BY_HAND = "by hand"
"""What ``resolved_by`` says where a corrected ledger does not say how."""


def corrected_ledger(
    table: pd.DataFrame, articles: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """Give ``credited`` and ``attributions`` as a corrected ledger has them.

    What the table lacks follows from the text: ``kind`` from the quotation marks,
    ``depth`` from whose content the cue or content stands in, ``cue_text, cue_class``
    from ``cue``. ``voice``, ``actor``, words and places are always worked out anew.
    """
    credited = _credited(table, articles)
    return {"credited": credited, "attributions": spans_of(credited)}


def corrected_marked_ledger(
    table: pd.DataFrame, articles: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """As `corrected_ledger`, where only quotation marks are looked at."""
    return {"marked_credited": _credited(table, articles)}


def _credited(table: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Complete a corrected table to one of who is credited with what."""
    require_columns(table, _CORRECTED, of=_OF)
    _require_known_articles(table, articles)
    texts = dict(zip(articles["article"], articles["text"], strict=True))
    table = table[table["article"].isin(texts)].reset_index(drop=True)
    table = table.reindex(columns=CREDITED_COLUMNS).astype(object)
    for role in ROLES:
        table[role] = _objects(map(pieces_of, table[role]))
    _require_inside(table, texts)
    for name in _TEXT:
        table[name] = _objects(map(_text_or_none, table[name]))
    names = table["article"] + ":c" + (table.index + 1).astype(str)
    table["annotation"] = table["annotation"].where(table["annotation"].notna(), names)
    for article, rows in table.groupby("article", sort=False):
        text, contents, cues = texts[str(article)], rows["content"], rows["cue"]
        derived: dict[str, Iterable[object]] = {
            "kind": kinds(text, contents.tolist()),
            "depth": depths(contents.tolist(), cues.tolist()),
            "source_text": (printed(text, some) for some in rows["source"]),
            "cue_text": (printed(text, some) for some in cues),
        }
        for name, values in derived.items():
            lacking = rows[name].isna().to_numpy()
            cells = _objects(values)[lacking].to_numpy()
            table.loc[rows.index[lacking], name] = cells
    classes = [cue_class(cue) if cue else None for cue in table["cue_text"]]
    table["cue_class"] = table["cue_class"].where(
        table["cue_class"].notna(), _objects(classes)
    )
    by_hand = table["speaker"].notna() & table["resolved_by"].isna()
    table["resolved_by"] = table["resolved_by"].mask(by_hand, BY_HAND)
    table["sure"] = _flags(table["sure"], otherwise=True) & table["speaker"].notna()
    table["anonymous"] = _flags(table["anonymous"], otherwise=False)
    for role in ("source", "cue"):
        table[role] = _objects(pieces or None for pieces in table[role])
    for name in _TEXT:
        table[name] = _objects(map(_text_or_none, table[name]))
    table["depth"] = pd.to_numeric(table["depth"]).astype("int64")
    table["probability"] = pd.to_numeric(table["probability"]).astype("float64")
    return table.astype({"annotation": object})


def _objects(values: Iterable[object]) -> pd.Series:
    """Give a column whose cells are taken as they are."""
    return pd.Series(list(values), dtype=object)


def _require_inside(table: pd.DataFrame, texts: dict[str, str]) -> None:
    """Refuse contents that are missing and pieces that are not in their text."""
    cells = rows_of(table, "article", *ROLES)
    for row, (article, content, *rest) in enumerate(cells):
        if not content:
            raise InputError(
                f"{_OF}: row {row}, of article {article!r}, has no content"
            )
        length = len(texts[article])
        for start, end in (piece for pieces in (content, *rest) for piece in pieces):
            if not 0 <= start < end <= length:
                raise InputError(
                    f"{_OF}: {start} to {end} is no stretch of article {article!r}, "
                    f"which has {length:,} characters; mark these very texts"
                )


def _require_known_articles(table: pd.DataFrame, articles: pd.DataFrame) -> None:
    """Refuse a table that names no article as they are named in the corpus.

    Texts that name none are let through: a part of the articles may be given.
    """
    names, known = table["article"].dropna().unique(), articles["article"]
    if not len(names) or not len(known) or known.isin(names).any():
        return
    bare = {str(name).lstrip("0") for name in known}
    if all(isinstance(name, str) and name.lstrip("0") not in bare for name in names):
        return
    raise InputError(
        f"{_OF} names none of the articles: it has {names[0]!r} where they have "
        f"{known.iloc[0]!r}. Read identifiers as text, as in "
        "pandas.read_json(path, lines=True, dtype={'article': str})."
    )


def _text_or_none(cell: object) -> str | None:
    """Give a cell's text; blank cells are missing."""
    return cell if isinstance(cell, str) and cell.strip() else None


def _flags(column: pd.Series, *, otherwise: bool) -> pd.Series:
    """Read truth values, also those that a file keeps as text."""
    said = {"true": True, "false": False, "1": True, "0": False}
    cells = [said.get(str(cell).strip().lower(), otherwise) for cell in column]
    return pd.Series(cells, index=column.index, dtype=bool)


CREDITED = Layer(
    "credited",
    tuple(CREDITED_COLUMNS),
    credited,
    needs=("attributions", "quotations", ACTORS),
    version="3",
)
MARKED_CREDITED = Layer(
    "marked_credited",
    tuple(CREDITED_COLUMNS),
    marked_credited,
    needs=("quotations", ACTORS),
    version="3",
)
LEDGER = Layer(
    "ledger",
    _CORRECTED,
    _ledger,
    needs=("credited", "voices", "names", ACTORS),
    implied=corrected_ledger,
)
MARKED_LEDGER = Layer(
    "marked_ledger",
    _CORRECTED,
    _marked_ledger,
    needs=("marked_credited", "marked_voices", "names", ACTORS),
    implied=corrected_marked_ledger,
)
