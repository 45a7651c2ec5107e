"""Portrait: how each outlet shows one actor or thing, all measures on one page."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framelens._checks import require_known
from framelens._result import Result
from framelens._wording import BETWEEN_SPEAKERS, counted
from framelens._zones import NAMED, zone_at
from framelens.annotate.doubts import KINDS
from framelens.annotate.tone import tone as tone_of
from framelens.corpus import corpus_of
from framelens.measure.accuracy import (
    DOUBT_ACCURACY,
    LABEL_ACCURACY,
    ROLE_ACCURACY,
    SOURCING_ACCURACY,
    TONE_ACCURACY,
)
from framelens.measure.counts import NO_OUTLET
from framelens.measure.labels import labels
from framelens.measure.placed import placed
from framelens.measure.roles import roles
from framelens.measure.sourcing import sourcing
from framelens.read.about import about as find_about

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from framelens.corpus import Corpus

ASPECTS = {
    "named": "articles",
    "called": "phrases for it",
    "heard": "attributed words",
    "says by": "attributions of it",
    "its claims are": "attributions of it",
    "acts": "clauses with it",
    "is acted on": "clauses with it",
    "accused": "accusations",
    "doubt about it": "mentions",
    "tone": "mentions",
}
"""The aspects of a portrait, in order, and what their n counts."""

NAMED_IN = ("in the headline", "in the lede", "anywhere")
"""Where it is named; in a corpus cut to one zone there is only the last."""

DENIES = "cue that denies"
"""The kind of marks by which somebody denies what others say."""

MARK_COLUMNS = [
    *("aspect", "item", "article", "outlet", "voice", "zone", "start", "end", "k")
]
"""The columns of ``Portrait.marks``."""

TABLE_COLUMNS = ["aspect", "item", "outlet", "k", "own", "n", "share", "unit"]
"""The columns of ``Portrait.table``."""


@dataclass(frozen=True, eq=False, repr=False)
class Portrait(Result):
    """How each outlet shows one actor or thing; see `portrait`.

    Attributes
    ----------
    about : str
        The actor, or the words for the thing.
    table : DataFrame
        ``aspect, item, outlet, k, own, n, share, unit``: k of n, zeros included; `own`,
        how many of k stand in the outlet's own voice. A share of nothing is missing.
    marks : DataFrame
        ``aspect, item, article, outlet, voice, zone, start, end, k``: the places behind
        them. ``zone`` is ``headline``, ``lede`` or ``body``; what stands in a headline
        has no place in the text, unless the corpus is cut to headlines.
    corpus : Corpus
        What was read.
    """

    about: str
    table: pd.DataFrame = field(repr=False)
    marks: pd.DataFrame = field(repr=False)
    corpus: Corpus = field(repr=False)

    @property
    def caption(self) -> str:
        """Whom or what it shows, in how many articles."""
        named = self.table[self.table["item"].eq("anywhere")]
        where = NAMED.get(str(self.corpus.zone))
        return (
            f"{self.about} in {int(named['k'].sum()):,} of "
            f"{counted(int(named['n'].sum()), 'article')} of "
            f"{counted(len(named), 'outlet')}{f', {where}' if where else ''}."
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """How far each aspect can be trusted."""
        said = {
            "called": f"Called: {LABEL_ACCURACY}",
            "acts": f"Acts, is acted on: {ROLE_ACCURACY}",
            "its claims are": f"Claims doubted: {DOUBT_ACCURACY}",
            "doubt about it": f"Doubt about it: {DOUBT_ACCURACY}",
            "accused": f"Accused (not validated): {SOURCING_ACCURACY}",
            "tone": f"Tone (not validated): {TONE_ACCURACY}",
        }
        there = set(self.table.loc[self.table["k"].gt(0), "aspect"])
        return tuple(line for aspect, line in said.items() if aspect in there)

    @property
    def sources(self) -> str:
        """The articles behind it, in one line."""
        articles = self.corpus.articles
        return (
            f"{counted(len(articles), 'article')} of "
            f"{counted(articles['outlet'].nunique(), 'outlet')}"
        )

    def evidence(self, item: str, outlet: str | None = None) -> pd.DataFrame:
        """Find the places behind one item, such as "acts: harm".

        Parameters
        ----------
        item : str
            The aspect, a colon and the item; or the aspect alone.
        outlet : str, optional
            Only in this outlet.

        Returns
        -------
        DataFrame
            ``article, outlet, voice, zone, start, end, text``, in the order of the
            text. Headlines are left out, unless the corpus is cut to them.

        Raises
        ------
        UnknownNameError
            If there is no such item or outlet.
        """
        names = self.marks["aspect"] + ": " + self.marks["item"]
        chosen = names.eq(item) | self.marks["aspect"].eq(item)
        if not chosen.any():
            known = [*names.unique(), *self.marks["aspect"].unique()]
            require_known(item, known, kind="item of the portrait")
        if outlet is not None:
            require_known(outlet, self.table["outlet"].unique(), kind="outlet")
            chosen &= self.marks["outlet"].eq(outlet)
        rows = self.marks[chosen & self.marks["start"].ge(0)]
        articles = self.corpus.articles
        texts = dict(zip(articles["article"], articles["text"], strict=True))
        columns = ["article", "outlet", "voice", "zone", "start", "end"]
        found = rows[columns].drop_duplicates(["article", "start", "end"])
        places = zip(found["article"], found["start"], found["end"], strict=True)
        found = found.assign(text=[texts[one][start:end] for one, start, end in places])
        order = pd.Index(articles["article"]).get_indexer(found["article"])
        return found.iloc[np.lexsort((found["start"], order))].reset_index(drop=True)


def portrait(corpus: Corpus | pd.DataFrame | str | Path, about: str) -> Portrait:
    """Show how each outlet portrays one actor or thing.

    Parameters
    ----------
    corpus : Corpus, DataFrame or path
    about : str
        A person, body or state, under the one name in the whole corpus; or words for
        a thing or topic, as `framelens.Corpus.where` takes them: ``drone OR drones``.

    Returns
    -------
    Portrait
        Of an actor: where it is ``named``; what it is ``called``; how much it is
        ``heard``, itself and through whom; what it ``says by`` (class of cue); what
        ``its claims are`` (doubted, hedged, taken for granted); how it ``acts`` and
        ``is acted on``, by class of verb; how often it is ``accused``, and heard; the
        ``tone`` of its mentions. Of a thing: where it is named, what it is called, how
        it acts and is acted on, the ``doubt about it``, and the tone.

    Raises
    ------
    UnknownNameError
        If there is no such actor, and the words stand nowhere.
    MissingPartError
        If the parser, the attribution model or the embedder is not installed.

    Notes
    -----
    It adds up what `framelens.speakers`, `framelens.roles`, `framelens.doubt`,
    `framelens.sourcing`, `framelens.labels` and `framelens.tone` count, and compares
    nothing: whether outlets differ beyond chance is for `framelens.contrast` of those.
    Clauses in which the actor only speaks are in ``says by``, not in ``acts``.

    Examples
    --------
    >>> text = "Norland attacked a port. Norland denied that it had fired."
    >>> articles = pd.DataFrame({"article": ["a"], "outlet": ["Daily"], "text": [text]})
    >>> found = portrait(articles, "Norland")
    >>> found.evidence("acts: harm")["text"].tolist()
    ['Norland attacked a port']
    """
    corpus = corpus_of(corpus)
    actors = _actors(corpus)
    outlet = corpus.articles["outlet"].fillna(NO_OUTLET).astype(object)
    if about in actors:
        marks, totals = _of_actor(corpus, about)
    else:
        places = find_about(corpus.articles, about).places
        if places.empty:
            require_known(about, actors, kind="actor")
        marks, totals = _of_thing(corpus, places)
    by_article = dict(zip(corpus.articles["article"], outlet, strict=True))
    marks = marks.assign(outlet=marks["article"].map(by_article).astype(object))
    marks = marks.assign(zone=_zones(corpus, marks))[MARK_COLUMNS]
    cut = 0 if corpus.zone is None else 2
    table = _table(marks, totals, by_article, sorted(outlet.unique()), cut)
    return Portrait(about, table, marks.reset_index(drop=True), corpus)


def _actors(corpus: Corpus) -> set[str]:
    """Give everybody who is named or speaks."""
    heard = corpus.ledger["actor"].dropna().astype(str)
    parts = {part for name in heard for part in name.split(BETWEEN_SPEAKERS)}
    layers = (corpus.layer("tones")["actor"], corpus.layer("clauses")["actor"])
    return parts.union(*(set(names.dropna()) for names in layers))


Totals = dict[str, "pd.Series[int]"]
"""For each aspect, n by article."""


def _of_actor(corpus: Corpus, name: str) -> tuple[pd.DataFrame, Totals]:
    """Give the places where an actor is named, heard, doubted, acts ... and the n."""
    mentions = placed(corpus.layer("tones"), corpus)
    own = mentions[mentions["actor"].eq(name)]
    ledger = corpus.ledger
    said = ledger["direct_words"] + ledger["indirect_words"]
    ledger = ledger.assign(k=said)
    every = ledger["actor"].astype("str").str.split(BETWEEN_SPEAKERS)
    itself = every.map(lambda one: isinstance(one, list) and name in one)
    speaks_for = ledger["affiliation"].eq(name) & ~itself
    mine = ledger[itself | speaks_for]
    heard = mine[mine["depth"].eq(0) & mine["k"].gt(0)]
    through = "through " + heard["actor"].astype("str")
    who = through.where(~itself.loc[heard.index], "in its own name").astype(object)
    marks_of = corpus.layer("marked_doubts" if corpus.marks_only else "doubts")
    marks_of = placed(marks_of, corpus)
    claims = marks_of[marks_of["claimant"].isin({name, *mine["actor"].dropna()})]
    claims = claims[claims["role"].ne(DENIES)]  # who denies is in `says by`
    clauses = roles(corpus).clauses
    part = clauses[clauses["actor"].eq(name)]
    laid = sourcing(corpus).accusations
    accused = laid[laid["accused"].eq(name)]
    silent = np.where(accused["heard"], "heard in the article", "not heard")
    phrases = labels(corpus).mentions
    phrases = phrases[phrases["group"].eq(name)]
    parts = [
        *_named(corpus, own),
        _marks(phrases, "called", phrases["label"]),
        _marks(heard, "heard", who.fillna("not named"), k=heard["k"]),
        _marks(mine, "says by", mine["cue_class"].fillna("other")),
        _marks(claims, "its claims are", claims["role"].map(KINDS)),
        *_in_clauses(part, clauses),
        _marks(accused, "accused", pd.Series(silent, index=accused.index)),
        _marks(own, "tone", own["tone"]),
    ]
    spoken = ledger[ledger["depth"].eq(0)]
    attributions = mine.groupby("article").size()
    totals = {
        "named": pd.Series(1, index=corpus.articles["article"]),
        "called": phrases.groupby("article").size(),
        "heard": spoken.groupby("article")["k"].sum(),
        "says by": attributions,
        "its claims are": attributions,
        **_clauses_of(part),
        "accused": laid.groupby("article").size(),
        "tone": own.groupby("article").size(),
    }
    return _joined(parts), totals


def _of_thing(corpus: Corpus, places: pd.DataFrame) -> tuple[pd.DataFrame, Totals]:
    """Give the places where a thing is named, doubted, does something ... and the n."""
    given = places[["article", "start", "end"]]
    read = tone_of(corpus.articles, given)
    own = placed(read[read["tone"].notna()], corpus)
    marks = corpus.layer("marked_doubts" if corpus.marks_only else "doubts")
    marks = placed(marks, corpus)
    doubts = marks[_holds(marks, own, "target_start", "target_end")]
    clauses = roles(corpus).clauses
    part = clauses[_holds(clauses, own, "start", "end")]
    part = part[part["role"].ne("no agent")]
    phrases = labels(corpus).mentions
    phrases = phrases[_holds(phrases, own, "start", "end")]
    parts = [
        *_named(corpus, own),
        _marks(phrases, "called", phrases["label"]),
        *_in_clauses(part, clauses),
        _marks(doubts, "doubt about it", doubts["role"]),
        _marks(own, "tone", own["tone"]),
    ]
    mentions = own.groupby("article").size()
    totals = {
        "named": pd.Series(1, index=corpus.articles["article"]),
        "called": phrases.groupby("article").size(),
        **_clauses_of(part),
        "doubt about it": mentions,
        "tone": mentions,
    }
    return _joined(parts), totals


def _named(corpus: Corpus, places: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Give the first place in each article, and whether in its lede and headline."""
    first = places.sort_values("start").drop_duplicates("article").assign(voice="own")
    yield _marks(first, "named", pd.Series("anywhere", index=first.index))
    if corpus.zone is not None:
        return
    lede = first[_zones(corpus, first).ne("body")]
    yield _marks(lede, "named", pd.Series("in the lede", index=lede.index))
    articles = corpus.articles[corpus.articles["title"].notna()]
    texts = dict(zip(corpus.articles["article"], corpus.articles["text"], strict=True))
    words = {
        texts[article][start:end]
        for article, start, end in zip(
            places["article"], places["start"], places["end"], strict=True
        )
    }
    titles = articles["title"].astype(str)
    has = [any(_stands_in(word, title) for word in words) for title in titles]
    rows = articles.loc[has, ["article"]].assign(voice="own", start=-1, end=-1)
    yield _marks(rows, "named", pd.Series("in the headline", index=rows.index))


