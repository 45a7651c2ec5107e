"""Coverage: what stands only here, and what the other outlet tells too.

The embedder lines passages up. Whether they agree, it does not know.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from itertools import permutations
from typing import TYPE_CHECKING, Any

import pandas as pd

from framelens._checks import InputError, require_columns
from framelens.annotate import parse
from framelens.annotate import voices as mark_voices
from framelens.measure.coverage_accuracy import ACCURACY
from framelens.measure.coverage_result import (
    COUNTERPART,
    ONLY_HERE,
    TABLE_COLUMNS,
    UNCERTAIN,
    Coverage,
)
from framelens.measure.nearest import nearest, prepare, scores, shared_words
from framelens.measure.passages import MOST_SENTENCES
from framelens.measure.spoken_words import spoken_words
from framelens.measure.statements.letters import other_letters
from framelens.read import articles_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from framelens.measure.nearest import Story

ONLY_HERE_BELOW = 0.46
"""A unit whose nearest counterpart scores lower is called "only here"."""

COUNTERPART_FROM = 0.52
"""A unit whose nearest counterpart scores this or more is lined up with it."""

DISTINCTIVE_WORDS = 2
"""A unit that shares so many distinctive words with its nearest counterpart is never
called "only here": short sentences of one statement score low and share such words."""

SHORTEST_UNIT = 10
"""Words. A shorter unit is never called "only here": none was judged."""

MOST_SHARED = 6
"""Shared words that the table names."""


CAUTION = (
    "“Counterpart” means that two passages speak of the same thing, not that they "
    "agree. “Only here” means that no counterpart was found in these articles."
)
"""Stands under everything that shows coverage."""

_BY_SENTENCE = (
    "Taken sentence by sentence, for want of paragraphs (a sentence alone finds a "
    "counterpart less easily, and the judged units were paragraphs)"
)


_BY_UNIT = (
    f"Of more than {MOST_SENTENCES} sentences, so that only whole paragraphs, or the "
    "sentences of long ones, are held against other articles (a counterpart is found "
    "there less easily, and no article as long was judged)"
)


def coverage(
    articles: pd.DataFrame | str | Path,
    *,
    voices: pd.DataFrame | None = None,
    tokens: pd.DataFrame | None = None,
) -> Coverage:
    r"""Line up what outlets tell of one event, and find what stands only in one.

    A unit is a paragraph; a paragraph of more than 120 words, and an article with
    fewer than 3 paragraphs, is taken sentence by sentence. Furniture is left out.
    Each unit is held against every paragraph, sentence, and two or three sentences
    in a row of each article of another outlet on the same event. The nearest is
    kept, with its score, whatever the score is. Of an article of more than 400
    sentences only units are held against others, and the notes say so.

    Parameters
    ----------
    articles : DataFrame or path
        ``article, text``, and ``outlet`` and ``event`` where they are known. Where
        no event is given, all articles count as one event; where some are, the
        articles without one are left out, and named in the notes. An article without
        a stated outlet counts as of another outlet than all others.
    voices : DataFrame, optional
        ``article, start, end, voice``; as `framelens.annotate.voices` gives them if
        not given. What they mark as furniture is left out.
    tokens : DataFrame, optional
        As `framelens.annotate.parse` gives them, which is used if not given.

    Returns
    -------
    Coverage

    Raises
    ------
    InputError
        If no two articles of different outlets are on one event.
    ColumnError
        If a table lacks a column.
    MissingPartError
        If the parser or the embedding model is not installed.

    Notes
    -----
    The score is two thirds the cosine of the embeddings, one third the share of the
    unit's words (lemmas, by rarity) that the passage has; of the passages within
    0.03 of the best the shortest is kept. Under 0.46 a unit is "only here", from 0.52
    it has a counterpart, between them it is uncertain. Under 0.46 it is uncertain too
    if it has fewer than 10 words, or shares with its counterpart two rare words that
    at most two sentences of either article have. These figures were set on the
    development half of the gold set; `ACCURACY` says how the method does on the other
    half.

    "Counterpart" says that two passages speak of the same thing. It does not say
    that they agree.

    Examples
    --------
    >>> told = "The old dam above Reddin broke on Monday and flooded two villages."
    >>> only = "Critics call the minister of finance a friend of the big bankers."
    >>> articles = pd.DataFrame({"article": ["a", "b"], "outlet": ["Daily", "Herald"],
    ...     "text": [f"{told}\n{only}", told]})
    >>> found = coverage(articles)
    >>> found.table.loc[found.table["article"] == "a", "status"].tolist()
    ['counterpart', 'only here']
    """
    table = articles_of(articles)
    kept, notes = _in_events(table)
    pairs = list(_pairs(kept))
    _require_some(pairs, table)
    needed = {one for pair in pairs for one in pair}
    kept = kept[kept["article"].isin(needed)].reset_index(drop=True)
    notes += other_letters(
        zip(kept["article"].tolist(), kept["text"].tolist(), strict=True)
    )
    voices = mark_voices(kept) if voices is None else voices
    require_columns(voices, ["article", "start", "end", "voice"], of="voices")
    tokens = parse(kept) if tokens is None else tokens
    require_columns(
        tokens, ["article", "start", "end", "sentence", "lemma"], of="tokens"
    )
    stories = _stories(kept, voices, tokens)
    pairs = [pair for pair in pairs if pair[0] in stories and pair[1] in stories]
    _require_some(pairs, table)
    silent = needed - set(stories)
    if silent:
        notes += (f"Left out, without a word beside furniture: {_listed(silent)}.",)
    split = [name for name, story in stories.items() if story.by_sentence]
    if split:
        notes += (f"{_BY_SENTENCE}: {_listed(split)}.",)
    long = [name for name, story in stories.items() if story.by_unit]
    if long:
        notes += (f"{_BY_UNIT}: {_listed(long)}.",)
    lined_up = _line_up(kept, stories, pairs, voices)
    return Coverage(lined_up, (*notes, CAUTION, ACCURACY.sentence()), kept, voices)


def status_of(score: float, *, words: int, distinctive: int) -> str:
    """Say what a unit is.

    Parameters
    ----------
    score : float
        Of its nearest counterpart.
    words : int
        How long it is.
    distinctive : int
        How many distinctive words it shares with that counterpart.

    Returns
    -------
    str
        One of `framelens.measure.coverage_result.STATUSES`.

    Examples
    --------
    >>> [status_of(score, words=30, distinctive=0) for score in (0.3, 0.49, 0.7)]
    ['only here', 'uncertain', 'counterpart']
    >>> status_of(0.3, words=4, distinctive=0), status_of(0.3, words=30, distinctive=2)
    ('uncertain', 'uncertain')
    """
    if score >= COUNTERPART_FROM:
        return COUNTERPART
    told = words >= SHORTEST_UNIT and distinctive < DISTINCTIVE_WORDS
    return ONLY_HERE if told and score < ONLY_HERE_BELOW else UNCERTAIN


def _require_some(pairs: list[tuple[str, str]], articles: pd.DataFrame) -> None:
    if not pairs:
        raise InputError(
            "coverage() needs two articles of different outlets on one event, with "
            f"text beside furniture; found none in {len(articles)} articles. Fill the "
            "columns 'outlet' and 'event'."
        )


def _in_events(articles: pd.DataFrame) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Keep the articles that can be compared; say which event they are taken to be."""
    missing = articles["event"].isna()
    if missing.all():
        return articles, ("No event is stated: the articles are taken as one event.",)
    if not missing.any():
        return articles, ()
    left = _listed(articles["article"][missing])
    return articles[~missing], (f"Left out, without an event: {left}.",)


