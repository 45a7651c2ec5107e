"""What `emphasis` returns: openings, and where things first stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from framelens._checks import InputError, require_known
from framelens._wording import counted
from framelens.annotate.spans import each_text, spans_frame
from framelens.annotate.voices import LEFT_OUT
from framelens.annotate.words import word_offsets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from framelens.measure.counts import Counts

TABLE_COLUMNS = [
    "article", "outlet", "part", "share", "start", "end", "words", "quoted_words",
    "article_words", "article_quoted_words",
]  # fmt: skip
"""The columns of ``Emphasis.table``."""


@dataclass(frozen=True, eq=False)
class Emphasis:
    """What articles open with.

    Attributes
    ----------
    table : DataFrame
        One row per article and opening: ``article, outlet, part`` ("first 10 %"),
        ``share, start, end`` (from the first word, or the mark before it, to the
        last word), ``words, quoted_words`` (of them, in quotations that are
        speech), ``article_words, article_quoted_words`` (of the whole article).
        Furniture is not counted. An article without a word has no row.
    counts : Counts
        Items "first 10 %" and so on, by voice: k words of n.
    articles, voices : DataFrame
        What was counted, and the voices it was counted by.
    """

    table: pd.DataFrame = field(repr=False)
    counts: Counts
    articles: pd.DataFrame = field(repr=False)
    voices: pd.DataFrame = field(repr=False)

    @property
    def caption(self) -> str:
        """What the table holds."""
        parts = " and ".join(self.table["part"].unique())
        number = self.table["article"].nunique()
        opens, whose = ("opens", "its") if number == 1 else ("open", "their")
        return (
            f"What {counted(number, 'article')} {opens} with: the {parts} of {whose} "
            "words, furniture left out."
        )

    @property
    def spans(self) -> pd.DataFrame:
        """The openings as spans of the layer ``opening``, with ``part``.

        Pieces with one ``annotation`` belong together: furniture parts them.
        """
        texts = dict(each_text(self.articles))
        rows: list[tuple[Any, ...]] = []
        each: Any = self.table.itertuples()
        for row in each:
            name = f"{row.article}:o{100 * row.share:g}"
            pieces = stretches(texts[row.article], self.voices, row.article, row.end)
            rows += [
                (row.article, start, end, name, row.part)
                for start, end in _joined(texts[row.article], pieces)
            ]
        return spans_frame(rows, layer="opening", role="opening", extra=["part"])

    def voices_in(self, share: float) -> pd.DataFrame:
        """Give the voices of the openings alone.

        Given to another measure as ``voices=``, they confine its counts to the
        opening: ``terms(articles, voices=emphasis(articles).voices_in(0.1))``.

        Parameters
        ----------
        share : float
            One of those that the openings were made for.

        Returns
        -------
        DataFrame
            The rows of ``voices`` up to the end of each article's opening, the
            last one cut there.

        Raises
        ------
        InputError
            If there is no such opening.
        """
        chosen = self.table[np.isclose(self.table["share"], share)]
        if chosen.empty and len(self.table):
            known = ", ".join(f"{one:g}" for one in self.table["share"].unique())
            raise InputError(f"no opening of {share!r} here; choose one of: {known}.")
        limits = chosen.set_index("article")["end"]
        limit = self.voices["article"].map(limits)
        kept = self.voices[self.voices["start"] < limit].copy()
        kept["end"] = np.minimum(kept["end"], limit[kept.index]).astype("int64")
        return kept.reset_index(drop=True)

    def evidence(self, item: str, voice: str | None = None) -> pd.DataFrame:
        """Give the stretches of text whose words were counted.

        Parameters
        ----------
        item : str
            One of ``table["part"]``, such as "first 10 %".
        voice : str, optional
            Only stretches in this voice.

        Returns
        -------
        DataFrame
            ``article, outlet, voice, start, end, text``, without white space around
            them; ``text`` is ``article text[start:end]``.

        Raises
        ------
        UnknownNameError
            If there is no such opening.
        """
        if len(self.table):
            require_known(item, self.table["part"], kind="opening")
        texts = dict(each_text(self.articles))
        each: Any = self.table[self.table["part"] == item].itertuples()
        rows = [
            (row.article, row.outlet, name, start, end, texts[row.article][start:end])
            for row in each
            for start, end, name in stretches(
                texts[row.article], self.voices, row.article, row.end
            )
            if voice in (None, name)
        ]
        columns = ["article", "outlet", "voice", "start", "end", "text"]
        whole = {"start": "int64", "end": "int64"}
        return pd.DataFrame(rows, columns=columns).astype(whole)

    def _repr_html_(self) -> str:
        from framelens.show.side_by_side import openings

        return openings(self)._repr_html_()


def part_named(share: float) -> str:
    """Name an opening.

    Examples
    --------
    >>> part_named(0.1), part_named(0.125)
    ('first 10 %', 'first 12.5 %')
    """
    return f"first {100 * share:g} %"


def stretches(
    text: str, voices: pd.DataFrame, article: str, limit: int
) -> Iterator[tuple[int, int, str]]:
    """Give start, end and voice of each stretch with a word, up to `limit`, in order.

    Parameters
    ----------
    text : str
    voices : DataFrame
        ``article, start, end, voice``, also of other articles.
    article : str
    limit : int
        The last stretch is cut here.

    Yields
    ------
    tuple of int, int and str
        Without furniture, and without white space around it.
    """
    mine = voices[(voices["article"] == article) & (voices["start"] < limit)]
    mine = mine.sort_values("start")
    columns = (mine[name].tolist() for name in ("start", "end", "voice"))
    for start, end, voice in zip(*columns, strict=True):
        piece = text[start : min(end, limit)]
        if voice != LEFT_OUT and word_offsets(piece):
            left = start + len(piece) - len(piece.lstrip())
            yield left, start + len(piece.rstrip()), voice


def _joined(
    text: str, pieces: Iterator[tuple[int, int, str]]
) -> Iterator[tuple[int, int]]:
    """Join the stretches that nothing but white space parts."""
    opened: tuple[int, int] | None = None
    for start, end, _ in pieces:
        if opened is not None and not text[opened[1] : start].strip():
            opened = (opened[0], end)
            continue
        if opened is not None:
            yield opened
        opened = (start, end)
    if opened is not None:
        yield opened
