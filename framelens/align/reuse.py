"""Reuse: passages that several articles have in common, word for word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framelens._checks import InputError, require_columns
from framelens.align.passages.folded_words import folded_words, with_texts_held
from framelens.align.passages.passages import (
    Passages,
    Rules,
    find_passages,
    furniture_words,
    marked_words,
)
from framelens.align.passages.word_places import word_places
from framelens.align.reuse_result import (
    BOILERPLATE,
    PASSAGE,
    SHOWN,
    TABLE_COLUMNS,
    Reuse,
)

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt

    from framelens.align.passages.passages import Furniture

    Whole = npt.NDArray[np.int64]

SHORTEST = 8
"""Words. Shorter sequences are shared by chance and by idiom."""

BOILERPLATE_SHARE = 0.25
"""Of an outlet's articles: a passage in more of them is boilerplate."""

LEAST = 3
"""Words. Shorter passages than this cannot be asked for."""


def reuse(
    articles: pd.DataFrame | str | Path,
    *,
    shortest: int = SHORTEST,
    boilerplate: float = BOILERPLATE_SHARE,
    furniture: pd.DataFrame | str | None = None,
) -> Reuse:
    r"""Find every passage of at least `shortest` words that articles share.

    A passage is a sequence of words that stands in at least two articles, and to which
    no word can be added, before or after it, without losing one of these articles. So
    a text of 100 words in two articles, of which a third has 50, gives two passages:
    one of 100 words in two articles, and one of 50 words in three. Words are those of
    `framelens.annotate.words` in their counted form, capitals and small letters alike:
    punctuation, line breaks, kinds of quotation marks and a possessive *'s* make no
    difference. Every place of a passage is given, also where it stands twice in one
    article (of overlapping places the first); what one article alone repeats is none.

    Parameters
    ----------
    articles : DataFrame or path
        ``article, text``, and ``outlet`` where it is known; articles without one
        count as one outlet.
    shortest : int, default 8
        Words of the shortest passage, from 3.
    boilerplate : float, default 0.25
        Above 0 and at most 1. `shortest` words in a row are boilerplate where they
        stand in more than this share of an outlet's articles, and in at least 5 of
        them, or in more than 500 articles altogether: footers, subscription lines.
        Boilerplate is taken out of the articles before passages are looked for, and
        given as passages of its own, with their first 100 places.
    furniture : DataFrame or "none", optional
        Spans with ``article, start, end`` that are taken out too; as
        `framelens.annotate.furniture` finds them if not given. "none" takes nothing
        out.

    Returns
    -------
    Reuse

    Raises
    ------
    InputError
        If `shortest` or `boilerplate` is out of range, or `furniture` another word.
    ColumnError
        If a table lacks a column.

    Notes
    -----
    Exact, however many articles there are: hashes only pass over what stands once.
    Passages are found as Hui [1]_ counts the different texts below every node of a
    suffix tree, here of those words only that stand in a shared window. Cost grows with
    the number of words and of places found. It does not say who took it from whom.

    References
    ----------
    .. [1] Hui, L. C. K. (1992). Color set size problem with applications to string
       matching. https://doi.org/10.1007/3-540-56024-6_19

    Examples
    --------
    >>> told = "the old dam above Reddin broke on Monday night"
    >>> articles = pd.DataFrame({"article": ["a", "b", "c"],
    ...     "outlet": ["Daily", "Herald", "Post"],
    ...     "text": [f"Police say {told}.", f"“{told}”, it said", "It rained."]})
    >>> found = reuse(articles)
    >>> found.table[["group", "article", "start", "end", "words", "articles", "kind"]]
      group article  start  end  words  articles     kind
    0    p1       a     11   57      9         2  passage
    1    p1       b      1   47      9         2  passage
    >>> found.pairs()[["article", "other", "words", "share"]].round(2)
      article other  words  share
    0       a     b      9   0.82
    """
    rules = _rules(shortest, boilerplate)
    if isinstance(furniture, pd.DataFrame):
        require_columns(furniture, ["article", "start", "end"], of="furniture")
    elif furniture not in (None, "none"):
        raise InputError(
            f"furniture is a table of spans, or 'none'; found {furniture!r}."
        )
    table = with_texts_held(articles)
    passages = find_passages(
        folded_words(table["text"]),
        table["outlet"].tolist(),
        rules,
        furniture=_furniture(table, furniture),
    )
    numbered = _by_length(passages)
    return Reuse(_table(table, numbered), rules, table, numbered)


