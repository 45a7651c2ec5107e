"""Fixed lines: words that an outlet prints mostly in one and the same line."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from framelens.annotate.spans import grouped_spans
from framelens.annotate.words import WORD, counted_form

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from framelens.corpus import Corpus

MOST_ARTICLES = 300
"""Articles of an outlet that are looked at, evenly apart."""

FEWEST = 3
"""Articles of an outlet that must have the line."""

MOSTLY = 0.5
"""Of the places of a word in an outlet: more of them are in the line."""

BESIDE = 2
"""Words on either side of a word that make its line."""


class FixedLine(NamedTuple):
    """A word that stands in `places` of `of` places of an outlet in one line."""

    item: str
    outlet: str
    line: str
    places: int
    of: int


def fixed_lines(
    corpus: Corpus, items: Sequence[str], *, outlets: Collection[str]
) -> list[FixedLine]:
    """Find the items that stand mostly in one fixed line of an outlet.

    A line is the word with two words on either side of it, furniture left out; at least
    3 articles have it, and more than half of the word's places in that outlet.

    >>> import pandas as pd
    >>> from framelens.corpus import corpus_of
    >>> told = ["A dam broke there", "It rained a lot", "Choirs sing"]
    >>> articles = pd.DataFrame({"article": list("abc"), "outlet": "Daily",
    ...     "text": [f"{one}, and our player needs a newer browser." for one in told]})
    >>> corpus = corpus_of(articles, marks_only=True)
    >>> [line] = fixed_lines(corpus, ["player", "rained"], outlets=["Daily"])
    >>> line.item, line.line, line.places
    ('player', 'and our player needs a', 3)
    """
    wanted: dict[str, list[tuple[list[str], str]]] = defaultdict(list)
    for item in items:
        words = item.casefold().split(" ")
        wanted[words[0]].append((words, item))
    lines: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    articles_with: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for outlet in outlets:
        for article, words in _words(corpus, outlet):
            for place, word in enumerate(words):
                for parts, item in wanted.get(word, ()):
                    last = place + len(parts)
                    if words[place:last] == parts:
                        around = words[max(place - BESIDE, 0) : last + BESIDE]
                        line = " ".join(around)
                        lines[outlet, item][line] += 1
                        articles_with[outlet, item, line].add(article)
    found = []
    for (outlet, item), counted in lines.items():
        line, places = counted.most_common(1)[0]
        of = counted.total()
        enough = len(articles_with[outlet, item, line]) >= FEWEST
        if enough and places > MOSTLY * of:
            found.append(FixedLine(item, outlet, line, places, of))
    return sorted(found, key=lambda one: items.index(one.item))


def _words(corpus: Corpus, outlet: str) -> Iterator[tuple[str, list[str]]]:
    """Give the words of each article of an outlet in small letters, less furniture."""
    articles = corpus.articles[corpus.articles["outlet"].eq(outlet)]
    articles = articles.iloc[:: max(-(-len(articles) // MOST_ARTICLES), 1)]
    names = articles["article"].tolist()
    part = corpus.where(article=names)
    left_out = grouped_spans(part.voices[part.voices["voice"].eq("furniture")])
    for name, text in zip(names, part.articles["text"].tolist(), strict=True):
        shown = text
        for start, end in left_out.get(name, []):
            shown = shown[:start] + re.sub(r"\w", " ", shown[start:end]) + shown[end:]
        yield name, _words_of(shown)


@lru_cache(maxsize=4 * MOST_ARTICLES)
def _words_of(text: str) -> list[str]:
    """Give the words of a text; of several pairs of outlets the same is asked."""
    return [counted_form(word).casefold() for word in WORD.findall(text)]
