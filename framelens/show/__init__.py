"""Show: tables, figures, and texts with their marks.

Every view takes a corpus first. Text of articles is hostile: all of it reaches a page
through `escape`.
"""

from __future__ import annotations

from framelens.show.article import article_view
from framelens.show.coding import Coding, coding
from framelens.show.concordance import Concordance, concordance
from framelens.show.coverage_view import coverage_view
from framelens.show.documents import documents, plot_words, words_figure, words_table
from framelens.show.evidence import evidence_list
from framelens.show.explorer import Explorer, explore
from framelens.show.figure import Figure
from framelens.show.ledger_view import ledger_view
from framelens.show.side_by_side import ledes, openings, side_by_side
from framelens.show.speakers_view import speakers_list
from framelens.show.statement_diff import statement_diff
from framelens.show.tables import Fragment, html_table
from framelens.show.text import escape, plain

__all__ = [
    "Coding",
    "Concordance",
    "Explorer",
    "Figure",
    "Fragment",
    "article_view",
    "coding",
    "concordance",
    "coverage_view",
    "documents",
    "escape",
    "evidence_list",
    "explore",
    "html_table",
    "ledes",
    "ledger_view",
    "openings",
    "plain",
    "plot_words",
    "side_by_side",
    "speakers_list",
    "statement_diff",
    "words_figure",
    "words_table",
]
