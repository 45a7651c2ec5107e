"""Passages: what a coder is shown, sentences or articles, and what is counted there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framelens._checks import InputError, require_columns, require_known
from framelens.compare.design import ALL, SUMS
from framelens.measure.counts import COUNT_COLUMNS, TEXT, TOTAL_COLUMNS, Counts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from framelens.corpus import Corpus

PASSAGE_COLUMNS = ["item", "voice", "article", "outlet", "event", "start", "end",
                   "text", "evidence", "machine", "elsewhere"]  # fmt: skip
"""The columns of passages: one row per item and passage."""

PASSAGES = {"sentence": "sentences", "article": "articles"}
"""What a passage may be, and what counts of it are of."""

GIVEN = "passage"
"""What passages are called that came as a table of the analyst's."""

BETWEEN = " … "
"""What stands between pieces of evidence of one passage."""


@dataclass(frozen=True, eq=False)
class PassageCounts(Counts):
    """Counts of passages, in one voice; `others` had the item in another voice only.

    Those are numbers by article and item.
    """

    others: pd.Series | None = None


def passages_of(
    counts: Counts, items: Sequence[str], *, voice: str = ALL, unit: str = "sentence"
) -> pd.DataFrame:
    """Cut the counted articles into passages, and say where each item was counted.

    Furniture of web pages is left out. `machine` is whether the item was counted in
    the passage in that voice, `elsewhere` whether only in another; `evidence`, the
    words that were counted, in any voice.
    """
    require_known(unit, PASSAGES, kind="kind of passage")
    if counts.corpus is None or counts.find is None:
        raise InputError(
            "these counts cannot be traced to sentences, so there is nothing to code; "
            "measure a corpus, or give a table of passages (article, outlet, machine)."
        )
    articles = counts.totals.drop_duplicates("article").set_index("article")
    texts = counts.corpus.articles.set_index("article")["text"]
    cut = cut_passages(counts.corpus, unit)
    cut = cut[cut["article"].isin(articles.index)]
    parts = []
    for item in items:
        places = counts.evidence(item)
        evidence = _evidence(cut, places)
        if voice != ALL:
            places = places[places["voice"].isin(SUMS.get(voice, (voice,)))]
        machine = _evidence(cut, places).notna()
        parts.append(
            cut.assign(item=item, voice=voice, evidence=evidence, machine=machine)
        )
    made = pd.concat(parts, ignore_index=True)
    where = zip(made["article"], made["start"], made["end"], strict=True)
    return made.assign(
        outlet=made["article"].map(articles["outlet"]),
        event=made["article"].map(articles["event"]),
        text=[texts[article][start:end] for article, start, end in where],
        elsewhere=made["evidence"].notna() & ~made["machine"],
    )[PASSAGE_COLUMNS]


def given_passages(table: pd.DataFrame) -> pd.DataFrame:
    """Check a table of passages, and fill up the columns that need not be there."""
    require_columns(table, ["article", "outlet", "machine"], of="passages")
    label = table["machine"]
    if not label.isin([0, 1]).all():
        odd = label[~label.isin([0, 1])].iloc[0]
        raise InputError(
            f"passages: 'machine' is whether the machine says yes, True or False; "
            f"found {odd!r}."
        )
    absent = [name for name in PASSAGE_COLUMNS if name not in table]
    made = table.assign(**dict.fromkeys(absent, pd.Series(None, table.index, object)))
    made = made[PASSAGE_COLUMNS].reset_index(drop=True)
    made["item"] = made["item"].astype(object).fillna("item")
    made["voice"] = made["voice"].astype(object).fillna(ALL)
    texts = ["item", "voice", "article", "outlet", "event"]
    made = made.astype(dict.fromkeys(texts, TEXT))
    made["elsewhere"] = made["elsewhere"].astype(object).fillna(False).astype(bool)
    return made.assign(machine=label.to_numpy(bool))


def counts_of_passages(
    passages: pd.DataFrame, unit: str, source: Counts | None = None
) -> PassageCounts:
    """Count passages: k of an article's n passages, in one voice called "all"."""
    keys = ["event", "outlet", "article"]
    n = passages.groupby(["item", *keys], dropna=False).size().rename("n").reset_index()
    totals = n.drop(columns="item").drop_duplicates()
    if totals["article"].duplicated().any():
        raise InputError(
            "an article has another number of passages for one item than for another, "
            "or two outlets or events; give all items the same passages."
        )
    k = passages[passages["machine"]].groupby([*keys, "item"], dropna=False).size()
    counts = k.rename("k").reset_index().assign(voice=ALL)
    others = passages[passages["elsewhere"]].groupby(["article", "item"]).size()
    return PassageCounts(
        counts[COUNT_COLUMNS],
        totals.assign(voice=ALL)[TOTAL_COLUMNS],
        measure="passages",
        unit=PASSAGES.get(unit, "passages"),
        corpus=None if source is None else source.corpus,
        others=others,
    )


def cut_passages(corpus: Corpus, unit: str) -> pd.DataFrame:
    """Give ``article, start, end`` of every passage outside furniture."""
    if unit == "article":
        length = corpus.articles["text"].str.len()
        return corpus.articles[["article"]].assign(start=0, end=length)
    sentences = corpus.sentences[["article", "start", "end"]]
    away = corpus.furniture[["article", "start", "end"]]
    if not len(away):
        return sentences.reset_index(drop=True)
    inside = np.zeros(len(sentences), bool)
    groups = dict(list(away.groupby("article")))
    for article, rows in sentences.reset_index(drop=True).groupby("article"):
        if article in groups:
            start, end = (groups[article][x].to_numpy() for x in ("start", "end"))
            first = rows["start"].to_numpy()[:, None] >= start
            last = rows["end"].to_numpy()[:, None] <= end
            inside[rows.index] = (first & last).any(axis=1)
    return sentences[~inside].reset_index(drop=True)


def _evidence(cut: pd.DataFrame, places: pd.DataFrame) -> pd.Series:
    """Give the counted words of each passage; missing where there are none."""
    found: dict[int, list[str]] = {}
    rows_of = dict(list(cut.groupby("article")))
    for article, mine in places.groupby("article"):
        rows = rows_of.get(article)
        if rows is None:
            continue
        start, end = rows["start"].to_numpy(), rows["end"].to_numpy()
        for first, last, text in mine[["start", "end", "text"]].itertuples(index=False):
            for row in rows.index[(start < last) & (end > first)]:
                found.setdefault(row, []).append(text)
    made = {row: BETWEEN.join(texts) for row, texts in found.items()}
    return pd.Series(made, dtype=object).reindex(cut.index)
