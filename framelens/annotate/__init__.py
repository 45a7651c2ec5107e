"""Mark spans in articles: words, sentences, quotations, furniture, voices.

The only layer that knows that a model exists. Every function takes the table of
articles (or a path) and returns spans: ``article, start, end, layer, annotation,
role`` and columns of their own, with offsets into the untouched text.
"""

from __future__ import annotations

from framelens.annotate.embeddings import embed
from framelens.annotate.furniture import furniture
from framelens.annotate.paragraphs import paragraphs
from framelens.annotate.pipeline import DEFAULT_MODEL, parse, sentences
from framelens.annotate.quotations import quotations
from framelens.annotate.spans import SPAN_COLUMNS
from framelens.annotate.speakers import SPEAKER_COLUMNS, entities, speakers
from framelens.annotate.voices import VOICES, voices
from framelens.annotate.words import words

__all__ = [
    "DEFAULT_MODEL",
    "SPAN_COLUMNS",
    "SPEAKER_COLUMNS",
    "VOICES",
    "embed",
    "entities",
    "furniture",
    "paragraphs",
    "parse",
    "quotations",
    "sentences",
    "speakers",
    "voices",
    "words",
]
