"""Speakers: how many words each speaker, affiliation or source type is given."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal

import pandas as pd

from framelens._checks import require_known
from framelens._declared import Measure, Option
from framelens._wording import BETWEEN_SPEAKERS
from framelens.annotate.ledger import attributed_words
from framelens.corpus import corpus_of
from framelens.measure.accuracy import VOICE_ACCURACY
from framelens.measure.counts import (
    COUNT_COLUMNS,
    NO_OUTLET,
    TEXT,
    TOTAL_COLUMNS,
    Counts,
    evidence_table,
)

if TYPE_CHECKING:
    from pathlib import Path

    from framelens.corpus import Corpus

NOT_NAMED = "(not named)"
"""The item of words whose speaker is not named."""

NOT_STATED = "(not stated)"
"""The item of words whose speaker has no affiliation that is stated."""

NOT_TOLD = "(not told)"
"""The item of words of whose speaker no article tells what type of source it is."""

By = Literal["speaker", "affiliation", "source_type"]
MISSING: dict[str, str] = {
    "speaker": NOT_NAMED,
    "affiliation": NOT_STATED,
    "source_type": NOT_TOLD,
}
"""What stands for a missing item of each grouping."""


def speakers(
    corpus: Corpus | pd.DataFrame | str | Path, *, by: By = "speaker"
) -> Counts:
    """Count the words of each speaker, of each affiliation or each type of source.

    Parameters
    ----------
    corpus : Corpus, DataFrame or path
        Who says what is read from its ledger, corrections included.
    by : {"speaker", "affiliation", "source_type"}, default "speaker"
        What the items are.

    Returns
    -------
    Counts
        Items are speakers, under the one name that they have in the whole corpus
        (`NOT_NAMED` where there is none; several of one attribution parted by
        ``"; "``), affiliations (`NOT_STATED` where there is none), or types of source
        (*expert or academic*; `NOT_TOLD` where there is none); voices are
        ``direct`` and ``indirect``. k is the words given to that item in that
        voice, n all attributed words of the article in that voice. What somebody
        says inside the words of another counts for the one outside. An article
        without attributed words in a voice has no total there.

    Raises
    ------
    MissingPartError
        If the attribution model is needed and not installed.
    UnknownNameError
        If `by` is none of the three.

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
    """Find the words of one item; quotations with their marks."""
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
    """Give the ledger with ``item``, the name in the whole corpus, and ``outlet``."""
    require_known(by, list(MISSING), kind="grouping")
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


_SUMS = ("attributions", "direct_words", "indirect_words", "words")


def speakers_table(
    corpus: Corpus | pd.DataFrame | str | Path, *, by: By = "speaker"
) -> pd.DataFrame:
    """Set out who is given how many words in which outlet, zeros included.

    Parameters
    ----------
    corpus, by
        As for `framelens.measure.speakers`.

    Returns
    -------
    DataFrame
        One row per item and outlet, most words of all outlets first: the item (a
        column named as `by` says; those without one are together), ``outlet``;
        ``attributions``: how many, none of them inside another; ``direct_words,
        indirect_words``: in quotation marks and outside, ``words``: both;
        ``share``: of all attributed words of the outlet, missing where it has none;
        ``first``: where the first attribution begins, as a share of the article's
        length (the earliest of the outlet's articles), missing where there is none;
        ``cue_classes``: how the words are handed over, the most frequent first
        (``accusing 2; neutral 1``), missing where no cue is known; ``anonymous``:
        whether this is nobody but people who are described and never named;
        ``heard_only_in``: the outlet, if only one of several gives the item words
        (of several speakers in one: each of them, alone or with others).

    Raises
    ------
    MissingPartError, UnknownNameError
        As for `framelens.measure.speakers`, whose words these are.

    Examples
    --------
    >>> articles = pd.DataFrame({
    ...     "article": ["a", "b"], "outlet": ["Daily", "Herald"], "event": ["e", "e"],
    ...     "text": ['"We go on," said Jane Doe.', '"No," said John Roe.']})
    >>> speakers_table(articles)[["speaker", "outlet", "words", "share"]]
        speaker  outlet  words  share
    0  Jane Doe   Daily      3    1.0
    1  Jane Doe  Herald      0    0.0
    2  John Roe   Daily      0    0.0
    3  John Roe  Herald      1    1.0
    """
    corpus = corpus_of(corpus)
    rows = ledger_items(corpus, by)
    rows = rows[rows["depth"].eq(0)]
    rows = rows.assign(
        outlet=rows["outlet"].where(rows["outlet"].notna(), NO_OUTLET),
        words=rows["direct_words"] + rows["indirect_words"],
        attributions=1,
    )
    outlets = sorted(corpus.articles["outlet"].fillna(NO_OUTLET).unique())
    table = _totals(rows, outlets)
    said = table.groupby("outlet")["words"].transform("sum")
    table["share"] = table["words"] / said.where(said > 0)
    anonymous = rows.groupby("item")["anonymous"].all()
    table["anonymous"] = table["item"].map(anonymous).astype(bool)
    only = _heard_only_in(table, several=len(outlets) > 1)
    table["heard_only_in"] = pd.Series(only, index=table.index, dtype=object)
    columns = ["item", "outlet", *_SUMS, "share", "first", "cue_classes"]
    columns += ["anonymous", "heard_only_in"]
    return table[columns].rename(columns={"item": by})


