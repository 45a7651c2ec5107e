"""Terms: which words and word sequences stand in which voice, and how often."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Self

import numpy as np
import pandas as pd
import pyarrow as pa

from framelens._checks import InputError, require_known
from framelens._declared import Measure, Option, whole_number
from framelens.annotate.joined_names import JoinedNames, joined_names
from framelens.annotate.word_codes import Reader, series_of
from framelens.annotate.words import plain
from framelens.corpus import corpus_of
from framelens.measure.accuracy import VOICE_ACCURACY
from framelens.measure.counts import TEXT, TOTAL_COLUMNS, Counts, evidence_table
from framelens.measure.cuts import cuts, rule_of
from framelens.measure.sparse import Tally, positions, sequences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import numpy.typing as npt
    import polars as pl

    from framelens.annotate.word_codes import Words
    from framelens.corpus import Corpus
    from framelens.measure.counts import Find
    from framelens.measure.cuts import Rule

    Whole = npt.NDArray[np.int64]
    Flags = npt.NDArray[np.bool_]

BATCH = 10_000
"""Articles that are read at a time: enough for speed, few enough for memory."""

READ_FOR_NAMES = 2_000
"""Articles in which names of several words are looked for at most."""

JOINED = ("names", "nothing")
"""What may be counted as one word."""

UNITS = {1: "words", 2: "pairs of words", 3: "triples of words"}
"""What n counts, by the length of the sequence."""


def terms(
    corpus: Corpus | pd.DataFrame | str | Path,
    *,
    order: int = 1,
    within: pd.DataFrame | None = None,
    join: str = "names",
) -> Counts:
    """Count words, or sequences of words, by article and voice.

    Parameters
    ----------
    corpus : Corpus, DataFrame or path
    order : int, default 1
        How many words make an item: 1 for words, 2 for pairs, and so on. Above 1
        sentences are needed, which takes a second for every 4,000 words.
    within : DataFrame, optional
        Spans with ``article, start, end``: count only there, as in the openings that
        ``emphasis(corpus).spans`` gives. A sequence does not leave its span.
    join : {"names", "nothing"}, default "names"
        "names": a name of several words that at least 5 articles have, such as
        "White House", is one item and counts as one word. With it count a surname
        alone whose bearer is the only one in these articles, and names with and
        without initials; and *defence* counts as *defense*. Only in `order` 1.

    Returns
    -------
    Counts
        Items are words in the form that `framelens.annotate.words.counted_form`
        gives, joined by one space. n is the number of positions of such a sequence
        inside one sentence and one stretch of one voice: a sequence never jumps
        over another voice. A word belongs to the voice in which it starts; furniture
        is left out. The counts are held as integers (`Counts.sparse`); their long
        table is made when it is asked for.

    Raises
    ------
    ColumnError
        If `within` lacks a column.
    InputError
        If `order` is not a whole number from 1.
    UnknownNameError
        If `join` is another word.
    MissingPartError
        If the attribution model is needed and not installed.

    Examples
    --------
    >>> articles = pd.DataFrame({"article": ["a"], "outlet": ["Daily"], "event": ["e"],
    ...                          "text": ["Talks end. He said that talks fail."]})
    >>> terms(articles).counts[["voice", "item", "k"]]
          voice   item  k
    0  indirect   fail  1
    1  indirect  talks  1
    2  indirect   that  1
    3       own    end  1
    4       own     he  1
    5       own   said  1
    6       own  talks  1
    """
    if isinstance(order, bool) or not isinstance(order, int | np.integer) or order < 1:
        raise InputError(f"order must be a whole number from 1; got {order!r}.")
    require_known(join, JOINED, kind="thing to join")
    corpus = corpus_of(corpus)
    joined = JoinedNames()
    if join == "names" and order == 1:
        joined = joined_names(some_of(corpus.articles["text"]))
    sentences = corpus.sentences if order > 1 else None
    rule = rule_of(corpus.voices, sentences, within)
    find = partial(occurrences, within=within, joined=joined)
    if order > 1:
        read = read_words(corpus.articles, rule, joined)
        return counted(read, order, find=find, corpus=corpus)
    return counted_words(corpus.articles, rule, joined, find=find, corpus=corpus)


def some_of(texts: pd.Series) -> pl.Series:
    """Give at most `READ_FOR_NAMES` texts, from first to last evenly apart."""
    step = max(-(-len(texts) // READ_FOR_NAMES), 1)
    return series_of(texts.iloc[::step])


def occurrences(
    corpus: Corpus,
    item: str,
    *,
    within: pd.DataFrame | None = None,
    joined: JoinedNames | None = None,
) -> pd.DataFrame:
    """Find where a term, in any spelling, was counted: for `Counts.evidence`."""
    articles, joined = corpus.articles, joined or JoinedNames()
    name = joined.item(item)
    usual = " ".join(form for word in item.split() for form in joined.forms(word))
    for form in (name or item, usual):
        spelled = joined.spellings(form)
        may = [
            any(may_hold(text, one) for one in spelled)
            for text in articles["text"].tolist()
        ]
        part = replace(corpus, articles=articles[may].reset_index(drop=True))
        wanted = [form] if form == name else form.split(" ")
        sentences = part.sentences if len(wanted) > 1 and len(part) else None
        search = Search.of(part, rule_of(part.voices, sentences, within), joined)
        names = np.array(search.read.words.names, dtype=object)
        begins = search.begins([names == word for word in wanted])
        evidence = search.evidence(begins, begins + len(wanted))
        if len(evidence):
            break
    return evidence


@dataclass(frozen=True, eq=False)
class WordsRead:
    """Articles read once, word by word: sequences of any length are counted from it.

    `keys` has ``event, outlet, article`` of each article. `words` is cut into stretches
    of one voice; `slot` is for each its article's row times the number of voices, plus
    its voice.
    """

    keys: pd.DataFrame
    words: Words
    slot: npt.NDArray[np.int64]
    voices: list[str]


def read_words(
    articles: pd.DataFrame, rule: Rule, joined: JoinedNames | None = None
) -> WordsRead:
    """Read articles word by word, in the stretches that a rule cuts."""
    reader, slots = Reader(joined), [np.zeros(0, np.int64)]
    for texts, slot in _stretches(articles, rule):
        reader.take(texts)
        slots.append(slot)
    return WordsRead(
        _keys(articles), reader.words(), np.concatenate(slots), rule.voices
    )


def _keys(articles: pd.DataFrame) -> pd.DataFrame:
    return articles.reindex(columns=["event", "outlet", "article"]).astype(TEXT)


def _stretches(
    articles: pd.DataFrame, rule: Rule
) -> Iterator[tuple[Sequence[str] | pd.Series, Whole]]:
    """Give the stretches that a rule cuts, batch by batch, and the slot of each."""
    texts, width = articles["text"], len(rule.voices)
    names = articles["article"].tolist()
    for first in range(0, len(articles), BATCH):
        part = texts.iloc[first : first + BATCH]
        if rule.cuts_nothing:  # texts stay as they are held, for they may be many
            yield part, np.arange(first, first + len(part))
            continue
        stretches = cuts(names[first : first + BATCH], part.tolist(), rule)
        yield stretches.texts, (stretches.article + first) * width + stretches.voice


@dataclass(frozen=True, eq=False)
class Search:
    """Articles read word by word, and which stretch (`text_of`) each word stands in."""

    corpus: Corpus
    rule: Rule
    read: WordsRead
    text_of: Whole
    joined: JoinedNames = field(default_factory=JoinedNames)

    @classmethod
    def of(cls, corpus: Corpus, rule: Rule, joined: JoinedNames | None = None) -> Self:
        """Read articles."""
        joined = joined or JoinedNames()
        read = read_words(corpus.articles, rule, joined)
        size = np.diff(read.words.edges)
        return cls(corpus, rule, read, np.repeat(np.arange(len(size)), size), joined)

    def begins(self, wanted: Sequence[Flags]) -> Whole:
        """Give where runs of words begin; `wanted` says which words may be in each."""
        code, last = self.read.words.code, len(wanted) - 1
        begins: Whole = np.flatnonzero(wanted[0][code])
        begins = begins[begins + last < len(code)]
        begins = begins[self.text_of[begins] == self.text_of[begins + last]]
        for step, flags in enumerate(wanted[1:], start=1):
            begins = begins[flags[code[begins + step]]]
        return begins

    def spans(
        self, begins: Whole, ends: Whole
    ) -> list[tuple[int, list[tuple[int, int]], str]]:
        """Give article's row, places of the words and text of each run, in order."""
        row_of = self.read.slot // max(len(self.read.voices), 1)
        rows = row_of[self.text_of[begins]]
        held, which = np.unique(rows, return_inverse=True)
        articles = self.corpus.articles.iloc[held]
        texts = articles["text"].tolist()
        stretches = cuts(articles["article"].tolist(), texts, self.rule)
        places: list[list[tuple[int, int]]] = [[] for _ in texts]
        starts = zip(stretches.article.tolist(), stretches.start.tolist(), strict=True)
        found = self.joined.offsets(stretches.texts)
        for (row, start), words in zip(starts, found, strict=True):
            places[row] += [(start + a, start + b) for a, b in words]
        zero = self.read.words.edges[np.searchsorted(row_of, held)][which]
        runs = np.stack([rows, which, begins - zero, ends - zero], axis=1).tolist()
        return [(row, places[at][a:b], texts[at]) for row, at, a, b in runs]

    def evidence(self, begins: Whole, ends: Whole) -> pd.DataFrame:
        """Give article, outlet, voice, start, end and text of runs of words."""
        keys = self.corpus.articles[["article", "outlet"]].to_numpy(object)
        voice = self.read.slot[self.text_of[begins]] % max(len(self.read.voices), 1)
        spans = zip(self.spans(begins, ends), voice.tolist(), strict=True)
        rows = (
            (*keys[row], self.read.voices[number], words[0][0], words[-1][1], text)
            for (row, words, text), number in spans
        )
        return evidence_table((*row[:5], row[5][row[3] : row[4]]) for row in rows)


