"""Coverage: what only one outlet has, and what the others have too.

The embedder lines passages up. Whether they agree, it does not know.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import permutations
from math import comb
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from framelens._checks import InputError, require_known
from framelens._wording import counted, listed
from framelens.align.coverage.result import (
    TABLE_COLUMNS,
    Coverage,
    Places,
    paragraph_rates,
)
from framelens.align.coverage.stories import (
    MOST_SENTENCES,
    nearest,
    prepare,
    scores,
    shared_words,
    status_of,
)
from framelens.align.statements.english import other_letters
from framelens.annotate.spans import (
    each_text,
    grouped_spans,
    joined_spans,
    rows_of,
    texts_at,
)
from framelens.corpus import corpus_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from framelens.align.coverage.stories import Story
    from framelens.corpus import Corpus

PARAGRAPH, SENTENCE = UNITS = ("paragraph", "sentence")
"""What may be lined up."""

MOST_SHARED = 6
"""Shared words that the table names."""

MOST_ARTICLES = 500
"""Of one event at most, if each is of another outlet: every pair is lined up, and the
time grows with the pairs."""

MOST_PAIRS = comb(MOST_ARTICLES, 2)
"""Of articles of one event at most."""

CAUTION = (
    "“Counterpart” means that two passages speak of the same thing, not that they "
    "agree. “Only here” means that no counterpart was found in these articles."
)
"""Stands under everything that shows coverage."""

_BY_SENTENCE = (
    "Compared sentence by sentence, because these articles have no paragraphs (a "
    "single sentence finds a counterpart less easily, and the error rates below were "
    "measured on paragraphs)"
)
_ASKED = (
    "Compared sentence by sentence, as asked (a single sentence finds a counterpart "
    "less easily than a paragraph)."
)
_BY_UNIT = (
    f"Articles of more than {MOST_SENTENCES} sentences are searched only by whole "
    "paragraph, or by the sentences of long paragraphs (counterparts are found there "
    "less easily, and no article as long was judged)"
)


def coverage(
    corpus: Corpus | pd.DataFrame | str | Path,
    *,
    by: Literal["paragraph", "sentence"] = "paragraph",
) -> Coverage:
    r"""Line up what outlets report of one event, and find what only one of them has.

    A unit is a paragraph; a paragraph of more than 120 words, and an article with
    fewer than 3 paragraphs, is taken sentence by sentence. Furniture and boilerplate
    are left out. Each unit is compared with every paragraph, sentence, and two or three
    sentences in a row of each article of another outlet on the same event. The nearest
    is kept, with its score, whatever the score is. Of an article of more than 400
    sentences only units are compared with others, and the notes say so.

    Parameters
    ----------
    corpus : Corpus, DataFrame or path
        Where no event is given, all articles count as one event; where some are, the
        articles without one are left out, and named in the notes. An article without
        a stated outlet counts as of another outlet than all others. Boilerplate shows
        in a whole corpus, not in the articles of one event: read all that you have,
        and choose with ``corpus.where(event=...)``.
    by : {"paragraph", "sentence"}, default "paragraph"
        "sentence" takes every article sentence by sentence, so that an article with
        paragraphs and one without can be set beside each other.

    Returns
    -------
    Coverage

    Raises
    ------
    InputError
        If no two articles of different outlets are on one event, or more pairs of one
        event are to be lined up than 500 articles of different outlets make
        (124,750).
    UnknownNameError
        If `by` is another word.
    MissingPartError
        If the parser, the embedding model or the attribution model is not installed.

    Notes
    -----
    The score is two thirds the cosine of the embeddings, one third the share of the
    unit's words (lemmas, by rarity) that the passage has; of the passages within
    0.03 of the best the shortest is kept. Under 0.43 a unit is "only here", from 0.52
    it has a counterpart, between them it is uncertain. Under 0.43 it is uncertain too
    if it has fewer than 10 words, or shares with its counterpart two rare words that
    at most two sentences of either article have. These figures were set on the
    development half of the gold set; the result's notes say how the method does on
    the other half.

    "Counterpart" says that two passages speak of the same thing. It does not say
    that they agree.

    Examples
    --------
    >>> both = "The old dam above Reddin broke on Monday and flooded two villages."
    >>> only = "Critics call the minister of finance a friend of the big bankers."
    >>> articles = pd.DataFrame({"article": ["a", "b"], "outlet": ["Daily", "Herald"],
    ...     "text": [f"{both}\n{only}", both]})
    >>> table = coverage(articles).table
    >>> table.loc[table["article"] == "a", "status"].tolist()
    ['counterpart', 'only here']
    """
    corpus = corpus_of(corpus)
    require_known(by, UNITS, kind="unit")
    articles, notes = _in_events(corpus.articles)
    require_few(articles)
    pairs = list(_pairs_of(articles))
    _require_some(pairs, corpus)
    paired = {name for pair in pairs for name in pair}
    corpus = corpus.where(article=[a for a in articles["article"] if a in paired])
    articles = corpus.articles
    notes += other_letters(each_text(articles))
    left_out = _left_out_of(corpus)
    stories = _stories_of(corpus, left_out, by=by)
    pairs = [pair for pair in pairs if pair[0] in stories and pair[1] in stories]
    _require_some(pairs, corpus)
    notes += _left_out_notes(left_out, paired - set(stories))
    split = [name for name, story in stories.items() if story.by_sentence]
    if split:
        notes += (_ASKED if by == SENTENCE else f"{_BY_SENTENCE}: {listed(split)}.",)
    long = [name for name, story in stories.items() if story.by_unit]
    if long:
        notes += (f"{_BY_UNIT}: {listed(long)}.",)
    table = _lined_up(Places(corpus), stories, pairs)
    return Coverage(
        table,
        (*corpus.unlike(), *notes, CAUTION, paragraph_rates()),
        corpus,
        left_out,
    )


def _in_events(articles: pd.DataFrame) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Keep the articles that can be compared; say which event they are taken to be."""
    missing = articles["event"].isna()
    if missing.all():
        return articles, ("No event is stated: the articles are taken as one event.",)
    if not missing.any():
        return articles, ()
    left = listed(articles["article"][missing])
    return articles[~missing], (f"Left out, without an event: {left}.",)


