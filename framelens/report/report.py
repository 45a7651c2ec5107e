"""The report: one page that opens from disk, for readers without Python."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from framelens._checks import FramelensError, InputError, require_known
from framelens._wording import counted
from framelens.corpus import corpus_of
from framelens.report import measured, sections
from framelens.report.exports import EXPORTS, Contents, write_exports
from framelens.report.findings.close import closest
from framelens.report.findings.findings import found_in
from framelens.report.page import Section, page
from framelens.report.pair import choose_pair
from framelens.report.watch.view import watch_section
from framelens.report.workings import Workings
from framelens.show.addresses import Addresses
from framelens.show.documents import FLOOR, first
from framelens.show.explorer_state import pins_of
from framelens.show.figure import write
from framelens.show.text import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from framelens.corpus import Corpus
    from framelens.report.pair import Pair
    from framelens.report.watch import Watch
    from framelens.show import Explorer


def report(
    corpus: Corpus | pd.DataFrame | str | Path,
    out: str | Path,
    *,
    target: str | None = None,
    baseline: str | None = None,
    notebooks: Sequence[tuple[str, str, str, str]] = (),
    also: Sequence[str] = (),
    pins: Explorer | pd.DataFrame | str | Path | None = None,
    watched: Watch | None = None,
) -> Path:
    """Write a report on articles: one page, with no script and no request.

    Parameters
    ----------
    corpus : Corpus, DataFrame or path
        Any articles. Of a corpus that was read with ``marks_only=True`` the report
        shows quotation marks only, and no voice of the outlet's own.
    out : str or Path
        A folder, made if it is not there; ``index.html`` in it is replaced.
    target, baseline : str, optional
        The outlets to compare. If not given, the two with most articles on the
        largest event that two outlets cover; if there is none, nothing is compared
        and the report says so.
    notebooks : sequence of (title, address, question, answer)
        Executed notebooks to link to; addresses are relative to `out`.
    also : sequence of str, optional
        Files to write beside the page: ``docx`` (findings with their sentences,
        footnotes and figures), ``xlsx`` (every table a sheet, no cell a formula),
        ``csv``, ``parquet`` (the tables in a folder), ``figures`` (slide size, SVG and
        PNG), ``method`` (versions, settings, fingerprints, refusals).
    pins : DataFrame, path or Explorer, optional
        Places of your choice, for a section of their own: ``article, start, end`` and
        ``note``, as ``explorer.pins`` has them; or a CSV file of that; or the file of
        an exploration.
    watched : Watch, optional
        What is new since last time, as `framelens.watch` says it, for a section of its
        own and, in workbook and tables, sheets of their own.

    Returns
    -------
    Path
        Of the page.

    Raises
    ------
    UnknownNameError
        If an outlet, a kind of file, or an article that is pinned is not there.
    ColumnError, InputError
        If pins cannot be used, there is no article, only one outlet is named, or the
        page cannot be written. Nothing half-written is left behind.
    """
    corpus = corpus_of(corpus)
    if not len(corpus):
        raise InputError("there is no article to report on; give at least one.")
    for kind in also:
        require_known(kind, list(EXPORTS), kind="export")
    links = sections.notebook_section(notebooks) if notebooks else ""
    pinned, pinned_places = "", None
    if pins is not None:
        pinned_places = pins_of(pins, corpus.articles)
        pinned = sections.pinned_section(corpus, pinned_places)
    workings = Workings()
    found = found_in(corpus, workings, target=target, baseline=baseline)
    path = _place(Path(out)) / "index.html"
    pair = choose_pair(corpus.articles, target, baseline)
    named, told = target is not None, bool(found.found)
    scope = Scope.of(corpus, pair, named=named, told=told)
    title, standfirst = scope.head()
    html = page(
        title,
        standfirst=standfirst,
        before=watch_section(watched)
        + sections.found_section(found)
        + sections.cautions(
            scope.ordered.articles, scope.pair, beyond=scope.beyond, told=told
        ),
        sections=_sections(scope, links, pinned, workings),
    )
    page_ = _write(path, html)
    if also:
        method = sections.method_text(corpus, scope.pair, found, workings)
        contents = Contents(
            title,
            standfirst,
            corpus,
            scope.focus,
            scope.pair,
            found,
            method,
            workings,
            watched,
            pinned_places,
        )
        write_exports(contents, path.parent, also)
    return page_


@dataclass(frozen=True, eq=False)
class Scope:
    """What a report is on: all articles, the compared ones (`focus`, or all) first.

    Of these first of all those that are read passage by passage (`close`); outlets take
    turns, so that what is cut short shows all of them. `beyond` is whether findings are
    looked for in other outlets than the two, `told` whether there is any.
    """

    ordered: Corpus
    focus: Corpus
    pair: Pair | None
    close: Corpus | None = None
    beyond: bool = False
    told: bool = False

    @classmethod
    def of(cls, corpus: Corpus, pair: Pair | None, *, named: bool, told: bool) -> Scope:
        """Put the compared articles first; with `named` outlets no others are read."""
        if pair is None or pair.articles.empty:
            return cls(corpus, corpus, pair, told=told)
        focus = corpus.where(article=pair.articles["article"].tolist())
        found = closest(focus if named else corpus, pair.names)
        close = next((part.read for part in found if part.certain), None)
        names = corpus.articles["article"]
        rank = 2 - names.isin(pair.articles["article"]).astype(int)
        if close is not None:
            rank = rank.mask(names.isin(close.articles["article"]), 0)
        keys = rank.to_frame("rank").assign(outlet=corpus.articles["outlet"])
        turn = keys.groupby(["rank", "outlet"], dropna=False).cumcount()
        order = keys.assign(turn=turn).sort_values(["rank", "turn"], kind="stable")
        table = corpus.articles.loc[order.index].reset_index(drop=True)
        ordered = replace(corpus, articles=table)
        sizes = corpus.articles["outlet"].value_counts()
        looked = set(sizes.index[sizes >= FLOOR]).union(
            *(part.read.articles["outlet"].dropna() for part in found)
        )
        beyond = not named and bool(looked - set(pair.names))
        return cls(ordered, focus, pair, close, beyond, told)

    def head(self) -> tuple[str, str]:
        """Give title and standfirst."""
        if self.pair is None:
            outlets = self.focus.articles["outlet"].dropna().unique()
            number = counted(len(self.focus), "article")
            of = f" of {plain(outlets[0])}" if len(outlets) == 1 else ""
            of = f" of {len(outlets):,} outlets" if len(outlets) > 1 else of
            what = "Described one by one; no two outlets are compared."
            if self.told:
                what = "Statements side by side, and each article described by itself."
            return f"{number}{of}", what
        title = " and ".join(map(plain, self.pair.names))
        events = self.pair.articles["event"].dropna().unique()
        about = "with no event stated"
        if len(events):
            title += ", side by side"
            about = f"on {len(events):,} events that both cover"
        if len(events) == 1:
            about = f"on one event ({plain(events[0])})"
        sides = " beside ".join(map(self.pair.described, self.pair.names))
        follow = "The sentences behind each number follow."
        if not self.beyond:
            return title, f"{sides}, {about}. {follow}"
        several = int(self.ordered.articles["outlet"].nunique())
        return f"{counted(len(self.ordered), 'article')} of {several:,} outlets", (
            "Findings are on the outlets with most articles, and on events that "
            f"several cover. Figures set {sides}, {about}. {follow}"
        )


def _sections(
    scope: Scope, links: str, pinned: str, workings: Workings
) -> list[Section]:
    """Give every section, in order of reading."""
    focus, ordered, pair = scope.focus, scope.ordered, scope.pair
    shown = first(ordered, sections.MOST_ARTICLES)
    addresses = Addresses(shown.articles)
    parts = [
        *([("pinned", "Pinned by the reader", pinned)] if pinned else []),
        (
            "map",
            "Who covers what, and when",
            sections.map_section(ordered, addresses),
        ),
        (
            "voices",
            "Where which voice speaks",
            sections.voice_section(ordered, addresses),
        ),
    ]
    if scope.close is not None:
        html = sections.claims_section(scope.close, workings, addresses)
        parts.append(("claims", "Shared, contradicting, only here", html))
    parts += [
        ("ledes", "How each article opens", sections.lede_section(focus)),
        *measured.sections(focus, pair, workings),
        (
            "ledger",
            "Who says what, and how it is put",
            sections.ledger_section(focus, workings),
        ),
    ]
    html = sections.view_section(ordered, addresses)
    parts.append(("articles", "The articles, every voice marked", html))
    if links:
        parts.append(("notebooks", "The notebooks: questions and answers", links))
    chance = "" if pair is None else measured.chance_section(focus, pair, workings)
    html = sections.method_section(ordered, chance)
    parts.append(("method", "Method, accuracy and limits", html))
    return parts


def _place(out: Path) -> Path:
    """Check, before the work begins, that a page can be written in a folder."""
    above = next(path for path in (out, *out.absolute().parents) if path.exists())
    if "\0" in str(out) or not above.is_dir() or (out / "index.html").is_dir():
        raise InputError(
            f"cannot write a report in {str(out)!r}: name a folder, a new one or one "
            "that is there already."
        )
    return out


def _write(path: Path, html: str) -> Path:
    """Write the page whole, or leave nothing behind."""
    new = not path.parent.exists()
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
        if new:
            path.parent.rmdir()
        raise
    return path
