"""Headlines: what they assert that the text below attributes to somebody."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from framelens._accuracy import wilson
from framelens._checks import InputError
from framelens._declared import Measure
from framelens._wording import counted
from framelens.align.coverage.stories import WEIGHT_OF_MEANING
from framelens.align.differing.marks import stem, tokens_of
from framelens.annotate.embeddings import embed, rarity
from framelens.annotate.ledger import ATTRIBUTED_VOICES
from framelens.annotate.voices import LEFT_OUT
from framelens.corpus import corpus_of
from framelens.measure.accuracy import HEADLINE_ACCURACY
from framelens.measure.counts import (
    COUNT_COLUMNS,
    EVIDENCE_COLUMNS,
    NO_OUTLET,
    Counts,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from framelens.corpus import Corpus

    Span = tuple[int, int]

ATTRIBUTED, OWN = "attributed in the text", "asserted in the text"
"""What the text does with what its headline asserts."""

CLAIM_COLUMNS = [
    *("event", "outlet", "article", "voice", "headline", "item", "start", "end"),
    *("speaker", "score", "attributed"),
]
"""The columns of ``Headlines.claims``."""

FEWEST = 4
"""Words that say something, from which a headline can be found again."""

SAME = 0.55
"""Score from which a sentence says what the headline does. This and the numbers below
were chosen on the 33 headlines of 90 scraped articles that assert something."""

SENTENCES = 8
"""Of a text are scored: those that share most words with its headline."""

MOSTLY, HARDLY = 0.7, 0.4
"""Shares of the shared words, by rarity: from the one on a sentence attributes what
the headline asserts, up to the other it asserts that itself."""

NEAR = 0.15
"""A sentence that scores so much less than the best may still say the same."""

_NOT_PLAIN = re.compile(r"[?:\"“”«»]|(?<!\w)['‘]|['’](?!\w)")
"""Questions, quotations and what a colon hands over: no plain assertion."""


@dataclass(frozen=True, eq=False, kw_only=True, repr=False)
class Headlines(Counts):
    """What headlines assert and texts attribute: counts, and both their sentences.

    Attributes
    ----------
    claims : DataFrame
        One row per headline that asserts something in the outlet's own voice: ``event,
        outlet, article, voice`` (of the headline), ``headline``; ``item``: what the
        text does with it, missing where no sentence says the same; ``start, end`` of
        that sentence in the text, -1 where there is none; ``speaker``: to whom it is
        attributed, missing where nobody is named; ``score``: how near the sentence
        comes to the headline, up to 1; ``attributed``: the share of what both say that
        stands in somebody else's voice there.
    by_outlet : DataFrame
        ``outlet, k, n, share, low, high``: in k of the outlet's n headlines that assert
        something the text attributes it; the 95 % interval of Wilson (1927), as if
        headlines had nothing to do with each other. For a difference that is tested
        there is `framelens.contrast`.
    """

    claims: pd.DataFrame = field(repr=False)

    @property
    def by_outlet(self) -> pd.DataFrame:
        """How often the text attributes what its headline asserts, by outlet."""
        outlet = self.claims["outlet"].astype(object).fillna(NO_OUTLET)
        said = self.claims["item"].eq(ATTRIBUTED).groupby(outlet)
        table = said.agg(k="sum", n="size").rename_axis("outlet").reset_index()
        ends = [wilson(k, n) for k, n in zip(table["k"], table["n"], strict=True)]
        table = table.assign(share=table["k"] / table["n"])
        low, high = ([pair[side] for pair in ends] for side in (0, 1))
        return table.assign(low=low, high=high)

    @property
    def caption(self) -> str:
        """How many headlines assert what the text attributes."""
        said = int(self.claims["item"].eq(ATTRIBUTED).sum())
        number = len(self.claims)
        asserts = "asserts" if number == 1 else "assert"
        return (
            f"{counted(number, 'headline')} {asserts} something in the outlet's own "
            f"voice; in {said:,} of them the text attributes it to somebody whom the "
            "headline does not name."
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """How far to trust it."""
        return (HEADLINE_ACCURACY,)


def headlines(corpus: Corpus | pd.DataFrame | str | Path) -> Headlines:
    r"""Ask what headlines assert that the text below them attributes to somebody.

    Looked at are headlines in the outlet's own voice: without an attribution, a
    quotation, a colon or a question mark, with a verb and at least four words that say
    something. A text attributes what its headline asserts where the sentence that
    comes nearest to it has most of the shared words in somebody's mouth, in quotation
    marks or reported; where no other sentence that comes near it asserts them; and
    where the headline does not name who speaks.

    Parameters
    ----------
    corpus : Corpus, DataFrame or path
        Whole articles with their ``title``.

    Returns
    -------
    Headlines
        Items are "attributed in the text" and "asserted in the text"; k is 1 for a
        headline of which that is true, n is 1 for every headline that asserts
        something, so that shares are of headlines. ``.claims`` has each of them;
        ``.evidence(item)`` the sentences, with the headline and the speaker.

    Raises
    ------
    InputError
        If the corpus is cut to a zone.
    MissingPartError
        If the parser, the embedder, or the attribution model is not installed.

    Notes
    -----
    A headline has no room for "police say", and often somebody else writes it: that the
    text attributes what it asserts is a matter of wording, not of truth. Nearness is
    that of `framelens.coverage`: meaning, by embeddings, and rare words in common. No
    embedding tells agreement from contradiction: read both sentences.

    Examples
    --------
    >>> text = ("Northbank hid the leak in the old dam for years, the mayor said.\n\n"
    ...         "It rained all day.")
    >>> articles = pd.DataFrame({"article": ["a"], "outlet": ["Daily"], "text": [text],
    ...                          "title": ["Northbank hid leak in old dam for years"]})
    >>> found = headlines(articles)
    >>> found.claims[["item", "speaker"]].values.tolist()
    [['attributed in the text', 'mayor']]
    >>> found.evidence("attributed in the text")["text"].tolist()
    ['Northbank hid the leak in the old dam for years, the mayor said.']
    """
    corpus = corpus_of(corpus)
    if corpus.zone is not None:
        raise InputError(
            "headlines() sets headlines against whole texts; give it corpus.whole."
        )
    claims = _claims(corpus)
    return Headlines(
        claims[claims["item"].notna()].assign(k=1)[COUNT_COLUMNS],
        claims.assign(n=1)[[*COUNT_COLUMNS[:4], "n"]],
        "headlines",
        "headlines",
        _occurrences,
        corpus,
        claims=claims,
    )


class _Sentence(NamedTuple):
    """A sentence near a headline, and how much of what they share is attributed."""

    score: float
    attributed: float
    start: int
    end: int


def _claims(corpus: Corpus) -> pd.DataFrame:
    """Give what headlines assert, and what the texts do with it."""
    rows = []
    if corpus.articles["title"].notna().any():
        headline_of = _asserting(corpus.where(zone="headline"))
        part = corpus.where(article=list(headline_of)) if headline_of else corpus
        voice = "rest" if corpus.marks_only else "own"
        tables = (part.sentences, part.voices, part.ledger)
        parts = [dict(list(table.groupby("article"))) for table in tables]
        keys = part.articles[["event", "outlet", "article", "text"]]
        for *key, text in keys.itertuples(index=False, name=None):
            if key[2] not in headline_of:
                continue
            own = [each.get(key[2], table.iloc[:0]) for each, table in zip(
                parts, tables, strict=True)]  # fmt: skip
            headline = headline_of[key[2]]
            rows.append((*key, voice, headline, *_found(headline, text, *own)))
    table = pd.DataFrame(rows, columns=CLAIM_COLUMNS)
    numbers = {"score": "float64", "attributed": "float64"}
    return table.astype({"start": "int64", "end": "int64", **numbers})


def _asserting(cut: Corpus) -> dict[str, str]:
    """Give the headlines that assert something in the outlet's own voice."""
    attributing = set(cut.ledger["article"])
    tokens = cut.tokens
    telling = set(tokens.loc[tokens["pos"].isin(["VERB", "AUX"]), "article"])
    pairs = zip(cut.articles["article"], cut.articles["text"], strict=True)
    return {
        article: headline
        for article, headline in pairs
        if article in telling - attributing
        and not _NOT_PLAIN.search(headline)
        and len(_weights(headline)) >= FEWEST
    }


