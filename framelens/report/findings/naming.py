"""Naming: what one outlet alone names, and names of a state that one alone uses.

Both read one table: who or what each mention names, in which form, in which outlet.
They rest on the names that the parser marks, not on the groups of `framelens.labels`:
those hold descriptions and things, too, and on 15 pairs of articles took fifteen times
as long and erred more.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framelens._lists import read_list
from framelens._wording import counted
from framelens.annotate.source_types import source_type_of
from framelens.annotate.spans import texts_at
from framelens.report.findings.certainty import how_right, right, surprise
from framelens.report.findings.finding import TO_READ, Finding
from framelens.report.findings.lacking import in_full, lacking
from framelens.report.findings.phrases import named, outside, places_of, with_article
from framelens.show.text import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from framelens.report.findings.finding import Compared

    Floats = npt.NDArray[np.float64]

NAMED, CALLED = "Who and what is named", "What it is called"
"""The themes."""

LEAST_NAMED = 3
"""Mentions by one outlet, where the other has none."""

MOST_NAMED = 4
"""Names of a state that a finding lists of one outlet."""

ONE_SIDED = 0.3
"""What a name that one outlet has beside the common one weighs against two names of
which each outlet has one."""

SURE = 0.95
"""1 less p for all names tried, from which a name among many articles is listed."""

LEAST = 2
"""Mentions of a state by each outlet, so that there is a choice of names."""


def naming(compared: Compared) -> Iterator[Finding]:
    """Propose whom and what only one outlet names, and names that only one uses."""
    mentions = _mentions(compared)
    yield from _appearing(compared, mentions)
    yield from _called(compared, mentions)


def _mentions(compared: Compared) -> pd.DataFrame:
    """Give every mention with its outlet, the ``form`` that is printed and the state.

    Those in furniture, such as credits of pictures, are left out.
    A form is written as most mentions of it are: *BEIJING* as *Beijing*. The ``state``
    is the one that a name means or a description names, else missing.
    """
    articles = compared.corpus.articles
    mentions = compared.corpus.layer("mentions")
    mentions = outside(mentions, compared.corpus.layer("furniture"))
    mentions = mentions.assign(
        form=_as_most_print(texts_at(mentions, articles)),
        outlet=mentions["article"].map(articles.set_index("article")["outlet"]),
    )
    places = mentions["kind"].eq("place") & mentions["affiliation"].notna()
    state_of = dict(
        mentions.loc[places, ["form", "affiliation"]].itertuples(index=False, name=None)
    )
    described = [
        _described(str(form), state_of) if state is None or pd.isna(state) else None
        for form, state in zip(mentions["form"], mentions["affiliation"], strict=True)
    ]
    described_ = pd.Series(described, mentions.index, dtype=object)
    return mentions.assign(
        state=mentions["affiliation"].where(places, described_),
        whom=mentions["affiliation"].where(places, mentions["actor"]),
    )


def _as_most_print(forms: pd.Series[str]) -> pd.Series[str]:
    """Write forms that differ in capitals alone as one of them: not all in capitals.

    >>> _as_most_print(pd.Series(["KYIV", "Kyiv", "KYIV", "Lviv"])).tolist()
    ['Kyiv', 'Kyiv', 'Kyiv', 'Lviv']
    """
    sizes = forms.value_counts().rename_axis("form").reset_index(name="size")
    sizes = sizes.assign(
        key=sizes["form"].str.casefold(), loud=sizes["form"].str.isupper()
    ).sort_values(["loud", "size", "form"], ascending=[True, False, True])
    best = sizes.drop_duplicates("key").set_index("key")["form"]
    return forms.str.casefold().map(best).astype(object)


def _appearing(compared: Compared, mentions: pd.DataFrame) -> Iterator[Finding]:
    """Propose whom and what only one outlet names, in its articles on shared events.

    Only of articles too few for a test: among many names some are in one outlet by
    chance. What an outlet calls itself is left out, and other media: they are named
    in bylines and credits.
    """
    if not compared.pair.too_small or mentions.empty:
        return
    articles = compared.corpus.articles.set_index("article")
    names = compared.pair.names
    mentions = mentions.assign(key=mentions["whom"].map(_key))
    table = mentions.pivot_table(
        index="key", columns="outlet", aggfunc="size", fill_value=0
    ).reindex(columns=list(names), fill_value=0)
    totals = table.sum().to_numpy(dtype=float)
    by_outlet = {
        name: articles.loc[articles["outlet"].eq(name), "text"].tolist()
        for name in names
    }
    for key, row in zip(table.index, table.to_numpy(), strict=True):
        counts = row.astype(float)
        if counts.min() > 0 or counts.max() < LEAST_NAMED:
            continue
        mine = mentions[mentions["key"].eq(key)]
        name = str(mine["whom"].mode().iloc[0])
        here, there = names if counts[0] else names[::-1]
        texts, theirs = by_outlet[here], by_outlet[there]
        if not lacking([name], texts, theirs, table.index[table[there] > 0], names):
            continue
        name = in_full(name, texts)
        times = counted(int(counts.max()), "time")
        number = counted(mine["article"].nunique(), "article")
        yield Finding(
            NAMED,
            f"{plain(here)} names {with_article(name)} ({times} in {number}), and "
            f"{plain(there)} never does.",
            f"Articles on events that both cover; {how_right('named')}.",
            TO_READ,
            size=float(counts.max() / totals.sum()),
            certainty=right("named"),
            surprise=surprise(counts, totals),
            find=partial(places_of, mine, articles["text"]),
        )


def _key(name: object) -> str:
    """Give what names of one body have in common: *U.N.* and *United Nations*."""
    bare = str(name).replace(".", "")
    return str(read_list("short_forms")["words"].get(bare, bare)).casefold()


GOVERNMENT = "head of state or government"
"""The type of source that a government is, in the list ``source_types``."""


def _called(compared: Compared, mentions: pd.DataFrame) -> Iterator[Finding]:
    """Propose the states for which an outlet has a name that the other never uses.

    Of an article or two a name is enough. Where there are more, articles are counted
    that name the state: among all names tried, chance must seldom give as much.
    """
    whole = mentions["form"].map(_whole_name).astype(bool)
    mentions = mentions[mentions["state"].notna() & whole]
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
            f"{plain(name)} writes "
            f"{named(f'“{plain(form)}”' for form in forms[:MOST_NAMED])}"
            for name, forms in zip(names, sides, strict=True)
            if forms
        ]
        never = [
            f", and {plain(name)} never does"
            for name, forms in zip(names, sides, strict=True)
            if not forms
        ]
        writes = never[0].join([*said, ""]) if never else f"only {'; only '.join(said)}"
        k = only.sum().to_numpy(dtype=float)
        mine = mentions[mentions["state"].eq(state) & mentions["form"].isin(only.index)]
        yield Finding(
            CALLED,
            f"For {with_article(state)}, {writes}.",
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


def _whole_name(form: str) -> bool:
    """Whether a form is a name: capitals all through, or "the regime in Tehran"."""
    words = form.split()
    if any(not word.replace(".", "").replace("-", "").isalpha() for word in words):
        return False
    small = [word for word in words if word[:1].islower()]
    return not small or (len(small) == 2 and small[1] == "in" and words[0] == small[0])


def _described(form: str, state_of: dict[str, str]) -> str | None:
    """Give the state whose government is described, as in "the regime in Tehran"."""
    noun, _, name = form.partition(" in ")
    governs = source_type_of(noun) == GOVERNMENT
    return state_of.get(name) if noun[:1].islower() and governs else None


def _plainly(form: str, state: str) -> bool:
    """Whether a form is the state's own name, in full or in initials."""
    bare = form.replace(".", "")
    full = str(read_list("short_forms")["words"].get(bare, bare))
    return full.lower().removesuffix(" of america") == state.lower()