def _pairs(articles: pd.DataFrame) -> Iterator[tuple[str, str]]:
    """Give every article with each article of another outlet on the same event.

    The rule of `framelens.measure.statements`: articles of the same stated outlet are
    not compared with each other, articles without an outlet are compared with all.
    """
    for _, mine in articles.groupby("event", sort=False, dropna=False):
        names, outlets = mine["article"].tolist(), mine["outlet"].tolist()
        for (one, ours), (other, theirs) in permutations(
            zip(names, outlets, strict=True), 2
        ):
            if pd.isna(ours) or pd.isna(theirs) or ours != theirs:
                yield one, other


def _stories(
    articles: pd.DataFrame, voices: pd.DataFrame, tokens: pd.DataFrame
) -> dict[str, Story]:
    """Prepare the articles that have a word beside furniture."""
    furniture = voices[voices["voice"] == "furniture"]
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    columns = (furniture[one].tolist() for one in ("article", "start", "end"))
    for article, start, end in zip(*columns, strict=True):
        spans[article].append((start, end))
    parsed = dict(tuple(tokens.groupby("article", sort=False)))
    stories = {}
    for row in zip(
        articles["article"].tolist(), articles["text"].tolist(), strict=True
    ):
        story = prepare(
            *row, parsed.get(row[0], tokens.iloc[:0]), sorted(spans[row[0]])
        )
        if story.units:
            stories[row[0]] = story
    return stories


