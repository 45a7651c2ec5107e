"""Doubt: what is doubted, hedged or taken for granted, and whose claim it is."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Literal

import pandas as pd

from framelens._checks import require_known
from framelens._declared import Measure, Option
from framelens.annotate.doubts import KINDS
from framelens.annotate.voices import spoken_words
from framelens.corpus import corpus_of
from framelens.measure.accuracy import DOUBT_ACCURACY
from framelens.measure.counts import (
    COUNT_COLUMNS,
    TOTAL_COLUMNS,
    Counts,
)
from framelens.measure.placed import KEYS, evidence_of, placed

if TYPE_CHECKING:
    from pathlib import Path

    from framelens.corpus import Corpus

By = Literal["kind", "effect", "claimant"]
GROUPINGS = ("kind", "effect", "claimant")
"""What the items can be."""


def doubt(corpus: Corpus | pd.DataFrame | str | Path, *, by: By = "kind") -> Counts:
    """Count the words that doubt what they are about, or take it for granted.

    A mark is a cue that leaves open or denies what it hands over (*claimed, denied*),
    one that takes it for granted (*revealed, admitted*), a doubt word (*alleged,
    so-called, unfounded*), scare quotes, a hedge (*may, reportedly, seems to*), a
    booster (*clearly, indeed*), a verb whose clause is taken for granted outside
    attributions (*regrets that*), and a noun that presupposes what it names (*the use
    of drones by*). Each has a target: the content of the attribution, the clause, the
    noun phrase, or the quoted words; `framelens.Corpus.layer` ``("doubts")`` has them.

    Parameters
    ----------
    corpus : Corpus, DataFrame or path
    by : {"kind", "effect", "claimant"}, default "kind"
        What the items are: the kind of mark; what it does (``doubted, hedged,
        granted``); or whose claim a cue doubts or takes for granted ("Iran: doubted").

    Returns
    -------
    Counts
        k is the marks of that item, n the words of the article in that voice. The
        voice is that of the mark: in the outlet's own voice the outlet doubts, in
        others those do who speak.

    Raises
    ------
    MissingPartError
        If the parser, or the attribution model where it is needed, is not installed.
    UnknownNameError
        If `by` is none of the three.

    Notes
    -----
    A mark says how something is worded, not whether it is true: a report of an
    allegation before a trial has to doubt. How far a hedge reaches is not said.

    References
    ----------
    Hyland, K. (2005). Metadiscourse. Continuum. Karttunen, L. (1971). Some observations
    on factivity. Papers in Linguistics 4(1), 55-69.
    https://doi.org/10.1080/08351817109370248

    Examples
    --------
    >>> text = "The alleged attack may be a hoax. Norland's claim is unfounded."
    >>> articles = pd.DataFrame({"article": ["a"], "outlet": ["Daily"], "text": [text]})
    >>> doubt(articles).counts[["voice", "item", "k"]]
      voice        item  k
    0   own  doubt word  2
    1   own       hedge  1
    """
    require_known(by, list(GROUPINGS), kind="grouping")
    corpus = corpus_of(corpus)
    marks = _marks(corpus, by)
    groups = marks.groupby([*KEYS, "item"], dropna=False)
    counts = groups.size().reset_index(name="k")
    find = partial(_occurrences, by=by)
    totals = _totals(corpus)
    return Counts(counts[COUNT_COLUMNS], totals, "doubt", "words", find, corpus)


def _marks(corpus: Corpus, by: By) -> pd.DataFrame:
    """Give the marks with their item, voice, outlet and event."""
    marks = corpus.layer("marked_doubts" if corpus.marks_only else "doubts")
    marks = placed(marks, corpus)
    marks = marks.assign(kind=marks["role"], effect=marks["role"].map(KINDS))
    if by == "claimant":
        marks = marks[marks["claimant"].notna()].reset_index(drop=True)
        return marks.assign(item=marks["claimant"].astype(str) + ": " + marks["effect"])
    return marks.assign(item=marks[by])


def _totals(corpus: Corpus) -> pd.DataFrame:
    """Count the words of each article and voice."""
    by_article = dict(list(corpus.voices.groupby("article", sort=False)))
    rows = [
        (event, outlet, article, voice, n)
        for event, outlet, article, text in corpus.articles[
            ["event", "outlet", "article", "text"]
        ].itertuples(index=False, name=None)
        if article in by_article
        for voice, n in sorted(
            Counter(v for *_, v in spoken_words(text, by_article[article])).items()
        )
    ]
    return pd.DataFrame(rows, columns=TOTAL_COLUMNS)


def _occurrences(corpus: Corpus, item: str, *, by: By) -> pd.DataFrame:
    """Find the marks of one item, each with what it is about."""
    marks = _marks(corpus, by)
    marks = marks[marks["item"].eq(item)]
    marks = marks.assign(
        start=marks[["start", "target_start"]].min(axis=1),
        end=marks[["end", "target_end"]].max(axis=1),
    )
    return evidence_of(marks, corpus)


DOUBT = Measure(
    "doubt",
    doubt,
    label="What is doubted",
    unit="words",
    accuracy=DOUBT_ACCURACY,
    options=(
        Option(
            "by",
            "what the items are: kind (default), effect or claimant",
            choices=GROUPINGS,
        ),
    ),
)
