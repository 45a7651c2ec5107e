"""The ledger's totals: who is given how many words in which outlet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from framelens._checks import require_known
from framelens.annotate.names import BETWEEN_SPEAKERS
from framelens.corpus import corpus_of
from framelens.measure.counts import NO_OUTLET
from framelens.measure.speakers import MISSING, ledger_items

if TYPE_CHECKING:
    from pathlib import Path

    from framelens.corpus import Corpus
    from framelens.measure.speakers import By

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
    require_known(by, list(MISSING), kind="grouping")
    corpus = corpus_of(corpus)
    rows = ledger_items(corpus, by)
    rows = rows[rows["depth"].eq(0)]
    rows = rows.assign(
        outlet=rows["outlet"].where(rows["outlet"].notna(), NO_OUTLET),
        words=rows["direct_words"] + rows["indirect_words"],
        attributions=1,
    )
    outlets = sorted(corpus.articles["outlet"].fillna(NO_OUTLET).unique())
    table = _summed(rows, outlets)
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
    require_known(by, list(MISSING), kind="grouping")
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


def _summed(rows: pd.DataFrame, outlets: list[str]) -> pd.DataFrame:
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
