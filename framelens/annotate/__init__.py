"""Mark spans in articles: words, sentences, quotations, furniture, voices.

The only layer that knows that a model exists. Every function takes the table of
articles (or a path) and returns spans: ``article, start, end, layer, annotation,
role`` and columns of their own, with offsets into the untouched text.
"""

from __future__ import annotations

from framelens.annotate.attribution_model import load_reader
from framelens.annotate.attributions import ATTRIBUTION_KINDS, attributions
from framelens.annotate.blended_words import BLENDED_KINDS, blended_words
from framelens.annotate.cues import CUE_CLASSES, cue_class, cue_classes
from framelens.annotate.embeddings import embed
from framelens.annotate.entities import entities
from framelens.annotate.furniture import furniture
from framelens.annotate.ledger import LEDGER_COLUMNS
from framelens.annotate.loaded_words import loaded_sentences, loaded_words
from framelens.annotate.names import same_name
from framelens.annotate.one_pass import TONES
from framelens.annotate.paragraphs import paragraphs
from framelens.annotate.pipeline import DEFAULT_MODEL, parse, sentences
from framelens.annotate.quotations import quotations
from framelens.annotate.spans import SPAN_COLUMNS
from framelens.annotate.tone import tone
from framelens.annotate.voices import MARKED_VOICES, VOICES, voices
from framelens.annotate.words import words

__all__ = [
    "ATTRIBUTION_KINDS",
    "BLENDED_KINDS",
    "CUE_CLASSES",
    "DEFAULT_MODEL",
    "LEDGER_COLUMNS",
    "MARKED_VOICES",
    "SPAN_COLUMNS",
    "TONES",
    "VOICES",
    "attributions",
    "blended_words",
    "cue_class",
    "cue_classes",
    "embed",
    "entities",
    "furniture",
    "load_reader",
    "loaded_sentences",
    "loaded_words",
    "paragraphs",
    "parse",
    "quotations",
    "same_name",
    "sentences",
    "tone",
    "voices",
    "words",
]
