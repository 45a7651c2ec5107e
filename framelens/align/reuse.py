"""Reuse: passages that several articles have in common, word for word."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framelens._checks import InputError, require_known, require_share
from framelens._result import Result
from framelens._wording import counted
from framelens.align.passages.passages import (
    Passages,
    Rules,
    find_passages,
    folded_words,
    furniture_of,
    offsets_of,
    overlaps,
    pair_count,
    pairs_with,
    pairs_within,
)
from framelens.annotate.spans import rows_of, texts_at
from framelens.corpus import corpus_of

if TYPE_CHECKING:
    from pathlib import Path

    from framelens.corpus import Corpus

SHORTEST = 8
"""Words. Shorter sequences are shared by chance and by idiom."""

SHARE = 0.25
"""Of an outlet's articles: a passage in more of them is boilerplate."""

LEAST = 3
"""Words. Shorter passages than this cannot be asked for."""

PASSAGE, BOILERPLATE = KINDS = ("passage", "boilerplate")
"""What a passage may be."""

TABLE_COLUMNS = [
    "group", "article", "outlet", "start", "end", "words", "articles", "outlets",
    "kind",
]  # fmt: skip
"""The columns of ``Reuse.table``."""

SHOWN = 100
"""Places of a piece of boilerplate that the table holds."""

MOST_PAIRS = 5_000_000
"""Pairs, once for each passage, that are laid out at a time."""

CAUTION = (
    "A shared passage does not say who took it from whom: both may quote the same "
    "person, or print the same agency."
)
"""Stands under everything that shows reuse."""


