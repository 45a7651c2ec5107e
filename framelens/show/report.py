"""The report: one page that opens from disk, for readers without Python."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from framelens._checks import FramelensError, InputError
from framelens.annotate import sentences, speakers, voices
from framelens.measure.wording import counted
from framelens.read import articles_of
from framelens.show import findings, sections
from framelens.show.page import page
from framelens.show.pair import choose_pair
from framelens.show.text import plain
from framelens.show.writing import write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from framelens.compare import Contrast
    from framelens.measure import Counts
    from framelens.show.pair import Pair


def report(
    articles: pd.DataFrame | str | Path,
    out: str | Path,
    *,
    target: str | None = None,
    baseline: str | None = None,
    notebooks: Sequence[tuple[str, str, str]] = (),
    actors: pd.DataFrame | str | Path | None = None,
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

    Returns
    -------
    Path
        Of the page.

    Raises
    ------
    UnknownNameError
        If an outlet is not there.
    InputError
        If there is no article, only one outlet is named, or the page cannot be
        written. Nothing half-written is left behind.
    """
    articles = articles_of(articles)
    if articles.empty:
        raise InputError("there is no article to report on; give at least one.")
    links = sections.notebook_section(notebooks) if notebooks else ""
    path = _place(Path(out)) / "index.html"
    pair = choose_pair(articles, target, baseline)
    html = _page(articles, pair, links, actors)
    return _write(path, html)


def _page(
    articles: pd.DataFrame,
    pair: Pair | None,
    links: str,
    actors: pd.DataFrame | str | Path | None,
) -> str:
    from framelens.measure import terms

    counts = terms(articles, voices=voices(articles))
    first = articles if pair is None else pair.articles
    ordered = pd.concat([first, articles[~articles["article"].isin(first["article"])]])
    parts = [
        (
            "documents",
            "The documents",
            sections.document_section(ordered, counts.totals),
        ),
        ("ledes", "How each article opens", sections.lede_section(first)),
        (
            "words",
            "Words in quotation marks",
            sections.word_section(ordered, counts.totals),
        ),
    ]
    result: Contrast | None = None
    if pair is not None:
        found = _contrast(counts, articles, pair)
        result = None if isinstance(found, str) else found
        parts += _findings(pair, actors)
        html = sections.term_section(pair, found, sentences(pair.articles))
        parts.append(("terms", "Words that one uses more than the other", html))
        if not pair.articles.empty:
            html = findings.chance_section(counts, pair)
            parts.append(("chance", "Could it be chance?", html))
    parts.append(
        (
            "articles",
            "The articles, every quotation marked",
            sections.view_section(ordered),
        )
    )
    if links:
        parts.append(("notebooks", "The notebooks, one question each", links))
    parts.append(("limits", "What this report cannot say", sections.limit_section()))
    parts.append(("versions", "How it was made", sections.version_section(ordered)))
    title, standfirst = _head(articles, pair)
    before = sections.cautions(articles, pair, result)
    return page(title, standfirst=standfirst, before=before, sections=parts)


def _findings(
    pair: Pair, actors: pd.DataFrame | str | Path | None
) -> list[tuple[str, str, str]]:
    """Say who is quoted by the two outlets, and which statements both carry."""
    if pair.articles.empty:
        return []
    spoken = speakers(pair.articles, actors=actors)
    return [
        ("speakers", "Who is quoted", findings.speaker_section(pair, spoken)),
        (
            "statements",
            "The same statement in two printings",
            findings.statement_section(pair, spoken),
        ),
    ]


def _contrast(counts: Counts, articles: pd.DataFrame, pair: Pair) -> Contrast | str:
    """Compare the words, or give the reason why that cannot be done."""
    from framelens.compare import contrast

    if pair.articles.empty:
        return "the two outlets share no event."
    try:
        return contrast(
            counts, target=pair.target, baseline=pair.baseline, articles=articles
        )
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
