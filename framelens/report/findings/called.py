"""What it is called: names of a state that only one of the outlets uses."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framelens._lists import read_list
from framelens.annotate.spans import texts_at
from framelens.report.findings.certainty import how_right, right, surprise
from framelens.report.findings.finding import TO_READ, Finding
from framelens.report.findings.phrases import named, places_of, with_article
from framelens.show.text import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from framelens.report.findings.finding import Compared

    Floats = npt.NDArray[np.float64]

THEME = "What it is called"

MOST_NAMED = 4
"""Names of a state that a finding lists of one outlet."""

ONE_SIDED = 0.3
"""What a name that one outlet has beside the common one weighs against two names of
which each outlet has one."""

SURE = 0.95
"""1 less p for all names tried, from which a name among many articles is listed."""

LEAST = 2
"""Mentions of a state by each outlet, so that there is a choice of names."""


def called(compared: Compared) -> Iterator[Finding]:
    """Propose the states for which an outlet has a name that the other never uses.

    Of an article or two a name is enough. Where there are more, articles are counted
    that name the state: among all names tried, chance must seldom give as much.
    """
    mentions = _of_states(compared)
    names = compared.pair.names
    texts = compared.corpus.articles.set_index("article")["text"]
    few = bool(compared.pair.too_small)
    tables = {
        str(state): _by_outlet(rows, names, articles=not few)
        for state, rows in mentions.groupby("state")
    }
    tried = sum(len(table) for table, _ in tables.values())
    for state, (table, totals) in tables.items():
        if totals.min() < LEAST:
            continue
        other = [not _plainly(str(form), state) for form in table.index]
        table = table.loc[np.array(other, dtype=bool)]
        only = table[(table == 0).any(axis=1)]
        surprises = {
            str(form): _surprise(row.to_numpy(dtype=float), totals, 1 if few else tried)
            for form, row in only.iterrows()
        }
        if not few:
            only = only[only.index.map(surprises) >= SURE]
        if only.empty:
            continue
        order = only.sum(axis=1).sort_values(ascending=False, kind="stable").index
        sides = [[one for one in order if only.loc[one, name]] for name in names]
        said = [
            f"only {plain(name)} writes "
            f"{named(f'“{plain(form)}”' for form in forms[:MOST_NAMED])}"
            for name, forms in zip(names, sides, strict=True)
            if forms
        ]
        k = only.sum().to_numpy(dtype=float)
        mine = mentions[mentions["state"].eq(state) & mentions["form"].isin(only.index)]
        yield Finding(
            THEME,
            f"For {with_article(state)}, {'; '.join(said)}.",
            f"Names in articles on events that both cover; {how_right('named')}.",
            TO_READ,
            size=1.0 if all(sides) else ONE_SIDED * float(k.sum() / totals.sum()),
            certainty=right("named"),
            surprise=max(*(surprises[str(one)] for one in only.index), ONE_SIDED),
            find=partial(places_of, mine, texts),
        )


def _by_outlet(
    rows: pd.DataFrame, names: tuple[str, str], *, articles: bool
) -> tuple[pd.DataFrame, Floats]:
    """Count the mentions, or the articles, with each name of a state, by outlet."""
    if articles:
        rows = rows.drop_duplicates(["article", "form"])
    table = rows.pivot_table(
        index="form", columns="outlet", aggfunc="size", fill_value=0
    ).reindex(columns=list(names), fill_value=0)
    counted = rows.drop_duplicates("article") if articles else rows
    totals = counted["outlet"].value_counts().reindex(names, fill_value=0)
    return table, totals.to_numpy().astype(np.float64)


def _surprise(k: Floats, n: Floats, tried: int) -> float:
    """Give 1 less p for all names tried."""
    return max(0.0, 1 - tried * (1 - surprise(k, n)))


def _of_states(compared: Compared) -> pd.DataFrame:
    """Give the mentions of states, and of what is described by one of their names."""
    articles = compared.corpus.articles
    mentions = compared.corpus.layer("mentions")
    mentions = mentions.assign(form=texts_at(mentions, articles))
    places_ = mentions["kind"].eq("place") & mentions["affiliation"].notna()
    state_of = dict(
        mentions.loc[places_, ["form", "affiliation"]].itertuples(
            index=False, name=None
        )
    )
    described = [
        _described(str(form), state_of) if state is None or pd.isna(state) else None
        for form, state in zip(mentions["form"], mentions["affiliation"], strict=True)
    ]
    state = mentions["affiliation"].where(places_, pd.Series(described, mentions.index))
    outlets = articles.set_index("article")["outlet"]
    mentions = mentions.assign(state=state, outlet=mentions["article"].map(outlets))
    mentions = mentions.dropna(subset=["state"])
    return mentions[mentions["form"].map(_whole_name).astype(bool)]


def _whole_name(form: str) -> bool:
    """Whether a form is a name: capitals all through, or "the regime in Tehran"."""
    words = form.split()
    if any(not word.replace(".", "").replace("-", "").isalpha() for word in words):
        return False
    small = [word for word in words if word[:1].islower()]
    return not small or (len(small) == 2 and small[1] == "in" and words[0] == small[0])


def _described(form: str, state_of: dict[str, str]) -> str | None:
    """Give the state of a description such as "the regime in Tehran"."""
    noun, _, name = form.partition(" in ")
    return state_of.get(name) if noun[:1].islower() else None


def _plainly(form: str, state: str) -> bool:
    """Whether a form is the state's own name, in full or in initials."""
    bare = form.replace(".", "")
    full = str(read_list("short_forms")["words"].get(bare, bare))
    return full.lower().removesuffix(" of america") == state.lower()
