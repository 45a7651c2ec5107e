"""Statements: what one article quotes and another carries too, whole or in part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from framelens._checks import require_columns
from framelens.align.statements.changes import changes_table
from framelens.align.statements.credited import (
    SPEAKER_COLUMNS,
    spoken_by_article,
)
from framelens.align.statements.groups import completed, grouped, of_many
from framelens.align.statements.letters import other_letters
from framelens.align.statements.printings import printings_of, strata_of
from framelens.align.statements.reference import reference_table, reference_words
from framelens.align.statements.reported import (
    reports_by_article,
)
from framelens.align.statements.result import Statements
from framelens.align.statements.shared_wording import compared as are_compared
from framelens.align.statements.sharing import shared_by, shared_with
from framelens.align.statements.tables import tables_of
from framelens.annotate import furniture as mark_furniture
from framelens.annotate import quotations as mark_quotations
from framelens.annotate import speakers as find_speakers
from framelens.read import articles_of

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from framelens.align.statements.groups import Group, Shared
    from framelens.align.statements.shared_wording import Stratum


def statements(
    articles: pd.DataFrame | str | Path,
    *,
    speakers: pd.DataFrame | None = None,
    quotations: pd.DataFrame | None = None,
    furniture: pd.DataFrame | None = None,
    attributions: pd.DataFrame | None = None,
    reference: pd.DataFrame | str | Path | None = None,
) -> Statements:
    """Find the statements that two or more articles carry, and what differs in them.

    A statement is found where at least one article quotes it, and another prints the
    same or nearly the same words: quoted whole or in part, carried on outside the
    quotation marks, wholly outside them, around a cue or in several pieces. All
    printings of one statement make one group. With a table of attributions it is
    also found where two articles only report it, in nearly the same words.

    Parameters
    ----------
    articles : DataFrame or path
        The articles contract; ``article`` and ``text`` are enough. Where articles name
        an ``event``, only those of the same event are compared, and those that name
        none are left out; where none does, all count as one event. Articles of the
        same stated ``outlet`` are not compared with each other, as in
        `framelens.align.coverage`; one without an outlet is compared with all.
    speakers : DataFrame, optional
        ``article, start, end, speaker, cue`` of quotations, as
        `framelens.annotate.speakers` returns them (``source_start, source_end,
        cue_start, cue_end`` are used if there); computed if not given. Statements
        outside quotation marks are credited by the rules of
        `framelens.align.statements.credit`.
    quotations, furniture : DataFrame, optional
        As the functions of these names in `framelens.annotate` return them, and
        perhaps corrected by hand; computed if not given.

    attributions : DataFrame, optional
        As `framelens.annotate.attributions` returns them. They say where an indirect
        report begins and ends, and whose it is. Without them, which is the default
        since a model has to read the articles, only what one article quotes is
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
    ColumnError
        If a table lacks one of its columns.
    InputError
        If the reference is empty, cannot be read, or bears the name of an article.

    Notes
    -----
    Candidates come from an index of pairs of rare words; each quoted sentence is then
    aligned with the words around them (Smith & Waterman 1981), rare words counting
    most, forms of a word half, and what only says who speaks nothing. How often that
    is right stands in ``benchmarks/RESULTS.md``. A paraphrase in other words is not
    found, and a short remark of common words ("we will go on") only where both
    articles quote it in full. Two printings of a group that were not found directly
    are aligned with each other, so that each two have their differences; of more than
    30 printings each is held against the fullest only, and the caption says so. The
    time grows with the number of articles, not with its square.

    Attributions err; so what nobody quotes counts only where both articles report it,
    by an attribution or a cue beside it, and where somebody says it: a name, a pronoun,
    a person or a body. "Polls suggest", "the forecast speaks of" and "refused to say"
    hand over no statement, nor does "everybody knows".

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
    articles = articles_of(articles)
    speakers = find_speakers(articles) if speakers is None else speakers
    quotations = mark_quotations(articles) if quotations is None else quotations
    furniture = mark_furniture(articles) if furniture is None else furniture
    require_columns(speakers, SPEAKER_COLUMNS, of="speakers")
    require_columns(
        quotations, ["article", "start", "end", "kind", "depth"], of="quotations"
    )
    require_columns(furniture, ["article", "start", "end"], of="furniture")
    compared, strata = strata_of(articles)
    known = spoken_by_article(speakers)
    reports = reports_by_article(attributions)
    printings = printings_of(compared, quotations, furniture, known, reports)
    shared, held = shared_by(printings, strata), []
    outlets = dict(zip(compared["article"], compared["outlet"], strict=True))
    if reference is not None:
        record = reference_table(reference, articles["article"])
        events = record["event"].fillna("").tolist()
        held = shared_with(printings, strata, reference_words(record), events)
        outlets |= dict.fromkeys(record["article"])
    references = {one.b.words.article for one in held}
    of = dict(zip(outlets, strata, strict=False))
    groups = _groups([*shared, *held], of, references)
    changes, number = changes_table(groups, references)
    table, differences, pairs = tables_of(groups, known, outlets, references)
    return Statements(
        table,
        differences,
        len(compared),
        len(articles) - len(compared),
        pairs,
        (
            *other_letters((words.article, words.text) for words in printings),
            *of_many(groups.values()),
        ),
        reported=attributions is not None,
        changes=None if reference is None else changes,
        held=number,
    )


def _groups(
    shared: list[Shared], strata: dict[str, Stratum], references: set[str]
) -> dict[str, Group]:
    """Put printings together, and align those of a group that are compared."""

    def apart(one: str, other: str) -> bool:
        known = one in strata and other in strata
        return known and are_compared(strata[one], strata[other])

    found = [
        completed(group, apart, references=references) for group in grouped(shared)
    ]
    return {f"s{number}": group for number, group in enumerate(found, start=1)}
