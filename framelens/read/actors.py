"""Actors: who is in a ledger under which names, and the table to correct them in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import pandas as pd

from framelens._checks import require_new
from framelens._wording import BETWEEN_SPEAKERS
from framelens.read.stated import ACTOR_COLUMNS, MORE_ACTOR_COLUMNS, alias_key

if TYPE_CHECKING:
    from collections.abc import Callable

_ABOUT = ["kind", "source_type", "affiliation"]
_WORDS = ["direct_words", "indirect_words", "words"]
_COUNTS = ["attributions", *_WORDS, "articles", "outlets"]
ACTOR_TABLE_COLUMNS = ["actor", "label", *_ABOUT, "forms", *_COUNTS]
"""The columns of `framelens.Corpus.actors`."""


class ActorTable(pd.DataFrame):
    """Who speaks in a corpus: one row per actor, most words first.

    A DataFrame like any other, and `draft`, which writes it for you to correct.

    Examples
    --------
    >>> import framelens as fl
    >>> articles = pd.DataFrame({
    ...     "article": ["a", "b"], "outlet": ["Daily", "Herald"], "event": ["e", "e"],
    ...     "text": ['"We go on," said the mayor, Jane Doe.', '"No," Doe said.']})
    >>> table = fl.read_corpus(articles).actors
    >>> table[["actor", "source_type", "forms", "words"]]
          actor                  source_type          forms  words
    0  Jane Doe  head of state or government  Doe; Jane Doe      4
    """

    _metadata: ClassVar[list[str]] = ["_aliases"]
    _aliases: pd.DataFrame

    @property
    def _constructor(self) -> Callable[..., pd.DataFrame]:
        return pd.DataFrame

    def draft(self, path: str | Path) -> Path:
        """Write a table of names for you to correct, most words first.

        One row per name: ``alias``, as articles give it, ``actor``, whom it means,
        ``affiliation, role, kind, source_type``, and how many words. Change what is
        wrong, in a spreadsheet if you like: give two people of one name their own
        ``actor``, two names of one person the same, and an alias that is nobody's a
        blank one. Then ``corpus.correct(actors=path)``, or ``read_corpus(...,
        actors=path)``: your table wins. A surname that means one person here and
        another there has no row, as one alias has one actor.

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
        path = Path(path)
        require_new(path)
        self._aliases.to_csv(path, index=False)
        return path


def actor_table(ledger: pd.DataFrame, outlets: pd.Series) -> ActorTable:
    """Set out the actors of a ledger; `outlets` are the articles' by their name."""
    rows = _one_each(ledger[ledger["depth"].eq(0)])
    rows = rows.assign(
        words=rows["direct_words"] + rows["indirect_words"],
        outlet=rows["article"].map(outlets),
        attributions=1,
    )
    by = rows.groupby("actor", sort=False)
    table = by[["attributions", *_WORDS]].sum()
    table["articles"] = by["article"].nunique()
    table["outlets"] = by["outlet"].nunique()
    for name in _ABOUT:
        table[name] = by[name].agg(_commonest).astype(object)
        table[name] = table[name].where(table[name].notna(), None)
    table["forms"] = by["form"].agg(lambda some: BETWEEN_SPEAKERS.join(_most(some)))
    table = table.reset_index()
    table["label"] = _labels(table)
    table = table.sort_values(["words", "actor"], ascending=[False, True])
    table = table.reset_index(drop=True)[ACTOR_TABLE_COLUMNS]
    found = ActorTable(table)
    found._aliases = _aliases(rows, table)
    return found


def _one_each(ledger: pd.DataFrame) -> pd.DataFrame:
    """Give a row for each actor of an attribution, with the name in the article."""
    named = ledger[ledger["actor"].notna()]
    actors = [one.split(BETWEEN_SPEAKERS) for one in named["actor"]]
    forms = [one.split(BETWEEN_SPEAKERS) for one in named["speaker"]]
    forms = [
        own if len(own) == len(whole) else whole
        for own, whole in zip(forms, actors, strict=True)
    ]
    several = pd.Series([len(one) > 1 for one in actors], named.index, dtype=bool)
    about = {name: named[name].mask(several) for name in ("source_type", "affiliation")}
    about["speaker_kind"] = named["speaker_kind"].mask(several)
    named = named.assign(
        actor=pd.Series(actors, named.index, dtype=object),
        form=pd.Series(forms, named.index, dtype=object),
        **about,
    )
    rows = named.explode(["actor", "form"], ignore_index=True)
    return rows.drop(columns="kind").rename(columns={"speaker_kind": "kind"})


def _commonest(cells: pd.Series) -> object:
    known = cells.dropna()
    return known.mode().iloc[0] if len(known) else None


def _most(names: pd.Series) -> list[str]:
    """Give different names, the most frequent first."""
    many = names.value_counts()
    return sorted(many.index, key=lambda name: (-int(many[name]), name))


def _labels(table: pd.DataFrame) -> list[str]:
    """Give people their surname where nobody else in the table has it."""
    last = table["actor"].str.split(" ").str[-1]
    alone = last.map(last.value_counts()).eq(1) & table["kind"].eq("person")
    labels: list[str] = last.where(alone, table["actor"]).tolist()
    return labels


def _aliases(rows: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """Give the draft: every name that means one actor, with what is known of it."""
    found = rows.groupby(["actor", "form"], sort=False)["words"].sum().reset_index()
    own = table[["actor"]].assign(form=table["actor"], words=0)
    found = pd.concat([found, own[~own["form"].isin(found["form"])]])
    found = found.assign(key=found["form"].map(alias_key))
    found = found[found.groupby("key")["actor"].transform("nunique").eq(1)]
    found = found.drop_duplicates("key")
    place = {actor: number for number, actor in enumerate(table["actor"])}
    found = found.assign(place=found["actor"].map(place)).sort_values(
        ["place", "words", "form"], ascending=[True, False, True]
    )
    about = table.set_index("actor")[_ABOUT]
    found = found.join(about, on="actor").rename(columns={"form": "alias"})
    columns = [*ACTOR_COLUMNS, *MORE_ACTOR_COLUMNS, "words"]
    return found.assign(role=None)[columns].reset_index(drop=True)
