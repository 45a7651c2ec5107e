"""Words of a dictionary: how many words of each voice are of the analyst's categories.

Patterns are looked up among the different words of the corpus, once, and found in the
texts by the number of the word. Only where words of a phrase may stand in two
sentences, or where upper case matters, is the text itself looked at.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property, partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import polars as pl
from scipy.sparse import csr_array

from framelens._checks import InputError
from framelens._declared import Measure, Option
from framelens.annotate.spans import grouped_spans
from framelens.annotate.words import counted_form, word_offsets
from framelens.corpus import corpus_of
from framelens.measure.accuracy import VOICE_ACCURACY
from framelens.measure.counts import Counts
from framelens.measure.cuts import rule_of
from framelens.measure.dictionary import read_dictionary
from framelens.measure.sparse import Sparse
from framelens.measure.terms import Search, totals_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt
    import pandas as pd

    from framelens.corpus import Corpus
    from framelens.measure.dictionary import Source

    Whole = npt.NDArray[np.int64]
    Flags = npt.NDArray[np.bool_]

_ANY, _SIGN = "\ua729", "\ua72b"
"""Letters that no news text has: they stand for ``*`` and ``?`` while a pattern is cut
into words, since the token pattern would cut at the signs themselves."""

_ENDS_SENTENCE = re.compile(r"[.!?…\n]")
"""What may part sentences between two words; without it one sentence goes on."""


def words(
    corpus: Corpus | pd.DataFrame | str | Path,
    dictionary: Source,
    *,
    case: bool = False,
) -> Counts:
    """Count the words of your own categories, by article and voice.

    Parameters
    ----------
    corpus : Corpus, DataFrame or path
    dictionary : dict, DataFrame or path
        Patterns by category, as `framelens.measure.dictionary.read_dictionary` takes
        them. A pattern is a word (``alleged``), a phrase of several (``so called``),
        and may hold ``*`` for any letters, or none, and ``?`` for one sign.
    case : bool, default False
        Whether upper case must be as in the pattern.

    Returns
    -------
    Counts
        Items are categories, nested ones as ``law.courts``; n is the number of words
        of the voice. k is the number of words that belong to the category: every
        word of a phrase counts, and a word on which several patterns of a category
        fall counts once. The words of a phrase stand one after another in one
        sentence and one voice, whatever signs there are between them.

    Raises
    ------
    InputError, ColumnError
        If the dictionary cannot be read, or a pattern has no word.
    MissingPartError
        If the attribution model is needed and not installed.

    Notes
    -----
    Words are those of `terms`: *Iran's* is *iran*, *U.S.* is *US*. A hyphenated word
    is one word: write ``so-called`` as well as ``so called``. Patterns are those of
    the dictionaries of quanteda (Benoit and others 2018), whose counts are of matches,
    not of words: the two agree where a category has no phrases.

    Examples
    --------
    >>> import pandas as pd
    >>> articles = pd.DataFrame({"article": ["a"], "outlet": ["Daily"], "event": ["e"],
    ...     "text": ["The alleged thief, a so-called expert, saw the court."]})
    >>> doubted = words(articles, {"doubt": ["alleg*", "so-called"], "law": ["court"]})
    >>> doubted.counts[["voice", "item", "k"]]
      voice   item  k
    0   own  doubt  2
    1   own    law  1
    >>> doubted.evidence("doubt")["text"].tolist()
    ['alleged', 'so-called']
    """
    categories = {
        category: [pattern_of(text, category, case=case) for text in patterns]
        for category, patterns in sorted(read_dictionary(dictionary).items())
    }
    corpus = corpus_of(corpus)
    search = _Search.of(corpus, rule_of(corpus.voices))
    totals, rows = totals_of(search.read)
    row_of = rows[search.text_of]
    counted = [
        np.bincount(row_of[search.covered(patterns)], minlength=len(totals))
        for patterns in categories.values()
    ]
    k = csr_array(np.array(counted, dtype=np.int64).reshape(len(categories), -1))
    parts = np.arange(len(categories), dtype=np.int32)[None]
    return Counts.of_sparse(
        Sparse(k, list(categories), parts),
        totals,
        measure="words",
        unit="words",
        find=partial(_occurrences, categories=categories),
        corpus=corpus,
    )


class Pattern(NamedTuple):
    """A word or phrase in the form that is counted; `typed` if upper case matters."""

    tokens: tuple[str, ...]
    typed: tuple[str, ...] | None


def pattern_of(text: str, category: str, *, case: bool = False) -> Pattern:
    """Cut a pattern into words in lower case, with `_ANY` and `_SIGN`."""
    wild = text.replace("*", _ANY).replace("?", _SIGN)
    pieces = [wild[start:end] for start, end in word_offsets(wild)]
    if not pieces:
        raise InputError(
            f"the dictionary: the pattern {text!r} of the category {category!r} has "
            "no word"
        )
    tokens = tuple(counted_form(piece).lower() for piece in pieces)
    return Pattern(tokens, tuple(map(_as_typed, pieces)) if case else None)


def _as_typed(word: str) -> str:
    """Give a word as it is counted, but with its own upper case."""
    form = counted_form(word)
    bare = word.replace("’", "'")
    return bare[: len(form)] if bare[: len(form)].lower() == form.lower() else form


class _Search(Search):
    """Articles in which the words and phrases of a dictionary are looked for."""

    def covered(self, patterns: list[Pattern]) -> Flags:
        """Say of every word whether one of several patterns falls on it."""
        flags = np.zeros(len(self.text_of), dtype=bool)
        single = np.zeros(len(self.read.words.names), dtype=bool)
        for pattern in patterns:
            if len(pattern.tokens) == 1 and pattern.typed is None:
                single |= self._named(pattern.tokens[0])
                continue
            begins = self.matches(pattern)
            for step in range(len(pattern.tokens)):
                flags[begins + step] = True
        return flags | single[self.read.words.code]

    def matches(self, pattern: Pattern) -> Whole:
        """Give the places where a pattern begins."""
        begins = self.begins([self._named(token) for token in pattern.tokens])
        if (len(pattern.tokens) > 1 or pattern.typed) and len(begins):
            begins = begins[self._verified(begins, pattern)]
        return begins

    @cached_property
    def _lower(self) -> pl.Series:
        """The different words, in lower case."""
        return pl.Series(self.read.words.names, dtype=pl.String).str.to_lowercase()

    def _named(self, token: str) -> Flags:
        """Say which of the different words a token stands for."""
        if _ANY in token or _SIGN in token:
            return self._lower.str.contains(_regex(token)).to_numpy()
        return (self._lower == token).to_numpy()

    def _verified(self, begins: Whole, pattern: Pattern) -> Flags:
        """Look at the text: whether it is one sentence, and in the right case."""
        spans = self.spans(begins, begins + len(pattern.tokens))
        right = np.ones(len(spans), dtype=bool)
        doubtful = []
        for place, (row, places, text) in enumerate(spans):
            pieces = [text[start:end] for start, end in places]
            if pattern.typed is not None:
                right[place] = all(
                    re.fullmatch(_regex(typed), _as_typed(piece))
                    for typed, piece in zip(pattern.typed, pieces, strict=True)
                )
            gaps = (text[one[1] : other[0]] for one, other in pairwise(places))
            if right[place] and any(map(_ENDS_SENTENCE.search, gaps)):
                doubtful.append((place, row, places[0][0], places[-1][1]))
        if doubtful:
            right[[place for place, *_ in doubtful]] = self._in_one_sentence(doubtful)
        return right

    def _in_one_sentence(self, spans: list[tuple[int, int, int, int]]) -> list[bool]:
        """Say whether each span lies in one sentence of its article."""
        rows = sorted({row for _, row, _, _ in spans})
        articles = self.corpus.articles
        part = articles.iloc[rows].reset_index(drop=True)
        edges = grouped_spans(replace(self.corpus, articles=part).sentences)
        names = articles["article"].tolist()
        return [
            any(first <= start and end <= last for first, last in edges[names[row]])
            for _, row, start, end in spans
        ]


def _regex(token: str) -> str:
    """Write a token with wildcards as a regular expression of the whole word."""
    escaped = re.escape(token).replace(_ANY, ".*").replace(_SIGN, ".")
    return f"^{escaped}$"


def _occurrences(
    corpus: Corpus, item: str, *, categories: Mapping[str, list[Pattern]]
) -> pd.DataFrame:
    """Find the words of a category; matches that share a word are one span."""
    search = _Search.of(corpus, rule_of(corpus.voices))
    runs: list[list[int]] = []
    for begin, end in sorted(
        (place, place + len(pattern.tokens))
        for pattern in categories.get(item, [])
        for place in search.matches(pattern).tolist()
    ):
        if runs and begin < runs[-1][1]:
            runs[-1][1] = max(end, runs[-1][1])
        else:
            runs.append([begin, end])
    begins, ends = np.array(runs, dtype=np.int64).reshape(-1, 2).T
    return search.evidence(begins, ends)


WORDS = Measure(
    "words",
    words,
    label="Words of your dictionary",
    unit="words",
    accuracy=(
        "Not validated: only reading shows whether a word means what you take it for; "
        f"{VOICE_ACCURACY.in_short()}."
    ),
    options=(
        Option(
            "dictionary",
            "your categories of words: .csv (category, pattern), .dic, .yml or .yaml",
            read=Path,
            metavar="FILE",
            required=True,
        ),
    ),
    marks_suffice=lambda _: False,
)
