"""Close reading: which events are read passage by passage, since that takes time."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from framelens.corpus import Corpus

MOST_CLOSE = 24
"""Articles that are read passage by passage at most; every pair of them is."""


def closest(corpus: Corpus, names: tuple[str, str]) -> Corpus | None:
    """Give the articles of the smallest events that several outlets cover, or None.

    Those come first that the two outlets `names` both cover. Where no event is stated,
    events are those that framelens finds, and only articles that it is certain of. Two
    articles without any event are read as one.
    """
    if corpus.articles["event"].isna().all():
        if len(corpus) <= 2:
            return corpus
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # said where events are asked for
            found = corpus.events
        corpus = corpus.correct(
            events=found.loc[found["certain"], ["article", "event"]]
        )
    stated = corpus.articles.dropna(subset=["event", "outlet"])
    covered = []
    for name, rows in stated.groupby("event"):
        outlets = set(rows["outlet"])
        if len(outlets) >= 2:
            covered.append((not outlets.issuperset(names), len(rows), str(name)))
    chosen, left = [], MOST_CLOSE
    for _, size, event in sorted(covered):
        if size <= left:
            chosen.append(event)
            left -= size
    return corpus.where(event=chosen) if chosen else None
