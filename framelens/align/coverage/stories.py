"""Stories: articles cut into units and passages, and how near one comes to another."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice, pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy import sparse

from framelens.annotate.embeddings import SIZE, at_length_1, piecewise, rarity
from framelens.annotate.paragraphs import paragraph_offsets
from framelens.annotate.words import word_offsets

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt
    import pandas as pd

    Offsets = list[tuple[int, int]]
    Vectors = npt.NDArray[np.float32]
    Scores = npt.NDArray[np.float64]
    Lemmas = tuple[npt.NDArray[np.int64], list[int], list[str]]

COUNTERPART, UNCERTAIN, ONLY_HERE = STATUSES = ("counterpart", "uncertain", "only here")
"""What a unit may be. "Only here" means: as far as this method sees."""

ONLY_HERE_BELOW = 0.43
"""A unit whose nearest counterpart scores lower is called "only here"."""

COUNTERPART_FROM = 0.52
"""A unit whose nearest counterpart scores this or more is lined up with it."""

DISTINCTIVE_WORDS = 2
"""A unit that shares so many distinctive words with its nearest counterpart is never
called "only here": short sentences of one statement score low and share such words."""

SHORTEST_UNIT = 10
"""Words. A shorter unit is never called "only here": none was judged."""

LONGEST_UNIT = 120
"""Words. A longer paragraph is taken sentence by sentence: it tells several things."""

FEWEST_PARAGRAPHS = 3
"""An article with fewer is taken sentence by sentence: its line breaks were lost."""

LONGEST_PASSAGE, SHORTEST_PASSAGE = 150, 3
"""Words. The embedder reads no longer passages; shorter ones say nothing."""

SENTENCES = 3
"""As many sentences in a row, at most, make a counterpart."""

MOST_SENTENCES = 400
"""Of a longer article only units are counterparts, not every sentence and run of
sentences: their pairs grow with the square."""

WEIGHT_OF_MEANING = 2 / 3
"""The share of the cosine in the score; the rest is the shared words'. Chosen on the
development half of the gold set, where anything from 0.5 to 0.8 did as well."""

SLACK = 0.03
"""Of all passages that score this near to the best, the shortest is shown."""

DISTINCTIVE = 0.65
"""Rarity from which a word can be distinctive, if few sentences have it."""

FEW_SENTENCES = 2
"""A word in more sentences of an article belongs to its topic."""

_TELLING = 0.5  # rarity from which a shared word is worth naming


def status_of(score: float, *, words: int, distinctive: int) -> str:
    """Say what a unit is, by its best score, length and distinctive words in common."""
    if score >= COUNTERPART_FROM:
        return COUNTERPART
    sure = words >= SHORTEST_UNIT and distinctive < DISTINCTIVE_WORDS
    return ONLY_HERE if sure and score < ONLY_HERE_BELOW else UNCERTAIN


class Table(NamedTuple):
    """Sets of words as rows; each word has its column."""

    columns: dict[str, int]
    rows: sparse.csc_array

    def of(self, words: Iterable[str]) -> Scores:
        """Give some columns: 1 where a row has the word."""
        places = [self.columns[word] for word in words]
        chosen: Scores = self.rows[:, places].toarray()
        return chosen


@dataclass(frozen=True, eq=False)
class Story:
    """One article, ready to be lined up; its words are lemmas in lower case."""

    article: str
    units: Offsets
    passages: Offsets
    unit_vectors: Vectors
    passage_vectors: Vectors
    unit_words: list[frozenset[str]]
    passage_words: list[frozenset[str]]
    distinctive: frozenset[str]  # rare, and in two of its sentences at most
    by_sentence: bool  # all units are sentences, as asked or for want of paragraphs
    by_unit: bool  # only units are passages, for its length

    @cached_property
    def lengths(self) -> npt.NDArray[np.int64]:
        """The length of each passage, in characters."""
        return np.array([end - start for start, end in self.passages])

    @cached_property
    def looked_for(self) -> Table:
        """Which words the units have."""
        return _table(self.unit_words)

    @cached_property
    def there(self) -> Table:
        """Which words the passages have."""
        return _table(self.passage_words)


def prepare(
    article: str, text: str, tokens: pd.DataFrame, furniture: Offsets, *,
    by_sentence: bool = False,
) -> Story:  # fmt: skip
    """Cut an article, with its own tokens, into units and passages, and embed them."""
    paragraphs = story_of(text, paragraph_offsets(text), furniture)
    bounds = tokens.groupby("sentence", sort=True).agg(
        start=("start", "min"), end=("end", "max")
    )
    pairs = zip(bounds["start"].tolist(), bounds["end"].tolist(), strict=True)
    sentences = story_of(text, pairs, furniture)
    ours = units(text, paragraphs, sentences, by_sentence=by_sentence)
    theirs = passages(text, paragraphs, sentences, furniture)
    unit_vectors, passage_vectors = _vectors(text, ours, theirs, sentences)
    lemmas = _lemmas(tokens)
    return Story(
        article,
        ours,
        theirs,
        unit_vectors,
        passage_vectors,
        [_inside(lemmas, start, end) for start, end in ours],
        [_inside(lemmas, start, end) for start, end in theirs],
        _distinctive([_inside(lemmas, start, end) for start, end in sentences]),
        by_sentence or len(paragraphs) < FEWEST_PARAGRAPHS,
        len(sentences) > MOST_SENTENCES,
    )


def _vectors(
    text: str, units: Offsets, passages: Offsets, sentences: Offsets
) -> tuple[Vectors, Vectors]:
    """Embed units, each read once; a passage is the sum over its sentences in them."""
    begins = [start for start, _ in sentences]
    cut, starts = [], []
    for start, end in units:
        inner = begins[bisect_right(begins, start) : bisect_left(begins, end)]
        cut.append((text[start:end], tuple(place - start for place in inner)))
        starts += [start, *inner]
    read = piecewise(cut)
    whole = dict(zip(units, (rows[0] for rows in read), strict=True))
    pieces = [np.zeros((1, SIZE)), *(rows[1:].astype(float) for rows in read)]
    totals = np.concatenate(pieces).cumsum(axis=0)
    edges = np.array(passages, dtype=np.int64).reshape(-1, 2)
    first, last = np.searchsorted(starts, edges).T
    sums = totals[last] - totals[first]
    for place, passage in enumerate(passages):
        if passage in whole:
            sums[place] = whole[passage]
        elif first[place] == last[place]:  # no unit holds it
            sums[place] = piecewise([(text[slice(*passage)], ())])[0][0]
    return at_length_1(list(whole.values())), at_length_1(sums)


def units(
    text: str, paragraphs: Offsets, sentences: Offsets, *, by_sentence: bool = False
) -> Offsets:
    """Choose what is looked for in other articles: paragraphs, or their sentences."""
    whole = len(paragraphs) >= FEWEST_PARAGRAPHS and not by_sentence
    starts = [start for start, _ in sentences]
    chosen: Offsets = []
    for start, end in paragraphs:
        within = sentences[bisect_left(starts, start) : bisect_left(starts, end)]
        within = [sentence for sentence in within if sentence[1] <= end]
        if (whole and words_in(text, start, end) <= LONGEST_UNIT) or not within:
            chosen.append((start, end))
        else:
            chosen += within
    return chosen


def passages(
    text: str, paragraphs: Offsets, sentences: Offsets, furniture: Offsets
) -> Offsets:
    """List what may be found: paragraphs, sentences, and up to 3 sentences in a row."""
    if len(sentences) > MOST_SENTENCES:
        every = units(text, paragraphs, sentences)
    else:
        furniture = sorted(furniture)
        runs = {
            (sentences[first][0], sentences[first + length - 1][1])
            for length in range(1, SENTENCES + 1)
            for first in range(len(sentences) - length + 1)
        }
        clear = (run for run in runs if not _clip(furniture, *run))
        every = sorted({*paragraphs, *clear})
    fit = [
        passage
        for passage in every
        if SHORTEST_PASSAGE <= words_in(text, *passage) <= LONGEST_PASSAGE
    ]
    return fit or every


def story_of(
    text: str, stretches: Iterable[tuple[int, int]], furniture: Offsets
) -> Offsets:
    """Take furniture out of stretches; keep what has a word, without white space."""
    spans = sorted(furniture)
    left = chain.from_iterable(without(spans, *stretch) for stretch in stretches)
    return [_trimmed(text, *piece) for piece in left if words_in(text, *piece)]


def words_in(text: str, start: int, end: int) -> int:
    """Count the words of ``text[start:end]``."""
    return len(word_offsets(text[start:end]))


def without(furniture: Offsets, start: int, end: int) -> Offsets:
    """Give what is left of a stretch when furniture, in order, is taken out."""
    edges = [(start, start), *_clip(furniture, start, end), (end, end)]
    return [
        (left[1], right[0]) for left, right in pairwise(edges) if right[0] > left[1]
    ]


def _clip(spans: Offsets, start: int, end: int) -> Offsets:
    """Give the parts of spans, in order and without overlap, inside a stretch."""
    parts: Offsets = []
    for a, b in islice(spans, max(0, bisect_left(spans, (start, start)) - 1), None):
        if a >= end:
            break
        if b > start:
            parts.append((max(a, start), min(b, end)))
    return parts


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out white space at both ends."""
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def scores(story: Story, other: Story) -> Scores:
    """Score passages (columns) against units, by embeddings and rare words shared."""
    cosine = story.unit_vectors.astype(float) @ other.passage_vectors.T.astype(float)
    shared = _shared_share(story.looked_for, other.there)
    both: Scores = WEIGHT_OF_MEANING * cosine + (1 - WEIGHT_OF_MEANING) * shared
    return both


