"""Terms: which words and word sequences stand in which voice, and how often."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa

from framelens._checks import InputError
from framelens.annotate.word_codes import Reader
from framelens.annotate.words import counted_form, word_offsets
from framelens.measure.counting import positions, sequences
from framelens.measure.counts import TEXT, TOTAL_COLUMNS, Counts
from framelens.measure.cuts import cuts, rule_of
from framelens.read import articles_of

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt

    from framelens.annotate.word_codes import Words
    from framelens.measure.counts import Find
    from framelens.measure.cuts import Spans, Voices

BATCH = 10_000
"""Articles that are read at a time."""

UNITS = {1: "words", 2: "pairs of words", 3: "triples of words"}
"""What n counts, by the length of the sequence."""

OCCURRENCE_COLUMNS = ["article", "outlet", "voice", "start", "end", "text"]
"""What `occurrences` gives for each place."""


def terms(
    articles: pd.DataFrame | str | Path | WordsRead,
    *,
    order: int = 1,
    voices: Voices = None,
    sentences: Spans = None,
) -> Counts:
    """Count words, or sequences of words, by article and voice.

    Parameters
    ----------
    articles : DataFrame, path or WordsRead
        ``article, outlet, event, text``; or what `read_words` returned, so that
        several lengths of sequences are counted from one reading.
    order : int, default 1
        How many words make an item: 1 for words, 2 for pairs, and so on.
    voices : DataFrame, "marks" or "none", optional
        Spans with ``article, start, end, voice``, as `framelens.annotate.voices`
        gives them (own, direct, indirect), which is what is used where none are
        given; a fifth of a second for an article that was not read before. "marks"
        looks at quotation marks alone, for large corpora: direct, and rest for what
        stands outside them. "none" tells no voices apart and looks for no
        furniture: everything on the page counts, quotations, captions and datelines
        too, in the one voice ``whole``. That is what other tools count, and takes a
        small part of the time.
    sentences : DataFrame or "none", optional
        Spans with ``article, start, end``; only needed for `order` above 1, and
        then found by `framelens.annotate.sentences` where none are given, which
        takes a second for every 4,000 words. With "none" a sequence may run from
        one sentence into the next, as in other tools.

    Returns
    -------
    Counts
        Items are words in the form that `framelens.annotate.words.counted_form`
        gives, joined by one space. n is the number of positions of such a sequence
        inside one sentence and one stretch of one voice: a sequence never jumps
        over another voice. A word belongs to the voice in which it starts;
        furniture is left out, as is what stands in no voice. The counts are held as
        integers (`Counts.sparse`); their long table is made when it is asked for.

    Raises
    ------
    ColumnError
        If a table lacks a column.
    InputError
        If `order` is not a whole number from 1, or `voices` or `sentences` is
        another word.
    MissingPartError
        If the reader is needed and not installed.

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
    _check_order(order)
    if not isinstance(articles, WordsRead):
        if order == 1:
            sentences = None
        elif sentences is None:
            from framelens.annotate import sentences as find_sentences

            articles = articles_of(articles)
            sentences = find_sentences(articles)
        articles = read_words(articles, voices=voices, sentences=sentences)
    elif voices is not None or sentences is not None:
        raise InputError("voices and sentences are chosen in read_words().")
    return _counted(articles, order)


@dataclass(frozen=True, eq=False)
class WordsRead:
    """Articles read once, word by word; `terms` counts sequences of any length.

    Attributes
    ----------
    keys : DataFrame
        ``event, outlet, article`` of each article.
    words : Words
        The words of every stretch of one voice (and sentence).
    slot : array of int
        For each stretch its article's row times the number of voices, plus its voice.
    voices : list of str
    find : function
        As `Counts.find`.
    """

    keys: pd.DataFrame
    words: Words
    slot: npt.NDArray[np.int64]
    voices: list[str]
    find: Find


def read_words(
    articles: pd.DataFrame | str | Path,
    *,
    voices: Voices = None,
    sentences: Spans = "none",
) -> WordsRead:
    """Read articles word by word, for `terms`.

    Parameters
    ----------
    articles, voices, sentences
        As for `terms`; but sentences are never searched for. Words that stand in
        none of the given sentences are left out.

    Returns
    -------
    WordsRead

    Examples
    --------
    >>> articles = pd.DataFrame({"article": ["a"], "text": ["Talks end. Talks fail."]})
    >>> read = read_words(articles, voices="none")
    >>> terms(read), terms(read, order=2)
    (Counts(terms: 3 items, 4 words, 1 articles of 0 outlets),
     Counts(terms: 3 items, 3 pairs of words, 1 articles of 0 outlets))
    """
    keys, texts = _at_the_door(articles)
    rule = rule_of(voices, sentences)
    reader, slot, width = Reader(), [np.zeros(0, np.int64)], len(rule.voices)
    names = keys["article"].tolist()
    for first in range(0, len(keys), BATCH):
        part = texts.iloc[first : first + BATCH]
        if rule.cuts_nothing:
            reader.take(part)
            slot.append(np.arange(first, first + len(part)))
            continue
        found = cuts(names[first : first + BATCH], part.tolist(), rule)
        reader.take(found.texts)
        slot.append((found.article + first) * width + found.voice)
    find: Find = occurrences
    if voices is not None or sentences is not None:
        find = partial(occurrences, voices=voices, sentences=sentences)
    slots = np.concatenate(slot)
    return WordsRead(keys.astype(TEXT), reader.words(), slots, rule.voices, find)


