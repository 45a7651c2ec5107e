"""Tone: how often each actor is mentioned negatively, neutrally or positively."""

from __future__ import annotations

from typing import TYPE_CHECKING

from framelens._declared import Measure
from framelens.corpus import corpus_of
from framelens.measure.accuracy import TONE_ACCURACY
from framelens.measure.counts import (
    COUNT_COLUMNS,
    TOTAL_COLUMNS,
    Counts,
)
from framelens.measure.placed import KEYS, evidence_of, placed

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from framelens.corpus import Corpus


def tone(corpus: Corpus | pd.DataFrame | str | Path) -> Counts:
    """Count negative, neutral and positive mentions of each actor.

    A mention is a name; pronouns and descriptions are not marked. Its tone is the
    likeliest of the three that `framelens.annotate.tone` gives, which reads the whole
    sentence: in the words of a source it is the source's, so compare by voice.

    Parameters
    ----------
    corpus : Corpus, DataFrame or path

    Returns
    -------
    Counts
        Items are "Iran: negative", "Iran: neutral", "Iran: positive", under the one
        name in the whole corpus; n is all mentions of named actors in the article and
        voice.

    Raises
    ------
    MissingPartError
        If the parser or the attribution model is not installed.

    Notes
    -----
    Tone is not role: who is called negative may be a victim of what is told. For who
    acts and who is acted on there is `framelens.roles`.

    References
    ----------
    Hamborg, F., & Donnay, K. (2021). NewsMTSC: a dataset for (multi-)target-dependent
    sentiment classification in political news articles. EACL.
    https://doi.org/10.18653/v1/2021.eacl-main.142

    Examples
    --------
    >>> import pandas as pd
    >>> text = "Critics tore Adam Hill's reckless plan apart. Voters adore Eve Lake."
    >>> articles = pd.DataFrame({"article": ["a"], "outlet": ["Daily"], "text": [text]})
    >>> tone(articles).counts[["item", "k"]]
                      item  k
    0  Adam Hill: negative  1
    1   Eve Lake: positive  1
    """
    corpus = corpus_of(corpus)
    mentions = _mentions(corpus)
    counts = mentions.groupby([*KEYS, "item"], dropna=False, sort=False).size()
    totals = mentions.groupby(KEYS, dropna=False, sort=False).size()
    return Counts(
        counts.reset_index(name="k")[COUNT_COLUMNS],
        totals.reset_index(name="n")[TOTAL_COLUMNS],
        "tone",
        "mentions",
        _occurrences,
        corpus,
    )


def _mentions(corpus: Corpus) -> pd.DataFrame:
    """Give the mentions with their item, voice, outlet and event."""
    table = placed(corpus.layer("tones"), corpus)
    return table.assign(
        item=table["actor"].astype("str") + ": " + table["tone"].astype("str")
    )


def _occurrences(corpus: Corpus, item: str) -> pd.DataFrame:
    """Find the sentences of the mentions of one item."""
    mentions = _mentions(corpus)
    return evidence_of(mentions[mentions["item"].eq(item)], corpus)


TONE = Measure(
    "tone",
    tone,
    label="How actors are treated",
    unit="mentions",
    accuracy=TONE_ACCURACY,
)
