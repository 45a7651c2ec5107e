"""Voice: who is speaking, for every character of an article."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from framelens._checks import require_columns
from framelens.annotate.furniture import furniture as mark_furniture
from framelens.annotate.furniture import text_furniture
from framelens.annotate.quotations import quotations as mark_quotations
from framelens.annotate.quotations import text_speech
from framelens.annotate.spans import each_text, spans_frame
from framelens.read import articles_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pandas as pd

VOICES = ("direct", "rest", "furniture")
"""The voices there are until attributions are built. The rest is not yet the
outlet's own voice: it holds indirect speech too."""


def voices(
    articles: pd.DataFrame | str | Path,
    *,
    quotations: pd.DataFrame | None = None,
    furniture: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Divide every article into voices.

    Parameters
    ----------
    articles : DataFrame or path
        ``article`` and ``text``.
    quotations, furniture : DataFrame, optional
        As the functions of these names return them (and perhaps corrected by
        hand); computed if not given.

    Returns
    -------
    DataFrame
        Spans of the layer ``voice``, with ``voice``: ``direct`` (outermost
        quotations that are speech, marks included), ``furniture``, or ``rest``.
        They cover every character of every article once. Furniture wins over a
        quotation inside it.

    Raises
    ------
    ColumnError
        If a table lacks one of its columns.

    Examples
    --------
    >>> import pandas as pd
    >>> articles = pd.DataFrame({"article": ["a"], "text": ['He said: "We go."']})
    >>> voices(articles)[["start", "end", "voice"]].values.tolist()
    [[0, 9, 'rest'], [9, 17, 'direct']]
    """
    articles = articles_of(articles)
    quotations = mark_quotations(articles) if quotations is None else quotations
    furniture = mark_furniture(articles) if furniture is None else furniture
    require_columns(
        quotations, ["article", "start", "end", "kind", "depth"], of="quotations"
    )
    require_columns(furniture, ["article", "start", "end"], of="furniture")
    speech = quotations[quotations["kind"].eq("speech") & quotations["depth"].eq(0)]
    quoted, set_aside = _by_article(speech), _by_article(furniture)
    rows = (
        (article, start, end, f"{article}:v{number}", voice)
        for article, text in each_text(articles)
        for number, (start, end, voice) in enumerate(
            _partition(len(text), quoted.get(article, []), set_aside.get(article, [])),
            start=1,
        )
    )
    return spans_frame(rows, layer="voice", role="voice", extra=["voice"])


def text_voices(text: str) -> list[tuple[int, int, str]]:
    """Give start, end and voice of every stretch of one text, as `voices` does.

    Examples
    --------
    >>> text_voices('He said: "We go."')
    [(0, 9, 'rest'), (9, 17, 'direct')]
    """
    return list(_partition(len(text), text_speech(text), text_furniture(text)))


def _by_article(spans: pd.DataFrame) -> dict[str, list[tuple[int, int]]]:
    found: dict[str, list[tuple[int, int]]] = {}
    columns = (spans[name].tolist() for name in ("article", "start", "end"))
    for article, start, end in zip(*columns, strict=True):
        found.setdefault(article, []).append((start, end))
    return found


def _partition(
    length: int, quoted: list[tuple[int, int]], set_aside: list[tuple[int, int]]
) -> Iterator[tuple[int, int, str]]:
    """Cover 0 to `length` with pieces, in order; furniture wins, then speech."""
    claims = [(start, end, 0, "furniture") for start, end in set_aside]
    claims += [(start, end, 1, "direct") for start, end in quoted]
    edges = sorted({0, length, *(edge for one in claims for edge in one[:2])})
    edges = [edge for edge in edges if 0 <= edge <= length]
    starting = sorted(claims)
    place = 0
    open_claims: list[tuple[int, int, int, str]] = []
    pending: tuple[int, int, str] | None = None
    for start, end in pairwise(edges):
        while place < len(starting) and starting[place][0] <= start:
            open_claims.append(starting[place])
            place += 1
        open_claims = [one for one in open_claims if one[1] > start]
        voice = min(open_claims, key=lambda one: one[2])[3] if open_claims else "rest"
        if pending is not None and pending[2] == voice and voice != "direct":
            pending = (pending[0], end, voice)
            continue
        if pending is not None:
            yield pending
        pending = (start, end, voice)
    if pending is not None:
        yield pending
