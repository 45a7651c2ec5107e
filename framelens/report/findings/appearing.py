"""Who appears: people, bodies and states that only one of the outlets names."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from framelens._wording import counted
from framelens.report.findings.certainty import how_right, right, surprise
from framelens.report.findings.finding import TO_READ, Finding
from framelens.report.findings.phrases import places_of, with_article
from framelens.show.text import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from framelens.report.findings.finding import Compared

THEME = "Who and what is named"

LEAST = 3
"""Mentions by one outlet, where the other has none."""


def appearing(compared: Compared) -> Iterator[Finding]:
    """Propose whom and what only one outlet names, in its articles on shared events.

    Only of articles too few for a test: among many names some are in one outlet by
    chance.
    """
    if not compared.pair.too_small:
        return
    articles = compared.corpus.articles.set_index("article")
    mentions = compared.corpus.layer("mentions")
    if mentions.empty:
        return
    states = mentions["kind"].eq("place") & mentions["affiliation"].notna()
    mentions = mentions.assign(
        outlet=mentions["article"].map(articles["outlet"]),
        named=mentions["affiliation"].where(states, mentions["actor"]),
    )
    names = compared.pair.names
    table = mentions.pivot_table(
        index="named", columns="outlet", aggfunc="size", fill_value=0
    ).reindex(columns=list(names), fill_value=0)
    totals = table.sum().to_numpy(dtype=float)
    for name, row in zip(table.index.astype(str), table.to_numpy(), strict=True):
        counts = row.astype(float)
        if counts.min() > 0 or counts.max() < LEAST:
            continue
        here, there = names if counts[0] else names[::-1]
        if _mentioned(name, articles[articles["outlet"].eq(there)]["text"]):
            continue
        mine = mentions[mentions["named"].eq(name)]
        times = counted(int(counts.max()), "time")
        number = counted(mine["article"].nunique(), "article")
        yield Finding(
            THEME,
            f"Only {plain(here)} names {with_article(name)} ({times} in {number}); "
            f"{plain(there)} never does.",
            f"Articles on events that both cover; {how_right('named')}.",
            TO_READ,
            size=float(counts.max() / totals.sum()),
            certainty=right("named"),
            surprise=surprise(counts, totals),
            find=partial(places_of, mine, articles["text"]),
        )


def _mentioned(name: str, texts: pd.Series[str]) -> bool:
    """Whether a text has the last word of a name, whatever the parser made of it."""
    last = re.compile(rf"\b{re.escape(name.split()[-1])}\b", re.IGNORECASE)
    return any(last.search(text) for text in texts)
