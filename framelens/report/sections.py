"""Sections of the report on the articles themselves; all return escaped HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from framelens._checks import InputError
from framelens._wording import counted
from framelens.align import statements
from framelens.measure import speakers
from framelens.report.page import folded, scrolling
from framelens.show.article import article_view
from framelens.show.documents import documents
from framelens.show.ledger_view import ledger_view
from framelens.show.side_by_side import ledes
from framelens.show.speakers_view import speakers_list
from framelens.show.statement_diff import statement_diff
from framelens.show.tables import html_table
from framelens.show.text import escape, plain, shortened, stated
from framelens.show.voices_view import words_figure, words_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from framelens.corpus import Corpus

MOST_ARTICLES = 40
"""Articles listed, drawn or shown whole at most, so that a page stays readable; how
many are left out is said."""

MOST_LEDES = 12
"""Articles whose openings are set side by side at most."""

MOST_COMPARED = 24
"""Articles in which statements that both outlets carry are looked for at most: every
pair of articles is read, and a page cannot hold more."""

MOST_STATEMENTS = 12
"""Statements shown word by word."""

SAID = {"direct": "in quotation marks", "indirect": "in reported speech"}
"""The voices of others, and what they are called above an article."""


def document_section(corpus: Corpus) -> str:
    """List the documents, and what is missing of each."""
    table = documents(corpus, most=MOST_ARTICLES)
    return scrolling(table.html, label="The documents")


def lede_section(corpus: Corpus) -> str:
    """Show how the articles open."""
    shown = first(corpus, MOST_LEDES)
    return ledes(shown).html + left_out(corpus, shown)


def word_section(corpus: Corpus) -> str:
    """Show how many words are in which voice: a figure, and its numbers."""
    shown = first(corpus, MOST_ARTICLES)
    numbers = html_table(words_table(shown), caption="The same numbers")
    table = scrolling(numbers, label="The same numbers")
    return words_figure(shown).html + table + left_out(corpus, shown)


def ledger_section(corpus: Corpus) -> str:
    """Show how everybody is introduced, by state or body too, and every attribution."""
    listed = speakers_list(corpus)
    if listed.table is None or listed.table.empty:
        return "<p>Nobody is said to have said, asked or thought anything.</p>"
    figure = speakers(corpus, by="affiliation").figure().html
    rows = ledger_view(corpus)
    return (
        scrolling(listed.html, label="Words by speaker")
        + figure
        + folded(
            "Every attribution, with its sentences",
            scrolling(rows.html, label="Every attribution"),
        )
    )


def statement_section(corpus: Corpus) -> str:
    """Show statements that articles of several outlets carry, word by word."""
    if len(corpus) > MOST_COMPARED:
        return (
            f"<p>Looked for in up to {MOST_COMPARED} articles; these are "
            f"{len(corpus):,}. Choose an event, and report on it alone.</p>"
        )
    shared = statements(corpus)
    if shared.groups.empty:
        return "<p>No statement was found that several articles carry.</p>"
    shown = statement_diff(shared, most=MOST_STATEMENTS)
    return f"<p>{escape(shared.caption)}</p>" + scrolling(
        shown.html, label="The statements"
    )


def view_section(corpus: Corpus) -> str:
    """Show every article whole, its voices marked."""
    shown = first(corpus, MOST_ARTICLES)
    views = []
    for article, outlet, title in zip(
        *(shown.articles[name].tolist() for name in ("article", "outlet", "title")),
        strict=True,
    ):
        view = article_view(shown, article)
        headline = f" “{shortened(title, width=60)}”" if isinstance(title, str) else ""
        line = f"{stated(outlet, 'outlet')}, article {plain(article)}{headline}"
        views.append(folded(f"{line}: {_heard(view.table)}", view.html))
    return (
        "<p>Marked in the untouched text: what others say, with who says it where that "
        "is known, and what is no part of the story. Marks carry their kind and number "
        "in brackets; everything without a mark is the outlet's own.</p>"
        f"{''.join(views)}{left_out(corpus, shown)}"
    )


def _heard(marks: pd.DataFrame | None) -> str:
    """Say how many words of an article are others'."""
    if marks is None or not marks["kind"].isin(list(SAID)).any():
        return "nothing marked as said by others"
    words = marks.groupby("kind")["words"].sum()
    return ", ".join(
        f"{counted(words[voice], 'word')} {name}"
        for voice, name in SAID.items()
        if voice in words
    )


def notebook_section(notebooks: Sequence[tuple[str, str, str]]) -> str:
    """Link to executed notebooks: title, address, and the question each answers."""
    items = []
    for title, address, question in notebooks:
        scheme = urlsplit(str(address).strip()).scheme.lower()
        if scheme not in {"", "http", "https"} or any(
            ord(sign) < 32 for sign in address
        ):
            raise InputError(
                f"a notebook's address begins with {scheme!r}; give a relative path."
            )
        items.append(
            f'<li><a href="{escape(address)}">{escape(title)}</a><br>'
            f"{escape(question)}</li>"
        )
    return f"<ul>{''.join(items)}</ul>"


def first(corpus: Corpus, number: int) -> Corpus:
    """Give the corpus of its first articles."""
    if len(corpus) <= number:
        return corpus
    return corpus.where(article=corpus.articles["article"].head(number).tolist())


def left_out(corpus: Corpus, shown: Corpus) -> str:
    """Say how many articles are not shown."""
    more = len(corpus) - len(shown)
    if not more:
        return ""
    return f"<p><small>{counted(more, 'more article')} not shown here.</small></p>"
