"""Statements: what one article quotes and another carries too, whole or in part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from framelens._checks import require_columns
from framelens.annotate import furniture as mark_furniture
from framelens.annotate import quotations as mark_quotations
from framelens.annotate import speakers as find_speakers
from framelens.measure.statements.credited import (
    SPEAKER_COLUMNS,
    credited,
    spoken_by_article,
)
from framelens.measure.statements.groups import Shared, grouped
from framelens.measure.statements.letters import other_letters
from framelens.measure.statements.matching import matches
from framelens.measure.statements.printed_words import PrintedWords, printed_words
from framelens.measure.statements.result import Statements
from framelens.measure.statements.same_statement import Pair
from framelens.measure.statements.shared_wording import windows
from framelens.measure.statements.stretches import stretch
from framelens.measure.statements.tables import differences_table, groups_table
from framelens.read import articles_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pandas as pd

    from framelens.measure.statements.credited import Spoken
    from framelens.measure.statements.shared_wording import Stratum, Window


def statements(
    articles: pd.DataFrame | str | Path,
    *,
    speakers: pd.DataFrame | None = None,
    quotations: pd.DataFrame | None = None,
    furniture: pd.DataFrame | None = None,
) -> Statements:
    """Find the statements that two or more articles carry, and what differs in them.

    A statement is found where at least one article quotes it, and another prints the
    same or nearly the same words: quoted whole or in part, carried on outside the
    quotation marks, wholly outside them, around a cue or in several pieces.

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

    Returns
    -------
    Statements
        With the tables ``groups`` and ``differences``. They do not depend on the
        order of the articles.

    Raises
    ------
    ColumnError
        If a table lacks one of its columns.

    Notes
    -----
    Candidates come from an index of pairs of rare words; each quoted sentence is then
    aligned with the words around them (Smith & Waterman 1981), rare words counting
    most, forms of a word half, and what only says who speaks nothing. How often that
    is right stands in ``benchmarks/RESULTS.md``. A paraphrase in other words is not
    found, and a short remark of common words ("we will go on") only where both
    articles quote it in full.

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
    printings = _printings(compared, quotations, furniture, known)
    found = grouped(_shared(printings, strata))
    groups = {f"s{number}": group for number, group in enumerate(found, start=1)}
    credit_of = {
        (name, part.words.article): credited(part, known.get(part.words.article, []))
        for name, group in groups.items()
        for part in group.parts
    }
    names = compared["article"].tolist()
    outlets = dict(zip(names, compared["outlet"].tolist(), strict=True))
    return Statements(
        groups_table(groups, credit_of, outlets),
        differences_table(groups, credit_of),
        len(compared),
        len(articles) - len(compared),
        {name: group.pairs for name, group in groups.items()},
        other_letters((words.article, words.text) for words in printings),
    )


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
) -> list[PrintedWords]:
    spoken = quotations["depth"].eq(0) & quotations["kind"].isin(["speech", "scare"])
    quoted, left_out = _spans(quotations[spoken]), _spans(furniture)
    texts = zip(articles["article"].tolist(), articles["text"].tolist(), strict=True)
    return [
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
        )
        for article, text in texts
    ]


def _spans(spans: pd.DataFrame) -> dict[str, list[tuple[int, int]]]:
    found: dict[str, list[tuple[int, int]]] = {}
    columns = (spans[name].tolist() for name in ("article", "start", "end"))
    for article, start, end in zip(*columns, strict=True):
        found.setdefault(article, []).append((int(start), int(end)))
    return found


def _shared(
    printings: Sequence[PrintedWords], strata: Sequence[Stratum]
) -> list[Shared]:
    """Find what every two articles that are compared share."""
    places = windows(printings, strata)
    pairs = sorted({(min(pair), max(pair)) for pair in places})
    return [
        one
        for i, j in pairs
        for one in _between(
            printings[i], printings[j], places.get((i, j), []), places.get((j, i), [])
        )
    ]


def _between(
    a: PrintedWords, b: PrintedWords, from_a: list[Window], from_b: list[Window]
) -> list[Shared]:
    """Find what two articles share; which of them is named first does not matter."""
    if a.text > b.text:
        return [Shared(one.b, one.a) for one in _between(b, a, from_b, from_a)]
    return [
        Shared(
            stretch(a, [(link.first, link.worth) for link in run]),
            stretch(b, [(link.second, link.worth) for link in run]),
        )
        for run in matches(Pair.of(a, b), from_a, from_b)
    ]
