"""Speakers: how many words each speaker, or each affiliation, is given."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal

from framelens._checks import require_known
from framelens._declared import Measure, Option
from framelens.annotate.ledger import attributed_words
from framelens.corpus import corpus_of
from framelens.measure.accuracy import VOICE_ACCURACY
from framelens.measure.counts import (
    COUNT_COLUMNS,
    TEXT,
    TOTAL_COLUMNS,
    Counts,
    evidence_table,
)

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from framelens.corpus import Corpus

NOT_NAMED = "(not named)"
"""The item of words whose speaker is not named."""

NOT_STATED = "(not stated)"
"""The item of words whose speaker has no affiliation that is stated."""

By = Literal["speaker", "affiliation"]
MISSING: dict[str, str] = {"speaker": NOT_NAMED, "affiliation": NOT_STATED}
"""What stands for a missing item of either grouping."""


def speakers(
    corpus: Corpus | pd.DataFrame | str | Path, *, by: By = "speaker"
) -> Counts:
    """Count the words of each speaker, or of each affiliation.

    Parameters
    ----------
    corpus : Corpus, DataFrame or path
        Who says what is read from its ledger, corrections included.
    by : {"speaker", "affiliation"}, default "speaker"
        What the items are.

    Returns
    -------
    Counts
        Items are speakers, under the fullest name that the articles on the event
        give (`NOT_NAMED` where there is none; several of one attribution parted by
        ``"; "``), or affiliations (`NOT_STATED` where there is none); voices are
        ``direct`` and ``indirect``. k is the words given to that item in that
        voice, n all attributed words of the article in that voice. What somebody
        says inside the words of another counts for the one outside. An article
        without attributed words in a voice has no total there.

    Raises
    ------
    MissingPartError
        If the attribution model is needed and not installed.
    UnknownNameError
        If `by` is neither of the two.

    Examples
    --------
    >>> import pandas as pd
    >>> text = '"We go on," said Jane Doe. She denied that it was late.'
    >>> articles = pd.DataFrame({"article": ["a"], "outlet": ["Daily"], "event": ["e"],
    ...                          "text": [text]})
    >>> speakers(articles).counts[["voice", "item", "k"]]
          voice      item  k
    0    direct  Jane Doe  3
    1  indirect  Jane Doe  4
    """
    require_known(by, list(MISSING), kind="grouping")
    corpus = corpus_of(corpus)
    pieces = _pieces(corpus, by, corpus.articles)
    keys = ["event", "outlet", "article", "voice"]
    return Counts(
        _summed(pieces, [*keys, "item"], "k")[COUNT_COLUMNS],
        _summed(pieces, keys, "n")[TOTAL_COLUMNS],
        "speakers",
        "attributed words",
        partial(_occurrences, by=by),
        corpus,
    )


def _occurrences(corpus: Corpus, item: str, *, by: By) -> pd.DataFrame:
    """Find the words of one speaker or affiliation; quotations with their marks."""
    articles = corpus.articles
    if item != MISSING[by]:  # only articles that credit it need to be cut into pieces
        ledger = ledger_items(corpus, by)
        holding = ledger.loc[ledger["item"].eq(item), "article"]
        articles = articles[articles["article"].isin(holding)]
    pieces = _pieces(corpus, by, articles)
    pieces = pieces[pieces["item"].eq(item)]
    texts = dict(zip(articles["article"], articles["text"], strict=True))
    columns = ["article", "outlet", "voice", "start", "end"]
    rows = pieces[columns].itertuples(index=False, name=None)
    return evidence_table((*row, texts[row[0]][row[3] : row[4]]) for row in rows)


def _pieces(corpus: Corpus, by: By, articles: pd.DataFrame) -> pd.DataFrame:
    """Give the pieces of attributed voice with the item that each is credited to."""
    ledger = ledger_items(corpus, by)
    pieces = attributed_words(articles, ledger=corpus.ledger, voices=corpus.voices)
    pieces = pieces.merge(ledger[["annotation", "item"]], on="annotation", how="left")
    about = articles[["article", "event", "outlet"]]
    pieces = pieces.merge(about, on="article", how="left")
    return pieces.assign(item=pieces["item"].fillna(MISSING[by])).astype({"item": TEXT})


def ledger_items(corpus: Corpus, by: By) -> pd.DataFrame:
    """Give the ledger with ``item``, the fullest name in the event, and ``outlet``."""
    ledger = corpus.ledger
    names = ledger["actor"] if by == "speaker" else ledger[by]
    outlets = corpus.articles.set_index("article")["outlet"]
    return ledger.assign(
        item=names.where(names.notna(), MISSING[by]),
        outlet=ledger["article"].map(outlets),
    )


def _summed(pieces: pd.DataFrame, keys: list[str], name: str) -> pd.DataFrame:
    """Add up words."""
    words = pieces.groupby(keys, dropna=False, sort=False)["words"].sum()
    return words.reset_index(name=name)


SPEAKERS = Measure(
    "speakers",
    speakers,
    label="Who is heard",
    unit="attributed words",
    accuracy=(
        "Who says what is found by the attribution model: on PolNeAR (seven US "
        f"outlets, {VOICE_ACCURACY.articles} articles) source, cue and content are "
        f"all right with an F1 of {VOICE_ACCURACY.attributions.value:.2f} (95 % "
        f"interval {VOICE_ACCURACY.attributions.low:.2f} to "
        f"{VOICE_ACCURACY.attributions.high:.2f})."
    ),
    options=(
        Option(
            "by",
            "what the items are: speaker (default) or affiliation",
            choices=tuple(MISSING),
        ),
    ),
    in_report=True,
)
