"""What `reuse` returns: passages, the articles they stand in, pairs if asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from framelens._checks import InputError, require_known
from framelens._wording import counted
from framelens.align.passages.overlaps import (
    overlaps,
    pair_count,
    pairs_with,
    pairs_within,
)

if TYPE_CHECKING:
    from framelens.align.passages.passages import Passages, Rules

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

LONGEST_LIST = 20
"""Passages that are displayed."""

CAUTION = (
    "A shared passage does not say who took it from whom: both may quote the same "
    "person, or print the same agency."
)
"""Stands under everything that shows reuse."""


@dataclass(frozen=True, eq=False)
class Reuse:
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

    table: pd.DataFrame = field(repr=False)
    rules: Rules
    articles: pd.DataFrame = field(repr=False)
    _passages: Passages = field(repr=False)

    def __repr__(self) -> str:
        return f"Reuse({self.caption})"

    @property
    def groups(self) -> pd.DataFrame:
        """One row per passage: ``group, kind, words, articles, outlets, text``.

        ``text`` is the passage as it stands at its first place.
        """
        first = self.table.drop_duplicates("group").reset_index(drop=True)
        kept = first[["group", "kind", "words", "articles", "outlets"]]
        return kept.assign(text=self._texts(first))

    @property
    def caption(self) -> str:
        """What was found in what."""
        kinds = self.table.drop_duplicates("group")["kind"]
        of, often = int((kinds == PASSAGE).sum()), int((kinds == BOILERPLATE).sum())
        mine = self.table[self.table["kind"] == PASSAGE]
        holds = mine["article"].nunique()
        left = (
            f" {counted(often, 'passage')} of boilerplate set apart." if often else ""
        )
        return (
            f"{counted(of, 'passage')} of at least {self.rules.shortest} words that "
            f"articles share word for word: {holds:,} of "
            f"{counted(len(self.articles), 'article')} have one.{left}"
        )

    @property
    def alt(self) -> str:
        """The longest passages, in words."""
        top = self.groups.head(3)
        told = [
            f"{counted(words, 'word')} in {counted(articles, 'article')}"
            for words, articles in zip(
                top["words"].tolist(), top["articles"].tolist(), strict=True
            )
        ]
        listed = f" The first: {'; '.join(told)}." if told else ""
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
        kept = mine[["article", "outlet", "start", "end"]]
        return kept.assign(text=self._texts(mine))

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
        found = self._passages.only(~self._passages.boilerplate)
        if article is not None:
            require_known(article, self.articles["article"], kind="article")
            row = self.articles["article"].tolist().index(article)
            return self._named(overlaps(found, pairs_with(found, row)), found)
        size = pair_count(found)
        if size > MOST_PAIRS:
            raise InputError(
                f"{size:,} pairs share a passage, more than {MOST_PAIRS:,}; ask for "
                "those of one article with pairs(article=...)."
            )
        chosen = pairs_within(found, every=self.rules.most)
        return self._named(overlaps(found, chosen), found)

    def _named(self, table: pd.DataFrame, found: Passages) -> pd.DataFrame:
        names = self.articles["article"].to_numpy()
        one, other = table["one"].to_numpy(), table["other"].to_numpy()
        return pd.DataFrame(
            {
                "article": names[one],
                "other": names[other],
                "words": table["words"],
                "other_words": table["other_words"],
                "share": table["words"] / found.own[one],
                "other_share": table["other_words"] / found.own[other],
                "longest": table["longest"],
                "passages": table["passages"],
            }
        )

    def _texts(self, rows: pd.DataFrame) -> pd.Series[str]:
        texts = dict(zip(self.articles["article"], self.articles["text"], strict=True))
        columns = (rows[name].tolist() for name in ("article", "start", "end"))
        return pd.Series(
            [texts[one][start:end] for one, start, end in zip(*columns, strict=True)],
            dtype=object,
        )

    def _repr_html_(self) -> str:
        from framelens.show import html_table

        shown = self.groups.head(LONGEST_LIST)
        of = len(self.table.drop_duplicates("group"))
        more = (f"The first {LONGEST_LIST} of {of:,}.",) if of > LONGEST_LIST else ()
        return html_table(shown, caption=self.caption, notes=(*more, *self.notes))
