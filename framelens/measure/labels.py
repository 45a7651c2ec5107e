"""Labels: what each outlet calls the same person, body, state or thing."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from framelens._checks import require_known
from framelens._declared import Measure, Option
from framelens._wording import counted
from framelens.corpus import corpus_of
from framelens.measure.accuracy import LABEL_ACCURACY
from framelens.measure.counts import (
    COUNT_COLUMNS,
    NO_OUTLET,
    TOTAL_COLUMNS,
    Counts,
)
from framelens.measure.placed import KEYS, evidence_of, placed
from framelens.read.label_table import write_draft

if TYPE_CHECKING:
    from pathlib import Path

    from framelens.corpus import Corpus

By = Literal["label", "noun", "modifier"]
GROUPINGS = ("label", "noun", "modifier")
"""What the items can be."""

DIFFERING_COLUMNS = ["group", "voice", "label", "outlet", "k", "n"]
"""The columns of ``Labels.differing``."""

LEAST = 2
"""Mentions of a group by an outlet in a voice, so that it had a choice of labels."""

_ABOUT = ["annotation", "start", "end", "label", "head", "modifiers", "kind", "group"]


@dataclass(frozen=True, eq=False, kw_only=True, repr=False)
class Labels(Counts):
    """What the same thing is called: counts, and the mentions behind them.

    Attributes
    ----------
    mentions : DataFrame
        One row per mention: ``event, outlet, article, voice, annotation, start, end``,
        ``label`` (as most articles print it), ``head`` (its noun), ``modifiers`` (the
        words before it), ``kind`` (``person,
        group, body, state, thing``), ``group`` (the name of what is meant).
    groups : DataFrame
        ``group, kind, mentions, articles, outlets, labels``, most mentions first.
    differing : DataFrame
        ``group, voice, label, outlet, k, n``: the labels that some outlets use and
        others never do, in the same voice, though they mention the group at least
        twice: k of the outlet's n mentions.
    """

    mentions: pd.DataFrame = field(repr=False)

    @property
    def groups(self) -> pd.DataFrame:
        """What is named, by how often."""
        by = self.mentions.groupby("group", sort=False)
        table = by.agg(
            kind=("kind", lambda some: some.mode().iloc[0]),
            mentions=("article", "size"),
            articles=("article", "nunique"),
            outlets=("outlet", "nunique"),
            labels=("label", lambda some: "; ".join(some.value_counts().index)),
        ).reset_index()
        return table.sort_values(
            ["mentions", "group"], ascending=[False, True], ignore_index=True
        )

    @property
    def differing(self) -> pd.DataFrame:
        """The labels that some outlets use and others never do."""
        return differing_of(self.mentions)

    @property
    def caption(self) -> str:
        """How many groups and labels there are."""
        groups, labels_ = (self.mentions[name].nunique() for name in ("group", "label"))
        return (
            f"What is called what: {counted(labels_, 'label')} for "
            f"{counted(groups, 'person or thing', 'people and things')} "
            f"in {counted(self.totals['article'].nunique(), 'article')}."
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """How far to trust the groups, and how to mend them."""
        mend = "To merge and split: .draft(path), then corpus.correct(labels=path)."
        return LABEL_ACCURACY, mend

    def shown(self) -> pd.DataFrame:
        """Lay out what differs: a row for each label and voice, a column per outlet."""
        table = self.differing
        said = table["k"].astype(str) + " of " + table["n"].astype(str)
        order = table[["group", "voice", "label"]].drop_duplicates()
        wide = table.assign(said=said).pivot_table(
            index=["group", "voice", "label"],
            columns="outlet",
            values="said",
            aggfunc="first",
        )
        wide = wide.reindex(pd.MultiIndex.from_frame(order)).fillna("–")
        return wide.reset_index().rename_axis(columns=None)

    def draft(self, path: str | Path) -> Path:
        """Write the groups for you to merge and split, largest first.

        One row per label and group: ``label, found, group, mentions, outlets``. Change
        only ``group``: the same name for labels of one thing, another for labels of
        another, blank for a label that is to be left out. Then
        ``corpus.correct(labels=path)``: your groups win, also after `Corpus.save`.

        Parameters
        ----------
        path : str or Path
            A file to write, CSV; one that is there is not overwritten.

        Returns
        -------
        Path
            Of the file.

        Raises
        ------
        InputError
            If the file exists.
        """
        return write_draft(self.mentions, path)


def labels(
    corpus: Corpus | pd.DataFrame | str | Path,
    *,
    actor: str | None = None,
    by: By = "label",
) -> Labels:
    """Count what each outlet calls the same person, body, state or thing.

    Noun phrases of all articles are grouped by what they name: *the regime in Tehran*
    with *the Islamic Republic*, *Kiev* with *Kyiv*. What tells are names and pronouns
    that the article resolves, the state that a body belongs to, apposition and copula
    (*Iran is a threat*), the noun, and how near phrases are in meaning.

    Parameters
    ----------
    corpus : Corpus, DataFrame or path
    actor : str, optional
        Count only what is called so: the name of a group.
    by : {"label", "noun", "modifier"}, default "label"
        What the items are: the whole phrase; its noun; or each word before the noun.

    Returns
    -------
    Labels
        Items are "Iran: regime in Tehran", k the mentions with that label, n all
        mentions of any group in that article and voice. With `actor` items are the
        labels alone and n the mentions of that group.

    Raises
    ------
    MissingPartError
        If the parser or the embedder is not installed.
    UnknownNameError
        If nothing is called `actor`, or `by` is none of the three.

    Notes
    -----
    States are grouped with their governments, capitals and forces, as news names them.
    No group mixes two people or two states that are named. Phrases that stand alone in
    the corpus are in no group, nor pronouns. Grouping: logistic regression over pairs
    of labels, average linkage; the 1,000 most frequent labels.

    References
    ----------
    Hamborg, F., Zhukova, A., & Gipp, B. (2019). Automated identification of media bias
    by word choice and labeling in news articles. JCDL, 196-205.
    https://doi.org/10.1109/JCDL.2019.00036

    Examples
    --------
    >>> texts = ["Norland closed its port. Ann Orr left Kiev.",
    ...          "Kyiv was calm. They saw Kyiv. Ms Orr is the mayor."]
    >>> articles = pd.DataFrame({"article": ["a", "b"], "outlet": ["Daily", "Herald"],
    ...                          "text": texts})
    >>> found = labels(articles, actor="Ukraine")
    >>> found.counts[["outlet", "item", "k"]]
       outlet  item  k
    0   Daily  Kiev  1
    1  Herald  Kyiv  2
    """
    require_known(by, list(GROUPINGS), kind="grouping")
    corpus = corpus_of(corpus)
    mentions = _mentions(corpus)
    if actor is not None:
        there = mentions["group"].eq(actor)
        if not there.any():
            require_known(actor, mentions["group"].unique(), kind="group of labels")
        mentions = mentions[there].reset_index(drop=True)
    items = _items(mentions, by, with_group=actor is None)
    groups = items.groupby([*KEYS, "item"], dropna=False, sort=False)
    counts = groups["annotation"].nunique().reset_index(name="k")
    totals = mentions.groupby(KEYS, dropna=False, sort=False).size()
    return Labels(
        counts[COUNT_COLUMNS],
        totals.reset_index(name="n")[TOTAL_COLUMNS],
        "labels",
        "mentions",
        partial(_occurrences, actor=actor, by=by),
        corpus,
        mentions=mentions,
    )


def _mentions(corpus: Corpus) -> pd.DataFrame:
    """Give the phrases that are in a group, with their voice, outlet and event."""
    table = corpus.layer("labels")
    table = placed(table[table["group"].notna()], corpus)
    return table[[*KEYS, *_ABOUT]].reset_index(drop=True)


def _items(mentions: pd.DataFrame, by: By, *, with_group: bool) -> pd.DataFrame:
    """Name what each mention counts for; a mention has as many modifiers as it has."""
    if by == "label":
        rows = mentions.assign(item=mentions["label"])
    elif by == "noun":
        rows = mentions.assign(item=mentions["head"])
    else:
        rows = mentions.assign(item=mentions["modifiers"].str.split())
        rows = rows.explode("item").dropna(subset=["item"])
    if with_group:
        rows = rows.assign(item=rows["group"] + ": " + rows["item"])
    return rows


def differing_of(mentions: pd.DataFrame) -> pd.DataFrame:
    """Count labels by outlet and voice where not all outlets use them."""
    table = mentions.assign(outlet=mentions["outlet"].fillna(NO_OUTLET))
    sizes = table.groupby(["group", "voice", "outlet"], sort=False).size()
    n = sizes[sizes >= LEAST].rename("n").reset_index()
    several = n.groupby(["group", "voice"])["outlet"].transform("size") > 1
    n = n[several]
    k = table.groupby(["group", "voice", "label", "outlet"]).size().rename("k")
    every = table[["group", "voice", "label"]].drop_duplicates()
    rows = every.merge(n, on=["group", "voice"])
    rows = rows.join(k, on=["group", "voice", "label", "outlet"])
    rows["k"] = rows["k"].fillna(0).astype(np.int64)
    by = rows.groupby(["group", "voice", "label"])["k"]
    rows = rows[by.transform("min").eq(0) & by.transform("max").gt(0)]
    size = table["group"].value_counts()
    most = rows.groupby(["group", "voice", "label"])["k"].transform("max")
    rows = rows.assign(size=rows["group"].map(size), most=most)
    rows = rows.sort_values(
        ["size", "group", "voice", "most", "label", "outlet"],
        ascending=[False, True, False, False, True, True],
        ignore_index=True,
    )
    return rows[DIFFERING_COLUMNS]


def _occurrences(
    corpus: Corpus, item: str, *, actor: str | None, by: By
) -> pd.DataFrame:
    """Find the mentions of one item."""
    mentions = _mentions(corpus)
    if actor is not None:
        mentions = mentions[mentions["group"].eq(actor)]
    rows = _items(mentions, by, with_group=actor is None)
    rows = rows[rows["item"].eq(item)].drop_duplicates("annotation")
    return evidence_of(rows, corpus)


LABELS = Measure(
    "labels",
    labels,
    label="What it is called",
    unit="mentions",
    accuracy=LABEL_ACCURACY,
    options=(
        Option("actor", "count only the names of this person, body, state or thing"),
        Option(
            "by",
            "what the items are: label (default), noun or modifier",
            choices=GROUPINGS,
        ),
    ),
)
