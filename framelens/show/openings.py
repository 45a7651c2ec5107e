"""Openings: what articles put first, side by side."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from framelens._wording import counted
from framelens.annotate.spans import each_text
from framelens.measure.emphasis import Emphasis, emphasis
from framelens.show.fragment import Fragment, side_by_side
from framelens.show.text import escape, plain, stated

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import pandas as pd


_PUNCTUATION = re.compile(r"[^\w\s]*")


def openings(source: Emphasis | pd.DataFrame | str | Path) -> Fragment:
    """Set the openings of articles side by side.

    Parameters
    ----------
    source : Emphasis, DataFrame or path
        What `framelens.measure.emphasis` gives, or articles.

    Returns
    -------
    Fragment
        The longest opening of each article; a mark stands where each shorter one
        ends. Its ``table`` is that of the emphasis.
    """
    found = source if isinstance(source, Emphasis) else emphasis(source)
    assert found.corpus is not None  # noqa: S101 - emphasis gives it
    texts = dict(each_text(found.corpus.articles))
    spans = found.spans
    panels = []
    for article, mine in found.table.groupby("article", sort=False):
        text, longest = texts[str(article)], mine["part"].iloc[-1]
        pieces = spans[spans["article"].eq(article) & spans["part"].eq(longest)]
        ends = dict(zip(mine["end"].tolist(), mine["part"].tolist(), strict=True))
        places = zip(pieces["start"].tolist(), pieces["end"].tolist(), strict=True)
        shown = [
            _marked(text, start, end, ends) for start, end in _joined(text, places)
        ]
        rows: list[Any] = list(mine.itertuples())
        outlet = stated(rows[0].outlet, "outlet")
        head = [f"{outlet} ({plain(article)})", *map(_about, rows)]
        html = "".join(f'<p dir="auto">{one}</p>' for one, _ in shown)
        panels.append((head, html, "\n  ".join(words for _, words in shown)))
    view = side_by_side(panels, caption=found.caption)
    return Fragment(view.html, view.text, found.table)


def _about(row: Any) -> str:
    words, quoted = counted(row.words, "word"), f"{row.quoted_words:,}"
    return f"{row.part}: {words}, {quoted} of them in quotation marks"


def _joined(text: str, places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join stretches that only stops, marks and spaces part: nothing is left out there.

    Examples
    --------
    >>> _joined("It rained. He left.", [(0, 9), (11, 18)])
    [(0, 18)]
    """
    joined: list[tuple[int, int]] = []
    for start, end in places:
        if joined and not any(sign.isalnum() for sign in text[joined[-1][1] : start]):
            joined[-1] = joined[-1][0], end
        else:
            joined.append((start, end))
    return joined


def _marked(text: str, start: int, end: int, ends: dict[int, str]) -> tuple[str, str]:
    """Give ``text[start:end]`` with a mark wherever an opening ends."""
    html, words, place = [], [], start
    for stop, part in ends.items():
        if start < stop <= end:
            behind = _PUNCTUATION.match(text, stop)
            stop = behind.end() if behind else stop
            html.append(escape(text[place:stop]))
            html.append(f" <small><b>⟦end of the {escape(part)}⟧</b></small>")
            words += [plain(text[place:stop]), f" ⟦end of the {plain(part)}⟧"]
            place = stop
    if place < end:
        html.append(escape(text[place:end]))
        words.append(plain(text[place:end]))
    return "".join(html).replace("\n", "<br>"), "".join(words)
