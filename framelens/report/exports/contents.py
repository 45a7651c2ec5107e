"""Contents: the tables, figures and words that every export takes its part of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

from framelens._checks import FramelensError
from framelens.measure import MEASURES, speakers_table
from framelens.report.findings.close import MOST_CLOSE
from framelens.report.findings.finding import FIRST
from framelens.show.documents import words_figure, words_table
from framelens.show.evidence import evidence_list
from framelens.show.text import article_label

if TYPE_CHECKING:
    from framelens.compare import Contrast
    from framelens.corpus import Corpus
    from framelens.report.findings import Findings
    from framelens.report.pair import Pair
    from framelens.report.watch import Watch
    from framelens.report.workings import Workings
    from framelens.show.figure import Figure

MOST_PLACES = 3
"""Places of a finding that a document quotes."""


@dataclass(frozen=True, eq=False)
class Contents:
    """What a report is on, and what it found; `focus` are the compared articles."""

    title: str
    standfirst: str
    corpus: Corpus
    focus: Corpus
    pair: Pair | None
    found: Findings
    method: str
    workings: Workings
    watched: Watch | None = None
    pins: pd.DataFrame | None = None

    @cached_property
    def tables(self) -> dict[str, tuple[pd.DataFrame, str]]:
        """Give the tables by name, each with a line that says what it holds."""
        articles = self.corpus.articles
        about = [name for name in ABOUT if name in articles]
        tables = {
            "findings": (self.found.table, self.found.caption),
            "evidence": (
                self.evidence,
                "The places behind each finding, in their text",
            ),
            "articles": (
                articles[about].merge(
                    words_table(self.corpus).drop(columns=["outlet", "genre"]),
                    on="article",
                ),
                "The articles, and their words by voice",
            ),
            "speakers": (
                speakers_table(self.corpus),
                "Who is given how many words in which outlet",
            ),
        }
        if self.pins is not None and len(self.pins):
            pinned = self._with_articles(self.pins, more=["note"])
            tables["pinned"] = (pinned, "Places that the reader pinned, with notes")
        if self.watched is not None:
            tables |= {
                "since": (self.watched.table, self.watched.caption),
                "since-articles": (
                    self.watched.articles,
                    "The articles that were read, and whether each is new or changed",
                ),
                "since-changes": (self.watched.changes, "What changed in articles"),
                "since-compared": (
                    self.watched.compared,
                    "Each outlet now against itself before",
                ),
            }
        for name, result in self._contrasts.items():
            tables[name] = (result.table, result.caption)
        if len(self.focus) <= MOST_CLOSE:
            shared = self.workings.statements(self.focus)
            tables["statements"] = (shared.groups, shared.caption)
            tables["differences"] = (shared.differences, shared.caption)
        return tables

    @cached_property
    def evidence(self) -> pd.DataFrame:
        """The places behind every finding, with outlet, date, headline and address."""
        parts = [
            self.found.evidence(number).assign(finding=number)
            for number in range(1, len(self.found.found) + 1)
        ]
        if not parts:
            return pd.DataFrame(columns=["finding", *ABOUT, "start", "end", "text"])
        table = pd.concat(parts, ignore_index=True)
        return self._with_articles(table, more=["finding"])

    def _with_articles(self, places: pd.DataFrame, more: list[str]) -> pd.DataFrame:
        """Put outlet, date, headline and address beside places, `more` first."""
        articles = self.corpus.articles
        about = articles[[name for name in ABOUT if name in articles]]
        texts = dict(zip(articles["article"], articles["text"], strict=True))
        spans = zip(places["article"], places["start"], places["end"], strict=True)
        words = [texts[article][start:end] for article, start, end in spans]
        table = places.assign(text=words).merge(about, on="article", how="left")
        return table[[*more, *about.columns, "start", "end", "text"]]

    @cached_property
    def figures(self) -> dict[str, Figure]:
        """Give the figures by name."""
        drawn = {"whose-words": words_figure(self.focus)}
        for measure in MEASURES.values():
            if measure.in_report:
                counts = self.workings.counts(self.focus, measure.name)
                if not counts.totals.empty:
                    drawn[measure.name] = counts.figure()
        for name, result in self._contrasts.items():
            drawn[name] = result.figure()
        return drawn

    @cached_property
    def _contrasts(self) -> dict[str, Contrast]:
        """Compare the two outlets by every measure of the report, in all voices."""
        made: dict[str, Contrast] = {}
        if self.pair is None or self.pair.articles.empty:
            return made
        for measure in MEASURES.values():
            if not measure.in_report:
                continue
            try:
                made[f"compared-{measure.name}"] = self.workings.contrast(
                    self.focus, measure.name, *self.pair.names
                )
            except FramelensError:
                continue
        return made

    def quotes(
        self, places: pd.DataFrame, *, most: int = MOST_PLACES
    ) -> list[tuple[str, str]]:
        """Give the sentences of places, each with where it stands."""
        listed = evidence_list(self.corpus, places, most=most).table
        rows = self.corpus.articles.set_index("article")
        quoted = []
        found: Any = [] if listed is None else listed.itertuples()
        for row in found:
            about = rows.loc[row.article]
            label = article_label(
                row.article, **{name: about[name] for name in LABELLED}
            )
            url = about.get("url")
            address = "" if pd.isna(url) else f". {url}"
            where = f"{label}, paragraph {row.paragraph}{address}"
            quoted.append((" ".join(str(row.sentence).split()), where))
        return quoted

    @property
    def first(self) -> int:
        """How many findings lead."""
        return min(FIRST, len(self.found.found))


ABOUT = ("article", "outlet", "event", "date", "title", "url", "genre", "author")
"""What of an article stands in tables; never its text."""

LABELLED = ("outlet", "date", "title", "genre")
"""What names an article for a reader."""