def nearest(row: npt.NDArray[np.float64], lengths: npt.NDArray[np.int64]) -> int:
    """Choose among passages: the shortest of those that score nearly best."""
    close = np.flatnonzero(row >= row.max() - SLACK)
    return int(close[np.lexsort((-row[close], lengths[close]))[0]])


def shared_words(unit: frozenset[str], passage: frozenset[str]) -> list[str]:
    """Give the words, no common ones, that both share, the rarest first."""
    shared = (word for word in unit & passage if rarity(word) > _TELLING)
    return sorted(shared, key=lambda word: (-rarity(word), word))


def _lemmas(tokens: pd.DataFrame) -> Lemmas:
    """Give starts, ends and lemmas of the tokens that are words."""
    lemmas = [str(lemma).lower() for lemma in tokens["lemma"].tolist()]
    words = [  # no punctuation, no clitic such as *'s*
        place
        for place, lemma in enumerate(lemmas)
        if lemma[:1].isalnum() and (len(lemma) > 1 or lemma.isdigit())
    ]
    starts, ends = tokens["start"].tolist(), tokens["end"].tolist()
    return (
        np.array([starts[place] for place in words], dtype=np.int64),
        [ends[place] for place in words],
        [lemmas[place] for place in words],
    )


def _inside(lemmas: Lemmas, start: int, end: int) -> frozenset[str]:
    """Give the lemmas of the words inside a stretch."""
    starts, ends, words = lemmas
    first, last = np.searchsorted(starts, [start, end])
    return frozenset(words[at] for at in range(first, last) if ends[at] <= end)


