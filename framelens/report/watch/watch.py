"""Watch: what is new since last time, for what is watched, in sentences."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from framelens._checks import InputError
from framelens._wording import counted, listed
from framelens.corpus import corpus_of, earlier_corpus
from framelens.read.since import CHANGED, NEW, UNCHANGED, matched
from framelens.report.findings.finding import ranked
from framelens.report.findings.findings import Findings
from framelens.report.watch.changes import (
    CHANGE_COLUMNS,
    Statuses,
    changed_articles,
    changes_of,
    new_articles,
)
from framelens.report.watch.periods import COMPARED_COLUMNS, periods, then_and_now
from framelens.report.watch.said import first_labels, new_speakers, new_statements
from framelens.report.watch.scope import scopes
from framelens.report.watch.stories import covered, stories
from framelens.show.text import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from framelens.corpus import Corpus
    from framelens.report.findings.finding import Finding
    from framelens.report.watch.scope import Scope

DESCRIBES = (
    "Each sentence describes these articles. New means: not in the earlier articles "
    "that were given, which may lack what an outlet had long printed."
)


@dataclass(frozen=True, eq=False, repr=False)
class Watch(Findings):
    """What is new since last time, in sentences: the first seven first.

    A `Findings`, of which `corpus` holds the new and the changed articles, with three
    tables beside it.

    Attributes
    ----------
    articles : DataFrame
        One row per article that was read: ``article, outlet, date, title``;
        ``status``: ``new``, ``changed`` or ``unchanged``; ``earlier``: its identifier
        then; ``names``: what is watched that it names.
    changes : DataFrame
        Of changed articles: ``article, what`` (headline; a sentence added, gone or
        reworded), ``before, now, start, end``.
    compared : DataFrame
        Each outlet now against itself before: ``about, outlet, share_of, before_k,
        before_n, now_k, now_n, before_articles, now_articles, difference`` (of shares),
        ``low, high`` (95 % interval), ``p, p_all`` (after Holm, for all rows),
        ``refusal`` (why there is no test).
    """

    articles: pd.DataFrame = field(default_factory=pd.DataFrame, repr=False)
    changes: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=CHANGE_COLUMNS), repr=False
    )
    compared: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=COMPARED_COLUMNS), repr=False
    )

    @property
    def caption(self) -> str:
        """How many articles are new, changed, and as they were."""
        many = self.articles["status"].value_counts()
        new, changed, same = (
            int(many.get(one, 0)) for one in (NEW, CHANGED, UNCHANGED)
        )
        if not new and not changed:
            return f"Nothing new: {counted(same, 'article')}, all as they were."
        return (
            f"Since last time: {counted(new, 'new article')}, {changed:,} changed, "
            f"{same:,} as they were; {counted(len(self.found), 'finding')}."
        )


def watch(
    corpus: Corpus | pd.DataFrame | str | Path,
    *,
    actors: Sequence[str] = (),
    topics: Sequence[str] = (),
    since: Corpus | pd.DataFrame | str | Path | None = None,
) -> Watch:
    """Say what is new since last time, of the actors and topics that are watched.

    Parameters
    ----------
    corpus : Corpus, DataFrame or path
        The articles of this time, with or without those of last time.
    actors : sequence of str, optional
        People, bodies and states, by the name that articles use. An article names a
        state by its name or its adjective, anybody else by the whole name.
    topics : sequence of str, optional
        Words, as `framelens.Corpus.where` takes them: ``drone OR drones``.
    since : Corpus, DataFrame or path, optional
        The earlier articles, or a store of them; unless the corpus was read with
        ``read_corpus(since=)``.

    Returns
    -------
    Watch
        New and changed articles, statements that no earlier article carries, people
        who are quoted for the first time, labels that no earlier article has, events
        that begin or go on and who covers them, and, where a test supports it, what
        an outlet does more or less than before. Of a corpus in which nothing is new
        there is no finding, and ``refusal`` says so.

    Raises
    ------
    InputError
        If there are no earlier articles, or none of what is watched is named in any
        article, new or earlier.

    Notes
    -----
    What is watched decides which articles, statements, speakers and labels are looked
    at; without it, articles and events alone. "New" is looked up in the words of all
    earlier articles: a statement is repeated if half of its runs of five words stand in
    one or several of them. Each outlet's new articles are compared with its earlier
    ones by `framelens.contrast`, events as units; of fewer than five articles in one of
    the periods nothing is said.

    Examples
    --------
    >>> before = pd.DataFrame({"article": ["a"], "outlet": ["Daily"],
    ...                        "text": ["Norland closed its port."]})
    >>> now = pd.DataFrame({"article": ["a", "b"], "outlet": ["Daily", "Herald"],
    ...                     "text": ["Norland closed its port.",
    ...                              "Norland reopened its port on Friday."]})
    >>> found = watch(now, actors=["Norland"], since=before)
    >>> found.caption
    'Since last time: 1 new article, 0 changed, 1 as they were; 2 findings.'
    >>> found.found[0].sentence
    '1 of 1 new article names Norland: Herald 1.'
    """
    corpus = corpus_of(corpus) if since is None else _since(corpus, since)
    earlier = corpus.since
    if earlier is None:
        raise InputError(
            "there are no earlier articles: give since=, or read_corpus(..., since=)."
        )
    actors = [actors] if isinstance(actors, str) else actors
    topics = [topics] if isinstance(topics, str) else topics
    was, new = matched(corpus.articles, earlier.articles), corpus.new
    watched = scopes(new, earlier, actors, topics)
    return _found(corpus, was, new, watched)


def _since(
    corpus: Corpus | pd.DataFrame | str | Path,
    since: Corpus | pd.DataFrame | str | Path,
) -> Corpus:
    """Set articles against earlier ones."""
    given = corpus_of(corpus)
    return given.set_against(earlier_corpus(since, marks_only=given.marks_only))


def _found(
    corpus: Corpus, was: pd.DataFrame, new: Corpus, watched: list[Scope]
) -> Watch:
    """Collect what every rule proposes."""
    earlier = watched[0].earlier
    about = corpus.articles[["article", "outlet", "date", "title"]]
    articles = about.merge(was, on="article")
    named_in = [(scope.name, set(scope.articles)) for scope in watched if scope.name]
    articles["names"] = [
        "; ".join(name for name, some in named_in if article in some)
        for article in articles["article"]
    ]
    status = Statuses(
        set(was.loc[was["status"].eq(NEW), "article"]),
        dict(was.loc[was["status"].eq(CHANGED), ["article", "earlier"]].to_numpy()),
    )
    if not len(new):
        why = "Nothing is new: every article was there before, with the same words."
        return Watch((), (), new, why, (DESCRIBES,), articles)
    events = stories(new, earlier, set(status.changed.values()))
    compared = periods(watched, events)
    found: list[Finding] = []
    for scope in watched:
        for proposed in (
            new_articles(scope, status),
            changed_articles(scope, status),
            new_statements(scope),
            new_speakers(scope),
            first_labels(scope),
            covered(scope, events),
            then_and_now(scope, compared),
        ):
            found += proposed
    once = {one.sentence: one for one in reversed(found)}
    changes = pd.concat([changes_of(scope, status) for scope in watched])
    return Watch(
        tuple(ranked([*once.values()])),
        (),
        new,
        None if once else "Nothing new of what is watched.",
        (DESCRIBES, *_notes(watched, status, compared)),
        articles,
        changes.drop_duplicates(ignore_index=True),
        compared,
    )


def _notes(
    watched: list[Scope], status: Statuses, compared: pd.DataFrame
) -> Iterator[str]:
    """Say what the earlier articles lack, what is not named, what was not compared."""
    new, earlier = watched[0].new.articles, watched[0].earlier.articles
    there = set(earlier["outlet"].dropna())
    others = sorted(set(new["outlet"].dropna()) - there)
    if others:
        names = listed(plain(one) for one in others)
        yield (
            f"The earlier articles have none of {names}: what is new here may be old "
            "there."
        )
    dates, before = new["date"].dropna(), earlier["date"].dropna()
    late = dates[dates.str[:10] < before.max()[:10]] if len(before) else dates[:0]
    if len(late):
        yield (
            f"{counted(len(late), 'new article')} dated before the last of the earlier "
            f"ones ({before.max()[:10]}): these were not collected then."
        )
    absent = [scope.shown for scope in watched if scope.name and not scope.articles]
    if absent:
        yield f"No new article names {listed(absent)}."
    if left := len(status.changed) - len(
        {one for scope in watched for one in scope.articles if one in status.changed}
    ):
        yield f"{counted(left, 'more article')} changed without naming what is watched."
    tested = compared["p"].notna()
    if len(compared):
        differ = int(compared["p_all"].le(0.05).sum())
        yield (
            f"Then and now: {counted(int(tested.sum()), 'comparison')} of an outlet "
            f"with itself, {differ:,} of which a test supports; "
            f"{int((~tested).sum()):,} not tested, mostly for want of articles."
        )
