"""Show: tables, figures, texts with their marks, and the report.

Text of articles is hostile: all of it reaches a page through `escape`.
"""

from __future__ import annotations

from framelens.show.concordance import Concordance, concordance
from framelens.show.contrast_view import plot_contrast
from framelens.show.coverage_view import coverage_view, plot_coverage
from framelens.show.documents import documents, ledes
from framelens.show.evidence import evidence_list
from framelens.show.figure import Figure
from framelens.show.first_look import first_look
from framelens.show.fragment import Fragment, side_by_side
from framelens.show.ledger_view import ledger
from framelens.show.openings import openings
from framelens.show.plots import plot_words
from framelens.show.quoted_words import words_figure, words_table
from framelens.show.speakers_view import (
    plot_speakers,
    speakers_figure,
    speakers_list,
)
from framelens.show.statement_diff import statement_diff
from framelens.show.tables import html_table
from framelens.show.text import escape, plain
from framelens.show.view import article_view
from framelens.show.with_speakers import with_speakers

__all__ = [
    "Concordance",
    "Figure",
    "Fragment",
    "article_view",
    "concordance",
    "coverage_view",
    "documents",
    "escape",
    "evidence_list",
    "first_look",
    "html_table",
    "ledes",
    "ledger",
    "openings",
    "plain",
    "plot_contrast",
    "plot_coverage",
    "plot_speakers",
    "plot_words",
    "side_by_side",
    "speakers_figure",
    "speakers_list",
    "statement_diff",
    "with_speakers",
    "words_figure",
    "words_table",
]
