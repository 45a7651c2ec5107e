"""Full names: a surname in one article, the whole name in another on the same event."""

from __future__ import annotations

import pandas as pd

from framelens.annotate.names import BETWEEN_SPEAKERS, read_name, same_name


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
    full: dict[str, list[str]] = {}
    for event, speakers in zip(events, several, strict=True):
        for speaker in speakers:
            if event and read_name(speaker).kind == "person":
                known = full.setdefault(event, [])
                if speaker not in known:
                    known.append(speaker)
    actors: list[str | None] = []
    for event, speakers in zip(events, several, strict=True):
        names = [_full_name(speaker, full.get(event or "", [])) for speaker in speakers]
        actors.append(BETWEEN_SPEAKERS.join(dict.fromkeys(names)) or None)
    return pd.Series(actors, index=rows.index, dtype=object)


def _full_name(speaker: str, full: list[str]) -> str:
    """Give the one full name that a surname fits, or the surname."""
    if read_name(speaker).kind != "word":
        return speaker
    fits = [name for name in full if same_name(speaker, name)]
    people = {read_name(name).words for name in fits}
    return fits[0] if len(people) == 1 else speaker
