"""Boilerplate: lines that an outlet prints in many articles, whatever they tell."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framelens._checks import InputError
from framelens._layers import Layer
from framelens.align.passages.folded_words import folded_words, with_texts_held
from framelens.align.passages.passages import Rules, find_passages
from framelens.align.passages.word_places import word_places
from framelens.annotate.paragraphs import paragraph_offsets
from framelens.annotate.spans import SPAN_COLUMNS, each_text, spans_frame
from framelens.annotate.words import WORD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    import numpy.typing as npt

    from framelens.align.passages.passages import Passages

    Flags = npt.NDArray[np.bool_]
    Spans = dict[int, list[tuple[int, int, str]]]

SHARE = 0.25
"""Of an outlet's articles: a passage in more of them is boilerplate."""

FEWEST = 3
"""Articles of an outlet that must end in the same paragraph, after different ones."""

LINES = 4
"""Paragraphs at the end of an article that are looked at."""

SHORTEST = 4
"""Words. A shorter closing line is left as it is."""


def boilerplate(
    articles: pd.DataFrame | str | Path, *, share: float = SHARE
) -> pd.DataFrame:
    r"""Mark what an outlet prints in many articles: footers, subscription lines.

    Parameters
    ----------
    articles : DataFrame or path
        ``article, text``, and ``outlet`` and ``event`` where they are known; articles
        without an outlet count as one outlet. Give all that you have: what is
        boilerplate shows in many articles, not in two.
    share : float, default 0.25
        Above 0 and at most 1.

    Returns
    -------
    DataFrame
        Spans of the layer ``boilerplate``, which do not overlap, with ``kind``:
        ``frequent`` (8 words in a row that stand in more than `share` of an outlet's
        articles and in at least 5 of them, or in more than 500 articles, as
        `framelens.align.reuse` flags them) or ``closing`` (a last paragraph of 4
        words or more that ends more than `share` of an outlet's articles, and at least
        3 that begin differently; then the one before it, up to 4). Neither if all of
        these articles are on one stated event: it may well be told so.

    Raises
    ------
    InputError
        If `share` is out of range.

    Examples
    --------
    >>> line = "Subscribe to the Daily today"
    >>> told = ["A dam broke.", "It rained.", "Choirs sing."]
    >>> articles = pd.DataFrame({"article": ["a", "b", "c"], "outlet": "Daily",
    ...     "text": [f"{one}\n{line}" for one in told]})
    >>> boilerplate(articles)[["article", "start", "end", "kind"]]
      article  start  end     kind
    0       a     13   41  closing
    1       b     11   39  closing
    2       c     13   41  closing
    """
    number = isinstance(share, int | float) and not isinstance(share, bool)
    if not number or not 0 < share <= 1:
        raise InputError(
            "share is a share of an outlet's articles, above 0 and at most 1, as "
            f"0.25; found {share!r}."
        )
    table = with_texts_held(articles)
    found = _frequent(table, share)
    for row, spans in _closing(table, share).items():
        found[row] += spans
    names = table["article"].tolist()
    rows = (
        (names[row], start, end, f"{names[row]}:b{nth}", kind)
        for row in sorted(found)
        for nth, (start, end, kind) in enumerate(_apart(found[row]), start=1)
    )
    return spans_frame(rows, layer="boilerplate", role="boilerplate", extra=["kind"])


def _frequent(articles: pd.DataFrame, share: float) -> Spans:
    """Give the places of passages that stand in many articles, by row."""
    passages = find_passages(
        folded_words(articles["text"]), articles["outlet"].tolist(), Rules(share=share)
    )
    kept = passages.only(passages.boilerplate)
    kept = kept.only(~_on_one_event(kept, articles["event"]))
    where = np.tile(kept.article, 2), np.append(kept.first, kept.last - 1)
    starts, ends = word_places(articles["text"], *where)
    size = len(kept.article)
    found: Spans = defaultdict(list)
    places = starts[:size].tolist(), ends[size:].tolist()
    for row, start, end in zip(kept.article.tolist(), *places, strict=True):
        found[row].append((start, end, "frequent"))
    return found


def _on_one_event(passages: Passages, events: pd.Series[str]) -> Flags:
    """Mark the places of passages whose articles are all on one stated event."""
    codes, _ = pd.factorize(events.astype(object))
    told = pd.Series(codes[passages.article]).groupby(passages.passage)
    lowest, highest = (told.transform(one).to_numpy() for one in ("min", "max"))
    one: Flags = (lowest == highest) & (lowest >= 0)
    return one


def _closing(articles: pd.DataFrame, share: float) -> Spans:
    """Give the closing paragraphs that articles of an outlet have in common, by row."""
    texts = [text for _, text in each_text(articles)]
    every = [paragraph_offsets(text) for text in texts]
    outlets, _ = pd.factorize(articles["outlet"].astype(object))
    about = pd.DataFrame(
        {
            "outlet": outlets,
            "least": share * np.bincount(outlets + 1)[outlets + 1],
            "event": pd.factorize(articles["event"].astype(object))[0],
            "opening": [
                _folded(text, *paragraphs[0]) if paragraphs else ""
                for text, paragraphs in zip(texts, every, strict=True)
            ],
        }
    )
    left = {row: one[-LINES - 1 :] for row, one in enumerate(every) if len(one) > 1}
    found: Spans = defaultdict(list)
    for _ in range(LINES):
        if not left:
            break
        lines = {row: _folded(texts[row], *one[-1]) for row, one in left.items()}
        shared = _shared_ends(about.loc[list(lines)].assign(line=list(lines.values())))
        for row in shared:
            found[row].append((*left[row].pop(), "closing"))
        left = {row: left[row] for row in shared if len(left[row]) > 1}
    return found


def _shared_ends(last: pd.DataFrame) -> list[int]:
    """Give the rows whose last line ends enough articles that begin differently."""
    groups = last.groupby(["outlet", "line"])
    openings, events = (
        groups[one].transform("nunique") for one in ("opening", "event")
    )
    enough = (openings >= FEWEST) & (groups["line"].transform("size") > last["least"])
    enough &= last["line"].str.count(" ") >= SHORTEST - 1
    rows: list[int] = last.index[enough & ((events > 1) | (last["event"] < 0))].tolist()
    return rows


def _folded(text: str, start: int, end: int) -> str:
    return " ".join(WORD.findall(text, start, end)).casefold()


def _apart(spans: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Join what overlaps, in order."""
    joined: list[tuple[int, int, str]] = []
    for start, end, kind in sorted(spans):
        if joined and start < joined[-1][1]:
            first, last, name = joined[-1]
            joined[-1] = first, max(last, end), name
        else:
            joined.append((start, end, kind))
    return iter(joined)


BOILERPLATE = Layer("boilerplate", (*SPAN_COLUMNS, "kind"), boilerplate, whole=True)
