"""First places: where something first stands in each article."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

import numpy as np

from framelens._checks import require_columns
from framelens.annotate.voices import spoken_words
from framelens.corpus import corpus_of

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from framelens.corpus import Corpus


def first_places(
    corpus: Corpus | pd.DataFrame | str | Path, places: pd.DataFrame, *, by: str
) -> pd.DataFrame:
    """Find where each thing first stands in each article.

    Parameters
    ----------
    corpus : Corpus, DataFrame or path
    places : DataFrame
        ``article, start`` and `by`: what ``Counts.evidence`` gives, or the ledger,
        or any spans.
    by : str
        The column that says what stands there, as "speaker" or "text".

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
        If `places` lacks a column.

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
    corpus = corpus_of(corpus)
    # Which voices words stand in makes no difference: the marks are enough.
    voices = corpus.layer("marked_voices")
    names, texts = (corpus.articles[name].tolist() for name in ("article", "text"))
    order = {name: place for place, name in enumerate(names)}
    known = places[places["article"].isin(order) & places[by].notna()]
    known = known.sort_values("start", kind="stable")
    first = known.drop_duplicates(["article", by])
    first = first.sort_values("article", key=lambda it: it.map(order), kind="stable")
    by_article = dict(list(voices.groupby("article", sort=False)))
    ends = {
        name: [end for _, end, _ in spoken_words(text, by_article[name])]
        if name in by_article
        else []
        for name, text in zip(names, texts, strict=True)
    }
    pairs = zip(first["article"].tolist(), first["start"].tolist(), strict=True)
    before = [bisect_right(ends[article], start) for article, start in pairs]
    total = [len(ends[article]) for article in first["article"]]
    first = first.assign(word=[number + 1 for number in before], position=before)
    first["position"] = np.divide(before, np.maximum(total, 1))
    inside = np.less(before, total)
    return first[inside].reset_index(drop=True)
