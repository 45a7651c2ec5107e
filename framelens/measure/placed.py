"""Placed: marked spans with voice, outlet and event, and the places behind a count."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framelens.annotate.voices import LEFT_OUT
from framelens.measure.counts import EVIDENCE_COLUMNS, evidence_table

if TYPE_CHECKING:
    from framelens.corpus import Corpus

KEYS = ["event", "outlet", "article", "voice"]
"""What counts are counted by, beside their items."""


def placed(spans: pd.DataFrame, corpus: Corpus, at: str = "start") -> pd.DataFrame:
    """Give spans with ``voice, event, outlet``; those in furniture are left out.

    The voice is that of the place which the column `at` says.
    """
    spans = spans.assign(voice=_voices_at(spans, corpus, at))
    spans = spans[spans["voice"].notna() & spans["voice"].ne(LEFT_OUT)]
    about = corpus.articles[["article", "event", "outlet"]]
    return spans.merge(about, on="article", how="left")


def evidence_of(places: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """Make the table of evidence of places: ``article, outlet, voice, start, end``."""
    texts = dict(zip(corpus.articles["article"], corpus.articles["text"], strict=True))
    rows = places[EVIDENCE_COLUMNS[:5]].itertuples(index=False, name=None)
    return evidence_table((*row, texts[row[0]][row[3] : row[4]]) for row in rows)


def _voices_at(spans: pd.DataFrame, corpus: Corpus, column: str) -> pd.Series:
    """Give the voice in which each span has the place that a column says."""
    voices = corpus.voices
    rows = pd.Index(corpus.articles["article"])
    width = int(max(voices["end"].max(), spans[column].max())) + 1 if len(spans) else 1
    begins = rows.get_indexer(voices["article"]) * width + voices["start"].to_numpy()
    order = np.argsort(begins, kind="stable")
    asked = rows.get_indexer(spans["article"]) * width + spans[column].to_numpy()
    at = np.searchsorted(begins[order], asked, side="right") - 1
    # of the same article: an empty one has no voice
    own = (at >= 0) & (begins[order][at] // width == asked // width)
    found = np.full(len(spans), None, dtype=object)
    found[own] = voices["voice"].to_numpy(object)[order][at[own]]
    return pd.Series(found, index=spans.index, dtype=object)
