"""Roles: who acts, who is acted on, who speaks, and where nobody is said to act."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from framelens._checks import require_known
from framelens._declared import Measure, Option
from framelens._wording import counted
from framelens.corpus import corpus_of
from framelens.measure.accuracy import ROLE_ACCURACY
from framelens.measure.counts import (
    COUNT_COLUMNS,
    NO_OUTLET,
    TOTAL_COLUMNS,
    Counts,
)
from framelens.measure.placed import KEYS, evidence_of, placed

if TYPE_CHECKING:
    from pathlib import Path

    from framelens.corpus import Corpus

DOES = {
    "agent": "acts",
    "patient": "is acted on",
    "speaker": "speaks",
    "addressee": "is addressed",
}
"""What an actor does in a clause, by its role there."""

NOBODY = "(nobody named): acts"
"""The item of clauses in which nobody is said to act."""

PAIR_COLUMNS = ["outlet", "agent", "verb_class", "patient", "clauses"]
"""The columns of ``Roles.pairs``."""


@dataclass(frozen=True, eq=False, kw_only=True, repr=False)
class Roles(Counts):
    """Who does what to whom: counts, and the clauses behind them.

    ``.plot()`` and ``.figure()`` draw arrows from who acts to who is acted on.

    Attributes
    ----------
    clauses : DataFrame
        One row per clause and part in it: ``event, outlet, article, voice``,
        ``annotation`` (of the clause), ``start, end`` (of the words that name who or
        what takes part), ``role`` (``agent, patient, speaker, addressee, no agent``),
        ``actor, kind`` (missing of things), ``head`` (the noun), ``predicate,
        verb_class, form`` (``active, passive, noun``), ``verb_start, verb_end``.
    pairs : DataFrame
        ``outlet, agent, verb_class, patient, clauses``: how often who does what to
        whom, most first; both are actors, or one of them is missing: a thing, or
        nobody who is named. Only verbs and nouns of a class.
    """

    clauses: pd.DataFrame = field(repr=False)

    @property
    def pairs(self) -> pd.DataFrame:
        """Who does what to whom, by outlet."""
        return pairs_of(self.clauses)

    @property
    def caption(self) -> str:
        """What was counted, and how many passives leave out who acts."""
        passives = self.clauses[self.clauses["form"].eq("passive")]
        without = passives.loc[passives["role"].eq("no agent"), "annotation"].nunique()
        return (
            f"Who acts in {counted(int(self.totals['n'].sum()), 'clause')} of "
            f"{counted(self.totals['article'].nunique(), 'article')}; "
            f"{without:,} of {counted(passives['annotation'].nunique(), 'passive')} "
            "do not say who acts."
        )


def roles(
    corpus: Corpus | pd.DataFrame | str | Path, *, actor: str | None = None
) -> Roles:
    """Count who acts, who is acted on, who speaks and who is addressed.

    A clause is a verb with who and what takes part in it, or a noun that says what is
    done (*strikes on Kyiv*, *the killing of a guard*). In a passive, who acts stands
    behind *by* or nowhere. Whoever dies, falls or arrives does not act. Whoever is left
    out because it was just named (*police came and left*) is put back. Negated clauses
    (*did not attack*) are not counted, nor is *be*.

    Parameters
    ----------
    corpus : Corpus, DataFrame or path
    actor : str, optional
        Count only the clauses in which this person, body or state takes part, also
        what it does by class of verb: "acts: harm", "is acted on: coercion".

    Returns
    -------
    Roles
        Items are "Iran: acts", "Iran: is acted on", "Iran: speaks", "Iran: is
        addressed" and `NOBODY`, k the clauses of which that is true, n all clauses of
        the article in that voice. With `actor` items are "acts" ... and n the clauses
        in which the actor takes part. The voice is that of the verb.

    Raises
    ------
    MissingPartError
        If the parser, or the attribution model where voices need it, is not installed.
    UnknownNameError
        If `actor` takes part in no clause.

    Notes
    -----
    Names, descriptions and pronouns are resolved as in `framelens.Corpus.ledger`, under
    the one name in the whole corpus; what is no person, body or state has no item. The
    classes of verbs are in the list ``verb_classes``. Who acts is a matter of grammar,
    and no verdict on who is to blame. Roles after the proto-roles of Palmer, Gildea &
    Kingsbury (2005), subjects that do not act after Perlmutter (1978).

    References
    ----------
    Palmer, M., Gildea, D., & Kingsbury, P. (2005). The Proposition Bank. Computational
    Linguistics 31(1), 71-106. https://doi.org/10.1162/0891201053630264
    Perlmutter, D. M. (1978). Impersonal passives and the unaccusative hypothesis. BLS
    4, 157-189. https://doi.org/10.3765/bls.v4i0.2198

    Examples
    --------
    >>> text = "Norland attacked a port. Two sailors died. Port workers were arrested."
    >>> articles = pd.DataFrame({"article": ["a"], "outlet": ["Daily"], "text": [text]})
    >>> found = roles(articles)
    >>> found.clauses[["role", "predicate", "form", "head"]]
           role predicate     form     head
    0     agent    attack   active  norland
    1   patient    attack   active     port
    2   patient       die   active   sailor
    3   patient    arrest  passive   worker
    4  no agent    arrest  passive   arrest
    """
    corpus = corpus_of(corpus)
    clauses = _clauses(corpus)
    if actor is None:
        counted_rows = clauses.assign(item=_items(clauses))
        return _counts(corpus, clauses, counted_rows, clauses, actor)
    there = clauses["actor"].eq(actor)
    if not there.any():
        require_known(actor, clauses["actor"].dropna().unique(), kind="actor")
    own = clauses[there]
    does = own["role"].map(DOES)
    classed = own.assign(item=does + ": " + own["verb_class"])
    rows = pd.concat([own.assign(item=does), classed], ignore_index=True)
    part = clauses[clauses["annotation"].isin(own["annotation"])]
    return _counts(corpus, own, rows, part.reset_index(drop=True), actor)


def _counts(
    corpus: Corpus,
    of: pd.DataFrame,
    rows: pd.DataFrame,
    clauses: pd.DataFrame,
    actor: str | None,
) -> Roles:
    """Count the clauses of each item, and those they are a part of."""
    return Roles(
        _many(rows[rows["item"].notna()], [*KEYS, "item"], "k")[COUNT_COLUMNS],
        _many(of, KEYS, "n")[TOTAL_COLUMNS],
        "roles",
        "clauses",
        partial(_occurrences, actor=actor),
        corpus,
        clauses=clauses,
    )


def _many(rows: pd.DataFrame, keys: list[str], name: str) -> pd.DataFrame:
    """Count the different clauses."""
    groups = rows.groupby(keys, dropna=False, sort=False)["annotation"]
    return groups.nunique().reset_index(name=name)


def _items(clauses: pd.DataFrame) -> pd.Series:
    """Name what each row counts for; things count for nothing."""
    does = clauses["role"].map(DOES).astype("str")
    items = clauses["actor"].astype("str") + ": " + does  # either may be all missing
    return items.mask(clauses["role"].eq("no agent"), NOBODY)


def _clauses(corpus: Corpus) -> pd.DataFrame:
    """Give the clauses that are counted, with their voice, outlet and event."""
    clauses = corpus.layer("clauses")
    clauses = clauses[~clauses["negated"] & clauses["predicate"].ne("be")]
    table = placed(clauses, corpus, "verb_start")
    columns = [
        *(*KEYS, "annotation", "start", "end", "role", "actor", "kind", "head"),
        *("predicate", "verb_class", "form", "verb_start", "verb_end"),
    ]
    return table[columns].reset_index(drop=True)


def pairs_of(clauses: pd.DataFrame) -> pd.DataFrame:
    """Count who does what to whom in each outlet; see `Roles.pairs`."""
    classed = clauses[clauses["verb_class"].notna()]
    keys = ["annotation", "outlet", "verb_class"]
    sides = [
        classed.loc[classed["role"].isin(some), [*keys, "actor"]]
        for some in (["agent", "speaker", "no agent"], ["patient", "addressee"])
    ]
    both = sides[0].merge(sides[1], on=keys, how="outer", suffixes=("_by", "_to"))
    both = both.rename(columns={"actor_by": "agent", "actor_to": "patient"})
    both = both[both["agent"].notna() | both["patient"].notna()].drop_duplicates()
    both["outlet"] = both["outlet"].where(both["outlet"].notna(), NO_OUTLET)
    groups = both.groupby(PAIR_COLUMNS[:4], dropna=False)["annotation"]
    table = groups.nunique().reset_index(name="clauses")
    for name in ("agent", "patient"):
        table[name] = table[name].astype(object).where(table[name].notna(), None)
    return table.sort_values(
        ["clauses", *PAIR_COLUMNS[:4]],
        ascending=[False, *[True] * 4],
        ignore_index=True,
    )[PAIR_COLUMNS]


def _occurrences(corpus: Corpus, item: str, *, actor: str | None) -> pd.DataFrame:
    """Find the clauses of one item, each from its first word to its last."""
    clauses = _clauses(corpus)
    if actor is None:
        rows = clauses[_items(clauses).eq(item)]
    else:
        does = clauses["role"].map(DOES)
        named = does.eq(item) | (does + ": " + clauses["verb_class"]).eq(item)
        rows = clauses[clauses["actor"].eq(actor) & named]
    whole = clauses[clauses["annotation"].isin(rows["annotation"])]
    parts = whole.groupby("annotation")[["start", "verb_start", "end", "verb_end"]]
    ends = parts.agg(
        {"start": "min", "verb_start": "min", "end": "max", "verb_end": "max"}
    )
    ends = ends.reindex(rows["annotation"]).reset_index(drop=True)
    rows = rows.reset_index(drop=True).assign(
        start=ends[["start", "verb_start"]].min(axis=1),
        end=ends[["end", "verb_end"]].max(axis=1),
    )
    return evidence_of(rows.drop_duplicates("annotation"), corpus)


ROLES = Measure(
    "roles",
    roles,
    label="Who acts",
    unit="clauses",
    accuracy=ROLE_ACCURACY,
    options=(
        Option("actor", "count only clauses in which this person, body or state is"),
    ),
    in_report=True,
)
