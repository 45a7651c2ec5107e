"""Statements: what one article quotes or reports and another carries too."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from framelens._checks import require_known
from framelens._result import Result
from framelens._wording import counted
from framelens.align.statements.attributed import attributions_by_article
from framelens.align.statements.candidates import compared
from framelens.align.statements.differences import tables_of
from framelens.align.statements.english import other_letters
from framelens.align.statements.fragments import fragments_of
from framelens.align.statements.matching import shared_by, shared_with
from framelens.align.statements.printed_words import printings_of
from framelens.align.statements.printings import completed, grouped, of_many
from framelens.align.statements.reference import (
    changes_table,
    reference_table,
    reference_words,
)
from framelens.align.statements.reports import in_other_words, reports_of
from framelens.annotate.ledger import attributed_words
from framelens.annotate.spans import rows_of
from framelens.corpus import Corpus, corpus_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from framelens.align.statements.candidates import Stratum
    from framelens.align.statements.printings import Group, Shared

NOTE = "These articles print it differently; they cannot show which wording is right."
"""What holds of every difference that is not one from a reference."""


@dataclass(frozen=True, eq=False, repr=False)
class Statements(Result):
    """Statements that two or more articles carry, and how the printings differ.

    Which printing is nearer to what was said, the articles cannot show; against a
    reference it can be said (`changes`).

    Attributes
    ----------
    groups : DataFrame
        One row per piece of a statement in an article: ``group, article, start, end``,
        then ``outlet, genre, piece`` (its number in the article, from 1), ``voice``
        (``direct``: in quotation marks, ``indirect``: reported outside, ``both``,
        ``own``: attributed to nobody; ``reference``), then what the ledger says of it:
        ``speaker, affiliation, cue`` (the verb's base form), ``cue_class``; and
        ``text``.
    differences : DataFrame
        One row per difference of two printings: ``group, type``, then ``article_a,
        start_a, end_a, text_a`` and the same with ``_b``; missing where one has
        nothing. Types: ``only here`` (words of one that the other leaves out),
        ``reworded`` (a run of up to five words in place of another), ``marks`` (words
        in quotation marks in one printing, outside in the other), ``order`` (before
        another shared statement in one, after it in the other), ``speaker`` (credited
        to different persons or bodies), ``cue`` (another reporting verb).
    articles : int
        How many articles were compared.
    left_out : int
        How many were not, because they name no event where others do.
    printings : mapping of str to tuple of Shared
        For each group, its printings two by two, word by word; of more than 30, each
        and the fullest.
    notes : tuple of str
        What these articles are not fit for.
    marks_only : bool
        Whether only quotation marks were looked at, not reported speech.
    changes : DataFrame or None
        With a reference only: one row per difference of a printing from it: ``group,
        article, type, start, end, text, voice, reference, reference_start,
        reference_end, reference_text``; missing where one has nothing. Types: ``cut``
        (words of the reference left out, of the sentences printed, or between
        sentences printed side by side in one quotation), ``reworded``, ``not in
        reference`` and ``order``. An indirect report changes persons and tenses by
        its nature: see ``voice``.
    checked : int
        Printings that were compared with the reference.
    """

    groups: pd.DataFrame
    differences: pd.DataFrame
    articles: int
    left_out: int = 0
    printings: Mapping[str, tuple[Shared, ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = (NOTE,)
    marks_only: bool = False
    changes: pd.DataFrame | None = None
    checked: int = 0

    @property
    def table(self) -> pd.DataFrame:
        """The same as `groups`."""
        return self.groups

    @property
    def caption(self) -> str:
        """What was found, in a sentence or two."""
        what = counted(self.groups["group"].nunique(), "statement")
        was = "was" if self.left_out == 1 else "were"
        left = (
            f" {self.left_out:,} without an event {was} left out."
            if self.left_out
            else ""
        )
        said = "quoted" if self.marks_only else "quoted or reported"
        another = "another" + ("" if self.changes is None else " or in the reference")
        differ = counted(len(self.differences), "difference")
        return (
            f"{what} {said} in one of {counted(self.articles, 'article')} and carried "
            f"in {another}, in quotation marks or outside them; {differ}."
            f"{left}{self._against()}"
        )

    def _against(self) -> str:
        """Say in a sentence how the printings differ from the reference."""
        if self.changes is None:
            return ""
        kinds = self.changes["type"].value_counts()
        changed = ", ".join(f"{kinds[kind]} {kind}" for kind in kinds.index)
        checked = counted(self.checked, "printing")
        return f" {checked} compared with the reference: {changed or 'no difference'}."

    def shown(self) -> pd.DataFrame:
        """Lay out who carries what."""
        columns = ["group", "outlet", "article", "voice", "speaker", "cue", "text"]
        return self.groups[columns]

    def evidence(self, item: str) -> pd.DataFrame:
        """Give the places of one statement.

        Parameters
        ----------
        item : str
            A name found in ``groups["group"]``.

        Returns
        -------
        DataFrame
            ``article, outlet, voice, start, end, text``, in reading order.

        Raises
        ------
        UnknownNameError
            If there is no such group.
        """
        require_known(item, self.groups["group"], kind="group")
        rows = self.groups[self.groups["group"].eq(item)]
        columns = ["article", "outlet", "voice", "start", "end", "text"]
        return rows[columns].reset_index(drop=True)


def statements(
    corpus: Corpus | pd.DataFrame | str | Path,
    *,
    reference: pd.DataFrame | str | Path | None = None,
) -> Statements:
    """Find the statements that two or more articles carry, and what differs in them.

    A statement is found where an article quotes it, and another prints the same or
    nearly the same words: quoted whole or in part, carried on outside the quotation
    marks, wholly outside them, around a cue or in several pieces; where two articles
    report it in nearly the same words; and where one reports in its own words what the
    other quotes of the same speaker (a note says how often). All printings of one
    statement make one group. Who says it, and with which cue, is what the corpus's
    ledger says.

    Parameters
    ----------
    corpus : Corpus, DataFrame or path
        Articles; of a DataFrame, ``article`` and ``text`` are enough. Where articles
        name an ``event``, only those of the same event are compared, and those that
        name none are left out; where none does, all count as one event. Articles of
        the same stated ``outlet`` are not compared with each other, as in
        `framelens.align.coverage`; one without an outlet is compared with all. Of a
        corpus that was read with ``marks_only`` only what one article quotes is
        looked for in others.
    reference : str, Path or DataFrame, optional
        A record of what was said: the text itself, the path of a text file, or a
        table with ``article`` and ``text`` (with ``event``, each is for its event).
        All its words count as spoken; labels of speakers at a line's start are left
        out. Only against it can a printing be called cut or reworded.

    Returns
    -------
    Statements
        With the tables ``groups`` and ``differences``, and ``changes`` where there is
        a reference. They do not depend on the order of the articles.

    Raises
    ------
    InputError
        If the reference is empty, cannot be read, or bears the name of an article.
    MissingPartError
        If the attribution model is not installed, unless ``marks_only``.

    Notes
    -----
    Candidates come from an index of pairs of rare words; each quoted sentence or
    reported clause is then aligned with the words around them (Smith & Waterman 1981),
    rare words counting most, forms of a word half, and what only says who speaks
    nothing. A report in other words is found by the rare words in common, by the
    nearness of the embeddings of both clauses, and by how much the speaker says in both
    articles (a logistic regression); each is the other's nearest. Contractions,
    abbreviations and small numbers written out make no difference. How often all that
    is right stands in ``benchmarks/RESULTS.md``. A short remark of common words ("we
    will go on") is found only where both articles quote it in full. Two printings of a
    group that were not found directly are aligned with each other, so that
    each two have their differences; of more than 30 printings
    each is compared with the fullest only, and a note says so. The time grows with
    the number of articles, not with its square.

    What nobody quotes counts only where the ledger of both articles attributes it.

    References
    ----------
    .. [1] Smith & Waterman (1981), "Identification of Common Molecular
       Subsequences", J. Mol. Biol. 147. https://doi.org/10.1016/0022-2836(81)90087-5

    Examples
    --------
    >>> import pandas as pd
    >>> articles = pd.DataFrame({
    ...     "article": ["a", "b"], "outlet": ["Daily", "Herald"],
    ...     "text": ['"The harbour will never be sold to strangers," Ann Orr said.',
    ...              'The harbour “will not be sold to strangers”, Ms Orr warned.']})
    >>> for row in statements(articles).differences.itertuples():
    ...     print(row.type, "|", row.text_a, "|", row.text_b)
    reworded | never | not
    marks | The harbour | The harbour
    cue | said | warned

    >>> said = "ORR: The old harbour will never be sold to strangers. Thank you."
    >>> for row in statements(articles, reference=said).changes.itertuples():
    ...     print(row.article, "|", row.type, "|", row.text, "|", row.reference_text)
    a | cut | None | old
    b | cut | None | old
    b | reworded | not | never
    """
    corpus = corpus_of(corpus)
    articles, strata = _strata_of(corpus.articles)
    credited = attributed_words(
        corpus.articles, ledger=corpus.ledger, voices=corpus.voices
    )
    printings = printings_of(
        articles,
        corpus.quotations,
        corpus.furniture,
        attributions_by_article(corpus.ledger, credited),
    )
    shared, against = shared_by(printings, strata), []
    shared += fragments_of(printings, strata)
    reports = [] if corpus.marks_only else reports_of(printings, strata, shared)
    shared += reports
    rows = rows_of(articles, "article", "outlet", "genre")
    about = {name: (outlet, genre) for name, outlet, genre in rows}
    if reference is not None:
        record = reference_table(reference, corpus.articles["article"])
        events = record["event"].fillna("").tolist()
        against = shared_with(printings, strata, reference_words(record), events)
        about |= dict.fromkeys(record["article"], (None, None))
    references = {pair.b.words.article for pair in against}
    stratum_of = dict(zip(articles["article"], strata, strict=True))
    groups = _groups([*shared, *against], stratum_of, references)
    changes, checked = changes_table(groups, references)
    table, differences, pairs = tables_of(groups, about, references)
    return Statements(
        table,
        differences,
        len(articles),
        len(corpus.articles) - len(articles),
        pairs,
        (
            NOTE,
            *corpus.unlike(),
            *other_letters((words.article, words.text) for words in printings),
            *of_many(groups.values()),
            *in_other_words(reports),
        ),
        corpus.marks_only,
        changes=None if reference is None else changes,
        checked=checked,
    )


def _strata_of(articles: pd.DataFrame) -> tuple[pd.DataFrame, list[Stratum]]:
    """Give the articles that are compared, by name, with their events and outlets."""
    if articles["event"].notna().any():
        articles = articles[articles["event"].notna()]
    articles = articles.sort_values("article", kind="stable")
    return articles, [
        ("" if pd.isna(event) else event, None if pd.isna(outlet) else outlet)
        for event, outlet in rows_of(articles, "event", "outlet")
    ]


def _groups(
    shared: list[Shared], strata: dict[str, Stratum], references: set[str]
) -> dict[str, Group]:
    """Put printings together, and align those of a group that are compared."""

    def apart(one: str, other: str) -> bool:
        known = one in strata and other in strata
        return known and compared(strata[one], strata[other])

    groups = [
        completed(group, apart, references=references) for group in grouped(shared)
    ]
    return {f"s{number}": group for number, group in enumerate(groups, start=1)}
