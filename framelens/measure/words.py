"""Words of a dictionary: how many words of each voice are of the analyst's categories.

Patterns are looked up among the different words of the corpus, once, and found in the
texts by the number of the word. Only where words of a phrase may stand in two
sentences, or where upper case matters, is the text itself looked at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import polars as pl
from scipy.sparse import csr_array

from framelens._checks import InputError
from framelens._declared import Measure, Option
from framelens.annotate.words import counted_form, word_offsets
from framelens.corpus import corpus_of
from framelens.measure.accuracy import VOICE_ACCURACY
from framelens.measure.counts import Counts, evidence_table
from framelens.measure.cuts import cuts, rule_of
from framelens.measure.dictionary import read_dictionary
from framelens.measure.sparse import Sparse
from framelens.measure.terms import read_words, totals_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import numpy.typing as npt
    import pandas as pd

    from framelens.corpus import Corpus
    from framelens.measure.cuts import Rule
    from framelens.measure.dictionary import Source
    from framelens.measure.terms import WordsRead

    Whole = npt.NDArray[np.int64]
    Flags = npt.NDArray[np.bool_]

_ANY, _SIGN = "\ua729", "\ua72b"
"""Letters that no news text has: they stand for ``*`` and ``?`` while a pattern is cut
into words, since the token pattern would cut at the signs themselves."""

_WILD = {_ANY: "*", _SIGN: "?"}

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
    search = _Search.of(corpus)
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


@dataclass(frozen=True, eq=False)
class _Search:
    """A corpus read word by word, and where each word stands in it."""

    corpus: Corpus
    rule: Rule
    read: WordsRead
    text_of: Whole
    names: pl.Series
    order: Whole
    first: Whole

    @classmethod
    def of(cls, corpus: Corpus) -> _Search:
        """Read a corpus."""
        rule = rule_of(corpus.voices)
        read = read_words(corpus.articles, rule)
        code, edges = read.words.code, read.words.edges
        order = np.argsort(code, kind="stable")
        counts = np.bincount(code, minlength=len(read.words.names))
        first = np.concatenate([[0], np.cumsum(counts)])
        text_of = np.repeat(np.arange(len(edges) - 1), np.diff(edges))
        names = pl.Series(read.words.names, dtype=pl.String).str.to_lowercase()
        return cls(corpus, rule, read, text_of, names, order, first)

    def covered(self, patterns: list[Pattern]) -> Flags:
        """Say of every word whether one of several patterns falls on it."""
        flags = np.zeros(len(self.text_of), dtype=bool)
        for pattern in patterns:
            begins = self._begins(pattern)
            for step in range(len(pattern.tokens)):
                flags[begins + step] = True
        return flags

    def matches(self, patterns: list[Pattern]) -> Iterator[tuple[int, int]]:
        """Give where each match begins, and behind which word it ends, in order."""
        runs = [
            (place, place + len(pattern.tokens))
            for pattern in patterns
            for place in self._begins(pattern).tolist()
        ]
        yield from sorted(runs)

    def _begins(self, pattern: Pattern) -> Whole:
        """Give the places where a pattern begins."""
        kinds = [self._kinds(token) for token in pattern.tokens]
        sizes = [self.first[kind + 1] - self.first[kind] for kind in kinds]
        rarest = int(np.argmin([size.sum() for size in sizes]))
        runs = zip(self.first[kinds[rarest]], sizes[rarest], strict=True)
        places = [self.order[start : start + size] for start, size in runs]
        begins = np.concatenate([*places, np.zeros(0, np.int64)]) - rarest
        last = len(kinds) - 1
        begins = begins[(begins >= 0) & (begins + last < len(self.text_of))]
        begins = begins[self.text_of[begins] == self.text_of[begins + last]]
        for step, kind in enumerate(kinds):
            if step != rarest:
                wanted = np.zeros(len(self.names), dtype=bool)
                wanted[kind] = True
                begins = begins[wanted[self.read.words.code[begins + step]]]
        begins = np.sort(begins)
        if (last or pattern.typed) and len(begins):
            begins = begins[self._verified(begins, pattern)]
        return begins

    def _kinds(self, token: str) -> Whole:
        """Give the numbers of the different words that a token stands for."""
        if not any(sign in token for sign in _WILD):
            return (self.names == token).arg_true().to_numpy().astype(np.int64)
        matching = self.names.str.contains(_regex(token))
        return matching.arg_true().to_numpy().astype(np.int64)

    def _verified(self, begins: Whole, pattern: Pattern) -> Flags:
        """Look at the text: whether it is one sentence, and in the right case."""
        spans = self.spans(begins, begins + len(pattern.tokens))
        right = np.ones(len(spans), dtype=bool)
        doubtful = []
        for row, (article, places, text) in enumerate(spans):
            pieces = [text[start:end] for start, end in places]
            if pattern.typed is not None:
                right[row] = all(
                    re.fullmatch(_regex(typed), _as_typed(piece))
                    for typed, piece in zip(pattern.typed, pieces, strict=True)
                )
            ends = [end for _, end in places[:-1]]
            starts = [start for start, _ in places[1:]]
            gaps = (text[a:b] for a, b in zip(ends, starts, strict=True))
            if right[row] and any(map(_ENDS_SENTENCE.search, gaps)):
                doubtful.append((row, article, places[0][0], places[-1][1]))
        if doubtful:
            right[[row for row, *_ in doubtful]] = self._in_one_sentence(doubtful)
        return right

    def _in_one_sentence(self, spans: list[tuple[int, str, int, int]]) -> list[bool]:
        """Say whether each span lies in one sentence of its article."""
        names = {article for _, article, _, _ in spans}
        articles = self.corpus.articles
        part = articles[articles["article"].isin(names)].reset_index(drop=True)
        sentences = replace(self.corpus, articles=part).sentences
        edges = {
            article: (part["start"].to_numpy(), part["end"].to_numpy())
            for article, part in sentences.groupby("article", sort=False)
        }
        inside = []
        for _, article, start, end in spans:
            starts, ends = edges[article]
            inside.append(bool(((starts <= start) & (end <= ends)).any()))
        return inside

    def spans(
        self, begins: Whole, ends: Whole
    ) -> list[tuple[str, list[tuple[int, int]], str]]:
        """Give article, places of the words and text of each run of words, in order."""
        width = max(len(self.read.voices), 1)
        row_of = self.read.slot // width
        rows = row_of[self.text_of[begins]]
        articles = self.corpus.articles.iloc[np.unique(rows)]
        names, texts = articles["article"].tolist(), articles["text"].tolist()
        stretches = cuts(names, texts, self.rule)
        places: list[list[tuple[int, int]]] = [[] for _ in names]
        for article, start, text in zip(
            stretches.article.tolist(),
            stretches.start.tolist(),
            stretches.texts,
            strict=True,
        ):
            places[article] += [(start + a, start + b) for a, b in word_offsets(text)]
        edges = self.read.words.edges
        zero = edges[np.searchsorted(row_of, np.unique(rows))]  # its first word of all
        which = np.searchsorted(np.unique(rows), rows)
        runs = zip(which.tolist(), begins.tolist(), ends.tolist(), strict=True)
        return [
            (names[row], places[row][begin - zero[row] : end - zero[row]], texts[row])
            for row, begin, end in runs
        ]


def _regex(token: str) -> str:
    """Write a token with wildcards as a regular expression of the whole word."""
    escaped = re.escape(token).replace(_ANY, ".*").replace(_SIGN, ".")
    return f"^{escaped}$"


def _occurrences(
    corpus: Corpus, item: str, *, categories: Mapping[str, list[Pattern]]
) -> pd.DataFrame:
    """Find the words of a category; matches that share a word are one span."""
    search = _Search.of(corpus)
    runs: list[list[int]] = []
    for begin, end in search.matches(categories.get(item, [])):
        if runs and begin < runs[-1][1]:
            runs[-1][1] = max(end, runs[-1][1])
        else:
            runs.append([begin, end])
    begins, ends = np.array(runs, dtype=np.int64).reshape(-1, 2).T
    outlets = dict(
        zip(*(corpus.articles[x] for x in ("article", "outlet")), strict=True)
    )
    voice = search.read.slot[search.text_of[begins]] % max(len(search.read.voices), 1)
    spans = zip(search.spans(begins, ends), voice.tolist(), strict=True)
    return evidence_table(
        (
            *(article, outlets[article], search.read.voices[number]),
            *(places[0][0], places[-1][1], text[places[0][0] : places[-1][1]]),
        )
        for (article, places, text), number in spans
    )


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
