"""Read articles from folders, tables and DataFrames into one table.

Every reading ends in an account: what was kept, what was dropped and why, and
which outlets, dates and languages are given.
"""

from __future__ import annotations

from framelens.read.about import About, about
from framelens.read.articles import articles_of, read_articles
from framelens.read.reading import Reading
from framelens.read.stated import ACTOR_COLUMNS, read_actors
from framelens.read.texts import MAX_BYTES

__all__ = [
    "ACTOR_COLUMNS",
    "MAX_BYTES",
    "About",
    "Reading",
    "about",
    "articles_of",
    "read_actors",
    "read_articles",
]
