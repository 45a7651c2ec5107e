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

    from framelens.compare.jackknife import Whole
    from framelens.corpus import Corpus

PASSAGE_COLUMNS = ["item", "voice", "article", "outlet", "event", "start", "end",
                   "text", "evidence", "machine", "elsewhere"]  # fmt: skip
"""The columns of passages: one row per item and passage."""

PASSAGES = {"sentence": "sentences", "article": "articles"}
"""What a passage may be, and what counts of it are of."""

GIVEN = "passage"
"""What passages are called that came as a table of the analyst's."""

GAP = 4
"""Characters that may lie between two passages of a table for them to be neighbours:
line ends, but no sentence."""

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


def places_of(
    passages: pd.DataFrame, rows: pd.DataFrame, *, keys: Sequence[str], use: str
) -> Whole:
    """Find the passages that rows of a sheet are of, by `keys`, start and end.

    Raises `InputError` at the first row that is of none, saying what to `use`.
    """
    names = [*keys, "start", "end"]
    ends = rows[["start", "end"]].apply(pd.to_numeric, errors="coerce")
    whole = (ends.notna() & (ends % 1).eq(0)).all(axis=1)
    asked = rows.assign(**ends.where(whole, -1).astype(np.int64))[names]
    known = pd.MultiIndex.from_frame(passages[names])
    found: Whole = known.get_indexer(pd.MultiIndex.from_frame(asked)).astype(np.int64)
    if (found < 0).any():
        row = rows[found < 0].iloc[0]
        raise InputError(
            f"{row['id']}: no such passage here (article {row['article']!r}, "
            f"{row['start']} to {row['end']}); {use}."
        )
    return found


def context_of(
    sentences: pd.DataFrame, text: str, start: int, end: int, many: int = 1
) -> tuple[str, str]:
    """Give the sentences of an article before and after a stretch of its text."""
    before = sentences.loc[sentences["end"] <= start, "start"].tolist()[-many:]
    after = sentences.loc[sentences["start"] >= end, "end"].tolist()[:many]
    return (
        text[before[0] : start] if before else "",
        text[end : after[-1]] if after else "",
    )


def with_context(
    rows: pd.DataFrame, unit: str, *, corpus: Corpus | None, passages: pd.DataFrame
) -> pd.DataFrame:
    """Put ``before`` and ``after`` beside rows: the sentences around them, or None.

    Of a corpus they are known. Of a table of passages only where its rows say where
    they are, and one is next to the other.
    """
    found: dict[object, tuple[str, str]] = {}
    if corpus is not None and unit == "sentence":
        cut = dict(list(cut_passages(corpus, unit).groupby("article")))
        texts = corpus.articles.set_index("article")["text"]
        for row, article, start, end in zip(
            rows.index, rows["article"], rows["start"], rows["end"], strict=True
        ):
            found[row] = context_of(cut[article], texts[article], start, end)
    elif unit == GIVEN and rows[["start", "text"]].notna().all(axis=None):
        found = _neighbours(passages)
    around = [found.get(row, ("", "")) for row in rows.index]
    sides = pd.DataFrame(around, rows.index, ["before", "after"], dtype=object)
    for name in sides:
        said = sides[name].str.strip()
        sides[name] = said.where(said.ne(""), None)
    return rows.assign(before=sides["before"], after=sides["after"])


def _neighbours(passages: pd.DataFrame) -> dict[object, tuple[str, str]]:
    """Give the texts next to each passage of a table, by row."""
    start = pd.to_numeric(passages["start"], errors="coerce")
    length = passages["text"].astype(object).map(str).str.len()
    end = pd.to_numeric(passages["end"], errors="coerce").fillna(start + length)
    table = passages.assign(start=start, end=end).sort_values(["item", "start"])
    groups = table.groupby(["item", "article"], sort=False)
    sides = []
    for step, gap in (
        (1, table["start"] - groups["end"].shift(1)),
        (-1, groups["start"].shift(-1) - table["end"]),
    ):
        text = groups["text"].shift(step).astype(object)
        sides.append(text.where(gap.between(0, GAP), "").tolist())
    return dict(zip(table.index, zip(*sides, strict=True), strict=True))


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