def _line_up(
    articles: pd.DataFrame,
    stories: dict[str, Story],
    pairs: list[tuple[str, str]],
    voices: pd.DataFrame,
) -> pd.DataFrame:
    """Give the table: one row per unit and other article, in the order of articles."""
    texts = dict(zip(articles["article"], articles["text"], strict=True))
    by_article = dict(tuple(voices.groupby("article", sort=False)))
    partners: dict[str, list[Story]] = defaultdict(list)
    for a, b in pairs:
        partners[a].append(stories[b])
    rows: list[tuple[Any, ...]] = []
    for name, story in stories.items():
        spoken = spoken_words(texts[name], by_article.get(name, voices.iloc[:0]))
        starts = [start for start, _, _ in spoken]
        about = [
            _voice(spoken[bisect_left(starts, start) : bisect_left(starts, end)])
            for start, end in story.units
        ]
        others = partners[name]
        tables = [scores(story, other) for other in others]
        for place, unit in enumerate(story.units):
            for other, table in zip(others, tables, strict=True):
                found = nearest(table[place], other.passages)
                score = float(table[place, found])
                shared, distinctive = _shared(story, place, other, found)
                status = status_of(
                    score, words=about[place][0], distinctive=distinctive
                )
                where = (other.article, *other.passages[found])
                rows.append((name, *unit, *about[place], *where, score, status, shared))
    whole = [name for name in TABLE_COLUMNS if name.endswith(("start", "end", "words"))]
    return pd.DataFrame(rows, columns=TABLE_COLUMNS).astype(
        dict.fromkeys(whole, "int64")
    )


def _shared(story: Story, place: int, other: Story, found: int) -> tuple[str, int]:
    """Name the rarest words shared, and count the distinctive ones."""
    shared = shared_words(story.unit_words[place], other.passage_words[found])
    distinctive = (story.distinctive & other.distinctive).intersection(shared)
    return ", ".join(shared[:MOST_SHARED]), len(distinctive)


def _voice(inside: list[tuple[int, int, str]]) -> tuple[int, int, str]:
    """Count the words of a unit, and the quoted ones; name the voice they are in."""
    voices = Counter(voice for _, _, voice in inside)
    named = next(iter(voices)) if len(voices) == 1 else "mixed"
    return len(inside), voices["direct"], named


def _listed(names: Iterable[object]) -> str:
    every = sorted(map(str, names))
    return ", ".join(every[:5]) + (f" and {len(every) - 5} more" if every[5:] else "")
