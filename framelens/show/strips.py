"""Strips: where in each article which voice speaks, article beside article."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from framelens._wording import counted
from framelens.annotate.spans import rows_of
from framelens.show.article import voices_with_speakers
from framelens.show.documents import words_by_voice
from framelens.show.drawing import VOICES
from framelens.show.lanes import Mark, lane
from framelens.show.tables import Fragment
from framelens.show.text import escape, is_missing, plain, shortened, stated

if TYPE_CHECKING:
    import pandas as pd

    from framelens.corpus import Corpus
    from framelens.show.addresses import Addresses

WIDEST = 110
"""Signs of a headline above a strip."""

DRAWN = ("direct", "indirect", "own", "rest")
"""Voices that are drawn; furniture, which is no part of the story, leaves a gap."""


def voice_strips(corpus: Corpus, addresses: Addresses) -> Fragment:
    """Draw a strip along each article, outlet by outlet and day by day.

    Parameters
    ----------
    corpus : Corpus
        The articles to show.
    addresses : Addresses
        Of those that the page shows whole; strips and their headings lead to them.

    Returns
    -------
    Fragment
        From left to right a strip is its article from the first to the last sign. Its
        ``table`` has the marks: ``article, start, end, voice, speaker``.
    """
    spans = voices_with_speakers(corpus)
    spans = spans[spans["voice"].isin(DRAWN)]
    table = spans[["article", "start", "end", "voice", "speaker"]]
    by_article: dict[str, list[tuple[Any, ...]]] = {}
    for article, *rest in rows_of(table, *table.columns):
        by_article.setdefault(article, []).append(tuple(rest))
    words = words_by_voice(corpus)
    openings = _openings(corpus)
    rows: list[Any] = sorted(corpus.articles.itertuples(), key=_order)
    items = "".join(
        _item(
            row,
            by_article.get(row.article, []),
            words.loc[row.article],
            openings.get(row.article),
            addresses,
        )
        for row in rows
    )
    html = f'{_key(list(map(str, words)))}<ul class="strips">{items}</ul>'
    return Fragment(html, table.reset_index(drop=True))


def _order(row: Any) -> tuple[str, str, str]:
    """Outlet, then day; the undated come last."""
    undated = is_missing(row.date)
    outlet = stated(row.outlet, "outlet")
    return outlet, "9" if undated else plain(row.date), row.article


def _openings(corpus: Corpus) -> dict[str, int]:
    """Say where the first paragraph of each article ends; furniture is none."""
    furniture = corpus.furniture
    bare = set(zip(furniture["article"], furniture["end"], strict=True))
    ends: dict[str, int] = {}
    for article, end in rows_of(
        corpus.paragraphs.sort_values("start"), "article", "end"
    ):
        if article not in ends and (article, end) not in bare:
            ends[article] = end
    return ends


def _item(
    row: Any,
    spans: list[tuple[Any, ...]],
    words: pd.Series,
    opening: int | None,
    addresses: Addresses,
) -> str:
    """Give one article: what it is called, its numbers and its strip."""
    length = max(1, len(row.text))
    marks = [
        Mark(
            start / length,
            end / length,
            voice,
            _about(voice, speaker),
            addresses.of(row.article, start) if voice in SAID else None,
        )
        for start, end, voice, speaker in spans
    ]
    shares = _shares(words)
    called = "no headline" if is_missing(row.title) else f"“{plain(row.title)}”"
    if is_missing(row.title) and not is_missing(row.genre):
        called = f"{plain(row.genre)}, {called}"
    day = "no date" if is_missing(row.date) else plain(row.date)[:10]
    rules = [] if opening is None or opening >= length else [opening / length]
    heading = addresses.link(row.article, f"{day}, {shortened(called, width=WIDEST)}")
    return (
        f"<li><p><b>{escape(stated(row.outlet, 'outlet'))}</b> {heading}<br>"
        f"<small>{escape(shares)}</small></p>"
        f"{lane(marks, label=f'Voices from first to last word: {shares}', rules=rules)}"
        "</li>"
    )


SAID = {"direct": "in quotation marks", "indirect": "in reported speech"}
"""The voices of others, and what they are called beside an article."""


def _about(voice: str, speaker: object) -> str:
    """Say what a mark is."""
    who = "" if is_missing(speaker) else f"{shortened(speaker, width=40)}, "
    return f"{who}{SAID[voice]}" if voice in SAID else ""


def _shares(words: pd.Series) -> str:
    """Say how long an article is, and how much of it others say."""
    total = int(words.sum())
    said = [
        f"{100 * int(words[voice]) / total:.0f} % {name}"
        for voice, name in SAID.items()
        if total and voice in words
    ]
    return ", ".join([counted(total, "word"), *said])


def _key(voices: list[str]) -> str:
    """Say what the marks of a strip mean."""
    marks = "".join(
        f'<li><span class="sample">{lane([Mark(0, 1, voice)], label=VOICES[voice])}'
        f"</span> {escape(VOICES[voice])}</li>"
        for voice in voices
        if voice in DRAWN
    )
    rule = f'<li><span class="sample">{lane([], label=RULE, rules=[0.5])}</span> {RULE}'
    return f'<ul class="key">{marks}{rule}</li></ul>'


RULE = "end of the first paragraph"
"""What an upright rule in a strip is."""