def cues_table(
    corpus: Corpus | pd.DataFrame | str | Path, *, by: By = "speaker"
) -> pd.DataFrame:
    """Say who denies, accuses, demands ... in which outlet, and in which only.

    Parameters
    ----------
    corpus, by
        As for `framelens.measure.speakers`.

    Returns
    -------
    DataFrame
        One row per item, class of cue and outlet that has both, most attributions
        first: a column named as `by` says, ``cue_class, outlet, attributions``, and
        ``only_in``: the outlet, if no other of several has that item with a cue of
        that class. An attribution of several counts for each. Those without a class
        are left out, attributions inside another are not.

    Raises
    ------
    MissingPartError, UnknownNameError
        As for `framelens.measure.speakers`.

    Examples
    --------
    >>> articles = pd.DataFrame({
    ...     "article": ["a", "b"], "outlet": ["Daily", "Herald"], "event": ["e", "e"],
    ...     "text": ["Jane Doe said that it rained.", "Jane Doe denied that."]})
    >>> cues_table(articles)
        speaker cue_class  outlet  attributions only_in
    0  Jane Doe   denying  Herald             1  Herald
    1  Jane Doe   neutral   Daily             1   Daily
    """
    rows = ledger_items(corpus_of(corpus), by)
    outlets = rows["outlet"].where(rows["outlet"].notna(), NO_OUTLET)
    several = rows["item"].str.split(BETWEEN_SPEAKERS)
    rows = rows.assign(outlet=outlets, **{by: several})
    rows = rows[rows["cue_class"].notna()].explode(by)
    table = rows.groupby([by, "cue_class", "outlet"]).size().reset_index(name="n")
    table = table.rename(columns={"n": "attributions"})
    where = table.groupby([by, "cue_class"])["outlet"].transform("nunique")
    alone = where.eq(1) & (len(set(outlets)) > 1)
    table["only_in"] = table["outlet"].astype(object).where(alone)
    return table.sort_values(
        ["attributions", by, "cue_class", "outlet"],
        ascending=[False, True, True, True],
        ignore_index=True,
    )


def _totals(rows: pd.DataFrame, outlets: list[str]) -> pd.DataFrame:
    """Add up the rows of each item and outlet; those without one are zero."""
    groups = rows.groupby(["item", "outlet"], sort=False)
    table = (
        groups[list(_SUMS)]
        .sum()
        .join(
            groups.agg(first=("position", "min"), cue_classes=("cue_class", _counted))
        )
    )
    total = table["words"].groupby("item").sum()
    order = sorted(total.index, key=lambda item: (-int(total[item]), str(item)))
    whole = pd.MultiIndex.from_product([order, outlets], names=["item", "outlet"])
    table = table.reindex(whole).reset_index()
    for name in _SUMS:
        table[name] = table[name].fillna(0).astype("int64")
    return table


def _counted(classes: pd.Series) -> str | None:
    """Say how often each class of cue is used: *accusing 2; neutral 1*."""
    many = classes.dropna().value_counts()
    pairs = sorted(many.items(), key=lambda pair: (-pair[1], str(pair[0])))
    return "; ".join(f"{name} {number}" for name, number in pairs) or None


def _heard_only_in(table: pd.DataFrame, *, several: bool) -> list[str | None]:
    """Name the outlet of what one of several alone gives words, speaker by speaker."""
    heard: dict[str, set[str]] = {}
    given = table[table["words"] > 0]
    for item, outlet in zip(given["item"], given["outlet"], strict=True):
        heard.setdefault(outlet, set()).update(_parts(item))
    only: list[str | None] = []
    for item in table["item"]:
        where = [outlet for outlet, all_ in heard.items() if _parts(item) <= all_]
        counts = several and item not in MISSING.values() and len(where) == 1
        only.append(where[0] if counts else None)
    return only


def _parts(item: str) -> set[str]:
    return set(item.split(BETWEEN_SPEAKERS))


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
            "what the items are: speaker (default), affiliation or source_type",
            choices=tuple(MISSING),
        ),
    ),
    in_report=True,
)
