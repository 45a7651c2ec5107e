"""Tables as the command line writes them: with what a reader of a file needs beside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from framelens.align import Coverage
    from framelens.compare import Contrast
    from framelens.measure import Counts

_PLACE = ("article", "start", "end")


def with_bounds(result: Contrast) -> pd.DataFrame:
    """Put the other bound of the own voice, reported speech added, beside it."""
    if result.bounds is None:
        return result.table
    others = [name for name in result.bounds if name not in result.table]
    return result.table.join(result.bounds[others])


def with_words(table: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Put the outlet beside each attribution, and the words of its content."""
    names = articles["article"]
    texts = dict(zip(names, articles["text"], strict=True))
    outlets = dict(zip(names, articles["outlet"], strict=True))
    rows = zip(table["article"].tolist(), table["content"].tolist(), strict=True)
    words = [
        " ".join(texts[article][start:end] for start, end in pieces)
        for article, pieces in rows
    ]
    return table.assign(outlet=table["article"].map(outlets), text=words)


def pieces_told(some: list[list[int]] | None) -> str | None:
    """Write stretches of text in one cell: ``12-30 41-57``."""
    return " ".join(f"{start}-{end}" for start, end in some) if some else None


def with_totals(counts: Counts) -> pd.DataFrame:
    """Put n beside k; an article and voice in which nothing counts has k = 0."""
    keys = ["event", "outlet", "article", "voice"]
    both = counts.counts.merge(counts.totals, on=keys, how="outer", sort=False)
    table = both.assign(k=both["k"].fillna(0).astype("int64"))
    return table[[*keys, "item", "k", "n"]]


def with_passages(found: Coverage) -> pd.DataFrame:
    """Put both outlets and both texts beside the places that coverage lines up.

    Returns
    -------
    DataFrame
        ``Coverage.table``, then ``outlet, text, counterpart_outlet, counterpart``:
        the texts are what stands at the offsets.
    """
    places = found.places
    more: dict[str, list[Any]] = {}
    for prefix, outlet, text in (
        ("", "outlet", "text"),
        ("counterpart_", "counterpart_outlet", "counterpart"),
    ):
        columns = [found.table[f"{prefix}{one}"].tolist() for one in _PLACE]
        told = [places.side(place) for place in zip(*columns, strict=True)]
        more[outlet] = [side[1] for side in told]
        more[text] = [side[-1] for side in told]
    return found.table.assign(**more)


def coverage_told(found: Coverage) -> list[str]:
    """Say what was lined up, how many units have which status, and the notes.

    Returns
    -------
    list of str
        Lines; the last of the notes says how often a status is wrong.
    """
    units = found.summary.groupby("status", sort=False)["units"].sum()
    told = ", ".join(f"{status} {number:,}" for status, number in units.items())
    return [found.caption, f"Of {units.sum():,} units: {told}.", *found.notes]
