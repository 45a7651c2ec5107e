"""Speakers: how many words each speaker, or each affiliation, is given."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal

from framelens._checks import require_columns, require_known
from framelens.annotate.credited import attribution_table
from framelens.annotate.pipeline import DEFAULT_MODEL
from framelens.measure.attributed_words import (
    ATTRIBUTED_VOICES,
    NO_ROW,
    attributed_words,
    require_named,
)
from framelens.measure.counts import COUNT_COLUMNS, TEXT, TOTAL_COLUMNS, Counts
from framelens.read import articles_of

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

NOT_NAMED = "(not named)"
"""The item of words whose speaker is not named."""

NOT_STATED = "(not stated)"
"""The item of words whose speaker has no affiliation that is stated."""

By = Literal["speaker", "affiliation"]
MISSING: dict[str, str] = {"speaker": NOT_NAMED, "affiliation": NOT_STATED}
"""What stands for a missing item of either grouping."""


def speakers(
    articles: pd.DataFrame | str | Path,
    *,
    by: By = "speaker",
    actors: pd.DataFrame | str | Path | None = None,
    spoken: pd.DataFrame | None = None,
    model: str | Path = DEFAULT_MODEL,
) -> Counts:
    """Count the words of each speaker, or of each affiliation.

    Parameters
    ----------
    articles : DataFrame or path
        ``article, outlet, event, text``.
    by : {"speaker", "affiliation"}, default "speaker"
        What the items are.
    actors : DataFrame or path, optional
        The analyst's table, as `framelens.read.read_actors` reads it.
    spoken : DataFrame, optional
        Who says what, as `framelens.annotate.attribution_table` gives it (and perhaps
        corrected by hand), which is what is used where none is given; then `actors`
        is not needed. Rows of other articles are passed over. For quotations alone,
        as in a large corpus that is not to be read by the model: what
        `framelens.annotate.speakers` gives.
    model : str or path, default the small English pipeline
        As for `framelens.annotate.parse`.

    Returns
    -------
    Counts
        Items are speakers (`NOT_NAMED` where there is none; several of one
        attribution parted by ``"; "``) or affiliations (`NOT_STATED` where there is
        none); voices are ``direct`` and ``indirect``. k is the words given to that
        item in that voice, n all attributed words of the article in that voice. What
        somebody says inside the words of another counts for the one outside. Words
        that stand in furniture, such as a lede printed twice, count once. An article
        without attributed words in a voice has no total there.

    Raises
    ------
    ColumnError
        If a table lacks a column.
    InputError
        If `spoken` does not fit the texts, names articles by numbers where they have
        texts, so that none fits, or lacks a depth.
    MissingPartError
        If the reader is needed and not installed.
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
    articles = articles_of(articles)
    if spoken is None:
        spoken = attribution_table(articles, actors=actors, model=model)
    pieces = _credited(articles, spoken, by)
    keys = ["event", "outlet", "article", "voice"]
    counts = _summed(pieces, [*keys, "item"])
    totals = _summed(pieces, keys).rename(columns={"k": "n"})
    find = partial(occurrences, by=by, spoken=spoken)
    return Counts(
        counts[COUNT_COLUMNS],
        totals[TOTAL_COLUMNS],
        "speakers",
        "attributed words",
        find,
    )


def occurrences(
    articles: pd.DataFrame | str | Path,
    item: str,
    *,
    voice: str | None = None,
    by: By = "speaker",
    actors: pd.DataFrame | str | Path | None = None,
    spoken: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Find the words of one speaker or affiliation.

    Parameters
    ----------
    articles, by, actors, spoken
        As for `speakers`.
    item : str
        A speaker or an affiliation; `NOT_NAMED` or `NOT_STATED` for words without
        one.
    voice : str, optional
        ``direct``, ``indirect``, or None for both; in other voices there are none.

    Returns
    -------
    DataFrame
        ``article, outlet, voice, start, end, text``, in order; ``text`` is
        ``article text[start:end]``, of quotations with their marks.

    Raises
    ------
    ColumnError, InputError, MissingPartError
        As for `speakers`.
    """
    articles = articles_of(articles)
    if spoken is None:
        spoken = attribution_table(articles, actors=actors)
    pieces = _credited(articles, spoken, by)
    voices = ATTRIBUTED_VOICES if voice is None else (voice,)
    chosen = pieces["item"].eq(item) & pieces["voice"].isin(voices)
    columns = ["article", "outlet", "voice", "start", "end", "text"]
    return pieces.loc[chosen, columns].reset_index(drop=True)


def _credited(articles: pd.DataFrame, spoken: pd.DataFrame, by: By) -> pd.DataFrame:
    """Give the pieces of attributed voice with the item that each is credited to."""
    require_columns(spoken, ["article", by], of="the table of who is credited")
    require_named(articles, spoken)
    pieces = attributed_words(articles, spoken)
    names = [one if isinstance(one, str) else MISSING[by] for one in spoken[by]]
    items = [names[row] if row != NO_ROW else MISSING[by] for row in pieces["row"]]
    return pieces.assign(item=items).astype({"item": TEXT})


def _summed(pieces: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    grouped = pieces.groupby(keys, dropna=False, sort=False)["k"].sum()
    return grouped.reset_index()
