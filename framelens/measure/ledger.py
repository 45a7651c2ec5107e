"""The ledger: every attribution, who stands behind it, how it is handed over, where."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framelens._checks import require_columns
from framelens.annotate.attributions import pieces_in
from framelens.annotate.credited import attribution_table
from framelens.measure.attributed_words import (
    ATTRIBUTED_VOICES,
    NO_ROW,
    attributed_words,
    require_named,
    with_contents,
)
from framelens.measure.full_names import full_names
from framelens.read import articles_of

if TYPE_CHECKING:
    from pathlib import Path

LEDGER_COLUMNS = [
    *("event", "outlet", "article", "annotation"),
    *("speaker", "affiliation", "anonymous", "kind", "depth"),
    *("cue_text", "cue_class", "direct_words", "indirect_words"),
    *("position", "start", "end", "text"),
]
"""The columns that `ledger` gives."""

_TOLD = [
    *("annotation", "speaker", "affiliation", "anonymous", "kind"),
    *("cue_text", "cue_class"),
]
_TYPES = dict.fromkeys(
    ("depth", "direct_words", "indirect_words", "start", "end"), "int64"
)


def ledger(
    articles: pd.DataFrame | str | Path,
    *,
    actors: pd.DataFrame | str | Path | None = None,
    spoken: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """List every attribution: who is given a voice, in how many words, by which cue.

    Parameters
    ----------
    articles, actors, spoken
        As for `framelens.measure.speakers`.

    Returns
    -------
    DataFrame
        One row per attribution, by article and place: ``event, outlet, article,
        annotation``; ``speaker, affiliation, anonymous, kind, depth, cue_text,
        cue_class`` as in `framelens.annotate.attribution_table` (missing where the
        text tells none); ``direct_words, indirect_words``: words in and outside
        quotation marks, of rows of depth 0 only, so that no word counts twice;
        ``position``: where it begins, as a share of the article's length; ``start,
        end, text``: from its first piece (source, cue or content) to its last, with
        ``text == article text[start:end]``. Quotations that no attribution holds are
        rows too, so that the words add up to those of `framelens.measure.speakers`.
        What stands in furniture only is left out.

    Raises
    ------
    ColumnError, InputError, MissingPartError
        As for `framelens.measure.speakers`.

    Notes
    -----
    A speaker of whom an article gives only the surname (*Mr Brandt*) is taken for
    the one full name that ends so among the speakers of the same event (*Leo
    Brandt*); where several do, or none, the surname stays.

    Examples
    --------
    >>> text = '"We go on," said Jane Doe. She denied that it was late.'
    >>> articles = pd.DataFrame({"article": ["a"], "outlet": ["Daily"], "event": ["e"],
    ...                          "text": [text]})
    >>> shown = ["speaker", "cue_class", "direct_words", "indirect_words"]
    >>> ledger(articles)[shown]
        speaker cue_class  direct_words  indirect_words
    0  Jane Doe   neutral             3               0
    1  Jane Doe   denying             0               4
    """
    articles = articles_of(articles)
    if spoken is None:
        spoken = attribution_table(articles, actors=actors)
    needed = ["article", "speaker", "affiliation"]
    require_columns(spoken, needed, of="the table of who is credited")
    require_named(articles, spoken)
    spoken = spoken[spoken["article"].isin(articles["article"])]
    pieces = attributed_words(articles, spoken)
    told = _attributions(with_contents(spoken), pieces)
    rows = pd.concat([told, _without_attribution(pieces)], ignore_index=True)
    found = _placed(rows, articles)
    found["speaker"] = full_names(found)
    return found[LEDGER_COLUMNS]


def _attributions(spoken: pd.DataFrame, pieces: pd.DataFrame) -> pd.DataFrame:
    """Give the attributions that stand in somebody's voice, with their words."""
    words = pieces.pivot_table(
        index="row", columns="voice", values="k", aggfunc="sum", fill_value=0
    ).reindex(index=spoken.index, columns=list(ATTRIBUTED_VOICES), fill_value=0)
    content = [pieces_in(one) for one in spoken["content"]]
    around = spoken.reindex(columns=["source", "cue"])
    whole = [
        [*told, *pieces_in(source), *pieces_in(cue)]
        for told, source, cue in zip(
            content, around["source"], around["cue"], strict=True
        )
    ]
    standing = _Standing(pieces)
    inside = [
        any(standing.touches(article, *place) for place in some)
        for article, some in zip(spoken["article"].tolist(), content, strict=True)
    ]
    table = spoken.reindex(columns=["article", "depth", *_TOLD]).assign(
        direct_words=words["direct"].to_numpy(),
        indirect_words=words["indirect"].to_numpy(),
        start=[min(start for start, _ in some) for some in whole],
        end=[max(end for _, end in some) for some in whole],
    )
    return _typed(table[np.array(inside, dtype=bool)])


def _without_attribution(pieces: pd.DataFrame) -> pd.DataFrame:
    """Give the words in somebody's voice that no attribution holds."""
    alone = pieces[pieces["row"].eq(NO_ROW)]
    words = {
        f"{voice}_words": alone["k"].where(alone["voice"].eq(voice), 0)
        for voice in ATTRIBUTED_VOICES
    }
    table = alone[["article", "start", "end"]].assign(kind=alone["voice"], **words)
    return _typed(table.assign(depth=0).reindex(columns=[*_TYPES, *_TOLD, "article"]))


def _typed(table: pd.DataFrame) -> pd.DataFrame:
    anonymous = table["anonymous"].eq(True).to_numpy(dtype=bool)
    words = dict.fromkeys(["article", *_TOLD], object)
    table = table.astype({**words, **_TYPES})
    for name in _TOLD:
        table[name] = table[name].where(table[name].notna(), None)
    return table.assign(anonymous=anonymous)


class _Standing:
    """Where in each article somebody's voice stands."""

    def __init__(self, pieces: pd.DataFrame) -> None:
        self._places: dict[str, tuple[list[int], list[int]]] = {
            str(article): (part["start"].tolist(), part["end"].tolist())
            for article, part in pieces.groupby("article", sort=False)
        }

    def touches(self, article: str, start: int, end: int) -> bool:
        """Whether a stretch shares a character with it."""
        starts, ends = self._places.get(article, ([], []))
        place = bisect_right(ends, start)
        return place < len(starts) and starts[place] < end


def _placed(rows: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Put rows in order, with their article's event and outlet, and their words."""
    order = {article: place for place, article in enumerate(articles["article"])}
    rows = rows.assign(order=rows["article"].map(order)).sort_values(
        ["order", "start", "depth"], kind="stable", ignore_index=True
    )
    about = articles.iloc[rows["order"].to_numpy(dtype="int64")]
    texts = about["text"].tolist()
    places = zip(texts, rows["start"].tolist(), rows["end"].tolist(), strict=True)
    return rows.assign(
        event=about["event"].to_numpy(dtype=object),
        outlet=about["outlet"].to_numpy(dtype=object),
        position=rows["start"] / [max(len(text), 1) for text in texts],
        text=pd.Series([text[start:end] for text, start, end in places], dtype=object),
    )
