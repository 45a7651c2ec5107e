"""Read articles from whatever the analyst has into one table.

Every reading ends in an account: what was kept, dropped, guessed and repaired, which
outlets, dates and languages are given, and whether texts are damaged.
"""

from __future__ import annotations

from framelens.read.about import About, about
from framelens.read.articles import articles_of, read_articles
from framelens.read.reading import Reading
from framelens.read.source import Limits
from framelens.read.stated import ACTOR_COLUMNS, read_actors
from framelens.read.texts import MAX_BYTES

__all__ = [
    "ACTOR_COLUMNS",
    "MAX_BYTES",
    "About",
    "Limits",
    "Reading",
    "about",
    "articles_of",
    "read_actors",
    "read_articles",
]
