"""First places: where something first stands in each article."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

import numpy as np

from framelens._checks import require_columns
from framelens.annotate.chosen_voices import chosen_voices
from framelens.annotate.spans import each_text
from framelens.annotate.voices import spoken_words
from framelens.read import articles_of

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from framelens.annotate.chosen_voices import Chosen


def first_places(
    articles: pd.DataFrame | str | Path,
    places: pd.DataFrame,
    *,
    by: str,
    voices: Chosen = None,
) -> pd.DataFrame:
    """Find where each thing first stands in each article.

    Parameters
    ----------
    articles : DataFrame or path
        ``article, text``.
    places : DataFrame
        ``article, start`` and `by`: what a measure's ``occurrences`` gives, or
        `framelens.annotate.speakers`, or any spans.
    by : str
        The column that says what stands there, as "speaker" or "text".
    voices : DataFrame or "marks", optional
        ``article, start, end, voice``. Furniture is no part of an article's words,
        and which of the other voices they stand in makes no difference: so where no
        table is given, the marks are enough.

    Returns
    -------
    DataFrame
        The first row of `places` for each article and value of `by`, in the order
        of articles and places, with ``word`` (the number of the article's word that
        it begins with or stands in, from 1) and ``position`` (the share of the
        article's words before it, in [0, 1)). Rows without a value, and places
        behind the last word, are left out. What an article does not have has no
        row.

    Raises
    ------
    ColumnError
        If a table lacks a column.
    InputError
        If `voices` is another word.

    Examples
    --------
    >>> import pandas as pd
    >>> articles = pd.DataFrame({"article": ["a"], "text": ["One two two three."]})
    >>> places = pd.DataFrame({"article": "a", "start": [8, 4], "item": "two"})
    >>> first_places(articles, places, by="item")
      article  start item  word  position
    0       a      4  two     2      0.25
    """
    require_columns(places, ["article", "start", by], of="places")
    table = articles_of(articles)
    spoken = chosen_voices(table, "marks" if voices is None else voices)
    order = {name: place for place, name in enumerate(table["article"])}
    known = places[places["article"].isin(order) & places[by].notna()]
    known = known.sort_values("start", kind="stable")
    first = known.drop_duplicates(["article", by])
    first = first.sort_values("article", key=lambda one: one.map(order), kind="stable")
    mine = dict(tuple(spoken.groupby("article", sort=False)))
    ends = {
        article: [
            end for _, end, _ in spoken_words(text, mine.get(article, spoken[:0]))
        ]
        for article, text in each_text(table)
    }
    pairs = zip(first["article"].tolist(), first["start"].tolist(), strict=True)
    before = [bisect_right(ends[article], start) for article, start in pairs]
    total = [len(ends[article]) for article in first["article"]]
    first = first.assign(word=[one + 1 for one in before], position=before)
    first["position"] = np.divide(before, np.maximum(total, 1))
    inside = np.less(before, total)
    return first[inside].reset_index(drop=True)
