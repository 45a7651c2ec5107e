"""Boilerplate: lines that an outlet prints in many articles, whatever they tell."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framelens._checks import require_share
from framelens._layers import Layer
from framelens.align.passages.passages import (
    Rules,
    find_passages,
    folded_words,
    offsets_of,
)
from framelens.annotate.paragraphs import paragraph_offsets
from framelens.annotate.spans import SPAN_COLUMNS, each_text, spans_frame
from framelens.annotate.words import WORD
from framelens.corpus import corpus_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    import numpy.typing as npt

    from framelens.align.passages.passages import Passages
    from framelens.corpus import Corpus

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
    corpus: Corpus | pd.DataFrame | str | Path, *, share: float = SHARE
) -> pd.DataFrame:
    r"""Mark what an outlet prints in many articles: footers, subscription lines.

    Parameters
    ----------
    corpus : Corpus, DataFrame or path
        Articles without an outlet count as one outlet. What is boilerplate shows in
        many articles, not in two; ``corpus.boilerplate`` is found in all that were
        read, whatever was chosen from them.
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
    require_share(share, name="share", of="an outlet's articles", such_as=0.25)
    articles = corpus_of(corpus).articles
    lines = _frequent(articles, share)
    for row, spans in _closing(articles, share).items():
        lines[row] += spans
    names = articles["article"].tolist()
    rows = (
        (names[row], start, end, f"{names[row]}:b{nth}", kind)
        for row in sorted(lines)
        for nth, (start, end, kind) in enumerate(_apart(lines[row]), start=1)
    )
    return spans_frame(rows, layer="boilerplate", role="boilerplate", extra=["kind"])


def _frequent(articles: pd.DataFrame, share: float) -> Spans:
    """Give the places of passages that stand in many articles, by row."""
    passages = find_passages(
        folded_words(articles["text"]), articles["outlet"].tolist(), Rules(share=share)
    )
    lines = passages.only(passages.boilerplate)
    lines = lines.only(~_on_one_event(lines, articles["event"]))
    places = np.stack([lines.article, *offsets_of(lines, articles["text"])], axis=1)
    spans: Spans = defaultdict(list)
    for row, start, end in places.tolist():
        spans[row].append((start, end, "frequent"))
    return spans


def _on_one_event(passages: Passages, stated: pd.Series[str]) -> Flags:
    """Mark the places of passages whose articles are all on one stated event."""
    codes, _ = pd.factorize(stated.astype(object))
    events = pd.Series(codes[passages.article]).groupby(passages.passage)
    lowest, highest = (events.transform(name).to_numpy() for name in ("min", "max"))
    alone: Flags = (lowest == highest) & (lowest >= 0)
    return alone


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
    left = {row: each[-LINES - 1 :] for row, each in enumerate(every) if len(each) > 1}
    closing: Spans = defaultdict(list)
    for _ in range(LINES):
        if not left:
            break
        lines = {row: _folded(texts[row], *each[-1]) for row, each in left.items()}
        shared = _shared_ends(about.loc[list(lines)].assign(line=list(lines.values())))
        for row in shared:
            closing[row].append((*left[row].pop(), "closing"))
        left = {row: left[row] for row in shared if len(left[row]) > 1}
    return closing


def _shared_ends(last: pd.DataFrame) -> list[int]:
    """Give the rows whose last line ends enough articles that begin differently."""
    groups = last.groupby(["outlet", "line"])
    openings, events = (
        groups[name].transform("nunique") for name in ("opening", "event")
    )
    enough = (openings >= FEWEST) & (groups["line"].transform("size") > last["least"])
    enough &= last["line"].str.count(" ") >= SHORTEST - 1
    rows: list[int] = last.index[enough & ((events > 1) | (last["event"] < 0))].tolist()
    return rows


def _folded(text: str, start: int, end: int) -> str:
    """Give the words of a stretch, capitals and small letters alike."""
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
