"""Coverage: what stands only here, and what the other outlet tells too.

The embedder lines passages up. Whether they agree, it does not know.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from framelens._checks import require_columns, require_known
from framelens.align.boilerplate import boilerplate as mark_boilerplate
from framelens.align.coverage_accuracy import ACCURACY
from framelens.align.coverage_result import (
    COUNTERPART,
    ONLY_HERE,
    TABLE_COLUMNS,
    UNCERTAIN,
    Coverage,
)
from framelens.align.coverage_stories import (
    SENTENCE,
    UNITS,
    in_events,
    left_out_notes,
    left_out_of,
    listed,
    pairs_of,
    require_few,
    require_parsed,
    require_some,
    stories_of,
)
from framelens.align.nearest import nearest, scores, shared_words
from framelens.align.sentence_runs import MOST_SENTENCES
from framelens.align.statements.english import other_letters
from framelens.annotate import parse
from framelens.annotate.chosen_voices import chosen_voices
from framelens.annotate.spoken_words import spoken_words
from framelens.read import articles_of

if TYPE_CHECKING:
    from pathlib import Path

    from framelens.align.nearest import Story
    from framelens.annotate.chosen_voices import Chosen

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
_ASKED = (
    "Taken sentence by sentence, as asked (a sentence alone finds a counterpart less "
    "easily than a paragraph)."
)

_BY_UNIT = (
    f"Of more than {MOST_SENTENCES} sentences, so that only whole paragraphs, or the "
    "sentences of long ones, are held against other articles (a counterpart is found "
    "there less easily, and no article as long was judged)"
)


def coverage(
    articles: pd.DataFrame | str | Path,
    *,
    by: Literal["paragraph", "sentence"] = "paragraph",
    voices: Chosen = None,
    tokens: pd.DataFrame | None = None,
    boilerplate: pd.DataFrame | None = None,
) -> Coverage:
    r"""Line up what outlets tell of one event, and find what stands only in one.

    A unit is a paragraph; a paragraph of more than 120 words, and an article with
    fewer than 3 paragraphs, is taken sentence by sentence. Furniture and boilerplate
    are left out. Each unit is held against every paragraph, sentence, and two or three
    sentences in a row of each article of another outlet on the same event. The nearest
    is kept, with its score, whatever the score is. Of an article of more than 400
    sentences only units are held against others, and the notes say so.

    Parameters
    ----------
    articles : DataFrame or path
        ``article, text``, and ``outlet`` and ``event`` where they are known. Where
        no event is given, all articles count as one event; where some are, the
        articles without one are left out, and named in the notes. An article without
        a stated outlet counts as of another outlet than all others.
    by : {"paragraph", "sentence"}, default "paragraph"
        "sentence" takes every article sentence by sentence, so that an article with
        paragraphs and one without can be set beside each other.
    voices : DataFrame or "marks", optional
        ``article, start, end, voice``; as `framelens.annotate.voices` gives them if
        not given. With "marks" own and indirect are not told apart, and nothing is
        read. What they mark as furniture is left out; the other voices are named in
        the table, and change nothing else.
    tokens : DataFrame, optional
        As `framelens.annotate.parse` gives them, which is used if not given.
    boilerplate : DataFrame, optional
        Spans with ``article, start, end`` that are left out as well; as
        `framelens.align.boilerplate` finds them in these articles if not given.
        It finds more in a whole corpus than in the articles of one event: where you
        give only these, give what it found there.

    Returns
    -------
    Coverage

    Raises
    ------
    InputError
        If no two articles of different outlets are on one event, more pairs of one
        event are to be lined up than 500 articles of different outlets make
        (124,750), `tokens` lacks those of an article, or `voices` is another word.
    UnknownNameError
        If `by` is another word.
    ColumnError
        If a table lacks a column.
    MissingPartError
        If the parser, the embedding model or the reader is not installed.

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
    require_known(by, UNITS, kind="unit")
    table = articles_of(articles)
    kept, notes = in_events(table)
    require_few(kept)
    pairs = list(pairs_of(kept))
    require_some(pairs, table)
    needed = {one for pair in pairs for one in pair}
    kept = kept[kept["article"].isin(needed)].reset_index(drop=True)
    notes += other_letters(
        zip(kept["article"].tolist(), kept["text"].tolist(), strict=True)
    )
    spoken = chosen_voices(kept, voices)
    lines = mark_boilerplate(table) if boilerplate is None else boilerplate
    require_columns(lines, ["article", "start", "end"], of="boilerplate")
    left_out = left_out_of(kept, spoken, lines)
    tokens = parse(kept) if tokens is None else tokens
    require_columns(
        tokens, ["article", "start", "end", "sentence", "lemma"], of="tokens"
    )
    require_parsed(kept, tokens)
    stories = stories_of(kept, left_out, tokens, by=by)
    pairs = [pair for pair in pairs if pair[0] in stories and pair[1] in stories]
    require_some(pairs, table)
    notes += left_out_notes(left_out, needed - set(stories))
    split = [name for name, story in stories.items() if story.by_sentence]
    if split:
        told = _ASKED if by == SENTENCE else f"{_BY_SENTENCE}: {listed(split)}."
        notes += (told,)
    long = [name for name, story in stories.items() if story.by_unit]
    if long:
        notes += (f"{_BY_UNIT}: {listed(long)}.",)
    lined_up = _line_up(kept, stories, pairs, spoken)
    notes = (*notes, CAUTION, ACCURACY.sentence())
    return Coverage(lined_up, notes, kept, spoken, left_out)


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
        One of `framelens.align.coverage_result.STATUSES`.

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
