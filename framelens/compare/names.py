"""Names: what outlets, genres and voices are called in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from framelens.compare.design import Design

GENRES = {
    "report": ("report", "reports"),
    "comment": ("comment piece", "comment pieces"),
    "interview": ("interview", "interviews"),
    "": ("article", "articles"),
}
"""What an article of each genre is called; "" where the genre is not known."""

VOICES = {
    "all": "all voices",
    "quoted": "quoted and reported speech",
    "direct": "direct speech, in quotation marks",
    "indirect": "reported speech",
    "rest": "what stands outside quotation marks",
    "own": "the outlet's own voice",
}
"""What each voice is called."""


def side_names(design: Design) -> tuple[str, str]:
    """Name each side: the outlet, or its articles where genres cannot be told apart."""
    if not design.genres_apart:
        return design.target, design.baseline
    chosen = design.is_target
    return (
        _these(design.target, design.articles[chosen]),
        _these(design.baseline, design.articles[~chosen]),
    )


def number_of(count: int, noun: str) -> str:
    """Write a number and its noun.

    Examples
    --------
    >>> number_of(1, "article"), number_of(1200, "article")
    ('1 article', '1,200 articles')
    """
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _these(outlet: str, articles: pd.DataFrame) -> str:
    plural = len(articles) > 1
    kinds = sorted(set(articles["genre"].fillna("")))
    names = [
        GENRES.get(kind, (f"{kind} article", f"{kind} articles"))[plural]
        for kind in kinds
    ]
    return f"{'these' if plural else 'this'} {' and '.join(names)} ({outlet})"