def counted(
    read: WordsRead,
    order: int,
    *,
    find: Find | None = None,
    corpus: Corpus | None = None,
) -> Counts:
    """Count the sequences of words in what was read."""
    pa.default_memory_pool().release_unused()  # what reading the file has left behind
    totals, rows = totals_of(read, order)
    counts = sequences(read.words, rows, order=order)
    unit = UNITS.get(order, f"sequences of {order} words")
    return Counts.of_sparse(
        counts, totals, measure="terms", unit=unit, find=find, corpus=corpus
    )


def counted_words(
    articles: pd.DataFrame,
    rule: Rule,
    joined: JoinedNames | None = None,
    *,
    find: Find | None = None,
    corpus: Corpus | None = None,
) -> Counts:
    """Count the words of articles batch by batch, in the stretches that a rule cuts.

    The same as `counted` of what is read, where every word is an item; what is read is
    let go once it is counted.
    """
    pa.default_memory_pool().release_unused()  # what reading the file has left behind
    reader, tally = Reader(joined), Tally()
    slots, numbers = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for texts, slot in _stretches(articles, rule):
        reader.take(texts)
        code, size = reader.taken()
        there = size > 0
        slot, first = np.unique(slot[there], return_index=True)
        begins = np.cumsum(np.append(0, size[there]))[np.append(first, there.sum())]
        tally.add(code, begins)
        slots.append(slot)
        numbers.append(np.diff(begins))
    whole, n = np.concatenate(slots), np.concatenate(numbers)
    return Counts.of_sparse(
        tally.sparse(*reader.ranked()),
        _totals(_keys(articles), rule.voices, whole, n),
        measure="terms",
        unit=UNITS[1],
        find=find,
        corpus=corpus,
    )