def _at_the_door(
    articles: pd.DataFrame | str | Path,
) -> tuple[pd.DataFrame, pd.Series]:
    """Check articles; texts stay as they are held, for they may be many."""
    columns = ["event", "outlet", "article"]
    if isinstance(articles, pd.DataFrame) and _has_texts(articles):
        keys = articles[[name for name in columns if name in articles]]
        return articles_of(keys.assign(text=""))[columns], articles["text"]
    table = articles_of(articles)
    return table[columns], table["text"]


def _has_texts(articles: pd.DataFrame) -> bool:
    """Whether every article has an identifier and a string for a text."""
    if not articles.columns.is_unique or not {"article", "text"} <= set(articles):
        return False
    texts = articles["text"]
    if isinstance(texts.dtype, pd.StringDtype):
        return not texts.isna().any()
    return all(isinstance(text, str) for text in texts.tolist())


def _counted(read: WordsRead, order: int) -> Counts:
    """Count what was read; what holds no sequence has no total."""
    pa.default_memory_pool().release_unused()  # what reading the file has left behind
    number = np.bincount(read.slot, positions(read.words, order)).astype(np.int64)
    slot = np.flatnonzero(number)
    rows = np.searchsorted(slot, read.slot, side="right") - 1
    article, voice = np.divmod(slot, max(len(read.voices), 1))
    totals = read.keys.take(article).reset_index(drop=True)
    names = pd.Series(read.voices, dtype=TEXT).take(voice).reset_index(drop=True)
    totals = totals.assign(voice=names, n=number[slot])[TOTAL_COLUMNS]
    counts = sequences(read.words, rows, order=order)
    unit = UNITS.get(order, f"sequences of {order} words")
    return Counts.of_sparse(counts, totals, measure="terms", unit=unit, find=read.find)


def occurrences(
    articles: pd.DataFrame | str | Path,
    item: str,
    *,
    voice: str | None = None,
    voices: Voices = None,
    sentences: Spans = None,
) -> pd.DataFrame:
    """Find every place where a term was counted.

    Parameters
    ----------
    articles : DataFrame or path
        As for `terms`.
    item : str
        One word, or several joined by spaces; the form is that of `terms`, and
        any other spelling is brought to it.
    voice : str, optional
        Only places in this voice; None for all that is counted.
    voices : DataFrame, "marks" or "none", optional
    sentences : DataFrame or "none", optional
        As for `terms`.

    Returns
    -------
    DataFrame
        ``article, outlet, voice, start, end, text`` in order of articles and
        offsets; ``text`` is ``article text[start:end]``. As many rows as `terms`
        counts.

    Examples
    --------
    >>> articles = pd.DataFrame({"article": ["a"], "outlet": ["Daily"], "event": ["e"],
    ...                          "text": ["Talks end. Talks fail."]})
    >>> voices = pd.DataFrame({"article": ["a"], "start": [0], "end": [22],
    ...                        "voice": ["rest"]})
    >>> occurrences(articles, "talks", voices=voices)
      article outlet voice  start  end   text
    0       a  Daily  rest      0    5  Talks
    1       a  Daily  rest     11   16  Talks
    """
    table = articles_of(articles)
    spelling = " ".join(map(counted_form, item.split()))
    found = _places(table, item, voices, sentences)
    if found.empty and spelling != item:
        found = _places(table, spelling, voices, sentences)
    if voice is not None:
        found = found[found["voice"].eq(voice)].reset_index(drop=True)
    return found


def _places(
    table: pd.DataFrame, item: str, voices: Voices, sentences: Spans
) -> pd.DataFrame:
    """Find the places of one item; only texts that may hold it are cut."""
    may = [_may_hold(text, item) for text in table["text"].tolist()]
    table = table[may].reset_index(drop=True)
    wanted = item.split(" ")
    if len(wanted) == 1 or table.empty:
        sentences = "none"
    elif sentences is None:
        from framelens.annotate import sentences as find_sentences

        sentences = find_sentences(table)
    texts = table["text"].tolist()
    rule = rule_of(voices, sentences)
    found = cuts(table["article"].tolist(), texts, rule)
    rows = sorted(
        (article, start + first, start + last, rule.voices[voice])
        for article, start, voice, text in zip(
            found.article.tolist(),
            found.start.tolist(),
            found.voice.tolist(),
            found.texts,
            strict=True,
        )
        for first, last in _matches(text, wanted)
    )
    places = pd.DataFrame(rows, columns=["row", "start", "end", "voice"])
    places = places.astype({"row": np.int64, "start": np.int64, "end": np.int64})
    places["text"] = [texts[row][start:end] for row, start, end, _ in rows]
    keys = (
        table[["article", "outlet"]]
        .take([row[0] for row in rows])
        .reset_index(drop=True)
    )
    text = dict.fromkeys(["article", "outlet", "voice", "text"], TEXT)
    return keys.join(places)[OCCURRENCE_COLUMNS].astype(text)


def _matches(text: str, wanted: list[str]) -> list[tuple[int, int]]:
    """Give start and end of every run of words whose forms are those wanted."""
    offsets = word_offsets(text)
    forms = [counted_form(text[start:end]) for start, end in offsets]
    more = len(wanted) - 1
    return [
        (offsets[place][0], offsets[place + more][1])
        for place in range(len(forms) - more)
        if forms[place : place + more + 1] == wanted
    ]


def _may_hold(text: str, item: str) -> bool:
    """Whether the letters of an item stand in a text at all; never wrongly no."""
    if not item.isascii():
        return True
    lower, upper = text.replace("’", "'").lower(), text.replace(".", "").upper()
    return all(
        word in (lower if word == word.lower() else upper) for word in item.split(" ")
    )


def _check_order(order: int) -> None:
    if isinstance(order, bool) or not isinstance(order, int | np.integer) or order < 1:
        raise InputError(f"order must be a whole number from 1; got {order!r}.")