def _distinctive(sentences: Sequence[frozenset[str]]) -> frozenset[str]:
    """Give the rare words that only one or two sentences have."""
    times = Counter(chain.from_iterable(sentences))
    few = (word for word, count in times.items() if count <= FEW_SENTENCES)
    return frozenset(word for word in few if rarity(word) >= DISTINCTIVE)


def _shared_share(units: Table, passages: Table) -> Scores:
    """Give the share of each unit's words, by rarity, that each passage has."""
    weights = np.array([rarity(word) for word in units.columns])
    total = (units.rows @ weights)[:, None]
    both = sorted(units.columns.keys() & passages.columns.keys())
    rare = np.array([rarity(word) for word in both])
    common = (units.of(both) * rare) @ passages.of(both).T
    share: Scores = np.divide(common, total, out=np.zeros_like(common), where=total > 0)
    return share


def _table(sets: Sequence[frozenset[str]]) -> Table:
    """Set out which words each set has."""
    columns = {word: place for place, word in enumerate(sorted(set().union(*sets)))}
    places = [sorted(columns[word] for word in words) for words in sets]
    ends = np.cumsum([0, *map(len, places)])
    chosen = np.fromiter(chain.from_iterable(places), dtype=np.int64)
    shape = (len(sets), len(columns))
    rows = sparse.csr_array((np.ones(len(chosen)), chosen, ends), shape=shape)
    return Table(columns, rows.tocsc())