def require_few(articles: pd.DataFrame) -> None:
    """Refuse an event in which too many pairs of articles are lined up."""
    for event, mine in articles.groupby("event", sort=False, dropna=False):
        alike = mine["outlet"].value_counts().tolist()
        pairs = comb(len(mine), 2) - sum(comb(count, 2) for count in alike)
        if pairs > MOST_PAIRS:
            name = "no stated event" if pd.isna(event) else f"the event {event!r}"
            raise InputError(
                f"coverage() lines up at most {MOST_PAIRS:,} pairs of articles of one "
                f"event, as many as {MOST_ARTICLES} articles of different outlets "
                f"make; {len(mine):,} articles of {name} make {pairs:,}. Find events "
                "with corpus.events, or leave out copies with "
                "align.without_duplicates."
            )


def _pairs_of(articles: pd.DataFrame) -> Iterator[tuple[str, str]]:
    """Give every article with each of its event that is not of its stated outlet."""
    for _, mine in articles.groupby("event", sort=False, dropna=False):
        rows = rows_of(mine, "article", "outlet")
        for (article, ours), (other, theirs) in permutations(rows, 2):
            if pd.isna(ours) or pd.isna(theirs) or ours != theirs:
                yield article, other


def _require_some(pairs: list[tuple[str, str]], corpus: Corpus) -> None:
    """Refuse where there is nothing to line up."""
    if not pairs:
        raise InputError(
            "coverage() needs two articles of different outlets on one event, with "
            f"text beside furniture; found none in {len(corpus)} articles. Fill the "
            "columns 'outlet' and 'event'."
        )


def _left_out_of(corpus: Corpus) -> pd.DataFrame:
    """Give what is not lined up: ``article, start, end, kind, text``."""
    place = ["article", "start", "end"]
    voices = corpus.voices
    furniture = voices.loc[voices["voice"] == "furniture", place]
    parts = (
        furniture.assign(kind="furniture"),
        corpus.boilerplate[place].assign(kind="boilerplate"),
    )
    spans = pd.concat(parts).drop_duplicates(place)
    spans = spans.sort_values(place, ignore_index=True)
    return spans.assign(text=texts_at(spans, corpus.articles))


def _stories_of(corpus: Corpus, left_out: pd.DataFrame, *, by: str) -> dict[str, Story]:
    """Prepare the articles that have a word beside what is left out."""
    spans = grouped_spans(left_out)
    tokens = corpus.tokens
    parsed = dict(tuple(tokens.groupby("article", sort=False)))
    stories = {}
    for article, text in each_text(corpus.articles):
        mine = parsed.get(article, tokens.iloc[:0])
        out = joined_spans(spans.get(article, []))
        story = prepare(article, text, mine, out, by_sentence=by == SENTENCE)
        if story.units:
            stories[article] = story
    return stories


def _left_out_notes(left_out: pd.DataFrame, silent: set[str]) -> tuple[str, ...]:
    """Say which articles are not lined up, and in which a passage is not."""
    lines = left_out[left_out["kind"] == "boilerplate"]
    notes = []
    if silent:
        notes.append(f"Left out, without a word beside furniture: {listed(silent)}.")
    if len(lines):
        number, names = counted(len(lines), "passage"), lines["article"].unique()
        notes.append(f"Left out as boilerplate: {number}, of {listed(names)}.")
    return tuple(notes)


def _lined_up(
    places: Places, stories: dict[str, Story], pairs: list[tuple[str, str]]
) -> pd.DataFrame:
    """Give the table: one row per unit and other article, in the order of articles."""
    partners: dict[str, list[Story]] = defaultdict(list)
    for name, partner in pairs:
        partners[name].append(stories[partner])
    rows: list[tuple[Any, ...]] = []
    for article, story in stories.items():
        others = partners[article]
        tables = [scores(story, other) for other in others]
        for number, unit in enumerate(story.units):
            voices = places.words_by_voice((article, *unit))
            voice, words = places.voice((article, *unit)), voices.total()
            for other, table in zip(others, tables, strict=True):
                passage = nearest(table[number], other.lengths)
                score = float(table[number, passage])
                shared, distinctive = _shared(story, number, other, passage)
                rows.append((
                    article, *unit, words, voices["direct"], voice,
                    other.article, *other.passages[passage], score,
                    status_of(score, words=words, distinctive=distinctive), shared,
                ))  # fmt: skip
    whole = [name for name in TABLE_COLUMNS if name.endswith(("start", "end", "words"))]
    return pd.DataFrame(rows, columns=TABLE_COLUMNS).astype(
        dict.fromkeys(whole, "int64")
    )


def _shared(story: Story, unit: int, other: Story, passage: int) -> tuple[str, int]:
    """Name the rarest words shared, and count the distinctive ones."""
    shared = shared_words(story.unit_words[unit], other.passage_words[passage])
    distinctive = (story.distinctive & other.distinctive).intersection(shared)
    return ", ".join(shared[:MOST_SHARED]), len(distinctive)
