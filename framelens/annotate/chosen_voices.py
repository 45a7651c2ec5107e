"""Chosen voices: from a table, from the reader, or from the marks alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from framelens._checks import InputError, require_columns
from framelens.annotate.voices import voices as mark_voices

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    Chosen = pd.DataFrame | Literal["marks"] | None


def chosen_voices(
    articles: pd.DataFrame | str | Path, voices: Chosen = None
) -> pd.DataFrame:
    """Give the voices that a measure tells apart.

    Parameters
    ----------
    articles : DataFrame or path
        ``article, text``.
    voices : DataFrame or "marks", optional
        A table is taken as it is. If not given, `framelens.annotate.voices` finds
        them: own, direct and indirect. With "marks" only quotation marks are looked
        at: direct and rest.

    Returns
    -------
    DataFrame
        With ``article, start, end, voice``.

    Raises
    ------
    ColumnError
        If the table lacks a column.
    InputError
        If `voices` is another word.
    MissingPartError
        If the reader is needed and not installed.

    Examples
    --------
    >>> import pandas as pd
    >>> articles = pd.DataFrame({"article": ["a"], "text": ["It rained."]})
    >>> chosen_voices(articles, "marks")["voice"].tolist()
    ['rest']
    """
    if voices is None:
        return mark_voices(articles)
    if isinstance(voices, str):
        if voices != "marks":
            raise InputError(
                f"voices must be a table of spans or 'marks'; got {voices!r}."
            )
        return mark_voices(articles, attributions="none")
    require_columns(voices, ["article", "start", "end", "voice"], of="voices")
    return voices
