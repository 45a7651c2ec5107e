"""Sourcing: how many voices there are, and who is accused without being heard."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framelens._declared import Measure
from framelens._wording import BETWEEN_SPEAKERS, counted
from framelens.corpus import corpus_of
from framelens.measure.accuracy import SOURCING_ACCURACY
from framelens.measure.counts import (
    COUNT_COLUMNS,
    EVIDENCE_COLUMNS,
    NO_OUTLET,
    TOTAL_COLUMNS,
    Counts,
)
from framelens.measure.placed import KEYS, evidence_of, placed
from framelens.measure.speakers import MISSING, ledger_items

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from framelens.corpus import Corpus

ACCUSATION_COLUMNS = [
    *("event", "outlet", "article", "voice", "start", "end", "accused", "accuser"),
    *("heard", "words", "direct_words", "denials", "first_heard", "answers"),
]
"""The columns of ``Sourcing.accusations``."""


@dataclass(frozen=True, eq=False, kw_only=True, repr=False)
class Sourcing(Counts):
    """Who is accused and heard, or not: counts, and how many voices there are.

    Attributes
    ----------
    accusations : DataFrame
        One row per accusation and accused: ``event, outlet, article, voice`` (in which
        it stands), ``start, end``; ``accused``; ``accuser`` (missing where nobody is
        named); ``heard``: whether the article gives words to the accused, or to who
        speaks for it; ``words, direct_words``: how many; ``denials``: attributions
        among them with a verb of denying; ``first_heard``: where the first of them
        begins, as a share of the article, missing where there is none; ``answers``:
        whether some stand behind the accusation.
    voices : DataFrame
        One row per outlet: ``outlet, articles, attributed_words, speakers`` (who is
        known), ``effective_speakers``: of how many, all heard alike, the words would
        be as spread, 1 where one has them all; ``anonymous``: the share of attributed
        words of people who are described and never named; ``not_named``: of nobody
        whom the article names. Shares of nothing are missing.
    """

    accusations: pd.DataFrame = field(repr=False)
    voices: pd.DataFrame = field(repr=False)

    @property
    def caption(self) -> str:
        """How many accusations there are, and in how many the accused is not heard."""
        number, silent = len(self.accusations), (~self.accusations["heard"]).sum()
        return (
            f"{counted(number, 'accusation')} of named actors in "
            f"{counted(self.accusations['article'].nunique(), 'article')}; in "
            f"{silent:,} the article does not let the accused or its spokesmen speak."
        )


def sourcing(corpus: Corpus | pd.DataFrame | str | Path) -> Sourcing:
    """Count who is accused, and whether the same article hears them.

    An accusation is a verb or noun of the class ``accusation`` in the list
    ``verb_classes`` (*accused, blamed, the charge against*), unless it is negated. The
    accused is who is accused in its clause, or who acts first in what it hands over
    (*alleged that Norland had fired*). Heard is whoever has words in the article,
    anywhere and on whatever, also through those who speak for it, and also where the
    corpus is cut to one zone.

    Parameters
    ----------
    corpus : Corpus, DataFrame or path

    Returns
    -------
    Sourcing
        Items are "Iran: accused, heard" and "Iran: accused, not heard"; n is the
        accusations of named actors in the article and voice. ``.accusations`` has each
        of them, ``.voices`` how many voices each outlet has. For words by type of
        source there is ``speakers(corpus, by="source_type")``.

    Raises
    ------
    MissingPartError
        If the parser, or the attribution model where it is needed, is not installed.

    Notes
    -----
    The effective number of voices is the inverse of Simpson's (1949) index, the number
    of order 2 of Hill (1973). It grows with the length of what is read: compare sides
    of like length. An accusation says what is laid to whom, not whether it is true.

    References
    ----------
    Simpson, E. H. (1949). Measurement of diversity. Nature 163, 688.
    https://doi.org/10.1038/163688a0. Hill, M. O. (1973). Diversity and evenness.
    Ecology 54(2), 427-432. https://doi.org/10.2307/1934352

    Examples
    --------
    >>> text = "Norland accused Sudland of theft. Sudland denied that it stole bread."
    >>> articles = pd.DataFrame({"article": ["a"], "outlet": ["Daily"], "text": [text]})
    >>> found = sourcing(articles)
    >>> found.accusations[["accuser", "accused", "heard", "denials"]]
       accuser  accused  heard  denials
    0  Norland  Sudland   True        1
    """
    corpus = corpus_of(corpus)
    accusations = _accusations(corpus)
    return Sourcing(
        _many(accusations.assign(item=_items(accusations)), [*KEYS, "item"], "k")[
            COUNT_COLUMNS
        ],
        _many(accusations, KEYS, "n")[TOTAL_COLUMNS],
        "sourcing",
        "accusations",
        _occurrences,
        corpus,
        accusations=accusations,
        voices=_voices(corpus),
    )


def _many(rows: pd.DataFrame, keys: list[str], name: str) -> pd.DataFrame:
    return rows.groupby(keys, dropna=False, sort=False).size().reset_index(name=name)


def _items(accusations: pd.DataFrame) -> pd.Series:
    heard = np.where(accusations["heard"], "heard", "not heard").astype(object)
    items: pd.Series = accusations["accused"].astype("str") + ": accused, " + heard
    return items


def _accusations(corpus: Corpus) -> pd.DataFrame:
    """Give every accusation of a named actor, and whether that actor is heard."""
    ledger, every = corpus.ledger, corpus.whole.ledger
    clauses = placed(corpus.layer("clauses"), corpus, "verb_start")
    by_article, every_by_article = (
        dict(list(table.groupby("article", sort=False))) for table in (ledger, every)
    )
    rows = []
    for article, some in clauses.groupby("article", sort=False):
        handed_over = by_article.get(article, ledger.iloc[:0])
        said = every_by_article.get(article, every.iloc[:0])
        for row in dict.fromkeys(_laid(some, handed_over)):
            behind = 0 if corpus.zone == "headline" else row[2]
            rows.append((article, *row, *_heard(said, row[3], behind)))
    columns = ACCUSATION_COLUMNS[2:]
    about = corpus.articles[["article", "event", "outlet"]]
    found = pd.DataFrame(rows, columns=columns).astype({"article": object})
    table = found.merge(about, on="article", how="left")[ACCUSATION_COLUMNS]
    numbers = ("start", "end", "words", "direct_words", "denials")
    kinds = dict.fromkeys(numbers, "int64") | {"heard": bool, "answers": bool}
    return table.astype({**kinds, "first_heard": "float64"})


def _laid(
    clauses: pd.DataFrame, ledger: pd.DataFrame
) -> Iterator[tuple[str, int, int, str, str | None]]:
    """Give voice, place, accused and accuser of each accusation in one article."""
    charges = clauses[clauses["verb_class"].eq("accusation") & ~clauses["negated"]]
    for _, parts in charges.groupby("annotation", sort=False):
        first = parts.iloc[0]
        does = parts[parts["role"].isin(["agent", "speaker"])]["actor"].dropna()
        accusers = [str(name) for name in does]
        done_to = parts[parts["role"].isin(["patient", "addressee"])]["actor"].dropna()
        accused = [str(name) for name in done_to]
        start = int(min(parts["start"].min(), first["verb_start"]))
        end = int(max(parts["end"].max(), first["verb_end"]))
        for said in _handing_over(ledger, int(first["verb_start"])):
            if isinstance(said["actor"], str):  # the ledger says who says what
                accusers = [said["actor"]]
            if not accused:
                accused, end = _first_doer(clauses, said["content"], end)
            break
        accuser = BETWEEN_SPEAKERS.join(accusers) or None
        named = {part for one in accusers for part in one.split(BETWEEN_SPEAKERS)}
        for name in accused:
            if name not in named:
                yield (first["voice"], start, end, name, accuser)


def _handing_over(ledger: pd.DataFrame, place: int) -> Iterator[pd.Series]:
    """Give the attributions whose cue holds a place."""
    for number, cue in enumerate(ledger["cue"]):
        if isinstance(cue, list) and any(start <= place < end for start, end in cue):
            yield ledger.iloc[number]


def _first_doer(
    clauses: pd.DataFrame, content: list[list[int]], end: int
) -> tuple[list[str], int]:
    """Give who acts in the first clause of some content, and where that ends."""
    verb = clauses["verb_start"]
    inside = pd.Series(False, index=clauses.index)
    for start, stop in content:
        inside |= verb.ge(start) & verb.lt(stop)
    does = clauses[inside & clauses["role"].eq("agent") & clauses["form"].ne("noun")]
    does = does.sort_values("verb_start", kind="stable")
    does = does[does["annotation"].eq(does["annotation"].head(1).squeeze())]
    if does.empty or does["actor"].isna().all():
        return [], end
    return [str(one) for one in does["actor"].dropna()], max(
        end, int(does["verb_end"].max())
    )


def _heard(ledger: pd.DataFrame, accused: str, end: int) -> tuple[object, ...]:
    """Say whether somebody has words of its own, how many, and from where on."""
    names = ledger["actor"].astype("str").str.split(BETWEEN_SPEAKERS)
    speaks = names.map(lambda every: isinstance(every, list) and accused in every)
    own = ledger[(speaks | ledger["affiliation"].eq(accused)) & ledger["depth"].eq(0)]
    words = own["direct_words"] + own["indirect_words"]
    own, number = own[words > 0], int(words.sum())
    first = float(own["position"].min()) if len(own) else np.nan
    answers = bool((own["start"] >= end).any())
    denials = int(own["cue_class"].eq("denying").sum())
    return number > 0, number, int(own["direct_words"].sum()), denials, first, answers


def _voices(corpus: Corpus) -> pd.DataFrame:
    """Say of each outlet how many voices there are, and how many have no name."""
    ledger = ledger_items(corpus, "speaker")
    ledger = ledger[ledger["depth"].eq(0)]
    words = ledger["direct_words"] + ledger["indirect_words"]
    outlet = ledger["outlet"].where(ledger["outlet"].notna(), NO_OUTLET)
    ledger = ledger.assign(words=words, outlet=outlet)
    names = corpus.articles["outlet"].fillna(NO_OUTLET)
    rows = []
    for name, articles in names.value_counts().sort_index().items():
        own = ledger[ledger["outlet"].eq(str(name))]
        known = own[own["item"].ne(MISSING["speaker"])]
        sums = known.groupby("item")["words"].sum()
        sums = sums[sums > 0]
        total = int(own["words"].sum())
        share = sums / sums.sum()
        unnamed = own[own["anonymous"].astype(bool)]["words"].sum()
        missing = total - int(sums.sum())
        rows.append(
            (
                *(name, articles, total, len(sums)),
                1 / float((share**2).sum()) if len(sums) else np.nan,
                unnamed / total if total else np.nan,
                missing / total if total else np.nan,
            )
        )
    columns = ["outlet", "articles", "attributed_words", "speakers"]
    columns += ["effective_speakers", "anonymous", "not_named"]
    return pd.DataFrame(rows, columns=columns)


def _occurrences(corpus: Corpus, item: str) -> pd.DataFrame:
    """Find the accusations of one item."""
    accusations = _accusations(corpus)
    rows = accusations[_items(accusations).eq(item)]
    return evidence_of(rows.drop_duplicates(EVIDENCE_COLUMNS[:5]), corpus)


SOURCING = Measure(
    "sourcing",
    sourcing,
    label="Who is accused and heard",
    unit="accusations",
    accuracy=SOURCING_ACCURACY,
)
