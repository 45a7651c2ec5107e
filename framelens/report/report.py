"""The report: one page that opens from disk, for readers without Python."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pandas as pd

from framelens._checks import FramelensError, InputError
from framelens._wording import counted
from framelens.annotate import (
    attribution_table,
    attributions,
    sentences,
    speakers,
)
from framelens.annotate import voices as mark_voices
from framelens.corpus import corpus_of
from framelens.report import findings, sections, word_sections
from framelens.report.page import page
from framelens.report.pair import choose_pair
from framelens.show.text import plain
from framelens.show.with_speakers import with_speakers
from framelens.show.writing import write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from framelens.compare import Contrast
    from framelens.corpus import Corpus
    from framelens.measure import Counts
    from framelens.report.pair import Pair


def report(
    articles: pd.DataFrame | str | Path,
    out: str | Path,
    *,
    target: str | None = None,
    baseline: str | None = None,
    notebooks: Sequence[tuple[str, str, str]] = (),
    actors: pd.DataFrame | str | Path | None = None,
    voices: Literal["marks"] | None = None,
) -> Path:
    """Write a report on articles: one page, with no script and no request.

    Parameters
    ----------
    articles : DataFrame or path
        The articles contract; ``article`` and ``text`` are needed.
    out : str or Path
        A folder, made if it is not there; ``index.html`` in it is replaced.
    target, baseline : str, optional
        The outlets to compare. If not given, the two with most articles on the
        largest event that two outlets cover; if there is none, nothing is compared
        and the report says so.
    notebooks : sequence of (title, address, question)
        Executed notebooks to link to; addresses are relative to `out`.
    actors : DataFrame or path, optional
        Your table of actors, as `framelens.read.read_actors` reads it.
    voices : "marks", optional
        Look at quotation marks only, which is faster in large corpora: then reported
        speech and the outlet's own voice are not told apart, and nobody is credited
        with words outside quotation marks.

    Returns
    -------
    Path
        Of the page.

    Raises
    ------
    UnknownNameError
        If an outlet is not there.
    InputError
        If there is no article, only one outlet is named, `voices` is another word,
        or the page cannot be written. Nothing half-written is left behind.
    """
    if voices not in (None, "marks"):
        raise InputError(f"voices must be 'marks', or not be given; got {voices!r}.")
    corpus = corpus_of(articles, marks_only=voices == "marks").correct(actors=actors)
    articles = corpus.articles
    if articles.empty:
        raise InputError("there is no article to report on; give at least one.")
    links = sections.notebook_section(notebooks) if notebooks else ""
    path = _place(Path(out)) / "index.html"
    pair = choose_pair(articles, target, baseline)
    html = _page(corpus, pair, links, _Whose.of(articles, pair, actors, voices))
    return _write(path, html)


@dataclass(frozen=True)
class _Whose:
    """Whose words they are.

    Attributes
    ----------
    spans : DataFrame
        The voices of all articles, with speakers in those of the pair.
    quoted, spoken : DataFrame or None
        Who is credited with each quotation of the pair, and with each attribution:
        the same where only quotation marks are looked at. None without a pair.
    read : bool
        Whether reported speech was told from the outlet's own voice.
    """

    spans: pd.DataFrame
    quoted: pd.DataFrame | None
    spoken: pd.DataFrame | None
    read: bool

    @classmethod
    def of(
        cls,
        articles: pd.DataFrame,
        pair: Pair | None,
        actors: pd.DataFrame | str | Path | None,
        voices: str | None,
    ) -> _Whose:
        from framelens.measure import ledger

        found = None if voices == "marks" else attributions(articles)
        spans = mark_voices(articles, attributions="none" if found is None else found)
        if pair is None or pair.articles.empty:
            return cls(spans, None, None, found is not None)
        ours = pair.articles
        quoted = spoken = speakers(ours, actors=actors)
        if found is not None:
            found = found[found["article"].isin(ours["article"])]
            spoken = attribution_table(ours, actors=actors, attributions=found)
        spans = with_speakers(spans, ledger(ours, spoken=spoken))
        return cls(spans, quoted, spoken, found is not None)


def _page(corpus: Corpus, pair: Pair | None, links: str, whose: _Whose) -> str:
    from framelens.measure import terms

    articles, counts = corpus.articles, terms(corpus)
    first = articles if pair is None else pair.articles
    ordered = pd.concat([first, articles[~articles["article"].isin(first["article"])]])
    parts = [
        (
            "documents",
            "The documents",
            sections.document_section(ordered, counts.totals),
        ),
        ("ledes", "How each article opens", sections.lede_section(first)),
        ("words", "Whose words", sections.word_section(ordered, counts.totals)),
    ]
    result: Contrast | None = None
    if pair is not None:
        compared = _contrast(counts, pair)
        result = None if isinstance(compared, str) else compared
        parts += _findings(corpus, pair, whose)
        html = word_sections.term_section(pair, compared, sentences(pair.articles))
        parts.append(("terms", "Words that one uses more than the other", html))
        if not pair.articles.empty:
            parts += _own(counts, pair) if whose.read else []
            html = findings.chance_section(counts, pair)
            parts.append(("chance", "Could it be chance?", html))
    html = sections.view_section(ordered, whose.spans)
    parts.append(("articles", "The articles, every voice marked", html))
    if links:
        parts.append(("notebooks", "The notebooks, one question each", links))
    html = sections.limit_section(read=whose.read)
    parts.append(("limits", "What this report cannot say", html))
    parts.append(("versions", "How it was made", sections.version_section(ordered)))
    title, standfirst = _head(articles, pair)
    before = sections.cautions(articles, pair, result)
    return page(title, standfirst=standfirst, before=before, sections=parts)


def _own(counts: Counts, pair: Pair) -> list[tuple[str, str, str]]:
    """Compare the words that the outlets say themselves."""
    html = word_sections.own_section(_contrast(counts, pair, voice="own"))
    return [("own", "Words in the outlets' own voice", html)]


def _findings(corpus: Corpus, pair: Pair, whose: _Whose) -> list[tuple[str, str, str]]:
    """Say who is heard in the two outlets, and which statements both carry."""
    if whose.spoken is None or whose.quoted is None:
        return []
    ours = corpus.where(article=pair.articles["article"].tolist())
    return [
        (
            "speakers",
            "Who is given a voice",
            findings.speaker_section(ours, whose.spoken),
        ),
        (
            "statements",
            "The same statement in two printings",
            findings.statement_section(pair, whose.quoted),
        ),
    ]


def _contrast(counts: Counts, pair: Pair, *, voice: str = "all") -> Contrast | str:
    """Compare the words, or give the reason why that cannot be done."""
    from framelens.compare import contrast

    if pair.articles.empty:
        return "the two outlets share no event."
    try:
        return contrast(counts, pair.target, pair.baseline, voice=voice)
    except FramelensError as error:
        return str(error)


def _head(articles: pd.DataFrame, pair: Pair | None) -> tuple[str, str]:
    if pair is None:
        return (
            "The articles, one by one",
            f"{counted(len(articles), 'article')}, not compared.",
        )
    title = f"{plain(pair.target)} and {plain(pair.baseline)}, side by side"
    events = pair.articles["event"].dropna().unique()
    if len(events) == 1:
        about = f"on one event ({plain(events[0])})"
    elif len(events):
        about = f"on {len(events):,} events that both cover"
    else:
        title = f"{plain(pair.target)} and {plain(pair.baseline)}"
        about = "with no event stated"
    sides = " beside ".join(pair.described(outlet) for outlet in pair.names)
    return (
        title,
        f"{sides}, {about}. The sentences behind each number follow.",
    )


def _place(out: Path) -> Path:
    """Check, before the work begins, that a page can be written in a folder."""
    known = next(one for one in (out, *out.absolute().parents) if one.exists())
    if "\0" in str(out) or not known.is_dir() or (out / "index.html").is_dir():
        raise InputError(
            f"cannot write a report in {str(out)!r}: name a folder, a new one or one "
            "that is there already."
        )
    return out


def _write(path: Path, html: str) -> Path:
    made = not path.parent.exists()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"cannot make the folder {str(path.parent)!r}: {error.strerror}; "
            "name another one."
        ) from error
    try:
        write(path, html.encode("utf-8"))
    except FramelensError:
        if made:
            path.parent.rmdir()
        raise
    return path