@dataclass(frozen=True, eq=False, repr=False)
class Reuse(Result):
    """Passages that articles have in common, word for word.

    Attributes
    ----------
    table : DataFrame
        One row per place of a passage: ``group`` (p1 is the longest; boilerplate
        comes last), ``article, outlet, start, end``, ``words`` (of the passage),
        ``articles`` (it stands in), ``outlets`` (stated ones it stands in) and ``kind``
        (passage or boilerplate). Of boilerplate only the first 100 places; ``articles``
        counts all.
    rules : Rules
        What counted as a passage and as boilerplate.
    articles : DataFrame
        What was compared.
    """

    table: pd.DataFrame
    rules: Rules
    articles: pd.DataFrame
    _passages: Passages

    def shown(self) -> pd.DataFrame:
        """Lay out the passages, the longest first."""
        return self.groups

    @property
    def groups(self) -> pd.DataFrame:
        """One row per passage: ``group, kind, words, articles, outlets, text``.

        ``text`` is the passage as it stands at its first place.
        """
        first = self.table.drop_duplicates("group").reset_index(drop=True)
        about = first[["group", "kind", "words", "articles", "outlets"]]
        return about.assign(text=texts_at(first, self.articles))

    @property
    def caption(self) -> str:
        """What was found in what."""
        kinds = self.table.drop_duplicates("group")["kind"]
        passages, lines = (int((kinds == kind).sum()) for kind in KINDS)
        holders = self.table["article"][self.table["kind"] == PASSAGE].nunique()
        apart = (
            f" {counted(lines, 'passage')} of boilerplate set apart." if lines else ""
        )
        return (
            f"{counted(passages, 'passage')} of at least {self.rules.shortest} words "
            f"that articles share word for word: {holders:,} of "
            f"{counted(len(self.articles), 'article')} have one.{apart}"
        )

    @property
    def alt(self) -> str:
        """The longest passages, in words."""
        top = self.groups.head(3)
        longest = [
            f"{counted(words, 'word')} in {counted(articles, 'article')}"
            for words, articles in rows_of(top, "words", "articles")
        ]
        listed = f" The first: {'; '.join(longest)}." if longest else ""
        return f"A list of shared passages, the longest first.{listed}"

    @property
    def notes(self) -> tuple[str, ...]:
        """What is boilerplate here, and what shared passages do not say."""
        return (
            f"Boilerplate: words in more than {100 * self.rules.share:g} % of an "
            f"outlet's articles (and in {self.rules.fewest} or more), or in more than "
            f"{self.rules.most} articles. Its first {SHOWN} places are listed.",
            CAUTION,
        )

    def evidence(self, group: str) -> pd.DataFrame:
        """Give the places of one passage.

        Parameters
        ----------
        group : str
            One of ``table["group"]``, such as "p1".

        Returns
        -------
        DataFrame
            ``article, outlet, start, end, text``; ``text`` is what stands there.

        Raises
        ------
        UnknownNameError
            If there is no such passage.
        """
        require_known(group, self.table["group"], kind="passage")
        mine = self.table[self.table["group"] == group].reset_index(drop=True)
        places = mine[["article", "outlet", "start", "end"]]
        return places.assign(text=texts_at(mine, self.articles))

    def pairs(self, article: str | None = None) -> pd.DataFrame:
        """Lay out which articles share how much; nothing is laid out before.

        Parameters
        ----------
        article : str, optional
            Only pairs with this article.

        Returns
        -------
        DataFrame
            One row per pair of articles, in the order of articles: ``article, other``,
            ``words`` (of the article, in passages that both have, each word once),
            ``other_words`` (the same of the other), ``share, other_share`` (of each
            article's words, in [0, 1]), ``longest`` (words) and ``passages``.
            Boilerplate is no part of it, and of no article's words.

        Raises
        ------
        UnknownNameError
            If there is no such article.
        InputError
            If there are more than 5 million pairs.
        """
        passages = self._passages.only(~self._passages.boilerplate)
        if article is not None:
            require_known(article, self.articles["article"], kind="article")
            row = self.articles["article"].tolist().index(article)
            return self._named(overlaps(passages, pairs_with(passages, row)), passages)
        size = pair_count(passages)
        if size > MOST_PAIRS:
            raise InputError(
                f"{size:,} pairs share a passage, more than {MOST_PAIRS:,}; ask for "
                "those of one article with pairs(article=...)."
            )
        chosen = pairs_within(passages, every=self.rules.most)
        return self._named(overlaps(passages, chosen), passages)

    def _named(self, table: pd.DataFrame, passages: Passages) -> pd.DataFrame:
        """Put names and shares of words beside the rows of articles."""
        names = self.articles["article"].to_numpy()
        one, other = table["one"].to_numpy(), table["other"].to_numpy()
        return pd.DataFrame(
            {
                "article": names[one],
                "other": names[other],
                "words": table["words"],
                "other_words": table["other_words"],
                "share": table["words"] / passages.own[one],
                "other_share": table["other_words"] / passages.own[other],
                "longest": table["longest"],
                "passages": table["passages"],
            }
        )


