"""Since: which articles are new, changed or as they were, set against earlier ones."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from framelens._wording import counted
from framelens.read.articles import address_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from framelens.read.reading import Reading

NEW, CHANGED, UNCHANGED = "new", "changed", "unchanged"
"""What an article can be: not there before, there with other words, there as it is."""

RUN = 5
"""Words of a run: shorter ones stand in unrelated articles by chance."""

SHORT_RUN, LONG = 3, 15
"""Words of a run in texts of at most so many words, such as headlines."""

SAME = 0.5
"""Share of the runs of the shorter text that two versions of one article have in common
at least, where only an identifier or a headline says that they are one."""

OPENING = 8
"""Words with which an article begins, by which it is looked for as a last resort."""

COLUMNS = ["article", "status", "earlier"]
"""The columns of `matched`."""

ADDED = " (now)"
"""What is added to an identifier that another article had before."""

_WORD = re.compile(r"\w+")


def matched(articles: pd.DataFrame, earlier: pd.DataFrame) -> pd.DataFrame:
    """Say of each article whether it was there before, and as which.

    One article are two of the same address; two of one outlet with the same words; two
    with one identifier, or one headline and day or the same first words in one outlet,
    whose texts have half of their runs of five words in common. What several of the
    earlier articles have decides nothing.

    Parameters
    ----------
    articles, earlier : DataFrame
        Tables of articles.

    Returns
    -------
    DataFrame
        One row per article, in order: ``article``; ``status``: ``new``, ``changed``
        (headline or text) or ``unchanged``; ``earlier``: its identifier then, or None.

    Examples
    --------
    >>> before = pd.DataFrame({"article": ["a", "b"], "outlet": "Daily",
    ...                        "text": ["Bread is dear.", "Tea is cheap."]})
    >>> now = pd.DataFrame({"article": ["1", "2"], "outlet": "Daily",
    ...                     "text": ["Bread is  dear.", "Rain fell."]})
    >>> matched(now, before)
      article     status earlier
    0       1  unchanged       a
    1       2        new    None
    """
    before = [_known(row) for row in _rows(earlier)]
    by_key: dict[tuple[str, ...], list[_Known]] = {}
    for known in before:
        for key in known.keys:
            by_key.setdefault(key, []).append(known)
    found: list[tuple[str, str, str | None]] = []
    for now in map(_known, _rows(articles)):
        same = _earlier(now, by_key)
        if same is None:
            found.append((now.article, NEW, None))
            continue
        as_it_was = (now.words, now.title) == (same.words, same.title)
        found.append((now.article, UNCHANGED if as_it_was else CHANGED, same.article))
    return pd.DataFrame(found, columns=COLUMNS, dtype=object)


def reading_since(reading: Reading, earlier: pd.DataFrame) -> Reading:
    """Give articles other identifiers where an earlier one is another article."""
    articles, there = reading.articles, set(earlier["article"])
    was = matched(articles, earlier)
    taken = there | set(articles["article"])
    names: dict[str, str] = {}
    for article, before in zip(was["article"], was["earlier"], strict=True):
        if article in there and article != before:
            name = article + ADDED
            while name in taken:
                name += ADDED
            taken.add(name)
            names[article] = name
    if not names:
        return reading
    note = (
        f"{counted(len(names), 'identifier')} of other articles before: {ADDED!r} added"
    )
    remarks = [*reading.remarks.itertuples(index=False), (reading.source, note)]
    return replace(
        reading,
        articles=articles.assign(article=articles["article"].replace(names)),
        remarks=pd.DataFrame(remarks, columns=["where", "note"], dtype=object),
        repairs={names.get(key, key): one for key, one in reading.repairs.items()},
    )


def runs_of(text: object, length: int = RUN) -> set[str]:
    """Give the runs of words of a text; one that is shorter is a run by itself.

    >>> sorted(runs_of("One two, THREE.", 2))
    ['one two', 'two three']
    """
    words = _WORD.findall(str(text).lower())
    if len(words) <= length:
        return {" ".join(words)} if words else set()
    return {" ".join(words[at : at + length]) for at in range(len(words) - length + 1)}


class _Known(NamedTuple):
    """What tells of an article whether it is another one."""

    article: str
    words: str
    title: str
    keys: tuple[tuple[str, ...], ...]


def _rows(articles: pd.DataFrame) -> Iterable[Any]:
    """Give what is looked at of each article; what is missing as ""."""
    names = ["article", "outlet", "date", "title", "url", "text"]
    table = articles.reindex(columns=names).astype(object)
    return table.where(table.notna(), "").astype(str).itertuples(index=False)


def _known(row: Any) -> _Known:
    words, title = " ".join(row.text.split()), " ".join(row.title.split())
    keys: list[tuple[str, ...]] = [
        ("article", row.article),
        ("text", row.outlet, words),
    ]
    page = address_of(row.url) or ""
    if page.partition("/")[2].strip("?"):  # a home page is no article
        keys.append(("url", page))
    if title:
        keys.append(("title", row.outlet, title.lower(), row.date[:10]))
    if len(opening := words.lower().split()[:OPENING]) == OPENING:
        keys.append(("opening", row.outlet, " ".join(opening)))
    return _Known(row.article, words, title, tuple(keys))


def _earlier(now: _Known, by_key: dict[tuple[str, ...], list[_Known]]) -> _Known | None:
    """Give the earlier article that this one is: the surest sign first."""
    unsure = []
    for kind in ("url", "text", "article", "title", "opening"):
        for key in now.keys:
            there = by_key.get(key, ())
            if key[0] != kind or len(there) != 1:
                continue
            if kind in ("url", "text"):
                return there[0]
            unsure.append(there[0])
    return next((one for one in unsure if _alike(now.words, one.words)), None)


def _alike(one: str, other: str) -> bool:
    """Whether two texts may be versions of one article."""
    if one == other:
        return True
    length = RUN if min(len(one.split()), len(other.split())) > LONG else SHORT_RUN
    first, second = runs_of(one, length), runs_of(other, length)
    return len(first & second) >= SAME * max(1, min(len(first), len(second)))
