"""Who is named, and who speaks each quotation.

`entities` gathers the people, bodies and places that an article names; `speakers`
leads each quotation back to one of them: by its cue and subject, by pronouns and
descriptions, or by the quotation before it.
"""

from __future__ import annotations

from framelens.annotate.speakers.entities import entities
from framelens.annotate.speakers.speakers import SPEAKER_COLUMNS, speakers

__all__ = ["SPEAKER_COLUMNS", "entities", "speakers"]
