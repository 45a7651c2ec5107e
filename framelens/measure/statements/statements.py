"""Statements: what one article quotes and another carries too, whole or in part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from framelens._checks import require_columns
from framelens.annotate import furniture as mark_furniture
from framelens.annotate import quotations as mark_quotations
from framelens.annotate import speakers as find_speakers
from framelens.measure.statements.credit import Credit
from framelens.measure.statements.credited import (
    SPEAKER_COLUMNS,
    credited,
    spoken_by_article,
)
from framelens.measure.statements.groups import completed, grouped, without
from framelens.measure.statements.letters import other_letters
from framelens.measure.statements.printed_words import PrintedWords, printed_words
from framelens.measure.statements.reference import (
    changes_table,
    reference_table,
    reference_words,
)
from framelens.measure.statements.reported import (
    clauses_of,
    reports_by_article,
    spoken_in,
)
from framelens.measure.statements.result import Statements
from framelens.measure.statements.shared_wording import compared as are_compared
from framelens.measure.statements.sharing import shared_by, shared_with
from framelens.measure.statements.tables import differences_table, groups_table
from framelens.read import articles_of

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from framelens.measure.statements.credited import Spoken
    from framelens.measure.statements.groups import Group, Shared
    from framelens.measure.statements.reported import Report
    from framelens.measure.statements.shared_wording import Stratum


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
    also found where articles only report it, in nearly the same words.

    Parameters
    ----------
    articles : DataFrame or path
        The articles contract; ``article`` and ``text`` are enough. Where articles name
        an ``event``, only those of the same event are compared, and those that name
        none are left out; where none does, all count as one event. Articles of the
        same stated ``outlet`` are not compared with each other, as in
        `framelens.measure.coverage`; one without an outlet is compared with all.
    speakers : DataFrame, optional
        ``article, start, end, speaker, cue`` of quotations, as
        `framelens.annotate.speakers` returns them (``source_start, source_end,
        cue_start, cue_end`` are used if there); computed if not given. Statements
        outside quotation marks are credited by the rules of
        `framelens.measure.statements.credit`.
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
    are aligned with each other, so that each two have their differences.

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
    compared, strata = _strata(articles)
    known = spoken_by_article(speakers)
    reports = reports_by_article(attributions)
    printings = _printings(compared, quotations, furniture, known, reports)
    shared, held = shared_by(printings, strata), []
    outlets = dict(zip(compared["article"], compared["outlet"], strict=True))
    if reference is not None:
        record = reference_table(reference, articles["article"])
        events = record["event"].fillna("").tolist()
        held = shared_with(printings, strata, reference_words(record), events)
        outlets |= dict.fromkeys(record["article"])
    groups = _groups([*shared, *held], dict(zip(outlets, strata, strict=False)))
    changes, number = changes_table(held, groups)
    table, differences, pairs = _tables(
        groups, known, outlets, {one.b.words.article for one in held}
    )
    return Statements(
        table,
        differences,
        len(compared),
        len(articles) - len(compared),
        pairs,
        other_letters((words.article, words.text) for words in printings),
        reported=attributions is not None,
        changes=None if reference is None else changes,
        held=number,
    )


def _groups(shared: list[Shared], strata: dict[str, Stratum]) -> dict[str, Group]:
    """Put printings together, and align those of a group that are compared."""

    def apart(one: str, other: str) -> bool:
        known = one in strata and other in strata
        return known and are_compared(strata[one], strata[other])

    found = [completed(group, apart) for group in grouped(shared)]
    return {f"s{number}": group for number, group in enumerate(found, start=1)}


def _tables(
    groups: dict[str, Group],
    known: dict[str, list[Spoken]],
    outlets: dict[str, Any],
    references: set[str],
) -> tuple[pd.DataFrame, pd.DataFrame, dict[str, tuple[Shared, ...]]]:
    """Give the groups, their differences, and their printings two by two."""
    credit_of = {
        (name, part.words.article): Credit()
        if part.words.article in references
        else credited(part, known.get(part.words.article, []))
        for name, group in groups.items()
        for part in group.parts
    }
    table = groups_table(groups, credit_of, outlets)
    table.loc[table["article"].isin(references), "voice"] = "reference"
    compared = {name: without(group, references) for name, group in groups.items()}
    differences = differences_table(compared, credit_of)
    return table, differences, {name: one.pairs for name, one in compared.items()}


def _strata(articles: pd.DataFrame) -> tuple[pd.DataFrame, list[Stratum]]:
    """Give the articles that are compared, by name, with the event and outlet of each.

    An article that states no outlet counts as of another outlet than all others.
    """
    if articles["event"].notna().any():
        articles = articles[articles["event"].notna()]
    articles = articles.sort_values("article", kind="stable")
    outlets = articles["outlet"].astype(object)
    return articles, list(
        zip(
            articles["event"].fillna("").tolist(),
            outlets.where(outlets.notna(), None).tolist(),
            strict=True,
        )
    )


def _printings(
    articles: pd.DataFrame,
    quotations: pd.DataFrame,
    furniture: pd.DataFrame,
    known: dict[str, list[Spoken]],
    reports: dict[str, list[Report]],
) -> list[PrintedWords]:
    spoken = quotations["depth"].eq(0) & quotations["kind"].isin(["speech", "scare"])
    quoted, left_out = _spans(quotations[spoken]), _spans(furniture)
    texts = zip(articles["article"].tolist(), articles["text"].tolist(), strict=True)
    printings = [
        printed_words(
            article,
            text,
            quoted=quoted.get(article, []),
            left_out=left_out.get(article, []),
            spoken=[
                (one.start, one.end, one.speaker)
                for one in known.get(article, [])
                if one.speaker and (one.cue or one.vouched)
            ],
            reported=clauses_of(text, reports.get(article, [])),
        )
        for article, text in texts
    ]
    for words in printings:
        told = spoken_in(words, reports.get(words.article, []))
        known.setdefault(words.article, []).extend(told)
    return printings


def _spans(spans: pd.DataFrame) -> dict[str, list[tuple[int, int]]]:
    found: dict[str, list[tuple[int, int]]] = {}
    columns = (spans[name].tolist() for name in ("article", "start", "end"))
    for article, start, end in zip(*columns, strict=True):
        found.setdefault(article, []).append((int(start), int(end)))
    return found