def _stands_in(word: str, title: str) -> bool:
    """Whether words stand in a title as whole words; capitals alone as they are.

    >>> [_stands_in("Iran", title) for title in ("IRANIANS AND IRAN", "Iranians")]
    [True, False]
    >>> [_stands_in("US", title) for title in ("Russia and the US", "Russia and us")]
    [True, False]
    """
    case = re.NOFLAG if word.isupper() else re.IGNORECASE
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", title, case) is not None


def _in_clauses(part: pd.DataFrame, clauses: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Give what is done by and to it, each clause from its first word to its last."""
    whole = clauses[clauses["annotation"].isin(part["annotation"])]
    groups = whole.groupby("annotation")
    starts = groups[["start", "verb_start"]].min().min(axis=1)
    ends = groups[["end", "verb_end"]].max().max(axis=1)
    does = {"acts": ["agent"], "is acted on": ["patient", "addressee"]}
    for aspect, some in does.items():
        rows = part[part["role"].isin(some)].drop_duplicates("annotation")
        rows = rows.assign(
            start=rows["annotation"].map(starts), end=rows["annotation"].map(ends)
        )
        yield _marks(rows, aspect, rows["verb_class"].fillna("other"))


def _clauses_of(part: pd.DataFrame) -> Totals:
    """Count the clauses of each article in which it takes part."""
    number = part.groupby("article")["annotation"].nunique()
    return {"acts": number, "is acted on": number}


def _holds(
    spans: pd.DataFrame, places: pd.DataFrame, start: str, end: str
) -> pd.Series:
    """Whether a place stands in each span."""
    starts = {one: np.sort(rows) for one, rows in places.groupby("article")["start"]}
    inside = []
    for article, first, last in zip(
        spans["article"], spans[start], spans[end], strict=True
    ):
        here = starts.get(article, np.array([], dtype=int))
        at = int(np.searchsorted(here, first))
        inside.append(at < len(here) and here[at] < last)
    return pd.Series(inside, index=spans.index, dtype=bool)


def _marks(
    rows: pd.DataFrame, aspect: str, items: pd.Series, *, k: pd.Series | int = 1
) -> pd.DataFrame:
    """Give places in one shape."""
    table = rows[["article", "voice", "start", "end"]]
    return table.assign(aspect=aspect, item=items.astype(object), k=k)


def _joined(parts: list[pd.DataFrame]) -> pd.DataFrame:
    """Put marks below each other; parts without any say nothing of kinds."""
    filled = [part for part in parts if len(part)] or parts[:1]
    return pd.concat(filled, ignore_index=True).astype({"k": "int64"})


def _zones(corpus: Corpus, marks: pd.DataFrame) -> pd.Series:
    """Say of each place whether it stands in the headline, the lede or below."""
    if corpus.zone == "headline":
        return pd.Series("headline", index=marks.index, dtype=object)
    return zone_at(marks["article"], marks["start"], corpus.layer("zones"))


def _table(
    marks: pd.DataFrame,
    totals: Totals,
    by_article: dict[str, str],
    outlets: list[str],
    cut: int,
) -> pd.DataFrame:
    """Count the marks of each aspect and item by outlet, zeros included."""
    rows = []
    for aspect, unit in ASPECTS.items():
        if aspect not in totals:
            continue
        of = totals[aspect]
        n = of.groupby(of.index.map(by_article)).sum().reindex(outlets, fill_value=0)
        own = marks[marks["aspect"].eq(aspect)]
        sums = own.groupby("item")["k"].sum()
        order = sorted(sums.index, key=lambda item: (-sums[item], item))
        for item in NAMED_IN[cut:] if aspect == "named" else order:
            here = own[own["item"].eq(item)]
            k = here.groupby("outlet")["k"].sum()
            alone = here[here["voice"].eq("own")].groupby("outlet")["k"].sum()
            for outlet in outlets:
                number, whole = int(k.get(outlet, 0)), int(n[outlet])
                share = number / whole if whole else np.nan
                mine = int(alone.get(outlet, 0))
                rows.append((aspect, item, outlet, number, mine, whole, share, unit))
    return pd.DataFrame(rows, columns=TABLE_COLUMNS)
