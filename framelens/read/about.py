"""About: the articles that mention something, out of how many."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from framelens._checks import InputError
from framelens._result import Result
from framelens.read.articles import articles_of
from framelens.read.source import shown

if TYPE_CHECKING:
    import os

    from framelens.read.reading import Reading

MOST_OUTLETS = 8
"""Outlets that the sentence names; ``counts`` has them all."""

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
_PART = re.compile(r'"[^"]*"|[^\s"]+')
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]\.?")
_EDGES = ",;:!?.…"
_BETWEEN = r"(?:[^\w.!?\n]+|[^\S\n]*\n[^\S\n]*)"  # no end of a sentence or paragraph
LONGEST_ACRONYM = 5
"""Letters. A longer word in capitals is no acronym: it is found in any case."""

STRICT_ACRONYM = 3
"""Letters. A longer acronym is also found as a name: Nato beside NATO, but no Us."""

PLACE_COLUMNS = ["article", "outlet", "start", "end", "text", "term"]


@dataclass(frozen=True)
class Term:
    """One word or phrase of a query, `written` without quotation marks."""

    written: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, eq=False, repr=False)
class About(Result):
    """The articles that a query finds, and of how many.

    Attributes
    ----------
    query : str
        As it was given.
    terms : list of list of Term
        How it was read: what OR separates, and in each what AND joins.
    articles : DataFrame
        The articles contract: those that mention it, in their order, numbered from 0.
    counts : DataFrame
        One row per outlet, the one with most articles first: ``outlet`` (missing for
        articles that state none), ``articles`` (that mention it), ``of`` (all of the
        outlet) and ``share``. Both columns add up to the figures of the sentence.
    places : DataFrame
        Where the words stand in the articles kept: ``article, outlet, start, end,
        text`` (the article's ``text[start:end]``) and ``term`` (as in the query).
    """

    query: str
    terms: list[list[Term]] = field(repr=False)
    articles: pd.DataFrame = field(repr=False)
    counts: pd.DataFrame = field(repr=False)
    places: pd.DataFrame = field(repr=False)

    def __repr__(self) -> str:
        return f"About({self.sentence})"

    @property
    def sentence(self) -> str:
        """How many articles of how many mention it, in all and in each outlet."""
        kept, of = int(self.counts["articles"].sum()), int(self.counts["of"].sum())
        noun, verb = ("article", "mentions") if of == 1 else ("articles", "mention")
        total = f"{kept:,} of {of:,} {noun} {verb} {_told(self.terms)}"
        if self.counts["outlet"].isna().all():
            return f"{total}. No outlet is stated."
        rows = zip(*(self.counts[name].tolist() for name in self.counts), strict=True)
        each = [
            f"{some:,} of {all_:,} "
            + ("without an outlet" if pd.isna(outlet) else f"in {shown(outlet)}")
            for outlet, some, all_, _ in rows
        ]
        left = self.counts.iloc[MOST_OUTLETS:]
        if len(left):
            some, all_ = int(left["articles"].sum()), int(left["of"].sum())
            more = f"{some:,} of {all_:,} in {len(left):,} more"
            each = [*each[:MOST_OUTLETS], more]
        return f"{total}: {', '.join(each)}."

    @property
    def table(self) -> pd.DataFrame:
        """The counts by outlet."""
        return self.counts

    @property
    def caption(self) -> str:
        """The sentence."""
        return self.sentence

    def evidence(self, item: str | None = None) -> pd.DataFrame:
        """Give the places of all terms, or of one as it is written in the query."""
        chosen = (
            self.places if item is None else self.places[self.places["term"] == item]
        )
        return chosen.reset_index(drop=True)


def about(
    articles: Reading | pd.DataFrame | str | os.PathLike[str], query: str
) -> About:
    r"""Keep the articles that mention something, and say of how many.

    Parameters
    ----------
    articles : DataFrame, Reading or path
        The articles contract; ``article`` and ``text`` are needed.
    query : str
        A word or a phrase, or several with ``OR`` or ``AND`` (in capitals) between
        them; ``AND`` binds more tightly, and there are no brackets. Words side by
        side are a phrase, which stands within one sentence. ``*`` at a word's end
        stands for any ending.

    Returns
    -------
    About
        ``.articles``, ``.counts`` and ``.places``; ``.sentence`` says them.

    Raises
    ------
    InputError
        If the query cannot be read.
    ColumnError
        If a column is absent.

    Notes
    -----
    Whole words, in any case; a hyphen and a possessive *'s* end a word. A word of two
    to five capitals is an acronym, found with or without full stops (US, U.S.) and
    never in lower case (us); one of four or five letters also as a name (NATO, Nato).
    The whole of ``text`` is searched, datelines and captions included, ``title`` is
    not. A mention is not a topic: an article may name a drone once, in passing.

    Examples
    --------
    >>> table = pd.DataFrame({"article": ["a", "b", "c"],
    ...     "outlet": ["Daily", "Herald", "Herald"],
    ...     "text": ["Two drones fell.", "A drone, he said.", "Bread is dear."]})
    >>> found = about(table, "drone OR drones")
    >>> print(found.sentence)
    2 of 3 articles mention “drone” or “drones”: 1 of 2 in Herald, 1 of 1 in Daily.
    >>> found.articles["article"].tolist()
    ['a', 'b']
    """
    terms = parsed(query)
    table = articles_of(articles)
    texts = [str(text) for text in table["text"].tolist()]
    fits = [_fits(text, terms) for text in texts]
    kept = table[pd.Series(fits, index=table.index, dtype=bool)].reset_index(drop=True)
    return About(query, terms, kept, _counts(table, fits), _places(kept, terms))


def _fits(text: str, terms: list[list[Term]]) -> bool:
    return any(all(term.pattern.search(text) for term in every) for every in terms)


def _counts(articles: pd.DataFrame, fits: list[bool]) -> pd.DataFrame:
    sums = (
        pd.DataFrame({"outlet": articles["outlet"], "fits": fits})
        .groupby("outlet", dropna=False)["fits"]
        .agg(articles="sum", of="size")
        .reset_index()
        .sort_values(["of", "outlet"], ascending=[False, True], kind="stable")
    )
    sums = sums.astype({"articles": "int64", "of": "int64"}).reset_index(drop=True)
    return sums.assign(share=sums["articles"] / sums["of"])


def _places(articles: pd.DataFrame, terms: list[list[Term]]) -> pd.DataFrame:
    """Give every place of every term, in order; a term named twice counts once."""
    distinct = {term.written: term.pattern for every in terms for term in every}
    columns = (articles[name].tolist() for name in ("article", "outlet", "text"))
    rows = []
    for article, outlet, text in zip(*columns, strict=True):
        found = sorted(
            (*match.span(), match[0], written)
            for written, pattern in distinct.items()
            for match in pattern.finditer(text)
        )
        rows += [(article, outlet, *one) for one in found]
    return pd.DataFrame(rows, columns=PLACE_COLUMNS)


def _told(terms: list[list[Term]]) -> str:
    """Say a query in words; a comma before "or" where there is an "and" too."""
    several = any(len(every) > 1 for every in terms)
    each = [" and ".join(f"“{shown(one.written)}”" for one in every) for every in terms]
    return (", or " if several else " or ").join(each)


def parsed(query: str) -> list[list[Term]]:
    """Read a query: what OR separates; in each, what AND joins.

    >>> [[term.written for term in terms]
    ...  for terms in parsed('drone* OR "air raid" AND Kyiv')]
    [['drone*'], ['air raid', 'Kyiv']]
    """
    if not isinstance(query, str):
        raise InputError(f"a query is text, such as 'drone OR drones', not {query!r}.")
    plain = query.translate(_QUOTES)
    if plain.count('"') % 2:
        raise _error(query, "has a quotation mark without its partner")
    alternatives: list[list[Term]] = [[]]
    words: list[str] = []
    for part in [*_PART.findall(plain), "OR"]:
        if part not in ("OR", "AND"):
            words.append(part)
            continue
        alternatives[-1].append(_term(words, query))
        words = []
        if part == "OR":
            alternatives.append([])
    return alternatives[:-1]


def _error(query: str, wrong: str) -> InputError:
    return InputError(
        f'the query {shown(query)!r} {wrong}; write words or "a phrase", with OR or '
        "AND between them, and * only at a word's end."
    )


def _term(parts: list[str], query: str) -> Term:
    """Make one term of the parts between two operators."""
    quoted = [part for part in parts if part.startswith('"')]
    if quoted and len(parts) > 1:
        raise _error(query, "has a phrase in quotation marks beside other words")
    if not quoted:
        for part in parts:
            if part in ("or", "and", "NOT"):
                raise _error(query, f"has {part!r} among its words")
            if set(part) & set("()[]|"):
                raise _error(query, f"has a bracket or bar in {part!r}")
    pieces = [
        one if _INITIALS.fullmatch(one) else one.strip(_EDGES)
        for part in parts
        for one in part.strip('"').split()
    ]
    pieces = [one for one in pieces if one]
    if not pieces:
        raise _error(
            query,
            "has no word on one side of an OR or AND"
            if query.strip()
            else "holds no word",
        )
    for one in pieces:
        if "*" in one[:-1] or not any(sign.isalnum() for sign in one):
            raise _error(query, f"has {one!r}, which is no word")
    return Term(" ".join(pieces), re.compile(_BETWEEN.join(map(_word, pieces))))


def _word(piece: str) -> str:
    """Give the pattern of one word, between its boundaries."""
    letters = piece.replace(".", "")
    if _INITIALS.fullmatch(piece):
        return _acronym(letters.upper())
    if 2 <= len(piece) <= LONGEST_ACRONYM and piece.isalpha() and piece.isupper():
        return _acronym(piece)
    begins = piece.endswith("*")
    signs = re.sub("['’]", "['’]", re.escape(piece.removesuffix("*")))
    return rf"(?<!\w)(?i:{signs})" + (r"\w*" if begins else r"(?!\w)")


def _acronym(letters: str) -> str:
    spelled = r"\.?".join(map(re.escape, letters)) + r"\.?"
    name = f"|{letters.capitalize()}" if len(letters) > STRICT_ACRONYM else ""
    return rf"(?<!\w)(?<!\w\.)(?:{spelled}{name})(?!\w|(?<!\.)\.\w)"