def _rules(shortest: int, boilerplate: float) -> Rules:
    whole = isinstance(shortest, int | np.integer) and not isinstance(shortest, bool)
    if not whole or shortest < LEAST:
        raise InputError(
            f"shortest must be a whole number of words from {LEAST}; found "
            f"{shortest!r}."
        )
    number = isinstance(boilerplate, int | float) and not isinstance(boilerplate, bool)
    if not number or not 0 < boilerplate <= 1:
        raise InputError(
            "boilerplate is a share of an outlet's articles, above 0 and at most 1, "
            f"as 0.25; found {boilerplate!r}."
        )
    return Rules(int(shortest), float(boilerplate))


def _furniture(
    articles: pd.DataFrame, furniture: pd.DataFrame | str | None
) -> Furniture | None:
    texts = articles["text"]
    if isinstance(furniture, pd.DataFrame):
        return marked_words(articles["article"].tolist(), texts, furniture)
    return furniture_words(texts) if furniture is None else None


def _by_length(passages: Passages) -> Passages:
    """Give new numbers: the longest first, boilerplate after the others."""
    if not len(passages.passage):
        return passages
    new = np.flatnonzero(np.diff(passages.passage, prepend=-1))
    size = (passages.last - passages.first)[new]
    where = passages.first[new], passages.article[new]
    order = np.lexsort((*where, -size, passages.boilerplate[new]))
    number = np.empty(len(new), np.int64)
    number[order] = np.arange(len(new))
    named = number[passages.passage]
    by_number = np.argsort(named, kind="stable")
    moved = passages.only(by_number)
    return Passages(
        named[by_number], moved.article, moved.first, moved.last, moved.boilerplate,
        moved.own,
    )  # fmt: skip


def _table(articles: pd.DataFrame, found: Passages) -> pd.DataFrame:
    """Give the table, with the first places of boilerplate only."""
    new = np.diff(found.passage, prepend=-1) != 0
    begins = np.flatnonzero(new)
    nth = np.arange(len(new)) - np.repeat(begins, np.diff(begins, append=len(new)))
    shown = found.only(~found.boilerplate | (nth < SHOWN))
    number = np.cumsum(new) - 1
    outlet = pd.factorize(articles["outlet"].astype(object))[0][found.article]
    counted = pd.DataFrame(
        {"passage": number, "article": found.article, "outlet": outlet}
    )
    counted["outlet"] = counted["outlet"].where(counted["outlet"] >= 0)
    sums = counted.groupby("passage")[["article", "outlet"]].nunique()
    where = np.tile(shown.article, 2), np.append(shown.first, shown.last - 1)
    begins, past = word_places(articles["text"], *where)
    start, end = begins[: len(shown.first)], past[len(shown.first) :]
    names = articles["article"].to_numpy()
    columns = (
        pd.Series([f"p{one}" for one in (shown.passage + 1).tolist()], dtype=object),
        names[shown.article],
        articles["outlet"].to_numpy()[shown.article],
        start,
        end,
        shown.last - shown.first,
        sums["article"].to_numpy()[shown.passage],
        sums["outlet"].to_numpy()[shown.passage],
        np.where(shown.boilerplate, BOILERPLATE, PASSAGE).astype(object),
    )
    return pd.DataFrame(dict(zip(TABLE_COLUMNS, columns, strict=True)))