def _weights(text: str) -> dict[str, float]:
    """Give the stems of the words that say something, and how rare they are."""
    rare = {stem(token.text): rarity(token.low) for token in tokens_of(text)}
    return {word: weight for word, weight in rare.items() if word}


def _found(
    headline: str,
    text: str,
    sentences: pd.DataFrame,
    voices: pd.DataFrame,
    ledger: pd.DataFrame,
) -> tuple[str | None, int, int, str | None, float, float]:
    """Say what a text does with its headline, where, and by whom it is said."""
    near = sorted(_near(headline, text, sentences, voices), reverse=True)
    if not near or near[0].score < SAME:
        return None, -1, -1, None, near[0].score if near else np.nan, np.nan
    best = near[0]
    place = (best.start, best.end, None, best.score, best.attributed)
    least = max(SAME, best.score) - NEAR
    if any(one.attributed <= HARDLY and one.score >= least for one in near):
        return OWN, *place
    said = _speaker(ledger, best.start, best.end)
    if best.attributed < MOSTLY or said is None or said.names & set(_weights(headline)):
        return None, *place
    return ATTRIBUTED, best.start, best.end, said.name, best.score, best.attributed


def _near(
    headline: str, text: str, sentences: pd.DataFrame, voices: pd.DataFrame
) -> Iterator[_Sentence]:
    """Score the sentences that share most words with a headline."""
    ours = _weights(headline)
    ordered = voices.sort_values("start")
    starts, names = ordered["start"].to_numpy(), ordered["voice"].to_numpy(object)
    told = []
    for start, end in zip(sentences["start"], sentences["end"], strict=True):
        said: dict[str, list[str]] = {}
        for token in tokens_of(text[start:end]):
            if (word := stem(token.text)) in ours:
                at = np.searchsorted(starts, start + token.start, side="right") - 1
                said.setdefault(word, []).append(names[at])
        if said and not any(LEFT_OUT in several for several in said.values()):
            shared = sum(ours[word] for word in said)
            others = sum(ours[word] * _share(several) for word, several in said.items())
            told.append((shared / sum(ours.values()), others / shared, start, end))
    told = sorted(told, reverse=True)[:SENTENCES]
    if not told:
        return
    vectors = embed([headline, *(text[start:end] for *_, start, end in told)])
    meaning = vectors[1:] @ vectors[0]
    for (share, others, start, end), cosine in zip(told, meaning, strict=True):
        score = WEIGHT_OF_MEANING * float(cosine) + (1 - WEIGHT_OF_MEANING) * share
        yield _Sentence(score, others, int(start), int(end))


