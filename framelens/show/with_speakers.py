"""With speakers: voices and who is credited with them, for the article view."""

from __future__ import annotations

import numpy as np
import pandas as pd

from framelens._checks import require_columns
from framelens.show.text import is_missing


def with_speakers(voices: pd.DataFrame, ledger: pd.DataFrame) -> pd.DataFrame:
    """Name the speaker of every stretch of voices, for the article view.

    Parameters
    ----------
    voices : DataFrame
        As `framelens.annotate.voices` gives them.
    ledger : DataFrame
        ``article, start, end, speaker``, and ``depth`` if some are nested, as
        `framelens.measure.ledger` gives them.

    Returns
    -------
    DataFrame
        `voices` with a column ``speaker``: of the attribution that covers most of
        the stretch, the outermost and then the shortest of several; missing where
        none does, or its speaker is not known, and in other voices than ``direct``
        and ``indirect``.

    Raises
    ------
    ColumnError
        If a table lacks a column.

    Examples
    --------
    >>> voices = pd.DataFrame({"article": ["a", "a"], "start": [0, 9], "end": [9, 17],
    ...                        "voice": ["own", "direct"]})
    >>> ledger = pd.DataFrame({"article": ["a"], "start": [9], "end": [17],
    ...                        "speaker": ["Jane Doe"]})
    >>> with_speakers(voices, ledger)["speaker"].tolist()
    [None, 'Jane Doe']
    """
    require_columns(voices, ["article", "start", "end", "voice"], of="voices")
    require_columns(ledger, ["article", "start", "end", "speaker"], of="a ledger")
    depth = ledger["depth"] if "depth" in ledger.columns else 0
    told = {
        str(article): part
        for article, part in ledger.assign(depth=depth).groupby("article", sort=False)
    }
    found: list[object] = [None] * len(voices)
    heard = voices["voice"].isin(["direct", "indirect"]).to_numpy()
    places = voices[["article", "start", "end"]].reset_index(drop=True)
    for article, mine in places[heard].groupby("article", sort=False):
        if str(article) in told:
            named = _credits(mine, told[str(article)])
            for place, name in zip(mine.index.tolist(), named, strict=True):
                found[place] = name
    return voices.assign(speaker=pd.Series(found, index=voices.index, dtype=object))


def _credits(mine: pd.DataFrame, told: pd.DataFrame) -> list[object]:
    """Give the speakers of the attributions that cover most of each stretch."""
    starts, ends, depths = (told[name].to_numpy() for name in ("start", "end", "depth"))
    names = [None if is_missing(one) else one for one in told["speaker"]]
    found: list[object] = []
    for start, end in zip(mine["start"], mine["end"], strict=True):
        shared = np.minimum(end, ends) - np.maximum(start, starts)
        best = np.lexsort((ends - starts, depths, -shared))[0]
        found.append(names[best] if shared[best] > 0 else None)
    return found