def totals_of(
    read: WordsRead, order: int = 1
) -> tuple[pd.DataFrame, npt.NDArray[np.int64]]:
    """Give totals, where above 0, and for each stretch its row in them."""
    number = np.bincount(read.slot, positions(read.words, order)).astype(np.int64)
    slot = np.flatnonzero(number)
    rows = np.searchsorted(slot, read.slot, side="right") - 1
    return _totals(read.keys, read.voices, slot, number[slot]), rows


def _totals(
    keys: pd.DataFrame, voices: list[str], slot: Whole, n: Whole
) -> pd.DataFrame:
    """Lay out n by article and voice, from the slots that have any."""
    article, voice = np.divmod(slot, max(len(voices), 1))
    totals = keys.take(article).reset_index(drop=True)
    names = pd.Series(voices, dtype=TEXT).take(voice).reset_index(drop=True)
    return totals.assign(voice=names, n=n)[TOTAL_COLUMNS]


def may_hold(text: str, item: str) -> bool:
    """Whether the letters of an item stand in a text at all; never wrongly no."""
    if not item.isascii():
        return True
    text = plain(text)
    lower, upper = text.lower(), text.replace(".", "").upper()
    return all(
        word in (lower if word == word.lower() else upper) for word in item.split(" ")
    )


TERMS = Measure(
    "terms",
    terms,
    label="Words",
    unit="words",
    accuracy=f"Words are counted by a rule; {VOICE_ACCURACY.in_short()}.",
    options=(
        Option("order", "words an item has", read=whole_number, metavar="N"),
        Option(
            "join",
            "names (default): a name of several words is one item; nothing",
            choices=JOINED,
        ),
    ),
    in_report=True,
    marks_suffice=lambda options: options.get("order") in (None, 1),
)
