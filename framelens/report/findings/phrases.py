"""Phrases: how findings put numbers, names and quotations."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

import numpy as np

from framelens.annotate.actor_nouns import state_of
from framelens.show.text import plain, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from framelens.corpus import Corpus

LONGEST = 150
"""Signs of a quotation in a finding; the evidence has it whole."""

MARKS = '“”"'
"""Marks of a quotation; around it the finding sets its own."""

INSIDE = str.maketrans({"“": "‘", "”": "’", '"': "’"})
"""What they become within marks."""


TAKES_ARTICLE = frozenset(
    {
        *("United", "UN", "EU", "US", "UK", "U.S.", "U.K.", "European", "Islamic"),
        *("Netherlands", "Philippines", "Kremlin", "White", "Pentagon", "Statue"),
    }
)
"""First words of names before which English has "the"."""

ENDS_WITH_ARTICLE = frozenset(
    {
        *("Department", "Ministry", "Council", "Committee", "Commission", "Republic"),
        *("Union", "Court", "Senate", "Army", "Navy", "Government", "Guard", "Guards"),
        *("Corps", "Administration", "Association", "Press", "Nations", "House"),
    }
)
"""Last words of names before which English has "the"."""

ALONE_WITH_ARTICLE = frozenset({"East", "GOP", "House", "Senate", "West"})
"""Names of one word before which English has "the"."""

OFFICES = frozenset(word.lower() for word in ENDS_WITH_ARTICLE) | {"mission", "embassy"}
"""Bodies that are meant by name in small letters, too: Russia's foreign ministry."""

SMALL = 3
"""Letters of a word that may be small in a name: *of*, *the*, *van*."""


def percent(share: float) -> str:
    """Write a share as a reader says it: "49 %", "less than 1 %"."""
    if 0 < share < 0.01:
        return "less than 1 %"
    return f"{100 * share:.0f} %"


def quoted(text: object) -> str:
    """Put words of an article in quotation marks, on one line, not too long.

    >>> quoted('"Sell it," she said.')
    '“‘Sell it,’ she said.”'
    >>> quoted("“Never”")
    '“Never”'
    """
    whole = " ".join(str(text).split())
    if len(whole) > 1 and not {*whole[1:-1]} & {*MARKS}:
        whole = whole.strip(MARKS)
    inner = re.sub(r'(^|[\s(\[–—-])"', r"\1‘", shortened(whole, width=LONGEST))
    return f"“{inner.translate(INSIDE)}”"


def with_article(name: object) -> str:
    """Give a name as it stands in a sentence.

    >>> [with_article(name) for name in ("UN", "Security Council", "Iran")]
    ['the UN', 'the Security Council', 'Iran']
    """
    shown = plain(name)
    first, last = shown.split()[0], shown.split()[-1]
    several = first != last and "'" not in shown and "’" not in shown
    takes = first in TAKES_ARTICLE or shown in ALONE_WITH_ARTICLE
    takes = takes or (several and last in ENDS_WITH_ARTICLE)
    return f"the {shown}" if takes and first.lower() != "the" else shown


PLATFORMS = frozenset(
    {
        *("Facebook", "Instagram", "Reddit", "Telegram", "TikTok", "Twitter"),
        *("WeChat", "Weibo", "WhatsApp", "YouTube"),
    }
)
"""Where somebody says something: no sources, and named for nothing else."""


_NO_NAME = re.compile(
    r"\w\.[a-z]{2,4}$|[a-z][A-Z]{2}|\d[ap]m\b"
    r"|^(?:GMT|UTC|BST|CET|[ECMP][SD]?T)$"
)
"""A site (*example.com*), words that a page ran together, a time, its zone."""


def is_name(name: object) -> bool:
    """Whether a phrase names one: capitals all through, or the office of a state.

    A platform on which others write is none, nor what lies between two states.

    >>> phrases = ("Ann Orr", "Iran's foreign ministry", "Iranian paper", "Twitter")
    >>> [is_name(phrase) for phrase in (*phrases, "US-Mexico", "Al-Arabiya")]
    [True, True, False, False, False, True]
    >>> phrases = ("Ann McDonald", "QQ.com", "OrrGOP", "7.15pm", "GMT", "ET")
    >>> [is_name(phrase) for phrase in phrases]
    [True, False, False, False, False, False]
    """
    words = plain(name).split()
    if any(not re.fullmatch(r"[\w.,&'’-]+", word) for word in words):
        return False  # an emoji, an address
    if _NO_NAME.search(plain(name)):
        return False
    if PLATFORMS.issuperset(words) or any(map(_between, words)):
        return False
    small = [word for word in words if word[0].islower() and len(word) > SMALL]
    capital = any(word[0].isupper() or word[0].isdigit() for word in words)
    return capital and (not small or small[-1] in OFFICES)


def _between(word: str) -> bool:
    """Whether a word names two states: *U.S.-Mexico*."""
    states = [state_of(part) for part in re.split("[-–]", word)]
    return len(states) > 1 and None not in states


def named(names: Iterable[object], joined: str = "and") -> str:
    """List names as a sentence does: "A, B and C"."""
    every = [plain(name) for name in names]
    return f" {joined} ".join(
        [", ".join(every[:-1]), every[-1]] if every[1:] else every
    )


class Sentences:
    """Looks up the sentence at a place of an article."""

    def __init__(self, corpus: Corpus) -> None:
        self._texts = corpus.articles.set_index("article")["text"].to_dict()
        self._found = {
            str(article): (rows["start"].tolist(), rows["end"].tolist())
            for article, rows in corpus.sentences.groupby("article")
        }

    def at(self, article: str, place: int) -> tuple[int, int] | None:
        """Give where the sentence at a place begins and ends; None between them."""
        starts, ends = self._found.get(article, ([], []))
        number = bisect_right(starts, place) - 1
        if number < 0 or ends[number] <= place:
            return None
        return starts[number], ends[number]

    def text(self, article: str, place: int) -> str:
        """Give the sentence at a place; the whole article where there is none."""
        found = self.at(article, place)
        return str(self._texts[article])[slice(*found or (None, None))]


def outside(rows: pd.DataFrame, spans: pd.DataFrame) -> pd.DataFrame:
    """Give the rows that begin in none of the spans."""
    by_article = {
        article: (mine["start"].to_numpy(), mine["end"].to_numpy())
        for article, mine in spans.groupby("article")
    }
    none = np.empty(0), np.empty(0)
    kept = [
        not ((starts <= start) & (ends > start)).any()
        for article, start in zip(rows["article"], rows["start"], strict=True)
        for starts, ends in [by_article.get(article, none)]
    ]
    return rows[np.array(kept, dtype=bool)]


def places_of(rows: pd.DataFrame, texts: pd.Series[str]) -> pd.DataFrame:
    """Give ``article, start, end, text`` of spans; `texts` by the article's name."""
    spans = rows[["article", "start", "end"]].reset_index(drop=True)
    columns = (spans[name].tolist() for name in spans)
    found = [
        str(texts[article])[int(start) : int(end)]
        for article, start, end in zip(*columns, strict=True)
    ]
    return spans.assign(text=found)
