"""What an exploration shows of a corpus: counts in scope, rows, sentences, an article.

Measures are counted once for the whole corpus; what is in scope is cut from that, since
counts add up. Every answer is kept for the choice it belongs to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from framelens._checks import FramelensError, InputError, require_known
from framelens._wording import counted
from framelens._zones import ZONES
from framelens.annotate.paragraphs import paragraph_offsets
from framelens.compare import Contrast, contrast
from framelens.compare.design import ALL, SUMS
from framelens.measure import MEASURES
from framelens.measure.counts import EVIDENCE_COLUMNS, NO_OUTLET, Counts
from framelens.measure.sparse import Sparse
from framelens.measure.term_kinds import CONTENT, term_kinds
from framelens.show.article import MEANINGS, voices_with_speakers
from framelens.show.concordance import concordance
from framelens.show.counts_view import MOST_OUTLETS, VOCABULARY
from framelens.show.evidence import in_sentences
from framelens.show.text import (
    article_label,
    is_missing,
    plain,
    shortened,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from framelens._declared import Measure
    from framelens.corpus import Corpus
    from framelens.show.explorer_state import Choice
    from framelens.show.figure import Figure

CUT = 200
"""Rows, sentences and names that are shown at most: more are not read, and slow."""

SENTENCES = 100
"""Sentences that are listed at most: each is cut by the parse, which takes time."""

BATCH = 25
"""Articles that are looked through at a time, until there are sentences enough."""

KEPT = 40
"""Answers that are kept of each kind, so that going back costs nothing."""

NO_VOICES = "terms"
"""The measure that needs no voice: all that is shown until voices are read."""

ZONE_NAMES = {"": "whole text", "headline": "headline", "lede": "lede", "body": "body"}
"""The zones that can be chosen, and what they are called."""

VOICES = {
    ALL: "all voices",
    "own": "outlet's own voice",
    "quoted": "what others say",
    "direct": "in quotation marks",
    "indirect": "reported speech",
    "rest": "outside quotation marks",
}
"""The voices that can be chosen, and what they are called."""


@dataclass(frozen=True, eq=False)
class Shown:
    """What one choice of scope and measure gives.

    `result` is a comparison where exactly two outlets are chosen and have articles,
    else the counts; `refusal` says why there is no comparison, or no test.
    """

    counts: Counts
    result: Contrast | Counts
    refusal: str | None

    @property
    def compared(self) -> list[str]:
        """The articles that the numbers rest on."""
        if isinstance(self.result, Contrast):
            return list(self.result.articles)
        return list(self.counts.totals["article"])

    @property
    def notes(self) -> tuple[str, ...]:
        """What should be known before the numbers are used."""
        return self.result.notes

    @cached_property
    def rows(self) -> pd.DataFrame:
        """One row per item, in order: ``item`` and what a reader sees of it."""
        if isinstance(self.result, Contrast):
            return _contrast_rows(self.result)
        return _count_rows(self.counts)

    @cached_property
    def reasons(self) -> dict[str, str]:
        """Why an item is not tested, where others are."""
        if not isinstance(self.result, Contrast) or self.result.refusal is not None:
            return {}
        table = self.result.table
        pairs = zip(table["item"], table["refusal"], strict=True)
        return {item: reason for item, reason in pairs if not is_missing(reason)}

    @cached_property
    def figure(self) -> Figure:
        """The figure of the result."""
        return self.result.figure()


@dataclass(frozen=True, eq=False)
class Sentences:
    """Places in sentences: the first ones of an item, or of a search.

    `around` has the parts before, at and after each place, `about` its label and voice;
    `note` says how many there are.
    """

    title: str
    places: pd.DataFrame
    around: list[tuple[str, str, str]]
    about: list[tuple[str, str]]
    note: str
    refusal: str | None = None

    def place(self, row: int) -> tuple[str, int, int]:
        """Give where one of them is."""
        found = self.places.iloc[row]
        return str(found["article"]), int(found["start"]), int(found["end"])


@dataclass(eq=False)
class Views:
    """Everything that can be seen of a corpus, computed once for each choice.

    Where voices are not `read`, nothing is marked in the corpus: words are counted,
    and neither speakers nor what they say.
    """

    corpus: Corpus
    read: bool = True
    _kept: dict[str, dict[Any, Any]] = field(default_factory=dict, repr=False)

    def _once(self, kind: str, key: Any, make: Callable[[], Any]) -> Any:
        """Give an answer that was given before, or make it."""
        kept = self._kept.setdefault(kind, {})
        if key in kept:
            kept[key] = kept.pop(key)
            return kept[key]
        kept[key] = make()
        while len(kept) > KEPT:
            del kept[next(iter(kept))]
        return kept[key]

    # what can be chosen

    @cached_property
    def outlets(self) -> dict[str, int]:
        """Outlets, and how many articles each has, most first."""
        return _numbers(self.corpus.articles["outlet"])

    @cached_property
    def events(self) -> dict[str, int]:
        """Stated events, and how many articles each has, most first."""
        return _numbers(self.corpus.articles["event"])

    @cached_property
    def actors(self) -> list[str]:
        """Who speaks, most words first."""
        if not self.read:
            return []
        return [str(name) for name in self.corpus.actors["actor"].dropna()]

    @cached_property
    def measures(self) -> dict[str, Measure]:
        """Measures that can be shown without more being said."""
        return {
            name: one
            for name, one in MEASURES.items()
            if not one.required and (self.read or name == NO_VOICES)
        }

    def voices(self, choice: Choice) -> list[str]:
        """Voices that can be chosen for a measure: those counted, and sums of two."""
        there = set(self._counts(choice).totals["voice"])
        return [
            voice
            for voice in VOICES
            if voice == ALL
            or voice in there
            or len(there.intersection(SUMS.get(voice, ()))) > 1
        ]

    def check(self, choice: Choice) -> None:
        """Refuse what is not in this corpus."""
        for outlet in choice.outlets:
            require_known(outlet, self.outlets, kind="outlet")
        if choice.event is not None:
            require_known(choice.event, self.events, kind="event")
        if choice.actor is not None:
            require_known(choice.actor, self.actors, kind="actor")
        require_known(choice.measure, self.measures, kind="measure")
        offered = {
            option.name: option.choices
            for option in self.measures[choice.measure].options
            if option.choices
        }
        for name, value in choice.options.items():
            require_known(name, offered, kind=f"option of {choice.measure}")
            require_known(value, offered[name], kind=name)
        require_known(choice.zone, ZONE_NAMES, kind="zone")
        require_known(choice.voice, self.voices(choice), kind="voice")
        if choice.place is not None:
            self.text_at(choice.place)

    # what is in scope

    def articles(self, choice: Choice) -> pd.DataFrame:
        """Give the articles in scope."""
        key = choice.outlets, choice.event, choice.actor
        found: pd.DataFrame = self._once("articles", key, lambda: self._cut(choice))
        return found

    def _cut(self, choice: Choice) -> pd.DataFrame:
        table = self.corpus.articles
        if choice.outlets:
            table = table[table["outlet"].isin(choice.outlets)]
        if choice.event is not None:
            table = table[table["event"].eq(choice.event)]
        if choice.actor is not None:
            ledger = self.corpus.ledger
            heard = ledger.loc[ledger["actor"].eq(choice.actor), "article"]
            named = table["text"].str.contains(
                rf"(?<!\w){re.escape(choice.actor)}(?!\w)", regex=True
            )
            table = table[table["article"].isin(heard) | named]
        return table

    def scope(self, choice: Choice) -> str:
        """Say what is in scope, in one line."""
        many = len(self.articles(choice))
        outlets = [plain(name) for name in choice.outlets]
        if len(outlets) > 4:
            outlets = [*outlets[:3], f"{len(outlets) - 3} more"]
        every = counted(len(self.outlets), "outlet")
        parts = [
            f"{many:,} of {counted(len(self.corpus), 'article')}",
            _joined(outlets) or every,
            "all events" if choice.event is None else f"event {plain(choice.event)}",
            "any actor"
            if choice.actor is None
            else f"articles that quote {plain(choice.actor)}, or name this in full",
            VOICES[choice.voice] if self.read else "voices not read yet",
        ]
        if choice.zone:
            parts.append(f"only the {ZONE_NAMES[choice.zone]}")
        if choice.contains:
            parts.append(f"rows with “{plain(choice.contains)}”")
        return " · ".join(parts)

    def shown(self, choice: Choice) -> Shown:
        """Give the numbers in scope."""
        key = (
            choice.outlets, choice.event, choice.actor, choice.measure,
            tuple(sorted(choice.options.items())), choice.voice,
        )  # fmt: skip
        found: Shown = self._once("shown", key, lambda: self._result(choice))
        return found

    def _counts(self, choice: Choice) -> Counts:
        """Count the whole corpus, once for each measure and its options."""
        measure = self.measures[choice.measure]
        options: dict[str, Any] = dict(choice.options)
        takes_actor = any(option.name == "actor" for option in measure.options)
        if takes_actor and choice.actor is not None:
            options["actor"] = choice.actor
        key = choice.measure, tuple(sorted(options.items()))
        found: Counts = self._once(
            "counts", key, lambda: measure(self.corpus, **options)
        )
        return found

    def _result(self, choice: Choice) -> Shown:
        whole = self._counts(choice)
        counts = counts_in(whole, self.articles(choice)["article"], ALL)
        refusal = None
        without = set(choice.outlets).difference(counts.totals["outlet"].dropna())
        if len(choice.outlets) == 2 and without:
            names = _joined([plain(name) for name in sorted(without)])
            refusal = f"No comparison: nothing was counted here in {names}."
        elif len(choice.outlets) == 2:
            try:
                result = contrast(counts, *choice.outlets, voice=choice.voice)
            except FramelensError as error:
                refusal = f"No comparison: {error}"
            else:
                reason = result.refusal
                return Shown(counts, result, None if reason is None else plain(reason))
        heard = counts_in(counts, counts.totals["article"], choice.voice)
        return Shown(heard, heard, refusal)

    def rows(self, choice: Choice) -> pd.DataFrame:
        """Give the rows of the table that contain what is asked for."""
        rows = self.shown(choice).rows
        if not choice.contains:
            return rows
        wanted = choice.contains.casefold()
        fits = [wanted in str(item).casefold() for item in rows["item"]]
        return rows[fits]

    # what stands behind it

    def sentences(self, choice: Choice) -> Sentences | None:
        """Give the places of the search or of the item; None where none is chosen."""
        if not choice.query and choice.item is None:
            return None
        scope = choice.outlets, choice.event, choice.actor
        if choice.query:
            key: Any = (scope, choice.voice, choice.query, choice.by)
        else:
            options = tuple(sorted(choice.options.items()))
            key = (scope, choice.voice, choice.measure, options, choice.item)
        found: Sentences = self._once("sentences", key, lambda: self._find(choice))
        return found

    def places(self, choice: Choice) -> pd.DataFrame:
        """Give every place of the search or of the item."""
        if not choice.query:
            found: pd.DataFrame = self.shown(choice).result.evidence(str(choice.item))
            return found
        scope = self.articles(choice)["article"].tolist()
        voice = None if choice.voice == ALL else choice.voice
        here = self.corpus.where(article=scope)
        return concordance(here, choice.query, by=choice.by, voice=voice).evidence()

    def _find(self, choice: Choice) -> Sentences:
        refusal, note = None, ""
        if choice.query:
            title, places = f"“{plain(choice.query)}”", self.places(choice)
            many = counted(places["article"].nunique(), "article")
            note = f"{counted(len(places), 'place')} in {many}"
        else:
            title = plain(choice.item)
            try:
                places, note = self._first_places(choice)
            except FramelensError as error:
                places, refusal = pd.DataFrame(columns=EVIDENCE_COLUMNS), str(error)
        head = places.head(SENTENCES).reset_index(drop=True)
        if len(head) < len(places):
            note = f"the first {len(head)} of {note}"
        about = [
            (self.label(article), VOICES.get(voice, plain(voice)))
            for article, voice in zip(head["article"], head["voice"], strict=True)
        ]
        around = in_sentences(head, self.corpus) if len(head) else []
        return Sentences(title, head, around, about, note, refusal)

    def _first_places(self, choice: Choice) -> tuple[pd.DataFrame, str]:
        """Give the first places of an item, and say in how many articles all are."""
        shown, item = self.shown(choice), str(choice.item)
        counts = counts_in(shown.counts, shown.compared, choice.voice)
        rows = np.flatnonzero(counts.sparse.names() == item)
        has = counts.sparse.k[rows].sum(axis=0) > 0
        holding = set(counts.totals.loc[has, "article"])
        order = [one for one in self.corpus.articles["article"] if one in holding]
        parts, many, seen = [], 0, 0
        while seen < len(order) and many <= SENTENCES:
            batch = order[seen : seen + BATCH]
            parts.append(counts_in(counts, batch, ALL).evidence(item))
            seen, many = seen + len(batch), many + len(parts[-1])
        places = pd.concat(parts, ignore_index=True)
        more = "more than " if seen < len(order) else ""
        return (
            places,
            f"{more}{counted(many, 'place')} in {counted(len(order), 'article')}",
        )

    @cached_property
    def _about(self) -> dict[str, dict[str, Any]]:
        names = ["outlet", "date", "title", "genre", "text", "url"]
        table = self.corpus.articles.set_index("article").reindex(columns=names)
        rows = table.to_dict("index")
        return {
            str(article): {str(name): cell for name, cell in row.items()}
            for article, row in rows.items()
        }

    def label(self, article: str) -> str:
        """Name an article by outlet, date and headline."""
        about = self._about[article]
        named = {name: about[name] for name in ("outlet", "date", "title", "genre")}
        return article_label(article, **named)

    def text_at(self, place: tuple[str, int, int]) -> str:
        """Give the words at a place, which must be one of this corpus."""
        article, start, end = place
        require_known(article, self._about, kind="article")
        text = str(self._about[article]["text"])
        if not 0 <= start < end <= len(text):
            raise InputError(
                f"{start} to {end} is no stretch of article {article!r}, which has "
                f"{len(text):,} characters."
            )
        return text[start:end]

    def sentence(self, place: tuple[str, int, int]) -> tuple[str, str, str]:
        """Give the parts before, at and after of a place, in its sentence."""
        table = pd.DataFrame([place], columns=["article", "start", "end"])
        found: tuple[str, str, str] = in_sentences(table, self.corpus)[0]
        return found

    def marks(self, article: str) -> pd.DataFrame:
        """Give the voices of an article, with who is credited with each."""
        headline = self.corpus.zone == ZONES[0]
        here = (self.corpus if headline else self.corpus.whole).where(article=article)
        found: pd.DataFrame = self._once(
            "marks", article, lambda: voices_with_speakers(here)
        )
        return found

    def page_of(
        self, place: tuple[str, int, int], found: Iterable[tuple[int, int]]
    ) -> dict[str, Any]:
        """Give an article as data: its paragraphs, in pieces with their kinds."""
        article, start, end = place
        about = self._about[article]
        text = str(about["text"])
        table = self.marks(article)
        columns = (table[name].tolist() for name in ("start", "end", "voice"))
        spans = [*zip(*columns, strict=True)]
        spans += [(first, last, "found") for first, last in found]
        spans.append((start, end, "here"))
        who = {
            (first, last): "" if is_missing(name) else shortened(name, width=60)
            for first, last, name in zip(
                table["start"], table["end"], table["speaker"], strict=True
            )
        }
        heard = [row for row in spans if row[0] <= start < row[1] and row[2] in VOICES]
        voice = ", ".join(
            part for *edges, kind in heard[:1]
            for part in (VOICES[kind], who.get((edges[0], edges[1]), "")) if part
        )  # fmt: skip
        return {
            "label": self.label(article),
            "voice": voice,
            "address": "" if is_missing(about["url"]) else plain(about["url"]),
            "paragraphs": [
                pieces(text, first, last, spans, who)
                for first, last in paragraph_offsets(text)
            ],
            "legend": [
                [kind, VOICES.get(kind, "no part of the story"), MEANINGS[kind]]
                for kind in ("direct", "indirect", "furniture")
                if table["voice"].eq(kind).any()
            ],
        }


def pieces(
    text: str,
    start: int,
    end: int,
    spans: list[tuple[int, int, str]],
    who: Mapping[tuple[int, int], str],
) -> list[list[str]]:
    """Cut a paragraph where a span begins or ends: words, kinds, and who says them.

    >>> pieces("He said no.", 0, 11, [(8, 10, "direct"), (8, 10, "here")], {})
    [['He said ', '', ''], ['no', 'direct here', ''], ['.', '', '']]
    """
    near = [span for span in spans if span[0] < end and span[1] > start]
    edges = {start, end, *(edge for span in near for edge in span[:2])}
    cuts = sorted(edge for edge in edges if start <= edge <= end)
    made = []
    for first, last in pairwise(cuts):
        over = [span for span in near if span[0] <= first and last <= span[1]]
        kinds = " ".join(dict.fromkeys(kind for *_, kind in over))
        said = next((who[span[:2]] for span in over if who.get(span[:2])), "")
        made.append([plain(text[first:last]), kinds, said])
    return made


def counts_in(counts: Counts, articles: Iterable[str], voice: str) -> Counts:
    """Cut counts to some articles and a voice, or a sum of voices.

    Items that are not there are left out. What is cut is plain counts.
    """
    totals = counts.totals
    here = totals["article"].isin(list(articles))
    if voice != ALL:
        here &= totals["voice"].isin(SUMS.get(voice, (voice,)))
    columns = here.to_numpy(bool)
    k = counts.sparse.k[:, np.flatnonzero(columns)]
    rows = np.flatnonzero(k.sum(axis=1))
    sparse = Sparse(k[rows], counts.sparse.words, counts.sparse.parts[:, rows])
    return Counts.of_sparse(
        sparse,
        totals[columns].reset_index(drop=True),
        measure=counts.measure,
        unit=counts.unit,
        find=counts.find,
        corpus=counts.corpus,
    )


def _contrast_rows(result: Contrast) -> pd.DataFrame:
    """Set out a comparison: few columns, intervals where there are any."""
    table = result.table
    rows = pd.DataFrame({"item": table["item"].to_numpy(object)})
    for side, name in zip(("target", "baseline"), result.names, strict=True):
        k, n = table[f"{side}_k"], table[f"{side}_n"]
        head = plain(name) if plain(name) not in rows else f"{plain(name)} again"
        of = n.dropna().unique()
        if len(of) == 1 and n.notna().all():  # the same for each: said once
            rows[f"{head}, of {of[0]:,.0f}"] = [f"{one:,.0f}" for one in k]
        else:
            pairs = zip(k, n, strict=True)
            rows[head] = [f"{k:,.0f} of {n:,.0f}" if n == n else "–" for k, n in pairs]
    rows["difference, points"] = _points(table["difference"])
    both = result.with_indirect
    if both is not None:
        rows["with reported speech"] = _points(both["difference_with_indirect"])
    if result.refusal is None:
        ends = zip(
            _points(table["low_selected"]), _points(table["high_selected"]), strict=True
        )
        rows["95 % interval"] = [
            "–" if "–" in (low, high) else f"{low} to {high}" for low, high in ends
        ]
        rows["p, all items"] = [
            "–" if p != p else "<0.001" if p < 0.001 else f"{p:.3f}"
            for p in table["p_max"].astype(float)
        ]
    return rows


def _points(shares: pd.Series) -> list[str]:
    """Write differences of shares in percentage points, with their sign."""
    made = []
    for share in shares.astype(float):
        if np.isnan(share):
            made.append("–")
        else:
            shown = f"{100 * share:+.2f}"
            made.append("0" if not float(shown) else shown.replace("-", "−"))
    return made


def _count_rows(counts: Counts) -> pd.DataFrame:
    """Set out counts: number and share of each outlet, content words first."""
    totals = counts.totals
    outlet_of = totals["outlet"].fillna(NO_OUTLET)
    sizes = totals["n"].groupby(outlet_of).sum().sort_values(ascending=False)
    order = np.argsort(-counts.sparse.sums(), kind="stable")
    if counts.measure == "terms" and len(order) > VOCABULARY:
        kinds = term_kinds(
            counts.sparse.names(order), outlets=totals["outlet"].dropna()
        )
        first = np.array([kind == CONTENT for kind in kinds], dtype=bool)
        order = np.concatenate([order[first], order[~first]])
    rows = pd.DataFrame({"item": counts.sparse.names(order).to_numpy(object)})
    for outlet, n in sizes.head(MOST_OUTLETS).items():
        k = counts.sparse.sums(outlet_of.eq(str(outlet)).to_numpy(bool))[order]
        head = plain(outlet) if plain(outlet) not in rows else f"{plain(outlet)} again"
        rows[head] = [
            f"{one:,} · {100 * one / max(n, 1):.2g} %" if one else "0" for one in k
        ]
    return rows


def _numbers(column: pd.Series) -> dict[str, int]:
    """Count the articles of each name, most first."""
    found = column.dropna().astype(str).value_counts(sort=False)
    order = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    return {str(name): int(many) for name, many in order}


def _joined(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1])] * (len(names) > 1) + names[-1:])
