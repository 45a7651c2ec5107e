"""Full names: a surname in one article, the whole name in another on the same event."""

from __future__ import annotations

import pandas as pd

from framelens.annotate.actor_nouns import body_of, role_of, state_of
from framelens.annotate.names import BETWEEN_SPEAKERS
from framelens.annotate.noun_phrases import PARTICLES


def full_names(rows: pd.DataFrame) -> pd.Series:
    """Give the speakers, a bare surname as the one full name of its event that fits.

    Parameters
    ----------
    rows : DataFrame
        ``event, speaker``.

    Returns
    -------
    Series
    """
    speakers, events = rows["speaker"].tolist(), rows["event"].tolist()
    full: dict[tuple[str, str], set[str]] = {}
    for event, speaker in zip(events, speakers, strict=True):
        words = speaker.split() if isinstance(speaker, str) else []
        if len(words) > 1 and all(_may_be_name(one) for one in words):
            full.setdefault((event, words[-1]), set()).add(speaker)
    joined: list[object] = []
    for event, speaker in zip(events, speakers, strict=True):
        fits = full.get((event, speaker), set()) if isinstance(event, str) else set()
        only = len(fits) == 1 and _may_be_name(speaker)
        joined.append(next(iter(fits)) if only else speaker)
    return pd.Series(joined, index=rows.index, dtype=object)


def with_full_names(spoken: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Give a table of who is credited with speakers as `full_names` gives them.

    Parameters
    ----------
    spoken : DataFrame
        ``article, speaker``.
    articles : DataFrame
        ``article, event``.

    Returns
    -------
    DataFrame
        The rows of `spoken`.
    """
    events = dict(zip(articles["article"], articles["event"], strict=True))
    about = pd.Series([events.get(one) for one in spoken["article"]], dtype=object)
    rows = pd.DataFrame({"event": about, "speaker": spoken["speaker"].tolist()})
    return spoken.assign(speaker=full_names(rows).to_numpy())


def _may_be_name(word: str) -> bool:
    """Whether a word can be part of a person's name: no state, body, role or *of*."""
    capital = word[:1].isupper() or word.lower() in PARTICLES
    other = body_of(word) or role_of(word) or state_of(word, capitals=True)
    return capital and other is None and BETWEEN_SPEAKERS.strip() not in word
