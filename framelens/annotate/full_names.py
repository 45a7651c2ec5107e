"""Full names: a surname in one article, the whole name in another on the same event."""

from __future__ import annotations

import pandas as pd

from framelens.annotate.attributions.sources import BETWEEN_SPEAKERS
from framelens.annotate.speakers.actor_words import body_of, role_of
from framelens.annotate.speakers.nations import state_of
from framelens.annotate.speakers.person_names import PARTICLES


def full_names(rows: pd.DataFrame) -> pd.Series:
    """Give the actors of a ledger: a bare surname as the one full name that fits.

    A surname (*Mr Brandt*) is taken for the one full name that ends so among the
    speakers of the same event (*Leo Brandt*); where several do, or none, it stays.

    Parameters
    ----------
    rows : DataFrame
        ``event, speaker``; several speakers of one row are parted by ``"; "``.

    Returns
    -------
    Series
    """
    events = [event if isinstance(event, str) else None for event in rows["event"]]
    several = [
        speaker.split(BETWEEN_SPEAKERS) if isinstance(speaker, str) else []
        for speaker in rows["speaker"]
    ]
    full: dict[tuple[str, str], set[str]] = {}
    for event, speakers in zip(events, several, strict=True):
        for speaker in speakers:
            words = speaker.split()
            if event and len(words) > 1 and all(_may_be_name(word) for word in words):
                full.setdefault((event, words[-1]), set()).add(speaker)
    actors: list[str | None] = []
    for event, speakers in zip(events, several, strict=True):
        names = []
        for speaker in speakers:
            fits = full.get((event, speaker), set()) if event else set()
            only = len(fits) == 1 and _may_be_name(speaker)
            names.append(next(iter(fits)) if only else speaker)
        actors.append(BETWEEN_SPEAKERS.join(dict.fromkeys(names)) or None)
    return pd.Series(actors, index=rows.index, dtype=object)


def _may_be_name(word: str) -> bool:
    """Whether a word can be part of a person's name: no state, body, role or *of*."""
    capital = word[:1].isupper() or word.lower() in PARTICLES
    other = body_of(word) or role_of(word) or state_of(word, capitals=True)
    return capital and other is None and BETWEEN_SPEAKERS.strip() not in word