def reuse(
    corpus: Corpus | pd.DataFrame | str | Path,
    *,
    shortest: int = SHORTEST,
    share: float = SHARE,
) -> Reuse:
    r"""Find every passage of at least `shortest` words that articles share.

    A passage is a sequence of words that stands in at least two articles, and to which
    no word can be added, before or after it, without losing one of these articles. So
    a text of 100 words in two articles, of which a third has 50, gives two passages:
    one of 100 words in two articles, and one of 50 words in three. Words are those of
    `framelens.annotate.words` in their counted form, capitals and small letters alike:
    punctuation, line breaks, kinds of quotation marks and a possessive *'s* make no
    difference. Every place of a passage is given, also where it stands twice in one
    article (of overlapping places the first); what one article alone repeats is none.

    Parameters
    ----------
    corpus : Corpus, DataFrame or path
        Articles without an outlet count as one outlet.
    shortest : int, default 8
        Words of the shortest passage, from 3.
    share : float, default 0.25
        Above 0 and at most 1. `shortest` words in a row are boilerplate where they
        stand in more than this share of an outlet's articles, and in at least 5 of
        them, or in more than 500 articles altogether: footers, subscription lines.
        Boilerplate is taken out of the articles before passages are looked for, and
        given as passages of its own, with their first 100 places. The furniture of
        the corpus is taken out too.

    Returns
    -------
    Reuse

    Raises
    ------
    InputError
        If `shortest` or `share` is out of range.

    Notes
    -----
    Exact, however many articles there are: hashes only pass over what stands once.
    Passages are found as Hui [1]_ counts the different texts below every node of a
    suffix tree, here of those words only that stand in a shared window. Cost grows with
    the number of words and of places found. It does not say who took it from whom.

    References
    ----------
    .. [1] Hui, L. C. K. (1992). Color set size problem with applications to string
       matching. https://doi.org/10.1007/3-540-56024-6_19

    Examples
    --------
    >>> both = "the old dam above Reddin broke on Monday night"
    >>> articles = pd.DataFrame({"article": ["a", "b", "c"],
    ...     "outlet": ["Daily", "Herald", "Post"],
    ...     "text": [f"Police say {both}.", f"“{both}”, it said", "It rained."]})
    >>> shared = reuse(articles)
    >>> shared.table[["group", "article", "start", "end", "words", "articles", "kind"]]
      group article  start  end  words  articles     kind
    0    p1       a     11   57      9         2  passage
    1    p1       b      1   47      9         2  passage
    >>> shared.pairs()[["article", "other", "words", "share"]].round(2)
      article other  words  share
    0       a     b      9   0.82
    """
    rules = _rules(shortest, share)
    corpus = corpus_of(corpus)
    articles = corpus.articles
    passages = find_passages(
        folded_words(articles["text"]),
        articles["outlet"].tolist(),
        rules,
        furniture=furniture_of(corpus),
    )
    numbered = _by_length(passages)
    return Reuse(_table(articles, numbered), rules, articles, numbered)


def _rules(shortest: int, share: float) -> Rules:
    """Check what counts as a passage and as boilerplate."""
    whole = isinstance(shortest, int | np.integer) and not isinstance(shortest, bool)
    if not whole or shortest < LEAST:
        raise InputError(
            f"shortest must be a whole number of words from {LEAST}; found "
            f"{shortest!r}."
        )
    require_share(share, name="share", of="an outlet's articles", such_as=0.25)
    return Rules(int(shortest), float(share))


def _by_length(passages: Passages) -> Passages:
    """Give new numbers: the longest first, boilerplate after the others."""
    if not len(passages.passage):
        return passages
    new = np.flatnonzero(np.diff(passages.passage, prepend=-1))
    size = (passages.last - passages.first)[new]
    where = passages.first[new], passages.article[new]
    order = np.lexsort((*where, -size, passages.boilerplate[new]))
    number = np.empty(len(new), np.int64)
    number[order] = np.arange(len(new))
    named = replace(passages, passage=number[passages.passage])
    return named.only(np.argsort(named.passage, kind="stable"))


def _table(articles: pd.DataFrame, passages: Passages) -> pd.DataFrame:
    """Give the table, with the first places of boilerplate only."""
    new = np.diff(passages.passage, prepend=-1) != 0
    begins = np.flatnonzero(new)
    nth = np.arange(len(new)) - np.repeat(begins, np.diff(begins, append=len(new)))
    shown = passages.only(~passages.boilerplate | (nth < SHOWN))
    number = np.cumsum(new) - 1
    outlet = pd.factorize(articles["outlet"].astype(object))[0][passages.article]
    places = pd.DataFrame(
        {"passage": number, "article": passages.article, "outlet": outlet}
    )
    places["outlet"] = places["outlet"].where(places["outlet"] >= 0)
    sums = places.groupby("passage")[["article", "outlet"]].nunique()
    start, end = offsets_of(shown, articles["text"])
    names = articles["article"].to_numpy()
    columns = (
        np.array([f"p{nth}" for nth in (shown.passage + 1).tolist()], dtype=object),
        names[shown.article],
        articles["outlet"].to_numpy()[shown.article],
        start,
        end,
        shown.last - shown.first,
        sums["article"].to_numpy()[shown.passage],
        sums["outlet"].to_numpy()[shown.passage],
        np.where(shown.boilerplate, BOILERPLATE, PASSAGE).astype(object),
    )
    return pd.DataFrame(dict(zip(TABLE_COLUMNS, columns, strict=True)))
