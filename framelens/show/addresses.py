"""Addresses: where on a page an article, and a place in it, is to be read."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from framelens.annotate.paragraphs import paragraph_offsets
from framelens.annotate.spans import each_text
from framelens.show.text import escape

if TYPE_CHECKING:
    import pandas as pd


class Addresses:
    r"""Leads to the articles that a page shows whole, paragraph by paragraph.

    Numbers, not names: an article may be called anything.

    >>> import pandas as pd
    >>> shown = pd.DataFrame({"article": ["x"], "text": ["One day.\n\nAnother."]})
    >>> addresses = Addresses(shown)
    >>> addresses.of("x"), addresses.of("x", 12), addresses.of("y")
    ('a1-1', 'a1-2', None)
    >>> addresses.link("x", "Daily & Co", 12)
    '<a href="#a1-2">Daily &amp; Co</a>'
    """

    def __init__(self, shown: pd.DataFrame) -> None:
        self._numbers: dict[str, int] = {}
        self._starts: dict[str, list[int]] = {}
        for number, (article, text) in enumerate(each_text(shown), start=1):
            self._numbers[article] = number
            self._starts[article] = [start for start, _ in paragraph_offsets(text)]

    def __contains__(self, article: str) -> bool:
        return bool(self._starts.get(article))

    def prefix(self, article: str) -> str:
        """Give what the names of an article's paragraphs begin with."""
        return f"a{self._numbers[article]}-"

    def of(self, article: str, start: int = 0) -> str | None:
        """Name the paragraph that a place is in; None if the page does not show it."""
        if article not in self:
            return None
        paragraph = max(1, bisect_right(self._starts[article], start))
        return f"{self.prefix(article)}{paragraph}"

    def link(self, article: str, words: object, start: int = 0) -> str:
        """Give plain words as a link to a place, or as they are if it is not shown."""
        name = self.of(article, start)
        words = escape(words)
        return words if name is None else f'<a href="#{name}">{words}</a>'
