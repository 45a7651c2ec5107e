"""Tones: how each mention of a person, body or state is treated, as a layer."""

from __future__ import annotations

import re

import pandas as pd

from framelens._layers import ACTORS, Layer
from framelens.annotate.actor_nouns import state_of
from framelens.annotate.actors import with_actors
from framelens.annotate.spans import SPAN_COLUMNS
from framelens.annotate.tone import tone

TONE_COLUMNS = [*SPAN_COLUMNS, "actor", "negative", "neutral", "positive", "tone"]
"""The columns of the layer ``tones``: one row per mention that can be read; see
`framelens.annotate.tone`. ``actor`` is the one name in the whole corpus."""


def tones(
    articles: pd.DataFrame,
    *,
    mentions: pd.DataFrame,
    names: pd.DataFrame,
    actors: pd.DataFrame | None,
) -> pd.DataFrame:
    """Read the tone towards each mention, under the actor's one name.

    A state is meant by its name and its capital; other places are no actors.
    """
    named = mentions[mentions["kind"].isin(["person", "body", "place"])]
    texts = dict(zip(articles["article"], articles["text"], strict=True))
    places = zip(named["article"], named["start"], named["end"], strict=True)
    printed = pd.Series(
        [texts[one][start:end] for one, start, end in places],
        index=named.index,
        dtype=object,
    )
    actor = named["actor"].where(named["kind"].ne("place"), printed.map(_state))
    given = named.assign(
        speaker=actor,
        speaker_kind=named["kind"].replace("place", "state"),
        source_text=named["actor"],
        source_type=None,
        anonymous=False,
        resolved_by="name",
        sure=True,
    )
    meant = with_actors(given[actor.notna()], names, actors)
    read = tone(articles, meant.assign(layer="tone", role="target"))
    return read.loc[read["tone"].notna(), TONE_COLUMNS].reset_index(drop=True)


def _state(place: object) -> str | None:
    """Give the state that a place means; an adjective (*Iranian drones*) names none."""
    state = state_of(str(place), capitals=True)
    if state is None or (place != state and _ADJECTIVE.search(str(place))):
        return None
    return state


_ADJECTIVE = re.compile(r"[a-z](?:ans?|ese|ish|is?|ch|ic|ss|men)$")

TONES = Layer("tones", tuple(TONE_COLUMNS), tones, needs=("mentions", "names", ACTORS))
