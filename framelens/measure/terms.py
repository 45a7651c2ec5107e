"""Terms: which words and word sequences stand in which voice, and how often."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framelens._checks import InputError, require_columns
from framelens.annotate.words import counted_form, word_offsets
from framelens.measure.counts import COUNT_COLUMNS, TEXT, TOTAL_COLUMNS, Counts
from framelens.read import articles_of

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt

    from framelens.measure.counts import Find

    Whole = npt.NDArray[np.int64]

LEFT_OUT = "furniture"
"""The voice that no count contains: datelines, captions, licence lines."""

UNITS = {1: "words", 2: "pairs of words", 3: "triples of words"}
"""What n counts, by the length of the sequence."""

OCCURRENCE_COLUMNS = ["article", "outlet", "voice", "start", "end", "text"]
"""What `occurrences` gives for each place."""


def terms(
    articles: pd.DataFrame | str | Path,
    *,
    order: int = 1,
    voices: pd.DataFrame | None = None,
    sentences: pd.DataFrame | None = None,
) -> Counts:
    """Count words, or sequences of words, by article and voice.

    Parameters
    ----------
    articles : DataFrame or path
        ``article, outlet, event, text``.
    order : int, default 1
        How many words make an item: 1 for words, 2 for pairs, and so on.
    voices : DataFrame, optional
        Spans with ``article, start, end, voice``, as `framelens.annotate.voices`
        gives them, which is what is used where none are given.
    sentences : DataFrame, optional
        Spans with ``article, start, end``; only needed for `order` above 1, and
        then found by `framelens.annotate.sentences` where none are given.

    Returns
    -------
    Counts
        Items are words in the form that `framelens.annotate.words.counted_form`
        gives, joined by one space. n is the number of positions of such a sequence
        inside one sentence and one stretch of one voice: a sequence never jumps
        over another voice. A word belongs to the voice in which it starts;
        furniture is left out, as is what stands in no voice.

    Raises
    ------
    ColumnError
        If a table lacks a column.
    InputError
        If `order` is not a whole number from 1.

    Examples
    --------
    >>> articles = pd.DataFrame({"article": ["a"], "outlet": ["Daily"], "event": ["e"],
    ...                          "text": ["Talks end. Talks fail."]})
    >>> voices = pd.DataFrame({"article": ["a"], "start": [0], "end": [22],
    ...                        "voice": ["rest"]})
    >>> terms(articles, voices=voices).counts[["voice", "item", "k"]]
      voice   item  k
    0  rest    end  1
    1  rest   fail  1
    2  rest  talks  2
    """
    _check_order(order)
    table = articles_of(articles)
    found = _sequences(table, order, voices, sentences)
    article, voice, item, k = _tally(found)
    counts = _keys(table, article).assign(
        voice=found.voices.take(voice), item=found.items.take(item), k=k
    )
    slot, n = np.unique(
        found.article * len(found.voices) + found.voice, return_counts=True
    )
    article, voice = np.divmod(slot, max(len(found.voices), 1))
    totals = _keys(table, article).assign(voice=found.voices.take(voice), n=n)
    find: Find = occurrences
    if voices is not None or sentences is not None:
        find = partial(occurrences, voices=voices, sentences=sentences)
    unit = UNITS.get(order, f"sequences of {order} words")
    return Counts(counts[COUNT_COLUMNS], totals[TOTAL_COLUMNS], "terms", unit, find)


def occurrences(
    articles: pd.DataFrame | str | Path,
    item: str,
    *,
    voice: str | None = None,
    voices: pd.DataFrame | None = None,
    sentences: pd.DataFrame | None = None,
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
    voices, sentences : DataFrame, optional
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
    order = max(len(item.split()), 1)
    found = _sequences(table, order, voices, sentences)
    code = found.items.get_indexer(pd.Index([item]))[0]
    if code < 0:
        spelling = " ".join(map(counted_form, item.split()))
        code = found.items.get_indexer(pd.Index([spelling]))[0]
    here = (found.item == code) & (code >= 0)
    if voice is not None:
        here &= found.voices.take(found.voice).to_numpy() == voice
    texts = table["text"].tolist()
    article, start, end = found.article[here], found.start[here], found.end[here]
    places = zip(article.tolist(), start.tolist(), end.tolist(), strict=True)
    return _keys(table, article).assign(
        voice=found.voices.take(found.voice[here]),
        start=start,
        end=end,
        text=pd.Series([texts[one][a:b] for one, a, b in places], dtype=TEXT),
    )[OCCURRENCE_COLUMNS]


@dataclass(frozen=True, eq=False)
class _Sequences:
    """Every counted position: one entry per position in each of the arrays."""

    article: Whole
    voice: Whole
    item: Whole
    start: Whole
    end: Whole
    voices: pd.Index
    items: pd.Index


def _sequences(
    table: pd.DataFrame,
    order: int,
    voices: pd.DataFrame | None,
    sentences: pd.DataFrame | None,
) -> _Sequences:
    if voices is None:
        from framelens.annotate.voices import voices as find_voices

        voices = find_voices(table)
    if order > 1 and sentences is None:
        from framelens.annotate import sentences as find_sentences

        sentences = find_sentences(table)
    require_columns(voices, ["article", "start", "end", "voice"], of="voices")
    texts = table["text"].tolist()
    base = np.cumsum(
        [0, *(len(text) + 1 for text in texts)]
    )  # where each article begins
    article, start, end, item, forms = _words(texts)
    place = base[article] + start
    stretch = _stretch_at(place, voices, table, base)
    codes, names = pd.factorize(voices["voice"].astype(TEXT), sort=True)
    kept = np.flatnonzero((stretch >= 0) & (np.append(codes, -1)[stretch] >= 0))
    kept = kept[names.take(codes[stretch[kept]]).to_numpy() != LEFT_OUT]
    article, start, end, item = article[kept], start[kept], end[kept], item[kept]
    stretch, place = stretch[kept], place[kept]
    first = np.arange(max(len(kept) - order + 1, 0))
    if order > 1 and sentences is not None:
        require_columns(sentences, ["article", "start", "end"], of="sentences")
        sentence = _stretch_at(place, sentences, table, base)
        last = first + order - 1
        first = first[
            (sentence[first] == sentence[last])
            & (sentence[first] >= 0)
            & (stretch[first] == stretch[last])
        ]
    item, items = _join(item, forms, first, order)
    voice = codes[stretch[first]].astype(np.int64)
    return _Sequences(
        article[first], voice, item, start[first], end[first + order - 1], names, items
    )


def _words(texts: list[str]) -> tuple[Whole, Whole, Whole, Whole, pd.Index]:
    """Article, start, end and counted form of every word, and the list of forms."""
    starts, ends, found, sizes = [], [], [], []
    for text in texts:
        offsets = word_offsets(text)
        sizes.append(len(offsets))
        starts.extend([start for start, _ in offsets])
        ends.extend([end for _, end in offsets])
        found.extend([text[start:end] for start, end in offsets])
    codes, spellings = pd.factorize(np.array(found, dtype=object))
    forms = pd.Index([counted_form(word) for word in spellings.tolist()], dtype=TEXT)
    form_codes, listed = pd.factorize(forms, sort=True)
    article = np.repeat(np.arange(len(texts)), np.array(sizes, dtype=np.int64))
    item = form_codes[codes] if len(codes) else codes
    first, last, code = (np.asarray(one, np.int64) for one in (starts, ends, item))
    return article, first, last, code, pd.Index(listed, dtype=TEXT)


def _stretch_at(
    place: Whole, spans: pd.DataFrame, table: pd.DataFrame, base: Whole
) -> Whole:
    """Give the row of the span in which each place lies; -1 where it lies in none."""
    article = pd.Index(table["article"]).get_indexer(spans["article"])
    rows = np.flatnonzero(article >= 0)
    if not len(rows):
        return np.full(len(place), -1, dtype=np.int64)
    begin = base[article[rows]] + spans["start"].to_numpy(np.int64)[rows]
    finish = base[article[rows]] + spans["end"].to_numpy(np.int64)[rows]
    order = np.lexsort((finish, begin))
    before = np.searchsorted(begin[order], place, side="right") - 1
    row = rows[order][before]
    inside = (before >= 0) & (place < finish[order][before])
    return np.where(inside, row, -1).astype(np.int64)


def _join(
    item: Whole, forms: pd.Index, first: Whole, order: int
) -> tuple[Whole, pd.Index]:
    """Codes and names of the sequences of `order` words that begin at `first`."""
    codes, names = item[first], forms
    for step in range(1, order):
        keys, codes = np.unique(
            codes * len(forms) + item[first + step], return_inverse=True
        )
        head, tail = np.divmod(keys, max(len(forms), 1))
        names = pd.Index(
            [
                f"{a} {b}"
                for a, b in zip(names.take(head), forms.take(tail), strict=True)
            ],
            dtype=TEXT,
        )
    return codes.astype(np.int64), names


def _tally(found: _Sequences) -> tuple[Whole, Whole, Whole, Whole]:
    """How often each item stands in each article and voice, in that order."""
    rank = np.empty(len(found.items), dtype=np.int64)
    rank[np.argsort(found.items.to_numpy(object), kind="stable")] = np.arange(len(rank))
    by_rank = np.argsort(rank)
    width = max(len(found.items), 1)
    slot = found.article * max(len(found.voices), 1) + found.voice
    keys, k = np.unique(slot * width + rank[found.item], return_counts=True)
    slot, ranked = np.divmod(keys, width)
    article, voice = np.divmod(slot, max(len(found.voices), 1))
    return article, voice, by_rank[ranked], k.astype(np.int64)


def _keys(table: pd.DataFrame, article: Whole) -> pd.DataFrame:
    keys = table[["event", "outlet", "article"]].astype(TEXT)
    return keys.take(article).reset_index(drop=True)


def _check_order(order: int) -> None:
    if isinstance(order, bool) or not isinstance(order, int | np.integer) or order < 1:
        raise InputError(f"order must be a whole number from 1; got {order!r}.")
