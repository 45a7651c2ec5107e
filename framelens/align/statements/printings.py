"""Printings: the articles that are compared, each as a row of words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from framelens.align.statements.printed_words import PrintedWords, printed_words
from framelens.align.statements.reported import spoken_in, told_in

if TYPE_CHECKING:
    import pandas as pd

    from framelens.align.statements.credited import Spoken
    from framelens.align.statements.reported import Report
    from framelens.align.statements.shared_wording import Stratum


def strata_of(articles: pd.DataFrame) -> tuple[pd.DataFrame, list[Stratum]]:
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


def printings_of(
    articles: pd.DataFrame,
    quotations: pd.DataFrame,
    furniture: pd.DataFrame,
    known: dict[str, list[Spoken]],
    reports: dict[str, list[Report]],
) -> list[PrintedWords]:
    """Read each article as a row of words, and add to `known` what is reported."""
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
            told=told_in(text, reports.get(article, [])),
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
