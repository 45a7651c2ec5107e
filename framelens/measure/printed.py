"""Printed: items as texts mostly write them, for figures and sentences."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from framelens.measure.counts import Counts

_INSIDE = re.compile(r"(?<=[a-z,;] )[^\W_]+(?![\w-])")
"""A word behind a small letter: at the beginning of a sentence a capital tells nothing.
"""

MOST_ARTICLES = 300
"""Articles that are looked at, evenly apart."""


def as_printed(counts: Counts | None, items: Iterable[str]) -> dict[str, str]:
    """Give each item as it is written inside sentences: *Iran* for ``iran``.

    Terms are counted in small letters; a table keeps these, since they name the item.
    An item stays as it is where it has a capital, where texts mostly write it small,
    and where it is of another measure than terms.

    >>> from framelens.measure import terms
    >>> import pandas as pd
    >>> articles = pd.DataFrame({"article": ["a"], "outlet": ["Daily"],
    ...     "text": ["Envoys of Iran met in Luse. Talks with Iran failed. Talks end."]})
    >>> as_printed(terms(articles), ["iran", "luse", "talks", "UN"])
    {'iran': 'Iran', 'luse': 'Luse', 'talks': 'talks', 'UN': 'UN'}
    """
    every = list(items)
    if counts is None or counts.corpus is None or counts.measure != "terms":
        return {item: item for item in every}
    forms = {item: Counter[str]() for item in every if item == item.lower()}
    texts = counts.corpus.articles["text"]
    for text in texts.iloc[:: max(1, -(-len(texts) // MOST_ARTICLES))]:
        for form in _INSIDE.findall(text):
            if form.lower() in forms:
                forms[form.lower()][form] += 1
    best = {item: found.most_common(1) for item, found in forms.items()}
    return {item: best[item][0][0] if best.get(item) else item for item in every}