def _share(voices: list[str]) -> float:
    """Give the share of places that stand in somebody else's voice."""
    return sum(voice in ATTRIBUTED_VOICES for voice in voices) / len(voices)


class _Speaker(NamedTuple):
    """Who is said to say something: the name, and the stems of all its forms."""

    name: str | None
    names: frozenset[str]


def _speaker(ledger: pd.DataFrame, start: int, end: int) -> _Speaker | None:
    """Give who says most of a sentence; None where it is attributed to nobody."""
    rows = ledger[ledger["depth"].eq(0)]
    shared = [
        sum(max(0, min(end, last) - max(start, first)) for first, last in content)
        for content in rows["content"]
    ]
    if not any(shared):
        return None
    row = rows.iloc[int(np.argmax(shared))]
    forms = [row[name] for name in ("actor", "speaker", "source_text", "affiliation")]
    told = [form for form in forms if isinstance(form, str)]
    stems = frozenset(word for form in told for word in _weights(form))
    return _Speaker(told[0] if told else None, stems)


def _occurrences(corpus: Corpus, item: str) -> pd.DataFrame:
    """Find the sentences of one item, with headline and speaker."""
    claims = _claims(corpus)
    rows = claims[claims["item"].eq(item)]
    texts = dict(zip(corpus.articles["article"], corpus.articles["text"], strict=True))
    places = zip(rows["article"], rows["start"], rows["end"], strict=True)
    rows = rows.assign(text=[texts[one][start:end] for one, start, end in places])
    return rows[[*EVIDENCE_COLUMNS, "headline", "speaker"]]


HEADLINES = Measure(
    "headlines",
    headlines,
    label="What headlines assert (not validated)",
    unit="headlines",
    accuracy=HEADLINE_ACCURACY,
)
