"""Mark spans in articles: words, sentences, quotations, furniture, voices.

The only layer that knows that a model exists. Every function takes the table of
articles and returns spans: ``article, start, end, layer, annotation, role`` and columns
of their own, with offsets into the untouched text.
"""

from __future__ import annotations

from framelens.annotate.attribution_model import load_reader as load_reader
from framelens.annotate.attributions import ATTRIBUTION_KINDS
from framelens.annotate.attributions import attributions as attributions
from framelens.annotate.blended_words import BLENDED_KINDS
from framelens.annotate.blended_words import blended_words as blended_words
from framelens.annotate.cues import CUE_CLASSES, cue_class
from framelens.annotate.cues import cue_classes as cue_classes
from framelens.annotate.embeddings import embed as embed
from framelens.annotate.entities import entities as entities
from framelens.annotate.furniture import furniture as furniture
from framelens.annotate.ledger import LEDGER_COLUMNS
from framelens.annotate.names import same_name
from framelens.annotate.one_pass import TONES
from framelens.annotate.paragraphs import paragraphs as paragraphs
from framelens.annotate.pipeline import DEFAULT_MODEL
from framelens.annotate.pipeline import parse as parse
from framelens.annotate.pipeline import sentences as sentences
from framelens.annotate.quotations import quotations as quotations
from framelens.annotate.spans import SPAN_COLUMNS
from framelens.annotate.tone import loaded_sentences, tone
from framelens.annotate.tone import loaded_words as loaded_words
from framelens.annotate.voices import MARKED_VOICES, VOICES
from framelens.annotate.voices import voices as voices

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
    "cue_class",
    "loaded_sentences",
    "same_name",
    "tone",
]
